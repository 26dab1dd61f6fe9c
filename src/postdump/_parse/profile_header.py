# SPDX-License-Identifier: MIT
"""
Find the header of a page, and read the profile in it.

A header is known by its `@handle` line, or by a line of follower counts. Around these stand, in any number:
an avatar's label, the name (above the handle), the bio (below it), counts. Where no heading ends the header,
the bio is every line up to the first repost line; without a repost line, the bio is one line, and only if a
further line is left for the first post.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from itertools import islice
from typing import Any, Final

import regex
from attrs import frozen

from postdump._parse.found_markers import FoundMarkers
from postdump._parse.heading import Heading
from postdump._parse.label_finder import LabelFinder
from postdump._parse.regions import Regions
from postdump._parse.text_line import TextLine, lines_between
from postdump._text import counts as _counts
from postdump._text.lines import split_lines
from postdump._text.regex_types import Pattern
from postdump.layouts import Layout, Stands
from postdump.models import Profile

SENTENCE_ENDS: Final = ".!?…:"
"""How words above a handle end that are a post's, and nobody's name."""

MOST_LINES: Final = 64
"""Lines at the top of a page, or of a block, in which a header is sought."""

HEADED_BLOCKS: Final = 3
"""Blocks that can have the header above them: some pages show the first post above it, even twice."""

HANDLE: Final[Pattern] = regex.compile(r"@([A-Za-z0-9][A-Za-z0-9._\-]{1,252}+(?:@[A-Za-z0-9.\-]{3,253}+)?+)")

_AVATAR: Final[Pattern] = regex.compile(r"([^ \t\r\n][^\r\n]{0,199}?)['’]s Avatar")

_COUNT: Final[Pattern] = regex.compile(
    rf"(?<![^ \t\r\n|])({_counts.SHORT})[ \t]+(followers|following|posts)(?![^ \t\r\n|])", regex.I
)

_JOINED: Final[Pattern] = regex.compile(r"(?i:joined):?[ \t]+([0-9]{2})\.([0-9]{2})\.([0-9]{4})(?![0-9])")

TOP: Final = 8192
"""Code points in which a page names its owner."""


def owner_of(text: str) -> str | None:
    """Return the handle of the first `@` line near the top of a page; None if there is none."""
    for line in split_lines(text[:TOP])[:MOST_LINES]:
        match = HANDLE.fullmatch(line.strip(" \t"))
        if match is not None:
            return match[1]
    return None


@frozen(kw_only=True)
class Header:
    """What stands at the top of a page, above its posts."""

    profile: Profile
    lines: frozenset[int]
    """Where the lines begin that say something of the profile."""
    end: int
    """Where the last of them ends."""
    block: int | None = None
    """The block in whose region the header stands; None if it stands above all of them."""


@frozen(kw_only=True)
class _Stretch:
    """Where a header may stand."""

    start: int
    end: int
    block: int | None
    """The block whose region this is, if it is one: then posts follow without a heading or marker between."""


def find_header(
    layout: Layout, markers: FoundMarkers, heading: Heading | None, regions: Regions, labels: LabelFinder
) -> Header | None:
    """Find the header of a page: above its heading, else at the top of one of the first blocks."""
    for stretch in _find_stretches(layout, markers, heading, regions, labels.begin):
        lines = lines_between(labels.text, stretch.start, stretch.end)
        header = read_header(labels, lines, block=stretch.block)
        if header is not None and _is_of_page(header, heading, stretch, labels.text):
            return header
    return None


def _find_stretches(
    layout: Layout, markers: FoundMarkers, heading: Heading | None, regions: Regions, begin: int
) -> Iterator[_Stretch]:
    if heading is not None:
        markers_above = bisect_left(markers.starts, heading.start)
        start = markers.ends[markers_above - 1] if markers_above else begin
        yield _Stretch(start=start, end=heading.start, block=None)
    elif layout.stands is Stands.BEFORE:
        yield _Stretch(start=begin, end=markers.starts[0] if len(markers) else begin, block=None)
    else:
        for block in range(min(HEADED_BLOCKS, len(markers))):
            yield _Stretch(start=regions.lefts[block], end=regions.rights[block], block=block)


def _is_of_page(header: Header, heading: Heading | None, stretch: _Stretch, text: str) -> bool:
    """
    Return whether a header is the page's, and not a post that begins with somebody's handle.

    At the top of a block it has a name or counts as well, or is glued to the marker above.
    """
    handle = None if heading is None else heading.handle
    if handle is not None and header.profile.handle not in (None, handle):
        return False
    if stretch.block is None:
        return True
    if stretch.block == 0:
        return header.profile.name is not None or len(header.lines) > 2
    return not text[stretch.start : min(header.lines)].strip(" \t")


def read_header(labels: LabelFinder, lines_at_top: Iterable[TextLine], *, block: int | None) -> Header | None:
    """
    Read the header from lines at the top of a page; None if there is none among them.

    `block` is the one in whose region they stand. Labels and repost lines are nobody's name or bio.
    """
    lines = list(islice(lines_at_top, MOST_LINES))
    words = [line.of(labels.text) for line in lines]
    counts = {i: found for i, line in enumerate(words) if (found := _read_counts(line)) is not None}
    handle = next((i for i, line in enumerate(words) if HANDLE.fullmatch(line)), None)
    if handle is None and not counts:
        return None
    top = _Top(
        words=words,
        is_label=[labels.is_label(line.start, line.end) for line in lines],
        is_repost=[labels.phrases.reposts.fullmatch(line) is not None for line in words],
        is_open=block is not None,
        counts=counts,
        handle=handle,
    )
    names = _find_names(top)
    bio = _find_bio(top)
    numbers = {*names, *counts, *bio} if handle is None else {*names, *counts, *bio, handle}
    if top.is_open and numbers == {handle}:
        return None  # a mere mention
    return Header(
        profile=_profile_of(top, names, bio),
        lines=frozenset(lines[i].start for i in numbers),
        end=lines[max(numbers)].end,
        block=block,
    )


@frozen(kw_only=True)
class _Counts:
    """What a line of counts says."""

    values: Mapping[str, Any]
    """By the names of the profile's fields."""
    rounded: Sequence[str]
    """Names of the counts that the page shortened."""


@frozen(kw_only=True)
class _Top:
    """The lines at the top of a page, by number."""

    words: Sequence[str]
    is_label: Sequence[bool]
    is_repost: Sequence[bool]
    is_open: bool
    """Whether posts follow without a heading or a marker between."""
    counts: Mapping[int, _Counts]
    """Of those that are lines of counts."""
    handle: int | None
    """The number of the `@` line."""


def _find_names(top: _Top) -> dict[int, str]:
    """Return the names that lines show, by line; the last one counts."""
    end = min(top.counts) if top.handle is None else top.handle
    avatars = ((i, _AVATAR.fullmatch(line)) for i, line in enumerate(top.words[:end]))
    names = {i: match[1] for i, match in avatars if match is not None}
    above = end - 1
    if top.handle is None or above < 0 or above in names or above in top.counts or top.is_label[above]:
        return names
    name = top.words[above]
    return names if top.is_open and name[-1] in SENTENCE_ENDS else {**names, above: name}


def _find_bio(top: _Top) -> list[int]:
    """Return the numbers of the lines that are the bio."""
    if top.handle is None:
        return []
    all_below = range(top.handle + 1, len(top.words))
    below = [i for i in all_below if i not in top.counts and not top.is_label[i]]
    repost = next((i for i in below if top.is_repost[i]), None)
    if repost is not None:
        return [i for i in below if i < repost]
    if top.is_open:
        return below[:1] if len(below) > 1 else []
    first_label = next((i for i in all_below if top.is_label[i]), len(top.words))
    return [i for i in below if i < first_label]


def _profile_of(top: _Top, names: Mapping[int, str], bio: Sequence[int]) -> Profile:
    values: dict[str, Any] = {}
    rounded: list[str] = []
    for counts in top.counts.values():
        values.update(counts.values)
        rounded += counts.rounded
    return Profile(
        name=next(reversed([*names.values()]), None),
        handle=None if top.handle is None else top.words[top.handle][1:],
        bio="\n".join(top.words[i] for i in bio) or None,
        rounded=tuple(rounded),
        **values,
    )


def _read_counts(line: str) -> _Counts | None:
    """Read a line of counts; None if it is none: a lone count may be prose."""
    counts = [match.groups() for match in _COUNT.finditer(line)]
    joined = _JOINED.search(line)
    if len(counts) + (joined is not None) < 2:
        return None
    values: dict[str, Any] = {}
    rounded = []
    for number, word in counts:
        name = word.lower()
        values[name], is_rounded = _counts.read_count(number)
        if is_rounded:
            rounded.append(name)
    if joined is not None:
        day, month, year = map(int, joined.groups())
        with suppress(ValueError):  # no such day
            values["joined"] = date(year, month, day)
    return _Counts(values=values, rounded=rounded)
