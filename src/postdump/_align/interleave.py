# SPDX-License-Identifier: MIT
"""
Add the lines of one post in a witness to the lines of that post in a draft.

Strategy: the draft's lines keep their order. A line of the witness that is one of them joins it; a line that
only the witness has stands above the next matched line, below the draft's own lines there. A card may stand
above the text in one dump and below it in the other: its lines are paired wherever they stand, and the places
of other lines do not depend on them.

    draft     witness                interleaved
    boat      boat   -> line 0       boat
    wall      ferry  -> no line      wall
    tide      tide   -> line 2       ferry
                                     tide
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Sequence
from operator import lt
from typing import Final

from attrs import define

from postdump._align.draft import DraftLine, add_place, new_line
from postdump._parse.text_line import TextLine
from postdump.models import Role

MOST_LINES: Final = 32
"""
Lines of a post among which equal lines are looked for wherever they stand.

Each is compared with each, and each pair with all that are matched: 32,768 steps at most.
"""


@define(eq=False)
class PostInWitness:
    """The lines of one post in a witness, and what is known of which line of the draft's post each is."""

    witness_number: int
    text: str
    """The witness's text."""
    lines: Sequence[TextLine]
    matches: Sequence[int | None]
    """For each of `lines` the number of a line in the draft's post; None where it matches none."""

    def texts(self) -> list[str]:
        """Return the text of each line."""
        return [line.of(self.text) for line in self.lines]


def interleave_around_cards(
    lines: Sequence[DraftLine], added: PostInWitness, matched: Container[DraftLine]
) -> list[DraftLine]:
    """
    Return the lines of a post of the draft and those of a witness, with cards matched wherever they stand.

    `matched` are the lines of the draft, in whichever post, that are lines of this witness already.
    """
    roles = [*[line.role for line in added.lines], *[line.role for line in lines]]
    if Role.CARD not in roles:
        return interleave(lines, added)
    return interleave(lines, _match_around_cards(lines, added, matched))


def interleave(lines: Sequence[DraftLine], added: PostInWitness) -> list[DraftLine]:
    """
    Return the lines of a post of the draft, each once and in its place, with those of a witness among them.

    The matches may come in any order. Between two matched lines stand first the lines that only the draft
    has, then those that only the witness has. The latter stand beside text: a card may stand elsewhere in the
    draft.
    """
    is_text = [
        match is None or Role.CARD not in (line.role, lines[match].role)
        for line, match in zip(added.lines, added.matches, strict=True)
    ]
    above: dict[int, list[DraftLine]] = {}
    new: list[DraftLine] = []
    anchors = keep_ascending(added.matches, is_text)
    for line, match, anchor in zip(added.lines, added.matches, anchors, strict=True):
        if match is None:
            new.append(new_line(added.witness_number, line, added.text))
            continue
        add_place(lines[match], added.witness_number, line)
        if anchor is not None:
            above.setdefault(anchor, []).extend(new)
            new = []
    interleaved: list[DraftLine] = []
    for number, draft_line in enumerate(lines):
        interleaved += above.get(number, ())
        interleaved.append(draft_line)
    return interleaved + new


def _match_around_cards(
    lines: Sequence[DraftLine], added: PostInWitness, matched: Container[DraftLine]
) -> PostInWitness:
    """
    Match further lines of a witness with equal lines of the draft's post; those of cards in any order.

    Text stays in order with other text. A line of the draft that is `matched` is taken no second time, be it
    by another post of the same dump.
    """
    if len(lines) > MOST_LINES or len(added.lines) > MOST_LINES:
        return added
    matches = list(added.matches)
    taken: set[int] = set()
    for number, text in enumerate(added.texts()):
        if matches[number] is not None:
            continue
        for candidate, line in enumerate(lines):
            if line.text != text or line in matched or candidate in taken:
                continue
            if _is_card(number, candidate, lines, added) or _is_in_order(
                number, candidate, _text_matches(matches, lines, added)
            ):
                matches[number] = candidate
                taken.add(candidate)
                break
    return PostInWitness(added.witness_number, added.text, added.lines, matches)


def _is_card(number: int, match: int, lines: Sequence[DraftLine], added: PostInWitness) -> bool:
    """Return whether a line of the witness or its match in the draft's post belongs to a card."""
    return Role.CARD in (added.lines[number].role, lines[match].role)


def _text_matches(
    matches: Iterable[int | None], lines: Sequence[DraftLine], added: PostInWitness
) -> list[tuple[int, int]]:
    """Return the lines of the witness that have a match, with their matches, those of cards left out."""
    return [
        (number, match)
        for number, match in enumerate(matches)
        if match is not None and not _is_card(number, match, lines, added)
    ]


def _is_in_order(number: int, match: int, matches: Collection[tuple[int, int]]) -> bool:
    """Return whether a match stands on the same side of each other match in both dumps."""
    return all((other_number < number) == (other_match < match) for other_number, other_match in matches)


def keep_ascending(numbers: Sequence[int | None], is_fixed: Sequence[bool]) -> list[int | None]:
    """
    Replace the numbers that are out of order by None; the fixed ones, which are in order, all stay.

    >>> keep_ascending([5, 1, None, 4, 3], [False, True, True, False, True])
    [None, 1, None, None, 3]
    """
    known = [number for number in numbers if number is not None]
    if all(map(lt, known, known[1:])):
        return list(numbers)  # nearly always
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
