# SPDX-License-Identifier: MIT
"""
Witnesses: a dump as a merge sees it, its items in page order.

A dump with markers becomes a `MarkedWitness`. Its items are blocks, each the lines of one post and the marker
that closes or opens them, and loose lines, which belong to no block. A dump without markers becomes a
`FlatWitness`, whose items are its lines. A witness does not change: fewer items, or another
order, make a new witness, which shares blocks and lines with the old one. How a dump becomes a witness is
described in `witness_from_dump`.

    Posts by Ada                    a loose line, a `TextLine`
    Low tide at nine.               \
    Bring a lantern.                 > block 0
    03.02.2026 17:04 — 👍 4 ...     /
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import ClassVar, Self, TypeVar, cast

from attrs import Factory, evolve, field, frozen

from postdump._align.blocks_and_lines import Blocks, Item, Lines, lines_of
from postdump._parse.markers import Said
from postdump._parse.page import Page
from postdump._parse.source_text import SourceText
from postdump._parse.text_line import BLANKS, TextLine
from postdump.damage import Damage
from postdump.layouts import Cards, Layout
from postdump.layouts._dates import Bounds
from postdump.models import Dump, Profile, Stats

T = TypeVar("T")


@frozen(eq=False, kw_only=True)
class Witness(ABC):
    """
    A dump, and its items in page order.

    A post is named by a number: that of its block, or, in a dump without markers, of its first line.
    """

    is_marked: ClassVar[bool]
    """Whether the dump shows where its posts end."""

    dump: Dump
    origin: SourceText
    candidate_damages: tuple[Damage, ...]
    """The damages that the dump may have suffered, the likeliest first; none where it is undamaged."""
    page: Page | None
    """What the witness is read from; None for a dump that was not parsed."""
    is_copy: bool = False
    """Whether it shows nothing else than the witness before it."""
    leads_with_cards: bool = field(
        init=False,
        default=Factory(lambda self: any(layout.cards is Cards.LEADING for layout in self.layouts), True),
    )
    """Whether a block's first lines can be a card that nothing labels."""
    max_graphemes: int | None = field(
        init=False,
        default=Factory(
            lambda self: min(filter(None, (layout.max_graphemes for layout in self.layouts)), default=None),
            True,
        ),
    )
    """The most that one post can hold; None if no layout limits it."""
    _end: int = field(init=False, default=Factory(lambda self: _end_of(self.text), True))
    """Where the text ends, white space aside."""

    @property
    def damage(self) -> Damage | None:
        """Return the likeliest damage; None where there is none."""
        return self.candidate_damages[0] if self.candidate_damages else None

    @property
    def text(self) -> str:
        """Return the dump's text."""
        return self.origin.text

    @property
    def layouts(self) -> tuple[Layout, ...]:
        """Return the layouts that the dump was read in."""
        return self.dump.definitions

    def ends_at(self, end: int) -> bool:
        """Return whether the text ends there, white space aside: maybe in the middle of a line."""
        return end == self._end

    def shows_the_same(self, other: Witness) -> bool:
        """Return whether two dumps, under two names, show the same lines in the same blocks."""
        if (self.text, self.layouts, self.candidate_damages) != (
            other.text,
            other.layouts,
            other.candidate_damages,
        ):
            return False
        are_parsed = self.page is not None and other.page is not None  # one text, cut in one way
        return are_parsed or self._content() == other._content()

    def with_candidate_damages(self, damages: tuple[Damage, ...]) -> Self:
        """Return the witness with other damages that it may have suffered."""
        return evolve(self, candidate_damages=damages)

    def as_copy(self) -> Self:
        """Return the witness marked as a copy of the one before it."""
        return evolve(self, is_copy=True)

    # What markers show, by the number of a post in the dump.

    def author(self, number: int) -> Profile | None:
        """Return whom the marker of a block names."""
        return self.dump.posts[number].author

    def is_repost(self, number: int) -> bool:
        """Return whether a block says that its post is somebody else's."""
        return self.dump.posts[number].is_repost

    def posted_between(self, number: int) -> Bounds | None:
        """Return the bounds of the time that the marker of a block gives."""
        return self.dump.posts[number].posted_between

    def stats(self, number: int) -> Stats:
        """Return date and counts that the marker of a block shows."""
        return self.dump.posts[number].stats if self.page is None else self.page.stats(number)

    def said(self, numbers: Sequence[int]) -> Iterator[Said]:
        """Yield date and counts that the markers of blocks show."""
        if self.page is not None:
            return self.page.said(numbers)
        return (self.dump.posts[number].stats for number in numbers)

    @property
    @abstractmethod
    def dates(self) -> Sequence[datetime | None]:
        """Return the date of each post, by its number; none at all for a dump without markers."""

    @property
    def is_dated(self) -> bool:
        """Return whether the dump shows when its posts were written."""
        return any(self.dates)  # a moment is never false

    # Posts by their numbers.

    @property
    @abstractmethod
    def post_starts(self) -> Sequence[int]:
        """Return where posts begin, by their numbers."""

    @abstractmethod
    def post_text(self, number: int, count: int) -> str:
        r"""Return the lines of a plain post, `\n` between them; without markers there are `count`."""

    @abstractmethod
    def post_lines(self, number: int, count: int) -> Sequence[TextLine]:
        """Return the lines of a plain post; without markers there are `count`."""

    @abstractmethod
    def forget_visible(self) -> None:
        """Let go of what only drafting needs."""

    # Items by their indices in page order.

    @property
    @abstractmethod
    def item_count(self) -> int:
        """Return how many items there are."""

    @abstractmethod
    def item(self, index: int) -> Item:
        """Return an item."""

    @abstractmethod
    def numbers_at(self, indices: Iterable[int]) -> Iterator[int]:
        """Yield the number of the post that begins with each of some items."""

    @abstractmethod
    def with_items(self, indices: Iterable[int]) -> Self:
        """Return a witness of some of the items, in the order of their indices."""

    @property
    @abstractmethod
    def head_count(self) -> int:
        """Return how many items stand above the posts: above the first block, or down to the heading."""

    @property
    @abstractmethod
    def last_post_index(self) -> int:
        """Return the index of the last item that does not stand below the posts; -1 if there is none."""

    @property
    @abstractmethod
    def is_reversed(self) -> bool:
        """Return whether the blocks stand in the opposite of their order on the page."""

    def items(self) -> Iterator[Item]:
        """Yield the items in page order."""
        return map(self.item, range(self.item_count))

    def lines_at(self, index: int) -> tuple[TextLine, ...]:
        """Return the lines of an item (see `lines_of`)."""
        return lines_of(self.item(index))

    @abstractmethod
    def _content(self) -> object:
        """Return what makes two witnesses of one text different."""


@frozen(eq=False, kw_only=True)
class MarkedWitness(Witness):
    """A dump with markers: blocks, of which those that repeat another are no items, and loose lines."""

    is_marked: ClassVar[bool] = True

    blocks: Blocks
    page_order: Sequence[int | TextLine]
    """The items: the number of a block, or a loose line."""

    @property
    def dates(self) -> Sequence[datetime | None]:
        """Return the date of each block."""
        return self.blocks.dates

    @property
    def post_starts(self) -> Sequence[int]:
        """Return where blocks begin."""
        return self.blocks.starts

    def post_text(self, number: int, count: int) -> str:
        r"""Return the lines of a plain block, `\n` between them."""
        return self.blocks.text(number)

    def post_lines(self, number: int, count: int) -> Sequence[TextLine]:
        """Return the lines of a block."""
        return self.blocks[number].lines

    def forget_visible(self) -> None:
        """Let go of what only drafting needs."""
        self.blocks.forget_visible()

    @property
    def item_count(self) -> int:
        """Return how many blocks and loose lines there are."""
        return len(self.page_order)

    def item(self, index: int) -> Item:
        """Return a block or a loose line."""
        item = self.page_order[index]
        return self.blocks[item] if isinstance(item, int) else item

    def numbers_at(self, indices: Iterable[int]) -> Iterator[int]:
        """Yield the numbers of blocks."""
        return cast("Iterator[int]", map(self.page_order.__getitem__, indices))

    def with_items(self, indices: Iterable[int]) -> Self:
        """Return a witness of some of the items, in the order of their indices."""
        return evolve(self, page_order=[self.page_order[index] for index in indices])

    def in_page_order(self, column: Sequence[T]) -> Sequence[T | None]:
        """Return a column of the blocks in page order; None for loose lines."""
        if isinstance(self.page_order, range) and self.page_order == range(len(column)):
            return column
        return [column[item] if isinstance(item, int) else None for item in self.page_order]

    @property
    def head_count(self) -> int:
        """Return how many loose lines stand above the first block; 0 if there is no block."""
        return next((index for index, item in enumerate(self.page_order) if isinstance(item, int)), 0)

    @property
    def last_post_index(self) -> int:
        """Return the index of the last block; -1 if there is none."""
        order = self.page_order
        indices = range(len(order) - 1, -1, -1)
        return next((index for index in indices if isinstance(order[index], int)), -1)

    @property
    def is_reversed(self) -> bool:
        """Return whether the blocks stand in the opposite of their order on the page."""
        numbers = [item for item in self.page_order if isinstance(item, int)]
        return len(numbers) > 1 and numbers[0] > numbers[-1]

    def reversed(self) -> Self:
        """Return the witness with its blocks in opposite order; what stands above or below them stays."""
        first, end = self.head_count, self.last_post_index + 1
        order = self.page_order
        return evolve(self, page_order=[*order[:first], *reversed(order[first:end]), *order[end:]])

    def _content(self) -> object:
        return list(self.items()), dict(self.blocks.repeating())


@frozen(eq=False, kw_only=True)
class FlatWitness(Witness):
    """A dump without markers: lines, in which posts end anywhere."""

    is_marked: ClassVar[bool] = False
    dates: ClassVar[Sequence[datetime | None]] = ()
    is_reversed: ClassVar[bool] = False

    lines: Lines
    page_order: Sequence[int]
    """The items: the numbers of lines."""
    heading: int | None = None
    """The number of the line that says whose posts follow; None if there is none."""

    @property
    def post_starts(self) -> Sequence[int]:
        """Return where lines begin."""
        return self.lines.starts

    def post_text(self, number: int, count: int) -> str:
        r"""Return `count` lines, `\n` between them."""
        return self.lines.text(number, count)

    def post_lines(self, number: int, count: int) -> Sequence[TextLine]:
        """Return `count` lines as text: whatever they are outside of a post, in a post they are its words."""
        return self.lines.as_text(number, count)

    def forget_visible(self) -> None:
        """Let go of what only drafting needs."""
        self.lines.forget_visible()

    @property
    def item_count(self) -> int:
        """Return how many lines there are."""
        return len(self.page_order)

    def item(self, index: int) -> TextLine:
        """Return a line."""
        return self.lines[self.page_order[index]]

    def numbers_at(self, indices: Iterable[int]) -> Iterator[int]:
        """Yield the numbers of lines."""
        return map(self.page_order.__getitem__, indices)

    def with_items(self, indices: Iterable[int]) -> Self:
        """Return a witness of some of the lines, in the order of their indices."""
        return evolve(self, page_order=[self.page_order[index] for index in indices])

    @property
    def head_count(self) -> int:
        """Return how many lines stand above the posts: those down to the heading, if it is there."""
        is_there = self.heading is not None and self.heading in self.page_order
        return self.page_order.index(self.heading) + 1 if is_there and self.heading is not None else 0

    @property
    def last_post_index(self) -> int:
        """Return the index of the last line: below the heading, any line may be a post's."""
        return len(self.page_order) - 1

    def _content(self) -> object:
        return list(self.items())


def _end_of(text: str) -> int:
    """Return where a text ends, white space aside, without a copy of all that stands before."""
    end = len(text)
    while end:
        tail = text[max(0, end - 256) : end]
        rest = tail.rstrip(BLANKS)
        end -= len(tail) - len(rest)
        if rest:
            break
    return end
