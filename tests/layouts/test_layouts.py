# SPDX-License-Identifier: MIT
"""Layouts: what they accept, what they refuse, and that users' own ones work."""

import pickle
from datetime import datetime, timedelta

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError

from postdump import Layout, LayoutError, Stats, parse, parse_stats
from postdump.layouts import BSKYVIEW, BUILT_IN, FLAT, REDSKY, Cards, Stands

OPEN = (
    "expected a date, an age, a count or a handle: "
    "a marker without one would match any line (1:1, template-open)"
)
ANY = "expected a word: a heading without one would match any line (1:1, template-open)"


def test_built_in():
    assert (BUILT_IN[0], BUILT_IN[-1]) == (BSKYVIEW, FLAT)
    assert len({layout.name for layout in BUILT_IN}) == len(BUILT_IN)
    assert not FLAT.marker


@pytest.mark.parametrize("layout", BUILT_IN, ids=lambda layout: layout.name)
def test_is_a_value(layout):
    assert pickle.loads(pickle.dumps(layout)) == layout == evolve(layout)
    assert hash(evolve(layout)) == hash(layout)
    with pytest.raises(FrozenInstanceError):
        layout.name = "mine"


def test_defaults():
    layout = Layout(name="mine")
    assert (layout.marker, layout.stands, layout.cards) == ("", Stands.AFTER, Cards.NONE)
    assert (layout.labels, layout.headings, layout.max_graphemes) == ((), (), None)


def test_takes_values_for_enums_and_lists_for_tuples():
    layout = Layout(
        name="mine", stands="before", cards="trailing", labels=["Picture"], headings=["By {name}"]
    )
    assert (layout.stands, layout.cards) == (Stands.BEFORE, Cards.TRAILING)
    assert (layout.labels, layout.headings) == (("Picture",), ("By {name}",))


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"labels": "Preview"}, TypeError, "expected several texts, got one: 'Preview'"),
        ({"headings": "By {name}"}, TypeError, "expected several texts, got one: 'By {name}'"),
        ({"marker": "♥ ↻"}, LayoutError, f"{OPEN}\n    ♥ ↻\n    ^^^"),
        ({"marker": " "}, LayoutError, f"{OPEN}\n     \n    ^"),
        ({"marker": "by {name}"}, LayoutError, f"{OPEN}\n    by {{name}}\n    ^^^^^^^^^"),
        ({"marker": "#{id}"}, LayoutError, f"{OPEN}\n    #{{id}}\n    ^^^^^"),
        ({"headings": ("By {name}", "")}, LayoutError, f"{ANY}\n    \n    ^"),
        ({"headings": ("{name}",)}, LayoutError, f"{ANY}\n    {{name}}\n    ^^^^^^"),
        ({"headings": ("— {name} —",)}, LayoutError, f"{ANY}\n    — {{name}} —\n    ^^^^^^^^^^"),
        ({"marker": "{likes"}, LayoutError, "expected a '}' (1:1, template-brace)\n    {likes\n    ^^^^^^"),
        ({"headings": ("}",)}, LayoutError, "expected a '{' before (1:1, template-brace)\n    }\n    ^"),
    ],
)  # fmt: skip
def test_refuses(options, error, message):
    with pytest.raises(error) as caught:
        Layout(**{"name": "mine", **options})
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"name": ""}, "'name'"),
        ({"stands": "under"}, "'under'.*Stands"),
        ({"cards": "no"}, "'no'.*Cards"),
        ({"max_graphemes": 0}, "'max_graphemes'"),
    ],
)
def test_refuses_in_the_words_of_attrs_and_enum(options, named):
    with pytest.raises(ValueError, match=named):
        Layout(**{"name": "mine", **options})


def test_marker_before_the_text():
    tidelog = Layout(
        name="tidelog",
        marker="{posted_at:%-d %b %Y, %-I:%M %p} · ♥ {likes:grouped} · ↻ {reposts:grouped}",
        stands=Stands.BEFORE,
        labels=("Picture",),
        headings=("Logbook of {name} (@{handle})",),
    )
    dump = parse(
        "Logbook of Ada Example (@ada.example.social)\n"
        "Harbour engineer.\n"
        "3 Feb 2026, 5:04 PM · ♥ 1,405 · ↻ 3\n"
        "Lantern festival tonight at the old quay.\n"
        "Picture\n"
        "12 Jan 2026, 12:15 AM · ♥ 110 · ↻ 12.016\n"
        "Low tide is at nine.\n"
        "\n"
        "Bring a lamp.\n",
        layout=tidelog,
    )
    assert [(post.text, post.stats) for post in dump.posts] == [
        (
            "Lantern festival tonight at the old quay.",
            Stats(posted_at=datetime(2026, 2, 3, 17, 4), likes=1405, reposts=3),
        ),
        (
            "Low tide is at nine.\n\nBring a lamp.",
            Stats(posted_at=datetime(2026, 1, 12, 0, 15), likes=110, reposts=12016),
        ),
    ]
    assert (dump.profile.name, dump.profile.handle) == ("Ada Example", "ada.example.social")
    assert [line.text for line in dump.unclaimed] == [
        "Logbook of Ada Example (@ada.example.social)",
        "Harbour engineer.",
    ]
    assert dump.diagnostics == ()


@pytest.mark.parametrize(
    ("marker", "shown", "stats"),
    [
        ("{likes:short} likes, {replies:short} replies", "1.2K likes, 3 replies",
         Stats(likes=1200, replies=3, rounded=("likes",))),
        ("{likes:grouped} likes", "1,234,567 likes", Stats(likes=1_234_567)),
        ("{posted_at:%Y-%m-%dT%H:%M:%S%z} ♥ {likes}", "2026-02-03T17:04:09+01:30 ♥ 4",
         Stats(posted_at=datetime(2026, 2, 3, 17, 4, 9), utc_offset=timedelta(hours=1, minutes=30), likes=4)),
        ("{posted_at:%B %-d, %Y at %-I:%M%p} ♥ {likes}", "February 3, 2026 at 5:04PM ♥ 4",
         Stats(posted_at=datetime(2026, 2, 3, 17, 4), likes=4)),
        ("{posted_at:%Y年%-m月%-d日 %-H:%M} ♥ {likes}", "2026年2月3日 17:04 ♥ 4",
         Stats(posted_at=datetime(2026, 2, 3, 17, 4), likes=4)),
        ("{likes} ♥ {quotes} ❝ {posted_at:%m/%d/%Y %H:%M}", "4 ♥ 3 ❝ 02/03/2026 17:04",
         Stats(posted_at=datetime(2026, 2, 3, 17, 4), likes=4, quotes=3)),
        ("{posted_at:%d.%m.%Y %H:%M} by {name}: {likes}", "03.02.2026 17:04 by Ada Example: 4",
         Stats(posted_at=datetime(2026, 2, 3, 17, 4), likes=4)),
        ("{posted_at:%d.%m.%Y %H:%M} @{handle} ♥ {likes}", "03.02.2026 17:04 @ada.example.social ♥ 4",
         Stats(posted_at=datetime(2026, 2, 3, 17, 4), likes=4)),
    ],
)  # fmt: skip
def test_markers_of_ones_own(marker, shown, stats):
    layout = Layout(name="mine", marker=marker)
    assert parse_stats(shown, layout=layout) == stats
    assert [post.text for post in parse(f"Ahoy.\n{shown}\n", layout=layout).posts] == ["Ahoy."]


@pytest.mark.slow
@pytest.mark.parametrize(
    "marker",
    [
        "{name} a {likes}",
        "{posted_at:%d.%m.%Y} x {name} a b {likes}",
        "x " * 480 + "{likes}",
        "👍 " * 480 + "{likes}",
        "{likes:short} {reposts:grouped} {replies} {quotes:short}",
        "@{handle} {likes}",
        "{posted_at:%-d %-m %Y %-H %M} {likes}",
    ],
)
@pytest.mark.parametrize("piece", ["x ", "1,1", "0", " ", "👍 ", "@a", "Ada a ", "1.1.2026 x ", "1 1 ", "\n"])
def test_no_template_makes_a_text_endless(marker, piece):
    """The timeout of the suite is the measure here: benchmarks fit the exponents."""
    text = piece * (2_000 // len(piece))
    dump = parse(text, layout=Layout(name="mine", marker=marker))
    assert sum(len(post.text) for post in dump.posts) <= len(text)
    assert len(dump.diagnostics) <= len(text)


PROSE = "We met on 13.05.2025 19:34 at the quay.\n2026 was a good year.\n13.05.2025 19:34 sharp\n4 3 cats"


@pytest.mark.parametrize(
    ("marker", "stats"),
    [
        # nothing but fields
        ("{posted_at:%d.%m.%Y %H:%M}", "13.05.2025 19:34"),
        ("{likes}", "4"),
        ("{likes} {reposts}", "4 3"),
        ("{likes}\n{reposts}", "4\n3"),
        # icons, which may be lost, but no date
        ("♥ {likes}", "4"),
        ("♥ {likes} ↻ {reposts}", "4 3"),
    ],
)
def test_markers_that_prose_may_hold_stand_on_lines_of_their_own(marker, stats):
    layout = Layout(name="mine", marker=marker)
    assert len(parse(PROSE, layout=layout).posts) == 0
    dump = parse(f"{PROSE}\n \t{stats} \r\nAhoy.\n{stats}", layout=layout)
    assert [post.text for post in dump.posts] == [PROSE, "Ahoy."]
    assert [post.readings[-1].text.strip() for post in dump.posts] == [stats, stats]


@pytest.mark.parametrize("name", ["Ada Example", "Łucja Żółć", "Δέσποινα"])
def test_a_heading_is_no_marker(name):
    text = f"Posts by {name} (@ada.example.social)\n{name} (@ada.example.social)\nAhoy."
    dump = parse(text, layout=REDSKY)
    assert [(post.text, post.author.name) for post in dump.posts] == [("Ahoy.", name)]
    assert dump.profile.name == name


def test_flat_finds_no_posts():
    dump = parse("Posts by Ada Example\n03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0", layout=FLAT)
    assert (len(dump.posts), dump.diagnostics, dump.profile.name) == (0, (), "Ada Example")
