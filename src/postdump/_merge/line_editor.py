# SPDX-License-Identifier: MIT
"""The lines of a draft to `Line`s: each with its lemma, its readings, its repairs and conflicts."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from postdump._align.draft import DraftLine, Place, reading_at
from postdump._merge.finished_draft import FinishedDraft
from postdump._merge.line_variants import Variants, lemma_of, resolve
from postdump._merge.marker_choice import WitnessRank
from postdump._merge.witness_damage import infer_candidate_damages
from postdump.damage import Damage
from postdump.models import Line, Reading, Role


class LineEditor:
    """Chooses the text of lines; `rank` is lowest for the witness that is chosen before all others."""

    def __init__(self, draft: FinishedDraft, rank: Callable[[int], WitnessRank]) -> None:
        self._draft = draft
        self._rank = rank
        self._variants: dict[Place, Variants] = {}

    @cached_property
    def damages(self) -> list[tuple[Damage, ...]]:
        """The damages that each witness may have, by its markers, else by its readings against others'."""
        return infer_candidate_damages(self._draft.witnesses, self._draft.disputed_lines())

    def variants(self, line: DraftLine) -> Variants:
        """Return text, repairs and conflicts of a line; kept if it has any repair or conflict."""
        variants = self._variants.get(line.places[0])
        if variants is None:
            variants = resolve(line, self._draft.witnesses, self.damages, self._rank)
            if variants.is_telling:
                self._variants[line.places[0]] = variants
        return variants

    def all_variants(self) -> list[Variants]:
        """Return the variants of every line: of posts, in their order, then of lines that belong to none."""
        return list(map(self.variants, self._draft.lines()))

    def lemma(self, line: DraftLine) -> str:
        """Return the text of a line."""
        return lemma_of(line, self._draft.witnesses, self.damages, self._rank)

    def edit(self, line: DraftLine, role: Role) -> Line:
        """Return a line with its lemma."""
        return Line._of(self.lemma(line), role, tuple(map(self.reading, sorted(line.places))))

    def reading(self, place: Place) -> Reading:
        """Return the reading at a place."""
        return reading_at(self._draft.witnesses, place)
