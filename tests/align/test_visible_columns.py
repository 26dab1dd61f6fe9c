# SPDX-License-Identifier: MIT
"""The visible ASCII of the blocks and lines of a page, in batches and all at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postdump import Layout, merge, parse
from postdump._align.visible_columns import find_visible_blocks, find_visible_lines
from postdump._parse.page import cut
from postdump._text.characters import visible_ascii
from postdump.layouts import BSKYVIEW, FLAT
from postdump.strategies import pages


@given(st.text("ab ?é👍\0\n\n\t\r"), st.integers(1, 9))
def test_lines_are_seen_stretch_by_stretch(text, stretch):
    page = cut(text, FLAT)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("postdump._align.visible_columns.STRETCH_SIZE", stretch)
        starts, ends, visible, are_adjacent = find_visible_lines(page)
    places = list(zip(starts, ends, strict=True))
    assert places == [(line.start, line.end) for line in page.lines_between(0, len(text))]
    assert visible == [visible_ascii(text[start:end]) for start, end in places]
    if are_adjacent:
        assert "\n".join(text[start:end] for start, end in places) == text.removesuffix("\n")


def test_even_lines_stand_next_to_each_other():
    assert find_visible_lines(cut("Low tide.\nYes.\nBring a lantern.", FLAT)).are_adjacent
    assert find_visible_lines(cut("Low tide.\nYes.\nBring a lantern.\n", FLAT)).are_adjacent
    assert not find_visible_lines(cut("Low tide.\n\nYes.\n", FLAT)).are_adjacent


@given(pages(), st.integers(1, 3))
def test_blocks_are_seen_batch_by_batch(page, batch):
    for shown in page:
        known = cut(shown.text, None)
        whole = find_visible_blocks(known)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("postdump._align.visible_columns.BLOCKS_PER_BATCH", batch)
            assert find_visible_blocks(known) == whole


def test_a_label_that_holds_nul_is_no_text():
    harbour = Layout(name="harbour", marker=BSKYVIEW.marker, labels=("Sponsored\0",))
    marked = "Low tide at nine.\nSponsored\0\n03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0"
    timeline = merge(parse(marked, layout=harbour, name="a"), parse("Low tide at nine.", name="b"))
    assert [post.text for post in timeline.posts] == ["Low tide at nine."]
