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

from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, Final

import regex

from postdump._text.patterns import compile_pattern, write_class
from postdump.damage import Damage, known_damages
from postdump.damage._plausibility import _TYPOGRAPHIC, _script, is_common, is_natural
from postdump.damage._residue import LONGEST_RUN

OF_ONE_SCRIPT: Final = 3
"""Sequences that must stand for characters of one script, if these are none that most texts have."""

ENOUGH: Final = 3
"""The least weight that convicts: a sequence of three bytes, three of two, or one that breaks into a word."""

LEAST_SHARE: Final = 1 / 4
"""The least share of whole sequences to first bytes alone: of the bytes that follow, policies take half."""

_RUN: Final = regex.compile(rf"[A-Za-z]?[^\x00-\x7f]{{1,{LONGEST_RUN}}}")

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

_STAND_INS: Final = frozenset("?\ufffd")
"""Signs that policies put for a lost byte, and that are seen to stand there."""

_BESIDE: Final = frozenset(f"{_TYPOGRAPHIC}´")
"""Clean signs that stand right behind a letter, and so behind the first byte of one that was torn."""


def _bytes_of(sequences: Sequences) -> dict[str, int]:
    return {char: byte for kind in sequences for char, byte in kind}


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
    follows, *openings = (write_class("".join(char for char, _ in kind)) for kind in sequences)
    whole = "|".join(f"{opens}{follows}{{{n}}}" for n, opens in enumerate(openings, 1) if follows and opens)
    alone = write_class("".join(char for kind in sequences[1:] for char, _ in kind))
    return compile_pattern(f"([A-Za-z]?)({whole or '(?!)'})|{alone or '(?!)'}")


@lru_cache(maxsize=512)
def _stood_in(sequences: Sequences, stand_in: str) -> Any:
    """Compile the pattern of a sequence of which a sign stands for some of the bytes, and not for all."""
    follows, _, *openings = ("".join(char for char, _ in kind) for kind in sequences)
    one, sign = write_class(follows + stand_in), regex.escape(stand_in)
    rest = ((write_class(opens), n) for n, opens in enumerate(openings, 2) if opens and follows)
    return compile_pattern(
        "|".join(f"{opens}(?!{sign}{{{n}}}|{write_class(follows)}{{{n}}}){one}{{{n}}}" for opens, n in rest)
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


def _decoded(sequence: str, bytes_of: dict[str, int]) -> str | None:
    try:
        return bytes(bytes_of[char] for char in sequence).decode("utf-8")
    except UnicodeDecodeError:
        return None
