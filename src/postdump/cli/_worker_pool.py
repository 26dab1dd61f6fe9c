# SPDX-License-Identifier: MIT
"""
Share many files among worker processes.

Files are sent to workers in batches, and results are returned in the order of the files. No more batches
are under way than keep all workers busy, so that few results wait in memory. Workers are new processes, not
forks; a thread for each worker sends files and reads answers. If a worker dies, a new worker gets the rest of
its batch. A file at which two workers died in a row is reported like any other file that cannot be read.
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

from postdump.cli._inputs import FileResult, convert_file, distinct_files
from postdump.cli._options import Options
from postdump.cli._page_output import page_output
from postdump.cli._streams import STDIO, CommandError, display_name, error_reason
from postdump.cli._worker_process import READY, encode_options, read_answer

__all__ = ["Batch", "WorkerPool", "make_batches"]

Result: TypeAlias = FileResult[Iterable[str]] | CommandError

_FILES_AT_MOST: Final = 50
"""Files of a batch: enough to make requests cheap, few enough that all workers end at about the same time."""
_BYTES_AT_MOST: Final = 1 << 20
"""Bytes of a batch of several files: results are held in memory until their turn."""
_BATCHES_EACH: Final = 4
"""Batches for each worker, at least, if there are enough files."""
_AHEAD: Final = 2
"""Batches under way for each worker: one that it works on, and the next one."""

_OF_THIS_PROCESS: Final = ("/dev/", "/proc/")
"""Folders in which the same name may be another file for another process."""

_START: Final = (
    "import sys; sys.path[:] = sys.argv[1:]; from postdump.cli._worker_process import main; main()"
)


@frozen
class Batch:
    """Files that are sent to a worker together."""

    files: tuple[str, ...]
    is_own: bool = False
    """Whether only this process can read the files: standard input, pipes."""


def make_batches(files: Iterable[str], jobs: int) -> Iterator[Batch]:
    """Yield files in batches that are small enough for each of `jobs` workers to get several."""
    sizes = {file: _file_size(file) for file in files}
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


def _file_size(file: str) -> int | None:
    """Return the size of a file in bytes, 0 if it cannot be read; None if only this process can read it."""
    if file == STDIO or file.startswith(_OF_THIS_PROCESS):
        return None
    try:
        status = Path(file).stat()
    except (OSError, ValueError):  # the worker that reads the file will report the error
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode) else None


class WorkerPool:
    """Worker processes that make the output of files; all are killed when the context ends."""

    def __init__(self, options: Options) -> None:
        """Start no worker yet: each is started when there is a batch for it."""
        self._options = options
        self._encoded_options = encode_options(options)
        self._threads = ThreadPoolExecutor(options.jobs)
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
        self._threads.shutdown(cancel_futures=True)  # the threads end, since the pipes have ended
        for worker in self._started:
            worker.end()

    def results(self) -> Iterator[Result]:
        """
        Yield the result of each file, in the order of the arguments.

        Raises:
            CommandError: No worker can be started.
        """
        under_way: deque[Batch | Future[list[Result]]] = deque()
        for batch in make_batches(distinct_files(self._options), self._options.jobs):
            under_way.append(batch if batch.is_own else self._threads.submit(self._work_on, batch.files))
            if len(under_way) > self._options.jobs * _AHEAD:
                yield from self._wait_for(under_way.popleft())
        while under_way:
            yield from self._wait_for(under_way.popleft())

    def _wait_for(self, batch: Batch | Future[list[Result]]) -> Iterable[Result]:
        """Return the results of a batch; wait for its worker, or convert the files in this process."""
        if isinstance(batch, Future):
            return batch.result()
        convert = partial(page_output, options=self._options, is_many=self._options.is_many)
        return (convert_file(file, self._options, convert) for file in batch.files)

    def _work_on(self, files: tuple[str, ...]) -> list[Result]:
        """Return the results of a batch from a worker, and from others where it dies; runs in a thread."""
        results: list[Result] = []
        deaths = 0  # of workers, at the next file
        while True:
            worker = self._take_worker()
            before = len(results)
            results += worker.results(files[before:])
            if len(results) == len(files):
                self._idle.append(worker)
                return results
            deaths = 1 if len(results) > before else deaths + 1
            if deaths == 2:
                name = display_name(files[len(results)])
                results.append(CommandError(f"cannot read {name}: the worker that read it {worker.end()}"))
                deaths = 0
                if len(results) == len(files):
                    return results

    def _take_worker(self) -> _Worker:
        """Return an idle worker, or a new one if there is none."""
        with self._lock:
            if self._is_closed:  # closing the pool has killed the last worker
                raise CommandError("cannot start a worker: interrupted")
            if self._idle:
                return self._idle.pop()
            worker = _Worker()
            self._started.append(worker)
        worker.begin(self._encoded_options)
        return worker


class _Worker:
    """A worker process, and this end of its pipes."""

    def __init__(self) -> None:
        """Start the process in its own group: Ctrl-C reaches the parent alone, which ends its workers."""
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
            raise CommandError(f"cannot start a worker: {error_reason(error)}") from None
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._requests, self._answers = self._process.stdin, self._process.stdout

    def begin(self, options: bytes) -> None:
        """Send the encoded options, and wait for `READY`."""
        self._send(options)
        if self._answers.readline() != READY:
            raise CommandError(f"cannot start a worker: it {self.end()}")

    def results(self, files: tuple[str, ...]) -> Iterator[Result]:
        """Send files and yield the result of each; end early if the worker dies."""
        self._send(json.dumps(files).encode() + b"\n")
        for _ in files:
            result = read_answer(self._answers)
            if result is None:
                return
            yield result

    def _send(self, line: bytes) -> None:
        with suppress(OSError):  # that the worker is dead shows when no answer comes
            self._requests.write(line)
            self._requests.flush()

    def kill(self) -> None:
        """End the process at once."""
        self._process.kill()

    def end(self) -> str:
        """Wait until the process has ended, and return how it ended, in words."""
        for pipe in (self._requests, self._answers):
            with suppress(OSError):
                pipe.close()
        code = self._process.wait()
        return f"was killed by signal {-code}" if code < 0 else f"ended with exit code {code}"
