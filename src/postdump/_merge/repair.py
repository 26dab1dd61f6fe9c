# SPDX-License-Identifier: MIT
"""
Damage in a text that need not be a dump: found, and undone as far as it can be proved.

Both use the steps of `merge`: the text becomes a dump without markers, the witness another such dump, and the
repairs of the merge are made in the text. If no marker shows the damage, but the characters themselves do,
ftfy also repairs each line that the witness does not show. Its repair is kept if the forward model proves it,
and replaces those of the merge in the same place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Iterator

from postdump._align.draft import DraftLine, Place
from postdump._align.witness import Witness
from postdump._align.witness_from_dump import build_witness
from postdump._merge.merge import build_timeline
from postdump._parse.detect_damage import Cuts, detect_in
from postdump._text.characters import visible_ascii
from postdump._text.lines import split_lines
from postdump._text.span import Span
from postdump.damage import Damage
from postdump.damage._ftfy import prove_by_ftfy
from postdump.damage._inference import infer_damages
from postdump.damage._inversion import undo
from postdump.damage._proof import Proof, apply_proofs
from postdump.damage._selection import distinct_damages
from postdump.damage.context import CONFIDENCE
from postdump.models import Basis, Detection, Repair, Repaired


def repair(
    text: str,
    *,
    damage: Damage | None = None,
    witness: str | None = None,
    context: bool = False,
    confidence: float = CONFIDENCE,
) -> Repaired:
    """
    Undo the damage of a text, as far as it can be proved.

    Args:
        text: Any text.
        damage: Damage of the text; by default the damage that its markers, its characters or the witness
            show.
        witness: Another text of the same page, or of the same passage.
        context: Whether to make unproved repairs too, if the surrounding text makes them likely.
        confidence: How likely such a repair must be at least, from 0 to 1.

    Returns:
        The repaired text, each repair with its proof, and the readings that stay damaged. Icons of markers
        are left as they are. Readings name the two texts "text" and "witness".

    Raises:
        ValueError: `confidence` is not between 0 and 1.

    >>> repair("donβt", witness="don’t", damage=Damage(misread_as="iso-8859-7")).text
    'don’t'
    """
    if not 0 <= confidence <= 1:
        raise ValueError(f"expected a confidence from 0 to 1, got {confidence!r}")
    cuts = Cuts(text, "text")
    found = detect_in(cuts) if damage is None else Detection(damage=damage)
    builder = build_timeline(_witnesses(cuts, found, witness), is_strong=lambda key: True)
    given = builder.draft.witnesses[0]
    vetoed = set(_lines_of(witness or ""))
    lines = [line for line in builder.draft.lines() if _shown_by(given, line) not in vetoed]
    variants = list(map(builder.editor.variants, lines))
    repairs = [one for line in variants for one in line.repairs if one.reading.dump == "text"]
    if any(one.rule == "sequences" for one in found.evidence):
        repairs = list(_with_ftfy(repairs, _by_ftfy(given, _places_of_text_alone(lines))))
    damaged = [one.span for line in variants for one in line.unrepaired if one.dump == "text"]
    if damaged:
        damaged = list(_outside(damaged, [*(one.reading.span for one in repairs), *_markers_of(cuts)]))
    if context and builder.editor.damages[0]:
        likely = list(_by_context(given, damaged, builder.editor.damages[0][0], confidence))
        damaged = list(_outside(damaged, [one.reading.span for one in likely]))
        repairs += likely
    return _repaired(given, repairs, damaged)


def _repaired(given: Witness, repairs: Iterable[Repair], damaged: Iterable[Span]) -> Repaired:
    """Return the text with its repairs made, and the damaged stretches that stay as they are."""
    in_order = sorted(repairs, key=lambda repair: repair.reading.span)
    proofs = [Proof(one.reading.span.start, one.reading.span.end, one.after) for one in in_order]
    return Repaired(
        text=apply_proofs(given.text, proofs),
        repairs=tuple(in_order),
        unrepaired=tuple(given.origin.reading(span.start, span.end) for span in damaged),
    )


def _places_of_text_alone(lines: Iterable[DraftLine]) -> Iterator[Place]:
    """Yield the places of lines that only the text shows, and not its witness."""
    for line in lines:
        if {number for number, _, _ in line.places} == {0}:
            yield line.places[0]


def _witnesses(cuts: Cuts, found: Detection, witness: str | None) -> list[Witness]:
    """
    Return the text as a witness, and the other one if there is any, with the damages that they may have.

    What the other shows is the last word, even if it looks like mojibake: only its markers tell against it.
    And it knows better what happened to the text than the characters of that do.
    """
    given = build_witness(cuts.flat(), distinct_damages(found.damage, found.equivalents))
    if witness is None:
        return [given]
    others = Cuts(witness, "witness")
    marked = others.marked()
    other = build_witness(others.flat(), distinct_damages(marked.damage, marked.equivalents))
    is_guessed = found.damage is None or any(one.rule != "markers" for one in found.evidence)
    if is_guessed and not other.candidate_damages:
        inferred = infer_damages(_alike(cuts.text, witness))
        given = given.with_candidate_damages(inferred or given.candidate_damages)
    return [given, other]


def _by_context(given: Witness, runs: Iterable[Span], damage: Damage, confidence: float) -> Iterator[Repair]:
    """Yield what is likely, by what stands around it."""
    from postdump.damage.context.suggest import suggest  # brings a table that nobody else needs

    places = [(run.start, run.end) for run in runs]
    for one in suggest(given.text, places, damage, confidence):
        yield Repair(
            before=given.text[one.start : one.end],
            after=one.after,
            reading=given.origin.reading(one.start, one.end),
            basis=Basis.CONTEXT,
            confidence=one.confidence,
        )


def _outside(spans: Iterable[Span], others: Iterable[Span]) -> Iterator[Span]:
    """Yield what is left of stretches, in order, outside of others."""
    taken = sorted(others)
    starts = [span.start for span in taken]
    for span in sorted(spans):
        at = span.start
        first = max(bisect_right(starts, at) - 1, 0)
        for other in taken[first : bisect_left(starts, span.end)]:
            if at < other.start:
                yield Span(start=at, end=other.start)
            at = max(at, other.end)
        if at < span.end:
            yield Span(start=at, end=span.end)


def _alike(text: str, witness: str) -> Iterator[tuple[str, str]]:
    """Yield lines of a text, and those of its witness, in order, that have the same ASCII and more."""
    originals: dict[bytes, deque[str]] = {}
    for line in _lines_of(witness):
        originals.setdefault(visible_ascii(line), deque()).append(line)
    for line in _lines_of(text):
        others = originals.get(visible_ascii(line))
        other = others.popleft() if others else line
        if line != other:
            yield line, other


def _lines_of(text: str) -> list[str]:
    """Return the lines of a text that are not blank."""
    lines = (line.strip(" \t") for line in split_lines(text))
    return [line for line in lines if line]


def _shown_by(given: Witness, line: DraftLine) -> str | None:
    """Return what the text shows of a line; None where it does not show it."""
    shown = next((place for place in line.places if place[0] == 0), None)
    return None if shown is None else given.text[shown[1] : shown[2]]


def _markers_of(cuts: Cuts) -> Iterator[Span]:
    """Yield where the markers of a text stand, whose icons are known and need no repair."""
    for post in cuts.marked().posts:
        yield from (one.reading.span for one in post.observations)


def _with_ftfy(repairs: Iterable[Repair], of_ftfy: Iterable[Repair]) -> Iterator[Repair]:
    """Yield the repairs of ftfy, and those others that do not touch any of them."""
    known = list(of_ftfy)
    yield from known
    taken = {at for one in known for at in range(one.reading.span.start, one.reading.span.end)}
    for one in repairs:
        if taken.isdisjoint(range(one.reading.span.start, one.reading.span.end)):
            yield one


def _by_ftfy(given: Witness, lines: Iterable[Place]) -> Iterator[Repair]:
    """
    Yield what ftfy repairs in lines that no witness shows, where the forward model proves it.

    Whatever misreading it names as the last one, all that the text may have suffered must do the same.
    """
    for _, start, end in lines:
        line = given.text[start:end]
        for proof, between in () if line.isascii() else prove_by_ftfy(line):
            if any(undo(line[proof.start : proof.end], one) != between for one in given.candidate_damages):
                continue
            reading = given.origin.reading(start + proof.start, start + proof.end)
            before = line[proof.start : proof.end]
            yield Repair(before=before, after=proof.after, reading=reading, basis=Basis.CODEC)
