# SPDX-License-Identifier: MIT
"""What a damage can have left, compared with its candidates and with UTF-8."""

from itertools import product

import pytest
from attrs import evolve
from damage.sentences import SENTENCES, TWICE, damages, name, sentences
from hypothesis import given
from page import GREEK, LATIN

from postdump import C1Policy, Damage
from postdump.damage._possible_runs import find_damaged_runs, is_possible


def brute(run, damage):
    """By the forward model's own inverse, a fragment at a time."""
    reached = {0}
    for end in range(1, len(run) + 1):
        if any(at in reached and damage.candidates(run[at:end]) for at in range(max(0, end - 12), end)):
            reached.add(end)
    return len(run) in reached


@pytest.mark.parametrize(
    "damage",
    [
        GREEK,
        LATIN,
        TWICE,
        Damage(misread_as="tis-620"),
        Damage(misread_as="iso-8859-6"),
        Damage(misread_as="iso-8859-1", c1_policy=C1Policy.REPLACEMENT),
        Damage(misread_as="cp1251", c1_policy=C1Policy.WINDOWS_1252),
        evolve(LATIN, then=GREEK),
    ],
    ids=name,
)
def test_possible_is_what_candidates_leave(damage):
    left = sorted({char for leaving in damage.table for char in leaving if not char.isascii()})[::7]
    runs = ["".join(run) for size in (1, 2) for run in product(left, repeat=size)]
    runs += [damage.apply(sentence).replace(" ", "")[:3] for sentence in SENTENCES.values()]
    for run in runs:
        if not any(char.isascii() for char in run):
            assert is_possible(run, damage) == brute(run, damage), run


@given(sentences, damages)
def test_all_that_is_damaged_is_possible(original, damage):
    observed = damage.apply(original)
    covered = {at for start, end in find_damaged_runs(observed, damage) for at in range(start, end)}
    assert all(at in covered for at, char in enumerate(observed) if not char.isascii())


@pytest.mark.parametrize(
    ("policy", "text", "runs"),
    [
        (C1Policy.QUESTION, "donâ??t ð??? ç?¯", ["â", "ð", "ç", "¯"]),
        (C1Policy.SPACE, "donâ  t", ["â"]),
        (C1Policy.DROP, "donât ç¯", ["â", "ç¯"]),
        (C1Policy.DROP, "¯", []),
        (C1Policy.DROP, "“donât…” — â", ["â", "â"]),
        (C1Policy.KEEP, "donât", []),
    ],
)
def test_runs(policy, text, runs):
    damage = Damage(misread_as="iso-8859-1", c1_policy=policy)
    assert [text[start:end] for start, end in find_damaged_runs(text, damage)] == runs


KEEPS_ALL = Damage(misread_as="iso-8859-1", c1_policy=C1Policy.KEEP)
EDGES = "\x80\u07ff\u0800\u0fff\u1000\ucfff\ud000\ud7ff\ue000\uffff"
HIGH = "\U00010000\U0003ffff\U00040000\U000fffff\U0010ffff"


@pytest.mark.parametrize("char", EDGES + HIGH, ids=ascii)
def test_every_length_of_character_is_possible(char):
    assert is_possible(
        char.encode().decode("latin-1"), Damage(misread_as="iso-8859-1", c1_policy=C1Policy.KEEP)
    )


@pytest.mark.parametrize(
    "data",
    [
        *("C1 BF", "E0 9F BF", "ED A0 80", "F0 8F BF BF", "F4 90 80 80", "F5 80 80 80"),
        *("80", "C3", "C3 C3", "E2 82", "E2 82 C3", "F0 9F 91", "C3 A9 80", "C3 7F"),
    ],
)
def test_what_is_no_utf8_is_not(data):
    run = bytes.fromhex(data).decode("latin-1")
    assert not is_possible(run, KEEPS_ALL)


def test_what_the_damage_never_leaves():
    assert not is_possible("βы", GREEK)
    assert list(find_damaged_runs("ы", GREEK)) == []


def test_nothing_is_an_empty_run():
    assert is_possible("", GREEK)
    assert list(find_damaged_runs("Ahoy.", GREEK)) == []
