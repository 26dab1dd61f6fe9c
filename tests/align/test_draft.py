# SPDX-License-Identifier: MIT
"""Drafts: lines of several dumps put together, and what lines and posts are like."""

from datetime import datetime

from postdump._align.blocks_and_lines import Block
from postdump._align.draft import (
    DraftPost,
    Showing,
    add_place,
    new_line,
    showings,
    with_copy,
    with_longer_showing,
)
from postdump._parse.text_line import TextLine
from postdump.models import Role

NOON = datetime(2026, 2, 3, 12, 0)


def unit(posted_at):
    return DraftPost(is_post=True, posted_at=posted_at)


def test_a_drafted_line_knows_who_shows_it():
    line = new_line(3, TextLine(5, 10, blank_before=True, role=Role.CARD), "Ahoy there.")
    assert (line.role, line.text, line.places, line.blank_before) == (Role.CARD, "there", [(3, 5, 10)], True)


def test_a_place_may_bring_a_blank_line():
    line = new_line(0, TextLine(0, 1), "a")
    add_place(line, 1, TextLine(2, 3, blank_before=True))
    add_place(line, 2, TextLine(4, 5))
    assert line.places == [(0, 0, 1), (1, 2, 3), (2, 4, 5)]
    assert line.blank_before


def test_a_unit_is_where_a_dump_shows_it_first():
    one = unit(None)
    one.note_start(0, 50)
    one.note_start(0, 20)
    one.note_start(0, 90)
    one.note_start(1, 5)
    assert one.starts == {0: 20, 1: 5}


def test_the_first_date_stays():
    one = unit(None)
    for n, date in enumerate([None, NOON, NOON.replace(day=4)]):
        one.add_block(n, Block(number=0, start=n, lines=(), marker=None, posted_at=date), [])
    assert one.posted_at == NOON
    assert [n for n, _ in one.markers] == [0, 1, 2]
    assert one.starts == {0: 0, 1: 1, 2: 2}


def test_a_longer_showing_comes_first():
    assert with_longer_showing(7, 1, 3, 2) == (1, 3, 0, 0, 7, 2)
    assert list(showings((1, 3, 0, 0, 7, 2))) == [Showing(1, 3, 0), Showing(0, 7, 2)]


def test_a_copy_shows_what_its_original_shows():
    assert with_copy((0, 7, 0, 1, 3, 2), copy=2, original=1) == (0, 7, 0, 1, 3, 2, 2, 3, 2)
    assert with_copy((3, 7, 4, 1, 3, 2), copy=4, original=3) == (3, 7, 4, 1, 3, 2, 4, 7, 0)
    assert with_copy((0, 7, 0), copy=2, original=1) == (0, 7, 0)
