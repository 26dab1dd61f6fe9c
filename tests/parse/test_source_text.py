# SPDX-License-Identifier: MIT
"""Lines and columns of readings."""

import pytest

from postdump import Span
from postdump._parse.source_text import SourceText


@pytest.mark.parametrize(
    ("text", "offset", "position"),
    [
        ("", 0, (1, 1)),
        ("ab", 2, (1, 3)),
        ("a\nb", 2, (2, 1)),
        ("a\rb", 2, (2, 1)),
        ("a\r\nb", 3, (2, 1)),
        ("a\r\nb", 1, (1, 2)),
        ("a\n\n\nb", 4, (4, 1)),
        ("a\x85\u2028b", 3, (1, 4)),
    ],
)
def test_positions(text, offset, position):
    assert SourceText(text, "page.txt").position(offset) == position


def test_a_stretch_of_a_longer_text():
    origin = SourceText("b\ncd", "page.txt", before=(10, 3, 4))
    reading = origin.reading(0, 1)
    assert (reading.span, reading.line, reading.column) == (Span(start=10, end=11), 4, 5)
    reading = origin.reading(3, 4)
    assert (reading.text, reading.span, reading.line, reading.column) == ("d", Span(start=13, end=14), 5, 2)
