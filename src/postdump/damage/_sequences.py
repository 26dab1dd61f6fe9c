# SPDX-License-Identifier: MIT
"""
The signs of a damage: characters outside ASCII that single bytes of UTF-8 leave, and patterns of sequences.

A sequence is whole where the sign of a first byte is followed by as many signs of continuation bytes as the
first byte announces: under windows-1252 `â€™`, of which `â` opens a sequence of three.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Any, Final, NamedTuple, final

import regex
from attrs import frozen

from postdump._text.patterns import compile_pattern, write_class
from postdump.damage._utf8 import CONTINUATION, LENGTHS, LONGEST

_NOTHING: Final = "(?!)"
"""The pattern that matches nowhere."""


class Sign(NamedTuple):
    """A character that a byte leaves."""

    char: str
    byte: int


@final
@frozen(cache_hash=True, slots=False)  # a key of dictionaries, and holds what is computed once
class Signs:
    """The signs of a damage. Damages that differ in other bytes only have equal ones."""

    continuations: tuple[Sign, ...]
    """Of bytes that continue a sequence."""
    openings: tuple[tuple[Sign, ...], ...]
    """Of the first bytes of sequences of two, of three and of four bytes."""

    @cached_property
    def _byte_of(self) -> dict[str, int]:
        return {sign.char: sign.byte for signs in (self.continuations, *self.openings) for sign in signs}

    @cached_property
    def pattern(self) -> Any:
        """
        The pattern of a whole sequence, or of the sign of a first byte that stands alone.

        Its groups are the ASCII letter before a whole sequence, if any, and the sequence.
        """
        continuation = _class_of_signs(self.continuations)
        openings = [_class_of_signs(signs) for signs in self.openings]
        whole = [
            f"{opening}{continuation}{{{count}}}"
            for count, opening in enumerate(openings, 1)
            if continuation and opening
        ]
        alone = _class_of_signs([sign for signs in self.openings for sign in signs])
        return compile_pattern(f"([A-Za-z]?)({'|'.join(whole) or _NOTHING})|{alone or _NOTHING}")

    def compile_partial(self, stand_in: str) -> Any:
        """Compile the pattern of a sequence of whose bytes some, but not all, left a policy's stand-in."""
        continuation = _class_of_signs(self.continuations)
        either = write_class("".join(sign.char for sign in self.continuations) + stand_in)
        stand_in = regex.escape(stand_in)
        forms = [
            f"{_class_of_signs(signs)}(?!{stand_in}{{{count}}}|{continuation}{{{count}}}){either}{{{count}}}"
            for count, signs in enumerate(self.openings[1:], 2)
            if signs and continuation
        ]
        return compile_pattern("|".join(forms) or _NOTHING)

    def decode(self, sequence: str) -> str | None:
        """Return the character that a whole sequence stands for; None if its bytes are no UTF-8."""
        try:
            return bytes(map(self._byte_of.__getitem__, sequence)).decode("utf-8")
        except UnicodeDecodeError:
            return None


def signs_of(table: Sequence[str]) -> Signs:
    """Return the signs of a damage, by what it leaves of each byte."""
    openings: list[list[Sign]] = [[] for _ in range(2, LONGEST + 1)]
    continuations = []
    for sign in _find_signs(table):
        if sign.byte in LENGTHS:
            openings[LENGTHS[sign.byte] - 2].append(sign)
        else:
            continuations.append(sign)
    return _share(tuple(continuations), tuple(map(tuple, openings)))


@lru_cache(maxsize=512)  # the 231 known damages have 126 different ones
def _share(continuations: tuple[Sign, ...], openings: tuple[tuple[Sign, ...], ...]) -> Signs:
    """Return one object for equal signs, so that their patterns are compiled once."""
    return Signs(continuations, openings)


def _find_signs(table: Sequence[str]) -> Iterator[Sign]:
    """
    Yield the characters outside ASCII that bytes of sequences leave, but none that stands for lost bytes.

    Of several bytes that leave one character, the first is meant.
    """
    seen = {"\ufffd"}
    for byte in (*CONTINUATION, *LENGTHS):
        char = table[byte]
        if len(char) == 1 and char not in seen and not char.isascii():
            seen.add(char)
            yield Sign(char, byte)


def _class_of_signs(signs: Sequence[Sign]) -> str:
    """Write the class of some signs; nothing if there are none."""
    return write_class("".join(sign.char for sign in signs))
