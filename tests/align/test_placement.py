# SPDX-License-Identifier: MIT
"""Placement: where the lines of a further dump go, marked or flat, matched or in no other dump."""

import pytest
from page import (
    BOAT,
    FERRY,
    FESTIVAL,
    GREEK,
    LAMPS,
    SENTENCES,
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

from postdump import Role, merge, parse
from postdump.layouts import Layout

HEADING = "Posts by Ada Example"
LINK = "quay.example.org/2026/rep..."


# A flat dump.


def test_lines_between_two_posts_are_a_post():
    timeline = merge(marked("a", FESTIVAL, BOAT), dump("b", FESTIVAL, TIDE, WALL, BOAT))
    assert texts(timeline) == [FESTIVAL, f"{TIDE}\n{WALL}", BOAT]
    assert timeline.posts[1].inferred == ("boundary",)
    assert timeline.posts[1].omitted_by == ("a",)
    assert timeline.posts[1].observations == ()
    assert timeline.posts[1].stats.likes is None


def test_one_line_between_two_posts_has_no_boundary_to_infer():
    timeline = merge(marked("a", FESTIVAL, BOAT), dump("b", FESTIVAL, TIDE, BOAT))
    assert texts(timeline) == [FESTIVAL, TIDE, BOAT]
    assert timeline.posts[1].inferred == ()


def test_lines_within_a_post_belong_to_it():
    timeline = merge(marked("a", (FESTIVAL, BOAT), TIDE), dump("b", FESTIVAL, WALL, LAMPS, BOAT, TIDE))
    assert texts(timeline) == [f"{FESTIVAL}\n{WALL}\n{LAMPS}\n{BOAT}", TIDE]
    assert timeline.posts[0].inferred == ()


def test_a_lone_link_belongs_to_the_post_before():
    timeline = merge(marked("a", FESTIVAL, BOAT), dump("b", FESTIVAL, LINK, BOAT))
    assert texts(timeline) == [f"{FESTIVAL}\n{LINK}", BOAT]
    assert timeline.posts[0].links == (LINK,)


def test_a_link_and_more_below_it():
    timeline = merge(marked("a", FESTIVAL, BOAT), dump("b", FESTIVAL, LINK, TIDE, BOAT))
    assert texts(timeline) == [f"{FESTIVAL}\n{LINK}", TIDE, BOAT]


def test_a_link_that_is_not_alone_starts_no_other_post():
    timeline = merge(marked("a", FESTIVAL, BOAT), dump("b", FESTIVAL, TIDE, LINK, BOAT))
    assert texts(timeline) == [FESTIVAL, f"{TIDE}\n{LINK}", BOAT]


def test_lines_after_the_last_post():
    timeline = merge(marked("a", FESTIVAL, BOAT), dump("b", FESTIVAL, BOAT, TIDE))
    assert texts(timeline) == [FESTIVAL, BOAT, TIDE]
    assert timeline.posts[2].omitted_by == ()


def test_a_link_after_the_last_post():
    assert texts(merge(marked("a", FESTIVAL), dump("b", FESTIVAL, LINK))) == [f"{FESTIVAL}\n{LINK}"]


def test_lines_between_heading_and_first_post():
    timeline = merge(marked("a", FESTIVAL, BOAT), dump("b", "Bio.", HEADING, TIDE, FESTIVAL, BOAT))
    assert texts(timeline) == [TIDE, FESTIVAL, BOAT]
    assert unclaimed(timeline) == ["Bio.", HEADING]
    assert [line.role for line in timeline.unclaimed] == [Role.OTHER, Role.HEADING]


def test_a_link_below_the_heading_is_a_post():
    timeline = merge(marked("a", FESTIVAL, BOAT), dump("b", HEADING, LINK, FESTIVAL, BOAT))
    assert texts(timeline) == [LINK, FESTIVAL, BOAT]


def test_lines_above_the_heading_stay_loose():
    """The first post may be shown above it too; what stands between belongs to nobody."""
    timeline = merge(marked("a", FESTIVAL, BOAT), dump("b", FESTIVAL, TIDE, HEADING, BOAT))
    assert texts(timeline) == [FESTIVAL, BOAT]
    assert unclaimed(timeline) == [TIDE, HEADING]


def test_lines_between_posts_above_the_heading():
    timeline = merge(marked("a", FESTIVAL, BOAT, WALL), dump("b", FESTIVAL, TIDE, BOAT, HEADING, FERRY, WALL))
    assert texts(timeline) == [FESTIVAL, BOAT, FERRY, WALL]
    assert unclaimed(timeline) == [TIDE, HEADING]


def test_a_heading_within_a_post_is_none_of_its_lines():
    timeline = merge(marked("a", (FESTIVAL, BOAT), TIDE), dump("b", FESTIVAL, HEADING, WALL, BOAT, TIDE))
    assert texts(timeline) == [f"{FESTIVAL}\n{WALL}\n{BOAT}", TIDE]
    assert unclaimed(timeline) == [HEADING]


@pytest.mark.parametrize("first", [(FESTIVAL,), (FESTIVAL, TIDE)])
def test_the_first_post_shown_above_the_heading_too(first):
    """Pages do so. What is below the heading is the post; what is above is nobody's."""
    whole = marked("a", first, BOAT)
    timeline = merge(whole, dump("b", *first, HEADING, *first, BOAT))
    assert texts(timeline) == ["\n".join(first), BOAT]
    assert [line.readings[0].line for line in timeline.unclaimed] == list(range(1, len(first) + 2))
    assert all(shown_by(post) == ["a", "b"] for post in timeline)


@pytest.mark.parametrize("heading", [[], [HEADING]])
def test_the_first_post_shown_above_the_heading_of_a_marked_dump(heading):
    a = dump("a", FESTIVAL, HEADING, FESTIVAL, stats(9), BOAT, stats(8))
    for other in (
        dump("b", *heading, FESTIVAL, BOAT),
        dump("b", *heading, FESTIVAL, stats(9, 5), BOAT, stats(8)),
    ):
        timeline = merge(a, other)
        assert texts(timeline) == [FESTIVAL, BOAT]
        assert [shown_by(post) for post in timeline] == [["a", "b"]] * 2
        assert unclaimed(timeline) == [FESTIVAL, HEADING]


def test_without_a_heading_what_is_above_stays_loose():
    timeline = merge(marked("a", FESTIVAL, BOAT), dump("b", TIDE, FESTIVAL, BOAT))
    assert texts(timeline) == [FESTIVAL, BOAT]
    assert unclaimed(timeline) == [TIDE]


@pytest.mark.parametrize("heading", [[], [HEADING]])
def test_a_flat_dump_of_another_page_stays_loose(heading):
    timeline = merge(marked("a", FESTIVAL, BOAT), dump("b", *heading, TIDE, WALL))
    assert texts(timeline) == [FESTIVAL, BOAT]
    assert sorted(unclaimed(timeline)) == sorted([*heading, TIDE, WALL])


def test_flat_dumps_alone_have_no_posts():
    timeline = merge(dump("a", HEADING, FESTIVAL, BOAT), dump("b", FESTIVAL, TIDE, BOAT))
    assert texts(timeline) == []
    assert sorted(unclaimed(timeline)) == sorted([HEADING, FESTIVAL, BOAT, TIDE])
    assert shown_by(timeline.unclaimed[unclaimed(timeline).index(FESTIVAL)]) == ["a", "b"]


def test_flat_lines_are_never_collapsed():
    timeline = merge(marked("a", FESTIVAL, BOAT), dump("b", FESTIVAL, FESTIVAL, FESTIVAL, BOAT))
    assert (
        texts(timeline) == [FESTIVAL, f"{FESTIVAL}\n{FESTIVAL}", BOAT] or texts(timeline).count(FESTIVAL) == 3
    )


def test_lines_too_long_together_are_two_posts():
    one, other = ((name + " ") * 40 for name in ("quay", "tide"))
    timeline = merge(marked("a", FESTIVAL, BOAT), dump("b", FESTIVAL, one, other, LAMPS, BOAT))
    assert texts(timeline) == [FESTIVAL, one.strip(), f"{other.strip()}\n{LAMPS}", BOAT]


def test_so_are_lines_too_long_all_together():
    lines = [((name + " ") * 22).strip() for name in ("quay", "tide", "boat", "rope")]
    timeline = merge(marked("a", FESTIVAL, BOAT), dump("b", FESTIVAL, *lines, BOAT))
    assert texts(timeline) == [FESTIVAL, "\n".join(lines[:2]), "\n".join(lines[2:]), BOAT]


def test_length_is_counted_in_graphemes():
    family = "👩‍👩‍👧"
    one, other = family * 140, family[::-1] * 140
    timeline = merge(marked("a", FESTIVAL, BOAT), dump("b", FESTIVAL, one, other, BOAT))
    assert texts(timeline) == [FESTIVAL, f"{one}\n{other}", BOAT]


def test_long_stretches_are_cut_again_and_again():
    lines = [
        f"{name} ".ljust(99, "y") + "." for name in ("quay", "tide", "wall", "ferry", "bell", "gull", "rope")
    ]
    timeline = merge(marked("a", FESTIVAL, BOAT), dump("b", FESTIVAL, *lines, BOAT))
    cut = ["\n".join(lines[first : first + 2]) for first in range(0, 7, 2)]  # three are 302 with their breaks
    assert texts(timeline) == [FESTIVAL, *cut, BOAT]


def test_a_layout_that_knows_no_limit():
    endless = Layout(name="endless", headings=("Posts by {name}",))
    long = [(name + " ") * 60 for name in ("quay", "tide")]
    timeline = merge(marked("a", FESTIVAL, BOAT), dump("b", FESTIVAL, *long, BOAT, layout=endless))
    assert len(timeline) == 3


def test_one_post_that_is_too_long_stays_one():
    long = "quay " * 100
    timeline = merge(marked("a", FESTIVAL, BOAT), dump("b", FESTIVAL, long, BOAT))
    assert texts(timeline) == [FESTIVAL, long.strip(), BOAT]


def test_a_post_in_a_flat_dump_twice():
    timeline = merge(marked("a", (FESTIVAL, TIDE), BOAT), dump("b", FESTIVAL, TIDE, BOAT, FESTIVAL, TIDE))
    assert texts(timeline) == [f"{FESTIVAL}\n{TIDE}", BOAT, f"{FESTIVAL}\n{TIDE}"]


# Tails.


def test_a_tail_claimed_by_a_flat_witness():
    torn = dump("a", FESTIVAL, stats(4), TIDE, WALL, stats(3), BOAT, "A bio of someone else.")
    timeline = merge(torn, dump("b", FESTIVAL, TIDE, WALL, BOAT))
    assert texts(timeline) == [FESTIVAL, f"{TIDE}\n{WALL}", BOAT]
    assert unclaimed(timeline) == ["A bio of someone else."]
    assert shown_by(timeline.posts[2]) == ["a", "b"]
    assert timeline.posts[2].lines[0].role is Role.TEXT


def test_a_tail_claimed_by_a_dated_witness():
    torn = dump("a", FESTIVAL, stats(4), TIDE, stats(3), BOAT, "A bio of someone else.")
    timeline = merge(torn, dump("b", TIDE, stats(3), BOAT, stats(2)))
    assert texts(timeline) == [FESTIVAL, TIDE, BOAT]
    assert shown_by(timeline.posts[2]) == ["a", "b"]
    assert unclaimed(timeline) == ["A bio of someone else."]
    assert all(post.omitted_by == () for post in timeline)


def test_a_tail_that_another_dump_has_as_a_post():
    """The draft has the post; the torn dump's line joins it."""
    torn = dump("a", TIDE, stats(3), BOAT)
    timeline = merge(torn, marked("b", FESTIVAL, TIDE, BOAT, last=4))
    assert texts(timeline) == [FESTIVAL, TIDE, BOAT]
    assert shown_by(timeline.posts[2]) == ["a", "b"]


def test_the_tail_of_a_flat_dump_claimed_by_another():
    timeline = merge(
        marked("a", FESTIVAL, BOAT),
        dump("b", TIDE, WALL, FESTIVAL, BOAT),
        dump("c", HEADING, TIDE, WALL, FESTIVAL, BOAT),
    )
    assert texts(timeline) == [f"{TIDE}\n{WALL}", FESTIVAL, BOAT]
    assert shown_by(timeline.posts[0]) == ["b", "c"]
    assert unclaimed(timeline) == [HEADING]


def test_two_dumps_show_a_line_outside_every_post():
    timeline = merge(
        dump("a", FESTIVAL, stats(4), "A bio of someone else entirely."),
        dump("b", FESTIVAL, stats(4, likes=5), "A bio of someone else entirely."),
    )
    (line,) = timeline.unclaimed
    assert shown_by(line) == ["a", "b"]


# A marked dump.


def test_what_only_the_poorer_dump_shows_stands_in_its_place():
    timeline = merge(
        dump("a", FESTIVAL, stats(9), BOAT, stats(5), TIDE, stats(3)),
        dump("b", FESTIVAL, stats(9), WALL, stats(7), TIDE, stats(3), LAMPS, stats(1)),
    )
    assert texts(timeline) == [FESTIVAL, WALL, BOAT, TIDE, LAMPS]


@pytest.mark.parametrize("days", [[9, 7, 5, 3, 1], [1, 3, 5, 7, 9]])
def test_unaligned_posts_stand_by_date(days):
    timeline = merge(
        dump("a", *(x for day in days[::2] for x in (SENTENCES[days.index(day)], stats(day)))),
        dump("b", *(x for day in days[1::2] for x in (SENTENCES[days.index(day)], stats(day)))),
    )
    assert [post.posted_at.day for post in timeline] == days


def test_a_block_of_one_dump_has_a_post_of_its_own():
    """Two blocks of one dump are two posts, though another dump shows only one of them."""
    timeline = merge(
        dump("a", FESTIVAL, stats(4), BOAT, stats(3)),
        dump("b", FESTIVAL, stats(4), FESTIVAL, stats(4, likes=9), TIDE, stats(2)),
    )
    assert sorted(texts(timeline)) == sorted([FESTIVAL, FESTIVAL, BOAT, TIDE])


def test_a_block_that_shows_more_and_less():
    timeline = merge(
        dump("a", FESTIVAL, BOAT, TIDE, stats(4), FERRY, stats(3)),
        dump("b", FESTIVAL, WALL, TIDE, LAMPS, stats(4)),
    )
    assert texts(timeline) == [f"{FESTIVAL}\n{BOAT}\n{WALL}\n{TIDE}\n{LAMPS}", FERRY]


@pytest.mark.parametrize("richer", ["whole", "torn"])
def test_a_lost_marker(richer):
    """Two posts that ran together in one dump come apart where another has the marker between them."""
    more = {"whole": [], "torn": []}
    more[richer] = [LAMPS, stats(1), WALL, stats("31.01.2026 10:00")]
    timeline = merge(
        dump("whole", FESTIVAL, BOAT, stats(4), TIDE, FERRY, stats(3), *more["whole"]),
        dump("torn", FESTIVAL, BOAT, TIDE, FERRY, stats(3), *more["torn"]),
    )
    assert texts(timeline)[:2] == [f"{FESTIVAL}\n{BOAT}", f"{TIDE}\n{FERRY}"]
    assert all(shown_by(post) == ["torn", "whole"] for post in timeline.posts[:2])
    assert [one.reading.dump for one in timeline.posts[0].observations] == ["whole"]
    assert timeline.posts[0].omitted_by == ()


def test_a_lost_marker_of_a_post_shown_again():
    torn = [FESTIVAL, TIDE, FERRY, stats(3)]
    timeline = merge(
        dump("whole", FESTIVAL, stats(4), TIDE, FERRY, stats(3), BOAT, stats(2)), dump("torn", *torn, *torn)
    )
    assert texts(timeline) == [FESTIVAL, f"{TIDE}\n{FERRY}", BOAT]
    assert len(timeline.posts[0].lines[0].readings) == 3


def test_a_post_of_a_page_that_was_turned_round_has_not_run_together_with_the_one_above():
    """There the one above is the one that stands below."""
    rest = (BOAT, stats(8), TIDE, stats(7), FERRY, stats(6))
    one = dump("a", LAMPS, WALL, stats(9), FESTIVAL, stats(9, 5), *rest)
    other = dump("b", TIDE, stats(7), BOAT, stats(8), WALL, FESTIVAL, stats(9, 5), LAMPS, stats(9))
    timeline = merge(one, other)
    assert texts(timeline) == [f"{LAMPS}\n{WALL}", f"{WALL}\n{FESTIVAL}", BOAT, TIDE, FERRY]
    assert [shown_by(line) for line in timeline.posts[0].lines[:2]] == [["a", "b"], ["a"]]


# Showings.


@pytest.mark.parametrize("label", [[], ["Post image"]])
def test_further_showings_join_the_same_lines(label):
    timeline = merge(
        dump("a", FESTIVAL + " –", BOAT, stats(3), *label, FESTIVAL + " –", BOAT, stats(3), damage=GREEK),
        dump("b", FESTIVAL + " –", BOAT, stats(3), FESTIVAL + " –", *label, BOAT, *label, stats(3)),
    )
    (post,) = timeline
    assert post.text == f"{FESTIVAL} –\n{BOAT}"
    by_role = {role: [line for line in post.lines if line.role is role] for role in Role}
    assert [len(line.readings) for line in by_role[Role.TEXT]] == [4, 4]
    assert len(by_role[Role.MARKER][0].readings) == 4
    assert sum(len(line.readings) for line in by_role[Role.LABEL]) == 3 * len(label)


def test_a_card_above_the_text_here_and_below_it_there():
    above = dump("a", FESTIVAL, TIDE, BOAT, stats(3))
    below = parse(f"{BOAT}\n{FESTIVAL}\n{TIDE}\nquay.example.org\nFebruary 3, 2026 at 5:04 PM", name="b")
    for timeline in (merge(above, below), merge(below, above)):
        (post,) = timeline
        assert (post.text, post.card.title, post.card.description) == (BOAT, FESTIVAL, TIDE)
        assert [len(line.readings) for line in post.lines] == [2, 2, 2, 1, 2]


def test_text_keeps_its_order_beside_a_card():
    """Of two lines of text that stand the other way round, one is no line of the other dump's."""
    above = dump("a", FESTIVAL, TIDE, BOAT, "Ahoy there, all of you.", stats(3))
    lines = ("Ahoy there, all of you.", BOAT, FESTIVAL, TIDE, "quay.example.org")
    below = parse("\n".join((*lines, "February 3, 2026 at 5:04 PM")), name="b")
    (post,) = merge(above, below)
    assert sorted(post.text.split("\n")) == sorted(
        [BOAT, "Ahoy there, all of you.", "Ahoy there, all of you."]
    )


def test_a_long_post_has_no_lines_moved():
    words = [f"Line number {number} of a long one." for number in range(40)]
    below = parse("\n".join((*words, FESTIVAL, "quay.example.org", "February 3, 2026 at 5:04 PM")), name="b")
    (post,) = merge(dump("a", FESTIVAL, *words, stats(3)), below)
    assert [line.text for line in post.lines].count(FESTIVAL) == 2


def test_labels_that_moved():
    timeline = merge(
        dump(
            *("a", "Posts Following", FESTIVAL, "Post image", stats(3)),
            *("Post image", FESTIVAL, "Posts Following", stats(3)),
        )
    )
    (post,) = timeline
    assert post.text == FESTIVAL
    assert sum(len(line.readings) for line in post.lines if line.role is Role.LABEL) == 4


# Without text.


def test_posts_without_text():
    timeline = merge(
        dump("a", stats(5), FESTIVAL, stats(4), stats(3)),
        dump("b", stats(5, likes=9), FESTIVAL, stats(4, likes=9), stats(2)),
    )
    assert [(post.text, post.posted_at.day) for post in timeline] == [
        ("", 5),
        (FESTIVAL, 4),
        ("", 3),
        ("", 2),
    ]
    assert [len(post.observations) for post in timeline] == [2, 2, 1, 1]


def test_pictures():
    timeline = merge(
        dump("a", f"Post image {stats(5)}", FESTIVAL, stats(4)),
        dump("b", f"Post image {stats(5, likes=9)}", FESTIVAL, stats(4)),
    )
    assert [len(post.observations) for post in timeline] == [2, 2]
    assert [line.role for line in timeline.posts[0].lines] == [Role.LABEL, Role.MARKER]


def test_what_stands_above_a_line_that_is_found_late_stays_above_it():
    """The short line is found because there is a card, which one dump does not know for one."""
    marked = dump("a", FESTIVAL, stats(9), "Preview", f"{BOAT} don’t", "½ £ © don’t", "🎉 🎉", WALL, stats(8))
    shown = page(FESTIVAL, stats(9), BOAT, "don’t", "½ £ © don’t", "🎉 🎉", WALL, stats(8))
    other = parse(shown.replace("don’t", "donβt"), name="b")
    post = merge(marked, other).posts[1]
    for name in "ab":
        starts = [one.span.start for line in post.lines for one in line.readings if one.dump == name]
        assert starts == sorted(starts)


def test_where_a_card_stands_elsewhere_text_keeps_its_order():
    title = f"{BOAT} {TIDE}"  # as much text, so it is paired first
    one = dump("a", f"{LAMPS} {LAMPS}", stats(9), "Preview", title, FESTIVAL, WALL, stats(8))
    other = dump("b", FESTIVAL, FERRY, title, LAMPS, stats(8))
    post = merge(one, other).posts[1]
    words = [line for line in post.lines if line.role is Role.TEXT]
    starts = [one.span.start for line in words for one in line.readings if one.dump == "b"]
    assert starts == sorted(starts)
    assert len(starts) == 3


def test_a_line_that_one_post_shows_is_taken_by_no_other():
    """Text above a card is looked for elsewhere in its post, where a line may be that of the next post."""
    one = dump("a", TIDE, stats(9), "Preview", TIDE, FESTIVAL, stats(9, likes=5))
    other = dump("b", FESTIVAL, TIDE, stats(9), FESTIVAL, stats(9, likes=5))
    for post in merge(one, other):
        for line in post.lines:
            assert len({reading.dump for reading in line.readings}) == len(line.readings)


# Order by date.


@pytest.mark.parametrize("top", [(), (HEADING,), ("Harbour engineer.", HEADING)])
def test_what_is_newer_stands_above(top):
    """Whatever stands above it that is no post's."""
    older = [line for day in (2, 1) for line in (f"Still older, of the {day}. of February.", stats(day))]
    one = dump("a", TIDE, stats(8), FESTIVAL, stats(5), BOAT, stats(4), WALL, stats(3), *older)
    other = dump("b", *top, LAMPS, stats(9), FERRY, stats(7), FESTIVAL, stats(5), BOAT, stats(4))
    timeline = merge(one, other)
    assert texts(timeline) == [LAMPS, TIDE, FERRY, FESTIVAL, BOAT, WALL, *older[::2]]


@pytest.mark.parametrize("card", [(), ("Preview", "A bakery opens. The best bread of the quay.")])
def test_posts_of_one_minute_where_a_dump_ends(card):
    """What it shows last stands above what it would else lack, whichever dump has more to tell."""
    early = dump("a", *card, FESTIVAL, stats(9), *card, BOAT, stats(8), *card, WALL, stats(7))
    late = dump("b", FESTIVAL, stats(9), BOAT, stats(8), TIDE, stats(7), FERRY, stats(7), LAMPS, stats(6))
    timeline = merge(early, late)
    assert texts(timeline) == [FESTIVAL, BOAT, WALL, TIDE, FERRY, LAMPS]
    assert [post.omitted_by for post in timeline] == [(), (), ("b",), (), (), ()]


def test_a_pinned_post_stays_at_the_top():
    """Whatever is newer in the other dump."""
    one = dump("a", FERRY, stats(12), FESTIVAL, stats(9), BOAT, stats(8), WALL, stats(7), TIDE, stats(6))
    timeline = merge(one, dump("b", LAMPS, stats(3), FESTIVAL, stats(9), BOAT, stats(8), WALL, stats(7)))
    assert texts(timeline) == [LAMPS, FERRY, FESTIVAL, BOAT, WALL, TIDE]
    assert not timeline.conflicts
