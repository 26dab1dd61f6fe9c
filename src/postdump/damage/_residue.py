# SPDX-License-Identifier: MIT
"""
Recognise what a damage leaves of characters outside ASCII.

For a damage that reads single bytes, a pattern is compiled from its table; for a damage that reads pairs,
each run of characters is tested.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import regex

from postdump._text.patterns import compile_pattern, write_class
from postdump.damage import C1Policy, Damage, read_in_pairs
from postdump.damage._utf8 import CONTINUATION, LENGTHS, LONGEST

TORN: Final = 3
"""Bytes that can be left at either side of a lost byte: of a character, at most three."""


def is_of_pairs(run: str, damage: Damage) -> bool:
    """
    Return whether a run was UTF-8 read in pairs, with its first and last character possibly torn.

    If bytes without a partner were kept as characters, none is missing: two that stand side by side and are
    a pair would have been read as one.

    >>> is_of_pairs("Ã©", Damage(misread_as="big5", c1_policy="keep")), "Ã©".encode("latin-1").decode("big5")
    (False, '矇')
    """
    unpaired = set(damage.table[0x80:])
    data = b""
    lost = 1
    for char in run:
        try:
            data += char.encode(damage.misread_as)
        except UnicodeError:
            if char not in unpaired:
                return False
            data += bytes([ord(char)]) if damage.c1_policy is C1Policy.KEEP and char <= "\xff" else b""
            lost += 1
    is_kept = damage.c1_policy is C1Policy.KEEP and damage.then is None
    if is_kept and read_in_pairs(data, damage.misread_as, damage.c1_policy) != run:
        return False
    return len(data.decode("utf-8", "ignore").encode()) + TORN * lost >= len(data)


def compile_residue(table: Sequence[str], *, spaces_may_be_lost: bool) -> Any:
    """
    Compile the pattern of what a damage leaves of characters outside ASCII, one after another.

    Args:
        table: What the damage leaves of each byte.
        spaces_may_be_lost: Whether a byte that left a space may as well have left nothing, since white
            space is lost on many pages.
    """
    forms = []
    for length in range(LONGEST, 1, -1):  # longest first: the first bytes of two lengths can leave the same
        first_bytes = [byte for byte, its_length in LENGTHS.items() if its_length == length]
        parts = [first_bytes, *[CONTINUATION] * (length - 1)]
        forms.append("".join(_write_byte(table, part, may_vanish=spaces_may_be_lost) for part in parts))
    if "\ufffd" in table[0x80:]:
        forms.append("\ufffd")  # how many of these stand for one character is unknown
    return compile_pattern(f"(?:{'|'.join(forms)})+")


def _write_byte(table: Sequence[str], byte_range: Iterable[int], *, may_vanish: bool) -> str:
    """Write the pattern of what any byte of a range leaves; `may_vanish`: of spaces, or nothing instead."""
    remnants = {table[byte] for byte in byte_range}
    if may_vanish and " " in remnants:
        remnants.add("")
    if all(len(remnant) < 2 for remnant in remnants):
        pattern = write_class("".join(remnants))
    else:
        longest_first = sorted(filter(None, remnants), key=len, reverse=True)
        pattern = f"(?:{'|'.join(map(regex.escape, longest_first))})"
    return f"{pattern}?" if pattern and "" in remnants else pattern
