# SPDX-License-Identifier: MIT
"""
Add the further showings of a post in one dump: each line to the line that first showed the same.

Strategy: of equal lines in one showing the first is the first of another, the second is the second, and so on
(`number_occurrences`). Which blocks are showings of one post was decided when the dump was read
(`witness_from_dump`): those that are equal in text and stats, as in `dedupe`. That function compares finished
posts; a dump is compared before any post is made, and reads stats only of blocks with equal visible ASCII.

    block                showing again        lines of the post
    Yes.                 Yes.                 Yes.       both
    Low tide at nine.    Yes.                 Low tide.. the block alone
    Yes.                                      Yes.       both
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from postdump._align.draft import DraftLine, DraftPost, add_place
from postdump._align.interleave import PostInWitness, interleave
from postdump._align.occurrences import number_occurrences
from postdump._align.witness import Block
from postdump._parse.text_line import TextLine
from postdump.models import Role

Content = tuple[Role, str]
"""What makes two lines of one dump equal: their role and their text."""


def add_repeats(
    post: DraftPost,
    block: Block,
    repeats: Iterable[Block],
    torn_lines: Sequence[DraftLine],
    witness_number: int,
    text: str,
) -> None:
    """
    Add the further showings of a block, its `repeats`, to its post.

    `torn_lines` are lines of the block that another post has: those of the further showings join them.
    """
    first_lines = _collect_first_lines(block, [*torn_lines, *post.lines], witness_number, text)
    for repeat in repeats:
        line_numbers = {line: number for number, line in enumerate(post.lines)}
        own_lines: list[TextLine] = []
        matches: list[int | None] = []
        contents = (_content(line, text) for line in repeat.lines)
        for line, (content, occurrence) in zip(repeat.lines, number_occurrences(contents), strict=True):
            equal_lines = first_lines.get(content, ())
            first_line = equal_lines[occurrence] if occurrence < len(equal_lines) else None
            if first_line is None or first_line in line_numbers:
                own_lines.append(line)
                matches.append(None if first_line is None else line_numbers[first_line])
            else:
                add_place(first_line, witness_number, line)
        added = PostInWitness(witness_number, text, own_lines, matches)
        post.add_block(witness_number, repeat, interleave(post.lines, added))
        for draft_line in post.lines:
            if draft_line not in line_numbers:
                first_lines.setdefault((draft_line.role, draft_line.text), []).append(draft_line)


def _collect_first_lines(
    block: Block, lines: Iterable[DraftLine], witness_number: int, text: str
) -> dict[Content, list[DraftLine]]:
    """Return the lines of the draft that are lines of a block, by their content in the block."""
    contents = {line.start: _content(line, text) for line in block.lines}
    first_lines: dict[Content, list[DraftLine]] = {}
    for draft_line in lines:
        for place_witness, start, _ in draft_line.places:
            if place_witness == witness_number and start in contents:
                first_lines.setdefault(contents[start], []).append(draft_line)
    return first_lines


def _content(line: TextLine, text: str) -> Content:
    """Return the role and the text of a line."""
    return line.role, line.of(text)
