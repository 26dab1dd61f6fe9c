# SPDX-License-Identifier: MIT
"""
From a draft to what a timeline says.

A draft knows which lines stand where, and who shows them. What follows is concluded here, for each post
when it is asked for: the lemma of each line with its repairs (`_variants`), the card, the counts, the
time, who lacks the post; and for the whole, what all posts add up to.

**Time by position.** A post that no marker dates stands, in each dump that shows it, between two dated
neighbours; the narrowest bounds of all dumps hold. Where both are the same minute, that is its time.

**Cards.** Where no label tells, one or two first lines of a block are its card if the block's layout puts
cards there, the block goes on, and some dump shows what follows them but not them.

**Choosing.** Counts are taken whole from one dump: `prefer` decides, then who has any, then the latest
`captured_at`, the highest total, the counts, the text. The date comes from the first, so ordered, that
shows one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from attrs import evolve, fields

from postdump._blocks import card_of, joined, links_of
from postdump._draft import DraftLine, Place, Unit, is_newest_first
from postdump._lazy import LazyTuple, lazily
from postdump._parse import as_utc
from postdump._variants import Variants, learned_damages, resolve
from postdump._witness import Block, Witness
from postdump.damage import Damage
from postdump.models import (
    Card,
    Conflict,
    Dump,
    Line,
    Observation,
    Post,
    Profile,
    Reading,
    Repair,
    Role,
    Stats,
    Timeline,
)

Bounds = tuple[datetime | None, datetime | None]


class Edition:
    """Tells the fields of a timeline, and those of its posts by their index."""

    def __init__(self, witnesses: Sequence[Witness], units: Sequence[Unit], prefer: tuple[str, ...]) -> None:
        self.witnesses = witnesses
        self.units = [unit for unit in units if unit.is_post]
        self.loose = [unit for unit in units if not unit.is_post]
        for number, unit in enumerate(self.units):
            unit.number = number
        self.trust = {name: rank for rank, name in enumerate(prefer)}

    def field(self, kind: type, at: Any, name: str) -> object:
        """Return a field of the timeline, or of the post number `at`."""
        table = _POST if kind is Post else _TIMELINE
        if name not in table:
            raise AttributeError(f"{kind.__name__!r} object has no attribute {name!r}")
        return table[name](self) if kind is Timeline else table[name](self, self.units[at])

    # The whole.

    def posts(self) -> LazyTuple[Post]:
        """Return the posts, top first."""
        return LazyTuple(len(self.units), lambda index: lazily(Post, self, range(len(self.units))[index]))

    def unclaimed(self) -> tuple[Line, ...]:
        """Return the lines that belong to no post."""
        return tuple(self.line(line, line.role) for unit in self.loose for line in unit.lines)

    @cached_property
    def damages(self) -> list[Damage | None]:
        """The damage of each witness: what its markers show, else what its readings show against others."""
        lines = (line for units in (self.units, self.loose) for unit in units for line in unit.lines)
        return learned_damages(self.witnesses, lines)

    def damages_by_name(self) -> dict[str, Damage]:
        """Return the damaged dumps' damages."""
        return {
            one.dump.name: damage
            for one, damage in zip(self.witnesses, self.damages, strict=True)
            if damage is not None
        }

    def profile(self) -> Profile | None:
        """Return the profile: each field from the most trusted dump that shows it, a clean one if there is one."""
        numbers = sorted(range(len(self.witnesses)), key=lambda n: (self.damages[n] is not None, self.rank(n)))
        shown = [self.witnesses[n].dump.profile for n in sorted(numbers, key=self._trusted)]
        profile: Profile | None = None
        for one in shown:
            if profile is None or one is None:
                profile = profile or one
                continue
            missing = [f.name for f in fields(Profile) if getattr(profile, f.name) is None]
            profile = evolve(profile, **{name: getattr(one, name) for name in missing})
        return profile

    def _trusted(self, n: int) -> int:
        return self.trust.get(self.witnesses[n].dump.name, len(self.trust))

    def rank(self, n: int) -> tuple[Any, ...]:
        """Return the key by which witness `n` is chosen before others: the lowest is."""
        captured_at = as_utc(self.witnesses[n].dump.captured_at)
        return self._trusted(n), -captured_at.timestamp() if captured_at else float("inf"), n

    def all_variants(self) -> list[Variants]:
        """Return what the readings of every line come to, posts first, in order."""
        return [self.variants(line) for units in (self.units, self.loose) for unit in units for line in unit.lines]

    # A post.

    def variants(self, line: DraftLine) -> Variants:
        """Return what the readings of a line come to."""
        return resolve(line, self.witnesses, self.damages, self.rank)

    def line(self, line: DraftLine, role: Role) -> Line:
        """Return a line with its lemma."""
        return Line(text=self.variants(line).text, role=role, readings=tuple(map(self.reading, sorted(line.places))))

    def reading(self, place: Place) -> Reading:
        """Return the reading at a place."""
        n, start, end = place
        return self.witnesses[n].origin.reading(start, end)

    def card_lines(self, unit: Unit) -> int:
        """Return how many of the first lines of a post are its card, by a witness that lacks them."""
        words = [line for line in unit.lines if line.role is Role.TEXT]
        if len(words) < 2:
            return 0
        showing = [{place[0] for place in line.places} for line in words[:3]]
        for size in (1, 2):
            if size >= len(words) or not all(self._leads(n) for n in showing[size - 1]):
                return 0
            lacking = showing[size].difference(*showing[:size])
            if lacking:
                return size
        return 0

    def _leads(self, n: int) -> bool:
        return self.witnesses[n].leads_with_cards or not self.witnesses[n].is_marked

    def roles(self, unit: Unit) -> list[tuple[DraftLine, Role]]:
        """Return the lines of a post with what each is to it."""
        left = self.card_lines(unit)
        found = []
        for line in unit.lines:
            is_card = left > 0 and line.role is Role.TEXT
            left -= is_card
            found.append((line, Role.CARD if is_card else line.role))
        return found

    def text(self, unit: Unit) -> str:
        """Return the post's own words."""
        words = [line for line, role in self.roles(unit) if role is Role.TEXT]
        return joined((self.variants(line).text, line.blank) for line in words)

    def card(self, unit: Unit) -> Card | None:
        """Return the card."""
        return card_of(tuple(self.variants(line).text for line, role in self.roles(unit) if role is Role.CARD))

    def marker_places(self, unit: Unit) -> list[Place]:
        """Return where the post's markers stand."""
        return sorted((n, *block.marker) for n, block in unit.markers if block.marker is not None)

    def lines(self, unit: Unit) -> tuple[Line, ...]:
        """Return the lines of a post, the markers' last, as one line."""
        found = [self.line(line, role) for line, role in self.roles(unit)]
        markers = self.marker_places(unit)
        if markers:
            best = self.best_marker(unit)
            text = self.reading(next(place for place in markers if best is None or place[0] == best[0])).text
            found.append(Line(text=text, role=Role.MARKER, readings=tuple(map(self.reading, markers))))
        return tuple(found)

    def readings(self, unit: Unit) -> tuple[Reading, ...]:
        """Return all readings of a post: dump by dump, in page order."""
        places = [place for line in unit.lines for place in line.places]
        return tuple(map(self.reading, sorted([*places, *self.marker_places(unit)])))

    def observations(self, unit: Unit) -> tuple[Observation, ...]:
        """Return what each marker of the post says."""
        shown = sorted((n, block.marker, block.number) for n, block in unit.markers if block.marker is not None)
        return tuple(
            Observation(
                stats=self.witnesses[n].stats(number),
                reading=self.reading((n, *marker)),
                captured_at=self.witnesses[n].dump.captured_at,
            )
            for n, marker, number in shown
        )

    def best_marker(self, unit: Unit) -> tuple[int, Block, Stats] | None:
        """Return the marker whose counts are taken."""
        shown = [(n, block, self.witnesses[n].stats(block.number)) for n, block in unit.markers]
        return min(shown, key=lambda one: self._choice(*one), default=None)

    def _choice(self, n: int, block: Block, stats: Stats) -> tuple[Any, ...]:
        counts = (stats.likes, stats.reposts, stats.replies, stats.quotes)
        told = [count for count in counts if count is not None]
        trust, captured_at, number = self.rank(n)
        return (
            trust, not told, captured_at, -sum(told), tuple(-1 if c is None else -c for c in counts), number, block.start,
        )

    def stats(self, unit: Unit) -> Stats:
        """Return the counts of the best marker, with the date of the best that shows one."""
        best = self.best_marker(unit)
        if best is None:
            return Stats()
        dated = self._dated(unit)
        if not dated:
            return best[2]
        return evolve(best[2], posted_at=dated[0][1].posted_at, utc_offset=dated[0][1].utc_offset)

    def _dated(self, unit: Unit) -> list[tuple[int, Stats, Block]]:
        """Return the markers that show a date, the most trusted first."""
        shown = [(n, self.witnesses[n].stats(block.number), block) for n, block in unit.markers]
        dated = [one for one in shown if one[1].posted_at is not None]
        return sorted(dated, key=lambda one: (self.rank(one[0]), one[2].start))

    def posted_at(self, unit: Unit) -> datetime | None:
        """Return the time that a marker shows, or that both neighbours have."""
        if unit.posted_at is not None:
            dated = self._dated(unit)
            return dated[0][1].posted_at
        earliest, latest = self.bounds.get(unit.number, (None, None))
        return earliest if earliest == latest else None

    def posted_between(self, unit: Unit) -> Bounds | None:
        """Return the bounds of a time that nobody shows; None where it is known, or nothing bounds it."""
        if self.posted_at(unit) is not None:
            return None
        return self.bounds.get(unit.number)

    @cached_property
    def bounds(self) -> dict[int, Bounds]:
        """The earliest and latest time of each undated post, by its neighbours in the dumps that show it."""
        found: dict[int, Bounds] = {}
        for n in range(len(self.witnesses)):
            shown = sorted((unit for unit in self.units if n in unit.order), key=lambda unit: unit.order[n])
            is_falling = is_newest_first(shown)
            pinned = _pinned(shown) if is_falling else None
            above = _last_dates(shown, pinned)
            below = _last_dates(shown[::-1], pinned)[::-1]
            for unit, before, after in zip(shown, above, below, strict=True):
                if unit.posted_at is None:
                    ends = (after, before) if is_falling else (before, after)
                    found[unit.number] = _narrower(found.get(unit.number, (None, None)), ends)
        return {number: ends for number, ends in found.items() if ends != (None, None)}

    def omitted_by(self, unit: Unit) -> tuple[str, ...]:
        """Return the names of the dumps that show posts above and below this one, and not this one."""
        return tuple(
            one.dump.name
            for n, (one, (first, last)) in enumerate(zip(self.witnesses, self.covered, strict=True))
            if n not in unit.order and first < unit.number < last
        )

    @cached_property
    def covered(self) -> list[tuple[int, int]]:
        """The first and the last post that each witness shows."""
        ends = [(len(self.units), -1)] * len(self.witnesses)
        for unit in self.units:
            for n in unit.order:
                ends[n] = min(ends[n][0], unit.number), max(ends[n][1], unit.number)
        return ends

    def inferred(self, unit: Unit) -> tuple[str, ...]:
        """Return the names of the fields that are concluded, not read."""
        concluded = {
            "posted_at": unit.posted_at is None and self.posted_at(unit) is not None,
            "card": self.card_lines(unit) > 0,
            "boundary": not unit.markers and len(unit.lines) > 1,
        }
        return tuple(name for name, is_inferred in concluded.items() if is_inferred)

    def repairs(self, unit: Unit) -> tuple[Repair, ...]:
        """Return the repairs of a post's lines."""
        return tuple(repair for line in unit.lines for repair in self.variants(line).repairs)

    def conflicts(self, unit: Unit) -> tuple[Conflict, ...]:
        """Return what the dumps do not agree on: words, and the date."""
        found = [conflict for line in unit.lines for conflict in self.variants(line).conflicts]
        dated = self._dated(unit)
        if len({stats.posted_at for _, stats, _ in dated}) > 1:
            readings = tuple(self.reading((n, *block.marker)) for n, _, block in dated if block.marker is not None)
            chosen = dated[0][1].posted_at
            assert chosen is not None
            found.append(Conflict(field="posted_at", readings=readings, chosen=chosen.isoformat()))
        return tuple(found)


def _pinned(units: Sequence[Unit]) -> Unit | None:
    """Return the first of posts that are else newest first, if it is older than the next dated one."""
    dated = [unit for unit in units if unit.posted_at is not None][:2]
    if len(dated) == 2 and dated[0].posted_at < dated[1].posted_at:  # type: ignore[operator]  # both are dated
        return dated[0]
    return None


def _last_dates(units: Sequence[Unit], pinned: Unit | None) -> list[datetime | None]:
    """Return for each unit the date of the nearest dated one before it; a pinned post bounds nothing."""
    dates: list[datetime | None] = []
    last = None
    for unit in units:
        dates.append(last)
        if unit.posted_at is not None and unit is not pinned:
            last = unit.posted_at
    return dates


def _narrower(a: Bounds, b: Bounds) -> Bounds:
    """Return the bounds common to both; the first where they contradict each other, or themselves."""
    earliest = max((end for end in (a[0], b[0]) if end is not None), default=None)
    latest = min((end for end in (a[1], b[1]) if end is not None), default=None)
    return a if earliest is not None and latest is not None and earliest > latest else (earliest, latest)


_TIMELINE: dict[str, Callable[[Edition], Any]] = {
    "posts": Edition.posts,
    "unclaimed": Edition.unclaimed,
    "profile": Edition.profile,
    "dumps": lambda edition: tuple(one.dump for one in edition.witnesses),
    "damages": Edition.damages_by_name,
    "repairs": lambda edition: tuple(one for variants in edition.all_variants() for one in variants.repairs),
    "conflicts": lambda edition: (
        *(one for unit in edition.units for one in edition.conflicts(unit)),
        *(one for unit in edition.loose for line in unit.lines for one in edition.variants(line).conflicts),
    ),
    "unrepaired": lambda edition: tuple(one for variants in edition.all_variants() for one in variants.unrepaired),
}

_POST: dict[str, Callable[[Edition, Unit], Any]] = {
    "text": Edition.text,
    "card": Edition.card,
    "links": lambda edition, unit: links_of(edition.text(unit)),
    "stats": Edition.stats,
    "posted_at": Edition.posted_at,
    "posted_between": Edition.posted_between,
    "author": lambda edition, unit: None,
    "is_repost": lambda edition, unit: False,
    "lines": Edition.lines,
    "readings": Edition.readings,
    "observations": Edition.observations,
    "inferred": Edition.inferred,
    "repairs": Edition.repairs,
    "conflicts": Edition.conflicts,
    "omitted_by": Edition.omitted_by,
}
