# SPDX-License-Identifier: MIT
"""Pages written by `render.py`, which knows nothing of postdump: parsing gives the truth back."""

from datetime import datetime, time
from functools import cache
from random import Random

import pytest
from render import (
    BSKYVIEW,
    COUNTS,
    FLAT,
    MARKED,
    NOPZON,
    draw,
    misread,
    shown_card,
    shown_counts,
    shown_handle,
    shown_profile,
    shown_text,
    shown_time,
    stripped,
)

import postdump.layouts
from postdump import parse

pytestmark = pytest.mark.slow

SEEDS = range(24)
FEW_SEEDS = range(8)
DAMAGES = (
    ("iso-8859-7", "drop"),
    ("iso-8859-7", "windows-1252"),
    ("tis-620", "drop"),
    ("cp1252", "drop"),
    ("cp1251", "drop"),
)
CONSTANTS = {"redsky-thread": "REDSKY_THREAD"}


def layout_of(shape):
    return getattr(postdump.layouts, CONSTANTS.get(shape.layout, shape.layout.upper()))


@cache
def truth_of(seed, ascii_only=False):
    return draw(Random(seed), ascii_only=ascii_only)


def posts_of(shape, truth):
    return [post for post in truth.posts if post.lines or shape.textless]


def rendered(shape, seed, ascii_only=False):
    """Return what a seed's page shows, and its text."""
    truth = truth_of(seed, ascii_only)
    return truth, shape.render(truth, Random(seed))


def card_of(post):
    return post.card and (post.card.title, post.card.description, post.card.domain)


def counts_of(post):
    return tuple(getattr(post.stats, name) for name in COUNTS)


def naive(moment):
    return None if moment is None else moment.replace(tzinfo=None)


def gives_back(shape, truth, dump):
    """Compare the fields that a page has whatever its author's words are."""
    true = posts_of(shape, truth)
    assert dump.layouts == (shape.layout,)
    assert [post.text for post in dump.posts] == [shown_text(shape, post) for post in true]
    assert [counts_of(post) for post in dump.posts] == [shown_counts(shape, post) for post in true]
    assert [post.posted_at for post in dump.posts] == [shown_time(shape, post) for post in true]
    assert [card_of(post) for post in dump.posts] == [shown_card(shape, post) for post in true]


def accounts_for(dump):
    """Count each visible character in exactly one reading."""
    seen = [0] * len(dump.text)
    readings = [reading for post in dump.posts for reading in post.readings]
    readings += [reading for line in dump.unclaimed for reading in line.readings]
    for reading in readings:
        assert reading.text == dump.text[reading.span.start : reading.span.end]
        for at in range(reading.span.start, reading.span.end):
            seen[at] += 1
    assert all(count == 1 for count, char in zip(seen, dump.text, strict=True) if char not in " \t\r\n")


every_shape = pytest.mark.parametrize("shape", MARKED, ids=lambda shape: shape.id)
apart = pytest.mark.parametrize(
    "shape", [shape for shape in BSKYVIEW if shape.paragraphs], ids=lambda shape: shape.id
)
family = pytest.mark.parametrize("shape", BSKYVIEW, ids=lambda shape: shape.id)
every_seed = pytest.mark.parametrize("seed", SEEDS)
a_few_seeds = pytest.mark.parametrize("seed", FEW_SEEDS)
every_damage = pytest.mark.parametrize("damage", DAMAGES, ids="/".join)


@every_seed
@every_shape
def test_the_truth_comes_back(shape, seed):
    truth, text = rendered(shape, seed)
    gives_back(shape, truth, parse(text))


@a_few_seeds
@every_shape
def test_the_truth_comes_back_where_the_layout_is_given(shape, seed):
    truth, text = rendered(shape, seed)
    gives_back(shape, truth, parse(text, layout=layout_of(shape)))


@a_few_seeds
@every_shape
def test_authors_and_reposts(shape, seed):
    truth, text = rendered(shape, seed)
    true, posts = posts_of(shape, truth), parse(text).posts
    assert [post.author and post.author.handle for post in posts] == [
        shown_handle(shape, post) for post in true
    ]
    assert [post.is_repost for post in posts] == [shape.reposts and post.is_repost for post in true]
    if shape.author == "both":
        assert [post.author.name for post in posts] == [post.author.name for post in true]


@a_few_seeds
@every_shape
def test_the_header_is_the_profile(shape, seed):
    truth, text = rendered(shape, seed)
    profile = parse(text).profile
    found = {name: getattr(profile, name, None) for name in shape.profile}
    assert found == shown_profile(shape, truth)


@a_few_seeds
@every_shape
def test_every_character_is_read_once(shape, seed):
    _, text = rendered(shape, seed)
    accounts_for(parse(text))


@a_few_seeds
@every_shape
def test_no_problems(shape, seed):
    truth, text = rendered(shape, seed)
    assert parse(text, captured_at=truth.captured_at).diagnostics == ()


@a_few_seeds
@family
def test_what_follows_the_posts_is_unclaimed(shape, seed):
    truth, text = rendered(shape, seed)
    unclaimed = [line.text for line in parse(text).unclaimed]
    assert unclaimed[len(unclaimed) - len(truth.tail) :] == list(truth.tail)


@a_few_seeds
@apart
def test_alt_text_has_its_role(shape, seed):
    truth, text = rendered(shape, seed)
    found = [[line.text for line in post.lines if line.role.name == "ALT"] for post in parse(text).posts]
    assert found == [[post.alt] if post.alt else [] for post in truth.posts]


@every_seed
def test_ages_hold_the_true_time(seed):
    truth, text = rendered(NOPZON, seed)
    posts = parse(text, captured_at=truth.captured_at).posts
    assert len(posts) == len(truth.posts)
    for post, true in zip(posts, truth.posts, strict=True):
        earliest, latest = map(naive, post.posted_between)
        assert earliest <= true.posted_at <= latest
        assert post.posted_at is None


@a_few_seeds
def test_ages_say_nothing_where_nobody_knows_when_the_page_was_saved(seed):
    truth, text = rendered(NOPZON, seed)
    assert [post.posted_between for post in parse(text).posts] == [None] * len(truth.posts)


@a_few_seeds
@pytest.mark.parametrize(
    "shape", [shape for shape in MARKED if shape.clock == "day"], ids=lambda shape: shape.id
)
def test_a_day_is_as_long_as_it_is(shape, seed):
    truth, text = rendered(shape, seed)
    days = [post.posted_at.date() for post in truth.posts]
    expected = [(datetime.combine(day, time.min), datetime.combine(day, time.max)) for day in days]
    assert [post.posted_between for post in parse(text).posts] == expected


@a_few_seeds
@pytest.mark.parametrize("layout", [None, FLAT], ids=["detected", "given"])
def test_flat_pages_have_no_posts(layout, seed):
    _, text = rendered(FLAT, seed)
    dump = parse(text, layout=layout and layout_of(layout))
    assert len(dump.posts) == 0
    assert [line.text for line in dump.unclaimed] == text.split("\n")
    accounts_for(dump)


# Damage.


@a_few_seeds
@every_damage
@family
def test_damaged_icons(shape, damage, seed):
    truth, text = rendered(shape, seed, ascii_only=True)
    dump = parse(misread(text, *damage))
    gives_back(shape, truth, dump)
    assert dump.damage is not None


@a_few_seeds
@family
def test_lost_icons(shape, seed):
    truth, text = rendered(shape, seed, ascii_only=True)
    gives_back(shape, truth, parse(stripped(text)))


@a_few_seeds
@every_damage
def test_damaged_ages(damage, seed):
    truth, text = rendered(NOPZON, seed, ascii_only=True)
    gives_back(NOPZON, truth, parse(misread(text, *damage)))


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (("iso-8859-7", "drop"), "β π π¬ β"),
        (("iso-8859-7", "windows-1252"), "β€” πŸ‘ πŸ’¬ β€™"),
        (("iso-8859-7", "keep"), "β\x80\x94 π\x9f\x91\x8d π\x9f\x92¬ β\x80\x99"),
        (("cp1251", "drop"), "вЂ” рџ‘Ќ рџ’¬ вЂ™"),
    ],
)
def test_misread_says_what_pages_say(damage, expected):
    assert misread("— 👍 💬 ’", *damage) == expected
