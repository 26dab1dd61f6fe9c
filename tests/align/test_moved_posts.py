# SPDX-License-Identifier: MIT
"""Posts of more than text, by their keys, that stand in another place."""

from datetime import datetime

import pytest

from postdump._align.moved_posts import find_moved_blocks, find_moved_posts_in_lines, find_out_of_order
from postdump._align.post_matching import MatchedPosts

NOON = datetime(2026, 2, 3, 12)


def strong(key):
    return len(key[1] if isinstance(key, tuple) else key) > 1


def blocks(*words):
    return [word and (None, (word,)) for word in words]


def matched(*posts):
    """Return matched posts, each an index of an entry, and its first item and the one after the last."""
    return MatchedPosts.of([(*post, 0, 0) for post in posts])


def numbers(found):
    """Return moved posts in numbers; the last is how many lines the witness lacks."""
    assert all(post.adds_lines == 0 for post in found)
    return [post[:4] for post in found]


def in_blocks(one, other, non_plain, settled):
    return numbers(find_moved_blocks(one, other, *non_plain, settled, strong))


def in_lines(non_plain, drafted, lines, settled, head=0):
    return numbers(find_moved_posts_in_lines(non_plain, drafted, lines, settled, strong, head))


def test_blocks():
    one, other = blocks("pp", "aa", "bb"), blocks("aa", "bb", "pp")
    settled = matched((1, 0, 1), (2, 1, 2))
    assert in_blocks(one, other, ({0}, set()), settled) == [(0, 2, 3, 0)]
    assert in_blocks(one, other, (set(), {2}), settled) == [(0, 2, 3, 0)]
    assert in_blocks(one, other, (set(), set()), settled) == []  # they are text alone


def test_blocks_that_agree_by_chance():
    settled = matched((1, 0, 1))
    assert in_blocks(blocks("p", "aa"), blocks("aa", "p"), ({0}, set()), settled) == []
    dated = [(NOON, ("p",)), (None, ("aa",))]
    assert in_blocks(dated, dated[::-1], ({0}, set()), settled) == [(0, 1, 2, 0)]


def test_blocks_that_are_settled_or_not_known():
    """A post that is settled without its card says the same as another one."""
    one, other = blocks("pp", "aa", None), blocks("aa", "xx", "pp")
    assert in_blocks(one, other, (set(), {2}), matched((1, 0, 1))) == [(0, 2, 3, 0)]
    assert in_blocks(one, other, (set(), {2}), MatchedPosts.of([(0, 1, 2, 1, 0), (1, 0, 1, 0, 0)])) == []
    assert in_blocks(one, other, ({0}, set()), matched((1, 0, 1), (2, 2, 3))) == []
    assert in_blocks(one, blocks("aa", None), ({0, 2}, {1}), matched((1, 0, 1))) == []


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("aa bb pp", [(0, 2, 3, 1)]),  # without its first line
        ("aa bb cc tt pp", [(0, 2, 5, 0)]),  # with its card
        ("aa bb tt pp", [(0, 2, 4, 0)]),
        ("aa bb pp pp", []),
        ("aa bb qq", []),
        ("pp aa bb", []),  # in order
        ("aa bb tt cc pp", []),  # what stands above its text stands elsewhere
    ],
)
def test_lines(lines, found):
    odd = {0: (["cc", "tt", "pp"], ["tt", "pp"])}
    lines = lines.split()
    first, below = lines.index("aa"), lines.index("bb")
    settled = matched((1, first, first + 1), (2, below, below + 1))
    drafted = ["cc", "tt", "pp", "aa", "bb"]
    assert in_lines(odd, drafted, lines, settled) == found
    assert in_lines(odd, [*drafted, "pp"], lines, settled) == []
    assert in_lines(odd, drafted, lines, settled, head=len(lines)) == []


def test_lines_that_are_settled():
    odd = {0: (["cc", "bb", "pp"], ["bb", "pp"])}
    settled = matched((1, 0, 1), (2, 1, 2))
    assert in_lines(odd, ["cc", "bb", "pp", "aa", "bb"], ["aa", "bb", "pp"], settled) == []


def test_lines_that_agree_by_chance():
    odd = {0: (["cc", "p"], ["p"])}
    assert in_lines(odd, ["cc", "p", "aa"], ["aa", "p"], matched((1, 0, 1))) == []


def test_the_order_of_those_that_are_not_settled():
    assert list(find_out_of_order([(0, 0), (1, 2), (2, 1), (3, 3)], matched())) in ([(1, 2)], [(2, 1)])
    assert list(find_out_of_order([(5, 1)], matched((1, 0, 1), (3, 2, 3)))) == [(5, 1)]
    assert list(find_out_of_order([(2, 1)], matched((1, 0, 1), (3, 2, 3)))) == []
