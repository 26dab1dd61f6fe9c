# SPDX-License-Identifier: MIT
"""What each command does, and how it ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from postdump import Dump, Timeline, group, merge, repair, to_json
from postdump.cli._asked import Asked
from postdump.cli._formats import (
    compact,
    csv_lines,
    json_document,
    json_lines,
    page_columns,
    page_rows,
    repaired_document,
)
from postdump.cli._inputs import read_all, read_one
from postdump.cli._inspect import FACTS, fact_lines, fact_rows, facts
from postdump.cli._progress import Progress
from postdump.cli._run import Run
from postdump.cli._shown import Shown, for_screen, for_terminal, is_whole_on_screen, plain
from postdump.cli._streams import deliver, is_stdout, is_terminal, shown_name, tell
from postdump.cli._text import page_lines
from postdump.cli._words import listed, repairs_told

__all__ = ["Job", "inspect_files", "merge_files", "parse_files", "repair_file"]

Job = Callable[[], int]
"""A command with its arguments: called, it does its work and returns the exit code."""


def parse_files(asked: Asked) -> int:
    """Read dumps; those that cannot be read are told of, and do not keep the others back."""
    with Progress(len({*asked.files})) as progress:
        run = Run(asked, progress)
        _hand_out_pages(read_all(run), run)
    return run.code()


def merge_files(asked: Asked) -> int:
    """Merge all dumps or none: what is missing from one would look as if no page had ever shown it."""
    with Progress(len({*asked.files})) as progress:
        run = Run(asked, progress)
        dumps = tuple(read_all(run))
        if not run.unread:
            progress.say("merging")
            _hand_out_pages(_timelines(dumps, run), run)
    return run.code()


def _timelines(dumps: tuple[Dump, ...], run: Run) -> Iterator[Timeline]:
    for one in group(dumps) if run.asked.by_page else [dumps]:
        names = {dump.name for dump in one}
        timeline = merge(*one, prefer=[name for name in run.asked.prefer if name in names])
        run.see(timeline)
        yield timeline


def inspect_files(asked: Asked) -> int:
    """Tell what is known of dumps; those that cannot be read are told of, as `parse_files` does."""
    with Progress(len({*asked.files})) as progress:
        run = Run(asked, progress)
        dumps = read_all(run)
        match asked.form:
            case "json":
                documents = map(compact, map(facts, dumps))
                _hand_out(json_document(documents, is_many=asked.is_many), run)
            case "jsonl":
                _hand_out(json_lines(map(facts, dumps)), run)
            case "csv":
                _hand_out(csv_lines(fact_rows(dumps), FACTS, guard=asked.guard), run)
            case _:
                _hand_out_lines(fact_lines(dumps), run)
    return run.code()


def repair_file(asked: Asked) -> int:
    """Repair a text. It is all the output there is; what was done is told on standard error."""
    (file,) = asked.files
    with Progress(1 if asked.witness is None else 2) as progress:
        run = Run(asked, progress)
        text = _text_of(file, run)
        witness = None if asked.witness is None else _text_of(asked.witness, run)
        progress.say("repairing")
        repaired = repair(text, witness=witness, context=asked.context, confidence=asked.confidence)
        if asked.form == "json":
            _hand_out([repaired_document(repaired, {"text": file, "witness": asked.witness})], run)
        elif is_stdout(asked.output):
            _hand_out([for_screen(repaired.text)], run, encoding=None)
        else:
            _hand_out([repaired.text], run)
    if asked.form == "text" and is_stdout(asked.output) and not is_whole_on_screen(repaired.text):
        tell("what standard output cannot show is escaped there; --output writes it as it is")
    left = listed([f"{reading.line}:{reading.column}" for reading in repaired.unrepaired])
    tell(f"{shown_name(file)}: {repairs_told(repaired.repairs)}; left unrepaired: {left or 'nothing'}")
    run.unrepaired = len(repaired.unrepaired)
    return run.code()


def _text_of(file: str, run: Run) -> str:
    text = read_one(file, run.asked).text
    run.read += 1
    run.progress.advance()
    return text


# Handing out.


def _hand_out_pages(pages: Iterable[Dump | Timeline], run: Run) -> None:
    many = run.asked.is_many
    match run.asked.form:
        case "json":
            _hand_out(json_document(map(to_json, pages), is_many=many), run)
        case "jsonl":
            _hand_out(json_lines(page_rows(pages, is_many=many)), run)
        case "csv":
            table = page_rows(pages, is_many=many)
            _hand_out(csv_lines(table, page_columns(is_many=many), guard=run.asked.guard), run)
        case _:
            _hand_out_lines(page_lines(pages, is_many=many), run)


def _hand_out_lines(lines: Iterable[Shown], run: Run) -> None:
    """Write what people read."""
    if is_terminal(run.asked.output):
        deliver(_on_screen(for_terminal(lines), run))
    else:
        _hand_out(plain(lines), run, encoding=None)


def _hand_out(chunks: Iterable[str], run: Run, *, encoding: str | None = "utf-8") -> None:
    """Write what programs read: on standard output in UTF-8, unless that is a terminal."""
    output = run.asked.output
    if is_terminal(output):
        deliver(_on_screen(map(for_screen, chunks), run))
    elif is_stdout(output):
        deliver(chunks, encoding=encoding)
    else:
        text = "".join(chunks)
        if run.read:  # else an old file would be lost for nothing
            deliver([text], output)


def _on_screen(chunks: Iterable[str], run: Run) -> Iterator[str]:
    """Take the bar away before anything comes where it stands."""
    for chunk in chunks:
        run.progress.stop()
        yield chunk
