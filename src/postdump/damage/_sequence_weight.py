# SPDX-License-Identifier: MIT
"""
Weigh the whole sequences of a text under a damage: how little they look like clean text.

A single `β` is normal in Greek, and so is `É` in French, so only whole sequences count. A sequence has weight
if clean text would not have it there, and if it stands for what most texts have (Latin letters, punctuation,
symbols, emoji), or if several sequences stand for characters of one script.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final, NamedTuple

from postdump.damage import known_damages
from postdump.damage._damage_table import table_of
from postdump.damage._plausibility import is_common, is_natural, script_of
from postdump.damage._sequences import Signs

SAME_SCRIPT: Final = 3
"""Sequences that must stand for characters of one script, if these are none that most texts have."""

LEAST_WEIGHT: Final = 3
"""The least weight that is evidence: one sequence of three bytes, three of two, or one that splits a word."""

LEAST_SHARE: Final = 1 / 4
"""The least share of whole sequences to first bytes alone: a policy may drop half of what follows them."""


class Weighed(NamedTuple):
    """The whole sequences that are unlike clean text."""

    weight: int
    """Their weight together: 1 or `LEAST_WEIGHT` for each kind; 0 if first bytes alone outnumber them."""
    counts: Counter[str]
    """How often each stands in the runs."""


def weigh(runs: str, signs: Signs) -> Weighed:
    """
    Weigh the whole sequences of runs.

    Args:
        runs: Runs outside ASCII, each with the letter before it, one a line.
        signs: The signs of a damage.

    >>> from postdump import Damage
    >>> weigh("nâ€™", table_of(Damage(misread_as="cp1252")).signs)
    Weighed(weight=3, counts=Counter({'â€™': 1}))
    """
    times_of = Counter(signs.pattern.findall(runs))
    alone = times_of.pop(("", ""), 0)
    original_of = {sequence: signs.decode(sequence) for _, sequence in times_of}
    scripts = Counter(script_of(char) for char in original_of.values() if char)
    counts: Counter[str] = Counter()
    weights: dict[str, int] = {}
    for (before, sequence), times in times_of.items():
        char = original_of[sequence]
        is_likely = char is not None and (is_common(char) or scripts[script_of(char)] >= SAME_SCRIPT)
        if is_likely and not is_natural(before, sequence):
            counts[sequence] += times
            weights[sequence] = max(weights.get(sequence, 0), _weight_of(before, sequence))
        else:
            alone += times
    is_evidence = counts.total() >= LEAST_SHARE * alone
    return Weighed(sum(weights.values()) if is_evidence else 0, counts)


def _weight_of(before: str, sequence: str) -> int:
    """Return the weight of a sequence behind a letter: whole by chance are at most two bytes."""
    breaks_into_word = before.islower() and not sequence[0].islower()
    return LEAST_WEIGHT if len(sequence) > 2 or breaks_into_word else 1


@lru_cache(maxsize=4096)
def find_damages_of(run: str) -> int:
    """
    Return the damages under which a whole sequence stands in a run: bit 5 is the fifth of `known_damages`.

    All damages are tried at once, a character at a time, since each is one bit of a few integers.
    """
    masks = _masks_by_char()
    found = one_more = two_more = three_more = 0  # under which damages so many continuations must follow
    for char in run:
        continues, opens_two, opens_three, opens_four = masks.get(char, (0, 0, 0, 0))
        found |= one_more & continues
        one_more, two_more, three_more = (
            (two_more & continues) | opens_two,
            (three_more & continues) | opens_three,
            opens_four,
        )
    return found


def find_bits(mask: int) -> Iterator[int]:
    """
    Yield the numbers of the bits that are set, the lowest first.

    >>> [*find_bits(0b10010)]
    [1, 4]
    """
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


@cache
def _masks_by_char() -> dict[str, tuple[int, int, int, int]]:
    """Return for each character under which damages it continues a sequence, or opens one of 2, 3, 4."""
    masks_by_char: dict[str, list[int]] = {}
    for number, damage in enumerate(known_damages()):
        signs = table_of(damage).signs
        for kind, signs_of_kind in enumerate((signs.continuations, *signs.openings)):
            for sign in signs_of_kind:
                masks_by_char.setdefault(sign.char, [0, 0, 0, 0])[kind] |= 1 << number
    return {char: (masks[0], masks[1], masks[2], masks[3]) for char, masks in masks_by_char.items()}
