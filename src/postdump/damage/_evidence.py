# SPDX-License-Identifier: MIT
"""
Suspect a damage by the traces that it left in a text, where no marker shows it.

Three rules are tried in this order, on the beginning of the text; the first that finds evidence decides.

1. Sequences. A character that a first byte left, then those that its continuation bytes left. They are
   weighed under the damages that explain most of them (`_sequence_weight`). A quoted sequence is no evidence.
   Sequences do not count either if the characters that they stand for occur undamaged at least as often:
   such a text is about mojibake.
2. Strays. A letter of another script within Latin words, where English or French has its apostrophes.
3. Pairs. Runs whose bytes in a double-byte encoding are valid UTF-8 are not Chinese.

    donâ€™t, itâ€™s    `â` opens three, `€` and `™` continue: E2 80 99 is ’    -> cp1252 by sequences
    donβt, itβs, weβre, sheβll                  three words, one stray letter    -> iso-8859-7 by strays
    don鈥檛, it鈥檚                                  in GBK, these are ’t and ’s    -> gbk by pairs

Often several damages leave the same traces; `_selection` chooses among them by the rest of the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

import regex
from attrs import field, frozen

from postdump.damage import Damage, known_damages, paired_damages
from postdump.damage._damage_table import table_of
from postdump.damage._double_byte import PAIRED, decode_pairs
from postdump.damage._plausibility import is_common, is_natural, script_of
from postdump.damage._sample import LETTERS, MOST_EXAMINED, count_runs
from postdump.damage._selection import choose_damages
from postdump.damage._sequence_weight import LEAST_WEIGHT, Weighed, find_bits, find_damages_of, weigh
from postdump.damage._sequences import Signs

MOST_WEIGHED: Final = 8
"""Damages that are weighed, of those under which most sequences are whole; equal ones count once."""

LEAST_PAIRS: Final = 2
"""Different runs that are evidence of a damage that reads pairs."""

MOST_COMPARED: Final = 16
"""Different sequences, the most frequent ones, that are compared with what they stand for."""

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

_AFTER_APOSTROPHE: Final = frozenset(("s", "t", "re", "ve", "ll", "m", "d"))
"""What English has behind apostrophes."""

_BEFORE_APOSTROPHE: Final = frozenset(("l", "d", "j", "n", "s", "c", "m", "t", "qu"))
"""What French has before them."""


@frozen
class Suspicion:
    """The damages that a text without markers shows, and the evidence, with how often it stands."""

    damages: tuple[Damage, ...] = ()
    rule: str = ""
    """`sequences`, `strays` or `pairs`; nothing if there is no damage."""
    shown: Counter[str] = field(factory=Counter)


def suspect_damages(text: str) -> Suspicion:
    """
    Return the damages that a text shows by itself, the best first.

    >>> suspicion = suspect_damages("don’t, “quay” – café".encode().decode("cp1251"))
    >>> suspicion.damages[0].misread_as, suspicion.rule, suspicion.shown.most_common(1)
    ('cp1251', 'sequences', [('вЂ™', 1)])
    """
    if text.isascii():
        return Suspicion()
    sample = text[:MOST_EXAMINED]
    return (
        _suspect_by_sequences(sample)
        or _suspect_by_strays(sample)
        or _suspect_by_pairs(sample)
        or Suspicion()
    )


def _suspect_by_sequences(text: str) -> Suspicion | None:
    """Suspect the damages under which the whole sequences of a text have most weight."""
    runs = count_runs(_QUOTED.sub(" ", text))
    weighed = _weigh_likeliest(runs)
    most = max((one.weight for one in weighed.values()), default=0)
    if most < LEAST_WEIGHT:
        return None
    heaviest = {signs for signs, one in weighed.items() if one.weight == most}
    damages = choose_damages(
        [damage for damage in known_damages() if table_of(damage).signs in heaviest], text
    )
    signs = table_of(damages[0]).signs
    shown, originals = _count_in_text(weighed[signs].counts, text, signs)
    return Suspicion(damages, "sequences", shown) if originals < shown.total() else None


def _weigh_likeliest(runs: Iterable[tuple[str, int]]) -> dict[Signs, Weighed]:
    """Weigh the sequences of runs under the damages that make most of them whole, by the damages' signs."""
    wholes: Counter[int] = Counter()
    for run, times in runs:
        for number in find_bits(find_damages_of(run)):
            wholes[number] += times
    joined = "\n".join(run for run, _ in runs)
    weighed: dict[Signs, Weighed] = {}
    for number, _ in wholes.most_common():
        signs = table_of(known_damages()[number]).signs
        if signs not in weighed:
            weighed[signs] = weigh(joined, signs)
            if len(weighed) == MOST_WEIGHED:
                break
    return weighed


def _count_in_text(sequences: Counter[str], text: str, signs: Signs) -> tuple[Counter[str], int]:
    """Count the most frequent sequences in a text, and elsewhere in it the characters they stand for."""
    shown: Counter[str] = Counter()
    for sequence, _ in sequences.most_common(MOST_COMPARED):
        shown[sequence] = text.count(sequence)
        text = text.replace(sequence, "")
    originals = {signs.decode(sequence) for sequence in shown}
    return +shown, sum(text.count(char) for char in originals if char is not None)


def _suspect_by_strays(text: str) -> Suspicion | None:
    """Suspect the damages that leave of an apostrophe what stands within many words, and is not Latin."""
    strays: Counter[str] = Counter()
    around: dict[str, list[tuple[str, str]]] = {}
    for before, stray, after in _STRAY.findall(text):
        if len(stray) > 1 or (stray.isalpha() and script_of(stray) != "LATIN"):
            strays[stray] += 1
            if after in _AFTER_APOSTROPHE or before.lower() in _BEFORE_APOSTROPHE:
                around.setdefault(stray, []).append((before[-1], after))
    for stray, times in strays.most_common(1):
        damages = [damage for damage in known_damages() if damage.apply("’") == stray]
        if damages and _are_apostrophes(around.get(stray, []), times):
            return Suspicion(choose_damages(damages, text), "strays", Counter({stray: times}))
    return None


def _are_apostrophes(around: list[tuple[str, str]], times: int) -> bool:
    """
    Return whether a stray stands where apostrophes do.

    Args:
        around: The letters around it wherever it stands as an apostrophe does.
        times: How often it stands within words at all.
    """
    # Some write β for the German ß, which always follows a vowel; an apostrophe mostly does not.
    follows_consonant = any(before.lower() not in "aeiouy" for before, _ in around)
    return follows_consonant and len(set(around)) >= LEAST_STRAYS and 2 * len(around) >= times


def _suspect_by_pairs(text: str) -> Suspicion | None:
    """Suspect the damages that read pairs of bytes, if most runs of the text are UTF-8 in their encoding."""
    runs = count_runs(_QUOTED.sub(" ", text))
    evidence = {}
    for encoding in PAIRED:
        shown = _find_evidence_of_pairs(runs, encoding)
        if shown is not None:
            evidence[encoding] = shown
    if not evidence:
        return None
    best = max(evidence.values(), key=Counter.total)  # the first of equals
    damages = [damage for damage in paired_damages() if evidence.get(damage.misread_as) == best]
    # A dash leaves something of its last byte, which has no partner, under each policy something else.
    damages.sort(key=lambda damage: -text.count(f" {damage.apply('—')} "))
    return Suspicion(choose_damages(damages, text), "pairs", best)


def _find_evidence_of_pairs(runs: Iterable[tuple[str, int]], encoding: str) -> Counter[str] | None:
    """
    Return the runs that are UTF-8 in an encoding of pairs; None if too few are.

    A character alone may be so by chance: there must be longer runs, or one behind a small letter.
    """
    shown: Counter[str] = Counter()
    genuine = 0
    for run, times in runs:
        own = run.lstrip(LETTERS)
        original = decode_pairs(own, encoding)
        is_no_chance = len(own) > 1 or run[0].islower()
        if original is None or not all(char.isascii() or is_common(char) for char in original):
            genuine += times
        elif is_no_chance and not is_natural(run[: -len(own)], own):
            shown[own] += times
    return shown if len(shown) >= LEAST_PAIRS and shown.total() > genuine else None
