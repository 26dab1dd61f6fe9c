# SPDX-License-Identifier: MIT
"""Variants: what the readings of one line come to, for every way in which witnesses may differ."""

import pytest
from attrs import evolve
from page import BOAT, FESTIVAL, GREEK, LATIN, TIDE, dump, stats

from postdump import Basis, C1Policy, Damage, merge
from postdump._merge.witness_damage import MOST_PAIRS
from postdump.damage._proof import Proof, apply_proofs

CLEAN = "The ferry’s late – bring “lamps”, and something warm."
KEPT = Damage(misread_as="iso-8859-7", c1_policy=C1Policy.KEEP)
ASKED = Damage(misread_as="iso-8859-1", c1_policy=C1Policy.QUESTION)


def shown(name, *lines, damage=None):
    """A marked dump of one post, between two others."""
    return dump(name, FESTIVAL, stats(4), *lines, stats(3), BOAT, stats(2), damage=damage)


def flat(name, *lines):
    return dump(name, FESTIVAL, *lines, BOAT)


def line_of(timeline):
    """The one line of the post in the middle."""
    assert len(timeline) == 3
    lines = [line for line in timeline.posts[1].lines if line.role.value == "text"]
    assert len(lines) == 1
    return lines[0]


def repairs_of(timeline):
    return [(one.reading.dump, one.before, one.after, one.basis) for one in timeline.repairs]


# Agreement.


def test_clean_witnesses_agree():
    timeline = merge(shown("a", CLEAN), flat("b", CLEAN))
    assert line_of(timeline).text == CLEAN
    assert timeline.repairs == timeline.conflicts == timeline.unrepaired == ()
    assert timeline.damages == {}


@pytest.mark.parametrize("damage", [GREEK, LATIN, KEPT, ASKED], ids=lambda damage: damage.misread_as)
def test_a_clean_witness_repairs(damage):
    timeline = merge(shown("a", CLEAN, damage=damage), flat("b", CLEAN))
    assert line_of(timeline).text == CLEAN
    assert [after for _, _, after, _ in repairs_of(timeline)] == ["’", "–", "“", "”"]
    assert {(name, basis) for name, _, _, basis in repairs_of(timeline)} == {("a", Basis.WITNESS)}
    assert timeline.conflicts == timeline.unrepaired == ()
    for one in timeline.repairs:
        assert damage.apply(one.after) == one.before == one.reading.text
        assert [(reading.dump, reading.text) for reading in one.evidence] == [("b", CLEAN)]
        assert one.confidence is None
    assert timeline.posts[1].repairs == timeline.repairs


def test_all_that_show_it_are_evidence():
    timeline = merge(shown("a", CLEAN, damage=GREEK), flat("b", CLEAN), shown("c", CLEAN))
    assert {reading.dump for one in timeline.repairs for reading in one.evidence} == {"b", "c"}


def test_each_damaged_reading_is_repaired():
    timeline = merge(shown("a", CLEAN, damage=GREEK), flat("b", CLEAN), shown("c", CLEAN, damage=LATIN))
    assert [name for name, *_ in repairs_of(timeline)].count("a") == 4
    assert [name for name, *_ in repairs_of(timeline)].count("c") == 4
    assert timeline.conflicts == timeline.unrepaired == ()


def test_clean_characters_beside_damaged_ones():
    mixed = GREEK.apply(CLEAN).replace("βs", "’s")
    timeline = merge(shown("a", mixed, damage=None), flat("b", CLEAN))
    assert timeline.damages == {"a": GREEK}  # learned, for its markers are clean
    assert repairs_of(timeline)[0] == ("a", "β", "–", Basis.WITNESS)
    assert len(timeline.repairs) == 3


def test_a_clean_witness_vetoes():
    """Somebody quoted what looks damaged: who shows it undamaged has the last word."""
    quoted = "They wrote donβt, and meant it so."
    timeline = merge(
        dump("a", FESTIVAL, GREEK.apply(stats(4)), quoted, GREEK.apply(stats(3)), BOAT), flat("b", quoted)
    )
    assert timeline.damages == {"a": GREEK}
    assert timeline.posts[1].text == quoted
    assert timeline.repairs == timeline.conflicts == timeline.unrepaired == ()


def test_a_veto_and_a_repair_in_one_line():
    observed, original = "They wrote donβt – I donβt", "They wrote donβt – I don’t"
    timeline = merge(
        dump(
            "a", FESTIVAL, GREEK.apply(stats(4)), observed, GREEK.apply(stats(3)), BOAT, GREEK.apply(stats(2))
        ),
        flat("b", original),
    )
    assert repairs_of(timeline) == [("a", "β", "’", Basis.WITNESS)]
    assert timeline.repairs[0].reading.column == len(observed) - 1
    assert timeline.unrepaired == ()


# Disagreement.


def test_undamaged_witnesses_that_disagree():
    timeline = merge(
        shown("a", "The ferry – it leaves an hour early."), shown("b", "The ferry — it leaves an hour early.")
    )
    (conflict,) = timeline.conflicts
    assert conflict.field == "text"
    assert [reading.dump for reading in conflict.readings] == ["a", "b"]
    assert conflict.chosen == line_of(timeline).text
    assert timeline.posts[1].conflicts == timeline.conflicts
    assert timeline.damages == {}


@pytest.mark.parametrize("prefer", ["a", "b"])
def test_who_is_preferred_is_chosen(prefer):
    texts = {"a": "The ferry – it leaves an hour early.", "b": "The ferry — it leaves an hour early."}
    timeline = merge(*(shown(name, text) for name, text in texts.items()), prefer=[prefer])
    assert line_of(timeline).text == timeline.conflicts[0].chosen == texts[prefer]


def test_no_repair_while_undamaged_witnesses_disagree():
    timeline = merge(
        shown("a", "The ferry – it leaves an hour early.", damage=GREEK),
        flat("b", "The ferry – it leaves an hour early."),
        flat("c", "The ferry “ it leaves an hour early."),
    )
    assert timeline.damages == {"a": GREEK}
    assert timeline.repairs == ()
    assert [reading.text for reading in timeline.unrepaired] == ["β"]
    (conflict,) = timeline.conflicts
    assert sorted(reading.dump for reading in conflict.readings) == ["a", "b", "c"]


def test_a_damaged_reading_that_nobody_explains():
    timeline = merge(
        shown("a", "The ferry – it leaves an hour early.", damage=GREEK),
        flat("b", "The ferry ы it leaves an hour early."),
    )
    assert line_of(timeline).text == "The ferry ы it leaves an hour early."
    assert timeline.repairs == ()
    assert [(reading.dump, reading.text) for reading in timeline.unrepaired] == [("a", "β")]
    assert len(timeline.conflicts) == 1


def test_an_edited_word():
    timeline = merge(shown("a", "Low tide is at nine, as ever."), flat("b", "Low tide is at ten, as ever."))
    assert len(timeline) == 3
    assert len(line_of(timeline).readings) == 2
    assert len(timeline.conflicts) == 1


# Cut short.


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("More here: quay.example.org/2026/rep...", "More here: quay.example.org/2026/repairs-start"),
        ("More here: quay.example.org/2026/rep…", "More here: quay.example.org/2026/repairs-start"),
        ("See quay.example.org/rep... for all of it.", "See quay.example.org/repairs for all of it."),
        ("quay.example.org/2026/rep...", "quay.example.org/2026/repairs-start"),
    ],
)
@pytest.mark.parametrize("other", [shown, flat])
def test_of_a_cut_line_the_whole_is_taken(cut, whole, other):
    for timeline in (merge(shown("a", cut), other("b", whole)), merge(shown("a", whole), other("b", cut))):
        assert line_of(timeline).text == whole
        assert len(line_of(timeline).readings) == 2
        assert timeline.posts[1].links == (
            whole.split(" ")[-1] if "See" not in whole else "quay.example.org/repairs",
        )
        assert timeline.conflicts == ()


def test_two_wholes_of_one_cut_line():
    timeline = merge(
        shown("a", "All of it, as ever, is here: quay.example.org/rep..."),
        shown("b", "All of it, as ever, is here: quay.example.org/repairs"),
        shown("c", "All of it, as ever, is here: quay.example.org/reports"),
        prefer=["a", "c"],
    )
    assert line_of(timeline).text == "All of it, as ever, is here: quay.example.org/reports"
    assert len(timeline.conflicts) == 1


def test_a_damaged_reading_cut_short():
    timeline = merge(
        shown("a", "Don’t go – see quay.example.org/2026/rep...", damage=GREEK),
        flat("b", "Don’t go – see quay.example.org/2026/repairs"),
    )
    assert line_of(timeline).text == "Don’t go – see quay.example.org/2026/repairs"
    assert [(before, after) for _, before, after, _ in repairs_of(timeline)] == [("β", "’"), ("β", "–")]
    assert timeline.conflicts == timeline.unrepaired == ()


def test_a_damaged_ellipsis():
    timeline = merge(
        shown("a", "Don’t go before you read quay.example.org/2026/rep…", damage=GREEK),
        flat("b", "Don’t go before you read quay.example.org/2026/repairs"),
    )
    assert [after for *_, after, _ in repairs_of(timeline)] == ["’"]
    assert [reading.text for reading in timeline.unrepaired] == ["β¦"]
    assert timeline.conflicts == ()


def test_a_damaged_reading_and_a_cut_one():
    """The clean reading that is cut as the damaged one is proves it; the whole is the lemma."""
    timeline = merge(
        shown("a", "Don’t go – see quay.example.org/2026/rep...", damage=GREEK),
        shown("b", "Don’t go – see quay.example.org/2026/rep..."),
        flat("c", "Don’t go – see quay.example.org/2026/repairs"),
    )
    assert line_of(timeline).text == "Don’t go – see quay.example.org/2026/repairs"
    assert len(timeline.repairs) == 2
    assert timeline.conflicts == timeline.unrepaired == ()


# Damaged readings alone.


def test_damaged_only_and_lossless():
    timeline = merge(shown("a", CLEAN, damage=KEPT))
    assert line_of(timeline).text == CLEAN
    assert {basis for *_, basis in repairs_of(timeline)} == {Basis.CODEC}
    assert [after for _, _, after, _ in repairs_of(timeline)] == ["’", "–", "“", "”"]
    assert all(KEPT.apply(one.after) == one.before for one in timeline.repairs)
    assert timeline.unrepaired == ()


def test_damaged_only_and_lossy():
    timeline = merge(shown("a", "The café’s late.", damage=GREEK))
    assert line_of(timeline).text == "The caféβs late."
    assert repairs_of(timeline) == [("a", "Γ©", "é", Basis.CODEC)]
    assert [reading.text for reading in timeline.unrepaired] == ["β"]
    assert timeline.conflicts == ()


def test_two_damaged_differently():
    """Who lost nothing gives the lemma, and proves what the other lost."""
    timeline = merge(shown("a", CLEAN, damage=GREEK), shown("b", CLEAN, damage=KEPT), prefer=["a"])
    assert line_of(timeline).text == CLEAN
    assert {(name, basis) for name, *_, basis in repairs_of(timeline)} == {
        ("a", Basis.WITNESS),
        ("b", Basis.CODEC),
    }
    assert timeline.unrepaired == timeline.conflicts == ()


def test_two_damaged_differently_prove_what_neither_does():
    """Of the three bytes of the sheqel sign, one loses the second, the other the third."""
    middle = Damage(misread_as="iso-8859-2", c1_policy=C1Policy.QUESTION)
    last = Damage(misread_as="cp1253", c1_policy=C1Policy.QUESTION)
    assert min(len(one.candidates(one.apply("₪"))) for one in (middle, last)) > 1
    text = "The ferry is twenty ₪ each way."
    one, other = (
        evolve(shown(name, text, damage=damage), damage=damage, equivalents=())
        for name, damage in (("a", middle), ("b", last))
    )
    timeline = merge(one, other)
    assert line_of(timeline).text == text
    assert repairs_of(timeline) == [("a", "â?Ş", "₪", Basis.WITNESS), ("b", "β‚?", "₪", Basis.WITNESS)]
    assert [[reading.dump for reading in made.evidence] for made in timeline.repairs] == [["b"], ["a"]]
    assert timeline.unrepaired == timeline.conflicts == ()


def test_two_damaged_alike():
    timeline = merge(shown("a", CLEAN, damage=GREEK), dump("b", FESTIVAL, CLEAN, stats(3), damage=GREEK))
    assert line_of(timeline).text == GREEK.apply(CLEAN)
    assert len(timeline.unrepaired) == 8
    assert timeline.conflicts == timeline.repairs == ()


def test_damaged_readings_that_differ_in_words():
    timeline = merge(
        shown("a", "Don’t go there at nine, as ever.", damage=GREEK),
        shown("b", "Don’t go there at ten, as ever.", damage=GREEK),
    )
    assert len(timeline.conflicts) == 1


def test_damaged_readings_one_of_them_cut():
    timeline = merge(
        shown("a", "Don’t go – see quay.example.org/2026/rep...", damage=GREEK),
        shown("b", "Don’t go – see quay.example.org/2026/repairs", damage=GREEK),
        prefer=["a"],
    )
    assert line_of(timeline).text == GREEK.apply("Don’t go – see quay.example.org/2026/repairs")
    assert timeline.conflicts == ()


# ASCII.


def test_ascii_of_a_damaged_dump_is_a_witness():
    timeline = merge(
        shown("a", "More: quay.example.org/2026/repairs", damage=GREEK),
        flat("b", "More: quay.example.org/2026/rep..."),
    )
    assert line_of(timeline).text == "More: quay.example.org/2026/repairs"
    assert timeline.conflicts == ()


def test_ascii_that_a_damage_left():
    """Question marks stand for lost bytes, or for questions: the witness tells."""
    damage = Damage(misread_as="ascii", c1_policy=C1Policy.QUESTION)
    original = "Don’t you know – why? See quay.example.org"
    observed = damage.apply(original)
    assert observed.isascii()
    timeline = merge(shown("a", observed), flat("b", original), flat("c", original))
    assert timeline.damages == {"a": damage}
    assert timeline.conflicts == ()
    with_damage = merge(evolve_damage(shown("a", observed), damage), flat("b", original))
    assert line_of(with_damage).text == original
    assert [(one.before, one.after) for one in with_damage.repairs] == [("???", "’"), ("???", "–")]
    assert with_damage.conflicts == ()


def evolve_damage(made, damage):
    return evolve(made, damage=damage)


# Learned.


@pytest.mark.parametrize("damage", [GREEK, LATIN], ids=lambda damage: damage.misread_as)
def test_a_flat_dump_whose_damage_a_witness_teaches(damage):
    timeline = merge(shown("a", CLEAN), dump("b", FESTIVAL, CLEAN, BOAT, damage=damage))
    assert timeline.damages["b"].apply(CLEAN) == damage.apply(CLEAN)
    assert [name for name, *_ in repairs_of(timeline)] == ["b"] * 4
    assert timeline.conflicts == ()


def test_nothing_is_learned_from_what_differs_otherwise():
    timeline = merge(
        shown("a", "The ferry – it leaves an hour early."), flat("b", "The ferry — it leaves an hour early.")
    )
    assert timeline.damages == {}


def test_learned_against_many():
    timeline = merge(shown("a", CLEAN), shown("b", CLEAN), dump("c", FESTIVAL, CLEAN, BOAT, damage=GREEK))
    assert list(timeline.damages) == ["c"]
    assert all(len(one.evidence) == 2 for one in timeline.repairs)


# A line shown a thousand times.


def test_many_showings():
    again = [TIDE + " – nine.", stats(3)] * 300
    timeline = merge(dump("a", *again, damage=GREEK), dump("b", *again))
    (post,) = timeline
    assert post.text == TIDE + " – nine."
    assert len(post.repairs) == 300
    assert len(post.observations) == 600


def test_many_showings_unexplained():
    timeline = merge(
        dump("a", *[TIDE + " – nine.", stats(3)] * 300, damage=GREEK),
        dump("b", *[TIDE + " ы nine.", stats(3)] * 300),
    )
    (post,) = timeline
    assert len(timeline.unrepaired) == 300
    assert len(post.conflicts) == 1


@pytest.mark.parametrize(
    ("proofs", "expected"),
    [
        ([], "abc"),
        ([Proof(0, 1, "x")], "xbc"),
        ([Proof(1, 1, "x"), Proof(2, 3, "")], "axb"),
        ([Proof(0, 3, "")], ""),
    ],
)
def test_repaired_text(proofs, expected):
    assert apply_proofs("abc", proofs) == expected


def test_a_damage_is_learned_from_some_of_many_lines():
    lines = [f"{BOAT[:-1]} – {number} –?" for number in range(MOST_PAIRS + 9)]
    marked = dump("a", *(one for n, line in enumerate(lines) for one in (line, stats(1 + n % 28))))
    timeline = merge(marked, dump("b", *lines, damage=GREEK))
    assert timeline.damages == {"b": GREEK}


def test_a_damage_is_learned_though_a_copy_shows_it_too():
    """The copy is no other witness of what was there, however many lines it shows."""
    lines = [f"{BOAT[:-1]} – {number} –?" for number in range(MOST_PAIRS + 9)]
    damaged = [dump(name, *lines, damage=GREEK) for name in "bc"]
    assert merge(dump("a", *lines), *damaged).damages == {"b": GREEK, "c": GREEK}


def test_what_two_damaged_dumps_prove_holds_under_every_damage_that_a_dump_may_have():
    words = "The ferry’s late, and nobody knows why."
    greek, latin = shown("a", words, damage=GREEK), shown("b", words, damage=LATIN)
    assert ("a", "β", "’", Basis.WITNESS) in repairs_of(merge(greek, latin))
    unsure = evolve(greek, equivalents=(KEPT,))
    assert [name for name, *_ in repairs_of(merge(unsure, latin))] == ["b"]
