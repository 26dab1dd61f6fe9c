# SPDX-License-Identifier: MIT
"""What a line is known by."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postdump._align.line_keys import IDENTIFYING_SIZE, STRONG_SIZE, is_strong, line_key
from postdump._text.characters import visible_ascii
from postdump.damage import C1Policy, Damage, known_damages
from postdump.damage._encodings import ENCODINGS

GREEK = Damage(misread_as="iso-8859-7")
ADDS_ASCII = ("mac-arabic", "mac-farsi")

keeping = st.sampled_from([one for one in known_damages() if one.misread_as not in ADDS_ASCII])


def test_visible():
    assert visible_ascii("Low tide’s at nine?\t\x00\x7f\n~!") == b"Lowtidesatnine~!"


@given(keeping, st.text(st.characters(codec=None)))
def test_no_damage_changes_what_is_visible(damage, text):
    assert visible_ascii(damage.apply(text)) == visible_ascii(text)


@pytest.mark.parametrize("encoding", ADDS_ASCII)
def test_two_encodings_add_to_it(encoding):
    every = "".join(map(chr, range(0x80, 0x800)))
    assert visible_ascii(Damage(misread_as=encoding).apply(every)) != b""
    assert set(ADDS_ASCII) < set(ENCODINGS)


def test_a_long_line_is_known_by_what_is_visible():
    clean = "Low tide’s at nine"
    assert line_key(clean) == line_key(clean, GREEK) == line_key(GREEK.apply(clean)) == b"Lowtidesatnine"


def test_a_line_of_little_ascii_is_known_by_what_the_damage_leaves():
    clean = "Χαμηλά…"
    assert line_key(clean) == clean
    assert line_key(clean, GREEK) == line_key(GREEK.apply(clean)) != clean


def test_spaces_that_a_damage_leaves_at_the_end_are_none_of_a_line():
    damage = Damage(misread_as="iso-8859-7", c1_policy=C1Policy.SPACE)
    assert damage.apply("Ahoy À") == "Ahoy Γ "
    assert line_key("Ahoy À", damage) == line_key("Ahoy Γ") == "Ahoy Γ"


@given(st.sampled_from(known_damages()), st.text(st.characters(codec=None)))
def test_clean_and_damaged_lines_have_one_key(damage, text):
    assert line_key(text, damage) == line_key(damage.apply(text))


@pytest.mark.parametrize("policy", C1Policy)
def test_the_limit(policy):
    damage = Damage(misread_as="cp1252", c1_policy=policy)
    long, short = "a" * IDENTIFYING_SIZE + "é", "a" * (IDENTIFYING_SIZE - 1) + "é"
    assert line_key(long, damage) == b"a" * IDENTIFYING_SIZE
    assert line_key(short, damage) == damage.apply(short)


@pytest.mark.parametrize(
    ("key", "strong"),
    [
        (b"a" * STRONG_SIZE, True),
        (b"a" * (STRONG_SIZE - 1), False),
        ("a" * STRONG_SIZE, True),
        ("a" * (STRONG_SIZE - 1), False),
        ((datetime(2026, 2, 3, 17, 4), b""), True),
        (None, False),
    ],
)
def test_is_strong(key, strong):
    assert is_strong(key) is strong
