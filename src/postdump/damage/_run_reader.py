# SPDX-License-Identifier: MIT
"""
An automaton for each damage that reads a run of characters and accepts what the damage can have left.

A damage leaves of each byte a few characters or none, and the bytes of a character follow UTF-8. While a run
is read, several places are possible: which byte of which form comes next, and which characters left by the
last byte are still expected. A state is the set of these places. States are computed when they are first
reached, and kept: a thousand damaged posts reach three or four, so that reading a character is one look-up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple, final

from attrs import define, field

from postdump.damage._utf8 import MULTIBYTE_FORMS


class _Place(NamedTuple):
    """A place within the bytes of a character, and within what one of them left."""

    unread: str
    """What is still to come of the last byte's remnant."""
    expected: tuple[range, ...]
    """The ranges of the character's bytes that are still to come."""


_BETWEEN: Final = _Place("", ())
"""Between two characters."""

_STARTS: Final = tuple(_Place("", form.byte_ranges) for form in MULTIBYTE_FORMS)
"""Before the first byte of a character, for each form."""


@define(eq=False)
class _State:
    """The places that are possible, and the states that follow, as far as they were reached."""

    places: frozenset[_Place]
    is_end: bool
    """Whether a run may end here."""
    following: dict[str, _State] = field(factory=dict)


@final
class RunReader:
    """Reads runs outside ASCII that a damage may have left."""

    def __init__(self, table: Sequence[str]) -> None:
        """Prepare for a damage, by what it leaves of each byte."""
        self._remnants = ["".join(char for char in remnant if not char.isascii()) for remnant in table]
        self.signs: Final = frozenset("".join(self._remnants))
        """All characters outside ASCII that the damage can leave."""
        self._states: dict[frozenset[_Place], _State] = {}
        self._places: dict[tuple[range, ...], dict[str, set[_Place]]] = {}
        # ASCII that stands for a lost byte is not part of a run, so a run may begin behind such a byte.
        stand_ins = {byte for byte in range(0x80, 0x100) if table[byte] and table[byte].isascii()}
        torn = {
            _Place("", form.byte_ranges[index:])
            for form in MULTIBYTE_FORMS
            for index in range(1, len(form.byte_ranges))
            if stand_ins.intersection(form.byte_ranges[index - 1])
        }
        self._start = self._state_of(frozenset({_BETWEEN, *torn}))

    def accepts(self, run: str) -> bool:
        """Return whether the damage can have left a run: of whole characters, but see `_start`."""
        state = self._start
        for char in run:
            after = state.following.get(char)
            if after is None:
                if char not in self.signs:  # not kept: a text has any number of other characters
                    return False
                # Several threads may compute this at once; all of them assign the same.
                after = state.following[char] = self._read(state, char)
            state = after
            if not state.places:
                return False
        return state.is_end

    def _state_of(self, places: frozenset[_Place]) -> _State:
        return self._states.setdefault(places, _State(places, _BETWEEN in places))

    def _read(self, state: _State, char: str) -> _State:
        """Compute the state after a character; bytes that leave nothing may come before and after it."""
        reached: set[_Place] = set()
        seen: set[_Place] = set()
        waiting = list(state.places)
        while waiting:
            place = waiting.pop()
            if place in seen:
                continue
            seen.add(place)
            unread, expected = place
            if unread:
                if unread[0] == char:
                    reached.add(_Place(unread[1:], expected))
            elif expected:
                after = self._places_after(expected)
                reached.update(after.get(char, ()))
                waiting += after.get("", ())
            else:
                waiting += _STARTS
        return self._state_of(self._with_silent_bytes(reached))

    def _with_silent_bytes(self, places: set[_Place]) -> frozenset[_Place]:
        """Return places together with those that are reached by bytes that leave nothing."""
        waiting = list(places)
        while waiting:
            unread, expected = waiting.pop()
            if not unread and expected:
                further = self._places_after(expected).get("", set()) - places
                places |= further
                waiting += further
        return frozenset(places)

    def _places_after(self, expected: tuple[range, ...]) -> dict[str, set[_Place]]:
        """Return the places after the next byte, by the character that it leaves first, or by nothing."""
        places = self._places.get(expected)
        if places is None:
            places = {}
            for remnant in {self._remnants[byte] for byte in expected[0]}:
                places.setdefault(remnant[:1], set()).add(_Place(remnant[1:], expected[1:]))
            self._places[expected] = places
        return places
