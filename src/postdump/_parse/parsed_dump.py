# SPDX-License-Identifier: MIT
"""
Tokens to a dump, changing no character.

A parsed dump is its page (see `page`) and whatever is asked of it: `ParsedDump` tells the fields of
the dump and of its posts when these are first read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Final

from attrs import evolve

from postdump._lazy import LazyTuple, draft_of, lazy_tuple
from postdump._parse.diagnostics import problems
from postdump._parse.icon_damage import SlotEvidence, damage_of_slots
from postdump._parse.line_roles import classify_lines, is_repost
from postdump._parse.page import BLANKS, Page
from postdump._parse.post_fields import card_of, joined
from postdump._parse.source_text import Origin, digest
from postdump._parse.text_line import TextLine
from postdump._text.lines import are_even
from postdump._text.links import find_links
from postdump._text.wording import pluralize
from postdump.damage import Damage, describe
from postdump.layouts import Layout, Stands
from postdump.layouts._dates import Bounds
from postdump.models import Card, Diagnostic, Dump, Line, Observation, Post, Profile, Reading, Role, Stats

SAMPLE = 256
"""Markers looked at for damage, spread evenly: one extractor treats all of a page alike."""

BATCH: Final = 256
"""Posts read together: most of what is asked of a post is asked of so many at once."""

At = tuple[int, int, str | None]
"""A block, where its stretch begins, and all of its lines in one string; None if they are not even."""

_PostDraft: Final = draft_of(Post)

_new: Final[Any] = object.__new__


class ParsedDump:
    """A page and its name: tells the fields of its dump, and those of its posts by their index."""

    __slots__ = ("_evidence", "_layout_given", "captured_at", "origin", "page")

    def __init__(
        self, page: Page, origin: Origin, *, layout: Layout | None, captured_at: datetime | None
    ) -> None:
        self.page = page
        self.origin = origin
        self.captured_at = captured_at
        self._layout_given = layout
        self._evidence: SlotEvidence | None = None

    def field(self, kind: type, at: Any, name: str) -> object:
        """Return a field of the dump, or of the post that is `at`."""
        tell = _FIELDS[kind].get(name)
        if tell is None:
            raise AttributeError(f"{kind.__name__!r} object has no attribute {name!r}")
        return tell(self, at)

    # The dump.

    def posts(self) -> LazyTuple[Post]:
        """Return every block as a post."""
        return lazy_tuple(len(self.page), self.post, self.some)

    def post(self, block: int) -> Post:
        """Return a block as a post."""
        return next(self.some(slice(block, block + 1)))

    def some(self, blocks: slice) -> Iterator[Post]:
        """
        Yield blocks as posts.

        Their text, stats and time are read at once: to learn that somebody asks for one of them takes as
        long as to read it. The rest waits until it is asked for.
        """
        page, marker = self.page, self.page.marker
        if marker is None:
            return  # and there are no blocks
        whole, wanted = page.text, range(len(page))[blocks]
        for first in range(0, len(wanted), BATCH):
            numbers = wanted[first : first + BATCH]
            batch = slice(numbers.start, None if numbers.stop < 0 else numbers.stop, numbers.step)
            lefts, rights, dates = page.lefts[batch], page.rights[batch], page.dates[batch]
            texts = [whole[left:right].strip(BLANKS) for left, right in zip(lefts, rights, strict=True)]
            markers = [
                whole[start:end] for start, end in zip(page.starts[batch], page.ends[batch], strict=True)
            ]
            together = "\n".join(texts)
            all_even = are_even(together)
            is_plain = all_even and not (page.is_elaborate or page.is_watched(together))
            read = marker.read_all(markers, dates)
            for block, left, shown, stats, date in zip(numbers, lefts, texts, read, dates, strict=True):
                at = (block, left, shown if all_even or are_even(shown) else None)
                made = _new(_PostDraft)
                made._source, made._at = self, at
                made.text = shown if is_plain else self.text(at)
                made.stats = stats
                made.posted_at = date
                made.__class__ = Post
                yield made

    def unclaimed(self) -> tuple[Line, ...]:
        """Return the lines outside every block."""
        return tuple(map(self._line, self.page.lines_outside()))

    def profile(self) -> Profile | None:
        """Return what heading and header say; names are the heading's, if it has any."""
        heading, header = self.page.heading, self.page.header
        if heading is None or heading.name is heading.handle is None:
            return None if header is None else header.profile
        profile = Profile() if header is None else header.profile
        return evolve(profile, name=heading.name or profile.name, handle=heading.handle or profile.handle)

    def slots(self) -> SlotEvidence | None:
        """Return what the markers' gaps say of the damage; None where there are no markers."""
        marker, starts = self.page.marker, self.page.starts
        if self._evidence is None and marker is not None and starts:
            step = max(1, len(starts) // SAMPLE)
            sample = (marker.pattern.match(self.page.text, starts[i]) for i in range(0, len(starts), step))
            self._evidence = damage_of_slots(marker, map(marker.shown_gaps, sample), self.page.text)
        return self._evidence

    def damage(self) -> Damage | None:
        """Return the damage that the markers show."""
        slots = self.slots()
        return None if slots is None else slots.damage

    def equivalents(self) -> tuple[Damage, ...]:
        """Return the other damages that explain the same markers."""
        slots = self.slots()
        return () if slots is None else slots.equivalents

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Return the problems of the page."""
        chosen = self._layout_given is not None and not self._layout_given.marker
        return tuple(problems(self.page, is_flat_by_choice=chosen))

    def evidence(self) -> tuple[str, ...]:
        """Say what spoke for the layout and the damage."""
        page = self.page
        said = []
        if self._layout_given is not None:
            said.append(f"layout {page.layout.name}: given")
        if page.starts:
            line, column = self.origin.position(page.starts[0])
            said.append(
                f"layout {page.layout.name}: {pluralize(len(page), 'marker')}, the first at {line}:{column}"
            )
        if page.heading is not None:
            line, column = self.origin.position(page.heading.start)
            said.append(f"layout {page.layout.name}: heading at {line}:{column}")
        slots = self.slots()
        if slots is not None and slots.damage is not None:
            shown = " ".join(filter(None, slots.sample))
            others = "".join(f", or {describe(one)}" for one in slots.equivalents)
            show = "show" if slots.explained > 1 else "shows"
            seen = f"{pluralize(slots.explained, 'marker')} {show} {shown!r} for their icons"
            said.append(f"damage {describe(slots.damage)}{others}: {seen}")
        return tuple(said)

    # Its posts.

    def text(self, at: At) -> str:
        """Return the words of a block."""
        page, shown = self.page, at[2]
        if shown is not None and not page.is_elaborate and not any(word in shown for word in page.watched):
            return shown
        words = (line for line in classify_lines(page, at[0]) if line.role is Role.TEXT)
        return joined((line.of(page.text), line.blank_before) for line in words)

    def card(self, at: At) -> Card | None:
        """Return the card that the block shows as one."""
        page = self.page
        if not (page.watched or page.is_elaborate):
            return None
        return card_of(
            tuple(line.of(page.text) for line in classify_lines(page, at[0]) if line.role is Role.CARD)
        )

    def posted_between(self, at: At) -> Bounds | None:
        """Return the bounds that the marker gives, where it says no time."""
        page, block = self.page, at[0]
        if page.marker is None or page.dates[block] is not None:
            return None
        return page.marker.posted_between(page.text[page.starts[block] : page.ends[block]], self.captured_at)

    def author(self, at: At) -> Profile | None:
        """Return whom the marker names."""
        page, block = self.page, at[0]
        if page.marker is None or not page.marker.names_authors:
            return None
        return page.marker.author(page.text[page.starts[block] : page.ends[block]])

    def stats(self, at: At) -> Stats:
        """Return what the block's marker says."""
        return self.page.stats(at[0])

    def marker(self, at: At) -> Reading:
        """Return the reading of the block's marker."""
        return self.origin.reading(self.page.starts[at[0]], self.page.ends[at[0]])

    def readings(self, at: At) -> tuple[Reading, ...]:
        """Return the readings of all of a block, in page order."""
        block, left, shown = at
        page, origin = self.page, self.origin
        if shown is None:
            lines = page.lines_between(*page.region(block))
            found = [origin.reading(line.start, line.end) for line in lines]
        else:
            found = origin.readings(shown, page.text.index(shown[:1], left))  # blanks alone stand before it
        marker = origin.reading(page.starts[block], page.ends[block])
        found.insert(0 if page.layout.stands is Stands.BEFORE else len(found), marker)
        return tuple(found)

    def lines(self, at: At) -> tuple[Line, ...]:
        """Return the lines of a block, the marker's last."""
        found = map(self._line, classify_lines(self.page, at[0]))
        marker = self.marker(at)
        return (*found, Line(text=marker.text, role=Role.MARKER, readings=(marker,)))

    def observations(self, at: At) -> tuple[Observation, ...]:
        """Return the one observation there is."""
        return (Observation(stats=self.stats(at), reading=self.marker(at), captured_at=self.captured_at),)

    def _line(self, line: TextLine) -> Line:
        reading = self.origin.reading(line.start, line.end)
        return Line(text=reading.text, role=line.role, readings=(reading,))


_FIELDS: Final[dict[type, dict[str, Callable[[ParsedDump, Any], Any]]]] = {
    Dump: {
        "name": lambda dump, _: dump.origin.name,
        "text": lambda dump, _: dump.page.text,
        "sha256": lambda dump, _: digest(dump.page.text),
        "layouts": lambda dump, _: (dump.page.layout.name,),
        "damage": lambda dump, _: dump.damage(),
        "equivalents": lambda dump, _: dump.equivalents(),
        "profile": lambda dump, _: dump.profile(),
        "posts": lambda dump, _: dump.posts(),
        "unclaimed": lambda dump, _: dump.unclaimed(),
        "diagnostics": lambda dump, _: dump.diagnostics(),
        "evidence": lambda dump, _: dump.evidence(),
        "captured_at": lambda dump, _: dump.captured_at,
        "definitions": lambda dump, _: (dump.page.layout,),
    },
    Post: {  # but for those that `ParsedDump.some` fills at once
        "card": ParsedDump.card,
        "links": lambda dump, at: find_links(dump.text(at)),
        "posted_between": ParsedDump.posted_between,
        "author": ParsedDump.author,
        "is_repost": lambda dump, at: is_repost(dump.page, at[0]),
        "lines": ParsedDump.lines,
        "readings": ParsedDump.readings,
        "observations": ParsedDump.observations,
        "inferred": lambda dump, at: (),
        "repairs": lambda dump, at: (),
        "conflicts": lambda dump, at: (),
        "omitted_by": lambda dump, at: (),
    },
}
