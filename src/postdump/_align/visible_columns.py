# SPDX-License-Identifier: MIT
r"""
The visible ASCII of all lines of a page, in bulk: no object is made for any line.

Most of a page's bytes are turned into ASCII, stripped of what is invisible and cut into lines by a few calls
for hundreds of blocks together. A block is represented by the visible ASCII of its lines, with `\n` between
them, but only if the block is plain: its lines are nothing but text with one `\n` between them.

    text of the page                 blocks, joined by NUL               visible ASCII
    Low tide’s at nine.              Low tide?s at nine.\nYes.\0Ahoy.    b"Lowtidesatnine.\nYes."
    Yes.                                                                 b"Ahoy."
    03.02.2026 17:04 — 👍 4 ...
    Ahoy.
    02.02.2026 17:04 — 👍 5 ...
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate, compress, islice, repeat
from operator import add
from typing import Final, NamedTuple

from postdump._parse.page import Page
from postdump._parse.text_line import BLANKS
from postdump._text.characters import UNSEEN_IN_LINES, as_ascii, visible_ascii
from postdump._text.lines import are_adjacent, are_stripped

BLOCKS_PER_BATCH: Final = 512
"""
Blocks whose text is copied at once.

The copies of a whole page of 4 MB take 17 MB for a moment, those of batches 0.4 MB.
"""

STRETCH_SIZE: Final = 1 << 16
"""Code points of a dump without markers that are copied at once, for the same reason."""

_BLANKS: Final = BLANKS.encode()

_UNSEEN: Final = UNSEEN_IN_LINES.replace(b"\0", b"")
"""What is not visible, but for what separates blocks and lines."""


class LineColumns(NamedTuple):
    """The lines of a page without markers that are not blank."""

    starts: array[int]
    ends: array[int]
    visible: list[bytes]
    are_adjacent: bool
    r"""Whether nothing but one `\n` stands between any two lines."""


def find_visible_blocks(page: Page) -> list[bytes | None]:
    r"""Return the visible ASCII of the lines of each plain block, `\n` between them; None for others."""
    if page.is_elaborate:
        return [None] * len(page)
    visible: list[bytes | None] = []
    for first in range(0, len(page), BLOCKS_PER_BATCH):
        end = first + BLOCKS_PER_BATCH
        visible += _find_visible_in_batch(page, page.lefts[first:end], page.rights[first:end])
    return visible


def _find_visible_in_batch(page: Page, lefts: Sequence[int], rights: Sequence[int]) -> list[bytes | None]:
    """Return the visible ASCII of neighbouring blocks, by where their lines begin and end."""
    start = lefts[0]
    # Neither `?` nor NUL is visible, and `as_ascii` leaves no NUL: so NUL can separate the blocks.
    text = as_ascii(page.text[start : rights[-1]])
    blocks = [
        text[left - start : right - start].strip(_BLANKS) for left, right in zip(lefts, rights, strict=True)
    ]
    joined = b"\0".join(blocks)
    visible: list[bytes | None] = list(joined.translate(None, _UNSEEN).split(b"\0"))
    if not are_adjacent(joined):
        visible = [seen if are_adjacent(block) else None for block, seen in zip(blocks, visible, strict=True)]
    for word in page.watched if page.may_be_watched(text) else ():
        watched = as_ascii(word)
        visible = [None if watched in block else seen for block, seen in zip(blocks, visible, strict=True)]
    return visible


def find_visible_lines(page: Page) -> LineColumns:
    """Return the lines of a page without markers, with the visible ASCII of each."""
    columns = LineColumns(array("q"), array("q"), [], True)
    for start, end in _stretches(page.text, *page.head()):
        text = as_ascii(page.text[start:end])
        if not are_stripped(text):
            return _find_lines_one_by_one(page)
        sizes = [*map(len, text.split(b"\n"))]
        if not sizes[-1]:
            sizes.pop()  # below the last line break
        starts = [*islice(accumulate(map(add, sizes, repeat(1)), initial=start), len(sizes))]
        visible = text.translate(None, UNSEEN_IN_LINES).split(b"\n")[: len(sizes)]
        if 0 in sizes:
            columns = columns._replace(are_adjacent=False)
            starts, sizes, visible = ([*compress(column, sizes)] for column in (starts, sizes, visible))
        columns.starts.extend(array("q", starts))  # an array takes half the time of a list
        columns.ends.extend(array("q", [*map(add, starts, sizes)]))
        columns.visible.extend(visible)
    return columns


def _find_lines_one_by_one(page: Page) -> LineColumns:
    """Return the lines of a page some of which begin or end with blanks."""
    lines = [*page.lines_between(*page.head())]
    starts, ends = array("q", [line.start for line in lines]), array("q", [line.end for line in lines])
    return LineColumns(starts, ends, [visible_ascii(line.of(page.text)) for line in lines], False)


def _stretches(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a stretch of a text behind line breaks into shorter ones."""
    while start < end:
        stop = text.find("\n", min(start + STRETCH_SIZE, end) - 1, end) + 1 or end
        yield start, stop
        start = stop
