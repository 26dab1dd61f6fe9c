# SPDX-License-Identifier: MIT
"""
Damage in a text that need not be a dump: found, and undone as far as it can be proved.

Both go the way of the timeline: a text is a dump without markers, its witness another, and what `merge`
repairs in the one is carried out in the text. Where no marker betrays the damage, ftfy is asked what it
sees in each line; its answer counts where the forward model proves it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from postdump._draft import Place
from postdump._merge import edition_of
from postdump._parse import parse
from postdump._prove import Proof, by_ftfy, damaged_runs
from postdump._span import Span
from postdump._variants import repaired_text
from postdump._witness import Witness, suspects
from postdump._witness import witness as witness_of
from postdump.damage import Damage
from postdump.layouts import FLAT
from postdump.models import Basis, Detection, Repair, Repaired


def detect_damage(text: str) -> Detection:
    """
    Find the damage of a text by its markers, whose icons and dashes are known.

    Args:
        text: Any text. One without markers of a built-in layout shows no damage.

    Returns:
        The damage that explains most markers, its equivalents, and every run it can have left.

    >>> found = detect_damage("Ahoy, donβt.\\n03.02.2026 17:04 β π 4 π 3 π¬ 0 π 0")
    >>> found.damage.misread_as, [span.of("Ahoy, donβt.") for span in found.runs[:1]]
    ('iso-8859-7', ['β'])
    """
    dump = parse(text)
    if dump.damage is None:
        return Detection()
    return Detection(
        damage=dump.damage,
        equivalents=dump.equivalents,
        runs=tuple(Span(start=a, end=b) for a, b in damaged_runs(text, dump.damage)),
        evidence=tuple(said for said in dump.evidence if said.startswith("damage ")),
    )


def repair(text: str, *, damage: Damage | None = None, witness: str | None = None) -> Repaired:
    """
    Undo the damage of a text, as far as it can be proved.

    Args:
        text: Any text.
        damage: What happened to it; by default what its markers show, or what makes it of the witness.
        witness: Another text of the same page, or of the same passage.

    Returns:
        The text repaired, each repair with its proof, and what is damaged but stays as it is. The icons
        of markers are known and need no repair. Readings are of dumps named "text" and "witness".

    >>> repair("donβt", witness="don’t", damage=Damage(misread_as="iso-8859-7")).text
    'don’t'
    """
    dump = parse(text)
    given = witness_of(parse(text, name="text", layout=FLAT))
    given.suspects = suspects(damage or dump.damage, () if damage else dump.equivalents)
    shown = [given]
    if witness is not None:
        other = witness_of(parse(witness, name="witness", layout=FLAT))
        found = detect_damage(witness)
        other.suspects = suspects(found.damage, found.equivalents)
        shown.append(other)
    edition = edition_of(shown, is_strong=lambda key: True)
    variants = edition.all_variants()
    repairs = [one for line in variants for one in line.repairs if one.reading.dump == "text"]
    icons = [one.reading.span for post in dump.posts for one in post.observations]
    starts = [span.start for span in icons]
    unrepaired = [
        one
        for line in variants
        for one in line.unrepaired
        if one.dump == "text" and not _is_within(one.span, icons, starts)
    ]
    if not edition.suspects[0]:
        lines = (line.places for unit in edition.loose for line in unit.lines)
        repairs = list(_by_ftfy(given, (places[0] for places in lines if {n for n, _, _ in places} == {0})))
    repairs.sort(key=lambda one: one.reading.span)
    proofs = [Proof(one.reading.span.start, one.reading.span.end, one.after) for one in repairs]
    return Repaired(text=repaired_text(text, proofs), repairs=tuple(repairs), unrepaired=tuple(unrepaired))


def _is_within(span: Span, spans: Sequence[Span], starts: Sequence[int]) -> bool:
    """Tell whether a stretch lies in one of others, which stand in order and begin at `starts`."""
    at = bisect_right(starts, span.start) - 1
    return at >= 0 and span.end <= spans[at].end


def _by_ftfy(given: Witness, lines: Iterable[Place]) -> Iterator[Repair]:
    """Yield what ftfy repairs in lines that no witness shows, where the forward model proves it."""
    for _, start, end in lines:
        line = given.text[start:end]
        for proof in () if line.isascii() else by_ftfy(line):
            reading = given.origin.reading(start + proof.start, start + proof.end)
            before = line[proof.start : proof.end]
            yield Repair(before=before, after=proof.after, reading=reading, basis=Basis.CODEC)
