# SPDX-License-Identifier: MIT
"""
Which dumps show one page.

Two dumps do if they name one handle, or if they share lines of posts that nobody shares by chance: two
neighbouring lines, several words in both, or together long. Each pair of neighbours is a shingle; a
dictionary from shingles to dumps finds who shares them, so that no two dumps are ever compared. A line
that more than COMMON dumps show, or dumps of two handles, is nobody's own, and says nothing. Dumps that
name different handles are never joined, whatever they share; those that share most are joined first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise
from typing import Final

from postdump._align.witness import Block, MarkedWitness
from postdump._align.witness_from_dump import build_witness
from postdump._text.characters import visible_ascii
from postdump.models import Dump, Role

COMMON: Final = 64
"""Dumps beyond which a shingle is boilerplate: an archive rarely holds more captures of one page."""

WORDS: Final = 12
"""Bytes of visible ASCII of a line that says something: two or three words."""

ENOUGH: Final = 2
"""Shared shingles that join two dumps."""

LONG: Final = 60
"""Bytes of a shingle that joins two dumps alone: a dozen words, in two lines, the same."""

Shingle = tuple[bytes, bytes]


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
    given = list(dumps)
    handles = [_handle(dump) for dump in given]
    pages = _Pages(handles)
    by_handle: dict[str, int] = {}
    for n, handle in enumerate(pages.handles):
        if handle is not None:
            pages.join(by_handle.setdefault(handle, n), n)
    for a, b in _sharing(given, handles):
        pages.join(a, b)
    groups: dict[int, list[Dump]] = {}
    for n, dump in enumerate(given):
        groups.setdefault(pages.root(n), []).append(dump)
    return tuple(map(tuple, groups.values()))


def _handle(dump: Dump) -> str | None:
    handle = None if dump.profile is None else dump.profile.handle
    return None if handle is None else handle.lower()


def _sharing(dumps: list[Dump], handles: list[str | None]) -> Iterator[tuple[int, int]]:
    """Yield pairs of dumps that share enough, those that share most first."""
    lines = [list(_lines(dump)) for dump in dumps]
    common = _common(lines, handles)
    shown: dict[Shingle, list[int]] = {}
    for n, keys in enumerate(lines):
        for a, b in dict.fromkeys(pairwise(keys)):
            if len(a) >= WORDS and len(b) >= WORDS and a != b and common.isdisjoint((a, b)):
                shown.setdefault((a, b), []).append(n)
    shared: Counter[tuple[int, int]] = Counter()
    for (a, b), numbers in shown.items():
        weight = ENOUGH if len(a) + len(b) >= LONG else 1
        for pair in combinations(numbers, 2):
            shared[pair] += weight
    yield from (pair for pair, weight in shared.most_common() if weight >= ENOUGH)


def _common(lines: list[list[bytes]], handles: list[str | None]) -> set[bytes]:
    """Return the lines that are nobody's own: those of too many dumps, and those of two handles."""
    times: Counter[bytes] = Counter()
    known: dict[bytes, str] = {}
    common = set()
    for keys, handle in zip(lines, handles, strict=True):
        for key in dict.fromkeys(keys):
            times[key] += 1
            if times[key] > COMMON or (handle is not None and known.setdefault(key, handle) != handle):
                common.add(key)
    return common


def _lines(dump: Dump) -> Iterator[bytes]:
    """Yield the lines of a dump's posts, as they are known; of a dump without posts, all there are."""
    one = build_witness(dump)
    if isinstance(one, MarkedWitness):
        lines = [line for item in one.items() if isinstance(item, Block) for line in item.lines]
    else:
        lines = [
            line
            for index in range(one.item_count)
            for line in one.lines_at(index)
            if line.role is not Role.HEADING
        ]
    yield from (_key(line.of(one.text)) for line in lines if line.role is not Role.LABEL)


def _key(text: str) -> bytes:
    """Return what a line is known by: its visible ASCII, or all of a line that has little of that."""
    seen = visible_ascii(text)
    return seen if len(seen) >= WORDS or text.isascii() else text.encode("utf-8", "surrogatepass")


class _Pages:
    """Dumps joined into pages: a forest of parents, and the handle that each tree knows."""

    def __init__(self, handles: list[str | None]) -> None:
        self.handles = list(handles)
        self._parents = list(range(len(handles)))

    def root(self, n: int) -> int:
        """Return the first dump of the page that dump `n` shows."""
        while self._parents[n] != n:
            self._parents[n] = self._parents[self._parents[n]]  # halve the way for whoever comes next
            n = self._parents[n]
        return n

    def join(self, n: int, m: int) -> None:
        """Make one page of two, unless they name different handles."""
        first, second = sorted((self.root(n), self.root(m)))
        handle = self.handles[first] or self.handles[second]
        if self.handles[second] in (None, handle):
            self._parents[second] = first
            self.handles[first] = handle
