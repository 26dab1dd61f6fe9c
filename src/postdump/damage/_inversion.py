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

from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from attrs import evolve

from postdump._text.characters import NON_ASCII
from postdump.damage import Damage
from postdump.damage._plausibility import is_common, is_natural
from postdump.damage._possible_runs import _runs, find_damaged_runs, is_possible
from postdump.damage._proof import Proof, _by_segments, _left, apply_proofs
from postdump.damage._utf8 import UTF8_FORMS

LONGEST_REMEMBERED: Final = 64
"""Characters of a run that is kept in memory once it was undone: a word of another script."""

VIETNAMESE: Final = range(0x1E00, 0x1F00)
"""Latin letters with more than one accent: they stand within words, but in few languages."""


def restore(text: str, damages: Sequence[Damage]) -> str:
    """Return a text with all undone that lost nothing; `damages` are the likeliest, and its rivals."""
    return text if text.isascii() else apply_proofs(text, invert(text, damages[0], damages[1:]))


def invert(observed: str, damage: Damage, rivals: Sequence[Damage] = ()) -> tuple[Proof, ...]:
    """
    Undo the damage of every character of which nothing was lost.

    Where rivals explain the page as well, each of them must leave the same of that character, and of no
    other that people write, or cannot have left anything there.

    >>> invert("cafΓ©βs", Damage(misread_as="iso-8859-7"))
    (Proof(start=3, end=5, after='é'),)
    >>> invert("Ăš", Damage(misread_as="iso-8859-2"), [Damage(misread_as="iso-8859-16")])
    ()
    """
    proofs = tuple(one for one in _inverted(observed, damage) if not _may_be_clean(observed, one))
    for rival in rivals if proofs else ():
        places = {at for run in find_damaged_runs(observed, rival) for at in range(*run)}
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
