# SPDX-License-Identifier: MIT
"""What is known of dumps, apart from what their posts say: for people and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from postdump import Dump
from postdump._io.rows import escape_surrogates
from postdump._parse.source_text import Origin
from postdump._text.wording import find_place
from postdump.cli._report import heading
from postdump.cli._screen_lines import Shown
from postdump.cli._streams import shown_name
from postdump.cli._wording import clock, pluralize, who
from postdump.damage import describe
from postdump.errors import DumpError
from postdump.layouts._template import COUNTS

__all__ = ["FACTS", "fact_lines", "fact_row", "facts"]

FACTS: Final = (
    "dump",
    "sha256",
    "captured_at",  # ISO 8601
    "characters",
    "lines",
    "layouts",
    "damage",
    "evidence",  # what spoke for layout and damage, in words
    "profile_name",
    "profile_handle",
    "posts",  # how many
    "dated",  # how many of them show a date
    "earliest",  # ISO 8601
    "latest",
    *COUNTS,  # of all posts together; None where no post shows any
    "unclaimed",  # how many lines
    "diagnostics",  # each with code, message, start, end, line and column; in a table, how many
)
"""What is told of each dump, in this order."""

_SHOWN: Final = 20
"""Problems shown in full: each takes a search through the text."""
_INDENT: Final = 11
"""Columns for what a fact is called."""


def facts(dump: Dump) -> dict[str, Any]:
    """Return what is known of a dump, ready for JSON."""
    origin = Origin(dump.text)
    seen = [(post.posted_at, post.stats) for post in dump.posts]  # once: each look makes them anew
    dates = [posted_at for posted_at, _ in seen if posted_at is not None]
    profile = dump.profile
    told = (
        dump.name,
        dump.sha256,
        _iso(dump.captured_at),
        len(dump.text),
        _lines(dump.text),
        list(dump.layouts),
        None if dump.damage is None else describe(dump.damage),
        list(dump.evidence),
        None if profile is None else profile.name,
        None if profile is None else profile.handle,
        len(seen),
        len(dates),
        _iso(min(dates, default=None)),
        _iso(max(dates, default=None)),
        *(_total([getattr(stats, name) for _, stats in seen]) for name in COUNTS),
        len(dump.unclaimed),
        [
            {"code": one.code, "message": one.message, "start": one.span.start, "end": one.span.end}
            | dict(zip(("line", "column"), origin.position(one.span.start), strict=True))
            for one in dump.diagnostics
        ],
    )
    return dict(zip(FACTS, told, strict=True))


def fact_row(dump: Dump) -> dict[str, str | int | None]:
    """Return what is known of a dump as one flat row."""
    row = facts(dump)
    row["layouts"] = " ".join(row["layouts"]) or None
    row["evidence"] = "\n".join(row["evidence"]) or None
    row["diagnostics"] = len(row["diagnostics"])
    return {key: escape_surrogates(value) if isinstance(value, str) else value for key, value in row.items()}


def fact_lines(dump: Dump) -> Iterator[Shown]:
    """Yield what is known of a dump, for people; its problems with carets under their places."""
    yield heading([dump.name])
    for label, told in _told(dump):
        for line, one in enumerate(told):
            yield Shown(one, _INDENT, label="" if line else label)
    yield from _problem_lines(dump)


def _told(dump: Dump) -> Iterator[tuple[str, list[str]]]:
    """Yield facts as people call them, each in one line or more."""
    known = facts(dump)
    yield "layout", [", ".join(known["layouts"])]
    yield "damage", [known["damage"] or "none seen"]
    if known["evidence"]:
        yield "evidence", known["evidence"]
    if dump.profile is not None:
        yield "profile", [who(dump.profile)]
    if dump.captured_at is not None:
        yield "captured", [f"{clock(dump.captured_at)} UTC"]
    yield "posts", [f"{known['posts']}{_from_to(known)}"]
    totals = [f"{known[name]} {name}" for name in COUNTS if known[name] is not None]
    if totals:
        yield "counts", [f"{', '.join(totals)}, of all posts together"]
    yield "unclaimed", [pluralize(known["unclaimed"], "line")]
    yield "text", [f"{pluralize(known['characters'], 'character')} in {pluralize(known['lines'], 'line')}"]
    yield "sha256", [known["sha256"]]
    yield "problems", [str(len(known["diagnostics"])) if known["diagnostics"] else "none"]


def _from_to(known: Mapping[str, Any]) -> str:
    if not known["dated"]:
        return ""
    those = "" if known["dated"] == known["posts"] else f"{known['dated']} of them "
    earliest, latest = (clock(datetime.fromisoformat(known[end])) for end in ("earliest", "latest"))
    return f", {those}dated from {earliest} to {latest}"


def _problem_lines(dump: Dump) -> Iterator[Shown]:
    for one in dump.diagnostics[:_SHOWN]:
        source = shown_name(dump.name)
        error = DumpError(one.message, code=one.code, text=dump.text, span=one.span, source=source)
        yield from (Shown(line, 2) for line in str(error).split("\n"))
    if len(dump.diagnostics) > _SHOWN:
        yield Shown(f"and {len(dump.diagnostics) - _SHOWN} more: --format json has all", 2)


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _total(counts: Iterable[int | None]) -> int | None:
    """Return all counts together; None if there are none."""
    shown = [count for count in counts if count is not None]
    return sum(shown) if shown else None


def _lines(text: str) -> int:
    """Return how many lines a text has; what follows the last line break is one if there is anything."""
    return find_place(text, len(text))[0] - (text == "" or text[-1] in "\r\n")
