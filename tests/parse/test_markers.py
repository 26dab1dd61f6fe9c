# SPDX-License-Identifier: MIT
"""Markers of every shape, and what only looks like one."""

import random
import sys
import unicodedata
from calendar import monthrange
from datetime import datetime, timedelta

import pytest
import regex
from attrs import evolve, fields
from hypothesis import given, settings
from hypothesis import strategies as st

from postdump import Layout, Stats, StatsError, parse, parse_stats
from postdump._parse.compiled_layout import compile_layout
from postdump._parse.markers import is_day_first, month_first
from postdump.damage import known_damages
from postdump.layouts import BSKYVIEW, FLAT
from postdump.layouts._date_search import ByNumber, ByYear
from postdump.layouts._gaps import NUMBER
from postdump.layouts._template import COUNTS

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


@pytest.mark.parametrize("rest", ["", "\nA tail.", f"\n{CLEAN}"])
def test_a_marker_glued_to_another(rest):
    other = CLEAN.replace("17:04", "16:02")
    found = parse(f"Ahoy.\n{CLEAN}{other}{rest}", layout=BSKYVIEW)
    assert [post.stats.posted_at.hour for post in found.posts][:2] == [17, 16]
    assert [post.text for post in found.posts][:2] == ["Ahoy.", ""]


def test_a_day_that_is_not_glued_to_another_marker():
    """It is known by its date, which is where the message points."""
    (problem,) = parse(f"{CLEAN}{CLEAN.replace('03.02', '31.02')}", layout=BSKYVIEW).diagnostics
    assert (problem.code, problem.span.start) == ("stats-date", len(CLEAN))


def test_a_month_behind_a_number():
    """A name of a month is not entered half-way there."""
    layout = Layout(name="harbour", marker="{posted_at:%B %-d, %Y} ♥ {likes}")
    (post,) = parse("Room 12January 3, 2026 ♥ 4", layout=layout).posts
    assert (post.text, post.stats.likes) == ("Room 12", 4)


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
        ("%b %d %Y, %I:%M %p", "dec 31 2025, 12:30 pm", datetime(2025, 12, 31, 12, 30), None),
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
    monkeypatch.setattr("postdump.layouts._dates.REMEMBERED", 3)
    layout = Layout(name="harbour", marker="{posted_at:%Y-%m-%d %H:%M} ♥ {likes}")
    shown = [f"{2000 + year}-02-{day:02} {day:02}:{year:02} ♥ 4" for year in range(9) for day in range(1, 10)]
    page = parse("\n".join(shown), layout=layout)
    assert [f"{post.posted_at:%Y-%m-%d %H:%M} ♥ 4" for post in page.posts] == shown
    clock = compile_layout(layout).marker.clock
    assert len(clock.days) <= 3
    assert len(clock.times) <= 3


@pytest.mark.parametrize(
    ("marker", "shown"),
    [
        ("{posted_at:%d.%m.%Y • %H:%M} ♥ {likes}", "03.02.2026 • 17:04 ♥ 4"),
        ("{posted_at:%d.%m.%Y • %H:%M} ♥ {likes}", "03.02.2026 β 17:04 β 4"),
        ("{posted_at:%H:%M on %d.%m.%Y}: {likes} likes", "17:04 on 03.02.2026: 4 likes"),
        ("♥ {likes} {posted_at:%d.%m.%Y %H:%M}", "♥ 4 03.02.2026 17:04"),
        ("♥ {likes} {posted_at:%d.%m.%Y %H:%M} ★", "♥ 4\n03.02.2026\n17:04 ★"),
        ("— @{handle} {posted_at:%d.%m.%Y %H:%M} ♥ {likes}", "— @ada.example.social 03.02.2026 17:04 ♥ 4"),
        ("by {name} at {posted_at:%d.%m.%Y %H:%M} ♥ {likes}", "by  Ada  Example at 03.02.2026 17:04 ♥ 4"),
    ],
)
def test_other_templates(marker, shown):
    (post,) = parse(f"Ahoy.\n{shown}", layout=Layout(name="harbour", marker=marker)).posts
    assert post.text == "Ahoy."
    assert post.lines[-1].text == shown
    assert (post.stats.posted_at, post.stats.likes) == (datetime(2026, 2, 3, 17, 4), 4)


@pytest.mark.parametrize("count", ["", "12.", "0"])
def test_a_torn_marker_takes_nothing_from_the_next(count):
    torn = f"{CLEAN.removesuffix(' 0')}{' ' * bool(count)}{count}"
    page = parse(f"Ahoy.\n{torn}\n{CLEAN.replace('03.', '12.')}", layout=BSKYVIEW)
    assert [post.posted_at.day for post in page.posts][-1] == 12
    assert [post.stats.quotes for post in page.posts][-1] == 0
    assert len(page.posts) == (1 if count == "" else 2)


def test_a_number_is_not_entered_half_way():
    layout = Layout(name="harbour", marker="♥ {likes} ↺ {reposts}")
    assert parse(f"{'1' * 16} ↺ 3", layout=layout).posts == ()
    assert len(parse(f"{'1' * 15} ↺ 3", layout=layout).posts) == 1


@pytest.mark.parametrize(("gap", "is_marker"), [(64, True), (65, False)])
def test_the_longest_gap(gap, is_marker):
    for filling in (" ", "π", "\u00a0"):
        inside = filling * (gap - 2)
        assert bool(markers(CLEAN.replace("4 🔁 3", f"4 {inside} 3"))) is is_marker
        assert bool(markers(CLEAN.replace("4 🔁 3", f"4 \n{inside[1:]} 3"))) is is_marker


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", " \n ", "\t\r\n\t"])
def test_a_line_break_for_each_run_of_white_space(end):
    for breaks in range(5):
        assert bool(markers(CLEAN.replace(" — 👍 ", f" —{end * breaks} 👍 "))) is (breaks <= 3), breaks
        assert bool(markers(CLEAN.replace(" 🔁 ", f" 🔁{end * breaks} "))) is (breaks <= 2), breaks
        assert bool(markers(CLEAN.replace("2026 17", f"2026{end * breaks}17"))) is (breaks == 1), breaks


@pytest.mark.parametrize("code", [*range(32), 127, 0x80, 0x9F, 0xA0])
def test_control_characters_in_gaps(code):
    """A damage may leave any byte of an icon; only line breaks have a number."""
    shown = CLEAN.replace("🔁", f"π{chr(code)}").replace(" 💬", f" {chr(code)} π")
    assert markers(shown) == [shown]
    assert parse_stats(shown) == parse_stats(CLEAN)
    assert parse(shown).posts[0].stats == parse_stats(CLEAN)


GAPS = (
    *("—", "👍", "π", "?", " ", "  ", "\n", "\r", "\r\n", "\t", "\u00a0", "\x85", "\x00", "\x7f", "٤", "x"),
    *(" " * 62, "π" * 62, " " * 63 + "π", "\n\n", " π ", " \n", "."),
)
DATES = (
    *("03.02.2026 17:04", "04.02.2026 00:00", "31.02.2026 24:00"),
    *("03.02.2026\r\n 17:04", "02.13.2026  17:04", "3.2.2026"),
)
WORDS = {"name": ("Ada", "Ada Example", "4", "π"), "handle": ("ada.example.social", "4", "-")}
NUMBERS = ("0", "4", "12", "007", "9" * 15, "9" * 16, "1,405", "6.4K", "٤", "02026 was a good year", DATES[0])


def harbour(marker):
    return Layout(name="harbour", marker=marker)


LAYOUTS = [
    (BSKYVIEW, DATES),
    (harbour("[{posted_at:%Y-%m-%d}] ♥ {likes} at"), ("2026-02-03", "2026-2-03")),
    (harbour("♥ {likes:short} by {name} at {posted_at:%-d %b %Y}"), ("3 Feb 2026", "31 Feb 2026")),
    (harbour("{posted_at:%d.%m.%Y %H:%M}♥{quotes}🔁{replies:grouped}💬{likes} ★"), DATES),
    (harbour("★ {likes} {reposts} ♥ {handle} 💬 {replies}"), ()),
    (harbour("{likes} {posted_at:%d.%m.%Y %H:%M}"), DATES),
]


@st.composite
def near_markers(draw, layout, dates):
    """Draw a marker with some of its fields and gaps changed for others."""
    marker = compile_layout(layout).marker
    written = [marker.gaps[0]]
    for name, gap in zip(marker.fields, marker.gaps[1:], strict=True):
        written += [
            draw(st.sampled_from(dates if name == "posted_at" else WORDS.get(name, NUMBERS[:3]))),
            gap,
        ]
    for at in draw(st.lists(st.integers(0, len(written) - 1), max_size=2)):
        others = (
            st.sampled_from(NUMBERS) if at % 2 else st.lists(st.sampled_from(GAPS), max_size=3).map("".join)
        )
        written[at] = draw(others)
    return "".join(written)


@pytest.mark.slow
@pytest.mark.parametrize(("layout", "dates"), LAYOUTS, ids=[layout.marker for layout, _ in LAYOUTS])
@settings(max_examples=max(300, settings.default.max_examples))
@given(st.data())
def test_the_finder_finds_what_the_pattern_does(layout, dates, data):
    marker = compile_layout(layout).marker
    text = "".join(data.draw(st.lists(near_markers(layout, dates), min_size=1, max_size=4)))
    found = list(marker.finder.finditer(text))
    again = list(marker.pattern.finditer(text))
    assert [match.span() for match in found] == [match.span() for match in again]
    for match, whole in zip(found, again, strict=True):
        posted_at = marker.posted_at(whole.groups())
        assert marker.clock is None or posted_at == marker.clock.moment(match[1])
        stats = marker.read(match[0], posted_at)
        assert stats == marker.stats(whole.groups(), posted_at)
        assert all(hasattr(stats, field.name) for field in fields(Stats))
    if isinstance(marker.finder, (ByNumber, ByYear)):
        numbers = [number.start() for number in NUMBER.finditer(text)]
        among = marker.finder.among(text, numbers)
        assert [match.span() for match in among] == [match.span() for match in found]
    dates = [marker.posted_at(whole.groups()) for whole in again]
    each = [marker.read(match[0], date) for match, date in zip(found, dates, strict=True)]
    assert list(marker.read_all([match[0] for match in found], dates)) == each


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        ("%d.%m.%Y %H:%M", ("03.02.2026 17:04", "03.02.2026\u00a0\n 17:04")),
        ("%d.%m.%Y at %H:%M", ("03.02.2026 at 17:04", "03.02.2026  at\n17:04")),
        ("[%d.%m.%Y] %H:%M", ("[03.02.2026] 17:04", "[03.02.2026]17:04")),
        ("%d.%m.%Y?%H:%M", ("03.02.2026?17:04",)),
        ("%d日%B %Y %H:%M", ("03日February 2026 17:04", "03February 2026 17:04")),
        ("%Y年%m月%d日%H:%M", ("2026年02月03日17:04", "2026? 02β03é17:04")),
    ],
)
def test_markers_read_together(date, shown):
    """Where dates are not always as many words, each marker is read by itself."""
    marker = compile_layout(
        Layout(name="harbour", marker=BSKYVIEW.marker.replace("%d.%m.%Y %H:%M", date))
    ).marker
    found = [f"{one} — 👍 {n} 🔁 3 ? 0 📌 1000" for n, one in enumerate((*shown, *shown[::-1]))]
    when = datetime(2026, 2, 3, 17, 4)
    stats = list(marker.read_all(found, [when] * len(found)))
    assert [(one.likes, one.reposts, one.replies, one.quotes) for one in stats] == [
        (n, 3, 0, 1000) for n in range(len(found))
    ]
    assert stats == [marker.stats(marker.pattern.fullmatch(one).groups(), when) for one in found]


@pytest.mark.parametrize(
    ("marker", "kind"),
    [
        (BSKYVIEW.marker, ByNumber),
        ("{age} {likes}", ByNumber),
        ("{likes} likes", ByNumber),
        ("{posted_at:%B %d, %Y} {likes}", ByYear),
        ("{posted_at:%d %B %Y|%B %d, %Y} {likes}", None),
        ("{posted_at:%d.%m.%Y|%Y-%m-%d} {likes}", ByNumber),
        ("♥ {likes}", None),
        ("[{posted_at:%d.%m.%Y}] {likes}", None),
        ("{handle} {likes}", None),
    ],
)
def test_what_is_searched_for_by_its_number(marker, kind):
    """Where anything may stand before the first number, that number does not tell where a marker begins."""
    finder = compile_layout(Layout(name="harbour", marker=marker)).marker.finder
    assert isinstance(finder, kind or type(NUMBER))


def test_a_count_like_a_year_begins_no_date():
    finder = compile_layout(Layout(name="harbour", marker="{posted_at:%B %d, %Y} ♥ {likes}")).marker.finder
    text = "February 03, 2026 ♥ 2026\nFebruary 04, 2026 ♥ 4"
    assert [match.start() for match in finder.finditer(text)] == [0, 25]
    assert [match.start() for match in finder.among(text, [9, 13, 20, 34, 38, 45])] == [0, 25]


def test_a_marker_without_a_date():
    layout = Layout(name="harbour", marker="♥ {likes}  ↺ {reposts} ★", stands="before")
    page = parse("♥ 4 ↺ 3 ★\nAhoy.\n♥ 5\n↺ 6\nAhoy again.", layout=layout)
    assert [(post.text, post.stats.likes, post.posted_at) for post in page.posts] == [
        ("Ahoy.", 4, None),
        ("Ahoy again.", 5, None),
    ]
    assert compile_layout(layout).marker.posted_at(("4", "3")) is None


@pytest.mark.slow
def test_random_numbers_stay_as_seeded():
    # The regex package's own cache holds 500 patterns, and throws some out at random.
    for n in range(600):
        regex.compile(f"filler {n}")
    before = random.getstate()
    for n in range(120):
        parse(f"3 likes, {n}", layout=Layout(name=f"own-{n}", marker=f"{{likes}} likes, {n}"))
    assert random.getstate() == before


@pytest.mark.parametrize("shown", [4, 3, 1])
def test_plain_markers_show_the_first_counts(shown):
    icons = " ".join(f"♥ {{{name}}}" for name in COUNTS[:shown])
    layout = Layout(name="harbour", marker=f"{{posted_at:%d.%m.%Y %H:%M}} — {icons}")
    assert compile_layout(layout).marker.plain_words == 2 + shown
    line = f"03.02.2026 17:04 — {' '.join('♥ 4321'[: 2 + number] for number in range(1, 1 + shown))}"
    stats = [post.stats for post in parse(f"Ahoy.\n{line}\nLow tide.\n{line}\n", layout=layout).posts]
    counts = dict(zip(COUNTS, (4, 43, 432, 4321)[:shown], strict=False))
    assert stats == [Stats(posted_at=datetime(2026, 2, 3, 17, 4), **counts)] * 2


def test_a_repost_line_is_no_part_of_plain_counts():
    layout = evolve(BSKYVIEW, stands="before", reposts=("Reposted by {name}",))
    text = f"Reposted by Bo Example\n{CLEAN}\nAhoy.\n{CLEAN}\nLow tide.\n"
    stats = [post.stats for post in parse(text, layout=layout).posts]
    assert stats == [parse_stats(CLEAN)] * 2
