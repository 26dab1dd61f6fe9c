# SPDX-License-Identifier: MIT
"""What the arguments of a command come to."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from attrs import frozen

from postdump.damage.context import CONFIDENCE
from postdump.layouts import BUILT_IN, Layout

__all__ = ["LAYOUTS", "Asked"]

LAYOUTS: Final = {layout.name: layout for layout in BUILT_IN}
"""Those that a command can be told, by their names."""


@frozen(kw_only=True)
class Asked:
    """The options of all commands, those that a command lacks at their defaults."""

    files: tuple[str, ...]
    """As given, which is also what the dumps are called."""
    witness: str | None = None
    context: bool = False
    confidence: float = CONFIDENCE
    prefer: tuple[str, ...] = ()
    is_merged: bool = False
    """Whether the files come to one result, or, `by_page`, to one for each page."""
    by_page: bool = False
    is_inspection: bool = False
    """Whether facts are told of the files instead of posts shown."""
    encoding: str | None = None
    layout: Layout | None = None
    captured_at: datetime | None = None
    form: str = "text"
    guard: bool = True
    strict: bool = False
    output: str | None = None
    jobs: int = 1
    """How many processes may work at once."""

    @property
    def is_many(self) -> bool:
        """Whether several results may come: a matter of what was asked, not of what was found."""
        return self.by_page if self.is_merged else len(self.files) > 1
