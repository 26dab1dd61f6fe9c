# SPDX-License-Identifier: MIT
"""A damage inferred from lines that a witness shows undamaged."""

import pytest
from damage.sentences import DAMAGES, SENTENCES, name
from page import GREEK

from postdump import C1Policy, Damage
from postdump.damage._inference import LONGEST_RUN, infer_damages


@pytest.mark.parametrize("damage", DAMAGES[::5], ids=name)
def test_learned(damage):
    pairs = [(damage.apply(sentence), sentence) for sentence in SENTENCES.values()]
    found = infer_damages(pairs)[0]
    if damage.apply(SENTENCES["greek"]).isascii() and damage.c1_policy is C1Policy.DROP:
        assert found is None or found.apply(SENTENCES["greek"]) == damage.apply(SENTENCES["greek"])
    else:
        assert found is not None  # not always this one: some differ in a few characters only
        assert 2 * sum(found.apply(original) == observed for observed, original in pairs) > len(pairs)


def test_one_dropped_sign_teaches_nothing():
    """An edit drops a sign now and then; whoever lost all that is no ASCII was misread."""
    pairs = [("Ahoy ", "Ahoy ⛵"), ("caf", "café"), ("20  each", "20 € each")]
    assert infer_damages(pairs[:2]) == ()
    assert infer_damages(pairs)[0] == Damage(misread_as="ascii")


def test_of_several_the_likeliest():
    assert infer_damages([("cafΓ©", "café")])[0] == GREEK


@pytest.mark.parametrize(
    "pairs",
    [
        [],
        [("Ahoy.", "Ahoy.")],
        [("donβt", "don't")],
        [("abc", "xyz")],
        [("β", "–"), ("x’", "x‘")],
        [("Î²" * LONGEST_RUN, "β" * (LONGEST_RUN + 1))],
    ],
)
def test_nothing_learned(pairs):
    assert infer_damages(pairs) == ()


def test_most_pairs_decide():
    assert infer_damages([("β", "–"), ("βx", "’x"), ("ω’", "ω‘")])[0] == GREEK


def test_learned_where_bytes_left_question_marks():
    damage = Damage(misread_as="iso-8859-1", c1_policy=C1Policy.QUESTION)
    found = infer_damages([(damage.apply(one), one) for one in ("don’t – “stop”", "gehört’s dir?")])[0]
    assert found == damage
