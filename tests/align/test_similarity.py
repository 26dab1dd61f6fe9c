# SPDX-License-Identifier: MIT
"""How similar two lines are, and which are cut short."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postdump._align.similarity import compute_similarity, is_cut, is_lone_link


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Ahoy.", "Ahoy."),
        ("quay.example.org/2026/rep...", "quay.example.org/2026/repairs"),
        ("quay.example.org/2026/rep…", "quay.example.org/2026/repairs"),
        ("See quay.example.org/rep... for more.", "See quay.example.org/repairs for more."),
        (
            "The council has approved a plan to replace the ...",
            "The council has approved a plan to replace the north wall.",
        ),
        ("The council has app...", "The council has approved a plan."),
        ("a.org/x... b.org/y... and so...", "a.org/xx b.org/yy and so on, and on."),
    ],
)
def test_cut_short(text, whole):
    assert is_cut(text, whole)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Ahoy.", "Ahoy there."),
        ("...", "Anything."),
        ("…", "Anything."),
        ("Well ... maybe", "Well then maybe"),
        ("Hmm... yes", "Hmmm yes"),
        ("a.org/x... b", "a.org/y b"),
        ("a.org/x... b", "a.org/xx c"),
        ("a b c...", "a b"),
        ("quay.example.org/2026/repairs", "quay.example.org/2026/rep..."),
    ],
)
def test_not_cut_short(text, whole):
    assert not is_cut(text, whole)


@given(st.text("ab ./", min_size=1), st.integers(0, 30))
def test_every_beginning_is_cut_short(whole, end):
    beginning = whole[:end] + "..."
    assert is_cut(beginning, whole) == (beginning != "..." or whole == "...")  # or the same


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("See quay.example.org/rep...", "See quay.example.org/repairs", 1),
        ("See quay.example.org/repairs", "See quay.example.org/rep...", 1),
        ("Low tide is at nine.", "Low tide is at ten.", 4 / 6),
        ("Low tide.", "High water.", 0),
        ("\xa0", "\u2003", 0),
    ],
)
def test_similarity(a, b, expected):
    assert compute_similarity(a, b) == expected
    assert compute_similarity(b, a) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("quay.example.org/2026/rep...", True),
        ("https://quay.example.org", True),
        ("quay.example.org", False),
        ("See quay.example.org/2026", False),
        ("", False),
    ],
)
def test_lone_link(text, expected):
    assert is_lone_link(text) is expected
