# SPDX-License-Identifier: MIT
"""One command at work: what it was asked, how far it is, and how it ended."""

from __future__ import annotations

from attrs import define

from postdump.cli._options import Asked
from postdump.cli._progress import Progress
from postdump.cli._streams import tell
from postdump.cli._wording import listed, pluralize

__all__ = ["Run"]


@define
class Run:
    """What counts for the exit code, beside what a command needs all along."""

    asked: Asked
    progress: Progress
    read: int = 0
    """Files that could be read."""
    unread: int = 0
    """Files that could not."""
    problems: int = 0
    conflicts: int = 0
    unrepaired: int = 0

    def code(self) -> int:
        """Return the exit code, and say why it is 1."""
        if self.unread:
            return 2
        found = [
            pluralize(number, thing)
            for number, thing in (
                (self.problems, "problem"),
                (self.conflicts, "conflict"),
                (self.unrepaired, "place left unrepaired"),
            )
            if number
        ]
        if not self.asked.strict or not found:
            return 0
        tell(f"--strict: {listed(found)}")
        return 1
