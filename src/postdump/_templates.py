# SPDX-License-Identifier: MIT
r"""
The little language in which layouts describe their markers and headings.

    template  := (field | icon | word | white space)*
    field     := "{" name [":" format] "}"
    name      := posted_at | likes | reposts | replies | quotes | name | handle
    format    := strftime directives after posted_at; "grouped" (1,234) or "short" (1.2K) after a count
    icon      := a run of characters outside ASCII
    word      := a run of visible ASCII other than braces

White space stands for any run of it, one line break included. An icon is a slot: it may hold what any
damage made of it, or nothing. Words and field shapes are taken literally. A template is safe when every
field ends where something else must begin; `parts` refuses all others, so that what `_markers` derives
from a template is linear on any text.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Final

from attrs import frozen

from postdump._span import Span
from postdump.errors import LayoutError

DATE: Final = "posted_at"
COUNTS: Final = ("likes", "reposts", "replies", "quotes")
WORDS: Final = ("name", "handle")

COUNT_FORMATS: Final = ("", "grouped", "short")
DIRECTIVES: Final = (
    "%d",
    "%-d",
    "%m",
    "%-m",
    "%Y",
    "%B",
    "%b",
    "%H",
    "%-H",
    "%I",
    "%-I",
    "%M",
    "%S",
    "%p",
    "%z",
)
_DAY_MONTH_YEAR: Final = (("%d", "%-d"), ("%m", "%-m", "%B", "%b"), ("%Y",))


class Kind(Enum):
    """What a part of a template is."""

    FIELD = "field"
    ICON = "icon"
    WORD = "word"
    SPACE = "space"


@frozen(kw_only=True)
class Part:
    """One part of a template: for a field `text` is its name and `format` what follows the colon."""

    kind: Kind
    text: str
    format: str = ""
    span: Span


def parts(template: str) -> tuple[Part, ...]:
    """Read a template; a LayoutError shows what is wrong with it, and where."""
    found = tuple(_split(template))
    seen: set[str] = set()
    ended = True  # whether something stands before here at which the last field must end
    open_field = False  # whether the last field goes on until a visible word
    for part in found:
        if part.kind is not Kind.FIELD:
            ended = ended or part.kind is Kind.WORD or not open_field
            continue
        _check_field(template, part)
        if part.text in seen:
            raise _error(template, part.span, f"expected each field once, not '{part.text}' again", "twice")
        if not ended:
            expected = "a word" if open_field else "white space, an icon or a word"
            raise _error(template, part.span, f"expected {expected} between two fields", "glued")
        seen.add(part.text)
        ended, open_field = False, part.text == "name"
    return found


def date_parts(part: Part) -> tuple[str, ...]:
    """Split a date's format into directives and what stands between them."""
    pieces: list[str] = []
    at = 0
    while at < len(part.format):
        size = (3 if part.format[at : at + 2] == "%-" else 2) if part.format[at] == "%" else 1
        pieces.append(part.format[at : at + size])
        at += size
    return tuple(pieces)


def _split(template: str) -> Iterator[Part]:
    at = 0
    while at < len(template):
        start = at
        if template[at] == "{":
            at = template.find("}", at) + 1
            if at == 0:
                raise _error(template, Span(start=start, end=len(template)), "expected a '}'", "brace")
            name, _, form = template[start + 1 : at - 1].partition(":")
            yield Part(kind=Kind.FIELD, text=name, format=form, span=Span(start=start, end=at))
            continue
        kind = _kind(template, at)
        while at < len(template) and template[at] != "{" and _kind(template, at) is kind:
            at += 1
        yield Part(kind=kind, text=template[start:at], span=Span(start=start, end=at))


def _kind(template: str, at: int) -> Kind:
    char = template[at]
    if char == "}":
        raise _error(template, Span(start=at, end=at + 1), "expected a '{' before", "brace")
    if char in " \t\r\n":
        return Kind.SPACE
    if char < " " or char == "\x7f":
        raise _error(template, Span(start=at, end=at + 1), "expected no control character", "control")
    return Kind.WORD if char.isascii() else Kind.ICON


def _check_field(template: str, part: Part) -> None:
    known = (DATE, *COUNTS, *WORDS)
    if part.text not in known:
        raise _error(template, part.span, f"expected one of {', '.join(known)}", "field")
    if part.text == DATE:
        pieces = date_parts(part)
        directives = [p for p in pieces if p.startswith("%")]
        unknown = [p for p in directives if p not in DIRECTIVES]
        if unknown or not all(any(d in one for d in directives) for one in _DAY_MONTH_YEAR):
            raise _error(
                template, part.span, f"expected day, month and year, of {' '.join(DIRECTIVES)}", "date"
            )
        if len(set(directives)) != len(directives):
            raise _error(template, part.span, "expected each directive once", "date")
        if any(a.startswith("%") and b.startswith("%") for a, b in zip(pieces, pieces[1:], strict=False)):
            raise _error(template, part.span, "expected something between two directives", "date")
    elif part.format not in (COUNT_FORMATS if part.text in COUNTS else ("",)):
        raise _error(template, part.span, "expected no format, 'grouped' or 'short', after a count", "format")


def _error(template: str, span: Span, problem: str, code: str) -> LayoutError:
    return LayoutError(problem, code=f"template-{code}", text=template, span=span)
