# SPDX-License-Identifier: MIT
"""
Find which line of a draft is which line of a witness, in the stretches that `post_matching` left open.

Strategy: lines are aligned by their keys, which no damage can change: the visible ASCII without `?` and white
space, or, where that is short, what the damage makes of the line. Between two dated dumps the minute is part
of the key, so that two posts of the same words stay two. Lines that only one side dates (the tail of a torn
dump) are then aligned in the gaps, by their words alone. Last, lines that differ a little (a cut link, an
edited word) are paired in the gaps that remain (`near_matching`).

    draft                     witness                   pairs
    (09:00, lowtideatnine)    (09:00, lowtideatnine)    (0, 0)  by key
    (08:30, theferryislate)   (08:30, theferrywaslate)  (1, 1)  by most of the words
    (08:15, lanternsshine)    lanternsshine             (2, 2)  by words: the witness has lost the marker
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from attrs import frozen

from postdump._align.line_keys import is_short_key, is_strong
from postdump._align.near_matching import NearMatching
from postdump._align.open_stretches import (
    DraftPlace,
    KeyedLines,
    OpenStretches,
    key_draft_lines,
    key_witness_lines,
)
from postdump._align.sequence_alignment import (
    Key,
    Pair,
    Window,
    find_enclosed,
    find_gaps,
    find_increasing,
    find_supported,
    find_unique_pairs,
    pair_lines,
    run_backwards,
)
from postdump._align.witness import MarkedWitness, Witness

Matches = Sequence[Mapping[int, DraftPlace]]
"""For each item of a witness, by the number of a line in it: the line of the draft that it is."""


@frozen(eq=False)
class MatchedLines:
    """Which lines of a witness are which lines of a draft, as far as open stretches go."""

    witness: Witness
    """The witness, its items in the order of the draft."""
    matches: Matches
    has_unmatched_short_key: bool
    """Whether a line that has too little visible ASCII to identify it matches none."""


def match_lines(
    stretches: OpenStretches,
    *,
    is_backwards: bool | None = None,
    is_strong: Callable[[Key], bool] = is_strong,
) -> MatchedLines:
    """
    Find for each line of a witness the line of the draft that it is.

    A witness whose posts run in the opposite order is reversed first. `is_backwards` is whether the dates
    of the two do; None if there are too few to decide. `is_strong` is whether a key cannot agree by chance.
    """
    draft_lines = key_draft_lines(stretches)
    witness_lines = key_witness_lines(stretches)
    if not stretches.anchors and is_backwards is not False:
        posts = _pair_posts_of_unique_lines(stretches, draft_lines, witness_lines)
        if is_backwards or run_backwards(posts):
            reversed_witness = reverse_posts(stretches.witness, {item: post for post, item in posts})
            stretches = stretches.with_witness(reversed_witness)
            witness_lines = key_witness_lines(stretches)
    pairs = _align_lines(stretches, draft_lines, witness_lines, is_strong)
    has_unmatched_short_key = _is_any_short(witness_lines.undated_keys, {j for _, j in pairs})
    if stretches.is_dated:
        pairs = _add_undated(pairs, draft_lines, witness_lines)
    near = NearMatching(stretches, draft_lines, witness_lines)
    pairs = [*pairs, *near.find_pairs(pairs)]
    matches = _collect_matches(pairs, stretches.witness, draft_lines, witness_lines)
    return MatchedLines(stretches.witness, matches, has_unmatched_short_key)


def _pair_posts_of_unique_lines(
    stretches: OpenStretches, draft_lines: KeyedLines, witness_lines: KeyedLines
) -> list[Pair]:
    """Return the posts of the draft and the items of the witness that have a line which is nowhere else."""
    return [
        (draft_lines.owners[i], witness_lines.owners[j])
        for i, j in find_unique_pairs(draft_lines.keys, witness_lines.keys)
        if stretches.posts[draft_lines.owners[i]].is_post
    ]


def _collect_matches(
    pairs: Iterable[Pair], witness: Witness, draft_lines: KeyedLines, witness_lines: KeyedLines
) -> Matches:
    """
    Return for each item of the witness the lines of the draft that its lines are.

    A line below the last marker is not of a post that has its marker above.
    """
    last = witness.last_post_index
    pairs = list(pairs)
    ended_posts = {draft_lines.owners[i] for i, j in pairs if witness_lines.owners[j] <= last}
    matches: list[dict[int, DraftPlace]] = [{} for _ in range(witness.item_count)]
    for i, j in pairs:
        item = witness_lines.owners[j]
        post = draft_lines.owners[i]
        if item <= last or post not in ended_posts:
            matches[item][witness_lines.numbers[j]] = DraftPlace(post, draft_lines.numbers[i])
    return matches


def _align_lines(
    stretches: OpenStretches,
    draft_lines: KeyedLines,
    witness_lines: KeyedLines,
    is_strong: Callable[[Key], bool],
) -> list[Pair]:
    """
    Pair lines by their keys, those above and below the posts last: pages repeat the first post up there.

    In a flat dump what stands above the heading is above its posts, and nothing below.
    """
    a_keys, b_keys = draft_lines.keys, witness_lines.keys
    a_posts, b_posts = draft_lines.posts, witness_lines.posts
    of_matched_posts = _pair_matched_posts(stretches, draft_lines, witness_lines)
    pairs = list(of_matched_posts)
    for a_from, a_to, b_from, b_to in list(find_gaps(pairs, len(a_keys), len(b_keys))):
        a_within = range(max(a_from, a_posts.start), min(a_to, a_posts.stop))
        b_within = range(max(b_from, b_posts.start), min(b_to, b_posts.stop))
        if a_within and b_within:
            pairs += pair_lines(
                a_keys, b_keys, (a_within.start, a_within.stop, b_within.start, b_within.stop)
            )
    pairs.sort()
    for window in list(find_gaps(pairs, len(a_keys), len(b_keys))):
        a_from, a_to, b_from, b_to = window
        is_above = a_from < a_posts.start or b_from < b_posts.start
        is_below = a_to > a_posts.stop or b_to > b_posts.stop
        if is_above or is_below:
            pairs += pair_lines(a_keys, b_keys, window)
    pairs = _keep_posts_together(sorted(pairs), draft_lines, witness_lines)
    # A matched post is sure without support, and supports what stands beside it.
    sure = {*of_matched_posts, *find_supported(a_keys, b_keys, pairs, is_strong)}
    unsure = set(pairs) - sure
    edges = _find_edges(stretches, sure, a_posts, b_posts) if unsure else []
    return sorted({*sure, *find_enclosed(a_keys, b_keys, unsure, edges)})


def _pair_matched_posts(
    stretches: OpenStretches, draft_lines: KeyedLines, witness_lines: KeyedLines
) -> list[Pair]:
    """Pair the lines of the matched posts beside the stretches."""
    a_first, b_first = draft_lines.first_indices(), witness_lines.first_indices()
    pairs: list[Pair] = []
    for post, item, lacks_lines, adds_lines in stretches.anchors:
        i = a_first[post] + lacks_lines
        j = b_first[item] + adds_lines
        size = max(len(stretches.posts[post].lines), 1) - lacks_lines
        pairs += zip(range(i, i + size), range(j, j + size), strict=True)
    return pairs


def _find_edges(stretches: OpenStretches, sure: Iterable[Pair], a_posts: range, b_posts: range) -> list[Pair]:
    """
    Return the pairs between which a line's place can support it, and where posts begin and end.

    If no post is paired, all that one side shows may be older than what the other shows.
    """
    edges = [(i, j) for i, j in sorted(sure) if j >= b_posts.start]
    if edges and any(post.is_post for post in stretches.posts):
        if stretches.witness.is_marked or b_posts.start:  # else the posts of a flat dump begin anywhere
            edges.insert(0, (a_posts.start - 1, b_posts.start - 1))
        edges.append((a_posts.stop, b_posts.stop))
    return edges


def _keep_posts_together(
    pairs: Sequence[Pair], draft_lines: KeyedLines, witness_lines: KeyedLines
) -> list[Pair]:
    """
    Move pairs to the post that the line above is paired with, if an equal line follows there.

    The same host may close the cards of two posts, of which a witness shows but the first.
    """
    kept: list[Pair] = []
    all_pairs = set(pairs)
    owners = draft_lines.owners
    for i, j in pairs:
        follower = kept[-1][0] + 1 if kept and kept[-1][1] == j - 1 else i
        is_tied = (i + 1, j + 1) in all_pairs and owners[i + 1] == owners[i]
        can_move = follower < i and not is_tied and owners[follower] == owners[follower - 1]
        is_equal = can_move and draft_lines.keys[follower] == witness_lines.keys[j]
        kept.append((follower, j) if is_equal else (i, j))
    return kept


def _is_any_short(keys: Iterable[str | bytes], matched: Container[int]) -> bool:
    """Return whether a short key is not among those of the matched indices."""
    return any(is_short_key(key) and index not in matched for index, key in enumerate(keys))


def _add_undated(pairs: Sequence[Pair], draft_lines: KeyedLines, witness_lines: KeyedLines) -> list[Pair]:
    """
    Add to pairs those of lines that one side at most dates, and that have the same words.

    Further lines of posts that have a pair are added as well: where a marker is lost, the lines above it
    stand under the date of the next post.
    """
    all_pairs = list(pairs)
    posts = {draft_lines.owners[i] for i, _ in pairs}
    items = {witness_lines.owners[j] for _, j in pairs}
    for a_from, a_to, b_from, b_to in find_gaps(pairs, len(draft_lines), len(witness_lines)):
        of_draft = _pair_by_words(draft_lines, witness_lines, (a_from, a_to, b_from, b_to), posts)
        of_witness = _pair_by_words(witness_lines, draft_lines, (b_from, b_to, a_from, a_to), items)
        all_pairs += find_increasing({*of_draft, *((i, j) for j, i in of_witness)})
    keys: list[Key] = list(draft_lines.undated_keys)
    for i, _ in pairs:
        keys[i] = draft_lines.keys[i], "supported"
    all_pairs.sort()
    return find_supported(keys, witness_lines.undated_keys, all_pairs, is_strong)


def _pair_by_words(
    a_lines: KeyedLines, b_lines: KeyedLines, window: Window, paired_owners: Container[int]
) -> Iterator[Pair]:
    """Pair lines of one side that have no date, or whose owner has a pair, with lines of the other."""
    a_from, a_to, b_from, b_to = window
    indices = [
        i for i in range(a_from, a_to) if a_lines.minutes[i] is None or a_lines.owners[i] in paired_owners
    ]
    words = [a_lines.undated_keys[i] for i in indices]
    for position, j in pair_lines(words, b_lines.undated_keys, (0, len(indices), b_from, b_to)):
        yield indices[position], j


def reverse_posts(witness: Witness, posts: Mapping[int, int]) -> Witness:
    """
    Return a witness with its posts in opposite order; what stands above or below them stays there.

    `posts` is, for items of a dump without markers, the post of the draft that an item is of.
    """
    if isinstance(witness, MarkedWitness):
        return witness.reversed()
    head_count = witness.head_count
    runs = _cut_flat_posts(range(head_count, witness.item_count), posts)
    return witness.with_items([*range(head_count), *chain.from_iterable(reversed(runs))])


def _cut_flat_posts(items: Iterable[int], posts: Mapping[int, int]) -> list[list[int]]:
    """
    Cut the lines of a dump without markers into runs of one post each, and runs that only this dump has.

    >>> _cut_flat_posts(range(6), {0: 7, 2: 7, 4: 8})
    [[], [0, 1, 2], [3], [4], [5]]
    """
    runs: list[list[int]] = []
    unmatched: list[int] = []
    post = None
    for item in items:
        if item not in posts:
            unmatched.append(item)
        elif posts[item] == post:
            runs[-1] += [*unmatched, item]
            unmatched = []
        else:
            runs += [unmatched, [item]]
            unmatched = []
            post = posts[item]
    runs.append(unmatched)
    return runs
