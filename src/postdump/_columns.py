# SPDX-License-Identifier: MIT
"""
The lines of a page in bulk: what most blocks of most pages need, without an object for any line.

A block is plain if its lines are nothing but text, with a `\\n` between them and nothing else. For these,
what a line is known by is cut out of the whole block's at once.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import accumulate
from operator import add

from postdump._keys import TELLING, line_key, visible, visible_lines
from postdump._tokenize import BLANKS, Page, is_even
from postdump.damage import Damage

BlockKey = tuple[str | bytes, ...]
"""The keys of a block's lines."""


def plain_blocks(page: Page) -> list[str | None]:
    """Return the lines of each block, in one string; None for those that are not plain."""
    if page.is_elaborate:
        return [None] * len(page)
    whole = page.text
    blocks: list[str | None] = [
        whole[left:right].strip(BLANKS) for left, right in zip(page.lefts, page.rights, strict=True)
    ]
    if not is_even(whole):
        blocks = [shown if shown is not None and is_even(shown) else None for shown in blocks]
    odd = ("\n\n", *page.watched) if whole.rfind("\n\n") >= 0 else page.watched
    if odd:
        blocks = [None if shown is None or any(sign in shown for sign in odd) else shown for shown in blocks]
    return blocks


def block_keys(blocks: Iterable[str | None], damage: Damage | None) -> list[BlockKey | None]:
    """Return what the lines of plain blocks are known by (see `line_key`); None for other blocks."""
    least = TELLING if _spares_ascii(damage) else sys.maxsize
    found: list[BlockKey | None] = []
    for shown in blocks:
        if not shown:
            found.append(None if shown is None else ())
            continue
        seen = visible_lines(shown)
        if min(map(len, seen)) < least:
            found.append(tuple([line_key(line, damage) for line in shown.split("\n")]))
        else:
            found.append(tuple(seen))
    return found


def line_keys(lines: str, damage: Damage | None) -> tuple[str | bytes, ...]:
    """Return what lines, `\n` between them, are known by (see `line_key`)."""
    least = TELLING if _spares_ascii(damage) else sys.maxsize
    seen: list[str | bytes] = [*visible_lines(lines)]
    if min(map(len, seen)) < least:
        for n, line in enumerate(lines.split("\n")):
            if len(seen[n]) < least:
                seen[n] = line_key(line, damage)
    return tuple(seen)


def _spares_ascii(damage: Damage | None) -> bool:
    """Tell whether a damage leaves the visible ASCII of any text as it is, and adds none."""
    while damage is not None:
        if damage.reads_pairs or visible("".join(damage.table[0x80:])):
            return False
        damage = damage.then
    return True


def line_places(page: Page, start: int, end: int) -> tuple[list[int], list[int]]:
    """Return where the lines of a stretch that are not blank begin and end."""
    shown = page.text[start:end]
    if not is_even(shown) or shown[:1] == " " or shown[-1:] == " ":
        places = [(left, right) for left, right, _ in page.segments(start, end)]
        return [left for left, _ in places], [right for _, right in places]
    sizes = [*map(len, shown.split("\n"))]
    starts = [*accumulate((size + 1 for size in sizes), initial=start)]
    starts.pop()
    ends = [*map(add, starts, sizes)]
    if 0 in sizes:
        starts = [at for at, size in zip(starts, sizes, strict=True) if size]
        ends = [at for at, size in zip(ends, sizes, strict=True) if size]
    return starts, ends
