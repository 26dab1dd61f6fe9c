# SPDX-License-Identifier: MIT
"""Whole posts of a draft and of a dump with markers."""

from datetime import datetime

import pytest

from postdump._align.post_matching import (
    MatchedPosts,
    compare_posts,
    match_blocks,
    run_in_opposite_directions,
)


def strong(key):
    return isinstance(key, tuple) or len(key) > 1


def posts(keys):
    """Return the keys of undated posts of one line."""
    return [key and (None, (key,)) for key in keys]


def numbers(found):
    """Return matched posts in numbers; the last is how many lines the witness lacks."""
    return [(*post[:3], post.lacks_lines - post.adds_lines) for post in found]


def match(a, b, are_dates_opposite=None):
    """Return the matched posts and the moved ones; None if the two sides run in opposite directions."""
    compared = compare_posts(a, b)
    if run_in_opposite_directions(compared, are_dates_opposite):
        return None
    matched, moved = match_blocks(compared, strong)
    return numbers(matched), numbers(moved)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (["aa", "bb"], ["aa", "xx", "bb"], [(0, 0, 1, 0), (1, 2, 3, 0)]),
        (["aa", None, "bb"], [None, "aa", "bb"], [(0, 1, 2, 0), (2, 2, 3, 0)]),
        (["aa", "t", "bb"], ["aa", "t", "bb"], [(0, 0, 1, 0), (2, 2, 3, 0)]),
        (["aa"], ["aa"], []),
        (["aa", "bb"], ["bb", "aa"], None),
        (["aa", "bb", "cc"], ["cc", "bb", "aa"], None),
    ],
)
def test_blocks(a, b, expected):
    found = match(posts(a), posts(b))
    assert (found and found[0]) == expected


def test_moved_posts():
    found = match(posts(["aa", "bb", "cc"]), posts(["bb", "aa", "cc"]))
    assert found == ([(1, 0, 1, 0), (2, 2, 3, 0)], [(0, 1, 2, 0)])
    assert match(posts(["aa", "t", "cc"]), posts(["t", "aa", "cc"]))[1] == []  # by chance


def test_what_the_dates_say():
    one, other = posts(["aa", "bb", "cc"]), posts(["bb", "aa"])
    assert match(one, other) is None
    matched, moved = match(one, other, are_dates_opposite=False)
    assert (len(matched), len(moved)) == (1, 1)
    assert match(one, one, are_dates_opposite=True) is None


NOON, ONE = datetime(2026, 2, 3, 12), datetime(2026, 2, 3, 13)


def test_a_card_that_one_side_lacks():
    whole, rest = (NOON, ("title", "boat")), (NOON, ("boat",))
    wall = (ONE, ("wall",))
    assert match([whole, wall], [rest, wall]) == ([(0, 0, 1, 1), (1, 1, 2, 0)], [])
    assert match([rest, wall], [whole, wall]) == ([(0, 0, 1, -1), (1, 1, 2, 0)], [])


def test_what_stands_elsewhere_is_no_card():
    whole, rest = (NOON, ("title", "boat")), (NOON, ("boat",))
    wall, lamps = (ONE, ("wall",)), (ONE, ("lamps",))
    compared = compare_posts([whole, wall, lamps], [rest, wall, lamps], other_witness_lines=["title"])
    assert numbers(match_blocks(compared, strong)[0]) == [(1, 1, 2, 0), (2, 2, 3, 0)]


def test_matched_posts_in_columns():
    matched = MatchedPosts.of([(0, 0, 1, 0, 0), (2, 1, 2, 1, 0), (3, 2, 3, 0, 2)])
    assert list(matched.only([False, True, True]).draft_index) == [2, 3]
    assert matched[1].lacks_lines == 1
    assert [post.adds_lines for post in matched] == [0, 0, 2]
    assert len(MatchedPosts.of([])) == 0
