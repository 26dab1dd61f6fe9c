# SPDX-License-Identifier: MIT
"""Stretches of a text."""

import pytest
from attrs.exceptions import FrozenInstanceError

from postdump import Span


def test_is_half_open():
    span = Span(start=3, end=5)
    assert (len(span), span.of("abcdefg"), span.of("abcd")) == (2, "de", "d")


def test_counts_code_points():
    assert Span(start=1, end=2).of("👍👍🏽e\u0301") == "👍"


def test_empty_is_false():
    assert not Span(start=3, end=3)
    assert Span(start=3, end=4)


def test_sorts_by_start_then_end():
    spans = [Span(start=2, end=3), Span(start=1, end=9), Span(start=1, end=2)]
    assert sorted(spans) == spans[::-1]


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [(-1, 0, "'start' must be >= 0: -1"), (3, 2, "'end' must be >= 'start': 2 < 3")],
)
def test_refuses_what_is_no_stretch(start, end, message):
    with pytest.raises(ValueError, match=f"^{message}$"):
        Span(start=start, end=end)


def test_is_a_value():
    span = Span(start=0, end=2)
    assert hash(span) == hash(Span(start=0, end=2))
    assert repr(span) == "Span(start=0, end=2)"
    with pytest.raises(FrozenInstanceError):
        span.start = 1
    with pytest.raises(TypeError):
        Span(0, 2)
