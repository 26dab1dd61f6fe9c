# SPDX-License-Identifier: MIT
"""
Choose the layout of a text.

The text is searched for the marker of each built-in layout: first the top of the text and, if few markers
are there, the whole text. The layout with most markers wins, of which at most `ENOUGH` are counted; between
equals, the order of `BUILT_IN` decides. If no marker is found, parts of torn markers decide
(`torn_markers`). A layout without a marker is the fallback if these are missing too.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Final

from postdump._parse.compiled_layout import compile_layout
from postdump._parse.markers import Marker
from postdump._parse.profile_header import owner_of
from postdump._parse.torn_markers import (
    find_beginnings,
    find_endings,
    find_matches,
    find_numbers_behind_icons,
    is_found_by_numbers,
)
from postdump.layouts import BUILT_IN, FLAT, Layout
from postdump.layouts._gaps import NUMBER

SPARSE: Final = 64
"""Code points, on an average, for each number of a text whose numbers are looked at one by one."""

ENOUGH: Final = 64
"""Markers that decide on a layout: where two layouts share a page, the first screens show it."""

FIRST: Final = 1 << 14
"""Code points at the top of a text that are looked at first."""

TELLING: Final = 3
"""Markers there that are enough to look no further."""

LEAST_BARE: Final = 2
"""Markers that a text must show which have neither date nor count: one may as well be anything."""


def choose_layout(text: str) -> Layout:
    """
    Return the built-in layout that most of the first markers of `text` belong to.

    Where there are none, beginnings and ends of markers still tell whose page it was before it was torn.
    """
    markers = [marker for marker in (compile_layout(one).marker for one in BUILT_IN) if marker is not None]
    numbers = numbers_of(text[:FIRST])
    found = _counts(markers, text[:FIRST], numbers)
    if len(text) > FIRST and max(found.values()) < TELLING:
        numbers = numbers_of(text)
        found = _counts(markers, text, numbers)
    if not any(found.values()):
        counts = find_numbers_behind_icons(text, numbers)
        found = {one.layout: _some(_torn(one, text, numbers, counts)) for one in markers}
    best = max(found, key=found.__getitem__)  # the first of equals
    return best if found[best] else FLAT


def numbers_of(text: str) -> Sequence[int] | None:
    """Return where numbers begin; None where they are so many that to search again takes less time."""
    most = len(text) // SPARSE
    found = array("q", (number.start() for number in islice(NUMBER.finditer(text), most + 1)))
    return found if len(found) <= most else None


def _counts(markers: Iterable[Marker], text: str, numbers: Sequence[int] | None) -> dict[Layout, int]:
    """Return how many of the first markers of a text each of them finds; some share the words they need."""
    # To look for single signs takes the least time, and mostly one of them is not there. `rfind` compares the
    # first sign of what it looks for, `in` the last: the rarer it is, the faster.
    is_there = cache(text.__contains__)
    is_shown = cache(lambda word: all(map(is_there, word)) and text.rfind(word) >= 0)
    return {one.layout: _count(one, text, numbers, is_shown) for one in markers}


def _count(marker: Marker, text: str, numbers: Sequence[int] | None, is_shown: Callable[[str], bool]) -> int:
    owner = owner_of(text) if marker.is_handle else None
    if marker.is_handle and owner is None:
        return 0
    if not is_found_by_numbers(marker.finder, numbers) and not all(map(is_shown, marker.words)):
        return 0
    matches = find_matches(marker.finder, text, numbers)
    found = _some(match for match in matches if marker.is_meant(match, owner))
    return 0 if marker.is_bare and found < LEAST_BARE else found


def _torn(
    marker: Marker, text: str, numbers: Sequence[int] | None, counts: Sequence[int]
) -> Iterator[object]:
    yield from find_beginnings(marker, text, is_marked=False, numbers=numbers)
    yield from find_endings(marker, text, counts)


def _some(found: Iterable[object]) -> int:
    return sum(1 for _ in islice(found, ENOUGH))
