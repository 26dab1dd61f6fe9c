# SPDX-License-Identifier: MIT
"""Files to dumps and to what is made of them, and what goes wrong with that in one line each."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from attrs import frozen

from postdump import Dump, ReadError, read
from postdump.cli._options import Asked
from postdump.cli._outcome import Run
from postdump.cli._streams import STDIO, Trouble, reason, shown_name, tell

__all__ = ["Made", "make_each", "make_one", "once_each", "read_one", "take_each", "too_large"]

T = TypeVar("T")


@frozen
class Made(Generic[T]):
    """What came of a file that could be read."""

    value: T
    problems: int = 0
    """How many `--strict` minds."""


def once_each(asked: Asked) -> tuple[str, ...]:
    """Return the files in their order, each once."""
    return tuple(dict.fromkeys(asked.files))


def make_each(asked: Asked, make: Callable[[Dump], T]) -> Iterator[Made[T] | Trouble]:
    """Yield what is made of each file, or why it cannot be read."""
    return (make_one(file, asked, make) for file in once_each(asked))


def make_one(file: str, asked: Asked, make: Callable[[Dump], T]) -> Made[T] | Trouble:
    """Return what is made of one file, or why it cannot be read."""
    try:
        dump = read_one(file, asked)
    except Trouble as trouble:
        return trouble
    return Made(make(dump), len(dump.diagnostics) if asked.strict else 0)


def take_each(outcomes: Iterator[Made[T] | Trouble], run: Run) -> Iterator[T]:
    """Yield what was made, one for each file that could be read, and tell why the others could not."""
    for file, times in Counter(run.asked.files).items():
        if times > 1:
            with run.progress.aside():
                tell(f"{shown_name(file)}: given {times} times, read once")
        outcome = next(outcomes)
        if isinstance(outcome, Trouble):
            with run.progress.aside():
                tell(str(outcome))
            run.unread += 1
        else:
            run.read += 1
            run.problems += outcome.problems
            yield outcome.value
        run.progress.advance()


def read_one(file: str, asked: Asked) -> Dump:
    """Read one file, or standard input; its dump has the name it was given by."""
    name = shown_name(file)
    if file == STDIO and sys.stdin is None:
        raise Trouble("cannot read standard input: it is closed")
    try:
        return read(
            sys.stdin.buffer if file == STDIO else file,
            name=file,
            encoding=asked.encoding,
            layout=asked.layout,
            captured_at=asked.captured_at,
        )
    except ReadError as error:
        remedy = error.remedy.replace("encoding=", "--encoding ").replace("'", "").strip()
        raise Trouble(f"{error.problem} at byte {error.offset_bytes} of {name}: {remedy}") from None
    except MemoryError:
        raise too_large(file) from None
    except (OSError, ValueError) as error:
        raise Trouble(f"cannot read {name}: {reason(error)}") from None


def too_large(file: str) -> Trouble:
    """Return what to say of a file that memory does not do for."""
    return Trouble(f"cannot read {shown_name(file)}: it takes more memory than there is")
