# SPDX-License-Identifier: MIT
"""The outcome of a command: what was read, what is wrong with it, and the exit code."""

from __future__ import annotations

from attrs import define

from postdump.cli._options import Options
from postdump.cli._progress import Progress
from postdump.cli._streams import print_error
from postdump.cli._wording import join_words, pluralize

__all__ = ["Outcome"]


@define
class Outcome:
    """Counts that decide the exit code, with the options and the progress bar of the command."""

    options: Options
    progress: Progress
    read: int = 0
    """How many files could be read."""
    unread: int = 0
    """How many files could not be read."""
    problems: int = 0
    conflicts: int = 0
    unrepaired: int = 0

    def exit_code(self) -> int:
        """Return the exit code; if it is 1, print the reason."""
        if self.unread:
            return 2
        findings = [
            pluralize(number, thing)
            for number, thing in (
                (self.problems, "problem"),
                (self.conflicts, "conflict"),
                (self.unrepaired, "place left unrepaired"),
            )
            if number
        ]
        if not self.options.strict or not findings:
            return 0
        print_error(f"--strict: {join_words(findings)}")
        return 1
