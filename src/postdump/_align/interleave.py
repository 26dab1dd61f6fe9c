# SPDX-License-Identifier: MIT
"""Lines of one witness woven into those of a unit, in its order, but for a card that stands elsewhere."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Final

from postdump._align.draft import DraftLine, add_place, new_line
from postdump._align.witness import Piece
from postdump.models import Role

MOST_LINES: Final = 32
"""Lines of a post among which a card is looked for wherever it stands."""


def weave_with_cards(
    lines: Sequence[DraftLine],
    n: int,
    text: str,
    pieces: Sequence[Piece],
    which: Sequence[int | None],
    matched: Container[DraftLine],
) -> list[DraftLine]:
    """
    Add the lines of witness `n` to those of a unit; a card may stand above the text here and below it there.

    `which` says which line each piece is, as far as that is known; `matched` are the lines of all units that
    are known to be the witness's.
    """
    if Role.CARD not in [*[piece.role for piece in pieces], *[line.role for line in lines]]:
        return weave(lines, n, text, pieces, which)
    shown = [text[one.start : one.end] for one in pieces]
    moved = _moved_cards(shown, pieces, which, lines, matched)
    return weave(lines, n, text, pieces, [moved.get(number, at) for number, at in enumerate(which)])


def weave(
    lines: Sequence[DraftLine], n: int, text: str, pieces: Sequence[Piece], matches: Sequence[int | None]
) -> list[DraftLine]:
    """
    Add the lines of witness `n` to those of a unit: each line of the unit stays, once and in its place.

    `matches` says which line each piece is, in any order; None where it is none so far. Between two matched
    lines stand those of the draft, then those of the witness. What only the witness shows stands beside text:
    a card may stand somewhere else in the draft.
    """
    is_text = [
        match is None or Role.CARD not in (piece.role, lines[match].role)
        for piece, match in zip(pieces, matches, strict=True)
    ]
    above: dict[int, list[DraftLine]] = {}
    new: list[DraftLine] = []
    in_order = ascending(matches, is_text)
    for piece, match, anchor in zip(pieces, matches, in_order, strict=True):
        if match is None:
            new.append(new_line(n, piece, text))
            continue
        add_place(lines[match], n, piece)
        if anchor is not None:
            above.setdefault(anchor, []).extend(new)
            new = []
    woven: list[DraftLine] = []
    for at, line in enumerate(lines):
        woven += above.get(at, ())
        woven.append(line)
    return woven + new


def _moved_cards(
    texts: Sequence[str],
    pieces: Sequence[Piece],
    which: Sequence[int | None],
    lines: Sequence[DraftLine],
    matched: Container[DraftLine],
) -> dict[int, int]:
    """
    Return which further pieces are which lines, where the order of a card and the text is not the same.

    `which` says it of those whose order is. Text stays in order with other text, and no line is taken that
    is `matched`, be it with another post of the same dump.
    """
    cards = {-1 - number for number, piece in enumerate(pieces) if piece.role is Role.CARD}
    cards |= {at for at, line in enumerate(lines) if line.role is Role.CARD}
    if len(lines) > MOST_LINES or len(pieces) > MOST_LINES:
        return {}
    placed = {number: at for number, at in enumerate(which) if at is not None}
    moved: dict[int, int] = {}
    for number, shown in enumerate(texts):
        if which[number] is None:
            for at, line in enumerate(lines):
                if line.text == shown and line not in matched and at not in moved.values():
                    is_card = -1 - number in cards or at in cards
                    others = ((k, i) for k, i in placed.items() if -1 - k not in cards and i not in cards)
                    if is_card or all((k < number) == (i < at) for k, i in others):
                        placed[number] = moved[number] = at
                        break
    return moved


def ascending(numbers: Sequence[int | None], is_fixed: Sequence[bool]) -> list[int | None]:
    """Return numbers with None for those that are out of order; the fixed ones are in order."""
    limits: list[float] = []
    limit = float("inf")
    for number, is_kept in zip(reversed(numbers), reversed(is_fixed), strict=True):
        limits.append(limit)
        limit = number if is_kept and number is not None else limit
    ascending: list[int | None] = []
    last = -1
    for number, is_kept in zip(numbers, is_fixed, strict=True):
        is_ascending = number is not None and (is_kept or last < number < limits[-1])
        limits.pop()
        ascending.append(number if is_ascending else None)
        last = number if is_ascending and number is not None else last
    return ascending
