# SPDX-License-Identifier: MIT
"""
What a damage leaves of characters, as patterns, and which of several damages leaves what a text shows.

Damages that do the same to a few icons differ in what else they leave: the best is the one that leaves
fewest characters of the text unexplained. That rules no other out: what it leaves unexplained may be clean.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Final

import regex

from postdump._links import NON_ASCII
from postdump._patterns import compiled
from postdump.damage import C1Policy, Damage

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
TORN: Final = 3
"""Bytes that can be left at either side of a lost one: of a character, at most three."""
DEMANDS: Final = {"?": 2, " ": 8}
"""How many stand-ins must stand where a policy demands them to be no accident."""

_STRETCH: Final = regex.compile(rf"[ ?]?(?:[^\x00-\x7f][ ?]{{0,3}}){{1,{LONGEST_RUN}}}")
"""What can be left of characters if spaces or question marks stand for some of their bytes."""


def ranked(suspects: Sequence[Damage], text: str) -> tuple[Damage, ...]:
    """
    Return several damages, those first that leave fewest characters of a text unexplained.

    Of those that leave fewest, the best is the first under which no space is missing, and which puts `?` or
    spaces where they are.

    >>> greek, thai = Damage(misread_as="iso-8859-7"), Damage(misread_as="tis-620")
    >>> ranked([thai, greek], "donβt") == (greek, thai)
    True
    """
    if len(suspects) < 2:
        return tuple(suspects)
    stretches = Counter(_STRETCH.findall(text[:LOOKED_AT]))
    common = stretches.most_common(KINDS)
    joined = "\n".join(stretch for stretch, _ in common)

    left = {damage: _left_over(damage, joined, is_strict=False) for damage in suspects}
    least = min(left.values())

    def rank(damage: Damage) -> tuple[int, int, bool]:
        if left[damage] > least:
            return left[damage], 0, False
        return least, _left_over(damage, joined, is_strict=True), not _is_demanded(common, damage)

    return tuple(sorted(suspects, key=rank))


def _left_over(damage: Damage, text: str, *, is_strict: bool) -> int:
    """Return how many characters a damage leaves unexplained; if not `is_strict`, white space is forgiven."""
    if damage.reads_pairs:
        runs = [run for run in NON_ASCII.findall(text) if not is_of_pairs(run, damage)]
    else:
        runs = NON_ASCII.findall(_remains(damage, with_spaces=is_strict).sub("", text))
    return sum(is_strict or not char.isspace() for run in runs for char in run)


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
            one = class_of("".join(left)) if all(len(char) < 2 for char in left) else f"(?:{chars})"
            pieces.append(f"{one}?" if one and "" in left else one)
        forms.append("".join(pieces))
    forms += ["\ufffd"] * ("\ufffd" in damage.table[0x80:])  # how many stand for a character is unknown
    return compiled(f"(?:{'|'.join(forms)})+")


def class_of(chars: str) -> str:
    """Write the class of some characters; nothing, where there are none."""
    return f"[{''.join(map(regex.escape, sorted(chars)))}]" if chars else ""
