# SPDX-License-Identifier: MIT
"""
What is compared line by line: stretches of a draft and of a witness, and their lines in columns.

An open stretch is what stands between two matched posts (see `post_matching`), if its lines must be compared.
All open stretches of one witness are compared together. So are the matched posts beside them: they are the
anchors that keep the lines of the stretches in order.

    open stretch, draft: posts 0 ("boat", "tide") and 1 (a marker alone)

    keys      boat   tide   ""
    owners    0      0      1
    numbers   0      1      MARKER
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from attrs import define, evolve, field, frozen

from postdump._align.blocks_and_lines import Block, lines_of
from postdump._align.chronology import minute_of
from postdump._align.draft import DraftPost, draft_key
from postdump._align.sequence_alignment import Key
from postdump._align.witness import Witness
from postdump.damage import Damage

MARKER: Final = -1
"""Stands for the number of a line: the key is that of the marker of a post without lines."""


class Anchor(NamedTuple):
    """A matched post beside an open stretch: the witness shows it unchanged, except for a card."""

    post: int
    """Its index among the draft's posts here."""
    item: int
    """The index of the first item of the witness that shows it."""
    lacks_lines: int
    """How many of its first lines the witness lacks (a card)."""
    adds_lines: int
    """How many lines the witness has above them (a card)."""


class DraftPlace(NamedTuple):
    """Where a line stands in the open stretches of a draft."""

    post: int
    """The index of the draft's post, or of the lines that belong to none."""
    line: int
    """The number of the line in it; MARKER for a post without lines."""


@frozen(eq=False)
class OpenStretches:
    """Open stretches of a draft and of a witness, with the matched posts beside them."""

    posts: Sequence[DraftPost]
    """The draft's posts, and its lines that belong to none, in page order."""
    witnesses: Sequence[Witness]
    """Those that the draft has the lines from."""
    witness: Witness
    """The further one; its items are those of the open stretches alone."""
    anchors: Sequence[Anchor]
    damage: Damage | None
    """What the lines of undamaged dumps must suffer to compare with those of damaged ones."""
    is_dated: bool
    """Whether both sides have dates of posts."""

    def with_witness(self, witness: Witness) -> OpenStretches:
        """Return the stretches with a witness whose items are in another order."""
        return evolve(self, witness=witness)


@define(eq=False)
class KeyedLines:
    """
    The lines of one side in columns: each line's key, owner and minute.

    A key without a line stands for the marker of a dated post that has no lines.
    """

    keys: list[Key] = field(factory=list)
    undated_keys: list[str | bytes] = field(factory=list)
    """The keys without minutes."""
    minutes: list[datetime | None] = field(factory=list)
    owners: list[int] = field(factory=list)
    """The index of the draft's post, or of the witness's item, that a line stands in."""
    numbers: list[int] = field(factory=list)
    """The number of the line in its owner; MARKER for a marker."""
    posts: range = range(0)
    """The indices from the first line of the first post to the last line of the last one."""

    def __len__(self) -> int:
        return len(self.keys)

    def add(self, key: str | bytes, minute: datetime | None, owner: int, number: int) -> None:
        """Add a line; `minute` is part of its key if there is one, unless the key is empty."""
        is_nothing = not key and number != MARKER
        self.keys.append(key if minute is None or is_nothing else (minute, key))
        self.undated_keys.append(key)
        self.minutes.append(minute)
        self.owners.append(owner)
        self.numbers.append(number)

    def add_marker(self, minute: datetime, owner: int) -> None:
        """Add the marker of a post without lines."""
        self.add("", minute, owner, MARKER)

    def first_indices(self) -> dict[int, int]:
        """Return for each owner the index of its first key."""
        return {owner: index for index, owner in reversed(list(enumerate(self.owners)))}

    def range_of(self, first: int, last: int) -> range:
        """Return the indices of the keys from one owner's first to another's last."""
        return range(bisect_left(self.owners, first), bisect_right(self.owners, last))


def key_draft_lines(stretches: OpenStretches) -> KeyedLines:
    """Return the lines of the draft with their keys."""
    keyed = KeyedLines()
    witnesses, damage, is_dated = stretches.witnesses, stretches.damage, stretches.is_dated
    for index, post in enumerate(stretches.posts):
        minute = minute_of(post.posted_at) if is_dated else None
        if not post.lines and minute is not None:
            keyed.add_marker(minute, index)
        for number, line in enumerate(post.lines):
            key = draft_key(line.text, witnesses[line.places[0][0]], damage)
            keyed.add(key, minute, index, number)
    posts = [index for index, post in enumerate(stretches.posts) if post.is_post]
    keyed.posts = keyed.range_of(posts[0], posts[-1]) if posts else range(len(keyed))
    return keyed


def key_witness_lines(stretches: OpenStretches) -> KeyedLines:
    """Return the lines of the witness with their keys."""
    keyed = KeyedLines()
    witness, damage, is_dated = stretches.witness, stretches.damage, stretches.is_dated
    for index, item in enumerate(witness.items()):
        minute = minute_of(item.posted_at) if is_dated and isinstance(item, Block) else None
        lines = lines_of(item)
        if not lines and minute is not None:
            keyed.add_marker(minute, index)
        for number, line in enumerate(lines):
            keyed.add(draft_key(line.of(witness.text), witness, damage), minute, index, number)
    keyed.posts = keyed.range_of(witness.head_count, witness.last_post_index)
    return keyed
