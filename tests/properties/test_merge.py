# SPDX-License-Identifier: MIT
"""
Law 5: order and names of dumps decide nothing, and no post is counted twice or lost.

Blocks of one dump that are equal in text and stats are one post; blocks that differ in either are two.
"""

from datetime import datetime
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from properties.reach import NAMES, damaged_pages, parsed, reaching, some_texts, texts_of
from properties.test_accounting import key

from postdump import Role, dedupe, merge, parse, to_json
from postdump._lazy import source_of
from postdump.strategies import texts

RENAMED = dict(zip(NAMES, ("crawl-3.txt", "crawl-2.txt", "crawl-1.txt"), strict=True))
"""In the opposite order."""

moments = st.lists(
    st.sampled_from((None, datetime(2026, 2, 3), datetime(2026, 2, 4))), min_size=3, max_size=3
)
trusted = st.sampled_from(((), (0,), (1,), (2, 0)))
numbers = st.integers(0, 2)
names = st.sampled_from(("another.txt", "page.txt", "same.txt"))


def captured(texts, moments=(None,) * 3):
    """Parse different texts, as pages captured at these moments."""
    different = parsed(dict.fromkeys(texts))
    return [
        parse(dump.text, name=dump.name, captured_at=at) for dump, at in zip(different, moments, strict=False)
    ]


def order_decides_nothing(texts, moments=(None,) * 3, trusted=()):
    dumps = captured(texts, moments)
    prefer = [dumps[n].name for n in trusted if n < len(dumps)]
    whole = merge(*dumps, prefer=prefer)
    for others in list(permutations(dumps))[1:]:
        assert merge(*others, prefer=prefer) == whole


def names_decide_nothing(texts, moments=(None,) * 3, trusted=()):
    dumps = captured(texts, moments)
    prefer = [dumps[n].name for n in trusted if n < len(dumps)]
    others = [parse(dump.text, name=RENAMED[dump.name], captured_at=dump.captured_at) for dump in dumps]
    merged = to_json(merge(*others, prefer=[RENAMED[name] for name in prefer]))
    for name, other in RENAMED.items():
        merged = merged.replace(f'"{other}"', f'"{name}"')
    assert merged == to_json(merge(*dumps, prefer=prefer))


def texts_are_what_repairs_make(texts):
    """A line's text is told without its repairs where undamaged dumps agree: it is the same with them."""
    builder = source_of(merge(*captured(texts)))
    for line in builder.draft.lines():
        assert builder.editor.lemma(line) == builder.editor.variants(line).text


def equal_dumps_count_once(texts):
    dumps = captured(texts)
    assert merge(*dumps, *captured(texts)) == merge(*dumps)


def a_copy_changes_no_post(texts, moments, number, name):
    dumps = captured(texts, moments)
    original = dumps[number % len(dumps)]
    copy = parse(original.text, name=name, captured_at=original.captured_at)
    assert told(merge(*dumps, copy)) == told(merge(*dumps))


def told(timeline):
    """Tell what a timeline says but for who says it."""
    posts = [
        (post.text, post.card, post.stats, post.posted_between, post.author, looks(post.lines), post.inferred)
        for post in timeline.posts
    ]
    return posts, looks(timeline.unclaimed), timeline.profile


def looks(lines):
    return [(line.text, line.role) for line in lines]


def one_name_is_one_dump(text, other):
    dumps = [parse(text, name="a"), parse(other, name="a")]
    later = parse(text, name="a", captured_at=datetime(2026, 2, 3))
    assert len(merge(dumps[0], dumps[0]).dumps) == 1
    if text != other:
        with pytest.raises(ValueError, match="named 'a'"):
            merge(*dumps)
    with pytest.raises(ValueError, match="named 'a'"):
        merge(dumps[0], later)


def posts_are_counted(texts):
    dumps = captured(texts)
    timeline = merge(*dumps)
    owner = {key(reading): n for n, post in enumerate(timeline.posts) for reading in post.readings}
    for dump in dumps:
        by_look = {}
        for post in dump.posts:
            by_look.setdefault((post.text, post.stats), set()).add(owner[key(post.observations[0].reading)])
        owners = [number for found in by_look.values() for number in found]
        assert len(owners) == len(set(owners)) == len(by_look)
        unified = dedupe(dump.posts)
        assert [(post.text, post.stats) for post in unified] == list(by_look)
        assert dedupe(unified) == unified
        if len(dumps) == 1:
            assert len(timeline) == len(by_look)
        nothing_is_collapsed(timeline, dump)


def nothing_is_collapsed(timeline, dump):
    """Two lines of one dump are one line only where posts are shown again, and loose lines never are."""
    again = len(dump.posts) > len(dedupe(dump.posts))
    for post in timeline.posts:
        for line in post.lines:
            assert again or sum(reading.dump == dump.name for reading in line.readings) <= 1
    for line in timeline.unclaimed:
        assert sum(reading.dump == dump.name for reading in line.readings) <= 1


def lines_keep_their_order(texts):
    """Lines of a post stand in the order in which each dump with markers shows them; a card's may move."""
    for post in merge(*captured(texts)).posts:
        names = [observation.reading.dump for observation in post.observations]
        words = [line for line in post.lines if line.role is Role.TEXT]
        for name in {name for name in names if names.count(name) == 1}:
            starts = [one.span.start for line in words for one in line.readings if one.dump == name]
            assert all(a < b for a, b in pairwise(starts))


@given(some_texts, moments, trusted)
def test_any_texts_in_any_order(texts, moments, trusted):
    order_decides_nothing(texts, moments, trusted)


@given(some_texts, moments, trusted)
def test_any_texts_by_any_name(texts, moments, trusted):
    names_decide_nothing(texts, moments, trusted)


@given(some_texts)
def test_any_texts_are_counted(texts):
    equal_dumps_count_once(texts)
    posts_are_counted(texts)
    lines_keep_their_order(texts)


@given(some_texts, moments, numbers, names)
def test_any_text_twice_by_two_names(texts, moments, number, name):
    a_copy_changes_no_post(texts, moments, number, name)


@given(texts(), texts())
def test_one_name_is_one_dump(text, other):
    one_name_is_one_dump(text, other)


@reaching
@given(damaged_pages, moments, trusted)
def test_pages_in_any_order(page, moments, trusted):
    order_decides_nothing(texts_of(page), moments, trusted)


@reaching
@given(damaged_pages)
def test_pages_by_any_name(page):
    names_decide_nothing(texts_of(page))


@reaching
@given(damaged_pages, moments, numbers, names)
def test_a_page_twice_by_two_names(page, moments, number, name):
    a_copy_changes_no_post(texts_of(page), moments, number, name)


@reaching
@given(damaged_pages)
def test_pages_read_the_same_with_their_repairs(page):
    texts_are_what_repairs_make(texts_of(page))


@given(damaged_pages)
def test_pages_are_counted(page):
    equal_dumps_count_once(texts_of(page))
    posts_are_counted(texts_of(page))
    posts_are_counted(texts_of(page[:1]))
    lines_keep_their_order(texts_of(page))
