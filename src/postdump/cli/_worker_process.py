# SPDX-License-Identifier: MIT
"""
What a worker does: a process that makes pieces of files for another one, its parent.

Parent and worker talk over pipes. The parent's first line says what is asked for, and the worker answers
that it is ready. Each further line names files, and is answered file by file, so that the parent knows at
which file a worker died. An answer is a line of JSON and the piece itself in UTF-8, which is cheaper than
JSON within JSON. When there are no more lines the worker ends, so it does not outlive its parent.
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
from postdump.cli._inputs import Made, make_one, too_large
from postdump.cli._options import LAYOUTS, Asked
from postdump.cli._page_output import piece
from postdump.cli._streams import Trouble

__all__ = ["READY", "answer", "answered", "main", "question", "serve"]

READY: Final = b"ready\n"
"""What a worker answers as soon as it can be given files."""


def main() -> None:
    """Serve the parent over standard input and output until it, or its interest, is gone."""
    with suppress(BrokenPipeError):
        serve(sys.stdin.buffer, getattr(sys.stdout.buffer, "raw", sys.stdout.buffer))


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer requests until there are no more; `answers` keeps nothing in a buffer."""
    asked = _asked(requests.readline())
    _send(answers, READY)
    for request in requests:
        for file in json.loads(request):
            _send(answers, answer(_outcome(file, asked)))


def _outcome(file: str, asked: Asked) -> Made[list[str]] | Trouble:
    try:
        return make_one(file, asked, partial(_whole_piece, asked=asked))
    except MemoryError:
        return too_large(file)


def _whole_piece(dump: Dump, asked: Asked) -> list[str]:
    """Return the piece of one dump of many; lines for people need not stay apart."""
    lines = piece(dump, asked=asked, is_many=True)
    return ["".join(lines)] if asked.form == "text" else list(lines)


def _send(stream: IO[bytes], data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[stream.write(left) :]


# What goes through the pipes, written and read.


def question(asked: Asked) -> bytes:
    """Return the line that tells a worker what is asked for, as far as it changes a piece."""
    told = {
        "encoding": asked.encoding,
        "layout": None if asked.layout is None else asked.layout.name,
        "captured_at": None if asked.captured_at is None else asked.captured_at.isoformat(),
        "form": asked.form,
        "guard": asked.guard,
        "strict": asked.strict,
        "is_inspection": asked.is_inspection,
    }
    return json.dumps(told).encode() + b"\n"


def _asked(line: bytes) -> Asked:
    """Return what `question` told."""
    told = json.loads(line)
    layout, captured_at = told.pop("layout"), told.pop("captured_at")
    return Asked(
        files=(),
        layout=None if layout is None else LAYOUTS[layout],
        captured_at=None if captured_at is None else datetime.fromisoformat(captured_at),
        **told,
    )


def answer(outcome: Made[list[str]] | Trouble) -> bytes:
    """Return what tells the parent what came of one file."""
    if isinstance(outcome, Trouble):
        return json.dumps([str(outcome), 0, 0, []]).encode() + b"\n"
    data = "".join(outcome.value).encode("utf-8", "surrogatepass")
    head = [None, outcome.problems, len(data), list(map(len, outcome.value))]
    return json.dumps(head).encode() + b"\n" + data


def answered(stream: IO[bytes]) -> Made[Iterable[str]] | Trouble | None:
    """Return what a worker tells of its next file; None if it died before it had told all."""
    head = stream.readline()
    if not head.endswith(b"\n"):
        return None
    trouble, problems, size, sizes = json.loads(head)
    if trouble is not None:
        return Trouble(trouble)
    data = stream.read(size)
    if len(data) < size:
        return None
    text = data.decode("utf-8", "surrogatepass")
    return Made([text[start:end] for start, end in pairwise(accumulate(sizes, initial=0))], problems)
