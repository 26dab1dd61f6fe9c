# SPDX-License-Identifier: MIT
"""Lines in rows: what each is known by, whose it is, and when that was written."""

from __future__ import annotations

from datetime import datetime

from attrs import define, field

from postdump._align import Key


@define(eq=False)
class Keyed:
    """What is aligned: the lines of a draft or of a witness, and the markers of blocks without lines."""

    keys: list[Key] = field(factory=list)
    words: list[str | bytes] = field(factory=list)
    """The keys without minutes."""
    minutes: list[datetime | None] = field(factory=list)
    places: list[tuple[int, int]] = field(factory=list)
    """For each key the unit, or the group, and the number of the line in it; -1 for a marker."""

    def add(self, key: str | bytes, minute: datetime | None, at: int, which: int) -> None:
        """Add a line; `minute` is part of its key where there is one, unless nothing is left of it."""
        is_nothing = not key and which >= 0
        self.keys.append(key if minute is None or is_nothing else (minute, key))
        self.words.append(key)
        self.minutes.append(minute)
        self.places.append((at, which))

    def first(self) -> dict[int, int]:
        """Return for each unit or group the number of its first key."""
        return {at: n for n, (at, _) in reversed(list(enumerate(self.places)))}
