# SPDX-License-Identifier: MIT
r"""
Convert posts to flat rows for tables.

Writers of CSV, Arrow and UTF-8 refuse lone surrogates, so rows contain them escaped: U+DC80 becomes the six
characters `\udc80`. This cannot be undone, since a post may contain these six characters itself; use JSON to
lose nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from postdump.layouts._template import COUNTS
from postdump.models import Dump, Post, Profile, Timeline, counts_of

__all__ = ["COLUMNS", "escape_surrogates", "rows"]


COLUMNS: Final = (
    "post",  # which post it is, counted from 0 in page order
    "text",  # the only string that may be empty
    "card_title",
    "card_description",
    "card_domain",
    "links",  # separated by spaces
    "posted_at",  # the page's own clock, ISO 8601
    "utc_offset",  # seconds east of UTC, where the page printed a zone
    "posted_after",  # the bounds of `posted_between`, ISO 8601
    "posted_before",
    *COUNTS,
    "rounded",  # names of fields that the page shortened, separated by spaces
    "author_name",
    "author_handle",
    "is_repost",  # 0 or 1
    "inferred",  # names of fields concluded, not read, separated by spaces
    "repairs",  # how many
    "conflicts",  # how many
    "dumps",  # names of dumps that show the post, one a line: they may be paths with spaces
    "omitted_by",  # names of dumps that cover its place and lack it, one a line
    "dump",  # where to look it up: its first reading's dump and line
    "line",
    "profile_name",
    "profile_handle",
)
"""The keys of every row, in this order."""

_NOBODY: Final = Profile()


def rows(timeline: Timeline | Dump | Iterable[Post]) -> Iterator[dict[str, str | int | None]]:
    r"""
    Yield one flat row for each post, ready for a table: `pandas.DataFrame(rows(timeline))`.

    Args:
        timeline: A timeline, a dump, or any posts; for posts, the columns of the profile are empty.

    Returns:
        Dictionaries with all columns of the guide on many files, in that order. A missing value or an empty
        list is None; only `text` may be an empty string. Lone surrogates are escaped (`\udc80`), because
        many writers refuse them.

    >>> from postdump import parse
    >>> [row] = rows(parse("Ahoy.\n03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0", name="page.txt"))
    >>> row["text"], row["posted_at"], row["likes"], row["dump"], row["line"]
    ('Ahoy.', '2026-02-03T17:04:00', 4, 'page.txt', 1)
    """
    posts: Iterable[Post]
    if isinstance(timeline, (Dump, Timeline)):
        posts, profile = timeline.posts, timeline.profile or _NOBODY
    else:
        posts, profile = timeline, _NOBODY
    for index, post in enumerate(posts):
        yield {
            key: escape_surrogates(value) if isinstance(value, str) else value
            for key, value in zip(COLUMNS, _values(index, post, profile), strict=True)
        }


def _values(index: int, post: Post, profile: Profile) -> tuple[str | int | None, ...]:
    card = post.card
    title, description, domain = (card.title, card.description, card.domain) if card else (None, None, None)
    stats, author, readings = post.stats, post.author or _NOBODY, post.readings
    after, before = post.posted_between or (None, None)
    return (
        index,
        post.text,
        title,
        description,
        domain,
        _join(" ", post.links),
        None if post.posted_at is None else post.posted_at.isoformat(),
        None if stats.utc_offset is None else round(stats.utc_offset.total_seconds()),
        None if after is None else after.isoformat(),
        None if before is None else before.isoformat(),
        *counts_of(stats),
        _join(" ", stats.rounded),
        author.name,
        author.handle,
        int(post.is_repost),
        _join(" ", post.inferred),
        len(post.repairs),
        len(post.conflicts),
        _join("\n", dict.fromkeys(reading.dump for reading in readings)),
        _join("\n", post.omitted_by),
        readings[0].dump if readings else None,
        readings[0].line if readings else None,
        profile.name,
        profile.handle,
    )


def _join(separator: str, parts: Iterable[str]) -> str | None:
    return separator.join(parts) or None


def escape_surrogates(text: str) -> str:
    r"""
    Return `text` with its lone surrogates escaped, as every export but JSON has them.

    >>> escape_surrogates("caf\udce9 au lait")
    'caf\\udce9 au lait'
    """
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")
