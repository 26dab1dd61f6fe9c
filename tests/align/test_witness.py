# SPDX-License-Identifier: MIT
"""Witnesses: lines grouped into blocks, each post of a dump once, whether parsed or put together by hand."""

import pytest
from attrs import evolve
from hypothesis import given
from page import BOAT, FESTIVAL, TIDE, dump, page, stats

from postdump import Damage, Dump, Line, Post, Role, Stats, from_json, parse, to_json
from postdump._align.blocks_and_lines import Block
from postdump._align.witness_from_dump import build_witness
from postdump._parse.text_line import TextLine
from postdump.layouts import FLAT, Layout, Stands
from postdump.strategies import pages, texts

BEFORE = Layout(name="before", marker="[{posted_at:%Y-%m-%d %H:%M}] ♥ {likes}", stands=Stands.BEFORE)


def told(one):
    """Return the items of a witness in words."""
    return [
        [line.of(one.text) for line in item.lines] if isinstance(item, Block) else item.of(one.text)
        for item in one.items()
    ]


def plain(made):
    """Return a dump made in the ordinary way."""
    return from_json(to_json(made))


def blocks(one):
    return [item for item in one.items() if isinstance(item, Block)]


def test_blocks_and_loose_lines_in_page_order():
    text = page("Bio.", "Posts by Ada", FESTIVAL, "", BOAT, stats(3), "", "Post image", stats(2), "Tail.")
    one = build_witness(parse(text, name="a"))
    assert told(one) == ["Bio.", "Posts by Ada", [FESTIVAL, BOAT], ["Post image"], "Tail."]
    first, second = blocks(one)
    assert [piece.blank_before for piece in first.lines] == [False, True]
    assert [piece.role for piece in second.lines] == [Role.LABEL]
    assert [item.role for item in one.items() if isinstance(item, TextLine)] == [
        Role.OTHER,
        Role.HEADING,
        Role.OTHER,
    ]
    assert first.marker is not None
    assert one.text[slice(*first.marker)] == stats(3)
    assert one.stats(second.number).likes == 4
    assert one.is_marked
    assert one.leads_with_cards


def test_a_flat_dump():
    one = build_witness(dump("a", FESTIVAL, BOAT))
    assert told(one) == [FESTIVAL, BOAT]
    assert not one.is_marked
    assert not one.leads_with_cards
    assert one.layouts == (FLAT,)


def test_a_block_without_lines_stands_where_its_marker_does():
    (block,) = blocks(build_witness(parse(page("", stats(3)))))
    assert block.lines == ()
    assert block.start == 1


def test_markers_before_the_text():
    one = build_witness(
        parse(page("[2026-02-03 17:04] ♥ 4", FESTIVAL, "[2026-02-02 17:04] ♥ 5", BOAT), layout=BEFORE)
    )
    assert told(one) == [[FESTIVAL], [BOAT]]
    assert [block.start for block in blocks(one)] == [0, len(page("[2026-02-03 17:04] ♥ 4", FESTIVAL)) + 1]


# Unified.


@pytest.mark.parametrize(
    "again",
    [
        [FESTIVAL, stats(3)],
        ["Post image", FESTIVAL, stats(3)],
        ["Post image", "", FESTIVAL, stats(3)],
        ["", FESTIVAL, "Preview", stats(3)],
    ],
)
def test_equal_in_text_and_stats_is_one(again):
    one = build_witness(dump("a", FESTIVAL, stats(3), BOAT, stats(2), *again))
    assert one.item_count == 2
    first, second = blocks(one)
    assert [block.number for block in one.blocks.repeats(first.number)] == [2]
    assert one.blocks.repeats(second.number) == []


@pytest.mark.parametrize(
    "other",
    [
        [FESTIVAL, stats(3, likes=5)],
        [FESTIVAL, stats(4)],
        [FESTIVAL, BOAT, stats(3)],
        [FESTIVAL + " ", "", BOAT, stats(3)],
        [stats(3)],
    ],
)
def test_different_in_either_is_two(other):
    one = build_witness(dump("a", FESTIVAL, stats(3), *other))
    assert one.item_count == 2


def test_a_paragraph_break_is_text():
    one = build_witness(dump("a", FESTIVAL, BOAT, stats(3), FESTIVAL, "", BOAT, stats(3)))
    assert one.item_count == 2


def test_each_of_several_is_shown_again():
    shown = [FESTIVAL, stats(3), FESTIVAL, stats(3, likes=5)]
    one = build_witness(dump("a", *shown, *shown, *shown))
    assert [[again.number for again in one.blocks.repeats(block.number)] for block in blocks(one)] == [
        [2, 4],
        [3, 5],
    ]


def test_flat_lines_are_never_unified():
    assert told(build_witness(dump("a", FESTIVAL, FESTIVAL))) == [FESTIVAL, FESTIVAL]


# By hand.


def same(one, other):
    return (list(one.items()), one.text, one.damage, one.is_marked) == (
        list(other.items()),
        other.text,
        other.damage,
        other.is_marked,
    )


@given(pages())
def test_a_plain_dump_gives_the_same_witness(shown):
    for one in shown:
        made = parse(one.text, name="a")
        assert same(build_witness(made), build_witness(plain(made)))


@given(texts())
def test_so_does_any_text(text):
    made = parse(text, name="a")
    assert same(build_witness(made), build_witness(plain(made)))


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_blank_lines_of_a_plain_dump(end):
    made = plain(parse(page(FESTIVAL, BOAT, "", TIDE, stats(3)).replace("\n", end)))
    (block,) = blocks(build_witness(made))
    assert [piece.blank_before for piece in block.lines] == [False, False, True]


def test_a_post_without_marker_or_lines():
    made = plain(dump("a", FESTIVAL, stats(3)))
    (post,) = made.posts
    bare = evolve(made, posts=(evolve(post, lines=post.lines[:1]), Post(stats=Stats(likes=1))))
    first, second = blocks(build_witness(bare))
    assert (first.marker, len(first.lines)) == (None, 1)
    assert (second.marker, second.lines, second.start) == (None, (), 0)


def test_a_dump_of_nothing():
    one = build_witness(Dump(name="a", text="", sha256=""))
    assert list(one.items()) == []
    assert one.layouts == ()
    assert isinstance(one.dump.unclaimed, tuple)
    assert all(isinstance(line, Line) for line in one.dump.unclaimed)


def test_dumps_that_show_the_same():
    one = dump("a", "Preview", TIDE, FESTIVAL, stats(3), BOAT)
    known = build_witness(one)
    for other in (parse(one.text, name="b"), plain(parse(one.text, name="b"))):
        assert build_witness(other).shows_the_same(known)
        assert known.shows_the_same(build_witness(other))


def test_dumps_that_show_something_else():
    one = dump("a", "Preview", TIDE, FESTIVAL, stats(3), BOAT)
    known = build_witness(one)
    others = [
        dump("b", "Preview", TIDE, FESTIVAL, stats(3), TIDE),
        parse(one.text, name="b", layout=FLAT),
        evolve(plain(one), name="b", damage=Damage(misread_as="cp1252")),
        evolve(plain(one), name="b", posts=()),
    ]
    assert not any(build_witness(other).shows_the_same(known) for other in others)


@pytest.mark.parametrize("gap", ["", " "])
def test_lines_of_a_flat_dump_from_one_on(gap):
    one = build_witness(parse(f"{FESTIVAL}\n{BOAT}\n{gap}\n{TIDE}\n", name="a"))
    assert one.lines.text(1, 2) == f"{BOAT}\n{TIDE}"
    assert one.lines.text(2, 1) == TIDE
