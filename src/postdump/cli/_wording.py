# SPDX-License-Identifier: MIT
"""Times, places, profiles and lists, as people write them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from postdump import Post, Profile, Reading, Repair
from postdump._text.wording import pluralize
from postdump.cli._streams import display_name

__all__ = [
    "format_place",
    "format_posting_time",
    "format_profile",
    "format_time",
    "join_words",
    "pluralize",
    "quote_excerpt",
    "summarize_repairs",
]


def join_words(things: Sequence[str], at_most: int = 3) -> str:
    """
    Return texts joined by commas; if there are more than `at_most`, the first ones and how many more.

    >>> join_words(["a.txt", "b.txt", "c.txt", "d.txt", "e.txt"])
    'a.txt, b.txt, c.txt and 2 more'
    """
    joined = ", ".join(things[:at_most])
    return joined if len(things) <= at_most else f"{joined} and {len(things) - at_most} more"


def quote_excerpt(text: str, size: int = 60) -> str:
    """
    Return a text in quotes, cut off after `size` characters.

    >>> quote_excerpt("Lantern festival tonight at the old quay.", 16)
    "'Lantern festival...'"
    """
    return f"'{text}'" if len(text) <= size else f"'{text[:size]}...'"


def format_place(reading: Reading) -> str:
    """Return the place of a reading as `file:line:column`, which editors and terminals can open."""
    return f"{display_name(reading.dump)}:{reading.line}:{reading.column}"


def format_time(moment: datetime) -> str:
    """
    Return a time to the minute; with seconds if they are not zero.

    >>> format_time(datetime(2026, 2, 3, 17, 4)), format_time(datetime(2026, 2, 3, 17, 4, 9))
    ('2026-02-03 17:04', '2026-02-03 17:04:09')
    """
    is_even = moment.second == 0 and moment.microsecond == 0
    return moment.isoformat(sep=" ", timespec="minutes" if is_even else "auto")


def format_posting_time(post: Post) -> str:
    """Return the time of a post, or the bounds of this time, or that it is unknown."""
    if post.posted_at is not None:
        zone = "" if post.stats.utc_offset is None else f" {_format_offset(post.stats.utc_offset)}"
        return format_time(post.posted_at) + zone + (" (inferred)" if "posted_at" in post.inferred else "")
    earliest, latest = post.posted_between or (None, None)
    if earliest is not None and latest is not None:
        return f"between {format_time(earliest)} and {format_time(latest)}"
    if earliest is not None:
        return f"{format_time(earliest)} or later"
    return "time unknown" if latest is None else f"{format_time(latest)} or earlier"


def _format_offset(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def format_profile(profile: Profile) -> str:
    """
    Return the name and the handle of a profile.

    >>> format_profile(Profile(name="Ada Example", handle="ada.example.social"))
    'Ada Example (@ada.example.social)'
    """
    handle = None if profile.handle is None else f"@{profile.handle}"
    if profile.name is None:
        return handle or "somebody"
    return profile.name if handle is None else f"{profile.name} ({handle})"


def summarize_repairs(repairs: Sequence[Repair]) -> str:
    """Return the number of repairs, and on what they are based."""
    bases = Counter(repair.basis.value for repair in repairs)
    return pluralize(len(repairs), "repair") + (f" ({', '.join(sorted(bases))})" if bases else "")
