# SPDX-License-Identifier: MIT
"""
Pages for people: each post with its time, counts, text and card, and a closing line.

The text of posts is indented, so that no post can imitate the words of the program.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from postdump import Conflict, Dump, Post, Repair, Role, Stats, Timeline
from postdump._text.wording import singularize
from postdump.cli._screen_lines import ScreenLine
from postdump.cli._streams import display_name
from postdump.cli._wording import (
    format_place,
    format_posting_time,
    format_profile,
    join_words,
    pluralize,
    quote_excerpt,
    summarize_repairs,
)
from postdump.damage import describe
from postdump.layouts._template import COUNTS

__all__ = ["file_heading", "report_page"]

_INDENT = 2
_INFERRED = {"posted_at": "time", "posted_between": "time"}
"""The words for inferred fields whose names do not fit into a sentence."""


def report_page(page: Dump | Timeline, *, is_many: bool) -> Iterator[ScreenLine]:
    """Yield the lines of a page; if there may be several pages, below a line with the names of the files."""
    for number, part in enumerate(_split_into_parts(page, is_many=is_many)):
        if number:
            yield ScreenLine()
        yield from part


def file_heading(names: Iterable[str]) -> ScreenLine:
    """Return the line that names the files of a page."""
    return ScreenLine(f"==> {join_words([display_name(name) for name in names])} <==", style="bold")


def _split_into_parts(page: Dump | Timeline, *, is_many: bool) -> Iterator[Iterable[ScreenLine]]:
    """Yield the parts of a page that are separated by blank lines."""
    names = [page.name] if isinstance(page, Dump) else [dump.name for dump in page.dumps]
    above = [file_heading(names)] if is_many else []
    if page.profile is not None:
        above.append(ScreenLine(f"Posts by {format_profile(page.profile)}", style="bold"))
    if above:
        yield above
    tally: Counter[str] = Counter()
    for post in page.posts:
        tally.update(_INFERRED.get(field, field) for field in post.inferred)
        yield _post_lines(post)
    closing = _close_dump(page) if isinstance(page, Dump) else _close_timeline(page, tally)
    yield [ScreenLine(closing, style="bold")]


def _post_lines(post: Post) -> Iterator[ScreenLine]:
    parts = [format_posting_time(post), _format_counts(post.stats)]
    if post.is_repost or post.author is not None:
        by = "" if post.author is None else f" by {format_profile(post.author)}"
        parts.append(("repost" if post.is_repost else "post") + by)
    yield ScreenLine("  ".join(filter(None, parts)), style="bold")
    if post.text:
        yield from (ScreenLine(line, _INDENT) for line in post.text.split("\n"))
    for line in post.lines:
        if line.role in {Role.ALT, Role.LABEL}:
            yield ScreenLine(f"[{line.text}]", _INDENT, "dim")
    if post.card is not None:
        for part in (post.card.title, post.card.description, post.card.domain):
            if part is not None:
                yield ScreenLine(f"| {part}", _INDENT, "cyan")
    yield from (ScreenLine(f"({note})", _INDENT, "dim") for note in _notes(post))


def _format_counts(stats: Stats) -> str:
    """Return the counts that the page shows, with `~` before a rounded one."""
    counts = []
    for field in COUNTS:
        count = getattr(stats, field)
        if count is not None:
            counts.append(("~" if field in stats.rounded else "") + pluralize(count, singularize(field)))
    return ", ".join(counts)


def _notes(post: Post) -> Iterator[str]:
    """Yield notes about a post: inferred fields, omissions, repairs, conflicts."""
    concluded = [field for field in post.inferred if field not in _INFERRED]
    if concluded:
        yield f"inferred: {join_words(concluded)}"
    if post.omitted_by:
        yield f"not shown by {join_words([display_name(name) for name in post.omitted_by])}"
    if post.repairs:
        yield f"repaired: {join_words([_format_repair(repair) for repair in post.repairs])}"
    for conflict in post.conflicts:
        yield _format_conflict(conflict)


def _format_repair(repair: Repair) -> str:
    before, after = quote_excerpt(repair.before), quote_excerpt(repair.after)
    change = f"{before} to {after} at {format_place(repair.reading)}"
    evidence = join_words([format_place(reading) for reading in repair.evidence])
    return f"{change}, as at {evidence}" if evidence else change


def _format_conflict(conflict: Conflict) -> str:
    readings = [f"{quote_excerpt(reading.text)} at {format_place(reading)}" for reading in conflict.readings]
    chosen = quote_excerpt(conflict.chosen)
    return f"conflict about {conflict.field}: {join_words(readings)}; chosen: {chosen}"


def _close_dump(dump: Dump) -> str:
    problems = len(dump.diagnostics)
    parts = [
        pluralize(len(dump.posts), "post"),
        "no damage seen" if dump.damage is None else f"damaged ({describe(dump.damage)}), nothing repaired",
        f"{pluralize(len(dump.unclaimed), 'line')} unclaimed",
        f"{pluralize(problems, 'problem')}, see postdump inspect" if problems else "no problems",
    ]
    return "; ".join(parts)


def _close_timeline(timeline: Timeline, tally: Counter[str]) -> str:
    unrepaired = [format_place(reading) for reading in timeline.unrepaired]
    inferred = [pluralize(number, thing) for thing, number in tally.items()]
    parts = [
        f"{pluralize(len(timeline), 'post')} from {pluralize(len(timeline.dumps), 'dump')}",
        summarize_repairs(timeline.repairs),
        f"inferred: {join_words(inferred) or 'nothing'}",
        f"left unrepaired: {join_words(unrepaired) or 'nothing'}",
        f"{pluralize(len(timeline.unclaimed), 'line')} unclaimed",
        pluralize(len(timeline.conflicts), "conflict"),
    ]
    return "; ".join(parts)
