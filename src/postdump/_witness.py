# SPDX-License-Identifier: MIT
"""
A dump as a merge sees it: its lines in page order, grouped into blocks where it has markers.

What `parse` returned is read from its page, what came from JSON or was put together by hand from its
posts and lines; both ways give the same witness.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from attrs import define, field

from postdump._dates import Bounds
from postdump._lazy import source_of
from postdump._parse import ParsedDump
from postdump._readings import Origin
from postdump._roles import lines_of
from postdump.damage import Damage, equivalents
from postdump.layouts import Cards, Layout, Stands
from postdump.models import Dump, Profile, Role, Stats


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
class Witness:
    """A dump, its blocks (each shown once) and its loose lines, in page order."""

    dump: Dump
    origin: Origin
    groups: list[Block | Piece]
    suspects: tuple[Damage, ...]
    """See `suspects`."""

    @property
    def damage(self) -> Damage | None:
        """Return the likeliest damage; None where there is none."""
        return next(iter(self.suspects), None)

    @property
    def text(self) -> str:
        """Return the dump's text."""
        return self.origin.text

    @property
    def is_marked(self) -> bool:
        """Tell whether the dump shows where its posts end."""
        return len(self.dump.posts) > 0

    @property
    def layouts(self) -> tuple[Layout, ...]:
        """Return the layouts that the dump was read in."""
        return self.dump.definitions

    @property
    def leads_with_cards(self) -> bool:
        """Tell whether a block's first lines can be a card that nothing labels."""
        return any(layout.cards is Cards.LEADING for layout in self.layouts)

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
        return self.dump.posts[number].stats


def witness(dump: Dump) -> Witness:
    """Read a dump's lines, and unify the blocks that show one post more than once."""
    source = source_of(dump)
    if isinstance(source, ParsedDump):
        origin = source.origin
        blocks, loose = _blocks_of_page(source), _loose_of_page(source)
    else:
        origin = Origin(dump.text, dump.name)
        blocks, loose = _blocks_of_posts(dump), _loose_of_dump(dump)
    groups: list[Block | Piece] = [*_unified(blocks, dump, origin.text), *loose]
    groups.sort(key=lambda group: group.start)
    return Witness(dump=dump, origin=origin, groups=groups, suspects=suspects(dump.damage, dump.equivalents))


def suspects(damage: Damage | None, others: Iterable[Damage]) -> tuple[Damage, ...]:
    """Return a damage, then those among others that do something else to some text; none if there is none."""
    if damage is None:
        return ()
    found = [damage]
    known = set(equivalents(damage))
    for other in others:
        if other not in known:
            found.append(other)
            known.update(equivalents(other))
    return tuple(found)


def _blocks_of_page(source: ParsedDump) -> Iterator[Block]:
    page = source.page
    before = page.layout.stands is Stands.BEFORE
    for number in range(len(page)):
        pieces = [
            Piece(start, end, role, blank and n > 0)
            for n, (start, end, blank, role) in enumerate(lines_of(page, number))
        ]
        marker = (page.starts[number], page.ends[number])
        start = marker[0] if before or not pieces else pieces[0].start
        yield Block(number, start, pieces, marker, page.dates[number])


def _blocks_of_posts(dump: Dump) -> Iterator[Block]:
    for number, post in enumerate(dump.posts):
        pieces: list[Piece] = []
        marker = None
        for line in post.lines:
            span = line.readings[0].span
            if line.role is Role.MARKER:
                marker = (span.start, span.end)
            else:
                blank = bool(pieces) and _breaks(dump.text, pieces[-1].end, span.start) > 1
                pieces.append(Piece(span.start, span.end, line.role, blank))
        starts = [piece.start for piece in pieces] + ([] if marker is None else [marker[0]])
        yield Block(number, min(starts, default=0), pieces, marker, post.posted_at)


def _breaks(text: str, start: int, end: int) -> int:
    return text.count("\n", start, end) + text.count("\r", start, end) - text.count("\r\n", start, end)


def _loose_of_page(source: ParsedDump) -> Iterator[Piece]:
    page = source.page
    for stretch in page.outside():
        for start, end, _ in page.segments(*stretch):
            yield Piece(start, end, page.role_outside(start, end))


def _loose_of_dump(dump: Dump) -> Iterator[Piece]:
    for line in dump.unclaimed:
        span = line.readings[0].span
        yield Piece(span.start, span.end, line.role)


def _unified(blocks: Iterable[Block], dump: Dump, text: str) -> Iterator[Block]:
    """Yield each post of a dump once: blocks that are equal in text and stats show one post."""
    shown: dict[Any, Block] = {}  # by words, then, only where words repeat, by words and stats
    for block in blocks:
        shown_words = [piece for piece in block.pieces if piece.role is Role.TEXT]
        words = tuple(
            (text[piece.start : piece.end], piece.blank and n > 0) for n, piece in enumerate(shown_words)
        )
        twin = shown.setdefault(words, block)
        if twin is not block:
            shown.setdefault((words, dump.posts[twin.number].stats), twin)
            twin = shown.setdefault((words, dump.posts[block.number].stats), block)
        if twin is block:
            yield block
        else:
            twin.again.append(block)
