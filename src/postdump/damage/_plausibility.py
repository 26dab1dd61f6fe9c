# SPDX-License-Identifier: MIT
"""Decide whether a text looks as people write it."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

_OPENING: Final = "„‚“‘«‹¿¡"

TYPOGRAPHIC: Final = f"{_OPENING}’”»›…–—·°ªº©®™\u00a0\u202f"
"""Signs that stand beside letters in clean text; those of `_OPENING` only before a word."""

_MATHS: Final = frozenset("√∞≤≥≠≈∂∑∏∫∆±µ·×÷¬∩≡∇⁄°")

_BOXES: Final = range(0x2500, 0x2600)
"""Box drawings, blocks, shapes."""

_COMMON: Final = (
    *((0xA1, 0x250), (0x2010, 0x2028), (0x202F, 0x203B), (0x20A0, 0x20C1), (0x2100, 0x2600)),
    *((0x2600, 0x27C0), (0x2B00, 0x2C00), (0xFE0F, 0xFE10), (0x1F000, 0x1FB00)),
)
"""Latin, punctuation, currency, arrows, symbols, emoji."""


@lru_cache(maxsize=4096)
def is_natural(before: str, sequence: str) -> bool:
    """
    Return whether a sequence may as well stand in clean text: part of a word, a formula, a drawing.

    It does not if it mixes scripts, breaks the case of a word, or opens what is quoted within one.

    Args:
        before: The ASCII letter before the sequence, or nothing.
        sequence: One or more characters outside ASCII.

    >>> is_natural("f", "üß"), is_natural("n", "â€™")
    (True, False)
    """
    if sequence[0].isspace() or _is_drawing(sequence) or _is_formula(sequence):
        return True
    letters = "".join(filter(_is_in_word, sequence))
    if any(char not in letters and char not in TYPOGRAPHIC for char in sequence):
        return False
    return not (before and breaks_word(sequence[0])) and _is_word(before, sequence, letters)


def _is_drawing(sequence: str) -> bool:
    return all(ord(char) in _BOXES for char in sequence)


def _is_formula(sequence: str) -> bool:
    return all(char in _MATHS or script_of(char) == "GREEK" for char in sequence)


def _is_in_word(char: str) -> bool:
    """Return whether a character is a letter, a mark on one, or a number."""
    return unicodedata.category(char)[0] in "LMN"


def breaks_word(char: str) -> bool:
    """Return whether a character cannot stand right behind a letter of ASCII."""
    return char in _OPENING or (_is_in_word(char) and script_of(char) != "LATIN")


def _is_word(before: str, sequence: str, letters: str) -> bool:
    """Return whether the letters are of one script and, with the one before them, cased as words are."""
    word = before + letters if sequence[0] in letters else letters
    has_case = word.lower() != word.upper()
    is_cased_well = word.islower() or word.isupper() or word.istitle() or not has_case
    return is_cased_well and len(set(map(script_of, letters))) < 2


@lru_cache(maxsize=4096)
def is_common(char: str) -> bool:
    """Return whether most texts have characters like this one."""
    return any(start <= ord(char) < stop for start, stop in _COMMON)


@lru_cache(maxsize=4096)
def script_of(char: str) -> str:
    """
    Return the first word of a character's name, which is that of its script if it is a letter.

    >>> script_of("β"), script_of("€")
    ('GREEK', 'EURO')
    """
    return unicodedata.name(char, "").partition(" ")[0]
