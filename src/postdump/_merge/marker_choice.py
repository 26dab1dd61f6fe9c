# SPDX-License-Identifier: MIT
"""
What the markers of posts say, and whom to believe.

Counts are taken whole from one dump: `prefer` decides, then who has any, then the latest `captured_at`, the
highest total, the counts, the dump. The date comes from the first, so ordered, that shows one; so does the
author.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from attrs import evolve

from postdump._align.draft import DraftPost, Place, reading_at
from postdump._align.witness import Block, Witness
from postdump._merge.time_bounds import finest
from postdump._parse.parse import as_utc
from postdump.layouts._template import COUNTS
from postdump.models import Conflict, Observation, Profile, Stats, counts_of

_SILENT: Final = (None,) * len(COUNTS)


class Testimony:
    """Tells what the markers of a post say; `trust` ranks dumps by name, the lowest first."""

    def __init__(self, witnesses: Sequence[Witness], trust: Mapping[str, int]) -> None:
        self.witnesses = witnesses
        self._trust = trust

    def trusted(self, n: int) -> int:
        """Return the place of witness `n` in the order of trust that was given."""
        return self._trust.get(self.witnesses[n].dump.name, len(self._trust))

    def rank(self, n: int) -> tuple[int, float, int]:
        """Return the key by which witness `n` is chosen before others: the lowest is."""
        return self._ranks[n]

    @cached_property
    def _ranks(self) -> list[tuple[int, float, int]]:
        captured = [as_utc(one.dump.captured_at) for one in self.witnesses]
        ages = [float("inf") if moment is None else -moment.timestamp() for moment in captured]
        return [(self.trusted(n), age, n) for n, age in enumerate(ages)]

    def author(self, unit: DraftPost) -> Profile | None:
        """Return whom the most trusted marker names that names anybody."""
        named = self._named(unit)
        return named[0][0] if named else None

    def _named(self, unit: DraftPost) -> list[tuple[Profile, Place]]:
        """Return whom markers name, and where; the most trusted first."""
        found = []
        for n, block in sorted(unit.markers, key=lambda one: (self.rank(one[0]), one[1].start)):
            author = self.witnesses[n].author(block.number)
            if author is not None and block.marker is not None:
                found.append((author, (n, *block.marker)))
        return found

    def is_repost(self, unit: DraftPost) -> bool:
        """Tell whether some dump says that the post is somebody else's."""
        return any(self.witnesses[n].is_repost(block.number) for n, block in unit.markers)

    def places(self, unit: DraftPost) -> list[Place]:
        """Return where the post's markers stand."""
        return sorted((n, *block.marker) for n, block in unit.markers if block.marker is not None)

    def observations(self, unit: DraftPost) -> tuple[Observation, ...]:
        """Return what each marker of the post says."""
        shown = sorted(
            (n, block.marker, block.number) for n, block in unit.markers if block.marker is not None
        )
        return tuple(
            Observation(
                stats=self.witnesses[n].stats(number),
                reading=reading_at(self.witnesses, (n, *marker)),
                captured_at=self.witnesses[n].dump.captured_at,
            )
            for n, marker, number in shown
        )

    def best(self, unit: DraftPost) -> tuple[int, Block, Stats] | None:
        """Return the marker whose counts are taken."""
        shown = [(n, block, self.witnesses[n].stats(block.number)) for n, block in unit.markers]
        return min(shown, key=lambda one: (self.choice(one[0], one[2]), one[1].start), default=None)

    def choice(self, n: int, stats: Stats) -> tuple[Any, ...]:
        """Return the key by which the counts of witness `n` are chosen before others: the lowest are."""
        counts = counts_of(stats)
        trust, captured_at, number = self._ranks[n]
        return (
            trust,
            counts == _SILENT,
            captured_at,
            -sum(filter(None, counts)),
            [1 if count is None else -count for count in counts],
            number,
        )

    def stats(self, unit: DraftPost) -> Stats:
        """Return the counts of the best marker, with the date of the best that shows one."""
        if len(unit.markers) == 1:  # most posts of most timelines
            ((n, block),) = unit.markers
            return self.witnesses[n].stats(block.number)
        best = self.best(unit)
        if best is None:
            return Stats()
        dated = self.dated(unit)
        if not dated:
            return best[2]
        return evolve(best[2], posted_at=dated[0][1].posted_at, utc_offset=dated[0][1].utc_offset)

    def dated(self, unit: DraftPost) -> list[tuple[int, Stats, Block]]:
        """Return the markers that show a date, the most trusted first."""
        shown = [(n, self.witnesses[n].stats(block.number), block) for n, block in unit.markers]
        dated = [one for one in shown if one[1].posted_at is not None]
        return sorted(dated, key=lambda one: (self.rank(one[0]), one[2].start))

    def conflicts(self, unit: DraftPost) -> Iterator[Conflict]:
        """Yield what the markers do not agree on: the date, and the author."""
        if len(unit.markers) < 2:
            return
        dated = self.dated(unit)
        dates = {stats.posted_at for _, stats, _ in dated if stats.posted_at is not None}
        if len(finest(dates)) > 1:
            readings = tuple(
                reading_at(self.witnesses, (n, *block.marker))
                for n, _, block in dated
                if block.marker is not None
            )
            chosen = dated[0][1].posted_at
            assert chosen is not None
            yield Conflict(field="posted_at", readings=readings, chosen=chosen.isoformat())
        named = self._named(unit)
        if len({author.handle for author, _ in named} - {None}) > 1:
            chosen_author = named[0][0].handle or named[0][0].name or ""
            readings = tuple(reading_at(self.witnesses, place) for _, place in named)
            yield Conflict(field="author", readings=readings, chosen=chosen_author)
