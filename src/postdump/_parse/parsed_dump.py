# SPDX-License-Identifier: MIT
"""
Compute the fields of a `Dump` from its page, changing no character.

`ParsedDump` holds a page (see `page`) and computes each field of the dump when the field is first read. The
posts of the page, and their fields, come from `parsed_posts`.
"""

from __future__ import annotations

from datetime import datetime

from attrs import evolve

from postdump._lazy import LazyTuple, lazy_tuple
from postdump._parse.diagnostics import problems
from postdump._parse.icon_damage import SlotEvidence, damage_of_slots
from postdump._parse.page import Page
from postdump._parse.parsed_posts import ParsedPosts
from postdump._parse.source_text import SourceText, digest
from postdump._text.wording import pluralize
from postdump.damage import Damage, describe
from postdump.layouts import Layout
from postdump.models import Diagnostic, Line, Post, Profile

SAMPLED_MARKERS = 256
"""Markers from which the damage is inferred, spread evenly: one extractor treats all of a page alike."""


class ParsedDump:
    """A page and the name of its dump: the source of the dump's fields (see `models.DumpSource`)."""

    __slots__ = ("_captured_at", "_evidence", "_layout_given", "page", "source_text")

    def __init__(
        self, page: Page, source_text: SourceText, *, layout: Layout | None, captured_at: datetime | None
    ) -> None:
        self.page = page
        self.source_text = source_text
        self._captured_at = captured_at
        self._layout_given = layout
        self._evidence: SlotEvidence | None = None

    def name(self) -> str:
        """Return the name of the dump."""
        return self.source_text.name

    def text(self) -> str:
        """Return the whole text."""
        return self.page.text

    def sha256(self) -> str:
        """Return the hash of the text."""
        return digest(self.page.text)

    def layouts(self) -> tuple[str, ...]:
        """Return the name of the layout."""
        return (self.page.layout.name,)

    def definitions(self) -> tuple[Layout, ...]:
        """Return the layout."""
        return (self.page.layout,)

    def captured_at(self) -> datetime | None:
        """Return when the page was saved."""
        return self._captured_at

    def posts(self) -> LazyTuple[Post]:
        """Return every block as a post."""
        return lazy_tuple(len(self.page), ParsedPosts(self.page, self.source_text, self._captured_at).make)

    def unclaimed(self) -> tuple[Line, ...]:
        """Return the lines outside every block."""
        return tuple(map(self.source_text.line_of, self.page.lines_outside()))

    def profile(self) -> Profile | None:
        """Return what heading and header say; names are the heading's, if it has any."""
        heading, header = self.page.heading, self.page.header
        if heading is None or heading.name is heading.handle is None:
            return None if header is None else header.profile
        profile = Profile() if header is None else header.profile
        return evolve(profile, name=heading.name or profile.name, handle=heading.handle or profile.handle)

    def slots(self) -> SlotEvidence | None:
        """Return the evidence of damage in the markers' gaps; None where there are no markers."""
        marker, starts = self.page.marker, self.page.starts
        if self._evidence is None and marker is not None and starts:
            step = max(1, len(starts) // SAMPLED_MARKERS)
            matches = (marker.pattern.match(self.page.text, start) for start in starts[::step])
            gaps = [marker.shown_gaps(match) for match in matches if match is not None]
            self._evidence = damage_of_slots(marker, gaps, self.page.text)
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
        """Return what spoke for the layout and the damage, in words."""
        page = self.page
        words = []
        if self._layout_given is not None:
            words.append(f"layout {page.layout.name}: given")
        if page.starts:
            first = self._place(page.starts[0])
            words.append(f"layout {page.layout.name}: {pluralize(len(page), 'marker')}, the first at {first}")
        if page.heading is not None:
            words.append(f"layout {page.layout.name}: heading at {self._place(page.heading.start)}")
        slots = self.slots()
        if slots is not None and slots.damage is not None:
            words.append(f"damage {_damage_in_words(slots, slots.damage)}")
        return tuple(words)

    def _place(self, offset: int) -> str:
        """Return line and column of an offset, in words."""
        line, column = self.source_text.position(offset)
        return f"{line}:{column}"


def _damage_in_words(slots: SlotEvidence, damage: Damage) -> str:
    """Return a damage, its equivalents, and what the markers show of it, in words."""
    icons = " ".join(filter(None, slots.sample))
    others = "".join(f", or {describe(other)}" for other in slots.equivalents)
    verb = "show" if slots.explained > 1 else "shows"
    return (
        f"{describe(damage)}{others}: {pluralize(slots.explained, 'marker')} {verb} {icons!r} for their icons"
    )
