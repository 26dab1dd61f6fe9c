# SPDX-License-Identifier: MIT
"""
Number equal lines of one showing of a post, so that they find each other in another showing.

The n-th of equal lines in one showing is the n-th in every other. The lines of a draft (`repeats`) and of
finished posts (`dedupe`) are joined by this rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def number_occurrences(keys: Iterable[K]) -> Iterator[tuple[K, int]]:
    """
    Yield each key with the number of its earlier occurrences.

    >>> list(number_occurrences(["Yes.", "Low tide.", "Yes."]))
    [('Yes.', 0), ('Low tide.', 0), ('Yes.', 1)]
    """
    counts: Counter[K] = Counter()
    for key in keys:
        yield key, counts[key]
        counts[key] += 1
