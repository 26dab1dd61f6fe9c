# SPDX-License-Identifier: MIT
"""
The draft of a timeline: units in page order, each with its lines and whoever shows them.

A draft only grows: a further dump adds places to the lines there are, lines to the units there are, and
units between them. Nothing is concluded here.

Most posts are shown by all their dumps alike, line by line. Of these a draft keeps but who shows them and
where, a few numbers, and `build_post` makes the unit when somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from attrs import define, field

from postdump._align.line_keys import line_key
from postdump._align.witness import Block, Piece, Witness
from postdump.damage import Damage
from postdump.models import Reading, Role

NO_TEXT: Final = (Role.CARD, Role.ALT, Role.AUTHOR)
"""What lines of a post can be that are not its own words, and look like them."""

Place = tuple[int, int, int]
"""A reading before it is one: the number of the witness, and start and end in its text."""

AgreedPost = tuple[int, ...]
"""
A post whose lines all its dumps show alike.

Three numbers for each: of the witness; of its block, or of its first line where it has no markers; and how
many of the first lines it does not show. The first shows them all: a block of plain lines, or lines of a
dump without markers, and the third number is how many.
"""

OwnPost = int
"""
A post that only the first witness shows so far, a block of plain lines: its number.

A draft begins with numbers that are there already: a tuple for every post would be the collector's business.
"""


@define(eq=False)
class DraftLine:
    """One line, and the places that show it."""

    role: Role
    text: str
    """What the first of the places shows."""
    places: list[Place]
    blank_before: bool = False
    """Whether somebody shows a blank line before it."""


@define(eq=False)
class DraftPost:
    """A post, or, where `is_post` is false, lines that belong to none."""

    is_post: bool
    lines: list[DraftLine] = field(factory=list)
    markers: list[tuple[int, Block]] = field(factory=list)
    """The witnesses whose blocks show it, and the blocks, further showings included."""
    posted_at: datetime | None = None
    """What a marker says."""
    starts: dict[int, int] = field(factory=dict)
    """For each witness that shows it, where in that dump it stands first."""

    number: int = -1
    """Its place among the posts, once the draft is done."""

    def note_start(self, n: int, start: int) -> None:
        """Note that witness `n` shows the unit at `start`."""
        self.starts[n] = min(start, self.starts.get(n, start))

    def add_block(self, n: int, block: Block, lines: Iterable[DraftLine]) -> None:
        """Take what a block of witness `n` says: its marker, its lines, and where it stands."""
        self.lines = list(lines)
        self.markers.append((n, block))
        self.note_start(n, block.start)
        if self.posted_at is None:
            self.posted_at = block.posted_at


DraftEntry = OwnPost | AgreedPost | DraftPost
"""What a draft has in page order: posts, and lines that belong to none."""


def alike_of(entry: OwnPost | AgreedPost) -> AgreedPost:
    """
    Return a post as it is told beside others, be it the first witness's alone.

    >>> alike_of(7), alike_of((0, 7, 0, 1, 3, 0))
    ((0, 7, 0), (0, 7, 0, 1, 3, 0))
    """
    return (0, entry, 0) if isinstance(entry, int) else entry


def split_posts_and_lines(
    entries: Iterable[DraftEntry],
) -> tuple[list[AgreedPost | DraftPost], list[DraftPost]]:
    """Return the posts of a draft, and the lines that belong to none."""
    posts: list[AgreedPost | DraftPost] = []
    lines: list[DraftPost] = []
    for entry in entries:
        if isinstance(entry, tuple):
            posts.append(entry)  # nearly always
        elif isinstance(entry, int):
            posts.append(alike_of(entry))
        else:
            (posts if entry.is_post else lines).append(entry)
    return posts, lines


def new_line(n: int, piece: Piece, text: str) -> DraftLine:
    """Make a line that only witness `n` shows so far."""
    return DraftLine(piece.role, text[piece.start : piece.end], [(n, piece.start, piece.end)], piece.blank)


def add_place(line: DraftLine, n: int, piece: Piece) -> DraftLine:
    """Add witness `n` to those that show a line; who knows that it is no text knows more than others."""
    line.places.append((n, piece.start, piece.end))
    if line.role is Role.TEXT and piece.role in NO_TEXT:
        line.role = piece.role
    line.blank_before = line.blank_before or piece.blank
    return line


def draft_key(text: str, one: Witness, damage: Damage | None) -> str | bytes:
    """Return the key of a line that `one` shows: it suffers `damage`, unless it has suffered already."""
    return line_key(text, None if one.damage else damage)


def reading_at(witnesses: Sequence[Witness], place: Place) -> Reading:
    """Return the reading at a place."""
    n, start, end = place
    return witnesses[n].origin.reading(start, end)


def build_post(entry: DraftEntry, witnesses: Sequence[Witness]) -> DraftPost:
    """Return the unit of an entry: made, if its dumps show it alike."""
    if isinstance(entry, DraftPost):
        return entry
    alike = alike_of(entry)
    n, shown, size = alike[:3]
    one = witnesses[n]
    unit = DraftPost(True)
    if one.is_marked:
        block = one.block(shown)
        unit.add_block(n, block, [new_line(n, piece, one.text) for piece in block.pieces])
    else:
        for piece in map(one.line, range(shown, shown + size)):
            piece.role = Role.TEXT
            unit.lines.append(new_line(n, piece, one.text))
            unit.note_start(n, piece.start)
    for at in range(3, len(alike), 3):
        n, shown, missing = alike[at : at + 3]
        join_alike(unit, n, witnesses[n], shown, missing)
    return unit


def join_alike(unit: DraftPost, n: int, one: Witness, shown: int, missing: int) -> None:
    """Note that witness `n` shows a post line by line, but for the first ones that are missing there."""
    lines = unit.lines[missing:]
    if one.is_marked:
        block = one.block(shown)
        pieces = block.pieces
        unit.add_block(n, block, unit.lines)
    else:
        pieces = list(map(one.line, range(shown, shown + len(lines))))
        unit.note_start(n, pieces[0].start)
    for line, piece in zip(lines, pieces, strict=True):
        add_place(line, n, piece)


def join_copy(entry: DraftEntry, n: int, original: int) -> DraftEntry:
    """Note that witness `n` shows of an entry what that one shows of which it is a copy."""
    if not isinstance(entry, DraftPost):
        alike = alike_of(entry)
        at = next((at for at in range(0, len(alike), 3) if alike[at] == original), None)
        return entry if at is None else (*alike, n, alike[at + 1], alike[at + 2] if at else 0)
    for line in entry.lines:
        line.places += [(n, start, end) for m, start, end in line.places if m == original]
    entry.markers += [(n, block) for m, block in entry.markers if m == original]
    if original in entry.starts:
        entry.note_start(n, entry.starts[original])
    return entry
