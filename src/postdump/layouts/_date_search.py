# SPDX-License-Identifier: MIT
"""
Search a text for dates by their year, or for markers by their first number: faster than trying every
place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import regex
from attrs import frozen

from postdump._text.regex_types import Match, Pattern

_YEAR: Final = regex.compile("[0-9]{4}")

SHORT_DATE: Final = 20
"""Code points from month to year, nearly always: `September 30, 2026`."""

LONG_DATE: Final = 160
"""And always, whatever white space stands between."""

_WIDE: Final = ("  ", "\n", "\r", "\t", "\u00a0", "\u2009", "\u202f")
"""White space with which a date can be longer."""


@frozen(eq=False)
class ByYear:
    """
    Searches for what begins with a date, and a date that begins with a month.

    A pattern that begins with one of twelve words is tried at every letter of a text. Years are found a
    hundred times faster, and mostly there are none but those of dates.
    """

    whole: Pattern
    month_to_year: Pattern

    def finditer(self, text: str, pos: int = 0) -> Iterator[Match]:
        """Yield the matches of the whole in a text, from `pos` on, in order."""
        return self._at_years(text, (year.start() for year in _YEAR.finditer(text, pos)), pos)

    def among(self, text: str, numbers: Iterable[int]) -> Iterator[Match]:
        """Yield the same, knowing where numbers begin."""
        return self._at_years(text, (start for start in numbers if _YEAR.match(text, start)), 0)

    def _at_years(self, text: str, years: Iterable[int], pos: int) -> Iterator[Match]:
        for start in years:
            if start >= pos:
                match = self._ending_with(text, pos, start + 4)
                if match is not None:
                    pos = match.end()
                    yield match

    def _ending_with(self, text: str, pos: int, end: int) -> Match | None:
        start = max(pos, end - SHORT_DATE)
        if any(space in text[start:end] for space in _WIDE):
            start = max(pos, end - LONG_DATE)
        date = self.month_to_year.search(text, start, end)
        return None if date is None else self.whole.match(text, date.start())

    def match(self, text: str, pos: int = 0) -> Match | None:
        """Return the match of the whole that begins at `pos`; None where there is none."""
        return self.whole.match(text, pos)


@frozen(eq=False)
class ByNumber:
    """Searches for what begins with a number."""

    whole: Pattern

    def finditer(self, text: str, pos: int = 0) -> Iterator[Match]:
        """Yield the matches of the whole in a text, from `pos` on, in order."""
        return self.whole.finditer(text, pos)

    def among(self, text: str, numbers: Iterable[int]) -> Iterator[Match]:
        """Yield the same, knowing where numbers begin."""
        pos = 0
        for start in numbers:
            match = self.whole.match(text, start) if start >= pos else None
            while match is not None:
                yield match
                pos = match.end()
                match = self.whole.match(text, pos)  # glued to the last

    def match(self, text: str, pos: int = 0) -> Match | None:
        """Return the match of the whole that begins at `pos`; None where there is none."""
        return self.whole.match(text, pos)
