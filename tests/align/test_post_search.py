# SPDX-License-Identifier: MIT
"""Whole posts in the lines of a dump without markers."""

import pytest

from postdump._align.bulk_keys import PostLineKeys
from postdump._align.post_search import find_posts_in_lines


def strong(key):
    return len(key) > 1


def numbers(found):
    """Return matched posts in numbers; the last is how many lines the witness lacks."""
    assert all(post.adds_lines == 0 for post in found)
    return [post[:4] for post in found]


def search(posts, lines, others=(), head=0):
    """Find posts in lines, each a letter or, where it cannot agree by chance, two."""
    made = PostLineKeys()
    for post in posts:
        made.add(None if post is None else post.split())
    matched, moved = find_posts_in_lines(made, others, lines.split(), strong, head)
    return numbers(matched), numbers(moved)


@pytest.mark.parametrize(
    ("posts", "lines", "expected"),
    [
        (["aa", "bb cc"], "aa bb cc", [(0, 0, 1, 0), (1, 1, 3, 0)]),
        (["aa", "bb cc", "dd"], "aa bb dd", [(0, 0, 1, 0), (2, 2, 3, 0)]),
        (["aa", "xx bb"], "aa bb", [(0, 0, 1, 0), (1, 1, 2, 1)]),
        (["aa", "xx yy bb"], "aa bb", [(0, 0, 1, 0), (1, 1, 2, 2)]),
        (["aa", "xx yy zz bb", "cc"], "aa bb cc", [(0, 0, 1, 0), (2, 2, 3, 0)]),  # longer than any card
        (["aa", "bb", "xx cc"], "aa bb cc xx", [(0, 0, 1, 0), (1, 1, 2, 0)]),  # no card: it stands elsewhere
        (["aa", "t", "bb"], "aa t bb", [(0, 0, 1, 0), (1, 1, 2, 0), (2, 2, 3, 0)]),  # beside its neighbours
        (["aa", "xx t", "bb"], "aa t bb", [(0, 0, 1, 0), (1, 1, 2, 1), (2, 2, 3, 0)]),  # without its card
        (["aa", "xx t", "bb"], "aa t bb xx", [(0, 0, 1, 0), (2, 2, 3, 0)]),  # no card: it stands elsewhere
        (["aa", "xx yy zz t", "bb"], "aa t bb", [(0, 0, 1, 0), (2, 2, 3, 0)]),
        (["aa", "xx t", "bb"], "aa u bb", [(0, 0, 1, 0), (2, 2, 3, 0)]),
        (["xx t", "aa", "bb"], "t aa bb", [(1, 1, 2, 0), (2, 2, 3, 0)]),  # by chance
        (["t", "aa", "bb"], "t aa bb", [(0, 0, 1, 0), (1, 1, 2, 0), (2, 2, 3, 0)]),
        (["t"], "t", []),  # by chance
        (["aa", "t", "bb"], "aa bb t", [(0, 0, 1, 0), (2, 1, 2, 0)]),
        (["aa", "aa", "bb", "cc"], "aa aa bb cc", [(0, 0, 1, 0), (1, 1, 2, 0), (2, 2, 3, 0), (3, 3, 4, 0)]),
        (["aa", "bb", "cc"], "aa bb bb cc", [(0, 0, 1, 0), (1, 1, 2, 0), (2, 3, 4, 0)]),
        (["aa"], "aa", []),  # one does not tell which way a page runs
        (["aa", "", "bb"], "aa bb", [(0, 0, 1, 0), (2, 1, 2, 0)]),
        (["aa", None, "t", "bb"], "aa x t bb", [(0, 0, 1, 0), (2, 2, 3, 0), (3, 3, 4, 0)]),
        (["aa", "bb", "cc"], "cc bb aa", []),  # the other way round
        (["aa", "xx bb yy", "cc", "dd"], "aa dd cc xx bb", []),  # as one sees where some lines stand
        (["aa", "xx bb yy", "s t", "dd"], "aa dd s t xx bb", []),  # and where short ones do
        (["aa", "bb", "xx u", "xx yy u", "yy u"], "yy xx aa bb", [(0, 2, 3, 0), (1, 3, 4, 0)]),  # none again
        (["aa", "bb", "cc", "dd"], "aa cc bb dd", [(0, 0, 1, 0), (2, 1, 2, 0), (3, 3, 4, 0)]),
        (["t", "", "aa", "bb"], "t aa bb", [(0, 0, 1, 0), (2, 1, 2, 0), (3, 2, 3, 0)]),
        (["aa", None, "t", "bb"], "aa t y bb", [(0, 0, 1, 0), (3, 3, 4, 0)]),  # maybe the unknown post's
        (["aa", "t", None, "bb"], "aa x t bb", [(0, 0, 1, 0), (3, 3, 4, 0)]),
        ([], "aa", []),
    ],
)  # fmt: skip
def test_lines(posts, lines, expected):
    assert search(posts, lines)[0] == expected


def test_what_stands_above_the_posts_is_no_part_of_them():
    assert search(["xx bb", "cc", "dd"], "xx bb cc dd xx ee", head=1)[0] == [(1, 2, 3, 0), (2, 3, 4, 0)]
    assert search(["xx t", "aa", "bb"], "h xx t yy aa t bb", head=1)[0] == [
        (0, 1, 3, 0),
        (1, 4, 5, 0),
        (2, 6, 7, 0),
    ]
    assert search(["h", "aa", "bb"], "h aa bb", head=1)[0] == [(1, 1, 2, 0), (2, 2, 3, 0)]


def test_lines_that_stand_in_other_units_as_well():
    assert search(["aa", "cc", "bb"], "aa cc bb", ["bb"])[0] == [(0, 0, 1, 0), (1, 1, 2, 0), (2, 2, 3, 0)]
    assert search(["aa", "cc", "bb"], "aa cc x bb", ["bb"])[0] == [(0, 0, 1, 0), (1, 1, 2, 0)]


def test_moved_posts():
    assert search(["aa", "bb", "cc"], "bb aa cc") == ([(1, 0, 1, 0), (2, 2, 3, 0)], [(0, 1, 2, 0)])
    assert search(["aa", "bb", "xx cc"], "bb cc aa")[1] == [(0, 2, 3, 0)]


def test_a_neighbour_takes_no_line_of_a_moved_post():
    assert search(["t cc", "aa", "bb", "t"], "aa bb t cc") == ([(1, 0, 1, 0), (2, 1, 2, 0)], [(0, 2, 4, 0)])
    found = search(["t cc", "aa", "bb", "t", "dd"], "aa bb t cc dd")
    assert found == ([(1, 0, 1, 0), (2, 1, 2, 0), (4, 4, 5, 0)], [(0, 2, 4, 0)])
