# SPDX-License-Identifier: MIT
"""
Results in pieces, one a page, and what joins them.

A piece says nothing of the pages before it, so any process can make it, and in any order; heads, numbers
and what else depends on the pages before come when pieces are joined.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TypeVar

from postdump import Dump, Timeline, rows, to_json
from postdump._io.rows import COLUMNS
from postdump.cli._formats import compact, csv_lines, json_document, json_lines
from postdump.cli._inspect import FACTS, fact_lines, fact_row, facts
from postdump.cli._options import Asked
from postdump.cli._report import page_lines
from postdump.cli._screen_lines import Shown, plain

__all__ = ["apart", "joined", "piece", "shown"]

T = TypeVar("T")


def piece(page: Dump | Timeline, *, asked: Asked, is_many: bool) -> Iterable[str]:
    """Return what is written of one page: a document, a line for each row, or lines for people."""
    if asked.form == "text":
        return plain(shown(page, asked=asked, is_many=is_many))
    if isinstance(page, Dump) and asked.is_inspection:
        return _told(page, asked)
    match asked.form:
        case "json":
            return [to_json(page)]
        case "jsonl":
            return json_lines(rows(page))
        case _:
            return csv_lines((row.values() for row in rows(page)), guard=asked.guard)


def _told(dump: Dump, asked: Asked) -> Iterable[str]:
    match asked.form:
        case "json":
            return [compact(facts(dump))]
        case "jsonl":
            return json_lines([facts(dump)])
        case _:
            return csv_lines([fact_row(dump).values()], guard=asked.guard)


def shown(page: Dump | Timeline, *, asked: Asked, is_many: bool) -> Iterator[Shown]:
    """Yield the lines that people read of one page."""
    if isinstance(page, Dump) and asked.is_inspection:
        return fact_lines(page)
    return page_lines(page, is_many=is_many)


def joined(pieces: Iterable[Iterable[str]], asked: Asked) -> Iterator[str]:
    """
    Yield all that is written, of the pieces of all pages.

    Rows of posts begin with `page`, counted from 0, where there may be several pages.
    """
    is_numbered = asked.is_many and not asked.is_inspection
    columns = FACTS if asked.is_inspection else COLUMNS
    match asked.form:
        case "json":
            return json_document(map("".join, pieces), is_many=asked.is_many)
        case "jsonl" if is_numbered:
            return (f'{{"page":{number},{line[1:]}' for number, line in _numbered(pieces))
        case "csv" if is_numbered:
            head = csv_lines([("page", *columns)], guard=False)
            return chain(head, (f"{number},{line}" for number, line in _numbered(pieces)))
        case "csv":
            return chain(csv_lines([columns], guard=False), chain.from_iterable(pieces))
        case "jsonl":
            return chain.from_iterable(pieces)
        case _:
            return apart(pieces, "\n")


def _numbered(pieces: Iterable[Iterable[str]]) -> Iterator[tuple[int, str]]:
    """Yield each line with the number of its piece."""
    return ((number, line) for number, lines in enumerate(pieces) for line in lines)


def apart(pieces: Iterable[Iterable[T]], blank: T) -> Iterator[T]:
    """Yield all lines, with a blank one between two pieces."""
    for number, lines in enumerate(pieces):
        if number:
            yield blank
        yield from lines
