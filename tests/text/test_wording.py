# SPDX-License-Identifier: MIT
"""Places in a text, escaped control characters, and carets that steer no terminal."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postdump import Span
from postdump._text.wording import draw_caret, escape_controls, find_place, is_control

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize(
    ("text", "offset", "expected"),
    [
        ("", 0, (1, 1)),
        ("ab", 2, (1, 3)),
        ("a\nb", 1, (1, 2)),
        ("a\nb", 2, (2, 1)),
        ("a\rb", 2, (2, 1)),
        ("a\r\nb", 1, (1, 2)),
        ("a\r\nb", 2, (1, 2)),
        ("a\r\nb", 3, (2, 1)),
        ("\r\r\n\n", 2, (2, 1)),
        ("\r\r\n\n", 4, (4, 1)),
        ("a\x0b\x0c\x1c\x85\u2028\u2029b", 7, (1, 8)),
    ],
)
def test_place(text, offset, expected):
    assert find_place(text, offset) == expected


@given(st.text(st.sampled_from("a漢\r\n\x85\u2028")), st.data())
def test_place_counts_like_an_editor(text, data):
    offset = data.draw(st.integers(0, len(text)))
    line, column = find_place(text, offset)
    lines = text.replace("\r\n", " \n").replace("\r", "\n").split("\n")
    found = sum(len(one) + 1 for one in lines[: line - 1]) + column - 1
    assert found == offset - (text[:offset].endswith("\r") and text[offset:].startswith("\n"))


def test_control_characters():
    expected = {
        chr(code)
        for code in range(0x110000)
        if unicodedata.category(chr(code)) in ("Cc", "Cs", "Zl", "Zp") or chr(code) in BIDI
    }
    assert {chr(code) for code in range(0x110000) if is_control(chr(code))} == expected


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("漢 é 👍🏽", "漢 é 👍🏽"),
        ("a\nb\tc", "a\\nb\\tc"),
        ("\x00\x7f\x80\x9f", "\\x00\\x7f\\x80\\x9f"),
        ("\u2028\u2029", "\\u2028\\u2029"),
        (BIDI, BIDI.encode("unicode_escape").decode()),
        ("\ud83d\udc4d", "\\ud83d\\udc4d"),
    ],
)
def test_printable(text, shown):
    assert escape_controls(text) == shown


@given(st.text(st.characters(codec=None)), st.data())
def test_nothing_steers_a_terminal(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert not any(map(is_control, escape_controls(text)))
    excerpt, carets = draw_caret(text, Span(start=start, end=end)).split("\n")
    assert not any(map(is_control, excerpt))
    assert set(carets) == {" ", "^"}
    assert len(excerpt) <= 4 + 120 * len("\\U0010ffff")
