# SPDX-License-Identifier: MIT
"""
Choose the text of a line from its readings: its lemma, with repairs and conflicts.

The lemma is a clean reading if there is one: undamaged witnesses need no repair. What they all show in the
place of a damaged reading is a repair of that reading, if the damage proves it (`damage._proof`). A clean
witness that shows the very characters that look damaged prevents a repair there. If all readings are damaged,
damage that lost nothing is undone, and so is what two of them, damaged in different ways, prove together
(`damage._joint_proof`).

Undamaged witnesses that do not agree are a conflict, and so is a damaged reading that no clean one explains.
Damage that lost nothing is undone there all the same. Among clean readings the lemma is, after preference,
the one with fewest characters that nobody writes, then that of the latest dump, then that of most dumps.
A reading cut short (`…/jo...`) is no conflict: the uncut line is the lemma. A conflict holds the whole line
of each dump. For example, of the readings

    Ahoy, donβt sink.      in a damaged dump (ISO 8859-7, C1 dropped)
    Ahoy, don’t sink.      in an undamaged one
    Ahoy, don’t si...      in an undamaged one that cuts lines short

the second is the lemma. `β` in the first is repaired to `’`, since the damage makes `β` of `’`; the third is
no conflict.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Final

from attrs import frozen

from postdump._align.draft import DraftLine, Place
from postdump._align.similarity import ELLIPSES, is_beginning, is_cut, normalize_line
from postdump._align.witness import Witness
from postdump._merge.marker_choice import WitnessRank
from postdump._text.characters import count_unwritten, visible_ascii
from postdump.damage import Damage
from postdump.damage._direction import is_with_signs
from postdump.damage._inversion import invert, restore
from postdump.damage._joint_proof import prove_jointly
from postdump.damage._possible_runs import find_damaged_runs
from postdump.damage._proof import Proof, apply_proofs, prove
from postdump.models import Basis, Conflict, Reading, Repair

OTHERS: Final = 4
"""Damages that a reading is compared with which no undamaged one explains."""


@frozen
class Variants:
    """What the readings of a line come to."""

    text: str
    repairs: tuple[Repair, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    unrepaired: tuple[Reading, ...] = ()

    @property
    def is_telling(self) -> bool:
        """Return whether there is more to say than a text that all readings agree on."""
        return bool(self.repairs or self.conflicts or self.unrepaired)


def resolve(
    line: DraftLine,
    witnesses: Sequence[Witness],
    suspects: Sequence[tuple[Damage, ...]],
    rank: Callable[[int], WitnessRank],
) -> Variants:
    """
    Compare the readings of a line.

    `rank` says by which witness to choose, the lowest first (see `_ordered`).
    """
    places = sorted(line.places)
    texts = [witnesses[n].text[start:end] for n, start, end in places]
    if len(set(texts)) == 1 and (texts[0].isascii() or any(not suspects[n] for n, _, _ in places)):
        return Variants(texts[0])  # nearly every line there is
    shown = _ordered(
        _Shown(place, text, suspects[place[0]], witnesses[place[0]], rank(place[0]))
        for place, text in zip(places, texts, strict=True)
    )
    whole = tuple(dict.fromkeys(one.text for one in shown if one.damage is None))
    clean: list[_Shown] = []
    damaged: list[_Shown] = []
    for one in shown:
        (clean if _is_clean(one, whole) else damaged).append(one)
    return _by_witness(clean, damaged) if clean else _by_codec(damaged)


def lemma_of(
    line: DraftLine,
    witnesses: Sequence[Witness],
    suspects: Sequence[tuple[Damage, ...]],
    rank: Callable[[int], WitnessRank],
) -> str:
    """
    Return the text of `resolve`, mostly without comparing anything.

    What the undamaged dumps agree on is the lemma, whatever it takes to say what became of it elsewhere.
    """
    if len(line.places) == 1:
        ((n, start, end),) = line.places
        text = witnesses[n].text[start:end]
        damages = suspects[n]
        return restore(text, damages) if damages else text
    clean: set[str] = set()
    damaged: set[str] = set()
    for n, start, end in line.places:
        (damaged if suspects[n] else clean).add(witnesses[n].text[start:end])
    if len(clean) == 1 and not any(text.isascii() for text in damaged - clean):
        return clean.pop()
    return resolve(line, witnesses, suspects, rank).text


@frozen(eq=False)
class _Shown:
    """One reading of a line."""

    place: Place
    text: str
    suspects: tuple[Damage, ...]
    witness: Witness
    rank: WitnessRank

    @property
    def damage(self) -> Damage | None:
        return next(iter(self.suspects), None)

    @property
    def is_last(self) -> bool:
        """Return whether the dump ends there, and so may have lost the rest of the line."""
        return self.witness.ends_at(self.place[2])

    def is_part_of(self, whole: str) -> bool:
        """Return whether this is another line cut short, or that line written differently."""
        is_torn = self.is_last and is_beginning(self.text, whole)
        return is_torn or is_cut(self.text, whole) or normalize_line(self.text) == normalize_line(whole)

    def reading(self, start: int = 0, end: int | None = None) -> Reading:
        """Return the reading of a stretch of the line, by default of all of it."""
        _, begin, stop = self.place
        return self.witness.origin.reading(begin + start, stop if end is None else begin + end)

    def repair(self, proof: Proof, basis: Basis, evidence: tuple[Reading, ...]) -> Repair:
        """Make a repair of what was proved of this reading."""
        before = self.text[proof.start : proof.end]
        reading = self.reading(proof.start, proof.end)
        return Repair(before=before, after=proof.after, reading=reading, basis=basis, evidence=evidence)

    def undone_unless_shown(self, texts: Collection[str]) -> list[Proof]:
        """Return what is undone without a witness, but nothing that undamaged texts show as it stands."""
        proofs = invert(self.text, self.suspects[0], self.suspects[1:])
        # A long line has many proofs, and few different fragments: each is sought once.
        fragments = {self.text[proof.start : proof.end] for proof in proofs}
        shown = {fragment for fragment in fragments if any(fragment in text for text in texts)}
        return [proof for proof in proofs if self.text[proof.start : proof.end] not in shown]

    def unproved(self, proofs: Sequence[Proof]) -> list[Reading]:
        """Return what the damage can have left, as far as no proof covers it."""
        assert self.damage is not None
        covered = {at for proof in proofs for at in range(proof.start, proof.end)}
        left = [
            at
            for a, b in find_damaged_runs(self.text, self.damage)
            for at in range(a, b)
            if at not in covered
        ]
        starts = [at for n, at in enumerate(left) if n == 0 or left[n - 1] != at - 1]
        ends = [at + 1 for n, at in enumerate(left) if n + 1 == len(left) or left[n + 1] != at + 1]
        return list(map(self.reading, starts, ends))


def _ordered(readings: Iterable[_Shown]) -> list[_Shown]:
    """
    Return readings, the most trusted first.

    Among those that are preferred alike, one with fewer characters that nobody writes comes first; among
    those of one age, one that more dumps show.
    """
    shown = list(readings)
    if len(shown) == 1:
        return shown
    dumps_showing = Counter(one.text for one in shown if not one.witness.is_copy)

    def order(one: _Shown) -> tuple[int, int, float, int, Place]:
        preference, age, _ = one.rank
        return preference, count_unwritten(one.text), age, -dumps_showing[one.text], one.place

    return sorted(shown, key=order)


def _is_clean(one: _Shown, undamaged: tuple[str, ...]) -> bool:
    """Return whether a reading is as it was: a damage mostly leaves other traces than ASCII, not always."""
    if one.damage is None:
        return True
    return one.text.isascii() and all(
        other == one.text or _proofs(one.text, other, one.damage) is None for other in undamaged
    )


@lru_cache(maxsize=16)  # a line shown a thousand times is asked for as often
def _proofs(text: str, original: str, damage: Damage, *, is_last: bool = False) -> tuple[Proof, ...] | None:
    """Say which runs of a reading, which may be cut short, are `original` damaged."""
    proofs = prove(text, original, damage, is_beginning=is_last)
    if proofs is None:
        proofs = _trimmed(text, original, damage)
    if proofs is None:
        beginning, dots = _split_cut(text, damage)
        if dots:
            return prove(beginning, original, damage, is_beginning=True)
    return proofs


def _trimmed(text: str, original: str, damage: Damage) -> tuple[Proof, ...] | None:
    """Say which runs of a reading are `original` damaged, but for spaces at its ends, which no line has."""
    left = damage.apply(original)
    if left.strip(" ") != text:
        return None
    before = len(left) - len(left.lstrip(" "))
    proofs = prove(left, original, damage) or ()
    shifted = (Proof(one.start - before, one.end - before, one.after) for one in proofs)
    return tuple(one for one in shifted if one.start >= 0 and one.end <= len(text))


def _split_cut(text: str, damage: Damage) -> tuple[str, str]:
    """Split off the dots, damaged or not, that stand for the rest of a reading; none if none do."""
    for dots in (*ELLIPSES, *map(damage.apply, ELLIPSES)):
        if dots and text.endswith(dots):
            return text[: -len(dots)], dots
    return text, ""


def _by_witness(clean: Sequence[_Shown], damaged: Sequence[_Shown]) -> Variants:
    """Repair by what undamaged witnesses show."""
    shown: dict[str, list[Reading]] = {}
    for one in clean:
        shown.setdefault(one.text, []).append(one.reading())
    lemma = _most_whole(clean)
    evidence = {text: tuple(shown[text]) for text in sorted(shown, key=lemma.__ne__)}
    disputed = [one for one in clean if not one.is_part_of(lemma)]
    repairs: list[Repair] = []
    unrepaired: list[Reading] = []
    unexplained: list[_Shown] = []
    for one in damaged:
        assert one.damage is not None
        found = ((text, _proofs(one.text, text, one.damage, is_last=one.is_last)) for text in evidence)
        text, proofs = next((pair for pair in found if pair[1] is not None), (lemma, None))
        if proofs is None:
            unexplained.append(one)
        if proofs is None or disputed:
            undone = one.undone_unless_shown(evidence)
            repairs += [one.repair(proof, Basis.CODEC, ()) for proof in undone]
            unrepaired += one.unproved(undone)
        else:
            repairs += [one.repair(proof, Basis.WITNESS, evidence[text]) for proof in proofs]
            if prove(one.text, text, one.damage) is None:
                known = len(_split_cut(one.text, one.damage)[0])
                is_trimmed = one.damage.apply(text).strip(" ") == one.text
                unrepaired += one.unproved(proofs if is_trimmed else [Proof(0, known, text)])
    conflict = _conflict(lemma, [*clean, *damaged], [*disputed, *unexplained])
    return Variants(lemma, tuple(repairs), conflict, tuple(unrepaired))


def _by_codec(damaged: Sequence[_Shown]) -> Variants:
    """Undo what lost nothing, where every reading is damaged."""
    repairs: list[Repair] = []
    unrepaired: list[Reading] = []
    results: dict[str, bool] = {}  # and whether it is all proved
    made: list[tuple[_Shown, str]] = []
    for one in damaged:
        proofs = invert(one.text, one.suspects[0], one.suspects[1:])
        repairs += [one.repair(proof, Basis.CODEC, ()) for proof in proofs]
        for proof, other in _by_another(one, damaged, proofs):
            repairs.append(one.repair(proof, Basis.WITNESS, (other.reading(),)))
            proofs = (*proofs, proof)
        proofs = tuple(sorted(proofs, key=lambda proof: proof.start))
        unproved = one.unproved(proofs)
        unrepaired += unproved
        result = apply_proofs(one.text, proofs)
        made.append((one, result))
        results[result] = results.get(result, False) or not unproved
    lemma = _whole(sorted(results, key=lambda result: not results[result]))
    disputed = [
        one for one, text in made if visible_ascii(text) != visible_ascii(lemma) and not is_cut(text, lemma)
    ]
    return Variants(lemma, tuple(repairs), _conflict(lemma, damaged, disputed), tuple(unrepaired))


def _by_another(
    one: _Shown, damaged: Sequence[_Shown], known: Iterable[Proof]
) -> Iterator[tuple[Proof, _Shown]]:
    """Yield what a reading and another, damaged in another way, prove together, and that other."""
    assert one.damage is not None
    taken = {at for proof in known for at in range(proof.start, proof.end)}
    others: dict[Damage | None, _Shown] = {}
    for other in damaged:
        others.setdefault(other.damage, other)
    del others[one.damage]
    for other in islice(others.values(), OTHERS):
        assert other.damage is not None
        if one.text.isascii() or not one.unproved([Proof(at, at + 1, "") for at in taken]):
            return
        for shown in prove_jointly(one.text, one.damage, other.text, other.damage) or ():
            left = one.text[shown.start : shown.end]
            if left in ("", shown.text) or not taken.isdisjoint(range(shown.start, shown.end)):
                continue
            if all(damage.apply(shown.text) == left for damage in one.suspects):
                taken.update(range(shown.start, shown.end))
                yield Proof(shown.start, shown.end, shown.text), other


def _conflict(lemma: str, shown: Sequence[_Shown], disputed: Sequence[_Shown]) -> tuple[Conflict, ...]:
    if not disputed:
        return ()
    readings = tuple(one.reading() for one in sorted(shown, key=lambda one: one.place))
    return (Conflict(field="text", readings=readings, chosen=lemma),)


def _most_whole(shown: Sequence[_Shown]) -> str:
    """Return the first of several readings, or a better one: uncut, written well, no sign for a letter."""
    whole, *others = shown
    for one in others:
        if whole.is_part_of(one.text):
            is_odd = whole.text != normalize_line(whole.text) and one.text == normalize_line(one.text)
            if is_odd or normalize_line(whole.text) != normalize_line(one.text):
                whole = one
        elif whole.rank.preference == one.rank.preference and is_with_signs(whole.text, one.text):
            whole = one
    return whole.text


def _whole(texts: Iterable[str]) -> str:
    """Return the first of several texts, or, where it is cut short, its whole."""
    whole, *others = texts
    for text in others:
        if is_cut(whole, text):
            whole = text
    return whole
