# SPDX-License-Identifier: MIT
"""
Place the blocks of a dump with markers: each is a post of the draft, or a new one.

Strategy: each block goes to the post that most of its lines are matched with, and no post is given to two
blocks. A block without such a post is a new post. It is placed below the block above it, and below the posts
of other dumps that stand before it by their dates.

    draft                witness               placed
    post 0: Feb 9        block of Feb 9        post 0: Feb 9
    post 1: Feb 8        block of Feb 7        post 1: Feb 8
    post 2: Feb 6        block of Feb 6        new post: Feb 7
                                               post 2: Feb 6
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import takewhile

from attrs import define, field, frozen

from postdump._align.blocks_and_lines import Block
from postdump._align.chronology import minute_of
from postdump._align.draft import DraftLine, DraftPost
from postdump._align.extended_draft import TOP, ExtendedDraft
from postdump._align.interleave import PostInWitness, interleave_around_cards
from postdump._align.open_stretches import DraftPlace
from postdump._align.repeats import add_repeats
from postdump._align.witness import MarkedWitness
from postdump._parse.text_line import TextLine


@frozen(eq=False)
class DateOrder:
    """How dates decide where a post stands that only one witness has."""

    is_newest_first: bool = True
    """Whether the posts of the draft are newest first."""
    pinned_post: int | None = None
    """The index of a pinned post of the draft, below which others stand whatever their dates."""
    pinned_block: Block | None = None
    """The pinned post of the witness, which stays where it is whatever its date."""


@define(eq=False)
class MarkedPlacement:
    """The blocks of a dump with markers, and its lines in no block, which are to be placed in a draft."""

    draft: ExtendedDraft
    witness: MarkedWitness
    """That of the draft."""
    date_order: DateOrder
    _items: Sequence[Block | TextLine] = field(init=False)
    _next_post: list[int] = field(init=False)
    """For each index in the draft that of the post there or next below; the draft's length for none."""
    _last_minute: int = field(init=False)
    """The index from which on all posts of the draft are of one minute."""
    _is_reversed: bool = field(init=False)
    """Whether the witness's blocks stand in the opposite of their order on the page."""

    def __attrs_post_init__(self) -> None:
        self._items = list(self.witness.items())
        self._next_post = _find_next_posts(self.draft.posts)
        self._last_minute = _find_last_minute(self.draft.posts)
        self._is_reversed = self.witness.is_reversed

    def place(self) -> None:
        """Find a place for every block and loose line of the witness."""
        posts = self._choose_posts()
        lowest_below = _find_lowest_below(posts, len(self.draft.posts))
        dates = _find_dates_below(self._items)
        above = TOP
        for index, item in enumerate(self._items):
            post = posts[index]
            if post is not None:
                above = post
            elif above == TOP and dates[index] is None:
                above = lowest_below[index] - 1
            elif isinstance(item, Block) and item is not self.date_order.pinned_block:
                above = self._skip_earlier_posts(above, lowest_below[index], item.posted_at)
            matches = self.draft.matches[index]
            if isinstance(item, Block):
                self._place_block(item, matches, post, above)
            else:
                self.draft.place_loose_line(above, matches.get(0), item)

    def _choose_posts(self) -> list[int | None]:
        """Choose the post of the draft for each item, and no post for two blocks."""
        posts: list[int | None] = []
        taken: set[int] = set()
        for item, matches in zip(self._items, self.draft.matches, strict=True):
            votes = Counter(place.post for place in matches.values())
            candidates = list(votes)
            if isinstance(item, Block):
                candidates = [post for post in votes if post not in taken and self._can_be(post, item)]
            best = max(candidates, key=lambda post: (votes[post], -post), default=None)
            if isinstance(item, Block) and best is not None:
                taken.add(best)
            posts.append(best)
        return posts

    def _can_be(self, index: int, block: Block) -> bool:
        """
        Return whether a block with lines of a post can be that post.

        If their dates differ they are two, one of which has lost its marker.
        """
        post = self.draft.posts[index]
        minutes = {minute_of(post.posted_at), minute_of(block.posted_at)}
        return post.is_post and len(minutes - {None}) <= 1

    def _skip_earlier_posts(self, above: int, end: int, date: datetime | None) -> int:
        """
        Return the index of the last post above `end` that by its date stands before a new one.

        `above` is the post that the new one follows in the witness. Only posts of other dumps are skipped.
        """
        pinned_post = self.date_order.pinned_post
        if pinned_post is not None and above < pinned_post < end:
            above = pinned_post
        while date is not None and (following := self._next_post[above + 1]) < end:
            other_date = self.draft.posts[following].posted_at
            # If the draft ends with posts of that minute, it may also end within that minute.
            is_end = end == len(self.draft.posts) and following >= self._last_minute and other_date == date
            if not (is_end or self._is_before(other_date, date)):
                break
            above = following
        return above

    def _is_before(self, other_date: datetime | None, date: datetime) -> bool:
        """Return whether a post of one date stands above a post of another on the page."""
        if other_date is None:
            return False
        return other_date > date if self.date_order.is_newest_first else other_date < date

    def _place_block(
        self, block: Block, matches: Mapping[int, DraftPlace], index: int | None, above: int
    ) -> None:
        """Add a block to the post at an index, or, if there is none, make it a new post."""
        draft = self.draft
        torn_lines: list[DraftLine] = []
        if index is None:
            lines = [draft.claim_line(matches.get(n), line) for n, line in enumerate(block.lines)]
            post = DraftPost(True, lines)
            draft.insert_post(above, post)
        else:
            post = draft.posts[index]
            torn_lines, added = self._split_torn(block, matches, index)
            lines = interleave_around_cards(post.lines, added, draft.matched_lines)
        post.add_block(draft.witness_number, block, lines)
        repeats = self.witness.blocks.repeats(block.number)
        if repeats:
            add_repeats(draft, post, block, repeats, torn_lines)

    def _split_torn(
        self, block: Block, matches: Mapping[int, DraftPlace], index: int
    ) -> tuple[list[DraftLine], PostInWitness]:
        """
        Give the lines of a block that are another post's to that post, and return them and the others.

        Such a block ran together with the one above, whose marker is lost.
        """
        torn_lines: list[DraftLine] = []
        own_lines: list[TextLine] = []
        own_matches: list[int | None] = []
        for number, line in enumerate(block.lines):
            place = matches.get(number)
            if place is not None and place.post != index and self._is_torn(place):
                torn_lines.append(self.draft.join_line(place, line))
            else:
                own_lines.append(line)
                own_matches.append(place.line if place is not None and place.post == index else None)
        added = PostInWitness(self.draft.witness_number, self.witness.text, own_lines, own_matches)
        return torn_lines, added

    def _is_torn(self, place: DraftPlace) -> bool:
        """Return whether the line of another post is of the post above, not of one that follows."""
        return self.draft.posts[place.post].is_post and not self._is_reversed


def _find_next_posts(posts: Sequence[DraftPost]) -> list[int]:
    """Return for each index, and the end, the index of the post there or next below; the length for none."""
    next_posts = [len(posts)]
    for index in range(len(posts) - 1, -1, -1):
        next_posts.append(index if posts[index].is_post else next_posts[-1])
    return next_posts[::-1]


def _find_last_minute(posts: Sequence[DraftPost]) -> int:
    """Return the index from which on all posts have the date of the last one."""
    dates = [(index, post.posted_at) for index, post in enumerate(posts) if post.is_post]
    last_dates = takewhile(lambda dated: dated[1] == dates[-1][1], reversed(dates))
    return min((index for index, _ in last_dates), default=len(posts))


def _find_lowest_below(posts: Sequence[int | None], end: int) -> list[int]:
    """
    Return for each item the lowest index of a post that it or a later item goes to; `end` for none.

    >>> _find_lowest_below([None, 4, None, 2, None], 9)
    [2, 2, 2, 2, 9]
    """
    lowest = end
    lowest_below = []
    for post in reversed(posts):
        lowest = lowest if post is None else min(lowest, post)
        lowest_below.append(lowest)
    return lowest_below[::-1]


def _find_dates_below(items: Sequence[Block | TextLine]) -> list[datetime | None]:
    """Return for each item the date of its block, or of the next block below it; None if there is none."""
    date = None
    dates = []
    for item in reversed(items):
        date = item.posted_at if isinstance(item, Block) else date
        dates.append(date)
    return dates[::-1]
