# SPDX-License-Identifier: MIT
"""The public functions `parse` and `parse_stats`."""

from __future__ import annotations

from datetime import UTC, datetime

from postdump._parse.compiled_layout import compile_layout
from postdump._parse.diagnostics import read_marker
from postdump._parse.page import cut
from postdump._parse.parsed_dump import ParsedDump
from postdump._parse.source_text import SourceText
from postdump._text.span import Span
from postdump._text.wording import escape_controls, pluralize
from postdump.errors import DumpError, DumpErrors, StatsError
from postdump.layouts import BUILT_IN, Layout
from postdump.layouts._template import WORDS
from postdump.models import Diagnostic, Dump, Stats


def parse(
    text: str,
    *,
    name: str | None = None,
    layout: Layout | None = None,
    captured_at: datetime | None = None,
    strict: bool = False,
) -> Dump:
    r"""
    Read one dump: its posts, in page order, and the lines that belong to no post.

    This repairs nothing and changes no character; `merge` makes the repairs.

    Args:
        text: Any text.
        name: Name of the dump in readings; by default the first 12 hex digits of the text's SHA-256.
        layout: Layout of the page; by default the built-in layout with the most markers.
        captured_at: When the page was saved; a time without a zone counts as UTC.
        strict: Whether to raise all problems at once, instead of recording them.

    Raises:
        DumpErrors: The dump has diagnostics, and `strict` is true.

    >>> dump = parse("Ahoy.\n03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0\nA bio.")
    >>> [post.text for post in dump.posts], [line.text for line in dump.unclaimed]
    (['Ahoy.'], ['A bio.'])
    """
    source = ParsedDump(
        cut(text, layout), SourceText(text, name), layout=layout, captured_at=as_utc(captured_at)
    )
    dump = Dump._lazy(source)
    if strict and dump.diagnostics:
        raise DumpErrors(
            escape_controls(f"{pluralize(len(dump.diagnostics), 'problem')} in {dump.name}"),
            [
                DumpError(one.message, code=one.code, text=text, span=one.span, source=dump.name)
                for one in dump.diagnostics
            ],
        )
    return dump


def parse_stats(text: str, *, layout: Layout | None = None) -> Stats:
    """
    Read the date and the counts of one stats line.

    Args:
        text: One marker and nothing else, damaged or not; white space around it is ignored.
        layout: Layout of the marker; by default the first built-in layout that fits.

    Returns:
        Date and counts of the marker; a count that the marker lacks is None, never 0.

    Raises:
        StatsError: No layout reads this text as a stats line.

    >>> parse_stats("03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0").likes
    4
    """
    nearest = Diagnostic(code="no-stats", message="expected a stats line", span=Span(start=0, end=len(text)))
    for one in BUILT_IN if layout is None else (layout,):
        marker = compile_layout(one).marker
        if marker is None or (layout is None and marker.is_bare):
            continue
        read = read_marker(marker, text)
        if isinstance(read, Stats):
            return read
        if layout is None and marker.fields[0] in WORDS:
            continue  # a name is found in everything, and so tells nothing
        if read.code != "no-stats" and (nearest.code == "no-stats" or read.span.start > nearest.span.start):
            nearest = read
    raise StatsError(nearest.message, code=nearest.code, text=text, span=nearest.span)


def as_utc(moment: datetime | None) -> datetime | None:
    """Return a moment as UTC; a naive one is taken to be that already."""
    if moment is None:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
