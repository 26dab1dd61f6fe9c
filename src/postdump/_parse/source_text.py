# SPDX-License-Identifier: MIT
"""Make readings of a dump: the name of the dump, and line, column and text of any stretch of it."""

from __future__ import annotations

from bisect import bisect_right
from hashlib import sha256
from itertools import accumulate

from postdump._parse.text_line import TextLine
from postdump._text.lines import unify_breaks_in_place
from postdump._text.span import Span
from postdump.models import Line, Reading


class SourceText:
    """
    A text and the name of its dump: the source of readings, each of which is a stretch of the text.

    The text may be a part of a longer one (see `iter_posts`). Then `before` counts what stands before it:
    code points, line breaks, and code points of the line in which the text begins.
    """

    __slots__ = ("_before", "_line_starts", "_name", "text")

    def __init__(
        self, text: str, name: str | None = None, *, before: tuple[int, int, int] = (0, 0, 0)
    ) -> None:
        self.text = text
        self._name = name
        self._before = before
        self._line_starts: list[int] | None = None

    @property
    def name(self) -> str:
        """The name given; else the first 12 hex digits of the text's hash, computed on first access."""
        if self._name is None:
            self._name = digest(self.text)[:12]
        return self._name

    def reading(self, start: int, end: int) -> Reading:
        """Return the reading of a stretch of the text."""
        return Reading._of(self, start, end, self.text[start:end])

    def readings(self, lines: str, start: int) -> list[Reading]:
        r"""Return the readings of lines that stand at `start`, `\n` between them; empty lines have none."""
        readings: list[Reading] = []
        make = Reading._of
        for line in lines.split("\n"):
            end = start + len(line)
            if line:
                readings.append(make(self, start, end, line))
            start = end + 1
        return readings

    def line_of(self, line: TextLine) -> Line:
        """Return a line of one reading."""
        text = line.of(self.text)
        return Line._of(text, line.role, (Reading._of(self, line.start, line.end, text),))

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and column, both 1-based, of an offset."""
        starts = self._line_starts
        if starts is None:
            starts = self._line_starts = self._find_line_starts()  # whole: other threads read it, too
        line = bisect_right(starts, offset)
        return self._before[1] + line, offset - starts[line - 1] + 1

    def _find_line_starts(self) -> list[int]:
        """Return where each line begins, and where one below the last would begin."""
        lines = unify_breaks_in_place(self.text).split("\n")
        first, *others = accumulate((len(line) + 1 for line in lines), initial=0)
        return [first - self._before[2], *others]

    # The fields of a reading (see `models.ReadingSource`).

    def dump(self, stretch: tuple[int, int]) -> str:
        """Return the name of the dump."""
        return self.name

    def span(self, stretch: tuple[int, int]) -> Span:
        """Return where in the whole text a stretch stands."""
        return Span(start=stretch[0] + self._before[0], end=stretch[1] + self._before[0])

    def line(self, stretch: tuple[int, int]) -> int:
        """Return the line in which a stretch begins, 1-based."""
        return self.position(stretch[0])[0]

    def column(self, stretch: tuple[int, int]) -> int:
        """Return the column in which a stretch begins, 1-based."""
        return self.position(stretch[0])[1]


def digest(text: str) -> str:
    """Return the SHA-256 of a text, in hex; lone surrogates are encoded like any other code point."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
