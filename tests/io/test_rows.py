# SPDX-License-Identifier: MIT
"""Posts to flat rows: pinned columns, and strings that every writer takes."""

import csv
import io
from datetime import date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from postdump import parse
from postdump._io.rows import COLUMNS, escape_surrogates, rows
from postdump.models import (
    Basis,
    Card,
    Conflict,
    Post,
    Profile,
    Reading,
    Repair,
    Span,
    Stats,
    Timeline,
)

MARKED = "Ahoy.\n03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0\nLow tide.\n02.02.2026 09:15 — 👍 1 🔁 0 💬 2 📌 0"
NOON = datetime(2026, 2, 3, 12, 0)

texts = st.text(st.characters(codec=None), max_size=20)


def reading(dump, line, text="Ahoy."):
    return Reading(dump=dump, span=Span(start=0, end=len(text)), text=text, line=line, column=1)


FULL = Post(
    text="Ahoy.\n\nLow tide.",
    card=Card(title="Quay repairs", description="A plan.", domain="quay.example.org"),
    links=("quay.example.org/a", "quay.example.org/b"),
    stats=Stats(
        utc_offset=timedelta(hours=-2),
        likes=1200,
        reposts=0,
        replies=3,
        quotes=4,
        rounded=("likes", "quotes"),
    ),
    posted_between=(NOON, datetime(2026, 2, 3, 12, 30, 5)),
    author=Profile(name="Ada Example", handle="ada.example.social", joined=date(2023, 8, 19)),
    is_repost=True,
    readings=(reading("my page.txt", 7), reading("b.txt", 2), reading("my page.txt", 9)),
    inferred=("posted_between", "card"),
    repairs=(Repair(before="β", after="–", reading=reading("b.txt", 2, "β"), basis=Basis.CODEC),),
    conflicts=(Conflict(field="text", readings=(), chosen="Ahoy."),),
    omitted_by=("c.txt", "d.txt"),
)


def test_columns_are_pinned():
    assert COLUMNS == (
        "post", "text", "card_title", "card_description", "card_domain", "links", "posted_at", "utc_offset",
        "posted_after", "posted_before", "likes", "reposts", "replies", "quotes", "rounded", "author_name",
        "author_handle", "is_repost", "inferred", "repairs", "conflicts", "dumps", "omitted_by", "dump",
        "line", "profile_name", "profile_handle",
    )  # fmt: skip


def test_everything_known():
    timeline = Timeline(posts=(FULL,), profile=Profile(name="Bo Example", handle="bo.example.social"))
    [row] = rows(timeline)
    assert row == {
        "post": 0,
        "text": "Ahoy.\n\nLow tide.",
        "card_title": "Quay repairs",
        "card_description": "A plan.",
        "card_domain": "quay.example.org",
        "links": "quay.example.org/a quay.example.org/b",
        "posted_at": None,
        "utc_offset": -7200,
        "posted_after": "2026-02-03T12:00:00",
        "posted_before": "2026-02-03T12:30:05",
        "likes": 1200,
        "reposts": 0,
        "replies": 3,
        "quotes": 4,
        "rounded": "likes quotes",
        "author_name": "Ada Example",
        "author_handle": "ada.example.social",
        "is_repost": 1,
        "inferred": "posted_between card",
        "repairs": 1,
        "conflicts": 1,
        "dumps": "my page.txt\nb.txt",
        "omitted_by": "c.txt\nd.txt",
        "dump": "my page.txt",
        "line": 7,
        "profile_name": "Bo Example",
        "profile_handle": "bo.example.social",
    }
    assert {type(value) for value in row.values()} == {int, str, type(None)}


def test_nothing_known():
    [row] = rows(Timeline(posts=(Post(),)))
    known = {"post": 0, "text": "", "is_repost": 0, "repairs": 0, "conflicts": 0}
    assert row == {**dict.fromkeys(COLUMNS), **known}


@pytest.mark.parametrize(
    ("between", "after", "before"),
    [((NOON, None), "2026-02-03T12:00:00", None), ((None, NOON), None, "2026-02-03T12:00:00")],
)
def test_open_ends(between, after, before):
    [row] = rows([Post(posted_between=between)])
    assert (row["posted_after"], row["posted_before"]) == (after, before)


def test_a_dump_has_rows():
    found = list(rows(parse("Posts by Ada Example (@ada.example.social)\n" + MARKED, name="page.txt")))
    assert [(row["post"], row["text"], row["posted_at"], row["likes"]) for row in found] == [
        (0, "Ahoy.", "2026-02-03T17:04:00", 4),
        (1, "Low tide.", "2026-02-02T09:15:00", 1),
    ]
    assert [row["profile_name"] for row in found] == ["Ada Example"] * 2
    assert [row["profile_handle"] for row in found] == ["ada.example.social"] * 2
    assert [(row["dump"], row["dumps"], row["line"]) for row in found] == [
        ("page.txt", "page.txt", 2),
        ("page.txt", "page.txt", 4),
    ]


def test_posts_alone_have_rows_without_profile():
    [row] = rows(iter([FULL]))
    assert (row["profile_name"], row["author_name"]) == (None, "Ada Example")


def test_rows_are_made_one_by_one():
    made = rows(Timeline(posts=(FULL, FULL)))
    assert next(made)["post"] == 0
    assert [row["post"] for row in made] == [1]


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("", ""),
        ("Ahoy — 👍", "Ahoy — 👍"),
        ("caf\udce9", "caf\\udce9"),
        ("\ud83d\udc4d", "\\ud83d\\udc4d"),
        ("\udc4d\ud83d👍", "\\udc4d\\ud83d👍"),
        ("\\udce9", "\\udce9"),
        ("\x00\x85\u2028\ufeff", "\x00\x85\u2028\ufeff"),
    ],
)
def test_lone_surrogates_are_escaped(text, escaped):
    assert escape_surrogates(text) == escaped


@given(texts)
def test_other_text_stays(text):
    escaped = escape_surrogates(text)
    escaped.encode("utf-8")
    shown = "".join(f"\\u{ord(one):04x}" if "\ud800" <= one <= "\udfff" else one for one in text)
    assert escaped == shown


@given(texts)
@example("\ud83d\udc4d,\"\r\n'\x00\x85")
def test_every_string_can_be_written(text):
    page = Post(
        text=text,
        card=Card(title=text, description=text, domain=text),
        links=(text,),
        stats=Stats(rounded=(text,)),
        author=Profile(name=text, handle=text),
        readings=(reading(text, 1),),
        inferred=(text,),
        omitted_by=(text,),
    )
    timeline = Timeline(posts=(page,), profile=Profile(name=text, handle=text))
    [row] = rows(timeline)
    assert sum(value == escape_surrogates(text) for value in row.values()) == (14 if text else 9)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerow(row)
    back = out.getvalue().encode("utf-8").decode("utf-8")
    [read] = csv.DictReader(io.StringIO(back, newline=""))
    assert read == {key: "" if value is None else str(value) for key, value in row.items()}


@given(texts)
def test_any_text_has_rows(text):
    dump = parse(MARKED + "\n" + text + "\n01.02.2026 15:54 — 👍 12 🔁 5 💬 6 📌 0")
    found = list(rows(dump))
    assert [tuple(row) for row in found] == [COLUMNS] * len(dump.posts)
    assert [row["post"] for row in found] == list(range(len(found)))
    assert len(found) >= 2
