# SPDX-License-Identifier: MIT
"""Where a post stands that only one dump with markers has."""

from datetime import datetime

import pytest
from page import BOAT, FERRY, FESTIVAL, LAMPS, TIDE, WALL, dump, stats, texts

from postdump import merge
from postdump._align.draft import DraftPost
from postdump._align.extended_draft import TOP
from postdump._align.marked_placement import DateOrder
from postdump._align.placement import place_lines
from postdump._align.witness_from_dump import build_witness


@pytest.mark.parametrize(
    ("days", "options", "follows"),
    [
        ([9, 8, 5], {}, 1),
        ([9, None, 5], {}, 0),  # a post without a date may be older
        ([5, 3], {}, TOP),
        ([9, 7], {}, 1),  # the draft ends within that minute
        ([9, 7, 6], {}, 0),
        ([5, 6, 9], {"is_newest_first": False}, 1),
        ([3, 9, 8, 5], {"pinned_post": 0}, 2),
        ([], {}, TOP),
    ],
)
def test_a_new_post_stands_below_those_that_are_newer(days, options, follows):
    posts = [DraftPost(True, posted_at=day and datetime(2026, 2, day, 17, 4)) for day in days]
    witness = build_witness(dump("a", WALL, stats(7)))
    draft = place_lines(posts, 0, witness, [{}], DateOrder(**options))
    found = [index for index in range(TOP, len(days)) if any(post.lines for post in draft.posts_at(index))]
    assert found == [follows]


def test_new_posts_stand_below_a_pinned_post():
    pinned = dump("a", LAMPS, stats(3), FESTIVAL, stats(9), BOAT, stats(8), WALL, stats(7), TIDE, stats(6))
    timeline = merge(pinned, dump("b", FERRY, stats(12), FESTIVAL, stats(9), BOAT, stats(8), WALL, stats(7)))
    assert texts(timeline) == [LAMPS, FERRY, FESTIVAL, BOAT, WALL, TIDE]
