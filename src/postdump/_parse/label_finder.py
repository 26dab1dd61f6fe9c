# SPDX-License-Identifier: MIT
"""Find the lines of a text that are the site's labels, though damage may have changed their icons."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from attrs import frozen

from postdump._parse.torn_markers import is_left_of_icons
from postdump.layouts._gaps import LONGEST_GAP
from postdump.layouts._site_phrases import SitePhrases


@frozen(eq=False, kw_only=True)
class LabelFinder:
    """Decides which lines of a text are labels: for that, it needs to know where markers end."""

    text: str
    begin: int
    """Where the page begins in the text."""
    marker_ends: Sequence[int]
    phrases: SitePhrases

    def is_label(self, start: int, end: int) -> bool:
        """Return whether a line is nothing but labels, their icons damaged or not."""
        phrases = self.phrases
        words = phrases.all_labels
        if not words:
            return False
        if self.text.startswith(words, start) and phrases.labels.fullmatch(self.text, start, end):
            return True
        damaged = phrases.damaged_labels
        if not any(self.text.find(core, start, end) >= 0 for core in damaged.cores):
            return False
        match = damaged.pattern.fullmatch(self.text, start, end)
        if match is None or self._follows_a_marker(start):
            return match is not None
        # On a line of its own, what has no trace of its icons is prose.
        return not match[0].isascii() and all(
            is_left_of_icons(icons, shown)
            for group, icons in enumerate(damaged.icons, 1)
            for shown in match.captures(group)
            if shown.strip()
        )

    def _follows_a_marker(self, start: int) -> bool:
        """Return whether a marker ends before `start` on the same line, with only blanks between."""
        markers_before = bisect_right(self.marker_ends, start)
        end = self.marker_ends[markers_before - 1] if markers_before else self.begin
        return 0 < end >= start - LONGEST_GAP and not self.text[end:start].strip(" \t")
