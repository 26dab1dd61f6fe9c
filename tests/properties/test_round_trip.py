# SPDX-License-Identifier: MIT
"""
Law 8: what is written as JSON reads back as it was, and means the same to whoever goes on with it.
"""

import json
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from properties.reach import damaged_pages, parsed, reaching, some_layouts, some_texts, texts_of

from postdump import from_json, group, merge, rows, threads, to_json

moments = st.none() | st.just(datetime(2026, 2, 3, 17, 4, tzinfo=UTC))


def reads_back(x):
    written = to_json(x)
    assert written.isascii()
    assert json.loads(written)["postdump"] == 1
    again = from_json(written)
    assert again == x
    assert type(again) is type(x)
    return again


def means_the_same(texts, **options):
    """A timeline reads back, its dumps within it, and merging these anew gives it again."""
    dumps = parsed(texts, **options)
    timeline = merge(*dumps)
    again = reads_back(timeline)
    assert merge(*again.dumps) == timeline
    return timeline, again


def is_alike(texts, **options):
    """What reads back as equal is written, counted and passed on alike."""
    timeline, again = means_the_same(texts, **options)
    reads_back(timeline.dumps[0])
    assert to_json(again) == to_json(timeline)
    assert hash(again) == hash(timeline)
    assert list(rows(again)) == list(rows(timeline))
    assert threads(again) == threads(timeline)
    assert group(again.dumps) == group(timeline.dumps)


@given(some_texts, moments)
def test_any_texts(texts, captured_at):
    is_alike(texts, captured_at=captured_at)


@given(some_texts, some_layouts)
def test_any_texts_in_any_layout(texts, layout):
    is_alike(texts, layout=layout)


@reaching
@given(damaged_pages)
def test_pages(page):
    means_the_same(texts_of(page))
