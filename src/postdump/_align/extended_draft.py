# SPDX-License-Identifier: MIT
"""
Open stretches of a draft while the lines of one witness are added to them.

A line of the witness joins a line of the draft, or is added to a post, or stands in a new post. Nothing else
moves: new posts are kept under the index of the post that they follow, and a line that goes to another post
is only noted. So indices into `posts` stay valid until all lines are placed. Then `posts_at` returns what
stands at each index.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import define, field

from postdump._align.draft import DraftLine, DraftPost, add_place, new_line
from postdump._align.line_matching import Matches
from postdump._align.open_stretches import MARKER, DraftPlace
from postdump._align.witness import Witness
from postdump._parse.text_line import TextLine
from postdump.models import Role

TOP: Final = -1
"""Stands for the index of a post: the place above the first one."""


@define(eq=False)
class ExtendedDraft:
    """Open stretches of a draft, and what a witness adds to them."""

    posts: list[DraftPost]
    """The draft's posts, and its lines that belong to none, in page order."""
    witness_number: int
    witness: Witness
    """Its items are those of the open stretches."""
    matches: Matches
    """For each of these items, the lines of the draft that its lines are."""
    matched_lines: set[DraftLine] = field(init=False)
    """The lines of the draft that `matches` contains."""
    _lines: list[list[DraftLine]] = field(init=False)
    """The lines of each post before any was added: `matches` contains their numbers."""
    _new_posts: dict[int, list[DraftPost]] = field(factory=dict, init=False)
    """New posts by the index of the post that they follow, or TOP."""
    _claimed_lines: set[DraftLine] = field(factory=set, init=False)
    """Lines that now stand in another post."""

    def __attrs_post_init__(self) -> None:
        self._lines = [post.lines for post in self.posts]
        places = (place for item_matches in self.matches for place in item_matches.values())
        self.matched_lines = {self._lines[post][line] for post, line in places if line != MARKER}

    def posts_at(self, index: int) -> Iterator[DraftPost]:
        """Yield the post at an index, unless all its lines were claimed, and the new ones below it."""
        if index != TOP:
            post = self.posts[index]
            if not self._claimed_lines.isdisjoint(post.lines):
                post.lines = [line for line in post.lines if line not in self._claimed_lines]
            if post.is_post or post.lines:
                yield post
        yield from self._new_posts.get(index, ())

    def text_of(self, line: TextLine) -> str:
        """Return the text of a line of the witness."""
        return line.of(self.witness.text)

    def join_line(self, place: DraftPlace, line: TextLine) -> DraftLine:
        """Add a line of the witness to the line of the draft that it is."""
        post, number = place
        self.posts[post].note_start(self.witness_number, line.start)
        return add_place(self._lines[post][number], self.witness_number, line)

    def claim_line(self, place: DraftPlace | None, line: TextLine) -> DraftLine:
        """
        Return a line of the witness for a new post: the line of the draft that it is, or else a new one.

        The line of the draft leaves its post, which is no post, or ran together with another one.
        """
        if place is None:
            return new_line(self.witness_number, line, self.witness.text)
        draft_line = self._lines[place.post][place.line]
        draft_line.role = Role.TEXT
        self._claimed_lines.add(draft_line)
        return add_place(draft_line, self.witness_number, line)

    def insert_post(self, index: int, post: DraftPost) -> None:
        """Put a new post below the one at an index, and below the new ones there."""
        for line in post.lines:
            for witness_number, start, _ in line.places:
                post.note_start(witness_number, start)
        self._new_posts.setdefault(index, []).append(post)

    def place_loose_line(self, index: int, place: DraftPlace | None, line: TextLine) -> int:
        """Place a line that belongs to no post, and return the index that a further new post follows."""
        if place is None:
            self.insert_post(index, new_loose_line(self.witness_number, self.witness, line))
            return index
        self.join_line(place, line)
        return place.post


def new_loose_line(witness_number: int, witness: Witness, line: TextLine) -> DraftPost:
    """Return the entry of a line that belongs to no post, and that only one witness has so far."""
    post = DraftPost(False, [new_line(witness_number, line, witness.text)])
    post.note_start(witness_number, line.start)
    return post
