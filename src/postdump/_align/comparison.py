# SPDX-License-Identifier: MIT
"""
Compare a draft with one further witness, post by post.

A comparison has the keys and dates of both sides in columns, by the entries of the draft and by the items of
the witness. With them it finds the posts that both sides show: `post_matching` and `post_search` find the
*plain* posts, whose lines are nothing but text (see `draft_keys`); `moved_posts` finds the others, if they
stand in another place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import chain

from attrs import define, evolve, field

from postdump._align.bulk_keys import BlockKey, block_key
from postdump._align.chronology import ComparedDates, compare_dates, minute_of
from postdump._align.draft import DraftPost
from postdump._align.draft_keys import EntryKeys
from postdump._align.moved_posts import find_moved_blocks, find_moved_posts_in_lines
from postdump._align.post_matching import (
    ComparedPosts,
    MatchedPost,
    MatchedPosts,
    PostKey,
    compare_posts,
    match_blocks,
    run_in_opposite_directions,
)
from postdump._align.post_search import find_posts_in_lines
from postdump._align.sequence_alignment import Key
from postdump._align.witness import FlatWitness, MarkedWitness


@define(eq=False)
class MarkedComparison:
    """A draft and a witness with markers: its blocks are posts."""

    witness: MarkedWitness
    witness_number: int
    keys: EntryKeys
    dates: ComparedDates
    is_strong: Callable[[Key], bool]
    _draft_blocks: Sequence[BlockKey | None] = field(init=False)
    """The key of each entry; None for those that are non-plain, and for lines that belong to no post."""
    _blocks: Sequence[BlockKey | None] = field(init=False)
    """The key of each block of the witness, by its number."""
    _items: Sequence[BlockKey | None] = field(init=False)
    """The key of each item of the witness, in page order."""
    _posts: ComparedPosts | None = field(init=False)
    """None if no entry has a key."""

    def __attrs_post_init__(self) -> None:
        self._draft_blocks = self.keys.post_keys()
        self._blocks = self.keys.keys_of_blocks(self.witness_number).block_keys()
        self._items = self.witness.in_page_order(self._blocks)
        self._posts = self._compare_posts() if any(self._draft_blocks) else None

    def _compare_posts(self) -> ComparedPosts:
        return compare_posts(
            self._draft_keys(self._draft_blocks),
            self._witness_keys(self._items),
            self.keys.lines_outside_plain_posts(),
            self.keys.lines_outside_plain_blocks(self.witness_number),
        )

    def _draft_keys(self, blocks: Sequence[BlockKey | None]) -> list[PostKey | None]:
        return _add_minutes(blocks, self.dates.draft if self.dates.are_on_both_sides else None)

    def _witness_keys(self, blocks: Sequence[BlockKey | None]) -> list[PostKey | None]:
        return _add_minutes(blocks, self.dates.witness if self.dates.are_on_both_sides else None)

    def in_draft_direction(self) -> MarkedComparison:
        """Return the comparison with the witness reversed, if its posts run in the opposite direction."""
        if self._posts is None or not run_in_opposite_directions(self._posts, self.dates.are_opposite):
            return self
        witness = self.witness.reversed()
        return evolve(self, witness=witness, dates=compare_dates(self.dates.draft, witness))

    def match_whole_posts(self) -> tuple[MatchedPosts, list[MatchedPost]]:
        """Return the plain posts that both sides show in one order, and all posts that have moved."""
        if self._posts is None:
            return MatchedPosts(), []
        matched, moved = match_blocks(self._posts, self.is_strong)
        return matched, [*moved, *self._find_moved_posts(matched)]

    def _find_moved_posts(self, matched: MatchedPosts) -> list[MatchedPost]:
        """Return the non-plain posts that have moved."""
        if not matched or not (None in self._draft_blocks or None in self._blocks):
            return []
        non_plain_entries = {i: block_key(text) for i, (_, text) in self.keys.non_plain_posts().items()}
        texts_of_blocks = self.keys.non_plain_blocks(self.witness_number)
        non_plain_blocks = {item: block_key(text) for item, text in texts_of_blocks.items()}
        if not non_plain_entries and not non_plain_blocks:
            return []
        draft_blocks = [non_plain_entries.get(i, key) for i, key in enumerate(self._draft_blocks)]
        blocks = [non_plain_blocks.get(item, key) for item, key in enumerate(self._items)]
        return find_moved_blocks(
            self._draft_keys(draft_blocks),
            self._witness_keys(blocks),
            non_plain_entries.keys(),
            non_plain_blocks.keys(),
            matched,
            self.is_strong,
        )

    def choose_extendable(self, matched: MatchedPosts) -> MatchedPosts:
        """
        Return the matched posts to which the witness can be added without comparing lines.

        Others are a block that the witness repeats, and one with a card that a `DraftPost` lacks.
        """
        is_simple, entries = self.witness.blocks.is_simple, self.keys.entries
        numbers = self.witness.numbers_at(matched.first_item)
        is_kept = [
            bool(is_simple[number]) and not (adds and isinstance(entries[index], DraftPost))
            for index, number, adds in zip(matched.draft_index, numbers, matched.adds_lines, strict=True)
        ]
        return matched.only(is_kept)


@define(eq=False)
class FlatComparison:
    """A draft and a witness without markers: it has nothing but lines."""

    witness: FlatWitness
    witness_number: int
    keys: EntryKeys
    dates: ComparedDates
    is_strong: Callable[[Key], bool]

    def in_draft_direction(self) -> FlatComparison:
        """Return the comparison as it is: in which direction lines run, `match_lines` finds out."""
        return self

    def match_whole_posts(self) -> tuple[MatchedPosts, list[MatchedPost]]:
        """
        Return the plain posts that both sides show in one order, and all posts that have moved.

        The keys of all lines are let go of on return: they are the longest lists of a merge.
        """
        head, line_count = self.witness.head_count, self.witness.item_count
        if head == line_count:
            return MatchedPosts(), []
        lines = self.keys.keys_of_lines(self.witness, 0, line_count)
        draft_lines = self.keys.line_keys()
        others = self.keys.lines_outside_plain_posts()
        matched, moved = find_posts_in_lines(draft_lines, others, lines, self.is_strong, head)
        non_plain_posts = self.keys.non_plain_posts() if matched else {}
        if non_plain_posts:
            all_lines = chain(draft_lines.keys, self.keys.lines_outside_plain_posts())
            moved += find_moved_posts_in_lines(
                non_plain_posts, all_lines, lines, matched, self.is_strong, head
            )
        return matched, moved

    def choose_extendable(self, matched: MatchedPosts) -> MatchedPosts:
        """Return the matched posts to which the witness can be added without comparing lines: all."""
        return matched


Comparison = MarkedComparison | FlatComparison


def _add_minutes(
    blocks: Sequence[BlockKey | None], dates: Sequence[datetime | None] | None
) -> list[PostKey | None]:
    """Return the keys of posts from those of blocks; None for posts without a key of their own."""
    if dates is None:
        return [(None, key) if key else None for key in blocks]
    return [
        None if key is None or (date is None and not key) else (minute_of(date), key)
        for key, date in zip(blocks, dates, strict=True)
    ]
