# SPDX-License-Identifier: MIT
"""
Which line of a draft is which line of a witness, in the stretches that `post_matching` left open.

The key of a line is what no damage can change: its visible ASCII without `?` and white space. A line with
little of that is known by what the damage makes of it, of whichever side has one. Between two dated dumps
the minute is part of the key, so that two posts of the same words stay two; what only one of them dates
(the tail of a torn dump) is then aligned in the gaps, by its words alone. Last, lines that are nearly the
same (a cut link, an edited word) are taken for one (see `near_matching`).
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

from attrs import define, field

from postdump._align.chronology import minute_of
from postdump._align.draft import DraftPost, draft_key
from postdump._align.line_keys import KeyedLines, is_strong
from postdump._align.near_matching import Near
from postdump._align.sequence_alignment import (
    Key,
    Pair,
    Window,
    find_enclosed,
    find_gaps,
    find_increasing,
    find_supported,
    find_unique_pairs,
    pair_lines,
    run_backwards,
)
from postdump._align.witness import Block, Groups, Witness
from postdump.damage import Damage


@define(eq=False)
class Matching:
    """Open stretches of a draft and of a witness, with the settled posts beside them."""

    units: Sequence[DraftPost]
    witnesses: Sequence[Witness]
    """Those of the draft."""
    one: Witness
    """The further witness; its groups are those of the open stretches."""
    fixed: Sequence[tuple[int, int, int]]
    """Units that are settled, the first group that shows each, and lines missing (see `Settled`)."""
    damage: Damage | None
    """What the lines of undamaged dumps must suffer to be like those of damaged ones."""
    is_dated: bool
    """Whether both sides say when posts were written."""
    is_backwards: bool | None = None
    """Whether the dates of the two run in opposite directions; None where they do not say."""
    is_strong: Callable[[Key], bool] = is_strong
    little: bool = field(default=False, init=False)
    """Whether lines were not found that little ASCII is known of."""

    def matches(self) -> list[dict[int, tuple[int, int]]]:
        """Say for each group of the witness which lines of the draft its lines are."""
        drafted = self._drafted()
        shown = self._shown()
        if not self.fixed and self.is_backwards is not False:
            posts = [
                (drafted.places[i][0], shown.places[j][0])
                for i, j in find_unique_pairs(drafted.keys, shown.keys)
                if self.units[drafted.places[i][0]].is_post
            ]
            if self.is_backwards or run_backwards(posts):
                self.one.groups = turned(self.one, {g: at for at, g in posts})
                shown = self._shown()
        posts_within = self._posts(drafted, shown)
        pairs = self._aligned(drafted, shown, *posts_within)
        self.little = _is_any_little(shown.undated_keys, {j for _, j in pairs})
        if self.is_dated:
            pairs = _with_undated(pairs, drafted, shown)
        near = Near(self.units, self.witnesses, self.one, self.damage, drafted, shown)
        pairs = [*pairs, *near.pairs(pairs, *posts_within)]
        last = last_of(self.one) if self.one.is_marked else len(self.one.groups)
        ended = {drafted.places[i][0] for i, j in pairs if shown.places[j][0] <= last}
        matches: list[dict[int, tuple[int, int]]] = [{} for _ in self.one.groups]
        for i, j in pairs:
            at, which = shown.places[j]
            # What stands below the last marker is not of a post that has its marker above.
            if at <= last or drafted.places[i][0] not in ended:
                matches[at][which] = drafted.places[i]
        return matches

    def _drafted(self) -> KeyedLines:
        keyed = KeyedLines()
        for at, unit in enumerate(self.units):
            minute = minute_of(unit.posted_at) if self.is_dated else None
            if not unit.lines and minute is not None:
                keyed.add("", minute, at, -1)
            for which, line in enumerate(unit.lines):
                keyed.add(
                    draft_key(line.text, self.witnesses[line.places[0][0]], self.damage), minute, at, which
                )
        return keyed

    def _shown(self) -> KeyedLines:
        keyed = KeyedLines()
        text = self.one.text
        for at, group in enumerate(self.one.groups):
            minute = minute_of(group.posted_at) if self.is_dated and isinstance(group, Block) else None
            pieces = group.pieces if isinstance(group, Block) else [group]
            if not pieces and minute is not None:
                keyed.add("", minute, at, -1)
            for which, piece in enumerate(pieces):
                keyed.add(draft_key(text[piece.start : piece.end], self.one, self.damage), minute, at, which)
        return keyed

    def _aligned(
        self, drafted: KeyedLines, shown: KeyedLines, a_posts: tuple[int, int], b_posts: tuple[int, int]
    ) -> list[Pair]:
        """
        Pair lines, those above and below the posts last of all: pages show the first post once more up there.

        In a flat dump what stands above the heading is above its posts, and nothing below.
        """
        (a_head, a_tail), (b_head, b_tail) = a_posts, b_posts
        known = self._known(drafted, shown)
        pairs = list(known)
        for a_from, a_to, b_from, b_to in list(find_gaps(pairs, len(drafted.keys), len(shown.keys))):
            window = max(a_from, a_head), min(a_to, a_tail), max(b_from, b_head), min(b_to, b_tail)
            if window[0] < window[1] and window[2] < window[3]:
                pairs += pair_lines(drafted.keys, shown.keys, window)
        pairs.sort()
        for window in list(find_gaps(pairs, len(drafted.keys), len(shown.keys))):
            if window[0] < a_head or window[2] < b_head or window[1] > a_tail or window[3] > b_tail:
                pairs += pair_lines(drafted.keys, shown.keys, window)
        pairs = _kept_together(sorted(pairs), drafted, shown)
        # What is settled has support that may not stand here, and gives it to others.
        sure = {*known, *find_supported(drafted.keys, shown.keys, pairs, self.is_strong)}
        unsure = set(pairs) - sure
        edges = self._edges(sure, a_posts, b_posts) if unsure else []
        return sorted({*sure, *find_enclosed(drafted.keys, shown.keys, unsure, edges)})

    def _edges(self, sure: Iterable[Pair], a_posts: tuple[int, int], b_posts: tuple[int, int]) -> list[Pair]:
        """
        Return the pairs between which a line's place can support it, and where posts begin and end.

        If no post is paired, all that one side shows may be older than what the other shows.
        """
        (a_head, a_tail), (b_head, b_tail) = a_posts, b_posts
        edges = [(i, j) for i, j in sorted(sure) if j >= b_head]
        if edges and any(unit.is_post for unit in self.units):
            if self.one.is_marked or b_head:  # else nobody knows where a flat dump's posts begin
                edges.insert(0, (a_head - 1, b_head - 1))
            edges.append((a_tail, b_tail))
        return edges

    def _posts(self, drafted: KeyedLines, shown: KeyedLines) -> tuple[tuple[int, int], tuple[int, int]]:
        """Return from where to where posts stand on either side."""
        posts = [at for at, unit in enumerate(self.units) if unit.is_post]
        within = _within(drafted, posts[0], posts[-1]) if posts else (0, len(drafted.keys))
        return within, _within(shown, head_of(self.one), last_of(self.one))

    def _known(self, drafted: KeyedLines, shown: KeyedLines) -> list[Pair]:
        """Return the pairs of lines of settled posts."""
        a_first, b_first = drafted.first(), shown.first()
        pairs: list[Pair] = []
        for at, group, missing in self.fixed:
            i, j = a_first[at] + max(missing, 0), b_first[group] + max(-missing, 0)
            size = max(len(self.units[at].lines), 1) - max(missing, 0)
            pairs += zip(range(i, i + size), range(j, j + size), strict=True)
        return pairs


def _kept_together(pairs: Sequence[Pair], drafted: KeyedLines, shown: KeyedLines) -> list[Pair]:
    """
    Move pairs to the post that the line above is paired with, where that goes on with the same line.

    The same host may close the cards of two posts, of which a witness shows but the first.
    """
    kept: list[Pair] = []
    known = set(pairs)
    units = [at for at, _ in drafted.places]
    for i, j in pairs:
        above = kept[-1][0] + 1 if kept and kept[-1][1] == j - 1 else i
        is_tied = (i + 1, j + 1) in known and units[i + 1] == units[i]
        can_move = above < i and not is_tied and units[above] == units[above - 1]
        kept.append((above, j) if can_move and drafted.keys[above] == shown.keys[j] else (i, j))
    return kept


def _is_any_little(keys: Iterable[str | bytes], found: Container[int]) -> bool:
    return any(is_little(key) and n not in found for n, key in enumerate(keys))


def is_little(key: str | bytes) -> bool:
    """Tell whether a line is known by more than its visible ASCII."""
    return isinstance(key, str) and len(key) > 0


def head_of(one: Witness) -> int:
    """Return how many groups stand above a witness's posts: above its first block, or down to its heading."""
    numbers = one.groups.numbers
    if one.is_marked:
        return next((g for g, number in enumerate(numbers) if number >= 0), 0)
    return numbers.index(one.heading) + 1 if one.heading is not None and one.heading in numbers else 0


def last_of(one: Witness) -> int:
    """Return the last group that does not stand below a witness's posts."""
    numbers = one.groups.numbers
    blocks = (g for g in range(len(numbers) - 1, -1, -1) if numbers[g] >= 0 or not one.is_marked)
    return next(blocks, -1)


def _within(keyed: KeyedLines, first: int, last: int) -> tuple[int, int]:
    """Return from where to where the keys of some units or groups stand."""
    return sum(at < first for at, _ in keyed.places), sum(at <= last for at, _ in keyed.places)


def _with_undated(pairs: Sequence[Pair], drafted: KeyedLines, shown: KeyedLines) -> list[Pair]:
    """
    Add to pairs those of lines that only one side dates, or neither: they are known by their words.

    So are further lines of posts that have a pair: where a marker is lost, the lines above it stand under
    the date of the next post.
    """
    found = list(pairs)
    units = {drafted.places[i][0] for i, _ in pairs}
    groups = {shown.places[j][0] for _, j in pairs}
    for a_from, a_to, b_from, b_to in find_gaps(pairs, len(drafted.keys), len(shown.keys)):
        of_draft = _by_words(drafted, shown, (a_from, a_to, b_from, b_to), units)
        of_shown = _by_words(shown, drafted, (b_from, b_to, a_from, a_to), groups)
        found += find_increasing({*of_draft, *((i, j) for j, i in of_shown)})
    keys: list[Key] = list(drafted.undated_keys)
    for i, _ in pairs:
        keys[i] = drafted.keys[i], "supported"
    found.sort()
    return find_supported(keys, shown.undated_keys, found, is_strong)


def _by_words(one: KeyedLines, other: KeyedLines, window: Window, torn: Container[int]) -> Iterator[Pair]:
    """Pair the undated lines of one side, and those of the posts `torn`, with lines of the other."""
    numbers = [i for i in range(*window[:2]) if one.minutes[i] is None or one.places[i][0] in torn]
    words = [one.undated_keys[i] for i in numbers]
    for i, j in pair_lines(words, other.undated_keys, (0, len(numbers), *window[2:])):
        yield numbers[i], j


def turned(one: Witness, units: Mapping[int, int]) -> Groups:
    """
    Return the groups of a witness with its posts in opposite order; what is above or below them stays.

    A flat dump's posts are runs of lines of one unit, and of lines that no other dump shows: `units` says
    which unit a line is of.
    """
    numbers = one.groups.numbers
    posts: list[list[int]] = []
    if one.is_marked:
        blocks = [g for g, number in enumerate(numbers) if number >= 0]
        first, last = blocks[0], blocks[-1] + 1
        posts = [[g] for g in range(first, last)]
    else:
        first, last = head_of(one), len(numbers)
        new: list[int] = []
        unit = None
        for g in range(first, last):
            if g not in units:
                new.append(g)
            elif units[g] == unit:
                posts[-1] += [*new, g]
                new = []
            else:
                posts += [new, [g]]
                new = []
                unit = units[g]
        posts.append(new)
    reversed_posts = [g for post in reversed(posts) for g in post]
    return one.groups.taken([*range(first), *reversed_posts, *range(last, len(numbers))])
