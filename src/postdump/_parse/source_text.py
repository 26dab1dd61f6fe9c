# SPDX-License-Identifier: MIT
"""Where readings come from: one origin for each dump, which knows its name, its text and its lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from hashlib import sha256
from typing import Any, Final

from postdump._lazy import draft_of
from postdump._text.lines import unify_breaks_in_place
from postdump._text.span import Span
from postdump.models import Reading

_ReadingDraft: Final = draft_of(Reading)

_new: Final[Any] = object.__new__


class Origin:
    """
    The dump that readings are of.

    A stretch of a longer text (see `iter_posts`) says what stands before it: code points, line breaks,
    and code points of the line it begins in.
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
        """The name given; else the first 12 hex digits of the text's hash, made when first asked for."""
        if self._name is None:
            self._name = digest(self.text)[:12]
        return self._name

    def reading(self, start: int, end: int) -> Reading:
        """Return the reading of a stretch of the text."""
        made = _new(_ReadingDraft)
        made._source, made._at, made.text = self, (start, end), self.text[start:end]
        made.__class__ = Reading
        reading: Reading = made
        return reading

    def readings(self, lines: str, start: int) -> list[Reading]:
        r"""Return the readings of lines that stand at `start`, `\n` between them; empty lines have none."""
        found: list[Reading] = []
        for line in lines.split("\n"):
            end = start + len(line)
            if line:
                made = _new(_ReadingDraft)
                made._source, made._at, made.text = self, (start, end), line
                made.__class__ = Reading
                found.append(made)
            start = end + 1
        return found

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and column, both 1-based, of an offset."""
        starts = self._line_starts
        if starts is None:
            starts = self._line_starts = self._find_line_starts()  # whole: other threads read it, too
        line = bisect_right(starts, offset)
        return self._before[1] + line, offset - starts[line - 1] + 1

    def _find_line_starts(self) -> list[int]:
        """Return where each line begins, and where one below the last would."""
        starts = [-self._before[2]]
        end = 0
        for line in unify_breaks_in_place(self.text).split("\n"):
            end += len(line) + 1
            starts.append(end)
        return starts

    def field(self, kind: type, at: tuple[int, int], name: str) -> object:
        """Return a field of the reading of a stretch."""
        tell = _FIELDS.get(name)
        if tell is None:
            raise AttributeError(f"{kind.__name__!r} object has no attribute {name!r}")
        return tell(self, at)

    def span(self, at: tuple[int, int]) -> Span:
        """Return where in the whole text a stretch stands."""
        return Span(start=at[0] + self._before[0], end=at[1] + self._before[0])


_FIELDS: dict[str, Callable[[Origin, tuple[int, int]], Any]] = {
    "dump": lambda origin, at: origin.name,
    "span": Origin.span,
    "line": lambda origin, at: origin.position(at[0])[0],
    "column": lambda origin, at: origin.position(at[0])[1],
}


def digest(text: str) -> str:
    """Return the SHA-256 of a text, in hex; lone surrogates are encoded like any other code point."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
