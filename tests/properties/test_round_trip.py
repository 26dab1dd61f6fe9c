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
    again = from_json(written)
    assert again == x
    assert type(again) is type(x)
    assert hash(again) == hash(x)
    assert to_json(again) == written
    assert written.isascii()
    json.loads(written)
    return again


def means_the_same(texts, **options):
    dumps = parsed(texts, **options)
    again = list(map(reads_back, dumps))
    timeline = merge(*dumps)
    merged = merge(*again)
    assert merged == timeline
    assert list(rows(merged)) == list(rows(timeline))
    reread = reads_back(timeline)
    assert list(rows(reread)) == list(rows(timeline))
    assert threads(reread) == threads(timeline)
    assert group(again) == group(dumps)


@given(some_texts, moments)
def test_any_texts(texts, captured_at):
    means_the_same(texts, captured_at=captured_at)


@given(some_texts, some_layouts)
def test_any_texts_in_any_layout(texts, layout):
    means_the_same(texts, layout=layout)


@reaching
@given(damaged_pages)
def test_pages(page):
    means_the_same(texts_of(page))
