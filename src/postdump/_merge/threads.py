# SPDX-License-Identifier: MIT
"""
Posts to threads.

A page shows the posts of a thread as neighbours, so each post is compared with the one before it in time
and with no other: one pass, in linear time, that looks at a text only where the times do not decide.
Of the posts before that one, only the author of the thread is remembered.
Whether a page shows newer posts first is decided once for the page, by all dated neighbours: newest first,
unless most of them are in the other order.

Posts of which the page does not say enough are kept apart. A repost that names no author may be anybody's,
and two posts without a time have nothing in common but their place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from postdump.models import Post, Profile

__all__ = ["threads"]


_LONGEST = 3
"""Digits of a number in a thread."""


def threads(posts: Iterable[Post]) -> tuple[tuple[Post, ...], ...]:
    """
    Gather posts into threads.

    Neighbours are in one thread if one author wrote them in the same minute, or numbered them consecutively
    (`1/`, `2/7`, at the start or end of the text). A post without replies ends its thread.

    Args:
        posts: Posts in page order, newest or oldest first: a timeline, or the posts of a dump.

    Returns:
        Threads in page order, each in reading order, oldest post first. Every post is in exactly one.

    >>> from postdump import parse
    >>> dump = parse('''Bring a lamp.
    ... 03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0
    ... Lantern festival tonight.
    ... 03.02.2026 17:04 — 👍 9 🔁 5 💬 1 📌 0
    ... Low tide at nine.
    ... 02.02.2026 09:15 — 👍 1 🔁 0 💬 0 📌 0''')
    >>> [[post.text for post in thread] for thread in threads(dump.posts)]
    [['Lantern festival tonight.', 'Bring a lamp.'], ['Low tide at nine.']]
    """
    page = tuple(posts)
    oldest_first = _is_oldest_first(page)
    in_time = page if oldest_first else page[::-1]
    found: list[list[Post]] = []
    author: Profile | None = None
    for at, post in enumerate(in_time):
        if at and _continues(in_time[at - 1], post, author):
            found[-1].append(post)
            author = author or post.author
        else:
            found.append([post])
            author = post.author
    if not oldest_first:
        found.reverse()
    return tuple(map(tuple, found))


def _is_oldest_first(page: Sequence[Post]) -> bool:
    """Tell what most dated neighbours say; reposts keep their place whenever they were written."""
    dates = [post.posted_at for post in page if post.posted_at is not None and not post.is_repost]
    steps = [(above < below) - (above > below) for above, below in pairwise(dates)]
    return sum(steps) > 0


def _continues(older: Post, newer: Post, author: Profile | None) -> bool:
    """Return whether a post goes on where the older one ended; `author` is who is known to write there."""
    if older.stats.replies == 0 or not _are_by_one(older, newer, author):
        return False
    return _are_in_one_minute(older, newer) or _are_numbered_on(older.text, newer.text)


def _are_by_one(older: Post, newer: Post, author: Profile | None) -> bool:
    """Return whether nothing says that two authors are at work; posts without one are the page owner's."""
    if older.is_repost != newer.is_repost:
        return False
    if author is None or newer.author is None:
        return not newer.is_repost
    if author.handle is not None and newer.author.handle is not None:
        return author.handle == newer.author.handle
    return author.name is not None and author.name == newer.author.name


def _are_in_one_minute(older: Post, newer: Post) -> bool:
    if older.posted_at is None or newer.posted_at is None:
        return False
    one, other = (moment.replace(second=0, microsecond=0) for moment in (older.posted_at, newer.posted_at))
    return one == other


def _are_numbered_on(older: str, newer: str) -> bool:
    """Return whether the newer text has the number after the older one's, and no other total."""
    after = _numbers(newer)
    return any(
        number + 1 == next_number and (total is None or next_total is None or total == next_total)
        for number, total in _numbers(older)
        for next_number, next_total in after
    )


def _numbers(text: str) -> list[tuple[int, int | None]]:
    """
    Return the numbers that a text's first and last word are.

    numbering = number "/" [total]     number = total = 1-9 followed by up to two digits
    """
    ends = [*text.split(None, 1)[:1], *text.rsplit(None, 1)[-1:]]
    found = []
    for number, slash, total in (word.partition("/") for word in ends):
        if slash and _is_number(number) and (not total or (_is_number(total) and int(number) <= int(total))):
            found.append((int(number), int(total) if total else None))
    return found


def _is_number(word: str) -> bool:
    return len(word) <= _LONGEST and word.isascii() and word.isdigit() and not word.startswith("0")
