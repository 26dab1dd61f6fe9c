# SPDX-License-Identifier: MIT
r"""
Templates to patterns, and markers to what they say.

A marker is recognised by the *shape* of its fields; what stands between them is a gap. Where the
template has an icon or a dash, the gap may hold anything but visible ASCII other than `?`: whatever a
damage made of the icon, or nothing at all. So one derived pattern serves spaced, split, damaged and
stripped markers alike, and which damage it was is asked later (`_detect`).

    gap    := one or more of the characters above, at most LONGEST_GAP together, with at most one
              line break for each run of white space in the template
    space  := the same with nothing but white space

Gaps, counts and words exclude each other's first characters and are matched possessively, and each is
bounded: a start costs a constant, hence a text is searched in linear time. A marker without a trace of
its icons counts only at the start of a line; in mid-line it would be prose with a date in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final

import regex
from attrs import evolve, frozen

from postdump import _counts
from postdump._span import Span
from postdump._templates import COUNTS, DATE, Kind, Part, date_parts, parts
from postdump.errors import LayoutError
from postdump.layouts import Layout
from postdump.models import Stats

LONGEST_GAP: Final = 64
"""Code points: four spaces, an icon damaged twice over (36), and some to spare."""

_BREAK: Final = r"(?:\r\n?|\n)"
_BLANK: Final = r"[ \t\u00a0\u2009\u202f]"
_SLOT: Final = r"[^\x21-\x3e\x40-\x7e\r\n]"
_TRACE: Final = r"[^\x00-\x20\x21-\x3e\x40-\x7e]"
"""What an icon, harmed or not, leaves at least one of."""
_LINE_START: Final = r"(?<![^\r\n])"
_LINE_END: Final = r"(?![^\r\n])"

_MONTHS: Final = (
    "January February March April May June July August September October November December".split()
)
_DIRECTIVES: Final = {
    "%d": "[0-9]{2}",
    "%-d": "[0-9]{1,2}+",
    "%m": "[0-9]{2}",
    "%-m": "[0-9]{1,2}+",
    "%Y": "[0-9]{4}",
    "%B": "(?:" + "|".join(_MONTHS) + ")",
    "%b": "(?:" + "|".join(m[:3] for m in _MONTHS) + ")",
    "%H": "[0-9]{2}",
    "%-H": "[0-9]{1,2}+",
    "%I": "[0-9]{2}",
    "%-I": "[0-9]{1,2}+",
    "%M": "[0-9]{2}",
    "%S": "[0-9]{2}",
    "%p": r"[AaPp]\.?[Mm]\b\.?",
    "%z": r"(?:Z|[+-][0-9]{2}:?[0-9]{2})",
}
_MONTH_NUMBER: Final = {m[:3]: n for n, m in enumerate(_MONTHS, 1)}
_COUNT: Final = {"": _counts.PLAIN, "grouped": _counts.GROUPED, "short": _counts.SHORT}
_WORDS: Final = {
    "name": r"[^\r\n]{1,200}?",
    "handle": r"[A-Za-z0-9][A-Za-z0-9.\-]{0,252}+",  # 253: the longest host name (RFC 1035)
}

Match = Any
"""A match of the regex module, which has no types of its own."""


@frozen(kw_only=True, eq=False)
class Clock:
    """Reads the date strings of one format."""

    pattern: Any
    names: tuple[str, ...]
    """The directives of the pattern's groups, without `%` and `-`."""
    columns: dict[str, slice] | None
    """Where each number stands in a date of `length` code points; None where their widths vary."""
    length: int

    def read(self, text: str) -> datetime | None:
        """Return the time that a date of this format says; None where there is no such day or hour."""
        at = self.columns
        if at is None or len(text) != self.length:
            return _datetime(self._numbers(text))
        if text[at["H"]] > "23":  # some Pythons read 24:00 as the next day
            return None
        try:
            return datetime.fromisoformat(f"{text[at['Y']]}-{text[at['m']]}-{text[at['d']]}T{text[at['H']]}:{text[at['M']]}")
        except ValueError:
            return None

    def offset(self, text: str) -> timedelta | None:
        """Return the zone that a date of this format says; None where the format has none."""
        zone = self._numbers(text)["z"] if "z" in self.names else ""
        if zone in ("", "Z"):
            return timedelta() if zone else None
        size = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
        return -size if zone[0] == "-" else size

    def _numbers(self, text: str) -> dict[str, str]:
        return dict(zip(self.names, self.pattern.fullmatch(text).groups(), strict=True))


def _datetime(numbers: dict[str, str]) -> datetime | None:
    month = numbers.get("B") or numbers.get("b")
    hour = int(numbers.get("H") or numbers.get("I") or 0)
    if "p" in numbers:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if numbers["p"][0] in "Pp" else 0)
    try:
        return datetime(
            int(numbers["Y"]),
            _MONTH_NUMBER[month[:3]] if month else int(numbers["m"]),
            int(numbers["d"]),
            hour,
            int(numbers.get("M") or 0),
            int(numbers.get("S") or 0),
        )
    except ValueError:
        return None


@frozen(kw_only=True, eq=False)
class Marker:
    """A layout's marker, ready to be searched for."""

    layout: Layout
    pattern: Any
    fields: tuple[str, ...]
    """The names of the pattern's groups, in order."""
    clock: Clock | None
    gaps: tuple[str, ...]
    """What the template has before, between and after its fields: one more than there are fields."""
    is_plain: bool
    """Whether it is a date without a zone, and plain counts."""
    steps: tuple[str, ...]
    """The patterns of the template up to each gap and field: where the last one that matches ends, reading failed."""
    opening: Any
    """The pattern of what looks like the beginning of a marker; None where there is no icon to tell it from prose."""

    def is_prose(self, match: Match) -> bool:
        """Tell whether a match shows no trace of the template's icons and stands in mid-line."""
        shown: str = match[0]
        if not shown.isascii() or "?" in shown or "".join(self.gaps).isascii():
            return False
        start: int = match.start()
        before = match.string[max(0, start - LONGEST_GAP) : start].rstrip(" \t")
        return before != "" and before[-1] not in "\r\n"

    def posted_at(self, groups: tuple[str, ...]) -> datetime | None:
        """Return what the date among the groups says; None where there is none, or no such day."""
        return None if self.clock is None else self.clock.read(groups[self.fields.index(DATE)])

    def stats(self, groups: tuple[str, ...], posted_at: datetime | None) -> Stats:
        """Say what the pattern's groups mean, `posted_at` being what was read of the date."""
        if self.is_plain:  # a date, then plain counts: worth a short way, as nearly every marker is such
            return Stats(posted_at=posted_at, **dict(zip(self.fields[1:], map(int, groups[1:]), strict=True)))
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


@lru_cache(maxsize=256)
def marker_of(layout: Layout) -> Marker | None:
    """Compile a layout's marker; None where the layout has none."""
    if not layout.marker:
        return None
    pieces = _pieces(layout.marker)
    fields = [piece for piece in pieces if isinstance(piece, Part)]
    dates = [part for part in fields if part.text == DATE]
    clock = _clock(dates[0]) if dates else None
    gaps = tuple(piece for piece in pieces if isinstance(piece, str))
    opening = f"{_pattern(pieces[:3], whole=False)}(?<={_TRACE}{_SLOT}{{0,{LONGEST_GAP}}})(?:(?=[0-9])|{_LINE_END})"
    return Marker(
        layout=layout,
        pattern=regex.compile(_pattern(pieces)),
        fields=tuple(part.text for part in fields),
        clock=clock,
        gaps=gaps,
        is_plain=fields[0].text == DATE
        and "z" not in (clock.names if clock else ())
        and all(part.text in COUNTS and part.format == "" for part in fields[1:]),
        steps=tuple(_pattern(pieces[:n], whole=False) for n in range(2, len(pieces) + 1)),
        opening=None if len(fields) < 2 or gaps[1].isascii() else regex.compile(opening),
    )


def is_day_first(layout: Layout) -> bool:
    """Tell whether the day stands before the month in the marker's date."""
    dates = [part for part in parts(layout.marker) if part.text == DATE and part.kind is Kind.FIELD]
    order = [piece.lstrip("%-") for part in dates for piece in date_parts(part)]
    return [one for one in order if one in ("d", "m", "B", "b")][:1] == ["d"]


def month_first(layout: Layout) -> Layout:
    """Return the layout with day and month changing places in its marker's date."""
    swap = {"%d": "%m", "%-d": "%-m", "%m": "%d", "%-m": "%-d"}
    marker = layout.marker
    for part in parts(marker):
        if part.text == DATE and part.kind is Kind.FIELD:
            turned = "".join(swap.get(piece, piece) for piece in date_parts(part))
            marker = f"{marker[: part.span.start]}{{{DATE}:{turned}}}{marker[part.span.end :]}"
    return evolve(layout, marker=marker)


@lru_cache(maxsize=256)
def headings_of(layout: Layout) -> tuple[tuple[Any, tuple[str, ...]], ...]:
    """Compile a layout's headings: for each the pattern of its whole line, and the names of its fields."""
    compiled = []
    for heading in layout.headings:
        pieces = _pieces(heading)
        pattern = regex.compile(f"{_LINE_START}[ \\t]*+{_pattern(pieces)}[ \\t]*+{_LINE_END}")
        compiled.append((pattern, tuple(piece.text for piece in pieces if isinstance(piece, Part))))
    return tuple(compiled)


def _pieces(template: str) -> list[str | Part]:
    """Split a template into gaps and fields, taking turns: gap, field, gap, ..., gap."""
    pieces: list[str | Part] = [""]
    for part in parts(template):
        if part.kind is Kind.FIELD:
            pieces += [part, ""]
        else:
            pieces[-1] += part.text  # type: ignore[operator]  # the last one is always a gap
    return pieces


def _pattern(pieces: list[str | Part], *, whole: bool = True) -> str:
    """Write the pattern of a template, or of its first pieces: a group for each field, in order."""
    written = []
    for i, piece in enumerate(pieces):
        if isinstance(piece, Part):
            written.append(f"({_field(piece)})")
        else:
            written.append(_gap(piece, opens=i == 0, closes=whole and i == len(pieces) - 1))
    return "".join(written)


def _field(part: Part) -> str:
    if part.text == DATE:
        return "".join(_DIRECTIVES.get(piece) or _gap(piece) for piece in date_parts(part))
    return _WORDS.get(part.text) or _COUNT[part.format]


def _gap(text: str, *, opens: bool = False, closes: bool = False) -> str:
    """
    Write the pattern of what stands between two fields, within a date, or at an end of the template.

    At an end an icon is sought only as far as its line goes, and may always be missing.
    """
    if opens and not text:
        return "(?<![0-9])"
    written = []
    stretches = _GAP_PARTS.findall(text)
    for i, stretch in enumerate(stretches):
        if stretch.strip() == "":
            rest = f"{_BLANK}{{0,{LONGEST_GAP}}}+"
            written.append(f"(?:{_BLANK}{{1,{LONGEST_GAP}}}+(?:{_BREAK}{rest})?+|{_BREAK}{rest})")
        elif stretch.lstrip()[0].isascii():
            written.append(regex.escape(stretch))
        elif opens and i == 0:
            written.append(f"(?:{_LINE_START}{_SLOT}{{1,{LONGEST_GAP}}}+)?+")
        elif closes and i == len(stretches) - 1:
            written.append(f"(?:{_SLOT}{{1,{LONGEST_GAP}}}+{_LINE_END})?+")
        else:
            slot = f"{_SLOT}{{0,{LONGEST_GAP}}}+"
            breaks = len(_SPACES.findall(stretch))
            written.append(f"(?![0-9]){slot}(?:{_BREAK}{slot}){{0,{breaks}}}+")
    return "".join(written)


_SPACES: Final = regex.compile(r"[ \t\r\n]+")
_GAP_PARTS: Final = regex.compile(r"[\x21-\x7e]+|[ \t\r\n]*+[^\x00-\x7f][^\x21-\x7e]*|[ \t\r\n]+")
"""A word; icons with the white space around them; or white space alone."""


def _clock(part: Part) -> Clock:
    """Make the reader of a date field; where every width is known, numbers are cut out by column."""
    pieces = date_parts(part)
    written = "".join(f"({_DIRECTIVES[p]})" if p in _DIRECTIVES else _gap(p) for p in pieces)
    columns: dict[str, slice] | None = {}
    at = 0
    for piece in pieces:
        width = 4 if piece == "%Y" else 2 if piece in _TWO_DIGITS else 1
        if piece in _DIRECTIVES:
            columns[piece[-1]] = slice(at, at + width)
        at += width
    if set(columns) != set("dmYHM") or not all(p in (*_TWO_DIGITS, "%Y") for p in pieces if p in _DIRECTIVES):
        columns = None
    names = tuple(piece[-1] for piece in pieces if piece in _DIRECTIVES)
    return Clock(pattern=regex.compile(written), names=names, columns=columns, length=at)


_TWO_DIGITS: Final = ("%d", "%m", "%H", "%M")


@lru_cache(maxsize=256)
def labels_of(layout: Layout) -> Any:
    """Compile a layout's labels into the pattern of a line made of nothing else; None where it has none."""
    if not layout.labels:
        return None
    word = "|".join(regex.escape(label) for label in sorted(layout.labels, key=len, reverse=True))
    return regex.compile(f"(?:{word})(?:[ \\t]++(?:{word}))*+")


LINK_ENDS: Final = ".,;:!?'\"’”»)]}>*_"
"""What ends a sentence around a link rather than the link."""
LINK: Final = regex.compile(
    r"""
    (?<![A-Za-z0-9@./_\-])                        # not within a word, an address or another link
    (?: https?://[^\x00-\x20\x7f<>"“”«»()]{1,2048}+
      | (?:www\.(?=[A-Za-z0-9]) | (?=[A-Za-z0-9\-]{1,63}+\.(?:[A-Za-z0-9\-]{1,63}+\.){0,6}+[A-Za-z]{2,24}+/))
        [A-Za-z0-9.\-]{1,253}+
        (?:/[^\x00-\x20\x7f<>"“”«»()]{0,2048}+)?+
    )""",
    regex.VERBOSE,
)
"""A link as pages show it: with a scheme, with `www.`, or a host and a path."""
NON_ASCII: Final = regex.compile(r"[^\x00-\x7f]+")
"""A run of characters outside ASCII: what a damage can have touched."""

_GRAPHEME: Final = regex.compile(r"\X")


def graphemes(text: str) -> int:
    """
    Count the extended grapheme clusters of a text: what a person takes for characters (UAX #29).

    >>> graphemes("Ahoy 👩‍🚀")
    6
    """
    return len(text) if text.isascii() else sum(1 for _ in _GRAPHEME.finditer(text))
