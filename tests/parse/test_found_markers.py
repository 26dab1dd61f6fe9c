# SPDX-License-Identifier: MIT
"""Where markers begin that have an icon before a name."""

import pytest

from postdump import Layout, parse
from postdump.damage import known_damages
from postdump.layouts import EMBED

WHEN = "(@ada.example.social) 2025-09-04T18:39:14Z"


def read(text, layout=EMBED):
    (post,) = parse(text, layout=layout).posts
    return post.text, post.author.name


@pytest.mark.parametrize(
    ("line", "text", "name"),
    [
        ("He said β no lamps β and left. β Ada Example", "He said β no lamps β and left.", "Ada Example"),
        ("x π± : where is my oar??? β boats πΉ", "x π± : where is my oar???", "boats πΉ"),
        ("He said — no lamps — and left. — Ada Example", "He said — no lamps — and left.", "Ada Example"),
        ("Low tide. β Ada πΉ Example", "Low tide.", "Ada πΉ Example"),  # no dash leaves `πΉ`
        ("Low tide. β Ada β", "Low tide.", "Ada β"),  # a name must follow
        ("Low tide. β Adaβ Example", "Low tide.", "Adaβ Example"),
        ("Low tide. β βAda Example", "Low tide.", "βAda Example"),
        ("Low tide. — Ada 😀 Example", "Low tide.", "Ada 😀 Example"),
    ],
)
def test_a_marker_begins_at_the_last_dash(line, text, name):
    assert read(f"{line} {WHEN}") == (text, name)


DASHES = sorted({damage.apply("—").strip(" ") for damage in known_damages()})


@pytest.mark.parametrize("dash", [dash for dash in DASHES if dash and min(dash) > "~"])
def test_under_every_damage_that_leaves_no_ascii_of_a_dash(dash):
    assert read(f"He {dash} who has no lamp {dash} left. {dash} Ada Example {WHEN}")[1] == "Ada Example"


def test_other_layouts_begin_where_they_did():
    layout = Layout(name="heart", marker="♥ {name}, {likes} likes")
    assert read("Low tide. ♥ Ada ♥ Example, 4 likes", layout)[1] == "Example"
    layout = Layout(name="plain", marker="by {name}, {likes} likes")
    assert read("Low tide.\nby Ada – Example, 4 likes", layout)[1] == "Ada – Example"
