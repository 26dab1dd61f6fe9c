# SPDX-License-Identifier: MIT
"""
A worker: a process that reads files and makes their output for another process, its parent.

Parent and worker are connected by pipes. The first line from the parent contains the options, and the
worker answers `READY`. Each further line is a JSON list of files. The worker answers file by file, so that
the parent can identify the file at which a worker died. An answer is a line of JSON, followed by the output
in UTF-8, since JSON within JSON would have to be escaped. The worker ends when the pipe from its parent ends,
so it does not outlive its parent.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from functools import partial
from itertools import accumulate, pairwise
from typing import IO, Final

from postdump import Dump
from postdump.cli._inputs import FileResult, convert_file, too_large_error
from postdump.cli._options import LAYOUTS, Options
from postdump.cli._page_output import page_output
from postdump.cli._streams import CommandError

__all__ = ["READY", "encode_answer", "encode_options", "main", "read_answer", "serve"]

READY: Final = b"ready\n"
"""The first answer of a worker: it has read the options and waits for files."""


def main() -> None:
    """Serve the parent over standard input and output, until the parent ends or closes a pipe."""
    with suppress(BrokenPipeError):
        serve(sys.stdin.buffer, getattr(sys.stdout.buffer, "raw", sys.stdout.buffer))


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer all requests; `answers` must be a stream without a buffer."""
    options = _decode_options(requests.readline())
    _send(answers, READY)
    for request in requests:
        for file in json.loads(request):
            _send(answers, encode_answer(_convert(file, options)))


def _convert(file: str, options: Options) -> FileResult[list[str]] | CommandError:
    try:
        return convert_file(file, options, partial(_convert_dump, options=options))
    except MemoryError:
        return too_large_error(file)


def _convert_dump(dump: Dump, options: Options) -> list[str]:
    """Return the output of one dump of many; lines for people as one text, since they are never numbered."""
    lines = page_output(dump, options=options, is_many=True)
    return ["".join(lines)] if options.form == "text" else list(lines)


def _send(stream: IO[bytes], data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[stream.write(rest) :]


# The messages in the pipes: encoded on one side, decoded on the other.


def encode_options(options: Options) -> bytes:
    """Encode the options that change the output of a file, as the first line for a worker."""
    values = {
        "encoding": options.encoding,
        "layout": None if options.layout is None else options.layout.name,
        "captured_at": None if options.captured_at is None else options.captured_at.isoformat(),
        "form": options.form,
        "guard": options.guard,
        "strict": options.strict,
        "is_inspection": options.is_inspection,
    }
    return json.dumps(values).encode() + b"\n"


def _decode_options(line: bytes) -> Options:
    """Decode the line that `encode_options` returned."""
    values = json.loads(line)
    layout, captured_at = values.pop("layout"), values.pop("captured_at")
    return Options(
        files=(),
        layout=None if layout is None else LAYOUTS[layout],
        captured_at=None if captured_at is None else datetime.fromisoformat(captured_at),
        **values,
    )


def encode_answer(result: FileResult[list[str]] | CommandError) -> bytes:
    """Encode the result of one file."""
    if isinstance(result, CommandError):
        return json.dumps([str(result), 0, 0, []]).encode() + b"\n"
    data = "".join(result.value).encode("utf-8", "surrogatepass")
    head = [None, result.problems, len(data), list(map(len, result.value))]
    return json.dumps(head).encode() + b"\n" + data


def read_answer(stream: IO[bytes]) -> FileResult[Iterable[str]] | CommandError | None:
    """Read the result of the next file of a worker; None if the worker died before its end."""
    head = stream.readline()
    if not head.endswith(b"\n"):
        return None
    error, problems, size, sizes = json.loads(head)
    if error is not None:
        return CommandError(error)
    data = stream.read(size)
    if len(data) < size:
        return None
    text = data.decode("utf-8", "surrogatepass")
    return FileResult([text[start:end] for start, end in pairwise(accumulate(sizes, initial=0))], problems)
