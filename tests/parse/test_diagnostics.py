# SPDX-License-Identifier: MIT
"""What is wrong with a text that is nearly a marker: code, message, and the exact place."""

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import postdump
from postdump import Layout, Span, StatsError, parse, parse_stats
from postdump.layouts import BSKYVIEW, FLAT, Stands
from postdump.strategies import layouts

ROOT = Path(__file__).parent.parent.parent
MARKER = "03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0"
GREEK = "03.02.2026 17:04 β π 4 π 3 π¬ 0 π 0"
SPLIT = "03.02.2026 17:04\n👍 4\n🔁 3\n💬 0\n📌 0"

TORN = "expected a number after '— 👍'"
NOTHING = "expected nothing after the marker"
NO_DAY = "expected a day and a time that exist"
TOO_LONG = "expected at most 15 digits and no leading zero"
LONG = f"{TOO_LONG} after"
NO_DATE = "expected a date before the counts"


def shown(line, **options):
    """Diagnose a line among others: each problem as code, message, and the line with its place marked."""
    before = f"Ahoy.\n{MARKER}\n"
    dump = parse(f"{before}{line}\nLow tide.\n{MARKER}\n", **options)
    marked = []
    for one in dump.diagnostics:
        start, end = one.span.start - len(before), one.span.end - len(before)
        marked.append((one.code, one.message, f"{line[:start]}[{line[start:end]}]{line[end:]}"))
    if marked:  # whatever is wrong with it, the line stays text
        assert len(dump.posts) == 2
        assert all(part in dump.posts[1].text for part in line.split())
    return marked


@pytest.mark.parametrize(
    ("line", "code", "message", "place"),
    [
        # dates that do not exist
        ("31.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0", "stats-date", NO_DAY,
         "[31.02.2026 17:04] — 👍 4 🔁 3 💬 0 📌 0"),
        ("03.02.2026 24:00 — 👍 4 🔁 3 💬 0 📌 0", "stats-date", NO_DAY,
         "[03.02.2026 24:00] — 👍 4 🔁 3 💬 0 📌 0"),
        ("03.02.0000 17:60\n👍 4\n🔁 3\n💬 0\n📌 0", "stats-date", NO_DAY,
         "[03.02.0000 17:60]\n👍 4\n🔁 3\n💬 0\n📌 0"),
        ("31.02.2026 17:04 β π 4 π", "stats-date", NO_DAY,
         "[31.02.2026 17:04] β π 4 π"),
        # counts that are none
        ("03.02.2026 17:04 — 👍 1234567890123456 🔁 3 💬 0 📌 0", "stats-long-count", f"{LONG} '— 👍'",
         "03.02.2026 17:04 — 👍 [1234567890123456] 🔁 3 💬 0 📌 0"),
        ("03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 1234567890123456", "stats-long-count", f"{LONG} '📌'",
         "03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 [1234567890123456]"),
        ("03.02.2026 17:04 — 👍 007 🔁 3 💬 0 📌 0", "stats-long-count", f"{LONG} '— 👍'",
         "03.02.2026 17:04 — 👍 [007] 🔁 3 💬 0 📌 0"),
        ("03.02.2026 17:04 — 👍 4 🔁 03 💬 0 📌 0", "stats-long-count", f"{LONG} '🔁'",
         "03.02.2026 17:04 — 👍 4 🔁 [03] 💬 0 📌 0"),
        ("03.02.2026 17:04\n👍 4\n🔁\n12345678901234567\n💬 0\n📌 0", "stats-long-count", f"{LONG} '🔁'",
         "03.02.2026 17:04\n👍 4\n🔁\n[12345678901234567]\n💬 0\n📌 0"),
        # digits of other scripts
        ("03.02.2026 17:04 — 👍 ٤ 🔁 3 💬 0 📌 0", "stats-digit", "expected ASCII digits after '— 👍'",
         "03.02.2026 17:04 — 👍 [٤] 🔁 3 💬 0 📌 0"),
        ("03.02.2026 17:04 — 👍 4 🔁 １２ 💬 0 📌 0", "stats-digit", "expected ASCII digits after '🔁'",
         "03.02.2026 17:04 — 👍 4 🔁 [１２] 💬 0 📌 0"),
        ("03.02.2026 17:04 β π 4 π ३ π¬ 0 π 0", "stats-digit", "expected ASCII digits after '🔁'",
         "03.02.2026 17:04 β π 4 π [३] π¬ 0 π 0"),
        ("03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 ²", "stats-digit", "expected ASCII digits after '📌'",
         "03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 [²]"),
        ("03.02.2026 17:04\n👍 4\n🔁 ٣\n💬 0\n📌 0", "stats-digit", "expected ASCII digits after '🔁'",
         "03.02.2026 17:04\n👍 4\n🔁 [٣]\n💬 0\n📌 0"),
        ("٠٣.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0", "stats-no-date", NO_DATE,
         "٠٣.02.2026 17:04 [— 👍 4 🔁 3 💬 0 📌 0]"),
        # numbers that are missing
        ("03.02.2026 17:04 — 👍 4 🔁 💬 0 📌 0", "stats-no-count", "expected a number after '🔁'",
         "03.02.2026 17:04 — 👍 4 🔁 [💬] 0 📌 0"),
        ("03.02.2026 17:04 β π 4 π π¬ 0 π 0", "stats-no-count", "expected a number after '🔁'",
         "03.02.2026 17:04 β π 4 π [π]¬ 0 π 0"),
        ("03.02.2026 17:04 — 👍 4 🔁 x 💬 0 📌 0", "stats-no-count", "expected a number after '🔁'",
         "03.02.2026 17:04 — 👍 4 🔁 [x] 💬 0 📌 0"),
        ("03.02.2026 17:04 — 👍 4 🔁 -3 💬 0 📌 0", "stats-no-count", "expected a number after '🔁'",
         "03.02.2026 17:04 — 👍 4 🔁 [-]3 💬 0 📌 0"),
        ("03.02.2026 17:04 — 👍 4 ❤ x", "stats-no-count", "expected a number after '🔁'",
         "03.02.2026 17:04 — 👍 4 ❤ [x]"),
        ("03.02.2026 17:04\n👍 4\n🔁\n💬 0\n📌 0", "stats-no-count", "expected a number after '🔁'",
         "03.02.2026 17:04\n👍 4\n🔁[]\n💬 0\n📌 0"),
        # icons that are missing
        ("03.02.2026 17:04 — 👍 4 3 💬 0 📌 x", "stats-no-gap", "expected '🔁' and a number",
         "03.02.2026 17:04 — 👍 4 [3] 💬 0 📌 x"),
        ("03.02.2026 17:04 — 👍4 🔁 3", "stats-no-gap", "expected white space",
         "03.02.2026 17:04 — 👍[4] 🔁 3"),
        ("03.02.2026 17:04— 👍 4 🔁 3", "stats-no-gap", "expected white space",
         "03.02.2026 17:04[—] 👍 4 🔁 3"),
        ("03.02.2026 17:04 — 👍 4, 🔁 3", "stats-no-gap", "expected '🔁' and a number",
         "03.02.2026 17:04 — 👍 4[,] 🔁 3"),
        ("03.02.2026 17:04 — 👍 4 🔁 3Low tide at nine.", "stats-no-gap", "expected '💬' and a number",
         "03.02.2026 17:04 — 👍 4 🔁 3[L]ow tide at nine."),
        # a dash at the end of a line is the beginning of icons, on a page that has some
        ("03.02.2026 17:04 —", "stats-no-count", TORN, "03.02.2026 17:04 —[]"),
        ("03.02.2026 17:04 β \t", "stats-no-count", TORN, "03.02.2026 17:04 β \t[]"),
        ("03.02.2026 17:04 —\n2026 was fine", "stats-no-count", TORN, "03.02.2026 17:04 —[]\n2026 was fine"),
        # dates that are missing
        ("3.2.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0", "stats-no-date", NO_DATE,
         "3.2.2026 17:04 [— 👍 4 🔁 3 💬 0 📌 0]"),
        ("yesterday β π 4 π 3 π¬ 0 π 0 and so on", "stats-no-date", NO_DATE,
         "yesterday [β π 4 π 3 π¬ 0 π 0] and so on"),
        ("👍 4\n🔁 3\n💬 0\n📌 0", "stats-no-date", NO_DATE, "[👍 4\n🔁 3\n💬 0\n📌 0]"),
    ],
)  # fmt: skip
def test_one_problem(line, code, message, place):
    assert shown(line) == [(code, message, place)]


@pytest.mark.parametrize("marker", [MARKER, GREEK, SPLIT])
def test_torn_at_every_place(marker):
    """Half a marker at the end of a line: a date alone says nothing, any icon after it does."""
    for at in range(1, len(marker)):
        torn = marker[:at].rstrip("\n")
        told = shown(torn)
        if torn.rstrip()[16:] == "":
            assert told == []
        else:
            ((code, _, place),) = told
            assert code == ("stats-no-gap" if torn.rstrip()[-1] in "0123456789" else "stats-no-count")
            assert place == f"{torn}[]"


@pytest.mark.parametrize("marker", [MARKER, GREEK])
def test_torn_in_front_at_every_place(marker):
    """The other half: two icons, each with its count, are no text."""
    icons = [at for at, char in enumerate(marker) if char in "—👍🔁💬📌βπ" and marker[at - 1] == " "]
    for at in range(1, len(marker)):
        rest = [icon for icon in icons if icon >= at]
        told = shown(marker[at:])
        if len(rest) > 1:
            place = f"{marker[at : rest[0]]}[{marker[rest[0] :]}]"
            assert told == [("stats-no-date", NO_DATE, place)]
        else:
            assert told == []


PROSE = [
    "13.05.2025 19:34 — he said",
    "13.05.2025 19:34 — 4 of us met",
    "13.05.2025 19:34 – 4",
    "on 13.05.2025 19:34 we met",
    "on 13.05.2025 19:34 —",
    "13.05.2025 19:34",
    "13.05.2025 19:34 👍 it is",
    "13.05.2025 19:34 — Αθήνα 4 άτομα",
    "13.05.2025 19:34 (4)",
    "13.05.2025 19:34?",
    "31.02.2026 25:00 is no date",
    "At 31.02.2026 17:04 4 3 0 0 gulls were seen",
    "👍 4 people, 🔁 twice",
    "📌 4",
]


@pytest.mark.parametrize("line", PROSE)
def test_prose_has_no_problems(line):
    assert shown(line) == []
    alone = parse(line)
    assert [one.code for one in alone.diagnostics] == ["no-marker"]
    assert alone.layouts == ("flat",)


def test_a_page_without_markers():
    dump = parse("Just\na bio.")
    ((problem),) = dump.diagnostics
    assert (problem.code, problem.message) == ("no-marker", "expected a marker of some layout")
    assert problem.span == Span(start=0, end=len(dump.text))
    assert parse("").diagnostics[0].span == Span(start=0, end=0)
    assert [one.code for one in parse("Just a bio.", layout=BSKYVIEW).diagnostics] == ["no-marker"]


def test_a_page_that_is_flat_by_choice():
    assert parse("Just a bio.", layout=FLAT).diagnostics == ()
    assert parse(f"Ahoy.\n{MARKER[:30]}", layout=FLAT).diagnostics == ()


def test_problems_stand_in_order():
    text = f"{MARKER[17:]}\nAhoy.\n31.02.2026{MARKER[10:]}\nAhoy.\n{MARKER[:30]}\nAhoy."
    problems = parse(text).diagnostics
    assert [one.code for one in problems] == ["no-marker", "stats-no-date", "stats-date", "stats-no-gap"]
    assert [one.span.start for one in problems[1:]] == sorted(one.span.start for one in problems[1:])


def test_half_a_marker_before_a_whole_one():
    """The date that follows is not the count that is missing."""
    for torn in (MARKER[:-2], MARKER[:-1]):
        text = f"{torn}\n{MARKER}\nAhoy."
        dump = parse(text)
        assert len(dump.posts) == 1
        assert [(one.code, one.span.start) for one in dump.diagnostics] == [("stats-no-count", len(torn))]


def test_a_marker_glued_to_another():
    dump = parse(f"Ahoy.\n{MARKER}{MARKER[:30]} and so on")
    assert [one.code for one in dump.diagnostics] == []


DATED_LAST = Layout(name="last", marker="♥ {likes} ↻ {reposts} · {posted_at:%d.%m.%Y}", stands=Stands.BEFORE)
NAMED = Layout(name="named", marker="{posted_at:%d.%m.%Y} — {name}: {likes} by @{handle} · {reposts}")
WORDS = Layout(name="words", marker="{posted_at:%d.%m.%Y}, {likes} likes, {reposts:short} reposts today")
BARE = Layout(name="bare", marker="{posted_at:%d.%m.%Y %H:%M} {likes} {reposts}")


@pytest.mark.parametrize(
    ("layout", "text", "code", "message", "start", "end"),
    [
        (BSKYVIEW, "", "no-stats", "expected a stats line", 0, 0),
        (BSKYVIEW, " \n", "no-stats", "expected a stats line", 0, 2),
        (BSKYVIEW, "👍 4", "no-stats", "expected a stats line", 0, 3),
        (BSKYVIEW, " \nx\ny", "no-stats", "expected a stats line", 0, 5),
        (BSKYVIEW, "03.02.2026 17:04", "stats-no-gap", "expected '— 👍' and a number", 16, 16),
        (BSKYVIEW, "03.02.2026 17:04 and so on", "stats-no-gap", "expected '— 👍' and a number", 17, 18),
        (BSKYVIEW, "03.02.2026 17:045 — 👍 4", "stats-no-gap", "expected '— 👍' and a number", 16, 17),
        (BSKYVIEW, f" \n{MARKER[:24]}", "stats-no-count", "expected a number after '🔁'", 26, 26),
        (BSKYVIEW, f"{MARKER} x\ny", "stats-text-after", NOTHING, 35, 36),
        (BSKYVIEW, f"{MARKER}\r\n\r\nx y\rz", "stats-text-after", NOTHING, 38, 41),
        (BSKYVIEW, f"{MARKER}7", "stats-text-after", NOTHING, 34, 35),
        (BSKYVIEW, f"31{MARKER[2:]}", "stats-date", NO_DAY, 0, 16),
        # an icon in front is sought at the start of a line, also of one that is indented
        (DATED_LAST, "  ♥ 4 ↻ 3 · 31.02.2026", "stats-date", NO_DAY, 12, 22),
        (DATED_LAST, "♥ 4 ↻ 3 · yesterday", "stats-no-date", "expected a date after '·'", 10, 11),
        (DATED_LAST, "♥ 4 ↻ x", "stats-no-count", "expected a number after '↻'", 6, 7),
        (NAMED, "03.02.2026 —", "stats-no-name", "expected a name after '—'", 12, 12),
        (NAMED, "03.02.2026 — Ada 4", "stats-no-gap", "expected ':' and a number", 14, 15),
        (NAMED, "03.02.2026 — Ada: 4 by @-", "stats-no-name", "expected a name after 'by @'", 24, 25),
        (NAMED, "03.02.2026 — Ada: 4 by @ada", "stats-no-gap", "expected '·' and a number", 27, 27),
        (WORDS, "03.02.2026; 4", "stats-no-gap", "expected ',' and a number", 10, 11),
        (WORDS, "03.02.2026, many likes", "stats-no-count", "expected a number after ','", 12, 13),
        (WORDS, "03.02.2026, 4 hearts", "stats-no-gap", "expected 'likes,' and a number", 14, 15),
        (WORDS, "03.02.2026, 4 likes, 1.2K reposts", "stats-no-gap", "expected 'reposts today'", 26, 27),
        (BARE, "03.02.2026 17:04x", "stats-no-gap", "expected white space and a number", 16, 17),
        (BARE, "03.02.2026 17:04 4 x", "stats-no-count", "expected a number", 19, 20),
        (BARE, "03.02.2026 17:04 4 0123456789012345", "stats-long-count", TOO_LONG, 19, 35),
        (BARE, "03.02.2026 17:04 007 3", "stats-long-count", TOO_LONG, 17, 20),
    ],
)  # fmt: skip
def test_what_keeps_a_text_from_being_a_marker(layout, text, code, message, start, end):
    with pytest.raises(StatsError) as caught:
        parse_stats(text, layout=layout)
    error = caught.value
    assert (error.code, error.problem, error.span) == (code, message, Span(start=start, end=end))


def test_the_message():
    with pytest.raises(StatsError) as caught:
        parse_stats("03.02.2026 17:04 — 👍 4 🔁 💬 0 📌 0")
    assert str(caught.value) == (
        "expected a number after '🔁' (1:26, stats-no-count)\n"
        "    03.02.2026 17:04 — 👍 4 🔁 💬 0 📌 0\n"
        "                               ^^"
    )


pieces = st.sampled_from(
    [
        MARKER,
        GREEK,
        SPLIT,
        *MARKER,
        "\n",
        "\r\n",
        "β",
        "π",
        "٤",
        " ",
        "x",
        MARKER[:20],
        MARKER[:27],
        MARKER[20:],
    ]
)


@pytest.mark.slow
@given(st.lists(pieces, max_size=24).map("".join), st.none() | layouts())
def test_of_any_text(text, layout):
    for one in parse(text, layout=layout).diagnostics:
        assert 0 <= one.span.start <= one.span.end <= len(text)
        assert one.code not in ("no-stats", "stats-text-after")  # those are of `parse_stats` alone
        assert one.message.startswith("expected ")
    try:
        parse_stats(text, layout=layout)
    except StatsError as error:
        where = error.span
    else:
        where = Span(start=0, end=0)
    assert where.end <= len(text)


CODE = re.compile(r"(no|stats|template)(-[a-z]+)+")


def codes_in_source():
    """Return every code there is: strings of their form, and what is given as `code` by name."""
    found = set()
    for path in Path(postdump.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                found.add(node.value)
            if isinstance(node, ast.keyword) and node.arg == "code" and isinstance(node.value, ast.Constant):
                found.add(node.value.value)
    return found


def test_every_code_is_documented():
    page = (ROOT / "docs" / "diagnostics.md").read_text("utf-8")
    entries = re.findall(r"^### `(.+)`$", page, re.MULTILINE)
    assert sorted(entries) == sorted(codes_in_source())
    for entry in page.split("\n### ")[1:]:
        for part in ("**Cause.** ", "\n```python\n>>> ", "**Remedy.** "):
            assert part in entry, entry


def test_no_code_is_renamed():
    """Only add to these: programs know them."""
    assert codes_in_source() >= {
        "no-marker", "no-stats", "stats-date", "stats-digit", "stats-long-count", "stats-no-count",
        "stats-no-date", "stats-no-gap", "stats-no-name", "stats-text-after",
        "template-brace", "template-control", "template-date", "template-field", "template-format",
        "template-glued", "template-long", "template-open", "template-twice",
    }  # fmt: skip
