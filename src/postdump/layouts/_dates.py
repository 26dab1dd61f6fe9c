# SPDX-License-Identifier: MIT
"""
Dates and ages as pages print them.

A date is read by the clock of its format, or by the first of several that knows it. A date without
an hour, or an age, gives no exact moment, only an earliest and a latest one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, Final

from attrs import field, frozen

from postdump._text.patterns import compile_pattern
from postdump.layouts._gaps import VISIBLE, write_gap
from postdump.layouts._template import Part, date_forms

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_DIRECTIVES: Final = {
    "%d": "[0-9]{2}",
    "%-d": "[0-9]{1,2}+",
    "%m": "[0-9]{2}",
    "%-m": "[0-9]{1,2}+",
    "%Y": "[0-9]{4}",
    "%B": "(?i:" + "|".join(_MONTHS) + ")",
    "%b": "(?i:" + "|".join(m[:3] for m in _MONTHS) + ")",
    "%H": "[0-9]{2}",
    "%-H": "[0-9]{1,2}+",
    "%I": "[0-9]{2}",
    "%-I": "[0-9]{1,2}+",
    "%M": "[0-9]{2}",
    "%S": "[0-9]{2}",
    "%f": "[0-9]{1,6}+",
    "%p": r"[AaPp]\.?[Mm]\b\.?",
    "%z": r"(?:Z|[+-][0-9]{2}:?[0-9]{2})",
}

_WIDTHS: Final = {"%d": 2, "%m": 2, "%Y": 4, "%b": 3, "%H": 2, "%M": 2, "%S": 2}
"""Of the directives that are always of one width."""

_MONTH_NUMBER: Final = {m[:3].lower(): n for n, m in enumerate(_MONTHS, 1)}

_DAY: Final = timedelta(days=1)

_INSTANT: Final = timedelta(microseconds=1)

_UNITS: Final = {
    "minute": (timedelta(minutes=1), timedelta(minutes=1)),
    "hour": (timedelta(hours=1), timedelta(hours=1)),
    "day": (_DAY, _DAY),
    "week": (7 * _DAY, 7 * _DAY),
    "month": (28 * _DAY, 31 * _DAY),
    "year": (365 * _DAY, 366 * _DAY),
}
"""The shortest and the longest that a unit of an age can be."""

AGE: Final = "[0-9]{1,3} (?:" + "|".join(_UNITS) + ")s? ago"
"""An age as pages print it."""

Bounds = tuple[datetime | None, datetime | None]
"""The earliest and the latest that a time can be; None at an open end."""

REMEMBERED: Final = 1 << 14
"""Days, and times of day, that a clock keeps: more than any site is old; dates no one wrote empty it."""


@frozen(kw_only=True, eq=False)
class Clock:
    """Reads the date strings of one format."""

    pattern: Any
    names: tuple[str, ...]
    """The directives of the pattern's groups, without `%` and `-`."""
    columns: tuple[slice, slice] | None
    """Where day and time stand, if each has a width of its own: a page repeats both all the time."""
    days: dict[str, datetime] = field(factory=dict)
    times: dict[str, timedelta] = field(factory=dict)

    @property
    def tells_time(self) -> bool:
        """Return whether dates of this format have an hour."""
        return "H" in self.names or "I" in self.names

    def read(self, text: str) -> datetime | None:
        """Return the time that a date of this format says, or its midnight; None for no such day or hour."""
        if self.columns is None:
            return _datetime(self._numbers(text))
        day, time = self.columns
        try:
            return self.days[text[day]] + self.times[text[time]]
        except KeyError:
            return self._learn(text, text[day], text[time])

    def _learn(self, text: str, day: str, time: str) -> datetime | None:
        moment = _datetime(self._numbers(text))
        if moment is not None:
            for memo in (self.days, self.times):
                if len(memo) >= REMEMBERED:
                    memo.clear()
            midnight = moment.replace(hour=0, minute=0, second=0)
            self.days[day] = midnight
            self.times[time] = moment - midnight
        return moment

    def moment(self, text: str) -> datetime | None:
        """Return the time that a date says; None where it says a day alone, or none that there is."""
        return self.read(text) if self.tells_time else None

    def bounds(self, text: str) -> Bounds | None:
        """Return the ends of the day that a date says; None where it says more, or no day that there is."""
        day = None if self.tells_time else self.read(text)
        return None if day is None else (day, day + (_DAY - _INSTANT))

    def offset(self, text: str) -> timedelta | None:
        """Return the zone that a date of this format says; None where the format has none."""
        zone = self._numbers(text)["z"] if "z" in self.names else ""
        if zone in ("", "Z"):
            return timedelta() if zone else None
        size = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
        return -size if zone[0] == "-" else size

    def _numbers(self, text: str) -> dict[str, str]:
        return dict(zip(self.names, self.pattern.fullmatch(text).groups(), strict=True))


@frozen(kw_only=True, eq=False)
class Clocks:
    """Reads the date strings of several formats: each by the first clock that knows it."""

    clocks: tuple[Clock, ...]

    @property
    def tells_time(self) -> bool:
        """Return whether all dates have an hour."""
        return all(one.tells_time for one in self.clocks)

    def _for(self, text: str) -> Clock:
        return next(one for one in self.clocks if one.pattern.fullmatch(text))

    def read(self, text: str) -> datetime | None:
        """Return what the clock of this format reads."""
        return self._for(text).read(text)

    def moment(self, text: str) -> datetime | None:
        """Return the moment that the clock of this format reads."""
        return self._for(text).moment(text)

    def bounds(self, text: str) -> Bounds | None:
        """Return the bounds that the clock of this format reads."""
        return self._for(text).bounds(text)

    def offset(self, text: str) -> timedelta | None:
        """Return the zone that the clock of this format reads."""
        return self._for(text).offset(text)


def clock_of(part: Part) -> Clock | Clocks:
    """Make the reader of a date field."""
    clocks = tuple(map(_clock, date_forms(part)))
    return clocks[0] if len(clocks) == 1 else Clocks(clocks=clocks)


def date_pattern(part: Part) -> str:
    """Write the pattern of a date field."""
    forms = [_pattern(pieces) for pieces in date_forms(part)]
    return forms[0] if len(forms) == 1 else f"(?:{'|'.join(forms)})"


def month_to_year(part: Part) -> str | None:
    """Write the pattern of a date field from its month to its year; None where a date begins otherwise."""
    forms = date_forms(part)
    pieces = forms[0]
    if len(forms) > 1 or pieces[0] not in ("%B", "%b") or "%Y" not in pieces:
        return None
    year = pieces.index("%Y")
    return None if pieces[year - 1] in _DIRECTIVES else _pattern(pieces[: year + 1])


def begins_with_number(part: Part) -> bool:
    """Return whether a date field begins with a number in every form."""
    return all(form[0] in _DIRECTIVES.keys() - {"%B", "%b", "%p", "%z"} for form in date_forms(part))


def bounds_of_age(age: str, captured_at: datetime) -> Bounds:
    """
    Return when something was posted that was so old when a page was captured: rounded up or down.

    >>> bounds_of_age("2 hours ago", datetime(2026, 2, 3, 17, 4))
    (datetime.datetime(2026, 2, 3, 14, 4), datetime.datetime(2026, 2, 3, 16, 4))
    """
    number, unit, _ = age.split()
    shortest, longest = _UNITS[unit.removesuffix("s")]
    moment = captured_at.replace(tzinfo=None)
    return _before(moment, (int(number) + 1) * longest), _before(moment, (int(number) - 1) * shortest)


def _before(moment: datetime, age: timedelta) -> datetime:
    return moment - min(age, moment - datetime.min)


def _pattern(pieces: Sequence[str], directive: str = "{}") -> str:
    """Write the pattern of a date's form, each directive's as `directive` says."""
    runs = groupby(pieces, _DIRECTIVES.get)
    return "".join(directive.format(shape) if shape else write_gap("".join(run)) for shape, run in runs)


def _clock(pieces: tuple[str, ...]) -> Clock:
    names = [piece for piece in pieces if piece in _DIRECTIVES]
    return Clock(
        pattern=compile_pattern(_pattern(pieces, "({})")),
        names=tuple(name[-1] for name in names),
        columns=_columns(pieces, names),
    )


def _columns(pieces: tuple[str, ...], names: list[str]) -> tuple[slice, slice] | None:
    """Return where the day stands in a date's text, and where the time; None where it depends on the text."""
    if set(names[:3]) not in ({"%d", "%m", "%Y"}, {"%d", "%b", "%Y"}) or len(names) == 3:
        return None
    day = pieces[: pieces.index(names[2]) + 1]
    time = pieces[pieces.index(names[3]) :]
    if not all(piece in _WIDTHS or VISIBLE.fullmatch(piece) for piece in (*day, *time)):
        return None
    days, times = (sum(_WIDTHS.get(piece, 1) for piece in side) for side in (day, time))
    return slice(days), slice(-times, None)


def _datetime(numbers: dict[str, str]) -> datetime | None:
    month = numbers.get("B") or numbers.get("b")
    hour = int(numbers.get("H") or numbers.get("I") or 0)
    if "p" in numbers:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if numbers["p"][0] in "Pp" else 0)
    try:
        return datetime(
            int(numbers["Y"]),
            _MONTH_NUMBER[month[:3].lower()] if month else int(numbers["m"]),
            int(numbers["d"]),
            hour,
            int(numbers.get("M") or 0),
            int(numbers.get("S") or 0),
            int(numbers.get("f", "").ljust(6, "0")),
        )
    except ValueError:
        return None
