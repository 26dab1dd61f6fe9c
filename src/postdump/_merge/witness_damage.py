# SPDX-License-Identifier: MIT
"""
Infer each dump's damage: from its markers, or from lines that another dump shows undamaged.

A pair of readings of one line, one damaged and one not, limits what the damage can be. For example, `donβt`
in a dump without markers and `don’t` in an undamaged one are explained by text that was read as ISO 8859-7
and lost its C1 characters. A dump gets the damages that explain the most of its pairs, if these are more than
half.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, permutations
from typing import Final, NamedTuple

from postdump._align.draft import DraftLine
from postdump._align.witness import Witness
from postdump._text.characters import visible_ascii
from postdump.damage import Damage
from postdump.damage._inference import infer_damages

MOST_PAIRS: Final = 256
"""Pairs of differing readings from which a damage is inferred."""

_IDEOGRAPHS: Final = "\u2e80"
"""The first code point of Chinese, Japanese and Korean, as which pairs of bytes are read."""


class ReadingPair(NamedTuple):
    """What two witnesses show of one line: the first may be the second, damaged."""

    witness: int
    """The number of the witness whose reading may be damaged."""
    other: int
    """The number of the other witness."""
    observed: str
    original: str


def infer_candidate_damages(
    witnesses: Sequence[Witness], lines: Iterable[DraftLine]
) -> list[tuple[Damage, ...]]:
    """Return the damages that each witness may have, by its markers, else by its readings of these lines."""
    candidates = [witness.candidate_damages for witness in witnesses]
    pairs: defaultdict[int, list[ReadingPair]] = defaultdict(list)
    for pair in find_reading_pairs(witnesses, lines):
        pairs[pair.witness].append(pair)
    for number, witness in enumerate(witnesses):
        if pairs[number]:
            by_other = sorted(pairs[number], key=lambda pair: pair.other)
            observed_and_original = ((pair.observed, pair.original) for pair in by_other)
            inferred = infer_damages(islice(observed_and_original, MOST_PAIRS), candidates[number])
            candidates[number] = inferred or candidates[number]
        elif witness.is_copy:
            candidates[number] = candidates[number - 1]
    return candidates


def find_reading_pairs(witnesses: Sequence[Witness], lines: Iterable[DraftLine]) -> Iterator[ReadingPair]:
    """
    Yield pairs of readings from which a damage can be inferred, at most `MOST_PAIRS` of two witnesses.

    The first witness has no damage by its markers, or several candidates; the second has none. A copy of
    another witness proves nothing.
    """
    candidates = [witness.candidate_damages for witness in witnesses]
    numbers = [number for number, witness in enumerate(witnesses) if not witness.is_copy]
    left = {
        (number, other): MOST_PAIRS
        for number, other in permutations(numbers, 2)
        if len(candidates[number]) != 1 and not candidates[other]
    }
    for line in lines if left else ():
        texts = _first_readings(line, witnesses)
        if len(set(texts.values())) < 2:
            continue
        for number, other in permutations(texts, 2):
            observed, original = texts[number], texts[other]
            if (number, other) in left and _is_possible_pair(observed, original):
                yield ReadingPair(number, other, observed, original)
                left[number, other] -= 1
                if left[number, other] == 0:
                    del left[number, other]
        if not left:
            return


def _first_readings(line: DraftLine, witnesses: Sequence[Witness]) -> dict[int, str]:
    """Return what each witness shows of a line, where it shows it first, by its number."""
    places = {number: (start, end) for number, start, end in sorted(line.places, reverse=True)}
    if len(places) < 2:
        return {}
    return {number: witnesses[number].text[start:end] for number, (start, end) in places.items()}


def _is_possible_pair(observed: str, original: str) -> bool:
    """
    Return whether a text can be another one damaged.

    No damage touches ASCII, unless bytes were read in pairs. Two texts of nothing but ASCII prove nothing.
    """
    if observed.isascii() and original.isascii():
        return False
    if visible_ascii(observed) == visible_ascii(original):
        return True
    return max(observed, default="") >= _IDEOGRAPHS > max(original, default="")
