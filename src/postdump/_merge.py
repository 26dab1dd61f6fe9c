# SPDX-License-Identifier: MIT
"""
Dumps to a timeline: who shows which post, and in what order they stand.

The dumps are put in an order of their own first (dated and marked before flat, richer before poorer), so
that the order of arguments cannot matter. The first becomes a draft, a list of units in page order: posts,
and lines that belong to none. Each further dump is aligned with the draft, line by line, and its lines
find their units:

* a **block** belongs to the unit that most of its lines were aligned with; a block that has none is a
  post of its own, after the unit that the block before it went to;
* a **loose line** of a marked dump (heading, tail) stays loose, unless another dump shows it in a post;
* a line of a **flat** dump that was not aligned lies between two that were. Between two lines of one post
  it belongs to that post; between two posts, or after the last, it forms a post with its neighbours
  (a lone link belongs to the post before). What stands above the page's heading, or above the first
  aligned line where there is no heading, stays loose.

The key of a line is what no damage can change: its visible ASCII without `?` and white space. A line with
little of that is known by what the damage makes of it, of whichever side has one. Between two dated dumps
the minute is part of the key, so that two posts of the same words stay two; what only one of them dates
(the tail of a torn dump) is then aligned in the gaps, by its words alone. Last, in gaps small enough for
it, lines that are nearly the same (a cut link, an edited word) are taken for one.

What follows from the draft (times, cards, repairs, conflicts) is concluded in `_edition`.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from attrs import define, field

from postdump._align import Key, Pair, Window, align, gaps, increasing, paired, supported, unique_pairs
from postdump._draft import Unit, likeness, minute_of
from postdump._edition import Edition
from postdump._joint import common
from postdump._keys import is_strong, line_key, visible
from postdump._lazy import lazily
from postdump._parse import as_utc
from postdump._placing import Placing
from postdump._witness import Block, Piece, Witness, witness
from postdump.damage import Damage
from postdump.models import Dump, Role, Timeline

NEAR_CELLS: Final = 256
"""Cells of the largest gap in which lines are compared one by one: 16 lines against 16."""


def merge(*dumps: Dump, prefer: Sequence[str] = ()) -> Timeline:
    r"""
    Reconcile dumps of one page into one timeline, in which nothing is lost and every repair is proved.

    Args:
        dumps: In any order; equal ones count once. One alone is edited, too: what was damaged without
            loss is repaired, and a post shown twice is one.
        prefer: Names of dumps in order of trust: they decide whatever must be chosen.

    Raises:
        ValueError: Two different dumps have one name, or no dump has a name in `prefer`.

    >>> from postdump import parse
    >>> marked = parse("Ahoy, donβt sink.\n03.02.2026 17:04 β π 4 π 3 π¬ 0 π 0", name="a")
    >>> flat = parse("Ahoy, don’t sink.", name="b")
    >>> merge(marked, flat).posts[0].text
    'Ahoy, don’t sink.'
    """
    witnesses = [witness(dump) for dump in _ordered(dumps)]
    names = {one.dump.name for one in witnesses}
    for name in prefer:
        if name not in names:
            raise ValueError(
                f"expected the name of a dump in prefer, got {name!r} (dumps: {', '.join(sorted(names))})"
            )
    return lazily(Timeline, edition_of(witnesses, tuple(prefer)), None)


def edition_of(
    witnesses: Sequence[Witness],
    prefer: tuple[str, ...] = (),
    *,
    is_strong: Callable[[Key], bool] = is_strong,
) -> Edition:
    """
    Align witnesses, the first of which is the richest, and return what follows from that.

    `is_strong` tells which keys need no neighbour's support: all, where it is known that all show one text.
    """
    draft = Draft.of(witnesses, is_strong)
    edition = Edition(witnesses, draft.units, prefer)
    # Lines of little ASCII are known by what the likeliest damage leaves of them; which that is, the others
    # may show.
    if draft.is_unsure and [one.damage for one in witnesses] != [
        next(iter(s), None) for s in edition.suspects
    ]:
        for one, found in zip(witnesses, edition.suspects, strict=True):
            one.suspects = found
        # As `_rank` would have it: of the dumps with dates, those that are damaged come last.
        witnesses = sorted(witnesses, key=lambda one: 2 if not _is_dated(one) else one.damage is not None)
        edition = Edition(witnesses, Draft.of(witnesses, is_strong).units, prefer)
    return edition


def _ordered(dumps: Sequence[Dump]) -> list[Dump]:
    """Return different dumps, each once, in an order that does not depend on the arguments'."""
    by_name: dict[str, Dump] = {}
    for dump in dumps:
        known = by_name.setdefault(dump.name, dump)
        if known is not dump and (known.text != dump.text or known != dump):
            raise ValueError(f"expected one dump of each name, got two different ones named {dump.name!r}")
    return sorted(by_name.values(), key=_rank)


def _rank(dump: Dump) -> tuple[Any, ...]:
    posts = len(dump.posts)
    is_dated = posts > 0 and dump.posts[0].posted_at is not None
    captured_at = as_utc(dump.captured_at) or datetime.min.replace(tzinfo=UTC)
    is_damaged = dump.damage is not None
    return not is_dated, is_damaged, -posts, -len(dump.text), dump.text, captured_at, dump.layouts, dump.name


@define(eq=False)
class _Keyed:
    """What is aligned: the lines of a draft or of a witness, and the markers of blocks without lines."""

    keys: list[Key] = field(factory=list)
    words: list[str | bytes] = field(factory=list)
    """The keys without minutes."""
    minutes: list[datetime | None] = field(factory=list)
    places: list[tuple[int, int]] = field(factory=list)
    """For each key the unit, or the group, and the number of the line in it; -1 for a marker."""

    def add(self, key: str | bytes, minute: datetime | None, at: int, which: int) -> None:
        """Add a line; `minute` is part of its key where there is one, unless nothing is left of it."""
        is_nothing = not key and which >= 0
        self.keys.append(key if minute is None or is_nothing else (minute, key))
        self.words.append(key)
        self.minutes.append(minute)
        self.places.append((at, which))


@define(eq=False)
class Draft:
    """The units so far, and the witnesses they are from."""

    units: list[Unit] = field(factory=list)
    witnesses: list[Witness] = field(factory=list)
    is_strong: Callable[[Key], bool] = is_strong
    is_unsure: bool = False
    """Whether damages that are not known for sure decided on what a line is."""

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
        matches = self._matches(one) if self.units else [{} for _ in one.groups]
        self.witnesses.append(one)
        placing = Placing(self.units, n, one, matches)
        if one.is_marked:
            placing.place_marked()
        else:
            placing.place_flat()
        self.units = placing.result()

    def _matches(self, one: Witness) -> list[dict[int, tuple[int, int]]]:
        """Say for each group of a witness which lines of the draft its lines are."""
        damage = one.damage or next((known.damage for known in self.witnesses if known.damage), None)
        is_dated = _is_dated(one) and any(_is_dated(known) for known in self.witnesses)
        drafted = self._keyed(damage, is_dated=is_dated)
        shown = _keyed_groups(one, damage, is_dated=is_dated)
        posts = [
            (drafted.places[i][0], shown.places[j][0])
            for i, j in unique_pairs(drafted.keys, shown.keys)
            if self.units[drafted.places[i][0]].is_post
        ]
        if _run_backwards(posts):
            one.groups = _turned(one, {g: at for at, g in posts})
            shown = _keyed_groups(one, damage, is_dated=is_dated)
        pairs = self._aligned(drafted, shown, one)
        if not self.is_unsure:
            known = (witness.suspects for witness in (one, *self.witnesses))
            self.is_unsure = any(len(damages) > 1 for damages in known) or (
                damage is None and _is_any_little(shown.words, {j for _, j in pairs})
            )
        if is_dated:
            pairs = _with_undated(pairs, drafted, shown)
        matches: list[dict[int, tuple[int, int]]] = [{} for _ in one.groups]
        for i, j in (*pairs, *self._near(pairs, drafted, shown, one, damage)):
            at, which = shown.places[j]
            matches[at][which] = drafted.places[i]
        return matches

    def _aligned(self, drafted: _Keyed, shown: _Keyed, one: Witness) -> list[Pair]:
        """
        Pair lines, those above the posts last of all: pages show the first post once more up there.

        In a flat dump that is what stands above the heading.
        """
        first_post = next((at for at, unit in enumerate(self.units) if unit.is_post), 0)
        first_shown = _head_of(one)
        a_head = sum(at < first_post for at, _ in drafted.places)
        b_head = sum(at < first_shown for at, _ in shown.places)
        if not a_head and not b_head:
            return align(drafted.keys, shown.keys, is_strong=self.is_strong)
        pairs = paired(drafted.keys, shown.keys, (a_head, len(drafted.keys), b_head, len(shown.keys)))
        for window in list(gaps(pairs, len(drafted.keys), len(shown.keys))):
            if window[0] < a_head or window[2] < b_head:
                pairs += paired(drafted.keys, shown.keys, window)
        return supported(drafted.keys, shown.keys, sorted(pairs), self.is_strong)

    def _near(
        self, pairs: Sequence[Pair], drafted: _Keyed, shown: _Keyed, one: Witness, damage: Damage | None
    ) -> Iterator[Pair]:
        """Pair, in the gaps between pairs, lines that are one line shown differently."""
        for a_from, a_to, b_from, b_to in gaps(pairs, len(drafted.keys), len(shown.keys)):
            if (a_to - a_from) * (b_to - b_from) > NEAR_CELLS:
                continue
            beside = {drafted.places[i][0] for i in (a_from - 1, a_to) if 0 <= i < len(drafted.keys)}
            at = a_from
            for j in range(b_from, b_to):
                for i in range(at, a_to):
                    minutes = {drafted.minutes[i], shown.minutes[j]}
                    if len(minutes - {None}) > 1:
                        continue
                    words = drafted.words[i], shown.words[j]
                    is_likely = None not in minutes or drafted.places[i][0] in beside
                    if words[0] == words[1] or not (is_likely or all(map(is_strong, words))):
                        continue  # lines that agree by chance
                    enough = 1 / 2 if is_likely else 2 / 3
                    if self._likeness(drafted.places[i], shown.places[j], one, damage) > enough:
                        yield i, j
                        at = i + 1
                        break

    def _likeness(
        self, place: tuple[int, int], other: tuple[int, int], one: Witness, damage: Damage | None
    ) -> float:
        """Return how like a line of the draft and one of a witness are; one of them must be a post's."""
        unit, group = self.units[place[0]], one.groups[other[0]]
        if -1 in (place[1], other[1]) or (not unit.is_post and isinstance(group, Piece)):
            return 0
        line, piece = unit.lines[place[1]], group.pieces[other[1]] if isinstance(group, Block) else group
        if not {line.role, piece.role} <= {Role.TEXT, Role.OTHER}:
            return 0
        known, text = self.witnesses[line.places[0][0]].damage, one.text[piece.start : piece.end]
        if known and one.damage and known != one.damage:
            return float(
                visible(line.text) == visible(text) and common(line.text, known, text, one.damage) is not None
            )
        others = self.witnesses[line.places[0][0]].suspects[1:] if known else one.suspects[1:]
        observed, original = (line.text, text) if known else (text, line.text)
        if any(other.apply(original) == observed for other in others):
            return 1.0
        return likeness(
            _as_damaged(line.text, None if known else damage),
            _as_damaged(text, None if one.damage else known or damage),
        )

    def _keyed(self, damage: Damage | None, *, is_dated: bool) -> _Keyed:
        keyed = _Keyed()
        for at, unit in enumerate(self.units):
            minute = minute_of(unit.posted_at) if is_dated else None
            if not unit.lines and minute is not None:
                keyed.add("", minute, at, -1)
            for which, line in enumerate(unit.lines):
                is_clean = self.witnesses[line.places[0][0]].damage is None
                keyed.add(line_key(line.text, damage if is_clean else None), minute, at, which)
        return keyed


def _is_any_little(keys: Iterable[str | bytes], paired: Container[int]) -> bool:
    """Tell whether lines are unpaired that little ASCII is known of."""
    return any(isinstance(key, str) and key and n not in paired for n, key in enumerate(keys))


def _head_of(one: Witness) -> int:
    """Return how many groups stand above a witness's posts: above its first block, or down to its heading."""
    for g, group in enumerate(one.groups):
        if isinstance(group, Block):
            return g
        if group.role is Role.HEADING and not one.is_marked:
            return g + 1
    return 0


def _as_damaged(text: str, damage: Damage | None) -> str:
    """Return what a damaged dump would show, but for dots that stand for the rest of a line."""
    if damage is None or text.isascii():
        return text
    return damage.apply(text.replace("…", "..."))


def _is_dated(one: Witness) -> bool:
    return any(isinstance(group, Block) and group.posted_at is not None for group in one.groups)


def _keyed_groups(one: Witness, damage: Damage | None, *, is_dated: bool) -> _Keyed:
    keyed = _Keyed()
    missing = None if one.damage else damage
    for at, group in enumerate(one.groups):
        minute = minute_of(group.posted_at) if is_dated and isinstance(group, Block) else None
        pieces = group.pieces if isinstance(group, Block) else [group]
        if not pieces and minute is not None:
            keyed.add("", minute, at, -1)
        for which, piece in enumerate(pieces):
            keyed.add(line_key(one.text[piece.start : piece.end], missing), minute, at, which)
    return keyed


def _with_undated(pairs: Sequence[Pair], drafted: _Keyed, shown: _Keyed) -> list[Pair]:
    """
    Add to pairs those of lines that only one side dates, or neither: they are known by their words.

    So are further lines of posts that have a pair: where a marker is lost, the lines above it stand under
    the date of the next post.
    """
    found = list(pairs)
    units = {drafted.places[i][0] for i, _ in pairs}
    groups = {shown.places[j][0] for _, j in pairs}
    for a_from, a_to, b_from, b_to in gaps(pairs, len(drafted.keys), len(shown.keys)):
        of_draft = _by_words(drafted, shown, (a_from, a_to, b_from, b_to), units)
        of_shown = _by_words(shown, drafted, (b_from, b_to, a_from, a_to), groups)
        found += increasing({*of_draft, *((i, j) for j, i in of_shown)})
    keys: list[Key] = list(drafted.words)
    for i, _ in pairs:
        keys[i] = drafted.keys[i], "supported"
    found.sort()
    return supported(keys, shown.words, found, is_strong)


def _by_words(one: _Keyed, other: _Keyed, window: Window, torn: Container[int]) -> Iterator[Pair]:
    """Pair the undated lines of one side, and those of the posts `torn`, with lines of the other."""
    numbers = [i for i in range(*window[:2]) if one.minutes[i] is None or one.places[i][0] in torn]
    words = [one.words[i] for i in numbers]
    for i, j in paired(words, other.words, (0, len(numbers), *window[2:])):
        yield numbers[i], j


def _run_backwards(posts: Iterable[Pair]) -> bool:
    """Tell whether posts stand in opposite order; lines within a post stand in the same even then."""
    known = set(posts)
    return len(increasing((a, -b) for a, b in known)) > len(increasing(known))


def _turned(one: Witness, units: Mapping[int, int]) -> list[Block | Piece]:
    """
    Return the groups of a witness with its posts in opposite order; what is above or below them stays.

    A flat dump's posts are runs of lines of one unit, and of lines that no other dump shows.
    """
    groups = one.groups
    posts: list[list[Block | Piece]] = []
    if one.is_marked:
        numbers = [g for g, group in enumerate(groups) if isinstance(group, Block)]
        first, last = numbers[0], numbers[-1] + 1
        posts = [[group] for group in groups[first:last]]
    else:
        heading = (g for g, at in enumerate(groups) if isinstance(at, Piece) and at.role is Role.HEADING)
        first = next(heading, -1) + 1
        last = len(groups)
        new: list[Block | Piece] = []
        unit = None
        for g in range(first, last):
            if g not in units:
                new.append(groups[g])
            elif units[g] == unit:
                posts[-1] += [*new, groups[g]]
                new = []
            else:
                posts += [new, [groups[g]]]
                new = []
                unit = units[g]
        posts.append(new)
    return [*groups[:first], *(group for post in reversed(posts) for group in post), *groups[last:]]
