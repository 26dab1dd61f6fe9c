# SPDX-License-Identifier: MIT
"""Learn a dump's damage from lines that a witness shows undamaged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from postdump._text.characters import NON_ASCII
from postdump.damage import Damage, doubled_damages, known_damages, paired_damages

ASKED: Final = 12
"""Kinds of runs from which a damage is learned: each is tried under every damage there is."""

LONGEST_ASKED: Final = 4096
"""Characters of the longest."""

STRIPPED: Final = 3
"""Kinds of pairs at least that show a damage that leaves nothing: a single sign may be an edit."""


def infer_damages(pairs: Iterable[tuple[str, str]], suspects: Sequence[Damage] = ()) -> tuple[Damage, ...]:
    """
    Return those damages that make the first of most pairs out of the second; none if none explains half.

    Asked are the suspects, or else all that are known.

    Asked are the runs outside ASCII, each kind once, of pairs that are alike in all else, and whole pairs
    where spaces or question marks stand for lost bytes.

    >>> infer_damages([("donβt", "don’t"), ("β and π", "– and 👍")])[0].misread_as
    'iso-8859-7'
    """
    runs = Counter(run for observed, original in pairs for run in _differing_runs(observed, original))
    asked = dict(runs.most_common(ASKED))
    suspects = suspects or (*known_damages(), *paired_damages(), *doubled_damages())
    explained = {
        # What is shown is a line, or part of one: it has no spaces at its ends.
        damage: [pair for pair in asked if damage.apply(pair[1]).strip(" ") == pair[0].strip(" ")]
        for damage in suspects
    }
    best = max(explained.values(), key=lambda pairs: sum(map(asked.__getitem__, pairs)))
    if sum(map(asked.__getitem__, best)) * 2 <= sum(asked.values()):
        return ()
    if len(best) < STRIPPED and all(
        len(observed) < len(original) and observed.isascii() for observed, original in best
    ):
        return ()
    return tuple(damage for damage, pairs in explained.items() if pairs == best)


def _differing_runs(observed: str, original: str) -> Iterator[tuple[str, str]]:
    pairs = [(observed, original)]
    if NON_ASCII.split(observed) == NON_ASCII.split(original):
        pairs = list(zip(NON_ASCII.findall(observed), NON_ASCII.findall(original), strict=True))
    for pair in pairs:
        if pair[0] != pair[1] and len(pair[1]) <= LONGEST_ASKED:
            yield pair
