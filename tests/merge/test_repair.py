# SPDX-License-Identifier: MIT
"""Repairs of a text that need not be a dump, and what damage it has."""

from collections import Counter
from unittest.mock import patch

import pytest
from hypothesis import given
from page import FESTIVAL, GREEK, LATIN, page, stats

from postdump import Basis, C1Policy, Damage, Detection, Evidence, Repaired, Span, detect_damage, repair
from postdump._merge.repair import _outside
from postdump._parse.detect_damage import TOP
from postdump._parse.page import cut
from postdump.strategies import lines, texts

CLEAN = "The ferry’s late – bring “lamps”."


# Detection.


def test_detect():
    text = GREEK.apply(page("Ahoy – don’t.", stats(9), stats(8)))
    found = detect_damage(text)
    assert found.damage == GREEK
    assert [run.of(text) for run in found.runs[:2]] == ["β", "β"]
    assert found.runs[0] == Span(start=5, end=6)
    assert found.evidence == (Evidence(rule="markers", shown=("β π π π¬ π",), times=2),)


@pytest.mark.parametrize("text", ["", "Ahoy.", page("Ahoy – don’t.", stats(9)), "donβt", CLEAN])
def test_no_damage(text):
    assert detect_damage(text) == Detection()


def test_equivalents_are_told():
    damage = Damage(misread_as="iso-8859-1", c1_policy=C1Policy.KEEP)
    found = detect_damage(damage.apply(page("Ahoy – don’t.", stats(9))))
    assert found.damage is not None
    assert damage in (found.damage, *found.equivalents)
    assert found.damage not in found.equivalents


def test_a_detection_has_its_fields_alone():
    found = detect_damage("donâ€™t, itâ€™s")
    assert not hasattr(found, "nonsense")
    assert repr(found).startswith("Detection(damage=Damage(misread_as='cp1252'")


# Repairs.


@pytest.mark.parametrize("text", ["", "Ahoy.", CLEAN, "\n\r\n", page(CLEAN, stats(9)), "Φανάρια απόψε\x85"])
def test_nothing_to_do(text):
    assert repair(text) == Repaired(text=text)


def test_by_a_witness_and_a_damage():
    made = repair("donβt", damage=GREEK, witness="don’t")
    (one,) = made.repairs
    assert made.text == "don’t"
    assert (one.before, one.after, one.basis, one.confidence) == ("β", "’", Basis.WITNESS, None)
    assert (one.reading.dump, one.reading.line, one.reading.column) == ("text", 1, 4)
    assert [(reading.dump, reading.text) for reading in one.evidence] == [("witness", "don’t")]
    assert made.unrepaired == ()


@pytest.mark.parametrize("damage", [GREEK, LATIN])
def test_the_damage_is_learned(damage):
    made = repair(damage.apply(CLEAN), witness=CLEAN)
    assert made.text == CLEAN
    assert len(made.repairs) == 4


def test_by_codec():
    made = repair("cafΓ© βΓ©tΓ©", damage=GREEK)
    assert made.text == "café βété"
    assert {one.basis for one in made.repairs} == {Basis.CODEC}
    assert all(one.evidence == () for one in made.repairs)
    assert [(one.dump, one.text) for one in made.unrepaired] == [("text", "β")]


def test_by_ftfy():
    made = repair("First.\n  donâ€™t  \r\nÃ©")
    assert made.text == "First.\n  don’t  \r\né"
    assert [(one.before, one.after, one.basis) for one in made.repairs] == [
        ("â€™", "’", Basis.CODEC),
        ("Ã©", "é", Basis.CODEC),
    ]
    assert [(one.reading.line, one.reading.column) for one in made.repairs] == [(2, 6), (3, 1)]


def test_ftfy_is_asked_where_the_witness_says_nothing():
    made = repair("donâ€™t\nLow tide is at nine, Ã©.", witness="Low tide is at nine, Ã©.")
    assert made.text == "don’t\nLow tide is at nine, Ã©."


def test_a_witness_vetoes():
    text = "They wrote donâ€™t there."
    assert repair(text, witness=text) == Repaired(text=text)
    assert repair(text, damage=LATIN, witness=text) == Repaired(text=text)


def test_several_lines():
    clean = page("The ferry’s late.", "", "Bring “lamps” – and mind the steps.", "7 o’clock…")
    made = repair(GREEK.apply(clean), damage=GREEK, witness=clean)
    assert made.text == clean
    assert [one.reading.line for one in made.repairs] == [1, 3, 3, 3, 4, 4]
    starts = [one.reading.span.start for one in made.repairs]
    assert starts == sorted(starts)


def test_a_witness_of_more_and_less():
    clean = [FESTIVAL + " – One.", "The ferry’s late, as it is ever.", "Mind the steps – all of them."]
    made = repair(
        GREEK.apply(page(*clean)), damage=GREEK, witness=page("Else.", clean[0], "Else, too.", clean[2])
    )
    assert made.text == page(clean[0], GREEK.apply(clean[1]), clean[2])
    assert [one.text for one in made.unrepaired] == ["β"]


def test_markers_show_the_damage_and_are_text():
    text = GREEK.apply(page("The ferry’s late, as it is ever.", stats(9), "Tail"))
    made = repair(text, witness="The ferry’s late, as it is ever.")
    assert made.text.split("\n")[0] == "The ferry’s late, as it is ever."
    assert made.text.split("\n")[1:] == text.split("\n")[1:]
    assert made.unrepaired == ()  # what icons became is known
    assert repair(text, witness=page("The ferry’s late, as it is ever.", stats(9), "Tail")).text.split("\n")[
        1
    ] == stats(9)


def test_a_damaged_witness():
    """Its own markers show that it is damaged too, in another way: both together prove more than either."""
    clean = page("The ferry’s late, as it is ever.", stats(9))
    made = repair(GREEK.apply(clean), witness=LATIN.apply(clean))
    assert made.text.split("\n")[0] == clean.split("\n")[0]
    assert {one.basis for one in made.repairs} == {Basis.WITNESS}
    assert all(one.dump == "text" for one in made.unrepaired)


def test_a_witness_that_is_damaged_alike():
    text = "They wrote donβt, all of them."
    assert repair(text, damage=GREEK, witness=text) == Repaired(text=text)


def test_what_left_nothing():
    damage = Damage(misread_as="ascii", c1_policy=C1Policy.DROP)
    made = repair("Low tide  at nine", damage=damage, witness="Low tide – at nine")
    assert made.text == "Low tide – at nine"
    assert [(one.before, one.after) for one in made.repairs] == [("", "–")]


def test_entities_of_many_digits():
    entity = "&#" + "9" * 5_000 + ";"
    texts = [f"Salt {entity} and pepper for all of the harbour {when}." for when in ("tonight", "now")]
    assert repair(texts[0], witness=texts[1]) == Repaired(text=texts[0])


@given(lines(quoting=True))
def test_a_clean_line_is_left_beside_itself(line):
    assert repair(line, witness=line) == Repaired(text=line)


@given(texts(), texts())
def test_repairs_say_what_was_done(text, witness):
    made = repair(text, witness=witness)
    at, pieces = 0, []
    for one in made.repairs:
        assert one.reading.text == one.before == text[one.reading.span.start : one.reading.span.end]
        pieces += [text[at : one.reading.span.start], one.after]
        at = one.reading.span.end
    assert "".join([*pieces, text[at:]]) == made.text
    assert all(one.dump == "text" and one.text for one in made.unrepaired)


def test_what_is_left_of_stretches():
    def span(start, end):
        return Span(start=start, end=end)

    assert list(_outside([span(0, 9), span(20, 22)], [span(2, 3), span(5, 7), span(19, 21)])) == [
        span(0, 2),
        span(3, 5),
        span(7, 9),
        span(21, 22),
    ]
    assert list(_outside([span(4, 6)], [span(4, 6)])) == []


@pytest.mark.parametrize("times", [1, 3])
def test_witnesses_of_lines_without_ascii(times):
    """They are all known by nothing, so they are compared in order."""
    text = "\n".join(["Привет, мир", "как дела", "хорошо", "спасибо"] * times)
    for damage in (GREEK, Damage(misread_as="gbk")):
        assert repair(damage.apply(text), witness=text).text == text


def test_ftfy_is_not_asked_to_guess():
    """Š is left by two bytes here; ftfy would choose one."""
    damage = Damage(misread_as="iso-8859-2", c1_policy=C1Policy.WINDOWS_1252)
    assert "Ê" not in repair(damage.apply("mañana, señor ¿él? ¡Ñandú! está")).text


@pytest.mark.parametrize("marker", ["February 3, 2026 at 5:04 PM", "03.02.2026 17:04  4  3  0  0"])
def test_markers_without_icons_say_nothing(marker):
    found = detect_damage(f"donâ€™t sink. Itâ€™s fine… cafÃ©\n{marker}\n" * 4)
    assert found.damage == Damage(misread_as="cp1252")
    assert [one.rule for one in found.evidence] == ["sequences"]


# Every text enters each room once.


@pytest.mark.parametrize("options", [{}, {"damage": GREEK}, {"context": True}])
@pytest.mark.parametrize("witness", [None, "The ferry’s late, and so is the tide."])
@pytest.mark.parametrize("line", ["The ferry’s late – as it is ever. ", CLEAN * (TOP // len(CLEAN) + 9)])
@pytest.mark.parametrize("marker", ["", stats(9)])
def test_a_text_is_cut_once_in_either_way(line, marker, witness, options):
    text = GREEK.apply(page(line, marker))
    witness = witness and page(witness, marker)
    with patch("postdump._parse.parse.cut", wraps=cut) as spy:
        repair(text, witness=witness, **options)
    times = Counter(call.args[0] for call in spy.call_args_list)
    top = text[:TOP]
    assert top == text or times.pop(top, 0) <= 1
    assert times.pop(text) in ((1, 2) if marker or top != text or "damage" in options else (1,))
    assert witness is None or times.pop(witness) == (2 if marker else 1)
    assert not times


def test_a_text_without_markers_is_cut_once():
    with patch("postdump._parse.parse.cut", wraps=cut) as spy:
        assert repair("donâ€™t, Ã©, Γ©, β", witness="Else…").text
    assert spy.call_count == 2


# Context.


def test_context_is_asked_for():
    text = GREEK.apply("The tide’s in, and we don’t mind – café.")
    assert repair(text, damage=GREEK).text == text.replace("Γ©", "é")
    made = repair(text, damage=GREEK, context=True)
    assert made.text.startswith("The tide’s in, and we don’t mind")
    assert made.text.endswith("café.")
    likely = [one for one in made.repairs if one.basis is Basis.CONTEXT]
    assert [(one.before, one.after) for one in likely[:2]] == [("β", "’"), ("β", "’")]
    assert all(one.confidence is not None and one.confidence >= 0.98 for one in likely)
    assert {one.confidence for one in made.repairs if one.basis is Basis.CODEC} == {None}
    assert all(GREEK.apply(one.after) == one.before == one.reading.text for one in made.repairs)
    assert not {one.reading.span for one in made.repairs} & {one.span for one in made.unrepaired}


def test_marks_that_the_table_lacks():
    assert repair("‚ donβt", damage=GREEK, context=True).text == "‚ don’t"


def test_straight_quotes_are_neighbours_like_others():
    text = GREEK.apply('He said "don’t" and left.')
    assert repair(text, damage=GREEK, context=True, confidence=0.5).text == 'He said "don’t" and left.'


def test_learned_of_short_lines():
    """Of little ASCII, or damaged twice: what makes one line of the other is learned all the same."""
    assert repair("donβt", witness="don’t").text == "don’t"
    assert repair("Ã\u00a0 la carte", witness="à la carte").text == "à la carte"
    assert repair("The tideÃ¢â‚¬â„¢s in.", witness="The tide’s in.").text == "The tide’s in."


def test_context_takes_question_marks_with_it():
    damage = Damage(misread_as="iso-8859-1", c1_policy=C1Policy.QUESTION)
    made = repair(damage.apply("I don’t know."), damage=damage, context=True)
    assert (made.text, made.unrepaired) == ("I don’t know.", ())
    assert made.repairs[0].before == "â??"


def test_context_leaves_to_the_witness_what_it_proves():
    text = GREEK.apply("The tide’s in.\nWe don’t mind.")
    made = repair(text, damage=GREEK, witness="The tide’s in.", context=True)
    assert [one.basis for one in made.repairs] == [Basis.WITNESS, Basis.CONTEXT]


@pytest.mark.parametrize("confidence", [-0.1, 1.1, float("nan")])
def test_no_confidence(confidence):
    with pytest.raises(ValueError, match="expected a confidence from 0 to 1"):
        repair("donβt", context=True, confidence=confidence)


@given(texts(), texts())
def test_context_changes_what_is_unrepaired_alone(text, witness):
    plain = repair(text, witness=witness)
    made = repair(text, witness=witness, context=True)
    assert [one for one in made.repairs if one.basis is not Basis.CONTEXT] == list(plain.repairs)
    assert {one.dump for one in made.unrepaired} <= {"text"}
