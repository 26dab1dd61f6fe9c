# SPDX-License-Identifier: MIT
"""
Infer a dump's damage from lines that a witness shows undamaged.

The input is pairs of lines, one of the dump and one of the witness. Of each pair, the runs outside ASCII that
differ are taken, and every damage is tried on the most frequent of these runs. The result is the damages that
explain most of them.

No damage is inferred where the pairs speak against the direction (`_direction`): where what the witness shows
is rather the dump's text, damaged. Nor is any where the pairs prefer neither direction and can run in both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from postdump._text.characters import NON_ASCII
from postdump.damage import Damage, doubled_damages, known_damages, paired_damages
from postdump.damage._direction import speaks_against, vote

MOST_PAIRS: Final = 12
"""Different pairs of runs from which a damage is inferred: each is tried under every damage there is."""

LONGEST_RUN: Final = 4096
"""Characters of the longest run that is tried."""

MOST_VOTES: Final = 256
"""Lines that are asked for the direction of a damage."""

LEAST_STRIPPED: Final = 3
"""Different pairs that must show a damage that leaves nothing: a single sign may be an edit."""

_Pair = tuple[str, str]
"""What a dump shows, and what a witness shows in its place."""


def infer_damages(pairs: Iterable[_Pair], candidates: Sequence[Damage] = ()) -> tuple[Damage, ...]:
    """
    Return the damages that make the first of most pairs out of the second; none if none explains half.

    Args:
        pairs: Lines as the dump and as the witness shows them. Where the lines are equal in all ASCII, their
            runs outside ASCII are compared; else spaces or question marks can stand for lost bytes, and
            whole lines are.
        candidates: The damages to try, of which one is known to be there; all known ones if there are none.

    >>> infer_damages([("donβt", "don’t"), ("β and π", "– and 👍")])[0].misread_as
    'iso-8859-7'
    """
    pairs = list(pairs)
    if not candidates and speaks_against(islice(pairs, MOST_VOTES)):
        return ()
    times_of = Counter(run for observed, original in pairs for run in _find_differing(observed, original))
    evidence = ((run, times) for run, times in times_of.most_common() if candidates or vote(*run) >= 0)
    examined = dict(islice(evidence, MOST_PAIRS))
    # A line, and so a run that begins or ends one, has lost the spaces there.
    stripped = [(pair, pair[0].strip(" "), pair[1]) for pair in examined]
    explained = {
        damage: [
            pair for pair, observed, original in stripped if damage.apply(original).strip(" ") == observed
        ]
        for damage in candidates or (*known_damages(), *paired_damages(), *doubled_damages())
    }

    def count(explained_pairs: Iterable[_Pair]) -> int:
        return sum(examined[pair] for pair in explained_pairs)

    best = max(explained.values(), key=count)
    explains_half = count(best) * 2 > sum(examined.values())
    if not explains_half or (len(best) < LEAST_STRIPPED and all(_is_stripped(*pair) for pair in best)):
        return ()
    if not candidates and not any(vote(*pair) for pair in best) and _run_both_ways(best):
        return ()
    return tuple(damage for damage, explained_pairs in explained.items() if explained_pairs == best)


def _run_both_ways(pairs: Sequence[_Pair]) -> bool:
    """Return whether some damage makes the second of each pair out of the first."""
    return any(
        all(damage.apply(observed) == original for observed, original in pairs) for damage in known_damages()
    )


def _is_stripped(observed: str, original: str) -> bool:
    """Return whether nothing but ASCII is left, and less than there was."""
    return len(observed) < len(original) and observed.isascii()


def _find_differing(observed: str, original: str) -> Iterator[_Pair]:
    """Yield the runs outside ASCII that differ between two lines, or the lines if their ASCII does."""
    pairs = [(observed, original)]
    if NON_ASCII.split(observed) == NON_ASCII.split(original):
        pairs = list(zip(NON_ASCII.findall(observed), NON_ASCII.findall(original), strict=True))
    for pair in pairs:
        if pair[0] != pair[1] and len(pair[1]) <= LONGEST_RUN:
            yield pair
