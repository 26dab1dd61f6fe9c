# SPDX-License-Identifier: MIT
"""
Pages of every layout, written by hand, and texts that are none of any.

`cases/layouts/NAME.json` says of the page `NAME.txt` what matters of it: posts, profile, unclaimed lines.
A field that a post there does not have is not compared; neither are unclaimed labels.
"""

import json
from datetime import datetime
from pathlib import Path

import pytest

from postdump import merge, parse
from postdump.layouts import BUILT_IN

CASES = Path(__file__).parent.parent / "cases"
COUNTS = ("likes", "reposts", "replies", "quotes")
PAGES = sorted((CASES / "layouts").glob("*.txt"))
NEGATIVES = sorted((CASES / "layouts-negative").iterdir())

every_page = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
every_negative = pytest.mark.parametrize("path", NEGATIVES, ids=lambda path: path.name)


def text_of(path):
    return path.read_bytes().decode("utf-8")


def expected_of(path):
    return json.loads(path.with_suffix(".json").read_text("utf-8"))


def moment(text):
    return text and datetime.fromisoformat(text)


def page(path, **options):
    return parse(text_of(path), captured_at=moment(expected_of(path).get("captured_at")), **options)


def fields(thing, names):
    return thing and {name: getattr(thing, name) for name in names}


def shown(post):
    """Return whatever a case may say of a post."""
    zone = post.stats.utc_offset
    return {
        "text": post.text,
        "posted_at": post.posted_at,
        "posted_between": post.posted_between and list(post.posted_between),
        "utc_offset": None if zone is None else zone.total_seconds(),
        "counts": [getattr(post.stats, name) for name in COUNTS],
        "card": fields(post.card, ("title", "description", "domain")),
        "author": fields(post.author, ("name", "handle")),
        "is_repost": post.is_repost,
        "links": list(post.links),
        "alt": [line.text for line in post.lines if line.role.name == "ALT"],
    }


def with_times(expected):
    """Return what a case says of a post, with its times as such."""
    found = dict(expected)
    for name in ("posted_at", "within"):
        if name in found:
            found[name] = moment(found[name])
    if found.get("posted_between"):
        found["posted_between"] = [moment(end) for end in found["posted_between"]]
    return found


def agrees(post, expected):
    """Compare a post with what its case says of it."""
    expected = with_times(expected)
    within = expected.pop("within", None)
    found = shown(post)
    if isinstance(expected.get("author"), dict) and found["author"] is not None:
        found["author"] = {name: found["author"][name] for name in expected["author"]}
    assert {name: found[name] for name in expected} == expected
    if within is not None:
        earliest, latest = (end.replace(tzinfo=None) for end in post.posted_between)
        assert earliest <= within <= latest


def profile_of(dump, names):
    """Return the fields of the header that a case knows."""
    found = {name: getattr(dump.profile, name, None) for name in names}
    if found.get("joined"):
        found["joined"] = found["joined"].isoformat()
    if "rounded" in found:
        found["rounded"] = sorted(found["rounded"] or ())
    return found


def unclaimed_of(dump):
    return [line.text for line in dump.unclaimed]


def accounts_for(dump):
    """Count each visible character in exactly one reading."""
    readings = [reading for post in dump.posts for reading in post.readings]
    readings += [reading for line in dump.unclaimed for reading in line.readings]
    seen = [at for reading in readings for at in range(reading.span.start, reading.span.end)]
    visible = {at for at, char in enumerate(dump.text) if char not in " \t\r\n"}
    assert len(seen) == len(set(seen))
    assert visible <= set(seen)


def no_posts(dump):
    """Demand that every line, but for the blanks around it, stands in no post."""
    assert [post.text for post in dump.posts] == []
    lines = [line.strip(" \t") for line in dump.text.split("\n")]
    assert unclaimed_of(dump) == [line for line in lines if line]


def test_every_page_has_its_result():
    assert len(PAGES) >= 39
    assert [path.stem for path in PAGES] == sorted(path.stem for path in (CASES / "layouts").glob("*.json"))


@every_page
def test_posts(path):
    expected = expected_of(path)["posts"]
    dump = page(path)
    assert len(dump.posts) == len(expected), [post.text for post in dump.posts]
    for post, one in zip(dump.posts, expected, strict=True):
        agrees(post, one)


@every_page
def test_posts_where_the_layout_is_given(path):
    expected = expected_of(path)
    layout = {one.name: one for one in BUILT_IN}[path.stem.split("_")[0]]
    dump = page(path, layout=layout)
    assert dump.layouts == (layout.name,)
    assert len(dump.posts) == len(expected["posts"])
    for post, one in zip(dump.posts, expected["posts"], strict=True):
        agrees(post, one)


@every_page
def test_layout(path):
    expected = expected_of(path)
    if expected["posts"]:
        assert page(path).layouts == (expected["layout"],)


@every_page
def test_profile(path):
    expected = expected_of(path).get("profile", {})
    assert profile_of(page(path), expected) == {
        name: sorted(value) if name == "rounded" else value for name, value in expected.items()
    }


@every_page
def test_unclaimed(path):
    expected, dump = expected_of(path), page(path)
    words = [line.text for line in dump.unclaimed if line.role.name != "LABEL"]
    if "unclaimed" in expected:
        assert words == expected["unclaimed"]
    if "last_unclaimed" in expected:
        assert words[-1:] == [expected["last_unclaimed"]]
    if expected.get("every_line_unclaimed"):
        no_posts(dump)


@every_page
def test_every_character_is_read_once(path):
    accounts_for(page(path))


def test_a_second_showing_is_the_same_post():
    posts = merge(page(CASES / "layouts" / "bskyview_glued_handle-and-bio.txt")).posts
    first, second = "Lantern festival tonight at the old quay.", "Is anyone else's boat singing?"
    assert [post.text for post in posts] == [first, second]


@every_negative
def test_negative(path):
    dump = parse(text_of(path))
    no_posts(dump)
    assert [one.code for one in dump.diagnostics] == ["no-marker"]


@every_negative
@pytest.mark.parametrize("layout", BUILT_IN, ids=lambda layout: layout.name)
def test_negative_where_a_layout_is_given(layout, path):
    no_posts(parse(text_of(path), layout=layout))
