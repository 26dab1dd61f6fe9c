# SPDX-License-Identifier: MIT
"""Lines as places in a text."""

import pytest

from postdump import Role
from postdump._parse.text_line import TextLine, lines_between


def test_a_line_is_text_below_another_unless_said_otherwise():
    assert TextLine(0, 5) == TextLine(0, 5, blank_before=False, role=Role.TEXT)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_at_three_line_breaks(end):
    text = f"\t Ahoy. {end}{end}Again.\x85 and\x0bagain"
    assert [(line.of(text), line.blank_before) for line in lines_between(text, 0, len(text))] == [
        ("Ahoy.", False),
        ("Again.\x85 and\x0bagain", True),
    ]


def test_lines_of_a_stretch():
    text = "Ahoy.\n \nAgain.\n\nNo more."
    assert [*lines_between(text, 8, 15)] == [TextLine(8, 14)]
    assert [*lines_between(text, 2, 11)] == [TextLine(2, 5), TextLine(8, 11, blank_before=True)]
    assert [*lines_between(text, 14, 16)] == []


def test_the_rest_of_the_line_above_is_no_blank_line():
    """A stretch mostly begins at the end of a marker."""
    text = "Ahoy.\nAgain."
    assert [*lines_between(text, 5, 12)] == [TextLine(6, 12)]
    assert [*lines_between("Ahoy.\n\nAgain.", 5, 13)] == [TextLine(7, 13, blank_before=True)]
