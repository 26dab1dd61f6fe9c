# SPDX-License-Identifier: MIT
"""
From a draft to what a timeline says.

A draft knows which lines stand where, and who shows them. What follows is concluded here, for each post
when it is asked for: the lemma of each line with its repairs (`line_variants`), the card, the counts, the
time, who lacks the post; and for the whole, what all posts add up to.

**Cards.** Where no label tells, one or two first lines of a block are its card if the block's layout puts
cards there, the block goes on, and some dump shows what follows them but not them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from attrs import evolve, fields

from postdump._align.chronology import dates_of, pinned
from postdump._align.draft import (
    DraftEntry,
    DraftLine,
    DraftPost,
    Place,
    build_post,
    missing_lines,
    reading_at,
    split_posts_and_lines,
)
from postdump._align.similarity import is_cut
from postdump._align.witness import Witness
from postdump._lazy import LazyTuple, draft_of, frozen_dict, lazy_tuple
from postdump._merge.agreed_posts import all_stats, text_of, texts_of
from postdump._merge.line_variants import Variants, lemma_of, resolve
from postdump._merge.marker_choice import Testimony
from postdump._merge.time_bounds import bounds_of, by_witness, displaced, narrower
from postdump._merge.witness_damage import all_suspects
from postdump._parse.parsed_dump import BATCH
from postdump._parse.post_fields import card_of, joined
from postdump._text.links import find_links
from postdump.damage import Damage
from postdump.layouts._dates import Bounds
from postdump.models import Card, Conflict, Line, Post, Profile, Reading, Repair, Role, Timeline

_PostDraft: Final = draft_of(Post)

_new: Final[Any] = object.__new__

MOST_CARD_LINES: Final = 8
"""Lines of a card that are compared with each other: more are nobody's card."""


class Edition:
    """Tells the fields of a timeline, and those of its posts by their index."""

    def __init__(
        self, witnesses: Sequence[Witness], entries: Iterable[DraftEntry], prefer: tuple[str, ...]
    ) -> None:
        self.witnesses = witnesses
        self.entries, self.loose = split_posts_and_lines(entries)
        self._variants: dict[Place, Variants] = {}
        self._last = (-1, DraftPost(True))
        self.testimony = Testimony(witnesses, {name: rank for rank, name in enumerate(prefer)})

    def field(self, kind: type, at: Any, name: str) -> object:
        """Return a field of the timeline, or of the post number `at`."""
        if kind is Timeline and name in _TIMELINE:
            return _TIMELINE[name](self)
        if kind is Post and name == "posted_at":
            return self.posted_at(at)
        if kind is Post and name in _POST:
            return _POST[name](self, self.unit(at))
        raise AttributeError(f"{kind.__name__!r} object has no attribute {name!r}")

    def unit(self, number: int) -> DraftPost:
        """Return a post; one that all dumps show alike is made once more whenever another was asked for."""
        last_number, unit = self._last  # read once: another thread may set it at any time
        if last_number != number:
            unit = build_post(self.entries[number], self.witnesses)
            unit.number = number
            self._last = number, unit
        return unit

    def units(self) -> Iterator[DraftPost]:
        """Return every post, top first."""
        return map(self.unit, range(len(self.entries)))

    # The whole.

    def posts(self) -> LazyTuple[Post]:
        """Return the posts, top first."""
        return lazy_tuple(len(self.entries), self.post, self.some)

    def post(self, number: int) -> Post:
        """Return a post."""
        return next(self.some(slice(number, number + 1)))

    def some(self, numbers: slice) -> Iterator[Post]:
        """
        Yield posts.

        Text, counts and time of those that all dumps show alike are told at once: it takes no longer than to
        learn that somebody asks for one of them. The rest waits until it is asked for.
        """
        witnesses, suspects = self.witnesses, self.suspects
        wanted = range(len(self.entries))[numbers]
        for first in range(0, len(wanted), BATCH):
            batch = wanted[first : first + BATCH]
            entries = [self.entries[number] for number in batch]
            alike = [entry for entry in entries if isinstance(entry, tuple)]
            told = iter(all_stats(alike, witnesses, self.testimony.choice))
            for number, entry in zip(batch, entries, strict=True):
                made = _new(_PostDraft)
                made._source, made._at = self, number
                if isinstance(entry, tuple):
                    text, stats = text_of(entry, witnesses, suspects), next(told)
                    if text is not None:
                        made.text = text
                    if stats is not None:
                        made.stats = stats
                        if stats.posted_at is not None:
                            made.posted_at = stats.posted_at
                made.__class__ = Post
                yield made

    def unclaimed(self) -> tuple[Line, ...]:
        """Return the lines that belong to no post."""
        return tuple(self.line(line, line.role) for unit in self.loose for line in unit.lines)

    @cached_property
    def suspects(self) -> list[tuple[Damage, ...]]:
        """The damages that may be each witness's, by its markers, else by its readings against others'."""
        return all_suspects(self.witnesses, self._disputed_lines())

    def _disputed_lines(self) -> Iterator[DraftLine]:
        """Yield the lines that dumps may show differently."""
        for number, entry in enumerate(self.entries):
            if (
                not isinstance(entry, tuple)
                or any(missing_lines(entry))
                or len(set(texts_of(entry, self.witnesses))) > 1
            ):
                yield from self.unit(number).lines
        for unit in self.loose:
            yield from unit.lines

    def damages_by_name(self) -> Mapping[str, Damage]:
        """Return the damaged dumps' damages."""
        suspects = zip(self.witnesses, self.suspects, strict=True)
        return frozen_dict({one.dump.name: damages[0] for one, damages in suspects if damages})

    def profile(self) -> Profile | None:
        """Return the profile: each field from the most trusted dump that shows it, clean ones first."""
        numbers = sorted(
            range(len(self.witnesses)), key=lambda n: (len(self.suspects[n]) > 0, self.testimony.rank(n))
        )
        shown = [self.witnesses[n].dump.profile for n in sorted(numbers, key=self.testimony.trusted)]
        profile: Profile | None = None
        for one in shown:
            if profile is None or one is None:
                profile = profile or one
                continue
            missing = [f.name for f in fields(Profile) if getattr(profile, f.name) is None]
            rounded = (*profile.rounded, *(name for name in one.rounded if name in missing))
            profile = evolve(profile, rounded=rounded, **{name: getattr(one, name) for name in missing})
        return profile

    def all_variants(self) -> list[Variants]:
        """Return what the readings of every line come to, posts first, in order."""
        return list(map(self.variants, self.all_lines()))

    def all_lines(self) -> Iterator[DraftLine]:
        """Return every line, those of posts first, in order."""
        return (line for units in (self.units(), self.loose) for unit in units for line in unit.lines)

    # A post.

    def variants(self, line: DraftLine) -> Variants:
        """Return what the readings of a line come to; where that took some thought, it is kept."""
        known = self._variants.get(line.places[0])
        if known is None:
            known = resolve(line, self.witnesses, self.suspects, self.testimony.rank)
            if known.is_telling:
                self._variants[line.places[0]] = known
        return known

    def lemma(self, line: DraftLine) -> str:
        """Return the text of a line."""
        return lemma_of(line, self.witnesses, self.suspects, self.testimony.rank)

    def line(self, line: DraftLine, role: Role) -> Line:
        """Return a line with its lemma."""
        return Line(text=self.lemma(line), role=role, readings=tuple(map(self.reading, sorted(line.places))))

    def reading(self, place: Place) -> Reading:
        """Return the reading at a place."""
        return reading_at(self.witnesses, place)

    def card_lines(self, unit: DraftPost) -> int:
        """Return how many of the first lines of a post are its card, by a witness of the rest alone."""
        if len(unit.starts) < 2 or any(line.role is Role.CARD for line in unit.lines):
            return 0  # most posts of most timelines, and those whose card somebody knows
        showing = [{place[0] for place in line.places} for line in unit.lines if line.role is Role.TEXT]
        for size in range(1, min(3, len(showing))):
            leading = showing[size - 1]
            if not (all(map(self._may_lead, leading)) and any(map(self._leads, leading))):
                return 0
            rest = (one for one in showing[size:] if not leading.isdisjoint(one))
            cardless = set.intersection(*showing[size : size + 1], *rest).difference(*showing[:size])
            if not all(map(self._leads, cardless)):
                return size
        return 0

    def _leads(self, n: int) -> bool:
        """Tell whether a witness's blocks can begin with a card that nothing labels."""
        return self.witnesses[n].leads_with_cards

    def _may_lead(self, n: int) -> bool:
        """Tell whether a witness may show a card before the text: a flat one may show anything anywhere."""
        return self._leads(n) or not self.witnesses[n].is_marked

    def roles(self, unit: DraftPost) -> list[tuple[DraftLine, Role]]:
        """Return the lines of a post with what each is to it."""
        left = self.card_lines(unit)
        found = []
        for line in unit.lines:
            is_card = left > 0 and line.role is Role.TEXT
            left -= is_card
            found.append((line, Role.CARD if is_card else line.role))
        return found

    def text(self, unit: DraftPost) -> str:
        """Return the post's own words."""
        words = [line for line, role in self.roles(unit) if role is Role.TEXT]
        return joined((self.lemma(line), line.blank_before) for line in words)

    def card(self, unit: DraftPost) -> Card | None:
        """Return the card: in parts, where some show it so and others its title and description as one."""
        lines = [self.lemma(line) for line, role in self.roles(unit) if role is Role.CARD]
        return card_of(tuple(line for line in lines if not _is_run_together(line, lines)))

    def lines(self, unit: DraftPost) -> tuple[Line, ...]:
        """Return the lines of a post, the markers' last, as one line."""
        found = [self.line(line, role) for line, role in self.roles(unit)]
        markers = self.testimony.places(unit)
        if markers:
            best = self.testimony.best(unit)
            shown = None if best is None or best[1].marker is None else (best[0], *best[1].marker)
            text = self.reading(shown or markers[0]).text
            found.append(Line(text=text, role=Role.MARKER, readings=tuple(map(self.reading, markers))))
        return tuple(found)

    def readings(self, unit: DraftPost) -> tuple[Reading, ...]:
        """Return all readings of a post: dump by dump, in page order."""
        return tuple(map(self.reading, sorted(self._places(unit))))

    def _places(self, unit: DraftPost) -> list[Place]:
        return [*(place for line in unit.lines for place in line.places), *self.testimony.places(unit)]

    def posted_at(self, number: int) -> datetime | None:
        """Return the time of a post that a marker shows, or that both neighbours have."""
        if self.dates[number] is not None:
            unit = self.unit(number)
            return unit.posted_at if len(unit.markers) == 1 else self.testimony.dated(unit)[0][1].posted_at
        earliest, latest = self.bounds.get(number, (None, None))
        return earliest if earliest == latest else None

    def posted_between(self, unit: DraftPost) -> Bounds | None:
        """Return the bounds of a time that nobody shows; None where it is known, or nothing bounds it."""
        if self.posted_at(unit.number) is not None:
            return None
        found = self.bounds.get(unit.number, (None, None))
        for n, block in sorted(unit.markers, key=lambda one: (self.testimony.rank(one[0]), one[1].start)):
            shown = self.witnesses[n].posted_between(block.number)
            found = found if shown is None else narrower(shown, found)
        return None if found == (None, None) else found

    @cached_property
    def bounds(self) -> dict[int, Bounds]:
        """The earliest and latest time of each undated post, by its neighbours."""
        return bounds_of(self.dates, self.shown)

    @cached_property
    def dates(self) -> list[datetime | None]:
        """What a marker says of each post."""
        return dates_of(self.entries, self.witnesses)

    @cached_property
    def shown(self) -> list[list[int]]:
        """For each witness the numbers of the posts that it shows, in its own order."""
        return by_witness(self.entries, self.witnesses)

    def omitted_by(self, unit: DraftPost) -> tuple[str, ...]:
        """Return the names of the dumps that show posts above and below this one, and not this one."""
        return tuple(
            one.dump.name
            for n, (one, (first, last)) in enumerate(zip(self.witnesses, self.covered, strict=True))
            if n not in unit.starts and first < unit.number < last
        )

    @cached_property
    def covered(self) -> list[tuple[int, int]]:
        """The first and the last post that each witness shows, its pinned one aside."""
        ends = [(len(self.entries), -1)] * len(self.witnesses)
        for n, shown in enumerate(self.shown):
            top = pinned([self.dates[number] for number in shown])
            numbers = [number for at, number in enumerate(shown) if at != top]
            if numbers:
                ends[n] = min(numbers), max(numbers)
        return ends

    def inferred(self, unit: DraftPost) -> tuple[str, ...]:
        """Return the names of the fields that are concluded, not read."""
        concluded = {
            "posted_at": unit.posted_at is None and self.posted_at(unit.number) is not None,
            "card": self.card_lines(unit) > 0,
            "boundary": not unit.markers and len(unit.lines) > 1,
        }
        return tuple(name for name, is_inferred in concluded.items() if is_inferred)

    def repairs(self, unit: DraftPost) -> tuple[Repair, ...]:
        """Return the repairs of a post's lines."""
        return tuple(repair for line in unit.lines for repair in self.variants(line).repairs)

    def conflicts(self, unit: DraftPost) -> tuple[Conflict, ...]:
        """Return what the dumps do not agree on: words, and the date."""
        found = [conflict for line in unit.lines for conflict in self.variants(line).conflicts]
        found += self.testimony.conflicts(unit)
        if len(unit.starts) > 1 and unit.number in self.displaced:
            first = {n: place for place in sorted(self._places(unit), reverse=True) for n in place[:1]}
            readings = tuple(self.reading(first[n]) for n in sorted(first))
            chosen_order = self.witnesses[min(unit.starts)].dump.name
            found.append(Conflict(field="order", readings=readings, chosen=chosen_order))
        return tuple(found)

    @cached_property
    def displaced(self) -> set[int]:
        """The numbers of the posts that dumps show in different places."""
        return displaced(self.dates, self.shown)


def _is_run_together(line: str, lines: Sequence[str]) -> bool:
    """Tell whether a line is two others, the first of them with the second behind it; of few lines only."""
    for title in lines if len(lines) <= MOST_CARD_LINES else ():
        rest = line.removeprefix(f"{title} ")
        if rest != line and any(is_cut(rest, one) or is_cut(one, rest) for one in lines if one is not title):
            return True
    return False


_TIMELINE: dict[str, Callable[[Edition], Any]] = {
    "posts": Edition.posts,
    "unclaimed": Edition.unclaimed,
    "profile": Edition.profile,
    "dumps": lambda edition: tuple(one.dump for one in edition.witnesses),
    "damages": Edition.damages_by_name,
    "repairs": lambda edition: tuple(one for variants in edition.all_variants() for one in variants.repairs),
    "conflicts": lambda edition: (
        *(one for unit in edition.units() for one in edition.conflicts(unit)),
        *(one for unit in edition.loose for line in unit.lines for one in edition.variants(line).conflicts),
    ),
    "unrepaired": lambda edition: tuple(
        one for variants in edition.all_variants() for one in variants.unrepaired
    ),
}

_POST: dict[str, Callable[[Edition, DraftPost], Any]] = {
    "text": Edition.text,
    "card": Edition.card,
    "links": lambda edition, unit: find_links(edition.text(unit)),
    "stats": lambda edition, unit: edition.testimony.stats(unit),
    "posted_between": Edition.posted_between,
    "author": lambda edition, unit: edition.testimony.author(unit),
    "is_repost": lambda edition, unit: edition.testimony.is_repost(unit),
    "lines": Edition.lines,
    "readings": Edition.readings,
    "observations": lambda edition, unit: edition.testimony.observations(unit),
    "inferred": Edition.inferred,
    "repairs": Edition.repairs,
    "conflicts": Edition.conflicts,
    "omitted_by": Edition.omitted_by,
}
