# SPDX-License-Identifier: MIT
"""
Undo a damage without a witness: only of characters of which nothing was lost.

Where each byte of a character left a character of its own, its bytes can be read back, and must be UTF-8.
The damage must turn the result into exactly what stands there, and there are three more conditions. No other
damage that explains the page as well may lead to a different result. What is undone must not be plausible
clean text (`Spaß”`, where `ߔ` is no letter of such a word). A character that two bytes could have left is
never read back. Under iso-8859-7, with policy drop:

    observed    c a f   Γ  ©     β         s
    bytes               C3 A9    E2 + two that left nothing
    result      c a f   é        β         s       of `β` two bytes are lost: it stays
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from attrs import evolve

from postdump._text.characters import NON_ASCII
from postdump.damage import Damage
from postdump.damage._damage_table import table_of
from postdump.damage._plausibility import is_common, is_natural
from postdump.damage._possible_runs import find_damaged_runs, is_possible, split_at_foreign_signs
from postdump.damage._proof import Proof, apply_proofs, apply_to_char, prove_in_pairs

LONGEST_REMEMBERED: Final = 64
"""Characters of a run that is kept in memory once it was undone: a word of another script."""

VIETNAMESE: Final = range(0x1E00, 0x1F00)
"""Latin letters with more than one accent: they stand within words, but in few languages."""


def restore(text: str, damages: Sequence[Damage]) -> str:
    """Return a text with all undone of which nothing was lost; `damages`: the likeliest, then its rivals."""
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
    undone = _undo_in_pairs(observed, damage) if damage.reads_pairs else _undo_by_character(observed, damage)
    proofs = tuple(proof for proof in undone if not _may_be_clean(observed, proof))
    for rival in rivals if proofs else ():
        places = {place for run in find_damaged_runs(observed, rival) for place in range(*run)}
        proofs = tuple(proof for proof in proofs if not _disputes(rival, observed, proof, places))
    return proofs


def undo(run: str, damage: Damage) -> str | None:
    """
    Return the text of which a damage without loss has made `run`; None if there is none.

    >>> undo("Γ©", Damage(misread_as="iso-8859-7")), undo("β", Damage(misread_as="iso-8859-7"))
    ('é', None)
    """
    return _undo_remembered(run, damage) if len(run) <= LONGEST_REMEMBERED else _undo(run, damage)


def _undo_in_pairs(observed: str, damage: Damage) -> Iterator[Proof]:
    """Yield what is undone where bytes were read in pairs."""
    # No pair begins with ASCII, and after a whole run none is open: each run is read alone.
    for match in NON_ASCII.finditer(observed):
        original = undo(match[0], damage)
        for proof in (original and prove_in_pairs(match[0], original, damage)) or ():
            yield evolve(proof, start=proof.start + match.start(), end=proof.end + match.start())


def _undo_by_character(observed: str, damage: Damage) -> Iterator[Proof]:
    """Yield what is undone where each byte was read alone."""
    for run_start, run_end in split_at_foreign_signs(observed, damage):
        start = run_start
        for fragment, original in _fragments_of(observed[run_start:run_end], damage):
            end = start + len(fragment)
            if original is not None and original != fragment:
                yield Proof(start, end, original)
            start = end


def _may_be_clean(observed: str, proof: Proof) -> bool:
    """Return whether a fragment goes well with the letter before it, and what was made of it does not."""
    before = observed[max(0, proof.start - 1) : proof.start]
    is_likely = any(is_common(char) or ord(char) in VIETNAMESE for char in proof.after)
    if is_likely or not (before.isascii() and before.isalpha()):
        return False
    return is_natural(before, observed[proof.start : proof.end])


def _disputes(rival: Damage, observed: str, proof: Proof, places: Container[int]) -> bool:
    """
    Return whether a rival left something else where a proof stands, or in a run around it.

    Args:
        rival: Another damage that explains the page.
        observed: The damaged line.
        proof: What was undone.
        places: The indexes of all characters that the rival can have left.
    """
    fragment = observed[proof.start : proof.end]
    if apply_to_char(rival, proof.after) == fragment:
        return _leaves_it_of_another(rival, fragment, proof.after)
    return is_possible(fragment, rival) or all(place in places for place in range(proof.start, proof.end))


_Fragment = tuple[str, str | None]
"""A part of a run, and the text that left it; None if something was lost."""


def _fragments_of(run: str, damage: Damage) -> Iterable[_Fragment]:
    """Return the fragments of a run; nearly all runs are short, and met again."""
    return _split_remembered(run, damage) if len(run) <= LONGEST_REMEMBERED else _split(run, damage)


def _split(run: str, damage: Damage) -> Iterator[_Fragment]:
    """
    Split a run into what each character left.

    Where each byte of a character left a character of its own, nothing can have stood between them: the
    first byte announces how many follow. A run that was damaged twice is undone as a whole or not at all.
    """
    if damage.then is not None:
        original = undo(run, damage)
        if original is None:
            yield run, None
        else:
            yield from ((apply_to_char(damage, char), char) for char in original)
        return
    length_of = table_of(damage).length_of
    start = 0
    while start < len(run):
        fragment = run[start : start + length_of.get(run[start], 1)]
        char = undo(fragment, damage) if len(fragment) > 1 else None
        if char is None:
            fragment = run[start]
        yield fragment, char
        start += len(fragment)


def _undo(run: str, damage: Damage) -> str | None:
    if damage.then is not None:
        between = undo(run, damage.then)
        return None if between is None else undo(between, table_of(damage).first_step)
    try:
        original = _encode(run, damage).decode("utf-8")
    except (KeyError, UnicodeError):
        return None
    return original if damage.apply(original) == run else None


def _encode(run: str, damage: Damage) -> bytes:
    """
    Return the bytes that a run was read from.

    Raises:
        KeyError: No byte leaves one of the characters, or several do.
        UnicodeError: The encoding of pairs lacks a character.
    """
    if damage.reads_pairs:
        return run.encode(damage.misread_as)
    byte_of = table_of(damage).byte_of
    return bytes([byte_of[char] for char in run])


# Caches by damage and text have one bound for all damages together, so they are not fields of their tables.


@lru_cache(maxsize=65536)
def _leaves_it_of_another(damage: Damage, fragment: str, char: str) -> bool:
    """Return whether a damage leaves a fragment of some character that people write, besides this one."""
    return any(other != char and is_common(other) for other in damage.candidates(fragment))


@lru_cache(maxsize=65536)
def _split_remembered(run: str, damage: Damage) -> tuple[_Fragment, ...]:
    return tuple(_split(run, damage))


@lru_cache(maxsize=65536)
def _undo_remembered(run: str, damage: Damage) -> str | None:
    return _undo(run, damage)
