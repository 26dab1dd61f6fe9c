# SPDX-License-Identifier: MIT
"""Every layout that is accepted can be used: its templates compile, and finding them takes linear time."""

from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from postdump import Layout, LayoutError, Stats, merge, parse, tokenize
from postdump._parse.compiled_layout import compile_layout
from postdump._parse.markers import month_first
from postdump.layouts import Cards, Extent, Stands

DATED = "{posted_at:%d.%m.%Y %H:%M} — 👍 {likes}"

words = st.sampled_from(
    ["x", ")", "(", "[", "]", "on", "Posts", "1", "*", "+?", "|", "\\", "^", "$", "a)", "[b]", "-"]
)
icons = st.sampled_from(["—", "👍", "日本", "❤\ufe0f", "·"])
spaces = st.sampled_from([" ", "  ", "\n", "\t", " \n "])
fields = st.sampled_from([
    "{posted_at:%d.%m.%Y %H:%M}", "{posted_at:(%d) %m [%Y] %H:%M}",
    "{posted_at:%B %-d, %Y|%Y年%-m月%-d日 %-H:%M}",
    "{posted_at:%b %d) %Y at %I:%M %p}", "{posted_at:%Y-%m-%dT%H:%M:%S.%f%z}", "{posted_at:— %d) %m\n%Y}",
    "{age}", "{likes}", "{reposts:short}", "{replies:grouped}", "{quotes}", "{name}", "{handle}", "{id}",
])  # fmt: skip
templates = st.lists(words | spaces | spaces | fields | icons, max_size=8).map("".join)
labels = st.lists(templates | st.sampled_from(["", " ", "👍 x", "x 👍", "a\nb"]), max_size=2)


def drawn(**options):
    """Make a layout; of what users bring, some is refused."""
    try:
        return Layout(name="drawn", **options)
    except LayoutError:
        return None


layouts = st.builds(
    drawn,
    marker=templates,
    stands=st.sampled_from(Stands),
    cards=st.sampled_from(Cards),
    labels=labels,
    previews=labels,
    pictures=labels,
    reposts=st.lists(templates, max_size=2),
    headings=st.lists(templates, max_size=2),
    extent=st.sampled_from(Extent),
).filter(bool)
values = st.sampled_from(["03.02.2026 17:04", "4", "1.2K", "Ada", "3 days ago", "x.org"])
shown = st.lists(words | icons | spaces | spaces | values, max_size=20).map("".join)


def texts_of(layout):
    """Return what a page of the layout may show, without its fields filled."""
    return "\n".join([*layout.headings, *layout.reposts, layout.marker, *layout.labels])


@given(layouts, shown)
@example(Layout(name="n", marker=DATED, headings=("{name} (@{handle}) on Bluesky",)), "")
@example(Layout(name="n", marker=DATED, headings=("Posts (all) by {name}",)), "")
@example(Layout(name="n", marker=DATED, headings=("Profile [public] of {name}",)), "")
@example(Layout(name="n", marker=DATED, reposts=("x) ",)), "")
@example(Layout(name="n", marker="{handle}\n{name}", reposts=("on",), stands=Stands.BEFORE), " on\nAda")
def test_every_layout_that_is_accepted_can_be_used(layout, text):
    phrases = compile_layout(layout).phrases
    assert phrases.headings is not None
    assert phrases.heading_words is not None
    assert phrases.reposts is not None
    assert phrases.labels is not None
    assert phrases.damaged_labels is not None
    if layout.marker:
        for either in (layout, month_first(layout)):
            assert compile_layout(either).marker.steps
    for page in (text, f"{texts_of(layout)}\n{text}"):
        dump = parse(page, layout=layout)
        assert "".join(token.text for token in tokenize(page, layout=layout)) == page
        assert repr(dump)
        assert repr(merge(dump))


@pytest.mark.parametrize(
    ("heading", "line", "name"),
    [
        ("{name} (@{handle}) on Bluesky", "Ada Example (@ada.example.social) on Bluesky", "Ada Example"),
        ("Posts (all) by {name}", "Posts (all) by Ada Example", "Ada Example"),
        ("Posts (all) by {name}", "Posts (all)by Ada Example", "Ada Example"),
        ("Profile [public] of {name}", "Profile [public] of Ada Example", "Ada Example"),
    ],
)
def test_headings_with_brackets(heading, line, name):
    mine = Layout(name="n", marker=DATED, headings=(heading,))
    dump = parse(f"{line}\nAhoy.\n03.02.2026 17:04 — 👍 4", layout=mine)
    assert dump.profile.name == name
    assert [post.text for post in dump.posts] == ["Ahoy."]


def test_a_repost_line_that_ends_in_a_bracket():
    mine = Layout(name="n", marker=DATED, reposts=("(by {name}) ",))
    dump = parse("(by Bo Example)\nAhoy.\n03.02.2026 17:04 — 👍 4", layout=mine)
    assert [(post.text, post.is_repost, post.stats.likes) for post in dump.posts] == [("Ahoy.", True, 4)]


def test_a_marker_in_mid_line_that_begins_like_a_repost_line():
    mine = Layout(name="n", marker="{handle}\n{name}", reposts=("on",), stands=Stands.BEFORE)
    (post,) = parse(" on\nAda", layout=mine).posts
    assert (post.author.handle, post.author.name, post.stats) == ("on", "Ada", Stats())


def seconds(layout, text):
    before = process_time()
    dump = parse(text, layout=layout)
    for line in dump.unclaimed:
        (reading,) = line.readings
        assert (line.role is not None, line.text) == (reading.line > 0, reading.text)
    return process_time() - before


@pytest.mark.no_cover  # what is measured is not the tracing of each line
@settings(max_examples=40, deadline=None)
@given(layouts, shown.filter(bool), st.sampled_from(["", " ", "\n"]))
def test_finding_takes_linear_time(layout, text, between):
    """Twice the text takes about twice the time: four times would be 16 times the time, were it squared."""
    unit = f"{text}{between}" + texts_of(layout).replace("{", "").replace("}", "") + between
    small, large = (unit * (size // len(unit) + 1) for size in (16_000, 64_000))
    if seconds(layout, large) <= 0.1:
        return
    seconds(layout, small)
    least = min(seconds(layout, small) for _ in range(2))
    assert seconds(layout, large) <= 10 * least + 0.1 or seconds(layout, large) <= 10 * least + 0.1


@pytest.mark.parametrize(
    ("marker", "labels", "unit"),
    [("x {handle}", ("x a",), "x a "), ("{handle} y", ("a", "y"), "a y "), ("[{handle}", ("[a",), "[a")],
)
def test_labels_that_look_like_markers_take_linear_time(marker, labels, unit):
    """What follows each marker in its line is labels, as far as the line goes."""
    mine = Layout(name="n", marker=marker, labels=labels)
    assert len(parse(unit * 50_000, layout=mine).text) == len(unit) * 50_000
