# SPDX-License-Identifier: MIT
"""
The errors that postdump raises, with the place in the text.

    PostdumpError
    ├── SyntaxProblem (also ValueError)   a place in a text: code, source, span, line, column
    │   ├── StatsError                    a text is not a stats line
    │   ├── LayoutError                   a template cannot be made into a safe pattern
    │   └── DumpError                     one problem of a dump, under strict=True
    ├── ReadError (also ValueError)       a file is not text in the encoding it was read in
    ├── FormatError (also ValueError)     a JSON text is not what `to_json` writes
    └── DumpErrors (an ExceptionGroup)    every DumpError of one dump

Messages say what was expected and where, and show the place; `docs/diagnostics.md` has the remedies.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Self

from postdump._text.span import Span
from postdump._text.wording import draw_caret, escape_controls, find_place

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


class PostdumpError(Exception):
    """
    Base class of all errors of postdump.

    >>> issubclass(StatsError, PostdumpError)
    True
    """


class SyntaxProblem(PostdumpError, ValueError):
    """
    A text has something else at a place than was expected there.

    >>> from postdump import parse_stats
    >>> try:
    ...     parse_stats("03.02.2026 17:04 and so on")
    ... except SyntaxProblem as problem:
    ...     print(problem.code, problem.line, problem.column)
    stats-no-gap 1 18
    """

    def __init__(self, problem: str, *, code: str, text: str, span: Span, source: str | None = None) -> None:
        """Describe a problem with its code, the text, its span there, and the name of the source."""
        super().__init__(problem)
        self.problem = problem
        self.code = code
        self.text = text
        self.span = span
        self.source = source

    @property
    def line(self) -> int:
        """The line where the span begins, counted from 1."""
        return find_place(self.text, self.span.start)[0]

    @property
    def column(self) -> int:
        """The column in this line, in code points, counted from 1."""
        return find_place(self.text, self.span.start)[1]

    def __str__(self) -> str:
        # Computed on demand: a dump may have many problems, and each place takes a search through its text.
        line, column = find_place(self.text, self.span.start)
        where = f"{line}:{column}" if self.source is None else f"{self.source}:{line}:{column}"
        return (
            f"{escape_controls(f'{self.problem} ({where}, {self.code})')}\n{draw_caret(self.text, self.span)}"
        )

    def __reduce__(self) -> tuple[Any, ...]:
        again = partial(type(self), code=self.code, text=self.text, span=self.span, source=self.source)
        return again, (self.problem,), self.__dict__


class StatsError(SyntaxProblem):
    """
    A text is not a stats line of any layout.

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
    One problem of a dump. Without `strict=True`, `parse` records it as a `Diagnostic` instead.

    >>> issubclass(DumpError, ValueError)
    True
    """


class DumpErrors(ExceptionGroup[DumpError], PostdumpError):
    """
    All problems of one dump, raised by `parse` with `strict=True`.

    >>> from postdump import parse
    >>> try:
    ...     parse("no markers here", strict=True)
    ... except DumpErrors as problems:
    ...     print([problem.code for problem in problems.exceptions])
    ['no-marker']
    """

    # A type checker assumes that an ExceptionGroup contains groups, which have no `code`; this one does not.
    if TYPE_CHECKING:

        @property
        def exceptions(self) -> tuple[DumpError, ...]: ...

    def derive(self, excs: Sequence[DumpError]) -> Self:  # type: ignore[override]  # only DumpErrors are in here
        return type(self)(self.message, excs)


class ReadError(PostdumpError, ValueError):
    """
    The bytes of a file are not text in the encoding that was used to read it.

    >>> raise ReadError("expected UTF-8", source="page.txt", offset_bytes=12, remedy="pass encoding=")
    Traceback (most recent call last):
    postdump.errors.ReadError: expected UTF-8 at byte 12 of page.txt: pass encoding=
    """

    def __init__(self, problem: str, *, source: str, offset_bytes: int, remedy: str) -> None:
        """Describe a problem at a byte of the file `source`, and what to do about it."""
        self.problem = problem
        self.source = source
        self.offset_bytes = offset_bytes
        self.remedy = remedy
        super().__init__(escape_controls(f"{problem} at byte {offset_bytes} of {source}: {remedy}"))

    def __reduce__(self) -> tuple[Any, ...]:
        again = partial(type(self), source=self.source, offset_bytes=self.offset_bytes, remedy=self.remedy)
        return again, (self.problem,), self.__dict__


class FormatError(PostdumpError, ValueError):
    """
    A JSON text was not written by `to_json` of this or an older version.

    >>> from postdump import from_json
    >>> from_json("{}")
    Traceback (most recent call last):
    postdump.errors.FormatError: expected an object with "postdump" and "type"
    """
