# SPDX-License-Identifier: MIT
"""What each line of a block is to its post: the rules where pages leave it open."""

import pytest

from postdump import Role, parse
from postdump.layouts import BUSHDRUM, LIGHTNEWS

MARKER = "03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0"
DATE = "January 14, 2026 at 8:59 AM"


def roles(post):
    return [(line.role.value, line.text) for line in post.lines[:-1]]


def compact(*lines):
    (post,) = parse("\n".join((*lines, MARKER))).posts
    return roles(post)


def spaced(*paragraphs):
    """Return the roles of the second of three posts of a spaced page."""
    first = f"Posts by Ada Example\n\nAhoy.\n\n{MARKER}\n"
    last = (
        f"\n\nAhoy again.\n\n{MARKER.replace('03.', '01.')}\n\nAnd again.\n\n{MARKER.replace('03.', '02.')}\n"
    )
    page = first + "\n\n".join(paragraphs) + f"\n\n{MARKER.replace(' 4', ' 9')}" + last
    return roles(parse(page).posts[1])


def lightnews(*lines):
    (post,) = parse("\n".join((*lines, DATE)), layout=LIGHTNEWS).posts
    return roles(post), post.card


# Labels.


def test_a_line_below_a_preview_is_a_card():
    assert compact("Preview", "Quay repairs", "Low tide.") == [
        ("label", "Preview"),
        ("card", "Quay repairs"),
        ("text", "Low tide."),
    ]


def test_a_preview_with_nothing_below_it():
    assert compact("Low tide.", "Preview") == [("text", "Low tide."), ("label", "Preview")]


@pytest.mark.parametrize("line", ["ALT: A gull.", "A gull. ALT: A gull.", "Look! A gull. ALT: A gull."])
def test_what_a_picture_shows_is_said_so(line):
    assert compact(line, "Low tide.") == [("alt", line), ("text", "Low tide.")]


@pytest.mark.parametrize(
    "line", ["A gull. ALT: A crow.", "The key is ALT: press it.", "ALTO: sing", "x ALT: "]
)
def test_what_merely_reads_like_it(line):
    assert compact(line, "Low tide.") == [("text", line.strip()), ("text", "Low tide.")]


def test_what_stands_twice_below_a_picture_is_what_it_shows():
    assert compact("Post image", "A gull.", "A gull.", "Low tide.")[1:] == [
        ("alt", "A gull."),
        ("alt", "A gull."),
        ("text", "Low tide."),
    ]


def test_a_post_never_loses_all_its_words_to_a_picture():
    assert compact("Post image", "Ha!", "Ha!")[1:] == [("text", "Ha!"), ("text", "Ha!")]


def test_words_may_stand_twice_without_a_picture():
    assert compact("Ha!", "Ha!", "Low tide.")[0] == ("text", "Ha!")


# Spacing.


def test_a_spaced_page():
    assert spaced("Preview\nQuay repairs The council ...", "Low tide.") == [
        ("label", "Preview"),
        ("card", "Quay repairs The council ..."),
        ("text", "Low tide."),
    ]
    assert spaced("Quay repairs\nThe council ...\nAnd more", "Low tide.") == [
        ("card", "Quay repairs"),
        ("card", "The council ..."),
        ("text", "And more"),
        ("text", "Low tide."),
    ]
    assert spaced("Post image Post image\nA gull.", "Low tide.") == [
        ("label", "Post image Post image"),
        ("alt", "A gull."),
        ("text", "Low tide."),
    ]
    assert spaced("", "Low tide.", "High tide.") == [("text", "Low tide."), ("text", "High tide.")]
    assert spaced("", "Post image\nA gull.", "Low tide.")[1] == ("alt", "A gull.")
    assert spaced("Posts Following\nA gull.", "Low tide.")[1] == ("card", "A gull.")


def test_the_top_of_a_spaced_page_is_text():
    page = "".join(f"Low tide {day}.\n\n{MARKER.replace('03.', f'0{day}.')}\n\n" for day in (1, 2, 3))
    assert [roles(post) for post in parse(page).posts] == [
        [("text", f"Low tide {day}.")] for day in (1, 2, 3)
    ]


# Glued markers, quoted posts.


def test_a_marker_glued_to_a_count_of_0():
    page = f"Ahoy.\n{MARKER}{MARKER}{MARKER}Low tide.\n{MARKER}"
    assert [post.text for post in parse(page).posts] == ["Ahoy.", "", "", "Low tide."]
    for torn in (MARKER.replace("03.02", "31.02"), MARKER.removesuffix(" 📌 0")):
        assert [post.text for post in parse(f"Ahoy.\n{MARKER}{torn}").posts] == ["Ahoy."]
    assert len(parse(f"Ahoy.\n{MARKER}7{MARKER}").posts) == 1


@pytest.mark.parametrize("label", ["[image or embed]\n", ""])
def test_a_post_quoted_in_prose_is_a_paragraph(label):
    signature = "— Ada (@ada.example.social) December 1, 2025 at 7:12 AM"
    for above in ("Prose.\n\n", "Prose.\n[image or embed]\n", ""):
        dump = parse(f"{above}Low tide.\nHigh tide.\n{label}{signature}\nMore.")
        assert [post.text for post in dump.posts] == ["Low tide.\nHigh tide."]
        assert [line.text for line in dump.unclaimed] == [line for line in above.split("\n") if line] + [
            "More."
        ]
    assert parse(signature).posts[0].text == ""


# Reposts and handles.


def test_a_repost_line():
    (lines, _) = lightnews("Reposted by Ada Example", "Low tide.")
    assert lines == [("author", "Reposted by Ada Example"), ("text", "Low tide.")]
    assert lightnews("Low tide.", "Reposted")[0][1] == ("text", "Reposted")
    (post,) = parse(f"Reposted\nLow tide.\n{DATE}", layout=LIGHTNEWS).posts
    assert (post.is_repost, post.text) == (True, "Low tide.")


def test_a_handle_with_nothing_below_it_opens_nothing():
    top = "Ada Example\n@ada.example.social\n"
    own = "ada.example.social"
    torn = "Reposted by Ada Example\nbo.example.social"
    page = f"{top}{own}\nLow tide.\n{torn}\n{own}\nAhoy.\n{own}"
    dump = parse(page, layout=BUSHDRUM)
    assert [post.text for post in dump.posts] == ["Low tide.", "Ahoy."]
    assert [line.text for line in dump.posts[0].lines if line.role is Role.AUTHOR] == [
        "Reposted by Ada Example",
        "bo.example.social",
    ]
    assert dump.posts[1].lines[1].role is Role.AUTHOR


# Hosts.


def test_a_host_closes_a_card():
    lines, card = lightnews("Low tide.", "Quay repairs", "The council has a plan.", "quay.example.org")
    assert [role for role, _ in lines] == ["text", "card", "card", "card"]
    assert (card.title, card.description, card.domain) == (
        "Quay repairs",
        "The council has a plan.",
        "quay.example.org",
    )


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        (["quay.example.org"], ["text"]),
        (["Low tide.", "quay.example.org"], ["text", "card"]),
        (["Low tide.", "Quay repairs", "quay.example.org"], ["text", "card", "card"]),
        (["Low tide.", "High tide.", "quay.example.org"], ["text", "card", "card"]),
        (["Low tide.", "High tide.", "Quay repairs", "quay.example.org"], ["text", "text", "card", "card"]),
        (["Low tide.", "High", "", "Tide.", "quay.example.org"], ["text", "text", "card", "card"]),
        (["Low tide.", "High tide.", "", "quay.example.org"], ["text", "text", "card"]),
        (["Low tide.", "quay.example.org/2026"], ["text", "text"]),
        (["Low tide.", "e.g."], ["text", "text"]),
    ],
)
def test_how_much_of_it_is_the_card(lines, shown):
    assert [role for role, _ in lightnews(*lines)[0]] == shown


def test_a_card_without_a_title():
    assert lightnews("Low tide.", "quay.example.org")[1].title is None
