# SPDX-License-Identifier: MIT
"""
Match whole posts before single lines: find the posts that a marked witness shows as the draft has them.

In: the key of each post of the draft, and of each item of the witness. Out: the matched posts, in the order
that both sides share, and the moved ones, which both sides show in another order. Only what stands between
two matched posts is compared line by line (`line_matching`). For a witness without markers see `post_search`.

Strategy, in four steps. (1) Number the keys: equal posts get equal numbers, which compare at once. (2) Match
the posts of which one side lacks a card: the post with the card gets the number of the post without it.
(3) Align the two columns of numbers; posts that occur exactly once on each side are the anchors. (4) Split
what is found into matched and moved.

    draft      tide    boat    (title, wall)    lamps
    witness    boat    tide    wall             lamps
    (1)        1 2 3 5    2 1 4 5         1 tide, 2 boat, 3 (title, wall), 4 wall, 5 lamps
    (2)        1 2 4 5    2 1 4 5         the title is a card: it stands nowhere in the witness
    (3)        pairs of indices (1, 0), (2, 2), (3, 3)
    (4)        these are matched, (2, 2) with `lacks_lines` 1; tide, at (0, 1), has moved

What matches is a post's text, and its minute where both sides have dates. A post without a minute is matched
only if one of its lines is strong (see `is_strong` in `line_keys`); others may agree by chance.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain, compress
from typing import Final, NamedTuple

from attrs import define, field

from postdump._align.bulk_keys import BlockKey, block_key, split_block_key
from postdump._align.sequence_alignment import (
    Key,
    Pair,
    find_increasing,
    find_unique_pairs,
    pair_lines,
    run_backwards,
)

MOST_MISSING: Final = 2
"""Lines of a card, which stands above the text, that a dump can lack: title and description."""

FEWEST: Final = 2
"""Equal posts that show in which direction a page runs; with fewer, no post is matched before its lines."""

PostKey = tuple[datetime | None, BlockKey]
"""The minute of a post, where both sides have dates, and the keys of its lines."""


class MatchedPost(NamedTuple):
    """A post of the draft that a witness shows unchanged, except for a card."""

    draft_index: int
    """The index of the draft's entry."""
    first_item: int
    """The index of the first item of the witness that shows the post."""
    end_item: int
    """The index after the last such item."""
    lacks_lines: int = 0
    """How many first lines of the draft's post the witness lacks (a card)."""
    adds_lines: int = 0
    """How many lines the witness has above those of the draft's post (a card)."""


@define(eq=False)
class MatchedPosts:
    """
    Matched posts in page order, in columns: see `MatchedPost`.

    A NamedTuple for each post would take two thirds of the time that all of `match_blocks` takes.
    """

    draft_index: list[int] = field(factory=list)
    first_item: list[int] = field(factory=list)
    end_item: list[int] = field(factory=list)
    lacks_lines: list[int] = field(factory=list)
    adds_lines: list[int] = field(factory=list)

    @classmethod
    def of(cls, posts: Iterable[Iterable[int]]) -> MatchedPosts:
        """
        Return matched posts in columns.

        >>> MatchedPosts.of([MatchedPost(4, 7, 8), MatchedPost(5, 8, 9, lacks_lines=1)]).lacks_lines
        [0, 1]
        """
        matched = cls()
        matched.add(MatchedPost(*post) for post in posts)
        return matched

    def _columns(self) -> tuple[list[int], ...]:
        return self.draft_index, self.first_item, self.end_item, self.lacks_lines, self.adds_lines

    def __len__(self) -> int:
        return len(self.draft_index)

    def __iter__(self) -> Iterator[MatchedPost]:
        return map(MatchedPost, *self._columns())

    def __getitem__(self, position: int) -> MatchedPost:
        return MatchedPost(
            self.draft_index[position],
            self.first_item[position],
            self.end_item[position],
            self.lacks_lines[position],
            self.adds_lines[position],
        )

    def add(self, posts: Iterable[MatchedPost]) -> None:
        """Add posts at the end."""
        for post in posts:
            for column, number in zip(self._columns(), post, strict=True):
                column.append(number)

    def with_others(self, others: MatchedPosts) -> MatchedPosts:
        """
        Return these posts and others; both are in page order, and so is the result.

        >>> posts = MatchedPosts.of([MatchedPost(4, 7, 8), MatchedPost(6, 9, 10)])
        >>> posts.with_others(MatchedPosts.of([MatchedPost(5, 8, 9)])).draft_index
        [4, 5, 6]
        """
        positions = [bisect_left(self.draft_index, index) for index in others.draft_index]
        columns = zip(self._columns(), others._columns(), strict=True)
        return MatchedPosts(*(_insert(own, positions, added) for own, added in columns))

    def only(self, is_kept: Sequence[bool]) -> MatchedPosts:
        """Return the matched posts for which `is_kept` is true."""
        if all(is_kept):
            return self
        return MatchedPosts(*(list(compress(column, is_kept)) for column in self._columns()))


def _insert(column: list[int], positions: Iterable[int], values: Iterable[int]) -> list[int]:
    """Return a column with further values, each before the number at its position in the column."""
    result: list[int] = []
    done = 0
    for position, value in zip(positions, values, strict=True):
        result += column[done:position]
        result.append(value)
        done = position
    return result + column[done:]


@define(eq=False)
class ComparedPosts:
    """The posts of a draft and the items of a witness, with one number for each key."""

    keys: Sequence[PostKey]
    """The key of each number; that of 0, which stands for no key, is empty."""
    draft_numbers: list[int]
    witness_numbers: list[int]
    draft_cards: Mapping[int, int]
    """For each index of a post that only the draft shows with a card, how many lines that has."""
    witness_cards: Mapping[int, int]
    """The same for the items of the witness."""
    unique_pairs: Sequence[Pair]
    """The indices of posts that stand exactly once on each side, with an equal number."""

    def matched_post(self, draft_index: int, item: int) -> MatchedPost:
        """Return a post of the draft as matched with an item of the witness."""
        lacks, adds = self.draft_cards.get(draft_index, 0), self.witness_cards.get(item, 0)
        return MatchedPost(draft_index, item, item + 1, lacks, adds)

    def weigh(self, number: Key) -> int:
        """Return how much is matched by a number: the size of the keys of all lines."""
        assert isinstance(number, int)
        return (number > 0) + sum(map(len, split_block_key(self.keys[number][1])))


def compare_posts(
    draft_keys: Sequence[PostKey | None],
    witness_keys: Sequence[PostKey | None],
    other_draft_lines: Iterable[str | bytes] = (),
    other_witness_lines: Iterable[str | bytes] = (),
) -> ComparedPosts:
    """
    Number the keys of posts, and match those of which one side lacks a card.

    The other lines are the keys of the lines that stand in no post with a key. They are consumed only if
    there may be cards.
    """
    numbering = {key: n for n, key in enumerate(dict.fromkeys(chain([None], draft_keys, witness_keys)))}
    keys = [key or (None, ()) for key in numbering]
    draft_numbers = list(map(numbering.__getitem__, draft_keys))
    witness_numbers = list(map(numbering.__getitem__, witness_keys))
    only_draft = {*draft_numbers}.difference(witness_numbers)
    only_witness = {*witness_numbers}.difference(draft_numbers)
    draft_found = _find_cards(only_draft, only_witness, keys, numbering)
    cardless = {number for _, number in draft_found.values()}
    witness_found = _find_cards(only_witness - cardless, only_draft, keys, numbering)
    elsewhere_in_witness = _find_lines_elsewhere(draft_found, witness_numbers, keys, other_witness_lines)
    elsewhere_in_draft = _find_lines_elsewhere(witness_found, draft_numbers, keys, other_draft_lines)
    draft_numbers, draft_cards = _take_cards_off(draft_numbers, draft_found, keys, elsewhere_in_witness)
    witness_numbers, witness_cards = _take_cards_off(witness_numbers, witness_found, keys, elsewhere_in_draft)
    unique_pairs = find_unique_pairs(draft_numbers, witness_numbers)
    return ComparedPosts(keys, draft_numbers, witness_numbers, draft_cards, witness_cards, unique_pairs)


CardsFound = Mapping[int, tuple[int, int]]
"""For the number of a post that may have a card: how many lines that has, and the number of the rest."""


def _find_cards(
    own: Iterable[int], others: set[int], keys: Sequence[PostKey], numbering: Mapping[PostKey | None, int]
) -> CardsFound:
    """
    Find the posts of one side that are, without their first line or two, posts of the other side alone.

    Both must have a minute: a card that only one of two dated dumps shows stands above the text.
    """
    minutes = {keys[number][0] for number in others} - {None}
    found: dict[int, tuple[int, int]] = {}
    for number in own:
        minute, lines = keys[number]
        for size, rest in _drop_first_lines(lines) if minute in minutes else ():
            without_card = numbering.get((minute, rest))
            if without_card is not None and without_card in others:
                found[number] = size, without_card
                break
    return found


def _drop_first_lines(lines: BlockKey) -> Iterator[tuple[int, BlockKey]]:
    """Yield how many first lines are dropped, one and then two, and the key of the rest, if there is any."""
    for size in range(1, MOST_MISSING + 1):
        lines = lines.partition(b"\n")[2] if isinstance(lines, bytes) else block_key(lines[1:])
        if not lines:
            break
        yield size, lines


def _find_lines_elsewhere(
    found: CardsFound, others: Iterable[int], keys: Sequence[PostKey], other_lines: Iterable[str | bytes]
) -> set[str | bytes]:
    """Return the lines of cards that stand anywhere on the other side, and so are no cards."""
    cards = {line for number, (size, _) in found.items() for line in _first_lines(keys[number], size)}
    if not cards:
        return cards
    blocks = [keys[number][1] for number in set(others)]
    together = b"\n".join([block for block in blocks if isinstance(block, bytes)]).split(b"\n")
    apart = chain.from_iterable(block for block in blocks if not isinstance(block, bytes))
    return cards.intersection(chain(other_lines, together, apart))


def _first_lines(key: PostKey, size: int) -> Sequence[str | bytes]:
    return split_block_key(key[1])[:size]


def _take_cards_off(
    numbers: list[int], found: CardsFound, keys: Sequence[PostKey], elsewhere: set[str | bytes]
) -> tuple[list[int], dict[int, int]]:
    """Return the numbers of posts without their cards, and how many lines were taken off, by index."""
    if not found:
        return numbers, {}
    numbers = list(numbers)
    sizes: dict[int, int] = {}
    for index, number in enumerate(numbers):
        size, without_card = found.get(number, (0, 0))
        if size and elsewhere.isdisjoint(_first_lines(keys[number], size)):
            numbers[index], sizes[index] = without_card, size
    return numbers, sizes


def run_in_opposite_directions(posts: ComparedPosts, are_dates_opposite: bool | None) -> bool:
    """
    Return whether a witness has the draft's posts in opposite order.

    `are_dates_opposite` is whether the dates run in opposite directions; None if they do not tell.
    """
    if len(posts.unique_pairs) < FEWEST:
        return False
    return run_backwards(posts.unique_pairs) if are_dates_opposite is None else are_dates_opposite


def match_blocks(
    posts: ComparedPosts, is_strong: Callable[[Key], bool]
) -> tuple[MatchedPosts, list[MatchedPost]]:
    """
    Match the posts of a draft with the blocks of a witness that runs in the same direction.

    Returns:
        The matched posts, and those that have moved: both sides show them, but not in one order.
    """
    if len(posts.unique_pairs) < FEWEST:
        return MatchedPosts(), []
    draft, witness = posts.draft_numbers, posts.witness_numbers
    window = 0, len(draft), 0, len(witness)
    pairs = pair_lines(draft, witness, window, posts.weigh, find_increasing(posts.unique_pairs))
    by_chance = {
        number
        for number, (minute, lines) in enumerate(posts.keys)
        if minute is None and not any(map(is_strong, split_block_key(lines)))
    }
    matched = _in_columns(posts, [pair for pair in pairs if draft[pair[0]] not in by_chance])
    if len(matched) >= len(posts.unique_pairs):
        return matched, []
    paired_entries, paired_items = {i for i, _ in pairs}, {j for _, j in pairs}
    moved = [
        posts.matched_post(i, j)
        for i, j in posts.unique_pairs
        if i not in paired_entries and j not in paired_items
        if draft[i] not in by_chance and posts.keys[draft[i]][1]
    ]
    return matched, moved


def _in_columns(posts: ComparedPosts, pairs: Sequence[Pair]) -> MatchedPosts:
    """Return pairs of indices of the draft's posts and of the witness's items as matched posts."""
    draft_index = [i for i, _ in pairs]
    first_item = [j for _, j in pairs]
    end_item = [j + 1 for _, j in pairs]
    lacks_lines = [posts.draft_cards.get(i, 0) for i in draft_index]
    adds_lines = [posts.witness_cards.get(j, 0) for j in first_item]
    return MatchedPosts(draft_index, first_item, end_item, lacks_lines, adds_lines)
