# SPDX-License-Identifier: MIT
"""Suspect a damage by its traces, where no marker shows it."""

from __future__ import annotations

from collections import Counter
from typing import Final

import regex
from attrs import field, frozen

from postdump.damage import Damage, known_damages, paired_damages
from postdump.damage._double_byte import PAIRED, _of_pairs
from postdump.damage._plausibility import _script, is_common, is_natural
from postdump.damage._residue import KINDS, LOOKED_AT
from postdump.damage._selection import choose_damages
from postdump.damage._sequences import (
    _LETTERS,
    _RUN,
    ENOUGH,
    Sequences,
    _bytes_of,
    _decoded,
    _sequences,
    _weight,
    _whole_under,
)

CANDIDATES: Final = 8
"""Damages that are weighed, of those under which most sequences are whole: each as often as it differs."""

LEAST_PAIRS: Final = 2
"""Kinds of runs that convict a damage that reads pairs."""

SPOKEN_OF: Final = 16
"""Kinds of sequences, the most frequent ones, that are compared with what they stand for."""

LEAST_STRAYS: Final = 3
"""How many different letters must stand around strays as around apostrophes."""

_QUOTED: Final = regex.compile(
    r"(?<![^\x00-\x7f])(?:“(?:[^“”\r\n]|(?<=[^\x00-\x7f])“|(?<=€)”){1,80}?(?<!€)”"
    r"|«[^«»\r\n]{1,80}+»|„[^„“”\r\n]{1,80}+[“”])"
    r"|(?<![A-Za-z])(?:\"[^\" \r\n]{1,24}+\"|'[^' \r\n]{1,24}+'|`[^`\r\n]{1,24}+`)(?![A-Za-z])"
)
"""What stands in clean quotation marks, or is one word in straight ones: mojibake that is spoken of."""

_STRAY: Final = regex.compile(r"(?<=([A-Za-z]{1,4}))([^\x00-\x7f][?\ufffd]{0,2})(?=([A-Za-z]{1,3}))")
"""What stands within a word where an apostrophe may have been, and the letters around."""

_AFTER: Final = frozenset(("s", "t", "re", "ve", "ll", "m", "d"))

_BEFORE: Final = frozenset(("l", "d", "j", "n", "s", "c", "m", "t", "qu"))
"""What English has behind apostrophes, and French before them."""


@frozen
class Suspicion:
    """The damages that a text without markers shows, and what shows them, with how often it stands."""

    damages: tuple[Damage, ...] = ()
    rule: str = ""
    """`sequences`, `strays` or `pairs`; nothing where there is no damage."""
    shown: Counter[str] = field(factory=Counter)


def suspect_damages(text: str) -> Suspicion:
    """
    Return the damages that a text shows by itself, the best first.

    >>> found = suspect_damages("don’t, “quay” – café".encode().decode("cp1251"))
    >>> found.damages[0].misread_as, found.rule, found.shown.most_common(1)
    ('cp1251', 'sequences', [('вЂ™', 1)])
    """
    if text.isascii():
        return Suspicion()
    sample = text[:LOOKED_AT]
    return _by_sequences(sample) or _by_strays(sample) or _by_pairs(sample) or Suspicion()


def _by_sequences(text: str) -> Suspicion | None:
    """Suspect the damages under which the whole sequences of a text are worth most."""
    runs = Counter(_RUN.findall(_QUOTED.sub(" ", text)))
    common = runs.most_common(KINDS)
    whole: Counter[int] = Counter()
    for run, times in common:
        found = _whole_under(run)
        while found:
            bit = found & -found
            whole[bit.bit_length() - 1] += times
            found ^= bit
    joined = "\n".join(run for run, _ in common)
    weighed: dict[Sequences, tuple[int, Counter[str]]] = {}
    for number, _ in whole.most_common():
        if len(weighed) < CANDIDATES:
            sequences = _sequences(known_damages()[number])
            if sequences not in weighed:
                weighed[sequences] = _weight(joined, sequences)
    most = max((weight for weight, _ in weighed.values()), default=0)
    if most < ENOUGH:
        return None
    best = [damage for damage in known_damages() if weighed.get(_sequences(damage), (0,))[0] == most]
    damages = choose_damages(best, text)
    shown, clean = _times(weighed[_sequences(damages[0])][1], text, _sequences(damages[0]))
    return Suspicion(damages, "sequences", shown) if clean < shown.total() else None


def _times(found: Counter[str], text: str, sequences: Sequences) -> tuple[Counter[str], int]:
    """Count sequences in a text, the most frequent kinds only, and elsewhere in it what they stand for."""
    bytes_of = _bytes_of(sequences)
    shown: Counter[str] = Counter()
    for sequence, _ in found.most_common(SPOKEN_OF):
        shown[sequence] = text.count(sequence)
        text = text.replace(sequence, "")
    made = {_decoded(sequence, bytes_of) for sequence in shown}
    return +shown, sum(text.count(char) for char in made if char is not None)


def _by_strays(text: str) -> Suspicion | None:
    """Suspect the damages that leave of an apostrophe what stands within many words, and is not Latin."""
    strays: Counter[str] = Counter()
    around: dict[str, list[tuple[str, str]]] = {}
    for before, stray, after in _STRAY.findall(text):
        if len(stray) > 1 or (stray.isalpha() and _script(stray) != "LATIN"):
            strays[stray] += 1
            if after in _AFTER or before.lower() in _BEFORE:
                around.setdefault(stray, []).append((before[-1], after))
    for stray, times in strays.most_common(1):
        found = tuple(damage for damage in known_damages() if damage.apply("’") == stray)
        fitting = around.get(stray, [])
        # Some write β for the German ß, which always follows a vowel; an apostrophe mostly does not.
        is_consonant = any(before.lower() not in "aeiouy" for before, _ in fitting)
        if found and is_consonant and len(set(fitting)) >= LEAST_STRAYS and 2 * len(fitting) >= times:
            return Suspicion(choose_damages(found, text), "strays", Counter({stray: times}))
    return None


def _by_pairs(text: str) -> Suspicion | None:
    """
    Suspect the damages that read pairs of bytes, if most runs of the text are UTF-8 in their encoding.

    A character alone may be so by chance: there must be longer runs, or one behind a small letter.
    """
    runs = Counter(_RUN.findall(_QUOTED.sub(" ", text))).most_common(KINDS)
    found: dict[str, Counter[str]] = {}
    for encoding in PAIRED:
        shown: Counter[str] = Counter()
        genuine = 0
        for run, times in runs:
            own = run.lstrip(_LETTERS)
            made = _of_pairs(own, encoding)
            is_within = len(own) > 1 or run[0].islower()
            if made is None or not all(char.isascii() or is_common(char) for char in made):
                genuine += times
            elif is_within and not is_natural(run[: -len(own)], own):
                shown[own] += times
        if len(shown) >= LEAST_PAIRS and shown.total() > genuine:
            found[encoding] = shown
    if not found:
        return None
    best = max(found, key=lambda encoding: found[encoding].total())  # the first of equals
    alike = [damage for damage in paired_damages() if found.get(damage.misread_as) == found[best]]
    # A dash leaves something of its last byte, which has no partner, under each policy something else.
    alike.sort(key=lambda damage: -text.count(f" {damage.apply('—')} "))
    return Suspicion(choose_damages(alike, text), "pairs", found[best])
