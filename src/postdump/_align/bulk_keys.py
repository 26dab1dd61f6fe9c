# SPDX-License-Identifier: MIT
"""
The lines of a page in bulk: what most blocks of most pages need, without an object for any line.

A block is plain if its lines are nothing but text, with a `\\n` between them and nothing else. For these,
what a line is known by is cut out of the whole page's at once.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, compress, islice, repeat
from operator import add
from typing import Final

from attrs import define, field

from postdump._align.line_keys import IDENTIFYING_SIZE, line_key, short_key
from postdump._parse.page import Page
from postdump._parse.text_line import BLANKS
from postdump._text.characters import UNSEEN_IN_LINES, as_ascii, visible_ascii
from postdump._text.lines import are_adjacent, are_stripped
from postdump.damage import Damage

LineKeys = Sequence[str | bytes]
"""What lines are known by."""

BlockKey = bytes | tuple[str | bytes, ...]
"""
The keys of a block's lines (see `line_key`).

Where each of them is visible ASCII, they are one string, `\n` between: it keeps its hash, a tuple does not.
"""

BATCH: Final = 512
"""Blocks that are looked at together: the processor has them at hand, and big strings are big allocations."""

STRETCH: Final = 1 << 16
"""Code points of a dump without markers, for the same reason."""

_BLANKS: Final = BLANKS.encode()

_UNSEEN: Final = UNSEEN_IN_LINES.replace(b"\0", b"")


def find_visible_blocks(page: Page) -> list[bytes | None]:
    r"""Return the visible ASCII of each block's lines, `\n` between; None for those that are not plain."""
    if page.is_elaborate:
        return [None] * len(page)
    seen: list[bytes | None] = []
    for first in range(0, len(page), BATCH):
        seen += _seen_of(page, page.lefts[first : first + BATCH], page.rights[first : first + BATCH])
    return seen


def _seen_of(page: Page, lefts: Sequence[int], rights: Sequence[int]) -> list[bytes | None]:
    """Return the same of blocks that stand one below the other, by where they begin and end."""
    start = lefts[0]
    # Neither `?` nor NUL is visible, and NUL parts the blocks.
    shown = as_ascii(page.text[start : rights[-1]])
    blocks = [
        shown[left - start : right - start].strip(_BLANKS) for left, right in zip(lefts, rights, strict=True)
    ]
    together = b"\0".join(blocks)
    seen: list[bytes | None] = list(together.translate(None, _UNSEEN).split(b"\0"))
    if not are_adjacent(together):
        seen = [one if are_adjacent(block) else None for block, one in zip(blocks, seen, strict=True)]
    for word in page.watched if page.may_be_watched(shown) else ():
        watched = as_ascii(word)
        seen = [None if watched in block else one for block, one in zip(blocks, seen, strict=True)]
    return seen


@define(eq=False)
class PostLineKeys:
    """The keys of the lines of many posts, one after the other: a list for each would take twice the time."""

    keys: list[str | bytes] = field(factory=list)
    bounds: list[int] = field(factory=lambda: [0])
    """Where those of each post begin, and where they all end."""
    unknown: set[int] = field(factory=set)
    """The posts that are not known by their lines."""

    def add(self, keys: LineKeys | None) -> None:
        """Take in a further post, known by the keys of its lines or, if None, not at all."""
        if keys is None:
            self.unknown.add(len(self))
        self.keys += keys or ()
        self.bounds.append(len(self.keys))

    def of(self, at: int) -> LineKeys:
        """Return the keys of a post's lines; none where they are not known."""
        return self.keys[self.bounds[at] : self.bounds[at + 1]]

    def __len__(self) -> int:
        return len(self.bounds) - 1


@define(eq=False)
class BlockKeys:
    """What the plain blocks of a dump are known by, and their lines."""

    seen: Sequence[bytes | None]
    """The visible ASCII of their lines; None for other blocks."""
    text: Callable[[int], str]
    """Tells the lines of a block by its number."""
    damage: Damage | None
    least: int = field(init=False)
    """How much of a line tells it without its words."""
    _blocks: list[BlockKey | None] | None = field(default=None, init=False)

    def __attrs_post_init__(self) -> None:
        self.least = IDENTIFYING_SIZE if _spares_ascii(self.damage) else sys.maxsize

    def lines(self, number: int) -> Sequence[str | bytes]:
        """Return what the lines of a plain block are known by."""
        seen = self.seen[number]
        assert seen is not None
        lines = seen.split(b"\n")
        return lines if self._are_telling(lines) else self._told(number, lines)

    def blocks(self) -> list[BlockKey | None]:
        """Return what each block is known by; None for one that is not plain."""
        if self._blocks is None:
            self._blocks = list(self.seen)
            for number, seen in enumerate(self.seen):
                lines = [] if seen is None else seen.split(b"\n")
                if lines and not self._are_telling(lines):
                    self._blocks[number] = block_key(self._told(number, lines))
        return self._blocks

    def _are_telling(self, lines: Sequence[bytes]) -> bool:
        least = self.least
        # Of one line or two, as most blocks are, it takes less time to look at the first and the last.
        return (
            len(lines[0]) >= least
            and len(lines[-1]) >= least
            and (len(lines) < 3 or min(map(len, lines)) >= least)
        )

    def _told(self, number: int, seen: Sequence[bytes]) -> Sequence[str | bytes]:
        own = self.text(number)
        return compute_line_keys(seen, own.split("\n").__getitem__, self.damage) if own else ()


def block_key(lines: Sequence[str | bytes]) -> BlockKey:
    r"""
    Return what a block is known by whose lines are known by these keys.

    >>> block_key([b"Lowtideatnine", b"Bringalantern"]), block_key([b"Lowtideatnine", "Ahoy!"])
    (b'Lowtideatnine\nBringalantern', (b'Lowtideatnine', 'Ahoy!'))
    """
    own = [key for key in lines if isinstance(key, bytes)]
    return b"\n".join(own) if own and len(own) == len(lines) else tuple(lines)


def split_block_key(block: BlockKey) -> Sequence[str | bytes]:
    r"""
    Return the keys of a block's lines.

    >>> split_block_key(b"Lowtideatnine\nBringalantern")
    [b'Lowtideatnine', b'Bringalantern']
    """
    return block.split(b"\n") if isinstance(block, bytes) else block


def compute_line_keys(
    seen: Sequence[bytes], line: Callable[[int], str], damage: Damage | None
) -> list[str | bytes]:
    """
    Return what lines are known by (see `line_key`).

    `seen` is the visible ASCII of each, `line` tells a line by its number.
    """
    if not _spares_ascii(damage):
        return [line_key(line(n), damage) for n, _ in enumerate(seen)]
    keys: list[str | bytes] = list(seen)
    for n in find_short(seen, IDENTIFYING_SIZE):
        keys[n] = short_key(line(n), damage)
    return keys


def find_short(keys: Sequence[str | bytes], least: int) -> list[int]:
    """
    Return the numbers of the keys that are shorter than so much.

    >>> find_short([b"Lowtideatnine", b"Yes."], 8)
    [1]
    """
    return [n for n, size in enumerate(map(len, keys)) if size < least]


@lru_cache(maxsize=256)
def _spares_ascii(damage: Damage | None) -> bool:
    """Tell whether a damage leaves the visible ASCII of any text as it is, and adds none."""
    while damage is not None:
        if damage.reads_pairs or visible_ascii("".join(damage.table[0x80:])):
            return False
        damage = damage.then
    return True


def find_visible_lines(page: Page) -> tuple[array[int], array[int], list[bytes], bool]:
    r"""
    Return where the lines of a page without markers begin and end, and the visible ASCII of each.

    Blank lines are left out. Last comes whether nothing but one `\n` stands between any two.
    """
    starts, ends, seen = array("q"), array("q"), list[bytes]()
    are_adjacent = True
    for start, end in _stretches(page.text, *page.head()):
        shown = as_ascii(page.text[start:end])
        if not are_stripped(shown):
            return _segmented(page)
        sizes = [*map(len, shown.split(b"\n"))]
        if not sizes[-1]:
            sizes.pop()  # below the last line break
        firsts = [*islice(accumulate(map(add, sizes, repeat(1)), initial=start), len(sizes))]
        lines = shown.translate(None, UNSEEN_IN_LINES).split(b"\n")[: len(sizes)]
        if 0 in sizes:
            are_adjacent = False
            firsts, sizes, lines = ([*compress(one, sizes)] for one in (firsts, sizes, lines))
        starts += array("q", firsts)  # which takes half the time of `extend`
        ends += array("q", [*map(add, firsts, sizes)])
        seen += lines
    return starts, ends, seen, are_adjacent


def _segmented(page: Page) -> tuple[array[int], array[int], list[bytes], bool]:
    """Return the same of lines with blanks at their ends."""
    lines = [*page.lines_between(*page.head())]
    seen = [visible_ascii(line.of(page.text)) for line in lines]
    return array("q", [line.start for line in lines]), array("q", [line.end for line in lines]), seen, False


def _stretches(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a stretch behind line breaks, into some that the processor has at hand."""
    while start < end:
        stop = text.find("\n", min(start + STRETCH, end) - 1, end) + 1 or end
        yield start, stop
        start = stop
