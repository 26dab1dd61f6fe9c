# SPDX-License-Identifier: MIT
"""
Find the runs of a text that a damage can have left.

A run is a stretch of characters outside ASCII. Whether each really was damaged is proved elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from postdump._text.characters import NON_ASCII
from postdump.damage import Damage
from postdump.damage._damage_table import table_of
from postdump.damage._residue import is_of_pairs


def find_damaged_runs(text: str, damage: Damage) -> Iterator[tuple[int, int]]:
    """
    Yield where the runs start and end that the damage can have left: it may have, that is not proved.

    >>> list(find_damaged_runs("donβt, ωmega", Damage(misread_as="iso-8859-7")))
    [(3, 4)]
    """
    known: dict[str, tuple[tuple[int, int], ...]] = {}
    for match in NON_ASCII.finditer(text):
        run = match[0]
        if run not in known:
            parts = [(0, len(run))] if damage.reads_pairs else split_at_foreign_signs(run, damage)
            known[run] = tuple((start, end) for start, end in parts if is_possible(run[start:end], damage))
        for start, end in known[run]:
            yield match.start() + start, match.start() + end


def split_at_foreign_signs(text: str, damage: Damage) -> Iterator[tuple[int, int]]:
    """Yield where runs start and end, cut at characters that the damage never leaves: these are clean."""
    signs = table_of(damage).run_reader.signs
    for match in NON_ASCII.finditer(text):
        start = match.start()
        for index, char in enumerate(match[0], start):
            if char not in signs:
                if start < index:
                    yield start, index
                start = index + 1
        if start < match.end():
            yield start, match.end()


def is_possible(run: str, damage: Damage) -> bool:
    """
    Return whether a run can be what the damage left of some characters, one after another.

    ASCII that stands for lost bytes need not be in the run: whoever looks for runs has left it out, and so
    a run may also begin where such a byte can have stood.

    >>> is_possible("π¬", Damage(misread_as="iso-8859-7")), is_possible("ω", Damage(misread_as="iso-8859-7"))
    (True, False)
    """
    return is_of_pairs(run, damage) if damage.reads_pairs else table_of(damage).run_reader.accepts(run)
