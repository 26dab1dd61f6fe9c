# SPDX-License-Identifier: MIT
"""
Prove a repair by a witness: find which smallest runs of a damaged line are which clean characters.

A damage acts on every character alone, so a damaged line and a clean one of the same text can be walked
through together: each clean character must stand in the damaged line either as it is (it escaped the damage,
as characters from HTML entities do) or as the damage leaves it. ASCII is never damaged. If both
lines can be walked through to the end, each character that was left damaged is a proof. Iso-8859-7 leaves `β`
of `–` and of `’`:

    original    M L _   –   _ I   ’        v e
    observed    M L _   β   _ I   ’        v e       `–` was damaged, `’` escaped

Where characters leave nothing, several ways through are possible. The first that leads to the end is taken;
where more than `MOST_WAYS` are open at once, nothing is proved.
"""

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


_Origins = dict[int, tuple[int, bool]]
"""For each position reached in the damaged line: the position before it, and whether the piece is damaged."""


_Step = tuple[str, _Origins]
"""A piece of the original, and the positions that are reached behind it."""


def prove(
    observed: str, original: str, damage: Damage, *, is_beginning: bool = False
) -> tuple[Proof, ...] | None:
    """
    Prove which runs of a line are another's characters, damaged.

    Args:
        observed: The damaged line.
        original: What a witness shows.
        damage: What may have happened to the line.
        is_beginning: Whether `observed` may be of the beginning of `original` alone.

    Returns:
        The proofs in order; None if the line is not `original`, damaged.

    >>> prove("ML β I’ve", "ML – I’ve", Damage(misread_as="iso-8859-7"))
    (Proof(start=3, end=4, after='–'),)
    """
    if damage.reads_pairs:
        return None if is_beginning else prove_in_pairs(observed, original, damage)
    open_steps: list[_Step] = []  # those behind the last position that all ways lead over
    reached: Iterable[int] = (0,)
    proofs: list[Proof] = []
    for piece in _split_at_non_ascii(original):
        if is_beginning:
            for position in reached:
                if len(observed) - position <= len(piece) and piece.startswith(observed[position:]):
                    return (*proofs, *_trace_back(open_steps, position))
        if not open_steps and piece.isascii():  # one position is reached, and one way leads on
            (position,) = reached
            if not observed.startswith(piece, position):
                return None
            reached = (position + len(piece),)
            continue
        origins = _step_over(piece, reached, observed, damage)
        if not 0 < len(origins) <= MOST_WAYS:
            return None
        open_steps.append((piece, origins))
        reached = origins
        if len(origins) == 1:
            proofs += _trace_back(open_steps, *origins)
            open_steps.clear()
    if len(observed) not in reached:
        return None
    return (*proofs, *_trace_back(open_steps, len(observed)))


def prove_in_pairs(observed: str, original: str, damage: Damage) -> tuple[Proof, ...] | None:
    """Do the same where bytes were read in pairs: no character escapes, since each depends on the next."""
    if damage.apply(original) != observed:
        return None
    proofs = []
    start = 0
    for chars, remnant in damage.segments(original):
        end = start + len(remnant)
        if chars != remnant:
            proofs.append(Proof(start, end, chars))
        start = end
    return tuple(proofs)


def apply_proofs(text: str, proofs: Iterable[Proof]) -> str:
    """Return a text with its proofs, which are in order, carried out."""
    parts = []
    end = 0
    for proof in proofs:
        parts += [text[end : proof.start], proof.after]
        end = proof.end
    return "".join([*parts, text[end:]])


@lru_cache(maxsize=65536)  # one bound for all damages together, so not a field of their tables
def apply_to_char(damage: Damage, char: str) -> str:
    """Return what a damage leaves of a character."""
    return damage.apply(char)


def _split_at_non_ascii(text: str) -> Iterator[str]:
    """Yield the stretches of ASCII of a text, and each other character alone."""
    end = 0
    for match in NON_ASCII.finditer(text):
        if end < match.start():
            yield text[end : match.start()]
        yield from match[0]
        end = match.end()
    if end < len(text):
        yield text[end:]


def _step_over(piece: str, reached: Iterable[int], observed: str, damage: Damage) -> _Origins:
    """Return the positions behind a piece that stands, clean or damaged, at one of those reached."""
    remnant = piece if piece.isascii() else apply_to_char(damage, piece)
    origins: _Origins = {}
    for position in reached:
        if observed.startswith(piece, position):
            origins.setdefault(position + len(piece), (position, False))
        if remnant != piece and observed.startswith(remnant, position):
            origins.setdefault(position + len(remnant), (position, True))
    return origins


def _trace_back(steps: Sequence[_Step], end: int) -> list[Proof]:
    """Return the proofs on the way that ends at a position."""
    proofs = []
    for piece, origins in reversed(steps):
        start, is_damaged = origins[end]
        if is_damaged:
            proofs.append(Proof(start, end, piece))
        end = start
    return proofs[::-1]
