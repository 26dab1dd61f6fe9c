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
from typing import Self

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

_EXCERPT = 60
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
    no-stats 1 1
    """

    def __init__(self, problem: str, *, code: str, text: str, span: Span, source: str | None = None) -> None:
        """Describe `problem`, known as `code`, at `span` of `text`, which came from `source`."""
        self.problem = problem
        self.code = code
        self.text = text
        self.span = span
        self.source = source
        self.line, self.column = place(text, span.start)
        where = f"{self.line}:{self.column}" if source is None else f"{printable(source)}:{self.line}:{self.column}"
        super().__init__(f"{problem} ({where}, {code})\n{caret(text, span)}")

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.problem, self.code, self.text, self.span, self.source)


def _rebuild(kind: type[SyntaxProblem], problem: str, code: str, text: str, span: Span, source: str) -> SyntaxProblem:
    return kind(problem, code=code, text=text, span=span, source=source)


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
    >>> Layout(name="bad", marker="{likes}{reposts}")
    Traceback (most recent call last):
    postdump.errors.LayoutError: expected white space, an icon or a word between two fields (1:8, template-glued)
        {likes}{reposts}
               ^^^^^^^^^
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
        super().__init__(f"{problem} at byte {offset_bytes} of {printable(source)}: {remedy}")

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild_read, (self.problem, self.source, self.offset_bytes, self.remedy)


def _rebuild_read(problem: str, source: str, offset_bytes: int, remedy: str) -> ReadError:
    return ReadError(problem, source=source, offset_bytes=offset_bytes, remedy=remedy)


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
    breaks = text.count("\n", 0, offset) + text.count("\r", 0, offset) - text.count("\r\n", 0, offset)
    if text[offset - 1 : offset + 1] == "\r\n":  # inside the break: the line has not ended yet
        breaks -= 1
        offset -= 1
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    return breaks + 1, offset - start + 1


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


_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""The explicit directional characters of Unicode's UAX #9."""


def _escaped(char: str) -> str:
    return char.encode("unicode_escape", "surrogatepass").decode("ascii")


def caret(text: str, span: Span) -> str:
    r"""
    Return the line of `text` where `span` begins, escaped and cut to size, with carets under the span.

    >>> print(caret("one\n漢 two", Span(start=6, end=9)))
        漢 two
           ^^^
    """
    start = max(text.rfind("\n", 0, span.start), text.rfind("\r", 0, span.start), span.start - _EXCERPT - 1) + 1
    ends = [e for e in (text.find("\n", span.start), text.find("\r", span.start)) if e >= 0]
    end = min([*ends, len(text), span.start + _EXCERPT])
    before = printable(text[start : span.start])
    under = printable(text[span.start : min(max(span.end, span.start), end)])
    after = printable(text[min(max(span.end, span.start), end) : end])
    return f"    {before}{under}{after}\n    {' ' * _width(before)}{'^' * max(1, _width(under))}"


def _width(text: str) -> int:
    """Return how many columns a terminal gives `text`."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in {"W", "F"} else 1 for c in text
    )
