# SPDX-License-Identifier: MIT
r"""
A layout's marker: the pattern that finds it, and how its date, counts and author are read.

A marker is recognised by the *shape* of its fields; what stands between them is a gap (see `_gaps`),
which holds an icon, what a damage made of it, or nothing. So one derived pattern serves spaced, split,
damaged and stripped markers alike, and which damage it was is asked later (`icon_damage`).

Gaps, counts and words exclude each other's first characters, so there is one way to read a marker, and
each is bounded: a start costs a constant, hence a text is searched in linear time. A marker without a
trace of its icons counts only at the start of a line; in mid-line it would be prose with a date in it.
The last count of a torn marker is not taken from the date that begins the next one. Behind
a marker without date and count, only labels may stand in its line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cached_property
from itertools import repeat
from typing import Any, Final

import regex
from attrs import evolve, frozen

from postdump._text import counts as _counts
from postdump._text.lines import AT_LINE_END, LINE_BREAK, LINE_END, LINE_START, last_line
from postdump._text.patterns import compile_pattern
from postdump._text.regex_types import Finder, Match, Pattern
from postdump.layouts import Layout, Stands
from postdump.layouts._date_search import ByNumber, ByYear
from postdump.layouts._dates import (
    Bounds,
    Clock,
    Clocks,
    begins_with_number,
    bounds_of_age,
    clock_of,
    month_to_year,
)
from postdump.layouts._field_patterns import split_template, write_finder, write_pieces
from postdump.layouts._gaps import LONGEST_GAP, VISIBLE, VISIBLE_RUN
from postdump.layouts._site_phrases import SitePhrases
from postdump.layouts._template import AGE, COUNTS, DATE, Kind, Part, date_forms, parts
from postdump.models import PlainStats, Profile, Stats

LONGEST_PREFIX: Final = 256
"""Code points of labels before a marker in its line."""

MOST_LABELS: Final = 64
"""Labels behind a marker in its line: where labels look like markers, all others follow each of them."""

REACH: Final = 4096
"""Code points, more than enough, that decide on either side of where a marker ends whether it is one."""


@frozen(kw_only=True, eq=False, slots=False)  # a cached property needs a __dict__
class Marker:
    """A layout's marker, compiled."""

    layout: Layout
    phrases: SitePhrases
    """Of the layout."""
    pattern: Pattern
    """With a group for each field."""
    finder: Finder
    """Finds in whole texts what the pattern finds, in less time; its only group is the date."""
    fields: tuple[str, ...]
    """The names of the pattern's groups, in order."""
    clock: Clock | Clocks | None
    gaps: tuple[str, ...]
    """What the template has before, between and after its fields: one more than there are fields."""
    has_icons: bool
    words: tuple[str, ...]
    """Visible ASCII that every marker shows: a text without it has none."""
    is_bare: bool
    """Whether it has neither date nor count."""
    is_handle: bool
    """Whether it is a handle and nothing else, which may as well be a link's host."""
    plain_words: int
    """
    How many words every marker is, if it is a date without a zone, then counts, icons between.

    Nearly every one is that; 0 for others. The counts are the first of `COUNTS`, in that order.
    """
    absent_counts: tuple[None, ...]
    """None for each of `COUNTS` that a plain marker lacks: they are the last ones."""

    @cached_property
    def steps(self) -> tuple[Finder, ...]:
        """Finders of beginnings: up to the first field, to the gap after it, to the next field, and so on."""
        pieces = split_template(self.layout.marker)
        written = write_pieces(pieces)
        first = next((part for part in pieces if isinstance(part, Part)), None)
        return tuple(
            _compile_finder("".join(written[:end]), first, opens=self.gaps[0] == "")
            for end in range(2, len(written) + 1)
        )

    def is_meant(self, match: Match, owner: str | None, since: int = 0) -> bool:
        """
        Return whether a match is a marker, not prose, a heading, or a link on the page of `owner`.

        Another marker ends at `since`.
        """
        if self.is_handle:
            return match[0].strip() == owner or self.is_repost(match[0])
        if self.is_bare:
            line = match[0].strip(" \t")
            return not any(heading.pattern.fullmatch(line) for heading in self.phrases.headings)
        return not self.is_prose(match, since) and not self._is_age_in_prose(match, since)

    def is_prose(self, match: Match, since: int = 0) -> bool:
        """Return whether a match without a trace of icons is in mid-line, or begins a line without a date."""
        shown = match[0]
        if not shown.isascii() or "?" in shown or not self.has_icons:
            return False
        after = "" if self.clock else match.string[match.end() : match.end() + LONGEST_GAP].lstrip(" \t")
        return not self._opens_line(match, since) or after[:1] not in AT_LINE_END

    def _is_age_in_prose(self, match: Match, since: int) -> bool:
        """Return whether an age and counts without icons stand in mid-line, or other words behind them."""
        if self.fields[0] != AGE or self.has_icons:
            return False
        after = match.string[match.end() : match.end() + LONGEST_GAP]
        is_followed = after[:1] in (" ", "\t") and after.lstrip(" \t")[:1] not in AT_LINE_END
        return is_followed or not self._opens_line(match, since)

    def _opens_line(self, match: Match, since: int) -> bool:
        """Return whether nothing but another marker and labels stands before a match in its line."""
        before = match.string[max(since, match.start() - LONGEST_PREFIX) : match.start()]
        line = last_line(before).strip(" \t")
        return line == "" or self.phrases.labels.fullmatch(line) is not None

    def is_repost(self, shown: str) -> bool:
        """Return whether a marker says that what follows is somebody else's."""
        return bool(self.layout.reposts) and self.phrases.reposts.match(shown.lstrip(" \t")) is not None

    def is_possible(self, groups: tuple[str, ...]) -> bool:
        """Return whether there is the day among the groups, if there is any."""
        return self.clock is None or self.clock.read(groups[self.fields.index(DATE)]) is not None

    def posted_at(self, groups: tuple[str, ...]) -> datetime | None:
        """Return what the date among the groups says; None where there is none, or it has no hour."""
        return None if self.clock is None else self.clock.moment(groups[self.fields.index(DATE)])

    def posted_between(self, shown: str, captured_at: datetime | None) -> Bounds | None:
        """Return the bounds of a time that a marker says by its day, or by its age when captured."""
        groups = self.groups(shown)
        if self.clock is not None:
            return self.clock.bounds(groups[self.fields.index(DATE)])
        if captured_at is not None and AGE in self.fields:
            return bounds_of_age(groups[self.fields.index(AGE)], captured_at)
        return None

    @property
    def names_authors(self) -> bool:
        """Return whether markers say who wrote a post."""
        return "name" in self.fields or "handle" in self.fields

    def author(self, shown: str) -> Profile:
        """Return whom a marker names."""
        said = dict(zip(self.fields, self.groups(shown), strict=True))
        return Profile(name=said.get("name"), handle=said.get("handle"))

    def groups(self, shown: str) -> tuple[str, ...]:
        """
        Return the groups of the pattern in what a text shows as a marker.

        In mid-line, no repost line stands above the marker: what looks like such a line is the first field.
        """
        match = self.pattern.fullmatch(shown) or self.pattern.fullmatch(f" {shown}", 1)
        assert match is not None  # the finder found it by this pattern
        return match.groups()

    def read(self, shown: str, posted_at: datetime | None) -> Stats:
        """Return the date and counts of a marker; `posted_at` is what was read of its date."""
        if not self.plain_words:
            return self.stats(self.groups(shown), posted_at)
        counts = map(number, marker_words(shown)[1 - len(self.fields) :])
        return stats_of((posted_at, *counts, *self.absent_counts))

    def read_all(self, shown: Sequence[str], dates: Iterable[datetime | None]) -> Iterator[Stats]:
        """Yield the dates and counts of markers, as `read` does; `dates` are what was read of their dates."""
        return map(stats_of, self.said(shown, dates))

    def said(self, shown: Sequence[str], dates: Iterable[datetime | None]) -> Iterator[Said]:
        """Yield the same, if possible as plain tuples: these are faster to make and to compare."""
        width = self.plain_words
        if not width or len(shown) < 2:
            return map(self.read, shown, dates)
        words = marker_words(" ".join(shown))
        counts = (map(number, words[n::width]) for n in range(width - len(self.fields) + 1, width))
        return zip(dates, *counts, *(repeat(None, len(shown)) for _ in self.absent_counts), strict=True)

    def stats(self, groups: tuple[str, ...], posted_at: datetime | None) -> Stats:
        """Return the stats of the pattern's groups; `posted_at` is what was read of the date."""
        values: dict[str, Any] = {"posted_at": posted_at}
        rounded = []
        for name, text in zip(self.fields, groups, strict=True):
            if name in COUNTS:
                values[name], is_rounded = _counts.read_count(text)
                if is_rounded:
                    rounded.append(name)
            elif self.clock is not None and name == DATE:
                values["utc_offset"] = self.clock.offset(text)
        return Stats(rounded=tuple(rounded), **values)

    def shown_gaps(self, match: Match) -> tuple[str, ...]:
        """Return what a match shows where the template has its gaps."""
        spans = [match.span(n) for n in range(1, len(self.fields) + 1)]
        edges = [match.start(), *(edge for span in spans for edge in span), match.end()]
        return tuple(match.string[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))


def compile_marker(layout: Layout, phrases: SitePhrases) -> Marker | None:
    """Compile a layout's marker; None if the layout has none."""
    if not layout.marker:
        return None
    pieces = split_template(layout.marker)
    fields = [piece for piece in pieces if isinstance(piece, Part)]
    dates = [part for part in fields if part.text == DATE]
    clock = clock_of(dates[0]) if dates else None
    gaps = tuple(piece for piece in pieces if isinstance(piece, str))
    whole = _whole_line(layout, fields)
    repost = _repost_line(layout, phrases)
    names = tuple(part.text for part in fields)
    return Marker(
        layout=layout,
        phrases=phrases,
        pattern=compile_pattern(repost + "".join(write_pieces(pieces)) + whole),
        finder=_compile_finder(
            repost + write_finder(pieces) + whole, None if repost else fields[0], opens=gaps[0] == ""
        ),
        words=(*VISIBLE_RUN.findall(" ".join(gaps)), *(" ago" for part in fields if part.text == AGE)),
        is_bare=whole != "",
        is_handle=names == ("handle",) and not layout.marker.strip("{}handle"),
        fields=names,
        clock=clock,
        gaps=gaps,
        has_icons=not "".join(gaps).isascii(),
        plain_words=0 if repost else _plain_words(fields, gaps, clock),
        absent_counts=(None,) * (len(COUNTS) - len(names) + 1),
    )


def _plain_words(fields: Sequence[Part], gaps: Iterable[str], clock: Clock | Clocks | None) -> int:
    """Return how many words a plain marker is; 0 where a marker is not plain, or not always as many."""
    if (
        len(fields) < 2
        or tuple(part.text for part in fields) != (DATE, *COUNTS)[: len(fields)]
        or not isinstance(clock, Clock)
        or not clock.tells_time
        or "z" in clock.names
        or any(part.format for part in fields[1:])
        or VISIBLE.search("".join(gaps))
    ):
        return 0
    (form,) = date_forms(fields[0])
    date = "".join("0" if piece[0] == "%" else piece for piece in form)
    # What an icon leaves may be nothing, and behind a bracket no space need stand.
    is_known = date.isascii() and not any(sign in date for sign in "?)]")
    return len(date.split()) + len(fields) - 1 if is_known else 0


def _compile_finder(pattern: str, first: Part | None, *, opens: bool) -> Finder:
    """Compile a pattern for searching; `first` is its first field, with which it `opens` or not."""
    whole: Pattern = compile_pattern(pattern)
    if first is None:
        return whole
    date = month_to_year(first) if first.text == DATE else None
    if date is not None:
        return ByYear(whole, compile_pattern(rf"{date}\Z"))
    is_number = first.text in (AGE, *COUNTS) or (first.text == DATE and begins_with_number(first))
    return ByNumber(whole) if opens and is_number else whole


def is_day_first(layout: Layout) -> bool:
    """Return whether the day stands before the month in the marker's date."""
    dates = [part for part in parts(layout.marker) if part.text == DATE and part.kind is Kind.FIELD]
    order = [piece.lstrip("%-") for part in dates for form in date_forms(part) for piece in form]
    return [one for one in order if one in ("d", "m", "B", "b")][:1] == ["d"]


def month_first(layout: Layout) -> Layout:
    """Return the layout with day and month of its marker changing places; itself if it names months."""
    swap = {"%d": "%m", "%-d": "%-m", "%m": "%d", "%-m": "%-d"}
    marker = layout.marker
    for part in parts(marker):
        if part.text == DATE and part.kind is Kind.FIELD:
            turned = "|".join(
                "".join(form if {"%B", "%b"} & {*form} else (swap.get(piece, piece) for piece in form))
                for form in date_forms(part)
            )
            marker = f"{marker[: part.span.start]}{{{DATE}:{turned}}}{marker[part.span.end :]}"
    return evolve(layout, marker=marker)


def _repost_line(layout: Layout, phrases: SitePhrases) -> str:
    """Write the line above a marker that says that what follows is somebody else's; it may be missing."""
    if layout.stands is Stands.AFTER or not layout.reposts:
        return ""
    line = f"{LINE_START}[ \\t]*+(?:{phrases.reposts.pattern})(?:[ \\t]*+{LINE_BREAK}){{1,3}}+[ \\t]*+"
    return f"(?:{line})?+"


def _whole_line(layout: Layout, fields: Iterable[Part]) -> str:
    """Write what must follow a marker that has neither date nor count: labels, and the end of its line."""
    if any(part.text in (DATE, AGE, *COUNTS) for part in fields):
        return ""
    label = "|".join(map(regex.escape, layout.labels)) or "(?!)"
    return rf"(?=[ \t]*+(?:(?:{label})[ \t]*+){{0,{MOST_LABELS}}}+{LINE_END})"


Said = Stats | PlainStats
"""What a marker says: where there is no more to say, its time and its counts."""

stats_of: Final = Stats._of
"""Return as `Stats` what a marker says."""

_SPACE_FOR_GAPS: Final = bytes(byte if 32 < byte < 127 and byte != 63 else 32 for byte in range(256))


def marker_words(shown: str) -> list[bytes]:
    """Return the words of plain markers: gaps hold no visible ASCII but the question mark."""
    return shown.encode("utf-8", "surrogatepass").translate(_SPACE_FOR_GAPS).split()


class _Numbers(dict[bytes, int]):
    """The numbers that most counts are: looking one up takes a third of the time of reading it."""

    def __missing__(self, digits: bytes) -> int:
        return int(digits)


number: Final = _Numbers({b"%d" % n: n for n in range(1000)}).__getitem__
