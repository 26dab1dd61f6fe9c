# SPDX-License-Identifier: MIT
"""
Which repairs follow from which evidence.

A damage acts on every character alone, so a damaged line and a clean one of the same text can be walked
through together: each clean character must stand in the damaged line either as it is (it escaped the
damage, as characters from HTML entities do) or as the damage leaves it. Where that leads from end to end,
every character left damaged is a repair, and the smallest there can be. ASCII is never damaged. Several
ways through are possible only where characters are left empty; the first that leads to the end is taken,
and where too many are open nothing is proved.

Without a witness a damaged character is undone only if nothing of it was lost: its bytes, each left as one
character, must be its UTF-8, whole. What ends a word well (`Spaß”`) is not undone to a letter that none has
(`ߔ`): clean and damaged characters mix.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from attrs import evolve, frozen

from postdump._links import NON_ASCII
from postdump._remains import UTF8_FORMS, is_of_pairs
from postdump._suspicion import is_common, is_natural
from postdump.damage import MAX_MISREADINGS, C1Policy, Damage, doubled_damages, known_damages, paired_damages

ASKED: Final = 12
"""Kinds of runs from which a damage is learned: each is tried under every damage there is."""
LONGEST_ASKED: Final = 4096
"""Characters of the longest."""
LONGEST_REMEMBERED: Final = 64
"""Characters of a run that is kept in memory once it was undone: a word of another script."""
STRIPPED: Final = 3
"""Kinds of pairs at least that show a damage that leaves nothing: a single sign may be an edit."""
VIETNAMESE: Final = range(0x1E00, 0x1F00)
"""Latin letters with more than one accent: they stand within words, but in few languages."""
WAYS: Final = 64
"""Ways through a line that may be open at once; a line of one repeated character has one a character."""


@frozen
class Proof:
    """A run of a line, from `start` to `end`, that is `after` damaged."""

    start: int
    end: int
    after: str


def witnessed(
    observed: str, original: str, damage: Damage, *, is_beginning: bool = False
) -> tuple[Proof, ...] | None:
    """
    Say which runs of `observed` are `original` damaged; None where it is not `original` at all.

    With `is_beginning`, `observed` may be of the beginning of `original` alone.

    >>> witnessed("ML β I’ve", "ML – I’ve", Damage(misread_as="iso-8859-7"))
    (Proof(start=3, end=4, after='–'),)
    """
    if damage.reads_pairs:
        return None if is_beginning else _by_segments(observed, original, damage)
    steps: list[_Step] = []  # since the last character up to which there is only one way
    reached: Iterable[int] = (0,)
    proofs: list[Proof] = []
    for piece in _pieces(original):
        if is_beginning:
            for at in reached:
                if len(observed) - at <= len(piece) and piece.startswith(observed[at:]):
                    return (*proofs, *_walked(steps, at))
        left = piece if piece.isascii() else _left(damage, piece)
        ends: dict[int, tuple[int, bool]] = {}
        for at in reached:
            if observed.startswith(piece, at):
                ends.setdefault(at + len(piece), (at, False))
            if left != piece and observed.startswith(left, at):
                ends.setdefault(at + len(left), (at, True))
        if not 0 < len(ends) <= WAYS:
            return None
        steps.append((piece, ends))
        reached = ends
        if len(ends) == 1:
            proofs += _walked(steps, *ends)
            steps.clear()
    if len(observed) not in reached:
        return None
    return (*proofs, *_walked(steps, len(observed)))


def _by_segments(observed: str, original: str, damage: Damage) -> tuple[Proof, ...] | None:
    """Say which runs are `original` damaged where bytes are read in pairs; no character escapes that."""
    if damage.apply(original) != observed:
        return None
    proofs = []
    at = 0
    for chars, left in damage.segments(original):
        if chars != left:
            proofs.append(Proof(at, at + len(left), chars))
        at += len(left)
    return tuple(proofs)


_Step = tuple[str, dict[int, tuple[int, bool]]]
"""A piece of the original; the ends reached in what was observed, and from where, and whether damaged."""


def _walked(steps: Sequence[_Step], end: int) -> list[Proof]:
    """Return the proofs on the way that ends at `end`."""
    proofs = []
    for piece, ends in reversed(steps):
        start, is_damaged = ends[end]
        if is_damaged:
            proofs.append(Proof(start, end, piece))
        end = start
    return proofs[::-1]


def _pieces(text: str) -> Iterator[str]:
    """Yield the stretches of ASCII of a text, and each other character alone."""
    at = 0
    for match in NON_ASCII.finditer(text):
        if at < match.start():
            yield text[at : match.start()]
        yield from match[0]
        at = match.end()
    if at < len(text):
        yield text[at:]


@lru_cache(maxsize=65536)
def _left(damage: Damage, char: str) -> str:
    return damage.apply(char)


def repaired_text(text: str, proofs: Iterable[Proof]) -> str:
    """Return a text with its proofs, which are in order, carried out."""
    pieces = []
    at = 0
    for proof in proofs:
        pieces += [text[at : proof.start], proof.after]
        at = proof.end
    return "".join([*pieces, text[at:]])


def undone(text: str, damages: Sequence[Damage]) -> str:
    """Return a text with all undone that lost nothing; `damages` are the likeliest, and its rivals."""
    return text if text.isascii() else repaired_text(text, inverted(text, damages[0], damages[1:]))


def inverted(observed: str, damage: Damage, rivals: Sequence[Damage] = ()) -> tuple[Proof, ...]:
    """
    Undo the damage of every character of which nothing was lost.

    Where rivals explain the page as well, each of them must leave the same of that character, and of no
    other that people write, or cannot have left anything there.

    >>> inverted("cafΓ©βs", Damage(misread_as="iso-8859-7"))
    (Proof(start=3, end=5, after='é'),)
    >>> inverted("Ăš", Damage(misread_as="iso-8859-2"), [Damage(misread_as="iso-8859-16")])
    ()
    """
    proofs = tuple(one for one in _inverted(observed, damage) if not _may_be_clean(observed, one))
    for rival in rivals if proofs else ():
        places = {at for run in damaged_runs(observed, rival) for at in range(*run)}
        proofs = tuple(one for one in proofs if not _disputes(rival, observed, one, places))
    return proofs


def _inverted(observed: str, damage: Damage) -> Iterator[Proof]:
    if damage.reads_pairs:
        # No pair begins with ASCII, and after a whole run none is open: each run is read alone.
        for match in NON_ASCII.finditer(observed):
            original = undo(match[0], damage)
            for proof in (original and _by_segments(match[0], original, damage)) or ():
                yield evolve(proof, start=proof.start + match.start(), end=proof.end + match.start())
        return
    for start, end in _runs(observed, damage):
        at = start
        for fragment, char in _undone(observed[start:end], damage):
            if char is not None and char != fragment:
                yield Proof(at, at + len(fragment), char)
            at += len(fragment)


def _may_be_clean(observed: str, proof: Proof) -> bool:
    """Tell whether what was undone goes well with the letter before it, and what was made of it does not."""
    before = observed[max(0, proof.start - 1) : proof.start]
    is_likely = any(is_common(char) or ord(char) in VIETNAMESE for char in proof.after)
    if is_likely or not (before.isascii() and before.isalpha()):
        return False
    return is_natural(before, observed[proof.start : proof.end])


def _disputes(rival: Damage, observed: str, proof: Proof, places: Container[int]) -> bool:
    """Tell whether a damage left something else where a proof stands, or around, where it harmed `places`."""
    fragment = observed[proof.start : proof.end]
    if _left(rival, proof.after) == fragment:
        return _leaves_it_of_another(rival, fragment, proof.after)
    return is_possible(fragment, rival) or all(at in places for at in range(proof.start, proof.end))


@lru_cache(maxsize=65536)
def _leaves_it_of_another(damage: Damage, fragment: str, char: str) -> bool:
    """Tell whether a damage leaves a fragment of some character that people write, besides this one."""
    return any(other != char and is_common(other) for other in damage.candidates(fragment))


def _undone(run: str, damage: Damage) -> Iterable[tuple[str, str | None]]:
    """Return the fragments of a run (see `_fragments`); short ones are nearly all that there are."""
    return _known_fragments(run, damage) if len(run) <= LONGEST_REMEMBERED else _fragments(run, damage)


@lru_cache(maxsize=65536)
def _known_fragments(run: str, damage: Damage) -> tuple[tuple[str, str | None], ...]:
    return tuple(_fragments(run, damage))


def _fragments(run: str, damage: Damage) -> Iterator[tuple[str, str | None]]:
    """
    Yield the fragments of a run, each with the character that left it; None where something was lost.

    Where each byte of a character left a character of its own, nothing can have stood between them: the
    first byte says how many follow.
    """
    if damage.then is not None:
        after = undo(run, damage)
        yield from ((_left(damage, char), char) for char in after) if after is not None else ((run, None),)
        return
    sizes = _sizes(damage)
    at = 0
    while at < len(run):
        fragment = run[at : at + sizes.get(run[at], 1)]
        char = undo(fragment, damage) if len(fragment) > 1 else None
        fragment = run[at] if char is None else fragment
        yield fragment, char
        at += len(fragment)


def _runs(text: str, damage: Damage) -> Iterator[tuple[int, int]]:
    """Yield the runs outside ASCII, cut at characters that the damage never leaves: these are clean."""
    known = _readers(damage)[0]
    for match in NON_ASCII.finditer(text):
        start = match.start()
        for at, char in enumerate(match[0], start):
            if char not in known:
                if start < at:
                    yield start, at
                start = at + 1
        if start < match.end():
            yield start, match.end()


def undo(run: str, damage: Damage) -> str | None:
    """
    Return the text that a damage without loss has made `run` of; None where there is none.

    >>> undo("Γ©", Damage(misread_as="iso-8859-7")), undo("β", Damage(misread_as="iso-8859-7"))
    ('é', None)
    """
    return _undone_before(run, damage) if len(run) <= LONGEST_REMEMBERED else _undo(run, damage)


def _undo(run: str, damage: Damage) -> str | None:
    if damage.then is not None:
        between = undo(run, damage.then)
        return None if between is None else undo(between, evolve(damage, then=None))
    try:
        after = _bytes(run, damage).decode("utf-8")
    except (KeyError, UnicodeError):
        return None
    return after if damage.apply(after) == run else None


_undone_before: Final = lru_cache(maxsize=65536)(_undo)


def _bytes(run: str, damage: Damage) -> bytes:
    """Return the bytes that a run was read from; KeyError or UnicodeError where that cannot be said."""
    if damage.reads_pairs:
        return run.encode(damage.misread_as)
    bytes_of = _bytes_of(damage)
    return bytes(bytes_of[char] for char in run)


@lru_cache(maxsize=512)
def _sizes(damage: Damage) -> dict[str, int]:
    """Return how many bytes a character has whose first byte left this one."""
    bytes_of = _bytes_of(damage)
    return {char: len(form) for form in UTF8_FORMS for char, byte in bytes_of.items() if byte in form[0]}


@lru_cache(maxsize=512)
def _bytes_of(damage: Damage) -> dict[str, int]:
    """Return the byte that each character was left by, of those that only one byte leaves."""
    table = evolve(damage, then=None).table
    times: dict[str, int] = {}
    for char in table:
        times[char] = times.get(char, 0) + 1
    return {char: byte for byte, char in enumerate(table) if char and times[char] == 1}


def damaged_runs(text: str, damage: Damage) -> Iterator[tuple[int, int]]:
    """
    Return the runs of a text that the damage can have left: it may have, that is not proved.

    >>> list(damaged_runs("donβt, ωmega", Damage(misread_as="iso-8859-7")))
    [(3, 4)]
    """
    known: dict[str, tuple[tuple[int, int], ...]] = {}
    for match in NON_ASCII.finditer(text):
        run, start = match[0], match.start()
        if run not in known:
            runs = [(0, len(run))] if damage.reads_pairs else _runs(run, damage)
            known[run] = tuple((a, b) for a, b in runs if is_possible(run[a:b], damage))
        for a, b in known[run]:
            yield start + a, start + b


def is_possible(run: str, damage: Damage) -> bool:
    """
    Tell whether a run can be what the damage left of some characters, one after another.

    ASCII that stands for lost bytes is not asked for: whoever looks for runs has left it out, and so a run
    may also begin where such a byte can have stood.

    >>> is_possible("π¬", Damage(misread_as="iso-8859-7")), is_possible("ω", Damage(misread_as="iso-8859-7"))
    (True, False)
    """
    if damage.reads_pairs:
        return is_of_pairs(run, damage)
    known, state, after = _readers(damage)
    for char in run:
        if char not in known:
            return False
        state_after = after.get((state, char))
        if state_after is None:
            state_after = after[state, char] = _after(state, char, damage)
        state = state_after
        if not state:
            return False
    return ("", ()) in state


_Waiting = tuple[str, tuple[range, ...]]
"""What is still to come of a byte's leavings, and of the bytes of its character."""
_Table = dict[tuple[frozenset[_Waiting], str], frozenset[_Waiting]]


@lru_cache(maxsize=512)
def _readers(damage: Damage) -> tuple[frozenset[str], frozenset[_Waiting], _Table]:
    """Return all that a damage can leave, where a run begins, and a table to fill of what follows on what."""
    stands_in = {byte for byte, left in enumerate(damage.table) if byte >= 0x80 and left and left.isascii()}
    begins = {
        ("", form[k:])
        for form in UTF8_FORMS
        for k in range(1, len(form))
        if stands_in.intersection(form[k - 1])
    }
    return frozenset().union(*_leavings(damage)), frozenset({("", ()), *begins}), {}


def _after(state: frozenset[_Waiting], char: str, damage: Damage) -> frozenset[_Waiting]:
    """Return where reading `char` leads; bytes that leave nothing may have come before and after it."""
    leavings = _leavings(damage)
    read = set()
    seen = set()
    waiting = list(state)
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        left, expected = one
        if left:
            if left[0] == char:
                read.add((left[1:], expected))
        elif expected:
            waiting += [(leaving, expected[1:]) for leaving in {leavings[byte] for byte in expected[0]}]
        else:
            waiting += [("", form) for form in UTF8_FORMS]
    return _silenced(read, leavings)


def _silenced(state: set[_Waiting], leavings: Sequence[str]) -> frozenset[_Waiting]:
    """Return a state with those that further bytes lead to which leave nothing."""
    waiting = list(state)
    while waiting:
        left, expected = waiting.pop()
        if not left and expected and any(not leavings[byte] for byte in expected[0]):
            one = ("", expected[1:])
            if one not in state:
                state.add(one)
                waiting.append(one)
    return frozenset(state)


@lru_cache(maxsize=512)
def _leavings(damage: Damage) -> tuple[str, ...]:
    """Return what is seen of each byte's leavings outside ASCII."""
    return tuple("".join(char for char in left if not char.isascii()) for left in damage.table)


def learned(pairs: Iterable[tuple[str, str]], suspects: Sequence[Damage] = ()) -> tuple[Damage, ...]:
    """
    Return those damages that make the first of most pairs out of the second; none if none explains half.

    Asked are the suspects, or else all that are known.

    Asked are the runs outside ASCII, each kind once, of pairs that are alike in all else, and whole pairs
    where spaces or question marks stand for lost bytes.

    >>> learned([("donβt", "don’t"), ("β and π", "– and 👍")])[0].misread_as
    'iso-8859-7'
    """
    runs = Counter(run for observed, original in pairs for run in _differing_runs(observed, original))
    asked = dict(runs.most_common(ASKED))
    suspects = suspects or (*known_damages(), *paired_damages(), *doubled_damages())
    explained = {
        # What is shown is a line, or part of one: it has no spaces at its ends.
        damage: [pair for pair in asked if damage.apply(pair[1]).strip(" ") == pair[0].strip(" ")]
        for damage in suspects
    }
    best = max(explained.values(), key=lambda pairs: sum(map(asked.__getitem__, pairs)))
    if sum(map(asked.__getitem__, best)) * 2 <= sum(asked.values()):
        return ()
    if len(best) < STRIPPED and all(
        len(observed) < len(original) and observed.isascii() for observed, original in best
    ):
        return ()
    return tuple(damage for damage, pairs in explained.items() if pairs == best)


def _differing_runs(observed: str, original: str) -> Iterator[tuple[str, str]]:
    pairs = [(observed, original)]
    if NON_ASCII.split(observed) == NON_ASCII.split(original):
        pairs = list(zip(NON_ASCII.findall(observed), NON_ASCII.findall(original), strict=True))
    for pair in pairs:
        if pair[0] != pair[1] and len(pair[1]) <= LONGEST_ASKED:
            yield pair


def by_ftfy(line: str) -> tuple[tuple[Proof, str], ...]:
    """
    Return what ftfy undoes in a line, where its explanation names a damage that makes exactly this line.

    With each proof stands what the last misreading was done to: of one alone, the original.

    >>> by_ftfy("donâ€™t")
    ((Proof(start=3, end=6, after='’'), '’'),)
    """
    import ftfy  # registers codecs when imported, and takes its time

    fixed, steps = ftfy.fix_encoding_and_explain(line)
    encodings = [step.parameter.removeprefix("sloppy-") for step in steps or () if step.action == "encode"]
    damage = before = None
    for encoding in encodings if len(encodings) <= MAX_MISREADINGS else ():
        damage = Damage(misread_as=encoding, c1_policy=C1Policy.KEEP, then=damage)
    for encoding in encodings[1:] if damage else ():
        before = Damage(misread_as=encoding, c1_policy=C1Policy.KEEP, then=before)
    if damage is None or damage.apply(fixed) != line:
        return ()
    proofs = witnessed(line, fixed, damage) or ()
    return tuple((one, one.after if before is None else before.apply(one.after)) for one in proofs)
