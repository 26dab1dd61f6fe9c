# SPDX-License-Identifier: MIT
"""Markers of every shape, and what only looks like one."""

import sys
import unicodedata
from calendar import monthrange
from datetime import datetime, timedelta

import pytest

from postdump import Layout, StatsError, parse, parse_stats
from postdump._markers import graphemes, is_day_first, marker_of, month_first
from postdump.damage import known_damages
from postdump.layouts import BSKYVIEW, FLAT

CLEAN = "03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0"


def markers(text, layout=BSKYVIEW):
    return [post.lines[-1].text for post in parse(text, layout=layout).posts]


@pytest.mark.parametrize(
    "shown",
    [
        CLEAN,
        "03.02.2026 17:04 — 👍 4    🔁 3    💬 0    📌 0",
        "03.02.2026 17:04\n👍 4\n🔁 3\n💬 0\n📌 0",
        "03.02.2026 17:04\r\n👍 4\r\n🔁 3\r\n💬 0\r\n📌 0",
        "03.02.2026\u00a017:04 —\u00a0👍 4 🔁 3 💬 0 📌 0",
        "03.02.2026 17:04 4 3 0 0",
        "03.02.2026 17:04 β π 4 π 3 π¬ 0 π 0",
        "03.02.2026 17:04\nπ 4\nπ 3\nπ¬ 0\nπ 0",
        "03.02.2026 17:04 ??? ???? 4 ???? 3 ???? 0 ???? 0",
    ],
)
def test_shapes(shown):
    assert markers(f"Ahoy.\n{shown}\nMore.") == [shown]
    stats = parse_stats(shown)
    assert stats.posted_at == datetime(2026, 2, 3, 17, 4)
    assert (stats.likes, stats.reposts, stats.replies, stats.quotes) == (4, 3, 0, 0)


@pytest.mark.parametrize("damage", known_damages(), ids=str)
def test_every_damage(damage):
    shown = damage.apply(CLEAN)
    if " ".join(shown.split()).replace("?", "").isascii():
        shown = "\n" + shown
    assert markers(f"Ahoy.\n{shown}\n") == [shown.strip()]


@pytest.mark.parametrize(
    "glued", ["Ahoy again.", "@ada.example.social", "2026 was a good year", "é", " and on"]
)
def test_text_glued_to_the_last_count(glued):
    page = parse(f"Ahoy.\n{CLEAN}{glued}\n{CLEAN}", layout=BSKYVIEW)
    assert [post.text for post in page.posts] == ["Ahoy.", glued.strip()]
    assert page.posts[0].readings[-1].span.end == len(f"Ahoy.\n{CLEAN}")


def test_text_glued_to_the_date_and_labels_in_its_line():
    assert [post.text for post in parse(f"Ahoy.{CLEAN}\nPost image {CLEAN}").posts] == ["Ahoy.", ""]


@pytest.mark.parametrize(
    "prose",
    [
        "On 03.02.2026 17:04 4 3 0 0 was said.",
        "We met on 03.02.2026 17:04 — he said 4 of us.",
        "103.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0",
        "03.02.2026 17:04 — 👍 04 🔁 3 💬 0 📌 0",
        "03.02.2026 17:04 — 👍 4 🔁 3 💬 0",
        "03.02.2026 17:04 — 👍 4.5 🔁 3 💬 0 📌 0",
        "03.02.2026 17:04\n\n\n\n\n— 👍 4 🔁 3 💬 0 📌 0",
        "03.02.2026 17:04 — 👍" + 65 * " " + "4 🔁 3 💬 0 📌 0",
        "👍 4 🔁 3 💬 0 📌 0",
    ],
)
def test_no_markers(prose):
    assert markers(prose) == []


def test_digits():
    for code in range(sys.maxunicode + 1):
        digit = chr(code)
        if digit.isdigit() and not digit.isascii():
            assert markers(CLEAN.replace("👍 4", f"👍 {digit}")) == [], unicodedata.name(digit)


@pytest.mark.parametrize(("digits", "is_count"), [(15, True), (16, False), (4300, False), (4301, False)])
def test_long_counts(digits, is_count):
    shown = CLEAN.replace("👍 4", f"👍 {'9' * digits}")
    assert markers(shown) == ([shown] if is_count else [])
    shown = CLEAN.replace("📌 0", f"📌 {'9' * digits}")
    assert markers(shown) == ([shown] if is_count else [])


def test_calendar():
    """Day by day against the calendar, in a page whose other dates prove that days come first."""
    for year in (1900, 2000, 2023, 2024):
        for month in range(14):
            for day in range(33):
                shown = CLEAN.replace("03.02.2026", f"{day:02}.{month:02}.{year}")
                exists = 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
                page = parse(f"{CLEAN.replace('03.', '28.')}\n{shown}", layout=BSKYVIEW)
                assert len(page.posts) == 1 + exists, shown


@pytest.mark.parametrize(
    "moment", ["03.02.0000 17:04", "03.02.2026 24:00", "03.02.2026 17:60", "31.04.2026 00:00"]
)
def test_impossible_moments(moment):
    shown = CLEAN.replace("03.02.2026 17:04", moment)
    assert markers(shown) == []
    assert [one.code for one in parse(shown).diagnostics] == ["no-marker", "stats-date"]
    with pytest.raises(StatsError):
        parse_stats(shown)


def test_month_first():
    shown = [CLEAN.replace("03.02", date) for date in ("02.13", "03.02")]
    page = parse("\n".join(shown))
    assert [post.posted_at.day for post in page.posts] == [13, 2]
    (turned,) = page.definitions
    assert parse_stats(shown[0], layout=turned).posted_at == datetime(2026, 2, 13, 17, 4)
    assert not is_day_first(turned)
    assert is_day_first(BSKYVIEW)
    assert not is_day_first(FLAT)
    assert month_first(turned) == BSKYVIEW
    proved = parse("\n".join([*shown, CLEAN.replace("03.02", "13.02")]))
    assert [post.posted_at.day for post in proved.posts] == [3, 13]
    hopeless = parse("\n".join([CLEAN.replace("03.02", "32.32"), CLEAN]))
    assert [post.posted_at.day for post in hopeless.posts] == [3]


@pytest.mark.parametrize(
    ("date", "shown", "moment", "offset"),
    [
        ("%B %-d, %Y at %-I:%M %p", "January 14, 2026 at 8:59 AM", datetime(2026, 1, 14, 8, 59), None),
        ("%B %-d, %Y at %-I:%M %p", "May 1, 2026 at 12:00 AM", datetime(2026, 5, 1), None),
        ("%b %d %Y, %I:%M %p", "dec 31 2025, 12:30 pm", None, None),
        ("%b %d %Y, %I:%M %p", "Dec 31 2025, 12:30 pm", datetime(2025, 12, 31, 12, 30), None),
        ("%b %d %Y, %I:%M %p", "Dec 31 2025, 13:30 pm", None, None),
        ("%Y-%m-%dT%H:%M:%S%z", "2025-12-30T12:11:35Z", datetime(2025, 12, 30, 12, 11, 35), timedelta()),
        (
            "%Y-%m-%dT%H:%M:%S%z",
            "2025-12-30T12:11:35-0330",
            datetime(2025, 12, 30, 12, 11, 35),
            -timedelta(hours=3.5),
        ),
        (
            "%Y-%m-%d %H:%M %z",
            "2025-12-30 12:11 +05:45",
            datetime(2025, 12, 30, 12, 11),
            timedelta(hours=5.75),
        ),
        ("%d.%m.%Y", "30.12.2025", datetime(2025, 12, 30), None),
        ("%-d/%-m/%Y %-H:%M", "3/2/2026 7:04", datetime(2026, 2, 3, 7, 4), None),
    ],
)
def test_dates_of_other_layouts(date, shown, moment, offset):
    layout = Layout(name="harbour", marker=f"{{posted_at:{date}}} ♥ {{likes}}")
    page = parse(f"Ahoy.\n{shown} ♥ 4", layout=layout)
    assert [post.posted_at for post in page.posts] == [moment] * (moment is not None)
    assert [post.stats.utc_offset for post in page.posts] == [offset] * (moment is not None)


@pytest.mark.parametrize(
    ("form", "shown", "likes", "rounded"),
    [
        ("grouped", "1,405", 1405, ()),
        ("grouped", "1.234.567", 1234567, ()),
        ("grouped", "7", 7, ()),
        ("short", "6.4K", 6400, ("likes",)),
        ("short", "12m", 12_000_000, ("likes",)),
        ("short", "1,25B", 1_250_000_000, ("likes",)),
        ("short", "419", 419, ()),
    ],
)
def test_counts_of_other_layouts(form, shown, likes, rounded):
    layout = Layout(name="harbour", marker=f"♥ {{likes:{form}}} of {{posted_at:%Y-%m-%d %H:%M}}")
    (post,) = parse(f"Ahoy.\n♥ {shown} of 2026-02-03 17:04", layout=layout).posts
    assert (post.stats.likes, post.stats.rounded) == (likes, rounded)
    assert post.posted_at == datetime(2026, 2, 3, 17, 4)


def test_a_clock_forgets_rather_than_grow(monkeypatch):
    monkeypatch.setattr("postdump._markers.REMEMBERED", 3)
    layout = Layout(name="harbour", marker="{posted_at:%Y-%m-%d %H:%M} ♥ {likes}")
    shown = [f"{2000 + year}-02-{day:02} {day:02}:{year:02} ♥ 4" for year in range(9) for day in range(1, 10)]
    page = parse("\n".join(shown), layout=layout)
    assert [f"{post.posted_at:%Y-%m-%d %H:%M} ♥ 4" for post in page.posts] == shown
    clock = marker_of(layout).clock
    assert len(clock.days) <= 3
    assert len(clock.times) <= 3


def test_a_marker_without_a_date():
    layout = Layout(name="harbour", marker="♥ {likes}  ↺ {reposts} ★", stands="before")
    page = parse("♥ 4 ↺ 3 ★\nAhoy.\n♥ 5\n↺ 6\nAhoy again.", layout=layout)
    assert [(post.text, post.stats.likes, post.posted_at) for post in page.posts] == [
        ("Ahoy.", 4, None),
        ("Ahoy again.", 5, None),
    ]
    assert marker_of(layout).posted_at(("4", "3")) is None


def test_graphemes():
    assert graphemes("Ahoy") == 4
    assert graphemes("👩‍🚀é") == 2
