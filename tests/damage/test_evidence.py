# SPDX-License-Identifier: MIT
"""Which damage the characters of a text show by themselves."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from postdump import C1Policy, Damage
from postdump.damage import known_damages
from postdump.damage._evidence import LEAST_STRAYS, Suspicion, suspect_damages
from postdump.damage._selection import choose_damages
from postdump.strategies import damages

CLEAN = "don’t, “quay” – café"
SPOKEN = "It’s late, don’t go; she’ll wait. We’re off."


def damage(encoding, policy=C1Policy.DROP):
    return Damage(misread_as=encoding, c1_policy=policy)


LATIN = damage("cp1252")
GREEK = damage("iso-8859-7")


# Sequences.


@pytest.mark.parametrize(
    ("made", "sequence"),
    [
        (LATIN, "â€™"),
        (damage("cp1251"), "вЂ™"),
        (damage("iso-8859-7", C1Policy.WINDOWS_1252), "β€™"),
        (damage("iso-8859-1", C1Policy.KEEP), "â\x80\x99"),
        (damage("tis-620", C1Policy.WINDOWS_1252), "โ€™"),
        (damage("iso-8859-5", C1Policy.WINDOWS_1252), "т€™"),
        (damage("mac-roman"), "‚Äô"),
        (damage("cp437"), "ΓÇÖ"),
        (damage("koi8-r"), "Б─≥"),
    ],
    ids=lambda value: getattr(value, "misread_as", None),
)
def test_sequences(made, sequence):
    found = suspect_damages(made.apply(CLEAN))
    assert found.damages[0] == made
    assert (found.rule, found.shown[sequence]) == ("sequences", 1)
    assert found.shown.total() >= 3


def test_a_sequence_that_lost_nothing_betrays_those_that_did():
    found = suspect_damages(GREEK.apply(CLEAN))
    assert (found.damages[0], found.rule, dict(found.shown)) == (GREEK, "sequences", {"Γ©": 1})


def test_sequences_are_counted():
    found = suspect_damages(LATIN.apply(SPOKEN))
    assert (found.damages[0], dict(found.shown)) == (LATIN, {"â€™": 4})


@pytest.mark.parametrize("text", ["donâ€™t", "cafÃ©", "Ã©tÃ© â€“"])
def test_one_may_be_enough(text):
    """Three bytes are no accident, nor are two that break into a word."""
    assert suspect_damages(text).damages[0] == LATIN


@pytest.mark.parametrize("text", ["Ã©", "CAFÃ©", "CAFÉ®", "Ã© Ã©"])
def test_one_of_two_bytes_is_not(text):
    assert suspect_damages(text) == Suspicion()


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("cp1252", "привет мир"), ("cp1253", "Γειά σου Κόσμε"), ("cp437", "שלום עולם"), ("cp1252", "דברים")],
)
def test_sequences_of_one_script(encoding, text):
    """They stand for nothing that every text has, but all of them for letters of one alphabet."""
    made = damage(encoding, C1Policy.KEEP)
    found = suspect_damages(made.apply(text))
    assert found.rule == "sequences"
    assert any(one.apply(text) == made.apply(text) for one in found.damages)


def test_sequences_of_several_scripts():
    assert suspect_damages(LATIN.apply("ж α א")) == Suspicion()


# What is no evidence.


@pytest.mark.parametrize(
    "text",
    [
        "“donâ€™t” they wrote",
        "«donâ€™t» they wrote",
        "„donâ€™t“ they wrote",
        "„donâ€™t” they wrote",
        "The page showed “â€œ” and “â€””, both of them.",
    ],
)
def test_what_is_quoted(text):
    assert suspect_damages(text) == Suspicion()


def test_what_stands_beside_a_quotation():
    assert suspect_damages("“Ahoy” she said, and donâ€™t go").damages[0] == LATIN


@pytest.mark.parametrize(
    "text", ["donâ€™t for don’t", "cafÃ© is café, dÃ©jÃ\xa0 is déjà", "It’s Ã©, and Ã© once more: é é"]
)
def test_what_is_spoken_of(text):
    """Who shows as often what a sequence stands for can write it, and so writes of mojibake."""
    assert suspect_damages(text) == Suspicion()


def test_what_is_shown_less_often_is_not_spoken_of():
    assert suspect_damages("donâ€™t itâ€™s, but one don’t").damages[0] == LATIN


@pytest.mark.parametrize(
    "text",
    [
        "Φανάρια απόψε στο λιμάνι",
        "ΑΒΓ ΔΕΖ ΗΘΙ ΞΑΝΑ ΟΔΟΣ",
        "Ο Ίκαρος, η Όλγα κι ο Άρης: «Έλα!»",
        "Фонари у причала",
        "МОСКВА, УФА, ВЯТКА, ЁЛКА, РЖЕВ",
        "Їжак і ґанок",
        "ภาษาไทย โรงเรียน เมือง แม่น้ำ",
        "ไปๆ มาๆ ฿๕๐",
        "שלום עולם",
        "لا بأس، شكرًا",
        "CAFÉ À LA CRÈME, ÉTÉ, GARÇON",
        "İSTANBUL’DA ŞİİR GÜNÜ",
        "ŻÓŁĆ GĘŚLĄ JAŹŃ",
        "日本の灯台、今夜",
        "20 °C ± 2 µm · ½ × 3 ®",
    ],
)
def test_genuine_letters(text):
    assert suspect_damages(text) == Suspicion()


@pytest.mark.parametrize(
    "text", ["", "Ahoy.", "don??t, it??s", "\ud800", "a\udfff’\ud83d", "\x80\x99", "\ufffd\ufffd"]
)
def test_nothing_to_see(text):
    assert suspect_damages(text) == Suspicion()


# Strays.


@pytest.mark.parametrize(
    ("made", "stray"),
    [
        (GREEK, "β"),
        (damage("tis-620"), "โ"),
        (damage("iso-8859-5"), "т"),
        (damage("iso-8859-7", C1Policy.QUESTION), "β??"),
        (damage("iso-8859-7", C1Policy.REPLACEMENT), "β\ufffd\ufffd"),
        (damage("iso-8859-1", C1Policy.QUESTION), "â??"),
    ],
    ids=lambda value: getattr(value, "misread_as", None),
)
def test_strays(made, stray):
    found = suspect_damages(made.apply(SPOKEN))
    assert found.damages[0] == made
    assert (found.rule, dict(found.shown)) == ("strays", {stray: 4})


@pytest.mark.parametrize(
    "text",
    ["donβt", "donβt canβt wonβt", "itâs donât weâre", "donét ités wéére", "βt βs βre", "naïve façade dégât"],
)
def test_too_little_for_strays(text):
    """Letters of Latin words are their own, and so are others between the same letters, or at an end."""
    assert suspect_damages(text) == Suspicion()


def test_as_many_strays_as_it_takes():
    words = ["donβt", "itβs", "weβre", "sheβll"]
    assert suspect_damages(" ".join(words[: LEAST_STRAYS - 1])) == Suspicion()
    assert suspect_damages(" ".join(words[:LEAST_STRAYS])).damages == (GREEK,)


# Any text.


def holds(text):
    """Assert what must hold of any text."""
    found = suspect_damages(text)
    assert set(found.damages) <= set(known_damages())
    assert len(set(found.damages)) == len(found.damages)
    assert bool(found.damages) == bool(found.rule) == bool(found.shown)
    assert all(times > 0 and sequence in text for sequence, times in found.shown.items())
    if found.rule == "sequences":
        assert all(found.damages[0].candidates(sequence) for sequence in found.shown)
    elif found.rule:
        assert {found.damages[0].apply("’")} == set(found.shown)


@pytest.mark.parametrize("text", ["â€śŃŹâ€¦", "â€¦â€śÄź", "Ĺ‚Ă\xa0â€¦", "рџ‘Қрџ\ufffdџЧ©"])
def test_what_is_shown_is_of_the_first(text):
    """Several damages are weighed, and what convicts one of them need not be what another leaves."""
    holds(text)


letters = st.sampled_from("’“–…éàüñßłğжяαωשก日👍😀 a\n?")


@given(st.text())
@example("\ud800\x80")
def test_arbitrary_text(text):
    holds(text)


@given(damages(), st.text(letters, min_size=3))
def test_damaged_text(made, text):
    holds(made.apply(text))


@given(damages(), damages(), st.text(letters, min_size=3), st.text(letters, min_size=3))
def test_text_damaged_in_two_ways(first, second, one, another):
    holds(first.apply(one) + "\n" + second.apply(another))


@pytest.mark.parametrize(
    "unit", ["Ã©", "Ã", "É", "β", "β??", "β  ", "â€", "â€™", "\ufffd", "โ", "don\u03b2t "]
)
def test_a_megabyte_of_one_letter(unit):
    """No pattern may take long over it, and where it says the same again and again it says it once."""
    text = "caf" + unit * (1_000_000 // len(unit))
    holds(text)
    suspects = known_damages()[:6]
    assert set(choose_damages(suspects, text)) <= set(suspects)


def test_a_beta_for_the_german_sharp_s():
    """It always follows a vowel; what stands for an apostrophe mostly does not."""
    text = "Die Straβe ist groβ, es heiβt, wir muβten drauβen bleiben und fleiβig sein."
    assert suspect_damages(text) == Suspicion()
    assert suspect_damages(GREEK.apply("I don’t know, it’s late, we’re off, she’d go.")).damages[0] == GREEK
