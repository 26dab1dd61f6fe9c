# SPDX-License-Identifier: MIT
"""Posts of more than text, by their keys, that stand in another place."""

from datetime import datetime

import pytest

from postdump._align.moved_posts import out_of_order, stray_blocks, stray_lines

NOON = datetime(2026, 2, 3, 12)


def strong(key):
    return len(key[1] if isinstance(key, tuple) else key) > 1


def blocks(*words):
    return [word and (None, (word,)) for word in words]


def test_blocks():
    one, other = blocks("pp", "aa", "bb"), blocks("aa", "bb", "pp")
    settled = [1, 0, 1, 0, 2, 1, 2, 0]
    assert stray_blocks(one, other, ({0}, set()), settled, strong) == [(0, 2, 3, 0)]
    assert stray_blocks(one, other, (set(), {2}), settled, strong) == [(0, 2, 3, 0)]
    assert stray_blocks(one, other, (set(), set()), settled, strong) == []  # they are text alone


def test_blocks_that_agree_by_chance():
    settled = [1, 0, 1, 0]
    assert stray_blocks(blocks("p", "aa"), blocks("aa", "p"), ({0}, set()), settled, strong) == []
    dated = [(NOON, ("p",)), (None, ("aa",))]
    assert stray_blocks(dated, dated[::-1], ({0}, set()), settled, strong) == [(0, 1, 2, 0)]


def test_blocks_that_are_settled_or_not_known():
    """A post that is settled without its card says the same as another one."""
    one, other = blocks("pp", "aa", None), blocks("aa", "xx", "pp")
    assert stray_blocks(one, other, (set(), {2}), [1, 0, 1, 0], strong) == [(0, 2, 3, 0)]
    assert stray_blocks(one, other, (set(), {2}), [0, 1, 2, 1, 1, 0, 1, 0], strong) == []
    assert stray_blocks(one, other, ({0}, set()), [1, 0, 1, 0, 2, 2, 3, 0], strong) == []
    assert stray_blocks(one, blocks("aa", None), ({0, 2}, {1}), [1, 0, 1, 0], strong) == []


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
    settled = [1, first, first + 1, 0, 2, below, below + 1, 0]
    drafted = ["cc", "tt", "pp", "aa", "bb"]
    assert stray_lines(odd, drafted, lines, settled, strong) == found
    assert stray_lines(odd, [*drafted, "pp"], lines, settled, strong) == []
    assert stray_lines(odd, drafted, lines, settled, strong, head=len(lines)) == []


def test_lines_that_are_settled():
    odd = {0: (["cc", "bb", "pp"], ["bb", "pp"])}
    settled = [1, 0, 1, 0, 2, 1, 2, 0]
    assert stray_lines(odd, ["cc", "bb", "pp", "aa", "bb"], ["aa", "bb", "pp"], settled, strong) == []


def test_lines_that_agree_by_chance():
    odd = {0: (["cc", "p"], ["p"])}
    assert stray_lines(odd, ["cc", "p", "aa"], ["aa", "p"], [1, 0, 1, 0], strong) == []


def test_the_order_of_those_that_are_not_settled():
    assert list(out_of_order([(0, 0), (1, 2), (2, 1), (3, 3)], [])) in ([(1, 2)], [(2, 1)])
    assert list(out_of_order([(5, 1)], [1, 0, 1, 0, 3, 2, 3, 0])) == [(5, 1)]
    assert list(out_of_order([(2, 1)], [1, 0, 1, 0, 3, 2, 3, 0])) == []
