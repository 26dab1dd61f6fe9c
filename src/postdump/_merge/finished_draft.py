# SPDX-License-Identifier: MIT
"""A draft to which no further dump will be added: its posts by number, and the lines outside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from postdump._align.draft import (
    AgreedPost,
    DraftEntry,
    DraftLine,
    DraftPost,
    build_post,
    missing_lines,
    split_posts_and_lines,
)
from postdump._align.witness import Witness
from postdump._merge.agreed_posts import read_texts


class FinishedDraft:
    """The posts of a draft in page order, the lines that belong to none, and the witnesses of both."""

    def __init__(self, witnesses: Sequence[Witness], entries: Iterable[DraftEntry]) -> None:
        self.witnesses = witnesses
        self.entries: list[AgreedPost | DraftPost]
        self.loose: list[DraftPost]
        self.entries, self.loose = split_posts_and_lines(entries)
        self._last = (-1, DraftPost(True))

    def post(self, number: int) -> DraftPost:
        """
        Return a post by its number.

        An agreed post is built anew, unless it was built last: callers that read one field of a post mostly
        read others, and all of them together take ten times the memory of their numbers.
        """
        last_number, post = self._last  # read once: another thread may set it at any time
        if last_number != number:
            post = build_post(self.entries[number], self.witnesses)
            self._last = number, post
        return post

    def posts(self) -> Iterator[DraftPost]:
        """Yield every post, top first."""
        return map(self.post, range(len(self.entries)))

    def lines(self) -> Iterator[DraftLine]:
        """Yield every line: those of posts, in their order, then those that belong to none."""
        return (line for posts in (self.posts(), self.loose) for post in posts for line in post.lines)

    def disputed_lines(self) -> Iterator[DraftLine]:
        """Yield, in the same order, the lines that some dumps may show in different ways."""
        for number, entry in enumerate(self.entries):
            if (
                not isinstance(entry, tuple)
                or any(missing_lines(entry))
                or len(set(read_texts(entry, self.witnesses))) > 1
            ):
                yield from self.post(number).lines
        for group in self.loose:
            yield from group.lines
