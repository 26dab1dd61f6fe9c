# SPDX-License-Identifier: MIT
"""
Dumps to witnesses.

What `parse` returned is read from its page; what came from JSON, or was put together by hand, is read from
its posts and lines. Both ways give equal witnesses. Blocks that are equal in text and stats show one post
more than once: the first of them is an item of the witness, the others are its repeats.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

from postdump._align.blocks_and_lines import Block, Blocks, Lines
from postdump._align.visible_columns import find_visible_blocks, find_visible_lines
from postdump._align.witness import FlatWitness, MarkedWitness, Witness
from postdump._lazy import source_of
from postdump._parse.line_roles import classify_lines
from postdump._parse.page import Page
from postdump._parse.parsed_dump import ParsedDump
from postdump._parse.post_fields import joined
from postdump._parse.source_text import SourceText
from postdump._parse.text_line import BLANKS, TextLine
from postdump._text.characters import visible_ascii_lines
from postdump._text.lines import count_breaks
from postdump.damage import Damage
from postdump.damage._selection import distinct_damages
from postdump.layouts import Stands
from postdump.models import Dump, Role


def build_witness(dump: Dump, candidate_damages: tuple[Damage, ...] | None = None) -> Witness:
    """Return the witness of a dump; `candidate_damages` are by default those of the dump."""
    if candidate_damages is None:
        candidate_damages = distinct_damages(dump.damage, dump.equivalents)
    source = source_of(dump)
    if isinstance(source, ParsedDump):
        common = {"dump": dump, "origin": source.source_text, "candidate_damages": candidate_damages}
        build = _marked_witness if len(source.page) else _flat_witness
        return build(source.page, common)
    common = {
        "dump": dump,
        "origin": SourceText(dump.text, dump.name),
        "candidate_damages": candidate_damages,
    }
    return _marked_witness_of_posts(dump, common) if dump.posts else _flat_witness_of_lines(dump, common)


# From a page.


def _flat_witness(page: Page, common: Mapping[str, Any]) -> FlatWitness:
    """Return the witness of a page without markers."""
    starts, ends, visible, are_adjacent = find_visible_lines(page)
    lines = Lines(
        starts=starts,
        ends=ends,
        visible=tuple(visible),
        make=lambda number: _line_outside(page, starts[number], ends[number]),
        text=page.text,
        are_adjacent=are_adjacent,
    )
    heading = None if page.heading is None else bisect_left(starts, page.heading.start)
    return FlatWitness(**common, page=page, lines=lines, page_order=range(len(lines)), heading=heading)


def _marked_witness(page: Page, common: Mapping[str, Any]) -> MarkedWitness:
    """Return the witness of a page with markers."""
    visible = find_visible_blocks(page)
    made = {
        number: _block_of_page(page, number, _classified_lines(page, number))
        for number, seen in enumerate(visible)
        if seen is None
    }
    repeats = _find_repeats_on_page(page, visible, made)
    repeating = {number for again in repeats.values() for number in again}
    uneven = {number: block for number, block in made.items() if _is_plain(block)}
    blocks = Blocks(
        dates=page.dates,
        starts=page.lefts,
        visible=_complete_visible(page.text, visible, uneven, repeating),
        is_simple=_find_simple(len(page), made.keys() - uneven.keys(), repeats),
        repeats=repeats,
        made=made,
        make=lambda number: _block_of_page(page, number, _even_lines(page, number)),
        text=page.text,
        lefts=page.lefts,
        rights=page.rights,
        uneven=uneven,
    )
    page_order = _page_order(page, repeating, _loose_lines(page))
    return MarkedWitness(**common, page=page, blocks=blocks, page_order=page_order)


def _find_repeats_on_page(
    page: Page, visible: Sequence[bytes | None], made: Mapping[int, Block]
) -> dict[int, tuple[int, ...]]:
    """
    Return the blocks that show the post of a block once more, by the number of that block.

    Text and stats are read only of blocks that share date and visible ASCII with another.
    """
    if len(set(page.dates)) == len(page):
        return {}  # many a dump
    times = Counter(page.dates)
    tied = [number for number, count in enumerate(map(times.__getitem__, page.dates)) if count > 1]
    keys = {}
    for number in tied:
        seen = visible[number]
        if seen is None:
            seen = _visible_lines(_own_text(made[number], page.text))
        keys[number] = seen, page.dates[number]
    shared = Counter(keys.values())
    numbers = [number for number, key in keys.items() if shared[key] > 1]
    texts = (
        _own_text(made[number], page.text)
        if number in made
        else page.text[slice(*page.region(number))].strip(BLANKS)
        for number in numbers
    )
    return find_repeats(zip(numbers, texts, page.said(numbers), strict=True))


def find_repeats(posts: Iterable[tuple[int, str, Hashable]]) -> dict[int, tuple[int, ...]]:
    """
    Return the posts that are equal to an earlier one, by the number of that one.

    Each post is its number, its text and its stats.

    >>> find_repeats([(0, "Ahoy.", 5), (1, "Low tide.", 5), (2, "Ahoy.", 5), (3, "Ahoy.", 6)])
    {0: (2,)}
    """
    showings: dict[tuple[str, Hashable], list[int]] = {}
    for number, text, stats in posts:
        showings.setdefault((text, stats), []).append(number)
    return {first: tuple(again) for first, *again in showings.values() if again}


def _complete_visible(
    text: str, visible: Sequence[bytes | None], uneven: Mapping[int, Block], repeating: Iterable[int]
) -> tuple[bytes | None, ...]:
    """Return the visible ASCII of plain blocks, with that of uneven ones and without that of repeats."""
    complete = list(visible)
    for number, block in uneven.items():
        complete[number] = _visible_lines(_own_text(block, text))
    for number in repeating:
        complete[number] = None
    return tuple(complete)


def _find_simple(count: int, elaborate: Iterable[int], repeats: Mapping[int, Iterable[int]]) -> bytearray:
    """Return the column `Blocks.is_simple`: 0 for what is more than text, is repeated, or repeats."""
    is_simple = bytearray(b"\1") * count
    for number in (*elaborate, *repeats, *(again for numbers in repeats.values() for again in numbers)):
        is_simple[number] = 0
    return is_simple


def _loose_lines(page: Page) -> list[TextLine]:
    """Return the lines of a page that belong to no block."""
    return [_after_no_blank(line) for line in page.lines_outside()]


def _after_no_blank(line: TextLine) -> TextLine:
    return TextLine(line.start, line.end, False, line.role)


def _line_outside(page: Page, start: int, end: int) -> TextLine:
    return TextLine(start, end, False, page.role_outside(start, end))


def _page_order(page: Page, repeating: Set[int], loose: Sequence[TextLine]) -> Sequence[int | TextLine]:
    """Return the blocks that repeat no other, and the loose lines, in page order."""
    if not repeating and not loose:
        return range(len(page))
    edges = page.starts if page.layout.stands is Stands.BEFORE else page.lefts
    numbers = [number for number in range(len(page)) if number not in repeating]
    return _by_start(loose, ((edges[number], number) for number in numbers))


def _by_start(loose: Iterable[TextLine], blocks: Iterable[tuple[int, int]]) -> list[int | TextLine]:
    """Return loose lines and blocks, each a start and a number, in the order of their starts."""
    places: list[tuple[int, int | TextLine]] = [*((line.start, line) for line in loose), *blocks]
    places.sort(key=lambda place: place[0])
    return [item for _, item in places]


def _block_of_page(page: Page, number: int, lines: Iterable[TextLine]) -> Block:
    own = tuple(lines)
    marker = (page.starts[number], page.ends[number])
    start = marker[0] if page.layout.stands is Stands.BEFORE or not own else own[0].start
    return Block(number, start, own, marker, page.dates[number])


def _classified_lines(page: Page, number: int) -> list[TextLine]:
    """Return the lines of any block; that a blank line stands above the first means nothing."""
    lines = classify_lines(page, number)
    return [_after_no_blank(line) for line in lines[:1]] + lines[1:]


def _even_lines(page: Page, number: int) -> Iterator[TextLine]:
    """Yield the lines of a block that are nothing but text, with one line break between them."""
    left, right = page.region(number)
    words = page.text[left:right].lstrip(BLANKS)
    start = right - len(words)
    for line in words.rstrip(BLANKS).split("\n") if words else ():
        yield TextLine(start, start + len(line))
        start += len(line) + 1


# From posts and lines.


def _flat_witness_of_lines(dump: Dump, common: Mapping[str, Any]) -> FlatWitness:
    """Return the witness of a dump without posts."""
    lines = _unclaimed_lines(dump)
    columns = Lines(
        starts=[line.start for line in lines],
        ends=[line.end for line in lines],
        visible=tuple(_visible_lines(line.of(dump.text)) for line in lines),
        make=lines.__getitem__,
        text=dump.text,
    )
    heading = next((number for number, line in enumerate(lines) if line.role is Role.HEADING), None)
    return FlatWitness(**common, page=None, lines=columns, page_order=range(len(lines)), heading=heading)


def _marked_witness_of_posts(dump: Dump, common: Mapping[str, Any]) -> MarkedWitness:
    """Return the witness of a dump with posts."""
    made = dict(enumerate(_blocks_of_posts(dump)))
    repeats = _find_repeats_in_posts(dump, made)
    repeating = {number for again in repeats.values() for number in again}
    plain = {number: block for number, block in made.items() if _is_plain(block)}
    blocks = Blocks(
        dates=[post.posted_at for post in dump.posts],
        starts=[block.start for block in made.values()],
        visible=_complete_visible(dump.text, [None] * len(made), plain, repeating),
        is_simple=_find_simple(len(made), made.keys() - plain.keys(), repeats),
        repeats=repeats,
        made=made,
        make=made.__getitem__,
        text=dump.text,
        uneven=plain,
    )
    firsts = ((block.start, number) for number, block in made.items() if number not in repeating)
    page_order = _by_start(_unclaimed_lines(dump), firsts)
    return MarkedWitness(**common, page=None, blocks=blocks, page_order=page_order)


def _find_repeats_in_posts(dump: Dump, blocks: Mapping[int, Block]) -> dict[int, tuple[int, ...]]:
    """Return the posts that are shown once more, and the numbers of these showings."""
    texts = {number: _own_text(block, dump.text) for number, block in blocks.items()}
    times = Counter(texts.values())
    shared = [(number, text) for number, text in texts.items() if times[text] > 1]
    return find_repeats((number, text, dump.posts[number].stats) for number, text in shared)


def _blocks_of_posts(dump: Dump) -> Iterator[Block]:
    for number, post in enumerate(dump.posts):
        lines: list[TextLine] = []
        marker = None
        for line in post.lines:
            span = line.readings[0].span
            if line.role is Role.MARKER:
                marker = (span.start, span.end)
            else:
                blank_before = bool(lines) and count_breaks(dump.text, lines[-1].end, span.start) > 1
                lines.append(TextLine(span.start, span.end, blank_before, line.role))
        starts = [line.start for line in lines] + ([] if marker is None else [marker[0]])
        yield Block(number, min(starts, default=0), tuple(lines), marker, post.posted_at)


def _unclaimed_lines(dump: Dump) -> list[TextLine]:
    """Return the lines of a dump that belong to no post, in page order."""
    spans = ((line.readings[0].span, line.role) for line in dump.unclaimed)
    return sorted(
        (TextLine(span.start, span.end, role=role) for span, role in spans), key=lambda line: line.start
    )


# From blocks.


def _is_plain(block: Block) -> bool:
    """Return whether the lines of a block are nothing but text, without a blank line between them."""
    return not any(line.blank_before or line.role is not Role.TEXT for line in block.lines)


def _own_text(block: Block, text: str) -> str:
    """Return a post's own words."""
    own = (line for line in block.lines if line.role is Role.TEXT)
    return joined((line.of(text), line.blank_before) for line in own)


def _visible_lines(text: str) -> bytes:
    """Return the visible ASCII of lines."""
    return b"\n".join(visible_ascii_lines(text))
