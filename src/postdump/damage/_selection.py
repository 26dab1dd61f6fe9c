# SPDX-License-Identifier: MIT
"""Choose among several damages that explain the same text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

import regex

from postdump._text.characters import NON_ASCII
from postdump.damage import Damage
from postdump.damage._double_byte import _of_pairs
from postdump.damage._residue import KINDS, LONGEST_RUN, LOOKED_AT, _remains, is_of_pairs
from postdump.damage._sequences import (
    _LETTERS,
    _RUN,
    _STAND_INS,
    Sequences,
    _not_foreign,
    _sequences,
    _stood_in,
    _weight,
)

DEMANDS: Final = {"?": 2, " ": 8}
"""How many stand-ins must stand where a policy demands them to be no accident."""

_STRETCH: Final = regex.compile(rf"[ ?]?(?:[^\x00-\x7f][ ?]{{0,3}}){{1,{LONGEST_RUN}}}")
"""What can be left of characters if spaces or question marks stand for some of their bytes."""


def rank_damages(suspects: Sequence[Damage], text: str) -> tuple[Damage, ...]:
    """
    Return several damages, those first that leave fewest characters of a text unexplained.

    Of those that leave fewest, the best is the first under which no space is missing, and which puts `?` or
    spaces where they are.

    >>> greek, thai = Damage(misread_as="iso-8859-7"), Damage(misread_as="tis-620")
    >>> rank_damages([thai, greek], "donβt") == (greek, thai)
    True
    """
    if len(suspects) < 2:
        return tuple(suspects)
    stretches = Counter(_STRETCH.findall(text[:LOOKED_AT]))
    common = stretches.most_common(KINDS)
    joined = "\n".join(stretch for stretch, _ in common)

    left = {damage: _left_over(damage, joined, is_strict=False) for damage in suspects}
    least = min(left.values())

    def rank(damage: Damage) -> tuple[int, int, bool]:
        if left[damage] > least:
            return left[damage], 0, False
        return least, _left_over(damage, joined, is_strict=True), not _is_demanded(common, damage)

    return tuple(sorted(suspects, key=rank))


def _left_over(damage: Damage, text: str, *, is_strict: bool) -> int:
    """Return how many characters a damage leaves unexplained; if not `is_strict`, white space is forgiven."""
    if damage.reads_pairs:
        runs = [run for run in NON_ASCII.findall(text) if not is_of_pairs(run, damage)]
    else:
        runs = NON_ASCII.findall(_remains(damage, with_spaces=is_strict).sub("", text))
    return sum(is_strict or not char.isspace() for run in runs for char in run)


def _is_demanded(stretches: Iterable[tuple[str, int]], damage: Damage) -> bool:
    """Tell whether the ASCII that a policy puts for a byte stands where it should, and often enough."""
    stands_in = next((left for left in damage.table[0x80:] if left in DEMANDS), None)
    if stands_in is None:
        return False
    found = 0
    for stretch, times in stretches:
        shown = _remains(damage).findall(stretch)
        found += times * sum(stands_in in one.strip() + one[-1:] and not one.isascii() for one in shown)
    return found >= DEMANDS[stands_in]


def choose_damages(suspects: Sequence[Damage], text: str) -> tuple[Damage, ...]:
    """
    Return those of several damages that a text does not rule out, the best first.

    >>> central, south = Damage(misread_as="iso-8859-2"), Damage(misread_as="iso-8859-16")
    >>> choose_damages([central, south], "naïve") == (south, central)
    True
    >>> choose_damages([central, south], "naïve, schĂśn, spĂ¤t") == (central,)
    True
    """
    if len(suspects) < 2:
        return tuple(suspects)
    sample = text[:LOOKED_AT]
    runs = "\n".join(run for run, _ in Counter(_RUN.findall(sample)).most_common(KINDS))
    asked = {(damage.misread_as * damage.reads_pairs, *_whole(damage)): damage for damage in suspects}
    telling = {sequence for damage in asked.values() for sequence in _telling(damage, runs, sample)}
    against = {damage: {one for one in telling if _is_foreign(one, damage)} for damage in suspects}
    left = [one for one in suspects if not any(against[other] < against[one] for other in suspects)]
    return tuple(sorted(rank_damages(left, text), key=lambda damage: len(against[damage])))


def _telling(damage: Damage, runs: str, text: str) -> Iterable[str]:
    """Return the sequences that are whole under a damage, and unlike clean text."""
    if damage.reads_pairs:
        shown = (run.lstrip(_LETTERS) for run in runs.split("\n"))
        return [run for run in shown if len(run) > 1 and _of_pairs(run, damage.misread_as) is not None]
    sequences, stand_in = _whole(damage)
    stood_in = _stood_in(sequences, stand_in).findall(text) if stand_in and stand_in in text else ()
    return {*_weight(runs, sequences)[1], *stood_in}


def _whole(damage: Damage) -> tuple[Sequences, str]:
    """Return what whole sequences are made of, and the sign that is seen to stand for lost bytes, if any."""
    return _sequences(damage), next((left for left in damage.table[0x80:] if left in _STAND_INS), "")


def _is_foreign(sequence: str, damage: Damage) -> bool:
    """Tell whether a damage cannot have left a sequence, even if signs in it are clean."""
    if damage.reads_pairs:
        return not is_of_pairs(sequence, damage)
    return not _not_foreign(damage).issuperset(sequence)
