# SPDX-License-Identifier: MIT
"""
What can go wrong, said so that a person finds the place.

    PostdumpError
    ├── SyntaxProblem (also ValueError)   a place in a text: code, source, span, line, column
    │   ├── StatsError                    a text is no stats line
    │   ├── LayoutError                   a template cannot be made into a safe pattern
    │   └── DumpError                     one problem of a dump, under strict=True
    ├── ReadError (also ValueError)       a file is not text in the encoding it was read in
    ├── FormatError (also ValueError)     a JSON text is not what `to_json` writes
    └── DumpErrors (an ExceptionGroup)    every DumpError of one dump

Messages say what was expected and where, and show it; remedies stand in the documentation, under the code.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Self

from postdump._span import Span

__all__ = [
    "DumpError",
    "DumpErrors",
    "FormatError",
    "LayoutError",
    "PostdumpError",
    "ReadError",
    "StatsError",
    "SyntaxProblem",
]

_EXCERPT: Final = 60
"""Code points shown on either side of the place: a line of a dump may be megabytes long."""


class PostdumpError(Exception):
    """
    Base of every error that postdump raises on its own account.

    >>> issubclass(StatsError, PostdumpError)
    True
    """


class SyntaxProblem(PostdumpError, ValueError):
    """
    Something at a place in a text is not what was expected there.

    >>> from postdump import parse_stats
    >>> try:
    ...     parse_stats("03.02.2026 17:04 and so on")
    ... except SyntaxProblem as problem:
    ...     print(problem.code, problem.line, problem.column)
    stats-no-gap 1 18
    """

    def __init__(self, problem: str, *, code: str, text: str, span: Span, source: str | None = None) -> None:
        """Describe `problem`, known as `code`, at `span` of `text`, which came from `source`."""
        super().__init__(problem)
        self.problem = problem
        self.code = code
        self.text = text
        self.span = span
        self.source = source

    @property
    def line(self) -> int:
        """The line where the place begins, counted from 1."""
        return place(self.text, self.span.start)[0]

    @property
    def column(self) -> int:
        """Where in that line, in code points, counted from 1."""
        return place(self.text, self.span.start)[1]

    def __str__(self) -> str:
        # Made when it is read: a dump may have many problems, and counting its lines takes a while.
        line, column = place(self.text, self.span.start)
        where = f"{line}:{column}" if self.source is None else f"{self.source}:{line}:{column}"
        return f"{printable(f'{self.problem} ({where}, {self.code})')}\n{caret(self.text, self.span)}"

    def __reduce__(self) -> tuple[Any, ...]:
        again = partial(type(self), code=self.code, text=self.text, span=self.span, source=self.source)
        return again, (self.problem,), self.__dict__


class StatsError(SyntaxProblem):
    """
    No layout reads a text as a stats line.

    >>> from postdump import parse_stats
    >>> parse_stats("👍 4")
    Traceback (most recent call last):
    postdump.errors.StatsError: expected a stats line (1:1, no-stats)
        👍 4
        ^^^^
    """


class LayoutError(SyntaxProblem):
    """
    A layout's template cannot be made into a pattern that is safe on any text.

    >>> from postdump import Layout
    >>> Layout(name="bad", marker="{likes} {likes}")
    Traceback (most recent call last):
    postdump.errors.LayoutError: expected each field once, not 'likes' again (1:9, template-twice)
        {likes} {likes}
                ^^^^^^^
    """


class DumpError(SyntaxProblem):
    """
    One problem of a dump: what `parse` records as a `Diagnostic`, raised under `strict=True`.

    >>> issubclass(DumpError, ValueError)
    True
    """


class DumpErrors(ExceptionGroup[DumpError], PostdumpError):
    """
    Every problem of one dump at once, raised by `parse` under `strict=True`.

    >>> from postdump import parse
    >>> try:
    ...     parse("no markers here", strict=True)
    ... except DumpErrors as problems:
    ...     print([problem.code for problem in problems.exceptions])
    ['no-marker']
    """

    # An ExceptionGroup may hold groups, so type checkers find no `code` there; this one holds problems alone.
    if TYPE_CHECKING:

        @property
        def exceptions(self) -> tuple[DumpError, ...]: ...

    def derive(self, excs: Sequence[DumpError]) -> Self:  # type: ignore[override]  # only DumpErrors are in here
        return type(self)(self.message, excs)


class ReadError(PostdumpError, ValueError):
    """
    A file's bytes are not text in the encoding it was read in.

    >>> raise ReadError("expected UTF-8", source="page.txt", offset_bytes=12, remedy="pass encoding=")
    Traceback (most recent call last):
    postdump.errors.ReadError: expected UTF-8 at byte 12 of page.txt: pass encoding=
    """

    def __init__(self, problem: str, *, source: str, offset_bytes: int, remedy: str) -> None:
        """Describe `problem` at `offset_bytes` of the file `source`; `remedy` is the way out."""
        self.problem = problem
        self.source = source
        self.offset_bytes = offset_bytes
        self.remedy = remedy
        super().__init__(printable(f"{problem} at byte {offset_bytes} of {source}: {remedy}"))

    def __reduce__(self) -> tuple[Any, ...]:
        again = partial(type(self), source=self.source, offset_bytes=self.offset_bytes, remedy=self.remedy)
        return again, (self.problem,), self.__dict__


class FormatError(PostdumpError, ValueError):
    """
    A JSON text is not one that `to_json` of this or an older version has written.

    >>> from postdump import from_json
    >>> from_json("{}")
    Traceback (most recent call last):
    postdump.errors.FormatError: expected an object with "postdump" and "type"
    """


def place(text: str, offset: int) -> tuple[int, int]:
    r"""
    Return line and column, both 1-based, of an offset; lines end at `\n`, `\r\n` and `\r`.

    >>> place("a\r\nbc", 4)
    (2, 2)
    """
    offset = _not_within_break(text, offset)
    breaks, start = text.count("\n", 0, offset), text.rfind("\n", 0, offset) + 1
    if text.find("\r", 0, offset) >= 0:  # a look that takes a tenth of the time of counting
        breaks += text.count("\r", 0, offset) - text.count("\r\n", 0, offset)
        start = max(start, text.rfind("\r", 0, offset) + 1)
    return breaks + 1, offset - start + 1


def _not_within_break(text: str, offset: int) -> int:
    r"""Return `offset`, or that of the `\r` where it points at the `\n` after one."""
    return offset - 1 if offset and text[offset - 1 : offset + 1] == "\r\n" else offset


def printable(text: str) -> str:
    r"""
    Return `text` with everything escaped that could steer a terminal: Cc, Cs, line separators, bidi.

    >>> printable("a\x1b[2J\u202eb")
    'a\\x1b[2J\\u202eb'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escaped(c) if is_control(c) else c for c in text)


def is_control(char: str) -> bool:
    r"""
    Tell whether a character steers a terminal or the direction of text instead of showing something.

    >>> is_control("\x85"), is_control("\u202e"), is_control("é")
    (True, True, False)
    """
    category = unicodedata.category(char)
    return category in {"Cc", "Cs", "Zl", "Zp"} or (category == "Cf" and char in _BIDI)


_BIDI: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""The explicit directional characters of Unicode's UAX #9."""


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def caret(text: str, span: Span) -> str:
    r"""
    Return the line of `text` where `span` begins, escaped and cut to size, with carets under the span.

    >>> print(caret("one\n漢 two", Span(start=6, end=9)))
        漢 two
           ^^^
    """
    at = _not_within_break(text, span.start)
    start = max(0, at - _EXCERPT)
    start = max(start, text.rfind("\n", start, at) + 1, text.rfind("\r", start, at) + 1)
    ends = [text.find(char, at, at + _EXCERPT) for char in "\r\n"]
    end = min([at + _EXCERPT, *(end for end in ends if end >= 0)])
    stop = min(max(at, span.end), end)
    before, under, after = printable(text[start:at]), printable(text[at:stop]), printable(text[stop:end])
    return f"    {before}{under}{after}\n    {' ' * _width(before)}{'^' * max(1, _width(under))}"


def _width(text: str) -> int:
    """Return how many columns a terminal gives `text`."""
    columns = last = 0
    for char in text:
        if char == "\ufe0f" and last == 1:  # asks for the coloured form of what stands before it, a wide one
            columns, last = columns + 1, 2
        elif unicodedata.category(char) not in {"Mn", "Me", "Cf"}:
            last = 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
            columns += last
    return columns
