# SPDX-License-Identifier: MIT
"""Grouping: which dumps show one page, on cases and on a generated archive whose truth is known."""

import random
from collections import Counter
from datetime import datetime, timedelta
from itertools import combinations, permutations

import pytest
from page import BOAT, FERRY, FESTIVAL, GREEK, LAMPS, SENTENCES, TIDE, WALL, dump, marked, stats

from postdump import group
from postdump._align.same_page import LEAST_LINE_BYTES, LONG_SHINGLE_BYTES, MOST_DUMPS

ADA, BO = "Posts by Ada (@ada.example.social)", "Posts by Bo (@bo.example.social)"


def names(dumps):
    return [[one.name for one in page] for page in group(dumps)]


def test_nothing():
    assert group([]) == ()


def test_takes_any_iterable():
    one = dump("a", FESTIVAL)
    assert group(iter([one])) == ((one,),)


# Handles.


def test_one_handle():
    assert names([dump("a", ADA, FESTIVAL), dump("b", BO, BOAT), dump("c", ADA, TIDE)]) == [["a", "c"], ["b"]]


def test_handles_are_the_same_in_any_case():
    assert names([dump("a", ADA), dump("b", ADA.replace("ada", "ADA"))]) == [["a", "b"]]


def test_different_handles_are_never_joined():
    assert names([dump("a", ADA, *SENTENCES), dump("b", BO, *SENTENCES)]) == [["a"], ["b"]]
    dumps = [
        dump("a", ADA, FESTIVAL, BOAT),
        dump("b", FESTIVAL, BOAT, TIDE, WALL),
        dump("c", TIDE, WALL, FERRY, LAMPS),
    ]
    assert names([*dumps, dump("d", BO, FERRY, LAMPS)]) in (
        [["a", "b", "c"], ["d"]],
        [["a", "b"], ["c", "d"]],
        [["a"], ["b", "c", "d"]],
    )


def test_a_dump_without_handle_joins_those_it_shares_most_with():
    dumps = [dump("a", ADA, FESTIVAL, BOAT), dump("b", BO, TIDE, WALL, FERRY, LAMPS), dump("c", *SENTENCES)]
    assert set(SENTENCES) == {FESTIVAL, BOAT, TIDE, WALL, FERRY, LAMPS}
    for some in permutations(dumps):
        assert {frozenset(page) for page in names(some)} == {frozenset("a"), frozenset("bc")}


def test_a_handle_spreads():
    """Once joined to a page with a handle, a dump without one is of that page alone."""
    dumps = [dump("a", ADA, FESTIVAL, BOAT, TIDE), dump("b", *SENTENCES), dump("c", BO, WALL, FERRY, LAMPS)]
    found = names(dumps)
    assert ["a", "b"] in found or ["b", "c"] in found
    assert len(found) == 2


# Lines.


def test_shared_neighbouring_lines():
    assert names([dump("a", FESTIVAL, BOAT), dump("b", TIDE, WALL), dump("c", FESTIVAL, BOAT)]) == [
        ["a", "c"],
        ["b"],
    ]


def test_posts_of_marked_dumps():
    assert names([marked("a", FESTIVAL, BOAT, TIDE), dump("b", FESTIVAL, BOAT, TIDE)]) == [["a", "b"]]


def test_damage_does_not_hinder():
    lines = [line + " – …" for line in SENTENCES]
    damaged = marked("a", *lines, damage=GREEK)
    assert names([damaged, dump("b", *lines)]) == [["a", "b"]]


def test_other_scripts():
    lines = ["Фонари сегодня у старого причала.", "Отлив в девять часов утра.", "Паром уходит на час раньше."]
    assert names([dump("a", *lines), dump("b", *lines), dump("c", lines[0], "Это уже другая страница.")]) == [
        ["a", "b"],
        ["c"],
    ]


@pytest.mark.parametrize(
    "shared",
    [
        ["Thank you!"],
        ["Thank you!", "Good morning."],
        ["Thank you!"] * 20,
        [FESTIVAL],
        [FESTIVAL, "Thank you!", BOAT],
    ],
)
def test_what_is_shared_by_chance_joins_nobody(shared):
    dumps = [
        dump(str(n), f"Line {n} of this page only, first.", *shared, f"The last line of page {n}.")
        for n in range(2)
    ]
    assert names(dumps) == [["0"], ["1"]]


def test_one_short_pair_is_not_enough():
    one = ["Low tide at nine.", "High at three."]
    assert all(len(line.replace(" ", "")) >= LEAST_LINE_BYTES for line in one)
    assert names([dump("a", *one), dump("b", *one)]) == [["a"], ["b"]]
    more = [*one, "Mind the steps."]
    assert names([dump("a", *more), dump("b", *more)]) == [["a", "b"]]


@pytest.mark.parametrize(
    ("length", "expected"), [(LONG_SHINGLE_BYTES // 2 - 1, 2), (LONG_SHINGLE_BYTES // 2, 1)]
)
def test_one_long_pair_is_enough(length, expected):
    one = [("lantern" * length)[:length], ("harbour" * length)[:length]]
    assert len(group([dump("a", *one), dump("b", *one)])) == expected


@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_each_two_dumps_may_share_other_lines(order):
    """The first and the last share two pairs of lines, but the one between them only the first."""
    shared = ["Low tide at nine.", "High at three."], ["Mind the steps.", "Bring your lamps."]
    lines = [
        [*shared[0], "Only the first has this.", *shared[1]],
        [*shared[0], "And only the second this."],
        [*shared[0], "This is the third's alone.", *shared[1]],
    ]
    dumps = [dump(str(n), *lines[n]) for n in order]
    assert {frozenset(page) for page in names(dumps)} == {frozenset("02"), frozenset("1")}


def test_a_line_repeated_is_no_pair_of_lines():
    greeting = "Happy new year to everyone, near and far!"
    dumps = [dump(str(n), f"Page {n} has a line of its own.", *[greeting] * 3) for n in range(2)]
    assert names(dumps) == [["0"], ["1"]]


def test_what_two_handles_show_is_nobodys_own():
    """Both reposted it; so may a third have done."""
    reposted = [
        "A long line of somebody else's, reposted by many.",
        "And another long line of it, just as long.",
    ]
    dumps = [
        dump("a", ADA, *reposted),
        dump("b", BO, *reposted),
        dump("c", *reposted, TIDE, WALL),
        dump("d", *reposted),
    ]
    assert names(dumps) == [["a"], ["b"], ["c"], ["d"]]


def test_labels_and_tails_say_nothing():
    """Of a dump with posts only the posts count: its tail shows who else is followed."""
    tail = [
        "Bio of somebody whom both follow.",
        "And of somebody else entirely.",
        "And a third one, just as long.",
    ]
    dumps = [
        dump("a", FESTIVAL, stats(9), "Preview", BOAT, stats(8), *tail),
        dump("b", TIDE, stats(9), "Preview", WALL, stats(8), *tail),
    ]
    assert names(dumps) == [["a"], ["b"]]


def test_headings_of_flat_dumps_say_nothing():
    assert names(
        [
            dump("a", "Posts by Ada Example", "Low tide at nine."),
            dump("b", "Posts by Ada Example", "Low tide at nine."),
        ]
    ) == [
        ["a"],
        ["b"],
    ]


@pytest.mark.parametrize(("count", "pages"), [(MOST_DUMPS, 1), (MOST_DUMPS + 1, MOST_DUMPS + 1)])
def test_what_very_many_share_is_the_sites(count, pages):
    boilerplate = ["Accept all cookies to go on reading.", "Or buy a subscription for the archive."]
    dumps = [dump(str(n), f"Page {n} has a line of its own.", "Yes.", *boilerplate) for n in range(count)]
    assert len(group(dumps)) == pages


def test_joined_through_another():
    dumps = [
        dump("a", FESTIVAL, BOAT, TIDE),
        dump("b", WALL, FERRY, LAMPS),
        dump("c", FESTIVAL, BOAT, TIDE, WALL, FERRY, LAMPS),
    ]
    assert names(dumps) == [["a", "b", "c"]]


def test_a_long_chain():
    lines = [f"Line number {n} of the harbour log, as it was." for n in range(200)]
    dumps = [dump(str(n), *lines[n : n + 3]) for n in range(198)]
    for some in (dumps, dumps[::-1], dumps[::2] + dumps[1::2]):
        assert len(group(some)) == 1


# Order.


def test_groups_stand_in_the_order_of_their_first_dumps():
    dumps = [
        dump("z", TIDE, WALL),
        dump("y", FESTIVAL, BOAT),
        dump("x", TIDE, WALL),
        dump("w", LAMPS, FERRY),
        dump("v", FESTIVAL, BOAT),
    ]
    assert names(dumps) == [["z", "x"], ["y", "v"], ["w"]]


def test_a_dump_given_twice():
    one = dump("a", FESTIVAL, BOAT)
    assert group([one, one]) == ((one, one),)


# An archive.

SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u")]


def archive(profiles, dumps, seed=7):
    """Write dumps of profiles; each is named for its profile, and not all of them say whose they are."""
    rng = random.Random(seed)
    words = ["".join(rng.choices(SYLLABLES, k=rng.randint(1, 4))) for _ in range(3000)]
    common = [
        "Thank you!",
        "Good morning.",
        "This.",
        "Happy new year, everyone, near and far!",
        "1/",
        "Yes – exactly.",
    ]

    def sentence():
        return (
            rng.choice(common)
            if rng.random() < 0.15
            else " ".join(rng.choices(words, k=rng.randint(3, 14))).capitalize() + "."
        )

    made = []
    pages = [
        [[sentence() for _ in range(rng.randint(1, 3))] for _ in range(rng.randint(8, 30))]
        for _ in range(profiles)
    ]
    for n in range(dumps):
        who = n % profiles if n < 2 * profiles else rng.randrange(profiles)
        whole = pages[who]
        start = rng.randrange(max(1, len(whole) // 3))
        shown = [post for post in whole[start : start + rng.randint(6, 25)] if rng.random() < 0.95]
        lines = [f"Posts by Somebody (@{who}.example.social)"] if rng.random() < 0.3 else []
        is_flat = rng.random() < 0.4
        moment = datetime(2026, 2, 3, 17, 4)
        for post in shown:
            moment -= timedelta(minutes=rng.randint(1, 900))
            lines += [*post] if is_flat else [*post, stats(f"{moment:%d.%m.%Y %H:%M}", rng.randint(0, 99))]
        lines += rng.choices(common, k=2)
        made.append(dump(f"{who}/{n}", *lines, damage=GREEK if rng.random() < 0.3 else None))
    rng.shuffle(made)
    return made


def pairs(pages):
    return {pair for page in pages for pair in combinations(sorted(one.name for one in page), 2)}


@pytest.mark.slow
def test_an_archive():
    dumps = archive(100, 400)
    found = pairs(group(dumps))
    true = {
        pair
        for pair in combinations(sorted(one.name for one in dumps), 2)
        if pair[0].split("/")[0] == pair[1].split("/")[0]
    }
    assert Counter(pair in true for pair in found)[False] == 0  # none joined that should not be
    assert len(found & true) >= 0.99 * len(true)
