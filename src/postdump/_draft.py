# SPDX-License-Identifier: MIT
"""
The draft of a timeline: units in page order, each with its lines and whoever shows them.

A draft only grows: a further dump adds places to the lines there are, lines to the units there are, and
units between them. Nothing is concluded here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise

from attrs import define, field

from postdump._markers import LINK
from postdump._witness import Block, Piece
from postdump.models import Role

Place = tuple[int, int, int]
"""A reading before it is one: the number of the witness, and start and end in its text."""


@define(eq=False)
class DraftLine:
    """One line, and the places that show it."""

    role: Role
    text: str
    """What the first of the places shows."""
    places: list[Place]
    blank: bool = False
    """Whether somebody shows a blank line before it."""


@define(eq=False)
class Unit:
    """A post, or, where `is_post` is false, lines that belong to none."""

    is_post: bool
    lines: list[DraftLine] = field(factory=list)
    markers: list[tuple[int, Block]] = field(factory=list)
    """The witnesses whose blocks show it, and the blocks, further showings included."""
    posted_at: datetime | None = None
    """What a marker says."""
    order: dict[int, int] = field(factory=dict)
    """For each witness that shows it, where in that dump it stands first."""

    number: int = -1
    """Its place among the posts, once the draft is done."""

    def see(self, n: int, start: int) -> None:
        """Note that witness `n` shows the unit at `start`."""
        self.order[n] = min(start, self.order.get(n, start))

    def add_block(self, n: int, block: Block, lines: Iterable[DraftLine]) -> None:
        """Take what a block of witness `n` says: its marker, its lines, and where it stands."""
        self.lines = list(lines)
        self.markers.append((n, block))
        self.see(n, block.start)
        if self.posted_at is None:
            self.posted_at = block.posted_at


def drafted(n: int, piece: Piece, text: str) -> DraftLine:
    """Make a line that only witness `n` shows so far."""
    return DraftLine(piece.role, text[piece.start : piece.end], [(n, piece.start, piece.end)], piece.blank)


def join_place(line: DraftLine, n: int, piece: Piece) -> DraftLine:
    """Add witness `n` to those that show a line."""
    line.places.append((n, piece.start, piece.end))
    line.blank = line.blank or piece.blank
    return line


def weave(
    lines: Sequence[DraftLine], n: int, text: str, pieces: Sequence[Piece], matches: Sequence[int | None]
) -> list[DraftLine]:
    """
    Add the lines of witness `n` to those of a unit.

    `matches` says which line each piece is, in increasing order; None where it is none so far. What
    stands between two matched lines on both sides, and is nearly the same, becomes one line; the rest
    stands in the order of the draft, then of the witness.
    """
    woven: list[DraftLine] = []
    gap: list[Piece] = []
    at = 0
    for piece, match in zip((*pieces, None), (*matches, len(lines)), strict=True):
        if match is None:
            assert piece is not None
            gap.append(piece)
            continue
        woven += _weave_gap(lines[at:match], n, text, gap)
        gap = []
        if piece is not None:
            woven.append(join_place(lines[match], n, piece))
        at = match + 1
    return woven


def _weave_gap(lines: Sequence[DraftLine], n: int, text: str, pieces: Sequence[Piece]) -> list[DraftLine]:
    """Put two stretches together that no line is known to be common to."""
    woven: list[DraftLine] = []
    at = 0
    waiting: list[DraftLine] = []
    for piece in pieces:
        shown = text[piece.start : piece.end]
        near = (
            i for i in range(at, len(lines)) if lines[i].role is piece.role and is_near(lines[i].text, shown)
        )
        found = next(near, None)
        if found is None:
            waiting.append(drafted(n, piece, text))
            continue
        woven += [*lines[at:found], *waiting, join_place(lines[found], n, piece)]
        waiting = []
        at = found + 1
    return [*woven, *lines[at:], *waiting]


def is_near(a: str, b: str) -> bool:
    """
    Tell whether two lines at one place are the same line, shown differently.

    One is the other cut short (`…/jo...`), or most of their words agree.

    >>> is_near("See quay.example.org/2026/rep...", "See quay.example.org/2026/repairs")
    True
    >>> is_near("Low tide at nine.", "High water at noon.")
    False
    """
    for cut, whole in ((a, b), (b, a)):
        for dots in ("...", "…"):
            if cut.endswith(dots) and len(cut) > len(dots) and whole.startswith(cut[: -len(dots)]):
                return True
    words_a, words_b = set(a.split()), set(b.split())
    return 3 * len(words_a & words_b) > len(words_a) + len(words_b)  # a Jaccard index over one half


def is_lone_link(text: str) -> bool:
    """
    Tell whether a line is a link and nothing else.

    >>> is_lone_link("quay.example.org/2026/rep..."), is_lone_link("See www.quay.example.org")
    (True, False)
    """
    return LINK.fullmatch(text) is not None


def is_newest_first(units: Sequence[Unit]) -> bool:
    """Tell whether dates fall from top to bottom more often than they rise; yes, where nothing tells."""
    dates = [unit.posted_at for unit in units if unit.posted_at is not None]
    falling = sum(a > b for a, b in pairwise(dates))
    rising = sum(a < b for a, b in pairwise(dates))
    return falling >= rising
