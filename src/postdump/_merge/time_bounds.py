# SPDX-License-Identifier: MIT
"""
Bounds of time by position.

A post that no marker dates stands, in each dump that shows it, between two dated neighbours: above it a
newer post, below it an older one, or the other way round in a dump that begins with the oldest. The
narrowest bounds of all dumps hold. A pinned post, at the top though it is older than the next, bounds
nothing. For example, in a dump that begins with the newest:

    post 0    5 February
    post 1    -              between 3 and 5 February
    post 2    3 February
    post 3    -              not after 3 February
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from datetime import datetime
from operator import le

from postdump._align.chronology import find_pinned, is_newest_first, minute_of
from postdump._align.draft import AgreedPost, DraftPost, showing_positions
from postdump._align.sequence_alignment import find_increasing
from postdump._align.witness import Witness
from postdump.layouts._dates import Bounds


def compute_bounds(dates: Sequence[datetime | None], orders: Iterable[Sequence[int]]) -> dict[int, Bounds]:
    """
    Return the bounds of each undated post that has any, by its number.

    Args:
        dates: Of each post; None for an undated one.
        orders: For each witness the numbers of the posts that it shows, in its order.
    """
    bounds: dict[int, Bounds] = {}
    for order in orders:
        own = [dates[number] for number in order]
        if None not in own:
            continue
        is_falling = is_newest_first(own)
        top = find_pinned(own)
        if top is not None:
            own[top] = None
        above = _last_dates(own)
        below = _last_dates(own[::-1])[::-1]
        for number, before, after in zip(order, above, below, strict=True):
            if dates[number] is None:
                ends = (after, before) if is_falling else (before, after)
                bounds[number] = narrow_bounds(bounds.get(number, (None, None)), ends)
    return {number: ends for number, ends in bounds.items() if ends != (None, None)}


def order_by_witness(
    entries: Sequence[AgreedPost | DraftPost], witnesses: Sequence[Witness]
) -> list[list[int]]:
    """Return, for each witness, the numbers of the posts that it shows, in its own order."""
    post_starts = [witness.post_starts for witness in witnesses]
    starts: list[list[int]] = [[] for _ in witnesses]
    numbers: list[list[int]] = [[] for _ in witnesses]
    for number, entry in enumerate(entries):
        if isinstance(entry, tuple):
            for at in showing_positions(entry):
                n = entry[at]
                starts[n].append(post_starts[n][entry[at + 1]])
                numbers[n].append(number)
        else:
            for n, start in entry.starts.items():
                starts[n].append(start)
                numbers[n].append(number)
    return list(map(_in_order, starts, numbers))


def _in_order(starts: Sequence[int], numbers: list[int]) -> list[int]:
    """Return numbers in the order of their starts."""
    if all(map(le, starts, starts[1:])):
        return numbers  # nearly always
    return [number for _, number in sorted(zip(starts, numbers, strict=True))]


def find_displaced(dates: Sequence[datetime | None], orders: Iterable[Sequence[int]]) -> set[int]:
    """Return the numbers of posts that dumps show in different places; a pinned post contradicts nobody."""
    orders = list(orders)
    tops = set()
    for order in orders:
        top = find_pinned([dates[number] for number in order])
        if top is not None:
            tops.add(order[top])
    displaced: set[int] = set()
    for order in orders:
        places = [(index, number) for index, number in enumerate(order) if number not in tops]
        increasing = find_increasing(places)
        if len(increasing) < len(places):
            falling = find_increasing((index, -number) for index, number in places)
            in_order = {abs(number) for _, number in max(increasing, falling, key=len)}
            displaced.update(number for _, number in places if number not in in_order)
    return displaced


def _last_dates(dates: Sequence[datetime | None]) -> list[datetime | None]:
    """Return for each post the date of the nearest dated post before it."""
    last_dates: list[datetime | None] = []
    last = None
    for date in dates:
        last_dates.append(last)
        last = last if date is None else date
    return last_dates


def find_finest(dates: Set[datetime]) -> set[datetime]:
    """
    Return dates without those that only lack the seconds, or their fraction, of another date.

    >>> len(find_finest({datetime(2026, 2, 3, 17, 4), datetime(2026, 2, 3, 17, 4, 12)}))
    1
    """
    coarser = {
        coarse
        for date in dates
        for coarse in (minute_of(date), date.replace(microsecond=0))
        if coarse != date
    }
    return {date for date in dates if date not in coarser}


def narrow_bounds(a: Bounds, b: Bounds) -> Bounds:
    """Return the bounds common to both; the first where they contradict each other, or themselves."""
    earliest = max((end for end in (a[0], b[0]) if end is not None), default=None)
    latest = min((end for end in (a[1], b[1]) if end is not None), default=None)
    return a if earliest is not None and latest is not None and earliest > latest else (earliest, latest)
