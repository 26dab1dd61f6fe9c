# SPDX-License-Identifier: MIT
"""What a timeline concludes: choices, times, cards, who lacks what, and the page's profile."""

import copy
import gc
from datetime import UTC, datetime, timedelta
from itertools import permutations
from types import FunctionType, ModuleType

import pytest
from attrs import evolve
from page import BOAT, FERRY, FESTIVAL, GREEK, LAMPS, TIDE, WALL, dump, shown_by, stats, texts, unclaimed

from postdump import Card, Post, Profile, Role, Stats, Timeline, from_json, merge, parse, to_json
from postdump.layouts import NOPZON, Cards, Layout

TITLE = "Quay repairs start in May"
ABOUT = "The council has approved a plan to replace the ..."
NOON = datetime(2026, 2, 9, 12, 0, tzinfo=UTC)
SECONDS = Layout(name="seconds", marker="[{posted_at:%Y-%m-%d %H:%M:%S}] ♥ {likes}")
BARE = Layout(name="bare", marker="[{posted_at:%Y-%m-%d %H:%M}]")
COUNTS = Layout(name="counts", marker="♥ {likes} likes, {replies} replies")


def counted(name, likes, *, hours=None, replies=0):
    captured_at = None if hours is None else NOON + timedelta(hours=hours)
    return dump(name, FESTIVAL, stats(3, likes, replies=replies), captured_at=captured_at)


def only(timeline):
    (post,) = timeline
    return post


# What is held.


def reachable(root):
    """Yield everything that a value refers to, functions with what they have captured."""
    seen = set()
    todo = [root]
    while todo:
        thing = todo.pop()
        if id(thing) not in seen and not isinstance(thing, type | ModuleType):
            seen.add(id(thing))
            yield thing
            is_function = isinstance(thing, FunctionType)
            todo += thing.__closure__ or () if is_function else gc.get_referents(thing)


@pytest.mark.parametrize("other", [(FESTIVAL, LAMPS, TIDE), (FESTIVAL, stats(3, 4), TIDE, stats(2, 4))])
def test_a_timeline_holds_no_visible_ascii(other):
    timeline = merge(dump("a", FESTIVAL, stats(3, 4), LAMPS, stats(2, 4)), dump("b", *other))
    assert FESTIVAL in texts(timeline)
    lines = [thing for thing in reachable(timeline) if isinstance(thing, bytes) and b"antern" in thing]
    assert lines == []


# Choosing.


def test_the_latest_capture_tells_the_counts():
    for dumps in permutations([counted("a", 9, hours=1), counted("b", 5, hours=3), counted("c", 7, hours=2)]):
        assert only(merge(*dumps)).stats.likes == 5


def test_a_capture_that_is_dated_before_one_that_is_not():
    assert only(merge(counted("a", 9), counted("b", 5, hours=1))).stats.likes == 5


def test_a_naive_capture_is_utc():
    late = dump("a", FESTIVAL, stats(3, 5), captured_at=datetime(2026, 2, 9, 13, 0))
    assert only(merge(late, counted("b", 9, hours=0))).stats.likes == 5
    by_hand = evolve(from_json(to_json(late)), captured_at=datetime(2026, 2, 9, 13, 0))
    assert only(merge(by_hand, counted("b", 9, hours=0))).stats.likes == 5
    twin = evolve(by_hand, name="c")
    assert only(merge(by_hand, twin, counted("b", 9, hours=0))).stats.likes == 5


def test_else_the_highest_total_and_of_one_dump():
    post = only(merge(counted("a", 9, replies=1), counted("b", 5, replies=6)))
    assert (post.stats.likes, post.stats.replies) == (5, 6)


def test_of_equal_totals_the_higher_counts():
    assert only(merge(counted("a", 5, replies=6), counted("b", 6, replies=5))).stats.likes == 6


@pytest.mark.parametrize("prefer", ["a", "b", "c"])
def test_prefer_decides(prefer):
    dumps = [counted("a", 9, hours=1), counted("b", 5, hours=3), counted("c", 7)]
    expected = {"a": 9, "b": 5, "c": 7}[prefer]
    assert only(merge(*dumps, prefer=[prefer])).stats.likes == expected


def test_prefer_is_in_order_of_trust():
    dumps = [counted("a", 9, hours=1), counted("b", 5, hours=3), counted("c", 7)]
    assert only(merge(*dumps, prefer=["c", "a"])).stats.likes == 7
    assert only(merge(*dumps, prefer=["b", "c", "a"])).stats.likes == 5


def test_counts_before_none():
    """A dump that only dates gives way, though it is the latest."""
    bare = dump("b", FESTIVAL, "[2026-02-03 17:04]", layout=BARE, captured_at=NOON)
    assert only(merge(counted("a", 9), bare)).stats.likes == 9


def test_the_date_comes_from_whoever_shows_one():
    undated = dump("b", FESTIVAL, "♥ 40 likes, 2 replies", layout=COUNTS)
    post = only(merge(counted("a", 9), undated))
    assert post.stats == Stats(posted_at=datetime(2026, 2, 3, 17, 4), likes=40, replies=2)
    assert post.posted_at == datetime(2026, 2, 3, 17, 4)
    assert len(post.observations) == 2


def test_nobody_dates_it():
    post = only(
        merge(
            *(dump(name, FESTIVAL, f"♥ {n} likes, 2 replies", layout=COUNTS) for n, name in enumerate("ab"))
        )
    )
    assert (post.stats, post.posted_at, post.posted_between) == (Stats(likes=1, replies=2), None, None)


def test_drift_is_no_conflict():
    """Each capture is an observation, in an order of the timeline's own."""
    dumps = [counted("a", 9, hours=1), counted("b", 5, hours=3), counted("c", 7)]
    for some in permutations(dumps):
        post = only(merge(*some))
        assert sorted(one.stats.likes for one in post.observations) == [5, 7, 9]
        assert post.observations == only(merge(*dumps)).observations
        assert post.conflicts == ()
    captured = {one.stats.likes: one.captured_at for one in post.observations}
    assert captured == {9: NOON + timedelta(hours=1), 5: NOON + timedelta(hours=3), 7: None}
    assert all(one.reading in post.readings for one in post.observations)


def test_the_marker_shown_is_the_one_chosen():
    for prefer, likes in (("a", 9), ("b", 5)):
        post = only(merge(counted("a", 9), counted("b", 5), prefer=[prefer]))
        marker = post.lines[-1]
        assert (marker.role, marker.text) == (Role.MARKER, stats(3, likes))
        assert shown_by(marker) == ["a", "b"]


def test_a_marker_chosen_of_a_post_that_has_no_line_for_it():
    made = from_json(to_json(counted("a", 90)))
    (post,) = made.posts
    bare = evolve(made, posts=(evolve(post, lines=post.lines[:1], readings=post.readings[:1]),))
    timeline = merge(bare, counted("b", 5))
    assert only(timeline).stats.likes == 90
    assert only(timeline).lines[-1].text == stats(3, 5)
    assert only(merge(bare)).lines[-1].role is Role.TEXT


# Conflicts in dates.


def test_dates_that_cannot_both_be_right():
    timeline = merge(
        dump("a", FESTIVAL, "[2026-02-03 17:04:12] ♥ 4", layout=SECONDS),
        dump("b", FESTIVAL, "[2026-02-03 17:04:31] ♥ 5", layout=SECONDS),
        prefer=["b"],
    )
    (conflict,) = timeline.conflicts
    assert (conflict.field, conflict.chosen) == ("posted_at", "2026-02-03T17:04:31")
    assert sorted(reading.dump for reading in conflict.readings) == ["a", "b"]
    assert only(timeline).posted_at == datetime(2026, 2, 3, 17, 4, 31)


def test_a_finer_clock_is_no_conflict():
    timeline = merge(counted("a", 9), dump("b", FESTIVAL, "[2026-02-03 17:04:31] ♥ 5", layout=SECONDS))
    assert only(timeline).conflicts == ()


# Time by position.


def test_both_neighbours_of_one_minute_date_a_post():
    marked = dump("a", FESTIVAL, stats(3), BOAT, stats(3), WALL, stats(2))
    timeline = merge(marked, dump("b", FESTIVAL, TIDE, BOAT, LAMPS, WALL, FERRY))
    inferred, between, open_ended = timeline.posts[1], timeline.posts[3], timeline.posts[5]
    assert (inferred.text, inferred.posted_at, inferred.posted_between) == (
        TIDE,
        datetime(2026, 2, 3, 17, 4),
        None,
    )
    assert inferred.inferred == ("posted_at",)
    assert inferred.stats == Stats()
    assert between.posted_at is None
    assert between.posted_between == (datetime(2026, 2, 2, 17, 4), datetime(2026, 2, 3, 17, 4))
    assert open_ended.posted_between == (None, datetime(2026, 2, 2, 17, 4))
    assert open_ended.inferred == ()


def test_a_pinned_post_is_no_bound():
    pinned = dump("a", FESTIVAL, stats(1), BOAT, stats(9), WALL, stats(8))
    timeline = merge(pinned, dump("b", FESTIVAL, TIDE, BOAT, WALL))
    assert texts(timeline) == [FESTIVAL, TIDE, BOAT, WALL]
    assert timeline.posts[1].posted_between == (datetime(2026, 2, 9, 17, 4), None)


# Time by age.


def aged(name, age, *, days):
    captured_at = NOON + timedelta(days=days)
    return dump(name, FESTIVAL, f"{age} ago 4 3 0 0", layout=NOPZON, captured_at=captured_at)


def test_the_ages_of_two_captures_are_joined():
    """One page says from the 6th to the 8th, and the other, a day later, from the 5th to the 7th."""
    first, second = aged("a", "2 days", days=0), aged("b", "4 days", days=1)
    noon = NOON.replace(tzinfo=None)
    assert first.posts[0].posted_between == (noon - timedelta(days=3), noon - timedelta(days=1))
    assert second.posts[0].posted_between == (noon - timedelta(days=4), noon - timedelta(days=2))
    expected = (noon - timedelta(days=3), noon - timedelta(days=2))
    assert only(merge(first, second)).posted_between == expected


@pytest.mark.parametrize("preferred", ["a", "b"])
def test_of_two_ages_that_contradict_each_other_the_preferred_counts(preferred):
    dumps = {"a": aged("a", "2 days", days=5), "b": aged("b", "2 days", days=9)}
    (post,) = merge(*dumps.values(), prefer=[preferred]).posts
    assert post.posted_between == dumps[preferred].posts[0].posted_between


# Who lacks it.


def test_omitted_by():
    timeline = merge(
        dump("a", FESTIVAL, stats(9), TIDE, stats(7), WALL, stats(5), LAMPS, stats(3)),
        dump("b", FESTIVAL, stats(9), WALL, stats(5)),
        dump("c", TIDE, stats(7), LAMPS, stats(3)),
    )
    assert [post.omitted_by for post in timeline] == [(), ("b",), ("c",), ()]


def test_a_pinned_post_covers_nothing():
    """An old page shows its pinned post, then what was new then; it cannot lack what came later."""
    timeline = merge(
        dump("a", FESTIVAL, stats(1), TIDE, stats(9), WALL, stats(8), BOAT, stats(7), LAMPS, stats(6)),
        dump("b", FESTIVAL, stats(1), BOAT, stats(7), LAMPS, stats(6)),
    )
    assert texts(timeline) == [FESTIVAL, TIDE, WALL, BOAT, LAMPS]
    assert all(post.omitted_by == () for post in timeline)


def test_new_posts_stand_below_the_pinned_one():
    timeline = merge(
        dump("a", FESTIVAL, stats(1), BOAT, stats(7), LAMPS, stats(6), FERRY, stats(5)),
        dump("b", TIDE, stats(9), WALL, stats(8), BOAT, stats(7)),
    )
    assert texts(timeline) == [FESTIVAL, TIDE, WALL, BOAT, LAMPS, FERRY]


def test_a_pinned_post_that_only_the_poorer_dump_shows():
    timeline = merge(
        dump("a", TIDE, stats(9), WALL, stats(8), BOAT, stats(7), LAMPS, stats(6)),
        dump("b", FESTIVAL, stats(1), FERRY, stats(5), FERRY + " Or not.", stats(4)),
    )
    assert texts(timeline)[-2:] == [FERRY, FERRY + " Or not."]
    assert texts(timeline).index(FESTIVAL) == 0


# Cards.


def test_a_card_by_a_witness_of_the_rest():
    timeline = merge(dump("a", TITLE, ABOUT, FESTIVAL, BOAT, stats(3)), dump("b", FESTIVAL, BOAT))
    post = only(timeline)
    assert post.card == Card(title=TITLE, description=ABOUT)
    assert post.text == f"{FESTIVAL}\n{BOAT}"
    assert post.inferred == ("card",)
    assert [line.role for line in post.lines] == [Role.CARD] * 2 + [Role.TEXT] * 2 + [Role.MARKER]


def test_a_title_alone():
    post = only(merge(dump("a", TITLE, FESTIVAL, stats(3)), dump("b", FESTIVAL)))
    assert (post.card, post.text) == (Card(title=TITLE), FESTIVAL)


def test_never_three_lines():
    post = only(merge(dump("a", TITLE, ABOUT, TIDE, FESTIVAL, stats(3)), dump("b", FESTIVAL)))
    assert (post.card, post.inferred) == (None, ())
    assert post.text.startswith(TITLE)


@pytest.mark.parametrize("lines", [[TITLE], [TITLE, ABOUT]])
def test_never_all_lines(lines):
    timeline = merge(
        dump("a", FESTIVAL, stats(4), *lines, stats(3), BOAT, stats(2)), dump("b", FESTIVAL, BOAT)
    )
    assert timeline.posts[1].card is None
    assert timeline.posts[1].text == "\n".join(lines)


def test_a_witness_that_lacks_more_proves_no_card():
    """It must show the rest of the post, all of it: whoever lost one line may have lost another."""
    post = only(merge(dump("a", TITLE, FESTIVAL, BOAT, stats(3)), dump("b", FESTIVAL)))
    assert (post.card, post.inferred) == (None, ())


def test_a_witness_whose_layout_has_cards_proves_none():
    post = only(merge(dump("a", TITLE, FESTIVAL, stats(3)), dump("b", FESTIVAL, stats(3))))
    assert post.card is None


def test_a_witness_that_shows_the_card_proves_none():
    post = only(merge(dump("a", TITLE, FESTIVAL, stats(3)), dump("b", TITLE, FESTIVAL)))
    assert post.card is None


def test_one_cardless_witness_is_enough():
    """A flat dump may have kept the card; another that has not still tells."""
    post = only(merge(dump("a", TITLE, FESTIVAL, stats(3)), dump("b", TITLE, FESTIVAL), dump("c", FESTIVAL)))
    assert post.card == Card(title=TITLE)
    assert post.text == FESTIVAL


def test_lines_of_flat_dumps_alone_are_no_card():
    timeline = merge(
        dump("a", FESTIVAL, stats(4), BOAT, stats(2)),
        dump("b", FESTIVAL, TIDE, WALL, BOAT),
        dump("c", FESTIVAL, WALL, BOAT),
    )
    assert timeline.posts[1].text == f"{TIDE}\n{WALL}"
    assert timeline.posts[1].card is None


def test_a_layout_without_cards():
    plain = Layout(name="plain", marker="[{posted_at:%Y-%m-%d %H:%M}]", cards=Cards.NONE)
    post = only(merge(dump("a", TITLE, FESTIVAL, "[2026-02-03 17:04]", layout=plain), dump("b", FESTIVAL)))
    assert post.card is None


def test_a_card_with_a_label():
    post = only(merge(dump("a", "Preview", TITLE, FESTIVAL, stats(3)), dump("b", FESTIVAL)))
    assert post.card == Card(title=TITLE)
    assert [line.role for line in post.lines][:3] == [Role.LABEL, Role.CARD, Role.TEXT]


# Paragraphs.


def test_a_paragraph_break_that_one_dump_shows():
    for other in (dump("b", FESTIVAL, BOAT), dump("b", FESTIVAL, BOAT, stats(3, 9))):
        post = only(merge(dump("a", FESTIVAL, "", BOAT, stats(3)), other))
        assert post.text == f"{FESTIVAL}\n\n{BOAT}"


# The profile.


def test_a_profile_of_several_headings():
    timeline = merge(
        dump("a", "Posts by Ada Example", FESTIVAL, stats(3)),
        dump("b", "Latest posts by ada.example.social on Bluesky", FESTIVAL, BOAT),
    )
    assert timeline.profile == Profile(name="Ada Example", handle="ada.example.social")


def test_a_clean_name_before_a_damaged_one():
    timeline = merge(
        dump("a", "Posts by Zoë Example", FESTIVAL, stats(3), damage=GREEK),
        dump("b", "Posts by Zoë Example", FESTIVAL),
    )
    assert timeline.profile == Profile(name="Zoë Example")


def test_prefer_decides_on_the_profile():
    dumps = [dump("a", "Posts by Ada", FESTIVAL), dump("b", "Posts by Ada Example", FESTIVAL)]
    assert merge(*dumps, prefer=["a"]).profile == Profile(name="Ada")
    assert merge(*dumps, prefer=["b"]).profile == Profile(name="Ada Example")


def test_no_heading_no_profile():
    assert merge(dump("a", FESTIVAL, stats(3))).profile is None
    assert merge(dump("a", FESTIVAL, stats(3)), dump("b", "Posts by Ada", FESTIVAL)).profile == Profile(
        name="Ada"
    )


# The whole.


def test_conflicts_outside_posts_count_too():
    timeline = merge(
        dump("a", FESTIVAL, stats(3), "A bio of somebody – somewhere."),
        dump("b", FESTIVAL, stats(3, 9), "A bio of somebody “ somewhere."),
    )
    assert len(timeline.unclaimed) == 1
    assert [conflict.chosen for conflict in timeline.conflicts] == unclaimed(timeline)


def test_what_is_lazy_is_as_if_it_were_not():
    timeline = merge(dump("a", FESTIVAL, stats(3)), dump("b", FESTIVAL, BOAT))
    assert copy.deepcopy(timeline) == timeline
    assert from_json(to_json(timeline)) == timeline
    assert timeline.posts[0].links == ()
    assert timeline.posts[0].author is None
    assert timeline.posts[0].is_repost is False
    assert timeline.posts[-1] == timeline.posts[1]
    assert len(timeline) == len(timeline.posts) == 2
    assert list(timeline) == list(timeline.posts)
    assert [one.name for one in timeline.dumps] == ["a", "b"]


@pytest.mark.parametrize("kind", [Post, Timeline])
def test_no_other_fields(kind):
    timeline = merge(dump("a", FESTIVAL, stats(3)))
    one = timeline if kind is Timeline else timeline.posts[0]
    with pytest.raises(AttributeError, match=f"'{kind.__name__}' object has no attribute 'likes'"):
        _ = one.likes


def test_one_dump_is_edited_too():
    timeline = merge(parse(f"{FESTIVAL}\n{stats(3)}\n{FESTIVAL}\n{stats(3)}\n{BOAT}\n{stats(2)}"))
    assert texts(timeline) == [FESTIVAL, BOAT]
