# SPDX-License-Identifier: MIT
"""
Which damage the characters of a text show by themselves.

What a misreading leaves of UTF-8 has a shape: a character that a first byte left, then those that its
continuation bytes left. Two questions are put to it.

**Which damages can it be at all?** (`suspected`) For texts without markers. Every damage is one bit of an
integer, so a character is read under all of them at once. Whole sequences count: a single `β` is normal in
Greek, and so is `É` in French. A sequence is worth its length, if what it stands for is what people write
(Latin letters, punctuation, symbols, emoji) or if its run is of one script; what may as well be part of a
word, or is quoted, counts for nothing; a text that shows as often what the sequences stand for speaks of
them (`donâ€™t` for `don’t`); and damages under which first bytes mostly stand alone, as letters of
a genuine text do, are out. Where no sequence is whole, a letter of another script within Latin words
(`donβt`, `itβs`) is what a damage left of an apostrophe.

**Which of several?** (`most_telling`) Damages that do the same to a few icons differ in what else they
leave: the best is the one that leaves fewest characters of the text unexplained. Where that is a tie, all
that tie are equivalents.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, Final

import regex
from attrs import field, frozen

from postdump._links import NON_ASCII
from postdump.damage import Damage, known_damages

CONTINUATION: Final = range(0x80, 0xC0)
UTF8_FORMS: Final = (
    (range(0xC2, 0xE0), CONTINUATION),
    (range(0xE0, 0xE1), range(0xA0, 0xC0), CONTINUATION),
    (range(0xE1, 0xED), CONTINUATION, CONTINUATION),
    (range(0xED, 0xEE), range(0x80, 0xA0), CONTINUATION),
    (range(0xEE, 0xF0), CONTINUATION, CONTINUATION),
    (range(0xF0, 0xF1), range(0x90, 0xC0), CONTINUATION, CONTINUATION),
    (range(0xF1, 0xF4), CONTINUATION, CONTINUATION, CONTINUATION),
    (range(0xF4, 0xF5), range(0x80, 0x90), CONTINUATION, CONTINUATION),
)
"""The bytes of a character outside ASCII, as the Unicode standard's table of well-formed UTF-8 has them."""

LOOKED_AT: Final = 1 << 15
"""Code points of a text that are looked at: one extractor treats all of a page alike."""
KINDS: Final = 512
"""Runs that are looked at, the most frequent first."""
LONGEST_RUN: Final = 64
"""Code points of a run that are looked at."""
CANDIDATES: Final = 8
"""Damages that are weighed, of those under which most sequences are whole: each as often as it differs."""
OF_ONE_SCRIPT: Final = 3
"""Sequences that must stand for characters of one script, if these are none that most texts have."""
ENOUGH: Final = 2
"""The least weight that convicts: one sequence of three bytes, two of two, or one that breaks into a word."""
LEAST_SHARE: Final = 1 / 4
"""The least share of whole sequences to first bytes alone: of the bytes that follow, policies take half."""
SPOKEN_OF: Final = 16
"""Kinds of sequences, the most frequent ones, that are compared with what they stand for."""
DEMANDS: Final = {"?": 2, " ": 8}
"""How many stand-ins must stand where a policy demands them to be no accident."""

_RUN: Final = regex.compile(rf"[A-Za-z]?[^\x00-\x7f]{{1,{LONGEST_RUN}}}")
_QUOTED: Final = regex.compile(
    r"(?<![^\x00-\x7f])(?:“(?:[^“”\r\n]|(?<=[^\x00-\x7f])“|(?<=€)”){1,80}?(?<!€)”"
    r"|«[^«»\r\n]{1,80}+»|„[^„“”\r\n]{1,80}+[“”])"
)
"""What stands in clean quotation marks, which may be mojibake that is spoken of."""
_STRAY: Final = regex.compile(r"(?<=([A-Za-z]))([^\x00-\x7f][?\ufffd]{0,2})(?=([A-Za-z]))")
"""What stands within a word where an apostrophe may have been."""
STRAYS: Final = 3
"""The different letters around strays that convict a damage."""
_STRETCH: Final = regex.compile(rf"[ ?]?(?:[^\x00-\x7f][ ?]{{0,3}}){{1,{LONGEST_RUN}}}")
"""What can be left of characters if spaces or question marks stand for some of their bytes."""

_OPENING: Final = "„‚“‘«‹¿¡"
_TYPOGRAPHIC: Final = f"{_OPENING}’”»›…–—·°ªº©®™\u00a0\u202f"
"""What stands beside letters in clean text; the former only before a word."""

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
    """`sequences`, or `strays`; nothing where there is no damage."""
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
    return _by_sequences(sample) or _by_strays(sample) or Suspicion()


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
    around: dict[str, set[tuple[str, str]]] = {}
    for before, stray, after in _STRAY.findall(text):
        if len(stray) > 1 or (stray.isalpha() and _script(stray) != "LATIN"):
            strays[stray] += 1
            around.setdefault(stray, set()).add((before, after))
    for stray, _ in strays.most_common(1):
        found = tuple(damage for damage in known_damages() if damage.apply("’") == stray)
        if found and len(around[stray]) >= STRAYS:
            return Suspicion(most_telling(found, text), "strays", Counter({stray: strays[stray]}))
    return None


def most_telling(suspects: Sequence[Damage], text: str) -> tuple[Damage, ...]:
    """
    Return those of several damages that leave fewest characters of a text unexplained, the best first.

    The best is the first under which no space is missing, and which puts `?` or spaces where they are.

    >>> greek, thai = Damage(misread_as="iso-8859-7"), Damage(misread_as="tis-620")
    >>> most_telling([thai, greek], "donβt") == (greek,)
    True
    """
    if len(suspects) < 2:
        return tuple(suspects)
    stretches = Counter(_STRETCH.findall(text[:LOOKED_AT]))
    common = stretches.most_common(KINDS)
    joined = "\n".join(stretch for stretch, _ in common)
    left = {damage: _left_over(_remains(damage, with_spaces=False), joined) for damage in suspects}
    found = [damage for damage in suspects if left[damage] == min(left.values())]
    found.sort(
        key=lambda damage: (
            _left_over(_remains(damage), joined, with_spaces=True),
            not _is_demanded(common, damage),
        )
    )
    return tuple(found)


def _left_over(pattern: Any, text: str, *, with_spaces: bool = False) -> int:
    """Return how many characters outside ASCII a pattern leaves of a text; of spaces, only if asked for."""
    runs = NON_ASCII.findall(pattern.sub("", text))
    return sum(with_spaces or not char.isspace() for run in runs for char in run)


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


@cache
def _bits() -> dict[str, tuple[int, int, int, int]]:
    """Return for each character under which damages it continues a sequence, or opens one of 2, 3, 4."""
    found: dict[str, list[int]] = {}
    for number, damage in enumerate(known_damages()):
        for byte, char in _unique(damage):
            kind = 0 if byte < 0xC0 else 1 if byte < 0xE0 else 2 if byte < 0xF0 else 3
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
    follows, *openings = (_class("".join(char for char, _ in kind)) for kind in sequences)
    whole = "|".join(f"{opens}{follows}{{{n}}}" for n, opens in enumerate(openings, 1) if follows and opens)
    alone = _class("".join(char for kind in sequences[1:] for char, _ in kind))
    return regex.compile(f"([A-Za-z]?)({whole or '(?!)'})|{alone or '(?!)'}")


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
        is_likely = char is not None and (_is_common(char) or scripts[_script(char)] >= OF_ONE_SCRIPT)
        if is_likely and not _is_natural(before, sequence):
            found[sequence] += times
            breaks_in = before.islower() and not sequence[0].islower()
            worth[sequence] = max(worth.get(sequence, 0), len(sequence) - 1, 1 + breaks_in)
        else:
            alone += times
    return (sum(worth.values()) if found.total() >= LEAST_SHARE * alone else 0), found


def _is_natural(before: str, sequence: str) -> bool:
    """
    Tell whether a sequence may as well stand in clean text: part of a word, with or without punctuation.

    It does not if it mixes scripts, breaks the case of a word, or opens what is quoted within one.
    """
    if sequence[0].isspace():
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


def _is_common(char: str) -> bool:
    return any(start <= ord(char) < stop for start, stop in _COMMON)


def _script(char: str) -> str:
    """Return the first word of a character's name, which is that of its script if it is a letter."""
    return unicodedata.name(char, "").partition(" ")[0]


@lru_cache(maxsize=512)
def _remains(damage: Damage, *, with_spaces: bool = True) -> Any:
    """
    Compile the pattern of what a damage leaves of characters outside ASCII, one after another.

    Spaces that it leaves may be lost again, as white space is on pages: then, a byte has left nothing.
    """
    forms = []
    # The longest first: two first bytes can have left the same.
    for opening, most in ((range(0xF0, 0xF5), 3), (range(0xE0, 0xF0), 2), (range(0xC2, 0xE0), 1)):
        pieces = []
        for stretch in (opening, *[CONTINUATION] * most):
            left = {damage.table[byte] for byte in stretch}
            if not with_spaces and " " in left:
                left.add("")
            chars = "|".join(map(regex.escape, sorted(filter(None, left), key=len, reverse=True)))
            one = _class("".join(left)) if all(len(char) < 2 for char in left) else f"(?:{chars})"
            pieces.append(f"{one}?" if one and "" in left else one)
        forms.append("".join(pieces))
    return regex.compile(f"(?:{'|'.join(forms)})+")


def _class(chars: str) -> str:
    """Write the class of some characters; nothing, where there are none."""
    return f"[{''.join(map(regex.escape, sorted(chars)))}]" if chars else ""
