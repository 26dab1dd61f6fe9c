# SPDX-License-Identifier: MIT
"""
Place the lines of a dump without markers: they are cut into posts by what other dumps contain.

Strategy, in four steps: (1) a line that is matched with a line of a post belongs to that post; (2) so do the
lines between two lines of one post, and a link alone below a post; (3) the other lines below the first post
or the heading are new posts, each as long as a post can be; (4) lines above the heading or the first post
belong to no post, nor does the heading.

    line of the witness    matched with    (1)      (2)      (3)         (4)
    Posts by Ada Example                                                 loose
    Low tide at nine.                                        new post
    Lanterns shine.        post 0          post 0   post 0
    The wall is wet.                                post 0
    They go out at ten.    post 0          post 0   post 0
    a.example.org/quay                              post 0
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from attrs import define, field

from postdump._align.blocks_and_lines import lines_of
from postdump._align.draft import DraftPost
from postdump._align.extended_draft import ExtendedDraft
from postdump._align.interleave import PostInWitness, interleave_around_cards
from postdump._align.open_stretches import DraftPlace
from postdump._align.similarity import is_lone_link
from postdump._align.witness import Witness
from postdump._parse.text_line import TextLine
from postdump._text.characters import count_graphemes
from postdump.models import Role

Owners = Sequence[int | None]
"""For each line of a witness the index of the post that it belongs to; None for no post of the draft."""


class UnownedRun(NamedTuple):
    """Lines that follow on each other and belong to no post of the draft."""

    lines: range
    """Their indices among the witness's lines."""
    post_above: int | None
    """The index of the post that the line above belongs to; None at the top."""
    post_below: int | None
    """The index of the post that the line below belongs to; None at the end."""


class NewPost(NamedTuple):
    """Lines that are a post of their own."""

    lines: range
    """Their indices among the witness's lines."""
    follows: int
    """The index of the draft's post below which it stands, or TOP."""


@define(eq=False)
class FlatPlacement:
    """The lines of a dump without markers, which are to be placed in a draft."""

    draft: ExtendedDraft
    _lines: list[TextLine] = field(init=False)
    _places: list[DraftPlace | None] = field(init=False)
    """For each line the line of the draft that it is."""
    _heading: int | None = field(init=False)
    """The index of the heading among the lines."""

    def __attrs_post_init__(self) -> None:
        self._lines = [line for item in self.draft.witness.items() for line in lines_of(item)]
        self._places = [matches.get(0) for matches in self.draft.matches]
        headings = (index for index, line in enumerate(self._lines) if line.role is Role.HEADING)
        self._heading = next(headings, None)

    def place(self) -> None:
        """Find a place for every line of the witness."""
        owners = self._find_owners()
        owners = self._inherit_owners(owners)
        owners = self._add_lone_links(owners)
        new_posts = [
            new_post for run in find_unowned_runs(owners) for new_post in self._find_new_posts(run, owners)
        ]
        self._extend_posts(owners)
        for new_post in new_posts:
            self._insert_post(new_post)

    def _find_owners(self) -> Owners:
        """Return for each line the post that it is matched with."""
        return [
            place.post if place is not None and self.draft.posts[place.post].is_post else None
            for place in self._places
        ]

    def _inherit_owners(self, owners: Owners) -> Owners:
        """Give the lines between two lines of one post to that post, but for the heading."""
        inherited = list(owners)
        for run in find_unowned_runs(owners):
            if run.post_above is not None and run.post_above == run.post_below:
                for index in run.lines:
                    if index != self._heading:
                        inherited[index] = run.post_above
        return inherited

    def _add_lone_links(self, owners: Owners) -> Owners:
        """Give a link alone, directly below a post, to that post."""
        with_links = list(owners)
        for run in find_unowned_runs(owners):
            first = run.lines.start
            is_below_post = run.post_above is not None and self._first_post_line(run, owners) == first
            if is_below_post and is_lone_link(self.draft.text_of(self._lines[first])):
                with_links[first] = run.post_above
        return with_links

    def _first_post_line(self, run: UnownedRun, owners: Owners) -> int:
        """
        Return the index in a run from which on lines must be a post's; its end if none must be.

        Lines above the heading belong to no post, those below it do. Without a heading, or if the dump has no
        post of the draft and may be of another page, that is unknown above the first post.
        """
        is_any_owned = run.post_above is not None or run.post_below is not None
        if self._heading is not None and is_any_owned:
            return min(max(run.lines.start, self._heading + 1), run.lines.stop)
        return run.lines.start if run.post_above is not None else run.lines.stop

    def _find_new_posts(self, run: UnownedRun, owners: Owners) -> Iterator[NewPost]:
        """Yield the new posts among unowned lines; the lines above them are placed as belonging to none."""
        first = self._first_post_line(run, owners)
        index = run.post_above
        if index is None:
            index = (len(self.draft.posts) if run.post_below is None else run.post_below) - 1
        for number in range(run.lines.start, first):
            index = self.draft.place_loose_line(index, self._places[number], self._lines[number])
        texts = list(map(self.draft.text_of, self._lines[first : run.lines.stop]))
        for lines in cut_into_posts(self.draft.witness, texts, first):
            yield NewPost(lines, index)

    def _extend_posts(self, owners: Owners) -> None:
        """Add to each post of the draft the lines that belong to it."""
        numbers_of_posts: dict[int, list[int]] = {}
        for number, owner in enumerate(owners):
            if owner is not None:
                numbers_of_posts.setdefault(owner, []).append(number)
        draft = self.draft
        for owner, numbers in numbers_of_posts.items():
            post = draft.posts[owner]
            places = [self._places[number] for number in numbers]
            added = PostInWitness(
                draft.witness_number,
                draft.witness.text,
                [as_text(self._lines[number]) for number in numbers],
                [place.line if place is not None and place.post == owner else None for place in places],
            )
            post.lines = interleave_around_cards(post.lines, added, draft.matched_lines)
            post.note_start(draft.witness_number, added.lines[0].start)

    def _insert_post(self, new_post: NewPost) -> None:
        """Make a post of lines that only this dump has, or others only outside every post."""
        index = new_post.follows
        lines = []
        for number in new_post.lines:
            place = self._places[number]
            if place is not None:
                index = max(index, place.post)
            lines.append(self.draft.claim_line(place, as_text(self._lines[number])))
        self.draft.insert_post(index, DraftPost(True, lines))


def find_unowned_runs(owners: Owners) -> Iterator[UnownedRun]:
    """
    Yield the runs of lines that belong to no post of the draft.

    >>> list(find_unowned_runs([4, 4, None, None, 6]))
    [UnownedRun(lines=range(2, 4), post_above=4, post_below=6)]
    """
    owned = [number for number, owner in enumerate(owners) if owner is not None]
    for above, below in pairwise([-1, *owned, len(owners)]):
        if below - above > 1:
            post_above = owners[above] if above >= 0 else None
            post_below = owners[below] if below < len(owners) else None
            yield UnownedRun(range(above + 1, below), post_above, post_below)


def as_text(line: TextLine) -> TextLine:
    """Return a line of a dump without markers as a line of a post's own text."""
    return TextLine(line.start, line.end, line.blank_before)


def cut_into_posts(witness: Witness, texts: Sequence[str], first: int = 0) -> Iterator[range]:
    """Cut lines, numbered from `first`, before each line with which they would be too long to be one post."""
    most_graphemes = witness.max_graphemes
    start, end = first, first + len(texts)
    if most_graphemes is not None and sum(map(len, texts)) + len(texts) - 1 > most_graphemes:
        # Each character of ASCII begins a grapheme, so there are no fewer graphemes than such characters.
        ascii_texts = "\n".join(texts).encode("ascii", "ignore").split(b"\n")
        fewest = code_points = -1
        for index, ascii_size, size in zip(
            range(first, end), map(len, ascii_texts), map(len, texts), strict=True
        ):
            fewest += ascii_size + 1
            code_points += size + 1
            if code_points <= most_graphemes or index == start:
                continue
            if (
                fewest > most_graphemes
                or count_graphemes("\n".join(texts[start - first : index + 1 - first])) > most_graphemes
            ):
                yield range(start, index)
                start, fewest, code_points = index, ascii_size, size
    if texts:
        yield range(start, end)
