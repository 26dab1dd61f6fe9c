# SPDX-License-Identifier: MIT
"""Which layout a text has, and which damage: by all damages there are, done to the icons of a marker."""

from itertools import product

import pytest
from attrs import evolve

from postdump import C1Policy, Damage, Layout, detect_damage, merge, parse
from postdump._lazy import source_of
from postdump._parse import detect_layout as detect
from postdump._parse.compiled_layout import compile_layout
from postdump._parse.detect_layout import ENOUGH, choose_layout, numbers_of
from postdump._parse.icon_damage import MOST_MIXED, damage_of_slots
from postdump._parse.torn_markers import (
    end_of_icons,
    find_beginnings,
    find_endings,
    find_numbers_behind_icons,
)
from postdump.damage import paired_damages
from postdump.damage._encodings import ENCODINGS
from postdump.layouts import BSKYVIEW, BUILT_IN, FLAT

GREEK = Damage(misread_as="iso-8859-7")
LATIN = Damage(misread_as="cp1252", c1_policy=C1Policy.KEEP)
MARKER = compile_layout(BSKYVIEW).marker
CLEAN = "03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0"
STRIPPED = "03.02.2026 17:04 4 3 0 0"
EVERY = [Damage(misread_as=encoding, c1_policy=policy) for encoding, policy in product(ENCODINGS, C1Policy)]
UNSEEN = [Damage(misread_as="ascii", c1_policy=policy) for policy in (C1Policy.DROP, C1Policy.SPACE)]
"""They leave nothing of an icon, as an extractor does that strips icons."""

SPACINGS = {
    "compact": lambda text: text,
    "spaced": lambda text: text.replace(" ", "    "),
    "indented": lambda text: f"  \t{text}  ",
    "tabs": lambda text: text.replace(" ", "\t"),
    "no-break": lambda text: text.replace(" ", "\u00a0"),
}


def found(*markers):
    """Return the damages that are reported for a page with these markers."""
    dump = parse("".join(f"Ahoy.\n{marker}\n" for marker in markers))
    assert len(dump.posts) == len(markers)
    evidence = source_of(dump).slots()
    assert evidence.damage == dump.damage
    return [] if dump.damage is None else [dump.damage, *evidence.equivalents]


def split(text):
    """Break a marker's line before each icon, as pages do that have one count a line."""
    return text.replace(" — ", "\n").replace(" 🔁", "\n🔁").replace(" 💬", "\n💬").replace(" 📌", "\n📌")


@pytest.mark.parametrize("damage", EVERY, ids=lambda one: f"{one.misread_as}-{one.c1_policy.value}")
def test_every_damage_is_found(damage):
    left = damage.apply(CLEAN)
    for marker in (damage.apply(split(CLEAN)), *(spaced(left) for spaced in SPACINGS.values())):
        reported = found(marker)
        assert damage in reported or (damage in UNSEEN and not reported)
        assert len(set(reported)) == len(reported)


def test_equivalents_are_complete():
    """Whatever leaves the same of all icons is reported, and nothing that leaves anything else of them."""
    icons = [gap.strip() for gap in MARKER.gaps]
    every = (*EVERY, *paired_damages())
    left = {damage: [" ".join(damage.apply(icon).split()) for icon in icons] for damage in every}
    for damage in EVERY:
        if damage not in UNSEEN:
            alike = {one for one in every if left[one] == left[damage]}
            assert set(found(damage.apply(CLEAN))) == alike


def test_detect_damage_says_the_same():
    for damage in (GREEK, LATIN, Damage(misread_as="cp437")):
        detection = detect_damage(f"Ahoy.\n{damage.apply(CLEAN)}")
        assert [detection.damage, *detection.equivalents] == found(damage.apply(CLEAN))


def test_the_likeliest_is_first():
    assert found(CLEAN.replace("—", "â€”"))[0] == Damage(misread_as="cp1252")


@pytest.mark.parametrize("spacing", SPACINGS)
@pytest.mark.parametrize(
    "marker", [CLEAN, split(CLEAN), STRIPPED, CLEAN.replace("👍", ""), CLEAN.replace("—", "")]
)
def test_clean_and_stripped_icons_tell_of_no_damage(marker, spacing):
    assert found(SPACINGS[spacing](marker)) == []


@pytest.mark.parametrize(
    "marker",
    [
        CLEAN.replace("—", "–"),
        CLEAN.replace("👍", "❤"),
        CLEAN.replace("🔁", "🔁 🔁"),
        "03.02.2026 17:04 · ♥ 4 ↻ 3 ✉ 0 ★ 0",
    ],
)
def test_other_icons_tell_of_none_either(marker):
    assert found(marker) == []


@pytest.mark.parametrize(
    "marker",
    [
        GREEK.apply(CLEAN).replace("β", "—"),
        GREEK.apply(CLEAN).replace("β", ""),
        GREEK.apply(CLEAN).replace("π¬", ""),
        GREEK.apply(CLEAN).replace("π¬", "💬"),
        "03.02.2026 17:04 β 👍 4 🔁 3 💬 0 📌 0",
        "03.02.2026 17:04 π 4 3 0 0",
    ],
)
def test_clean_damaged_and_lost_icons_mix(marker):
    assert GREEK in found(marker)
    assert GREEK in found(CLEAN, marker, STRIPPED)


def test_icons_that_do_not_fit_together_tell_of_none():
    assert found("03.02.2026 17:04 β€” π 4 π 3 π¬ 0 π 0") == []


def test_the_damage_of_most_markers_wins():
    greek, latin = GREEK.apply(CLEAN), LATIN.apply(CLEAN)
    assert found(greek, greek, latin)[0] == GREEK
    assert found(latin, greek, latin)[0] == LATIN


def test_equivalents_explain_the_same_markers():
    """As many markers are not the same ones."""
    greek, latin = GREEK.apply(CLEAN), LATIN.apply(CLEAN)
    assert found(greek, latin) == found(greek)


@pytest.mark.parametrize("clean", ["naïve", "quiet", "“so” œuvre – naïve", "Spaß” VOILÀ” É", "ïïï ïï ï"])
def test_clean_characters_do_not_choose_between_damages(clean):
    """Only one of two has a clean character of the page, but neither need have left it."""
    central, south = Damage(misread_as="iso-8859-2"), Damage(misread_as="iso-8859-16")
    text = f"A {clean} river.\n" + central.apply(f"{CLEAN}\nThat für lake, café.\n{CLEAN}\n")
    dump = parse(text)
    assert {dump.damage, *dump.equivalents} == {central, south}
    assert merge(dump).repairs == ()
    known = parse(text + central.apply(f"Später.\n{CLEAN}\n"))
    assert (known.damage, known.equivalents) == (central, ())
    assert merge(known).posts[1].text == "That für lake, café."


def test_what_is_reported_of_slots():
    gaps = ("", " — π ", " π ", "  π¬   ", " π\n", "")
    clean = tuple(MARKER.gaps)
    evidence = damage_of_slots(MARKER, [gaps, clean, gaps, gaps])
    assert (evidence.damage, evidence.explained) == (GREEK, 3)
    assert evidence.sample == ("", "— π", "π", "π¬", "π", "")
    nothing = damage_of_slots(MARKER, [clean])
    assert (nothing.damage, nothing.equivalents, nothing.explained, nothing.sample) == (None, (), 0, ())
    assert nothing.is_telling
    assert damage_of_slots(MARKER, []) == evolve(nothing, is_telling=False)
    assert not damage_of_slots(MARKER, [("",) * len(gaps), (" ",) * len(gaps)]).is_telling


def test_many_icons_in_one_gap_are_damaged_together():
    icons = "— " * (MOST_MIXED + 1)
    marker = compile_layout(Layout(name="mine", marker=f"{{posted_at:%d.%m.%Y}} {icons}{{likes}}")).marker
    assert damage_of_slots(marker, [("", GREEK.apply(icons), "")]).damage == GREEK
    assert damage_of_slots(marker, [("", icons.replace("—", "β", 1), "")]).damage is None
    assert damage_of_slots(marker, [("", icons, "")]).damage is None


def test_a_second_damage_leaves_markers_that_are_read():
    # These two read some high bytes as ASCII punctuation: no icon is known to do without that.
    thens = [one for one in EVERY if one.misread_as not in ("mac-arabic", "mac-farsi")]
    for first, then in product((GREEK, LATIN), thens):
        twice = evolve(first, then=then)
        dump = parse(f"Ahoy.\n{twice.apply(CLEAN)}")
        assert [post.stats for post in dump.posts] == [post.stats for post in parse(CLEAN).posts]


ONE = Layout(name="one", marker="{posted_at:%d.%m.%Y} ♥ {likes}")
OTHER = Layout(name="other", marker="{posted_at:%d.%m.%Y} ★ {likes}")
WORDS = Layout(name="words", marker="{posted_at:%d.%m.%Y}, {likes} likes")


@pytest.mark.parametrize(
    ("built_in", "text", "chosen"),
    [
        ((ONE, FLAT), "03.02.2026 ♥ 4", ONE),
        ((ONE, OTHER, FLAT), "03.02.2026 ♥ 4", ONE),
        ((OTHER, ONE, FLAT), "03.02.2026 ♥ 4", OTHER),
        ((ONE, WORDS, FLAT), "03.02.2026 ♥ 4\n03.02.2026, 4 likes\n03.02.2026, 4 likes", WORDS),
        ((ONE, WORDS, FLAT), "03.02.2026 ♥ 4\n" * ENOUGH + "03.02.2026, 4 likes\n" * 2 * ENOUGH, ONE),
        # torn ones, where there is no whole one
        ((WORDS, ONE, FLAT), "03.02.2026 ♥", ONE),
        ((ONE, WORDS, FLAT), "03.02.2026 ♥\n03.02.2026, 4 likes", WORDS),
        ((WORDS, ONE, FLAT), "03.02.2026, 4", FLAT),
        ((ONE, FLAT), "on 03.02.2026 we met", FLAT),
        ((ONE, FLAT), "", FLAT),
    ],
)
def test_choose_layout(monkeypatch, built_in, text, chosen):
    monkeypatch.setattr(detect, "BUILT_IN", built_in)
    assert choose_layout(text) is chosen


@pytest.mark.parametrize("damage", [None, GREEK, LATIN])
def test_torn_pages_are_recognised(damage):
    for at in range(len("03.02.2026 17:04 — 👍"), len(CLEAN) - 1):
        torn = f"Ahoy.\n{CLEAN[:at]}"
        dump = parse(torn if damage is None else damage.apply(torn))
        assert (dump.layouts, len(dump.posts)) == (("bskyview",), 0)
    for at in range(1, CLEAN.index("💬") + 1):
        torn = f"{CLEAN[at:]}\nAhoy."
        assert parse(torn if damage is None else damage.apply(torn)).layouts == ("bskyview",)


@pytest.mark.parametrize(
    "text",
    [
        "13.05.2025 19:34 — he said",
        "on 13.05.2025 19:34 we met",
        "13.05.2025 19:34 — 4 of us",
        "13.05.2025 19:34 —\nand so on",
        "13.05.2025 19:34 👍 it is",
        "13.05.2025 19:34 (4)",
        "📌 4",
        "4 📌 4",
        "👍 4 👎 1",
    ],
)
def test_prose_is_flat(text):
    assert choose_layout(f"Ahoy.\n{text}\nAhoy.") is FLAT


COUNTED = Layout(name="counted", marker="{likes} ♥ {reposts} ↻ {quotes} ❝")


@pytest.mark.parametrize(
    ("layout", "text", "is_marked", "begun", "ended"),
    [
        (BSKYVIEW, CLEAN, False, [0], [(17, 34)]),
        (BSKYVIEW, f"on {CLEAN[:22]}", False, [3], []),
        # the end of a line within the icons: the text's own end, or a page of markers
        (BSKYVIEW, CLEAN[:18], False, [0], []),
        (BSKYVIEW, f"  {CLEAN[:18]} \r\n\r\n", False, [2], []),
        (BSKYVIEW, f"{CLEAN[:18]}\nAhoy.", False, [], []),
        (BSKYVIEW, f"{CLEAN[:18]}\nAhoy.", True, [0], []),
        (BSKYVIEW, f"{CLEAN[:18]}\rAhoy.", True, [0], []),
        (BSKYVIEW, f"on {CLEAN[:18]}\nAhoy.", True, [], []),
        (BSKYVIEW, f"{CLEAN[:16]}\nAhoy.", True, [], []),
        (BSKYVIEW, f"{CLEAN[:18]}{' ' * 70}\n", True, [], []),
        # what follows the icons
        (BSKYVIEW, f"{CLEAN[:20]} 🔁", False, [0], []),
        (BSKYVIEW, f"{CLEAN[:20]} ٤", False, [0], []),
        (BSKYVIEW, f"{CLEAN[:20]} x", False, [], []),
        (BSKYVIEW, f"{CLEAN[:20]} να", False, [], []),
        # ends, and what is none: one count, a strange icon, counts that no icon parts
        (BSKYVIEW, "x 💬 0 📌 0 x 🔁 3 💬 0 📌 0", False, [], [(2, 9), (12, 23)]),
        (BSKYVIEW, "👍 4 🔁 3 💬 0 📌 0", False, [], [(0, 15)]),
        (BSKYVIEW, "π¬ 0 π 0", False, [], [(0, 8)]),
        (BSKYVIEW, "και\u00a0💬\u00a00 📌 0", False, [], [(4, 11)]),
        (BSKYVIEW, "Ahoy💬 ?0 📌 0, 💬 0 📌 0", False, [], [(14, 21)]),
        (BSKYVIEW, "📌 0, 🔁 3 📌 0, 💬 0 0, 💬 📌 0", False, [], []),
        # no icons, no date in front, one field
        (WORDS, "03.02.2026, 4", True, [], []),
        (COUNTED, "4 ♥ 3 ↻ x", True, [0], []),
        (ONE, "03.02.2026 ♥", False, [0], []),
        (Layout(name="alone", marker="{posted_at:%d.%m.%Y} ♥"), "03.02.2026 ♥", False, [], []),
        (
            Layout(name="named", marker="{posted_at:%d.%m.%Y} — {name}: {likes}"),
            "03.02.2026 —",
            True,
            [0],
            [],
        ),
    ],
)
def test_beginnings_and_endings(layout, text, is_marked, begun, ended):
    marker = compile_layout(layout).marker
    assert list(find_beginnings(marker, text, is_marked=is_marked)) == begun
    assert list(find_endings(marker, text, find_numbers_behind_icons(text))) == ended
    numbers = numbers_of(text + " " * 64 * len(text))  # which are few enough to be looked at one by one
    assert list(find_beginnings(marker, text, is_marked=is_marked, numbers=numbers)) == begun
    assert find_numbers_behind_icons(text, numbers) == find_numbers_behind_icons(text)


def test_numbers_are_told_where_they_are_few():
    assert list(numbers_of(f"4, {'a' * 64 * 3} 305 αβ6")) == [0, 196, 202]
    assert numbers_of("4, 5") is None
    assert list(numbers_of("Ahoy.")) == []


@pytest.mark.parametrize("numbers", ["", "4, 5, 6, ", "1234567890 "])
@pytest.mark.parametrize("layout", [one for one in BUILT_IN if one.marker], ids=lambda layout: layout.name)
def test_few_numbers_and_many_show_the_same_layout(layout, numbers):
    """A marker below the first screens is found, whether numbers are looked at one by one or not."""
    shown = {
        "bskyview": CLEAN,
        "nopzon": "2 hours ago 4 3 0 0",
        "pleroma": "(DIR) Post #Aa1 by ada@example.org\n2026-02-03T17:04:05Z\n4 likes, 3 repeats",
        "redsky-thread": "Feb 3, 2026, 5:04 PM • 4 3",
        "embed": "— Ada (@ada.example) February 3, 2026 at 5:04 PM",
        "lightnews": "February 3, 2026 at 5:04 PM",
        "redsky": "Ada (@ada.example)",
        "bushdrum": "ada.example",
    }[layout.name]
    filler = f"Ahoy, {numbers}and again: ferries, boats.\n" * 2000
    text = f"@ada.example\n{filler}" + f"{shown}\nAhoy.\n" * 4
    assert choose_layout(text) == layout
    assert (numbers_of(text) is None) == (numbers != "")


@pytest.mark.parametrize(
    ("gap", "text", "end"),
    [
        (" — 👍 ", " — 👍 4", 4),
        (" — 👍 ", "—👍4", 2),
        (" — 👍 ", " \n 👍 4", 4),
        (" — 👍 ", "  β   π 4", 7),
        (" — 👍 ", "β 👍", 3),
        (" — 👍 ", "— 4", None),
        (" — 👍 ", "", None),
        (" 💬 ", "π¬ 4", 2),
        (" 💬 ", "π ¬ 4", 3),
        (" 💬 ", "π", None),
        (" | ", " | 4", 2),
        (" ", " 4", None),
    ],
)
def test_end_of_icons(gap, text, end):
    assert end_of_icons(gap, text, 0) == end
