# SPDX-License-Identifier: MIT
"""Lines of a dump added to those of a post."""

import pytest

from postdump._align.draft import DraftLine
from postdump._align.interleave import PostInWitness, interleave
from postdump._parse.text_line import TextLine
from postdump.models import Role


def pieces(text):
    """Return each line of a text as a piece."""
    at, found = 0, []
    for line in text.split("\n"):
        found.append(TextLine(at, at + len(line)))
        at += len(line) + 1
    return found


@pytest.mark.parametrize(
    ("draft", "shown", "matches", "interleaved"),
    [
        ("", "", [None], ["", ""]),
        ("a b", "a\nb", [0, 1], ["a", "b"]),
        ("a b", "x\na\ny\nb\nz", [None, 0, None, 1, None], ["x", "a", "y", "b", "z"]),
        ("a b c", "x\nc", [None, 2], ["a", "b", "x", "c"]),
        ("a b c", "a\nx", [0, None], ["a", "b", "c", "x"]),
        ("a", "x\ny", [None, None], ["a", "x", "y"]),
        ("a b", "b\na", [1, 0], ["a", "b"]),  # in whatever order, each line stays once and in its place
        ("a b", "x\nb\ny\na\nz", [None, 1, None, 0, None], ["y", "a", "x", "b", "z"]),
        ("a b", "a\na", [0, 0], ["a", "b"]),
    ],
)
def test_interleave(draft, shown, matches, interleaved):
    lines = [DraftLine(Role.TEXT, text, [(0, 0, 0)]) for text in draft.split(" ")]
    found = interleave(lines, PostInWitness(1, shown, pieces(shown), matches))
    assert [line.text for line in found] == interleaved
    assert [line for line in found if line in lines] == lines
    assert sum(n == 1 for line in found for n, _, _ in line.places) == len(matches)


def test_interleave_nothing():
    assert interleave([], PostInWitness(1, "", [], [])) == []
