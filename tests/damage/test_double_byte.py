# SPDX-License-Identifier: MIT
"""UTF-8 that was read in pairs of bytes: what it leaves, how it is named, and what undoes it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page import FESTIVAL, dump, stats, texts

from postdump import Basis, C1Policy, Damage, detect_damage, merge, repair
from postdump.damage import equivalents, paired_damages
from postdump.damage._double_byte import PAIRED
from postdump.damage._inversion import invert
from postdump.damage._possible_runs import find_damaged_runs, is_possible
from postdump.damage._proof import prove
from postdump.strategies import texts as any_texts

GBK = Damage(misread_as="gbk", c1_policy=C1Policy.QUESTION)
JAPANESE = Damage(misread_as="cp932")
PROSE = "I don’t know — it’s late, and we’re at the café. “Quay” – naïve… Señor Müller’s 20 € note."
CHINESE = "潮水在九点退去，渡船停在旧码头。"
any_damage = st.sampled_from(paired_damages())


def test_names():
    assert {damage.misread_as for damage in paired_damages()} == set(PAIRED)
    assert all(damage.reads_pairs and list(equivalents(damage)) == [damage] for damage in paired_damages())
    assert not Damage(misread_as="greek").reads_pairs
    assert Damage(misread_as="greek", then=GBK).reads_pairs
    assert Damage(misread_as="ms936") == Damage(misread_as="gbk")


@pytest.mark.parametrize(
    ("policy", "left"),
    [
        ("drop", "鈥 end"),
        ("keep", "鈥\x94 end"),
        ("windows_1252", "鈥” end"),
        ("question", "鈥? end"),
        ("replacement", "鈥\ufffd end"),
        ("space", "鈥  end"),
    ],
)
def test_policies(policy, left):
    """The last byte of a dash finds no partner in a space."""
    assert Damage(misread_as="gbk", c1_policy=policy).apply("— end") == left


def test_a_letter_is_taken_for_a_second_byte():
    assert GBK.apply("don’t") == "don鈥檛"
    assert GBK.apply("don’t") != GBK.apply("don’") + GBK.apply("t")


def test_controls_fall_under_the_policy():
    """CP932 reads 0x80 as a control."""
    assert JAPANESE.apply("€") == "竄ｬ"
    assert "\x80" not in JAPANESE.apply("’…")
    assert "\x80" in Damage(misread_as="cp932", c1_policy="keep").apply("’…")


@given(any_texts(), any_damage)
def test_segments_are_the_whole(text, damage):
    made = list(damage.segments(text))
    assert "".join(chars for chars, _ in made) == text
    assert "".join(left for _, left in made) == damage.apply(text)
    assert damage.explains(damage.apply(text), text)


@given(any_texts())
def test_segments_of_other_damages(text):
    damage = Damage(misread_as="greek", then=Damage(misread_as="cp1252"))
    assert all(len(chars) == 1 and left == damage.apply(chars) for chars, left in damage.segments(text))
    chain = Damage(misread_as="greek", then=GBK)
    assert list(chain.segments(text)) == [(text, chain.apply(text))]


def test_ascii_comes_through():
    ascii_ = bytes(range(0x80)).decode()
    assert all(damage.apply(ascii_) == ascii_ for damage in paired_damages())


def test_candidates():
    """Which characters have lost a byte cannot be said without those beside them."""
    assert GBK.candidates("茅") == {"é"}
    assert len(GBK.candidates("鈥")) == len(GBK.candidates("\ud800")) == len(GBK.candidates("x茅")) == 0
    assert len(Damage(misread_as="greek", then=GBK).candidates("茅")) == 0


# Proof.


def test_a_witness_proves_the_shortest_stretches():
    left = GBK.apply("I don’t — no.")
    proofs = prove(left, "I don’t — no.", GBK)
    assert [(left[one.start : one.end], one.after) for one in proofs] == [("鈥檛", "’t"), ("鈥?", "—")]
    assert prove(left, "I don’t, no.", GBK) is None
    assert prove(left, "I don’t — no. More.", GBK, is_beginning=True) is None


def test_what_lost_nothing_is_undone():
    left = GBK.apply(PROSE)
    assert "".join(one.after for one in invert(left, GBK)) == "’t’s’ré“Qïñü’s"
    assert all(GBK.apply(one.after) == left[one.start : one.end] for one in invert(left, GBK))
    assert invert(CHINESE, GBK) == ()


@given(any_texts(), any_damage)
def test_proofs_hold(text, damage):
    left = damage.apply(text)
    for one in (*invert(left, damage), *(prove(left, text, damage) or ())):
        assert damage.apply(one.after) == left[one.start : one.end]
    assert all(not left[start:end].isascii() for start, end in find_damaged_runs(left, damage))


def test_runs():
    assert is_possible("鈥檛", GBK)
    assert not is_possible(CHINESE, GBK)
    assert not is_possible("\ufffd", GBK)
    assert not is_possible("ñ", GBK)  # which the encoding lacks
    assert [GBK.apply("é – x")[a:b] for a, b in find_damaged_runs(GBK.apply("é – x"), GBK)] == ["茅", "鈥"]


# Detection and repair.


@pytest.mark.parametrize("name", ["gbk", "cp932"])
@pytest.mark.parametrize("policy", [C1Policy.QUESTION, C1Policy.REPLACEMENT, C1Policy.DROP])
def test_is_named_without_markers(name, policy):
    damage = Damage(misread_as=name, c1_policy=policy)
    found = detect_damage(damage.apply(PROSE))
    assert found.damage is not None
    assert found.damage.apply(PROSE) == damage.apply(PROSE)
    assert [one.rule for one in found.evidence] == ["pairs"]


@pytest.mark.parametrize("text", [CHINESE, f"“{GBK.apply('don’t')}” is no Chinese", "日本の灯台 “한국어”"])
def test_is_not_named(text):
    assert detect_damage(text).damage is None


def test_repair():
    left = GBK.apply(PROSE)
    made = repair(left)
    assert {one.basis for one in made.repairs} == {Basis.CODEC}
    assert made.text.startswith("I don’t know 鈥? it’s late, and we’re at the café.")
    assert {one.text for one in made.unrepaired} == {"鈥", "鈧"}
    assert repair(left, context=True).text == made.text
    made = repair(left, witness=PROSE)
    assert (made.text, made.unrepaired) == (PROSE, ())


@pytest.mark.parametrize("damage", [GBK, JAPANESE, Damage(misread_as="cp949", c1_policy="replacement")])
def test_markers_name_it_and_a_witness_undoes_it(damage):
    lines = (PROSE, stats(9), FESTIVAL, "“Naïve” – she’s not…", stats(8))
    timeline = merge(dump("a", *lines, damage=damage), dump("b", *lines))
    assert texts(timeline) == [PROSE, f"{FESTIVAL}\n“Naïve” – she’s not…"]
    assert timeline.damages["a"].apply(PROSE) == damage.apply(PROSE)
    assert timeline.conflicts == ()
    assert {one.basis for one in timeline.repairs} == {Basis.WITNESS}


def test_a_witness_teaches_it():
    """Where letters are gone with the apostrophes, lines are alike and not the same."""
    lines = ("The tide’s in, and so are we.", "It’s at nine tonight: the lantern festival.", FESTIVAL)
    timeline = merge(dump("a", *lines, damage=GBK), dump("b", *lines, stats(8)))
    assert timeline.damages["a"].misread_as == "gbk"
    assert texts(timeline) == ["\n".join(lines)]
    assert timeline.conflicts == ()
