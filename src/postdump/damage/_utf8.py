# SPDX-License-Identifier: MIT
"""The forms of UTF-8's sequences, by their first byte."""

from __future__ import annotations

from typing import Final

_UTF8_FORMS: Final = (
    ((range(0x80),), (0x00, 0x80)),
    ((range(0xC0, 0xE0), range(0x80, 0xC0)), (0x80, 0x800)),
    ((range(0xE0, 0xF0), *[range(0x80, 0xC0)] * 2), (0x800, 0xD800, 0xE000, 0x10000)),
    ((range(0xF0, 0xF8), *[range(0x80, 0xC0)] * 3), (0x10000, 0x110000)),
)
"""
Byte patterns, and the bounds of the scalar values written in each.

A byte's place in its range is its share of the code point. The bounds cut off what is no UTF-8: overlong
forms, surrogates, code points that do not exist.
"""

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
