# SPDX-License-Identifier: MIT
"""
What the header of a page says of its profile.

A header is known by its `@handle` line, or by a line of follower counts. Around these stand, in any number:
an avatar's label, the name (above the handle), the bio (below it), counts. Where no heading ends the header,
the bio is every line up to the first repost line; where there is none, it is one line, if another is left
for the first post.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date
from itertools import islice
from typing import Any, Final

import regex
from attrs import frozen

from postdump._parse.text_line import TextLine
from postdump._text import counts as _counts
from postdump._text.lines import split_lines
from postdump.models import Profile

SENTENCE_ENDS: Final = ".!?…:"
"""What words above a handle end in that are a post's, and nobody's name."""

MOST_LINES: Final = 64
"""A header is sought in so many lines at the top of a page."""

HANDLE: Final = regex.compile(r"@([A-Za-z0-9][A-Za-z0-9._\-]{1,252}+(?:@[A-Za-z0-9.\-]{3,253}+)?+)")

_AVATAR: Final = regex.compile(r"([^ \t\r\n][^\r\n]{0,199}?)['’]s Avatar")

_COUNT: Final = regex.compile(
    rf"(?<![^ \t\r\n|])({_counts.SHORT})[ \t]+(followers|following|posts)(?![^ \t\r\n|])", regex.I
)

_JOINED: Final = regex.compile(r"(?i:joined):?[ \t]+([0-9]{2})\.([0-9]{2})\.([0-9]{4})(?![0-9])")

TOP: Final = 8192
"""Code points in which a page names its owner."""


def owner_of(text: str) -> str | None:
    """Return the handle of the first `@` line near the top of a page."""
    for line in split_lines(text[:TOP])[:MOST_LINES]:
        found = HANDLE.fullmatch(line.strip(" \t"))
        if found is not None:
            handle: str = found[1]
            return handle
    return None


@frozen(kw_only=True)
class Header:
    """What stands at the top of a page, above its posts."""

    profile: Profile
    lines: frozenset[int]
    """Where the lines begin that say something of the profile."""
    end: int
    """Where the last of them ends."""


def header_of(
    text: str,
    lines_at_top: Iterable[TextLine],
    *,
    is_open: bool,
    is_label: Callable[[int, int], bool],
    is_repost: Callable[[str], Any],
) -> Header | None:
    """
    Find the header among the lines at the top of a page.

    `is_open` says that posts follow without a heading or a marker between. What `is_label` or `is_repost`
    knows is nobody's name or bio. None where there is no header.
    """
    shown = [(line.start, line.end, line.of(text)) for line in islice(lines_at_top, MOST_LINES)]
    said: dict[str, Any] = {}
    rounded: list[str] = []
    counted = [i for i, (_, _, line) in enumerate(shown) if _read_counts(line, said, rounded)]
    at = next((i for i, (_, _, line) in enumerate(shown) if HANDLE.fullmatch(line)), None)
    if at is None and not counted:
        return None
    lines = {*counted}
    for i in range(counted[0] if at is None else at):
        avatar = _AVATAR.fullmatch(shown[i][2])
        if avatar is not None:
            said["name"] = avatar[1]
            lines.add(i)
    if at is not None:
        said["handle"] = shown[at][2][1:]
        above = shown[at - 1] if at and at - 1 not in lines else None
        if above is not None and not is_label(*above[:2]) and not (is_open and above[2][-1] in SENTENCE_ENDS):
            said["name"] = above[2]
            lines.add(at - 1)
        bio = _bio(shown, at, counted, is_open=is_open, is_label=is_label, is_repost=is_repost)
        if bio:
            said["bio"] = "\n".join(shown[i][2] for i in bio)
        lines |= {at, *bio}
        if is_open and len(lines) == 1:
            return None  # a mere mention
    return Header(
        profile=Profile(rounded=tuple(rounded), **said),
        lines=frozenset(shown[i][0] for i in lines),
        end=shown[max(lines)][1],
    )


def _bio(
    shown: Sequence[tuple[int, int, str]],
    at: int,
    counted: Sequence[int],
    *,
    is_open: bool,
    is_label: Callable[[int, int], bool],
    is_repost: Callable[[str], Any],
) -> list[int]:
    """Return the numbers of the lines that are the bio."""
    below = [i for i in range(at + 1, len(shown)) if i not in counted and not is_label(*shown[i][:2])]
    repost = next((i for i in below if is_repost(shown[i][2])), None)
    if repost is not None:
        return [i for i in below if i < repost]
    if is_open:
        return below[:1] if len(below) > 1 else []
    end = next((i for i in range(at + 1, len(shown)) if is_label(*shown[i][:2])), len(shown))
    return [i for i in below if i < end]


def _read_counts(line: str, said: dict[str, Any], rounded: list[str]) -> bool:
    """Read the counts of a line, if it is one of counts."""
    found = _COUNT.findall(line)
    joined = _JOINED.search(line)
    if len(found) + (joined is not None) < 2:
        return False
    for number, word in found:
        name = word.lower()
        said[name], is_rounded = _counts.read_count(number)
        if is_rounded:
            rounded.append(name)
    if joined is not None:
        day, month, year = map(int, joined.groups())
        with suppress(ValueError):  # no such day
            said["joined"] = date(year, month, day)
    return True
