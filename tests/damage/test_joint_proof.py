# SPDX-License-Identifier: MIT
"""What two readings of one line prove together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postdump import C1Policy, Damage
from postdump.damage import known_damages
from postdump.damage._joint_proof import LONGEST_READING, prove_jointly
from postdump.strategies import texts

GREEK = Damage(misread_as="iso-8859-7")
MIDDLE = Damage(misread_as="iso-8859-2", c1_policy=C1Policy.QUESTION)
LAST = Damage(misread_as="cp1253", c1_policy=C1Policy.QUESTION)
ALL = Damage(misread_as="ascii")
damages = st.sampled_from(known_damages())


def shown(text, one, other):
    """Return what is proved of a text; None where its remains are taken for those of two texts."""
    found = prove_jointly(one.apply(text), one, other.apply(text), other)
    return None if found is None else [part.text for part in found]


def stand_in_order(parts, damage, seen):
    """Tell whether a damaged text shows what the damage leaves of each part, one after the other."""
    end = 0
    for part in parts:
        left = damage.apply(part.text)
        start = seen.find(left, end)
        if start < 0:
            return False
        end = start + len(left)
    return True


def test_two_bytes_lost_in_two_places():
    assert shown("20 ₪ each", MIDDLE, LAST) == ["20 ", "₪", " each"]
    assert shown("20 ₪ each", GREEK, GREEK) == ["20 ", " each"]


def test_where():
    (before, sign, after) = prove_jointly("a â?Ş b", MIDDLE, "a β‚? b", LAST)
    assert (sign.start, sign.end) == (2, 5)
    assert (before.text, after.end) == ("a ", 7)


@pytest.mark.parametrize(
    ("one", "other"),
    [("β", "вЂ™s"), ("Ahoy", "Ahoi"), ("ωx", "вЂ™x"), ("", "вЂ™"), ("β", "")],
)
def test_not_of_one_text(one, other):
    assert prove_jointly(one, GREEK, other, Damage(misread_as="cp1251")) is None


def test_nothing_left():
    assert prove_jointly("", ALL, "", ALL) == ()


def test_what_is_not_looked_at():
    long = "é" * LONGEST_READING
    assert prove_jointly(GREEK.apply(long), GREEK, LAST.apply(long), LAST) is None
    assert prove_jointly("a", Damage(misread_as="gbk"), "a", GREEK) is None
    assert prove_jointly("a", GREEK, "a", Damage(misread_as="cp1252", then=GREEK)) is None


def test_too_many_ways():
    """Question marks for all bytes: where one character ends and another begins is anybody's guess."""
    damage = Damage(misread_as="ascii", c1_policy=C1Policy.QUESTION)
    assert prove_jointly("?" * 999, damage, " " * 999, Damage(misread_as="ascii", c1_policy="space")) == ()
    assert prove_jointly("?" * 999, damage, "β" * 300, GREEK) is None


@given(texts(), damages, damages)
def test_is_true(text, one, other):
    """What is proved stood there, in this order, and is what either damage leaves of it."""
    text = text.encode("utf-8", "ignore").decode()[:200]  # which no lone surrogate is
    observed, seen = one.apply(text), other.apply(text)
    found = prove_jointly(observed, one, seen, other)
    rest = iter(text)
    for part in found or ():
        assert one.apply(part.text) == observed[part.start : part.end]
        assert all(char in rest for char in part.text)
    assert stand_in_order(found or (), other, seen)


@given(texts(), texts(), damages, damages)
def test_any_texts(observed, seen, one, other):
    found = prove_jointly(observed, one, seen, other) or ()
    assert all(one.apply(part.text) == observed[part.start : part.end] for part in found)
    assert stand_in_order(found, other, seen)
