# SPDX-License-Identifier: MIT
"""Find the markers of a text: where they stand, and what their dates are."""

from __future__ import annotations

from array import array
from datetime import datetime
from typing import Final

from attrs import field, frozen

from postdump._parse.markers import Marker
from postdump._parse.text_line import BLANKS
from postdump._parse.torn_markers import is_left_of_icons
from postdump._text.characters import NON_ASCII
from postdump._text.regex_types import Match

_BLANK: Final = tuple(BLANKS)
"""Each blank, in the form that `str.startswith` takes."""


def _offsets() -> array[int]:
    return array("q")


@frozen(eq=False)
class FoundMarkers:
    """
    The markers of a text, in columns.

    A page has as many markers as posts. Arrays of offsets and a list of datetimes contain no object that the
    garbage collector tracks; an object for each marker would be visited in each collection.
    """

    starts: array[int] = field(factory=_offsets)
    ends: array[int] = field(factory=_offsets)
    dates: list[datetime | None] = field(factory=list)
    """None for a date without a time of day, and where the layout has no dates."""
    rejected: list[tuple[int, int]] = field(factory=list)
    """Start and end of what has the shape of a marker, but a date that does not exist."""

    def __len__(self) -> int:
        return len(self.starts)


def find_markers(text: str, marker: Marker | None, owner: str | None, *, begin: int = 0) -> FoundMarkers:
    """Find all markers of a text from `begin` on; `owner` is the handle of the page."""
    if marker is None:
        return FoundMarkers()
    found = _search(text, marker, owner, begin)
    return _drop_empty(text, found) if marker.is_handle else found


def _search(text: str, marker: Marker, owner: str | None, begin: int) -> FoundMarkers:
    """Search for markers: the one loop over a whole text, so each turn does as little as it can."""
    found = FoundMarkers()
    clock = marker.clock
    has_time = clock is None or clock.tells_time
    has_icons = marker.has_icons
    names_behind_icon = marker.fields[:1] == ("name",) and not marker.gaps[0].isascii()
    add_start, add_end, add_date = found.starts.append, found.ends.append, found.dates.append
    end = begin
    for match in marker.finder.finditer(text, begin):
        # What contains an icon, damaged or not, is no prose: nearly every match needs no other check.
        if (not has_icons or match[0].isascii()) and not marker.is_meant(match, owner, end):
            continue
        date = None
        if clock is not None:
            date = clock.read(match[1])
            if date is None:
                found.rejected.append(match.span())
                continue
            if not has_time:
                date = clock.moment(match[1])
        end = match.end()
        add_date(date)
        add_start(_find_last_icon(match, marker) if names_behind_icon else match.start())
        add_end(end)
    return found


def _find_last_icon(match: Match, marker: Marker) -> int:
    """
    Return where a marker starts that has an icon before a name: at the last run that can be that icon.

    The finder starts at the first run outside ASCII of the line. That may be a dash, or a damaged character,
    in the text of the post.
    """
    name = marker.groups(match[0])[0]
    name_start = match[0].index(name)
    start = 0
    for run in NON_ASCII.finditer(name):
        before, behind = name[: run.start()], name[run.end() :]
        stands_apart = before.endswith(_BLANK) and behind.startswith(_BLANK) and not behind.isspace()
        if stands_apart and is_left_of_icons(marker.gaps[0], run[0]):
            start = name_start + run.start()
    return match.start() + start


def _drop_empty(text: str, markers: FoundMarkers) -> FoundMarkers:
    """Return the markers, each a mere handle, without those that nothing follows."""
    next_starts = (*markers.starts[1:], len(text))  # one more than there are markers, if there are none
    kept = [
        number
        for number, (end, next_start) in enumerate(zip(markers.ends, next_starts, strict=False))
        if text[end:next_start].strip(BLANKS)
    ]
    return FoundMarkers(
        starts=array("q", (markers.starts[number] for number in kept)),
        ends=array("q", (markers.ends[number] for number in kept)),
        dates=[markers.dates[number] for number in kept],
        rejected=markers.rejected,
    )
