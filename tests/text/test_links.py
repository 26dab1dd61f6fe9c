# SPDX-License-Identifier: MIT
"""Entities: replaced as Python replaces them, whatever number of digits they have."""

from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from postdump._text.links import unescape_entities

digits = st.text("0123456789", max_size=12)
entities = st.builds("&#{}{}".format, st.tuples(st.sampled_from(["", "0", "0" * 40]), digits).map("".join),
                     st.sampled_from(["", ";", "x", "&", "&#"]))  # fmt: skip


@given(st.lists(entities | st.sampled_from(["&amp;", "&#x41;", "&#38;#65;", "&", "#", "a"])).map("".join))
@example("&#0;&#00;&#128;&#65;&#0065&#1114111;&#1114112;&#11141110")
def test_as_python_does(text):
    assert unescape_entities(text) == unescape(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("&#" + "9" * 5_000 + ";", "\ufffd"),
        ("&#" + "0" * 5_000 + "65;", "A"),
        ("&#" + "0" * 5_000, "\ufffd"),
        ("&#x" + "0" * 5_000 + "41;", "A"),
        ("&#" * 9 + "1" * 5_000, "&#" * 8 + "\ufffd"),
    ],
)
def test_many_digits(text, shown):
    assert unescape_entities(text) == shown
