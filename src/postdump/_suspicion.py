# SPDX-License-Identifier: MIT
"""
Which damage the characters of a text show by themselves, where no marker does.

What a misreading leaves of UTF-8 has a shape: a character that a first byte left, then those that its
continuation bytes left.

**Sequences.** Every damage is one bit of an integer, so a character is read under all of them at once. Whole
sequences count: a single `β` is normal in Greek, and so is `É` in French. A sequence counts, if
what it stands for is what people write (Latin letters, punctuation, symbols, emoji) or if there are several
of one script; what may as well stand in clean text, or is quoted, counts for nothing; a text that shows as
often what the sequences stand for speaks of them (`donâ€™t` for `don’t`); and damages under which first
bytes mostly stand alone, as letters of a genuine text do, are out.

**Strays.** Where no sequence is whole, a letter of another script within Latin words, where English or
French has its apostrophes (`donβt`, `itβs`), is what a damage left of one.

**Pairs.** Runs that are UTF-8 again, once written in an encoding of pairs (`鈥檛`), are not Chinese.

**Which of several.** Clean and damaged characters mix, so a character that a damage cannot have left rules
that damage out only within a whole sequence of another, and unlike clean text. What stands there as whole
under one damage and that another cannot have left speaks against the other; unless something speaks
against the one as well, the other is out. All that are left are equivalents.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, Final

import regex
from attrs import field, frozen

from postdump._pairs import PAIRED
from postdump._patterns import compiled
from postdump._remains import KINDS, LONGEST_RUN, LOOKED_AT, class_of, is_of_pairs, ranked
from postdump.damage import Damage, known_damages, paired_damages

CANDIDATES: Final = 8
"""Damages that are weighed, of those under which most sequences are whole: each as often as it differs."""
OF_ONE_SCRIPT: Final = 3
"""Sequences that must stand for characters of one script, if these are none that most texts have."""
ENOUGH: Final = 3
"""The least weight that convicts: a sequence of three bytes, three of two, or one that breaks into a word."""
LEAST_SHARE: Final = 1 / 4
"""The least share of whole sequences to first bytes alone: of the bytes that follow, policies take half."""
LEAST_PAIRS: Final = 2
"""Kinds of runs that convict a damage that reads pairs."""
SPOKEN_OF: Final = 16
"""Kinds of sequences, the most frequent ones, that are compared with what they stand for."""
STRAYS: Final = 3
"""How many different letters must stand around strays as around apostrophes."""

_RUN: Final = regex.compile(rf"[A-Za-z]?[^\x00-\x7f]{{1,{LONGEST_RUN}}}")
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
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_OPENING: Final = "„‚“‘«‹¿¡"
_TYPOGRAPHIC: Final = f"{_OPENING}’”»›…–—·°ªº©®™\u00a0\u202f"
"""What stands beside letters in clean text; the former only before a word."""

_STAND_INS: Final = frozenset("?\ufffd")
"""Signs that policies put for a lost byte, and that are seen to stand there."""
_BESIDE: Final = frozenset(f"{_TYPOGRAPHIC}´")
"""Clean signs that stand right behind a letter, and so behind the first byte of one that was torn."""

_MATHS: Final = frozenset("√∞≤≥≠≈∂∑∏∫∆±µ·×÷¬∩≡∇⁄°")
_BOXES: Final = range(0x2500, 0x2600)
"""Box drawings, blocks, shapes."""

_COMMON: Final = (
    *((0xA1, 0x250), (0x2010, 0x2028), (0x202F, 0x203B), (0x20A0, 0x20C1), (0x2100, 0x2600)),
    *((0x2600, 0x27C0), (0x2B00, 0x2C00), (0xFE0F, 0xFE10), (0x1F000, 0x1FB00)),
)
"""Latin, punctuation, currency, arrows, symbols, emoji."""


@frozen
class Suspicion:
    """The damages that a text without markers shows, and what shows them, with how often it stands."""

    damages: tuple[Damage, ...] = ()
    rule: str = ""
    """`sequences`, `strays` or `pairs`; nothing where there is no damage."""
    shown: Counter[str] = field(factory=Counter)


def suspected(text: str) -> Suspicion:
    """
    Return the damages that a text shows by itself, the best first.

    >>> found = suspected("don’t, “quay” – café".encode().decode("cp1251"))
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
    damages = most_telling(best, text)
    shown, clean = _times(weighed[_sequences(damages[0])][1], text, _sequences(damages[0]))
    return Suspicion(damages, "sequences", shown) if clean < shown.total() else None


def most_telling(suspects: Sequence[Damage], text: str) -> tuple[Damage, ...]:
    """
    Return those of several damages that a text does not rule out, the best first.

    >>> central, south = Damage(misread_as="iso-8859-2"), Damage(misread_as="iso-8859-16")
    >>> most_telling([central, south], "naïve") == (south, central)
    True
    >>> most_telling([central, south], "naïve, schĂśn, spĂ¤t") == (central,)
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
    return tuple(sorted(ranked(left, text), key=lambda damage: len(against[damage])))


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


def _times(found: Counter[str], text: str, sequences: Sequences) -> tuple[Counter[str], int]:
    """Count sequences in a text, the most frequent kinds only, and elsewhere in it what they stand for."""
    bytes_of = _bytes_of(sequences)
    shown: Counter[str] = Counter()
    for sequence, _ in found.most_common(SPOKEN_OF):
        shown[sequence] = text.count(sequence)
        text = text.replace(sequence, "")
    made = {_decoded(sequence, bytes_of) for sequence in shown}
    return +shown, sum(text.count(char) for char in made if char is not None)


def _bytes_of(sequences: Sequences) -> dict[str, int]:
    return {char: byte for kind in sequences for char, byte in kind}


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
        if found and is_consonant and len(set(fitting)) >= STRAYS and 2 * len(fitting) >= times:
            return Suspicion(most_telling(found, text), "strays", Counter({stray: times}))
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
    return Suspicion(most_telling(alike, text), "pairs", found[best])


def _of_pairs(run: str, encoding: str) -> str | None:
    """Return the UTF-8 that a run is in an encoding of pairs; None where it is none."""
    try:
        return run.encode(encoding).decode("utf-8")
    except UnicodeError:
        return None


@cache
def _bits() -> dict[str, tuple[int, int, int, int]]:
    """Return for each character under which damages it continues a sequence, or opens one of 2, 3, 4."""
    found: dict[str, list[int]] = {}
    for number, damage in enumerate(known_damages()):
        for kind, left in enumerate(_sequences(damage)):
            for char, _ in left:
                found.setdefault(char, [0, 0, 0, 0])[kind] |= 1 << number
    return {char: (masks[0], masks[1], masks[2], masks[3]) for char, masks in found.items()}


def _unique(damage: Damage) -> Iterator[tuple[int, str]]:
    """
    Yield the bytes of UTF-8's sequences that leave a character outside ASCII, if it stands for no lost byte.

    Of several bytes that leave one character, the first is meant.
    """
    known = {"\ufffd"}
    for byte in (*range(0x80, 0xC0), *range(0xC2, 0xF5)):
        char = damage.table[byte]
        if len(char) == 1 and char not in known and not char.isascii():
            known.add(char)
            yield byte, char


@lru_cache(maxsize=4096)
def _whole_under(run: str) -> int:
    """Return the damages, each a bit, under which a whole sequence stands in a run."""
    bits = _bits()
    found = one = two = three = 0
    for char in run:
        follows, opens_two, opens_three, opens_four = bits.get(char, (0, 0, 0, 0))
        found |= one & follows
        one, two, three = (two & follows) | opens_two, (three & follows) | opens_three, opens_four
    return found


@lru_cache(maxsize=512)
def _not_foreign(damage: Damage) -> frozenset[str]:
    """Return what the bytes of UTF-8 leave outside ASCII, and the clean signs that may stand beside it."""
    return _BESIDE.union(*damage.table[0x80:0xC0], *damage.table[0xC2:0xF5])


Sequences = tuple[tuple[tuple[str, int], ...], ...]
"""What continues a whole sequence, and what opens one of two, three, four bytes, each with its byte."""


@lru_cache(maxsize=512)
def _sequences(damage: Damage) -> Sequences:
    """Return what whole sequences of a damage are made of."""
    kinds: list[list[tuple[str, int]]] = [[], [], [], []]
    for byte, char in _unique(damage):
        kinds[0 if byte < 0xC0 else 1 if byte < 0xE0 else 2 if byte < 0xF0 else 3].append((char, byte))
    return tuple(map(tuple, kinds))


@lru_cache(maxsize=512)
def _whole_or_alone(sequences: Sequences) -> Any:
    """Compile the pattern of a whole sequence, with the letter before it, or of a first byte's alone."""
    follows, *openings = (class_of("".join(char for char, _ in kind)) for kind in sequences)
    whole = "|".join(f"{opens}{follows}{{{n}}}" for n, opens in enumerate(openings, 1) if follows and opens)
    alone = class_of("".join(char for kind in sequences[1:] for char, _ in kind))
    return compiled(f"([A-Za-z]?)({whole or '(?!)'})|{alone or '(?!)'}")


@lru_cache(maxsize=512)
def _stood_in(sequences: Sequences, stand_in: str) -> Any:
    """Compile the pattern of a sequence of which a sign stands for some of the bytes, and not for all."""
    follows, _, *openings = ("".join(char for char, _ in kind) for kind in sequences)
    one, sign = class_of(follows + stand_in), regex.escape(stand_in)
    rest = ((class_of(opens), n) for n, opens in enumerate(openings, 2) if opens and follows)
    return compiled(
        "|".join(f"{opens}(?!{sign}{{{n}}}|{class_of(follows)}{{{n}}}){one}{{{n}}}" for opens, n in rest)
        or "(?!)"
    )


def _weight(runs: str, sequences: Sequences) -> tuple[int, Counter[str]]:
    """Weigh the whole sequences of runs; nothing, where letters that stand alone outweigh them."""
    bytes_of = _bytes_of(sequences)
    shown = Counter(_whole_or_alone(sequences).findall(runs))
    alone = shown.pop(("", ""), 0)
    made = {sequence: _decoded(sequence, bytes_of) for _, sequence in shown}
    scripts = Counter(map(_script, filter(None, made.values())))
    found: Counter[str] = Counter()
    worth: dict[str, int] = {}
    for (before, sequence), times in shown.items():
        char = made[sequence]
        is_likely = char is not None and (is_common(char) or scripts[_script(char)] >= OF_ONE_SCRIPT)
        if is_likely and not is_natural(before, sequence):
            found[sequence] += times
            breaks_in = before.islower() and not sequence[0].islower()
            weight = 1 if len(sequence) < 3 and not breaks_in else ENOUGH
            worth[sequence] = max(worth.get(sequence, 0), weight)
        else:
            alone += times
    return (sum(worth.values()) if found.total() >= LEAST_SHARE * alone else 0), found


@lru_cache(maxsize=4096)
def is_natural(before: str, sequence: str) -> bool:
    """
    Tell whether a sequence may as well stand in clean text: part of a word, a formula, a drawing.

    It does not if it mixes scripts, breaks the case of a word, or opens what is quoted within one.
    """
    if sequence[0].isspace() or all(ord(char) in _BOXES for char in sequence):
        return True
    if all(char in _MATHS or _script(char) == "GREEK" for char in sequence):
        return True
    letters = "".join(char for char in sequence if unicodedata.category(char)[0] in "LMN")
    if any(char not in letters and char not in _TYPOGRAPHIC for char in sequence):
        return False
    if before and (sequence[0] in _OPENING or (_script(sequence[0]) != "LATIN" and sequence[0] in letters)):
        return False
    word = before * (sequence[0] in letters) + letters
    is_cased = word.lower() != word.upper()
    in_case = word.islower() or word.isupper() or word.istitle() or not is_cased
    return in_case and len(set(map(_script, letters))) < 2


def _decoded(sequence: str, bytes_of: dict[str, int]) -> str | None:
    try:
        return bytes(bytes_of[char] for char in sequence).decode("utf-8")
    except UnicodeDecodeError:
        return None


@lru_cache(maxsize=4096)
def is_common(char: str) -> bool:
    """Tell whether most texts have characters like this one."""
    return any(start <= ord(char) < stop for start, stop in _COMMON)


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    """Return the first word of a character's name, which is that of its script if it is a letter."""
    return unicodedata.name(char, "").partition(" ")[0]
