# SPDX-License-Identifier: MIT
"""Graphemes: counted as the regex package finds them, in any text."""

import regex
from hypothesis import given
from hypothesis import strategies as st

from postdump._text.characters import count_graphemes


def test_graphemes():
    assert count_graphemes("Ahoy") == 4
    assert count_graphemes("👩‍🚀é") == 2


@given(st.text(st.sampled_from("ab c\n\r\t\u0301\u200d👩🚀🇩🇪\u0600\u0903가\u0e33\ufe0f") | st.characters()))
def test_graphemes_of_any_text(text):
    assert count_graphemes(text) == len(regex.findall(r"\X", text))
