# SPDX-License-Identifier: MIT
"""
Lines for people, escaped and wrapped.

The text of these lines comes from files, which may contain anything. So everything that people see passes
through these functions, which escape control and bidirectional characters.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from attrs import frozen

from postdump._text.lines import split_lines
from postdump._text.wording import escape_controls

__all__ = ["ScreenLine", "escape_for_screen", "format_for_terminal", "format_plain", "is_whole_on_screen"]

_NARROWEST = 20
"""Columns for text, however narrow the terminal is."""


@frozen
class ScreenLine:
    """A line before it is escaped and wrapped."""

    text: str = ""
    indent: int = 0
    """Empty columns before the text, also where the line is wrapped."""
    style: str = ""
    """A style of rich, such as `bold` or `dim`."""
    label: str = ""
    """A word of the program in the columns before the text."""


def format_plain(lines: Iterable[ScreenLine]) -> Iterator[str]:
    """Yield lines as plain text, neither coloured nor wrapped."""
    for line in lines:
        yield f"{line.label:{line.indent}}{escape_controls(line.text)}".rstrip(" ") + "\n"


def format_for_terminal(lines: Iterable[ScreenLine]) -> Iterator[str]:
    """Yield lines for the terminal on standard output: coloured, and wrapped between words."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    for line in lines:
        text = Text(escape_controls(line.text), style=line.style)
        before = f"{line.label:{line.indent}}" if line.text else ""
        with console.capture() as capture:
            for wrapped in text.wrap(console, max(_NARROWEST, console.width - line.indent)):
                wrapped.rstrip()
                console.print(Text(before), wrapped, sep="", soft_wrap=True)
                before = " " * line.indent
        yield capture.get()


def escape_for_screen(text: str) -> str:
    r"""
    Return a text with all line ends as `\n`, and with characters escaped that could control a terminal.

    >>> escape_for_screen("a\r\nb\x1b[2J")
    'a\nb\\x1b[2J'
    """
    return "\n".join(map(escape_controls, split_lines(text)))


def is_whole_on_screen(text: str) -> bool:
    """Return whether standard output can show a text unchanged, apart from line ends."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    is_encodable = text.encode(encoding, "replace").decode(encoding) == text
    return is_encodable and escape_for_screen(text) == "\n".join(split_lines(text))
