# SPDX-License-Identifier: MIT
"""The sample of a text by which its damage is judged: the most frequent runs outside ASCII at its top."""

from __future__ import annotations

from collections import Counter
from typing import Final

import regex

MOST_EXAMINED: Final = 1 << 15
"""Code points of a text that are examined: one extractor treats all of a page alike."""

MOST_KINDS: Final = 512
"""Different runs that are examined, the most frequent first."""

LONGEST_RUN: Final = 64
"""Code points of a run that are examined."""

LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

_RUN: Final = regex.compile(rf"[A-Za-z]?[^\x00-\x7f]{{1,{LONGEST_RUN}}}")

_STRETCH: Final = regex.compile(rf"[ ?]?(?:[^\x00-\x7f][ ?]{{0,3}}){{1,{LONGEST_RUN}}}")
"""What can be left of characters if spaces or question marks stand for some of their bytes."""


def count_runs(text: str) -> list[tuple[str, int]]:
    """
    Return the most frequent runs outside ASCII, each with the letter before it, and how often each stands.

    >>> count_runs("don’t, “isn’t”")
    [('n’', 2), ('“', 1), ('t”', 1)]
    """
    return Counter(_RUN.findall(text)).most_common(MOST_KINDS)


def count_stretches(text: str) -> list[tuple[str, int]]:
    """
    Return the most frequent runs with the spaces and question marks around and within, and their counts.

    >>> count_stretches("donâ??t, itâ??s – yes")
    [('â??', 2), (' – ', 1)]
    """
    return Counter(_STRETCH.findall(text[:MOST_EXAMINED])).most_common(MOST_KINDS)
