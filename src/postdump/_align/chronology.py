# SPDX-License-Identifier: MIT
"""Dates in a draft and in a witness: which way they run, and which post is pinned above them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice
from operator import gt, lt

from attrs import define

from postdump._align.draft import DraftEntry, DraftPost, showing_witnesses, shown_numbers
from postdump._align.witness import Block, MarkedWitness, Witness


def minute_of(moment: datetime | None) -> datetime | None:
    """Return the minute of a moment: pages differ in whether they show seconds."""
    if moment is None or not (moment.second or moment.microsecond):
        return moment
    return moment.replace(second=0, microsecond=0)


def dates_of(entries: Iterable[DraftEntry], witnesses: Sequence[Witness]) -> list[datetime | None]:
    """Return what the markers of posts say."""
    dates = [one.dates for one in witnesses]
    return [_date_of(entry, dates) for entry in entries]


def _date_of(entry: DraftEntry, dates: Sequence[Sequence[datetime | None]]) -> datetime | None:
    """Return the first date that a witness shows for a post; `dates` are those of each witness's blocks."""
    if isinstance(entry, int):
        return dates[0][entry]
    if isinstance(entry, DraftPost):
        return entry.posted_at
    for witness, number in zip(showing_witnesses(entry), shown_numbers(entry), strict=True):
        date = dates[witness][number] if dates[witness] else None
        if date is not None:
            return date
    return None


def is_newest_first(dates: Iterable[datetime | None]) -> bool:
    """Tell whether dates fall from top to bottom more often than they rise; yes, where nothing tells."""
    return direction_of(dates, least=0) <= 0


def direction_of(dates: Iterable[datetime | None], least: int = 4) -> int:
    """Return 1 where dates mostly rise from top to bottom, -1 where they fall, 0 where too few tell."""
    known = [date for date in dates if date is not None]
    below = known[1:]
    rise = int(sum(map(lt, known, below))) - int(sum(map(gt, known, below)))
    return 0 if len(known) < least or rise == 0 else 1 if rise > 0 else -1


def pinned(dates: Sequence[datetime | None]) -> int | None:
    """Return which is the first date of posts that are else newest first, if the next one is later."""
    known = list(islice(((at, date) for at, date in enumerate(dates) if date is not None), 2))
    if len(known) == 2 and known[0][1] < known[1][1] and is_newest_first(dates):
        return known[0][0]
    return None


@define(eq=False)
class Dates:
    """When the posts of a draft and of a marked witness were written; None for those that do not say."""

    draft: Sequence[datetime | None]
    """Of each entry; empty for a witness without markers."""
    witness: Sequence[datetime | None] = ()
    """Of each group."""
    are_both: bool = False
    """Whether both sides have some."""
    run_backwards: bool | None = None
    """Whether those of the witness run the other way than the draft's; None where they do not say."""

    def look_at(self, one: Witness) -> None:
        """Take the witness's dates, in the order of its groups."""
        self.witness = one.in_page_order(one.dates) if isinstance(one, MarkedWitness) else ()
        self.are_both = any(self.draft) and any(self.witness)  # a moment is never false
        directions = direction_of(self.witness), direction_of(self.draft)
        self.run_backwards = None if 0 in directions else directions[0] != directions[1]

    def top_of(self, one: Witness) -> Block | None:
        """Return the pinned post of the witness."""
        at = pinned(self.witness)
        top = None if at is None else one.item(at)
        return top if isinstance(top, Block) else None
