# SPDX-License-Identifier: MIT
"""The options of a command, as its action takes them."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from attrs import frozen

from postdump.damage.context import CONFIDENCE
from postdump.layouts import BUILT_IN, Layout

__all__ = ["LAYOUTS", "Options"]

LAYOUTS: Final = {layout.name: layout for layout in BUILT_IN}
"""The layouts that `--layout` accepts, by name."""


@frozen(kw_only=True)
class Options:
    """The options of all commands; an option that a command lacks has its default."""

    files: tuple[str, ...]
    """As given on the command line; these are also the names of the dumps."""
    witness: str | None = None
    context: bool = False
    confidence: float = CONFIDENCE
    prefer: tuple[str, ...] = ()
    is_merged: bool = False
    """Whether all files become one timeline, or one for each page if `by_page`."""
    by_page: bool = False
    is_inspection: bool = False
    """Whether facts about the files are shown instead of posts."""
    encoding: str | None = None
    layout: Layout | None = None
    captured_at: datetime | None = None
    form: str = "text"
    guard: bool = True
    strict: bool = False
    output: str | None = None
    jobs: int = 1
    """How many processes work at once, at most."""

    @property
    def is_many(self) -> bool:
        """Whether there may be several results; this depends on the options alone, not on the files."""
        return self.by_page if self.is_merged else len(self.files) > 1
