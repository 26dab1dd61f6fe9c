# SPDX-License-Identifier: MIT
"""
Results for programs: JSON, JSON lines, CSV.

A page is one JSON document, or rows as `postdump.rows` has them. Of several pages, JSON is an array with
one document a line; what their rows look like, `_page_output` says.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from typing import Any, Final

from postdump import Reading, Repaired

__all__ = [
    "compact",
    "csv_lines",
    "guarded",
    "json_document",
    "json_lines",
    "repaired_document",
]

_FORMULAS: Final = frozenset("=+-@\t\r\n\0＝＋－＠")
"""What makes a spreadsheet take a cell for a formula, where it comes first."""


def json_document(documents: Iterable[str], *, is_many: bool) -> Iterator[str]:
    """Yield documents as one: the only one as it is, of many an array, each on a line of its own."""
    if not is_many:
        yield from (document + "\n" for document in documents)
        return
    before = "[\n"
    for document in documents:
        yield before + document
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def json_lines(table: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield each row as an object on a line of its own."""
    return (compact(row) + "\n" for row in table)


def compact(value: Mapping[str, Any]) -> str:
    """Return JSON in ASCII, on one line."""
    return json.dumps(value, separators=(",", ":"))


def repaired_document(repaired: Repaired, names: Mapping[str, str | None]) -> str:
    """Return a repaired text and its repairs as JSON; `names` says what the two texts are called."""

    def told(reading: Reading) -> dict[str, Any]:
        return {
            "dump": names[reading.dump],
            "start": reading.span.start,
            "end": reading.span.end,
            "line": reading.line,
            "column": reading.column,
            "text": reading.text,
        }

    repairs = [
        {
            "before": one.before,
            "after": one.after,
            "basis": one.basis.value,
            "reading": told(one.reading),
            "evidence": list(map(told, one.evidence)),
            "confidence": one.confidence,
        }
        for one in repaired.repairs
    ]
    unrepaired = list(map(told, repaired.unrepaired))
    return compact({"text": repaired.text, "repairs": repairs, "unrepaired": unrepaired}) + "\n"


def csv_lines(table: Iterable[Iterable[str | int | None]], *, guard: bool) -> Iterator[str]:
    """Yield rows of cells as CSV of RFC 4180, guarded against spreadsheets."""
    line = StringIO()
    writer = csv.writer(line)
    for cells in table:
        writer.writerow([guarded(cell) if guard and isinstance(cell, str) else cell for cell in cells])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def guarded(cell: str) -> str:
    """
    Return a cell that no spreadsheet takes for a formula: one that begins like it gets a `'` before it.

    So does one that begins like it after some `'`, so that the first of them can be taken away for certain.

    >>> guarded("=1+1"), guarded("'=1+1"), guarded("'tis 1+1")
    ("'=1+1", "''=1+1", "'tis 1+1")
    """
    return f"'{cell}" if cell.lstrip("'")[:1] in _FORMULAS else cell
