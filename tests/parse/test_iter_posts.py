# SPDX-License-Identifier: MIT
"""Posts of a text that is never held whole are those of the whole text."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postdump import Layout, iter_posts, parse
from postdump._parse import iter_posts as stream
from postdump.layouts import BSKYVIEW, FLAT, Stands

STATS = "{day:02}.02.2026 17:04{nl}— 👍 4 🔁 3 💬 0 📌 {n}"
BEFORE = Layout(name="harbour", marker="[{posted_at:%Y-%m-%d}] ♥ {likes}", stands=Stands.BEFORE)


def lines_of(text):
    """Cut a text as an open file with newline="" does."""
    found, line = [], ""
    for char, after in zip(text, [*text[1:], ""], strict=True):
        line += char
        if char == "\n" or (char == "\r" and after != "\n"):
            found.append(line)
            line = ""
    return [*found, line] if line else found


REACH = 150
"""Enough for the markers of these tests, and less than a few posts: some are given out before the end."""


@pytest.fixture(params=[1, 40, 300, 1 << 16])
def _rounds(request, monkeypatch):
    monkeypatch.setattr(stream, "ROUND", request.param)
    monkeypatch.setattr(stream, "REACH", REACH)


def pages():
    post = st.tuples(
        st.lists(st.sampled_from(["Ahoy.", "", "Posts by Ada", "éa", "4"]), max_size=3),
        st.integers(1, 28),
        st.sampled_from(["\n", "", " \r\n"]),
    )
    return st.lists(post, max_size=8).map(
        lambda posts: (
            "".join(
                "\n".join(words) + "\n" + STATS.format(day=day, n=len(words), nl=glue or " ") + glue
                for words, day, glue in posts
            )
            + "A bio.\n"
        )
    )


@given(pages(), st.sampled_from(["", "Posts by Ada\r\n"]), st.sampled_from([1, 40, 300, 1 << 16]))
def test_as_the_whole(text, above, size):
    text = above + text
    whole = parse(text, layout=BSKYVIEW, name="page.txt").posts
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stream, "ROUND", size)
        patch.setattr(stream, "REACH", REACH)
        assert tuple(iter_posts(lines_of(text), layout=BSKYVIEW, name="page.txt")) == whole


def test_a_cut_within_a_line_break(monkeypatch):
    """What is kept for patterns to look back at may begin between \\r and \\n: still one line."""
    monkeypatch.setattr(stream, "ROUND", 1)
    monkeypatch.setattr(stream, "REACH", REACH)
    for length in range(80):
        text = "".join(f"{'a' * length}\r\n{STATS.format(day=day, n=0, nl=' ')}\r\n" for day in range(1, 9))
        posts = tuple(iter_posts(lines_of(text), layout=BSKYVIEW, name="page.txt"))
        assert posts == parse(text, layout=BSKYVIEW, name="page.txt").posts


@pytest.mark.parametrize("size", [1, 40, 300])
def test_markers_glued_to_each_other(monkeypatch, size):
    """Wherever a round ends: a date is read behind the 0 of a marker that an earlier round gave out."""
    monkeypatch.setattr(stream, "ROUND", size)
    monkeypatch.setattr(stream, "REACH", REACH)
    lines = [STATS.format(day=n % 28 + 1, n=0, nl=" ") + "\n" * (n % 9 == 8) for n in range(90)]
    found = list(iter_posts(lines, layout=BSKYVIEW))
    assert len(found) == len(lines)
    assert found == list(parse("".join(lines), layout=BSKYVIEW, name="").posts)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("size", [1, 999, 5000, 1 << 16])
def test_a_long_text(monkeypatch, end, size):
    """With the reach that markers of any layout may need."""
    monkeypatch.setattr(stream, "ROUND", size)
    lines = [line for day in range(1, 29) for line in ("Ahoy.", "", STATS.format(day=day, n=day, nl=" "))]
    text = end.join(lines * 16)
    assert len(text) > 2 * stream.REACH
    given_out = list(iter_posts(lines_of(text), layout=BSKYVIEW, name="page.txt"))
    assert tuple(given_out) == parse(text, layout=BSKYVIEW, name="page.txt").posts
    if size < 5000:
        assert len(given_out[0]._source.page.text) < len(text) / 2


@pytest.mark.usefixtures("_rounds")
@pytest.mark.parametrize(
    ("marker", "shown"),
    [
        ("{posted_at:%d.%m.%Y %H:%M} ♥ {likes} ", "03.02.2026 17:04 ♥ {n}\n   \t"),
        ("{posted_at:%d.%m.%Y %H:%M} ♥ {likes} ★", "03.02.2026 17:04 ♥ {n} ★\n"),
        ("{posted_at:%d.%m.%Y %H:%M} ♥ {likes}", "03.02.2026 17:04 ♥\n12.02.2026\n17:04 ♥ {n}"),
        ("{posted_at:%d.%m.%Y %H:%M} ♥ {likes}", "03.02.2026\n17:04\n♥\n{n}"),
    ],
)
def test_markers_that_the_next_line_changes(marker, shown):
    layout = Layout(name="harbour", marker=marker)
    text = "".join(f"Ahoy.\n{shown.format(n=n)}\n" for n in range(1, 20))
    posts = tuple(iter_posts(lines_of(text), layout=layout, name="page.txt"))
    assert posts == parse(text, layout=layout, name="page.txt").posts
    assert len(posts) == 19


@pytest.mark.usefixtures("_rounds")
def test_markers_before_the_text():
    text = "A bio.\n" + "".join(
        f"[2026-02-{day:02}] ♥ {day}\nAhoy {day}.\r\n\r\nAgain.\n" for day in range(1, 9)
    )
    posts = tuple(iter_posts(lines_of(text), layout=BEFORE))
    assert posts == parse(text, layout=BEFORE, name="").posts
    assert len(posts) == 8


@pytest.mark.usefixtures("_rounds")
def test_the_order_of_day_and_month():
    text = "".join(f"Ahoy.\n02.{day:02}.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0\n" for day in range(1, 29))
    assert [p.posted_at.day for p in iter_posts(lines_of(text), layout=BSKYVIEW, day_first=False)] == [
        *range(1, 29)
    ]
    assert len(list(iter_posts(lines_of(text), layout=BSKYVIEW, day_first=True))) == 12
    assert len(list(iter_posts(lines_of(text), layout=BSKYVIEW))) == 12


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.usefixtures("_rounds")
def test_open_files(tmp_path, end):
    """Read in larger pieces, they give what their lines give: from where they stand."""
    shown = [STATS.format(day=n % 28 + 1, n=n, nl=" ") + end + "Ahoy é." * 7 + end for n in range(40)]
    path = tmp_path / "dump.txt"
    path.write_bytes("".join(["A line.", end, *shown]).encode())
    expected = list(iter_posts(lines_of("".join(shown)), layout=BSKYVIEW))
    assert len(expected) == len(shown)
    with path.open(encoding="utf-8", newline="") as file:
        assert file.readline() == f"A line.{end}"
        assert list(iter_posts(file, layout=BSKYVIEW)) == expected
        assert file.read() == ""
    assert list(iter_posts(io.StringIO("".join(shown), newline=""), layout=BSKYVIEW)) == expected


def test_nothing_to_find():
    assert list(iter_posts(["Ahoy.\n"], layout=FLAT)) == []
    assert list(iter_posts([], layout=BSKYVIEW)) == []
    assert list(iter_posts(["Ahoy.\n"] * 10, layout=BSKYVIEW)) == []


def test_memory_holds_no_more_than_a_few_rounds():
    """What was given out is let go: the texts that posts refer to are short."""
    line = "Ahoy, again and again and again.\n"
    stats = "03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0\n"
    longest = 0
    for post in iter_posts((one for _ in range(20_000) for one in (line, stats)), layout=BSKYVIEW):
        longest = max(longest, len(post._source.page.text))
    assert longest < 4 * stream.ROUND


def test_long_stretches_without_a_marker_are_searched_a_few_times(monkeypatch):
    searched = []

    def page(text, *args, **options):
        searched.append(len(text))
        return made(text, *args, **options)

    made = stream.build_page
    monkeypatch.setattr(stream, "build_page", page)
    monkeypatch.setattr(stream, "ROUND", 100)
    assert list(iter_posts(["Ahoy.\n"] * 20_000, layout=BSKYVIEW)) == []
    assert sum(searched) < 4 * 6 * 20_000
