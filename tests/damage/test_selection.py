# SPDX-License-Identifier: MIT
"""Which of several damages is the likeliest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postdump import C1Policy, Damage
from postdump.damage._selection import DEMANDS, choose_damages
from postdump.strategies import damages

CLEAN = "don’t, “quay” – café"
SPOKEN = "It’s late, don’t go; she’ll wait. We’re off."


def damage(encoding, policy=C1Policy.DROP):
    return Damage(misread_as=encoding, c1_policy=policy)


LATIN = damage("cp1252")
GREEK = damage("iso-8859-7")


def test_fewer_than_two_stay():
    assert choose_damages([], "donβt") == ()
    assert choose_damages((LATIN,), "donβt") == (LATIN,)


def test_least_is_unexplained():
    thai = damage("tis-620")
    assert choose_damages([thai, GREEK], "donβt") == (GREEK, thai)
    assert choose_damages([GREEK, thai], "donโt") == (thai, GREEK)


def test_ties_stay_in_order():
    same = damage("iso-8859-11")
    thai = damage("tis-620")
    assert choose_damages([thai, same], "donโt") == (thai, same)
    assert choose_damages([same, thai], "donโt") == (same, thai)
    assert choose_damages([same, thai], "Ahoy.") == (same, thai)
    assert choose_damages([GREEK, same, thai], "โ") == (same, thai, GREEK)


@pytest.mark.parametrize(("policy", "stand_in"), [(C1Policy.QUESTION, "?"), (C1Policy.SPACE, " ")])
def test_stand_ins(policy, stand_in):
    """They are ASCII: only where they stand behind first bytes, and often enough, are they no accident."""
    dropped, replaced = GREEK, damage("iso-8859-7", policy)
    times = DEMANDS[stand_in]
    text = " x ".join(["β" + 2 * stand_in] * times)
    assert choose_damages([dropped, replaced], text)[0] == replaced
    assert set(choose_damages([dropped, replaced], text)) == {dropped, replaced}
    assert choose_damages([dropped, replaced], "donβt, itβs")[0] == dropped
    assert choose_damages([dropped, replaced], f"x{stand_in}β x{stand_in}β")[0] == dropped


def test_spaces_may_be_lost_again():
    """White space at the end of a line is not kept by every page, so a missing space rules nothing out."""
    spaced = damage("iso-8859-7", C1Policy.SPACE)
    assert choose_damages([damage("tis-620"), spaced], "πβ")[0] == spaced


CENTRAL = damage("iso-8859-2")
SOUTH = damage("iso-8859-16")


@pytest.mark.parametrize("clean", ["naïve", "œuvre", "“so”", "Ș", "VOILĂ”", "SpaĂ”", "SpaĂ´s", "Ăź", "â?”"])
def test_what_may_be_clean_rules_nothing_out(clean):
    """Whole sequences do; a single character does not, nor a sign that stands behind a torn one."""
    assert set(choose_damages([CENTRAL, SOUTH], clean)) == {CENTRAL, SOUTH}


@pytest.mark.parametrize("clean", ["", "naïve, œuvre", "“so”", "Ș"])
def test_a_whole_sequence_rules_out_what_cannot_have_left_it(clean):
    assert choose_damages([SOUTH, CENTRAL], f"{clean} {CENTRAL.apply('später')}") == (CENTRAL,)
    assert choose_damages([CENTRAL, SOUTH], f"{clean} {SOUTH.apply('pâtiñà: õ')}") == (SOUTH,)


def test_what_speaks_against_all_rules_out_none():
    text = f"{CENTRAL.apply('später, grün, là')} {SOUTH.apply('mañana')}"
    assert set(choose_damages([CENTRAL, SOUTH], text)) == {CENTRAL, SOUTH}
    assert choose_damages([SOUTH, CENTRAL], text + CENTRAL.apply("chère"))[0] == CENTRAL


@pytest.mark.parametrize("policy", [C1Policy.QUESTION, C1Policy.REPLACEMENT])
def test_stand_ins_make_a_sequence_whole(policy):
    central, south = damage("iso-8859-2", policy), damage("iso-8859-16", policy)
    assert choose_damages([south, central], central.apply("twenty ₪")) == (central,)
    assert set(choose_damages([south, central], central.apply("don’t – “so”"))) == {central, south}


def test_pairs_rule_out_and_are_ruled_out():
    pairs, korean = damage("gbk"), damage("euc-kr")
    assert choose_damages([korean, pairs], pairs.apply("don’t")) == (pairs,)
    assert choose_damages([pairs, LATIN], LATIN.apply("café, don’t")) == (LATIN,)


letters = st.sampled_from("’“–…éàüñßłğжяαωשก日👍😀 a\n?")


@given(st.lists(damages(), max_size=4, unique=True), st.text(letters))
def test_the_most_telling_are_some_of_those_given(suspects, text):
    found = choose_damages(suspects, text)
    assert set(found) <= set(suspects)
    assert len(set(found)) == len(found)
    assert bool(found) == bool(suspects)
