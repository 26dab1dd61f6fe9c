# SPDX-License-Identifier: MIT
"""
Lines for people.

Whatever they say came from somewhere else, so this is where control and bidirectional characters are
escaped: nothing reaches people but by these functions.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from attrs import frozen

from postdump._text.wording import escape_controls

__all__ = ["Shown", "for_screen", "for_terminal", "is_whole_on_screen", "plain"]

_NARROWEST = 20
"""Columns that text gets on any terminal."""


@frozen
class Shown:
    """One line, not escaped yet."""

    text: str = ""
    indent: int = 0
    """Columns before it, and before what a terminal has to put on further lines."""
    style: str = ""
    """What rich calls it: `bold`, `dim`."""
    label: str = ""
    """The program's own word in the columns before it."""


def plain(lines: Iterable[Shown]) -> Iterator[str]:
    """Yield lines as text, however long they are."""
    for line in lines:
        yield f"{line.label:{line.indent}}{escape_controls(line.text)}".rstrip(" ") + "\n"


def for_terminal(lines: Iterable[Shown]) -> Iterator[str]:
    """Yield lines as the terminal on standard output shows them best: coloured, and broken between words."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    for line in lines:
        text = Text(escape_controls(line.text), style=line.style)
        before = f"{line.label:{line.indent}}" if line.text else ""
        with console.capture() as capture:
            for piece in text.wrap(console, max(_NARROWEST, console.width - line.indent)):
                piece.rstrip()
                console.print(Text(before), piece, sep="", soft_wrap=True)
                before = " " * line.indent
        yield capture.get()


def for_screen(text: str) -> str:
    r"""
    Return a text with its line ends made `\n` and what could steer a terminal escaped.

    >>> for_screen("a\r\nb\x1b[2J")
    'a\nb\\x1b[2J'
    """
    return "\n".join(map(escape_controls, _lines(text)))


def is_whole_on_screen(text: str) -> bool:
    """Tell whether standard output shows a text as it is, but for its line ends."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    is_encodable = text.encode(encoding, "replace").decode(encoding) == text
    return is_encodable and for_screen(text) == "\n".join(_lines(text))


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
