# SPDX-License-Identifier: MIT
"""
Two pages of one profile in two layouts, written by `render.py`: merged, they tell its truth.

Every pair of layouts in both orders, but for two flat ones: without a boundary there is no post.
"""

from dataclasses import replace
from functools import cache
from itertools import combinations
from random import Random

import pytest
from render import (
    BSKYVIEW,
    BUSHDRUM,
    COUNTS,
    EMBEDS,
    FLAT,
    LIGHTNEWS,
    NOPZON,
    PLEROMA,
    REDSKY,
    REDSKY_THREAD,
    draw,
    paragraphs,
    shown_card,
    shown_counts,
    shown_handle,
    shown_time,
)

from postdump import merge, parse

SHAPES = (
    *BSKYVIEW, NOPZON, LIGHTNEWS, BUSHDRUM,
    *(shape for shape in EMBEDS if shape.id in ("embed-iso-glued", "embed-us", "embed-day")),
    REDSKY, REDSKY_THREAD, PLEROMA, FLAT,
)  # fmt: skip
SEED = 1140
"""Its profile has reposts, every kind of card, links and a first line that begins with a digit."""


@cache
def truth():
    """Draw posts of clean words, each with all four counts, so that the richest page is the one with all."""
    drawn = draw(Random(SEED), media=False, size=8)
    posts = [replace(post, counts=tuple(count + 1 for count in post.counts)) for post in drawn.posts]
    return replace(drawn, posts=tuple(posts))


@cache
def dump_of(shape):
    text = shape.render(truth(), Random(SEED))
    return parse(text, name=shape.id, captured_at=truth().captured_at)


def minute(moment):
    return None if moment is None else moment.replace(second=0, microsecond=0)


def naive(moment):
    return None if moment is None else moment.replace(tzinfo=None)


def counts_of(post):
    return tuple(getattr(post.stats, name) for name in COUNTS)


def counts_agree(post, true, pair):
    """Demand all counts where a page shows all; where none does, those of one page, whole."""
    complete = [shape for shape in pair if shape.counts == COUNTS]
    most = [shown_counts(shape, true) for shape in (complete or pair)]
    if any(shape.counts for shape in pair):
        most = [one for one in most if any(count is not None for count in one)]
    assert counts_of(post) in most


def time_agrees(post, true, pair):
    """Demand the minute where a page shows it, and else that no bound lies."""
    dated = any(shown_time(shape, true) for shape in pair)
    assert minute(post.posted_at) == (minute(true.posted_at) if dated else None)
    if not dated and any(shape.clock for shape in pair):
        assert post.posted_between is not None
        earliest, latest = map(naive, post.posted_between)
        assert earliest is None or earliest <= true.posted_at
        assert latest is None or true.posted_at <= latest


def expected_card(true, pair):
    """Return the fullest card of both pages: a split one goes before a run-together title."""
    cards = [shown_card(shape, true) for shape in pair]
    return max(filter(None, cards), key=lambda card: (card[2] is not None, card), default=None)


def card_of(post):
    return post.card and (post.card.title, post.card.description, post.card.domain)


def text_of(true, pair):
    if any(shape.paragraphs for shape in pair):
        return paragraphs(true)
    return "\n".join(true.lines)


PAIRS = [pytest.param(pair, id=f"{pair[0].id}+{pair[1].id}") for pair in combinations(SHAPES, 2)]
every_pair = pytest.mark.parametrize("pair", PAIRS)


@cache
def merged(pair):
    return merge(*map(dump_of, pair))


@every_pair
def test_order_of_arguments_does_not_matter(pair):
    assert merged(pair) == merged(pair[::-1])


@every_pair
def test_texts_in_order(pair):
    expected = [text_of(true, pair) for true in truth().posts]
    assert [post.text for post in merged(pair)] == expected


@every_pair
def test_times(pair):
    for post, true in zip(merged(pair), truth().posts, strict=True):
        time_agrees(post, true, pair)


@every_pair
def test_counts(pair):
    for post, true in zip(merged(pair), truth().posts, strict=True):
        counts_agree(post, true, pair)


@every_pair
def test_cards(pair):
    expected = [expected_card(true, pair) for true in truth().posts]
    assert [card_of(post) for post in merged(pair)] == expected


@every_pair
def test_authors_and_reposts(pair):
    for post, true in zip(merged(pair), truth().posts, strict=True):
        named = [shown_handle(shape, true) for shape in pair if shape.author]
        assert (post.author and post.author.handle) in (named or [None])
        assert post.is_repost == (true.is_repost and any(shape.reposts for shape in pair))


@every_pair
def test_nobody_contradicts(pair):
    found = [conflict.field for conflict in merged(pair).conflicts]
    if PLEROMA in pair:  # where people go by another handle
        found = [field for field in found if "author" not in field]
    assert found == []


def test_all_pages_at_once():
    timeline = merge(*map(dump_of, SHAPES))
    assert [post.text for post in timeline] == [paragraphs(true) for true in truth().posts]
    assert [counts_of(post) for post in timeline] == [true.counts for true in truth().posts]
    assert [minute(post.posted_at) for post in timeline] == [minute(true.posted_at) for true in truth().posts]
    assert [card_of(post) for post in timeline] == [shown_card(LIGHTNEWS, true) for true in truth().posts]
    assert [post.is_repost for post in timeline] == [true.is_repost for true in truth().posts]


def test_two_flat_pages_show_no_posts():
    longer = parse(FLAT.render(truth(), Random(SEED)) + "\nOne more line.", name="longer")
    timeline = merge(dump_of(FLAT), longer)
    assert len(timeline) == 0
