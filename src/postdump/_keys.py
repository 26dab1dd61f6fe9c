# SPDX-License-Identifier: MIT
"""What a line is known by, whatever damage it has."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final

from postdump.damage import Damage

TELLING: Final = 8
"""Bytes of visible ASCII by which a line is known; with fewer, the rest of it must speak."""
STRONG: Final = 16
"""The same for a line that cannot agree by chance: some three words."""

_TEXT: Final = (bytes, str)
_UNSEEN: Final = bytes(range(0x21)) + b"?\x7f"
UNSEEN_IN_LINES: Final = _UNSEEN.replace(b"\n", b"")


def as_ascii(text: str) -> bytes:
    r"""
    Return a text in as many bytes as it has code points: `?` for what is not ASCII, and for NUL.

    >>> as_ascii("Low tide’s\0at nine.")
    b'Low tide?s?at nine.'
    """
    return text.encode("ascii", "replace").replace(b"\0", b"?")


def visible(text: str) -> bytes:
    """
    Return the visible ASCII of a text without `?`: what damages leave as it is, and add nothing to.

    Only mac-arabic and mac-farsi do, which read some high bytes as ASCII punctuation.

    >>> visible("Low tide’s at nine?")
    b'Lowtidesatnine'
    """
    return text.encode("ascii", "ignore").translate(None, _UNSEEN)


def visible_lines(text: str) -> list[bytes]:
    r"""
    Return what is `visible` of each line of a text whose lines `\n` parts.

    >>> visible_lines("Low tide’s\nat nine?")
    [b'Lowtides', b'atnine']
    """
    return text.encode("ascii", "ignore").translate(None, UNSEEN_IN_LINES).split(b"\n")


def line_key(text: str, damage: Damage | None = None) -> str | bytes:
    """
    Return what a line is known by: its visible ASCII, or, where that is little, what `damage` makes of it.

    Two dumps' keys compare if the damage of one, if it has any, is given for the lines of the other.

    >>> line_key("Low tide’s at nine?"), line_key("ευ…", Damage(misread_as="iso-8859-7"))
    (b'Lowtidesatnine', 'Ξ΅Οβ¦')
    """
    shown = text if damage is None else damage.apply(text)
    seen = visible(shown)
    return seen if len(seen) >= TELLING else little_key(shown)


def little_key(text: str, damage: Damage | None = None) -> str:
    """Return what a line is known by of which little visible ASCII is left, and so much is known already."""
    shown = text if damage is None else damage.apply(text)
    return shown.strip(" ")  # as lines are, whatever left the spaces


def is_strong(key: Hashable) -> bool:
    """Tell whether a key cannot agree by chance: several words, or words and a minute."""
    return len(key) >= STRONG if isinstance(key, _TEXT) else isinstance(key, tuple)
