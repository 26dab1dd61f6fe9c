# SPDX-License-Identifier: MIT
"""
Line keys: what stays the same in a line under any damage.

A damage changes no visible ASCII, and adds none but question marks. So the key of a line is its visible ASCII
without `?`, if that is enough to identify the line. The key of other lines is their whole text with the
damage in question: it is applied to an undamaged line for the key; a damaged line has it already.

    line                          damage      key
    Low tide’s at nine?           any         b"Lowtidesatnine"
    Low tideβs at nine?           (damaged)   b"Lowtidesatnine"
    ευ…                           ISO 8859-7  "Ξ΅Οβ¦"
    Ξ΅Οβ¦                         (damaged)   "Ξ΅Οβ¦"
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final

from postdump._text.characters import visible_ascii
from postdump.damage import Damage

IDENTIFYING_SIZE: Final = 8
"""Bytes of visible ASCII that identify a line; lines with fewer are identified by their whole text."""

STRONG_SIZE: Final = 16
"""Bytes or characters of a key that does not agree with another by chance: some three words."""

_TEXT: Final = (bytes, str)


def line_key(text: str, damage: Damage | None = None) -> str | bytes:
    """
    Return the key of a line: its visible ASCII, or, if that is short, its whole text under `damage`.

    The keys of two dumps compare if the damage of one, if it has any, is given for the lines of the other.

    >>> line_key("Low tide’s at nine?"), line_key("ευ…", Damage(misread_as="iso-8859-7"))
    (b'Lowtidesatnine', 'Ξ΅Οβ¦')
    """
    damaged = text if damage is None else damage.apply(text)
    visible = visible_ascii(damaged)
    return visible if len(visible) >= IDENTIFYING_SIZE else _strip(damaged)


def short_key(text: str, damage: Damage | None = None) -> str:
    """Return the key of a line of which it is known that its visible ASCII is too short to identify it."""
    return _strip(text if damage is None else damage.apply(text))


def _strip(damaged: str) -> str:
    """Return a line without the spaces that a damage left at its ends, as lines are read."""
    return damaged.strip(" ")


def is_short_key(key: str | bytes) -> bool:
    """Return whether a key is a whole text, whose visible ASCII is too short to identify it."""
    return isinstance(key, str) and len(key) > 0


def is_strong(key: Hashable) -> bool:
    """Return whether a key cannot agree by chance: several words, or words and a minute."""
    return len(key) >= STRONG_SIZE if isinstance(key, _TEXT) else isinstance(key, tuple)
