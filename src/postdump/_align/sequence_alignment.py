# SPDX-License-Identifier: MIT
"""
Which line of one sequence is which line of another.

Nothing is ever compared with everything. Lines are hashable keys; equal keys may be the same line, and
the result is an increasing list of index pairs. In each window of the two sequences, beginning with all:

1. what the windows begin and end with in common is paired;
2. a small rest is solved exactly (longest common subsequence);
3. keys that occur exactly once in each window are anchors; the longest increasing run of them is kept, and
   the gaps between them become windows of their own, where more keys are unique;
4. where nothing is unique, or after MOST_ROUNDS rounds, the n-th occurrence of a key on one side goes with
   the n-th on the other, as far as order allows.

Every round costs the length of its windows, and a sort: n log n in all, whatever the input.

Of equal lines, one that follows on the pair before is preferred. Last, pairs must be supported. A short
line (`Thank you!`) that agrees all alone agrees by chance: it counts only if another pair stands near it in
both sequences, or if the two sequences agree wholly.

Its place supports a pair as well (`find_enclosed`). Where one side shows nothing between two pairs but lines
that the other side shows there too, either these are the same lines, or the first side lacks all that the
other has there, and has lines of its own that happen to look like some of it. That is unlikely, but the more
lines the other side has, the sooner one of them says `Thank you!`. So the other side may have only few lines
there, and must have the key as often as the first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence, Sized
from itertools import compress, pairwise
from operator import lt
from typing import Final, TypeVar

MOST_ROUNDS: Final = 8
"""Rounds of anchoring: each must at least split its window, and texts of a thousand repeats need no more."""

EXACT_CELLS: Final = 1024
"""Cells of the largest window solved exactly: 32 lines against 32."""

FEW_LINES: Final = 32
"""Lines that are looked up among others before anything else: most gaps have no line in common."""

NEAR: Final = 4
"""Lines within which a supporting pair must stand: a card and a label may come between."""

FAR: Final = 32
"""Lines in the larger of two stretches where place is support: as many as are solved exactly."""

EMPTY_KEYS: Final = ("", b"", 0)
"""Keys that are never paired."""

K = TypeVar("K")

Key = str | bytes | tuple[Hashable, ...] | int
"""The key of a line (see `line_keys`); an empty one, or 0, is never paired."""

Pair = tuple[int, int]

Window = tuple[int, int, int, int]
"""Start and end of a stretch of one sequence, then those of a stretch of the other."""


def pair_lines(
    a: Sequence[Key],
    b: Sequence[Key],
    window: Window,
    weigh: Callable[[Key], int] | None = None,
    known_anchors: Sequence[Pair] | None = None,
) -> list[Pair]:
    """
    Pair the keys of a window, supported or not.

    `weigh` returns how much text a key stands for; `known_anchors` are those of the first round, if the
    caller has them.

    >>> pair_lines(["lantern festival", "x", "low tide"], ["lantern festival", "low tide", "y"], (0, 3, 0, 3))
    [(0, 0), (2, 1)]
    """
    pairs: list[Pair] = []
    movable: list[Pair] = []
    rounds = [(window, 0)]
    while rounds:
        window, depth = rounds.pop()
        a_from, a_to, b_from, b_to = window
        if a_to - a_from <= FEW_LINES and set(a[a_from:a_to]).isdisjoint(b[b_from:b_to]):
            continue  # as in most gaps
        window = a_from, a_to, b_from, b_to = _trim_common(a, b, window, pairs, movable)
        if a_from == a_to or b_from == b_to:
            continue
        if (a_to - a_from) * (b_to - b_from) <= EXACT_CELLS:
            pairs += _pair_exactly(a, b, window, weigh or _weigh)
            continue
        anchors = _find_anchors(a, b, window, depth, known_anchors)
        if anchors:
            pairs += anchors
            rounds += [(gap, depth + 1) for gap in find_gaps(anchors, a_to, b_to, a_from, b_from)]
        else:
            movable += find_increasing(_pair_by_occurrence(a, b, window))
    pairs += movable
    pairs.sort()
    _close_up(a, b, pairs, movable)
    return pairs


def _trim_common(
    a: Sequence[Key], b: Sequence[Key], window: Window, head: list[Pair], tail: list[Pair]
) -> Window:
    """
    Return the window without what both sides begin and end with, and add the pairs of that to two lists.

    To return these as lists of their own takes a third more time where a sequence has thousands of gaps.

    >>> head, tail = [], []
    >>> _trim_common("xaaz", "xaz", (0, 4, 0, 3), head, tail), head, tail
    ((2, 3, 2, 2), [(0, 0), (1, 1)], [(3, 2)])
    """
    a_from, a_to, b_from, b_to = window
    while a_from < a_to and b_from < b_to and a[a_from] == b[b_from] and a[a_from]:
        head.append((a_from, b_from))
        a_from += 1
        b_from += 1
    while a_from < a_to and b_from < b_to and a[a_to - 1] == b[b_to - 1] and a[a_to - 1]:
        a_to -= 1
        b_to -= 1
        tail.append((a_to, b_to))
    return a_from, a_to, b_from, b_to


def _find_anchors(
    a: Sequence[Key], b: Sequence[Key], window: Window, depth: int, known: Sequence[Pair] | None
) -> Sequence[Pair]:
    """Return a longest increasing run of pairs whose keys occur exactly once on each side of a window."""
    if known is not None and not depth:
        return [pair for pair in known if window[0] <= pair[0] < window[1]]
    return _find_ordered_unique(a, b, window) if depth < MOST_ROUNDS else []


def _close_up(a: Sequence[Key], b: Sequence[Key], pairs: list[Pair], movable: Iterable[Pair]) -> None:
    """
    Move pairs that stand apart from both their neighbours up to the one before, if their keys are there too.

    Of several equal lines, the one that follows on the same line in both sequences is meant. `movable` are
    the pairs that may be moved: anchors occur nowhere else, and what begins a window, or was found by the
    table, is paired as early as can be.

    >>> pairs = [(0, 0), (3, 1)]
    >>> _close_up(["x", "low tide", "y", "low tide"], ["x", "low tide"], pairs, [(3, 1)])
    >>> pairs
    [(0, 0), (1, 1)]
    """
    for i, j in sorted(movable):
        index = bisect_left(pairs, (i, j))
        if index:
            a_below, b_below = pairs[index - 1][0] + 1, pairs[index - 1][1] + 1
            is_half_apart = (i == a_below) != (j == b_below)  # nearly all follow, or stand apart
            is_tied = pairs[index + 1 : index + 2] == [(i + 1, j + 1)]
            if is_half_apart and a[a_below] == b[b_below] and not is_tied:
                pairs[index] = a_below, b_below


def find_gaps(
    pairs: Sequence[Pair], a_end: int, b_end: int, a_from: int = 0, b_from: int = 0
) -> Iterator[Window]:
    """
    Yield the windows between pairs, those empty on one side left out.

    >>> list(find_gaps([(0, 0), (2, 1), (3, 5)], 6, 8))
    [(4, 6, 6, 8)]
    """
    edges = [(a_from - 1, b_from - 1), *pairs, (a_end, b_end)]
    for (a_left, b_left), (a_right, b_right) in pairwise(edges):
        if b_right - b_left > 1 and a_right - a_left > 1:
            yield a_left + 1, a_right, b_left + 1, b_right


def find_increasing(pairs: Iterable[Pair]) -> list[Pair]:
    """
    Return a longest subsequence of pairs that increases on both sides.

    >>> find_increasing([(0, 5), (1, 1), (2, 2), (3, 0)])
    [(1, 1), (2, 2)]
    """
    ordered = sorted(pairs)
    if _is_increasing(ordered):
        return ordered  # nearly always
    ordered.sort(key=lambda pair: (pair[0], -pair[1]))  # so that of pairs of one `a` no two increase
    tails: list[int] = []  # the smallest last b of a run of each length
    last: list[int] = []  # and the number of that pair
    previous: list[int] = []
    for n, (_, j) in enumerate(ordered):
        length = bisect_left(tails, j)
        previous.append(last[length - 1] if length else -1)
        if length == len(tails):
            tails.append(j)
            last.append(n)
        else:
            tails[length], last[length] = j, n
    chain: list[Pair] = []
    n = last[-1] if last else -1
    while n >= 0:
        chain.append(ordered[n])
        n = previous[n]
    chain.reverse()
    return chain


def _is_increasing(ordered: Sequence[Pair]) -> bool:
    """Return whether pairs, sorted by their first numbers, increase on both sides."""
    a, b = [i for i, _ in ordered], [j for _, j in ordered]
    return all(map(lt, a, a[1:])) and all(map(lt, b, b[1:]))


def run_backwards(pairs: Iterable[Pair]) -> bool:
    """
    Return whether pairs stand mostly in opposite order on the two sides.

    >>> run_backwards([(0, 5), (1, 4), (2, 0), (3, 2)])
    True
    """
    distinct = set(pairs)
    forwards = find_increasing(distinct)
    if len(forwards) == len(distinct):
        return False
    backwards = find_increasing((i, -j) for i, j in distinct)
    return len(backwards) > len(forwards)


def find_unique_pairs(a: Sequence[Key], b: Sequence[Key]) -> list[Pair]:
    """
    Pair the keys that occur exactly once on each side, whatever their order.

    >>> find_unique_pairs(["x", "y", "y", "z"], ["z", "x", "y"])
    [(0, 1), (3, 0)]
    """
    return _find_unique_in(a, b, (0, len(a), 0, len(b)))


def _find_unique_in(a: Sequence[Key], b: Sequence[Key], window: Window) -> list[Pair]:
    """Return the pairs of keys that occur exactly once on each side of a window, whatever their order."""
    a_from, a_to, b_from, b_to = window
    b_keys = b[b_from:b_to]
    last = dict(zip(b_keys, range(b_from, b_to), strict=True))
    again = find_repeated(b_keys, last, b_from) if len(last) < len(b_keys) else ()
    for key in (*again, *EMPTY_KEYS):
        last.pop(key, None)
    hits = [*map(last.get, a[a_from:a_to])]
    times = Counter(hits)
    return [(i, j) for i, j in enumerate(hits, a_from) if j is not None and times[j] == 1]


def find_repeated(keys: Sequence[K], last: Mapping[K, int], start: int = 0) -> set[K]:
    """
    Return the keys that occur more than once; `last` are the indices of their last places.

    The keys are numbered from `start` on.

    >>> find_repeated("abca", {"a": 3, "b": 1, "c": 2})
    {'a'}
    """
    are_earlier = bytearray(b"\1") * len(keys)
    for n in last.values():
        are_earlier[n - start] = 0
    return set(compress(keys, are_earlier))


def _find_ordered_unique(a: Sequence[Key], b: Sequence[Key], window: Window) -> list[Pair]:
    """Return a longest increasing run of pairs of keys that occur exactly once on each side of a window."""
    pairs = _find_unique_in(a, b, window)
    places = [j for _, j in pairs]
    return pairs if all(map(lt, places, places[1:])) else find_increasing(pairs)


def _pair_by_occurrence(a: Sequence[Key], b: Sequence[Key], window: Window) -> list[Pair]:
    """Pair the n-th occurrence of a key on one side with the n-th on the other, in any order."""
    a_from, a_to, b_from, b_to = window
    unpaired: defaultdict[Key, list[int]] = defaultdict(list)
    for j in range(b_to - 1, b_from - 1, -1):
        if b[j]:
            unpaired[b[j]].append(j)
    pairs = []
    for i in range(a_from, a_to):
        places = unpaired.get(a[i])
        if places:
            pairs.append((i, places.pop()))
    return pairs


def _pair_exactly(
    a: Sequence[Key], b: Sequence[Key], window: Window, weigh: Callable[[Key], int]
) -> list[Pair]:
    """
    Pair as much text of a small window as possible, by the textbook's table, not as many lines.

    Of equal solutions the one that pairs early is returned.
    """
    a_from, a_to, b_from, b_to = window
    table = _compute_best_weights(a, b, window, weigh)
    width = b_to - b_from
    pairs = []
    i, j = a_from, 0
    while i < a_to and j < width:
        most, below = table[i - a_from][j], table[i - a_from + 1]
        if a[i] == b[b_from + j] and a[i] and most == below[j + 1] + weigh(a[i]):
            pairs.append((i, b_from + j))
            i, j = i + 1, j + 1
        elif below[j] == most:
            i += 1
        else:
            j += 1
    return pairs


def _compute_best_weights(
    a: Sequence[Key], b: Sequence[Key], window: Window, weigh: Callable[[Key], int]
) -> list[list[int]]:
    """
    Return a table of how much text can be paired from a row and a column of a window on.

    >>> _compute_best_weights(["x", "low tide"], ["low tide"], (0, 2, 0, 1), len)
    [[8, 0], [8, 0], [0, 0]]
    """
    a_from, a_to, b_from, b_to = window
    width = b_to - b_from
    table = [[0] * (width + 1)]
    for i in range(a_to - 1, a_from - 1, -1):
        below = table[-1]
        row = [0] * (width + 1)
        weight = weigh(a[i])
        for j in range(width - 1, -1, -1):
            row[j] = max(below[j], row[j + 1])
            if weight and a[i] == b[b_from + j]:
                row[j] = max(row[j], below[j + 1] + weight)
        table.append(row)
    table.reverse()
    return table


def _weigh(key: Key) -> int:
    """Return how much text a key stands for; 0 for an empty one."""
    assert not isinstance(key, int)  # whoever pairs numbers knows what they stand for
    if isinstance(key, tuple):
        return 1 + sum(len(part) for part in key if isinstance(part, Sized))
    return len(key)


def find_supported(
    a: Sequence[Key], b: Sequence[Key], pairs: list[Pair], is_strong: Callable[[Key], bool]
) -> list[Pair]:
    """Return the pairs but for those that may agree by chance: not strong, and without a pair near them."""
    if len(pairs) == len(a) == len(b):
        return pairs
    by_chance = set()
    for index, pair in enumerate(pairs):
        if not is_strong(a[pair[0]]):
            neighbours = [*pairs[max(index - 1, 0) : index], *pairs[index + 1 : index + 2]]
            if not any(_are_near(pair, neighbour) for neighbour in neighbours):
                by_chance.add(index)
    return [pair for index, pair in enumerate(pairs) if index not in by_chance] if by_chance else pairs


def _are_near(pair: Pair, other: Pair) -> bool:
    """Return whether two pairs support each other."""
    return abs(pair[0] - other[0]) <= NEAR and abs(pair[1] - other[1]) <= NEAR


def find_enclosed(
    a: Sequence[Key], b: Sequence[Key], unsure: Iterable[Pair], edges: Iterable[Pair]
) -> Iterator[Pair]:
    """
    Yield the unsure pairs that their place supports, between two edges: sure pairs, or where both sides end.

    >>> a, b = ["low tide", *"pqrst", "Yes.", *"uvwxy", "lanterns"], ["low tide", "Yes.", "lanterns"]
    >>> list(find_enclosed(a, b, [(6, 1)], [(0, 0), (12, 2)]))
    [(6, 1)]
    """
    ordered = sorted(unsure)
    for (a_left, b_left), (a_right, b_right) in pairwise(edges):
        sizes = a_right - a_left - 1, b_right - b_left - 1
        if min(sizes) < 1 or max(sizes) > FAR:
            continue
        first, end = (bisect_left(ordered, (i, 0)) for i in (a_left + 1, a_right))
        within = [pair for pair in ordered[first:end] if b_left < pair[1] < b_right]
        if len(within) == min(sizes):
            a_keys, b_keys = a[a_left + 1 : a_right], b[b_left + 1 : b_right]
            if all(a_keys.count(a[i]) == b_keys.count(a[i]) for i, _ in within):
                yield from within
