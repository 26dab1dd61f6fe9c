# SPDX-License-Identifier: MIT
"""
Find which dumps show one page.

Two dumps show one page if they name one handle, or if they share lines of posts that are not shared by
chance. A pair of neighbouring lines, of several words each, is a shingle. Two dumps are joined by two shared
shingles, or by a single shared one whose lines are long. A dictionary from shingles to dumps contains the
dumps that share one, so no two dumps are compared. A line that more than `MOST_DUMPS` dumps show, or that
dumps of two handles show, is boilerplate and does not count. Dumps that name different handles are never
joined, whatever they share; those that share most are joined first.

    dump 0: "Low tide at nine."  "Bring a lantern."  "The ferry is late."     shingles 0-1, 1-2
    dump 1: "Bring a lantern."  "The ferry is late."                          shares 1-2, too short alone
    dump 2: "Low tide at nine."  "Bring a lantern."  "The ferry is late."     shares two with dump 0: one page
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise
from typing import Final

from postdump._align.blocks_and_lines import Block
from postdump._align.witness_from_dump import build_witness
from postdump._text.characters import visible_ascii
from postdump.models import Dump, Role

MOST_DUMPS: Final = 64
"""Dumps beyond which a line is boilerplate: an archive rarely holds more captures of one page."""

LEAST_LINE_BYTES: Final = 12
"""Bytes of the key of a line that can be in a shingle: two or three words."""

JOINING_WEIGHT: Final = 2
"""Shared shingles that join two dumps."""

LONG_SHINGLE_BYTES: Final = 60
"""Bytes of a shingle that joins two dumps by itself: a dozen equal words in two lines."""

Shingle = tuple[bytes, bytes]
"""The keys of two neighbouring lines."""


def group(dumps: Iterable[Dump]) -> tuple[tuple[Dump, ...], ...]:
    r"""
    Find which dumps show one page.

    Args:
        dumps: In any order.

    Returns:
        Groups of dumps, each for one `merge`, in the order of their first dumps; every dump is in exactly
        one group.

    >>> from postdump import parse
    >>> texts = [f"Posts by Ada (@{who}.example.social)\nAhoy." for who in "aba"]
    >>> dumps = [parse(text, name=str(n)) for n, text in enumerate(texts)]
    >>> [[dump.name for dump in one] for one in group(dumps)]
    [['0', '2'], ['1']]
    """
    dumps = list(dumps)
    handles = list(map(_handle_of, dumps))
    pages = _Pages(handles)
    first_of_handle: dict[str, int] = {}
    for number, handle in enumerate(handles):
        if handle is not None:
            pages.join(first_of_handle.setdefault(handle, number), number)
    for number, other in _find_sharing(dumps, handles):
        pages.join(number, other)
    groups: dict[int, list[Dump]] = {}
    for number, dump in enumerate(dumps):
        groups.setdefault(pages.root(number), []).append(dump)
    return tuple(map(tuple, groups.values()))


def _handle_of(dump: Dump) -> str | None:
    """Return the handle that a dump names, in lower case."""
    handle = None if dump.profile is None else dump.profile.handle
    return None if handle is None else handle.lower()


def _find_sharing(dumps: list[Dump], handles: list[str | None]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of dumps that share enough, by their numbers, those that share most first."""
    lines = [list(_line_keys(dump)) for dump in dumps]
    boilerplate = _find_boilerplate(lines, handles)
    dumps_of: dict[Shingle, list[int]] = {}
    for number, keys in enumerate(lines):
        for shingle in dict.fromkeys(pairwise(keys)):
            if _is_distinctive(shingle) and boilerplate.isdisjoint(shingle):
                dumps_of.setdefault(shingle, []).append(number)
    weights: Counter[tuple[int, int]] = Counter()
    for shingle, numbers in dumps_of.items():
        weight = JOINING_WEIGHT if sum(map(len, shingle)) >= LONG_SHINGLE_BYTES else 1
        for pair in combinations(numbers, 2):
            weights[pair] += weight
    yield from (pair for pair, weight in weights.most_common() if weight >= JOINING_WEIGHT)


def _is_distinctive(shingle: Shingle) -> bool:
    """Return whether two lines are different, and both of several words."""
    above, below = shingle
    return above != below and min(len(above), len(below)) >= LEAST_LINE_BYTES


def _find_boilerplate(lines: list[list[bytes]], handles: list[str | None]) -> set[bytes]:
    """Return the lines that too many dumps show, or dumps of two handles."""
    times: Counter[bytes] = Counter()
    handle_of: dict[bytes, str] = {}
    boilerplate = set()
    for keys, handle in zip(lines, handles, strict=True):
        for key in dict.fromkeys(keys):
            times[key] += 1
            is_of_two = handle is not None and handle_of.setdefault(key, handle) != handle
            if times[key] > MOST_DUMPS or is_of_two:
                boilerplate.add(key)
    return boilerplate


def _line_keys(dump: Dump) -> Iterator[bytes]:
    """Yield the keys of the lines of a dump's posts; of a dump without posts, those of all its lines."""
    witness = build_witness(dump)
    for index, item in enumerate(witness.items()):
        if isinstance(item, Block) or not (witness.is_marked or item.role is Role.HEADING):
            for line in witness.lines_at(index):
                if line.role is not Role.LABEL:
                    yield _shingle_key(line.of(witness.text))


def _shingle_key(text: str) -> bytes:
    """Return the key of a line: its visible ASCII, or the whole line if that has little of it."""
    visible = visible_ascii(text)
    is_enough = len(visible) >= LEAST_LINE_BYTES or text.isascii()
    return visible if is_enough else text.encode("utf-8", "surrogatepass")


class _Pages:
    """Dumps joined into pages: a forest of parents, and the handle that each tree names."""

    def __init__(self, handles: list[str | None]) -> None:
        self._handles = list(handles)
        self._parents = list(range(len(handles)))

    def root(self, number: int) -> int:
        """Return the first dump of the page that a dump shows."""
        while self._parents[number] != number:
            self._parents[number] = self._parents[self._parents[number]]  # halves the next search
            number = self._parents[number]
        return number

    def join(self, number: int, other: int) -> None:
        """Make one page of the pages of two dumps, unless they name different handles."""
        first, second = sorted((self.root(number), self.root(other)))
        handle = self._handles[first] or self._handles[second]
        if self._handles[second] in (None, handle):
            self._parents[second] = first
            self._handles[first] = handle
