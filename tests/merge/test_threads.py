# SPDX-License-Identifier: MIT
"""Posts to threads: the gold, the rule case by case, and the rule as a law."""

import json
from datetime import datetime, timedelta
from itertools import chain, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postdump._merge.threads import threads
from postdump.models import Post, Profile, Stats

NOON = datetime(2026, 2, 3, 12, 0)
LATER = NOON + timedelta(minutes=1)
ADA = Profile(name="Ada Example", handle="ada.example.social")
BO = Profile(name="Bo Example", handle="bo.example.social")


def post(text="", posted_at=NOON, *, replies=None, author=None, is_repost=False):
    stats = Stats(posted_at=posted_at, replies=replies)
    return Post(text=text, posted_at=posted_at, stats=stats, author=author, is_repost=is_repost)


def lengths(*page):
    return [len(thread) for thread in threads(page)]


def test_gold():
    gold = json.loads((Path(__file__).parent.parent / "cases" / "seeds.json").read_text("utf-8"))
    page = [
        post(one["text"], datetime.fromisoformat(one["posted_at"]), replies=one["replies"])
        for one in gold["posts"]
    ]
    place = {id(one): at for at, one in enumerate(page)}
    assert [[place[id(one)] for one in thread] for thread in threads(page)] == gold["threads_reading_order"]


def test_nothing():
    assert threads(()) == ()


def test_takes_any_iterable():
    assert threads(iter([post("b"), post("a")])) == ((post("a"), post("b")),)


# Time.


def test_one_minute_is_one_thread():
    assert threads([post("3"), post("2"), post("1")]) == ((post("1"), post("2"), post("3")),)


def test_seconds_do_not_matter():
    assert lengths(post(posted_at=NOON.replace(second=59, microsecond=9)), post()) == [2]


def test_another_minute_is_another_thread():
    assert lengths(post("b", LATER), post("a")) == [1, 1]


def test_the_same_minute_of_another_day_is_another_thread():
    assert lengths(post("b", NOON + timedelta(days=1)), post("a")) == [1, 1]


def test_posts_without_time_stay_apart():
    assert lengths(post("c", None), post("b", None), post("a")) == [1, 1, 1]


# Direction.


def test_newest_first_unless_dates_say_otherwise():
    assert threads([post("b"), post("a")]) == ((post("a"), post("b")),)


def test_oldest_first():
    page = [post("a"), post("b", replies=0), post("c", LATER)]
    assert threads(page) == ((page[0], page[1]), (page[2],))


def test_most_neighbours_decide():
    pinned, *rest = page = [
        post("pinned", NOON - timedelta(days=9)),
        post("d", LATER),
        post("c"),
        post("b"),
        post("a", NOON - timedelta(minutes=1)),
    ]
    assert threads(page) == ((pinned,), (rest[0],), (rest[2], rest[1]), (rest[3],))


def test_undated_posts_and_reposts_have_no_vote():
    old = NOON - timedelta(days=9)
    page = [
        post("a"),
        post("b", None),
        post("shared", old, is_repost=True, author=BO),
        post("c", LATER),
        post("d", LATER),
    ]
    assert threads(page)[-1] == (page[3], page[4])


def test_a_draw_is_newest_first():
    page = [post("b"), post("a"), post("d", LATER), post("c", LATER), post("z")]
    assert threads(page)[0] == (page[1], page[0])


# Replies.


def test_nobody_replied_to_the_older_one():
    assert lengths(post("b", replies=1), post("a", replies=0)) == [1, 1]


def test_the_newest_needs_no_reply():
    assert lengths(post("b", replies=0), post("a", replies=1)) == [2]


def test_unknown_replies_break_nothing():
    assert lengths(post("c", replies=0), post("b"), post("a", replies=2)) == [3]


# Authors.


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        (ADA, ADA),
        (ADA, Profile(handle="ada.example.social")),
        (ADA, Profile(name="Ada of the Harbour", handle="ada.example.social")),
        (ADA, Profile(name="Ada Example")),
        (ADA, None),
        (None, BO),
    ],
)
def test_one_author(older, newer):
    assert lengths(post("b", author=newer), post("a", author=older)) == [2]


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        (ADA, BO),
        (ADA, Profile(name="Ada Example", handle="another.example.social")),
        (Profile(name="Ada Example"), Profile(handle="ada.example.social")),
        (Profile(), Profile()),
    ],
)
def test_two_authors(older, newer):
    assert lengths(post("b", author=newer), post("a", author=older)) == [1, 1]


def test_a_nameless_post_does_not_join_two_authors():
    assert lengths(post("c", author=BO), post("b"), post("a", author=ADA)) == [1, 2]


def test_reposts_of_one_author_are_a_thread():
    assert lengths(post("b", author=BO, is_repost=True), post("a", author=BO, is_repost=True)) == [2]


def test_reposts_by_nobody_named_stay_apart():
    assert lengths(post("b", is_repost=True), post("a", is_repost=True)) == [1, 1]


def test_a_repost_is_no_part_of_ones_own_thread():
    assert lengths(post("c"), post("b", author=ADA, is_repost=True), post("a")) == [1, 1, 1]


# Numbering.


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("1/ Low tide.", "2/ High tide."),
        ("Low tide. 1/", "High tide.\n2/"),
        ("1/2 Low tide.", "High tide. 2/2"),
        ("1/ Low tide.", "2/3 High tide."),
        ("1/3 Low tide.", "2/ High tide."),
        ("9/", "10/"),
        ("998/999", " 999/999 "),
        ("1/2 cup of salt. 6/8", "7/8"),
    ],
)
@pytest.mark.parametrize(("earlier", "later"), [(NOON, LATER), (NOON, None), (None, None)])
def test_numbers_carry_on(older, newer, earlier, later):
    assert lengths(post(newer, later), post(older, earlier)) == [2]


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("", ""),
        ("1/", ""),
        ("2/ High tide.", "1/ Low tide."),
        ("1/ Low tide.", "3/ Another."),
        ("1/2 Low tide.", "2/3 High tide."),
        ("1. Low tide.", "2. High tide."),
        ("1) Low tide.", "2) High tide."),
        ("1 Low tide.", "2 High tide."),
        ("Low 1/ tide.", "High 2/ tide."),
        ("1/5/2026", "2/5/2026"),
        ("3/2", "4/2"),
        ("01/", "02/"),
        ("0/", "1/"),
        ("1000/", "1001/"),
        ("1/1000", "2/1000"),
        ("-1/", "2/"),
        ("+1/", "2/"),
        ("١/", "٢/"),
        ("1/²", "2/²"),
        ("1∕2", "2∕2"),
        ("quay.example.org/1/", "quay.example.org/2/"),
    ],
)
def test_these_are_no_numbers_of_a_thread(older, newer):
    assert lengths(post(newer, LATER), post(older)) == [1, 1]


def test_numbers_do_not_make_up_for_replies_or_authors():
    assert lengths(post("2/", LATER), post("1/", replies=0)) == [1, 1]
    assert lengths(post("2/", LATER, author=BO), post("1/", author=ADA)) == [1, 1]


def test_a_thread_goes_on_in_the_minute_it_was_carried_to():
    assert lengths(post("an afterthought", LATER), post("2/2", LATER), post("1/2")) == [3]


# The rule as a law.

pages = st.lists(
    st.builds(
        post,
        st.sampled_from(["", "Low tide.", "1/", "2/", "2/3", "Ahoy 3/3"]),
        st.sampled_from([NOON, LATER, NOON - timedelta(minutes=1), None]),
        replies=st.sampled_from([None, 0, 1]),
        author=st.sampled_from([None, ADA, BO]),
        is_repost=st.booleans(),
    ),
    max_size=12,
)


@given(pages)
def test_threads_cut_the_page(page):
    found = threads(page)
    assert all(found)
    forward = list(chain.from_iterable(found))
    back = list(chain.from_iterable(thread[::-1] for thread in found))
    assert any(len(one) == len(page) and all(map(same, one, page)) for one in (forward, back))


@given(pages)
def test_every_post_but_the_newest_was_replied_to(page):
    for thread in threads(page):
        assert all(one.stats.replies != 0 for one in thread[:-1])
        assert len({one.is_repost for one in thread}) == 1
        assert len({one.author for one in thread} - {None}) <= 1


@given(pages)
def test_turning_the_page_round_turns_the_threads_round(page):
    dates = [one.posted_at for one in page if one.posted_at and not one.is_repost]
    if sum((a < b) - (a > b) for a, b in pairwise(dates)):
        assert threads(page[::-1]) == threads(page)[::-1]


def same(one, other):
    return one is other
