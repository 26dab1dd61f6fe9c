# SPDX-License-Identifier: MIT
"""Infer each dump's damage: from its markers, or from lines that another dump shows undamaged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice, permutations
from typing import Final

from postdump._align.draft import DraftLine
from postdump._align.witness import Witness
from postdump._text.characters import visible_ascii
from postdump.damage import Damage
from postdump.damage._inference import infer_damages

SAMPLE: Final = 256
"""Pairs of differing readings from which a damage is learned."""


def all_suspects(witnesses: Sequence[Witness], lines: Iterable[DraftLine]) -> list[tuple[Damage, ...]]:
    """
    Return what each witness suffered: what its markers show, or what makes its readings of others' readings.

    Only pairs that agree in all their ASCII are asked, since no damage touches that. A copy proves nothing.
    """
    found = [one.candidate_damages for one in witnesses]
    numbers = [n for n, one in enumerate(witnesses) if not one.is_copy]
    asked = {(n, m) for n, m in permutations(numbers, 2) if len(found[n]) != 1 and not found[m]}
    pairs: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for line in lines if asked else ():
        places = {n: (start, end) for n, start, end in sorted(line.places, reverse=True)}
        if len(places) < 2:
            continue
        texts = {n: witnesses[n].text[start:end] for n, (start, end) in places.items()}
        if len(set(texts.values())) < 2:
            continue
        for n, observed in texts.items():
            if len(found[n]) == 1:
                continue
            for m, original in texts.items():
                if (n, m) in asked and _can_be_left_of(observed, original):
                    told = pairs.setdefault((n, m), [])
                    told.append((observed, original))
                    if len(told) == SAMPLE:
                        asked.discard((n, m))
        if not asked:
            break
    for n, one in enumerate(witnesses):
        told = [pair for (other, _), differing in sorted(pairs.items()) if other == n for pair in differing]
        if told:
            known = infer_damages(islice(told, SAMPLE), found[n])
            found[n] = known or found[n]
        elif one.is_copy:
            found[n] = found[n - 1]
    return found


def _can_be_left_of(observed: str, original: str) -> bool:
    """Tell whether a text can be another one damaged; ASCII is lost only where pairs were read."""
    if observed.isascii() and original.isascii():
        return False
    alike = visible_ascii(observed) == visible_ascii(original)
    return alike or max(observed, default="") >= _IDEOGRAPHS > max(original, default="")


_IDEOGRAPHS: Final = "\u2e80"
"""The first code point of Chinese, Japanese and Korean, which pairs of bytes are read as."""
