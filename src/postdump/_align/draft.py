# SPDX-License-Identifier: MIT
"""
The draft of a timeline: posts in page order, each with its lines and the places where witnesses show them.

A draft only grows: a further witness adds places to lines, lines to posts, and posts between posts. Nothing
is decided here; `_merge` decides.

Strategy: a post gets objects only if its lines must be compared. An entry of a draft has one of three forms,
and changes from one to the next, never back:

    7                     the first witness's own post: its block 7, which no other witness shows so far
    (0, 7, 0, 1, 3, 2)    an agreed post: witness 0 shows it in block 7, witness 1 in block 3, where
                          its first 2 lines are missing (a card)
    DraftPost(...)        a post with a line that some witness shows differently, or alone; or one line that
                          belongs to no post

`build_post` makes a `DraftPost` of either of the other forms. Most posts of most pages are agreed, so an
agreed post is a tuple of numbers: 300,000 tuples of six numbers take 0.1 s to make and 0.01 s in each garbage
collection, as many pairs of NamedTuples 0.7 s and 0.1 s. No other module takes these tuples apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from attrs import define, field

from postdump._align.blocks_and_lines import Block
from postdump._align.line_keys import line_key
from postdump._align.witness import MarkedWitness, Witness
from postdump._parse.text_line import TextLine
from postdump.damage import Damage
from postdump.models import Reading, Role

NO_TEXT: Final = (Role.CARD, Role.ALT, Role.AUTHOR)
"""Roles of lines that stand in a post, look like its own words, and are not."""


Place = tuple[int, int, int]
"""
Where a witness shows a line or a marker: the number of the witness, and start and end in its text.

A plain tuple: each reading of each post has one, and NamedTuples slow down reading them all by 15 %.
"""


@define(eq=False)
class DraftLine:
    """One line, and the places where witnesses show it."""

    role: Role
    text: str
    """What the witness of the first place shows."""
    places: list[Place]
    blank_before: bool = False
    """Whether any witness shows a blank line before it."""


@define(eq=False)
class DraftPost:
    """A post with its lines; or, where `is_post` is false, lines that belong to no post."""

    is_post: bool
    lines: list[DraftLine] = field(factory=list)
    markers: list[tuple[int, Block]] = field(factory=list)
    """The number of each witness that shows the post in a block, with the block, repeated ones included."""
    posted_at: datetime | None = None
    """The date of the first marker that has one."""
    starts: dict[int, int] = field(factory=dict)
    """For each witness that shows the post, where in its text the post starts first."""

    def note_start(self, witness_number: int, start: int) -> None:
        """Note that a witness shows the post at `start`; of several starts the first in the text counts."""
        self.starts[witness_number] = min(start, self.starts.get(witness_number, start))

    def add_block(self, witness_number: int, block: Block, lines: Iterable[DraftLine]) -> None:
        """Add the marker, the date and the start of a witness's block; the post's lines are now `lines`."""
        self.lines = list(lines)
        self.markers.append((witness_number, block))
        self.note_start(witness_number, block.start)
        if self.posted_at is None:
            self.posted_at = block.posted_at


OwnPost = int
"""The first witness's own post: the number of a plain block, which no other witness shows so far."""

AgreedPost = tuple[int, ...]
"""
A post of which every witness that shows it shows the same lines.

Three numbers for each witness: those of `FullShowing` for the first, those of `Showing` for the others.
"""

DraftEntry = OwnPost | AgreedPost | DraftPost
"""What a draft consists of, in page order."""


class FullShowing(NamedTuple):
    """The first showing of an agreed post, which has all its lines."""

    witness: int
    """The number of the witness."""
    number: int
    """The number of the block; where the witness has no markers, of the first line."""
    line_count: int
    """Where the witness has no markers, how many lines the post has; else 0."""


class Showing(NamedTuple):
    """Where a witness shows an agreed post."""

    witness: int
    """The number of the witness."""
    number: int
    """The number of the block; where the witness has no markers, of the first line."""
    missing_lines: int
    """How many of the post's first lines the witness does not show: those of a card."""


# Reading the numbers of an agreed post.


def as_agreed(entry: OwnPost | AgreedPost) -> AgreedPost:
    """
    Return the first witness's own post as an agreed post with one showing.

    >>> as_agreed(7), as_agreed((0, 7, 0, 1, 3, 0))
    ((0, 7, 0), (0, 7, 0, 1, 3, 0))
    """
    return (0, entry, 0) if isinstance(entry, int) else entry


def full_showing(entry: OwnPost | AgreedPost) -> FullShowing:
    """
    Return the first showing of a post.

    >>> full_showing((2, 30, 4, 3, 5, 0))
    FullShowing(witness=2, number=30, line_count=4)
    """
    return FullShowing(*as_agreed(entry)[:3])


def later_showings(entry: OwnPost | AgreedPost) -> Iterator[Showing]:
    """
    Yield the showings of a post but for the first.

    >>> list(later_showings((2, 30, 4, 3, 5, 1)))
    [Showing(witness=3, number=5, missing_lines=1)]
    """
    numbers = iter(as_agreed(entry)[3:])
    return map(Showing, numbers, numbers, numbers)


def showings(entry: OwnPost | AgreedPost) -> Iterator[Showing]:
    """
    Yield all showings of a post; the first lacks no line.

    >>> [showing.missing_lines for showing in showings((2, 30, 4, 3, 5, 1))]
    [0, 1]
    """
    witness, number, _ = full_showing(entry)
    yield Showing(witness, number, 0)
    yield from later_showings(entry)


def first_block(post: AgreedPost) -> tuple[int, int]:
    """
    Return the numbers of the first witness that shows a post, and of its block there.

    >>> first_block((2, 30, 0, 3, 5, 1))
    (2, 30)
    """
    return post[0], post[1]


# Plain numbers, for code that runs for every post: a `Showing` takes five times as long.


def showing_witnesses(post: AgreedPost) -> tuple[int, ...]:
    """
    Return the numbers of the witnesses that show a post.

    >>> showing_witnesses((2, 30, 4, 3, 5, 1))
    (2, 3)
    """
    return post[::3]


def showing_numbers(post: AgreedPost) -> Iterator[tuple[int, int, int]]:
    """
    Yield the three numbers of each showing of a post; of `post[3:]`, those of all but the first.

    >>> [*showing_numbers((2, 30, 4, 3, 5, 1))]
    [(2, 30, 4), (3, 5, 1)]
    """
    numbers = iter(post)
    return zip(numbers, numbers, numbers)  # noqa: B905 - in half the time


def showing_positions(post: AgreedPost) -> range:
    """
    Return where in a post the three numbers of each showing begin: the fastest way to read them.

    >>> post = (2, 30, 4, 3, 5, 1)
    >>> [(post[at], post[at + 1]) for at in showing_positions(post)]
    [(2, 30), (3, 5)]
    """
    return range(0, len(post), 3)


def missing_lines(post: AgreedPost) -> tuple[int, ...]:
    """
    Return how many first lines each witness but the first lacks.

    >>> missing_lines((2, 30, 4, 3, 5, 1))
    (1,)
    """
    return post[5::3]


# Making agreed posts, and adding to them: a new one is returned.


def new_agreed_post(witness: int, number: int, line_count: int = 0) -> AgreedPost:
    """
    Return a post that one witness shows so far (see `FullShowing`).

    >>> new_agreed_post(2, number=30, line_count=4)
    (2, 30, 4)
    """
    return witness, number, line_count


def with_showing(entry: OwnPost | AgreedPost, witness: int, number: int, missing: int) -> AgreedPost:
    """
    Return a post with a further showing.

    >>> with_showing(7, witness=1, number=3, missing=0)
    (0, 7, 0, 1, 3, 0)
    """
    if isinstance(entry, int):
        return (0, entry, 0, witness, number, missing)
    return entry + (witness, number, missing)  # noqa: RUF005 - in half the time


def with_longer_showing(entry: OwnPost | AgreedPost, witness: int, number: int, added: int) -> AgreedPost:
    """
    Return a post with the showing of a witness whose block has further lines above those of all others.

    This showing comes first, since it has all lines; the others now lack the added ones.

    >>> with_longer_showing((0, 7, 0, 1, 3, 1), witness=2, number=5, added=1)
    (2, 5, 0, 0, 7, 1, 1, 3, 2)
    """
    post: AgreedPost = (witness, number, 0)
    for showing in showings(entry):
        post = with_showing(post, showing.witness, showing.number, showing.missing_lines + added)
    return post


def with_copy(entry: OwnPost | AgreedPost, copy: int, original: int) -> OwnPost | AgreedPost:
    """
    Return a post with the showing of a witness that is a copy of another, if that one shows the post.

    >>> with_copy(7, copy=1, original=0), with_copy(7, copy=2, original=1)
    ((0, 7, 0, 1, 7, 0), 7)
    """
    post = as_agreed(entry)
    for index, (witness, number, missing) in enumerate(showing_numbers(post)):
        if witness == original:
            return with_showing(post, copy, number, missing if index else 0)
    return entry


# Building and extending the posts whose lines are compared.


def new_line(witness_number: int, line: TextLine, text: str) -> DraftLine:
    """Return a draft line that one witness shows so far; `text` is the whole text of that witness."""
    places = [(witness_number, line.start, line.end)]
    return DraftLine(line.role, line.of(text), places, line.blank_before)


def add_place(draft_line: DraftLine, witness_number: int, line: TextLine) -> DraftLine:
    """Add the place where a witness shows a line; a role in `NO_TEXT` of any witness overrides TEXT."""
    draft_line.places.append((witness_number, line.start, line.end))
    if draft_line.role is Role.TEXT and line.role in NO_TEXT:
        draft_line.role = line.role
    draft_line.blank_before = draft_line.blank_before or line.blank_before
    return draft_line


def build_post(entry: DraftEntry, witnesses: Sequence[Witness]) -> DraftPost:
    """Return an entry as a post with lines: as it is if it has some, else newly made."""
    if isinstance(entry, DraftPost):
        return entry
    first = full_showing(entry)
    witness = witnesses[first.witness]
    post = DraftPost(True)
    lines = witness.post_lines(first.number, first.line_count)
    post.lines = [new_line(first.witness, line, witness.text) for line in lines]
    _note_showing(post, witness, first.witness, first.number)
    for showing in later_showings(entry):
        add_showing(post, witnesses[showing.witness], *showing)
    return post


def add_showing(post: DraftPost, witness: Witness, witness_number: int, number: int, missing: int) -> None:
    """Add a witness that shows the lines of a post, except for the first `missing` ones (see `Showing`)."""
    draft_lines = post.lines[missing:]
    lines = witness.post_lines(number, len(draft_lines))
    _note_showing(post, witness, witness_number, number)
    for draft_line, line in zip(draft_lines, lines, strict=True):
        add_place(draft_line, witness_number, line)


def _note_showing(post: DraftPost, witness: Witness, witness_number: int, number: int) -> None:
    """Note where a witness shows a post, and its marker if it has one."""
    if isinstance(witness, MarkedWitness):
        post.add_block(witness_number, witness.blocks[number], post.lines)
    else:
        post.note_start(witness_number, witness.post_starts[number])


def add_copy(entry: DraftEntry, copy: int, original: int) -> DraftEntry:
    """Add witness `copy` to an entry wherever witness `original` shows it, and return the entry."""
    if not isinstance(entry, DraftPost):
        return with_copy(entry, copy, original)
    for line in entry.lines:
        line.places += [(copy, start, end) for witness, start, end in line.places if witness == original]
    entry.markers += [(copy, block) for witness, block in entry.markers if witness == original]
    if original in entry.starts:
        entry.note_start(copy, entry.starts[original])
    return entry


# What others ask of entries and lines.


def split_posts_and_lines(
    entries: Iterable[DraftEntry],
) -> tuple[list[AgreedPost | DraftPost], list[DraftPost]]:
    """Return the posts of a draft, and the lines that belong to no post."""
    posts: list[AgreedPost | DraftPost] = []
    lines: list[DraftPost] = []
    for entry in entries:
        if isinstance(entry, tuple):
            posts.append(entry)  # nearly always
        elif isinstance(entry, int):
            posts.append(as_agreed(entry))
        else:
            (posts if entry.is_post else lines).append(entry)
    return posts, lines


def draft_key(text: str, witness: Witness, damage: Damage | None) -> str | bytes:
    """Return the key that a witness's line has under `damage`, or as it is if the witness is damaged."""
    return line_key(text, None if witness.damage else damage)


def reading_at(witnesses: Sequence[Witness], place: Place) -> Reading:
    """Return the reading at a place."""
    witness_number, start, end = place
    return witnesses[witness_number].origin.reading(start, end)
