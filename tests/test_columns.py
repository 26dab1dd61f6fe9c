# SPDX-License-Identifier: MIT
"""What blocks and lines are known by, many at once and one by one."""

from hypothesis import given
from hypothesis import strategies as st

from postdump import C1Policy, Damage
from postdump._columns import BlockKeys, block_key, line_keys
from postdump._keys import line_key, visible

GREEK = Damage(misread_as="iso-8859-7", c1_policy=C1Policy.DROP)
PAIRS = Damage(misread_as="gbk")
LINES = st.lists(st.text(st.sampled_from("abc XYZ.,?’é👍"), min_size=1).filter(str.strip), min_size=1)


def keys_of(blocks, damage):
    """Return the keys of blocks, each a list of lines."""
    seen = [b"\n".join(map(visible, lines)) for lines in blocks]
    return BlockKeys(seen, lambda number, _: "\n".join(blocks[number]), damage)


@given(st.lists(LINES, min_size=1), st.sampled_from([None, GREEK, PAIRS]))
def test_a_block_is_known_by_what_its_lines_are_known_by(blocks, damage):
    keys = keys_of(blocks, damage)
    for number, lines in enumerate(blocks):
        assert list(keys.lines(number)) == [line_key(line, damage) for line in lines]
        assert keys.blocks()[number] == block_key(keys.lines(number))


@given(LINES, st.sampled_from([None, GREEK, PAIRS]))
def test_lines_are_known_as_each_of_them_is(lines, damage):
    found = line_keys([visible(line) for line in lines], lines.__getitem__, damage)
    assert found == [line_key(line, damage) for line in lines]


def test_a_short_line_between_long_ones_is_known_by_its_words():
    keys = keys_of([["Low tide at nine.", "Yes.", "Bring a lantern."], ["Low tide at nine."]], None)
    assert keys.lines(0) == [b"Lowtideatnine.", "Yes.", b"Bringalantern."]
    assert keys.blocks() == [(b"Lowtideatnine.", "Yes.", b"Bringalantern."), b"Lowtideatnine."]


def test_blocks_that_are_not_plain_are_not_known():
    assert BlockKeys([None, b"Lowtideatnine."], lambda *_: "Low tide at nine.", None).blocks() == [
        None,
        b"Lowtideatnine.",
    ]
