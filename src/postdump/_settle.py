# SPDX-License-Identifier: MIT
"""
Blocks first, then lines: which posts of a draft a witness shows line by line as they are.

Two dumps of one page agree on most of it. So posts are aligned whole before any line is: a post is known
by the keys of all its lines and, between dated dumps, by its minute. Where the witness has no markers, a
post is found by its last line, if that is unique on either side, and must stand there with all its lines,
or all but one or two at its top, which the witness shows nowhere (a card). Between posts so found, their
neighbours are compared in order.

What both sides show, but not in the same order, strays: a pinned post that the other dump shows in its
place. It is one post all the same, and stands where the draft has it.

What is found is *settled*. Only what lies between is looked at line by line (`_matching`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain, pairwise
from typing import Final

from postdump._align import Key, increasing, paired, run_backwards, unique_pairs
from postdump._columns import BlockKey
from postdump._keys import STRONG

MOST_MISSING: Final = 2
"""Lines of a card, which stands above the text, that a dump can lack: title and description."""

FEWEST: Final = 2
"""Posts shown alike that tell which way a page runs; of fewer none is settled before all lines have voted."""

Settled = tuple[int, int, int, int]
"""
A post of a draft, and where a witness shows it.

Its place among the entries of the draft; the first group of the witness that shows it, and the one after
the last; how many of its first lines the witness does not show, or, if negative, has above them.
"""
PostKey = tuple[datetime | None, BlockKey]
"""What a post is known by: its minute, where both dumps have dates, and its lines."""


def settled_blocks(
    a: Sequence[PostKey | None],
    b: Sequence[PostKey | None],
    is_strong: Callable[[Key], bool],
    others: Callable[[], tuple[Iterable[str | bytes], Iterable[str | bytes]]] = lambda: ((), ()),
    *,
    is_backwards: bool | None = None,
) -> tuple[list[Settled], list[Settled]] | None:
    """
    Pair posts with blocks, each known by a key or not at all; None if one side runs the other way.

    `others` tells the keys of lines of either side that stand in none of these; `is_backwards` what the dates
    say, None where they say nothing.

    Returns:
        The settled posts, and those that both sides show, but in another place.
    """
    keys, missing = _without_cards(a, b, others)
    numbers = {key: number for number, key in enumerate(filter(None, {*keys[0], *keys[1]}), 1)}
    weights = [0, *(1 + sum(map(len, lines)) for _, lines in numbers)]

    def weigh(number: Key) -> int:
        assert isinstance(number, int)
        return weights[number]

    # The hash of a tuple is not kept, and it is asked often: that of its number is at hand.
    known = [[0 if key is None else numbers[key] for key in side] for side in keys]
    alike = unique_pairs(known[0], known[1])
    if len(alike) < FEWEST:
        return [], []
    if is_backwards or (is_backwards is None and run_backwards(alike)):
        return None

    def is_sure(i: int) -> bool:
        key = keys[0][i]
        return key is not None and (key[0] is not None or any(map(is_strong, key[1])))

    pairs = paired(known[0], known[1], (0, len(a), 0, len(b)), weigh)
    settled = [(i, j, j + 1, missing[0].get(i, 0) - missing[1].get(j, 0)) for i, j in pairs if is_sure(i)]
    strays: list[Settled] = []
    if len(settled) < len(alike):
        taken_a, taken_b = {i for i, _ in pairs}, {j for _, j in pairs}
        strays = [
            (i, j, j + 1, 0)
            for i, j in alike
            if i not in taken_a and j not in taken_b and i not in missing[0] and j not in missing[1]
            if is_sure(i) and (key := keys[0][i]) is not None and key[1]
        ]
    return settled, strays


def _without_cards(
    a: Sequence[PostKey | None],
    b: Sequence[PostKey | None],
    others: Callable[[], tuple[Iterable[str | bytes], Iterable[str | bytes]]],
) -> tuple[tuple[list[PostKey | None], list[PostKey | None]], tuple[dict[int, int], dict[int, int]]]:
    """
    Return the keys of either side, and how many lines were taken off the top of which.

    A card that only one of two dumps with dates shows stands above the text, and nowhere in the other.
    """
    known = list(a), list(b)
    missing: tuple[dict[int, int], dict[int, int]] = ({}, {})
    sides = {*filter(None, a)}, {*filter(None, b)}
    for side, keys in enumerate((a, b)):
        for at, key in enumerate(keys):
            if key and key[0] is not None and key not in sides[1 - side]:
                for n in range(1, min(len(key[1]), MOST_MISSING + 1)):
                    rest = key[0], key[1][n:]
                    if rest in sides[1 - side] and rest not in sides[side]:
                        missing[side][at] = n
                        break
    if missing[0] or missing[1]:
        lines = [
            {*more, *chain.from_iterable(key[1] for key in one)}
            for one, more in zip(sides, others(), strict=True)
        ]
        for side, keys in enumerate((a, b)):
            for at, n in list(missing[side].items()):
                key = keys[at]
                assert key is not None
                if lines[1 - side].isdisjoint(key[1][:n]):
                    known[side][at] = key[0], key[1][n:]
                else:
                    del missing[side][at]
    return known, missing


def settled_lines(
    posts: Sequence[BlockKey | None],
    others: Iterable[str | bytes],
    lines: tuple[str | bytes, ...],
    is_strong: Callable[[Key], bool],
) -> tuple[list[Settled], list[Settled]]:
    """
    Find posts, each known by its lines' keys or not at all, in lines; none if these run the other way.

    `others` are the keys of lines of the draft that stand in none of these posts.

    Returns:
        The settled posts, and those that stand in the lines, but in another place.
    """
    where = dict(zip(lines, range(len(lines)), strict=True))
    ambiguous = _repeated([*chain.from_iterable(filter(None, posts)), *others]) | _repeated(lines)
    found: list[Settled] = []
    for at, keys in enumerate(posts):
        if not keys or (last := where.get(keys[-1])) is None or keys[-1] in ambiguous:
            continue
        end = last + 1
        for missing in range(min(len(keys), MOST_MISSING + 1)):
            shown = keys[missing:]
            first = end - len(shown)
            if first >= 0 and lines[first:end] == shown:
                is_likely = len(keys[-1]) >= STRONG or any(map(is_strong, shown))
                if is_likely and (not missing or where.keys().isdisjoint(keys[:missing])):
                    found.append((at, first, end, missing))
                break
    ends = [(at, end) for at, _, end, _ in found]
    kept = increasing(ends)
    if len(ends) < FEWEST or (len(kept) < len(ends) and run_backwards(ends)):
        return [], []
    strays: list[Settled] = []
    if len(kept) < len(ends):
        in_order = set(kept)
        strays = [one for one in found if (one[0], one[2]) not in in_order and not one[3]]
        found = [one for one in found if (one[0], one[2]) in in_order]
    return [*_with_neighbours(posts, lines, found, is_strong)], strays


def _with_neighbours(
    posts: Sequence[BlockKey | None],
    lines: tuple[str | bytes, ...],
    found: Sequence[Settled],
    is_strong: Callable[[Key], bool],
) -> Iterator[Settled]:
    """
    Yield settled posts, and those next to them, without a gap, that are shown as well.

    So are those that both sides begin with, unless they agree by chance.
    """
    edges = [(-1, 0, 0, 0), *found, (len(posts), len(lines), len(lines), 0)]
    for n, (left, right) in enumerate(pairwise(edges)):
        if n:
            yield left
        at, j = left[0] + 1, left[2]
        while at < right[0] and (keys := posts[at]) is not None:
            end = j + len(keys)
            if end > right[1] or lines[j:end] != keys or not (n or any(map(is_strong, keys))):
                break
            if keys:
                yield at, j, end, 0
            at, j = at + 1, end
        above: list[Settled] = []
        last, j_end = right[0] - 1, right[1]
        while right[0] < len(posts) and last >= at and not right[3] and (keys := posts[last]) is not None:
            start = j_end - len(keys)
            if start < j or lines[start:j_end] != keys:
                break
            if keys:
                above.append((last, start, j_end, 0))
            last, j_end = last - 1, start
        yield from reversed(above)


def _repeated(keys: Sequence[str | bytes]) -> set[str | bytes]:
    """Return the keys that stand there more than once."""
    if len(set(keys)) == len(keys):
        return set()
    return {key for key, times in Counter(keys).items() if times > 1}
