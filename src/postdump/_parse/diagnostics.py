# SPDX-License-Identifier: MIT
"""
Find all diagnostics of a dump, each with a code and a place.

One diagnostic, `no-marker`, says that a page has no marker at all. All others say what is wrong with a text
that is a marker with an impossible date, or nearly a marker: it begins like one, with the first field and the
icons after it, or ends like one, with counts and their icons (`torn_markers`). Damaged icons count like clean
ones. A date in prose is not nearly a marker, nor is a number. Places are as small as possible, and empty
where something is missing at the end of a line.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from attrs import evolve

from postdump._parse.markers import Marker
from postdump._parse.page import Page
from postdump._parse.torn_markers import (
    end_of_icons,
    find_beginnings,
    find_endings,
    find_numbers_behind_icons,
    is_start_of_icons,
)
from postdump._text.lines import first_line
from postdump._text.regex_types import Match
from postdump._text.span import Span
from postdump.layouts._dates import Clock, Clocks
from postdump.layouts._gaps import LONGEST_GAP
from postdump.layouts._template import AGE, COUNTS, DATE, WORDS
from postdump.models import Diagnostic, Stats

_DIGITS: Final = frozenset("0123456789")

_NEEDED: Final = {
    **dict.fromkeys(COUNTS, ("a number", "stats-no-count")),
    **dict.fromkeys(WORDS, ("a name", "stats-no-name")),
    DATE: ("a date", "stats-no-date"),
    AGE: ("an age", "stats-no-date"),
}
"""What to call each field, and the code for its lack."""


def problems(page: Page, *, is_flat_by_choice: bool) -> Iterator[Diagnostic]:
    """Return every problem of a page, in order."""
    if not page.starts and not is_flat_by_choice:
        yield _at(0, len(page.text), "expected a marker of some layout", "no-marker")
    if page.marker is not None:
        found = [failure(page.marker, page.text, start) for start, _ in page.rejected]
        yield from sorted((*found, *_torn(page, page.marker)), key=lambda one: (one.span, one.code))


def _torn(page: Page, marker: Marker) -> Iterator[Diagnostic]:
    """Return the problems of what stands outside the markers, and is nearly one."""
    known = sorted([*zip(page.starts, page.ends, strict=True), *page.rejected])
    edges = [0, *(edge for span in known for edge in span), len(page.text)]
    stretches = list(zip(edges[::2], edges[1::2], strict=True))
    rest = "\n".join(page.text[start:end] for start, end in stretches)
    begins = list(accumulate((end - start + 1 for start, end in stretches), initial=0))

    def whole(offset: int) -> int:
        """Return where in the page a place in the rest is."""
        which = bisect_right(begins, offset) - 1
        return stretches[which][0] + offset - begins[which]

    torn = list(find_beginnings(marker, rest, is_marked=bool(page.starts)))
    for start in map(whole, torn):
        if start == 0 or page.text[start - 1] not in _DIGITS:  # else it is glued to the count before it
            yield failure(marker, page.text, start)
    for start, end in find_endings(marker, rest, find_numbers_behind_icons(rest)):
        before = bisect_right(torn, start)
        if not before or start - torn[before - 1] > LONGEST_GAP * len(marker.fields):
            yield _at(whole(start), whole(end), "expected a date before the counts", "stats-no-date")


def read_marker(marker: Marker, text: str) -> Stats | Diagnostic:
    """Read a text that is a marker and nothing else; what keeps it from being one otherwise."""
    shown = text.strip(" \t\r\n")
    match = marker.pattern.fullmatch(shown)
    if match is not None:
        groups = match.groups()
        if marker.is_possible(groups):
            return marker.stats(groups, marker.posted_at(groups))
    problem = failure(marker, shown, 0)
    before = text.index(shown)
    return evolve(problem, span=Span(start=before + problem.span.start, end=before + problem.span.end))


def failure(marker: Marker, text: str, start: int) -> Diagnostic:
    """Say why no marker stands at `start`: the first thing that is not what the template says."""
    match, done = None, 0
    for step in marker.steps:
        further = step.match(text, start)
        if further is None:
            break
        match, done = further, done + 1
    if match is None:
        return _at(start, _line_end(text, start), "expected a stats line", "no-stats")
    read = (done + 1) // 2  # fields; an even number of steps includes the gap that follows them
    for number in range(read):
        problem = _of_gap(marker, text, match, number) if number else None
        if marker.clock is not None and marker.fields[number] == DATE:
            problem = problem or _of_date(marker.clock, match, number + 1)
        if problem is not None:
            return problem
    if done % 2:
        return _no_gap(marker, text, match, read)
    if read < len(marker.fields):
        return _of_last_gap(marker, text, match, read)
    at = _past_space(text, match.end())
    return _at(at, _line_end(text, at), "expected nothing after the marker", "stats-text-after")


def _of_date(clock: Clock | Clocks, match: Match, group: int) -> Diagnostic | None:
    if clock.read(match[group]) is not None:
        return None
    start, end = match.span(group)
    return _at(start, end, "expected a day and a time that exist", "stats-date")


def _of_gap(marker: Marker, text: str, match: Match, number: int) -> Diagnostic | None:
    """Say what is wrong with a gap between two fields, though it can be one."""
    gap, start, end = marker.gaps[number], match.end(number), match.start(number + 1)
    icons, is_more = _icons_and_more(gap, text[start:end])
    if is_more:
        return _no_field(marker, text, number, start + icons)
    others = (text[match.end(k) : match.start(k + 1)] for k in range(1, number))
    is_lacking = gap.strip() and not icons and any(other.strip() for other in others)
    return _no_gap(marker, text, match, number) if is_lacking else None


def _of_last_gap(marker: Marker, text: str, match: Match, number: int) -> Diagnostic:
    """Say what is wrong with a gap that no field follows, or with what follows instead."""
    gap, start, end = marker.gaps[number], match.end(number), match.end()
    icons, _ = _icons_and_more(gap, text[start:end])
    if gap.strip() and not icons and text[end : end + 1] not in _DIGITS:
        return _no_gap(marker, text, match, number)
    return _no_field(marker, text, number, start + icons)


def _icons_and_more(gap: str, shown: str) -> tuple[int, bool]:
    """Return where the icons in a gap end, and whether something follows that should be the next field."""
    stop = end_of_icons(gap, shown, 0)
    if stop is not None:
        return stop, bool(shown[stop:].strip())
    line = shown[: _line_end(shown, 0)].rstrip()
    is_torn = len(line) < len(shown.rstrip(" \t")) and is_start_of_icons(gap, line)
    return (len(line), True) if is_torn else (len(shown.rstrip()), False)


def _no_gap(marker: Marker, text: str, match: Match, number: int) -> Diagnostic:
    """Say that a gap does not stand where the field before it ends, or not all of it."""
    gap, at = marker.gaps[number], match.end(number)
    if match[number] == "0" and text[at : at + 1] in _DIGITS:
        return _too_long(text, at - 1, marker.gaps[number - 1])
    line = first_line(text[at : at + LONGEST_GAP])
    icons = len(line.rstrip()) if is_start_of_icons(gap, line) else end_of_icons(gap, line, 0)
    if icons is None:
        expected = _quoted(gap) or "white space"
        if number < len(marker.fields):
            expected += f" and {_NEEDED[marker.fields[number]][0]}"
        return _at(*_next(text, at), f"expected {expected}", "stats-no-gap")
    if line[0].isspace() and line[icons : icons + 1] not in _DIGITS:
        return _no_field(marker, text, number, at + icons)
    at += icons if line[0].isspace() else 0
    return _at(at, at + 1, "expected white space", "stats-no-gap")


def _no_field(marker: Marker, text: str, number: int, at: int) -> Diagnostic:
    """Say that a field does not stand at `at`, where the icons before it end."""
    gap = marker.gaps[number]
    what, code = _NEEDED[marker.fields[number]]
    start, end = _next(text, at)
    if what == "a number":
        first = start if start < end else _next(text, start + 1 + text.startswith("\r\n", start))[0]
        digits = text[first : _digits_end(text, first)]
        is_date = marker.fields[0] == DATE and marker.steps[0].match(text, first) is not None
        if not is_date and (len(digits) > 15 or (len(digits) > 1 and digits[0] == "0")):
            return _too_long(text, first, gap)
        if not digits and text[start:end].isdigit():
            while text[end : end + 1].isdigit():
                end += 1
            return _at(start, end, f"expected ASCII digits{_after(gap)}", "stats-digit")
    return _at(start, end, f"expected {what}{_after(gap)}", code)


def _too_long(text: str, start: int, gap: str) -> Diagnostic:
    problem = f"expected at most 15 digits and no leading zero{_after(gap)}"
    return _at(start, _digits_end(text, start), problem, "stats-long-count")


def _after(gap: str) -> str:
    return f" after {_quoted(gap)}" if gap.strip() else ""


def _quoted(gap: str) -> str:
    return f"'{' '.join(gap.split())}'" if gap.strip() else ""


def _digits_end(text: str, at: int) -> int:
    while text[at : at + 1] in _DIGITS:
        at += 1
    return at


def _past_space(text: str, at: int) -> int:
    while text[at : at + 1].isspace():
        at += 1
    return at


def _next(text: str, at: int) -> tuple[int, int]:
    """Return where the next visible character of the line is; where the line ends, if there is none."""
    while text[at : at + 1].isspace() and text[at] not in "\r\n":
        at += 1
    return at, at + (text[at : at + 1] not in ("", "\r", "\n"))


def _line_end(text: str, start: int) -> int:
    ends = [at for at in (text.find("\n", start), text.find("\r", start)) if at >= 0]
    return min(ends, default=len(text))


def _at(start: int, end: int, message: str, code: str) -> Diagnostic:
    return Diagnostic(code=code, message=message, span=Span(start=start, end=end))
