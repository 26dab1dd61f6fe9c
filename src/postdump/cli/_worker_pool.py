# SPDX-License-Identifier: MIT
"""
Many files, shared out to processes of their own.

Files go out in batches and come back in their order; only so many batches are under way that nobody
waits, so that what waits to be written stays small. Workers are programs of their own and not forks: a
thread for each asks it and listens. Where one dies, the rest of its batch goes to a new one, and a file at
which two died in a row is told of like any other that cannot be read.
"""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Final, Self, TypeAlias

from attrs import frozen

from postdump.cli._inputs import Made, make_one, once_each
from postdump.cli._options import Asked
from postdump.cli._page_output import piece
from postdump.cli._streams import STDIO, Trouble, reason, shown_name
from postdump.cli._worker_process import READY, answered, question

__all__ = ["Batch", "Workers", "batches"]

Outcome: TypeAlias = Made[Iterable[str]] | Trouble

_FILES_AT_MOST: Final = 50
"""In a batch: enough that asking costs nothing, few enough that all workers end at about the same time."""
_BYTES_AT_MOST: Final = 1 << 20
"""In a batch of several files: what comes of them is held until it is their turn."""
_BATCHES_EACH: Final = 4
"""How many batches a worker gets at least, where there are so many files."""
_AHEAD: Final = 2
"""Batches under way for each worker: one at work, one next."""

_OF_THIS_PROCESS: Final = ("/dev/", "/proc/")
"""Where a name may mean something else to another process."""

_START: Final = (
    "import sys; sys.path[:] = sys.argv[1:]; from postdump.cli._worker_process import main; main()"
)


@frozen
class Batch:
    """Files that are asked for at once."""

    files: tuple[str, ...]
    is_own: bool = False
    """Whether only this process can read them: standard input, pipes."""


def batches(files: Iterable[str], jobs: int) -> Iterator[Batch]:
    """Yield files in batches, of so many bytes that each of so many workers gets its share."""
    sizes = {file: _size(file) for file in files}
    files_at_most = min(_FILES_AT_MOST, -(-len(sizes) // (jobs * _BATCHES_EACH)))
    bytes_at_most = min(_BYTES_AT_MOST, sum(filter(None, sizes.values())) // (jobs * _BATCHES_EACH))
    gathered: list[str] = []
    held = 0
    for file, size in sizes.items():
        is_full = len(gathered) == files_at_most or held + (size or 0) > bytes_at_most
        if gathered and (is_full or size is None):
            yield Batch(tuple(gathered))
            gathered, held = [], 0
        if size is None:
            yield Batch((file,), is_own=True)
        else:
            gathered.append(file)
            held += size
    if gathered:
        yield Batch(tuple(gathered))


def _size(file: str) -> int | None:
    """Return the bytes of a file, 0 if it cannot be read; None if only this process can read it."""
    if file == STDIO or file.startswith(_OF_THIS_PROCESS):
        return None
    try:
        found = Path(file).stat()
    except (OSError, ValueError):  # whoever reads it will say why
        return 0
    return found.st_size if stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode) else None


class Workers:
    """Processes that make the pieces of files; when it is left they are gone, whatever they were doing."""

    def __init__(self, asked: Asked) -> None:
        """Start nothing yet: a worker is started when there is a batch for it."""
        self._asked = asked
        self._question = question(asked)
        self._threads = ThreadPoolExecutor(asked.jobs)
        self._lock = Lock()
        self._is_closed = False
        self._started: list[_Worker] = []
        self._idle: list[_Worker] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._is_closed = True
        for worker in self._started:
            worker.kill()
        self._threads.shutdown(cancel_futures=True)  # their pipes have ended, so they do
        for worker in self._started:
            worker.end()

    def outcomes(self) -> Iterator[Outcome]:
        """
        Yield what came of each file, in the order of the arguments.

        Raises:
            Trouble: No worker can be started.
        """
        under_way: deque[Batch | Future[list[Outcome]]] = deque()
        for batch in batches(once_each(self._asked), self._asked.jobs):
            under_way.append(batch if batch.is_own else self._threads.submit(self._work_on, batch.files))
            if len(under_way) > self._asked.jobs * _AHEAD:
                yield from self._ended(under_way.popleft())
        while under_way:
            yield from self._ended(under_way.popleft())

    def _ended(self, one: Batch | Future[list[Outcome]]) -> Iterable[Outcome]:
        """Return what came of a batch, as soon as it is known."""
        if isinstance(one, Future):
            return one.result()
        make = partial(piece, asked=self._asked, is_many=self._asked.is_many)
        return (make_one(file, self._asked, make) for file in one.files)

    def _work_on(self, files: tuple[str, ...]) -> list[Outcome]:
        """Have a worker make the pieces of a batch, and others go on where it dies; runs in a thread."""
        outcomes: list[Outcome] = []
        deaths = 0  # at the file that comes next
        while True:
            worker = self._take()
            before = len(outcomes)
            outcomes += worker.outcomes(files[before:])
            if len(outcomes) == len(files):
                self._idle.append(worker)
                return outcomes
            deaths = 1 if len(outcomes) > before else deaths + 1
            if deaths == 2:
                name = shown_name(files[len(outcomes)])
                outcomes.append(Trouble(f"cannot read {name}: the worker that read it {worker.end()}"))
                deaths = 0
                if len(outcomes) == len(files):
                    return outcomes

    def _take(self) -> _Worker:
        """Return a worker that has nothing to do, a new one if there is none."""
        with self._lock:
            if self._is_closed:  # which is how the last one died
                raise Trouble("cannot start a worker: interrupted")
            if self._idle:
                return self._idle.pop()
            worker = _Worker()
            self._started.append(worker)
        worker.begin(self._question)
        return worker


class _Worker:
    """A process, and the ends of its pipes."""

    def __init__(self) -> None:
        """Start it, where Ctrl-C does not reach it: its parent tells it when to end."""
        line = [sys.executable, "-P", f"-Xutf8={sys.flags.utf8_mode}", "-c", _START, *sys.path]
        try:
            self._process = subprocess.Popen(
                line,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                process_group=0,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
        except OSError as error:
            raise Trouble(f"cannot start a worker: {reason(error)}") from None
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._requests, self._answers = self._process.stdin, self._process.stdout

    def begin(self, asked: bytes) -> None:
        """Tell it what is asked for, and wait until it is ready."""
        self._send(asked)
        if self._answers.readline() != READY:
            raise Trouble(f"cannot start a worker: it {self.end()}")

    def outcomes(self, files: tuple[str, ...]) -> Iterator[Outcome]:
        """Yield what comes of each file, until it dies."""
        self._send(json.dumps(files).encode() + b"\n")
        for _ in files:
            outcome = answered(self._answers)
            if outcome is None:
                return
            yield outcome

    def _send(self, line: bytes) -> None:
        with suppress(OSError):  # that it is dead is seen where it does not answer
            self._requests.write(line)
            self._requests.flush()

    def kill(self) -> None:
        """Make it end at once."""
        self._process.kill()

    def end(self) -> str:
        """Wait until it has ended, and tell how it did."""
        for pipe in (self._requests, self._answers):
            with suppress(OSError):
                pipe.close()
        code = self._process.wait()
        return f"was killed by signal {-code}" if code < 0 else f"ended with exit code {code}"
