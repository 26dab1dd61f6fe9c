# SPDX-License-Identifier: MIT
"""
Dates of posts in page order: in which direction they run, and which post is pinned above the others.

A date is None where no marker shows one. Most functions take the dates of one side from top to bottom;
`compare_dates` puts those of a draft beside those of a witness.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice
from operator import gt, lt

from attrs import frozen

from postdump._align.blocks_and_lines import Block
from postdump._align.draft import AgreedPost, DraftEntry, first_block, showing_numbers
from postdump._align.witness import MarkedWitness, Witness


def minute_of(moment: datetime | None) -> datetime | None:
    """Return the minute of a moment: pages differ in whether they show seconds."""
    if moment is None or not (moment.second or moment.microsecond):
        return moment
    return moment.replace(second=0, microsecond=0)


def dates_of(entries: Iterable[DraftEntry], witnesses: Sequence[Witness]) -> list[datetime | None]:
    """Return for each entry of a draft the first date that a marker shows."""
    by_number = [witness.dates for witness in witnesses]
    dates: list[datetime | None] = []
    for entry in entries:
        if isinstance(entry, tuple):
            n, number = first_block(entry)
            date = by_number[n][number] if by_number[n] else None
            dates.append(_first_date(entry, by_number) if date is None else date)
        else:
            dates.append(by_number[0][entry] if isinstance(entry, int) else entry.posted_at)
    return dates


def _first_date(post: AgreedPost, dates: Sequence[Sequence[datetime | None]]) -> datetime | None:
    """Return the first date that a witness shows for a post; `dates` are those of each witness's blocks."""
    for n, number, _ in showing_numbers(post):
        date = dates[n][number] if dates[n] else None
        if date is not None:
            return date
    return None


def is_newest_first(dates: Iterable[datetime | None]) -> bool:
    """Return whether dates fall from top to bottom at least as often as they rise."""
    return direction_of(dates, least=0) <= 0


def direction_of(dates: Iterable[datetime | None], least: int = 4) -> int:
    """Return 1 where dates mostly rise from top to bottom, -1 where they fall, 0 for fewer than `least`."""
    known = [date for date in dates if date is not None]
    below = known[1:]
    rise = int(sum(map(lt, known, below))) - int(sum(map(gt, known, below)))
    return 0 if len(known) < least or rise == 0 else 1 if rise > 0 else -1


def find_pinned(dates: Sequence[datetime | None]) -> int | None:
    """Return the index of the first date of posts that are else newest first, if the next one is later."""
    first_two = list(islice(((index, date) for index, date in enumerate(dates) if date is not None), 2))
    if len(first_two) == 2 and first_two[0][1] < first_two[1][1] and is_newest_first(dates):
        return first_two[0][0]
    return None


@frozen(eq=False)
class ComparedDates:
    """The dates of a draft and those of a witness."""

    draft: Sequence[datetime | None]
    """Of each entry; empty for a witness without markers."""
    witness: Sequence[datetime | None]
    """Of each item; empty for a witness without markers."""
    are_on_both_sides: bool
    """Whether each side has a date."""
    are_opposite: bool | None
    """Whether the two run in opposite directions; None if a side has too few to decide."""

    def find_pinned_block(self, witness: Witness) -> Block | None:
        """Return the pinned post of the witness."""
        index = find_pinned(self.witness)
        pinned = None if index is None else witness.item(index)
        return pinned if isinstance(pinned, Block) else None


def compare_dates(draft_dates: Sequence[datetime | None], witness: Witness) -> ComparedDates:
    """Put the dates of a draft beside those of a witness, in the order of its items."""
    witness_dates = witness.in_page_order(witness.dates) if isinstance(witness, MarkedWitness) else ()
    are_on_both_sides = any(draft_dates) and any(witness_dates)  # a moment is never false
    directions = direction_of(witness_dates), direction_of(draft_dates)
    are_opposite = None if 0 in directions else directions[0] != directions[1]
    return ComparedDates(draft_dates, witness_dates, are_on_both_sides, are_opposite)
