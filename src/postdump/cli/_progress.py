# SPDX-License-Identifier: MIT
"""What a person at a terminal sees of work that takes long."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

__all__ = ["Progress"]

PATIENCE: Final = 1.0
"""Seconds that nobody needs to be told anything."""


class Progress:
    """
    A bar on standard error, which shows itself only on a terminal, and only after a while.

    It moves by itself, however long a step takes.
    """

    def __init__(self, files: int) -> None:
        """Expect a number of files."""
        self._files = files
        self._bar: Bar | None = None
        self._timer: Timer | None = None

    def __enter__(self) -> Self:
        if sys.stderr is not None and sys.stderr.isatty():
            self._bar = _bar()
            self._bar.add_task("reading", total=self._files)
            self._timer = Timer(PATIENCE, self._bar.start)
            self._timer.daemon = True
            self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def advance(self) -> None:
        """Say that one more file is read."""
        if self._bar is not None:
            self._bar.advance(self._bar.task_ids[0])

    def say(self, doing: str) -> None:
        """Say what is done now."""
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], description=doing)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Take the bar away while something else comes where it stands."""
        bar = self._bar if self._bar is not None and self._bar.live.is_started else None
        if bar is not None:
            bar.stop()
        yield
        if bar is not None:
            bar.start()

    def stop(self) -> None:
        """Take the bar away, for good."""
        if self._bar is not None and self._timer is not None:
            self._timer.cancel()
            self._timer.join()
            self._bar.stop()
            self._bar = None


def _bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("files"),
        TimeElapsedColumn(),
        console=Console(file=sys.stderr),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
