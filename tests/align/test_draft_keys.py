# SPDX-License-Identifier: MIT
"""What the entries of a draft are known by."""

from page import BOAT, FESTIVAL, LAMPS, TIDE, WALL, dump, stats

from postdump._align.collate import Collator
from postdump._align.draft_keys import EntryKeys
from postdump._align.line_keys import is_strong
from postdump._align.witness_from_dump import build_witness
from postdump._text.characters import visible_ascii


def keys_of(*dumps):
    """Return the keys of what dumps come to."""
    collator = Collator.of(map(build_witness, dumps), is_strong)
    return EntryKeys(collator.entries, collator.witnesses, None)


def lines_of(keys):
    """Return the keys of each entry's lines; None where it is not known by them."""
    lines = keys.line_keys()
    return [None if at in lines.non_plain else list(lines.of(at)) for at in range(len(lines))]


def test_a_post_is_known_by_its_lines():
    keys = keys_of(dump("a", FESTIVAL, stats(8), TIDE, BOAT, stats(7)))
    assert lines_of(keys) == [[visible_ascii(FESTIVAL)], [visible_ascii(TIDE), visible_ascii(BOAT)]]
    assert keys.post_keys() == [visible_ascii(FESTIVAL), visible_ascii(TIDE) + b"\n" + visible_ascii(BOAT)]
    assert list(keys.lines_outside_plain_posts()) == []


def test_a_post_with_a_card_is_not():
    keys = keys_of(dump("a", FESTIVAL, stats(8), "Preview", LAMPS, TIDE, stats(7), WALL, stats(6), BOAT))
    assert lines_of(keys) == [[visible_ascii(FESTIVAL)], None, [visible_ascii(WALL)], None]
    assert keys.post_keys() == [visible_ascii(FESTIVAL), None, visible_ascii(WALL), None]
    assert list(keys.lines_outside_plain_posts()) == [
        "Preview",
        visible_ascii(LAMPS),
        visible_ascii(TIDE),
        visible_ascii(BOAT),
    ]
    assert list(keys.lines_outside_plain_blocks(0)) == list(keys.lines_outside_plain_posts())


def test_a_post_without_text_has_no_keys_of_its_text():
    keys = keys_of(dump("a", FESTIVAL, stats(8), "Preview", LAMPS, stats(7), "Preview", TIDE, WALL, stats(6)))
    assert [len(text) for _, text in keys.non_plain_posts().values()] == [1]
    assert list(map(len, keys.non_plain_blocks(0).values())) == [1]


def test_what_stands_above_the_posts_is_no_other():
    keys = keys_of(dump("a", "A bio.", "Posts by Ada", FESTIVAL, stats(8)), dump("b", FESTIVAL, BOAT))
    assert list(keys.lines_outside_plain_posts()) == []


def test_a_post_of_flat_dumps_alone_is_known_by_its_lines():
    flat = FESTIVAL, LAMPS, TIDE, BOAT
    keys = keys_of(dump("a", FESTIVAL, stats(8), BOAT, stats(7)), dump("b", *flat))
    assert lines_of(keys)[1] == [visible_ascii(LAMPS), visible_ascii(TIDE)]
    assert keys.post_keys()[1] == visible_ascii(LAMPS) + b"\n" + visible_ascii(TIDE)


def test_a_little_line_is_known_by_its_words():
    keys = keys_of(dump("a", FESTIVAL, "Oui…", BOAT, stats(8), "Όχι.", stats(7), TIDE, stats(6)))
    assert lines_of(keys) == [
        [visible_ascii(FESTIVAL), "Oui…", visible_ascii(BOAT)],
        ["Όχι."],
        [visible_ascii(TIDE)],
    ]


def test_a_post_without_lines_has_no_keys():
    keys = keys_of(dump("a", FESTIVAL, stats(8), stats(7), "Yes.", stats(6)))
    assert lines_of(keys) == [[visible_ascii(FESTIVAL)], [], ["Yes."]]
