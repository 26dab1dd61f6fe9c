# SPDX-License-Identifier: MIT
"""Compute what follows from the 256 bytes of a damage: each part once, when it is first needed."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import Any, Final, final

from attrs import evolve, frozen

from postdump.damage import Damage
from postdump.damage._residue import compile_residue
from postdump.damage._run_reader import RunReader
from postdump.damage._sequences import Signs, signs_of
from postdump.damage._utf8 import CONTINUATION, LENGTHS

_VISIBLE_STAND_INS: Final = ("?", "\ufffd")
"""Signs that policies put for a lost byte, and that can be seen in its place."""


@final
@frozen(eq=False, slots=False)
class DamageTable:
    """
    What follows from a damage; get it by `table_of`.

    Where bytes are read in pairs, the fields describe bytes without a partner.
    """

    damage: Damage

    @cached_property
    def first_step(self) -> Damage:
        """The first misreading alone."""
        return evolve(self.damage, then=None)

    @cached_property
    def byte_of(self) -> dict[str, int]:
        """The byte that left a character, for those that only one byte leaves."""
        table = self.damage.table
        times: dict[str, int] = {}
        for remnant in table:
            times[remnant] = times.get(remnant, 0) + 1
        return {remnant: byte for byte, remnant in enumerate(table) if remnant and times[remnant] == 1}

    @cached_property
    def length_of(self) -> dict[str, int]:
        """How many bytes a sequence has whose first byte left a character, for those of `byte_of`."""
        return {char: LENGTHS[byte] for char, byte in self.byte_of.items() if byte in LENGTHS}

    @cached_property
    def bytes_by_remnant(self) -> dict[str, int]:
        """For what a byte leaves, be it nothing, all bytes that leave it: bit 5 is byte 5."""
        masks: dict[str, int] = {}
        for byte, remnant in enumerate(self.damage.table):
            masks[remnant] = masks.get(remnant, 0) | 1 << byte
        return masks

    @cached_property
    def plain_ascii(self) -> frozenset[str]:
        """The ASCII that no byte outside ASCII leaves."""
        return frozenset(map(chr, range(0x80))).difference(*self.damage.table[0x80:])

    @cached_property
    def remnants(self) -> frozenset[str]:
        """All characters that bytes of sequences leave."""
        table = self.damage.table
        return frozenset("".join(table[byte] for byte in (*CONTINUATION, *LENGTHS)))

    @cached_property
    def stand_in(self) -> str:
        """The visible sign that stands for lost bytes; nothing if there is none."""
        return next((remnant for remnant in self.damage.table[0x80:] if remnant in _VISIBLE_STAND_INS), "")

    @cached_property
    def signs(self) -> Signs:
        """The characters that whole sequences consist of."""
        return signs_of(self.damage.table)

    @cached_property
    def partial_sequence(self) -> Any:
        """The pattern of a sequence in which `stand_in` stands for some of the bytes."""
        return self.signs.compile_partial(self.stand_in)

    @cached_property
    def residue(self) -> Any:
        """The pattern of what the damage leaves of characters, with all of its spaces."""
        return compile_residue(self.damage.table, spaces_may_be_lost=False)

    @cached_property
    def residue_without_spaces(self) -> Any:
        """The same, where spaces may be lost again."""
        return compile_residue(self.damage.table, spaces_may_be_lost=True)

    @cached_property
    def run_reader(self) -> RunReader:
        """Decides which runs the damage can have left."""
        return RunReader(self.damage.table)


@lru_cache(maxsize=512)  # all single damages, and some chains
def table_of(damage: Damage) -> DamageTable:
    """
    Return the one table of a damage.

    >>> table_of(Damage(misread_as="iso-8859-7")).byte_of["β"]
    226
    """
    return DamageTable(damage)
