# SPDX-License-Identifier: MIT
"""
Choose date, counts and author where markers disagree.

Counts are taken whole from one dump: from one that `prefer` names; otherwise from the best dump. These rules
decide, each only between dumps that are equal by the rules before it:

1. A dump that shows counts is better than one that shows none.
2. The latest `captured_at`. A dump without `captured_at` ranks behind all that have one.
3. The highest sum of all counts.
4. Likes, then reposts and so on, in the order of `COUNTS`: the higher number; no number ranks behind 0.
5. The first dump.

The date is taken from the most trusted dump that shows a date: by `prefer`, then by the latest `captured_at`.
The author is chosen in the same way. For example, of three crawls of one post

    captured 9 March, 4 likes    captured 7 March, 6 likes    not captured at any known time, 9 likes

the first is chosen; with `prefer` for the third dump, the third.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, Final, NamedTuple

from attrs import evolve

from postdump._align.blocks_and_lines import Block
from postdump._align.draft import DraftPost, Place, reading_at
from postdump._align.witness import Witness
from postdump._merge.time_bounds import find_finest
from postdump._parse.parse import as_utc
from postdump.layouts._template import COUNTS
from postdump.models import Conflict, Observation, Profile, Reading, Stats, counts_of

_NO_COUNTS: Final = (None,) * len(COUNTS)


class ShownStats(NamedTuple):
    """What the marker of one block shows."""

    witness: int
    """The number of the witness."""
    block: Block
    stats: Stats


class WitnessRank(NamedTuple):
    """The rank of a witness; the lowest is chosen."""

    preference: int
    """The place of its dump in what the user prefers; the number of names there if it is not among them."""
    age: float
    """Seconds from its capture to 1970; infinite if nobody knows when it was captured."""
    number: int


class MarkerChoice:
    """Chooses among the markers of posts; `preference` ranks dumps by name, the lowest first."""

    def __init__(self, witnesses: Sequence[Witness], preference: Mapping[str, int]) -> None:
        self._witnesses = witnesses
        self._preference = preference

    # Ranks: of several, the one with the lowest is chosen.

    def rank_by_preference(self, number: int) -> int:
        """Return the rank of a witness by the preference that was given."""
        return self._preference.get(self._witnesses[number].dump.name, len(self._preference))

    def rank(self, number: int) -> WitnessRank:
        """Return the rank of a witness."""
        return self._ranks[number]

    @cached_property
    def _ranks(self) -> list[WitnessRank]:
        moments = [as_utc(witness.dump.captured_at) for witness in self._witnesses]
        ages = [float("inf") if moment is None else -moment.timestamp() for moment in moments]
        return [WitnessRank(self.rank_by_preference(number), age, number) for number, age in enumerate(ages)]

    def rank_stats(self, number: int, stats: Stats) -> tuple[Any, ...]:
        """Return the rank of the counts that a witness shows."""
        counts = counts_of(stats)
        preference, age, _ = self._ranks[number]
        return (
            preference,
            counts == _NO_COUNTS,
            age,
            -sum(filter(None, counts)),
            [1 if count is None else -count for count in counts],
            number,
        )

    # Choices.

    def choose_stats(self, post: DraftPost) -> Stats:
        """Return the counts of the best marker, with the date of the best that shows one."""
        if len(post.markers) == 1:  # most posts of most timelines
            ((number, block),) = post.markers
            return self._witnesses[number].stats(block.number)
        best = self._choose_counts(post)
        if best is None:
            return Stats()
        dated = self._dated_by_trust(post)
        if not dated:
            return best.stats
        return evolve(best.stats, posted_at=dated[0].stats.posted_at, utc_offset=dated[0].stats.utc_offset)

    def choose_date(self, post: DraftPost) -> datetime | None:
        """Return the date of the most trusted marker that shows one; None if none does."""
        if len(post.markers) == 1:
            return post.posted_at
        dated = self._dated_by_trust(post)
        return dated[0].stats.posted_at if dated else None

    def choose_author(self, post: DraftPost) -> Profile | None:
        """Return the author of the most trusted marker that names one."""
        named = self._authors_by_trust(post)
        return named[0][0] if named else None

    def choose_marker(self, post: DraftPost) -> Place | None:
        """Return the place of the marker whose counts are chosen; None if its dump has no line for it."""
        best = self._choose_counts(post)
        return None if best is None or best.block.marker is None else (best.witness, *best.block.marker)

    def _choose_counts(self, post: DraftPost) -> ShownStats | None:
        return min(
            self._shown_stats(post),
            key=lambda shown: (self.rank_stats(shown.witness, shown.stats), shown.block.start),
            default=None,
        )

    # What all markers of a post show.

    def is_repost(self, post: DraftPost) -> bool:
        """Return whether some dump marks a post as somebody else's."""
        return any(self._witnesses[number].is_repost(block.number) for number, block in post.markers)

    def by_trust(self, post: DraftPost) -> list[tuple[int, Block]]:
        """Return the blocks of a post, each with the number of its witness; the most trusted first."""
        return sorted(post.markers, key=lambda pair: (self.rank(pair[0]), pair[1].start))

    def places(self, post: DraftPost) -> list[Place]:
        """Return where the markers of a post stand."""
        return sorted((number, *block.marker) for number, block in post.markers if block.marker is not None)

    def observations(self, post: DraftPost) -> tuple[Observation, ...]:
        """Return what each marker of a post shows."""
        markers = sorted(
            (number, block.marker, block.number) for number, block in post.markers if block.marker is not None
        )
        return tuple(
            Observation(
                stats=self._witnesses[number].stats(block_number),
                reading=reading_at(self._witnesses, (number, *marker)),
                captured_at=self._witnesses[number].dump.captured_at,
            )
            for number, marker, block_number in markers
        )

    def find_conflicts(self, post: DraftPost) -> Iterator[Conflict]:
        """Yield the conflicts between the markers of a post: of the date, and of the author."""
        if len(post.markers) < 2:
            return
        dated = self._dated_by_trust(post)
        dates = {shown.stats.posted_at for shown in dated if shown.stats.posted_at is not None}
        if len(find_finest(dates)) > 1:
            places = [
                (shown.witness, *shown.block.marker) for shown in dated if shown.block.marker is not None
            ]
            chosen = dated[0].stats.posted_at
            assert chosen is not None
            yield Conflict(field="posted_at", readings=self._readings(places), chosen=chosen.isoformat())
        named = self._authors_by_trust(post)
        if len({author.handle for author, _ in named} - {None}) > 1:
            best = named[0][0]
            readings = self._readings([place for _, place in named])
            yield Conflict(field="author", readings=readings, chosen=best.handle or best.name or "")

    def _readings(self, places: Sequence[Place]) -> tuple[Reading, ...]:
        return tuple(reading_at(self._witnesses, place) for place in places)

    def _shown_stats(self, post: DraftPost) -> list[ShownStats]:
        return [
            ShownStats(number, block, self._witnesses[number].stats(block.number))
            for number, block in post.markers
        ]

    def _dated_by_trust(self, post: DraftPost) -> list[ShownStats]:
        """Return what the markers that show a date show; the most trusted first."""
        dated = [shown for shown in self._shown_stats(post) if shown.stats.posted_at is not None]
        return sorted(dated, key=lambda shown: (self.rank(shown.witness), shown.block.start))

    def _authors_by_trust(self, post: DraftPost) -> list[tuple[Profile, Place]]:
        """Return whom markers name, and where; the most trusted first."""
        authors = []
        for number, block in self.by_trust(post):
            author = self._witnesses[number].author(block.number)
            if author is not None and block.marker is not None:
                authors.append((author, (number, *block.marker)))
        return authors
