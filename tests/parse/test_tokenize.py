# SPDX-License-Identifier: MIT
"""Text to tokens."""

import pytest

from postdump import Damage, Layout, TokenKind, iter_posts, parse, tokenize
from postdump._parse import iter_posts as _stream
from postdump.damage import known_damages
from postdump.layouts import BSKYVIEW, FLAT, REDSKY_THREAD, Stands

STATS = "03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0"
LATER = "04.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0"


def shown(text, layout=None):
    tokens = list(tokenize(text, layout=layout))
    assert "".join(token.text for token in tokens) == text
    return [
        (token.kind.value, token.text, token.block) for token in tokens if token.kind is not TokenKind.SPACE
    ]


def test_nothing():
    assert list(tokenize("")) == []
    assert shown(" \n\t\r") == []


@pytest.mark.parametrize("char", "\v\f\x1c\x1d\x1e\x85\u2028\u2029")
def test_only_three_line_ends(char):
    assert shown(f"one{char}two") == [("text", f"one{char}two", None)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n", " \r\n\t"])
def test_line_ends(end):
    assert shown(end.join(["Ahoy.", "Again.", STATS, "A bio."])) == [
        ("text", "Ahoy.", 0),
        ("text", "Again.", 0),
        ("marker", STATS, 0),
        ("text", "A bio.", None),
    ]


BARE = "jul 16, 2025, 1:33 pm • 4 8"
VIEW = f"No glove.\n{BARE} • view\nNo tar.\n• view\n{BARE}\n"
ADVERTISED = f"Ahoy.\n{STATS}\nAdvertisement · 728 × 90 Posts Following\nAhoy.\n{STATS}"
UNREAD = ("mac-arabic", "mac-farsi")  # they read some bytes as ASCII punctuation


@pytest.mark.parametrize("damage", known_damages(), ids=lambda one: f"{one.misread_as}-{one.c1_policy.value}")
def test_labels_with_icons_under_every_damage(damage):
    if damage.misread_as not in UNREAD:
        own = "text" if damage.apply("•").isascii() else "label"  # not a trace is left
        kinds = [kind for kind, _, _ in shown(damage.apply(VIEW))]
        assert kinds == ["text", "marker", "label", "text", own, "marker"]
        own = "text" if damage.apply("·×").isascii() else "label"
        kinds = [kind for kind, _, _ in shown(damage.apply(ADVERTISED))]
        assert kinds == ["text", "marker", own, "text", "marker"]


@pytest.mark.parametrize("behind", ["view", "? view", "β view", "  • view", "\u200b view"])
def test_icons_of_a_label_behind_a_marker(behind):
    """Anything may stand for them or nothing, as in the marker; on a line of its own, that is prose."""
    label = behind.strip()
    assert shown(f"{BARE} {behind}\nAhoy.\n{BARE}", REDSKY_THREAD)[1:3] == [
        ("label", label, 1),
        ("text", "Ahoy.", 1),
    ]
    if label != "• view":
        assert shown(f"{BARE}\n{behind}\n{BARE}", REDSKY_THREAD)[1] == ("text", label, 1)


@pytest.mark.parametrize("behind", ["view of it", "viewβ", "the view", "β x view", "β\n’ view"])
def test_prose_behind_a_marker(behind):
    found = shown(f"{BARE} {behind}\n{BARE}", REDSKY_THREAD)
    assert {kind for kind, _, _ in found[1:-1]} == {"text"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "line", ["view", "β’ view", " view" * 9, "\u200b" * 64, "\u200b" * 60 + "view", "• " * 40]
)
def test_lines_that_look_like_labels_take_linear_time(line):
    shown(f"{BARE} {f'{line} x view{chr(10)}' * 20_000}{f'{line}{chr(10)}' * 20_000}{BARE}", REDSKY_THREAD)
    shown(f"{BARE} {f'{line} ' * 20_000}x\n{BARE}", REDSKY_THREAD)


@pytest.mark.parametrize("labels", [("• view", "Reply"), ("• • view ⛵ now",), ("日本",), ("Reply",)])
def test_labels_of_ones_own(labels):
    mine = Layout(name="mine", marker="{posted_at:%d.%m.%Y} ♥ {likes}", labels=labels)
    damage = Damage(misread_as="iso-8859-7")
    text = "".join(
        f"{label}\nAhoy, Reply view now.\n03.02.2026 ♥ 4\n" for label in (*labels, " ".join(labels))
    )
    own = "text" if labels == ("日本",) else "label"  # nothing is left of it that is known
    assert [kind for kind, _, _ in shown(text, mine)] == ["label", "text", "marker"] * (1 + len(labels))
    kinds = [kind for kind, _, _ in shown(damage.apply(text), mine)]
    assert kinds == [own, "text", "marker"] * (1 + len(labels))


def test_a_label_with_icons_where_a_text_is_read_in_rounds(monkeypatch):
    monkeypatch.setattr(_stream, "ROUND", 64)
    text = "".join(
        f"Ahoy {n}, a view.\n{BARE} {label}\n" for n in range(400) for label in ("view", "β’ view")
    )
    posts = [post.text for post in iter_posts(text.splitlines(keepends=True), layout=REDSKY_THREAD)]
    assert posts == [post.text for post in parse(text).posts]
    assert posts[1:3] == ["Ahoy 0, a view.", "Ahoy 1, a view."]


def test_labels():
    text = f"Preview\nQuay repairs\n  Post image Post image  \n{STATS}"
    assert [kind for kind, _, _ in shown(text)] == ["label", "text", "label", "marker"]
    assert [line.role.value for line in parse(text).posts[0].lines] == ["label", "card", "label", "marker"]
    assert (parse(text).posts[0].text, parse(text).posts[0].card.title) == ("", "Quay repairs")


def test_a_heading_and_what_is_above_it():
    text = f"Ada\n  Posts by Ada Example (@ada.example.social)  \nAhoy.\n{STATS}\nPosts by others.\n{LATER}"
    assert shown(text) == [
        ("text", "Ada", None),
        ("heading", "Posts by Ada Example (@ada.example.social)", None),
        ("text", "Ahoy.", 0),
        ("marker", STATS, 0),
        ("text", "Posts by others.", 1),
        ("marker", LATER, 1),
    ]
    profile = parse(text).profile
    assert (profile.name, profile.handle) == ("Ada Example", "ada.example.social")


def test_a_post_shown_above_the_heading():
    heading = "Latest posts by ada.example.social on Bluesky"
    text = f"Ahoy.\n{STATS}\nA bio.\n{heading}\nAhoy.\n{STATS}\nPosts by me\n{LATER}"
    page = parse(text)
    assert [post.text for post in page.posts] == ["Ahoy.", "Ahoy.", "Posts by me"]
    assert [line.text for line in page.unclaimed] == [
        "A bio.",
        "Latest posts by ada.example.social on Bluesky",
    ]
    assert page.profile.handle == "ada.example.social"


def test_a_heading_below_the_second_marker_is_text():
    page = parse(f"{STATS}\n{LATER}\nPosts by me\n{STATS}")
    assert page.profile is None
    assert [post.text for post in page.posts] == ["", "", "Posts by me"]


def test_the_first_heading_wins():
    page = parse("Posts by Ada\nPosts by Bo (@bo.example.social)", layout=FLAT)
    assert page.profile.name == "Ada"


@pytest.mark.parametrize("line_break", ["\n", "\r", " \r\n", "\n\n", "   \n"])
def test_a_heading_whose_name_is_lost_takes_none_from_the_next_line(line_break):
    page = parse(f"Posts by{line_break}Ahoy.\n{STATS}")
    assert [post.text for post in page.posts] == ["Ahoy."]
    assert [line.role.value for line in page.unclaimed] == ["heading"]
    assert page.profile is None


def test_a_heading_glued_to_a_marker():
    page = parse(f"Posts by Ada{STATS}")
    assert page.profile.name == "Ada"
    assert [post.text for post in page.posts] == [""]


def test_markers_before_the_text():
    layout = Layout(
        name="harbour",
        marker="[{posted_at:%d.%m.%Y}] ♥ {likes}",
        stands=Stands.BEFORE,
        headings=["Log of {name}"],
    )
    text = "A bio.\nLog of Ada\n[03.02.2026] ♥ 4\nAhoy.\n[02.02.2026] ♥ 5\nAgain.\nAnd on."
    assert shown(text, layout) == [
        ("text", "A bio.", None),
        ("heading", "Log of Ada", None),
        ("marker", "[03.02.2026] ♥ 4", 0),
        ("text", "Ahoy.", 0),
        ("marker", "[02.02.2026] ♥ 5", 1),
        ("text", "Again.", 1),
        ("text", "And on.", 1),
    ]
    below = "[03.02.2026] ♥ 4\nA bio.\nLog of Ada\nAhoy.\n[02.02.2026] ♥ 5"
    assert [kind for kind, _, _ in shown(below, layout)] == ["marker", "text", "heading", "text", "marker"]
    assert [post.text for post in parse(below, layout=layout).posts] == ["Ahoy.", ""]
    assert [reading.line for reading in parse(text, layout=layout).posts[1].readings] == [5, 6, 7]


def test_paragraphs():
    page = parse(f"\n\nOne.\n\n \nTwo.\nThree.\r\rFour.\n\n{STATS}\n\nFive.\n{STATS}")
    assert [post.text for post in page.posts] == ["One.\n\nTwo.\nThree.\n\nFour.", "Five."]


def test_a_given_layout():
    assert shown(f"Ahoy.\n{STATS}", FLAT)[-1] == ("text", STATS, None)
    assert shown(f"Ahoy.\n{STATS}", BSKYVIEW)[-1] == ("marker", STATS, 0)


def test_many_blocks():
    text = "".join(f"Ahoy {n}.\r\n{STATS}\r\n" for n in range(5)) + "A bio."
    assert [(kind, block) for kind, _, block in shown(text)] == [
        *((kind, n) for n in range(5) for kind in ("text", "marker")),
        ("text", None),
    ]
