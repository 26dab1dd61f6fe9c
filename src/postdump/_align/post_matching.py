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

What is found is *settled*. Only what lies between is looked at line by line (`line_matching`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain, count, repeat
from operator import lt, sub
from typing import Final

from postdump._align.bulk_keys import BlockKey, PostLineKeys, block_key, split_block_key
from postdump._align.line_keys import STRONG_SIZE
from postdump._align.sequence_alignment import (
    Key,
    find_increasing,
    find_repeated,
    find_unique_pairs,
    pair_lines,
    run_backwards,
)

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

Numbers = tuple[int, ...]
"""
Settled posts, four numbers each.

Hundreds of thousands of tuples that live for a moment would be half of what the collector has to do. One
tuple of numbers it looks at once; a list it would go through again and again.
"""

PostKey = tuple[datetime | None, BlockKey]
"""What a post is known by: its minute, where both dumps have dates, and its lines."""


def posts_of(numbers: Iterable[int]) -> Iterator[Settled]:
    """
    Yield settled posts from their numbers.

    >>> list(posts_of([0, 0, 2, 0, 1, 2, 3, 1]))
    [(0, 0, 2, 0), (1, 2, 3, 1)]
    """
    number = iter(numbers)
    return zip(number, number, number, number, strict=True)


def settled_blocks(
    a: Sequence[PostKey | None],
    b: Sequence[PostKey | None],
    is_strong: Callable[[Key], bool],
    others: Callable[[], tuple[Iterable[str | bytes], Iterable[str | bytes]]] = lambda: ((), ()),
    *,
    is_backwards: bool | None = None,
) -> tuple[Numbers, list[Settled]] | None:
    """
    Pair posts with blocks, each known by a key or not at all; None if one side runs the other way.

    `others` tells the keys of lines of either side that stand in none of these; `is_backwards` what the dates
    say, None where they say nothing.

    Returns:
        The settled posts, and those that both sides show, but in another place.
    """
    known = _Known(a, b)
    numbers = known.numbers(a), known.numbers(b)
    missing = _take_cards(known, numbers, others)
    alike = find_unique_pairs(*numbers)
    if len(alike) < FEWEST:
        return (), []
    if is_backwards or (is_backwards is None and run_backwards(alike)):
        return None
    pairs = pair_lines(*numbers, (0, len(a), 0, len(b)), known.weigh, find_increasing(alike))
    unsure = {
        number
        for number, (minute, lines) in enumerate(known.keys)
        if minute is None and not any(map(is_strong, split_block_key(lines)))
    }
    settled: list[int] = []
    for i, j in pairs:
        if numbers[0][i] not in unsure:
            settled += (i, j, j + 1, missing[0].get(i, 0) - missing[1].get(j, 0))
    strays: list[Settled] = []
    if len(settled) // 4 < len(alike):
        taken_a, taken_b = {i for i, _ in pairs}, {j for _, j in pairs}
        strays = [
            (i, j, j + 1, missing[0].get(i, 0) - missing[1].get(j, 0))
            for i, j in alike
            if i not in taken_a and j not in taken_b
            if numbers[0][i] not in unsure and known.keys[numbers[0][i]][1]
        ]
    return tuple(settled), strays


class _Known:
    """Keys of posts by numbers, which compare and hash at once; 0 is the number of nothing."""

    def __init__(self, *sides: Iterable[PostKey | None]) -> None:
        self._numbers = {key: number for number, key in enumerate(dict.fromkeys(chain([None], *sides)))}
        self.keys = [key or (None, ()) for key in self._numbers]

    def numbers(self, keys: Iterable[PostKey | None]) -> list[int]:
        """Return the numbers of keys that are known."""
        return list(map(self._numbers.__getitem__, keys))

    def number(self, key: PostKey) -> int | None:
        """Return the number of a key; None for one that is not known."""
        return self._numbers.get(key)

    def lines(self, numbers: Iterable[int]) -> list[str | bytes]:
        """Return the keys of the lines of posts."""
        keys = [self.keys[number][1] for number in numbers]
        together = b"\n".join([one for one in keys if isinstance(one, bytes)])
        return [
            *together.split(b"\n"),
            *chain.from_iterable(one for one in keys if not isinstance(one, bytes)),
        ]

    def weigh(self, number: Key) -> int:
        """Return how much is paired with a number."""
        assert isinstance(number, int)
        return (number > 0) + sum(map(len, split_block_key(self.keys[number][1])))


def _take_cards(
    known: _Known,
    numbers: tuple[list[int], list[int]],
    others: Callable[[], tuple[Iterable[str | bytes], Iterable[str | bytes]]],
) -> tuple[dict[int, int], dict[int, int]]:
    """
    Let posts that only lack a card on one side have one number; return how many lines were taken off which.

    A card that only one of two dumps with dates shows stands above the text, and nowhere in the other.
    """
    missing: tuple[dict[int, int], dict[int, int]] = ({}, {})
    sides = {*numbers[0]}, {*numbers[1]}
    found: set[int] = set()
    for side, own in enumerate(sides):
        other = sides[1 - side]
        minutes = {known.keys[number][0] for number in other - own} - {None}
        fewer: dict[int, tuple[int, int]] = {}
        cards: set[str | bytes] = set()
        for number in own - other - found:
            minute, lines = known.keys[number]
            for n, below in _below_cards(lines) if minute in minutes else ():
                rest = known.number((minute, below))
                if rest is not None and rest in other and rest not in own:
                    fewer[number] = n, rest
                    found.add(rest)
                    cards.update(split_block_key(lines)[:n])
                    break
        elsewhere = cards.intersection(chain(others()[1 - side], known.lines(other))) if cards else cards
        for at, number in enumerate(numbers[side] if fewer else ()):
            n, rest = fewer.get(number, (0, 0))
            if n and elsewhere.isdisjoint(split_block_key(known.keys[number][1])[:n]):
                missing[side][at], numbers[side][at] = n, rest
    return missing


def _below_cards(lines: BlockKey) -> Iterator[tuple[int, BlockKey]]:
    """Yield a post's lines without the first, and the first two, if any are left; and how many are taken."""
    for n in range(1, MOST_MISSING + 1):
        lines = lines.partition(b"\n")[2] if isinstance(lines, bytes) else block_key(lines[1:])
        if not lines:
            break
        yield n, lines


def settled_lines(
    posts: PostLineKeys,
    others: Iterable[str | bytes],
    lines: Sequence[str | bytes],
    is_strong: Callable[[Key], bool],
    head: int = 0,
) -> tuple[Numbers, list[Settled]]:
    """
    Find posts, each known by its lines' keys or not at all, in lines; none if these run the other way.

    `others` are the keys of lines of the draft that stand in none of these posts; `head` is how many lines
    stand above the posts of the witness, and are nobody's.

    Returns:
        The settled posts, and those that stand in the lines, but in another place.
    """
    search = _Search(posts, others, lines, head)
    found = search.unique(is_strong)
    if len(found) < 4 * FEWEST:
        return (), []
    strays: list[Settled] = []
    stops = found[2::4]
    if not all(map(lt, stops, stops[1:])):  # hardly ever
        in_order = set(find_increasing(zip(found[::4], stops, strict=True)))
        strays = [one for one in posts_of(found) if (one[0], one[2]) not in in_order]
        kept = (one for one in posts_of(found) if (one[0], one[2]) in in_order)
        found = list(chain.from_iterable(kept))
    # In opposite order stand at most one of these and all others: no need to ask, where these are most.
    if 2 * (len(found) // 4) <= len(search.posts) and search.run_backwards():
        return (), []
    search.taken.update(chain.from_iterable(range(first, stop) for _, first, stop, _ in strays))
    return search.with_neighbours(found, is_strong), strays


class _Search:
    """Posts of a draft, and lines in which they are sought."""

    def __init__(
        self, posts: PostLineKeys, others: Iterable[str | bytes], lines: Sequence[str | bytes], head: int
    ) -> None:
        self.posts = posts
        self.lines = lines
        self._head = head
        """How many of the lines are above all posts."""
        where = dict(zip(lines[head:], range(head, len(lines)), strict=True))
        self._hits = [*map(where.get, posts.keys)]
        """For each of the keys the last of the lines that has it."""
        self._times = times = Counter(self._hits)
        """For each line that is hit 1 if it is drafted once and shown once, else more."""
        times.update(map(where.get, others))
        times.update(map(where.get, find_repeated(lines[head:], where, head)))
        self.taken: set[int] = set()
        """The lines of posts that stand in another place: no neighbour's, however like its lines they are."""

    def unique(self, is_strong: Callable[[Key], bool]) -> list[int]:
        """Return the posts that stand in the lines, and end with a line that is there once on either side."""
        drafted, hits, times = self.posts.keys, self._hits, self._times
        sizes = [*map(len, self.lines)]
        found: list[int] = []
        for at, start, end in zip(count(), self.posts.bounds, self.posts.bounds[1:], strict=False):
            last = hits[end - 1] if start < end else None
            if last is None or times[last] > 1:
                continue
            first, missing = last + 1 - (end - start), 0
            # To compare numbers is cheaper than to look up lines, wherever they are in memory.
            if hits[start] != first or (end - start > 2 and hits[start:end] != [*range(first, last + 1)]):
                lacking = self._missing(at, stop=last + 1)
                if lacking is None:
                    continue
                missing = lacking
            if sizes[last] >= STRONG_SIZE or any(map(is_strong, drafted[start + missing : end])):
                found += (at, first + missing, last + 1, missing)
        return found

    def run_backwards(self) -> bool:
        """Tell which way the posts run, by all lines that are there once on either side."""
        posts = chain.from_iterable(map(repeat, count(), map(sub, self.posts.bounds[1:], self.posts.bounds)))
        times = self._times
        return run_backwards(
            (at, hit)
            for at, hit in zip(posts, self._hits, strict=True)
            if hit is not None and times[hit] == 1
        )

    def _missing(self, at: int, *, start: int = 0, stop: int = 0) -> int | None:
        """
        Return how many of a post's first lines stand nowhere, if the others stand there; else None.

        They begin at `start`, or end at `stop`.
        """
        own, end = self.posts.bounds[at : at + 2]
        top = own
        while top < end and top - own < MOST_MISSING and self._hits[top] is None:
            top += 1
        first = stop - (end - top) if stop else start
        is_shown = first >= self._head and self.lines[first : first + end - top] == self.posts.keys[top:end]
        return top - own if is_shown and top < end else None

    def with_neighbours(self, found: Iterable[int], is_strong: Callable[[Key], bool]) -> Numbers:
        """
        Return settled posts, and those next to them, without a gap, that are shown as well.

        So are those that both sides begin with, unless they agree by chance.
        """
        shown: list[int] = []
        left = -1, self._head, self._head, 0
        for right in chain(posts_of(found), [(len(self.posts), len(self.lines), len(self.lines), 0)]):
            if left[0] >= 0:
                shown += left
            if left[0] + 1 < right[0]:
                shown += chain.from_iterable(self._between(left, right, is_strong))
            left = right
        return tuple(shown)

    def _between(self, left: Settled, right: Settled, is_strong: Callable[[Key], bool]) -> Iterator[Settled]:
        """Yield the posts between two settled ones that stand right below the first, or above the second."""
        at, start = left[0] + 1, left[2]
        while at < right[0] and at not in self.posts.unknown:
            keys = self.posts.of(at)
            missing = self._missing(at, start=start) if keys else 0
            if missing is None or start + len(keys) - missing > right[1]:
                break
            if not self.taken.isdisjoint(range(start, start + len(keys) - missing)):
                break
            if left[0] < 0 and not any(map(is_strong, keys[missing:])):
                break
            if keys:
                yield at, start, start + len(keys) - missing, missing
            at, start = at + 1, start + len(keys) - missing
        if right[0] < len(self.posts) and not right[3] and at < right[0]:
            yield from reversed([*self._above(at, start, right)])

    def _above(self, at: int, start: int, right: Settled) -> Iterator[Settled]:
        """
        Yield posts, not above `at`, that stand right above a settled one, the lowest first.

        None of their lines is `taken`: a taken post ends with a line that is drafted once.
        """
        end = right[1]
        for above in range(right[0] - 1, at - 1, -1):
            keys = self.posts.of(above)
            first = end - len(keys)
            if above in self.posts.unknown or first < start or self.lines[first:end] != keys:
                break
            if keys:
                yield above, first, end, 0
            end = first
