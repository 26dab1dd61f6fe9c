# SPDX-License-Identifier: MIT
"""Write for people: plurals, escaped excerpts, and the place of an error with a caret under it."""

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
    Return a number of things with their name in the singular or plural.

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
    Return whether a character steers a terminal or the direction of text, and shows nothing.

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
    place = span.start - is_within_break(text, span.start)
    start = max(0, place - _EXCERPT)
    start = max(start, text.rfind("\n", start, place) + 1, text.rfind("\r", start, place) + 1)
    limit = place + _EXCERPT
    end = min(limit, *(index for char in "\r\n" if (index := text.find(char, place, limit)) >= 0), len(text))
    stop = min(max(place, span.end), end)
    before, under, after = map(escape_controls, (text[start:place], text[place:stop], text[stop:end]))
    return f"    {before}{under}{after}\n    {' ' * _width(before)}{'^' * max(1, _width(under))}"


def _width(text: str) -> int:
    """Return how many columns of a terminal `text` takes."""
    columns = last = 0
    for char in text:
        if char == "\ufe0f" and last == 1:  # asks for the coloured form of what stands before it, a wide one
            columns, last = columns + 1, 2
        elif unicodedata.category(char) not in {"Mn", "Me", "Cf"}:
            last = 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
            columns += last
    return columns
