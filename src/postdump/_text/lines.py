# SPDX-License-Identifier: MIT
r"""
Where lines end: at `\n`, `\r\n` and `\r`, and nowhere else.

`str.splitlines` would end them at seven more characters, which stand within the posts of some pages.
"""

from __future__ import annotations

import re
from typing import Final

LINE_BREAK: Final = r"(?:\r\n?|\n)"
"""The pattern of a line break."""

LINE_START: Final = r"(?<![^\r\n])"
"""The pattern of a place where a line starts."""

LINE_END: Final = r"(?![^\r\n])"
"""The pattern of a place where a line ends."""

AT_LINE_END: Final = ("", "\r", "\n")
"""What `text[index : index + 1]` is where a line ends."""

# Patterns that begin with one sign: `re` finds these in half the time that regex takes.

_UNEVEN: Final = re.compile(r"\n(?: |\n\n|(?<= \n))")
"""A space beside a line break, or two blank lines."""

_SPACED: Final = re.compile(rb"\n(?: |(?<= \n))")
"""A space beside a line break."""

_PARTED: Final = re.compile(rb"\n(?:[ \n]|(?<= \n))")
"""A space beside a line break, or a blank line."""


def unify_breaks(text: str) -> str:
    r"""
    Return a text with each line break as `\n`.

    >>> unify_breaks("a\r\nb\rc")
    'a\nb\nc'
    """
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def unify_breaks_in_place(text: str) -> str:
    r"""
    Return a text with each line break as `\n`, and a space before those that had two characters.

    So every offset stays what it is.

    >>> unify_breaks_in_place("a\r\nb\rc")
    'a \nb\nc'
    """
    return text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in text else text


def split_lines(text: str) -> list[str]:
    r"""
    Return the lines of a text, without their line breaks; behind the last break stands one more line.

    >>> split_lines("a\x85b\r\n\rc\n")
    ['a\x85b', '', 'c', '']
    """
    return unify_breaks(text).split("\n")


def first_line(text: str) -> str:
    r"""
    Return what stands before the first line break.

    >>> first_line("a\rb\n")
    'a'
    """
    return unify_breaks(text).partition("\n")[0]


def last_line(text: str) -> str:
    r"""
    Return what stands behind the last line break.

    >>> last_line("a\nb\rc")
    'c'
    """
    return unify_breaks(text).rpartition("\n")[2]


def count_breaks(text: str, start: int, end: int) -> int:
    r"""
    Count the line breaks of a stretch of a text.

    >>> count_breaks("a\r\nb\rc\n\n", 0, 7)
    3
    """
    breaks = text.count("\n", start, end)
    if text.find("\r", start, end) >= 0:  # most texts have none, and finding that takes a tenth of counting
        breaks += text.count("\r", start, end) - text.count("\r\n", start, end)
    return breaks


def is_within_break(text: str, offset: int) -> bool:
    r"""
    Return whether an offset is that of the `\n` of a `\r\n`.

    >>> is_within_break("a\r\nb", 2), is_within_break("a\r\nb", 1)
    (True, False)
    """
    return offset > 0 and text[offset - 1 : offset + 1] == "\r\n"


def are_even(lines: str) -> bool:
    r"""
    Return whether lines are as even as nearly everywhere: all that is between two is `\n` or `\n\n`.

    >>> are_even("a b\n\nc"), are_even("a \nb")
    (True, False)
    """
    return "\t" not in lines and "\r" not in lines and _UNEVEN.search(lines) is None


def are_adjacent(lines: bytes) -> bool:
    r"""
    Return whether nothing but one `\n` stands between lines. What is not ASCII may stand as `?`.

    >>> are_adjacent(b"a b\nc"), are_adjacent(b"a\n\nb")
    (True, False)
    """
    return b"\t" not in lines and b"\r" not in lines and _PARTED.search(lines) is None


def are_stripped(lines: bytes) -> bool:
    r"""
    Return whether no line begins or ends with blanks, and `\n` ends all. What is not ASCII may stand as `?`.

    >>> are_stripped(b"a b\n\nc"), are_stripped(b"a\nb ")
    (True, False)
    """
    if b"\t" in lines or b"\r" in lines or b" " in (lines[:1], lines[-1:]):
        return False
    return _SPACED.search(lines) is None
