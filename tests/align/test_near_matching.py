# SPDX-License-Identifier: MIT
"""Near matching: lines that two dumps have in different forms."""

from unicodedata import normalize

import pytest
from page import (
    BOAT,
    FESTIVAL,
    GREEK,
    TIDE,
    WALL,
    dump,
    marked,
    page,
    shown_by,
    stats,
    texts,
    unclaimed,
)

from postdump import merge, parse
from postdump.layouts import Layout

UNDATED = Layout(name="undated", marker="♥ {likes} likes, {replies} replies")


# Lines that are nearly the same.


def test_an_edited_post_is_one_post():
    timeline = merge(
        marked("a", FESTIVAL, "Low tide is at nine, and the steps are wet.", BOAT),
        dump("b", FESTIVAL, "Low tide is at ten, and the steps are wet.", BOAT),
    )
    assert len(timeline) == 3
    assert len(timeline.conflicts) == 1


def test_lines_a_little_alike_are_one_within_a_post_alone():
    nine, ten = "Low tide is at nine.", "Low tide is at ten."
    for rest in ([BOAT], []):
        other = dump("b", FESTIVAL, ten, *rest)
        within = merge(dump("a", FESTIVAL, nine, stats(9), BOAT, stats(8)), other)
        assert texts(within) == [f"{FESTIVAL}\n{nine}", BOAT]
        between = merge(dump("a", FESTIVAL, stats(9), nine, stats(8), BOAT, stats(7)), other)
        assert sorted(texts(between)) == sorted([FESTIVAL, nine, ten, BOAT])
    above = merge(dump("a", nine, FESTIVAL, stats(9)), dump("b", "Posts by Ada", ten, FESTIVAL))
    assert texts(above) == [f"{nine}\n{FESTIVAL}"]


def test_the_title_of_a_card_is_like_no_text():
    title = WALL.replace("north", "south")
    for more in (["Ahoy.", stats(3)], []):  # either is the first
        one = dump("a", FESTIVAL, stats(8), WALL, stats(5), BOAT, stats(4), *more)
        other = dump("b", FESTIVAL, stats(8), "Preview", title, TIDE, stats(5), BOAT, stats(4))
        timeline = merge(one, other)
        assert sorted(texts(timeline)) == sorted([FESTIVAL, WALL, TIDE, BOAT, *more[:1]])
        assert not timeline.conflicts


@pytest.mark.parametrize("entity", ["&#" + "9" * 5_000 + ";", "&#x" + "f" * 5_000 + ";", "&#" + "0" * 5_000])
def test_an_entity_of_many_digits_is_text(entity):
    """Python makes no number of more than 4,300 digits, unless it is asked to."""
    lines = [f"Salt {entity} and pepper for all of the harbour {when}." for when in ("tonight", "now")]
    timeline = merge(parse(page(lines[0], stats(9)), name="a"), parse(page(lines[1], stats(9)), name="b"))
    assert [post.text for post in timeline.posts] == [lines[0]]
    assert [conflict.field for conflict in timeline.conflicts] == ["text"]


def test_two_alike_at_other_minutes_are_two():
    timeline = merge(
        dump("a", FESTIVAL, stats(9), "Low tide is at nine, and the steps are wet.", stats(8)),
        dump("b", FESTIVAL, stats(9), "Low tide is at ten, and the steps are wet.", stats(7)),
    )
    assert len(timeline) == 3
    assert timeline.conflicts == ()


def test_lines_outside_every_post_are_not_likened():
    timeline = merge(
        dump("a", "Posts by Ada Example of Harbour", FESTIVAL, stats(9)),
        dump("b", "Posts by Ada Example of Oldharbour", FESTIVAL, stats(9, 5)),
    )
    assert len(timeline.unclaimed) == 2


def test_a_line_above_the_posts_is_not_likened():
    """A bio may be much like a post, and is none."""
    bio = "Low tide is at nine, and all the steps are wet."
    post = "Low tide is at nine, and all the steps are dry."
    flat = dump("b", bio, "Posts by Ada Example", BOAT, WALL)
    timeline = merge(dump("a", FESTIVAL, stats(9), post, stats(8), BOAT, stats(7), WALL, stats(6)), flat)
    assert texts(timeline) == [FESTIVAL, post, BOAT, WALL]
    assert unclaimed(timeline) == [bio, "Posts by Ada Example"]
    marked_twice = merge(
        dump("a", bio, "Posts by Ada Example", FESTIVAL, stats(9), BOAT, stats(8), TIDE, stats(7)),
        dump("b", post, "♥ 4 likes, 0 replies", BOAT, "♥ 4 likes, 0 replies", layout=UNDATED),
    )
    assert post in texts(marked_twice)
    assert bio in unclaimed(marked_twice)


def test_labels_are_not_likened():
    timeline = merge(
        dump("a", "Post image Post image", stats(9)), dump("b", "Post image", FESTIVAL, stats(9))
    )
    assert [len(line.readings) for post in timeline for line in post.lines if line.role.value == "label"] == [
        1,
        1,
    ]


def test_a_gap_too_large_to_compare_has_none():
    a = [f"Low tide is at {n}, and the steps are wet." for n in range(20)]
    b = [f"Low tide is at {n}, and the steps are dry." for n in range(20)]
    timeline = merge(dump("a", FESTIVAL, *a, BOAT, stats(9)), dump("b", FESTIVAL, *b, BOAT))
    assert texts(timeline) == [page(FESTIVAL, *a, *b, BOAT)]
    timeline = merge(dump("a", FESTIVAL, *a[:9], BOAT, stats(9)), dump("b", FESTIVAL, *b[:9], BOAT))
    assert texts(timeline) == [page(FESTIVAL, *a[:9], BOAT)]


# One line written differently, or torn.


@pytest.mark.parametrize(
    ("line", "other"),
    [
        ("That café à la digue is open.", normalize("NFD", "That café à la digue is open.")),
        ("Salt & pepper on the quay.", "Salt &amp; pepper on the quay."),
        ("Salt & pepper on the quay.", "Salt  & pepper\u00a0on the quay."),
    ],
)
@pytest.mark.parametrize("damage", [None, GREEK], ids=["clean", "damaged"])
def test_what_extractors_make_of_a_line_is_no_conflict(line, other, damage):
    one = dump("a", FESTIVAL, stats(8), line, stats(7), WALL, stats(6), damage=damage)
    timeline = merge(one, dump("b", "Posts by Ada", FESTIVAL, other, WALL))
    assert [len(post.readings) for post in timeline] == [3, 3, 3]
    if damage is None:
        assert texts(timeline) == [FESTIVAL, line, WALL]
        assert not timeline.conflicts


@pytest.mark.parametrize("cut", ["The council will repl", "The council will  replace the"])
def test_a_dump_that_ends_within_a_line(cut):
    whole = dump("a", FESTIVAL, stats(8), BOAT, stats(7), WALL, stats(6))
    timeline = merge(whole, dump("b", FESTIVAL, BOAT, cut))
    assert texts(timeline) == [FESTIVAL, BOAT, WALL]
    assert [shown_by(post) for post in timeline] == [["a", "b"]] * 3
    assert not timeline.conflicts


@pytest.mark.parametrize(
    "torn",
    [
        (FESTIVAL, BOAT, "The c"),
        (FESTIVAL, BOAT, "The council"),
        (FESTIVAL, stats(8), BOAT, stats(7), "The coun"),
    ],
)
@pytest.mark.parametrize("further", [0, 400])
def test_a_dump_that_ends_within_the_first_words_of_a_post(torn, further):
    """However short what is left, and however much the other dump shows below: its place speaks."""
    rest = [line for n in range(further) for line in (f"{TIDE} Again, number {n}.", stats(5))]
    whole = dump("a", FESTIVAL, stats(8), BOAT, stats(7), WALL, stats(6), *rest)
    timeline = merge(whole, dump("b", *torn))
    assert texts(timeline)[2] == WALL
    assert [shown_by(post) for post in timeline][:3] == [["a", "b"], ["a", "b"], ["a", "b"]]
    assert len(timeline) == 3 + further
    assert not any(post.omitted_by for post in timeline)


def test_a_dump_that_ends_below_a_line_that_is_nearly_the_same():
    whole = dump("a", FESTIVAL, stats(8), BOAT, stats(7), WALL, stats(6))
    edited = BOAT.replace("anyone else", "somebody else")
    timeline = merge(whole, dump("b", FESTIVAL, edited, "The coun"))
    assert [shown_by(post) for post in timeline] == [["a", "b"]] * 3


def test_a_dump_that_is_a_word():
    """No line above says whose it is."""
    whole = dump("a", "Posts by Ada", WALL, stats(6), BOAT, stats(5))
    assert [shown_by(post) for post in merge(whole, dump("b", "The coun"))] == [["a"]] * 2


def test_a_dump_that_ends_within_a_post_of_another_day():
    layout = Layout(name="harbour", marker="[{posted_at:%Y-%m-%d %H:%M}] ♥ {likes}", stands="before")
    above = ("[2026-02-03 17:04] ♥ 4", FESTIVAL)
    whole = parse(page(*above, "[2026-02-02 17:04] ♥ 4", WALL), name="a", layout=layout)
    for day, found in ((1, [["a", "b"], ["a"], ["b"]]), (2, [["a", "b"], ["a", "b"]])):
        torn = parse(page(*above, f"[2026-02-0{day} 17:04] ♥ 4", "The coun"), name="b", layout=layout)
        assert [shown_by(post) for post in merge(whole, torn)] == found


@pytest.mark.parametrize("last", ["Yes", "The wall", "The"])
def test_a_short_last_line_that_is_not_torn(last):
    """Another line, one that stands elsewhere, and a word that the whole line does not go on with."""
    whole = dump("a", FESTIVAL, stats(8), BOAT, stats(7), f"{last}, in all.", stats(6), WALL, stats(5))
    other = (FESTIVAL, BOAT, "The counter") if last == "Yes" else (FESTIVAL, last)
    timeline = merge(whole, dump("b", *other))
    assert other[-1] in texts(timeline)


@pytest.mark.parametrize("below", ["", "\n", " \n" * 300])
def test_the_whole_of_a_torn_line_is_the_lemma(below):
    """The torn dump has the counts, and comes first."""
    torn = dump("a", FESTIVAL, stats(8), BOAT, stats(7), f"The council will repl{below}")
    (*_, last) = merge(torn, dump("b", FESTIVAL, BOAT, WALL)).posts
    assert (last.text, shown_by(last)) == (WALL, ["a", "b"])
