# SPDX-License-Identifier: MIT
"""
Law 7: every `str` is parsed, merged and passed on; only `strict`, files and misuse raise.
"""

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from properties.reach import damaged_pages, parsed, reaching, some_layouts, some_texts, texts_of

from postdump import (
    DumpErrors,
    StatsError,
    dedupe,
    detect_damage,
    group,
    iter_posts,
    merge,
    parse,
    parse_stats,
    repair,
    rows,
    threads,
    to_json,
    tokenize,
)
from postdump.strategies import damages, dumps, lines, profiles, texts

STATS = "03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0"


def nothing_raises(texts, damage=None, layout=None):
    dumps = parsed(texts, layout=layout)
    timeline = merge(*dumps)
    for dump in dumps:
        assert list(tokenize(dump.text, layout=layout)) or not dump.text
        assert repr(dump)
        assert len(dedupe(dump.posts)) <= len(dump.posts)
        assert sum(map(len, threads(dump.posts))) == len(dump.posts)
        assert len(list(rows(dump))) == len(dump.posts)
        what_is_wrong_is_said(dump, layout)
    assert sorted(dump.name for one in group(dumps) for dump in one) == sorted(dump.name for dump in dumps)
    assert sum(map(len, threads(timeline))) == len(list(rows(timeline))) == len(timeline)
    assert to_json(timeline).isascii()
    detect_damage(texts[0])
    repair(texts[0])
    repair(texts[0], damage=damage, witness=texts[-1])


def what_is_wrong_is_said(dump, layout):
    """`strict` raises exactly the diagnostics, and each says what is wrong, where, and shows it."""
    if not dump.diagnostics:
        parse(dump.text, layout=layout, strict=True)
        return
    with pytest.raises(DumpErrors) as caught:
        parse(dump.text, layout=layout, strict=True)
    told = [(error.code, error.span) for error in caught.value.exceptions]
    assert told == [(one.code, one.span) for one in dump.diagnostics]
    for error in caught.value.exceptions:
        message, _, shown = str(error).partition("\n")
        assert f"{error.line}:{error.column}, {error.code})" in message
        assert shown.endswith("^")
        assert "\x1b" not in shown


def stats_or_error(text, layout=None):
    try:
        parse_stats(text, layout=layout)
    except StatsError as error:
        place = error.span
    else:
        return
    assert 0 <= place.start <= place.end <= len(text)


def streaming_agrees(text, layout):
    """What comes out post by post, searched in short rounds, is what the whole text holds."""
    whole = parse(text, layout=layout, name="")
    if whole.definitions == (layout,):  # else only the whole text could prove the order of day and month
        *lines, last = text.split("\n")
        with patch("postdump._parse.iter_posts.ROUND", 40):
            assert list(iter_posts([*(f"{line}\n" for line in lines), last], layout=layout)) == list(
                whole.posts
            )


@given(some_texts, st.none() | damages())
def test_any_texts(texts, damage):
    nothing_raises(texts, damage)


@given(some_texts, some_layouts)
def test_any_texts_in_any_layout(texts, layout):
    nothing_raises(texts, layout=layout)


@given(lines(), st.sampled_from("09"), st.sampled_from(["", ";"]), st.sampled_from(["", STATS]), st.data())
def test_long_entities_in_lines_that_are_nearly_equal(line, digit, end, marker, data):
    """Python makes no number of more than 4,300 digits, unless it is asked to."""
    at = data.draw(st.integers(0, len(line)))
    shown = f"{line[:at]} &#{digit * 4_301}{end} {line[at:]}"
    nothing_raises([f"{shown} tonight\n{marker}", f"{shown} now\n{data.draw(st.sampled_from(['', marker]))}"])


@given(texts(), st.none() | some_layouts)
def test_any_stats(text, layout):
    stats_or_error(text, layout)


@given(texts(), some_layouts)
def test_any_stream(text, layout):
    streaming_agrees(text, layout)


@given(some_layouts, profiles(min_posts=3, max_posts=8), st.data())
def test_streams_of_pages(layout, truth, data):
    streaming_agrees(data.draw(dumps(truth, layout=layout)).text, layout)


@reaching
@given(damaged_pages)
def test_pages(page):
    nothing_raises(texts_of(page), page[0].damage)
