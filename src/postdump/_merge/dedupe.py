# SPDX-License-Identifier: MIT
"""Posts shown more than once, united."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

from postdump._align.occurrences import number_occurrences
from postdump.models import Line, Post, Role, Stats


def dedupe(posts: Iterable[Post]) -> tuple[Post, ...]:
    r"""
    Unite posts that are equal in text and stats: these are one post, which the page shows more than once.

    Args:
        posts: Posts of one page, in page order. Posts that differ in text or in stats stay apart.

    Returns:
        Each post at its first place, with the readings of all places.

    >>> from postdump import parse
    >>> shown = "Ahoy.\n03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0\n"
    >>> posts = dedupe(parse(shown + shown).posts)
    >>> len(posts), len(posts[0].observations)
    (1, 2)
    """
    shown: dict[tuple[str, Stats], list[Post]] = {}
    for post in posts:
        shown.setdefault((post.text, post.stats), []).append(post)
    return tuple(alike[0] if len(alike) == 1 else _unified(alike) for alike in shown.values())


def _unified(posts: list[Post]) -> Post:
    """Return the first post with the lines, readings and observations of all."""
    lines: dict[tuple[tuple[Role, str], int], list[Line]] = {}  # by content, and its occurrence in the post
    for post in posts:
        contents = ((line.role, line.text) for line in post.lines)
        for line, content in zip(post.lines, number_occurrences(contents), strict=True):
            lines.setdefault(content, []).append(line)
    return evolve(
        posts[0],
        lines=tuple(
            evolve(alike[0], readings=tuple(reading for line in alike for reading in line.readings))
            for alike in lines.values()
        ),
        readings=tuple(reading for post in posts for reading in post.readings),
        observations=tuple(one for post in posts for one in post.observations),
        repairs=tuple(repair for post in posts for repair in post.repairs),
        conflicts=tuple(conflict for post in posts for conflict in post.conflicts),
    )
