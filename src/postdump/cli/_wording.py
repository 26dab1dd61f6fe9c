# SPDX-License-Identifier: MIT
"""Numbers, times and places as people write them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from postdump import Post, Profile, Reading, Repair
from postdump._text.wording import pluralize
from postdump.cli._streams import shown_name

__all__ = ["clock", "excerpt", "listed", "place_of", "pluralize", "posted", "repairs_told", "who"]


def listed(things: Sequence[str], at_most: int = 3) -> str:
    """
    Return things in a row, the many of them cut short.

    >>> listed(["a.txt", "b.txt", "c.txt", "d.txt", "e.txt"])
    'a.txt, b.txt, c.txt and 2 more'
    """
    shown = ", ".join(things[:at_most])
    return shown if len(things) <= at_most else f"{shown} and {len(things) - at_most} more"


def excerpt(text: str, size: int = 60) -> str:
    """
    Return the beginning of a text, in quotes.

    >>> excerpt("Lantern festival tonight at the old quay.", 16)
    "'Lantern festival...'"
    """
    return f"'{text}'" if len(text) <= size else f"'{text[:size]}...'"


def place_of(reading: Reading) -> str:
    """Return where a reading stands, in the form that editors and terminals know how to follow."""
    return f"{shown_name(reading.dump)}:{reading.line}:{reading.column}"


def clock(moment: datetime) -> str:
    """
    Return a time to the minute; to the second where there are any.

    >>> clock(datetime(2026, 2, 3, 17, 4)), clock(datetime(2026, 2, 3, 17, 4, 9))
    ('2026-02-03 17:04', '2026-02-03 17:04:09')
    """
    is_even = moment.second == 0 and moment.microsecond == 0
    return moment.isoformat(sep=" ", timespec="minutes" if is_even else "auto")


def posted(post: Post) -> str:
    """Return when a post was written, as far as that is known."""
    if post.posted_at is not None:
        zone = "" if post.stats.utc_offset is None else f" {_zone(post.stats.utc_offset)}"
        return clock(post.posted_at) + zone + (" (inferred)" if "posted_at" in post.inferred else "")
    earliest, latest = post.posted_between or (None, None)
    if earliest is not None and latest is not None:
        return f"between {clock(earliest)} and {clock(latest)}"
    if earliest is not None:
        return f"{clock(earliest)} or later"
    return "time unknown" if latest is None else f"{clock(latest)} or earlier"


def _zone(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def who(profile: Profile) -> str:
    """
    Return a profile's name and handle.

    >>> who(Profile(name="Ada Example", handle="ada.example.social"))
    'Ada Example (@ada.example.social)'
    """
    handle = None if profile.handle is None else f"@{profile.handle}"
    if profile.name is None:
        return handle or "somebody"
    return profile.name if handle is None else f"{profile.name} ({handle})"


def repairs_told(repairs: Sequence[Repair]) -> str:
    """Return how many repairs were made, and what they rest on."""
    bases = Counter(repair.basis.value for repair in repairs)
    return pluralize(len(repairs), "repair") + (f" ({', '.join(sorted(bases))})" if bases else "")
