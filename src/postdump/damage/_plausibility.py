# SPDX-License-Identifier: MIT
"""Whether a text looks as people write it."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

_OPENING: Final = "„‚“‘«‹¿¡"

_TYPOGRAPHIC: Final = f"{_OPENING}’”»›…–—·°ªº©®™\u00a0\u202f"
"""What stands beside letters in clean text; the former only before a word."""

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


@lru_cache(maxsize=4096)
def is_common(char: str) -> bool:
    """Tell whether most texts have characters like this one."""
    return any(start <= ord(char) < stop for start, stop in _COMMON)


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    """Return the first word of a character's name, which is that of its script if it is a letter."""
    return unicodedata.name(char, "").partition(" ")[0]
