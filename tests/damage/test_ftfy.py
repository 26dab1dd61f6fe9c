# SPDX-License-Identifier: MIT
"""Repairs of ftfy, as far as a damage proves them."""

import pytest
from page import LATIN

from postdump.damage import MAX_MISREADINGS
from postdump.damage._ftfy import prove_by_ftfy
from postdump.damage._proof import Proof, apply_proofs


def test_ftfy_proves():
    """With each proof stands what the last misreading was done to."""
    assert prove_by_ftfy("donâ€™t") == ((Proof(3, 6, "’"), "’"),)
    assert prove_by_ftfy("donÃ¢â‚¬â„¢t") == ((Proof(3, 11, "’"), "â€™"),)


@pytest.mark.parametrize("times", range(1, MAX_MISREADINGS + 1))
def test_ftfy_proves_each_misreading(times):
    observed = "don’t"
    for _ in range(times):
        observed = LATIN.apply(observed)
    assert apply_proofs(observed, [proof for proof, _ in prove_by_ftfy(observed)]) == "don’t"


@pytest.mark.parametrize(
    "line", ["Ahoy.", "don’t", "Φανάρια απόψε", "вЂ", "Ã  la carte", "donβt", "a\ud800b Ã©"]
)
def test_what_ftfy_cannot_prove_is_left(line):
    assert prove_by_ftfy(line) == ()


def test_more_misreadings_than_a_damage_may_have():
    observed = "don’t"
    for _ in range(MAX_MISREADINGS + 1):
        observed = LATIN.apply(observed)
    assert prove_by_ftfy(observed) == ()
