# SPDX-License-Identifier: MIT
"""
Prove what stood in a line by two readings of it, each damaged in its own way.

Both were the same bytes once. Each byte left something in one reading and something in the other, so a byte
is possible at a place only if both readings go on with what the byte leaves there. If two readings are walked
through together, from character to character, fewer ways are possible than through either reading alone. A
character that all ways lead over is the character that stood there.

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
from postdump.damage._damage_table import table_of
from postdump.damage._utf8 import FORMS

LONGEST_READING: Final = 1024
"""Code points of the longest reading that is examined."""

MOST_OPEN_NODES: Final = 64
"""Nodes that may be open at once."""

MOST_KEPT: Final = 2
"""Characters kept of those that lead from one node to another: of two, neither is proved."""

Node = tuple[int, int]
"""A place in the one reading and a place in the other."""

Edges = dict[Node, dict[Node, list[bytes]]]
"""For each node those that follow it, with up to two characters that lead there, as bytes."""


@frozen
class JointProof:
    """A character, or a run of ASCII, that two readings prove: where it stands in the first reading."""

    start: int
    end: int
    text: str


def prove_jointly(
    observed: str, damage: Damage, other: str, other_damage: Damage
) -> tuple[JointProof, ...] | None:
    """
    Prove characters by two readings; return None if they are not of one text.

    >>> greek, cyrillic = Damage(misread_as="iso-8859-7"), Damage(misread_as="cp1251", c1_policy="question")
    >>> [proof.text for proof in prove_jointly("β In", greek, "вЂ“ In", cyrillic)]
    ['–', ' In']
    """
    if any(one.then or one.reads_pairs for one in (damage, other_damage)):
        return None
    if max(len(observed), len(other)) > LONGEST_READING:
        return None
    tables = table_of(damage), table_of(other_damage)
    readings = _Readings(
        observed,
        other,
        tables[0].bytes_by_remnant,
        tables[1].bytes_by_remnant,
        tables[0].plain_ascii & tables[1].plain_ascii,
    )
    edges: Edges = {}
    waiting: list[Node] = [(0, 0)]
    while waiting:
        if len(waiting) > MOST_OPEN_NODES:
            return None
        node = min(waiting, key=sum)
        waiting.remove(node)
        edges[node] = readings.find_edges(node)
        waiting += [after for after in edges[node] if after not in edges and after not in waiting]
    return _find_proofs(edges, (len(observed), len(other)))


@frozen
class _Readings:
    """Two readings, and the characters that can stand at a place of both."""

    observed: str
    other: str
    bytes_by_remnant: dict[str, int]
    other_bytes_by_remnant: dict[str, int]
    """For what a byte leaves, a character or nothing, the bytes that leave it, each a bit."""
    plain_ascii: frozenset[str]
    """The ASCII that stands for nothing else in either."""

    def find_edges(self, node: Node) -> dict[Node, list[bytes]]:
        """Return where characters lead from a node: up to two of each, as bytes."""
        run = self._plain_run(*node)
        if run:
            return {(node[0] + len(run), node[1] + len(run)): [run.encode("ascii")]}
        edges: dict[Node, list[bytes]] = {}
        for form in FORMS:
            reached = {node: [b""]}
            for byte_range in form.byte_ranges:
                reached = self._read_byte(reached, byte_range)
            for after, chars in reached.items():
                if after != node:  # what leaves nothing in either reading may stand anywhere
                    edges.setdefault(after, []).extend(chars)
        return edges

    def _plain_run(self, index: int, other_index: int) -> str:
        """Return the plain ASCII that both readings go on with."""
        start, shift = index, other_index - index
        while (
            self.observed[index : index + 1] in self.plain_ascii
            and self.observed[index] == self.other[index + shift : index + shift + 1]
        ):
            index += 1
        return self.observed[start:index]

    def _read_byte(self, reached: dict[Node, list[bytes]], byte_range: range) -> dict[Node, list[bytes]]:
        """Return the nodes behind one more byte, each with up to two beginnings of characters."""
        further: dict[Node, list[bytes]] = {}
        for node, beginnings in reached.items():
            for after, byte in self._find_bytes(node, byte_range):
                further.setdefault(after, []).extend(beginning + byte for beginning in beginnings)
        return {after: beginnings[:MOST_KEPT] for after, beginnings in further.items()}

    def _find_bytes(self, node: Node, byte_range: range) -> Iterator[tuple[Node, bytes]]:
        """Yield up to two bytes for each place that bytes can lead to from a node."""
        index, other_index = node
        # A byte leaves the next character of a reading, or nothing.
        for remnant in dict.fromkeys((self.observed[index : index + 1], "")):
            for other_remnant in dict.fromkeys((self.other[other_index : other_index + 1], "")):
                fitting = (
                    self.bytes_by_remnant.get(remnant, 0)
                    & self.other_bytes_by_remnant.get(other_remnant, 0)
                    & _mask_of(byte_range)
                )
                for _ in range(MOST_KEPT):
                    if fitting:
                        bit = fitting & -fitting
                        fitting ^= bit
                        after = index + len(remnant), other_index + len(other_remnant)
                        yield after, bytes([bit.bit_length() - 1])


def _find_proofs(edges: Edges, end: Node) -> tuple[JointProof, ...] | None:
    """Return the characters that every way to the end leads over; None if none leads there."""
    if end not in edges:
        return None
    live = {end}
    for node in sorted(edges, key=sum, reverse=True):
        if not live.isdisjoint(edges[node]):
            live.add(node)
    proofs = []
    for start, after in pairwise(_find_cuts(edges, live)):
        chars = edges[start].get(after, [])
        is_only_way = all(node == after for node in edges[start] if node in live)
        if len(chars) == 1 and is_only_way:
            proofs.append(JointProof(start[0], after[0], chars[0].decode("utf-8")))
    return tuple(proofs)


def _find_cuts(edges: Edges, live: set[Node]) -> Iterator[Node]:
    """Yield the nodes that no way avoids."""
    ordered = sorted(live, key=sum)
    rank = {node: index for index, node in enumerate(ordered)}
    farthest = 0
    for index, node in enumerate(ordered):
        if farthest <= index:
            yield node
        farthest = max(farthest, *(rank[after] for after in edges[node] if after in live), index)


@lru_cache(maxsize=16)  # of some ten ranges
def _mask_of(byte_range: range) -> int:
    """Return the bytes of a range, each a bit."""
    return sum(1 << byte for byte in byte_range)
