# SPDX-License-Identifier: MIT
"""
The output of each page, and how the outputs of many pages are joined.

The output of a page does not depend on the pages before it, so that any process can make it, in any order.
Column names, page numbers, and whatever else depends on other pages are added when outputs are joined.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TypeVar

from postdump import Dump, Timeline, rows, to_json
from postdump._io.rows import COLUMNS
from postdump.cli._formats import format_csv, format_json, format_json_lines, join_json
from postdump.cli._inspect import FACTS, collect_facts, flatten_facts, report_facts
from postdump.cli._options import Options
from postdump.cli._report import report_page
from postdump.cli._screen_lines import ScreenLine, format_plain

__all__ = ["join_outputs", "page_output", "screen_lines", "separate"]

T = TypeVar("T")


def page_output(page: Dump | Timeline, *, options: Options, is_many: bool) -> Iterable[str]:
    """Return the output of one page: a JSON document, a line for each row, or lines for people."""
    if options.form == "text":
        return format_plain(screen_lines(page, options=options, is_many=is_many))
    if isinstance(page, Dump) and options.is_inspection:
        return _facts_output(page, options)
    match options.form:
        case "json":
            return [to_json(page)]
        case "jsonl":
            return format_json_lines(rows(page))
        case "csv":
            return format_csv((row.values() for row in rows(page)), guard=options.guard)
        case _:
            raise _unknown_form(options)


def _facts_output(dump: Dump, options: Options) -> Iterable[str]:
    match options.form:
        case "json":
            return [format_json(collect_facts(dump))]
        case "jsonl":
            return format_json_lines([collect_facts(dump)])
        case "csv":
            return format_csv([flatten_facts(dump).values()], guard=options.guard)
        case _:
            raise _unknown_form(options)


def _unknown_form(options: Options) -> ValueError:
    """Return the error for a format that a function has no case for."""
    return ValueError(f"expected a format that has a case here, got {options.form!r}")


def screen_lines(page: Dump | Timeline, *, options: Options, is_many: bool) -> Iterator[ScreenLine]:
    """Return the lines that describe one page to people: its posts, or facts about it."""
    if isinstance(page, Dump) and options.is_inspection:
        return report_facts(page)
    return report_page(page, is_many=is_many)


def join_outputs(outputs: Iterable[Iterable[str]], options: Options) -> Iterator[str]:
    """
    Yield the whole output, from the outputs of all pages.

    If there may be several pages, rows of posts begin with the column `page`, counted from 0.
    """
    is_numbered = options.is_many and not options.is_inspection
    columns = FACTS if options.is_inspection else COLUMNS
    match options.form:
        case "json":
            return join_json(map("".join, outputs), is_many=options.is_many)
        case "jsonl" if is_numbered:
            return (f'{{"page":{number},{line[1:]}' for number, line in _number_lines(outputs))
        case "csv" if is_numbered:
            head = format_csv([("page", *columns)], guard=False)
            return chain(head, (f"{number},{line}" for number, line in _number_lines(outputs)))
        case "csv":
            return chain(format_csv([columns], guard=False), chain.from_iterable(outputs))
        case "jsonl":
            return chain.from_iterable(outputs)
        case "text":
            return separate(outputs, "\n")
        case _:
            raise _unknown_form(options)


def _number_lines(outputs: Iterable[Iterable[str]]) -> Iterator[tuple[int, str]]:
    """Yield each line with the number of its page."""
    return ((number, line) for number, lines in enumerate(outputs) for line in lines)


def separate(outputs: Iterable[Iterable[T]], blank: T) -> Iterator[T]:
    """Yield all lines, with a blank line between two pages."""
    for number, lines in enumerate(outputs):
        if number:
            yield blank
        yield from lines
