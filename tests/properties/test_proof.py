# SPDX-License-Identifier: MIT
"""
Law 3: a repair is proved, what cannot be proved stays as read, and a clean witness has the last word.

The proof is made anew: the damage of the repair is applied to what was put there, and the line that the
repair stands in is compared with the lines that are said to show it.
"""

from hypothesis import given
from properties.reach import damaged_pages, parsed, reaching, texts_of
from properties.test_accounting import key, repaired, within

from postdump import Basis, Role, merge, repair
from postdump.damage import equivalents
from postdump.strategies import damages, texts


def repair_is_smallest(made, damage):
    """What is damaged character by character needs no more than one for the smallest run."""
    assert damage.apply(made.after) == made.before == made.reading.text
    assert len(made.after) == 1
    assert made.after != made.before
    assert made.confidence is None


def timeline_is_proved(timeline):
    clean = {dump.name for dump in timeline.dumps} - set(timeline.damages)
    repairs = list(timeline.repairs)
    for line in lines_but_markers(timeline):
        for made in [one for one in repairs if within(one.reading, line.readings)]:
            repairs.remove(made)
            damage = timeline.damages[made.reading.dump]
            repair_is_smallest(made, damage)
            if made.basis is Basis.WITNESS and not {one.dump for one in made.evidence} & clean:
                two_damages_agree(made, damage, timeline)
            elif made.basis is Basis.WITNESS:
                witnesses_agree(made, damage, line, clean, timeline)
            else:
                nothing_was_lost(made, line, clean, damage)
    assert not repairs


def lines_but_markers(timeline):
    """Return all lines; what a marker's icons became is evidence, and nothing to repair."""
    of_posts = [line for post in timeline.posts for line in post.lines if line.role is not Role.MARKER]
    return *of_posts, *timeline.unclaimed


def witnesses_agree(made, damage, line, clean, timeline):
    """The line is known without the run, and all undamaged witnesses show what it is now."""
    shown = [one for one in line.readings if one.dump in clean]
    (own,) = (one for one in line.readings if within(made.reading, [one]))
    now = repaired(own, timeline.repairs)
    is_whole = is_cut_of(now, line.text, damage) or is_torn_off(own, now, line.text, timeline)
    assert is_whole or is_trimmed(own.text, line.text, damage)
    assert {key(one) for one in made.evidence} <= {key(one) for one in line.readings}
    for one in (*made.evidence, *shown):
        assert is_cut_of(one.text, line.text, damage) or is_torn_off(one, one.text, line.text, timeline)
    assert own.text not in {one.text for one in shown}  # else somebody quotes mojibake


def two_damages_agree(made, damage, timeline):
    """What one damage left of a line, and what another did, have one character in common."""
    (own,) = made.evidence
    other = timeline.damages[own.dump]
    assert other != damage
    left = other.apply(made.after)
    assert left in own.text
    assert damage.candidates(made.before) & other.candidates(left) == {made.after}


def is_trimmed(text, original, damage):
    """Tell whether a text is what a damage left of another, but for spaces that end or begin no line."""
    return text == damage.apply(original).strip(" ")


def is_torn_off(reading, text, whole, timeline):
    """Tell whether a text is the beginning of another, and its dump ends with it."""
    (dump,) = (one for one in timeline.dumps if one.name == reading.dump)
    return whole.startswith(text) and not dump.text[reading.span.end :].strip(" \t\r\n")


def is_cut_of(text, whole, damage):
    """Tell whether a text is another, or its beginning and three dots: a line cut short disputes nothing."""
    dots = ("...", "…", damage.apply("…"))
    return text == whole or any(is_cut_at(text, whole, end) for end in dots if end)


def is_cut_at(text, whole, dots):
    """Tell whether dots stand in a text for something of another: at its end, or where a link was cut."""
    before, found, after = text.partition(dots)
    return found != "" and whole.startswith(before) and whole[len(before) :].endswith(after)


def nothing_was_lost(made, line, clean, damage):
    assert made.basis is Basis.CODEC
    assert made.evidence == ()
    assert not any(made.before in one.text for one in line.readings if one.dump in clean)  # not contradicted
    assert damage.candidates(made.before) == {made.after}


def nothing_is_forgotten(page, timeline):
    """What a known damage left, outside markers, is repaired, unrepaired, or what a clean witness shows."""
    told = {}
    for reading in (*(made.reading for made in timeline.repairs), *timeline.unrepaired):
        told.setdefault(reading.dump, set()).update(range(reading.span.start, reading.span.end))
    clean = {dump.name for dump in timeline.dumps} - set(timeline.damages)
    by_text = {dump.text: dump.name for dump in timeline.dumps}
    for shown in page:
        name = by_text[shown.text]
        if name in clean or shown.damage not in equivalents(timeline.damages[name]):
            continue
        damaged = {at for run in shown.runs for at in range(run.start, run.end) if shown.text[at] > "\x7f"}
        for line in lines_but_markers(timeline):
            for own in (one for one in line.readings if one.dump == name):
                left = damaged & set(range(own.span.start, own.span.end)) - told.get(name, set())
                is_witnessed = any(one.dump in clean for one in line.readings)
                shown_now = repaired(own, timeline.repairs)
                assert not left or (is_witnessed and is_cut_of(shown_now, line.text, shown.damage)), left


def repaired_is_proved(text, damage, witness):
    made = repair(text, damage=damage, witness=witness)
    at = 0
    pieces = []
    for one in made.repairs:
        assert one.reading.dump == "text"
        if damage is not None:
            repair_is_smallest(one, damage)
        pieces += [text[at : one.reading.span.start], one.after]
        at = one.reading.span.end
    assert "".join([*pieces, text[at:]]) == made.text
    for reading in made.unrepaired:
        assert reading.text == text[reading.span.start : reading.span.end]
        assert not reading.text.isascii()


@given(texts(), damages())
def test_any_text_and_what_a_damage_left_of_it(text, damage):
    timeline_is_proved(merge(*parsed([damage.apply(text), text])))
    repaired_is_proved(damage.apply(text), damage, text)


@given(texts(), texts())
def test_any_texts(text, other):
    timeline_is_proved(merge(*parsed([text, other])))
    repaired_is_proved(text, None, other)
    repaired_is_proved(text, None, None)


@reaching
@given(damaged_pages)
def test_pages(page):
    timeline = merge(*parsed(texts_of(page)))
    timeline_is_proved(timeline)
    nothing_is_forgotten(page, timeline)
