# SPDX-License-Identifier: MIT
r"""
Text to tokens, losing nothing.

A text is cut once, at its markers, into a `Page`: offsets and what the markers said, in columns, a few
machine words a post. Everything else (lines, tokens, posts) is told from the page when it is asked for.

    marker AFTER the text     region 0, marker 0, region 1, marker 1, …, tail
    marker BEFORE the text    head, marker 0, region 0, marker 1, region 1, …

Lines end at `\n`, `\r\n` and `\r` and nowhere else. Spaces and tabs at either end of a line are SPACE,
like the line breaks; what is left is TEXT, a LABEL, or the HEADING: the first line that the layout knows
as one, if it stands above the second marker. (A page names itself at its top; a line in some later post
that reads like a heading is not the page's.) What stands above it in its own region is no post's.

The icons of a label may be harmed; right behind a marker, on its line, anything or nothing may stand for
them, as in the marker itself.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Final

from attrs import frozen

from postdump._parse.detect_layout import choose_layout
from postdump._parse.markers import Marker, Match, Said, marker_of, month_first
from postdump._parse.profile_header import Header, header_of, owner_of
from postdump._parse.text_line import TextLine, lines_between
from postdump._parse.torn_markers import is_left_of_icons
from postdump._text.lines import count_breaks
from postdump.layouts import Cards, Extent, Layout, Stands
from postdump.layouts._gaps import LONGEST_GAP
from postdump.layouts._site_phrases import (
    ascii_finders_of,
    finders_of,
    harmed_labels_of,
    heading_words,
    headings_of,
    labels_of,
    reposts_of,
    words_of,
)
from postdump.models import Role, Stats

BLANKS: Final = " \t\r\n"
"""What no token but SPACE begins or ends with."""

ALT_SIGNS: Final = ("ALT:",)
"""What stands before the description of a picture."""

HEADED_BLOCKS: Final = 3
"""Blocks that can have the header above them: the first post is now and then shown up there, even twice."""

SPACING_BLOCKS: Final = 9
"""Blocks that show how a page is spaced."""


@lru_cache(maxsize=256)
def watchwords(layout: Layout) -> tuple[str, ...]:
    """Return the words one of which every line shows that a layout knows to be more than text."""
    words = words_of(layout)
    return (*words, *harmed_labels_of(words)[2], *ALT_SIGNS)


@frozen(kw_only=True)
class Heading:
    """The line that says whose posts follow."""

    start: int
    end: int
    name: str | None
    handle: str | None


@frozen(kw_only=True)
class Traits:
    """What the top of a page tells of all of it."""

    owner: str | None
    """The handle of its `@` line."""
    is_spaced: bool
    """Whether a blank line parts a post's own words from its marker."""
    is_parted: bool
    """Whether one parts them from the marker above as well, and from what stands right below that."""


class Page:
    """A text, cut at its markers."""

    __slots__ = (
        "_finders", "_watched", "begin", "dates", "ends", "header", "heading", "layout", "lefts", "marker",
        "rejected", "rights", "starts", "text", "traits",
    )  # fmt: skip

    def __init__(self, text: str, layout: Layout, *, begin: int = 0, traits: Traits | None = None) -> None:
        """Cut `text` from `begin` on; `traits` are those of a page of which this is not the top."""
        self.begin = begin
        self.text = text
        self.layout = layout
        self.marker: Marker | None = marker_of(layout)
        self.starts = array("q")
        self.ends = array("q")
        self.dates: list[datetime | None] = []
        self.rejected: list[tuple[int, int]] = []
        """Where something has the shape of a marker but an impossible date."""
        owner = owner_of(text) if traits is None else traits.owner
        if self.marker is not None:
            self._cut(self.marker, owner)
        self.heading = self._find_heading() if traits is None else None
        self.lefts, self.rights = self._find_regions()
        self.header = self._find_header() if traits is None else None
        if traits is None:
            is_spaced, is_parted = self._spacing()
            traits = Traits(owner=owner, is_spaced=is_spaced, is_parted=is_parted)
        self.traits = traits
        self._finders = finders_of(watchwords(layout))
        self._watched: tuple[str, ...] | None = None

    @property
    def watched(self) -> tuple[str, ...]:
        """The words without which the lines of a block are nothing but text, unless `is_elaborate`."""
        if self._watched is None:
            words = watchwords(self.layout) if self.is_watched(self.text) else ()
            self._watched = tuple(word for word in words if word in self.text)
        return self._watched

    def may_be_watched(self, shown: bytes) -> bool:
        """Tell whether lines of which `as_ascii` left this may show any of the words watched for."""
        return any(finder.search(shown) for finder in ascii_finders_of(watchwords(self.layout)))

    def is_watched(self, lines: str) -> bool:
        """Tell whether lines show any of the words watched for."""
        return any(finder.search(lines) for finder in self._finders)

    @property
    def is_elaborate(self) -> bool:
        """Tell whether lines may be more than text even if they hold none of the words watched for."""
        return (
            self.traits.is_spaced
            or self.layout.cards is Cards.TRAILING
            or self.layout.stands is Stands.BEFORE
            or len(self.layout.reposts) > 0
        )

    def _cut(self, marker: Marker, owner: str | None) -> None:
        """Find the markers: the one loop over a whole text, so it does as little as it can."""
        text, clock = self.text, marker.clock
        tells_time = clock is None or clock.tells_time
        is_iconed = marker.has_icons
        starts, ends, dates = self.starts.append, self.ends.append, self.dates.append
        end = self.begin
        for match in marker.finder.finditer(text, self.begin):
            # What shows an icon, harmed or not, is no prose: nearly every match is left at that.
            if (not is_iconed or match[0].isascii()) and not marker.is_meant(match, owner, end):
                continue
            if clock is not None:
                date = clock.read(match[1])
                if date is None:
                    self.rejected.append(match.span())
                    continue
                dates(date if tells_time else clock.moment(match[1]))
            end = match.end()
            starts(match.start())
            ends(end)
        if marker.is_handle:
            self._drop_empty()
        if clock is None:
            self.dates = [None] * len(self.starts)

    def _drop_empty(self) -> None:
        """Drop the markers, each a mere handle, that nothing follows."""
        below = zip(self.ends, (*self.starts[1:], len(self.text)), strict=False)  # there may be none
        kept = [n for n, (start, end) in enumerate(below) if self.text[start:end].strip(BLANKS)]
        self.starts = array("q", (self.starts[n] for n in kept))
        self.ends = array("q", (self.ends[n] for n in kept))

    def _find_heading(self) -> Heading | None:
        """Find the first heading above the second marker; a line ends where a marker begins."""
        edges = [0, *(edge for block in range(min(2, len(self.starts))) for edge in self._marker(block))]
        edges = edges[:4] if len(self.starts) > 1 else [*edges, len(self.text)]
        words = finders_of(heading_words(self.layout))
        found: list[tuple[Match, tuple[str, ...]]] = []
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            is_needless = found or not any(word.search(self.text, start, end) for word in words)
            for pattern, names in () if is_needless else headings_of(self.layout):
                match = pattern.search(self.text, start, end)
                if match is not None:
                    found.append((match, names))
        if not found:
            return None
        match, names = min(found, key=lambda one: one[0].start())
        said = dict(zip(names, match.groups(), strict=True))
        line = match[0]
        start = match.start() + len(line) - len(line.lstrip(" \t"))
        return Heading(
            start=start, end=start + len(line.strip(" \t")), name=said.get("name"), handle=said.get("handle")
        )

    def _find_header(self) -> Header | None:
        """Find the header: above the heading, else at the top of one of the first blocks."""
        if self.heading is not None:
            block = sum(start < self.heading.start for start in self.starts)
            start = self.ends[block - 1] if block else self.begin
            stretches = [(start, self.heading.start, -1)]
        elif self.layout.stands is Stands.BEFORE:
            stretches = [(self.begin, self.starts[0] if self.starts else self.begin, -1)]
        else:
            stretches = [(*self.region(block), block) for block in range(min(HEADED_BLOCKS, len(self)))]
        for start, end, block in stretches:
            header = header_of(
                self.text,
                self.lines_between(start, end),
                is_open=block >= 0,
                is_label=self.is_label,
                is_repost=reposts_of(self.layout).fullmatch,
            )
            if header is not None and self._is_own(header, start, block):
                if block >= 0:
                    self.lefts[block] = header.end
                return header
        return None

    def _is_own(self, header: Header, start: int, block: int) -> bool:
        """
        Tell whether a header is the page's, and not a post that begins with somebody's handle.

        At the top of a block it has a name or counts as well, or is glued to the marker above.
        """
        known = None if self.heading is None else self.heading.handle
        if known is not None and header.profile.handle not in (None, known):
            return False
        if block == 0:
            return header.profile.name is not None or len(header.lines) > 2
        return block < 0 or not self.text[start : min(header.lines)].strip(" \t")

    def _marker(self, block: int) -> tuple[int, int]:
        return self.starts[block], self.ends[block]

    def _find_regions(self) -> tuple[array[int], array[int]]:
        """Return where the text of each block begins and ends, the heading and what is above it left out."""
        if self.layout.stands is Stands.AFTER:
            lefts, rights = (array("q", [self.begin]) + self.ends)[:-1], self.starts
        else:
            lefts, rights = self.ends[:], (self.starts + array("q", [len(self.text)]))[1:]
        for block in range(min(2, len(self.starts))):
            if self.heading is not None and lefts[block] <= self.heading.start < rights[block]:
                lefts[block] = self.heading.end
        if self.layout.extent is Extent.PARAGRAPH:
            for block in range(len(lefts)):
                lefts[block] = self._paragraph(lefts[block], rights[block])
        return lefts, rights

    def _paragraph(self, left: int, right: int) -> int:
        """Return where the last paragraph of a stretch begins that is not labels alone."""
        start, is_text = right, False
        for line in reversed(list(self.lines_between(left, right))):
            if is_text and self.is_label(line.start, line.end):
                break
            start, is_text = line.start, is_text or not self.is_label(line.start, line.end)
            if line.blank_before and is_text:
                break
        return start if is_text else right

    def _spacing(self) -> tuple[bool, bool]:
        """
        Tell how the first blocks are spaced, by what most of them show.

        Whether a blank line parts the text from its marker, and whether one parts it from the marker above.
        """
        if self.layout.cards is not Cards.LEADING or self.layout.stands is not Stands.AFTER:
            return False, False
        below = above = 0
        for block in range(min(SPACING_BLOCKS, len(self))):
            lines = list(self.lines_between(*self.region(block)))
            if lines and not self.is_label(lines[-1].start, lines[-1].end):
                breaks = count_breaks(self.text, lines[-1].end, self.rights[block])
                below += 1 if breaks > 1 else -1
            if lines and not self.is_label(lines[0].start, lines[0].end):
                above += 1 if lines[0].blank_before else -1
        return below > 0, below > 0 and above > 0

    def __len__(self) -> int:
        return len(self.starts)

    def region(self, block: int) -> tuple[int, int]:
        """Return where the text of a block stands."""
        return self.lefts[block], self.rights[block]

    def stats(self, block: int) -> Stats:
        """Return what the marker of a block says."""
        assert self.marker is not None  # else there were no blocks
        return self.marker.read(self.text[self.starts[block] : self.ends[block]], self.dates[block])

    def said(self, blocks: Sequence[int]) -> Iterator[Said]:
        """Yield what the markers of blocks say: of many at once in less than half the time."""
        assert self.marker is not None  # else there were no blocks
        shown = [self.text[self.starts[block] : self.ends[block]] for block in blocks]
        return self.marker.said(shown, [self.dates[block] for block in blocks])

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
        """Return the stretches that belong to no block, in order; they may be empty."""
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
        for stretch in self.outside():
            for line in self.lines_between(*stretch):
                yield TextLine(
                    line.start, line.end, line.blank_before, self.role_outside(line.start, line.end)
                )

    def is_label(self, start: int, end: int) -> bool:
        """Tell whether a line is made of the layout's labels alone, their icons harmed or not."""
        words = words_of(self.layout)
        if not words:
            return False
        if self.text.startswith(words, start) and labels_of(words).fullmatch(self.text, start, end):
            return True
        pattern, icons, cores = harmed_labels_of(words)
        if not any(self.text.find(core, start, end) >= 0 for core in cores):
            return False
        found = pattern.fullmatch(self.text, start, end)
        if found is None or self._follows_a_marker(start):
            return found is not None
        # On a line of its own, what has no trace of its icons is prose.
        shown = ((icon, one) for n, icon in enumerate(icons, 1) for one in found.captures(n) if one.strip())
        return not found[0].isascii() and all(is_left_of_icons(icon, one) for icon, one in shown)

    def _follows_a_marker(self, start: int) -> bool:
        """Tell whether nothing but blanks stands between a place and a marker before it, on one line."""
        at = bisect_right(self.ends, start)
        end = self.ends[at - 1] if at else self.begin
        return 0 < end >= start - LONGEST_GAP and not self.text[end:start].strip(" \t")

    def role_outside(self, start: int, end: int) -> Role:
        """Return what a line that belongs to no block is."""
        if self.heading is not None and start == self.heading.start:
            return Role.HEADING
        if self.header is not None and start in self.header.lines:
            return Role.PROFILE
        return Role.LABEL if self.is_label(start, end) else Role.OTHER


def cut(text: str, layout: Layout | None) -> Page:
    """
    Cut a text at the markers of a layout, by default the one that its text shows.

    A date that only the layout's own order of day and month can read proves that order for the whole text.
    Where none does, and some can be read only in the other order, the text is in the other order.
    """
    page = Page(text, choose_layout(text) if layout is None else layout)
    if page.rejected and not any(date is not None and date.day > 12 for date in page.dates):
        turned = Page(text, month_first(page.layout))
        if len(turned.starts) > len(page.starts):
            return turned
    return page
