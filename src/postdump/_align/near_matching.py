# SPDX-License-Identifier: MIT
"""
Pair lines of a draft and of a witness that are one line shown differently.

Strategy: in each gap between aligned lines that is small enough to compare all with all, lines are compared
word by word: a cut link, an edited word, a line within which a dump ends.

A dump that ends within a line has lost the rest of it, and may have so little of it that it agrees by chance.
Then its place decides: if the lines above are paired, and the next line of the other dump begins with what is
left of the cut line, the two are paired, however much more the other dump has below.

    draft                        witness                 pairs
    Low tide at nine.            Low tide at nine.       (aligned by key)
    See quay.example.org/rep...  See quay.example.org/repairs   a cut link
    The ferry is late again.     The fer                 the dump ends within a word
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from unicodedata import normalize

from attrs import frozen

from postdump._align.blocks_and_lines import Block, lines_of
from postdump._align.draft import DraftLine
from postdump._align.line_keys import IDENTIFYING_SIZE, is_strong
from postdump._align.open_stretches import MARKER, KeyedLines, OpenStretches
from postdump._align.sequence_alignment import Pair, find_gaps
from postdump._align.similarity import compute_similarity, is_beginning, normalize_line
from postdump._parse.text_line import TextLine
from postdump._text.characters import visible_ascii
from postdump.damage import Damage
from postdump.damage._joint_proof import prove_jointly
from postdump.models import Role

OWN_WORDS: Final = (Role.TEXT, Role.OTHER)
"""The roles of lines that may be a post's own words."""

NEAR_CELLS: Final = 256
"""Cells of the largest gap in which lines are compared one by one: 16 lines against 16."""

LIKELY_SHARE: Final = 1 / 2
"""The share of common words above which two lines are one, if their date or their place suggests it."""

UNLIKELY_SHARE: Final = 2 / 3
"""The same for lines of which only the words suggest it."""


@frozen(eq=False)
class NearMatching:
    """Open stretches of a draft and of a witness, and the lines of both with their keys."""

    stretches: OpenStretches
    draft_lines: KeyedLines
    witness_lines: KeyedLines

    def find_pairs(self, pairs: Sequence[Pair]) -> Iterator[Pair]:
        """
        Pair, in the gaps between `pairs`, lines that are one line shown differently.

        A line above the posts, where pages show a bio, is never paired.
        """
        for a_first, a_to, b_first, b_to in find_gaps(pairs, len(self.draft_lines), len(self.witness_lines)):
            a_from = max(a_first, self.draft_lines.posts.start)
            b_from = max(b_first, self.witness_lines.posts.start)
            if a_from >= a_to or b_from >= b_to:
                continue
            is_below_pair = 0 < a_from == a_first and b_from == b_first
            last = (a_from - 1, b_from - 1) if is_below_pair else None
            if (a_to - a_from) * (b_to - b_from) <= NEAR_CELLS:
                for pair in self._find_similar(range(a_from, a_to), range(b_from, b_to)):
                    yield pair
                    last = pair
            if last is not None:
                i, j = last[0] + 1, last[1] + 1
                if i < a_to and j < b_to and self._is_torn_off(i, j):
                    yield i, j

    def _find_similar(self, a_gap: range, b_gap: range) -> Iterator[Pair]:
        """Pair lines of a gap that have most of their words in common."""
        a_next = a_gap.start
        owners_beside = self._owners_beside(a_gap)
        for j in b_gap:
            for i in range(a_next, a_gap.stop):
                if self._is_one_line(i, j, is_beside=self.draft_lines.owners[i] in owners_beside):
                    yield i, j
                    a_next = i + 1
                    break

    def _owners_beside(self, a_gap: range) -> set[int]:
        """Return the draft's posts that have a line directly above or below a gap."""
        indices = (a_gap.start - 1, a_gap.stop)
        return {self.draft_lines.owners[i] for i in indices if 0 <= i < len(self.draft_lines)}

    def _is_one_line(self, i: int, j: int, *, is_beside: bool) -> bool:
        """Return whether two lines are similar enough to be one, which the date or the place may suggest."""
        if self._are_of_two_minutes(i, j):
            return False
        words = self.draft_lines.undated_keys[i], self.witness_lines.undated_keys[j]
        is_likely = is_beside or None not in (self.draft_lines.minutes[i], self.witness_lines.minutes[j])
        if words[0] == words[1] or not (is_likely or all(map(is_strong, words))):
            return False  # lines that agree by chance
        return self._compute_similarity(i, j) > (LIKELY_SHARE if is_likely else UNLIKELY_SHARE)

    def _are_of_two_minutes(self, i: int, j: int) -> bool:
        """Return whether both lines have a date, and the dates differ."""
        minutes = self.draft_lines.minutes[i], self.witness_lines.minutes[j]
        return None not in minutes and minutes[0] != minutes[1]

    def _compute_similarity(self, i: int, j: int) -> float:
        """Return how similar a line of the draft and one of the witness are, whatever damage they have."""
        lines = self._find_lines(i, j)
        if lines is None:
            return 0
        draft_line, line = lines
        witness = self.stretches.witness
        draft_witness = self.stretches.witnesses[draft_line.places[0][0]]
        draft_damage, damage = draft_witness.damage, witness.damage
        draft_text, text = draft_line.text, line.of(witness.text)
        if draft_damage and damage and draft_damage != damage:
            is_same_ascii = visible_ascii(draft_text) == visible_ascii(text)
            return float(is_same_ascii and prove_jointly(draft_text, draft_damage, text, damage) is not None)
        if draft_damage:
            further_damages, observed, original = draft_witness.candidate_damages[1:], draft_text, text
        else:
            further_damages, observed, original = witness.candidate_damages[1:], text, draft_text
        if any(further_damage.apply(original) == observed for further_damage in further_damages):
            return 1.0
        if self._find_torn(draft_line, line) is not None:
            return 1.0
        return compute_similarity(*self._damage_alike(draft_line, line))

    def _is_torn_off(self, i: int, j: int) -> bool:
        """Return whether one of two lines is the other, torn within a word or not without some words."""
        lines = None if self._are_of_two_minutes(i, j) else self._find_lines(i, j)
        torn_and_whole = None if lines is None else self._find_torn(*lines)
        if torn_and_whole is None:
            return False
        torn, whole = map(normalize_line, torn_and_whole)
        rest = whole[len(torn) :]
        is_within_a_word = torn[-1:].isalnum() and rest[:1].isalnum()
        return is_within_a_word or len(visible_ascii(torn)) >= IDENTIFYING_SIZE

    def _find_lines(self, i: int, j: int) -> tuple[DraftLine, TextLine] | None:
        """
        Return a line of the draft and one of the witness; None where they are never one line.

        One of them must be a post's, or the torn end of a dump.
        """
        draft_number, number = self.draft_lines.numbers[i], self.witness_lines.numbers[j]
        if MARKER in (draft_number, number):
            return None
        post = self.stretches.posts[self.draft_lines.owners[i]]
        item = self.stretches.witness.item(self.witness_lines.owners[j])
        draft_line, line = post.lines[draft_number], lines_of(item)[number]
        if not (post.is_post or isinstance(item, Block) or self._is_end(draft_line)):
            return None
        return (draft_line, line) if draft_line.role in OWN_WORDS and line.role in OWN_WORDS else None

    def _is_end(self, line: DraftLine) -> bool:
        """Return whether the first dump that has a line ends with it."""
        witness_number, _, end = line.places[0]
        return self.stretches.witnesses[witness_number].ends_at(end)

    def _find_torn(self, draft_line: DraftLine, line: TextLine) -> tuple[str, str] | None:
        """Return the line that a dump ends with, and the other if it begins so; None if neither does."""
        draft_text, text = self._damage_alike(draft_line, line)
        if self.stretches.witness.ends_at(line.end) and is_beginning(text, draft_text):
            return text, draft_text
        if self._is_end(draft_line) and is_beginning(draft_text, text):
            return draft_text, text
        return None

    def _damage_alike(self, draft_line: DraftLine, line: TextLine) -> tuple[str, str]:
        """Return the texts of both lines with the same damage."""
        witness = self.stretches.witness
        draft_damage = self.stretches.witnesses[draft_line.places[0][0]].damage
        text = line.of(witness.text)
        return (
            _apply_damage(draft_line.text, None if draft_damage else self.stretches.damage),
            _apply_damage(text, None if witness.damage else draft_damage or self.stretches.damage),
        )


def _apply_damage(text: str, damage: Damage | None) -> str:
    """Return the text that a damaged dump would show, with three dots for an ellipsis."""
    if damage is None or text.isascii():
        return text
    return damage.apply(normalize("NFC", text.replace("…", "...")))
