# SPDX-License-Identifier: MIT
"""Find the heading of a page: the line that says whose posts follow."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from postdump._parse.found_markers import FoundMarkers
from postdump._text.regex_types import Match
from postdump.layouts._site_phrases import SitePhrases


@frozen(kw_only=True)
class Heading:
    """The line that says whose posts follow: where it stands, and whom it names."""

    start: int
    end: int
    name: str | None
    handle: str | None


def find_heading(text: str, phrases: SitePhrases, markers: FoundMarkers) -> Heading | None:
    """Find the first heading above the second marker; None if there is none."""
    for start, end in _stretches_at_top(text, markers):
        if any(word.search(text, start, end) for word in phrases.heading_words):
            matches = [
                (match, heading.fields)
                for heading in phrases.headings
                if (match := heading.pattern.search(text, start, end)) is not None
            ]
            if matches:
                return _heading_of(*min(matches, key=lambda pair: pair[0].start()))
    return None


def _stretches_at_top(text: str, markers: FoundMarkers) -> Iterator[tuple[int, int]]:
    """Yield the stretches between the first two markers: a line ends where a marker begins."""
    start = 0
    for number in range(min(2, len(markers))):
        yield start, markers.starts[number]
        start = markers.ends[number]
    if len(markers) < 2:
        yield start, len(text)


def _heading_of(match: Match, fields: tuple[str, ...]) -> Heading:
    line = match[0]
    start = match.start() + len(line) - len(line.lstrip(" \t"))
    values = dict(zip(fields, match.groups(), strict=True))
    return Heading(
        start=start,
        end=start + len(line.strip(" \t")),
        name=values.get("name"),
        handle=values.get("handle"),
    )
