# SPDX-License-Identifier: MIT
"""
Choose among several damages that explain the same traces, by the rest of the text.

Clean and damaged characters mix, so a character that a damage cannot have left is alone no evidence against
the damage: it may be clean. A sequence is evidence against a damage if it is whole under another damage, if
clean text would not have it there, and if this damage cannot have left it. Damage A is ruled out if some
damage B has strictly less against it: all evidence against B is also against A, and more. The rest are
ranked: by how much evidence is against them, then by how many characters of the text they leave unexplained.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from postdump._text.characters import NON_ASCII
from postdump.damage import Damage, equivalents
from postdump.damage._damage_table import table_of
from postdump.damage._double_byte import decode_pairs
from postdump.damage._plausibility import TYPOGRAPHIC
from postdump.damage._residue import is_of_pairs
from postdump.damage._sample import LETTERS, MOST_EXAMINED, count_runs, count_stretches
from postdump.damage._sequence_weight import weigh

DEMANDS: Final = {"?": 2, " ": 8}
"""How many stand-ins must stand where a policy demands them to be no accident."""

_BESIDE: Final = frozenset(f"{TYPOGRAPHIC}´")
"""Clean signs that stand right behind a letter, and so behind the first byte of one that was torn."""


def choose_damages(damages: Sequence[Damage], text: str) -> tuple[Damage, ...]:
    """
    Return those of several damages that a text does not rule out, the best first.

    >>> central, south = Damage(misread_as="iso-8859-2"), Damage(misread_as="iso-8859-16")
    >>> choose_damages([central, south], "naïve") == (south, central)
    True
    >>> choose_damages([central, south], "naïve, schĂśn, spĂ¤t") == (central,)
    True
    """
    if len(damages) < 2:
        return tuple(damages)
    sample = text[:MOST_EXAMINED]
    runs = [run for run, _ in count_runs(sample)]
    # Damages with one key find the same sequences, so one of them is asked.
    representatives = {_key_of(damage): damage for damage in damages}
    telling = {
        sequence for damage in representatives.values() for sequence in _find_own(damage, runs, sample)
    }
    against = {damage: {own for own in telling if _is_foreign(own, damage)} for damage in damages}
    kept = [
        damage
        for damage in damages
        if not any(against[other] < against[damage] for other in damages)  # `<`: a proper subset
    ]
    return tuple(sorted(rank_damages(kept, text), key=lambda damage: len(against[damage])))


def _key_of(damage: Damage) -> tuple[object, ...]:
    table = table_of(damage)
    return damage.misread_as if damage.reads_pairs else "", table.signs, table.stand_in


def _find_own(damage: Damage, runs: Iterable[str], text: str) -> Iterable[str]:
    """Return the sequences that are whole under a damage, and unlike clean text."""
    if damage.reads_pairs:
        stripped = (run.lstrip(LETTERS) for run in runs)
        return [run for run in stripped if len(run) > 1 and decode_pairs(run, damage.misread_as) is not None]
    table = table_of(damage)
    sequences = set(weigh("\n".join(runs), table.signs).counts)
    if table.stand_in and table.stand_in in text:
        sequences.update(table.partial_sequence.findall(text))
    return sequences


def _is_foreign(sequence: str, damage: Damage) -> bool:
    """Return whether a damage cannot have left a sequence, even if signs in it are clean."""
    if damage.reads_pairs:
        return not is_of_pairs(sequence, damage)
    remnants = table_of(damage).remnants
    return any(char not in remnants and char not in _BESIDE for char in sequence)


def rank_damages(damages: Sequence[Damage], text: str) -> tuple[Damage, ...]:
    """
    Return several damages, those first that leave fewest characters of a text unexplained.

    Of those that leave fewest, prefer damages that explain every space, then those whose stand-ins (`?` or
    spaces) really stand where they should.

    >>> greek, thai = Damage(misread_as="iso-8859-7"), Damage(misread_as="tis-620")
    >>> rank_damages([thai, greek], "donβt") == (greek, thai)
    True
    """
    if len(damages) < 2:
        return tuple(damages)
    stretches = count_stretches(text)
    joined = "\n".join(stretch for stretch, _ in stretches)
    unexplained = {damage: _count_unexplained(damage, joined) for damage in damages}
    ranked = sorted(damages, key=unexplained.__getitem__)
    least = unexplained[ranked[0]]
    best = [damage for damage in ranked if unexplained[damage] == least]
    best.sort(
        key=lambda damage: (
            _count_unexplained_with_spaces(damage, joined),
            not _is_demanded(stretches, damage),
        )
    )
    return (*best, *ranked[len(best) :])


def _count_unexplained(damage: Damage, text: str) -> int:
    """Count the characters outside ASCII that a damage cannot have left, white space apart."""
    if damage.reads_pairs:
        runs = _find_unpaired(damage, text)
    else:
        runs = _find_rest(table_of(damage).residue_without_spaces, text)
    return sum(not char.isspace() for run in runs for char in run)


def _count_unexplained_with_spaces(damage: Damage, text: str) -> int:
    """Count the characters outside ASCII that a damage cannot have left, if no space of it was lost again."""
    runs = _find_unpaired(damage, text) if damage.reads_pairs else _find_rest(table_of(damage).residue, text)
    return sum(map(len, runs))


def _find_rest(residue: Any, text: str) -> list[str]:
    """Return the runs of a text that are none of a damage's residue."""
    rest: list[str] = NON_ASCII.findall(residue.sub("", text))
    return rest


def _find_unpaired(damage: Damage, text: str) -> list[str]:
    """Return the runs of a text that are no UTF-8 read in pairs."""
    return [run for run in NON_ASCII.findall(text) if not is_of_pairs(run, damage)]


def _is_demanded(stretches: Iterable[tuple[str, int]], damage: Damage) -> bool:
    """Return whether the ASCII that a policy puts for a byte stands where it should, and often enough."""
    stand_in = next((remnant for remnant in damage.table[0x80:] if remnant in DEMANDS), None)
    if stand_in is None:
        return False
    residue = table_of(damage).residue
    total = 0
    for stretch, times in stretches:
        for match in residue.findall(stretch):
            # Its first and its last space may be those between words: the last one is taken for a byte's.
            has_stand_in = stand_in in match.strip() + match[-1:]
            total += times * (has_stand_in and not match.isascii())
    return total >= DEMANDS[stand_in]


def distinct_damages(damage: Damage | None, others: Iterable[Damage]) -> tuple[Damage, ...]:
    """
    Return a damage, then those among others that do something else to some text; none for None.

    >>> greek, thai = Damage(misread_as="iso-8859-7"), Damage(misread_as="tis-620")
    >>> [one.misread_as for one in distinct_damages(greek, [greek, thai])]
    ['iso-8859-7', 'tis-620']
    """
    if damage is None:
        return ()
    distinct = [damage]
    known = set(equivalents(damage))
    for other in others:
        if other not in known:
            distinct.append(other)
            known.update(equivalents(other))
    return tuple(distinct)
