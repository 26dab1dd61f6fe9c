# SPDX-License-Identifier: MIT
"""
Find whole posts of a draft in the lines of a witness without markers.

In: the keys of the lines of each post, and those of the witness's lines. Out: the matched posts, in the order
that both sides share, and the moved ones (see `post_matching`, which does the same for blocks).

Strategy: a post is found by its last line, if that occurs exactly once on each side; above it must stand all
its other lines, or all but a card, which the witness shows nowhere. Then the posts next to those found are
tried, in both directions, even if their lines occur several times.

    posts      0: boat    1: title, thanks    2: wall, noon
    lines      boat  thanks  wall  noon  bye
    found      post 0 at line 0, by "boat", and post 2 at lines 2 to 3, by "noon"
    tried      post 1 at line 1: "thanks" is too short to be found by itself, but stands right below post 0;
               "title" is a card, so the post lacks one line
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, compress, count, repeat
from operator import gt, lt, sub

from postdump._align.bulk_keys import PostLineKeys
from postdump._align.line_keys import STRONG_SIZE
from postdump._align.post_matching import FEWEST, MOST_MISSING, MatchedPost, MatchedPosts
from postdump._align.sequence_alignment import Key, find_increasing, find_repeated, run_backwards


def find_posts_in_lines(
    posts: PostLineKeys,
    other_lines: Iterable[str | bytes],
    lines: Sequence[str | bytes],
    is_strong: Callable[[Key], bool],
    head: int = 0,
) -> tuple[MatchedPosts, list[MatchedPost]]:
    """
    Find the posts of a draft in lines; none if the lines run in the opposite direction.

    `other_lines` are the keys of the draft's lines that stand in none of these posts; `head` is how many
    lines stand above all posts of the witness.

    Returns:
        The matched posts, and those that have moved: both sides show them, but not in one order.
    """
    search = PostSearch(posts, other_lines, lines, head)
    found, moved = _split_by_order(search.find_by_last_line(is_strong))
    if len(found) + len(moved) < FEWEST:
        return MatchedPosts(), []
    # In opposite order at most one post is in order with the others: so most are not, and there is no need
    # to compare all lines where most are.
    if 2 * len(found) <= len(posts) and search.run_in_opposite_directions():
        return MatchedPosts(), []
    search.moved_lines.update(*(range(post.first_item, post.end_item) for post in moved))
    return search.with_neighbours(found, is_strong), moved


def _split_by_order(found: MatchedPosts) -> tuple[MatchedPosts, list[MatchedPost]]:
    """Return the found posts that the lines have in the draft's order, and the others."""
    ends = found.end_item
    if all(map(lt, ends, ends[1:])):  # nearly always
        return found, []
    in_order = set(find_increasing(zip(found.draft_index, ends, strict=True)))
    is_in_order = [pair in in_order for pair in zip(found.draft_index, ends, strict=True)]
    moved = [post for post, is_kept in zip(found, is_in_order, strict=True) if not is_kept]
    return found.only(is_in_order), moved


class PostSearch:
    """The posts of a draft, and the lines in which they are sought."""

    def __init__(
        self,
        posts: PostLineKeys,
        other_lines: Iterable[str | bytes],
        lines: Sequence[str | bytes],
        head: int,
    ) -> None:
        self.posts = posts
        self.lines = lines
        self.moved_lines: set[int] = set()
        """The lines of moved posts: no neighbour is matched with them, even if its lines are equal."""
        self._head = head
        line_of_key = dict(zip(lines[head:], range(head, len(lines)), strict=True))
        self._hits = [*map(line_of_key.get, posts.keys)]
        """For the key of each line of the posts, the last of the lines that has it."""
        self._counts = counts = Counter(self._hits)
        """For each line that is hit: 1 if its key is there exactly once on each side, else more."""
        counts.update(map(line_of_key.get, other_lines))
        counts.update(map(line_of_key.get, find_repeated(lines[head:], line_of_key, head)))

    def find_by_last_line(self, is_strong: Callable[[Key], bool]) -> MatchedPosts:
        """Return the posts that stand in the lines, and whose last line stands exactly once on each side."""
        keys, hits, counts, bounds = self.posts.keys, self._hits, self._counts, self.posts.bounds
        sizes = [*map(len, self.lines)]
        found: list[int] = []  # four numbers for each post: lists of their own take twice as long to fill
        for index, start, end in zip(count(), bounds, bounds[1:], strict=False):
            last = hits[end - 1] if start < end else None
            if last is None or counts[last] > 1:
                continue
            first, missing = last + 1 - (end - start), 0
            # Comparing numbers is cheaper than looking up lines, which stand all over the memory.
            if hits[start] != first or (end - start > 2 and hits[start:end] != [*range(first, last + 1)]):
                lacking = self._count_missing(index, end=last + 1)
                if lacking is None:
                    continue
                missing = lacking
            if sizes[last] >= STRONG_SIZE or any(map(is_strong, keys[start + missing : end])):
                found += (index, first + missing, last + 1, missing)
        return MatchedPosts(found[::4], found[1::4], found[2::4], found[3::4], [0] * (len(found) // 4))

    def _sizes(self, indices: Iterable[int]) -> list[int]:
        bounds = self.posts.bounds
        return [bounds[index + 1] - bounds[index] for index in indices]

    def run_in_opposite_directions(self) -> bool:
        """Return whether the lines have the posts in opposite order, by all lines that stand once."""
        owners = chain.from_iterable(map(repeat, count(), self._sizes(range(len(self.posts)))))
        counts = self._counts
        return run_backwards(
            (owner, hit)
            for owner, hit in zip(owners, self._hits, strict=True)
            if hit is not None and counts[hit] == 1
        )

    def _count_missing(self, index: int, *, start: int | None = None, end: int | None = None) -> int | None:
        """
        Return how many first lines of a post stand nowhere, if all others stand at a place; else None.

        The place begins at the line `start`, or ends before the line `end`.
        """
        own, own_end = self.posts.bounds[index : index + 2]
        top = own
        while top < own_end and top - own < MOST_MISSING and self._hits[top] is None:
            top += 1
        size = own_end - top
        first = start if start is not None else end - size if end is not None else 0
        is_shown = first >= self._head and self.lines[first : first + size] == self.posts.keys[top:own_end]
        return top - own if is_shown and size else None

    def with_neighbours(self, found: MatchedPosts, is_strong: Callable[[Key], bool]) -> MatchedPosts:
        """
        Return the posts found, and those next to them, without a gap, that stand in the lines as well.

        Posts above all those found are included as well, if they begin where the lines begin.
        """
        neighbours = MatchedPosts()  # in columns: kept records make the garbage collector run
        for left, right in self._find_gaps(found):
            below = self._match_below(left, right, is_strong)
            neighbours.add(below)
            if right.draft_index < len(self.posts) and not right.lacks_lines:
                neighbours.add(self._match_above(below[-1] if below else left, right))
        return found.with_others(neighbours) if neighbours else found

    def _find_gaps(self, found: MatchedPosts) -> Iterator[tuple[MatchedPost, MatchedPost]]:
        """Yield the pairs of posts found, or edges of the draft, that have other posts between them."""
        top = MatchedPost(-1, self._head, self._head)
        bottom = MatchedPost(len(self.posts), len(self.lines), len(self.lines))
        above, below = chain([-1], found.draft_index), chain(found.draft_index, [bottom.draft_index])
        for position in compress(count(), map(gt, map(sub, below, above), repeat(1))):
            left = found[position - 1] if position else top
            yield left, found[position] if position < len(found) else bottom

    def _match_below(
        self, left: MatchedPost, right: MatchedPost, is_strong: Callable[[Key], bool]
    ) -> list[MatchedPost]:
        """Return the posts between two matched ones that stand right below the first, without a gap."""
        matched: list[MatchedPost] = []
        start = left.end_item
        for index in range(left.draft_index + 1, right.draft_index):
            if index in self.posts.non_plain:
                break
            keys = self.posts.of(index)
            missing = self._count_missing(index, start=start) if keys else 0
            if missing is None:
                break
            end = start + len(keys) - missing
            if end > right.first_item or not self.moved_lines.isdisjoint(range(start, end)):
                break
            if left.draft_index < 0 and not any(map(is_strong, keys[missing:])):
                break
            if keys:
                matched.append(MatchedPost(index, start, end, missing))
            start = end
        return matched

    def _match_above(self, left: MatchedPost, right: MatchedPost) -> list[MatchedPost]:
        """
        Return the posts between two matched ones that stand right above the second, without a gap.

        None of their lines is the line of a moved post: that would end with a line that the draft has once.
        """
        matched: list[MatchedPost] = []
        end = right.first_item
        for index in range(right.draft_index - 1, left.draft_index, -1):
            keys = self.posts.of(index)
            start = end - len(keys)
            if index in self.posts.non_plain or start < left.end_item or self.lines[start:end] != keys:
                break
            if keys:
                matched.append(MatchedPost(index, start, end))
            end = start
        return matched[::-1]
