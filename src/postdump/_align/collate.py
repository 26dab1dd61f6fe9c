# SPDX-License-Identifier: MIT
"""
Collate witnesses: take in one after the other, and build the draft of all.

This is by far the hardest part of the library, since each step relies on what the steps before it found. In:
witnesses, the richest first. Out: `Collator.entries`, a draft in page order.

Strategy: the first witness becomes the draft. Of each further one most posts are matched whole; lines are
compared only in the open stretches between matched posts, where both sides have something of their own. The
steps of `Collator._collate`, and why they have this order:

1. Direction. Reversing the witness changes the index of each item, so that comes first.
2. Whole posts, then moved ones: a post has moved only with regard to the matched posts.
3. Moved posts take their items before stretches are cut, so that no line is placed twice.
4. Stretches. What only the witness has becomes new entries at once; the others are open.
5. The witness's places are added to the matched posts, except to those beside an open stretch: these are
   anchors of the line matching, which places their lines with the others.
6. All open stretches are matched together: a line may have gone from one to another.
7. Only then are entries put in their new places. Until then, all indices are those of the old draft.

    draft      boat    tide             wall    lamps
    witness    boat    ferry    Tide    wall    quay    lamps
    matched    boat, wall, lamps
    stretches  tide | ferry, Tide    is open, since both sides have something of their own
               nothing | quay        is a new entry below wall
    anchors    boat and wall; only lamps gets its places without a comparison of lines
    new draft  boat    ferry    tide    wall    quay    lamps

The draft's posts with lines are changed in place; no witness is ever changed.

A witness equal to the one before it is not aligned but gets the same places. Aligning it could give other
places, because moved lines have no order that an alignment can follow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, compress, count
from operator import lt
from typing import NamedTuple

from attrs import define, field

from postdump._align.bulk_keys import BlockKeys
from postdump._align.chronology import ComparedDates, compare_dates, dates_of, find_pinned, is_newest_first
from postdump._align.comparison import Comparison, FlatComparison, MarkedComparison
from postdump._align.draft import (
    DraftEntry,
    DraftPost,
    add_copy,
    add_showing,
    build_post,
    with_longer_showing,
    with_showing,
)
from postdump._align.draft_keys import EntryKeys
from postdump._align.extended_draft import TOP, ExtendedDraft
from postdump._align.line_keys import is_short_key, is_strong
from postdump._align.line_matching import match_lines
from postdump._align.marked_placement import DateOrder
from postdump._align.moved_posts import choose_disjoint, pair_moved_lines
from postdump._align.new_entries import build_first_draft, build_new_entries, has_short_line
from postdump._align.open_stretches import Anchor, DraftPlace, OpenStretches
from postdump._align.placement import place_lines
from postdump._align.post_matching import MatchedPost, MatchedPosts
from postdump._align.sequence_alignment import Key
from postdump._align.witness import FlatWitness, MarkedWitness, Witness
from postdump.damage import Damage


@define(eq=False)
class Collator:
    """The draft so far, and the witnesses that it is from."""

    entries: list[DraftEntry] = field(factory=list)
    witnesses: list[Witness] = field(factory=list)
    is_strong: Callable[[Key], bool] = is_strong
    is_unsure: bool = False
    """Whether damages that are not known for sure may have decided which lines are equal."""
    _keys: dict[tuple[int, Damage | None], BlockKeys] = field(factory=dict, init=False)
    """See `EntryKeys`."""

    @classmethod
    def of(cls, witnesses: Iterable[Witness], is_strong: Callable[[Key], bool]) -> Collator:
        """Return a collator that has taken in some witnesses."""
        collator = cls(is_strong=is_strong)
        for witness in witnesses:
            collator.add(witness)
        return collator

    def add(self, witness: Witness) -> None:
        """Take in a further witness."""
        number = len(self.witnesses)
        if number == 0:
            self.witnesses.append(witness)
            self.entries = build_first_draft(witness)
        elif witness.is_copy:
            self.witnesses.append(witness)
            self.entries = [add_copy(entry, number, number - 1) for entry in self.entries]
        else:
            self._collate(witness)

    def _collate(self, witness: Witness) -> None:
        """Collate a witness with the draft; the module's docstring explains the order of the steps."""
        comparison = self._compare(witness).in_draft_direction()
        self.witnesses[-1] = witness = comparison.witness
        matched, moved = comparison.match_whole_posts()
        moved = choose_disjoint(moved)
        matched = comparison.choose_extendable(matched)
        self._place_moved_posts(moved)
        new_entries: dict[int, list[DraftEntry]] = {}
        open_stretches = _OpenColumns()
        for stretch in find_stretches(matched, moved, len(self.entries), witness.item_count):
            new = self._build_new_entries(stretch, comparison)
            if new is None:
                open_stretches.add(stretch, len(self.entries))
            else:
                new_entries[stretch.right.draft_index] = new
        self._add_showings(matched, open_stretches.anchors, comparison)
        extended = self._match_and_place_lines(open_stretches, comparison)
        self.entries = assemble(self.entries, open_stretches.entries, new_entries, extended)

    def _compare(self, witness: Witness) -> Comparison:
        """Put the draft beside a further witness; undamaged lines get keys as if they were damaged, too."""
        damages = (known.damage for known in (witness, *self.witnesses) if known.damage)
        self.witnesses.append(witness)
        keys = EntryKeys(self.entries, self.witnesses, next(damages, None), self._keys)
        draft_dates = dates_of(self.entries, self.witnesses) if witness.is_marked else []
        dates = compare_dates(draft_dates, witness)
        number = len(self.witnesses) - 1
        if isinstance(witness, MarkedWitness):
            return MarkedComparison(witness, number, keys, dates, self.is_strong)
        assert isinstance(witness, FlatWitness)
        return FlatComparison(witness, number, keys, dates, self.is_strong)

    def _place_moved_posts(self, moved: Iterable[MatchedPost]) -> None:
        """Add the witness to the posts that it shows in another place, line by line."""
        number, witness = len(self.witnesses) - 1, self.witnesses[-1]
        for found in moved:
            post = build_post(self.entries[found.draft_index], self.witnesses)
            items = range(found.first_item, found.end_item)
            part = witness.with_items(items)
            lines = [line for item in items for line in witness.lines_at(item)]
            paired = pair_moved_lines(post, witness, lines, found.lacks_lines, found.adds_lines)
            matches = [{n: DraftPlace(0, line) for n, line in paired.items()}]
            if not witness.is_marked:  # each line is an item
                matches = [{0: DraftPlace(0, paired[n])} for n in range(len(lines))]
            place_lines([post], number, part, matches)
            self.entries[found.draft_index] = post

    def _build_new_entries(self, stretch: Stretch, comparison: Comparison) -> list[DraftEntry] | None:
        """Return entries for what only the witness has in a stretch; None if the stretch is open."""
        if not stretch.is_of_witness_alone:
            return None
        witness, is_below_post = comparison.witness, stretch.left.draft_index >= 0
        number = comparison.witness_number
        entries = build_new_entries(witness, number, stretch.items, is_below_post=is_below_post)
        if entries is not None and comparison.keys.damage is None and not self.is_unsure:
            self.is_unsure = has_short_line(witness, stretch.items)
        return entries

    def _add_showings(
        self, matched: MatchedPosts, anchors: Mapping[int, Anchor], comparison: Comparison
    ) -> None:
        """Add the witness to the matched posts that are no anchors."""
        witness, number, entries = comparison.witness, comparison.witness_number, self.entries
        numbers = witness.numbers_at(matched.first_item)
        columns = zip(matched.draft_index, numbers, matched.lacks_lines, matched.adds_lines, strict=True)
        for index, shown, lacks, adds in columns:
            if index in anchors:
                continue
            entry = entries[index]
            if isinstance(entry, DraftPost):
                add_showing(entry, witness, number, shown, lacks)
            elif adds:
                entries[index] = with_longer_showing(entry, number, shown, adds)
                if comparison.keys.damage is None and not self.is_unsure:
                    card = comparison.keys.keys_of_blocks(number).line_keys(shown)[:adds]
                    self.is_unsure = any(map(is_short_key, card))
            else:
                entries[index] = with_showing(entry, number, shown, lacks)

    def _match_and_place_lines(self, columns: _OpenColumns, comparison: Comparison) -> ExtendedDraft:
        """Match the lines of all open stretches, and place those of the witness."""
        dates, damage = comparison.dates, comparison.keys.damage
        stretches = OpenStretches(
            posts=[build_post(self.entries[index], self.witnesses) for index in columns.entries],
            witnesses=self.witnesses,
            witness=comparison.witness.with_items(columns.items),
            anchors=list(columns.anchors.values()),
            damage=damage,
            is_dated=dates.are_on_both_sides,
        )
        lines = match_lines(stretches, is_backwards=dates.are_opposite, is_strong=self.is_strong)
        if not self.is_unsure:
            has_several_damages = any(len(witness.candidate_damages) > 1 for witness in self.witnesses)
            self.is_unsure = has_several_damages or (damage is None and lines.has_unmatched_short_key)
        date_order = _find_date_order(dates, comparison.witness, columns.entries)
        posts = list(stretches.posts)
        return place_lines(posts, comparison.witness_number, lines.witness, lines.matches, date_order)


class Stretch(NamedTuple):
    """What stands between two matched posts, on both sides."""

    left: MatchedPost
    """The matched post above, or the edge above the first entry (of index -1) and item."""
    right: MatchedPost
    """The matched post below, or the edge below the last entry and item."""
    entries: Sequence[int]
    """The indices of the draft's entries in between."""
    items: Sequence[int]
    """The indices of the witness's items in between."""

    @property
    def is_of_witness_alone(self) -> bool:
        """Whether the draft has nothing there, not even a card that belongs to the post below."""
        is_gap = self.left.draft_index + 1 == self.right.draft_index
        return is_gap and not self.right.lacks_lines and not self.right.adds_lines


def find_stretches(
    matched: MatchedPosts, moved: Iterable[MatchedPost], entry_count: int, item_count: int
) -> Iterator[Stretch]:
    """Yield the stretches in which the witness has something besides moved posts."""
    moved = list(moved)
    moved_entries = {post.draft_index for post in moved}
    moved_items = {item for post in moved for item in range(post.first_item, post.end_item)}
    ends, starts = chain([0], matched.end_item), chain(matched.first_item, [item_count])
    for position in compress(count(), map(lt, ends, starts)):
        is_last = position == len(matched)
        left = matched[position - 1] if position else MatchedPost(-1, 0, 0)
        right = MatchedPost(entry_count, item_count, item_count) if is_last else matched[position]
        items: Sequence[int] = range(left.end_item, right.first_item)
        if moved_items:
            items = [item for item in items if item not in moved_items]
        if items:
            entries = range(left.draft_index + 1, right.draft_index)
            yield Stretch(left, right, [index for index in entries if index not in moved_entries], items)


@define(eq=False)
class _OpenColumns:
    """The entries and items of all open stretches, and the matched posts beside them."""

    entries: list[int] = field(factory=list)
    items: list[int] = field(factory=list)
    anchors: dict[int, Anchor] = field(factory=dict)
    """By the index of the draft's entry: where among `entries` and `items` a matched post stands."""

    def add(self, stretch: Stretch, entry_count: int) -> None:
        """Add an open stretch of a draft of so many entries."""
        self._add_anchor(stretch.left, entry_count)
        self.entries += stretch.entries
        self.items += stretch.items
        self._add_anchor(stretch.right, entry_count)

    def _add_anchor(self, post: MatchedPost, entry_count: int) -> None:
        """Add a matched post, unless it is an edge of the draft, or stands below the stretch before."""
        if 0 <= post.draft_index < entry_count and post.draft_index not in self.anchors:
            position = len(self.entries), len(self.items)
            self.anchors[post.draft_index] = Anchor(*position, post.lacks_lines, post.adds_lines)
            self.entries.append(post.draft_index)
            self.items += range(post.first_item, post.end_item)


def _find_date_order(dates: ComparedDates, witness: Witness, open_entries: Sequence[int]) -> DateOrder:
    """Return how dates order new posts in open stretches, which have these entries of the draft."""
    pinned = find_pinned(dates.draft)
    return DateOrder(
        is_newest_first=is_newest_first(dates.draft),
        pinned_post=open_entries.index(pinned) if pinned in open_entries else None,
        pinned_block=dates.find_pinned_block(witness),
    )


def assemble(
    entries: Sequence[DraftEntry],
    open_entries: Sequence[int],
    new_entries: Mapping[int, Sequence[DraftEntry]],
    extended: ExtendedDraft,
) -> list[DraftEntry]:
    """
    Return a draft with the new entries, each above the index that they have, and the extended stretches.

    `open_entries` are the indices of the entries that are in `extended`.
    """
    positions = {index: position for position, index in enumerate(open_entries)}
    top = min(positions, default=0)
    assembled: list[DraftEntry] = []
    done = 0
    for index in sorted({*positions, *new_entries, top}):
        assembled += entries[done:index]
        if index == top:
            assembled += extended.posts_at(TOP)
        assembled += new_entries.get(index, ())
        done = index
        if index in positions:
            assembled += extended.posts_at(positions[index])
            done += 1
    return [*assembled, *entries[done:]]
