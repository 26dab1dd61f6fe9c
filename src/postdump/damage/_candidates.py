# SPDX-License-Identifier: MIT
"""
Sets of characters, kept as runs of code points.

The characters that can have left a fragment are often half a plane, 32,768, in a few runs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence, Set
from itertools import pairwise
from typing import final

from attrs import field, frozen

_Rule = Callable[[bool, bool], bool]


def _check_bounds(_owner: object, _field: object, value: tuple[int, ...]) -> None:
    ascending = all(left < right for left, right in pairwise(value))
    if len(value) % 2 or not ascending or (value and not 0 <= value[0] < value[-1] <= 0x110000):
        raise ValueError(f"expected starts and stops of code points, ascending, got {value[:8]!r}")


@final
@frozen(kw_only=True, eq=False, repr=False)
class Candidates(Set[str]):
    """
    An immutable set of characters, kept as runs of code points.

    It iterates in code point order, and equals every set of the same characters. `&`, `|`, `-` and `^` give
    `Candidates` and take any set of single characters; anything else in one is a ValueError.

    >>> greek = Candidates(bounds=(0x391, 0x3A2, 0x3A3, 0x3CA))
    >>> greek, greek & {"π", "p"} == {"π"}
    (<Candidates: 56, U+0391-U+03A1, U+03A3-U+03C9>, True)
    """

    __module__ = "postdump.damage"  # where users import it from, and what pickles name

    bounds: tuple[int, ...] = field(default=(), validator=_check_bounds)
    """Where runs of code points start and stop, in turn: half-open, ascending, no two runs touching."""

    def _combine(self, other: Set[object], keep: _Rule) -> Candidates:
        right = other.bounds if isinstance(other, Candidates) else _bounds_of(other)
        return Candidates(bounds=combine_bounds(self.bounds, right, keep))

    def __and__(self, other: Set[object]) -> Candidates:
        return self._combine(other, bool.__and__)

    def __or__(self, other: Set[object]) -> Candidates:
        return self._combine(other, bool.__or__)

    def __sub__(self, other: Set[object]) -> Candidates:
        return self._combine(other, bool.__gt__)  # True > False: in this one, and not in the other

    def __rsub__(self, other: Set[object]) -> Candidates:
        return self._combine(other, bool.__lt__)

    def __xor__(self, other: Set[object]) -> Candidates:
        return self._combine(other, bool.__xor__)

    def __rand__(self, other: Set[object]) -> Candidates:
        return self & other

    def __ror__(self, other: Set[object]) -> Candidates:
        return self | other

    def __rxor__(self, other: Set[object]) -> Candidates:
        return self ^ other

    def __contains__(self, text: object) -> bool:
        return isinstance(text, str) and len(text) == 1 and bisect_right(self.bounds, ord(text)) % 2 == 1

    def __iter__(self) -> Iterator[str]:
        for start, stop in self._runs():
            yield from map(chr, range(start, stop))

    def __len__(self) -> int:
        return sum(self.bounds[1::2]) - sum(self.bounds[::2])

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Candidates):
            return self.bounds == other.bounds
        return super().__eq__(other)

    def __hash__(self) -> int:
        # A frozenset of the same characters is equal, so it must hash alike; this visits every character.
        return self._hash()

    def __repr__(self) -> str:
        runs = [f"U+{start:04X}-U+{stop - 1:04X}" for start, stop in self._runs()[:4]]
        more = ["..."] if len(self.bounds) > 8 else []
        return f"<Candidates: {', '.join([str(len(self)), *runs, *more])}>"

    def _runs(self) -> list[tuple[int, int]]:
        return list(zip(self.bounds[::2], self.bounds[1::2], strict=True))


def append_runs(bounds: list[int], runs: Sequence[int]) -> None:
    """Append runs that start no earlier than the last one stops, joining two that touch."""
    if bounds and runs and bounds[-1] == runs[0]:
        bounds.pop()
        runs = runs[1:]
    bounds.extend(runs)


def combine_bounds(left: Sequence[int], right: Sequence[int], keep: _Rule) -> tuple[int, ...]:
    """Return the bounds of the code points for which `keep(in left, in right)` holds."""
    left_at, right_at = set(left), set(right)
    bounds: list[int] = []
    in_left = in_right = inside = False
    for point in sorted(left_at | right_at):
        in_left ^= point in left_at
        in_right ^= point in right_at
        if keep(in_left, in_right) != inside:
            inside = not inside
            bounds.append(point)
    return tuple(bounds)


def _bounds_of(texts: Set[object]) -> list[int]:
    """Return the bounds of the runs that these characters make."""
    points: list[int] = []
    for text in texts:
        if not isinstance(text, str) or len(text) != 1:
            raise ValueError(f"expected single characters, got {text!r}")
        points.append(ord(text))
    bounds: list[int] = []
    for point in sorted(points):
        append_runs(bounds, [point, point + 1])
    return bounds
