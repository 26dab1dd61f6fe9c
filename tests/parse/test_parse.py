# SPDX-License-Identifier: MIT
"""One dump, read without changing a character."""

import copy
import pickle
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest
from attrs import asdict, evolve
from hypothesis import example, given
from hypothesis import strategies as st

from postdump import C1Policy, Damage, DumpErrors, Layout, Role, StatsError, parse, parse_stats
from postdump.damage import describe
from postdump.layouts import BSKYVIEW, FLAT

CLEAN = "03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0"
TEXT = f"Ahoy.\nSee quay.example.org/2026.\n{CLEAN}\nA bio."


def test_names():
    digest = sha256(TEXT.encode()).hexdigest()
    page = parse(TEXT)
    assert (page.sha256, page.name) == (digest, digest[:12])
    assert page.posts[0].readings[0].dump == digest[:12]
    assert parse(TEXT, name="page.txt").name == "page.txt"
    assert parse("\ud800").sha256 == sha256(b"\xed\xa0\x80").hexdigest()


@pytest.mark.parametrize(
    ("given", "known"),
    [
        (None, None),
        (datetime(2026, 2, 4, 12), datetime(2026, 2, 4, 12, tzinfo=UTC)),
        (datetime(2026, 2, 4, 12, tzinfo=timezone(timedelta(hours=2))), datetime(2026, 2, 4, 10, tzinfo=UTC)),
    ],
)
def test_captured_at(given, known):
    page = parse(TEXT, captured_at=given)
    assert page.captured_at == known
    assert page.posts[0].observations[0].captured_at == known


def test_a_post():
    page = parse(TEXT, name="page.txt")
    (post,) = page.posts
    assert post.text == "Ahoy.\nSee quay.example.org/2026."
    assert post.links == ("quay.example.org/2026",)
    assert post.stats == parse_stats(CLEAN)
    assert post.posted_at == datetime(2026, 2, 3, 17, 4)
    assert [line.role for line in post.lines] == [Role.TEXT, Role.TEXT, Role.MARKER]
    assert [(r.line, r.column, r.text) for r in post.readings] == [
        (1, 1, "Ahoy."),
        (2, 1, "See quay.example.org/2026."),
        (3, 1, CLEAN),
    ]
    assert tuple(reading for line in post.lines for reading in line.readings) == post.readings
    assert (post.card, post.author, post.posted_between, post.is_repost) == (None, None, None, False)
    assert (post.inferred, post.repairs, post.conflicts, post.omitted_by) == ((), (), (), ())
    assert [line.text for line in page.unclaimed] == ["A bio."]


def by_lines(text):
    """Read what stands above a marker line by line: the words, and all lines, each with its column."""
    words, shown, is_blank = "", [], False
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        stripped = line.strip(" \t")
        if stripped:
            shown.append((number, line.index(stripped) + 1, stripped))
        if stripped not in ("Posts Following", ""):
            words += ("\n\n" if is_blank else "\n") * bool(words) + stripped
        is_blank = not stripped
    return words, shown


LINES = ("a", "é", " ", "\t", "\n", "\n\n", "\r", "\r\n", "Posts Following\n", "\x85", "\xa0")


@example("a\n a")
@example("a \na")
@example("a\n\n\na")
@example("a\ta\ra")
@given(st.text("a \n") | st.lists(st.sampled_from(LINES)).map("".join))
def test_even_lines_and_others(text):
    """Most posts are cut out of the page as they stand; that is no different from reading line by line."""
    text += "\n"
    (post,) = parse(f"{text}{CLEAN}", layout=BSKYVIEW).posts
    words, shown = by_lines(text)
    assert post.text == words
    assert [(one.line, one.column, one.text) for one in post.readings[:-1]] == shown
    assert tuple(reading for line in post.lines for reading in line.readings) == post.readings
    above = parse(f"{CLEAN}\n{text}{CLEAN}", layout=BSKYVIEW).posts[1]
    assert (above.text, len(above.readings)) == (words, len(post.readings))


def test_a_post_alone_costs_no_look_at_others(monkeypatch):
    seen = []
    monkeypatch.setattr(
        "postdump._parse.parsed_posts.are_even", lambda lines: seen.append(len(lines)) or True
    )
    text = f"Ahoy.\n{CLEAN}\n" * 100
    posts = parse(text).posts
    assert [posts[number].text for number in range(100)] == ["Ahoy."] * 100
    assert seen == [len("Ahoy.")] * 100
    assert [post.text for post in posts] == ["Ahoy."] * 100
    assert seen[100:] == [len("\n".join(["Ahoy."] * 100))]


@pytest.mark.parametrize("batch", [1, 2, 3, 7, 256])
def test_posts_of_a_slice_are_those_of_the_page(monkeypatch, batch):
    monkeypatch.setattr("postdump._lazy.BATCH", batch)
    text = "".join(f"Ahoy {day}.\n{CLEAN.replace('03.', f'{day:02}.')}\n" for day in range(1, 8))
    posts = parse(text).posts
    assert [post.text for post in posts] == [f"Ahoy {day}." for day in range(1, 8)]
    assert posts[1:6:2] == tuple(posts)[1:6:2]
    assert posts[::-1] == posts[-1:-8:-1] == tuple(reversed(posts))
    assert [post.text[5] for post in posts[5:1:-2]] == ["6", "4"]
    assert [posts[n] for n in range(-7, 7)] == [*posts, *posts]
    assert list(parse("A bio.").posts) == []


def test_every_showing_is_kept():
    assert len(parse(f"Ahoy.\n{CLEAN}\nAhoy.\n{CLEAN}").posts) == 2


def test_lazy_posts_are_values():
    page = parse(TEXT)
    post = page.posts[0]
    assert post == page.posts[-1]
    assert hash(post) == hash(page.posts[0])
    assert repr(post) == repr(page.posts[0])
    assert copy.deepcopy(post) == post
    assert pickle.loads(pickle.dumps(page)) == page
    assert evolve(post, text="Ahoy!").links == post.links
    assert asdict(post)["text"] == post.text
    assert page.posts == tuple(page.posts)
    assert tuple(page.posts) == page.posts
    assert page.posts != [*page.posts]
    assert hash(page.posts) == hash(tuple(page.posts))
    assert repr(page.posts) == repr(tuple(page.posts))
    assert pickle.loads(pickle.dumps(page.posts)) == (post,)
    assert page.posts[:1] == (post,)
    assert page.posts + page.posts == (post, post)
    assert copy.copy(page) == page
    with pytest.raises(IndexError):
        page.posts[1]
    for value in (page, post, post.readings[0]):
        with pytest.raises(AttributeError, match="no attribute 'nothing'"):
            _ = value.nothing
        assert not hasattr(value, "_nothing")


def test_damage_and_its_evidence():
    damage = Damage(misread_as="iso-8859-7", c1_policy=C1Policy.DROP)
    page = parse(damage.apply(TEXT))
    assert page.damage == damage
    assert page.evidence == (
        "layout bskyview: 1 marker, the first at 3:1",
        "damage iso-8859-7/drop: 1 marker shows 'β π π π¬ π' for their icons",
    )
    assert parse(TEXT).damage is None
    assert parse("A bio.").damage is None
    assert describe(evolve(damage, then=damage)) == "iso-8859-7/drop, then iso-8859-7/drop"


def test_equivalent_damages_are_said():
    page = parse(Damage(misread_as="cp1252", c1_policy=C1Policy.DROP).apply(CLEAN))
    assert ", or " in page.evidence[-1]


def test_layouts():
    assert parse(TEXT).layouts == ("bskyview",)
    assert parse("Posts by Ada").evidence == ("layout flat: heading at 1:1",)
    given = parse(TEXT, layout=FLAT)
    assert (given.layouts, given.diagnostics, len(given.posts)) == (("flat",), (), 0)
    assert given.evidence == ("layout flat: given",)
    assert given.definitions == (FLAT,)
    assert [one.code for one in parse("A bio.", layout=BSKYVIEW).diagnostics] == ["no-marker"]


def test_strict():
    assert len(parse(TEXT, strict=True).posts) == 1
    with pytest.raises(DumpErrors) as raised:
        parse("03.02.2026 17:04 — 👍 4 🔁", name="page.txt", strict=True)
    assert [one.code for one in raised.value.exceptions] == ["no-marker", "stats-no-count"]
    assert {one.source for one in raised.value.exceptions} == {"page.txt"}


def test_stats_of_a_given_layout():
    layout = Layout(name="harbour", marker="{likes} of {reposts}")
    assert parse_stats(" 4 of 3\n", layout=layout).reposts == 3
    with pytest.raises(StatsError):
        parse_stats("4 of 3", layout=FLAT)
    with pytest.raises(StatsError, match="no-stats"):
        parse_stats("")
