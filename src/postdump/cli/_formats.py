# SPDX-License-Identifier: MIT
"""
Results for programs: JSON, JSON lines, CSV.

A page is one JSON document, or the rows that `postdump.rows` returns. Several pages are a JSON array with one
document on each line; `_page_output` numbers their rows.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from typing import Any, Final

from postdump import Reading, Repaired

__all__ = ["format_csv", "format_json", "format_json_lines", "format_repaired", "guard_cell", "join_json"]

_FORMULAS: Final = frozenset("=+-@\t\r\n\0＝＋－＠")
"""First characters that make a spreadsheet read a cell as a formula."""


def join_json(documents: Iterable[str], *, is_many: bool) -> Iterator[str]:
    """Yield the only document as it is; if there may be several, an array with one document on each line."""
    if not is_many:
        yield from (document + "\n" for document in documents)
        return
    before = "[\n"
    for document in documents:
        yield before + document
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def format_json_lines(table: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield each row as a JSON object on its own line."""
    return (format_json(row) + "\n" for row in table)


def format_json(value: Mapping[str, Any]) -> str:
    """Return a value as ASCII JSON on one line."""
    return json.dumps(value, separators=(",", ":"))


def format_repaired(repaired: Repaired, names: Mapping[str, str | None]) -> str:
    """Return a repaired text and its repairs as JSON; `names` maps `text` and `witness` to file names."""

    def place(reading: Reading) -> dict[str, Any]:
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
            "reading": place(one.reading),
            "evidence": list(map(place, one.evidence)),
            "confidence": one.confidence,
        }
        for one in repaired.repairs
    ]
    unrepaired = list(map(place, repaired.unrepaired))
    return format_json({"text": repaired.text, "repairs": repairs, "unrepaired": unrepaired}) + "\n"


def format_csv(table: Iterable[Iterable[str | int | None]], *, guard: bool) -> Iterator[str]:
    """Yield rows of cells as CSV (RFC 4180); with `guard`, no cell is a formula."""
    line = StringIO()
    writer = csv.writer(line)
    for cells in table:
        writer.writerow([guard_cell(cell) if guard and isinstance(cell, str) else cell for cell in cells])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def guard_cell(cell: str) -> str:
    """
    Return a cell that no spreadsheet reads as a formula: if it begins like one, a `'` is put before it.

    A cell that begins like a formula after one or more `'` gets another one, so that removing one `'` before
    a formula always restores the cell.

    >>> guard_cell("=1+1"), guard_cell("'=1+1"), guard_cell("'tis 1+1")
    ("'=1+1", "''=1+1", "'tis 1+1")
    """
    return f"'{cell}" if cell.lstrip("'")[:1] in _FORMULAS else cell
