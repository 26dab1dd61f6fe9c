# SPDX-License-Identifier: MIT
"""
Posts of more than text that both sides show, but not in one order.

Posts of nothing but text are found wherever they stand (`post_matching`). A post with a card or a label is
aligned line by line (`line_matching`), in order, and so a pinned one that the other dump shows in its place
would become two. Hence such posts are sought by their text as well. Those that can be aligned in order are
left to that, which sees more; the others stray.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from postdump._align.bulk_keys import LineKeys, split_block_key
from postdump._align.draft import DraftPost
from postdump._align.post_matching import MOST_MISSING, Numbers, PostKey, Settled
from postdump._align.sequence_alignment import Key, Pair, find_increasing, find_unique_pairs
from postdump._align.witness import Witness
from postdump._parse.text_line import TextLine
from postdump._text.characters import visible_ascii
from postdump.models import Role


def stray_blocks(
    a: Sequence[PostKey | None],
    b: Sequence[PostKey | None],
    odd: tuple[set[int], set[int]],
    settled: Numbers,
    is_strong: Callable[[Key], bool],
) -> list[Settled]:
    """
    Find posts and blocks that are one, where one of them is `odd`, and that cannot be aligned in order.

    Each is known by its minute, where both dumps have dates, and by its text, or not at all.
    """
    taken = set(settled[::4]), set(settled[1::4])
    alike = [
        (i, j)
        for i, j in find_unique_pairs([key or 0 for key in a], [key or 0 for key in b])
        if (i in odd[0] or j in odd[1])
        and i not in taken[0]
        and j not in taken[1]
        and _is_sure(a[i], is_strong)
    ]
    return [(i, j, j + 1, 0) for i, j in out_of_order(alike, settled)]


def _is_sure(key: PostKey | None, is_strong: Callable[[Key], bool]) -> bool:
    return key is not None and (key[0] is not None or any(map(is_strong, split_block_key(key[1]))))


def stray_lines(
    odd: Mapping[int, tuple[LineKeys, LineKeys]],
    drafted: Iterable[str | bytes],
    lines: LineKeys,
    settled: Numbers,
    is_strong: Callable[[Key], bool],
    head: int = 0,
) -> list[Settled]:
    """
    Find odd posts in lines, each known by all its lines or by those of its text, where they are out of order.

    `drafted` are the keys of all lines of the draft; `head` is how many lines stand above the posts of the
    witness, and are nobody's.
    """
    wanted = {key for _, text in odd.values() for key in (text[-1], *text[:MOST_MISSING])}
    times = Counter(key for key in lines if key in wanted)
    where = {key: at for at, key in enumerate(lines) if times[key] == 1 and at >= head}
    firsts, stops = settled[1::4], settled[2::4]
    found: dict[Pair, Settled] = {}
    for at, (whole, text) in odd.items():
        last = where.get(text[-1])
        if last is None:
            continue
        above = bisect(firsts, last)
        least = stops[above - 1] if above else head
        for keys, missing in ((whole, 0), *_below_cards(text, times)):
            first = last + 1 - len(keys)
            if first >= least and list(lines[first : last + 1]) == list(keys) and any(map(is_strong, keys)):
                found[at, first] = at, first, last + 1, missing
                break
    strays = list(out_of_order(found, settled))
    if strays:
        times = Counter(key for key in drafted if key in wanted)
    return [found[pair] for pair in strays if times[odd[pair[0]][1][-1]] == 1]


def _below_cards(text: LineKeys, times: Mapping[str | bytes, int]) -> Iterator[tuple[LineKeys, int]]:
    """Yield a post's text, without the first lines if they are shown nowhere; and how many are taken."""
    for missing in range(min(MOST_MISSING + 1, len(text))):
        if not any(times[key] for key in text[:missing]):
            yield text[missing:], missing


def apart(strays: Iterable[Settled]) -> list[Settled]:
    """
    Return the strays of which no two are one post or show one group: of those the one that lacks the least.

    The text of a post with a card may be that of another post below its first line, which is then no card.

    >>> apart([(1, 3, 4, 1), (0, 3, 4, 0), (4, 5, 6, 0)])
    [(0, 3, 4, 0), (4, 5, 6, 0)]
    """
    entries: set[int] = set()
    groups: set[int] = set()
    kept = []
    for stray in sorted(strays, key=lambda stray: abs(stray[3])):
        at, first, stop, _ = stray
        shown = range(first, stop)
        if at not in entries and groups.isdisjoint(shown):
            entries.add(at)
            groups.update(shown)
            kept.append(stray)
    return kept


def out_of_order(pairs: Iterable[Pair], settled: Numbers) -> Iterator[Pair]:
    """
    Yield the pairs that are not in the order of what is settled, or of most of the others.

    >>> list(out_of_order([(0, 9), (4, 4)], [1, 1, 2, 0, 3, 3, 4, 0]))
    [(0, 9)]
    """
    left, right = settled[::4], settled[1::4]
    rest = []
    for i, j in sorted(pairs):
        at = bisect(left, i)
        if (at and j < right[at - 1]) or (at < len(right) and j > right[at]):
            yield i, j
        else:
            rest.append((i, j))
    in_order = set(find_increasing(rest))
    yield from (pair for pair in rest if pair not in in_order)


def same_lines(unit: DraftPost, one: Witness, pieces: Sequence[TextLine], missing: int) -> dict[int, int]:
    """
    Say which line of a stray post is which of the pieces by which a witness shows it, by their numbers.

    Its text is the same but for the first lines, `missing` there, or here if negative; of a card, what is
    alike is. A dump without markers does not tell a card from text, and shows all or nothing of it.
    """
    own = [i for i, line in enumerate(unit.lines) if line.role is Role.TEXT]
    shown = [k for k, piece in enumerate(pieces) if piece.role is Role.TEXT or not one.is_marked]
    if len(own) - missing != len(shown):
        own = [*range(len(unit.lines))]
    which = dict(zip(shown[max(-missing, 0) :], own[max(missing, 0) :], strict=True))
    cards = {visible_ascii(line.text): i for i, line in enumerate(unit.lines) if line.role is Role.CARD}
    for k, piece in enumerate(pieces):
        if piece.role is Role.CARD:
            at = cards.pop(visible_ascii(one.text[piece.start : piece.end]), None)
            which |= {} if at is None else {k: at}
    return which
