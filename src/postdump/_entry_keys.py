# SPDX-License-Identifier: MIT
"""What the entries of a draft are known by, so that posts can be found in a further witness (`_settle`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import define, field

from postdump._columns import BlockKey, BlockKeys, LineKeys, block_key, line_keys
from postdump._draft import Alike, DraftLine, Entry, Unit, draft_key
from postdump._witness import Block, Witness
from postdump.damage import Damage
from postdump.models import Role


@define(eq=False)
class EntryKeys:
    """The keys of a draft's entries and of its witnesses' lines, all as if they had suffered one damage."""

    entries: Sequence[Entry]
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
        return line_keys(seen, lambda n: one.lines_from(first + n, 1), None if one.damage else self.damage)

    def lines(self) -> Iterator[LineKeys | None]:
        """Yield for each entry the keys of its lines; None where it is not known by them."""
        blocks = [self.of_blocks(n) if one.is_marked else None for n, one in enumerate(self.witnesses)]
        first = blocks[0]
        for entry in self.entries:
            if isinstance(entry, int):
                assert first is not None  # else it has no blocks
                yield first.lines(entry)
            elif isinstance(entry, tuple) and (keys := blocks[entry[0]]) is not None:
                yield keys.lines(entry[1])
            else:
                yield self._of(entry)

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
            if isinstance(entry, Unit) and entry.is_post and self._of(entry) is None:
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
            if isinstance(entry, Unit):
                is_below = is_below or entry.is_post
                is_known = self._of(entry) is not None
                for line in entry.lines if is_below and not is_known else ():
                    yield self._key(line)
            else:
                is_below = True

    def every_line(self) -> Iterator[str | bytes]:
        """Yield the keys of all lines but those above all posts that are in none."""
        for keys in self.lines():
            yield from keys or ()
        yield from self.others()

    def others_of(self, n: int) -> Iterator[str | bytes]:
        """Yield the same of witness `n`: of its lines that stand in no block which is known by them."""
        one = self.witnesses[n]
        blocks = self.of_blocks(n).blocks()
        for number in one.groups.numbers:
            if number < 0 or blocks[number] is None:
                group = one.groups.numbered(number)
                for piece in group.pieces if isinstance(group, Block) else [group]:
                    yield draft_key(one.text[piece.start : piece.end], one, self.damage)

    def _whole(self, entry: Alike | Unit) -> BlockKey | None:
        keys = self._of(entry)
        return None if keys is None else block_key(keys)

    def _of(self, entry: Alike | Unit) -> LineKeys | None:
        """Return the keys of a post whose lines are nothing but text, in no block that is plain."""
        if isinstance(entry, tuple):  # of lines of a dump without markers
            n, number, size = entry[:3]
            return self.of_lines(self.witnesses[n], number, size)
        if not entry.is_post or any(line.role is not Role.TEXT for line in entry.lines):
            return None
        return list(map(self._key, entry.lines))

    def _key(self, line: DraftLine) -> str | bytes:
        return draft_key(line.text, self.witnesses[line.places[0][0]], self.damage)
