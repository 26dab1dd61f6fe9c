# SPDX-License-Identifier: MIT
"""
Find the posts with a card or a label that both sides show, but in another order.

In: the matched posts (`post_matching`), and the keys of all lines and of the text lines of non-plain posts:
those that have a card, a label or the description of a picture. Out: the non-plain posts that have moved.

Strategy: plain posts are matched by all their lines, wherever they stand. A non-plain post is compared line
by line (`line_matching`), and only in order, so a pinned one that the other dump shows in its place would
become two posts. Hence such posts are sought by their text alone. Posts that can be aligned in order are left
to the line matching, which compares more; the rest have moved.

    draft      boat (pinned, with a card)    tide    ferry
    witness    tide    boat (without a card)    ferry
    matched    tide, at indices (1, 0), and ferry, at (2, 2)
    moved      boat, at (0, 1): it is above tide here, below tide there; its card is left out
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from postdump._align.bulk_keys import LineKeys, split_block_key
from postdump._align.draft import DraftPost
from postdump._align.post_matching import MOST_MISSING, MatchedPost, MatchedPosts, PostKey
from postdump._align.sequence_alignment import Key, Pair, find_increasing, find_unique_pairs
from postdump._align.witness import Witness
from postdump._parse.text_line import TextLine
from postdump._text.characters import visible_ascii
from postdump.models import Role


def find_moved_blocks(
    draft_keys: Sequence[PostKey | None],
    witness_keys: Sequence[PostKey | None],
    non_plain_entries: AbstractSet[int],
    non_plain_blocks: AbstractSet[int],
    matched: MatchedPosts,
    is_strong: Callable[[Key], bool],
) -> list[MatchedPost]:
    """
    Find pairs of a post and a block, at least one of them non-plain, that have the same key and have moved.

    A key consists of the minute, where both sides have dates, and of the text; None matches nothing.
    """
    matched_entries, matched_items = set(matched.draft_index), set(matched.first_item)
    equal = [
        (i, j)
        for i, j in find_unique_pairs([key or 0 for key in draft_keys], [key or 0 for key in witness_keys])
        if (i in non_plain_entries or j in non_plain_blocks)
        and i not in matched_entries
        and j not in matched_items
        and _is_no_chance(draft_keys[i], is_strong)
    ]
    return [MatchedPost(i, j, j + 1) for i, j in find_out_of_order(equal, matched)]


def _is_no_chance(key: PostKey | None, is_strong: Callable[[Key], bool]) -> bool:
    """Return whether two posts with this key are one post: it has a minute, or a strong line."""
    return key is not None and (key[0] is not None or any(map(is_strong, split_block_key(key[1]))))


def find_moved_posts_in_lines(
    non_plain_posts: Mapping[int, tuple[LineKeys, LineKeys]],
    draft_lines: Iterable[str | bytes],
    lines: LineKeys,
    matched: MatchedPosts,
    is_strong: Callable[[Key], bool],
    head: int = 0,
) -> list[MatchedPost]:
    """
    Find the non-plain posts that the lines of a witness without markers contain, and that have moved.

    For the index of each such post, `non_plain_posts` has the keys of all its lines and those of its text.
    `draft_lines` are the keys of all lines of the draft; `head` is how many lines stand above all posts of
    the witness.
    """
    wanted = {key for _, text in non_plain_posts.values() for key in (text[-1], *text[:MOST_MISSING])}
    counts = Counter(key for key in lines if key in wanted)
    line_of_key = {key: n for n, key in enumerate(lines) if counts[key] == 1 and n >= head}
    found: dict[Pair, MatchedPost] = {}
    for index, (whole, text) in non_plain_posts.items():
        last = line_of_key.get(text[-1])
        if last is None:
            continue
        above = bisect(matched.first_item, last)
        top = matched.end_item[above - 1] if above else head
        for keys, missing in ((whole, 0), *_leave_out_card(text, counts)):
            first = last + 1 - len(keys)
            if first >= top and list(lines[first : last + 1]) == list(keys) and any(map(is_strong, keys)):
                found[index, first] = MatchedPost(index, first, last + 1, missing)
                break
    moved = list(find_out_of_order(found, matched))
    if moved:
        counts = Counter(key for key in draft_lines if key in wanted)
    return [found[pair] for pair in moved if counts[non_plain_posts[pair[0]][1][-1]] == 1]


def _leave_out_card(text: LineKeys, counts: Mapping[str | bytes, int]) -> Iterator[tuple[LineKeys, int]]:
    """Yield a post's text, also without first lines that the witness has nowhere; and their number."""
    for missing in range(min(MOST_MISSING + 1, len(text))):
        if not any(counts[key] for key in text[:missing]):
            yield text[missing:], missing


def choose_disjoint(moved: Iterable[MatchedPost]) -> list[MatchedPost]:
    """
    Choose moved posts so that no entry and no item is in two of them; those with the smallest card first.

    The text of a post with a card may equal that of another post below its first line, which is then no card.

    >>> whole, less = MatchedPost(0, 3, 4), MatchedPost(1, 3, 4, lacks_lines=1)
    >>> choose_disjoint([less, whole, MatchedPost(4, 5, 6)]) == [whole, MatchedPost(4, 5, 6)]
    True
    """
    entries: set[int] = set()
    items: set[int] = set()
    chosen = []
    for post in sorted(moved, key=lambda post: post.lacks_lines + post.adds_lines):
        shown = range(post.first_item, post.end_item)
        if post.draft_index not in entries and items.isdisjoint(shown):
            entries.add(post.draft_index)
            items.update(shown)
            chosen.append(post)
    return chosen


def find_out_of_order(pairs: Iterable[Pair], matched: MatchedPosts) -> Iterator[Pair]:
    """
    Yield the pairs of indices that contradict the order of the matched posts, or of most other pairs.

    >>> list(find_out_of_order([(0, 9), (4, 4)], MatchedPosts.of([(1, 1, 2, 0, 0), (3, 3, 4, 0, 0)])))
    [(0, 9)]
    """
    entries, items = matched.draft_index, matched.first_item
    others = []
    for i, j in sorted(pairs):
        below = bisect(entries, i)
        if (below and j < items[below - 1]) or (below < len(items) and j > items[below]):
            yield i, j
        else:
            others.append((i, j))
    in_order = set(find_increasing(others))
    yield from (pair for pair in others if pair not in in_order)


def pair_moved_lines(
    post: DraftPost, witness: Witness, lines: Sequence[TextLine], lacks_lines: int, adds_lines: int
) -> dict[int, int]:
    """
    Return for the number of each line by which a witness shows a moved post that of the draft's line.

    The text lines are equal, but for the first ones that one side lacks; card lines are paired if they are
    equal. In a dump without markers a card looks like text: it shows all lines of the card, or none.
    """
    own = [number for number, line in enumerate(post.lines) if line.role is Role.TEXT]
    shown = [n for n, line in enumerate(lines) if line.role is Role.TEXT or not witness.is_marked]
    if len(own) - lacks_lines + adds_lines != len(shown):
        own = [*range(len(post.lines))]
    paired = dict(zip(shown[adds_lines:], own[lacks_lines:], strict=True))
    cards = {visible_ascii(line.text): n for n, line in enumerate(post.lines) if line.role is Role.CARD}
    for n, shown_line in enumerate(lines):
        if shown_line.role is Role.CARD:
            card_line = cards.pop(visible_ascii(shown_line.of(witness.text)), None)
            if card_line is not None:
                paired[n] = card_line
    return paired
