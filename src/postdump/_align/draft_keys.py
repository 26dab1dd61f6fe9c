# SPDX-License-Identifier: MIT
"""
What the entries of a draft are known by, so that posts can be found in a further witness
(`post_matching`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from attrs import define, field

from postdump._align.bulk_keys import (
    BlockKey,
    BlockKeys,
    LineKeys,
    PostLineKeys,
    block_key,
    compute_line_keys,
    find_short,
)
from postdump._align.draft import AgreedPost, DraftEntry, DraftLine, DraftPost, draft_key, full_showing
from postdump._align.witness import Block, Witness
from postdump.damage import Damage
from postdump.models import Role


@define(eq=False)
class EntryKeys:
    """The keys of a draft's entries and of its witnesses' lines, all as if they had suffered one damage."""

    entries: Sequence[DraftEntry]
    witnesses: Sequence[Witness]
    damage: Damage | None
    _blocks: dict[tuple[int, Damage | None], BlockKeys] = field(factory=dict)
    """What is known of each witness's blocks, by its number and the damage that they suffered for it."""

    def of_blocks(self, n: int) -> BlockKeys:
        """Return what the blocks of witness `n` are known by."""
        one = self.witnesses[n]
        which = n, None if one.damage else self.damage
        if which not in self._blocks:
            self._blocks[which] = BlockKeys(one.seen, one.lines_from, which[1])
        return self._blocks[which]

    def of_lines(self, one: Witness, first: int, count: int) -> list[str | bytes]:
        """Return the keys of lines of a dump without markers."""
        seen = [line for line in one.seen[first : first + count] if line is not None]
        return compute_line_keys(
            seen, lambda n: one.lines_from(first + n, 1), None if one.damage else self.damage
        )

    def lines(self) -> PostLineKeys:
        """Return the keys of each entry's lines, unless it is not known by them."""
        marked = [one.seen if one.is_marked else None for one in self.witnesses]
        first = marked[0]
        found = PostLineKeys()
        keys, bounds = found.keys, found.bounds
        for entry in self.entries:
            if isinstance(entry, int):
                seen = None if first is None else first[entry]  # nearly always
            elif isinstance(entry, tuple) and (blocks := marked[entry[0]]) is not None:
                seen = blocks[entry[1]]
            else:
                seen = None
            if seen:
                keys += seen.split(b"\n")
                bounds.append(len(keys))
            else:
                found.add(self._of(entry))
        # What is visible of a line is what it is known by, unless that is little.
        least = max((self.of_blocks(n).least for n, seen in enumerate(marked) if seen is not None), default=0)
        end = 0
        for i in find_short(keys, least):
            if i >= end:
                at = bisect_right(bounds, i) - 1
                end = bounds[at + 1]
                keys[bounds[at] : end] = self._of(self.entries[at]) or ()
        return found

    def blocks(self) -> list[BlockKey | None]:
        """Return what each entry is known by as a whole; None where it is not known by its lines."""
        blocks = [self.of_blocks(n).blocks() if one.is_marked else () for n, one in enumerate(self.witnesses)]
        return [
            blocks[0][entry]
            if isinstance(entry, int)
            else blocks[entry[0]][entry[1]]
            if isinstance(entry, tuple) and blocks[entry[0]]
            else self._whole(entry)
            for entry in self.entries
        ]

    def odd(self) -> dict[int, tuple[LineKeys, LineKeys]]:
        """Return the keys of all lines, and of those of their text, of posts that are more than text."""
        found: dict[int, tuple[LineKeys, LineKeys]] = {}
        for at, entry in enumerate(self.entries):
            if isinstance(entry, DraftPost) and entry.is_post and self._of(entry) is None:
                keys = list(map(self._key, entry.lines))
                text = [key for key, line in zip(keys, entry.lines, strict=True) if line.role is Role.TEXT]
                if text:
                    found[at] = keys, text
        return found

    def odd_of(self, n: int) -> dict[int, LineKeys]:
        """Return the keys of the text of witness `n`'s blocks that are more than text, by their group."""
        one = self.witnesses[n]
        blocks = self.of_blocks(n).blocks()
        found: dict[int, LineKeys] = {}
        for g, number in enumerate(one.groups.numbers):
            if number >= 0 and blocks[number] is None:
                pieces = (piece for piece in one.block(number).pieces if piece.role is Role.TEXT)
                text = [draft_key(one.text[piece.start : piece.end], one, self.damage) for piece in pieces]
                if text:
                    found[g] = text
        return found

    def others(self) -> Iterator[str | bytes]:
        """Yield the keys of lines whose post is not known by them, or that are in none, but below the top."""
        is_below = False
        for entry in self.entries:
            if isinstance(entry, DraftPost):
                is_below = is_below or entry.is_post
                is_known = self._of(entry) is not None
                for line in entry.lines if is_below and not is_known else ():
                    yield self._key(line)
            else:
                is_below = True

    def others_of(self, n: int) -> Iterator[str | bytes]:
        """Yield the same of witness `n`: of its lines that stand in no block which is known by them."""
        one = self.witnesses[n]
        blocks = self.of_blocks(n).blocks()
        for number in one.groups.numbers:
            if number < 0 or blocks[number] is None:
                group = one.groups.numbered(number)
                for piece in group.pieces if isinstance(group, Block) else [group]:
                    yield draft_key(one.text[piece.start : piece.end], one, self.damage)

    def _whole(self, entry: AgreedPost | DraftPost) -> BlockKey | None:
        keys = self._of(entry)
        return None if keys is None else block_key(keys)

    def _of(self, entry: DraftEntry) -> LineKeys | None:
        """Return the keys of a post's lines; None where these are more than text, or no post's."""
        if isinstance(entry, DraftPost):
            if not entry.is_post or any(line.role is not Role.TEXT for line in entry.lines):
                return None
            return list(map(self._key, entry.lines))
        n, number, size = full_showing(entry)
        one = self.witnesses[n]
        return self.of_blocks(n).lines(number) if one.is_marked else self.of_lines(one, number, size)

    def _key(self, line: DraftLine) -> str | bytes:
        return draft_key(line.text, self.witnesses[line.places[0][0]], self.damage)
