# SPDX-License-Identifier: MIT
"""Which damage characters show by themselves, and which of several is the likeliest."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from postdump import C1Policy, Damage
from postdump.damage import known_damages
from postdump.damage._evidence import LEAST_STRAYS, Suspicion, suspect_damages
from postdump.damage._selection import DEMANDS, choose_damages
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


# Which of several.


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


@given(st.lists(damages(), max_size=4, unique=True), st.text(letters))
def test_the_most_telling_are_some_of_those_given(suspects, text):
    found = choose_damages(suspects, text)
    assert set(found) <= set(suspects)
    assert len(set(found)) == len(found)
    assert bool(found) == bool(suspects)


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
