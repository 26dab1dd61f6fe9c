# SPDX-License-Identifier: MIT
r"""
The keys of many lines at once: of all blocks of a witness, of all posts of a draft.

The visible ASCII of lines is known already (see `visible_columns`), and is the key of most of them. Only if
the visible ASCII of some line is too short to identify it, the text of the block is read, and the keys of
such lines are computed from it.

    visible ASCII of a block       keys of its lines               key of the block
    b"Lowtideatnine\nBringalamp"   [b"Lowtideatnine", b"Bring...]  b"Lowtideatnine\nBringalamp"
    b"Lowtideatnine\nYes."         [b"Lowtideatnine", "Yes."]      (b"Lowtideatnine", "Yes.")
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import lru_cache

from attrs import define, field

from postdump._align.line_keys import IDENTIFYING_SIZE, line_key, short_key
from postdump._text.characters import visible_ascii
from postdump.damage import Damage

LineKeys = Sequence[str | bytes]
"""The keys of some lines."""

BlockKey = bytes | tuple[str | bytes, ...]
"""
The keys of a block's lines (see `line_key`).

Where each of them is visible ASCII, they are one string, `\n` between: it keeps its hash, a tuple does not.
"""


@define(eq=False)
class PostLineKeys:
    """
    The keys of the lines of many posts, one after the other.

    One list for all, since a list for each of 20,000 posts takes 10 ms to make instead of 8, and the garbage
    collector 4 ms more at every full collection.
    """

    keys: list[str | bytes] = field(factory=list)
    bounds: list[int] = field(factory=lambda: [0])
    """Where the keys of each post begin, and where the last ones end."""
    non_plain: set[int] = field(factory=set)
    """The posts that have no keys since they are not plain (see `Blocks`)."""

    def add(self, keys: LineKeys | None) -> None:
        """Add a post with the keys of its lines; None for a post that is not plain."""
        if keys is None:
            self.non_plain.add(len(self))
        self.keys += keys or ()
        self.bounds.append(len(self.keys))

    def of(self, post: int) -> LineKeys:
        """Return the keys of a post's lines; none if the post is not plain."""
        return self.keys[self.bounds[post] : self.bounds[post + 1]]

    def __len__(self) -> int:
        return len(self.bounds) - 1


@define(eq=False)
class BlockKeys:
    """The keys of the plain blocks of a dump, and of their lines."""

    visible: Sequence[bytes | None]
    r"""The visible ASCII of the lines of each plain block, `\n` between them; None for other blocks."""
    text: Callable[[int], str]
    r"""Returns the lines of a plain block, `\n` between them."""
    damage: Damage | None
    """The damage that the lines suffer for their keys."""
    identifying_size: int = field(init=False)
    """Bytes of visible ASCII from which on it is the key of a line."""
    _block_keys: list[BlockKey | None] | None = field(default=None, init=False)

    def __attrs_post_init__(self) -> None:
        self.identifying_size = IDENTIFYING_SIZE if _keeps_ascii(self.damage) else sys.maxsize

    def line_keys(self, number: int) -> LineKeys:
        """Return the keys of the lines of a plain block."""
        visible = self.visible[number]
        assert visible is not None
        lines = visible.split(b"\n")
        return lines if self._are_identifying(lines) else self._compute_keys(number, lines)

    def block_keys(self) -> list[BlockKey | None]:
        """Return the key of each block; None for one that is not plain."""
        if self._block_keys is None:
            keys: list[BlockKey | None] = list(self.visible)
            for number, visible in enumerate(self.visible):
                lines = [] if visible is None else visible.split(b"\n")
                if lines and not self._are_identifying(lines):
                    keys[number] = block_key(self._compute_keys(number, lines))
            self._block_keys = keys
        return self._block_keys

    def _are_identifying(self, lines: Sequence[bytes]) -> bool:
        """Return whether the visible ASCII of each line identifies it."""
        size = self.identifying_size
        # Most blocks have one line or two: to look at the first and the last takes 5 ms, `min` 7.
        return (
            len(lines[0]) >= size
            and len(lines[-1]) >= size
            and (len(lines) < 3 or min(map(len, lines)) >= size)
        )

    def _compute_keys(self, number: int, visible: Sequence[bytes]) -> LineKeys:
        text = self.text(number)
        return compute_line_keys(visible, text.split("\n").__getitem__, self.damage) if text else ()


def block_key(lines: LineKeys) -> BlockKey:
    r"""
    Return the key of a block by the keys of its lines.

    >>> block_key([b"Lowtideatnine", b"Bringalantern"]), block_key([b"Lowtideatnine", "Ahoy!"])
    (b'Lowtideatnine\nBringalantern', (b'Lowtideatnine', 'Ahoy!'))
    """
    visible = [key for key in lines if isinstance(key, bytes)]
    return b"\n".join(visible) if visible and len(visible) == len(lines) else tuple(lines)


def split_block_key(block: BlockKey) -> LineKeys:
    r"""
    Return the keys of a block's lines.

    >>> split_block_key(b"Lowtideatnine\nBringalantern")
    [b'Lowtideatnine', b'Bringalantern']
    """
    return block.split(b"\n") if isinstance(block, bytes) else block


def compute_line_keys(
    visible: Sequence[bytes], line: Callable[[int], str], damage: Damage | None
) -> list[str | bytes]:
    """
    Return the keys of lines (see `line_key`) by their visible ASCII; `line` returns a line by its index.

    >>> compute_line_keys([b"Lowtideatnine", b"Yes."], ["Low tide at nine", "Yes."].__getitem__, None)
    [b'Lowtideatnine', 'Yes.']
    """
    if not _keeps_ascii(damage):
        return [line_key(line(index), damage) for index in range(len(visible))]
    keys: list[str | bytes] = list(visible)
    for index in find_short(visible, IDENTIFYING_SIZE):
        keys[index] = short_key(line(index), damage)
    return keys


def find_short(keys: LineKeys, size: int) -> list[int]:
    """
    Return the indices of the keys that are shorter than `size`.

    >>> find_short([b"Lowtideatnine", b"Yes."], 8)
    [1]
    """
    return [index for index, length in enumerate(map(len, keys)) if length < size]


@lru_cache(maxsize=256)
def _keeps_ascii(damage: Damage | None) -> bool:
    """Return whether a damage leaves the visible ASCII of any text as it is, and adds none."""
    while damage is not None:
        if damage.reads_pairs or visible_ascii("".join(damage.table[0x80:])):
            return False
        damage = damage.then
    return True
