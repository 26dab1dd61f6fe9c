# SPDX-License-Identifier: MIT
"""Time by position: bounds from dated neighbours, and who is none."""

from datetime import datetime
from types import SimpleNamespace

import pytest

from postdump._align.chronology import find_pinned
from postdump._align.draft import DraftPost
from postdump._merge.time_bounds import compute_bounds, order_by_witness

OPEN = (None, None)
NOBODY = [SimpleNamespace(post_starts=())] * 2


def day(number):
    return None if number is None else datetime(2026, 2, number)


def units(*days, orders=None):
    """Make posts, shown in page order by witness 0, or as `orders` says for each."""
    made = []
    for n, number in enumerate(days):
        made.append(DraftPost(True, posted_at=day(number), starts={0: n} if orders is None else orders[n]))
    return made


def bounds(*days, orders=None):
    shown = order_by_witness(units(*days, orders=orders), NOBODY)
    found = compute_bounds(list(map(day, days)), shown)
    return {n: tuple(end and end.day for end in ends) for n, ends in found.items()}


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([], {}),
        ([None], {}),
        ([5, 3], {}),
        ([5, None, 3], {1: (3, 5)}),
        ([5, None, None, 3], {1: (3, 5), 2: (3, 5)}),
        ([None, 5, 3, None], {0: (5, None), 3: (None, 3)}),
        ([3, None, 5, 7], {1: (3, 5)}),
        ([None, 3, 5, None], {0: (None, 3), 3: (5, None)}),
        ([5, None, 5], {1: (5, 5)}),
    ],
)
def test_bounds(days, expected):
    assert bounds(*days) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([1, None, 9, 7, 5], {1: (9, None)}),
        ([None, 1, 9, 7, 5], {0: (9, None)}),
        ([1, 9, None, 7, 5], {2: (7, 9)}),
    ],
)
def test_a_pinned_post_is_no_bound(days, expected):
    assert bounds(*days) == expected


def test_bounds_that_contradict_themselves_say_nothing():
    assert bounds(9, 8, 3, None, 6, 5, 4) == {}


def test_the_narrowest_of_several_dumps():
    """The first dump shows the post between the 9th and the 1st, the second between the 5th and the 3rd."""
    orders = [{0: 0}, {1: 0}, {0: 1, 1: 1}, {1: 2}, {0: 2}]
    assert bounds(9, 5, None, 3, 1, orders=orders) == {2: (3, 5)}


def test_dumps_that_contradict_each_other():
    """What the first says stays."""
    orders = [{0: 0}, {0: 2}, {0: 1, 1: 1}, {1: 0}, {1: 2}]
    assert bounds(9, 7, None, 5, 3, orders=orders) == {2: (7, 9)}


def test_a_dump_that_runs_the_other_way():
    orders = [{0: 0}, {0: 1, 1: 1}, {1: 0, 0: 2}, {1: 2}]
    assert bounds(9, None, 5, 7, orders=orders) == {1: (5, 7)}


def test_by_witness():
    made = units(1, 2, 3, orders=[{0: 5, 1: 0}, {0: 3}, {1: 4}])
    assert order_by_witness(made, NOBODY) == [[1, 0], [0, 2]]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([], None),
        ([5], None),
        ([5, 3], None),
        ([3, 5], None),
        ([1, 5, 3], 0),
        ([None, 1, 5, 3], 1),
        ([1, 3, 5], None),
    ],
)
def test_pinned(days, expected):
    assert find_pinned(list(map(day, days))) == expected
