# SPDX-License-Identifier: MIT
"""Read files and convert them; each file that cannot be read becomes an error of one line."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from attrs import frozen

from postdump import Dump, ReadError, read
from postdump.cli._options import Options
from postdump.cli._outcome import Outcome
from postdump.cli._streams import STDIO, CommandError, display_name, error_reason, print_error

__all__ = [
    "FileResult",
    "convert_file",
    "convert_files",
    "distinct_files",
    "read_file",
    "take_results",
    "too_large_error",
]

T = TypeVar("T")


@frozen
class FileResult(Generic[T]):
    """The result of converting one file that could be read."""

    value: T
    problems: int = 0
    """How many problems of the file `--strict` counts."""


def distinct_files(options: Options) -> tuple[str, ...]:
    """Return each file once, in the order of the arguments."""
    return tuple(dict.fromkeys(options.files))


def convert_files(options: Options, convert: Callable[[Dump], T]) -> Iterator[FileResult[T] | CommandError]:
    """Yield the result of converting each file, or the error for a file that cannot be read."""
    return (convert_file(file, options, convert) for file in distinct_files(options))


def convert_file(file: str, options: Options, convert: Callable[[Dump], T]) -> FileResult[T] | CommandError:
    """Return the result of converting one file, or the error if it cannot be read."""
    try:
        dump = read_file(file, options)
    except CommandError as error:
        return error
    return FileResult(convert(dump), len(dump.diagnostics) if options.strict else 0)


def take_results(results: Iterator[FileResult[T] | CommandError], outcome: Outcome) -> Iterator[T]:
    """Yield the value of each file that could be read; print the errors of the others."""
    for file, times in Counter(outcome.options.files).items():
        if times > 1:
            with outcome.progress.hide():
                print_error(f"{display_name(file)}: given {times} times, read once")
        result = next(results)
        if isinstance(result, CommandError):
            with outcome.progress.hide():
                print_error(str(result))
            outcome.unread += 1
        else:
            outcome.read += 1
            outcome.problems += result.problems
            yield result.value
        outcome.progress.advance()


def read_file(file: str, options: Options) -> Dump:
    """Read one file, or standard input; the dump is named as the argument."""
    name = display_name(file)
    if file == STDIO and sys.stdin is None:
        raise CommandError("cannot read standard input: it is closed")
    try:
        return read(
            sys.stdin.buffer if file == STDIO else file,
            name=file,
            encoding=options.encoding,
            layout=options.layout,
            captured_at=options.captured_at,
        )
    except ReadError as error:
        remedy = error.remedy.replace("encoding=", "--encoding ").replace("'", "").strip()
        raise CommandError(f"{error.problem} at byte {error.offset_bytes} of {name}: {remedy}") from None
    except MemoryError:
        raise too_large_error(file) from None
    except (OSError, ValueError) as error:
        raise CommandError(f"cannot read {name}: {error_reason(error)}") from None


def too_large_error(file: str) -> CommandError:
    """Return the error for a file that does not fit into memory."""
    return CommandError(f"cannot read {display_name(file)}: it takes more memory than there is")
