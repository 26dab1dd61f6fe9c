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
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from attrs import frozen

from postdump._detect import choose_layout
from postdump._markers import Marker, Match, headings_of, labels_of, marker_of, month_first
from postdump._span import Span
from postdump.layouts import Layout, Stands
from postdump.models import Token, TokenKind

BLANKS: Final = " \t\r\n"
"""What no token but SPACE begins or ends with."""

Segment = tuple[int, int, bool]
"""A line without the space around it: its start and end, and whether a blank line stands before it."""


@frozen(kw_only=True)
class Heading:
    """The line that says whose posts follow."""

    start: int
    end: int
    name: str | None
    handle: str | None


class Page:
    """A text, cut at its markers."""

    __slots__ = (
        "begin", "dates", "ends", "heading", "labels", "layout", "lefts", "marker", "rejected", "rights",
        "starts", "text",
    )  # fmt: skip

    def __init__(self, text: str, layout: Layout, *, begin: int = 0, headed: bool = True) -> None:
        """Cut `text` from `begin` on; `headed` says whether a heading may stand in it."""
        self.begin = begin
        self.text = text
        self.layout = layout
        self.marker: Marker | None = marker_of(layout)
        self.starts = array("q")
        self.ends = array("q")
        self.dates: list[datetime | None] = []
        self.rejected: list[tuple[int, int]] = []
        """Where something has the shape of a marker but an impossible date."""
        if self.marker is not None:
            self._cut(self.marker)
        self.heading = self._find_heading() if headed else None
        self.lefts, self.rights = self._find_regions()
        self.labels = tuple(label for label in layout.labels if label in text)

    def _cut(self, marker: Marker) -> None:
        """Find the markers: the one loop over a whole text, so it does as little as it can."""
        clock = marker.clock
        starts, ends, dates = self.starts.append, self.ends.append, self.dates.append
        for match in marker.finder.finditer(self.text, self.begin):
            if match[0].isascii() and marker.is_prose(match):
                continue
            if clock is not None:
                date = clock.read(match[1])
                if date is None:
                    self.rejected.append(match.span())
                    continue
                dates(date)
            start, end = match.span()
            starts(start)
            ends(end)
        if clock is None:
            self.dates = [None] * len(self.starts)

    def _find_heading(self) -> Heading | None:
        """Find the first heading above the second marker; a line ends where a marker begins."""
        edges = [0, *(edge for block in range(min(2, len(self.starts))) for edge in self._marker(block))]
        edges = edges[:4] if len(self.starts) > 1 else [*edges, len(self.text)]
        found: list[tuple[Match, tuple[str, ...]]] = []
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            for pattern, names in () if found else headings_of(self.layout):
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
        return lefts, rights

    def __len__(self) -> int:
        return len(self.starts)

    def region(self, block: int) -> tuple[int, int]:
        """Return where the text of a block stands."""
        return self.lefts[block], self.rights[block]

    def outside(self) -> Iterator[tuple[int, int]]:
        """Return the stretches that belong to no block, in order; they may be empty."""
        if not self.starts:
            yield self.begin, len(self.text)
            return
        after = self.layout.stands is Stands.AFTER
        if not after:
            yield self.begin, self.starts[0]
        for block in range(min(2, len(self.starts))):
            start = (self.ends[block - 1] if block else self.begin) if after else self.ends[block]
            yield start, self.lefts[block]
        if after:
            yield self.ends[-1], len(self.text)

    def segments(self, start: int, end: int) -> Iterator[Segment]:
        """Return the lines of a stretch that are not blank."""
        at = start
        blank = False
        chunk = self.text[start:end]
        if "\r" in chunk:
            chunk = chunk.replace("\r\n", " \n").replace("\r", "\n")  # as many code points as before
        for line in chunk.split("\n"):
            shown = line.strip(" \t")
            if shown:
                left = at if line[0] not in " \t" else at + len(line) - len(line.lstrip(" \t"))
                yield left, left + len(shown), blank
                blank = False
            else:
                blank = at > start
            at += len(line) + 1

    def holds_label(self, shown: str) -> bool:
        """Tell whether a text may hold a line made of labels."""
        return bool(self.labels) and any(label in shown for label in self.labels)

    def is_label(self, start: int, end: int) -> bool:
        """Tell whether a line is made of the layout's labels alone."""
        return (
            bool(self.labels)
            and self.text.startswith(self.labels, start)
            and labels_of(self.layout).fullmatch(self.text, start, end) is not None
        )


def is_even(lines: str) -> bool:
    r"""
    Tell whether lines are as even as nearly everywhere: all that is between two is `\n` or `\n\n`.

    Such lines, without those that are labels, are the text of a post as they stand.
    """
    return not (
        "\n " in lines or " \n" in lines or "\n\n\n" in lines or "\t" in lines or "\r" in lines
    )  # fmt: skip


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


def tokenize(text: str, *, layout: Layout | None = None) -> Iterator[Token]:
    r"""
    Cut a text into tokens that tile it: joined, they are the text.

    Args:
        text: Any text at all.
        layout: Whose page it is; by default whichever built-in layout's markers are found.

    >>> tokens = tokenize("Ahoy.\n03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0\n")
    >>> [(token.kind.value, token.block) for token in tokens]
    [('text', 0), ('space', 0), ('marker', 0), ('space', None)]
    """
    page = cut(text, layout)
    at = 0
    for start, end, kind, block in _pieces(page):
        if at < start:
            yield Token(
                kind=TokenKind.SPACE, span=Span(start=at, end=start), text=text[at:start], block=block
            )
        yield Token(kind=kind, span=Span(start=start, end=end), text=text[start:end], block=block)
        at = end
    if at < len(text):
        yield Token(kind=TokenKind.SPACE, span=Span(start=at, end=len(text)), text=text[at:], block=None)


def _pieces(page: Page) -> Iterator[tuple[int, int, TokenKind, int | None]]:
    """Return everything that is not SPACE, in order."""
    after = page.layout.stands is Stands.AFTER
    outside = list(page.outside())
    if not page.starts or not after:
        yield from _outside(page, *outside[0])
    for block in range(len(page)):
        marker = (page.starts[block], page.ends[block], TokenKind.MARKER, block)
        if not after:
            yield marker
        if block < 2:
            yield from _outside(page, *outside[block + (not after)])
        for start, end, _ in page.segments(*page.region(block)):
            yield start, end, TokenKind.LABEL if page.is_label(start, end) else TokenKind.TEXT, block
        if after:
            yield marker
    if page.starts and after:
        yield from _outside(page, *outside[-1])


def _outside(page: Page, start: int, end: int) -> Iterator[tuple[int, int, TokenKind, None]]:
    for left, right, _ in page.segments(start, end):
        is_heading = page.heading is not None and left == page.heading.start
        yield left, right, TokenKind.HEADING if is_heading else TokenKind.TEXT, None
