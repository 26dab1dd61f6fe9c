# SPDX-License-Identifier: MIT
"""
Dumps to witnesses.

What `parse` returned is read from its page, what came from JSON or was put together by hand from its
posts and lines; both ways give the same witness. Blocks that show one post more than once are unified.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from postdump._align.bulk_keys import find_visible_blocks, find_visible_lines
from postdump._align.witness import AGAIN, Block, Groups, Piece, Witness
from postdump._lazy import source_of
from postdump._parse.line_roles import classify_lines
from postdump._parse.page import BLANKS, Page
from postdump._parse.parsed_dump import ParsedDump
from postdump._parse.post_fields import joined
from postdump._parse.source_text import Origin
from postdump._text.characters import visible_ascii_lines
from postdump.damage import Damage, distinct_damages
from postdump.layouts import Stands
from postdump.models import Dump, Role


def witness(dump: Dump) -> Witness:
    """Read a dump's lines, and unify the blocks that show one post more than once."""
    source = source_of(dump)
    found = distinct_damages(dump.damage, dump.equivalents)
    if isinstance(source, ParsedDump):
        return _witness_of_page(dump, source.page, source.origin, found)
    blocks = list(_blocks_of_posts(dump))
    loose = sorted(_loose_of_dump(dump), key=lambda piece: piece.start)
    first = {one.number: one for one in _unified(blocks, dump)}
    plain = bytearray(_plainness(one) if one.number in first else 0 for one in blocks)
    begins = [one.start for one in blocks or loose]
    made: dict[int, Block | Piece] = {**first, **{-1 - n: piece for n, piece in enumerate(loose)}}
    numbers = sorted(made, key=lambda number: (made[number].start, number < 0))
    groups = Groups(numbers, made.__getitem__, made)
    origin = Origin(dump.text, dump.name)
    lines_from = (
        _words_of(dump.text, made) if blocks else _lines_of(dump.text, begins, [one.end for one in loose])
    )
    seen: list[bytes | None] = [_seen(lines_from(n, 0)) if one else None for n, one in enumerate(plain)]
    if not blocks:
        seen += [_seen(lines_from(n, 1)) for n in range(len(loose))]
    heading = next((-1 - n for n, piece in enumerate(loose) if piece.role is Role.HEADING), None)
    dates = [post.posted_at for post in dump.posts]
    return Witness(dump, origin, groups, found, plain, dates, seen, begins, lines_from, heading)


def _witness_of_page(dump: Dump, page: Page, origin: Origin, found: tuple[Damage, ...]) -> Witness:
    if not len(page):
        starts, ends, visible, are_adjacent = find_visible_lines(page)

        def line(number: int) -> Piece:
            start, end = starts[-1 - number], ends[-1 - number]
            return Piece(start, end, page.role_outside(start, end))

        groups = Groups(range(-1, -1 - len(starts), -1), line)
        lines_from = _lines_of(page.text, starts, ends, are_adjacent=are_adjacent)
        heading = None
        if page.heading is not None:
            heading = -1 - bisect_left(starts, page.heading.start)
        return Witness(dump, origin, groups, found, b"", (), visible, starts, lines_from, heading, page)
    seen = find_visible_blocks(page)
    odd = [number for number, one in enumerate(seen) if one is None]
    made: dict[int, Block | Piece] = {number: _block_of_page(page, number) for number in odd}
    for number in odd:
        seen[number] = _seen(_words(made[number], page.text))
    twins = _unify(dump, page, seen, made)
    plain = bytearray(b"\1") * len(page)
    for number, block in made.items():
        plain[number] = _plainness(block)
    for number in (*odd, *twins):
        if number in twins or not plain[number]:
            plain[number], seen[number] = 0, None
    loose = [Piece(line.start, line.end, line.role) for line in page.lines_outside()]
    made.update((-1 - n, piece) for n, piece in enumerate(loose))
    numbers: Sequence[int] = range(len(page))
    if twins:
        numbers = [number for number in numbers if number not in twins]
    if loose:
        edges = page.starts if page.layout.stands is Stands.BEFORE else page.lefts
        places = [(piece.start, -1 - n) for n, piece in enumerate(loose)]
        numbers = [number for _, number in sorted([*((edges[n], n) for n in numbers), *places])]
    groups = Groups(numbers, lambda number: _plain_block(page, number), made)
    is_even = not any(plain[number] for number in odd)
    lines_from = _words_of_page(page) if is_even else _words_of(page.text, made, _words_of_page(page))
    return Witness(dump, origin, groups, found, plain, page.dates, seen, page.lefts, lines_from, None, page)


def _words_of_page(page: Page) -> Callable[[int, int], str]:
    """Return who tells the lines of even blocks."""
    text, lefts, rights = page.text, page.lefts, page.rights
    return lambda number, _: text[lefts[number] : rights[number]].strip(BLANKS)


def _words_of(
    text: str, made: Mapping[int, Block | Piece], others: Callable[[int, int], str] | None = None
) -> Callable[[int, int], str]:
    """Return who tells the lines of blocks that are made, and asks `others` for the rest."""

    def words(number: int, count: int) -> str:
        block = made.get(number)
        if isinstance(block, Block):
            return "\n".join([text[piece.start : piece.end] for piece in block.pieces])
        assert others is not None
        return others(number, count)

    return words


def _lines_of(
    text: str, starts: Sequence[int], ends: Sequence[int], *, are_adjacent: bool = False
) -> Callable[[int, int], str]:
    r"""Return who tells lines by where they begin and end; `\n` and nothing else may part them."""
    if are_adjacent:
        return lambda number, count: text[starts[number] : ends[number + count - 1]]
    return lambda number, count: "\n".join(
        [
            text[start:end]
            for start, end in zip(starts[number : number + count], ends[number : number + count], strict=True)
        ]
    )


def _unify(dump: Dump, page: Page, seen: Sequence[bytes | None], made: dict[int, Block | Piece]) -> set[int]:
    """Make the blocks that are shown more than once, and return those that only repeat another."""
    if len(set(page.dates)) == len(seen):
        return set()  # many a dump
    times = Counter(page.dates)
    tied = [number for number, count in enumerate(map(times.__getitem__, page.dates)) if count > 1]
    shown = Counter((seen[number], page.dates[number]) for number in tied)
    numbers = [number for number in tied if shown[seen[number], page.dates[number]] > 1]
    words = _words_of_page(page)
    posts = {
        number: (_words(made[number], page.text) if number in made else words(number, 0), said)
        for number, said in zip(numbers, page.said(numbers), strict=True)
    }
    alike = Counter(posts.values())
    repeated = [number for number, post in posts.items() if alike[post] > 1]
    blocks = [made.get(number) or _plain_block(page, number) for number in repeated]
    first = _unified((block for block in blocks if isinstance(block, Block)), dump)
    made.update((block.number, block) for block in first if block.again)
    return {twin.number for block in first for twin in block.again}


def _seen(words: str) -> bytes:
    """Return the visible ASCII of lines."""
    return b"\n".join(visible_ascii_lines(words))


def _words(block: Block | Piece, text: str) -> str:
    """Return a block's own words."""
    pieces = block.pieces if isinstance(block, Block) else ()
    own = (piece for piece in pieces if piece.role is Role.TEXT)
    return joined((text[piece.start : piece.end], piece.blank) for piece in own)


def _plainness(block: Block | Piece) -> int:
    """Tell whether a block's lines are nothing but text, without a blank line (see `Witness.plain`)."""
    pieces = block.pieces if isinstance(block, Block) else ()
    if any(piece.blank or piece.role is not Role.TEXT for piece in pieces):
        return 0
    return AGAIN if isinstance(block, Block) and block.again else 1


def _block_of_page(page: Page, number: int) -> Block:
    pieces = [
        Piece(line.start, line.end, line.role, line.blank_before and n > 0)
        for n, line in enumerate(classify_lines(page, number))
    ]
    return _with_marker(page, number, pieces)


def _plain_block(page: Page, number: int) -> Block:
    """Return a block whose lines are nothing but text, with one line break between them."""
    left, right = page.region(number)
    shown = page.text[left:right].lstrip(BLANKS)
    start = right - len(shown)
    pieces = []
    for line in shown.rstrip(BLANKS).split("\n") if shown else ():
        pieces.append(Piece(start, start + len(line), Role.TEXT))
        start += len(line) + 1
    return _with_marker(page, number, pieces)


def _with_marker(page: Page, number: int, pieces: list[Piece]) -> Block:
    marker = (page.starts[number], page.ends[number])
    start = marker[0] if page.layout.stands is Stands.BEFORE or not pieces else pieces[0].start
    return Block(number, start, pieces, marker, page.dates[number])


def _blocks_of_posts(dump: Dump) -> Iterator[Block]:
    for number, post in enumerate(dump.posts):
        pieces: list[Piece] = []
        marker = None
        for line in post.lines:
            span = line.readings[0].span
            if line.role is Role.MARKER:
                marker = (span.start, span.end)
            else:
                blank = bool(pieces) and _breaks(dump.text, pieces[-1].end, span.start) > 1
                pieces.append(Piece(span.start, span.end, line.role, blank))
        starts = [piece.start for piece in pieces] + ([] if marker is None else [marker[0]])
        yield Block(number, min(starts, default=0), pieces, marker, post.posted_at)


def _breaks(text: str, start: int, end: int) -> int:
    return text.count("\n", start, end) + text.count("\r", start, end) - text.count("\r\n", start, end)


def _loose_of_dump(dump: Dump) -> Iterator[Piece]:
    for line in dump.unclaimed:
        span = line.readings[0].span
        yield Piece(span.start, span.end, line.role)


def _unified(blocks: Iterable[Block], dump: Dump) -> list[Block]:
    """Return each post of a dump once: blocks that are equal in text and stats show one post."""
    shown: dict[Any, Block] = {}  # by words, then, only where words repeat, by words and stats
    first: list[Block] = []
    for block in blocks:
        words = _words(block, dump.text)
        twin = shown.setdefault(words, block)
        if twin is not block:
            shown.setdefault((words, dump.posts[twin.number].stats), twin)
            twin = shown.setdefault((words, dump.posts[block.number].stats), block)
        if twin is block:
            first.append(block)
        else:
            twin.again.append(block)
    return first
