# SPDX-License-Identifier: MIT
"""Prove a repair by a witness: split it into the smallest runs that the damage explains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from attrs import frozen

from postdump._text.characters import NON_ASCII
from postdump.damage import Damage

MOST_WAYS: Final = 64
"""Ways through a line that may be open at once; a line of one repeated character has one a character."""


@frozen
class Proof:
    """A run of a line, from `start` to `end`, that is `after` damaged."""

    start: int
    end: int
    after: str


def prove(
    observed: str, original: str, damage: Damage, *, is_beginning: bool = False
) -> tuple[Proof, ...] | None:
    """
    Say which runs of `observed` are `original` damaged; None where it is not `original` at all.

    With `is_beginning`, `observed` may be of the beginning of `original` alone.

    >>> prove("ML β I’ve", "ML – I’ve", Damage(misread_as="iso-8859-7"))
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
        if not 0 < len(ends) <= MOST_WAYS:
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


def apply_proofs(text: str, proofs: Iterable[Proof]) -> str:
    """Return a text with its proofs, which are in order, carried out."""
    pieces = []
    at = 0
    for proof in proofs:
        pieces += [text[at : proof.start], proof.after]
        at = proof.end
    return "".join([*pieces, text[at:]])
