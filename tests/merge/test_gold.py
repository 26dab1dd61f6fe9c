# SPDX-License-Identifier: MIT
"""The main job: the two seeds merge into what was made by hand from them, and stay it when lines are lost."""

import json
from pathlib import Path

import pytest

from postdump import Basis, C1Policy, Damage, Role, merge, parse, read, threads

ROOT = Path(__file__).parent.parent.parent
GOLD = json.loads((ROOT / "tests" / "cases" / "seeds.json").read_text("utf-8"))
PATHS = {name: ROOT / "seeds" / file for name, file in GOLD["dumps"].items()}
TEXTS = {name: path.read_bytes().decode("utf-8") for name, path in PATHS.items()}
LINES = [
    (name, n) for name, text in TEXTS.items() for n in range(1, len(text.split("\n")) + (text[-1] != "\n"))
]


def as_gold(post):
    """Tell a post in the gold's own terms."""
    return {
        "text": post.text,
        "card": post.card and {"title": post.card.title, "description": post.card.description},
        "posted_at": post.posted_at and post.posted_at.isoformat(),
        "posted_at_is_inferred": "posted_at" in post.inferred,
        "likes": post.stats.likes,
        "reposts": post.stats.reposts,
        "replies": post.stats.replies,
        "quotes": post.stats.quotes,
        "stats_line": {
            r.dump: r.line for line in post.lines if line.role is Role.MARKER for r in line.readings
        },
        "lines": [
            {"text": line.text, "role": line.role.value, "lines": {r.dump: r.line for r in line.readings}}
            for line in post.lines
            if line.role is not Role.MARKER
        ],
    }


def seeds(**texts):
    return [parse(text, name=name) for name, text in (TEXTS | texts).items()]


@pytest.mark.parametrize("order", [("000", "001"), ("001", "000")])
def test_gold(order):
    timeline = merge(*(read(PATHS[name], name=name) for name in order))
    assert [as_gold(post) for post in timeline] == GOLD["posts"]
    unclaimed = [
        {"text": line.text, "lines": {r.dump: r.line for r in line.readings}} for line in timeline.unclaimed
    ]
    assert unclaimed == GOLD["unclaimed"]
    assert timeline.profile is not None
    assert timeline.profile.name == GOLD["profile_name"]
    damage = Damage(misread_as=GOLD["damage"]["000"]["encoding"], c1_policy=C1Policy.DROP)
    assert timeline.damages == {"000": damage}
    made = [
        {"dump": r.reading.dump, "line": r.reading.line, "before": r.before, "after": r.after}
        for r in timeline.repairs
    ]
    assert made == GOLD["repairs"]
    assert timeline.repairs[0].basis is Basis.WITNESS
    assert [(r.dump, r.line) for r in timeline.repairs[0].evidence] == [("001", 29)]
    assert timeline.conflicts == ()
    assert timeline.unrepaired == ()
    posts = list(timeline)
    assert [[posts.index(post) for post in one] for one in threads(posts)] == GOLD["threads_reading_order"]


def test_each_seed_alone():
    marked, flat = seeds()
    assert len(marked.posts) == 28
    assert all(post.stats.likes is not None for post in marked.posts)
    assert len(flat.posts) == 0
    (post,) = [post for post in merge(*seeds()) if "posted_at" in post.inferred]
    assert post.omitted_by == ("000",)
    assert [reading.text for reading in merge(marked).unrepaired] == ["β"]


def told(post, shift=lambda name, line: line):
    """Tell everything of a post that a line's loss elsewhere must not change."""

    def place(reading):
        return reading.dump, shift(reading.dump, reading.line)

    lines = tuple((line.text, line.role, tuple(map(place, line.readings))) for line in post.lines)
    repairs = tuple((one.before, one.after, place(one.reading)) for one in post.repairs)
    known = (
        post.text,
        post.card,
        post.posted_at,
        post.posted_between,
        post.stats,
        post.inferred,
        post.omitted_by,
    )
    return (*known, lines, repairs, post.conflicts)


WHOLE = [told(post) for post in merge(*seeds())]


def test_every_line_is_tried():
    assert len(LINES) == 142


@pytest.mark.parametrize(("name", "lost"), LINES)
def test_one_line_lost(name, lost):
    """Only the post of the lost line changes, and what was concluded from that line."""
    lines = TEXTS[name].split("\n")
    without = merge(*seeds(**{name: "\n".join(lines[: lost - 1] + lines[lost:])}))

    def shift(dump, line):
        return line + (dump == name and line >= lost)

    now = [told(post, shift) for post in without]
    changed = {n for n, post in enumerate(WHOLE) if post not in now}
    assert changed == rested_on(name, lost)
    lost_words = [
        (line["text"], line["lines"]) for line in GOLD["unclaimed"] if line["lines"].get(name) != lost
    ]
    left = [
        (line.text, {r.dump: shift(r.dump, r.line) for r in line.readings})
        for line in without.unclaimed
        if line.text != lines[lost - 1]
    ]
    assert left == lost_words
    if lines[lost - 1] != "Posts by Chris Olah":
        assert without.profile is not None
        assert without.profile.name == "Chris Olah"


def rested_on(name, line):
    """
    Return the posts that a line is evidence for.

    Its own; and where it is a stats line, all that this one ended: the post, the next of the same dump,
    which swallows it, and a post of the other dump alone between the two, whose place rested on the cut.
    """
    own = {
        n
        for n, post in enumerate(GOLD["posts"])
        if any(one["lines"].get(name) == line for one in post["lines"])
        or post["stats_line"].get(name) == line
    }
    if any(post["stats_line"].get(name) == line for post in GOLD["posts"]):
        (first,) = own
        after = [n for n in range(first + 1, len(GOLD["posts"])) if name in GOLD["posts"][n]["stats_line"]][
            :1
        ]
        own.update(range(first, (after or [first])[0] + 1))
    return own
