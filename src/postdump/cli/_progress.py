# SPDX-License-Identifier: MIT
"""The progress bar of long work on a terminal."""

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
"""Seconds before the bar appears."""


class Progress:
    """
    A progress bar on standard error; it appears only on a terminal, and only after `PATIENCE`.

    A thread of rich redraws the bar, so that it moves even if one file takes long.
    """

    def __init__(self, files: int) -> None:
        """Make a bar for so many files; nothing is drawn yet."""
        self._files = files
        self._bar: Bar | None = None
        self._timer: Timer | None = None

    def __enter__(self) -> Self:
        if sys.stderr is not None and sys.stderr.isatty():
            self._bar = _make_bar()
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
        """Count one more file as read."""
        if self._bar is not None:
            self._bar.advance(self._bar.task_ids[0])

    def describe(self, doing: str) -> None:
        """Show what the command does now."""
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], description=doing)

    @contextmanager
    def hide(self) -> Iterator[None]:
        """Hide the bar while something else is printed."""
        bar = self._bar if self._bar is not None and self._bar.live.is_started else None
        if bar is not None:
            bar.stop()
        yield
        if bar is not None:
            bar.start()

    def stop(self) -> None:
        """Remove the bar for good."""
        if self._bar is not None and self._timer is not None:
            self._timer.cancel()
            self._timer.join()
            self._bar.stop()
            self._bar = None


def _make_bar() -> Bar:
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
