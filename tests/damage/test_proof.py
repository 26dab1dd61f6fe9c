# SPDX-License-Identifier: MIT
"""Proofs: every damage, on sentences of several scripts, whole, mixed with what survived, and wrong."""

import pytest
from attrs import evolve
from damage.sentences import DAMAGES, DROPS_ALL, SENTENCES, TWICE, damages, name, sentences
from hypothesis import assume, given
from hypothesis import strategies as st
from page import GREEK, LATIN

from postdump.damage._proof import MOST_WAYS, Proof, apply_proofs, prove


def check(observed, original, damage):
    """Whatever is proved must be true: carried out it gives the original, and each run is smallest."""
    proofs = prove(observed, original, damage)
    assert proofs is not None
    assert apply_proofs(observed, proofs) == original
    for proof in proofs:
        assert damage.apply(proof.after) == observed[proof.start : proof.end] != proof.after
        assert len(proof.after) == 1
        assert not proof.after.isascii()
    assert list(proofs) == sorted(proofs, key=lambda proof: (proof.start, proof.end))


# With a witness.


@pytest.mark.parametrize("damage", DAMAGES, ids=name)
def test_every_damage_is_seen_through(damage):
    for sentence in SENTENCES.values():
        check(damage.apply(sentence), sentence, damage)


@pytest.mark.parametrize("damage", [TWICE, evolve(GREEK, then=LATIN), evolve(TWICE, then=GREEK)])
@pytest.mark.parametrize("sentence", SENTENCES.values(), ids=SENTENCES)
def test_two_damages_in_a_row(damage, sentence):
    check(damage.apply(sentence), sentence, damage)


@given(sentences, damages, st.randoms(use_true_random=False))
def test_what_survived_is_no_repair(original, damage, random):
    observed = "".join(char if random.random() < 0.5 else damage.apply(char) for char in original)
    check(observed, original, damage)


def test_runs_are_smallest():
    assert prove("I’ve – ML β–", "I’ve – ML ––", GREEK) == (Proof(10, 11, "–"),)


@given(sentences, damages, st.integers(0, 20), st.sampled_from("aш’"))
def test_another_original_is_none(original, damage, at, char):
    """One ASCII character more or less, or another, and nothing is proved; nor for a character too many."""
    observed = damage.apply(original)
    assume(len(damage.apply(char)) > 0)
    at = min(at, len(original))
    assert prove(observed + "a", original, damage) is None
    assert prove(observed, original + "a", damage) is None
    assert prove(damage.apply(original[:at] + char + original[at:]), original, damage) is None or char == "’"


@pytest.mark.parametrize(
    ("observed", "original"),
    [
        ("color β", "colour –"),
        ("β", "–."),
        ("β ", "–"),
        ("β", "ι"),
        ("β", ""),
        ("", "–"),
        ("π¬", "👍"),
        ("ββ", "–"),
        ("β", "––"),
    ],
)
def test_wrong_originals(observed, original):
    assert prove(observed, original, GREEK) is None


def test_ascii_is_its_own_proof():
    assert prove("Ahoy.", "Ahoy.", GREEK) == ()
    assert prove("", "", GREEK) == ()


# Characters left empty.


def test_what_left_nothing_is_put_back():
    assert prove("dont  stop", "don’t – stop", DROPS_ALL) == (Proof(3, 3, "’"), Proof(5, 5, "–"))


@pytest.mark.parametrize(("observed", "original"), [("é", "éé"), ("éa", "éaéa"), ("a", "éaé")])
def test_several_ways(observed, original):
    if observed == "éa":
        assert prove(observed, original, DROPS_ALL) is None
    else:
        check(observed, original, DROPS_ALL)


def test_too_many_ways_prove_nothing():
    """Any half of the characters may be the lost ones: what is proved would be a guess, and take its time."""
    check("é" * (MOST_WAYS // 2), "é" * MOST_WAYS, DROPS_ALL)
    assert prove("é" * 3 * MOST_WAYS, "é" * 6 * MOST_WAYS, DROPS_ALL) is None


# Beginnings.


@pytest.mark.parametrize(
    ("observed", "proofs"),
    [
        ("", ()),
        ("Lo", ()),
        ("Low tide β", (Proof(9, 10, "–"),)),
        ("Low tide β at ni", (Proof(9, 10, "–"),)),
        ("Low tide β at nine…", (Proof(9, 10, "–"),)),
        ("Low tide β at ten", None),
        ("Low tide β at nine… sharp", None),
    ],
)
def test_a_beginning(observed, proofs):
    assert prove(observed, "Low tide – at nine…", GREEK, is_beginning=True) == proofs
