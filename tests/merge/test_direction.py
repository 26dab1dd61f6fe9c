# SPDX-License-Identifier: MIT
"""Clean dumps, beside damaged ones, are neither repaired nor accused; what nobody writes is no lemma."""

import pytest

from postdump import Basis, merge, parse, repair

MARKER = "02.02.2026 11:44 — 👍 16 🔁 0 💬 0 📌 0"
LINES = (
    "Low tide is at nine in the morning",
    "Bring a lantern and some oil",
    "The choir meets on Thursdays",
)


def marked(*lines):
    posts = [f"{line}\n{MARKER.replace('16', str(number))}\n" for number, line in enumerate(lines)]
    return "".join(posts)


def flat(*lines):
    return "\n".join(["Posts by Ada Example", *lines])


@pytest.mark.parametrize("shown", [marked, flat])
@pytest.mark.parametrize("unread", ["\x92", "\ufffd"])
def test_a_control_in_another_dump_repairs_nothing(shown, unread):
    clean = parse(marked("Who’ll bring the lamps tonight?"), name="clean")
    timeline = merge(clean, parse(shown(f"Who{unread}ll bring the lamps tonight?"), name="other"))
    assert [post.text for post in timeline.posts] == ["Who’ll bring the lamps tonight?"]
    assert (dict(timeline.damages), timeline.repairs, len(timeline.conflicts)) == ({}, (), 1)


@pytest.mark.parametrize("sign", "©°½«»±·®²§¶£")
def test_a_clean_sign_is_not_what_is_left_of_mojibake(sign):
    clean, damaged = f"Lamps cost {sign}5", f"Lamps cost Â{sign}5"
    assert repair(clean, witness=damaged).text == clean
    assert repair(damaged, witness=clean).text == clean


def test_the_damaged_one_of_two_dumps_is_repaired():
    dirty = parse(marked(*LINES, "Lamps cost Â£5 each today"), name="dirty")
    clean = parse(marked(*LINES, "Lamps cost £5 each today"), name="clean")
    timeline = merge(dirty, clean)
    assert timeline.posts[-1].text == "Lamps cost £5 each today"
    (made,) = timeline.repairs
    assert (made.before, made.after, made.reading.dump) == ("Â£", "£", "dirty")
    assert list(timeline.damages) == ["dirty"]
    assert (timeline.conflicts, timeline.unrepaired) == ((), ())


def test_one_control_in_one_dump_of_five_wins_no_text():
    clean = [parse(marked(*LINES[:2], f"Thanks {number}"), name=f"clean {number}") for number in range(4)]
    torn = parse(marked(LINES[0].replace("nine", "ni\0ne"), LINES[1], "Thanks 9"), name="a stray control")
    assert merge(torn, *clean).posts[0].text == LINES[0]


def test_a_preferred_dump_wins_all_the_same():
    odd = parse(marked("Who\x92ll bring the lamps tonight?"), name="odd")
    clean = parse(flat("Who’ll bring the lamps tonight?"), name="clean")
    assert merge(odd, clean, prefer=["odd"]).posts[0].text == "Who\x92ll bring the lamps tonight?"


def test_two_dumps_that_agree_win_over_one():
    texts = {"a": "Low tide is at seven in the morning", "b": LINES[0], "c": LINES[0]}
    dumps = [parse(marked(text, f"Thanks to {name}"), name=name) for name, text in texts.items()]
    assert merge(*dumps).posts[0].text == LINES[0]


@pytest.mark.parametrize("sign", "?¿\ufffd")
def test_a_sign_for_each_letter_is_no_lemma(sign):
    text = "The boat’s in, and we don’t mind."
    timeline = merge(
        parse(marked(text.replace("’", sign), LINES[0]), name="d"), parse(flat(text, LINES[0]), name="w")
    )
    assert timeline.posts[0].text == text


@pytest.mark.parametrize(
    ("damaged", "witness", "repaired"),
    [
        ("Le cafÃ© est fermÃ©, hier.", "Le café est fermé, demain.", "Le café est fermé, hier."),
        ('The cafÃ© isnâ€™t open â€" go!', "The café isn’t open – go!", 'The café isn’t open â€" go!'),
    ],
)
def test_a_witness_that_differs_voids_no_repair_that_lost_nothing(damaged, witness, repaired):
    made = repair(damaged, witness=witness)
    assert made.text == repaired
    assert {one.basis for one in made.repairs} == {Basis.CODEC}


@pytest.mark.parametrize("text", ["Café by the quay.", "El niño", "São Tomé", "Garçon", "½ a cup"])
def test_encodings_of_pairs_do_not_dispute_what_they_cannot_have_left(text):
    page = marked(text).encode().decode("latin-1")
    assert repair(page).text.split("\n")[0] == text
    assert merge(parse(page)).posts[0].text == text
