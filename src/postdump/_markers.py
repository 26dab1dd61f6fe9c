# SPDX-License-Identifier: MIT
r"""
Templates to patterns, and markers to what they say.

A marker is recognised by the *shape* of its fields; what stands between them is a gap (see `_shapes`),
which holds an icon, what a damage made of it, or nothing. So one derived pattern serves spaced, split,
damaged and stripped markers alike, and which damage it was is asked later (`_detect`).

Gaps, counts and words exclude each other's first characters, so there is one way to read a marker, and
each is bounded: a start costs a constant, hence a text is searched in linear time. A marker without a
trace of its icons counts only at the start of a line; in mid-line it would be prose with a date in it.
The last count of a torn marker is not taken from the date that begins the next one. What has neither date
nor count must be the whole of its line, but for labels that follow.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, TypeGuard

import regex
from attrs import evolve, frozen

from postdump import _counts
from postdump._dates import AGE as AGE_PATTERN
from postdump._dates import (
    Bounds,
    ByNumber,
    ByYear,
    Clock,
    Clocks,
    begins_with_number,
    bounds_of_age,
    clock_of,
    date_pattern,
    month_to_year,
)
from postdump._lazy import draft_of
from postdump._patterns import compiled
from postdump._shapes import (
    A_DASH,
    ALONE,
    BLANK,
    BREAKS,
    ICONS,
    LINE_END,
    LINE_START,
    LONGEST_GAP,
    NOT_HALF_WAY,
    SLOT,
    VISIBLE,
    VISIBLE_RUN,
    VISIBLE_WORDS,
    between,
)  # fmt: skip
from postdump._templates import AGE, COUNTS, DATE, WORDS, Kind, Part, date_forms, parts
from postdump.layouts import Layout, Stands
from postdump.models import Profile, Stats

LONGEST_PREFIX: Final = 256
"""Code points of labels before a marker in its line."""
REACH: Final = 4096
"""Code points, more than enough, that decide on either side of where a marker ends whether it is one."""

_COUNT: Final = {"": _counts.PLAIN, "grouped": _counts.GROUPED, "short": _counts.SHORT}
_HOST: Final = r"[A-Za-z0-9][A-Za-z0-9._\-]{0,252}+"  # 253: the longest host name (RFC 1035)
_NAME_BEHIND_A_DASH: Final = rf"(?!{BLANK})(?:(?!{BLANK}[—–-]{BLANK})[^\r\n]){{1,200}}?"
_WORDS: Final = {
    "name": rf"(?!{BLANK})[^\r\n]{{1,200}}?",
    "handle": rf"{_HOST}(?:@{_HOST})?+",
    "id": r"[A-Za-z0-9]{1,64}+",
    AGE: AGE_PATTERN,
}

Match = Any
"""A match of the regex module, which has no types of its own."""


Said = Stats | tuple[datetime | None, int, int, int, int]
"""What a marker says: where there is no more to say, its time and its counts, in the order of `COUNTS`."""


@frozen(kw_only=True, eq=False)
class Marker:
    """A layout's marker, ready to be searched for."""

    layout: Layout
    pattern: Any
    """With a group for each field."""
    glued: Any
    """The same, behind a count of 0, which takes no more digits; None where a marker does not begin so."""
    finder: Any
    """
    The pattern for whole texts, which finds the same in less time; its only group is the date.

    It may be a `ByYear` or a `ByNumber`.
    """
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
    How many words every marker is, if it is a date without a zone, then the four counts, icons between.

    Nearly every one is that; 0 for others.
    """

    def is_meant(self, match: Match, owner: str | None, since: int = 0) -> bool:
        """
        Tell whether a match is a marker, not prose, a heading, or a link on the page of `owner`.

        Another marker ends at `since`.
        """
        if self.is_handle:
            return match[0].strip() == owner or self.is_repost(match[0])
        if self.is_bare:
            line = match[0].strip(" \t")
            return not any(pattern.fullmatch(line) for pattern, _ in headings_of(self.layout))
        return not self.is_prose(match, since) and not self._is_age_in_prose(match, since)

    def is_prose(self, match: Match, since: int = 0) -> bool:
        """Tell whether a match without a trace of icons is in mid-line, or begins a line without a date."""
        shown: str = match[0]
        if not shown.isascii() or "?" in shown or not self.has_icons:
            return False
        after = "" if self.clock else match.string[match.end() : match.end() + LONGEST_GAP].lstrip(" \t")
        return not self._opens_line(match, since) or after[:1] not in BREAKS

    def _is_age_in_prose(self, match: Match, since: int) -> bool:
        """Tell whether an age and counts without icons stand in mid-line, or other words behind them."""
        if self.fields[0] != AGE or self.has_icons:
            return False
        after = match.string[match.end() : match.end() + LONGEST_GAP]
        is_followed = after[:1] in (" ", "\t") and after.lstrip(" \t")[:1] not in BREAKS
        return is_followed or not self._opens_line(match, since)

    def _opens_line(self, match: Match, since: int) -> bool:
        """Tell whether nothing but another marker and labels stands before a match in its line."""
        before = match.string[max(since, match.start() - LONGEST_PREFIX) : match.start()]
        line = before.replace("\r", "\n").rpartition("\n")[2].strip(" \t")
        return line == "" or labels_of(words_of(self.layout)).fullmatch(line) is not None

    def match(self, text: str, start: int) -> Match:
        """Return the match of a marker that stands at `start`."""
        return self.pattern.match(text, start) or self.glued.match(text, start)

    def is_repost(self, shown: str) -> bool:
        """Tell whether a marker says that what follows is somebody else's."""
        return bool(self.layout.reposts) and reposts_of(self.layout).match(shown.lstrip(" \t")) is not None

    def is_possible(self, groups: tuple[str, ...]) -> bool:
        """Tell whether there is the day among the groups, if there is any."""
        return self.clock is None or self.clock.read(groups[self.fields.index(DATE)]) is not None

    def posted_at(self, groups: tuple[str, ...]) -> datetime | None:
        """Return what the date among the groups says; None where there is none, or it has no hour."""
        return None if self.clock is None else self.clock.moment(groups[self.fields.index(DATE)])

    def posted_between(self, shown: str, captured_at: datetime | None) -> Bounds | None:
        """Return the bounds of a time that a marker says by its day, or by its age when captured."""
        groups = self.pattern.fullmatch(shown).groups()
        if self.clock is not None:
            return self.clock.bounds(groups[self.fields.index(DATE)])
        if captured_at is not None and AGE in self.fields:
            return bounds_of_age(groups[self.fields.index(AGE)], captured_at)
        return None

    @property
    def names_authors(self) -> bool:
        """Tell whether markers say who wrote a post."""
        return "name" in self.fields or "handle" in self.fields

    def author(self, shown: str) -> Profile:
        """Return whom a marker names."""
        said = dict(zip(self.fields, self.pattern.fullmatch(shown).groups(), strict=True))
        return Profile(name=said.get("name"), handle=said.get("handle"))

    def read(self, shown: str, posted_at: datetime | None) -> Stats:
        """Say what a marker says, `posted_at` being what was read of its date."""
        if not self.plain_words:
            return self.stats(self.pattern.fullmatch(shown).groups(), posted_at)
        likes, reposts, replies, quotes = map(_number, _words_of(shown)[-len(COUNTS) :])
        return stats_of((posted_at, likes, reposts, replies, quotes))

    def read_all(self, shown: Sequence[str], dates: Iterable[datetime | None]) -> Iterator[Stats]:
        """Say what markers say, as `read` does, each with the date that was read of it."""
        return map(stats_of, self.said(shown, dates))

    def said(self, shown: Sequence[str], dates: Iterable[datetime | None]) -> Iterator[Said]:
        """Say the same, where that takes less as times and counts: these are compared at once."""
        width = self.plain_words
        if not width or len(shown) < 2:
            return map(self.read, shown, dates)
        words = _words_of(" ".join(shown))
        counts = (map(_number, words[n::width]) for n in range(width - len(COUNTS), width))
        return zip(dates, *counts, strict=True)

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


_SPACE_FOR_GAPS: Final = bytes(byte if 32 < byte < 127 and byte != 63 else 32 for byte in range(256))


def _words_of(shown: str) -> list[bytes]:
    """Return the words of plain markers: gaps hold no visible ASCII but the question mark."""
    return shown.encode("utf-8", "surrogatepass").translate(_SPACE_FOR_GAPS).split()


class _Numbers(dict[bytes, int]):
    """The numbers that most counts are: looking one up takes a third of the time of reading it."""

    def __missing__(self, digits: bytes) -> int:
        return int(digits)


_number: Final = _Numbers({b"%d" % n: n for n in range(1000)}).__getitem__
_new: Final[Any] = object.__new__
_StatsDraft: Final = draft_of(Stats)


def stats_of(said: Said) -> Stats:
    """Return as `Stats` what a marker says."""
    if isinstance(said, Stats):
        return said
    made = _new(_StatsDraft)
    made.posted_at, made.likes, made.reposts, made.replies, made.quotes = said
    made.utc_offset = None
    made.rounded = ()
    made.__class__ = Stats
    stats: Stats = made
    return stats


@lru_cache(maxsize=256)
def marker_of(layout: Layout) -> Marker | None:
    """Compile a layout's marker; None where the layout has none."""
    if not layout.marker:
        return None
    pieces = _pieces(layout.marker)
    fields = [piece for piece in pieces if isinstance(piece, Part)]
    dates = [part for part in fields if part.text == DATE]
    clock = clock_of(dates[0]) if dates else None
    gaps = tuple(piece for piece in pieces if isinstance(piece, str))
    whole = _whole_line(layout, fields)
    repost = _repost_line(layout)
    pattern = repost + "".join(_grouped(pieces)) + whole
    return Marker(
        layout=layout,
        pattern=compiled(pattern),
        glued=compiled(pattern.replace(NOT_HALF_WAY, "", 1)) if fields[0].text == DATE else None,
        finder=_searcher(
            repost + _finder(pieces) + whole, None if repost else fields[0], opens=gaps[0] == ""
        ),
        words=(*VISIBLE_RUN.findall(" ".join(gaps)), *(" ago" for part in fields if part.text == AGE)),
        is_bare=whole != "",
        is_handle=[part.text for part in fields] == ["handle"] and not layout.marker.strip("{}handle"),
        fields=tuple(part.text for part in fields),
        clock=clock,
        gaps=gaps,
        has_icons=not "".join(gaps).isascii(),
        plain_words=_plain_words(fields, gaps, clock),
    )


def _plain_words(fields: Sequence[Part], gaps: Iterable[str], clock: Clock | Clocks | None) -> int:
    """Return how many words a plain marker is; 0 where a marker is not plain, or not always as many."""
    if (
        tuple(part.text for part in fields) != (DATE, *COUNTS)
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
    return len(date.split()) + len(COUNTS) if is_known else 0


@lru_cache(maxsize=256)
def steps_of(layout: Layout) -> tuple[Any, ...]:
    """Compile what a layout's marker begins with: up to its first field, the gap after it, the next field."""
    pieces = _pieces(layout.marker)
    grouped = _grouped(pieces)
    first = next((part for part in pieces if isinstance(part, Part)), None)
    return tuple(
        _searcher("".join(grouped[:n]), first, opens=pieces[0] == "") for n in range(2, len(grouped) + 1)
    )


def _searcher(pattern: str, first: Part | None, *, opens: bool) -> Any:
    """Compile a pattern for searching; `first` is its first field, with which it `opens` or not."""
    whole = compiled(pattern)
    if first is None:
        return whole
    date = month_to_year(first) if first.text == DATE else None
    if date is not None:
        return ByYear(whole, compiled(rf"{date}\Z"))
    is_number = first.text in (AGE, *COUNTS) or (first.text == DATE and begins_with_number(first))
    return ByNumber(whole) if opens and is_number else whole


def is_day_first(layout: Layout) -> bool:
    """Tell whether the day stands before the month in the marker's date."""
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


@lru_cache(maxsize=256)
def headings_of(layout: Layout) -> tuple[tuple[Any, tuple[str, ...]], ...]:
    """Compile a layout's headings: for each the pattern of its whole line, and the names of its fields."""
    patterns = []
    for heading in layout.headings:
        pieces = _pieces(heading)
        line = "".join(_grouped(pieces, breaks=False))
        if [piece.text if isinstance(piece, Part) else piece for piece in pieces[-2:]] == ["name", ""]:
            # The name, and the space before it, may be lost.
            words = "".join(_grouped([*pieces[:-3], str(pieces[-3]).rstrip()], breaks=False))
            line = f"{words}(?:{BLANK}{{1,{LONGEST_GAP}}}+({_WORDS['name']}))?"
        pattern = compiled(f"{LINE_START}[ \\t]*+{line}[ \\t]*+{LINE_END}")
        patterns.append((pattern, tuple(piece.text for piece in pieces if isinstance(piece, Part))))
    return tuple(patterns)


@lru_cache(maxsize=256)
def heading_words(layout: Layout) -> tuple[str, ...]:
    """Return a word of each of a layout's headings: a text without any of them has none."""
    gaps = (
        " ".join(piece for piece in _pieces(heading) if isinstance(piece, str)) for heading in layout.headings
    )
    return tuple(dict.fromkeys(max(VISIBLE_RUN.findall(gap), key=len) for gap in gaps))


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
    pieces: list[str | Part], groups: Container[str] = (DATE, AGE, *COUNTS, *WORDS), *, breaks: bool = True
) -> list[str]:
    """
    Write the pattern of each piece of a template, the fields named in `groups` as groups.

    With `breaks`, white space outside of dates may be a line break.
    """
    written = []
    for i, piece in enumerate(pieces):
        if isinstance(piece, str):
            written.append(between(piece, opens=i == 0, closes=i == len(pieces) - 1, breaks=breaks))
            continue
        shape = date_pattern(piece) if piece.text == DATE else _WORDS.get(piece.text) or _COUNT[piece.format]
        if i == len(pieces) - 2 and i > 1 and isinstance(pieces[1], Part) and pieces[1].text == DATE:
            shape = f"(?!{date_pattern(pieces[1])}){shape}"
        written.append(f"({shape})" if piece.text in groups else shape)
    if not any(piece.strip() if isinstance(piece, str) else piece.text == AGE for piece in pieces):
        written[0], written[-1] = ALONE  # fields and nothing else, which may as well be prose
    elif _opens_with_a_name(pieces):  # which would begin anywhere
        written[0] = rf"{LINE_START}[ \t]*+" if pieces[0] == "" else A_DASH
        written[1] = written[1].replace(_WORDS["name"], _NAME_BEHIND_A_DASH)
    return written


def _opens_with_a_name(pieces: Sequence[str | Part]) -> bool:
    """Tell whether nothing but an icon stands before a name."""
    opening, *names = (piece if isinstance(piece, str) else piece.text for piece in pieces[:2])
    return names == ["name"] and not VISIBLE.search(opening)


def _repost_line(layout: Layout) -> str:
    """Write the line above a marker that says that what follows is somebody else's; it may be missing."""
    if layout.stands is Stands.AFTER or not layout.reposts:
        return ""
    line = f"{LINE_START}[ \\t]*+(?:{reposts_of(layout).pattern})(?:[ \\t]*+(?:\\r\\n?|\\n)){{1,3}}+[ \\t]*+"
    return f"(?:{line})?+"


def _whole_line(layout: Layout, fields: Iterable[Part]) -> str:
    """Write what must follow a marker that has neither date nor count: labels, and the end of its line."""
    if any(part.text in (DATE, AGE, *COUNTS) for part in fields):
        return ""
    label = "|".join(map(regex.escape, layout.labels)) or "(?!)"
    return rf"(?=[ \t]*+(?:(?:{label})[ \t]*+)*+{LINE_END})"


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
            plain[i] = f"{edges[0]}{SLOT}{{{least},{most}}}{edges[1]}"
            if plain[i - 1] == _counts.PLAIN:
                plain[i - 1] = _counts.UNGUARDED
    return f"{''.join(general[:2])}(?|{''.join(plain[2:])}|{''.join(general[2:])})"


def _is_icon(gap: str | Part) -> TypeGuard[str]:
    """Tell whether a piece of a template is an icon, and the white space around it."""
    return isinstance(gap, str) and not gap.isascii() and not VISIBLE.search(gap)


def words_of(layout: Layout) -> tuple[str, ...]:
    """Return all that a layout knows as the site's own words."""
    return (*layout.labels, *layout.previews, *layout.pictures)


@lru_cache(maxsize=256)
def finders_of(words: tuple[str, ...]) -> tuple[Any, ...]:
    """Compile words, a pattern for each first sign: several are found in the time that one takes."""
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[:1], []).append(regex.escape(word[1:]))
    return tuple(compiled(f"{regex.escape(first)}(?={'|'.join(rests)})") for first, rests in groups.items())


@lru_cache(maxsize=256)
def labels_of(words: tuple[str, ...]) -> Any:
    """Compile labels into the pattern of a line made of nothing else; no line is, if there are none."""
    word = "|".join(regex.escape(label) for label in sorted(words, key=len, reverse=True)) or "(?!)"
    return compiled(f"(?:{word})(?:[ \\t]++(?:{word}))*+")


@lru_cache(maxsize=256)
def harmed_labels_of(words: tuple[str, ...]) -> tuple[Any, tuple[str, ...], tuple[str, ...]]:
    """
    Compile labels again, with a slot where one has icons: a group, which holds anything or nothing.

    Returned with the pattern are each slot's icons, and words without which no label with icons stands there.
    """
    shapes, icons, cores = [], [], []
    for label in sorted(words, key=len, reverse=True):
        own = VISIBLE_WORDS.findall(label)
        if own:  # of others nothing is left that is known
            shapes.append(f"({SLOT}{{0,{LONGEST_GAP}}}+)".join(map(regex.escape, ICONS.split(label))))
            icons += [icon.strip() for icon in ICONS.findall(label)]
            cores += [max(own, key=len)] * (not label.isascii())
    word = "|".join(shapes) or "(?!)"
    return compiled(f"(?:{word})(?:[ \\t]++(?:{word}))*+"), tuple(icons), tuple(cores)


@lru_cache(maxsize=256)
def reposts_of(layout: Layout) -> Any:
    """Compile the lines that say that what follows is somebody else's; no line does, if there are none."""
    written = ("".join(_grouped(_pieces(template), (), breaks=False)) for template in layout.reposts)
    return compiled("|".join(f"(?:{line}{LINE_END})" for line in written) or "(?!)")
