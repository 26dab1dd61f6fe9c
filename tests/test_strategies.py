# SPDX-License-Identifier: MIT
"""What the strategies draw: pages as LAYOUTS of real ones are, every kind of damage, and trouble."""

import importlib
import sys
from datetime import datetime

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from postdump import C1Policy, Card, Damage, Layout, Stats, parse, parse_stats, strategies
from postdump.layouts import Stands
from postdump.strategies import (
    Shown,
    Style,
    TruePost,
    Truth,
    damages,
    dumps,
    layouts,
    lines,
    pages,
    texts,
)
from postdump.strategies._samples import Choices, apply_damage, draw_layout, fill_template

GREEK = Damage(misread_as="iso-8859-7")

TRUTH = Truth(
    name="Ada Example",
    handle="ada.example.social",
    bio="Harbour engineer.",
    posts=(
        TruePost(
            paragraphs=(("Finally! More here:", "quay.example.org/2026/repairs"), ("Bring a lamp.",)),
            stats=Stats(posted_at=datetime(2026, 2, 3, 17, 4), likes=4, reposts=3, replies=0, quotes=0),
            card=Card(title="Quay repairs start in May", description="The council has approved a plan."),
        ),
        TruePost(
            stats=Stats(posted_at=datetime(2026, 2, 1, 9, 15), likes=110, reposts=16, replies=7, quotes=7),
            pictures=2,
        ),
    ),
    following=("Senior boatswain.", "Just asking questions."),
)

COMPACT = """\
Quay repairs start in May
The council has approved a plan.
Finally! More here:
quay.example.org/2026/repairs
Bring a lamp.
03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0
Post image Post image
01.02.2026 09:15 — 👍 110 🔁 16 💬 7 📌 7
Senior boatswain.
Just asking questions.
"""
SPACED = """\
Ada Example's Avatar

Ada Example

@ada.example.social

Harbour engineer.

1,405 Followers  |  958 Following  |  419 Posts  |  Joined: 19.08.2023  |  2.1178
Posts Following

Preview
Quay repairs start in May The council has approved a plan.

Finally! More here:
quay.example.org/2026/repairs

Bring a lamp.

03.02.2026 17:04 — 👍 4    🔁 3    💬 0    📌 0
Post image Post image

01.02.2026 09:15 — 👍 110    🔁 16    💬 7    📌 7

Senior boatswain.
Just asking questions."""
GLUED = COMPACT.replace("📌 0\n", "📌 0").replace("📌 7\n", "📌 7")
SPLIT = COMPACT.replace(" — ", "\n").replace(" 🔁", "\n🔁").replace(" 💬", "\n💬").replace(" 📌", "\n📌")
DATED = """\
Finally! More here:
quay.example.org/2026/repairs
Bring a lamp.
Quay repairs start in May
The council has approved a plan.
February 3, 2026 at 5:04 PM
Post image Post image
February 1, 2026 at 9:15 AM
Senior boatswain.
Just asking questions.
"""
FLAT = "Finally! More here:\nquay.example.org/2026/repairs\nBring a lamp.\n"


def draw(strategy, size=200):
    """Return examples, the same on every run."""
    drawn = []

    @settings(max_examples=size, database=None, derandomize=True, phases=[Phase.generate])
    @given(strategy)
    def gather(example):
        drawn.append(example)

    gather()
    return drawn


SIMPLEST = [
    (Style.COMPACT, COMPACT),
    (Style.SPACED, SPACED),
    (Style.GLUED, GLUED),
    (Style.SPLIT, SPLIT),
    (Style.DATED, DATED),
    (Style.FLAT, FLAT),
]


@pytest.mark.parametrize(("style", "text"), SIMPLEST, ids=[style.value for style in Style])
def test_simplest_page(style, text):
    simplest = draw(dumps(TRUTH, styles=[style], damage=st.none(), complete=True), size=1)
    assert simplest == [Shown(text=text, truth=TRUTH, style=style, posts=(0, 1))]


def test_complete_dumps_show_all():
    for shown in draw(dumps(TRUTH, styles=[Style.COMPACT], damage=st.none(), complete=True)):
        assert shown.posts == (0, 1)
        assert [post.stats for post in parse(shown.text).posts] == [post.stats for post in TRUTH.posts]


def test_other_dumps_lose_and_change():
    shown = draw(dumps(TRUTH, styles=[Style.COMPACT], damage=st.none()), size=400)
    assert {(), (0,), (1,), (0, 1), (1, 0), (0, 0, 1), (0, 1, 1)} <= {one.posts for one in shown}
    text = "".join(one.text for one in shown)
    for seen in (
        "2026/rep...",
        "👍 5 ",
        "👍 254 ",
        "\r\n",
        "\t",
        "📌 0\n  ",
        "Posts by Ada Example (@ada",
    ):
        assert seen in text
    assert any("Bring a lamp." not in one.text and 0 in one.posts for one in shown)


def test_damaged_runs_are_where_they_are_said_to_be():
    for shown in draw(dumps(TRUTH, styles=[Style.COMPACT], damage=st.just(GREEK), complete=True)):
        assert shown.damage == GREEK
        assert {run.of(shown.text) for run in shown.runs} <= {"β", "π", "π¬"}
    assert draw(dumps(TRUTH, styles=[Style.FLAT], damage=st.just(GREEK)), size=1)[0].damage is None


@pytest.mark.parametrize(
    ("damage", "spared", "left"),
    [
        (GREEK, 0, "β a β b π¬ c"),
        (GREEK, 1, "’ a β b π¬ c"),
        (GREEK, 6, "β a – b 💬 c"),
        (Damage(misread_as="ascii"), 0, " a  b  c"),
    ],
)
def test_damaged(damage, spared, left):
    text, runs = apply_damage("’ a – b 💬 c", damage, spared)
    assert text == left
    assert [run.of(text) for run in runs] == [run for run in left.split() if run in {"β", "π¬"}]


@pytest.mark.parametrize("mixed", [True, False])
def test_mixed_damage_spares_runs(mixed):
    drawn = draw(dumps(TRUTH, styles=[Style.COMPACT], damage=st.just(GREEK), mixed=mixed, complete=True))
    assert any("—" in shown.text for shown in drawn) is mixed
    assert any("β" in shown.text for shown in drawn)


@pytest.mark.parametrize(
    ("template", "written"),
    [
        ("{posted_at:%-d.%-m.%Y %-H:%M:%S %z} ♥ {likes}", "3.2.2026 17:04:00 +01:00 ♥ 1234"),
        ("{posted_at:%B %d, %Y at %-I:%M %p}", "February 03, 2026 at 5:04 PM"),
        (
            "{posted_at:%b %-d %Y, %I:%M %p} • {likes:grouped} {reposts:short}",
            "Feb 3 2026, 05:04 PM • 1,234 0",
        ),
        ("[{posted_at:%m/%d/%Y %H:%M}] {quotes} views", "[02/03/2026 17:04] 7 views"),
    ],
)
def test_filled_templates_read_back(template, written):
    stats = Stats(posted_at=datetime(2026, 2, 3, 17, 4), likes=1234, reposts=0, replies=9, quotes=7)
    assert fill_template(template, stats) == written
    read = parse_stats(written, layout=Layout(name="mine", marker=template))
    assert (read.posted_at or stats.posted_at).date() == stats.posted_at.date()
    assert {read.likes, read.reposts, read.quotes} <= {1234, 0, 7, None}


@pytest.mark.parametrize("stands", list(Stands))
def test_own_layout(stands):
    mine = Layout(name="mine", marker="[{posted_at:%Y-%m-%d %H:%M}] ♥ {likes}", stands=stands)
    for shown in draw(dumps(TRUTH, layout=mine, damage=st.none(), complete=True), size=30):
        posts = parse(shown.text, layout=mine).posts
        assert shown.style is None
        assert [post.stats.likes for post in posts] == [4, 110]
        assert "Bring a lamp." in posts[0].text


def test_every_layout_is_drawn():
    drawn = draw(layouts(), size=500)
    assert {layout.stands for layout in drawn} == set(Stands)
    assert {layout.marker.count("{") for layout in drawn} == {1, 2, 3, 4, 5, 6}
    assert any("posted_at" not in layout.marker for layout in drawn)
    assert any(layout.marker.rpartition("{")[2].startswith("posted_at") for layout in drawn)
    assert draw_layout(Choices(b""), ["likes"]).marker == "{posted_at:%d.%m.%Y %H:%M} — {likes}"


def test_every_damage_is_drawn():
    drawn = draw(damages(), size=500)
    assert {damage.c1_policy for damage in drawn} == set(C1Policy)
    assert any(damage.then for damage in drawn)
    assert not any(damage.then for damage in draw(damages(chains=False)))


def test_texts_are_trouble():
    drawn = draw(texts(), size=500)
    assert "" in drawn
    for seen in ("\r", "\r\n", "\x85", "\u2028", "\x1c", "\ud800", "\x00", "\u202e", "β€™", "٣", "📌 0"):
        assert any(seen in text for text in drawn)
    assert max(map(ord, "".join(drawn))) > 0x20000
    assert all(len(text) < 600 for text in drawn)
    assert draw(texts(max_pieces=0), size=50) != [""]


def test_lines_are_prose():
    drawn = draw(lines(), size=500)
    assert all(line == line.strip() != "" and "\n" not in line for line in drawn)
    assert not any("β€™" in line for line in drawn)
    assert any("β€™" in line for line in draw(lines(quoting=True), size=500))


@given(pages(min_dumps=2, max_dumps=2, min_posts=2, max_posts=2, quoting=False))
def test_pages_show_one_truth(page):
    one, other = page
    assert one.truth is other.truth
    assert len(one.truth.posts) == 2
    assert "β€™" not in one.truth.posts[0].text


def test_post_shows_its_paragraphs():
    assert TRUTH.posts[0].text == "Finally! More here:\nquay.example.org/2026/repairs\n\nBring a lamp."
    assert TRUTH.posts[1].text == ""


def test_every_public_name_has_an_example():
    for name in strategies.__all__:
        assert name == "ANY_DAMAGE" or ">>> " in vars(strategies)[name].__doc__


def test_without_hypothesis(monkeypatch):
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    monkeypatch.delitem(sys.modules, "postdump.strategies")
    with pytest.raises(ImportError, match=r"pip install 'postdump\[hypothesis\]'") as caught:
        importlib.import_module("postdump.strategies")
    assert caught.value.name == "hypothesis"
