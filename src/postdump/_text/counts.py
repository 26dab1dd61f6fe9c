# SPDX-License-Identifier: MIT
"""
Counts as pages print them, and in our own sentences.

    plain    0 | [1-9][0-9]*          at most 15 digits: more is no count, and int() of much more fails
    grouped  1,234  12.345            one separator throughout, groups of three
    short    6.4K  1.2M  3B           rounded by the page

ASCII digits only: `\\d`, `str.isdigit` and `int` accept hundreds of other characters.
"""

from __future__ import annotations

from typing import Final

_END: Final = r"(?![0-9])"

UNGUARDED: Final = r"(?:0|[1-9][0-9]{0,14})"
"""A plain count, where no digit can follow."""

PLAIN: Final = rf"(?:0|[1-9][0-9]{{0,14}}{_END})"
"""A lone 0 ends wherever it stands: no count has a leading zero, so `02026` is 0 and glued text."""

GROUPED: Final = rf"(?:[1-9][0-9]{{0,2}}+(?:(?:,[0-9]{{3}}){{1,4}}+|(?:\.[0-9]{{3}}){{1,4}}+){_END}|{PLAIN})"

SHORT: Final = rf"(?:[1-9][0-9]{{0,2}}+(?:[.,][0-9]{{1,2}}+)?+[KkMmBb](?![A-Za-z])|{GROUPED})"

_SCALE: Final = {"K": 3, "M": 6, "B": 9}


def read_count(text: str) -> tuple[int, bool]:
    """
    Return the number that `text`, matched by a pattern above, stands for, and whether it is rounded.

    >>> read_count("1,405"), read_count("6.4K")
    ((1405, False), (6400, True))
    """
    power = _SCALE.get(text[-1].upper())
    if power is None:
        return int(text.replace(",", "").replace(".", "")), False
    whole, _, part = text[:-1].replace(",", ".").partition(".")
    return int(whole + part) * 10 ** (power - len(part)), True
