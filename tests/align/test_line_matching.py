# SPDX-License-Identifier: MIT
"""Line matching: which line of a draft is which line of a further dump."""

import pytest
from attrs import evolve
from page import (
    BOAT,
    FERRY,
    FESTIVAL,
    GREEK,
    LAMPS,
    SENTENCES,
    TIDE,
    WALL,
    dump,
    marked,
    shown_by,
    stats,
    texts,
    unclaimed,
)

from postdump import merge
from postdump._align.blocks_and_lines import Block
from postdump._align.draft import build_post
from postdump._align.line_matching import match_lines, reverse_posts
from postdump._align.open_stretches import MARKER, DraftPlace, OpenStretches
from postdump._align.witness_from_dump import build_witness
from postdump.layouts import LIGHTNEWS, Layout

HEADING = "Posts by Ada Example"
SECONDS = Layout(name="seconds", marker="[{posted_at:%Y-%m-%d %H:%M:%S}] ♥ {likes}")
TURNED = [f"{line} And that was number {n}." for n, line in enumerate(SENTENCES)]
SHORT = "Thank you!"
FURTHER = tuple(f"{line} And no more." for line in SENTENCES)


# Short lines.


@pytest.mark.parametrize(
    ("posts", "lines"),
    [
        ((FESTIVAL, FURTHER, SHORT, FURTHER[::-1], BOAT), (FESTIVAL, SHORT, BOAT)),
        ((FESTIVAL, FURTHER, SHORT, *SENTENCES[2:], BOAT), (FESTIVAL, SHORT, BOAT)),
        ((FESTIVAL, BOAT, FURTHER, SHORT), (FESTIVAL, BOAT, SHORT)),
        ((FURTHER, SHORT, FURTHER[::-1], FESTIVAL), (HEADING, SHORT, FESTIVAL)),
    ],
)
def test_a_short_line_far_from_all_others_in_a_richer_dump(posts, lines):
    """The flat dump shows nothing else there: no post of its own stands beside it."""
    timeline = merge(marked("a", *posts), dump("b", *lines))
    assert len(timeline) == len(posts)
    assert [shown_by(post) for post in timeline if post.text == SHORT] == [["a", "b"]]


@pytest.mark.parametrize(
    ("posts", "lines"),
    [
        ((FESTIVAL, FURTHER, SHORT, FURTHER[::-1], BOAT), (FESTIVAL, WALL, SHORT, BOAT)),
        ((FESTIVAL, FURTHER, SHORT, BOAT, FURTHER[::-1], SHORT, TIDE), (FESTIVAL, BOAT, TIDE, SHORT)),
        ((FESTIVAL, FURTHER, SHORT, FURTHER[::-1], SHORT, *FURTHER, BOAT), (FESTIVAL, SHORT, BOAT)),
        ((FESTIVAL, *[FURTHER] * 3, SHORT, *[FURTHER] * 3, BOAT), (FESTIVAL, SHORT, BOAT)),
    ],
)
def test_a_short_line_that_may_agree_by_chance(posts, lines):
    timeline = merge(marked("a", *posts, last=20), dump("b", *lines))
    shown = [shown_by(post) for post in timeline if SHORT in post.text]
    assert ["a", "b"] not in shown
    assert ["b"] in shown


@pytest.mark.parametrize("top", [(), (WALL,), ("Yes.",)])
def test_a_short_line_below_another_heading(top):
    """The pages may have lines above it in common, or show the first post up there."""
    one = marked("a", (WALL, "Yes.", *FURTHER), SHORT, FURTHER[::-1], FESTIVAL)
    timeline = merge(one, dump("b", *top, HEADING, SHORT, FESTIVAL))
    assert [shown_by(post) for post in timeline if post.text == SHORT] == [["a", "b"]]
    other = dump("b", LAMPS, HEADING, SHORT, FESTIVAL)
    below = dump("a", LAMPS, "Latest posts by ada.example on Bluesky", *one.text.split("\n"))
    timeline = merge(below, other)
    assert [shown_by(post) for post in timeline if post.text == SHORT] == [["a", "b"]]


def test_a_short_line_above_a_torn_one():
    torn = dump("a", FESTIVAL, stats(9), *FURTHER, stats(8), SHORT, stats(7), *FURTHER[::-1], stats(6), WALL)
    timeline = merge(torn, dump("b", FESTIVAL, SHORT, WALL))
    assert [shown_by(post) for post in timeline if post.text == SHORT] == [["a", "b"]]


@pytest.mark.parametrize("heading", [(), (HEADING,)])
def test_short_lines_alone_join_nothing(heading):
    """What the one shows may be older than all that the other shows."""
    one = marked("a", FURTHER, SHORT, FESTIVAL)
    timeline = merge(dump("a", *heading, *one.text.split("\n")), dump("b", HEADING, SHORT))
    assert [shown_by(post) for post in timeline if SHORT in post.text] == [["a"]]
    assert SHORT in unclaimed(timeline)


def test_nobody_knows_where_posts_begin_that_no_dump_marks():
    one = dump("a", HEADING, *FURTHER, SHORT, *FURTHER[::-1], FESTIVAL, BOAT)
    timeline = merge(one, dump("b", "Latest posts by ada.example on Bluesky", SHORT, FESTIVAL, BOAT))
    assert unclaimed(timeline).count(SHORT) == 2


def test_without_a_heading_nobody_knows_where_posts_begin():
    timeline = merge(
        marked("a", FURTHER, SHORT, FURTHER[::-1], FESTIVAL, BOAT), dump("b", SHORT, FESTIVAL, BOAT)
    )
    assert [shown_by(post) for post in timeline if post.text == SHORT] == [["a"]]
    assert unclaimed(timeline) == [SHORT]


def test_a_short_tail_line_agrees_by_chance():
    torn = dump("a", FESTIVAL, stats(4), *SENTENCES[1:6], "Yes.")
    timeline = merge(torn, dump("b", FESTIVAL, stats(4), "Yes.", stats(2)))
    assert "Yes." in unclaimed(timeline)


# Opposite order.


def test_a_flat_dump_in_opposite_order():
    posts = [(line, f"And that is all about number {n}.") for n, line in enumerate(SENTENCES)]
    turned = [line for post in reversed(posts) for line in post]
    for lines in (turned, [HEADING, *turned]):
        timeline = merge(marked("a", *posts), dump("b", *lines))
        assert texts(timeline) == ["\n".join(post) for post in posts]
        assert all(shown_by(post) == ["a", "b"] for post in timeline)
        assert unclaimed(timeline) == lines[: len(lines) - len(turned)]


def test_a_flat_dump_in_opposite_order_shows_more():
    posts = SENTENCES[:4]
    timeline = merge(marked("a", *posts), dump("b", posts[3], posts[2], FERRY, LAMPS, posts[1], posts[0]))
    assert texts(timeline) == [posts[0], posts[1], f"{FERRY}\n{LAMPS}", posts[2], posts[3]]


def test_a_dump_in_opposite_order_is_turned_round():
    posts = [(line, f"And that is all about number {n}.") for n, line in enumerate(SENTENCES)]
    lines = [line for n, post in enumerate(posts) for line in (*post, stats(9 - n))]
    blocks = [lines[at : at + 3] for at in range(0, len(lines), 3)]
    turned = dump(
        "b", HEADING, *(line for block in reversed(blocks) for line in block), "A tail.", "Its end."
    )
    timeline = merge(dump("a", *lines, LAMPS + " Now.", stats(1)), turned)
    assert texts(timeline) == ["\n".join(post) for post in posts] + [LAMPS + " Now."]
    assert all(shown_by(post) == ["a", "b"] for post in timeline.posts[:-1])
    assert unclaimed(timeline) == [HEADING, "A tail.", "Its end."]


def test_a_reversed_dump_is_turned_round():
    a = marked("a", *TURNED)
    b = dump("b", *(x for n, line in reversed(list(enumerate(TURNED))) for x in (line, stats(9 - n, 5))))
    for timeline in (merge(a, b), merge(b, a)):
        assert texts(timeline) in (TURNED, TURNED[::-1])
        assert all(len(post.observations) == 2 for post in timeline)


def test_the_richer_dump_tells_the_order():
    oldest_first = dump("a", *(x for n, line in enumerate(TURNED) for x in (line, stats(n + 1))))
    timeline = merge(oldest_first, dump("b", TURNED[2], stats(3), TURNED[1], stats(2), TURNED[0], stats(1)))
    assert texts(timeline) == TURNED
    assert all(post.omitted_by == () for post in timeline)


def stretches_of(first, further):
    """Return two dumps as open stretches that have no post in common so far."""
    draft_witness = build_witness(first)
    posts = [build_post(number, [draft_witness]) for number in range(len(first.posts))]
    return OpenStretches(
        posts=posts,
        witnesses=[draft_witness],
        witness=build_witness(further),
        anchors=[],
        damage=None,
        is_dated=False,
    )


def test_matching_returns_a_reversed_witness_and_leaves_the_given_one():
    stretches = stretches_of(marked("a", *TURNED), dump("b", HEADING, *reversed(TURNED)))
    order = list(stretches.witness.page_order)
    matched = match_lines(stretches)
    assert list(stretches.witness.page_order) == order
    assert list(matched.witness.page_order) == [order[0], *reversed(order[1:])]
    assert matched.matches == [{}, *({0: DraftPlace(number, 0)} for number in range(len(TURNED)))]


def test_dates_that_run_the_same_way_reverse_no_witness():
    stretches = stretches_of(marked("a", *TURNED), dump("b", *reversed(TURNED)))
    assert match_lines(stretches, is_backwards=False).witness is stretches.witness


def test_a_short_line_without_a_match_leaves_doubt():
    first, further = marked("a", FESTIVAL, BOAT), dump("b", FESTIVAL, "Да!", BOAT)
    assert match_lines(stretches_of(first, further)).has_unmatched_short_key
    assert not match_lines(stretches_of(first, first)).has_unmatched_short_key


def test_a_post_without_lines_is_matched_by_its_marker():
    first = dump("a", stats(9), FESTIVAL, stats(8))
    stretches = evolve(stretches_of(first, first), is_dated=True)
    assert match_lines(stretches).matches == [{MARKER: DraftPlace(0, MARKER)}, {0: DraftPlace(1, 0)}]


def test_a_reversed_marked_witness_keeps_what_stands_above_and_below():
    made = build_witness(dump("a", HEADING, FESTIVAL, stats(9), BOAT, stats(8), "A tail."))
    reversed_witness = reverse_posts(made, {})
    assert [item.of(made.text) for item in reversed_witness.items() if not isinstance(item, Block)] == [
        HEADING,
        "A tail.",
    ]
    assert [item.number for item in reversed_witness.items() if isinstance(item, Block)] == [1, 0]


def test_a_reversed_flat_witness_keeps_the_lines_of_a_post_together():
    made = build_witness(dump("a", HEADING, FESTIVAL, TIDE, BOAT, WALL))
    reversed_witness = reverse_posts(made, {1: 0, 2: 0, 4: 1})
    lines = [line.of(made.text) for line in reversed_witness.items()]
    assert lines == [HEADING, WALL, BOAT, FESTIVAL, TIDE]


# Dates.


def test_clocks_that_differ_in_seconds():
    timeline = merge(
        dump("a", FESTIVAL, stats("03.02.2026 17:04")),
        dump("b", FESTIVAL, "[2026-02-03 17:04:31] ♥ 5", layout=SECONDS),
    )
    assert texts(timeline) == [FESTIVAL]
    assert len(timeline.posts[0].observations) == 2


@pytest.mark.parametrize("tail", ["A regular reminder: low tide", TIDE])
@pytest.mark.parametrize("above", [(), (WALL, FERRY, stats(9))])
def test_what_stands_below_a_marker_is_not_of_its_post(above, tail):
    dumps = dump("a", *above, FESTIVAL, TIDE, stats(8)), dump("b", FESTIVAL, BOAT, stats(8), tail)
    timeline = merge(*dumps)
    assert sorted(texts(timeline)[-1].split("\n")) == sorted([FESTIVAL, TIDE, BOAT])
    assert unclaimed(timeline) == [tail]


# What is a tie.


def test_a_line_of_a_post_comes_before_one_below_all_posts():
    """What stands below differs from it in what the damage left alone."""
    one = dump("a", FESTIVAL, stats(8), "Post image", BOAT, stats(7), f"{BOAT} 💬", damage=GREEK)
    timeline = merge(one, dump("b", FESTIVAL, BOAT))
    assert [shown_by(post) for post in timeline] == [["a", "b"]] * 2
    assert [shown_by(line) for line in timeline.unclaimed] == [["a"]]


def test_a_long_line_outweighs_a_short_one():
    one = dump("a", "Thank you!", stats(8), BOAT, stats(7), "Thank you!", stats(6))
    timeline = merge(one, dump("b", "Posts by Ada", "Thank you!", "Thank you!", BOAT))
    assert texts(timeline).count(BOAT) == 1


def test_a_host_stays_with_its_card():
    card = ("Glove sleeve mill 86", "quay.example.org")
    one = dump(
        "a", LAMPS, "January 17, 2026 at 12:11 AM", FESTIVAL, *card, "January 16, 2026 at 12:11 AM",
        BOAT, "Table forest anchor", card[1],
        "January 15, 2026 at 12:11 AM", WALL, "January 14, 2026 at 12:11 AM", layout=LIGHTNEWS,
    )  # fmt: skip
    timeline = merge(one, dump("b", FESTIVAL, *card, WALL))
    assert [shown_by(post) for post in timeline] == [["a"], ["a", "b"], ["a"], ["a", "b"]]
    assert [post.omitted_by for post in timeline] == [(), (), ("b",), ()]


def test_a_line_below_all_posts_is_no_two_lines_of_a_dump():
    """Either could be it, but as two of one line they are no support for each other."""
    timeline = merge(dump("a", FESTIVAL, stats(8), "Yes.", "Yes."), dump("b", BOAT, stats(7), "Yes.", LAMPS))
    assert sorted(map(shown_by, timeline.unclaimed)) == [["a"]] * 2 + [["b"]] * 2
