# SPDX-License-Identifier: MIT
"""
Make posts of the blocks of a page, changing no character.

`ParsedPosts` makes posts for a range of blocks, with text, stats and time, because computing these at once
costs no more than one lazy lookup. It computes each other field of a post when the field is first read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from postdump._parse.line_roles import classify_lines, is_repost
from postdump._parse.page import Page
from postdump._parse.post_fields import card_of, joined
from postdump._parse.source_text import SourceText
from postdump._parse.text_line import BLANKS
from postdump._text.lines import are_even
from postdump._text.links import find_links
from postdump.layouts import Stands
from postdump.layouts._dates import Bounds
from postdump.models import Card, Conflict, Line, Observation, Post, Profile, Reading, Repair, Role, Stats

BlockPlace = tuple[int, str | None]
"""The number of a block, and its lines as they stand; None if they are not even (see `are_even`)."""


class ParsedPosts:
    """The blocks of a page as posts: the source of their fields (see `models.PostSource`)."""

    __slots__ = ("_captured_at", "page", "source_text")

    def __init__(self, page: Page, source_text: SourceText, captured_at: datetime | None) -> None:
        self.page = page
        self.source_text = source_text
        self._captured_at = captured_at

    def make(self, blocks: range) -> Iterator[Post]:
        """Return blocks as posts, with text, stats and time."""
        page, marker = self.page, self.page.marker
        assert marker is not None  # else there were no blocks
        whole, batch = page.text, _slice_of(blocks)
        dates = page.dates[batch]
        texts = [
            whole[left:right].strip(BLANKS)
            for left, right in zip(page.lefts[batch], page.rights[batch], strict=True)
        ]
        markers = [whole[start:end] for start, end in zip(page.starts[batch], page.ends[batch], strict=True)]
        together = "\n".join(texts)
        all_even = are_even(together)
        places = [
            (block, text if all_even or are_even(text) else None)
            for block, text in zip(blocks, texts, strict=True)
        ]
        if not all_even or page.is_elaborate or page.is_watched(together):
            texts = list(map(self.text, places))
        return Post._lazily(self, places, texts, marker.read_all(markers, dates), dates)

    # The fields of a post.

    def text(self, place: BlockPlace) -> str:
        """Return the words of a block."""
        page, (block, text) = self.page, place
        if text is not None and not page.is_elaborate and not any(word in text for word in page.watched):
            return text
        words = (line for line in classify_lines(page, block) if line.role is Role.TEXT)
        return joined((line.of(page.text), line.blank_before) for line in words)

    def card(self, place: BlockPlace) -> Card | None:
        """Return the card that the block shows as one."""
        page = self.page
        if not (page.watched or page.is_elaborate):
            return None
        return card_of(
            tuple(line.of(page.text) for line in classify_lines(page, place[0]) if line.role is Role.CARD)
        )

    def links(self, place: BlockPlace) -> tuple[str, ...]:
        """Return the links in the words of a block."""
        return find_links(self.text(place))

    def stats(self, place: BlockPlace) -> Stats:
        """Return the stats that the block's marker shows."""
        return self.page.stats(place[0])

    def posted_at(self, place: BlockPlace) -> datetime | None:
        """Return the time that the block's marker shows."""
        return self.page.dates[place[0]]

    def posted_between(self, place: BlockPlace) -> Bounds | None:
        """Return the bounds that the marker gives, where it shows no time."""
        page = self.page
        if page.marker is None or page.dates[place[0]] is not None:
            return None
        return page.marker.posted_between(self._marker_text(place[0]), self._captured_at)

    def author(self, place: BlockPlace) -> Profile | None:
        """Return whom the marker names."""
        marker = self.page.marker
        if marker is None or not marker.names_authors:
            return None
        return marker.author(self._marker_text(place[0]))

    def is_repost(self, place: BlockPlace) -> bool:
        """Return whether the block is marked as somebody else's post."""
        return is_repost(self.page, place[0])

    def lines(self, place: BlockPlace) -> tuple[Line, ...]:
        """Return the lines of a block, the marker's last."""
        marker = self._marker(place[0])
        return (
            *map(self.source_text.line_of, classify_lines(self.page, place[0])),
            Line._of(marker.text, Role.MARKER, (marker,)),
        )

    def readings(self, place: BlockPlace) -> tuple[Reading, ...]:
        """Return the readings of all of a block, in page order."""
        page, source_text, (block, text) = self.page, self.source_text, place
        if text is None:
            lines = page.lines_between(*page.region(block))
            readings = [source_text.reading(line.start, line.end) for line in lines]
        else:  # blanks alone stand before the text
            readings = source_text.readings(text, page.text.index(text[:1], page.lefts[block]))
        readings.insert(0 if page.layout.stands is Stands.BEFORE else len(readings), self._marker(place[0]))
        return tuple(readings)

    def observations(self, place: BlockPlace) -> tuple[Observation, ...]:
        """Return the one observation there is."""
        marker = self._marker(place[0])
        return (Observation(stats=self.stats(place), reading=marker, captured_at=self._captured_at),)

    def inferred(self, place: BlockPlace) -> tuple[str, ...]:
        """Return nothing: each field is read."""
        return ()

    def repairs(self, place: BlockPlace) -> tuple[Repair, ...]:
        """Return nothing: `merge` repairs."""
        return ()

    def conflicts(self, place: BlockPlace) -> tuple[Conflict, ...]:
        """Return nothing: one dump does not contradict itself."""
        return ()

    def omitted_by(self, place: BlockPlace) -> tuple[str, ...]:
        """Return nothing: no other dump could lack the post."""
        return ()

    def _marker(self, block: int) -> Reading:
        return self.source_text.reading(self.page.starts[block], self.page.ends[block])

    def _marker_text(self, block: int) -> str:
        return self.page.text[self.page.starts[block] : self.page.ends[block]]


def _slice_of(indices: range) -> slice:
    """
    Return the slice that takes the items at some indices out of a sequence.

    >>> "abcd"[_slice_of(range(2, -1, -1))]
    'cba'
    """
    return slice(indices.start, None if indices.stop < 0 else indices.stop, indices.step)
