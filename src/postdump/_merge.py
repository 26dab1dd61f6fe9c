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
the minute is part of the key, so that two posts of the same words stay two.

What follows from the draft (times, cards, repairs, conflicts) is concluded in `_edition`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from attrs import define, field

from postdump._align import Key, align, increasing, unique_pairs
from postdump._draft import Unit
from postdump._edition import Edition
from postdump._keys import is_strong, line_key
from postdump._lazy import lazily
from postdump._placing import Placing
from postdump._witness import Block, Witness, witness
from postdump.damage import Damage
from postdump.models import Dump, Timeline


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


def edition_of(witnesses: Sequence[Witness], prefer: tuple[str, ...] = ()) -> Edition:
    """Align witnesses, the first of which is the richest, and return what follows from that."""
    draft = Draft()
    for one in witnesses:
        draft.add(one)
    return Edition(witnesses, draft.units, prefer)


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
    captured_at = dump.captured_at or datetime.min.replace(tzinfo=UTC)
    return not is_dated, -posts, -len(dump.text), dump.text, captured_at, dump.layouts, dump.name


@define(eq=False)
class _Keyed:
    """What is aligned: the lines of a draft or of a witness, and the markers of blocks without lines."""

    keys: list[Key] = field(factory=list)
    places: list[tuple[int, int]] = field(factory=list)
    """For each key the unit, or the group, and the number of the line in it; -1 for a marker."""

    def add(self, key: str | bytes, minute: datetime | None, at: int, which: int) -> None:
        """Add a line; `minute` is part of its key where there is one."""
        self.keys.append(key if minute is None else (minute, key))
        self.places.append((at, which))


@define(eq=False)
class Draft:
    """The units so far, and the witnesses they are from."""

    units: list[Unit] = field(factory=list)
    witnesses: list[Witness] = field(factory=list)

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
        if one.is_marked and _run_backwards(drafted, shown):
            one.groups.reverse()
            shown = _keyed_groups(one, damage, is_dated=is_dated)
        matches: list[dict[int, tuple[int, int]]] = [{} for _ in one.groups]
        for i, j in align(drafted.keys, shown.keys, is_strong=is_strong):
            at, which = shown.places[j]
            matches[at][which] = drafted.places[i]
        return matches

    def _keyed(self, damage: Damage | None, *, is_dated: bool) -> _Keyed:
        keyed = _Keyed()
        for at, unit in enumerate(self.units):
            minute = unit.posted_at if is_dated else None
            if not unit.lines and minute is not None:
                keyed.add("", minute, at, -1)
            for which, line in enumerate(unit.lines):
                is_clean = self.witnesses[line.places[0][0]].damage is None
                keyed.add(line_key(line.text, damage if is_clean else None), minute, at, which)
        return keyed


def _is_dated(one: Witness) -> bool:
    return any(isinstance(group, Block) and group.posted_at is not None for group in one.groups)


def _keyed_groups(one: Witness, damage: Damage | None, *, is_dated: bool) -> _Keyed:
    keyed = _Keyed()
    missing = None if one.damage else damage
    for at, group in enumerate(one.groups):
        minute = group.posted_at if is_dated and isinstance(group, Block) else None
        pieces = group.pieces if isinstance(group, Block) else [group]
        if not pieces and minute is not None:
            keyed.add("", minute, at, -1)
        for which, piece in enumerate(pieces):
            keyed.add(line_key(one.text[piece.start : piece.end], missing), minute, at, which)
    return keyed


def _run_backwards(drafted: _Keyed, shown: _Keyed) -> bool:
    """Tell whether posts stand in opposite order; lines within a post stand in the same even then."""
    posts = {(drafted.places[i][0], shown.places[j][0]) for i, j in unique_pairs(drafted.keys, shown.keys)}
    return len(increasing((a, -b) for a, b in posts)) > len(increasing(posts))
