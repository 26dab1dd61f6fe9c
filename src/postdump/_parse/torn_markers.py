# SPDX-License-Identifier: MIT
"""
Find markers that are torn: cut at the end of a line or of the text, or with a part missing.

A date in prose may be followed by a dash, so a torn marker must show its icons, clean or damaged
(`icon_damage`):

- What begins like a marker is one, whole or torn, only if the first icons follow, or as many of them as the
  end of the line has left.
- What ends like a marker is one only if at least two counts stand there, each after its own icons.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from attrs import evolve

from postdump._parse.compiled_layout import compile_layout
from postdump._parse.icon_damage import damage_icons, list_gap_forms
from postdump._parse.markers import Marker
from postdump._text.lines import first_line
from postdump._text.regex_types import Finder, Match
from postdump.layouts import Layout
from postdump.layouts._date_search import ByNumber, ByYear
from postdump.layouts._gaps import LONGEST_GAP, NUMBER_BEHIND_ICON
from postdump.layouts._template import COUNTS, DATE, Kind, parts


def is_found_by_numbers(finder: Finder, numbers: Sequence[int] | None) -> bool:
    """Return whether a finder needs to look only at numbers, and the places of these are given."""
    return numbers is not None and isinstance(finder, (ByNumber, ByYear))


def find_matches(finder: Finder, text: str, numbers: Sequence[int] | None) -> Iterator[Match]:
    """Return the matches of a finder in a text; `numbers` are the places of all numbers, if they are few."""
    if numbers is not None and isinstance(finder, (ByNumber, ByYear)):
        return finder.among(text, numbers)
    return finder.finditer(text)


def find_beginnings(
    marker: Marker, text: str, *, is_marked: bool, numbers: Sequence[int] | None = None
) -> Iterator[int]:
    """
    Yield where markers begin, whole or torn: with their first field, and icons after it.

    A line that ends within these icons may show no more than a dash. That counts if it is the last line of
    the text, or if the page `is_marked`: if it has other markers. `numbers` are those of `numbers_of`.
    """
    gap = marker.gaps[1]
    if gap.isascii() or len(marker.fields) < 2:
        return
    last = 0
    for match in find_matches(marker.steps[0], text, numbers):
        start, end = match.span()
        stop = end_of_icons(gap, text, end)
        if stop is None:
            shown = _line_of_its_own(text, start, end)
            last = last or len(text.rstrip())
            if shown and (is_marked or end + len(shown) >= last) and is_start_of_icons(gap, shown):
                yield start
        else:
            after = text[stop : stop + LONGEST_GAP].lstrip(" \t")[:1]
            if after in "\r\n" or after.isdigit() or not (after.isascii() or after.isalpha()):
                yield start


def find_numbers_behind_icons(text: str, numbers: Sequence[int] | None = None) -> Sequence[int]:
    """
    Return where numbers begin that stand after something outside ASCII, as counts do after their icons.

    `numbers` are those of `numbers_of`.
    """
    if numbers is not None:
        return array("q", (number for number in numbers if NUMBER_BEHIND_ICON.match(text, number)))
    return array("q", (number.start() for number in NUMBER_BEHIND_ICON.finditer(text)))


def find_endings(marker: Marker, text: str, numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """
    Yield the stretches that markers end with: two counts at least, each after its own icons.

    `numbers` are those that `find_numbers_behind_icons` finds.
    """
    tails = _tails(marker.layout)
    last = 0
    for count in numbers if tails else ():
        for start in _words_before(text, max(last, count - LONGEST_GAP), count):
            found = (_end_of_tail(*one, text, start, count) for one in tails.get(text[start], ()))
            end = next(filter(None, found), None)
            if end is not None:
                last = end
                yield start, end
                break


def _words_before(text: str, start: int, end: int) -> list[int]:
    """Return where the words begin that stand before `end`, with no visible ASCII between but `?`."""
    starts: list[int] = []
    for at in range(end - 1, start - 1, -1):
        char = text[at]
        if "!" <= char <= "~" and char != "?":
            break
        if not char.isspace() and (at == start or text[at - 1].isspace() or text[at - 1] <= "~"):
            starts.insert(0, at)
    return starts


@lru_cache(maxsize=64)
def _tails(layout: Layout) -> dict[str, list[tuple[str, Marker]]]:
    """Return the parts that a marker ends with, by what their icons can begin with; the longest first."""
    date, *counts = [part for part in parts(layout.marker) if part.kind is Kind.FIELD]
    tails: dict[str, list[tuple[str, Marker]]] = {}
    if date.text == DATE and all(part.text in COUNTS for part in counts):
        for before, part in pairwise((date, *counts[:-1])):
            gap = layout.marker[before.span.end : part.span.start]
            tail = compile_layout(evolve(layout, marker=layout.marker[part.span.start :])).marker
            assert tail is not None  # it has counts
            for first in _forms(gap):
                tails.setdefault(first, []).append((gap, tail))
    return tails


def _end_of_tail(icons: str, tail: Marker, text: str, start: int, count: int) -> int | None:
    """Return where the end of a marker ends that begins with icons and a count; None where there is none."""
    found = tail.pattern.match(text, count) if _shows(icons, text, start, count) else None
    if found is None:
        return None
    ends: list[int] = [found.end(group) for group in range(1, len(tail.fields) + 1)]
    starts = [found.start(group) for group in range(2, len(tail.fields) + 1)]
    gaps = zip(tail.gaps[1:], ends, starts, strict=False)
    return ends[-1] if all(_shows(gap, text, start, stop) for gap, start, stop in gaps) else None


def _shows(gap: str, text: str, start: int, end: int) -> bool:
    """Return whether the icons of a gap stand between two places, and nothing else."""
    stop = end_of_icons(gap, text, start)
    return stop is not None and stop <= end and not text[stop:end].strip()


def _line_of_its_own(text: str, start: int, end: int) -> str:
    """Return what follows on its line, if that ends soon and nothing stands before; nothing otherwise."""
    before = text[max(0, start - LONGEST_GAP) : start].rstrip(" \t")[-1:]
    line = first_line(text[end : end + LONGEST_GAP])
    return line if before in "\r\n" and len(line) < LONGEST_GAP else ""


def end_of_icons(gap: str, text: str, at: int) -> int | None:
    """Return where the icons of a gap end that begin at `at`, damaged or not; None if none do."""
    shown = "".join(text[at : at + LONGEST_GAP].split())
    for length, forms in _forms(gap).get(shown[:1], {}).items():
        if shown[:length] in forms:
            left = length
            while left:
                left -= not text[at].isspace()
                at += 1
            return at
    return None


def is_left_of_icons(gap: str, shown: str) -> bool:
    """Return whether what is shown are the icons of a gap, damaged or not, white space apart."""
    shown = "".join(shown.split())
    return shown in _forms(gap).get(shown[:1], {}).get(len(shown), ())


def is_start_of_icons(gap: str, line: str) -> bool:
    """Return whether the end of a line can have cut the icons of a gap, or what was left of them, to this."""
    shown = "".join(line.split())
    alike = _forms(gap).get(shown[:1], {}).values()
    return not shown.isascii() and any(form.startswith(shown) for forms in alike for form in forms)


@lru_cache(maxsize=64)
def _forms(gap: str) -> dict[str, dict[int, set[str]]]:
    """Return what a gap can show, white space apart, by first character and length, the longest first."""
    shown = {*list_gap_forms(gap), *(form for _, (left,) in damage_icons((gap,)) for form in left)}
    forms: dict[str, dict[int, set[str]]] = {}
    for form in sorted(("".join(one.split()) for one in shown), key=len, reverse=True):
        if form:
            forms.setdefault(form[0], {}).setdefault(len(form), set()).add(form)
    return forms
