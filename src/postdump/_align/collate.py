# SPDX-License-Identifier: MIT
"""
Witnesses to a draft, one after the other.

The first becomes the draft. Of each further one, most posts are settled at once (`post_matching`); what
stands between two settled posts and only the witness shows needs no look at its lines either. The rest,
stretches in which both sides have something of their own, is opened: its lines are matched
(`line_matching`) and placed (`placement`) with the settled posts on both sides of each stretch, on which
everything there rests.

A copy of the witness before it is not aligned: it stands where that one does. Aligned, it might not, since
lines that went to other posts, or past each other, stand in no order that aligns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain, compress, count, repeat
from operator import lt

from attrs import define, field

from postdump._align.bulk_keys import BlockKey, BlockKeys, block_key
from postdump._align.chronology import Dates, dates_of, is_newest_first, minute_of, pinned
from postdump._align.draft import (
    DraftEntry,
    DraftPost,
    add_copy,
    add_showing,
    build_post,
    draft_key,
    with_longer_showing,
    with_showing,
)
from postdump._align.draft_keys import EntryKeys
from postdump._align.extended_draft import TOP, ExtendedDraft, new_loose_line
from postdump._align.flat_placement import cut_into_posts
from postdump._align.line_keys import is_short_key, is_strong
from postdump._align.line_matching import match_lines
from postdump._align.marked_placement import DateOrder
from postdump._align.moved_posts import apart, same_lines, stray_blocks, stray_lines
from postdump._align.open_stretches import DraftPlace, MatchedPost, OpenStretches
from postdump._align.placement import place_lines
from postdump._align.post_matching import Numbers, PostKey, Settled, posts_of, settled_blocks, settled_lines
from postdump._align.sequence_alignment import Key
from postdump._align.similarity import is_lone_link
from postdump._align.witness import FlatWitness, MarkedWitness, Witness
from postdump.damage import Damage


@define(eq=False)
class Draft:
    """The entries so far, and the witnesses they are from."""

    entries: list[DraftEntry] = field(factory=list)
    witnesses: list[Witness] = field(factory=list)
    is_strong: Callable[[Key], bool] = is_strong
    is_unsure: bool = False
    """Whether damages that are not known for sure decided on what a line is."""
    _keys: dict[tuple[int, Damage | None], BlockKeys] = field(factory=dict, init=False)
    """See `EntryKeys`."""

    @classmethod
    def of(cls, witnesses: Iterable[Witness], is_strong: Callable[[Key], bool]) -> Draft:
        """Return the draft of witnesses."""
        draft = cls(is_strong=is_strong)
        for one in witnesses:
            draft.add(one)
        return draft

    def add(self, one: Witness) -> None:
        """Take in a further witness."""
        n = len(self.witnesses)
        known = list(self.witnesses)
        self.witnesses.append(one)
        if not known:
            self.entries = self._fresh(range(one.item_count)) or []
            return
        if one.is_copy:
            self.entries = [add_copy(entry, n, n - 1) for entry in self.entries]
            return
        damage = one.damage or next((other.damage for other in known if other.damage), None)
        dates = Dates(dates_of(self.entries, self.witnesses) if one.is_marked else [])
        dates.look_at(one)
        opened, fresh = self._opened(one, EntryKeys(self.entries, self.witnesses, damage, self._keys), dates)
        self._assemble(opened, fresh, self._placed(n, opened, damage, dates))

    def _opened(
        self, one: Witness, keys: EntryKeys, dates: Dates
    ) -> tuple[_Opened, dict[int, list[DraftEntry]]]:
        """Settle what can be, and return what must be looked at line by line, and what the witness adds."""
        n = len(self.witnesses) - 1
        settled, elsewhere = self._settled(one, keys, dates)
        one = self.witnesses[n]  # which may run the other way now
        strays = apart(elsewhere)
        placed = self._join_strays(n, strays)
        moved = {at for at, *_ in strays}  # the witness has no other line of these
        opened = _Opened()
        fresh: dict[int, list[DraftEntry]] = {}
        for left, right in self._stretches(settled, one.item_count):
            groups: Sequence[int] = range(left[2], right[1])
            if placed:
                groups = [g for g in groups if g not in placed]
            if groups:
                entries = [at for at in range(left[0] + 1, right[0]) if at not in moved]
                is_alone = left[0] + 1 == right[0] and not right[3]
                found = self._fresh(groups, left[0] >= 0) if is_alone else None
                if found is None:
                    opened.add(left, right, entries, groups, len(self.entries))
                else:
                    fresh[right[0]] = found
                    self._doubt(one, groups, keys.damage)
        self._extend(n, settled, opened, keys)
        return opened, fresh

    def _stretches(self, settled: Numbers, end: int) -> Iterator[tuple[Settled, Settled]]:
        """Yield the settled posts between which the witness shows something; `end` groups are all of it."""
        stops, firsts = chain([0], settled[2::4]), chain(settled[1::4], [end])
        parted = list(compress(count(0, 4), map(lt, stops, firsts)))
        del stops, firsts  # and the collector has less to look at
        for n in parted:
            (left,) = posts_of(settled[n - 4 : n] if n else (-1, 0, 0, 0))
            (right,) = posts_of(settled[n : n + 4] or (len(self.entries), end, end, 0))
            yield left, right

    def _settled(self, one: Witness, keys: EntryKeys, dates: Dates) -> tuple[Numbers, list[Settled]]:
        """
        Find the posts that need no further look, and those that stand somewhere else.

        A witness that runs the other way is turned round.
        """
        if isinstance(one, MarkedWitness):
            return self._settled_blocks(one, keys, dates)
        assert isinstance(one, FlatWitness)
        head = one.head_count
        if head == one.item_count:
            return (), []
        shown = keys.keys_of_lines(one, 0, one.item_count)
        drafted = keys.line_keys()
        settled, strays = settled_lines(
            drafted, keys.lines_outside_plain_posts(), shown, self.is_strong, head
        )
        odd = keys.non_plain_posts() if settled else {}
        if odd:
            every = chain(drafted.keys, keys.lines_outside_plain_posts())
            strays += stray_lines(odd, every, shown, settled, self.is_strong, head)
        return settled, strays

    def _settled_blocks(
        self, one: MarkedWitness, keys: EntryKeys, dates: Dates
    ) -> tuple[Numbers, list[Settled]]:
        known = keys.post_keys()
        if not any(known):
            return (), []
        n = len(self.witnesses) - 1
        a = _post_keys(known, dates.draft if dates.are_both else None)
        own = keys.keys_of_blocks(n).blocks()
        while True:
            in_order = one.in_page_order(own)
            found = settled_blocks(
                a,
                _post_keys(in_order, dates.witness if dates.are_both else None),
                self.is_strong,
                lambda: (keys.lines_outside_plain_posts(), keys.lines_outside_plain_blocks(n)),
                is_backwards=dates.run_backwards,
            )
            if found is not None:
                break
            one = one.reversed()  # and so it runs as the draft does
            self.witnesses[n] = one
            dates.look_at(one)
        settled, strays = found
        if settled and (None in known or None in own):
            strays += self._odd_strays(n, keys, dates, in_order, settled)
        is_simple, entries = one.blocks.is_simple, self.entries
        # Of a post that is shown once: what a unit has, it must have all of.
        alike = (
            post
            for post in posts_of(settled)
            if is_simple[one.number_at(post[1])]
            and (post[3] >= 0 or not isinstance(entries[post[0]], DraftPost))
        )
        return tuple(chain.from_iterable(alike)), strays

    def _odd_strays(
        self, n: int, keys: EntryKeys, dates: Dates, in_order: Sequence[BlockKey | None], settled: Numbers
    ) -> list[Settled]:
        """Find posts that are more than text, and stand somewhere else."""
        known, odd = (
            keys.post_keys(),
            {at: block_key(text) for at, (_, text) in keys.non_plain_posts().items()},
        )
        own = {g: block_key(text) for g, text in keys.non_plain_blocks(n).items()}
        if not odd and not own:
            return []
        a = [odd.get(at, key) for at, key in enumerate(known)]
        b = [own.get(g, key) for g, key in enumerate(in_order)]
        return stray_blocks(
            _post_keys(a, dates.draft if dates.are_both else None),
            _post_keys(b, dates.witness if dates.are_both else None),
            (set(odd), set(own)),
            settled,
            self.is_strong,
        )

    def _join_strays(self, n: int, strays: Iterable[Settled]) -> set[int]:
        """Note where the witness shows posts that stand elsewhere, and return the groups that do."""
        one = self.witnesses[n]
        placed: set[int] = set()
        for at, first, end, missing in strays:
            unit = self._unit(at)
            view = one.with_items(range(first, end))
            pieces = [line for index in range(first, end) for line in one.lines_at(index)]
            which = same_lines(unit, one, pieces, missing)
            matches = [{k: DraftPlace(0, i) for k, i in which.items()}]
            if not one.is_marked:
                matches = [{0: DraftPlace(0, which[g])} for g in range(end - first)]
            place_lines([unit], n, view, matches)
            self.entries[at] = unit
            placed.update(range(first, end))
        return placed

    def _unit(self, at: int) -> DraftPost:
        return build_post(self.entries[at], self.witnesses)

    def _fresh(self, groups: Sequence[int], is_below_post: bool = False) -> list[DraftEntry] | None:
        """Return entries of what the last witness alone shows there; None where that takes a closer look."""
        n = len(self.witnesses) - 1
        one = self.witnesses[n]
        if isinstance(one, MarkedWitness):
            items = [one.page_order[group] for group in groups]
            simple = one.blocks.is_simple
            numbers = [item if isinstance(item, int) and simple[item] else None for item in items]
            if None not in numbers:
                own = [number for number in numbers if number is not None]
                return list(zip(repeat(n), own, repeat(0))) if n else [*own]
            odd = [g for g, number in zip(groups, numbers, strict=True) if number is None]
            units = place_lines([], n, one.with_items(odd), [{} for _ in odd]).posts_at(TOP)
            return [
                next(units) if number is None else ((n, number, 0) if n else number) for number in numbers
            ]
        assert isinstance(one, FlatWitness)
        lines = [one.page_order[group] for group in groups]
        if n == 0:
            return [new_loose_line(n, one, one.lines[number]) for number in lines]
        if not is_below_post or one.heading in lines or lines[-1] - lines[0] != len(lines) - 1:
            return None
        shown = one.lines.text(lines[0], len(lines)).split("\n")
        if is_lone_link(shown[0]):
            return None
        return [(n, run.start, len(run)) for run in cut_into_posts(one, shown, lines[0])]

    def _doubt(self, one: Witness, groups: Iterable[int], damage: Damage | None) -> None:
        """Note that lines which the witness alone shows may be others', differently damaged."""
        if damage is None and not self.is_unsure:
            pieces = (piece for group in groups for piece in one.lines_at(group))
            self.is_unsure = any(
                is_short_key(draft_key(one.text[piece.start : piece.end], one, damage)) for piece in pieces
            )

    def _extend(self, n: int, settled: Iterable[int], opened: _Opened, keys: EntryKeys) -> None:
        """Note where the witness shows the settled posts that are not opened."""
        one, entries, shut = self.witnesses[n], self.entries, opened.fixed
        for at, first, _, missing in posts_of(settled):
            if at not in shut:
                entry, shown = entries[at], one.number_at(first)
                if isinstance(entry, DraftPost):
                    add_showing(entry, one, n, shown, missing)
                elif missing < 0:  # what shows more comes first
                    above = keys.keys_of_blocks(n).lines(shown)[:-missing]
                    self.is_unsure = self.is_unsure or (keys.damage is None and any(map(is_short_key, above)))
                    entries[at] = with_longer_showing(entry, n, shown, -missing)
                else:
                    entries[at] = with_showing(entry, n, shown, missing)

    def _placed(self, n: int, opened: _Opened, damage: Damage | None, dates: Dates) -> ExtendedDraft:
        """Match and place what is opened."""
        one = self.witnesses[n]
        units = list(map(self._unit, opened.entries))
        where = {at: i for i, at in enumerate(opened.entries)}
        stretches = OpenStretches(
            posts=units,
            witnesses=self.witnesses,
            witness=one.with_items(opened.groups),
            matched=[MatchedPost(where[at], group, missing) for at, (group, missing) in opened.fixed.items()],
            damage=damage,
            is_dated=dates.are_both,
        )
        matched = match_lines(stretches, is_backwards=dates.run_backwards, is_strong=self.is_strong)
        if not self.is_unsure:
            self.is_unsure = any(len(known.candidate_damages) > 1 for known in self.witnesses) or (
                damage is None and matched.has_unmatched_short_key
            )
        top = pinned(dates.draft)
        date_order = DateOrder(
            is_newest_first=is_newest_first(dates.draft),
            pinned_post=None if top is None else where.get(top),
            pinned_block=dates.top_of(one),
        )
        return place_lines(units, n, matched.witness, matched.matches, date_order)

    def _assemble(
        self, opened: _Opened, fresh: Mapping[int, Sequence[DraftEntry]], extended: ExtendedDraft
    ) -> None:
        """Put the entries together again."""
        entries: list[DraftEntry] = []
        at = 0
        places = {at: i for i, at in enumerate(opened.entries)}
        top = min(places, default=0)
        for changed in sorted({*places, *fresh, top}):
            entries += self.entries[at:changed]
            if changed == top:
                entries += extended.posts_at(TOP)
            entries += fresh.get(changed, ())
            at = changed
            if changed in places:
                entries += extended.posts_at(places[changed])
                at += 1
        self.entries = [*entries, *self.entries[at:]]


@define(eq=False)
class _Opened:
    """Stretches that are looked at line by line, and the settled posts beside them."""

    entries: list[int] = field(factory=list)
    groups: list[int] = field(factory=list)
    fixed: dict[int, tuple[int, int]] = field(factory=dict)
    """The settled ones: where among `groups` each begins, and how many lines are missing (see `Settled`)."""

    def add(
        self, left: Settled, right: Settled, entries: Iterable[int], groups: Iterable[int], end: int
    ) -> None:
        """Open the stretch between two posts, with some entries and groups; `end` is no post."""
        self._add_settled(left, end)
        self.entries += entries
        self.groups += groups
        self._add_settled(right, end)

    def _add_settled(self, one: Settled, end: int) -> None:
        at, first, stop, missing = one
        if 0 <= at < end and at not in self.fixed:
            self.entries.append(at)
            self.fixed[at] = len(self.groups), missing
            self.groups += range(first, stop)


def _post_keys(
    keys: Sequence[BlockKey | None], dates: Sequence[datetime | None] | None
) -> list[PostKey | None]:
    """Return the keys of posts; None for those of which nothing is known that is their own."""
    if dates is None:
        return [(None, key) if key else None for key in keys]
    return [
        None if key is None or (date is None and not key) else (minute_of(date), key)
        for key, date in zip(keys, dates, strict=True)
    ]
