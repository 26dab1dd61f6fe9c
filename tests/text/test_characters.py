# SPDX-License-Identifier: MIT
"""Graphemes, counted as the regex package finds them, and what nobody writes."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from postdump._text.characters import count_graphemes, count_unwritten


def test_graphemes():
    assert count_graphemes("Ahoy") == 4
    assert count_graphemes("👩‍🚀é") == 2


@given(st.text(st.sampled_from("ab c\n\r\t\u0301\u200d👩🚀🇩🇪\u0600\u0903가\u0e33\ufe0f") | st.characters()))
def test_graphemes_of_any_text(text):
    assert count_graphemes(text) == len(regex.findall(r"\X", text))


@pytest.mark.parametrize("char", ["\0", "\x1b", "\x7f", "\x80", "\x9f", "\ufffd"])
def test_what_nobody_writes(char):
    assert count_unwritten(f"a{char}b{char}") == 2


@pytest.mark.parametrize("char", ["\t", "\n", "\r", "\xa0", "\u200d", "’", "a"])
def test_what_people_write(char):
    assert count_unwritten(f"a{char}b") == 0
