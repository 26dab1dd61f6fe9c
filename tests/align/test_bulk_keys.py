# SPDX-License-Identifier: MIT
"""What blocks and lines are known by, many at once and one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postdump import C1Policy, Damage, Layout, merge, parse
from postdump._align.bulk_keys import (
    BlockKeys,
    block_key,
    compute_line_keys,
    find_visible_blocks,
    find_visible_lines,
)
from postdump._align.line_keys import line_key
from postdump._parse.page import cut
from postdump._text.characters import visible_ascii
from postdump.layouts import BSKYVIEW, FLAT
from postdump.strategies import pages

GREEK = Damage(misread_as="iso-8859-7", c1_policy=C1Policy.DROP)
PAIRS = Damage(misread_as="gbk")
LINES = st.lists(st.text(st.sampled_from("abc XYZ.,?’é👍"), min_size=1).filter(str.strip), min_size=1)


def keys_of(blocks, damage):
    """Return the keys of blocks, each a list of lines."""
    seen = [b"\n".join(map(visible_ascii, lines)) for lines in blocks]
    return BlockKeys(seen, lambda number: "\n".join(blocks[number]), damage)


@given(st.lists(LINES, min_size=1), st.sampled_from([None, GREEK, PAIRS]))
def test_a_block_is_known_by_what_its_lines_are_known_by(blocks, damage):
    keys = keys_of(blocks, damage)
    for number, lines in enumerate(blocks):
        assert list(keys.lines(number)) == [line_key(line, damage) for line in lines]
        assert keys.blocks()[number] == block_key(keys.lines(number))


@given(LINES, st.sampled_from([None, GREEK, PAIRS]))
def test_lines_are_known_as_each_of_them_is(lines, damage):
    found = compute_line_keys([visible_ascii(line) for line in lines], lines.__getitem__, damage)
    assert found == [line_key(line, damage) for line in lines]


def test_a_short_line_between_long_ones_is_known_by_its_words():
    keys = keys_of([["Low tide at nine.", "Yes.", "Bring a lantern."], ["Low tide at nine."]], None)
    assert keys.lines(0) == [b"Lowtideatnine.", "Yes.", b"Bringalantern."]
    assert keys.blocks() == [(b"Lowtideatnine.", "Yes.", b"Bringalantern."), b"Lowtideatnine."]


def test_blocks_that_are_not_plain_are_not_known():
    assert BlockKeys([None, b"Lowtideatnine."], lambda _: "Low tide at nine.", None).blocks() == [
        None,
        b"Lowtideatnine.",
    ]


@given(st.text("ab ?é👍\0\n\n\t\r"), st.integers(1, 9))
def test_lines_are_seen_stretch_by_stretch(text, stretch):
    page = cut(text, FLAT)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("postdump._align.bulk_keys.STRETCH", stretch)
        starts, ends, seen, are_adjacent = find_visible_lines(page)
    places = list(zip(starts, ends, strict=True))
    assert places == [(line.start, line.end) for line in page.lines_between(0, len(text))]
    assert seen == [visible_ascii(text[start:end]) for start, end in places]
    if are_adjacent:
        assert "\n".join(text[start:end] for start, end in places) == text.removesuffix("\n")


def test_even_lines_stand_next_to_each_other():
    assert find_visible_lines(cut("Low tide.\nYes.\nBring a lantern.", FLAT))[-1]
    assert find_visible_lines(cut("Low tide.\nYes.\nBring a lantern.\n", FLAT))[-1]
    assert not find_visible_lines(cut("Low tide.\n\nYes.\n", FLAT))[-1]


@given(pages(), st.integers(1, 3))
def test_blocks_are_seen_batch_by_batch(page, batch):
    for shown in page:
        known = cut(shown.text, None)
        whole = find_visible_blocks(known)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("postdump._align.bulk_keys.BATCH", batch)
            assert find_visible_blocks(known) == whole


def test_a_label_that_holds_nul_is_no_text():
    harbour = Layout(name="harbour", marker=BSKYVIEW.marker, labels=("Sponsored\0",))
    marked = "Low tide at nine.\nSponsored\0\n03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0"
    timeline = merge(parse(marked, layout=harbour, name="a"), parse("Low tide at nine.", name="b"))
    assert [post.text for post in timeline.posts] == ["Low tide at nine."]
