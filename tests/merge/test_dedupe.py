# SPDX-License-Identifier: MIT
"""Deduping posts: equal in text and stats is one, with all its readings; different in either is two."""

from itertools import chain

import pytest
from hypothesis import given
from page import BOAT, FESTIVAL, TIDE, dump, shown_by, stats

from postdump import Post, Role, Stats, dedupe, merge, parse
from postdump.strategies import pages


def test_nothing():
    assert dedupe([]) == ()


def test_takes_any_iterable():
    posts = dump("a", FESTIVAL, stats(9), BOAT, stats(8)).posts
    assert dedupe(iter(posts)) == tuple(posts)


def test_two_showings():
    text = f"{FESTIVAL}\n{stats(9)}\n{BOAT}\n{stats(8)}\n{FESTIVAL}\n{stats(9)}"
    first, second = dedupe(parse(text, name="a").posts)
    assert (first.text, second.text) == (FESTIVAL, BOAT)
    assert [reading.line for reading in first.readings] == [1, 2, 5, 6]
    assert [(line.role, line.text, [one.line for one in line.readings]) for line in first.lines] == [
        (Role.TEXT, FESTIVAL, [1, 5]),
        (Role.MARKER, stats(9), [2, 6]),
    ]
    assert [one.reading.line for one in first.observations] == [2, 6]


@pytest.mark.parametrize(
    "other", [[FESTIVAL, stats(9, 5)], [FESTIVAL, stats(8)], [BOAT, stats(9)], [FESTIVAL, TIDE, stats(9)]]
)
def test_different_in_text_or_stats(other):
    assert len(dedupe(dump("a", FESTIVAL, stats(9), *other).posts)) == 2


def test_lines_that_only_one_showing_has():
    (post,) = dedupe(
        dump("a", "Post image", FESTIVAL, stats(9), "Posts Following", FESTIVAL, "Post image", stats(9)).posts
    )
    assert [(line.role.value, line.text, len(line.readings)) for line in post.lines] == [
        ("label", "Post image", 2),
        ("text", FESTIVAL, 2),
        ("marker", stats(9), 2),
        ("label", "Posts Following", 1),
    ]


def test_equal_lines_of_one_post_stay_two():
    (post,) = dedupe(dump("a", BOAT, TIDE, BOAT, stats(9), BOAT, TIDE, BOAT, stats(9)).posts)
    assert [line.text for line in post.lines if line.role is Role.TEXT] == [BOAT, TIDE, BOAT]
    assert [[one.line for one in line.readings] for line in post.lines] == [[1, 5], [2, 6], [3, 7], [4, 8]]


def test_repairs_and_conflicts_of_all():
    dumps = [dump(name, f"The ferry {mark} it is late.", stats(9)) for name, mark in (("a", "–"), ("b", "“"))]
    (post,) = merge(*dumps)
    (both,) = dedupe([post, post])
    assert both.conflicts == (*post.conflicts, *post.conflicts)
    assert shown_by(both) == ["a", "b"]


def test_posts_without_words():
    assert len(dedupe([Post(), Post(), Post(stats=Stats(likes=1))])) == 2


def test_many_showings_whose_markers_differ():
    """Each marker is a line of its own: spaces differ, stats do not."""
    lines = [x for n in range(200) for x in (FESTIVAL, stats(9).replace(" 💬", " " * (n % 9 + 1) + "💬"))]
    (post,) = dedupe(dump("a", *lines).posts)
    assert len(post.lines) == 10
    assert len(post.readings) == 400


@given(pages())
def test_as_a_merge_of_one_dump_does(shown):
    """What it counts is what `merge` counts, and no reading is lost."""
    for one in shown:
        made = parse(one.text, name="a")
        posts = dedupe(made.posts)
        assert [(post.text, post.stats) for post in posts] == list(
            dict.fromkeys((post.text, post.stats) for post in made.posts)
        )
        assert len(posts) == len(merge(made))
        assert sum(len(post.readings) for post in posts) == sum(len(post.readings) for post in made.posts)
        assert sorted(
            one.span for one in chain.from_iterable(line.readings for post in posts for line in post.lines)
        ) == sorted(one.span for post in posts for one in post.readings)
