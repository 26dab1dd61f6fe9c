# SPDX-License-Identifier: MIT
"""Sentences of several scripts, and damages, for the tests of proofs and of what is undone."""

from attrs import evolve
from hypothesis import strategies as st
from page import GREEK, LATIN

from postdump import C1Policy, Damage
from postdump.damage import known_damages

SENTENCES = {
    "english": "Don’t miss it – “lamps” and all… 👍🏽",
    "french": "Déjà vu : naïve, à l’œuvre. Ça va ?",
    "greek": "Φανάρια απόψε στο λιμάνι.",
    "russian": "Фонари сегодня у старого причала, 7 часов.",
    "chinese": "今晚灯节，老码头见。 8 p.m.",
}
DAMAGES = known_damages()
DROPS_ALL = Damage(misread_as="ascii", c1_policy=C1Policy.DROP)
TWICE = evolve(LATIN, then=LATIN)

damages = st.sampled_from([*DAMAGES, TWICE, evolve(GREEK, then=LATIN)])
sentences = st.sampled_from(sorted(SENTENCES.values())) | st.text(
    st.sampled_from("ab ?é’–ш今👍"), max_size=12
)


def name(damage):
    """Return the name of a damage in the names of tests."""
    return f"{damage.misread_as}-{damage.c1_policy.value}"
