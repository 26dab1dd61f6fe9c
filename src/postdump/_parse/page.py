# SPDX-License-Identifier: MIT
r"""
Cut a text at its markers into a `Page`.

A page keeps the offsets of its markers and regions in arrays, and the dates of the markers in a list.
Everything else (lines, tokens, posts) is computed from the page when it is needed, and nothing of the text is
lost. `build_page` takes these steps in this order; each uses what the steps before it found:

    markers    where they stand, and their dates
    heading    among the text above the second marker
    regions    between the markers, below the heading
    header     above the heading, or at the top of a region, which then begins below it
    spacing    of the first regions

    marker AFTER the text     region 0, marker 0, region 1, marker 1, …, tail
    marker BEFORE the text    head, marker 0, region 0, marker 1, region 1, …

Lines end at `\n`, `\r\n` and `\r` and nowhere else. Spaces and tabs at either end of a line are SPACE,
like the line breaks; the rest is TEXT, a LABEL, or the HEADING: the first line that has the form of one of
the layout's headings, if it stands above the second marker. (A page names itself at its top; a line in some
later post that reads like a heading is not the page's.) Lines above the heading, in the same region, belong
to no post.

The icons of a label may be damaged; right behind a marker, on its line, anything or nothing may stand for
them, as in the marker itself.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cached_property

from attrs import frozen

from postdump._parse.compiled_layout import compile_layout
from postdump._parse.detect_layout import choose_layout
from postdump._parse.found_markers import find_markers
from postdump._parse.heading import Heading, find_heading
from postdump._parse.label_finder import LabelFinder
from postdump._parse.markers import Marker, Said, month_first
from postdump._parse.profile_header import HEADED_BLOCKS, Header, find_header, owner_of
from postdump._parse.regions import Spacing, find_regions, find_spacing
from postdump._parse.text_line import TextLine, lines_between
from postdump.layouts import Cards, Extent, Layout, Stands
from postdump.layouts._site_phrases import SitePhrases
from postdump.models import Role, Stats


@frozen(kw_only=True)
class Traits:
    """What the top of a page shows of the whole page."""

    owner: str | None
    """The handle of its `@` line."""
    spacing: Spacing


@frozen(eq=False, kw_only=True, slots=False)  # a cached property needs a __dict__
class Page:
    """
    A text, cut at its markers into blocks.

    `starts`, `ends` and `dates` are of the markers, `lefts` and `rights` of the regions: one for each block.
    """

    text: str
    begin: int
    """Where the page begins in the text."""
    layout: Layout
    phrases: SitePhrases
    marker: Marker | None
    starts: array[int]
    ends: array[int]
    dates: Sequence[datetime | None]
    rejected: Sequence[tuple[int, int]]
    """Start and end of what has the shape of a marker, but a date that does not exist."""
    lefts: array[int]
    rights: array[int]
    heading: Heading | None
    header: Header | None
    traits: Traits
    labels: LabelFinder

    @cached_property
    def watched(self) -> tuple[str, ...]:
        """The watch words in this text: lines of a block without them are its text, unless `is_elaborate`."""
        words = self.phrases.watch_words if self.is_watched(self.text) else ()
        return tuple(word for word in words if word in self.text)

    def may_be_watched(self, ascii_lines: bytes) -> bool:
        """Return whether lines of which `as_ascii` left this may contain a watch word."""
        return any(finder.search(ascii_lines) for finder in self.phrases.ascii_watch_word_finders)

    def is_watched(self, lines: str) -> bool:
        """Return whether lines contain any of the watch words."""
        return any(finder.search(lines) for finder in self.phrases.watch_word_finders)

    @property
    def is_elaborate(self) -> bool:
        """Whether lines may be more than text even if they contain no watch word."""
        return (
            self.traits.spacing.is_spaced
            or self.layout.cards is Cards.TRAILING
            or self.layout.stands is Stands.BEFORE
            or len(self.layout.reposts) > 0
        )

    def __len__(self) -> int:
        """Return the number of blocks."""
        return len(self.starts)

    def region(self, block: int) -> tuple[int, int]:
        """Return where the text of a block stands."""
        return self.lefts[block], self.rights[block]

    def stats(self, block: int) -> Stats:
        """Return the date and the counts of the marker of a block."""
        assert self.marker is not None  # else there were no blocks
        return self.marker.read(self.text[self.starts[block] : self.ends[block]], self.dates[block])

    def said(self, blocks: Sequence[int]) -> Iterator[Said]:
        """Yield the dates and counts of many blocks' markers, in less than half the time of `stats`."""
        assert self.marker is not None  # else there were no blocks
        text, starts, ends, dates = self.text, self.starts, self.ends, self.dates
        markers = [text[starts[block] : ends[block]] for block in blocks]
        return self.marker.said(markers, [dates[block] for block in blocks])

    def gap(self, block: int) -> tuple[int, int]:
        """Return the stretch, mostly empty, between the marker before a block's text and that text."""
        if self.layout.stands is Stands.BEFORE:
            return self.ends[block], self.lefts[block]
        return (self.ends[block - 1] if block else self.begin), self.lefts[block]

    def head(self) -> tuple[int, int]:
        """Return the stretch above everything that belongs to a block."""
        if not self.starts:
            return self.begin, len(self.text)
        return self.begin, self.starts[0] if self.layout.stands is Stands.BEFORE else self.begin

    def tail(self) -> tuple[int, int]:
        """Return the stretch below everything that belongs to a block."""
        is_after = bool(self.starts) and self.layout.stands is Stands.AFTER
        return self.ends[-1] if is_after else len(self.text), len(self.text)

    def outside(self) -> Iterator[tuple[int, int]]:
        """Yield the stretches that belong to no block, in order; they may be empty."""
        yield self.head()
        most = HEADED_BLOCKS if self.layout.extent is Extent.BLOCK else len(self)
        for block in range(min(most, len(self))):
            yield self.gap(block)
        yield self.tail()

    def lines_between(self, start: int, end: int) -> Iterator[TextLine]:
        """Yield the lines of a stretch that are not blank; the role of each is still `Role.TEXT`."""
        return lines_between(self.text, start, end)

    def lines_outside(self) -> Iterator[TextLine]:
        """Yield the lines that belong to no block, in order, each with its role."""
        for start, end in self.outside():
            yield from lines_between(self.text, start, end, self.role_outside)

    def role_outside(self, start: int, end: int) -> Role:
        """Return the role of a line that belongs to no block."""
        if self.heading is not None and start == self.heading.start:
            return Role.HEADING
        if self.header is not None and start in self.header.lines:
            return Role.PROFILE
        return Role.LABEL if self.labels.is_label(start, end) else Role.OTHER


def build_page(text: str, layout: Layout, *, begin: int = 0, traits: Traits | None = None) -> Page:
    """
    Cut `text` at the markers of a layout, from `begin` on.

    `traits` are given for a text that is not the top of its page: it has neither heading nor header.
    """
    compiled = compile_layout(layout)
    phrases = compiled.phrases
    owner = owner_of(text) if traits is None else traits.owner
    markers = find_markers(text, compiled.marker, owner, begin=begin)
    labels = LabelFinder(text=text, begin=begin, marker_ends=markers.ends, phrases=phrases)
    heading = find_heading(text, phrases, markers) if traits is None else None
    regions = find_regions(layout, markers, heading, labels)
    header = find_header(layout, markers, heading, regions, labels) if traits is None else None
    if header is not None and header.block is not None:
        regions = regions.below(header.end, header.block)
    if traits is None:
        traits = Traits(owner=owner, spacing=find_spacing(layout, regions, labels))
    return Page(
        text=text,
        begin=begin,
        layout=layout,
        phrases=phrases,
        marker=compiled.marker,
        starts=markers.starts,
        ends=markers.ends,
        dates=markers.dates,
        rejected=markers.rejected,
        lefts=regions.lefts,
        rights=regions.rights,
        heading=heading,
        header=header,
        traits=traits,
        labels=labels,
    )


def cut(text: str, layout: Layout | None) -> Page:
    """
    Cut a text at the markers of a layout, by default the one that its text shows.

    A date that only the layout's own order of day and month can read proves that order for the whole text.
    Where none does, and some can be read only in the other order, the text is in the other order.
    """
    page = build_page(text, choose_layout(text) if layout is None else layout)
    if page.rejected and not any(date is not None and date.day > 12 for date in page.dates):
        month_first_page = build_page(text, month_first(page.layout))
        if len(month_first_page) > len(page):
            return month_first_page
    return page
