# SPDX-License-Identifier: MIT
"""
Time by position.

A post that no marker dates stands, in each dump that shows it, between two dated neighbours: above it
what is newer, below it what is older, or the other way round in a dump that runs so. The narrowest bounds
of all dumps hold. A pinned post, at the top though it is older than the next, bounds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import datetime

from postdump._dates import Bounds
from postdump._draft import Unit, is_newest_first, minute_of, pinned


def bounds_of(units: Sequence[Unit]) -> dict[int, Bounds]:
    """Return the bounds of each undated post that has any, by its number."""
    found: dict[int, Bounds] = {}
    for _, shown in by_witness(units):
        is_falling = is_newest_first(shown)
        top = pinned(shown)
        above = _last_dates(shown, top)
        below = _last_dates(shown[::-1], top)[::-1]
        for unit, before, after in zip(shown, above, below, strict=True):
            if unit.posted_at is None:
                ends = (after, before) if is_falling else (before, after)
                found[unit.number] = narrower(found.get(unit.number, (None, None)), ends)
    return {number: ends for number, ends in found.items() if ends != (None, None)}


def by_witness(units: Iterable[Unit]) -> Iterator[tuple[int, list[Unit]]]:
    """Yield, for each witness that shows any of them, its number and these units, in its own order."""
    shown: dict[int, list[Unit]] = {}
    for unit in units:
        for n in unit.order:
            shown.setdefault(n, []).append(unit)
    for n in sorted(shown):
        yield n, sorted(shown[n], key=lambda unit: unit.order[n])


def _last_dates(units: Sequence[Unit], top: Unit | None) -> list[datetime | None]:
    """Return for each unit the date of the nearest dated one before it; a pinned post bounds nothing."""
    dates: list[datetime | None] = []
    last = None
    for unit in units:
        dates.append(last)
        if unit.posted_at is not None and unit is not top:
            last = unit.posted_at
    return dates


def finest(dates: Set[datetime]) -> set[datetime]:
    """
    Return dates without those that are another without its seconds, or without their fraction.

    >>> len(finest({datetime(2026, 2, 3, 17, 4), datetime(2026, 2, 3, 17, 4, 12)}))
    1
    """
    coarser = {
        coarse
        for date in dates
        for coarse in (minute_of(date), date.replace(microsecond=0))
        if coarse != date
    }
    return {date for date in dates if date not in coarser}


def narrower(a: Bounds, b: Bounds) -> Bounds:
    """Return the bounds common to both; the first where they contradict each other, or themselves."""
    earliest = max((end for end in (a[0], b[0]) if end is not None), default=None)
    latest = min((end for end in (a[1], b[1]) if end is not None), default=None)
    return a if earliest is not None and latest is not None and earliest > latest else (earliest, latest)
