# SPDX-License-Identifier: MIT
"""Counts as pages print them."""

import pytest
import regex

from postdump._text.counts import GROUPED, PLAIN, SHORT, read_count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("0", (0, False)),
        ("999999999999999", (999999999999999, False)),
        ("1,405", (1405, False)),
        ("12.345.678", (12345678, False)),
        ("6.4K", (6400, True)),
        ("1.25m", (1250000, True)),
        ("3B", (3000000000, True)),
        ("1,2k", (1200, True)),
    ],
)
def test_read(text, count):
    assert read_count(text) == count


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        (PLAIN, ["0", "10", "9" * 15], ["", "00", "01", "+1", " 1", "1_0", "٤", "9" * 16]),
        (GROUPED, ["0", "12", "1,234", "1.234", "12,345,678"], ["1,23", "1,234.567", "0,123", "1234,567"]),
        (SHORT, ["0", "1.2K", "12m", "1,5B", "1,234"], ["1.234K", "K", "1.2KK", "01K", "1.2 K"]),
    ],
)
def test_patterns(pattern, yes, no):
    assert [text for text in yes if not regex.fullmatch(pattern, text)] == []
    assert [text for text in no if regex.fullmatch(pattern, text)] == []
