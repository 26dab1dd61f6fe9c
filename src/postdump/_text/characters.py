# SPDX-License-Identifier: MIT
"""The visible ASCII of a text, its graphemes, and the characters in it that nobody writes."""

from __future__ import annotations

from typing import Final

import regex

NON_ASCII: Final = regex.compile(r"[^\x00-\x7f]+")
"""A run of characters outside ASCII: what a damage can have touched."""

_GRAPHEME: Final = regex.compile(r"\X")

_SINGLE: Final = regex.compile(r"[ -~]+(?=[ -~])")
"""Printable ASCII before more of it: each is a cluster, whatever stands before all of them."""


_UNWRITTEN: Final = regex.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]")
"""Controls, but for tabs and line breaks, and what stands for characters that could not be read."""


def count_graphemes(text: str) -> int:
    """
    Count the extended grapheme clusters of a text: what readers call characters (UAX #29).

    >>> count_graphemes("Ahoy 👩‍🚀")
    6
    """
    rest = _SINGLE.sub("", text)
    return len(text) - len(rest) + sum(1 for _ in _GRAPHEME.finditer(rest))


def count_unwritten(text: str) -> int:
    r"""
    Return how many characters of a text nobody writes: controls, but for tabs and line breaks, and U+FFFD.

    >>> count_unwritten("Who\x92ll bring it?"), count_unwritten("Who’ll bring it?")
    (1, 0)
    """
    return 0 if text.isprintable() and "\ufffd" not in text else len(_UNWRITTEN.findall(text))


_UNSEEN: Final = bytes(range(0x21)) + b"?\x7f"

UNSEEN_IN_LINES: Final = _UNSEEN.replace(b"\n", b"")
"""The bytes that are not visible, but for the line break `\\n`."""


def as_ascii(text: str) -> bytes:
    r"""
    Return a text in as many bytes as it has code points: `?` for what is not ASCII, and for NUL.

    >>> as_ascii("Low tide’s\0at nine.")
    b'Low tide?s?at nine.'
    """
    return text.encode("ascii", "replace").replace(b"\0", b"?")


def visible_ascii(text: str) -> bytes:
    """
    Return the visible ASCII of a text without `?`: damages leave it as it is, and add none.

    Only mac-arabic and mac-farsi add some, which read a few high bytes as ASCII punctuation.

    >>> visible_ascii("Low tide’s at nine?")
    b'Lowtidesatnine'
    """
    return text.encode("ascii", "ignore").translate(None, _UNSEEN)


def visible_ascii_lines(text: str) -> list[bytes]:
    r"""
    Return the visible ASCII of each line of a text whose lines `\n` parts.

    >>> visible_ascii_lines("Low tide’s\nat nine?")
    [b'Lowtides', b'atnine']
    """
    return text.encode("ascii", "ignore").translate(None, UNSEEN_IN_LINES).split(b"\n")
