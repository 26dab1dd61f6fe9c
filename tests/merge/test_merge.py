# SPDX-License-Identifier: MIT
"""Merging: the laws on cases, in every order, of parsed dumps and of plain ones, and of hostile ones."""

from datetime import datetime
from itertools import permutations, product

import pytest
from attrs import evolve
from hypothesis import given
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

from postdump import Damage, Dump, Timeline, from_json, merge, parse, to_json
from postdump._align.line_keys import is_strong, line_key
from postdump._text.characters import visible_ascii
from postdump.layouts import BSKYVIEW, Layout
from postdump.strategies import pages

UNDATED = Layout(name="undated", marker="♥ {likes} likes, {replies} replies")
TURNED = [f"{line} And that was number {n}." for n, line in enumerate(SENTENCES)]


def plain(made):
    """Return a dump made in the ordinary way."""
    return from_json(to_json(made))


def told(timeline):
    """Tell all of a timeline, in the form of its JSON."""
    return to_json(timeline)


# Arguments.


def test_merge_of_nothing():
    timeline = merge()
    assert timeline == Timeline()
    assert len(timeline) == 0
    assert list(timeline) == []


def test_an_empty_dump():
    timeline = merge(parse(""), marked("a", FESTIVAL))
    assert texts(timeline) == [FESTIVAL]
    assert len(timeline.dumps) == 2


def test_equal_dumps_count_once():
    one = marked("a", FESTIVAL, BOAT)
    assert merge(one, one, plain(one)) == merge(one)
    assert merge(one, marked("a", FESTIVAL, BOAT)) == merge(one)
    assert len(merge(one, one).dumps) == 1


@pytest.mark.parametrize("made", [lambda one: one, plain], ids=["parsed", "plain"])
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((BOAT, stats(9, 6), stats(9, 5)), (BOAT, TIDE, stats(9, 5), BOAT, stats(9))),
        ((TIDE, BOAT, stats(9, 5), stats(9)), ("Post image", WALL, TIDE, stats(9), TIDE, BOAT, stats(9))),
        (("Preview", stats(9)), ("Preview", FESTIVAL)),
    ],
)
def test_a_copy_by_another_name_changes_no_post(one, other, made):
    """Its lines are those of its original, wherever these went."""
    dumps = [made(dump("a", *one)), made(dump("b", *other))]
    timeline = merge(*dumps)
    for copied, name in product((one, other), ("A", "z")):
        copy = made(dump(name, *copied))
        again = merge(*dumps, copy)
        assert [(post.text, post.stats) for post in again] == [(post.text, post.stats) for post in timeline]
        assert unclaimed(again) == unclaimed(timeline)
        original = "a" if copied is one else "b"
        for thing in (*again.posts, *again.unclaimed):
            assert (name in shown_by(thing)) == (original in shown_by(thing))


def test_a_copy_that_was_saved_later():
    dumps = [dump("a", FESTIVAL, stats(9)), dump("b", FESTIVAL, stats(9, 5))]
    later = parse(dumps[0].text, name="c", captured_at=datetime(2026, 2, 10))
    (post,) = merge(*dumps, later)
    assert post.stats.likes == 4
    assert [one.captured_at for one in post.observations].count(None) == 2


def test_copies_stand_side_by_side():
    """What one text comes to in another layout is no copy, and parts none."""
    text = page(FESTIVAL, stats(9))
    layouts = (BSKYVIEW, evolve(BSKYVIEW, name="a-layout"), BSKYVIEW)
    dumps = [
        parse(text, name=name, layout=layout, captured_at=datetime(2026, 2, 9 + n))
        for n, (name, layout) in enumerate(zip("abc", layouts, strict=True))
    ]
    assert [one.name for one in merge(*dumps).dumps] == ["b", "a", "c"]


def test_the_default_name_is_the_text():
    text = page(FESTIVAL, stats(3))
    assert merge(parse(text), parse(text)) == merge(parse(text))


@pytest.mark.parametrize(
    "other",
    [
        marked("a", BOAT),
        marked("a", FESTIVAL, layout=UNDATED),
        evolve(plain(marked("a", FESTIVAL)), sha256="0"),
    ],
)
def test_two_dumps_of_one_name(other):
    with pytest.raises(
        ValueError, match=r"^expected one dump of each name, got two different ones named 'a'$"
    ):
        merge(marked("a", FESTIVAL), other)


def test_an_unknown_name_in_prefer():
    expected = r"^expected the name of a dump in prefer, got 'x\\n' \(dumps: a, b\)$"
    with pytest.raises(ValueError, match=expected):
        merge(marked("b", FESTIVAL), marked("a", BOAT), prefer=["a", "x\n"])


# Each character in one reading.


def accounts(*dumps):
    """Merge dumps, and return the texts of posts; every line of every dump must be in one reading."""
    timeline = merge(*dumps)
    read = sorted(
        (reading.dump, reading.span.start, reading.text)
        for thing in (*timeline.posts, *timeline.unclaimed)
        for reading in thing.readings
    )
    shown = [(one.name, line) for one in timeline.dumps for line in one.text.splitlines() if line]
    assert [(name, text) for name, _, text in read] == sorted(shown, key=lambda line: line[0])
    return texts(timeline)


@pytest.mark.parametrize("label", [(), ("Preview",)])
def test_a_card_elsewhere_in_a_post_shown_twice(label):
    below = [TIDE + " " + FERRY, "February 4, 2026 at 5:04 PM", BOAT, FESTIVAL, "quay.example.org"]
    above = [*label, FESTIVAL, BOAT, stats(3)]
    dumps = [dump("a", *below, "February 3, 2026 at 5:04 PM"), dump("b", *above, *above)]
    assert accounts(*dumps) == [TIDE + " " + FERRY, BOAT]
    card = merge(*dumps).posts[1].card
    assert (card.title, card.description, card.domain) == (FESTIVAL, None, "quay.example.org")


def test_a_pinned_post_that_begins_as_another_one():
    greeting = "Good morning, harbour!"
    pinned = [greeting, FESTIVAL, stats(1), TIDE, stats(9), BOAT, stats(8), greeting, stats(7)]
    flat = dump("b", TIDE, BOAT, greeting, FESTIVAL)
    assert accounts(dump("a", *pinned), flat) == [f"{greeting}\n{FESTIVAL}", TIDE, BOAT, greeting]
    assert [shown_by(post) for post in merge(dump("a", *pinned), flat)][3] == ["a"]


def test_a_pinned_post_whose_text_is_that_of_another_below_its_first_line():
    pinned = ["Preview", LAMPS, "", TIDE, "", stats(3), WALL, TIDE, stats(3)]
    others = [FESTIVAL, stats(9), BOAT, stats(8), FERRY, stats(7)]
    dumps = [dump("a", *pinned, *others), dump("b", *others, TIDE, stats(3))]
    assert accounts(*dumps) == [TIDE, f"{WALL}\n{TIDE}", FESTIVAL, BOAT, FERRY]
    assert [shown_by(post) for post in merge(*dumps)][:2] == [["a", "b"], ["a"]]


# Multiplicity.


def test_equal_posts_of_one_dump_are_one_shown_twice():
    (post,) = merge(marked("a", FESTIVAL), dump("b", FESTIVAL, stats(9), FESTIVAL, stats(9)))
    assert [one.reading.dump for one in post.observations].count("b") == 2
    assert len(post.lines[0].readings) == 3


@pytest.mark.parametrize("other", [stats(9, 5), stats(8)])
def test_posts_that_differ_in_stats_are_two(other):
    assert texts(merge(dump("a", FESTIVAL, stats(9), FESTIVAL, other))) == [FESTIVAL, FESTIVAL]


def test_the_same_words_at_other_minutes_stay_two():
    minutes = ["03.02.2026 17:06", "03.02.2026 17:05", "03.02.2026 17:04"]
    a = dump("a", *(x for minute in minutes[:2] for x in (FESTIVAL, stats(minute))))
    b = dump("b", *(x for minute in minutes[1:] for x in (FESTIVAL, stats(minute, likes=5))))
    timeline = merge(a, b)
    assert [(post.text, post.posted_at.minute, shown_by(post)) for post in timeline] == [
        (FESTIVAL, 6, ["a"]),
        (FESTIVAL, 5, ["a", "b"]),
        (FESTIVAL, 4, ["b"]),
    ]


def test_a_witness_may_raise_the_number():
    timeline = merge(
        dump("a", TIDE, stats(9), FESTIVAL, stats(8), BOAT, stats(7)),
        dump("b", TIDE, FESTIVAL, FESTIVAL, BOAT),
    )
    assert texts(timeline) == [TIDE, FESTIVAL, FESTIVAL, BOAT]


def test_a_witness_never_lowers_it():
    a = dump("a", FESTIVAL, stats(9), FESTIVAL, stats(9, 5), BOAT, stats(7))
    for other in (dump("b", FESTIVAL, BOAT), dump("b", FESTIVAL, stats(9), BOAT, stats(7))):
        assert texts(merge(a, other)) == [FESTIVAL, FESTIVAL, BOAT]


# Order.


@pytest.mark.parametrize(
    "damage", [None, GREEK, Damage(misread_as="cp1252")], ids=["clean", "greek", "latin"]
)
def test_three_dumps_in_any_order(damage):
    dumps = [
        dump("a", FESTIVAL, "– One.", stats(9), BOAT, stats(8), WALL + " …", stats(6), damage=damage),
        dump("b", "Posts by Ada", FESTIVAL, "– One.", BOAT, TIDE, WALL + " …", LAMPS),
        dump("c", BOAT, stats(8, 7), TIDE, stats(7), FERRY, stats(5)),
    ]
    first = merge(*dumps)
    assert texts(first)[:4] == [f"{FESTIVAL}\n– One.", BOAT, TIDE, WALL + " …"]
    for some in permutations(dumps):
        assert merge(*some) == first
        assert told(merge(*some)) == told(first)


def test_names_are_but_names():
    made = [[FESTIVAL, stats(9), TIDE, stats(8)], [FESTIVAL, BOAT, TIDE]]
    one = merge(*(dump(name, *lines) for name, lines in zip("ab", made, strict=True)))
    other = merge(*(dump(name, *lines) for name, lines in zip("zy", made, strict=True)))
    for old, new in zip("ab", "zy", strict=True):
        assert told(one).count(f'"{old}"') == told(other).count(f'"{new}"')
    assert texts(one) == texts(other)
    assert [post.omitted_by for post in other] == [(), ("z",), ()]


def test_a_plain_dump_gives_the_same_timeline():
    dumps = [
        dump(
            "a",
            "Preview",
            "A title.",
            FESTIVAL,
            "",
            "é – …",
            stats(9),
            BOAT,
            stats(8),
            "A tail.",
            damage=GREEK,
        ),
        dump("b", "Posts by Ada", FESTIVAL, "é – …", BOAT, LAMPS),
    ]
    assert merge(*map(plain, dumps)) == merge(*dumps)
    assert merge(plain(dumps[0]), dumps[1]) == merge(*dumps)


@pytest.mark.slow
@given(pages(min_dumps=2))
def test_so_it_does_for_any_page(shown):
    dumps = [parse(one.text, name=str(n)) for n, one in enumerate(shown)]
    assert told(merge(*map(plain, dumps))) == told(merge(*dumps))


# Undated dumps.


def undated(name, *posts):
    """Write posts, each with its counts below, and no dates; a tuple are lines below them all."""
    lines = [
        line
        for n, post in enumerate(posts)
        for line in ((post, f"♥ {n} likes, 0 replies") if isinstance(post, str) else post)
    ]
    return dump(name, *lines, layout=UNDATED)


def test_a_dump_with_counts_alone():
    timeline = merge(marked("a", FESTIVAL, BOAT, WALL), undated("b", TIDE, FESTIVAL, LAMPS, WALL, FERRY))
    assert texts(timeline) == [TIDE, FESTIVAL, BOAT, LAMPS, WALL, FERRY] or texts(timeline) == [
        TIDE,
        FESTIVAL,
        LAMPS,
        BOAT,
        WALL,
        FERRY,
    ]
    assert [len(post.observations) for post in timeline if post.text in (FESTIVAL, WALL)] == [2, 2]


def test_undated_dumps_that_have_nothing_in_common():
    timeline = merge(undated("a", FESTIVAL, BOAT, WALL), undated("b", TIDE, LAMPS))
    assert sorted(texts(timeline)) == sorted([FESTIVAL, BOAT, WALL, TIDE, LAMPS])


def test_lines_of_two_posts_in_one_block():
    """Two dumps without dates do not agree on where a post ends: the block goes where most of it is."""
    timeline = merge(
        undated("a", FESTIVAL, page(BOAT, TIDE, WALL), FERRY),
        undated("b", page(FESTIVAL, BOAT), page(TIDE, WALL)),
    )
    assert texts(timeline) == [FESTIVAL, page(BOAT, TIDE, WALL), FERRY]


def test_one_block_of_two_posts():
    timeline = merge(undated("a", page(BOAT, TIDE), FERRY, WALL, LAMPS), undated("b", BOAT, TIDE, FERRY))
    assert texts(timeline) == [BOAT, TIDE, FERRY, WALL, LAMPS]
    assert [shown_by(post) for post in timeline][:3] == [["a", "b"]] * 3
    assert timeline.posts[1].omitted_by == ()


# Lines with little ASCII.


@pytest.mark.parametrize("damage", [None, GREEK], ids=["clean", "damaged"])
def test_scripts_other_than_latin(damage):
    posts = ["Фонари сегодня вечером.", "Φανάρια απόψε.", "今晚灯节", "פסטיבל הערב"]
    timeline = merge(marked("a", *posts, damage=damage), dump("b", *posts))
    assert texts(timeline) == posts
    assert all(shown_by(post) == ["a", "b"] for post in timeline)
    assert timeline.conflicts == timeline.unrepaired == ()


def test_two_damaged_dumps_and_a_clean_one():
    posts = ["Фонари сегодня вечером.", "Отлив в девять утра."]
    latin = Damage(misread_as="cp1252", c1_policy="keep")
    timeline = merge(
        marked("a", *posts, damage=GREEK), marked("b", *posts, likes=5, damage=latin), dump("c", *posts)
    )
    assert texts(timeline) == posts
    assert set(timeline.damages) == {"a", "b"}


def test_a_line_of_which_a_damage_leaves_nothing():
    """It is known by nothing: not by what marks a post without a line, either."""
    stripped = Damage(misread_as="ascii")
    original = page("潮", stats(5), *(f"“Post” no. {n} – at the quay" for n in range(4)), stats(4))
    damaged = page(stats(5), stripped.apply(original.split("\n", 2)[2]))
    timeline = merge(parse(damaged, name="a"), parse(original, name="b"))
    assert timeline.damages == {"a": stripped}
    assert sorted(texts(timeline)) == sorted(["", *(post.text for post in parse(original).posts)])


def test_the_damage_that_another_dump_shows_is_aligned_with():
    """Its icons leave it open, and lines of little ASCII are known by what the right one leaves of them."""
    damage = Damage(misread_as="iso-8859-15", c1_policy="windows_1252")
    original = page("日本の灯台、今夜は霧です。 rope 492", stats(5))
    timeline = merge(parse(damage.apply(original), name="a"), parse(original, name="b"))
    assert texts(timeline) == ["日本の灯台、今夜は霧です。 rope 492"]
    assert timeline.damages == {"a": damage}


def test_a_dump_that_proves_damaged_is_no_longer_the_first():
    """Nothing outside ASCII tells of its damage; once the clean dump does, that one comes first."""
    posts = ["日本の灯台 Tide 7", "Фонари у причала Rope 5", "Café à la digue, naïve quay 1234"]
    stripped = Damage(misread_as="ascii", c1_policy="space")
    other = Damage(misread_as="koi8-r")
    damaged = marked("a", *posts, damage=stripped), marked("b", *posts, damage=other)
    timeline = merge(*damaged, marked("c", *posts))
    assert texts(timeline) == posts
    assert timeline.damages["a"] == stripped


# Keys.


def test_keys():
    assert visible_ascii("Low tide – at nine?\t\x7f") == b"Lowtideatnine"
    assert (
        line_key("Low tide – at nine") == line_key("Low tide β at nine") == line_key("Low tide ??? at  nine")
    )
    assert line_key("Да!") == "Да!"
    assert line_key("Да!", GREEK) == GREEK.apply("Да!") == line_key(GREEK.apply("Да!"))


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (b"Thankyou!", False),
        (b"Low tide is at nine", True),
        ("Да!", False),
        ("Отлив в девять утра.", True),
        (("", "x"), True),
    ],
)
def test_strong_keys(key, expected):
    assert is_strong(key) is expected


# Hostile dumps: nothing raises, nothing is lost.


def accounted(timeline):
    """All of every dump but white space stands in one reading of a post or of an unclaimed line."""
    for one in timeline.dumps:
        spans = sorted(
            (reading.span.start, reading.span.end)
            for thing in (*timeline.posts, *timeline.unclaimed)
            for reading in thing.readings
            if reading.dump == one.name
        )
        at = 0
        for start, end in [*spans, (len(one.text), len(one.text))]:
            assert at <= start
            assert not one.text[at:start].strip(" \t\r\n")
            at = end
    return True


def dated(lines, first=0):
    return [
        x
        for n, line in enumerate(lines, first)
        for x in (line, stats(f"03.02.2026 {n // 60 % 24:02}:{n % 60:02}"))
    ]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (dated([FESTIVAL] * 300), [FESTIVAL] * 300),
        ([FESTIVAL] * 300, [FESTIVAL] * 299),
        (dated([FESTIVAL] * 300), dated([FESTIVAL] * 300, 150)),
        (dated(SENTENCES * 50), [*SENTENCES[1:], FESTIVAL] * 50),
        (dated(TURNED * 50), dated(TURNED[::-1] * 50)),
        (dated(f"Only a says {n}." for n in range(300)), dated(f"And b says {n}." for n in range(300))),
        (["x " * 10000, stats(9)], ["x " * 10001]),
        ([stats(9)] * 300, dated([""] * 300)),
        (["", stats(9), stats(8)], [stats(8), stats(9)]),
        ([FESTIVAL, *["Post image", stats(9)] * 100], [*["Post image", stats(9)] * 100, FESTIVAL]),
    ],
    ids=[
        "equal-flat",
        "flat-flat",
        "shifted",
        "periodic",
        "reversed",
        "disjoint",
        "long",
        "bare",
        "swapped",
        "pictures",
    ],
)
def test_hostile(a, b):
    dumps = dump("a", *a), dump("b", *b)
    timeline = merge(*dumps)
    assert accounted(timeline)
    assert merge(*reversed(dumps)) == timeline


def test_many_dumps():
    dumps = [
        dump(str(n), FESTIVAL, stats(9, n), f"Number{n} alone{n} shows{n} this{n}.", stats(8))
        for n in range(40)
    ]
    timeline = merge(*dumps)
    assert len(timeline) == 41
    assert len(timeline.posts[0].observations) == 40
    assert accounted(timeline)


def test_a_dump_by_hand():
    timeline = merge(Dump(name="a", text="", sha256=""), marked("b", FESTIVAL))
    assert texts(timeline) == [FESTIVAL]
    assert unclaimed(timeline) == []


# The same post in another place.

PINNED = "Pinned: the rules of the harbour."


@pytest.mark.parametrize(
    "other",
    [
        dump("b", "Posts by Ada", TIDE, PINNED, WALL),
        dump("b", TIDE, stats(8), PINNED, stats(2), WALL, stats(1)),
        dump("b", TIDE, stats(8), PINNED, stats(2, 9), WALL, stats(1)),
        dump("b", PINNED, stats(2), TIDE, stats(8), PINNED, stats(2), WALL, stats(1)),
    ],
)
@pytest.mark.parametrize(
    "pinned",
    [
        dump("a", PINNED, stats(2), TIDE, stats(8), PINNED, stats(2), WALL, stats(1)),
        dump("a", PINNED, stats(2), TIDE, stats(8), WALL, stats(1)),
    ],
    ids=["twice", "moved"],
)
def test_a_pinned_post_is_one(pinned, other):
    timeline = merge(pinned, other)
    assert sorted(texts(timeline)) == sorted([PINNED, TIDE, WALL])
    assert all(shown_by(post) == ["a", "b"] for post in timeline)
    assert all(not post.omitted_by for post in timeline)
    assert not timeline.conflicts


CARD = ("Preview", "A bakery opens. The best bread of the quay.")
REST = (FESTIVAL, stats(9), BOAT, stats(8), WALL, stats(7), FERRY, stats(6))
WORDS = (FESTIVAL, BOAT, WALL, FERRY)


def all_shown(timeline):
    """Return the text of every reading, sorted: what the dumps show, if nothing is lost or invented."""
    return sorted(reading.text for one in (*timeline, *timeline.unclaimed) for reading in one.readings)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((*CARD, TIDE, stats(2), *REST), (*REST, *CARD, TIDE, stats(2), LAMPS, stats(1))),
        ((*CARD, TIDE, stats(2), *REST), (*REST, TIDE, stats(2), LAMPS, stats(1))),
        ((TIDE, stats(2), *REST), (*REST, *CARD, TIDE, stats(2), LAMPS, stats(1))),
        ((CARD[1], TIDE, stats(2), *REST), (*REST, TIDE, stats(2), LAMPS, stats(1))),
        ((*CARD, TIDE, stats(2), *REST), (*WORDS, TIDE, LAMPS)),
        ((*CARD, TIDE, stats(2), *REST), (*WORDS, *CARD, TIDE)),
        ((*CARD, "quay.example", TIDE, stats(2), *REST), (*WORDS, TIDE, LAMPS)),
        ((CARD[1], TIDE, stats(2), *REST), (*WORDS, TIDE, LAMPS)),
        ((*REST, *CARD, TIDE, stats(2), LAMPS, stats(1)), (TIDE, *WORDS)),
        ((*REST, *CARD, TIDE, stats(2), LAMPS, stats(1)), ("Posts by Ada", TIDE, *WORDS)),
    ],
)
def test_a_pinned_post_with_a_card_is_one(one, other):
    timeline = merge(dump("a", *one), dump("b", *other))
    assert sum(TIDE in post.text for post in timeline) == 1
    (post,) = (post for post in timeline if TIDE in post.text)
    assert (shown_by(post), post.omitted_by) == (["a", "b"], ())
    assert all_shown(timeline) == sorted([*one, *other])


def test_the_card_of_a_pinned_post_is_one():
    """Damaged in one dump, it is known by its visible ASCII."""
    card = ("Preview", "A bakery that won’t close.")
    one = dump("a", *card, TIDE, stats(2), *REST, damage=GREEK)
    timeline = merge(one, dump("b", *REST, *card, TIDE, stats(2)))
    (post,) = (post for post in timeline if post.text == TIDE)
    assert post.card.title == card[1]
    assert [len(line.readings) for line in post.lines] == [2, 2, 2, 2]


def test_the_card_of_a_pinned_post_in_a_flat_dump():
    """It makes no post of its own: all lines of the post stand there together."""
    timeline = merge(dump("a", *CARD, TIDE, stats(2), *REST), dump("b", *WORDS, *CARD, TIDE))
    assert len(timeline) == 5
    assert [shown_by(line) for line in timeline.posts[0].lines] == [["a", "b"]] * 3 + [["a"]]


@pytest.mark.parametrize(
    "other",
    [
        (*WORDS, "Tide!", LAMPS),  # too short
        (*WORDS, TIDE, LAMPS, TIDE),  # shown twice
        (*WORDS, BOAT + " Not so.", LAMPS),  # another text
    ],
)
def test_what_is_no_pinned_post_with_a_card(other):
    own = (*CARD, "Tide!" if "Tide!" in other else TIDE)
    timeline = merge(dump("a", *own, stats(2), *REST), dump("b", *other))
    assert all_shown(timeline) == sorted([*own, stats(2), *REST, *other])
    assert shown_by(timeline.posts[0]) == ["a"]


def test_a_post_without_text_in_another_place():
    one = dump("a", stats(9), FESTIVAL, stats(8), BOAT, stats(7), WALL, stats(6))
    other = dump("b", FESTIVAL, stats(8), stats(9), BOAT, stats(7), WALL, stats(6))
    timeline = merge(one, other)
    shown = [reading.text for post in timeline for reading in post.readings]
    assert sorted(shown) == sorted([*one.text.split("\n"), *other.text.split("\n")])


def test_a_post_in_another_place_takes_no_second_block():
    pinned = page(FESTIVAL, LAMPS)
    rest = (BOAT, stats("09.02.2026 11:00"), TIDE, stats("09.02.2026 10:00"), WALL, stats("09.02.2026 09:00"))
    noon = stats("09.02.2026 12:00")
    below = (FERRY, stats("08.02.2026 08:00"), "Extra words stand at the end.", stats("08.02.2026 07:00"))
    one = dump("a", pinned, noon, *rest, *below)
    other = dump("b", page(FESTIVAL, "Other words stand here instead."), noon, *rest, pinned, noon)
    timeline = merge(one, other)
    assert len(timeline) == 7
    assert all(
        len({one.reading.dump for one in post.observations}) == len(post.observations) for post in timeline
    )
    assert page(FESTIVAL, "Other words stand here instead.") in texts(timeline)


def test_short_posts_that_agree_by_chance():
    far = [f"{line} And no more." for line in SENTENCES]
    near = SENTENCES[:2]
    dumps = undated("a", "Yes.", *TURNED, *near), undated("b", *far, "Yes.", *far[::-1][:3], *near)
    assert texts(merge(*dumps)).count("Yes.") == 2


def test_short_posts_that_nothing_else_stands_for():
    """The poorer dump shows nothing there that the other lacks."""
    far = [f"{line} And no more." for line in SENTENCES]
    whole = undated("a", *far, "Yes.", *far[::-1], FESTIVAL, *TURNED[:4], "No.", *TURNED[:4], "Thanks.", BOAT)
    other = undated("b", "Yes.", FESTIVAL, "No.", (*SENTENCES[2:], "Thanks."))
    timeline = merge(whole, other)
    assert [shown_by(post) for post in timeline if post.text in ("Yes.", "No.")] == [["a", "b"]] * 2
    assert len(timeline) == len(whole.posts)


def test_the_dates_say_which_way_a_page_runs():
    """Two posts that both show would say the opposite: one of them is pinned."""
    one = dump("a", FESTIVAL, stats(9), BOAT, stats(8), TIDE, stats(7), WALL, stats(6))
    other = dump(
        "b", BOAT, stats(8), LAMPS, stats(12), FERRY, stats(11), FESTIVAL, stats(9), TURNED[0], stats(5)
    )
    timeline = merge(one, other)
    days = [post.posted_at.day for post in timeline if post.text != BOAT]
    assert days == sorted(days, reverse=True)
    assert len(timeline) == 7


def test_posts_in_any_order():
    """Sorted by likes, say."""
    days = [9, 8, 7, 6, 5, 4]
    one = [line for day, text in zip(days, SENTENCES, strict=True) for line in (text, stats(day))]
    order = [2, 0, 4, 1, 5, 3]
    other = [line for n in order for line in (SENTENCES[n], stats(days[n]))]
    timeline = merge(dump("a", *one), dump("b", *other))
    assert sorted(texts(timeline)) == sorted(SENTENCES)
    assert all(shown_by(post) == ["a", "b"] for post in timeline)
    assert [(one.field, one.chosen) for one in timeline.conflicts] == [("order", "b")] * 3
    assert [len(one.readings) for one in timeline.conflicts] == [2] * 3


# Copies of a flat dump.


def test_a_copy_of_a_flat_dump_shows_all_lines_of_its_own_posts():
    lines = FESTIVAL, LAMPS, TIDE, BOAT
    timeline = merge(marked("a", FESTIVAL, BOAT), dump("b", *lines), dump("c", *lines))
    assert texts(timeline) == [FESTIVAL, f"{LAMPS}\n{TIDE}", BOAT]
    assert [[reading.dump for reading in line.readings] for line in timeline.posts[1].lines] == [
        ["b", "c"]
    ] * 2
