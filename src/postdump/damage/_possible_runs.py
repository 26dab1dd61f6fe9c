# SPDX-License-Identifier: MIT
"""Find the runs of a text that a damage can have left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from postdump._text.characters import NON_ASCII
from postdump.damage import Damage
from postdump.damage._residue import is_of_pairs
from postdump.damage._utf8 import UTF8_FORMS


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


def find_damaged_runs(text: str, damage: Damage) -> Iterator[tuple[int, int]]:
    """
    Return the runs of a text that the damage can have left: it may have, that is not proved.

    >>> list(find_damaged_runs("donβt, ωmega", Damage(misread_as="iso-8859-7")))
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
