# SPDX-License-Identifier: MIT
"""Which of two texts is the original."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import postdump.damage._inference
from postdump import Damage
from postdump.damage import known_damages
from postdump.damage._direction import is_whole_mojibake, is_with_signs, vote
from postdump.damage._inference import infer_damages

SIGNS = "’“”–—…€£©°½«»±·®²§¶éüßñ👍"
"""Signs that clean texts have."""

clean_lines = st.builds("{0}{2}{1}".format, st.just("Lamps cost "), st.just("5 each"), st.sampled_from(SIGNS))


@pytest.mark.parametrize(
    ("observed", "original", "preferred"),
    [
        ("Who’ll", "Who\x92ll", -1),  # a control
        ("Who’ll", "Who\ufffdll", -1),
        ("Who\x92ll", "Who’ll", 1),
        ("cost £5", "cost Â£5", -1),  # whole mojibake
        ("cost Â£5", "cost £5", 1),
        ("It’s hot: 30 °C", "It’s hot: 30 Â°C", -1),
        ("don’t", "donβt", -1),  # two scripts in a word
        ("donβt", "don’t", 1),
        ("dont", "don’t", 0),
        ("don’t", "dont", 0),
        ("Low tide", "Low tide", 0),
    ],
)
def test_the_text_that_people_write_is_preferred(observed, original, preferred):
    assert vote(observed, original) == preferred


def test_controls_weigh_more_than_mojibake():
    assert vote("Â£5", "£5 \x92") == -1


def test_whole_mojibake_has_a_character_for_each_byte():
    assert is_whole_mojibake("â€™", "’")
    assert not is_whole_mojibake("â€", "’")
    assert not is_whole_mojibake("abc", "’")


def test_a_sign_for_each_character():
    assert is_with_signs("don?t ¿tell\ufffd", "don’t “tell”")
    assert not is_with_signs("", "")
    assert not is_with_signs("don’t", "don’t")
    assert not is_with_signs("don!t", "don’t")


@given(clean_lines, st.sampled_from(known_damages()))
def test_a_clean_line_is_not_explained_by_what_damage_makes_of_it(line, damage):
    damaged = damage.apply(line)
    if damaged != line:
        assert infer_damages([(line, damaged)]) == ()


def test_without_the_direction_clean_lines_are_accused(monkeypatch):
    """The law above finds the mistake of asking only whether a damage explains a line."""
    monkeypatch.setattr(postdump.damage._inference, "vote", lambda *pair: 0)
    monkeypatch.setattr(postdump.damage._inference, "speaks_against", lambda pairs: False)
    monkeypatch.setattr(postdump.damage._inference, "_run_both_ways", lambda pairs: False)
    with pytest.raises(AssertionError):
        test_a_clean_line_is_not_explained_by_what_damage_makes_of_it()


def test_one_line_that_runs_the_other_way_decides_nothing():
    pairs = [("donβt", "don’t"), ("weβre", "we’re"), ("theyβll", "they’ll"), ("Ahoy’s", "Ahoy\x92s")]
    assert infer_damages(pairs)[0] == Damage(misread_as="iso-8859-7")


def test_what_runs_both_ways_is_open():
    """ISO 8859-8 leaves one Hebrew letter of ’, and windows-1252, bytes left out, the sign of the letter."""
    assert infer_damages([("Lamps cost ’5", "Lamps cost ג5")]) == ()
