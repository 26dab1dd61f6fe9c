# SPDX-License-Identifier: MIT
"""
Decide which of two texts is the original.

That a damage makes one text of another does not prove that it did: some damage of the many may just as well
make the other of the one. Under ISO 8859-8, for example, the `Â` of `Â£` leaves nothing, so a clean `£` is
explained as a damaged `Â£`. The texts themselves tell which of them people write. Three rules are asked in
this order; the first that prefers a text decides.

1. Nobody writes control characters or U+FFFD: the text with more of them is no original.
2. Whole mojibake is no original: `Â£` is what two bytes of `£` leave, and nothing of them is lost. That a
   clean text looks so by chance is less likely than that it was misread.
3. What stands behind a letter is part of a word, or a sign that stands there in clean text: `n’t`, not `nβt`.

    observed   original   1    2    3   vote
    Who’ll     Who\x92ll  -1            -1    the "original" holds a control
    £5         Â£5             -1       -1    the "original" is what is left of the other
    don’t      donβt                -1  -1    the "original" mixes two scripts in a word
    donβt      don’t                 1   1
    dont       don’t                     0    neither is preferred
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from postdump._text.characters import NON_ASCII, count_unwritten
from postdump.damage import known_damages
from postdump.damage._plausibility import breaks_word, is_natural
from postdump.damage._sample import count_runs
from postdump.damage._sequence_weight import find_bits, find_damages_of

_SIGNS: Final = "?¿\ufffd"
"""What is written for a character that an encoding lacks."""


def is_with_signs(text: str, original: str) -> bool:
    """
    Return whether a text is an original with a sign for each of some characters, which an encoding lacked.

    >>> is_with_signs("don?t", "don’t"), is_with_signs("don?t", "don't"), is_with_signs("why?", "why")
    (True, False, False)
    """
    return (
        len(text) == len(original) != 0
        and text != original
        and all(
            sign == char or (sign in _SIGNS and not char.isascii())
            for sign, char in zip(text, original, strict=True)
        )
    )


def vote(observed: str, original: str) -> int:
    """
    Return 1 if the second of two texts looks like the original, -1 if the first does, 0 if neither.

    Args:
        observed: What may be the second text, damaged.
        original: What may be the original.

    >>> vote("donβt", "don’t"), vote("£5", "Â£5"), vote("dont", "don’t")
    (1, -1, 0)
    """
    return (
        _sign(count_unwritten(observed) - count_unwritten(original))
        or _sign(_count_mojibake(observed, original) - _count_mojibake(original, observed))
        or _sign(_count_unnatural(observed) - _count_unnatural(original))
    )


def speaks_against(pairs: Iterable[tuple[str, str]]) -> bool:
    """Return whether more pairs, each an observed text and an original, run the other way."""
    return sum(vote(observed, original) for observed, original in pairs) < 0


def _sign(difference: int) -> int:
    return (difference > 0) - (difference < 0)


def _count_mojibake(text: str, other: str) -> int:
    """Return how many runs of a text are those of another, misread without a loss."""
    runs, others = NON_ASCII.findall(text), NON_ASCII.findall(other)
    if len(runs) != len(others):
        return 0
    return sum(is_whole_mojibake(run, original) for run, original in zip(runs, others, strict=True))


@lru_cache(maxsize=4096)
def is_whole_mojibake(run: str, original: str) -> bool:
    """
    Return whether some misreading makes a run of `original`, each byte leaving a character.

    >>> is_whole_mojibake("Â£", "£"), is_whole_mojibake("£", "Â£")
    (True, False)
    """
    if len(run) != len(original.encode("utf-8", "surrogatepass")):
        return False
    damages = known_damages()
    return any(damages[number].apply(original) == run for number in find_bits(find_damages_of(run)))


def _count_unnatural(text: str) -> int:
    """Return how many runs outside ASCII can hardly stand behind their letter in clean text."""
    runs = [(run, times) for run, times in count_runs(text) if run[0].isascii()]
    return sum(times for run, times in runs if breaks_word(run[1]) or not is_natural(run[0], run[1:]))
