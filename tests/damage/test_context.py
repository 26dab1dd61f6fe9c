# SPDX-License-Identifier: MIT
"""
What context suggests: how often it is right on posts that the table has not seen, and when it keeps silent.

The posts in `cases/context` are damaged here, and what is suggested is compared with what stood there.
"""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postdump.damage import C1Policy, Damage, known_damages
from postdump.damage._inversion import invert
from postdump.damage._possible_runs import find_damaged_runs
from postdump.damage._proof import Proof
from postdump.damage.context import CONFIDENCE
from postdump.damage.context import table as _context_table
from postdump.damage.context.suggest import AROUND, LONGEST_LINE, Suggestion, suggest

CASES = Path(__file__).parent.parent / "cases" / "context"
TOOL = Path(__file__).parent.parent.parent / "tools" / "context_table.py"
GREEK = Damage(misread_as="iso-8859-7")
DAMAGES = [
    *(Damage(misread_as=name) for name in ("iso-8859-7", "cp1252", "iso-8859-1", "cp1251", "iso-8859-2")),
    Damage(misread_as="iso-8859-1", c1_policy=C1Policy.QUESTION),
    Damage(misread_as="tis-620"),
]
QUOTES = set("’‘‚“”„«»‹›")
ENOUGH = 40
"""Lost apostrophes and quotation marks from which a language is judged by itself."""
LANGUAGES = sorted(path.stem for path in CASES.glob("*.txt"))


def suggestions(text: str, damage: Damage = GREEK, threshold: float = CONFIDENCE) -> list[Suggestion]:
    """Return what is suggested for what is not proved."""
    return list(suggest(text, unproved(text, damage), damage, threshold))


@cache
def proofs_of(text: str, damage: Damage) -> tuple[Proof, ...]:
    return invert(text, damage)


def unproved(text: str, damage: Damage) -> list[tuple[int, int]]:
    proofs = proofs_of(text, damage)
    runs = []
    for start, end in find_damaged_runs(text, damage):
        at = start
        for proof in proofs:
            if start <= proof.start and proof.end <= end:
                runs.append((at, proof.start))
                at = proof.end
        runs.append((at, end))
    return [(start, end) for start, end in runs if start < end]


def carried_out(text: str, damage: Damage = GREEK, threshold: float = CONFIDENCE) -> str:
    for one in reversed(suggestions(text, damage, threshold)):
        text = text[: one.start] + one.after + text[one.end :]
    return text


def judged(original: str, damage: Damage, threshold: float) -> Counter[str]:
    """Count suggestions, the right ones, what was lost of quotation marks, and what of these was found."""
    text = damage.apply(original)
    proved = {(proof.start, proof.end) for proof in proofs_of(text, damage)}
    lost: dict[tuple[int, int], str] = {}
    at = 0
    for char in original:
        left = damage.apply(char)
        if left != char and (at, at + len(left)) not in proved:
            lost[at, at + len(left)] = char
        at += len(left)
    found = {(one.start, one.end): one.after for one in suggestions(text, damage, threshold)}
    right = {place for place, char in found.items() if lost.get(place) == char}
    marks = {place for place, char in lost.items() if char in QUOTES}
    emoji = {place for place, char in lost.items() if char > "\u2600"}
    total = Counter(found=len(found), right=len(right), lost=len(marks), marks=len(marks & right))
    total["emoji"] = len(emoji.intersection(found))
    return total


@cache
def evaluated(language: str, is_whole: bool) -> Counter[str]:
    text = (CASES / f"{language}.txt").read_text("utf-8")
    texts = [text] if is_whole else [line for line in text.split("\n") if line]
    total: Counter[str] = Counter()
    for damage in DAMAGES:
        for one in texts:
            total.update(judged(one, damage, CONFIDENCE))
    return total


@pytest.mark.slow
@pytest.mark.parametrize("is_whole", [False, True], ids=["lines", "whole"])
def test_of_all_suggestions_99_percent_are_right_and_half_of_the_marks_are_found(is_whole):
    total = sum((evaluated(language, is_whole) for language in LANGUAGES), Counter())
    assert total["right"] >= 0.99 * total["found"]
    assert total["marks"] >= 0.5 * total["lost"]
    assert not total["emoji"]


@pytest.mark.slow
@pytest.mark.parametrize("is_whole", [False, True], ids=["lines", "whole"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_in_each_language_99_percent_are_right(language, is_whole):
    total = evaluated(language, is_whole)
    assert total["right"] >= 0.99 * total["found"]


@pytest.mark.slow
@pytest.mark.parametrize("is_whole", [False, True], ids=["lines", "whole"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_in_each_language_half_of_the_marks_are_found(language, is_whole):
    """In Spanish hardly any are lost: of «» nothing is, under most of the damages."""
    total = evaluated(language, is_whole)
    assert total["lost"] < ENOUGH or total["marks"] >= 0.5 * total["lost"]


@pytest.mark.parametrize(
    "text",
    [
        "I don’t know, it’s late and we’re not sure they’ll come.",
        "L’été s’est arrêté mardi, et j’ai dit qu’il n’a pas l’air d’y croire.",
        "Ankara’nın ayazı meşhurdur.",
        "The walk takes 20 minutes… and it costs 20 €.",
    ],
)
def test_restores(text):
    assert carried_out(carried_proofs(GREEK.apply(text)), threshold=0.95) == text


def carried_proofs(text: str) -> str:
    for proof in reversed(invert(text, GREEK)):
        text = text[: proof.start] + proof.after + text[proof.end :]
    return text


def test_restores_letters_within_words():
    assert carried_out("Latem jest ciepΕo, a zimΔ zimno; byΕa teΕΌ mgΕa.").count("ł") >= 2


def test_cuts_runs_into_what_each_character_left():
    text = GREEK.apply("I can’t…’ she said")
    assert [(one.start, one.end, one.after) for one in suggestions(text, threshold=0)][:2] == [
        (5, 6, "’"),
        (7, 9, "…"),
    ]
    assert [one.after for one in suggestions("a tavernΓ©ββ", threshold=0)][-1:] != ["é"]


@pytest.mark.parametrize("policy", [C1Policy.QUESTION, C1Policy.SPACE, C1Policy.REPLACEMENT])
def test_takes_stand_ins_along(policy):
    damage = Damage(misread_as="iso-8859-1", c1_policy=policy)
    (one,) = suggestions(damage.apply("I don’t know if it is late."), damage)
    assert (one.start, one.end, one.after) == (5, 5 + 3, "’")
    (one,) = suggestions(damage.apply("I know… if it is late."), damage)
    assert (one.start, one.end, one.after) == (6, 6 + 3, "…")


def test_suggests_only_within_the_runs_that_are_asked_for():
    text = "I donβt know, we donβt care."
    assert [one.start for one in suggest(text, [(20, 21)], GREEK)] == [20]
    assert list(suggest(text, [], GREEK)) == []


def test_suggests_only_what_is_likely_enough():
    text = GREEK.apply("“Quay” – it’s a word, isn’t it?")
    for threshold in (0.0, 0.5, 0.9, 0.99):
        assert all(threshold <= one.confidence <= 1 for one in suggestions(text, threshold=threshold))
    assert len(suggestions(text, threshold=0)) == 5
    assert [one.after for one in suggestions(text, threshold=0.9)] == ["’", "’"]


@pytest.mark.parametrize(
    "text",
    [
        "Η βία δεν είναι λύση, λέει ο δήμαρχος.",
        "Ε.Ε. και Δ.Ε.",
        "β",
        "βία",
        "The β-blocker was tested.",
        "the area is πr², and the β of a fund",
        "We now ship the β version to everyone.",
        "TGF-β and IFN-β were measured in β cells.",
        "Die β-Version ist da, und der β Test läuft.",
        "receptor β jest tu",
        "la version β est là",
        "We use β = 0.3 (β).",
        "α and β don't agree, says the Greek letter β.",
        "I like it β",
        "Vitamin A and β carotene",
        "beta β decay",
        "The 2β isomer is rare.",
        "ωβ and βω",
    ],
)
def test_leaves_greek_letters_alone(text):
    assert suggestions(text) == []


@pytest.mark.parametrize("text", ["See you there ☀", "❤", "Sun ⚡ and rain ☔", "日本語 → 中文", "👍 5 💬 4"])
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda one: f"{one.misread_as}/{one.c1_policy}")
def test_leaves_emoji_and_other_scripts_alone(text, damage):
    assert suggestions(damage.apply(text), damage) == []


@pytest.mark.parametrize(
    "text", ["Le chauffeur a mangé un pâté.", "Trân trọng cảm ơn", "Zażółć gęślą jaźń", "Fußgänger über Âge"]
)
def test_leaves_clean_text_alone(text):
    for damage in DAMAGES:
        assert carried_out(text, damage) == text


def test_clean_quotation_marks_count_as_such():
    opened, not_opened = (
        [one.confidence for one in suggestions(f"{mark}Gün gelirβ dedi.", threshold=0) if one.after == "”"]
        for mark in ("“", "")
    )
    assert sum(opened) > sum(not_opened)


@pytest.mark.slow
@pytest.mark.parametrize("size", [LONGEST_LINE * 1000, LONGEST_LINE * 40 + 7])
@pytest.mark.parametrize("unit", ["β", "β ", "aβ", "donβtx", "日本", "Ε", "x"])
def test_long_lines_take_no_longer_than_many_short_ones(unit, size):
    text = unit * (size // len(unit) // 4)
    assert len(suggestions(text)) <= len(text)


def test_long_lines_are_cut_between_words():
    text = "I donβt know. " * 500
    assert carried_out(text) == text.replace("β", "’")


MIXED = st.text(
    st.sampled_from("  \n\r?abcdnstI.,!01(“”’–…é łşÉßα€日👍☀\xa0\ufffd\ud800") | st.characters(), max_size=60
)


@given(MIXED, st.sampled_from(known_damages()), st.booleans())
def test_what_is_suggested_damaged_again_is_what_is_read(text, damage, is_damaged):
    text = damage.apply(text) if is_damaged else text
    at = 0
    for one in suggestions(text, damage, 0.0):
        assert at <= one.start < one.end <= len(text)
        assert damage.apply(one.after) == text[one.start : one.end] != one.after
        assert 0 <= one.confidence <= 1
        assert len(one.after) == 1
        assert one.after < "\u2600"
        at = one.end


@given(MIXED, st.sampled_from(known_damages()), st.sampled_from(known_damages()))
def test_damages_may_follow_on_one_another(text, first, second):
    damage = Damage(misread_as=first.misread_as, c1_policy=first.c1_policy, then=second)
    text = damage.apply(text)
    for one in suggestions(text, damage, 0.0):
        assert damage.apply(one.after) == text[one.start : one.end]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("context_table", TOOL)
    module = importlib.util.module_from_spec(spec)
    sys.modules["context_table"] = module
    spec.loader.exec_module(module)
    return module


def test_the_table_is_what_the_posts_make_it(tool):
    assert tool.write_module(tool.read_lines(TOOL.parent / "context")) == tool.TABLE.read_text("utf-8")
    assert tool.AROUND == AROUND == _context_table.AROUND
    assert tool.TABLE.stat().st_size <= 60_000
