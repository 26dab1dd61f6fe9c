# SPDX-License-Identifier: MIT
"""The keys of blocks and lines, many at once and one by one."""

from hypothesis import given
from hypothesis import strategies as st

from postdump import C1Policy, Damage
from postdump._align.bulk_keys import (
    BlockKeys,
    block_key,
    compute_line_keys,
)
from postdump._align.line_keys import line_key
from postdump._text.characters import visible_ascii

GREEK = Damage(misread_as="iso-8859-7", c1_policy=C1Policy.DROP)
PAIRS = Damage(misread_as="gbk")
LINES = st.lists(st.text(st.sampled_from("abc XYZ.,?’é👍"), min_size=1).filter(str.strip), min_size=1)


def keys_of(blocks, damage):
    """Return the keys of blocks, each a list of lines."""
    visible = [b"\n".join(map(visible_ascii, lines)) for lines in blocks]
    return BlockKeys(visible, lambda number: "\n".join(blocks[number]), damage)


@given(st.lists(LINES, min_size=1), st.sampled_from([None, GREEK, PAIRS]))
def test_a_block_is_known_by_what_its_lines_are_known_by(blocks, damage):
    keys = keys_of(blocks, damage)
    for number, lines in enumerate(blocks):
        assert list(keys.line_keys(number)) == [line_key(line, damage) for line in lines]
        assert keys.block_keys()[number] == block_key(keys.line_keys(number))


@given(LINES, st.sampled_from([None, GREEK, PAIRS]))
def test_lines_are_known_as_each_of_them_is(lines, damage):
    found = compute_line_keys([visible_ascii(line) for line in lines], lines.__getitem__, damage)
    assert found == [line_key(line, damage) for line in lines]


def test_a_short_line_between_long_ones_is_known_by_its_words():
    keys = keys_of([["Low tide at nine.", "Yes.", "Bring a lantern."], ["Low tide at nine."]], None)
    assert keys.line_keys(0) == [b"Lowtideatnine.", "Yes.", b"Bringalantern."]
    assert keys.block_keys() == [(b"Lowtideatnine.", "Yes.", b"Bringalantern."), b"Lowtideatnine."]


def test_blocks_that_are_not_plain_are_not_known():
    assert BlockKeys([None, b"Lowtideatnine."], lambda _: "Low tide at nine.", None).block_keys() == [
        None,
        b"Lowtideatnine.",
    ]
