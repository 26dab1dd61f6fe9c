# SPDX-License-Identifier: MIT
"""What is undone without a witness: all of which nothing was lost, and nothing else."""

from itertools import pairwise

import pytest
from damage.sentences import DAMAGES, SENTENCES, TWICE, damages, name, sentences
from hypothesis import given
from page import GREEK

from postdump import C1Policy, Damage
from postdump._text.characters import NON_ASCII
from postdump.damage._inversion import invert, undo
from postdump.damage._proof import Proof, apply_proofs


@pytest.mark.parametrize(
    "damage",
    [one for one in DAMAGES if one.c1_policy is C1Policy.KEEP and len(set(one.table)) == 256],
    ids=name,
)
def test_what_lost_nothing_is_undone(damage):
    for sentence in SENTENCES.values():
        observed = damage.apply(sentence)
        proofs = invert(observed, damage)
        assert apply_proofs(observed, proofs) == sentence
        assert all(damage.apply(proof.after) == observed[proof.start : proof.end] for proof in proofs)


@given(sentences, damages)
def test_only_what_lost_nothing_is_undone(original, damage):
    """Carried out and damaged again it is what was observed, but for what was not undone."""
    observed = damage.apply(original)
    proofs = invert(observed, damage)
    assert all(damage.apply(proof.after) == observed[proof.start : proof.end] for proof in proofs)
    assert all(left.end <= right.start for left, right in pairwise(proofs))
    for run in NON_ASCII.findall(observed):
        after = undo(run, damage)
        assert after is None or damage.apply(after) == run
    undone = {proof.after for proof in proofs}
    assert undone <= set(original) or damage.c1_policy is not C1Policy.KEEP


def test_two_damages_undone():
    assert undo(TWICE.apply("don’t"), TWICE) == "don’t"
    assert undo(TWICE.apply("’é"), TWICE) == "’é"
    assert undo("Ã", TWICE) is None
    assert apply_proofs(TWICE.apply("déjà"), invert(TWICE.apply("déjà"), TWICE)) == "déjà"


def test_a_lossy_run_is_left():
    assert undo("β", GREEK) is None
    assert invert("donβt", GREEK) == ()


def test_a_character_that_two_bytes_leave_is_left():
    damage = Damage(misread_as="iso-8859-1", c1_policy=C1Policy.REPLACEMENT)
    assert undo("Ã\ufffd", damage) is None
    assert undo("Ã©", damage) == "é"


def test_what_lost_nothing_beside_what_did():
    assert invert("lβΓ©tΓ©", GREEK) == (Proof(2, 4, "é"), Proof(5, 7, "é"))
    assert invert("βΓ", GREEK) == ()
    assert invert("©Γ©", GREEK) == (Proof(1, 3, "é"),)


CP1252 = Damage(misread_as="cp1252", c1_policy=C1Policy.DROP)
BALTIC = Damage(misread_as="iso-8859-4", c1_policy=C1Policy.DROP)
NORDIC = Damage(misread_as="iso-8859-10", c1_policy=C1Policy.DROP)


def test_a_rival_that_undoes_otherwise_hinders():
    """Two encodings that have the same letters, some of them elsewhere."""
    assert invert("Äē Äą", BALTIC) == (Proof(0, 2, "ĺ"), Proof(3, 5, "ı"))
    assert invert("Äē Äą", NORDIC) == (Proof(0, 2, "Ĳ"), Proof(3, 5, "ı"))
    assert invert("Äē Äą", BALTIC, [NORDIC]) == invert("Äē Äą", NORDIC, [BALTIC]) == (Proof(3, 5, "ı"),)


def test_a_rival_hinders_beside_what_it_cannot_have_left():
    """What stands behind is no character's end to either of them."""
    assert invert("Äēą", BALTIC) == (Proof(0, 2, "ĺ"),)
    assert invert("Äēą", BALTIC, [NORDIC]) == ()


def test_a_rival_hinders_that_leaves_it_of_another_that_people_write():
    rival = Damage(misread_as="iso-8859-15", c1_policy=C1Policy.WINDOWS_1252)
    assert rival.apply("ü") == rival.apply("Ì") == "ÃŒ"
    assert invert("fÃŒr", CP1252) == (Proof(1, 3, "Ì"),)
    assert invert("fÃŒr", CP1252, [rival]) == ()
    assert rival.apply("\u2919") == rival.apply("’") == "â€™"
    assert invert("donâ€™t", CP1252, [rival]) == (Proof(3, 6, "’"),)


def test_a_rival_that_cannot_have_left_it_does_not_hinder():
    assert invert("Å¼ ©Γ©", CP1252, [GREEK]) == (Proof(0, 2, "ż"),)
    assert invert("©Γ©", GREEK, [CP1252]) == (Proof(1, 3, "é"),)


def test_a_rival_that_left_more_than_the_fragment_hinders():
    """Two of the three characters of a damaged apostrophe are, read otherwise, a sign of their own."""
    roman = Damage(misread_as="mac-roman", c1_policy=C1Policy.DROP)
    assert [one.start for one in invert("donâ€™t", roman)] == [4]
    assert invert("donâ€™t", roman, [CP1252]) == ()


def test_clean_neighbours_do_not_hinder():
    assert invert("“Γ©”…", GREEK) == (Proof(1, 3, "é"),)
    assert invert("…", GREEK) == ()


@pytest.mark.parametrize("word", ["Spaß”", "groß“", "CAFÉ”", "VOILÀ”"])
def test_what_ends_a_word_well_is_left(word):
    """Read otherwise it is a letter, but one that no word of Latin letters has."""
    assert invert(word, CP1252) == ()


def test_what_words_have_is_undone():
    text = "Spaß, Tiếng, naïve: “к” –"
    made = invert(CP1252.apply(text), CP1252)
    assert "".join(one.after for one in made) == "ßếï“к–"


def test_genuine_words_are_left():
    assert invert("Φανάρια απόψε", GREEK) == ()
