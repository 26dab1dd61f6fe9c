# SPDX-License-Identifier: MIT
"""Dates of several forms, days without a clock, and ages."""

from datetime import UTC, datetime, timedelta

import pytest
import regex

from postdump import Layout, Span, parse, parse_stats
from postdump.layouts import EMBED, NOPZON
from postdump.layouts._date_search import ByYear
from postdump.layouts._dates import bounds_of_age, month_to_year
from postdump.layouts._template import Kind, Part, parts

NOON = datetime(2026, 2, 3, 12, tzinfo=UTC)
DAY_END = timedelta(hours=23, minutes=59, seconds=59, microseconds=999_999)


def embedded(date):
    (post,) = parse(f"Ahoy.\n— Ada (@ada.example.social){date}", layout=EMBED).posts
    return post


@pytest.mark.parametrize(
    ("date", "moment", "offset"),
    [
        ("2025-10-22T15:10:14.908Z", datetime(2025, 10, 22, 15, 10, 14, 908_000), timedelta()),
        ("2025-10-22T15:10:14+0200", datetime(2025, 10, 22, 15, 10, 14), timedelta(hours=2)),
        (" December 1, 2025 at 7:12 AM", datetime(2025, 12, 1, 7, 12), None),
        ("2025年12月1日 7:12", datetime(2025, 12, 1, 7, 12), None),
    ],
)
def test_each_form_is_read_as_it_is(date, moment, offset):
    post = embedded(date)
    assert (post.posted_at, post.posted_between, post.stats.utc_offset) == (moment, None, offset)


@pytest.mark.parametrize("date", ["December 10, 2025", " December 10, 2025", "2025年12月10日"])
def test_a_day_is_no_moment(date):
    post = embedded(date)
    day = datetime(2025, 12, 10)
    assert (post.posted_at, post.stats.posted_at) == (None, None)
    assert post.posted_between == (day, day + DAY_END)


def test_a_day_that_does_not_exist_is_no_marker():
    assert parse("Ahoy.\n— Ada (@ada.example.social) February 31, 2025", layout=EMBED).posts == ()


def test_day_and_month_are_turned_in_every_form():
    layout = Layout(name="mine", marker="{posted_at:%d/%m/%Y %H:%M|%-d.%-m.%Y|%B %d, %Y} ♥ {likes}")
    page = "Ahoy.\n05/13/2025 10:00 ♥ 7\nLow tide.\n12.24.2025 ♥ 5\nHigh tide.\nMay 13, 2025 ♥ 5"
    posts = parse(page, layout=layout).posts
    assert posts[0].posted_at == datetime(2025, 5, 13, 10)
    assert [post.posted_between[0].date().isoformat() for post in posts[1:]] == ["2025-12-24", "2025-05-13"]


@pytest.mark.parametrize(
    ("age", "least", "most"),
    [
        ("1 minute ago", timedelta(), timedelta(minutes=2)),
        ("2 hours ago", timedelta(hours=1), timedelta(hours=3)),
        ("3 days ago", timedelta(days=2), timedelta(days=4)),
        ("2 weeks ago", timedelta(days=7), timedelta(days=21)),
        ("7 months ago", timedelta(days=6 * 28), timedelta(days=8 * 31)),
        ("2 years ago", timedelta(days=365), timedelta(days=3 * 366)),
    ],
)
def test_an_age(age, least, most):
    shown = f"Ahoy.\n{age} 9112 1737 502 134"
    (post,) = parse(shown, layout=NOPZON, captured_at=NOON).posts
    naive = NOON.replace(tzinfo=None)
    assert post.posted_between == (naive - most, naive - least)
    assert (post.posted_at, post.stats.likes, post.stats.quotes) == (None, 9112, 134)
    assert parse(shown, layout=NOPZON).posts[0].posted_between is None


def test_nothing_is_older_than_time():
    assert bounds_of_age("999 years ago", datetime(5, 1, 1)) == (datetime.min, datetime.min)


def test_an_age_has_stats():
    stats = parse_stats("7 months ago 9112 1737 502 134")
    assert (stats.posted_at, stats.likes, stats.reposts, stats.replies, stats.quotes) == (
        None,
        9112,
        1737,
        502,
        134,
    )


def years(text, pos=0):
    part = next(part for part in parts("{posted_at:%B %-d, %Y at %-I:%M %p}") if part.kind is Kind.FIELD)
    date = month_to_year(part)
    whole = regex.compile("(?<![a-z])" + date + " at")
    return [match.span() for match in ByYear(whole, regex.compile(rf"{date}\Z")).finditer(text, pos)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("January 14, 2026 at 8:59 AM", [(0, 19)]),
        ("in 2026, may 1, 2026 at 9, May 2, 2027 at 9", [(9, 23), (27, 41)]),
        ("xmay 1, 2026 at 9", []),
        ("2026 2026 May 2026 at", []),
        ("May   1,\n  2026 at 9", [(0, 18)]),
        ("May 1, 2026", []),
    ],
)
def test_what_begins_with_a_month_is_found_by_its_year(text, expected):
    assert years(text) == expected


def test_from_some_place_on():
    assert years("May 1, 2026 at May 2, 2026 at", 3) == [(15, 29)]
    assert years("May 1, 2026 at", 9) == []


@pytest.mark.parametrize("form", ["%d %B %Y", "%B %-d", "%B%Y", "%B %-d, %Y|%-d %B %Y"])
def test_dates_that_begin_otherwise(form):
    part = Part(kind=Kind.FIELD, text="posted_at", format=form, span=Span(start=0, end=1))
    assert month_to_year(part) is None
