# SPDX-License-Identifier: MIT
"""What a line is known by, whatever damage it has."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final

from postdump._text.characters import visible_ascii
from postdump.damage import Damage

IDENTIFYING_SIZE: Final = 8
"""Bytes of visible ASCII by which a line is known; with fewer, the rest of it must speak."""

STRONG_SIZE: Final = 16
"""The same for a line that cannot agree by chance: some three words."""

_TEXT: Final = (bytes, str)


def line_key(text: str, damage: Damage | None = None) -> str | bytes:
    """
    Return what a line is known by: its visible ASCII, or, where that is little, what `damage` makes of it.

    Two dumps' keys compare if the damage of one, if it has any, is given for the lines of the other.

    >>> line_key("Low tide’s at nine?"), line_key("ευ…", Damage(misread_as="iso-8859-7"))
    (b'Lowtidesatnine', 'Ξ΅Οβ¦')
    """
    shown = text if damage is None else damage.apply(text)
    seen = visible_ascii(shown)
    return seen if len(seen) >= IDENTIFYING_SIZE else short_key(shown)


def short_key(text: str, damage: Damage | None = None) -> str:
    """Return what a line is known by of which little visible ASCII is left, and so much is known already."""
    shown = text if damage is None else damage.apply(text)
    return shown.strip(" ")  # as lines are, whatever left the spaces


def is_short_key(key: str | bytes) -> bool:
    """Return whether a key is a whole text, whose visible ASCII is too short to identify it."""
    return isinstance(key, str) and len(key) > 0


def is_strong(key: Hashable) -> bool:
    """Tell whether a key cannot agree by chance: several words, or words and a minute."""
    return len(key) >= STRONG_SIZE if isinstance(key, _TEXT) else isinstance(key, tuple)
