# SPDX-License-Identifier: MIT
"""
What a marker says, told as soon as it is known where its fields stand.

Nearly every marker is a date and four counts. Then the visible ASCII of many at once is cut into words, and
what they say is compared before any `Stats` is made.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from postdump._lazy import draft_of
from postdump.models import Stats

Said = Stats | tuple[datetime | None, int, int, int, int]
"""What a marker says: where there is no more to say, its time and its counts, in the order of `COUNTS`."""


_SPACE_FOR_GAPS: Final = bytes(byte if 32 < byte < 127 and byte != 63 else 32 for byte in range(256))


def marker_words(shown: str) -> list[bytes]:
    """Return the words of plain markers: gaps hold no visible ASCII but the question mark."""
    return shown.encode("utf-8", "surrogatepass").translate(_SPACE_FOR_GAPS).split()


class _Numbers(dict[bytes, int]):
    """The numbers that most counts are: looking one up takes a third of the time of reading it."""

    def __missing__(self, digits: bytes) -> int:
        return int(digits)


number: Final = _Numbers({b"%d" % n: n for n in range(1000)}).__getitem__
_new: Final[Any] = object.__new__
_StatsDraft: Final = draft_of(Stats)


def stats_of(said: Said) -> Stats:
    """Return as `Stats` what a marker says."""
    if isinstance(said, Stats):
        return said
    made = _new(_StatsDraft)
    made.posted_at, made.likes, made.reposts, made.replies, made.quotes = said
    made.utc_offset = None
    made.rounded = ()
    made.__class__ = Stats
    stats: Stats = made
    return stats
