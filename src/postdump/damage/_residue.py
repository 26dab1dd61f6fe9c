# SPDX-License-Identifier: MIT
"""
What a damage leaves of characters, as patterns, and which of several damages leaves what a text shows.

Damages that do the same to a few icons differ in what else they leave: the best is the one that leaves
fewest characters of the text unexplained. That rules no other out: what it leaves unexplained may be clean.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import regex

from postdump._text.patterns import compile_pattern, write_class
from postdump.damage import C1Policy, Damage
from postdump.damage._utf8 import CONTINUATION

LOOKED_AT: Final = 1 << 15
"""Code points of a text that are looked at: one extractor treats all of a page alike."""

KINDS: Final = 512
"""Runs that are looked at, the most frequent first."""

LONGEST_RUN: Final = 64
"""Code points of a run that are looked at."""

TORN: Final = 3
"""Bytes that can be left at either side of a lost one: of a character, at most three."""


def is_of_pairs(run: str, damage: Damage) -> bool:
    """Tell whether a run was UTF-8 read in pairs, a first and a last character of it possibly torn."""
    alone = set(damage.table[0x80:])
    data = b""
    lost = 1
    for char in run:
        try:
            data += char.encode(damage.misread_as)
        except UnicodeError:
            if char not in alone:
                return False
            data += bytes([ord(char)]) if damage.c1_policy is C1Policy.KEEP and char <= "\xff" else b""
            lost += 1
    return len(data.decode("utf-8", "ignore").encode()) + TORN * lost >= len(data)


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
            one = write_class("".join(left)) if all(len(char) < 2 for char in left) else f"(?:{chars})"
            pieces.append(f"{one}?" if one and "" in left else one)
        forms.append("".join(pieces))
    forms += ["\ufffd"] * ("\ufffd" in damage.table[0x80:])  # how many stand for a character is unknown
    return compile_pattern(f"(?:{'|'.join(forms)})+")
