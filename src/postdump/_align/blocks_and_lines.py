# SPDX-License-Identifier: MIT
"""
Blocks and lines of a dump: columns with what a merge needs of each, and objects that are made when asked for.

A merge asks for few blocks and lines as objects (see `post_matching`). So what it needs of every block and
line is in columns: those of a page of 20,000 posts take 38 ms and 4 MB, all its blocks 96 ms and 11 MB more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from attrs import define, field

from postdump._parse.text_line import BLANKS, TextLine


class Block(NamedTuple):
    """The lines of one post of a dump, and the place of its marker."""

    number: int
    """The index of the post in the dump."""
    start: int
    lines: tuple[TextLine, ...]
    marker: tuple[int, int] | None
    posted_at: datetime | None


Item = Block | TextLine
"""What a page consists of: blocks, and lines that belong to no block."""


def lines_of(item: Item) -> tuple[TextLine, ...]:
    """Return the lines of a block, or a line that is an item itself."""
    return item.lines if isinstance(item, Block) else (item,)


@define(eq=False, kw_only=True)
class Blocks:
    """
    The blocks of a dump, by their numbers: columns, and blocks that are made when they are asked for.

    A block is *plain* if its lines are nothing but text, without a blank line between them.
    """

    dates: Sequence[datetime | None]
    """The date that each marker shows."""
    starts: Sequence[int]
    """Where each block begins."""
    visible: tuple[bytes | None, ...]
    r"""
    The visible ASCII of the lines of each plain block, `\n` between them; None for other blocks.

    A tuple, since the garbage collector reads a list at every full collection, which takes 3 ms for 300,000
    blocks, and a tuple of bytes once.
    """
    is_simple: Sequence[int]
    """For each block 1 if it is plain and the only one that shows its post, else 0."""
    _repeats: Mapping[int, Sequence[int]]
    _made: dict[int, Block]
    _make: Callable[[int], Block]
    _text: str
    _lefts: Sequence[int] = ()
    """Where the lines of each block begin whose lines are parted by one line break each."""
    _rights: Sequence[int] = ()
    _uneven: Mapping[int, Block] = field(factory=dict)
    """The plain blocks that are not so."""

    def __getitem__(self, number: int) -> Block:
        block = self._made.get(number)
        if block is None:
            block = self._made[number] = self._make(number)
        return block

    def text(self, number: int) -> str:
        r"""Return the lines of a plain block, `\n` between them."""
        block = self._uneven.get(number)
        if block is None:
            return self._text[self._lefts[number] : self._rights[number]].strip(BLANKS)
        return "\n".join([self._text[line.start : line.end] for line in block.lines])

    def repeats(self, number: int) -> list[Block]:
        """Return the blocks that show the post of a block once more."""
        return [self[again] for again in self._repeats.get(number, ())]

    def repeating(self) -> Mapping[int, Sequence[int]]:
        """Return the numbers of the blocks that repeat others, by the number of the first."""
        return self._repeats

    def forget_visible(self) -> None:
        """Let go of the visible ASCII, which only drafting needs: it is as much memory as the text."""
        self.visible = ()


@define(eq=False, kw_only=True)
class Lines:
    """The lines of a dump without markers, by their numbers: columns, and lines made when asked for."""

    starts: Sequence[int]
    ends: Sequence[int]
    visible: tuple[bytes, ...]
    """The visible ASCII of each line; a tuple, as in `Blocks`."""
    _made: dict[int, TextLine] = field(factory=dict)
    _make: Callable[[int], TextLine]
    _text: str
    _are_adjacent: bool = False
    r"""Whether nothing but one `\n` stands between any two lines."""

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, number: int) -> TextLine:
        line = self._made.get(number)
        if line is None:
            line = self._made[number] = self._make(number)
        return line

    def text(self, first: int, count: int = 1) -> str:
        r"""Return the text of some lines, `\n` between them."""
        if self._are_adjacent:
            return self._text[self.starts[first] : self.ends[first + count - 1]]
        return "\n".join([line.of(self._text) for line in self.as_text(first, count)])

    def as_text(self, first: int, count: int) -> list[TextLine]:
        """Return some lines with the role of text."""
        return [*map(TextLine, self.starts[first : first + count], self.ends[first : first + count])]

    def forget_visible(self) -> None:
        """Let go of the visible ASCII, which only drafting needs: it is as much memory as the text."""
        self.visible = ()
