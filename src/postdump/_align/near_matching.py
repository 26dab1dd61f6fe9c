# SPDX-License-Identifier: MIT
"""
Lines of a draft and of a witness that are one line shown differently.

Two lines that no key joins are compared word by word: a cut link, an edited word, a line within which a dump
ends. They must stand in one gap between lines that are aligned, one small enough to compare all with all.

A dump that ends within a line has lost the rest of it, and may show so little that it could agree by chance.
Then its place must speak: where the lines above are one line in both dumps, and the other goes on with a line
that begins so, that is the line, however much more the other shows below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from unicodedata import normalize

from attrs import frozen

from postdump._align.draft import DraftLine, DraftPost
from postdump._align.line_keys import IDENTIFYING_SIZE, KeyedLines, is_strong
from postdump._align.sequence_alignment import Pair, find_gaps
from postdump._align.similarity import evened, is_beginning, likeness
from postdump._align.witness import Block, Piece, Witness
from postdump._text.characters import visible_ascii
from postdump.damage import Damage
from postdump.damage._joint_proof import prove_jointly
from postdump.models import Role

OWN: Final = (Role.TEXT, Role.OTHER)
"""What lines are that may be a post's own words."""

NEAR_CELLS: Final = 256
"""Cells of the largest gap in which lines are compared one by one: 16 lines against 16."""


@frozen(eq=False)
class Near:
    """Open stretches of a draft and of a witness, which are aligned but for lines that no key joins."""

    units: Sequence[DraftPost]
    witnesses: Sequence[Witness]
    """Those of the draft."""
    one: Witness
    """The further witness; its groups are those of the open stretches."""
    damage: Damage | None
    """What the lines of undamaged dumps must suffer to be like those of damaged ones."""
    drafted: KeyedLines
    shown: KeyedLines

    def pairs(
        self, known: Sequence[Pair], a_posts: tuple[int, int], b_posts: tuple[int, int]
    ) -> Iterator[Pair]:
        """
        Pair, in the gaps between pairs, lines that are one line shown differently.

        A line above the posts, where pages show a bio, is like no other.
        """
        for a_first, a_to, b_first, b_to in find_gaps(known, len(self.drafted.keys), len(self.shown.keys)):
            a_from, b_from = max(a_first, a_posts[0]), max(b_first, b_posts[0])
            if a_from >= a_to or b_from >= b_to:
                continue
            found = [(a_from - 1, b_from - 1)] if 0 < a_from == a_first and b_from == b_first else []
            if (a_to - a_from) * (b_to - b_from) <= NEAR_CELLS:
                alike = list(self._alike(a_from, a_to, b_from, b_to))
                yield from alike
                found += alike
            for i, j in found[-1:]:
                if i + 1 < a_to and j + 1 < b_to and self._is_torn_off(i + 1, j + 1):
                    yield i + 1, j + 1

    def _alike(self, a_from: int, a_to: int, b_from: int, b_to: int) -> Iterator[Pair]:
        """Pair lines of a gap that have most of their words in common."""
        drafted, shown = self.drafted, self.shown
        beside = {drafted.places[i][0] for i in (a_from - 1, a_to) if 0 <= i < len(drafted.keys)}
        at = a_from
        for j in range(b_from, b_to):
            for i in range(at, a_to):
                if self._are_of_two_minutes(i, j):
                    continue
                words = drafted.undated_keys[i], shown.undated_keys[j]
                is_dated = None not in (drafted.minutes[i], shown.minutes[j])
                is_likely = is_dated or drafted.places[i][0] in beside
                if words[0] == words[1] or not (is_likely or all(map(is_strong, words))):
                    continue  # lines that agree by chance
                enough = 1 / 2 if is_likely else 2 / 3
                if self._likeness(i, j) > enough:
                    yield i, j
                    at = i + 1
                    break

    def _are_of_two_minutes(self, i: int, j: int) -> bool:
        """Tell whether both lines are dated, and not alike."""
        minutes = self.drafted.minutes[i], self.shown.minutes[j]
        return None not in minutes and minutes[0] != minutes[1]

    def _likeness(self, i: int, j: int) -> float:
        """Return how like a line of the draft and one of the witness are."""
        found = self._lines(i, j)
        if found is None:
            return 0
        line, piece = found
        one, first = self.one, self.witnesses[line.places[0][0]]
        known, suffered, text = first.damage, one.damage, one.text[piece.start : piece.end]
        if known and suffered and known != suffered:
            return float(
                visible_ascii(line.text) == visible_ascii(text)
                and prove_jointly(line.text, known, text, suffered) is not None
            )
        others = first.suspects[1:] if known else one.suspects[1:]
        observed, original = (line.text, text) if known else (text, line.text)
        if any(other.apply(original) == observed for other in others):
            return 1.0
        return 1.0 if self._torn(line, piece) else likeness(*self._as_shown(line, piece))

    def _is_torn_off(self, i: int, j: int) -> bool:
        """Tell whether one of two lines is the other, torn within a word or not without some words."""
        found = None if self._are_of_two_minutes(i, j) else self._lines(i, j)
        torn = None if found is None else self._torn(*found)
        if torn is None:
            return False
        text, whole = map(evened, torn)
        rest = whole[len(text) :]
        is_within_a_word = text[-1:].isalnum() and rest[:1].isalnum()
        return is_within_a_word or len(visible_ascii(text)) >= IDENTIFYING_SIZE

    def _lines(self, i: int, j: int) -> tuple[DraftLine, Piece] | None:
        """
        Return a line of the draft and one of the witness; None where they are never one line.

        One of them must be a post's, or the torn end of a dump.
        """
        (at, which), (g, number) = self.drafted.places[i], self.shown.places[j]
        if -1 in (which, number):
            return None
        unit, group = self.units[at], self.one.groups[g]
        line, piece = unit.lines[which], group.pieces[number] if isinstance(group, Block) else group
        if not (unit.is_post or isinstance(group, Block) or self._is_end(line)):
            return None
        return (line, piece) if line.role in OWN and piece.role in OWN else None

    def _is_end(self, line: DraftLine) -> bool:
        """Tell whether the first dump that shows a line ends with it."""
        n, _, end = line.places[0]
        return self.witnesses[n].ends_at(end)

    def _torn(self, line: DraftLine, piece: Piece) -> tuple[str, str] | None:
        """Return both lines, first the one that a dump ends with, if the other begins so; else None."""
        drafted, shown = self._as_shown(line, piece)
        if self.one.ends_at(piece.end) and is_beginning(shown, drafted):
            return shown, drafted
        return (drafted, shown) if self._is_end(line) and is_beginning(drafted, shown) else None

    def _as_shown(self, line: DraftLine, piece: Piece) -> tuple[str, str]:
        """Return the texts of both lines, damaged alike."""
        known, suffered = self.witnesses[line.places[0][0]].damage, self.one.damage
        text = self.one.text[piece.start : piece.end]
        return (
            _as_damaged(line.text, None if known else self.damage),
            _as_damaged(text, None if suffered else known or self.damage),
        )


def _as_damaged(text: str, damage: Damage | None) -> str:
    """Return what a damaged dump would show, but for dots that stand for the rest of a line."""
    if damage is None or text.isascii():
        return text
    return damage.apply(normalize("NFC", text.replace("…", "...")))
