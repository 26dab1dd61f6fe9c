# SPDX-License-Identifier: MIT
"""Where lines of a dump without markers are cut into posts."""

import pytest
from page import FESTIVAL, dump

from postdump._align.flat_placement import cut_into_posts
from postdump._align.witness_from_dump import build_witness


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["a" * 150, "b" * 149], [range(2, 4)]),
        (["a" * 150, "b" * 149, "c"], [range(2, 4), range(4, 5)]),
        (["a" * 150, "b" * 150], [range(2, 3), range(3, 4)]),  # with the line break one too many
        (["a" * 200, "é" * 200, "c" * 150], [range(2, 3), range(3, 4), range(4, 5)]),
        (["a" * 200, "e\u0301" * 80, "c" * 150], [range(2, 4), range(4, 5)]),  # fewer than code points
        ([], []),
    ],
)
def test_a_run_is_cut_where_it_is_too_long_for_one_post(lines, expected):
    assert list(cut_into_posts(build_witness(dump("a", FESTIVAL)), lines, 2)) == expected
