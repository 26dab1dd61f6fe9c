# SPDX-License-Identifier: MIT
"""
Every encoding under every policy: the damage is named, and a witness gives every text back.

The damage is made here, byte by byte with Python's codecs, so that a mistake in postdump's forward model
cannot hide itself. Bounds are shares of all cells: a few pages show too little to tell two damages apart,
and a few lines lose so much that no line of the witness is surely theirs.
"""

import random
from dataclasses import dataclass
from functools import cache

import pytest
from damage.test_damage import left_by

from postdump import C1Policy, detect_damage, merge, parse
from postdump.damage._encodings import ENCODINGS

pytestmark = pytest.mark.slow

HEADING = "Posts by Ada Example (@ada.example.social)"
POSTS = 30
SENTENCES = (
    "The ferry’s late – bring “lamps”.",
    "‘Mind the gap’, says the sign… isn’t it odd?",
    "It’s “only” weather — so they’d told us!",
    "Café à la digue, façade naïve, où ça ? « Là-bas »",
    "Straße am Hafen: schöne Grüße aus Überlingen",
    "El niño comió piñas; ¿verdad? ¡Sí, señora!",
    "Zażółć gęślą jaźń, powiedział „łódź”",
    "İstanbul’da şiir günü: çay, ığdır, gölge",
    "Blåbærsyltetøy på brødet, Ærlig talt",
    "Příliš žluťoučký kůň úpěl ďábelské ódy",
    "Árvíztűrő tükörfúrógép – ez jó",
    "Țăranii și pădurea, în zori",
    "Þetta er ágætt veður í dag, eða hvað?",
    "Tiếng chuông ở bến cảng vẫn ngân",
    "Φανάρια απόψε στο λιμάνι, ώρα οκτώ",
    "Фонари у причала, а паром — «Заря» — ушёл",
    "Їжак і ґанок: ніч біля моря",
    "日本の灯台、今夜は霧です。",
    "Ship ahoy ⛵ everyone 👍🏽 and off we go 🎉",
    "Price: 20 € or £17, maybe ¥3000",
    "½ cup × 3 °C · 5 µm ± 2 ™",
    "Plain line without any sign",
)
WORDS = ("quay", "gull", "rope", "tide", "lantern", "kettle", "orchard", "piano", "copper", "ladder")


# The test's own damage.


@cache
def table(encoding, policy):
    return [left_by(byte, encoding, policy) for byte in range(256)]


def misread(text, encoding, policy):
    made = table(encoding, policy)
    return "".join(made[byte] for byte in text.encode("utf-8"))


# Pages.


def draw_texts(rng):
    """Draw the texts of a page's posts: lines that hardly ever repeat."""
    return ["\n".join(draw_line(rng) for _ in range(rng.randint(1, 3))) for _ in range(POSTS)]


def draw_line(rng):
    words = rng.sample(WORDS, rng.randint(1, 3))
    return f"{rng.choice(SENTENCES)} {' '.join(words)} {rng.randrange(10_000)}"


def draw_stats(rng):
    date = f"{rng.randint(13, 28)}.{rng.randint(1, 12):02}.2025"
    clock = f"{rng.randrange(24):02}:{rng.randrange(60):02}"
    counts = zip("👍🔁💬📌", (300, 30, 9, 4), strict=True)
    return f"{date} {clock} — {' '.join(f'{icon} {rng.randrange(most)}' for icon, most in counts)}"


@dataclass(frozen=True)
class Cell:
    """What became of one page under one damage."""

    name: str
    is_visible: bool
    """Whether anything shows that it was damaged."""
    named: str
    """What was named instead of the damage, if it does something else to the page."""
    likely: str
    """The same, if none of its equivalents does as the damage did, either."""
    lost: dict[str, list[str]]
    """The texts that did not come back, by what was merged."""


def agrees(damage, chars, encoding, policy):
    return all(damage.apply(char) == misread(char, encoding, policy) for char in chars)


def not_given_back(texts, dumps):
    """Return the texts that a merge of some dumps does not have in their place."""
    made = [post.text for post in merge(*dumps)]
    if len(made) != len(texts):
        return texts
    return [text for text, shown in zip(texts, made, strict=True) if text != shown]


def cell(encoding, policy):
    rng = random.Random(f"{encoding}/{policy}")
    texts = draw_texts(rng)
    clean = "".join(f"{text}\n{draw_stats(rng)}\n" for text in texts)
    damaged = misread(clean, encoding, policy)
    found = detect_damage(damaged)
    known = [] if found.damage is None else [found.damage, *found.equivalents]
    right = [agrees(damage, set(clean), encoding, policy) for damage in known]
    others = [(e, p) for e in ENCODINGS for p in C1Policy if (e, p) != (encoding, policy)]
    also = rng.choice(others)
    shown = {
        "damaged": damaged,
        "clean": clean,
        "also": misread(clean, *also),
        "flat": "\n".join((HEADING, "", *texts)),
    }
    dumps = {which: parse(text, name=which) for which, text in shown.items()}
    name = f"{encoding}/{policy}"
    instead = str(found.damage and f"{found.damage.misread_as}/{found.damage.c1_policy}")
    return Cell(
        name=name,
        is_visible=damaged != clean and not damaged.isascii(),
        named="" if any(right[:1]) else f"{name} as {instead}",
        likely="" if any(right) else f"{name} as {instead}",
        lost={
            "a witness": not_given_back(texts, [dumps["damaged"], dumps["clean"]]),
            "another damaged one": not_given_back(texts, [dumps["damaged"], dumps["also"], dumps["clean"]]),
            "a flat witness": not_given_back(texts, [dumps["damaged"], dumps["flat"]]),
        },
    )


@cache  # no fixture: coverage would be measured while it is set up, which takes twice as long
def cells():
    return [cell(encoding, policy) for encoding in ENCODINGS for policy in C1Policy]


# What must hold of them.


@pytest.mark.parametrize(("which", "least"), [("named", 0.97), ("likely", 0.99)])
def test_the_damage_is_found(which, least):
    visible = [one for one in cells() if one.is_visible]
    wrong = [getattr(one, which) for one in visible if getattr(one, which)]
    assert len(visible) > 0.9 * len(cells())
    assert 1 - len(wrong) / len(visible) >= least, f"{len(wrong)} of {len(visible)}: {'; '.join(wrong)}"


@pytest.mark.parametrize("beside", ["a witness", "another damaged one", "a flat witness"])
def test_texts_come_back(beside):
    lost = [(one.name, text) for one in cells() for text in one.lost[beside]]
    share = 1 - len(lost) / (POSTS * len(cells()))
    assert share >= 0.999, f"{share:.2%} came back; lost are {lost[:20]}"
