# SPDX-License-Identifier: MIT
"""
What each command does, and how it ends.

What only one of them needs it imports itself: the others, and each worker, start the sooner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial

from postdump import Dump, Timeline
from postdump.cli._formats import repaired_document
from postdump.cli._inputs import Made, make_each, read_one, take_each
from postdump.cli._options import Asked
from postdump.cli._outcome import Run
from postdump.cli._page_output import apart, joined, piece, shown
from postdump.cli._progress import Progress
from postdump.cli._screen_lines import Shown, for_screen, for_terminal, is_whole_on_screen
from postdump.cli._streams import Trouble, deliver, is_stdout, is_terminal, shown_name, tell
from postdump.cli._wording import listed, repairs_told

__all__ = ["Job", "merge_files", "repair_file", "show_each"]

Job = Callable[[], int]
"""A command with its arguments: called, it does its work and returns the exit code."""


def show_each(asked: Asked) -> int:
    """Show posts or facts of dumps; those that cannot be read are told of, and keep no others back."""
    with Progress(len({*asked.files})) as progress:
        run = Run(asked, progress)
        if _is_read_on_screen(asked):
            make = partial(shown, asked=asked, is_many=asked.is_many)
            _hand_out_lines(take_each(make_each(asked, make), run), run)
        else:
            with _pieces_of_each(asked) as pieces:
                _hand_out_pieces(take_each(pieces, run), run)
    return run.code()


@contextmanager
def _pieces_of_each(asked: Asked) -> Iterator[Iterator[Made[Iterable[str]] | Trouble]]:
    """Open what yields the piece of each file, made here or by workers, who are gone afterwards."""
    if asked.jobs == 1 or len({*asked.files}) == 1:
        yield make_each(asked, partial(piece, asked=asked, is_many=asked.is_many))
    else:
        from postdump.cli._worker_pool import Workers

        with Workers(asked) as workers:
            yield workers.outcomes()


def merge_files(asked: Asked) -> int:
    """Merge all dumps or none: what is missing from one would look as if no page had ever shown it."""
    with Progress(len({*asked.files})) as progress:
        run = Run(asked, progress)
        dumps = tuple(take_each(make_each(asked, _itself), run))
        if not run.unread:
            progress.say("merging")
            _hand_out_pages(_timelines(dumps, run), run)
    return run.code()


def _itself(dump: Dump) -> Dump:
    return dump


def _timelines(dumps: tuple[Dump, ...], run: Run) -> Iterator[Timeline]:
    from postdump import group, merge

    for one in group(dumps) if run.asked.by_page else [dumps]:
        names = {dump.name for dump in one}
        timeline = merge(*one, prefer=[name for name in run.asked.prefer if name in names])
        run.conflicts += len(timeline.conflicts) if run.asked.strict else 0
        yield timeline


def repair_file(asked: Asked) -> int:
    """Repair a text. It is all the output there is; what was done is told on standard error."""
    from postdump import repair

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


def _is_read_on_screen(asked: Asked) -> bool:
    """Tell whether a person reads the output as it comes; no other process knows how that screen looks."""
    return asked.form == "text" and is_terminal(asked.output)


def _hand_out_pages(pages: Iterable[Dump | Timeline], run: Run) -> None:
    asked = run.asked
    if _is_read_on_screen(asked):
        _hand_out_lines((shown(page, asked=asked, is_many=asked.is_many) for page in pages), run)
    else:
        _hand_out_pieces((piece(page, asked=asked, is_many=asked.is_many) for page in pages), run)


def _hand_out_lines(pages: Iterable[Iterable[Shown]], run: Run) -> None:
    """Write what a person reads on a terminal."""
    deliver(_on_screen(for_terminal(apart(pages, Shown())), run))


def _hand_out_pieces(pieces: Iterable[Iterable[str]], run: Run) -> None:
    """Write what goes anywhere else; text for people in the encoding of standard output."""
    _hand_out(joined(pieces, run.asked), run, encoding=None if run.asked.form == "text" else "utf-8")


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
