# SPDX-License-Identifier: MIT
"""Line breaks: three and no more, wherever they stand."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postdump._text.lines import (
    AT_LINE_END,
    LINE_BREAK,
    LINE_END,
    LINE_START,
    are_adjacent,
    are_even,
    are_stripped,
    count_breaks,
    first_line,
    is_within_break,
    last_line,
    split_lines,
    unify_breaks,
    unify_breaks_in_place,
)

OTHER_BREAKS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"

texts = st.text(st.sampled_from("a漢 \t\r\n" + OTHER_BREAKS), max_size=12)


def lines_of(text):
    """Read a text a character at a time."""
    lines = [""]
    for index, char in enumerate(text):
        if char == "\r" or (char == "\n" and text[index - 1 : index] != "\r"):
            lines.append("")
        elif char != "\n":
            lines[-1] += char
    return lines


@given(texts)
def test_lines_are_split_at_three_breaks(text):
    lines = lines_of(text)
    assert split_lines(text) == re.split(LINE_BREAK, text) == lines
    assert (first_line(text), last_line(text)) == (lines[0], lines[-1])
    assert unify_breaks(text) == "\n".join(lines)
    assert count_breaks(text, 0, len(text)) == len(lines) - 1


@given(texts)
def test_offsets_stay(text):
    unified = unify_breaks_in_place(text)
    assert len(unified) == len(text)
    assert [line.rstrip(" ") for line in unified.split("\n")] == [line.rstrip(" ") for line in lines_of(text)]


@given(texts, st.data())
def test_breaks_of_a_stretch(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert count_breaks(text, start, end) == len(lines_of(text[start:end])) - 1


@given(texts)
def test_where_lines_start_and_end(text):
    edges = {0, len(text), *(match.start() for match in re.finditer("[\r\n]", text))}
    edges |= {match.end() for match in re.finditer("[\r\n]", text)}
    for index in range(len(text) + 1):
        ends = text[index : index + 1] in AT_LINE_END
        assert ends == bool(re.compile(LINE_END).match(text, index))
        starts = bool(re.compile(LINE_START).match(text, index))
        assert (starts or ends) == (index in edges)


@pytest.mark.parametrize(
    ("offset", "is_within"), [(0, False), (1, False), (2, True), (3, False), (4, False), (5, False)]
)
def test_within_a_break(offset, is_within):
    assert is_within_break("a\r\nb\n", offset) is is_within


@pytest.mark.parametrize(
    ("lines", "is_even", "is_adjacent", "is_stripped"),
    [
        ("", True, True, True),
        ("a b\nc", True, True, True),
        ("a\n\nb", True, False, True),
        ("a\n\n\nb", False, False, True),
        ("a \nb", False, False, False),
        ("a\n b", False, False, False),
        ("a\n \nb", False, False, False),
        ("a\tb", False, False, False),
        ("a\r\nb", False, False, False),
        ("a\n", True, True, True),
        ("\na", True, True, True),
        (" a", True, True, False),
        ("a ", True, True, False),
    ],
)
def test_evenness(lines, is_even, is_adjacent, is_stripped):
    shown = lines.encode()
    assert (are_even(lines), are_adjacent(shown), are_stripped(shown)) == (is_even, is_adjacent, is_stripped)


@pytest.mark.parametrize("char", OTHER_BREAKS)
def test_other_characters_end_no_line(char):
    assert split_lines(f"a{char}b") == [f"a{char}b"]
    assert are_even(f"a{char}b")
