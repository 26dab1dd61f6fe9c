# SPDX-License-Identifier: MIT
"""
Write to standard output, to standard error and to files.

Standard streams are written without Python's buffers. So a full disk or a closed pipe raises an error at
once, and no buffered rest is left that would make the interpreter fail when it ends.
"""

from __future__ import annotations

import codecs
import select
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Final, TextIO

from postdump._io.rows import escape_surrogates
from postdump._io.write import write_text
from postdump._text.wording import escape_controls

__all__ = [
    "STDIO",
    "CommandError",
    "display_name",
    "error_reason",
    "is_stdout",
    "is_terminal",
    "print_error",
    "write_output",
]

STDIO: Final = "-"
"""The argument that means standard input or output; also the name of the dump read from there."""

_AT_ONCE: Final = 1 << 16
"""Characters that are collected before they are written."""


class CommandError(Exception):
    """The reason why a command cannot be carried out, as one line for people."""


def display_name(name: str) -> str:
    """Return the name of a file in messages."""
    return "<stdin>" if name == STDIO else name


def is_stdout(output: str | None) -> bool:
    """Return whether output goes to standard output."""
    return output is None or output == STDIO


def is_terminal(output: str | None) -> bool:
    """Return whether output goes to a terminal."""
    return is_stdout(output) and sys.stdout is not None and sys.stdout.isatty()


def print_error(message: str) -> None:
    """Print one line on standard error; if that fails, there is no other way to report it."""
    if sys.stderr is not None:
        with suppress(OSError):
            _open_writer(sys.stderr)(f"postdump: {escape_controls(message)}\n")


def write_output(chunks: Iterable[str], output: str | None = None, *, encoding: str | None = None) -> None:
    """
    Write text to a file, completely or not at all; without a file, to standard output, chunk by chunk.

    Args:
        chunks: The text.
        output: The file's path. Files are UTF-8.
        encoding: The encoding of standard output, by default its own; characters that it lacks are escaped.

    Raises:
        CommandError: The text cannot be written.
        BrokenPipeError: The reader of standard output has closed it.
    """
    if output is not None and output != STDIO:
        text = escape_surrogates("".join(chunks))
        try:
            write_text(output, text)
        except (OSError, ValueError) as error:
            raise CommandError(f"cannot write {output}: {error_reason(error)}") from None
        return
    if sys.stdout is None:
        raise CommandError("cannot write to standard output: it is closed")
    write = _open_writer(sys.stdout, encoding)
    for block in _join_chunks(chunks):
        try:
            write(block)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise CommandError(f"cannot write to standard output: {error_reason(error)}") from None


def error_reason(error: OSError | ValueError) -> str:
    """Return the message of an error without the path; a path that contains NUL raises ValueError."""
    return getattr(error, "strerror", None) or str(error)


def _open_writer(stream: TextIO, encoding: str | None = None) -> Callable[[str], object]:
    """Return a function that writes text to a stream and leaves nothing in a buffer."""
    buffer = getattr(stream, "buffer", None)
    if buffer is None:  # such as `io.StringIO` in the place of the real stream
        return stream.write
    raw = getattr(buffer, "raw", buffer)
    encode = codecs.getincrementalencoder(encoding or stream.encoding)("backslashreplace").encode

    def write(text: str) -> None:
        stream.flush()  # text that was written to the stream before
        data = memoryview(encode(text))
        while data:
            written = raw.write(data)
            if written is None:  # the pipe is full, and is set not to block
                select.select([], [raw], [])
            else:
                data = data[written:]

    return write


def _join_chunks(chunks: Iterable[str]) -> Iterator[str]:
    """Yield the same text in larger chunks, each worth a system call."""
    gathered: list[str] = []
    size = 0
    for chunk in chunks:
        gathered.append(chunk)
        size += len(chunk)
        if size >= _AT_ONCE:
            yield "".join(gathered)
            gathered.clear()
            size = 0
    yield "".join(gathered)
