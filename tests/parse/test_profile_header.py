# SPDX-License-Identifier: MIT
"""What a page's header says of its profile, whichever of its lines are missing."""

from datetime import date

import pytest

from postdump import Role, parse
from postdump._parse.profile_header import MOST_LINES, owner_of
from postdump.layouts import BSKYVIEW

MARKER = "03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0"
COUNTS = "1,405 Followers  |  958 Following  |  419 Posts  |  Joined: 19.08.2023  |  2.1178"
HEADER = (
    "Ada Example's Avatar",
    "Ada Example",
    "@ada.example.social",
    "Harbour engineer.",
    "Opinions are the tide's.",
    COUNTS,
    "Posts Following",
)


def headed(*lines, heading="Posts by Ada Example (@ada.example.social)"):
    dump = parse("\n\n".join((*lines, heading, "Ahoy.", MARKER)))
    assert [post.text for post in dump.posts] == ["Ahoy."]
    return dump


def told(profile):
    return profile.followers, profile.following, profile.posts, profile.joined, profile.rounded


def test_a_whole_header():
    dump = headed(*HEADER)
    profile = dump.profile
    assert (profile.name, profile.handle) == ("Ada Example", "ada.example.social")
    assert profile.bio == "Harbour engineer.\nOpinions are the tide's."
    assert told(profile) == (1405, 958, 419, date(2023, 8, 19), ())
    assert [line.role for line in dump.unclaimed] == [Role.PROFILE] * 6 + [Role.LABEL, Role.HEADING]


@pytest.mark.parametrize("missing", range(len(HEADER)))
def test_one_line_missing(missing):
    """The other fields are told; where the handle is missing, nothing tells where the bio begins."""
    profile = headed(*(line for n, line in enumerate(HEADER) if n != missing)).profile
    assert (profile.name, profile.handle) == ("Ada Example", "ada.example.social")
    assert (profile.bio is None) == (missing == 2)
    assert told(profile) == ((None, None, None, None, ()) if missing == 5 else told(headed(*HEADER).profile))


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ("6.4K followers 9 following 41 posts", (6400, 9, 41, None, ("followers",))),
        ("7 posts | 1.2M Followers", (1_200_000, None, 7, None, ("followers",))),
        ("7 posts | Joined: 31.02.2023", (None, None, 7, None, ())),
        ("7 posts", (None, None, None, None, ())),
        ("many followers, 3 postscripts", (None, None, None, None, ())),
    ],
)
def test_counts(counts, shown):
    assert told(headed("@ada.example.social", counts).profile) == shown


def test_counts_without_a_handle():
    assert told(headed(COUNTS).profile) == (1405, 958, 419, date(2023, 8, 19), ())


def test_the_name_stands_above_the_handle_or_in_the_avatar():
    heading = "Latest posts by ada.example.social on Bluesky"
    assert headed("Ada E.", "@ada.example.social", heading=heading).profile.name == "Ada E."
    assert headed("Ada E.'s Avatar", "@ada.example.social", heading=heading).profile.name == "Ada E."
    assert headed("Posts Following", "@ada.example.social", heading=heading).profile.name is None


def test_another_ones_handle_is_no_header():
    dump = headed("Bo Example", "@bo.example.social", "A bio.")
    assert (dump.profile.handle, dump.profile.bio) == ("ada.example.social", None)
    assert {line.role for line in dump.unclaimed} == {Role.OTHER, Role.HEADING}


def glued(*lines):
    return parse(f"Ahoy.\n{MARKER}{lines[0]}\n" + "\n".join((*lines[1:], MARKER.replace("03.", "02."))))


def test_a_header_glued_to_a_marker():
    dump = glued("@ada.example.social", "Harbour engineer.", "Is anyone else's boat singing?")
    assert [post.text for post in dump.posts] == ["Ahoy.", "Is anyone else's boat singing?"]
    assert (dump.profile.handle, dump.profile.bio) == ("ada.example.social", "Harbour engineer.")


def test_a_post_that_begins_with_a_handle():
    text = "@bo.example.social\nWe agree.\nSee you."
    for page in (f"{text}\n{MARKER}", f"Ahoy.\n{MARKER}\n{text}\n{MARKER.replace('03.', '02.')}"):
        assert parse(page).posts[-1].text == text


def test_a_mere_mention():
    assert glued("@ada.example.social").posts[1].text == "@ada.example.social"
    assert glued("@bo.example.social", "See you.").posts[1].text == "@bo.example.social\nSee you."


def test_a_mention_within_a_post():
    text = "We agree.\n@ada.example.social\nHarbour engineer.\nAnd friend."
    assert glued(*text.split("\n")).posts[1].text == text


def test_far_down_there_is_no_header():
    text = "\n".join(["Low tide."] * 99 + ["@ada.example.social", "A bio.", "Ahoy.", MARKER])
    assert parse(text, layout=BSKYVIEW).profile is None


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_owner_is_sought_in_as_many_lines_whatever_ends_them(end):
    lines = ["Ahoy."] * (MOST_LINES - 1) + ["@ada.example.social"]
    assert owner_of(end.join(lines)) == "ada.example.social"
    assert owner_of(end.join(["Ahoy.", *lines])) is None
