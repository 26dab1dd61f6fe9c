# SPDX-License-Identifier: MIT
"""
Which damage the characters of a text show by themselves.

What a misreading leaves of UTF-8 has a shape: a character that a first byte left, then those that its
continuation bytes left. Two questions are put to it.

**Which damages can it be at all?** (`suspected`) For texts without markers. Every damage is one bit of an
integer, so a character is read under all of them at once. Whole sequences alone count: a single `β` is
normal in Greek, and so is `É` in French. A sequence is worth its length, if what it stands for is what
people write (Latin letters, punctuation, symbols, emoji) or if its run is of one script; and damages under
which first bytes mostly stand alone, as letters of a genuine text do, are out.

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

LOOKED_AT: Final = 1 << 16
"""Code points of a text that are looked at: one extractor treats all of a page alike."""
KINDS: Final = 512
"""Runs that are looked at, the most frequent first."""
LONGEST_RUN: Final = 64
"""Code points of a run that are looked at."""
CANDIDATES: Final = 24
"""Damages that are weighed: those under which most sequences are whole."""
ENOUGH: Final = 3
"""The least weight that convicts: one sequence of three bytes, or three of two."""
LEAST_SHARE: Final = 1 / 4
"""The least share of whole sequences to first bytes alone: of random bytes, a policy takes one half or more."""
DEMANDS: Final = {"?": 2, " ": 8}
"""How many stand-ins must stand where a policy demands them to be no accident."""

_RUN: Final = regex.compile(rf"[a-z]?[^\x00-\x7f]{{1,{LONGEST_RUN}}}")
_STRETCH: Final = regex.compile(rf"[ ?]?(?:[^\x00-\x7f][ ?]{{0,3}}){{1,{LONGEST_RUN}}}")
"""What can be left of characters if spaces or question marks stand for some of their bytes."""

_COMMON: Final = (
    *((0xA1, 0x250), (0x2010, 0x2028), (0x202F, 0x203B), (0x20A0, 0x20C1), (0x2100, 0x2600)),
    *((0x2600, 0x27C0), (0x2B00, 0x2C00), (0xFE0F, 0xFE10), (0x1F000, 0x1FB00)),
)
"""Latin, punctuation, currency, arrows, symbols, emoji."""


def suspected(text: str) -> tuple[tuple[Damage, ...], Counter[str]]:
    """
    Return the damages that whole sequences of a text convict, and those sequences, with how often they stand.

    >>> found, sequences = suspected("don’t, “quay” – café".encode().decode("cp1251"))
    >>> found[0].misread_as, sequences.most_common(1)
    ('cp1251', [('вЂ™', 1)])
    """
    runs = Counter(_RUN.findall(text[:LOOKED_AT]))
    common = runs.most_common(KINDS)
    whole: Counter[int] = Counter()
    for run, times in common:
        found = _whole_under(run)
        while found:
            bit = found & -found
            whole[bit.bit_length() - 1] += times
            found ^= bit
    weighed: dict[Damage, tuple[int, Counter[str]]] = {}
    seen: dict[Any, tuple[int, Counter[str]]] = {}
    for number, _ in whole.most_common(CANDIDATES):
        damage = known_damages()[number]
        shape = _sequence(damage)
        if shape not in seen:
            seen[shape] = _weight(common, damage)
        weighed[damage] = seen[shape]
    most = max((weight for weight, _ in weighed.values()), default=0)
    if most < ENOUGH:
        return (), Counter()
    best = [damage for damage in known_damages() if damage in weighed and weighed[damage][0] == most]
    return tuple(best), weighed[best[0]][1]


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
    """Return for each character under which damages it is left by a continuation byte, or begins a sequence."""
    found: dict[str, list[int]] = {}
    for number, damage in enumerate(known_damages()):
        for byte, char in _unique(damage):
            kind = 0 if byte < 0xC0 else 1 if byte < 0xE0 else 2 if byte < 0xF0 else 3
            found.setdefault(char, [0, 0, 0, 0])[kind] |= 1 << number
    return {char: (masks[0], masks[1], masks[2], masks[3]) for char, masks in found.items()}


def _unique(damage: Damage) -> Iterator[tuple[int, str]]:
    """Yield the bytes of UTF-8's sequences that leave one character outside ASCII which no other byte leaves."""
    times = Counter(damage.table)
    for byte in (*range(0x80, 0xC0), *range(0xC2, 0xF5)):
        char = damage.table[byte]
        if len(char) == 1 and times[char] == 1 and not char.isascii():
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
def _sequence(damage: Damage) -> tuple[str, ...]:
    """Return what whole sequences of a damage are made of: what continues, and what opens two, three, four."""
    kinds: list[list[str]] = [[], [], [], []]
    for byte, char in _unique(damage):
        kinds[0 if byte < 0xC0 else 1 if byte < 0xE0 else 2 if byte < 0xF0 else 3].append(char)
    return tuple("".join(chars) for chars in kinds)


@lru_cache(maxsize=512)
def _whole_or_alone(sequence: tuple[str, ...]) -> Any:
    """Compile the pattern of a whole sequence, or of what a first byte left alone; the former is the group."""
    follows, *openings = map(_class, sequence)
    whole = "|".join(f"{opens}{follows}{{{n}}}" for n, opens in enumerate(openings, 1) if follows and opens)
    alone = _class("".join(sequence[1:]))
    return regex.compile(f"({whole or '(?!)'})|{alone or '(?!)'}")


def _weight(runs: Iterable[tuple[str, int]], damage: Damage) -> tuple[int, Counter[str]]:
    """Weigh the whole sequences of runs; nothing, where letters that stand alone outweigh them."""
    pattern = _whole_or_alone(_sequence(damage))
    bytes_of = {char: byte for byte, char in _unique(damage)}
    sequences: Counter[str] = Counter()
    weight = alone = 0
    for run, times in runs:
        shown = pattern.findall(run)
        whole = [sequence for sequence in shown if sequence]
        alone += times * (len(shown) - len(whole))
        made = [_decoded(sequence, bytes_of) for sequence in whole]
        is_one_script = len(made) > 2 and len({_script(char) for char in made}) == 1
        for sequence, char in zip(whole, made, strict=True):
            if char is None or not (_is_common(char) or is_one_script):
                alone += times
                continue
            within_a_word = run[0].isascii() and run[0].isalpha() and run[1] == sequence[0]
            is_odd = within_a_word and not sequence[0].islower() and _is_letter(char)
            weight += max(len(sequence) - 1 + (len(sequence) > 2), 1 + is_odd) * (sequence not in sequences)
            sequences[sequence] += times
    return (weight if sum(sequences.values()) >= LEAST_SHARE * alone else 0), sequences


def _decoded(sequence: str, bytes_of: dict[str, int]) -> str | None:
    try:
        return bytes(bytes_of[char] for char in sequence).decode("utf-8")
    except UnicodeDecodeError:
        return None


def _is_common(char: str) -> bool:
    return any(start <= ord(char) < stop for start, stop in _COMMON)


def _is_letter(char: str) -> bool:
    return char.isalpha()


def _script(char: str | None) -> str | None:
    """Return the first word of a character's name, which is that of its script if it is a letter."""
    return None if char is None else unicodedata.name(char, "").partition(" ")[0]


@lru_cache(maxsize=512)
def _remains(damage: Damage, *, with_spaces: bool = True) -> Any:
    """
    Compile the pattern of what a damage leaves of characters outside ASCII, one after another.

    Spaces that it leaves may be lost again, as white space is on pages: then, a byte has left nothing.
    """
    forms = []
    for form in UTF8_FORMS:
        pieces = []
        for stretch in form:
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
