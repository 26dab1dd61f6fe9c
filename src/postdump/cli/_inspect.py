# SPDX-License-Identifier: MIT
"""Facts about dumps, such as layout, damage, evidence and problems: for people and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from postdump import Dump
from postdump._io.rows import escape_surrogates
from postdump._parse.source_text import SourceText
from postdump._text.wording import find_place
from postdump.cli._report import file_heading
from postdump.cli._screen_lines import ScreenLine
from postdump.cli._streams import display_name
from postdump.cli._wording import format_profile, format_time, pluralize
from postdump.damage import describe
from postdump.errors import DumpError
from postdump.layouts._template import COUNTS

__all__ = ["FACTS", "collect_facts", "flatten_facts", "report_facts"]

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
"""The facts about each dump, in this order."""

_MOST_PROBLEMS: Final = 20
"""How many problems are shown in full: to find the line of each takes a search through the text."""
_INDENT: Final = 11
"""Columns for the label of a fact."""


def collect_facts(dump: Dump) -> dict[str, Any]:
    """Return the facts about a dump, ready for JSON."""
    origin = SourceText(dump.text)
    # Each access to `dump.posts` makes new posts, so it is read once.
    posts = [(post.posted_at, post.stats) for post in dump.posts]
    dates = [posted_at for posted_at, _ in posts if posted_at is not None]
    profile = dump.profile
    values = (
        dump.name,
        dump.sha256,
        _format_iso(dump.captured_at),
        len(dump.text),
        _count_lines(dump.text),
        list(dump.layouts),
        None if dump.damage is None else describe(dump.damage),
        list(dump.evidence),
        None if profile is None else profile.name,
        None if profile is None else profile.handle,
        len(posts),
        len(dates),
        _format_iso(min(dates, default=None)),
        _format_iso(max(dates, default=None)),
        *(_sum_known([getattr(stats, name) for _, stats in posts]) for name in COUNTS),
        len(dump.unclaimed),
        [
            {"code": problem.code, "message": problem.message}
            | {"start": problem.span.start, "end": problem.span.end}
            | dict(zip(("line", "column"), origin.position(problem.span.start), strict=True))
            for problem in dump.diagnostics
        ],
    )
    return dict(zip(FACTS, values, strict=True))


def flatten_facts(dump: Dump) -> dict[str, str | int | None]:
    """Return the facts about a dump as one flat row."""
    row = collect_facts(dump)
    row["layouts"] = " ".join(row["layouts"]) or None
    row["evidence"] = "\n".join(row["evidence"]) or None
    row["diagnostics"] = len(row["diagnostics"])
    return {key: escape_surrogates(value) if isinstance(value, str) else value for key, value in row.items()}


def report_facts(dump: Dump) -> Iterator[ScreenLine]:
    """Yield the facts about a dump for people; its problems with carets under their places."""
    yield file_heading([dump.name])
    for label, lines in _labelled_facts(dump):
        for number, line in enumerate(lines):
            yield ScreenLine(line, _INDENT, label="" if number else label)
    yield from _problem_lines(dump)


def _labelled_facts(dump: Dump) -> Iterator[tuple[str, list[str]]]:
    """Yield each fact as a label for people and one or more lines."""
    facts = collect_facts(dump)
    yield "layout", [", ".join(facts["layouts"])]
    yield "damage", [facts["damage"] or "none seen"]
    if facts["evidence"]:
        yield "evidence", facts["evidence"]
    if dump.profile is not None:
        yield "profile", [format_profile(dump.profile)]
    if dump.captured_at is not None:
        yield "captured", [f"{format_time(dump.captured_at)} UTC"]
    yield "posts", [f"{facts['posts']}{_format_period(facts)}"]
    totals = [f"{facts[name]} {name}" for name in COUNTS if facts[name] is not None]
    if totals:
        yield "counts", [f"{', '.join(totals)}, of all posts together"]
    yield "unclaimed", [pluralize(facts["unclaimed"], "line")]
    yield "text", [f"{pluralize(facts['characters'], 'character')} in {pluralize(facts['lines'], 'line')}"]
    yield "sha256", [facts["sha256"]]
    yield "problems", [str(len(facts["diagnostics"])) if facts["diagnostics"] else "none"]


def _format_period(facts: Mapping[str, Any]) -> str:
    if not facts["dated"]:
        return ""
    of_them = "" if facts["dated"] == facts["posts"] else f"{facts['dated']} of them "
    earliest, latest = (format_time(datetime.fromisoformat(facts[end])) for end in ("earliest", "latest"))
    return f", {of_them}dated from {earliest} to {latest}"


def _problem_lines(dump: Dump) -> Iterator[ScreenLine]:
    for problem in dump.diagnostics[:_MOST_PROBLEMS]:
        source = display_name(dump.name)
        code, span = problem.code, problem.span
        error = DumpError(problem.message, code=code, text=dump.text, span=span, source=source)
        yield from (ScreenLine(line, 2) for line in str(error).split("\n"))
    if len(dump.diagnostics) > _MOST_PROBLEMS:
        yield ScreenLine(f"and {len(dump.diagnostics) - _MOST_PROBLEMS} more: --format json has all", 2)


def _format_iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _sum_known(counts: Iterable[int | None]) -> int | None:
    """Return the sum of counts; None if no post shows any."""
    numbers = [count for count in counts if count is not None]
    return sum(numbers) if numbers else None


def _count_lines(text: str) -> int:
    """Return how many lines a text has; an empty rest after the last line break is no line."""
    return find_place(text, len(text))[0] - (text == "" or text[-1] in "\r\n")
