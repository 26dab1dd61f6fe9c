# SPDX-License-Identifier: MIT
"""
What two readings of one line say together, each damaged in its own way.

Both were the same bytes once. Each byte left something in the one reading and something in the other, so a
byte is possible at a place only if both readings go on with what it leaves there. Walked through together
from character to character, two readings allow far less than either alone: where all ways through lead over
one character, that is what stood there.

The ways are a graph: a node is a place in either reading where a character may begin, an edge the
characters that lead from one to the next. Nodes that no way avoids cut it into pieces; a piece of one edge
that only one character makes is proved.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

from attrs import frozen

from postdump.damage import Damage
from postdump.damage._utf8 import UTF8_FORMS

LONGEST_READING: Final = 1024
"""Code points of the longest reading that is looked at."""

WAYS: Final = 64
"""Nodes that may be open at once."""

ENOUGH: Final = 2
"""Characters that are as good as many: of two, neither is proved."""

_FORMS: Final = ((range(0x80),), *UTF8_FORMS)

Node = tuple[int, int]


@frozen
class JointProof:
    """A character, or a run of ASCII, that two readings show together: where the first reading shows it."""

    start: int
    end: int
    text: str


def prove_jointly(
    observed: str, damage: Damage, other: str, other_damage: Damage
) -> tuple[JointProof, ...] | None:
    """
    Say which characters two readings prove together; None where they are not of one text.

    >>> greek, cyrillic = Damage(misread_as="iso-8859-7"), Damage(misread_as="cp1251", c1_policy="question")
    >>> [one.text for one in prove_jointly("β In", greek, "вЂ“ In", cyrillic)]
    ['–', ' In']
    """
    if any(one.then or one.reads_pairs for one in (damage, other_damage)):
        return None
    if max(len(observed), len(other)) > LONGEST_READING:
        return None
    steps = _Steps(
        observed,
        other,
        _bytes_by_leaving(damage),
        _bytes_by_leaving(other_damage),
        _plain(damage) & _plain(other_damage),
    )
    edges: dict[Node, dict[Node, list[bytes]]] = {}
    waiting: list[Node] = [(0, 0)]
    while waiting:
        if len(waiting) > WAYS:
            return None
        node = min(waiting, key=sum)
        waiting.remove(node)
        edges[node] = steps.from_node(node)
        waiting += [after for after in edges[node] if after not in edges and after not in waiting]
    return _proved(edges, (len(observed), len(other)))


@frozen
class _Steps:
    """The characters that can stand at a place of two readings."""

    observed: str
    other: str
    leaves: dict[str, int]
    other_leaves: dict[str, int]
    """For what a byte leaves, a character or nothing, the bytes that do, each a bit."""
    plain: frozenset[str]
    """The ASCII that stands for nothing else in either."""

    def from_node(self, node: Node) -> dict[Node, list[bytes]]:
        """Return where characters lead from a node: up to two of each, as bytes."""
        found: dict[Node, list[bytes]] = {}
        run = self._run(*node)
        if run:
            return {(node[0] + len(run), node[1] + len(run)): [run.encode("ascii")]}
        for form in _FORMS:
            reached = {node: [b""]}
            for stretch in form:
                further: dict[Node, list[bytes]] = {}
                for at, made in reached.items():
                    for after, byte in self._bytes(at, stretch):
                        further.setdefault(after, []).extend(one + byte for one in made)
                reached = {after: made[:ENOUGH] for after, made in further.items()}
            for after, made in reached.items():
                if after != node:  # what leaves nothing in either reading may stand anywhere
                    found.setdefault(after, []).extend(made)
        return found

    def _run(self, i: int, j: int) -> str:
        """Return the plain ASCII that both readings go on with."""
        start = i
        while self.observed[i : i + 1] in self.plain and self.observed[i] == self.other[j : j + 1]:
            i, j = i + 1, j + 1
        return self.observed[start:i]

    def _bytes(self, node: Node, among: range) -> Iterator[tuple[Node, bytes]]:
        """Yield up to two bytes for each place that bytes can lead to from a node."""
        i, j = node
        for one in dict.fromkeys((self.observed[i : i + 1], "")):
            for two in dict.fromkeys((self.other[j : j + 1], "")):
                fitting = self.leaves.get(one, 0) & self.other_leaves.get(two, 0) & _mask(among)
                for _ in range(ENOUGH):
                    if fitting:
                        bit = fitting & -fitting
                        fitting ^= bit
                        yield (i + len(one), j + len(two)), bytes([bit.bit_length() - 1])


def _proved(edges: dict[Node, dict[Node, list[bytes]]], end: Node) -> tuple[JointProof, ...] | None:
    """Return the characters that every way to the end leads over; None where none leads there."""
    if end not in edges:
        return None
    live = {end}
    for node in sorted(edges, key=sum, reverse=True):
        if not live.isdisjoint(edges[node]):
            live.add(node)
    found = []
    for start, after in pairwise(_cuts(edges, live)):
        made = edges[start].get(after, [])
        is_only_way = all(one == after for one in edges[start] if one in live)
        if len(made) == 1 and is_only_way:
            found.append(JointProof(start[0], after[0], made[0].decode("utf-8")))
    return tuple(found)


def _cuts(edges: dict[Node, dict[Node, list[bytes]]], live: set[Node]) -> Iterator[Node]:
    """Yield the nodes that no way avoids."""
    ordered = sorted(live, key=sum)
    number = {node: n for n, node in enumerate(ordered)}
    farthest = 0
    for n, node in enumerate(ordered):
        if farthest <= n:
            yield node
        farthest = max(farthest, *(number[after] for after in edges[node] if after in live), n)


@lru_cache(maxsize=512)
def _bytes_by_leaving(damage: Damage) -> dict[str, int]:
    found: dict[str, int] = {}
    for byte, left in enumerate(damage.table):
        found[left] = found.get(left, 0) | 1 << byte
    return found


@lru_cache(maxsize=512)
def _plain(damage: Damage) -> frozenset[str]:
    return frozenset(map(chr, range(0x80))).difference(*damage.table[0x80:])


@lru_cache(maxsize=16)
def _mask(among: range) -> int:
    return sum(1 << byte for byte in among)
