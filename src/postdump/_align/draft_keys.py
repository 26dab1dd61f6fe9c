# SPDX-License-Identifier: MIT
"""
The keys of a draft and of its witnesses, by which posts are found in a further witness (`post_matching`).

A post is *plain* if its lines are nothing but text. Plain posts are found by the keys of all their lines,
posts with a card, a label or a picture by the keys of their text (`moved_posts`). All keys are computed under
one damage. Lines of a damaged witness already have this damage; to other lines it is applied first.

    entries                              line keys                      post keys
    block 0: "Low tide at nine." "Yes."  [b"Lowtideatnine.", "Yes."]    (b"Lowtideatnine.", "Yes.")
    block 1: a card, "Bring a lantern."  not known                      None
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from attrs import define, field

from postdump._align.blocks_and_lines import Block
from postdump._align.bulk_keys import (
    BlockKey,
    BlockKeys,
    LineKeys,
    PostLineKeys,
    block_key,
    compute_line_keys,
    find_short,
)
from postdump._align.draft import DraftEntry, DraftLine, DraftPost, draft_key, first_block, full_showing
from postdump._align.witness import FlatWitness, MarkedWitness, Witness
from postdump.damage import Damage
from postdump.models import Role


@define(eq=False)
class EntryKeys:
    """The keys of a draft's entries and of its witnesses' lines, all as if they had suffered one damage."""

    entries: Sequence[DraftEntry]
    witnesses: Sequence[Witness]
    damage: Damage | None
    _block_keys: dict[tuple[int, Damage | None], BlockKeys] = field(factory=dict)
    """The keys of each witness's blocks, by its number and the damage that they suffer for their keys."""

    # Of the draft.

    def line_keys(self) -> PostLineKeys:
        """Return the keys of the lines of each plain post of the draft."""
        visible = [one.blocks.visible if isinstance(one, MarkedWitness) else None for one in self.witnesses]
        first = visible[0]
        result = PostLineKeys()
        keys, bounds = result.keys, result.bounds
        for entry in self.entries:
            if isinstance(entry, int):
                seen = None if first is None else first[entry]  # nearly always
            elif isinstance(entry, tuple):
                n, number = first_block(entry)
                blocks = visible[n]
                seen = None if blocks is None else blocks[number]
            else:
                seen = None
            if seen:
                keys += seen.split(b"\n")
                bounds.append(len(keys))
            else:
                result.add(self._line_keys_of(entry))
        self._replace_short(result)
        return result

    def _replace_short(self, lines: PostLineKeys) -> None:
        """Compute the keys of posts with a line whose visible ASCII is too short to identify it."""
        marked = [n for n, witness in enumerate(self.witnesses) if witness.is_marked]
        sizes = [self.keys_of_blocks(n).identifying_size for n in marked]
        bounds = lines.bounds
        end = 0
        for index in find_short(lines.keys, max(sizes, default=0)):
            if index >= end:
                post = bisect_right(bounds, index) - 1
                end = bounds[post + 1]
                lines.keys[bounds[post] : end] = self._line_keys_of(self.entries[post]) or ()

    def post_keys(self) -> list[BlockKey | None]:
        """Return the key of each plain post of the draft; None for other entries."""
        marked = [n for n, witness in enumerate(self.witnesses) if witness.is_marked]
        blocks = {n: self.keys_of_blocks(n).block_keys() for n in marked}
        keys: list[BlockKey | None] = []
        for entry in self.entries:
            if isinstance(entry, int):
                keys.append(blocks[0][entry])  # nearly always
                continue
            if isinstance(entry, tuple):
                n, number = first_block(entry)
                if n in blocks:
                    keys.append(blocks[n][number])
                    continue
            lines = self._line_keys_of(entry)
            keys.append(None if lines is None else block_key(lines))
        return keys

    def non_plain_posts(self) -> dict[int, tuple[LineKeys, LineKeys]]:
        """Return the keys of all lines, and of those of the text, of posts that are not plain, by index."""
        posts: dict[int, tuple[LineKeys, LineKeys]] = {}
        for index, entry in enumerate(self.entries):
            if isinstance(entry, DraftPost) and entry.is_post and not _is_plain(entry):
                keys = list(map(self._key_of, entry.lines))
                text = [key for key, line in zip(keys, entry.lines, strict=True) if line.role is Role.TEXT]
                if text:
                    posts[index] = keys, text
        return posts

    def lines_outside_plain_posts(self) -> Iterator[str | bytes]:
        """Yield the keys of lines outside plain posts, from the first post on."""
        is_below = False
        for entry in self.entries:
            if not isinstance(entry, DraftPost):
                is_below = True
                continue
            is_below = is_below or entry.is_post
            if is_below and not _is_plain(entry):
                yield from map(self._key_of, entry.lines)

    def _line_keys_of(self, entry: DraftEntry) -> LineKeys | None:
        """Return the keys of the lines of an entry; None if it is no plain post."""
        if isinstance(entry, DraftPost):
            return list(map(self._key_of, entry.lines)) if _is_plain(entry) else None
        n, number, size = full_showing(entry)
        witness = self.witnesses[n]
        if isinstance(witness, FlatWitness):
            return self.keys_of_lines(witness, number, size)
        return self.keys_of_blocks(n).line_keys(number)

    def _key_of(self, line: DraftLine) -> str | bytes:
        return draft_key(line.text, self.witnesses[line.places[0][0]], self.damage)

    # Of a witness.

    def keys_of_blocks(self, n: int) -> BlockKeys:
        """Return the keys of the blocks of witness `n`, which has markers."""
        witness = self.witnesses[n]
        assert isinstance(witness, MarkedWitness)
        damage = None if witness.damage else self.damage
        if (n, damage) not in self._block_keys:
            self._block_keys[n, damage] = BlockKeys(witness.blocks.visible, witness.blocks.text, damage)
        return self._block_keys[n, damage]

    def keys_of_lines(self, witness: FlatWitness, first: int, count: int) -> list[str | bytes]:
        """Return the keys of lines of a dump without markers."""
        visible = witness.lines.visible[first : first + count]
        damage = None if witness.damage else self.damage
        return compute_line_keys(visible, lambda n: witness.lines.text(first + n), damage)

    def non_plain_blocks(self, n: int) -> dict[int, LineKeys]:
        """Return the keys of the text of blocks of witness `n` that are not plain, by index in page order."""
        blocks: dict[int, LineKeys] = {}
        for index in self._non_plain_items(n):
            witness = self.witnesses[n]
            if isinstance(witness.item(index), Block):
                text = [line for line in witness.lines_at(index) if line.role is Role.TEXT]
                if text:
                    blocks[index] = [draft_key(line.of(witness.text), witness, self.damage) for line in text]
        return blocks

    def lines_outside_plain_blocks(self, n: int) -> Iterator[str | bytes]:
        """Yield the keys of lines of witness `n` outside plain blocks."""
        witness = self.witnesses[n]
        for index in self._non_plain_items(n):
            for line in witness.lines_at(index):
                yield draft_key(line.of(witness.text), witness, self.damage)

    def _non_plain_items(self, n: int) -> Iterator[int]:
        """Yield the indices of blocks of witness `n` that are not plain, and of loose lines."""
        witness = self.witnesses[n]
        assert isinstance(witness, MarkedWitness)
        visible = witness.blocks.visible
        for index, item in enumerate(witness.page_order):
            if not isinstance(item, int) or visible[item] is None:
                yield index


def _is_plain(post: DraftPost) -> bool:
    """Return whether a draft post is a post whose lines are nothing but text."""
    return post.is_post and all(line.role is Role.TEXT for line in post.lines)
