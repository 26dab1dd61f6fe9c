# SPDX-License-Identifier: MIT
"""
Add the further showings of a post in one dump: each line to the line that first showed the same.

Strategy: equal lines are paired by the rule in `occurrences`. Which blocks are showings of one post was
decided when the dump was read (`witness_from_dump`): those that are equal in text and stats, as in `dedupe`.
But `dedupe` compares finished posts; `witness_from_dump` compares blocks before any post is made, and reads
counts only of blocks with equal dates and equal visible ASCII.

    block                showing again        lines of the post
    Yes.                 Yes.                 Yes.       both
    Low tide at nine.    Yes.                 Low tide.. the block alone
    Yes.                                      Yes.       both
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from postdump._align.blocks_and_lines import Block
from postdump._align.draft import DraftLine, DraftPost, add_place
from postdump._align.extended_draft import ExtendedDraft
from postdump._align.interleave import PostInWitness, interleave
from postdump._align.occurrences import number_occurrences
from postdump._parse.text_line import TextLine
from postdump.models import Role

Content = tuple[Role, str]
"""What makes two lines of one dump equal: their role and their text."""


def add_repeats(
    draft: ExtendedDraft,
    post: DraftPost,
    block: Block,
    repeats: Iterable[Block],
    torn_lines: Sequence[DraftLine],
) -> None:
    """
    Add the further showings of a block, its `repeats`, to its post.

    `torn_lines` are lines of the block that another post has: those of the further showings join them.
    """
    first_lines = _collect_first_lines(draft, block, [*torn_lines, *post.lines])
    for repeat in repeats:
        earlier_lines = set(post.lines)
        added = _match_repeat(draft, post, repeat, first_lines)
        post.add_block(draft.witness_number, repeat, interleave(post.lines, added))
        for line in post.lines:
            if line not in earlier_lines:
                first_lines.setdefault((line.role, line.text), []).append(line)


def _collect_first_lines(
    draft: ExtendedDraft, block: Block, lines: Iterable[DraftLine]
) -> dict[Content, list[DraftLine]]:
    """Return the lines of the draft that are lines of a block, by their content in the block."""
    contents = {line.start: _content(draft, line) for line in block.lines}
    first_lines: dict[Content, list[DraftLine]] = {}
    for line in lines:
        for witness_number, start, _ in line.places:
            if witness_number == draft.witness_number and start in contents:
                first_lines.setdefault(contents[start], []).append(line)
    return first_lines


def _match_repeat(
    draft: ExtendedDraft, post: DraftPost, repeat: Block, first_lines: Mapping[Content, Sequence[DraftLine]]
) -> PostInWitness:
    """Return the lines of a repeat, matched with those of its post; a line of another post joins it here."""
    numbers = {line: number for number, line in enumerate(post.lines)}
    own_lines: list[TextLine] = []
    matches: list[int | None] = []
    contents = (_content(draft, line) for line in repeat.lines)
    for line, (content, occurrence) in zip(repeat.lines, number_occurrences(contents), strict=True):
        equal_lines = first_lines.get(content, ())
        first_line = equal_lines[occurrence] if occurrence < len(equal_lines) else None
        if first_line is None or first_line in numbers:
            own_lines.append(line)
            matches.append(None if first_line is None else numbers[first_line])
        else:
            add_place(first_line, draft.witness_number, line)
    return PostInWitness(draft.witness_number, draft.witness.text, own_lines, matches)


def _content(draft: ExtendedDraft, line: TextLine) -> Content:
    """Return the role and the text of a line of the witness."""
    return line.role, draft.text_of(line)
