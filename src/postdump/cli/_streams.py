# SPDX-License-Identifier: MIT
"""
Where output goes: standard output, standard error, files.

Standard streams are written below Python's buffers. What a full disk or a closed pipe refuses is then
known at once, and nothing is left over for the interpreter to fail on when it ends.
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

__all__ = ["STDIO", "Trouble", "deliver", "is_stdout", "is_terminal", "reason", "shown_name", "tell"]

STDIO: Final = "-"
"""The argument that means standard input or output; also the name of the dump read from there."""

_AT_ONCE: Final = 1 << 16
"""Characters gathered before they are written."""


class Trouble(Exception):
    """Why a command cannot do what it was asked for, in words."""


def shown_name(name: str) -> str:
    """Return what people are told that a file is called."""
    return "<stdin>" if name == STDIO else name


def is_stdout(output: str | None) -> bool:
    """Tell whether output goes to standard output."""
    return output is None or output == STDIO


def is_terminal(output: str | None) -> bool:
    """Tell whether output goes to a screen."""
    return is_stdout(output) and sys.stdout is not None and sys.stdout.isatty()


def tell(message: str) -> None:
    """Say something on standard error, in one line; where that fails there is nobody left to tell."""
    if sys.stderr is not None:
        with suppress(OSError):
            _writer(sys.stderr)(f"postdump: {escape_controls(message)}\n")


def deliver(chunks: Iterable[str], output: str | None = None, *, encoding: str | None = None) -> None:
    """
    Write text to a file, all of it or nothing; without one, to standard output as it comes.

    Args:
        chunks: The text.
        output: The file's path. Files are UTF-8.
        encoding: Of standard output, by default its own; what it lacks is escaped.

    Raises:
        Trouble: It cannot be written.
        BrokenPipeError: Nobody reads standard output any more.
    """
    if output is not None and output != STDIO:
        text = escape_surrogates("".join(chunks))
        try:
            write_text(output, text)
        except (OSError, ValueError) as error:
            raise Trouble(f"cannot write {output}: {reason(error)}") from None
        return
    if sys.stdout is None:
        raise Trouble("cannot write to standard output: it is closed")
    write = _writer(sys.stdout, encoding)
    for block in _gathered(chunks):
        try:
            write(block)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise Trouble(f"cannot write to standard output: {reason(error)}") from None


def reason(error: OSError | ValueError) -> str:
    """Return what is wrong, without the path; ValueError is what a path that holds a NUL gives."""
    return getattr(error, "strerror", None) or str(error)


def _writer(stream: TextIO, encoding: str | None = None) -> Callable[[str], object]:
    """Return what writes text to a stream and leaves nothing in a buffer."""
    buffer = getattr(stream, "buffer", None)
    if buffer is None:  # a stream of characters, put in the place of the real one
        return stream.write
    raw = getattr(buffer, "raw", buffer)
    encode = codecs.getincrementalencoder(encoding or stream.encoding)("backslashreplace").encode

    def write(text: str) -> None:
        stream.flush()  # what others wrote before
        data = memoryview(encode(text))
        while data:
            written = raw.write(data)
            if written is None:  # a pipe that does not block, and is full
                select.select([], [raw], [])
            else:
                data = data[written:]

    return write


def _gathered(chunks: Iterable[str]) -> Iterator[str]:
    """Yield the same text in pieces worth writing."""
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
