# SPDX-License-Identifier: MIT
"""
A dump as a merge sees it: its lines in page order, grouped into blocks where it has markers.

Of what was parsed, a block or a line is made when it is asked for: a merge asks for few of them (see
`post_matching`). How a dump becomes a witness is told in `witness_from_dump`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from attrs import define, field

from postdump._parse.markers import Said
from postdump._parse.page import BLANKS, Page
from postdump._parse.source_text import Origin
from postdump.damage import Damage
from postdump.layouts import Cards, Layout
from postdump.layouts._dates import Bounds
from postdump.models import Dump, Profile, Role, Stats

AGAIN: Final = 2
"""Of a plain block (see `Witness.plain`): it is shown more than once."""


@define
class Piece:
    """One line of a dump: where it stands, and whether a blank line stands before it."""

    start: int
    end: int
    role: Role
    blank: bool = False


@define
class Block:
    """One post of a dump: its lines, and its marker's place; `again` are further showings of it."""

    number: int
    start: int
    pieces: list[Piece]
    marker: tuple[int, int] | None
    posted_at: datetime | None
    again: list[Block] = field(factory=list)


@define(eq=False)
class Groups:
    """The blocks and the loose lines of a dump, in some order; each is made once, when first asked for."""

    numbers: Sequence[int]
    """A block's number; for a loose line -1 less its own."""
    _make: Callable[[int], Block | Piece]
    made: dict[int, Block | Piece] = field(factory=dict)
    """Those that are made, by their numbers."""

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, index: int) -> Block | Piece:
        return self.numbered(self.numbers[index])

    def __iter__(self) -> Iterator[Block | Piece]:
        return map(self.numbered, self.numbers)

    def numbered(self, number: int) -> Block | Piece:
        """Return a group by its number."""
        made = self.made.get(number)
        if made is None:
            made = self.made[number] = self._make(number)
        return made

    def taken(self, which: Iterable[int]) -> Groups:
        """Return some of the groups, by their place, in that order."""
        return Groups([self.numbers[g] for g in which], self._make, self.made)


@define(eq=False)
class Witness:
    """A dump, its blocks (each shown once) and its loose lines, in page order."""

    dump: Dump
    origin: Origin
    groups: Groups
    suspects: tuple[Damage, ...]
    """See `distinct_damages`."""
    plain: bytes | bytearray
    """For each block by its number: 0 if its lines are more than text, 1 if not, AGAIN if shown again."""
    dates: Sequence[datetime | None]
    """For each block what its marker says; empty for a dump without markers."""
    seen: Sequence[bytes | None]
    """
    For each block the visible ASCII of its lines, `\n` between them; None for those that are not plain.

    Of a dump without markers, that of each line.
    """
    begins: Sequence[int]
    """Where the blocks, or the lines of a dump without markers, begin, by their numbers."""
    lines_from: Callable[[int, int], str]
    """
    Tells the lines of a plain block, by its number, `\n` between them; any second number does.

    Of a dump without markers, tells so many lines from that one on.
    """
    heading: int | None = None
    """The number, among the groups, of the heading of a dump without markers; None for none."""
    page: Page | None = None
    """What its blocks are read from; None for a dump that was not parsed."""
    is_copy: bool = field(default=False, init=False)
    """Whether it shows nothing else than the witness before it."""
    leads_with_cards: bool = field(init=False)
    """Whether a block's first lines can be a card that nothing labels."""
    max_graphemes: int | None = field(init=False)
    """The most that one post can hold; None if nobody knows."""
    is_plain: bool = field(init=False)
    """Whether it is blocks alone, and all of them plain and shown once."""
    is_marked: bool = field(init=False)
    """Whether the dump shows where its posts end."""

    _end: int = field(init=False)
    """Where the text ends, white space aside."""

    def __attrs_post_init__(self) -> None:
        self.seen = tuple(self.seen)  # the collector looks at a tuple once, at a list every time
        self.is_marked = len(self.plain) > 0
        self.is_plain = len(self.groups) == len(self.plain) == self.plain.count(1)
        self.leads_with_cards = any(layout.cards is Cards.LEADING for layout in self.layouts)
        most = (layout.max_graphemes for layout in self.layouts)
        self.max_graphemes = min(filter(None, most), default=None)
        self._end = _end_of(self.text)

    @property
    def damage(self) -> Damage | None:
        """Return the likeliest damage; None where there is none."""
        return self.suspects[0] if self.suspects else None

    @property
    def text(self) -> str:
        """Return the dump's text."""
        return self.origin.text

    @property
    def layouts(self) -> tuple[Layout, ...]:
        """Return the layouts that the dump was read in."""
        return self.dump.definitions

    def shows_the_same(self, other: Witness) -> bool:
        """Tell whether two dumps, under two names, show the same lines in the same blocks."""
        if (self.text, self.layouts, self.suspects) != (other.text, other.layouts, other.suspects):
            return False
        are_parsed = self.page is not None and other.page is not None  # one text, cut in one way
        return are_parsed or list(self.groups) == list(other.groups)

    def author(self, number: int) -> Profile | None:
        """Return whom the marker of a block names."""
        return self.dump.posts[number].author

    def is_repost(self, number: int) -> bool:
        """Tell whether a block says that its post is somebody else's."""
        return self.dump.posts[number].is_repost

    def posted_between(self, number: int) -> Bounds | None:
        """Return the bounds of the time that the marker of a block gives."""
        return self.dump.posts[number].posted_between

    def stats(self, number: int) -> Stats:
        """Return what the marker of a block says."""
        return self.dump.posts[number].stats if self.page is None else self.page.stats(number)

    def said(self, numbers: Sequence[int]) -> Iterator[Said]:
        """Yield what the markers of blocks say."""
        if self.page is not None:
            return self.page.said(numbers)
        return (self.dump.posts[number].stats for number in numbers)

    def block(self, number: int) -> Block:
        """Return a block by its number."""
        block = self.groups.numbered(number)
        assert isinstance(block, Block)
        return block

    def line(self, number: int) -> Piece:
        """Return a line of a dump without markers, by its number."""
        piece = self.groups.numbered(-1 - number)
        assert isinstance(piece, Piece)
        return piece

    def ends_at(self, end: int) -> bool:
        """Tell whether the text ends there, white space aside: maybe in the middle of a line."""
        return end == self._end

    @property
    def is_dated(self) -> bool:
        """Tell whether the dump says when its posts were written."""
        return any(self.dates)  # a moment is never false

    def forget(self) -> None:
        """Let go of what only drafting needs: it is as much memory as the text."""
        self.seen = ()

    def all_dates(self) -> Sequence[datetime | None]:
        """Return what the markers of the groups show; None for those that show nothing."""
        numbers = self.groups.numbers
        if self.page is not None and len(numbers) == len(self.page) and numbers == range(len(numbers)):
            return self.page.dates
        return [self.dates[number] if number >= 0 else None for number in numbers]


def _end_of(text: str) -> int:
    """Return where a text ends, white space aside, without a copy of all that stands before."""
    end = len(text)
    while end:
        shown = text[max(0, end - 256) : end]
        rest = shown.rstrip(BLANKS)
        end -= len(shown) - len(rest)
        if rest:
            break
    return end
