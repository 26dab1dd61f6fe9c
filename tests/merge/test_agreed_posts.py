# SPDX-License-Identifier: MIT
"""Posts that their dumps show alike: what is told at once is what is told of any other."""

import pytest
from hypothesis import given
from page import BOAT, FERRY, FESTIVAL, GREEK, LAMPS, TIDE, WALL, dump, page, stats, texts

from postdump import C1Policy, Damage, from_json, merge, parse, to_json
from postdump._align.witness_from_dump import build_witness
from postdump._merge.agreed_posts import find_text
from postdump._merge.merge import build_timeline
from postdump.layouts import LIGHTNEWS
from postdump.strategies import pages

PLAIN = page(FESTIVAL, "Low tide – at nine.")


def told(post):
    return post.text, post.stats, post.posted_at


@given(pages())
def test_at_once_or_one_by_one(shown):
    dumps = [parse(one.text, name=str(n)) for n, one in enumerate(shown)]
    builder = merge(*dumps)._source
    source = builder.merged_posts
    for number, post in enumerate(builder.posts()):
        assert told(post) == (source.text(number), source.stats(number), source.posted_at(number))


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([dump("b", FESTIVAL, "Low tide – at nine.", BOAT)], PLAIN),
        ([dump("b", FESTIVAL, "Low tide – at nine.", stats(8), BOAT, stats(5), damage=GREEK)], PLAIN),
        ([], PLAIN),
    ],
)
def test_texts_told_at_once(others, expected):
    dumps = [dump("a", FESTIVAL, "Low tide – at nine.", stats(8), BOAT, stats(5)), *others]
    builder = build_timeline([build_witness(one) for one in dumps])
    assert find_text(builder.draft.entries[0], builder.draft.witnesses, builder.editor.damages) == expected


def test_what_one_damaged_dump_shows_alone():
    whole = Damage(misread_as="cp1252", c1_policy=C1Policy.KEEP)
    builder = build_timeline([build_witness(dump("a", FESTIVAL, "Café – open.", stats(8), damage=whole))])
    assert find_text(builder.draft.entries[0], builder.draft.witnesses, builder.editor.damages) == page(
        FESTIVAL, "Café – open."
    )


DASHED = (FESTIVAL, "Low tide – at nine.", stats(8), BOAT, stats(5))


@pytest.mark.parametrize(
    "shown",
    [
        [dump(name, *DASHED, damage=GREEK) for name in "ab"],
        [dump("a", *DASHED), dump("b", *(line.replace("–", "—") for line in DASHED))],
        [dump("a", *DASHED), dump("b", *(line.replace(" – ", " ") for line in DASHED), damage=GREEK)],
    ],
    ids=["damaged", "disputed", "ascii"],
)
def test_texts_that_are_looked_at(shown):
    builder = build_timeline([build_witness(one) for one in shown])
    first = builder.draft.entries[0]
    assert isinstance(first, tuple)
    assert find_text(first, builder.draft.witnesses, builder.editor.damages) is None


def test_a_card_that_one_dump_shows():
    lines = [FESTIVAL, stats(8), TIDE, "A title, and a long one.", BOAT, stats(6), WALL, stats(5)]
    marked = dump("a", *lines[:2], lines[3], *lines[4:])
    flat = dump("b", FESTIVAL, BOAT, WALL)
    (_, post, _) = merge(marked, flat).posts
    assert (post.text, post.card.title) == (BOAT, "A title, and a long one.")
    assert post.inferred == ("card",)


def test_a_card_of_which_each_dump_shows_another_part():
    posts = [
        FESTIVAL,
        stats(8),
        "A title, and a long one.",
        "A description of it.",
        BOAT,
        stats(6),
        WALL,
        stats(5),
    ]
    less = [line for line in posts if line != "A title, and a long one."]
    none = [line for line in less if line != "A description of it."]
    dumps = [dump("a", *posts), dump("b", *less), dump("c", *none), dump("d", FESTIVAL, BOAT, WALL)]
    for some in (dumps[:2], dumps[:3], dumps, [dumps[0], dumps[2]], [dumps[2], dumps[3]]):
        timeline = merge(*some)
        assert [post.posted_at.day for post in timeline] == [8, 6, 5]
        assert all(len(post.observations) == sum(len(one.posts) > 0 for one in some) for post in timeline)
        assert all(
            post.text.endswith(own) for post, own in zip(timeline, (FESTIVAL, BOAT, WALL), strict=True)
        )


def test_a_damaged_line_above_a_text():
    lines = [FESTIVAL, stats(8), "Low tide – a title of it.", BOAT, stats(6), WALL, stats(5)]
    timeline = merge(dump("a", *lines, damage=GREEK), dump("b", *lines[:2], *lines[3:]))
    assert texts(timeline) == [FESTIVAL, page(GREEK.apply(lines[2]), BOAT), WALL]


def test_no_card_where_the_layout_has_none_above_the_text():
    lines = ["January 14, 2026 at 8:59 AM", "January 13, 2026 at 8:59 AM", "January 12, 2026 at 8:59 AM"]
    marked = dump(
        "a", FESTIVAL, lines[0], "A title, and a long one.", BOAT, lines[1], WALL, lines[2], layout=LIGHTNEWS
    )
    timeline = merge(marked, dump("b", FESTIVAL, BOAT, WALL))
    assert texts(timeline) == [FESTIVAL, page("A title, and a long one.", BOAT), WALL]


def test_counts_of_two_dumps_that_date_a_post_differently():
    """One shows seconds."""
    lines = [FESTIVAL, stats("03.02.2026 17:04", 9), BOAT, stats("02.02.2026 17:04", 9)]
    other = to_json(dump("b", FESTIVAL, stats("03.02.2026 17:04", 7), BOAT, stats("02.02.2026 17:04", 7)))
    later = from_json(other.replace("17:04:00", "17:04:31"))
    timeline = merge(dump("a", *lines), later)
    assert [post.stats.likes for post in timeline] == [9, 9]
    assert [len(post.observations) for post in timeline] == [2, 2]
    assert not timeline.conflicts


def test_a_post_that_flat_dumps_alone_show():
    marked = dump("a", FESTIVAL, stats(8), BOAT, stats(6), WALL, stats(5))
    others = [dump(name, FESTIVAL, TIDE, LAMPS, BOAT, WALL) for name in "bc"]
    for dumps in ([marked, others[0]], [marked, *others]):
        timeline = merge(*dumps)
        assert texts(timeline) == [FESTIVAL, page(TIDE, LAMPS), BOAT, WALL]
        post = timeline.posts[1]
        assert [reading.dump for reading in post.readings] == [*("bbcc" if len(dumps) > 2 else "bb")]
        assert post.inferred == ("boundary",)
        assert post.posted_between == (marked.posts[1].posted_at, marked.posts[0].posted_at)
        assert post.stats.likes is None
        assert post.omitted_by == ("a",)


@pytest.mark.parametrize("broken", ["\r", "\r\n"])
def test_lines_end_in_many_ways(broken):
    marked = dump("a", FESTIVAL, stats(8), BOAT, stats(6), WALL, stats(5))
    flat = parse(page(FESTIVAL, TIDE, LAMPS, BOAT, WALL).replace("\n", broken), name="b")
    assert texts(merge(marked, flat)) == [FESTIVAL, page(TIDE, LAMPS), BOAT, WALL]


def test_a_post_in_another_place_within_lines_that_one_dump_shows():
    marked = dump("a", FESTIVAL, stats(8), BOAT, stats(6), WALL, stats(5), FERRY, stats(4))
    flat = dump("b", FESTIVAL, TIDE, FERRY, LAMPS, BOAT, WALL)
    assert texts(merge(marked, flat)) == [FESTIVAL, page(TIDE, LAMPS), BOAT, WALL, FERRY]
