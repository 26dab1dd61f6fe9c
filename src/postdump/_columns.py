# SPDX-License-Identifier: MIT
"""
The lines of a page in bulk: what most blocks of most pages need, without an object for any line.

A block is plain if its lines are nothing but text, with a `\\n` between them and nothing else. For these,
what a line is known by is cut out of the whole page's at once.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate, compress, repeat
from operator import add
from typing import Final

from attrs import define, field

from postdump._keys import TELLING, UNSEEN_IN_LINES, line_key, little_key, visible
from postdump._shapes import PARTED, SPACED
from postdump._tokenize import BLANKS, Page
from postdump.damage import Damage

LineKeys = Sequence[str | bytes]
"""What lines are known by."""
BlockKey = bytes | tuple[str | bytes, ...]
"""
The keys of a block's lines (see `line_key`).

Where each of them is visible ASCII, they are one string, `\n` between: it keeps its hash, a tuple does not.
"""

_BLANKS: Final = BLANKS.encode()
_UNSEEN: Final = UNSEEN_IN_LINES.replace(b"\0", b"")


def seen_blocks(page: Page) -> list[bytes | None]:
    r"""Return the visible ASCII of each block's lines, `\n` between; None for those that are not plain."""
    if page.is_elaborate:
        return [None] * len(page)
    # As many bytes as code points, and `?` is not visible; nor is NUL, which parts the blocks.
    shown = page.text.encode("ascii", "replace").replace(b"\0", b"?")
    blocks = [shown[left:right].strip(_BLANKS) for left, right in zip(page.lefts, page.rights, strict=True)]
    together = b"\0".join(blocks)
    seen: list[bytes | None] = list(together.translate(None, _UNSEEN).split(b"\0"))
    if _is_uneven(together):
        seen = [None if _is_uneven(block) else one for block, one in zip(blocks, seen, strict=True)]
    for word in page.watched:
        watched = word.encode("ascii", "replace")
        seen = [None if watched in block else one for block, one in zip(blocks, seen, strict=True)]
    return seen


def _is_uneven(shown: bytes) -> bool:
    """Tell whether anything but one `\n` stands between lines: not so in a plain block."""
    return b"\t" in shown or b"\r" in shown or PARTED.search(shown) is not None


@define(eq=False)
class BlockKeys:
    """What the plain blocks of a dump are known by, and their lines."""

    seen: Sequence[bytes | None]
    """The visible ASCII of their lines; None for other blocks."""
    words: Callable[[int, int], str]
    """Tells the lines of a block by its number."""
    damage: Damage | None
    _least: int = field(init=False)
    """How much of a line tells it without its words."""
    _blocks: list[BlockKey | None] | None = field(default=None, init=False)

    def __attrs_post_init__(self) -> None:
        self._least = TELLING if _spares_ascii(self.damage) else sys.maxsize

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
        least = self._least
        # Of one line or two, as most blocks are, it takes less time to look at the first and the last.
        return (
            len(lines[0]) >= least
            and len(lines[-1]) >= least
            and (len(lines) < 3 or min(map(len, lines)) >= least)
        )

    def _told(self, number: int, seen: Sequence[bytes]) -> Sequence[str | bytes]:
        own = self.words(number, 0)
        return line_keys(seen, own.split("\n").__getitem__, self.damage) if own else ()


def block_key(lines: Sequence[str | bytes]) -> BlockKey:
    r"""
    Return what a block is known by whose lines are known by these keys.

    >>> block_key([b"Lowtideatnine", b"Bringalantern"]), block_key([b"Lowtideatnine", "Ahoy!"])
    (b'Lowtideatnine\nBringalantern', (b'Lowtideatnine', 'Ahoy!'))
    """
    own = [key for key in lines if isinstance(key, bytes)]
    return b"\n".join(own) if own and len(own) == len(lines) else tuple(lines)


def keys_of(block: BlockKey) -> Sequence[str | bytes]:
    r"""
    Return the keys of a block's lines.

    >>> keys_of(b"Lowtideatnine\nBringalantern")
    [b'Lowtideatnine', b'Bringalantern']
    """
    return block.split(b"\n") if isinstance(block, bytes) else block


def line_keys(seen: Sequence[bytes], line: Callable[[int], str], damage: Damage | None) -> list[str | bytes]:
    """
    Return what lines are known by (see `line_key`).

    `seen` is the visible ASCII of each, `line` tells a line by its number.
    """
    if not _spares_ascii(damage):
        return [line_key(line(n), damage) for n, _ in enumerate(seen)]
    keys: list[str | bytes] = list(seen)
    for n in [n for n, size in enumerate(map(len, seen)) if size < TELLING]:
        keys[n] = little_key(line(n), damage)
    return keys


@lru_cache(maxsize=256)
def _spares_ascii(damage: Damage | None) -> bool:
    """Tell whether a damage leaves the visible ASCII of any text as it is, and adds none."""
    while damage is not None:
        if damage.reads_pairs or visible("".join(damage.table[0x80:])):
            return False
        damage = damage.then
    return True


def seen_lines(page: Page) -> tuple[array[int], array[int], list[bytes], bool]:
    r"""
    Return where the lines of a page without markers begin and end, and the visible ASCII of each.

    Blank lines are left out. Last comes whether nothing but one `\n` stands between any two.
    """
    start, end = page.head()
    whole = page.text[start:end].encode("ascii", "replace")
    shown = whole.lstrip(b"\n")
    start += len(whole) - len(shown)
    shown = shown.rstrip(b"\n")
    if b"\t" in shown or b"\r" in shown or SPACED.search(shown) or b" " in (shown[:1], shown[-1:]):
        places = [(left, right) for left, right, _ in page.segments(start, start + len(shown))]
        seen = [visible(page.text[left:right]) for left, right in places]
        return (
            array("q", [left for left, _ in places]),
            array("q", [right for _, right in places]),
            seen,
            False,
        )
    sizes = [*map(len, shown.split(b"\n"))]
    starts = [*accumulate(map(add, sizes, repeat(1)), initial=start)]
    starts.pop()
    ends = [*map(add, starts, sizes)]
    seen = shown.translate(None, UNSEEN_IN_LINES).split(b"\n")
    are_adjacent = 0 not in sizes
    if not are_adjacent:
        starts, ends, seen = [*compress(starts, sizes)], [*compress(ends, sizes)], [*compress(seen, sizes)]
    return array("q", starts), array("q", ends), seen, are_adjacent
