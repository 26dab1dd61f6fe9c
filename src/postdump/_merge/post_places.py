# SPDX-License-Identifier: MIT
"""What follows from where each dump shows the posts: bounds of time, who lacks a post, disputed order."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from postdump._align.chronology import dates_of, find_pinned
from postdump._merge.finished_draft import FinishedDraft
from postdump._merge.time_bounds import compute_bounds, find_displaced, order_by_witness
from postdump.layouts._dates import Bounds


class PostPlaces:
    """Where the posts of a draft stand in the dumps that show them; each field is computed once for all."""

    def __init__(self, draft: FinishedDraft) -> None:
        self._draft = draft

    @cached_property
    def dates(self) -> list[datetime | None]:
        """For each post the first date that a marker shows."""
        return dates_of(self._draft.entries, self._draft.witnesses)

    @cached_property
    def orders(self) -> list[list[int]]:
        """For each witness the numbers of the posts that it shows, in its own order."""
        return order_by_witness(self._draft.entries, self._draft.witnesses)

    @cached_property
    def bounds(self) -> dict[int, Bounds]:
        """The earliest and latest time of each undated post, by its neighbours."""
        return compute_bounds(self.dates, self.orders)

    @cached_property
    def covered(self) -> list[tuple[int, int]]:
        """For each witness the first and the last post that it shows, its pinned one aside."""
        covered = [(len(self._draft.entries), -1)] * len(self._draft.witnesses)
        for witness_number, order in enumerate(self.orders):
            top = find_pinned([self.dates[number] for number in order])
            numbers = [number for index, number in enumerate(order) if index != top]
            if numbers:
                covered[witness_number] = min(numbers), max(numbers)
        return covered

    @cached_property
    def displaced(self) -> set[int]:
        """The numbers of the posts that dumps show in different places."""
        return find_displaced(self.dates, self.orders)
