# SPDX-License-Identifier: MIT
"""
The actions of the commands: read files, make the output, write it, and return the exit code.

A module that only one action needs is imported within this action, so that the others start sooner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial

from postdump import Dump, Timeline
from postdump.cli._formats import format_repaired
from postdump.cli._inputs import FileResult, convert_files, read_file, take_results
from postdump.cli._options import Options
from postdump.cli._outcome import Outcome
from postdump.cli._page_output import join_outputs, page_output, screen_lines, separate
from postdump.cli._progress import Progress
from postdump.cli._screen_lines import ScreenLine, escape_for_screen, format_for_terminal, is_whole_on_screen
from postdump.cli._streams import (
    CommandError,
    display_name,
    is_stdout,
    is_terminal,
    print_error,
    write_output,
)
from postdump.cli._wording import join_words, summarize_repairs

__all__ = ["Action", "merge_files", "repair_file", "show_files"]

Action = Callable[[], int]
"""A command with its options: a function that does the work and returns the exit code."""


def show_files(options: Options) -> int:
    """Show the posts of each file, or facts about it. A file that cannot be read does not stop the others."""
    with Progress(len({*options.files})) as progress:
        outcome = Outcome(options, progress)
        if _is_read_on_screen(options):
            convert = partial(screen_lines, options=options, is_many=options.is_many)
            _write_lines(take_results(convert_files(options, convert), outcome), outcome)
        else:
            with _outputs_of_files(options) as outputs:
                _write_outputs(take_results(outputs, outcome), outcome)
    return outcome.exit_code()


@contextmanager
def _outputs_of_files(options: Options) -> Iterator[Iterator[FileResult[Iterable[str]] | CommandError]]:
    """Open the output of each file, made in this process or by workers, which end with the context."""
    if options.jobs == 1 or len({*options.files}) == 1:
        yield convert_files(options, partial(page_output, options=options, is_many=options.is_many))
    else:
        from postdump.cli._worker_pool import WorkerPool

        with WorkerPool(options) as workers:
            yield workers.results()


def merge_files(options: Options) -> int:
    """Merge all files or none: posts of a missing file would look as if no page had shown them."""
    with Progress(len({*options.files})) as progress:
        outcome = Outcome(options, progress)
        dumps = tuple(take_results(convert_files(options, _keep), outcome))
        if not outcome.unread:
            progress.describe("merging")
            _write_pages(_merge_pages(dumps, outcome), outcome)
    return outcome.exit_code()


def _keep(dump: Dump) -> Dump:
    return dump


def _merge_pages(dumps: tuple[Dump, ...], outcome: Outcome) -> Iterator[Timeline]:
    from postdump import group, merge

    for page in group(dumps) if outcome.options.by_page else [dumps]:
        names = {dump.name for dump in page}
        timeline = merge(*page, prefer=[name for name in outcome.options.prefer if name in names])
        outcome.conflicts += len(timeline.conflicts) if outcome.options.strict else 0
        yield timeline


def repair_file(options: Options) -> int:
    """Repair a text. The text alone is the output; a summary of the repairs goes to standard error."""
    from postdump import repair

    (file,) = options.files
    with Progress(1 if options.witness is None else 2) as progress:
        outcome = Outcome(options, progress)
        text = _read_text(file, outcome)
        witness = None if options.witness is None else _read_text(options.witness, outcome)
        progress.describe("repairing")
        repaired = repair(text, witness=witness, context=options.context, confidence=options.confidence)
        if options.form == "json":
            _write([format_repaired(repaired, {"text": file, "witness": options.witness})], outcome)
        elif is_stdout(options.output):
            _write([escape_for_screen(repaired.text)], outcome, encoding=None)
        else:
            _write([repaired.text], outcome)
    if options.form == "text" and is_stdout(options.output) and not is_whole_on_screen(repaired.text):
        print_error("what standard output cannot show is escaped there; --output writes it as it is")
    repairs = summarize_repairs(repaired.repairs)
    unrepaired = join_words([f"{reading.line}:{reading.column}" for reading in repaired.unrepaired])
    print_error(f"{display_name(file)}: {repairs}; left unrepaired: {unrepaired or 'nothing'}")
    outcome.unrepaired = len(repaired.unrepaired)
    return outcome.exit_code()


def _read_text(file: str, outcome: Outcome) -> str:
    text = read_file(file, outcome.options).text
    outcome.read += 1
    outcome.progress.advance()
    return text


# Writing the output.


def _is_read_on_screen(options: Options) -> bool:
    """Return whether a person reads the output on a terminal; a worker does not have this terminal."""
    return options.form == "text" and is_terminal(options.output)


def _write_pages(pages: Iterable[Dump | Timeline], outcome: Outcome) -> None:
    options = outcome.options
    if _is_read_on_screen(options):
        convert = partial(screen_lines, options=options, is_many=options.is_many)
        _write_lines(map(convert, pages), outcome)
    else:
        convert_page = partial(page_output, options=options, is_many=options.is_many)
        _write_outputs(map(convert_page, pages), outcome)


def _write_lines(pages: Iterable[Iterable[ScreenLine]], outcome: Outcome) -> None:
    """Write lines to a terminal."""
    write_output(_stop_progress(format_for_terminal(separate(pages, ScreenLine())), outcome))


def _write_outputs(outputs: Iterable[Iterable[str]], outcome: Outcome) -> None:
    """Write joined outputs: text in the encoding of standard output, other forms in UTF-8."""
    encoding = None if outcome.options.form == "text" else "utf-8"
    _write(join_outputs(outputs, outcome.options), outcome, encoding=encoding)


def _write(chunks: Iterable[str], outcome: Outcome, *, encoding: str | None = "utf-8") -> None:
    """Write text to the file of `--output` or to standard output, escaped if that is a terminal."""
    output = outcome.options.output
    if is_terminal(output):
        write_output(_stop_progress(map(escape_for_screen, chunks), outcome))
    elif is_stdout(output):
        write_output(chunks, encoding=encoding)
    else:
        text = "".join(chunks)
        if outcome.read:  # if no file could be read, an old output file stays
            write_output([text], output)


def _stop_progress(chunks: Iterable[str], outcome: Outcome) -> Iterator[str]:
    """Remove the progress bar before the first output, since both use the same lines of the terminal."""
    for chunk in chunks:
        outcome.progress.stop()
        yield chunk
