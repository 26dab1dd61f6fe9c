# SPDX-License-Identifier: MIT
"""Alignment: cases that lead a careless one astray, and small ones against brute force."""

from itertools import combinations, pairwise
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from postdump._align import sequence_alignment
from postdump._align.line_keys import is_strong
from postdump._align.sequence_alignment import (
    EXACT_CELLS,
    FAR,
    NEAR,
    _close_up,
    find_enclosed,
    find_gaps,
    find_increasing,
    find_supported,
    find_unique_pairs,
    pair_lines,
)

STRONG = [f"a line of several words, number {n}" for n in range(100)]

keys = st.lists(st.sampled_from(["", "a", "b", "c", "d"]), max_size=40)


def align(a, b, *, is_strong=lambda key: True):
    """Pair whole sequences, and keep the supported pairs: what a merge does of each gap."""
    return find_supported(a, b, pair_lines(a, b, (0, len(a), 0, len(b))), is_strong)


def is_increasing(pairs):
    return all(i < k and j < m for (i, j), (k, m) in pairwise(pairs))


def longest_common(a, b):
    """The length of a longest common subsequence of true keys, by the textbook."""
    best = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, one in enumerate(a, 1):
        for j, other in enumerate(b, 1):
            best[i][j] = max(best[i - 1][j], best[i][j - 1], best[i - 1][j - 1] + bool(one and one == other))
    return best[-1][-1]


# Shapes.


@pytest.mark.parametrize("size", [1, 5, 200])
def test_equal_sequences(size):
    assert align(STRONG[:size], STRONG[:size]) == [(n, n) for n in range(len(STRONG[:size]))]


@pytest.mark.parametrize(("a", "b"), [([], []), (STRONG, []), ([], STRONG), (STRONG[:50], STRONG[50:])])
def test_nothing_in_common(a, b):
    assert align(a, b) == []


@pytest.mark.parametrize("size", [3, 400])
def test_all_lines_equal(size):
    pairs = align(["a"] * size, ["a"] * (size - 1))
    assert len(pairs) == size - 1
    assert is_increasing(pairs)


@pytest.mark.parametrize("size", [30, 600])
def test_periodic(size):
    pairs = align(["a", "b", "c"] * size, [*["b", "c", "a"] * size, "b"])
    assert is_increasing(pairs)
    assert len(pairs) >= size * 2


@pytest.mark.parametrize("size", [5, 100])
def test_reversed(size):
    """Lines in opposite order have one in common, in order; turning round is for who knows posts."""
    assert len(align(STRONG[:size], STRONG[:size][::-1])) == 1


def test_moved_line():
    a = STRONG[:60]
    assert align(a, [*a[1:], a[0]]) == [(n + 1, n) for n in range(59)]


def test_insertions_on_both_sides():
    a = [key for n in range(40) for key in (STRONG[n], f"only a shows this, {n}")]
    b = [key for n in range(40) for key in (f"only b shows this, {n}", STRONG[n])]
    assert align(a, b) == [(2 * n, 2 * n + 1) for n in range(40)]


def test_repeats_between_anchors():
    a = [key for n in range(40) for key in (STRONG[n], "again", "again")]
    b = [key for n in range(40) for key in (STRONG[n], "again")]
    pairs = align(a, b)
    assert len(pairs) == len(b)
    assert is_increasing(pairs)


def test_an_empty_key_is_never_paired():
    assert align(["", "a", ""], ["", "a", ""]) == [(1, 1)]
    assert align([""] * 100, ["", "a"] * 50) == []


def test_keys_unique_in_no_window_go_by_occurrence():
    a = ["a", "b"] * 40
    b = ["b", "a", "c"] * 40
    pairs = align(a, b)
    assert is_increasing(pairs)
    assert len(pairs) >= 40


def test_depth_is_capped():
    """Each round splits a window at its one unique key; what is left after the last goes by occurrence."""

    def nested(depth, filler):
        return (
            filler if depth < 0 else [*nested(depth - 1, filler), f"key {depth}", *nested(depth - 1, filler)]
        )

    a, b = nested(4, ["p", "q"] * 20), nested(4, ["q", "p"] * 20)
    wrapped = sequence_alignment._find_ordered_unique
    with (
        patch.object(sequence_alignment, "MOST_ROUNDS", 2),
        patch.object(sequence_alignment, "_find_ordered_unique", wraps=wrapped) as rounds,
    ):
        capped = align(a, b)
    assert rounds.call_count == 3  # the whole, and its halves
    whole = align(a, b)
    assert is_increasing(capped)
    assert is_increasing(whole)
    anchors = [n for n, key in enumerate(a) if key.startswith("key")]
    assert {(n, n) for n in anchors} <= set(whole)
    assert sum((n, n) in capped for n in anchors) >= 3


# Support.


def test_a_lone_short_line_may_agree_by_chance():
    a = [*STRONG[:3], b"Thankyou!"]
    b = [b"Thankyou!", *STRONG[3:6]]
    assert align(a, b, is_strong=is_strong) == []
    assert align(a, b) == [(3, 0)]


def test_a_lone_long_line_does_not():
    assert align([*STRONG[:3], "xx"], ["yy", STRONG[1]], is_strong=is_strong) == [(1, 1)]


@pytest.mark.parametrize(("between", "found"), [(NEAR - 1, 2), (NEAR, 1)])
def test_a_short_line_is_supported_by_one_nearby(between, found):
    a = ["Yes.", *STRONG[:between], "a long line with several words"]
    b = ["Yes.", *STRONG[10 : 10 + between], "a long line with several words"]
    assert len(align(a, b, is_strong=is_strong)) == found
    assert len(align(a, ["Yes.", b[-1]], is_strong=is_strong)) == found


@pytest.mark.parametrize(("far", "found"), [(0, 2), (NEAR, 1)])
def test_support_must_be_near_on_both_sides(far, found):
    a = [*STRONG[:5], "Yes.", *STRONG[5 : 5 + far], "a long line with several words"]
    b = [*STRONG[20:27], "Yes.", "a long line with several words"]
    assert len(align(a, b, is_strong=is_strong)) == found
    assert len(align(b, a, is_strong=is_strong)) == found


def test_short_lines_support_one_another():
    assert align(["x", "Yes.", "No."], ["Yes.", "No.", "y"], is_strong=is_strong) == [(1, 0), (2, 1)]


def test_whole_equality_needs_no_support():
    assert align(["Yes."], ["Yes."], is_strong=is_strong) == [(0, 0)]
    assert align(["Yes."], ["Yes.", STRONG[0]], is_strong=is_strong) == []


def between(lines):
    """Put lines between two that both sides show."""
    return [STRONG[0], *lines, STRONG[1]]


def enclosed_between(a, b):
    """Return which lines of two stretches their place supports, seen from either side."""
    edges = [(0, 0), (len(a) + 1, len(b) + 1)]
    pairs = pair_lines(between(a), between(b), (0, len(a) + 2, 0, len(b) + 2))
    unsure = set(pairs) - set(edges)
    found = list(find_enclosed(between(a), between(b), unsure, edges))
    turned = [(j, i) for i, j in unsure], [(j, i) for i, j in edges]
    assert [(j, i) for i, j in find_enclosed(between(b), between(a), *turned)] == found
    return [between(a)[i] for i, _ in found]


FURTHER = STRONG[10:]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ([*FURTHER[:5], "Yes.", *FURTHER[5:10]], ["Yes."]),
        ([*FURTHER[:5], "Yes."], ["Yes."]),
        (["Yes.", *FURTHER[:5]], ["Yes."]),
        ([*FURTHER[:5], "Yes.", *FURTHER[5:10], "No."], ["Yes.", "No."]),
        ([*FURTHER[:5], "Yes.", *FURTHER[5:10], "Yes."], ["Yes.", "Yes."]),
        ([*FURTHER[: FAR - 1], "Yes."], ["Yes."]),
    ],
)
def test_a_short_line_is_supported_by_its_place(a, b):
    """One side shows nothing there but what the other shows as well."""
    assert enclosed_between(a, b) == b


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ([*FURTHER[:5], "Yes.", *FURTHER[5:10]], ["Yes.", STRONG[2]]),  # each has something of its own
        ([*FURTHER[:5], "Yes.", *FURTHER[5:10]], ["", "Yes."]),  # of which nothing may be left
        ([*FURTHER[:5], "Yes.", *FURTHER[5:10], "Yes."], ["Yes."]),  # people keep saying so
        ([*FURTHER[:5], "Yes.", *FURTHER[5:10], "No."], ["No.", "Yes."]),
        ([*FURTHER[:FAR], "Yes."], ["Yes."]),  # among so many, somebody says so
        (FURTHER[:5], []),
    ],
)
def test_a_short_line_is_not_supported_by_its_place(a, b):
    assert enclosed_between(a, b) == []


# Parts.


def test_gaps():
    assert list(find_gaps([], 2, 3)) == [(0, 2, 0, 3)]
    assert list(find_gaps([(0, 0), (1, 2), (3, 5)], 5, 6)) == [(2, 3, 3, 5)]
    assert list(find_gaps([], 0, 3)) == []


def test_paired_within_a_window():
    assert pair_lines(["a", "b", "c"], ["b", "x", "a"], (1, 3, 0, 2)) == [(1, 0)]


def test_unique_pairs():
    a, b = ["", "a", "b", "b", "c", "e"], ["c", "b", "a", "d", "d", "", "e", "e"]
    assert find_unique_pairs(a, b) == [(1, 2), (4, 0)]


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=7, unique=True))
def test_increasing_is_longest(pairs):
    found = find_increasing(pairs)
    assert is_increasing(found)
    assert set(found) <= set(pairs)
    longest = max(n for n in range(8) for some in combinations(sorted(pairs), n) if is_increasing(some))
    assert len(found) == longest


@given(keys, keys)
def test_small_windows_are_solved_exactly(a, b):
    a, b = a[:32], b[: EXACT_CELLS // 32]
    pairs = align(a, b)
    assert is_increasing(pairs)
    assert all(a[i] == b[j] != "" for i, j in pairs)
    assert len(pairs) == longest_common(a, b)


@given(keys, keys, st.sampled_from([0, 4, EXACT_CELLS]), st.sampled_from([0, 1, 8]), st.booleans())
def test_pairs_increase_and_agree(a, b, exact, depth, strong):
    with patch.multiple(sequence_alignment, EXACT_CELLS=exact, MOST_ROUNDS=depth):
        pairs = align(a, b, is_strong=lambda key: strong)
    assert is_increasing(pairs)
    assert all(a[i] == b[j] != "" for i, j in pairs)
    if a == b and "" not in a:
        assert len(pairs) == len(a)


def test_a_pair_tied_to_the_next_stays():
    """Of equal lines the one above would do as well, but it would part the two below."""
    a, b = ["x", "low", "u", "low", "tide"], ["x", "low", "tide"]
    assert closed_up(a, b, [(0, 0), (3, 1), (4, 2)]) == [(0, 0), (3, 1), (4, 2)]
    assert closed_up(a[:4], b[:2], [(0, 0), (3, 1)]) == [(0, 0), (1, 1)]
    assert closed_up(b, a, [(0, 0), (1, 3)]) == [(0, 0), (1, 1)]


def closed_up(a, b, pairs):
    """Move every pair that can be, whatever found it."""
    moved = list(pairs)
    _close_up(a, b, moved, pairs)
    return moved


repeats = st.lists(st.sampled_from("abc"), max_size=12)


@example(list("aba"), list("baa"), 0, 0)
@example(list("bcba"), list("cbb"), 0, 0)
@given(repeats, repeats, st.integers(0, 9), st.integers(0, 1))
def test_what_is_found_to_be_movable_is_all_that_is(a, b, exact, depth):
    with patch.multiple(sequence_alignment, EXACT_CELLS=exact, MOST_ROUNDS=depth):
        pairs = pair_lines(a, b, (0, len(a), 0, len(b)))
    assert closed_up(a, b, pairs) == pairs


def test_anchors_that_are_known():
    """They are those that would be found; what both sides begin or end with is not taken twice."""
    a = [f"line {n}" for n in range(100)]
    b = [*a[:20], "new", *(line for line in a[20:80] if not line.endswith("5")), "other", *a[80:]]
    window = (0, len(a), 0, len(b))
    found = pair_lines(a, b, window)
    assert pair_lines(a, b, window, known_anchors=find_increasing(find_unique_pairs(a, b))) == found
    assert len(found) == len({*found}) == 94
