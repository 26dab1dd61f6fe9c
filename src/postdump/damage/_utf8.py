# SPDX-License-Identifier: MIT
"""UTF-8 as a table: which bytes the characters of each form are written in."""

from __future__ import annotations

from typing import Final, NamedTuple

CONTINUATION: Final = range(0x80, 0xC0)
"""The bytes that continue a sequence. The first byte of a sequence is none of them."""


class Form(NamedTuple):
    """
    The characters whose bytes lie in the same ranges, as the Unicode standard's table of UTF-8 has them.

    Their code points follow on one another: a byte's place in its range is its share of the code point.
    """

    first: int
    """The first code point of this form."""
    byte_ranges: tuple[range, ...]
    """For each byte of a character, the range that it lies in."""


MULTIBYTE_FORMS: Final = (
    Form(0x80, (range(0xC2, 0xE0), CONTINUATION)),
    Form(0x800, (range(0xE0, 0xE1), range(0xA0, 0xC0), CONTINUATION)),
    Form(0x1000, (range(0xE1, 0xED), CONTINUATION, CONTINUATION)),
    Form(0xD000, (range(0xED, 0xEE), range(0x80, 0xA0), CONTINUATION)),
    Form(0xE000, (range(0xEE, 0xF0), CONTINUATION, CONTINUATION)),
    Form(0x10000, (range(0xF0, 0xF1), range(0x90, 0xC0), CONTINUATION, CONTINUATION)),
    Form(0x40000, (range(0xF1, 0xF4), CONTINUATION, CONTINUATION, CONTINUATION)),
    Form(0x100000, (range(0xF4, 0xF5), range(0x80, 0x90), CONTINUATION, CONTINUATION)),
)
"""The forms of all characters outside ASCII; no surrogate, no overlong sequence, nothing beyond U+10FFFF."""

FORMS: Final = (Form(0, (range(0x80),)), *MULTIBYTE_FORMS)
"""The forms of all characters, in the order of their code points."""

LENGTHS: Final = {byte: len(form.byte_ranges) for form in MULTIBYTE_FORMS for byte in form.byte_ranges[0]}
"""How many bytes a sequence has, by its first byte."""

LONGEST: Final = 4
"""Bytes of the longest sequence."""
