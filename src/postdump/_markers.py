# SPDX-License-Identifier: MIT
r"""
Templates to patterns, and markers to what they say.

A marker is recognised by the *shape* of its fields; what stands between them is a gap. Where the
template has an icon or a dash, the gap may hold anything but visible ASCII other than `?`: whatever a
damage made of the icon, or nothing at all. So one derived pattern serves spaced, split, damaged and
stripped markers alike, and which damage it was is asked later (`_detect`).

    gap    := one or more of the characters above, at most LONGEST_GAP together, with at most one
              line break for each run of white space in the template, and with white space at each end
              where the template has it: in Chinese, numbers and words stand close
    space  := the same with nothing but white space

Gaps, counts and words exclude each other's first characters, so there is one way to read a marker, and
each is bounded: a start costs a constant, hence a text is searched in linear time. A marker without a
trace of its icons counts only at the start of a line; in mid-line it would be prose with a date in it.
The last count of a torn marker is not taken from the date that begins the next one.
"""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any, Final, TypeGuard

import regex
from attrs import evolve, field, frozen

from postdump import _counts
from postdump._lazy import draft_of
from postdump._templates import COUNTS, DATE, WORDS, Kind, Part, date_parts, parts
from postdump.layouts import Layout
from postdump.models import Stats

LONGEST_GAP: Final = 64
"""Code points: four spaces, an icon damaged twice over (36), and some to spare."""
REACH: Final = 4096
"""Code points, more than enough, that decide on either side of where a marker ends whether it is one."""

_BREAKS: Final = ("", "\r", "\n")
_BREAK: Final = r"(?:\r\n?|\n)"
_BLANK: Final = r"[ \t\u00a0\u2009\u202f]"
_SLOT: Final = r"[^\x21-\x3e\x40-\x7e\r\n]"
_WHITE: Final = r"[ \t\r\n\u00a0\u2009\u202f]"
_FITS: Final = rf"(?![^\x21-\x3e\x40-\x7e]{{{LONGEST_GAP + 1}}})"
_SPACE: Final = (
    r"(?: "  # tried first, as it is what nearly always stands there; what follows must not match it again
    rf"|(?! (?!{_BLANK}|[\r\n]))(?!(?:{_BLANK}|[\r\n]){{{LONGEST_GAP + 1}}})"
    rf"(?:{_BLANK}++(?:{_BREAK}{_BLANK}*+)?+|{_BREAK}{_BLANK}*+))"
)
_LINE_START: Final = r"(?<![^\r\n])"
_LINE_END: Final = r"(?![^\r\n])"
_ALONE: Final = (
    rf"(?<![^\r\n \t][ \t]{{0,{LONGEST_GAP - 1}}})",
    rf"(?![ \t]{{0,{LONGEST_GAP}}}[^\r\n \t])",
)
"""What stands on lines of its own."""

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
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
_WIDTHS: Final = {"%d": 2, "%m": 2, "%Y": 4, "%b": 3, "%H": 2, "%M": 2, "%S": 2}
"""Of the directives that are always of one width."""
_MONTH_NUMBER: Final = {m[:3]: n for n, m in enumerate(_MONTHS, 1)}
_COUNT: Final = {"": _counts.PLAIN, "grouped": _counts.GROUPED, "short": _counts.SHORT}
_WORDS: Final = {
    "name": rf"(?!{_BLANK})[^\r\n]{{1,200}}?",
    "handle": r"[A-Za-z0-9][A-Za-z0-9.\-]{0,252}+",  # 253: the longest host name (RFC 1035)
}

Match = Any
"""A match of the regex module, which has no types of its own."""


REMEMBERED: Final = 4096
"""Days, and times of day, that a clock keeps: eleven years of posts; dates no one wrote empty it."""


@frozen(kw_only=True, eq=False)
class Clock:
    """Reads the date strings of one format."""

    pattern: Any
    names: tuple[str, ...]
    """The directives of the pattern's groups, without `%` and `-`."""
    columns: tuple[slice, slice] | None
    """Where day and time stand, if each has a width of its own: a page repeats both all the time."""
    days: dict[str, datetime] = field(factory=dict)
    times: dict[str, timedelta] = field(factory=dict)

    def read(self, text: str) -> datetime | None:
        """Return the time that a date of this format says; None where there is no such day or hour."""
        if self.columns is None:
            return _datetime(self._numbers(text))
        day, time = self.columns
        try:
            return self.days[text[day]] + self.times[text[time]]
        except KeyError:
            return self._learn(text, text[day], text[time])

    def _learn(self, text: str, day: str, time: str) -> datetime | None:
        moment = _datetime(self._numbers(text))
        if moment is not None:
            for memo in (self.days, self.times):
                if len(memo) >= REMEMBERED:
                    memo.clear()
            midnight = moment.replace(hour=0, minute=0, second=0)
            self.days[day] = midnight
            self.times[time] = moment - midnight
        return moment

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
    """With a group for each field."""
    finder: Any
    """The pattern for whole texts, which finds the same in less time; its only group is the date."""
    fields: tuple[str, ...]
    """The names of the pattern's groups, in order."""
    clock: Clock | None
    gaps: tuple[str, ...]
    """What the template has before, between and after its fields: one more than there are fields."""
    has_icons: bool
    is_plain: bool
    """Whether it is a date without a zone, then the four counts, icons between: nearly every one."""

    def is_prose(self, match: Match) -> bool:
        """Tell whether a match without a trace of icons is in mid-line, or begins a line without a date."""
        shown: str = match[0]
        if not shown.isascii() or "?" in shown or not self.has_icons:
            return False
        start, end = match.span()
        before = match.string[max(0, start - LONGEST_GAP) : start].rstrip(" \t")
        after = "" if self.clock else match.string[end : end + LONGEST_GAP].lstrip(" \t")
        return before[-1:] not in _BREAKS or after[:1] not in _BREAKS

    def posted_at(self, groups: tuple[str, ...]) -> datetime | None:
        """Return what the date among the groups says; None where there is none, or no such day."""
        return None if self.clock is None else self.clock.read(groups[self.fields.index(DATE)])

    def read(self, shown: str, posted_at: datetime | None) -> Stats:
        """Say what a marker says, `posted_at` being what was read of its date."""
        if not self.is_plain:
            return self.stats(self.pattern.fullmatch(shown).groups(), posted_at)
        # Gaps hold no visible ASCII but the question mark: without it, the fields are what ASCII is left.
        fields = shown.encode("ascii", "replace").translate(_SPACE_FOR_GAPS).split()
        made = _new(_StatsDraft)
        made.posted_at = posted_at
        made.utc_offset = None
        likes, reposts, replies, quotes = fields[-4:]
        made.likes = _NUMBERS[likes]
        made.reposts = _NUMBERS[reposts]
        made.replies = _NUMBERS[replies]
        made.quotes = _NUMBERS[quotes]
        made.rounded = ()
        made.__class__ = Stats
        stats: Stats = made
        return stats

    def stats(self, groups: tuple[str, ...], posted_at: datetime | None) -> Stats:
        """Say what the pattern's groups mean, `posted_at` being what was read of the date."""
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


_SPACE_FOR_GAPS: Final = bytes(32 if byte <= 32 or byte in b"?\x7f" else byte for byte in range(256))


class _Numbers(dict[bytes, int]):
    """The numbers that most counts are: looking one up takes a third of the time of reading it."""

    def __missing__(self, digits: bytes) -> int:
        return int(digits)


_NUMBERS: Final = _Numbers({b"%d" % n: n for n in range(1000)})
_new: Final[Any] = object.__new__
_StatsDraft: Final = draft_of(Stats)


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
    grouped = _grouped(pieces)
    return Marker(
        layout=layout,
        pattern=regex.compile("".join(grouped)),
        finder=regex.compile(_finder(pieces)),
        fields=tuple(part.text for part in fields),
        clock=clock,
        gaps=gaps,
        has_icons=not "".join(gaps).isascii(),
        is_plain=tuple(part.text for part in fields) == (DATE, *COUNTS)
        and "%z" not in fields[0].format
        and not any(part.format for part in fields[1:])
        and not _VISIBLE.search("".join(gaps)),
    )


@lru_cache(maxsize=256)
def steps_of(layout: Layout) -> tuple[Any, ...]:
    """Compile what a layout's marker begins with: up to its first field, the gap after it, the next field."""
    grouped = _grouped(_pieces(layout.marker))
    return tuple(regex.compile("".join(grouped[:n])) for n in range(2, len(grouped) + 1))


def is_day_first(layout: Layout) -> bool:
    """Tell whether the day stands before the month in the marker's date."""
    dates = [part for part in parts(layout.marker) if part.text == DATE and part.kind is Kind.FIELD]
    order = [piece.lstrip("%-") for part in dates for piece in date_parts(part)]
    return [one for one in order if one in ("d", "m", "B", "b")][:1] == ["d"]


def month_first(layout: Layout) -> Layout:
    """Return the layout with day and month of its marker changing places; itself if it names months."""
    swap = {"%d": "%m", "%-d": "%-m", "%m": "%d", "%-m": "%-d"}
    marker = layout.marker
    for part in parts(marker):
        if part.text == DATE and part.kind is Kind.FIELD and not {"%B", "%b"} & {*date_parts(part)}:
            turned = "".join(swap.get(piece, piece) for piece in date_parts(part))
            marker = f"{marker[: part.span.start]}{{{DATE}:{turned}}}{marker[part.span.end :]}"
    return evolve(layout, marker=marker)


@lru_cache(maxsize=256)
def headings_of(layout: Layout) -> tuple[tuple[Any, tuple[str, ...]], ...]:
    """Compile a layout's headings: for each the pattern of its whole line, and the names of its fields."""
    compiled = []
    for heading in layout.headings:
        pieces = _pieces(heading)
        pattern = regex.compile(
            f"{_LINE_START}[ \\t]*+{''.join(_grouped(pieces, breaks=False))}[ \\t]*+{_LINE_END}"
        )
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


def _grouped(
    pieces: list[str | Part], groups: Container[str] = (DATE, *COUNTS, *WORDS), *, breaks: bool = True
) -> list[str]:
    """
    Write the pattern of each piece of a template, the fields named in `groups` as groups.

    With `breaks`, white space outside of dates may be a line break.
    """
    written = []
    for i, piece in enumerate(pieces):
        if isinstance(piece, str):
            written.append(_gap(piece, opens=i == 0, closes=i == len(pieces) - 1, breaks=breaks))
            continue
        shape = _date(piece) if piece.text == DATE else _WORDS.get(piece.text) or _COUNT[piece.format]
        if i == len(pieces) - 2 and i > 1 and isinstance(pieces[1], Part) and pieces[1].text == DATE:
            shape = f"(?!{_date(pieces[1])}){shape}"
        written.append(f"({shape})" if piece.text in groups else shape)
    if not any(isinstance(piece, str) and piece.strip() for piece in pieces):
        written[0], written[-1] = _ALONE  # fields and nothing else, which may as well be prose
    return written


def _finder(pieces: list[str | Part]) -> str:
    """
    Write the pattern of a template again, for searching in whole texts.

    Nearly every marker stands on one line. Such are tried first, in a form that takes half the time: the
    gaps are plain runs, and the counts before them need not look at what follows. Every group that is not
    made saves more. The alternatives follow the first field because a pattern is searched for by its
    beginning.
    """
    general = _grouped(pieces, (DATE,))
    plain = general.copy()
    for i in range(2, len(pieces) - 1):
        gap, after = pieces[i], pieces[i + 1]
        if _is_icon(gap) and isinstance(after, Part) and after.text in COUNTS:
            edges = [" " * edge.isspace() for edge in (gap[0], gap[-1])]
            least, most = (0, LONGEST_GAP - 2) if any(edges) else (1, LONGEST_GAP)
            plain[i] = f"{edges[0]}{_SLOT}{{{least},{most}}}{edges[1]}"
            if plain[i - 1] == _counts.PLAIN:
                plain[i - 1] = _counts.UNGUARDED
    return f"{''.join(general[:2])}(?|{''.join(plain[2:])}|{''.join(general[2:])})"


def _is_icon(gap: str | Part) -> TypeGuard[str]:
    """Tell whether a piece of a template is an icon, and the white space around it."""
    return isinstance(gap, str) and not gap.isascii() and not _VISIBLE.search(gap)


def _date(part: Part, directive: str = "{}") -> str:
    """Write the pattern of a date field, each directive's as `directive` says."""
    runs = groupby(date_parts(part), _DIRECTIVES.get)
    return "".join(directive.format(shape) if shape else _gap("".join(run)) for shape, run in runs)


def _gap(text: str, *, opens: bool = False, closes: bool = False, breaks: bool = True) -> str:
    """
    Write the pattern of what stands between two fields, within a date, or at an end of the template.

    At an end an icon is sought only as far as its line goes, and may always be missing.
    """
    written = []
    stretches = _GAP_PARTS.findall(text)
    for i, stretch in enumerate(stretches):
        if stretch.strip() == "":
            written.append(_SPACE if breaks else f"{_BLANK}{{1,{LONGEST_GAP}}}+")
        elif stretch.lstrip()[0].isascii():
            written.append(regex.escape(stretch))
        elif opens and i == 0:
            written.append(f"(?:{_LINE_START}{_SLOT}{{1,{LONGEST_GAP}}}+)?+")
        elif closes and i == len(stretches) - 1:
            written.append(f"(?:{_SLOT}{{1,{LONGEST_GAP}}}+{_LINE_END})?+")
        else:
            most = len(_SPACES.findall(stretch)) if breaks else 0
            start = f"(?={_WHITE})" if stretch[0].isspace() else "(?![0-9])"
            end = f"(?<={_WHITE})" if stretch[-1].isspace() else ""
            written.append(f"{start}{_FITS}{_SLOT}*+(?:{_BREAK}{_SLOT}*+){{0,{most}}}+{end}")
    if opens and not _VISIBLE.search(text):
        written.append("(?<![0-9])")  # a number is not entered half-way
    return "".join(written)


_VISIBLE: Final = regex.compile(r"[\x21-\x7e]")
_SPACES: Final = regex.compile(r"[ \t\r\n]+")
_GAP_PARTS: Final = regex.compile(r"[\x21-\x7e]+|[ \t\r\n]*+[^\x00-\x7f][^\x21-\x7e]*|[ \t\r\n]+")
"""A word; icons with the white space around them; or white space alone."""


def _clock(part: Part) -> Clock:
    """Make the reader of a date field."""
    pieces = date_parts(part)
    names = [piece for piece in pieces if piece in _DIRECTIVES]
    return Clock(
        pattern=regex.compile(_date(part, "({})")),
        names=tuple(name[-1] for name in names),
        columns=_columns(pieces, names),
    )


def _columns(pieces: tuple[str, ...], names: list[str]) -> tuple[slice, slice] | None:
    """Return where the day stands in a date's text, and where the time; None where it depends on the text."""
    if set(names[:3]) not in ({"%d", "%m", "%Y"}, {"%d", "%b", "%Y"}) or len(names) == 3:
        return None
    day = pieces[: pieces.index(names[2]) + 1]
    time = pieces[pieces.index(names[3]) :]
    if not all(piece in _WIDTHS or _VISIBLE.fullmatch(piece) for piece in (*day, *time)):
        return None
    days, times = (sum(_WIDTHS.get(piece, 1) for piece in side) for side in (day, time))
    return slice(days), slice(-times, None)


@lru_cache(maxsize=256)
def labels_of(layout: Layout) -> Any:
    """Compile a layout's labels, of which there are some, into the pattern of a line made of nothing else."""
    word = "|".join(regex.escape(label) for label in sorted(layout.labels, key=len, reverse=True))
    return regex.compile(f"(?:{word})(?:[ \\t]++(?:{word}))*+")


_LATIN: Final = r"A-Za-z0-9\-\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff"
_LABEL: Final = rf"(?:[{_LATIN}]{{1,63}}+|(?:(?!\p{{Latin}})[\p{{L}}\p{{M}}\p{{N}}\-]){{1,63}}+)"
"""A label of a host name, at most 63 long (RFC 1035), in Latin letters or none."""
_TOP: Final = r"(?:xn--[A-Za-z0-9\-]{1,59}+|[A-Za-z]{2,24}+|(?:(?!\p{Latin})[\p{L}\p{M}]){2,24}+)"
_IN_PATH: Final = r'[^\x00-\x20\x7f\p{Z}<>"“”«»()。、，！？（）「」『』【】《》]'
_PATH: Final = rf"(?:{_IN_PATH}++|\({_IN_PATH}*+\))"
LINK: Final = regex.compile(
    rf"""
    (?<![{_LATIN}@./_])                           # not within a word, an address or another link
    (?: [Hh][Tt][Tt][Pp][Ss]?://(?=[\p{{L}}\p{{N}}]){_PATH}++
      | [Ww]{{3}}(?=\.[\p{{L}}\p{{N}}])(?:\.{_LABEL})++(?::[0-9]{{1,5}}+)?+(?:[/?\#]{_PATH}*+)?+
      | (?:(?=[{_LATIN}])|(?<![\p{{L}}\p{{M}}]))    # in Chinese text, a Latin host may follow a word
        (?:{_LABEL}\.)++{_TOP}(?::[0-9]{{1,5}}+)?+/{_PATH}*+
    )""",
    regex.VERBOSE,
)
"""A link as pages show it: with `http` or `https`, with `www.`, or a host and a path."""
LINK_ENDS: Final = ".,;:!?'\"’”»]}>*_"
"""What ends a sentence around a link rather than the link; its own parentheses come in pairs."""
COUNTED: Final = regex.compile(rf"[0-9](?<=[^\x00-\x7f]{_WHITE}{{0,{LONGEST_GAP}}}[0-9])")
"""The first digit of a number that an icon can belong to."""
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
