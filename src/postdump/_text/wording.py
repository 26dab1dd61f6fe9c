# SPDX-License-Identifier: MIT
"""Text for people: plurals, escaped excerpts, and the place of an error with a caret under it."""

from __future__ import annotations

import unicodedata
from typing import Final

from postdump._text.lines import count_breaks, is_within_break
from postdump._text.span import Span

_PLURALS: Final = {
    "reply": "replies",
    "boundary": "boundaries",
    "place left unrepaired": "places left unrepaired",
}


_SINGULARS: Final = {plural: thing for thing, plural in _PLURALS.items()}


def pluralize(number: int, thing: str) -> str:
    """
    Return a number of things, as people write it.

    >>> pluralize(1, "post"), pluralize(0, "reply")
    ('1 post', '0 replies')
    """
    return f"{number} {thing if number == 1 else _PLURALS.get(thing, thing + 's')}"


def singularize(things: str) -> str:
    """
    Return what one of several things is called.

    >>> singularize("likes"), singularize("replies")
    ('like', 'reply')
    """
    return _SINGULARS.get(things, things.removesuffix("s"))


_EXCERPT: Final = 60
"""Code points shown on either side of the place: a line of a dump may be megabytes long."""


def find_place(text: str, offset: int) -> tuple[int, int]:
    r"""
    Return line and column, both 1-based, of an offset; lines end at `\n`, `\r\n` and `\r`.

    >>> find_place("a\r\nbc", 4)
    (2, 2)
    """
    offset -= is_within_break(text, offset)
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    return count_breaks(text, 0, offset) + 1, offset - start + 1


def escape_controls(text: str) -> str:
    r"""
    Return `text` with everything escaped that could steer a terminal: Cc, Cs, line separators, bidi.

    >>> escape_controls("a\x1b[2J\u202eb")
    'a\\x1b[2J\\u202eb'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escaped(c) if is_control(c) else c for c in text)


def is_control(char: str) -> bool:
    r"""
    Tell whether a character steers a terminal or the direction of text instead of showing something.

    >>> is_control("\x85"), is_control("\u202e"), is_control("é")
    (True, True, False)
    """
    category = unicodedata.category(char)
    return category in {"Cc", "Cs", "Zl", "Zp"} or (category == "Cf" and char in _BIDI)


_BIDI: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""The explicit directional characters of Unicode's UAX #9."""


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def draw_caret(text: str, span: Span) -> str:
    r"""
    Return the line of `text` where `span` begins, escaped and cut to size, with carets under the span.

    >>> print(draw_caret("one\n漢 two", Span(start=6, end=9)))
        漢 two
           ^^^
    """
    at = span.start - is_within_break(text, span.start)
    start = max(0, at - _EXCERPT)
    start = max(start, text.rfind("\n", start, at) + 1, text.rfind("\r", start, at) + 1)
    ends = [text.find(char, at, at + _EXCERPT) for char in "\r\n"]
    end = min([at + _EXCERPT, *(end for end in ends if end >= 0)])
    stop = min(max(at, span.end), end)
    before, under, after = (
        escape_controls(text[start:at]),
        escape_controls(text[at:stop]),
        escape_controls(text[stop:end]),
    )
    return f"    {before}{under}{after}\n    {' ' * _width(before)}{'^' * max(1, _width(under))}"


def _width(text: str) -> int:
    """Return how many columns a terminal gives `text`."""
    columns = last = 0
    for char in text:
        if char == "\ufe0f" and last == 1:  # asks for the coloured form of what stands before it, a wide one
            columns, last = columns + 1, 2
        elif unicodedata.category(char) not in {"Mn", "Me", "Cf"}:
            last = 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
            columns += last
    return columns
