# SPDX-License-Identifier: MIT
"""Make draft entries for what only one witness has, if its lines need not be compared with any others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from postdump._align.draft import DraftEntry, draft_key, new_agreed_post
from postdump._align.extended_draft import TOP, new_loose_line
from postdump._align.flat_placement import cut_into_posts
from postdump._align.line_keys import is_short_key
from postdump._align.placement import place_lines
from postdump._align.similarity import is_lone_link
from postdump._align.witness import FlatWitness, MarkedWitness, Witness
from postdump._parse.text_line import TextLine


def build_first_draft(witness: Witness) -> list[DraftEntry]:
    """Return the entries of the first witness: posts where it has markers, else lines that belong to none."""
    if isinstance(witness, MarkedWitness):
        return _build_from_blocks(witness, 0, range(witness.item_count))
    return [new_loose_line(0, witness, line) for line in witness.items() if isinstance(line, TextLine)]


def build_new_entries(
    witness: Witness, witness_number: int, items: Sequence[int], *, is_below_post: bool
) -> list[DraftEntry] | None:
    """
    Return entries for items that only a further witness has; None if they must be matched line by line.

    `is_below_post` is whether a matched post stands above them.
    """
    if isinstance(witness, MarkedWitness):
        return _build_from_blocks(witness, witness_number, items)
    assert isinstance(witness, FlatWitness)
    return _build_from_lines(witness, witness_number, items) if is_below_post else None


def _build_from_blocks(witness: MarkedWitness, witness_number: int, items: Sequence[int]) -> list[DraftEntry]:
    """Return entries for blocks and loose lines; only those that are no simple blocks get objects."""
    order, is_simple = witness.page_order, witness.blocks.is_simple
    if isinstance(order, range):  # nearly always: no loose lines, and no block that repeats another
        own = [order[item] for item in items]
        if all(map(is_simple.__getitem__, own)):
            return [new_agreed_post(witness_number, number) for number in own] if witness_number else [*own]
    shown = [order[item] for item in items]
    numbers = [number if isinstance(number, int) and is_simple[number] else None for number in shown]
    others = [item for item, number in zip(items, numbers, strict=True) if number is None]
    placed = place_lines([], witness_number, witness.with_items(others), [{} for _ in others])
    posts = placed.posts_at(TOP)
    return [
        next(posts)
        if number is None
        else new_agreed_post(witness_number, number)
        if witness_number
        else number
        for number in numbers
    ]


def _build_from_lines(
    witness: FlatWitness, witness_number: int, items: Sequence[int]
) -> list[DraftEntry] | None:
    """Return agreed posts for adjacent lines; None if the heading is one, or a link of the post above."""
    numbers = [witness.page_order[item] for item in items]
    first, last = numbers[0], numbers[-1]
    if witness.heading in numbers or last - first != len(numbers) - 1:
        return None
    texts = witness.lines.text(first, len(numbers)).split("\n")
    if is_lone_link(texts[0]):
        return None
    posts = cut_into_posts(witness, texts, first)
    return [new_agreed_post(witness_number, post.start, len(post)) for post in posts]


def has_short_line(witness: Witness, items: Iterable[int]) -> bool:
    """
    Return whether a line has too little visible ASCII to identify it while no damage is known.

    Such a line of this witness alone may be another witness's line, differently damaged.
    """
    return any(
        is_short_key(draft_key(line.of(witness.text), witness, None))
        for item in items
        for line in witness.lines_at(item)
    )
