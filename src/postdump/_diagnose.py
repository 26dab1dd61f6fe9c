# SPDX-License-Identifier: MIT
"""
What is wrong with a text that is, or nearly is, a marker: as data, with a code and a place.

What looks like the beginning of a marker, its date and a trace of the icon after it and then a number or
the end of the line, but is none, is a problem worth telling. A date in prose is not.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from postdump._markers import Marker
from postdump._span import Span
from postdump._tokenize import Page
from postdump.models import Diagnostic, Stats


def problems(page: Page, *, is_flat_by_choice: bool) -> Iterator[Diagnostic]:
    """Return every problem of a page, in order."""
    if not page.starts and not is_flat_by_choice:
        whole = Span(start=0, end=len(page.text))
        yield Diagnostic(code="no-marker", message="expected a marker of some layout", span=whole)
    if page.marker is None:
        return
    found = [failure(page.marker, page.text, start) for start, _ in page.rejected]
    if page.marker.opening is not None:
        known = {*page.starts, *(start for start, _ in page.rejected)}
        for match in page.marker.opening.finditer(page.text):
            if match.start() not in known:
                found.append(failure(page.marker, page.text, match.start()))
    yield from sorted(found, key=lambda one: (one.span.start, one.span.end))


def read_marker(marker: Marker, text: str) -> Stats | Diagnostic:
    """Read a text that is a marker and nothing else; what keeps it from being one otherwise."""
    start = len(text) - len(text.lstrip(" \t\r\n"))
    end = len(text.rstrip(" \t\r\n"))
    match = marker.pattern.fullmatch(text, start, end)
    if match is None:
        return failure(marker, text, start)
    groups = match.groups()
    posted_at = marker.posted_at(groups)
    if marker.clock is not None and posted_at is None:
        return failure(marker, text, start)
    return marker.stats(groups, posted_at)


def failure(marker: Marker, text: str, start: int) -> Diagnostic:
    """Say why no marker stands at `start`: the first piece of the template that is not there."""
    done = None
    for step, pattern in enumerate(marker.steps):
        match = regex.compile(pattern).match(text, start)
        if match is None:
            return _missing(marker, text, start, step, start if done is None else done.end())
        done = match
        if step == 0 and marker.clock is not None and marker.fields[0] == "posted_at":
            date = match[match.lastindex]
            if marker.clock.read(date) is None:
                return _at(
                    text, match.start(1), match.end(1), "expected a day and a time that exist", "stats-date"
                )
    assert done is not None  # a template has at least one field
    return _at(
        text, done.end(), _line_end(text, done.end()), "expected nothing after the marker", "stats-text-after"
    )


def _missing(marker: Marker, text: str, start: int, step: int, at: int) -> Diagnostic:
    """Describe the missing piece number `step` of the template, the first field being number 0."""
    if step == 0:
        return _at(text, start, _line_end(text, start), "expected a stats line", "no-stats")
    gap = marker.gaps[(step + 1) // 2].strip()
    after = f" after '{gap}'" if gap else ""
    if step % 2:
        return _at(text, at, at + 1, f"expected '{gap}' and a number", "stats-no-gap")
    if text[at : at + 1] in set("0123456789"):
        end = at
        while text[end : end + 1] in set("0123456789"):
            end += 1
        problem, code = f"expected at most 15 digits and no leading zero{after}", "stats-long-count"
        return _at(text, at, end, problem, code)
    line = text.rfind("\n", start, at) + 1 or start
    for i in range(max(line, start), at):
        if text[i].isdigit() and not text[i].isascii():
            return _at(text, i, i + 1, f"expected ASCII digits{after}", "stats-digit")
    return _at(text, at, at + 1, f"expected a number{after}", "stats-no-count")


def _at(text: str, start: int, end: int, message: str, code: str) -> Diagnostic:
    return Diagnostic(code=code, message=message, span=Span(start=start, end=min(end, max(len(text), start))))


def _line_end(text: str, start: int) -> int:
    ends = [at for at in (text.find("\n", start), text.find("\r", start)) if at >= 0]
    return min(ends, default=len(text))
