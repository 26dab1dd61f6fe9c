# SPDX-License-Identifier: MIT
r"""
The little language in which layouts describe their markers and headings.

    template  := (field | icon | word | white space)*
    field     := "{" name [":" format] "}"
    name      := posted_at | age | name | handle | id | one of `COUNTS`
    format    := strftime directives after posted_at, several forms with "|" between them;
                 "grouped" (1,234) or "short" (1.2K) after a count
    icon      := a run of characters outside ASCII
    word      := a run of visible ASCII other than braces

White space stands for any run of it, one line break included. An icon is a slot: it may hold what any
damage made of it, or nothing. Words and field shapes are taken literally. A template is safe when every
field ends where something else must begin; `parts` refuses all others, and very long ones, so that what
`markers` derives from a template is linear on any text.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from itertools import pairwise
from typing import Final

from attrs import frozen

from postdump._text.span import Span
from postdump._text.wording import is_control
from postdump.errors import LayoutError

DATE: Final = "posted_at"

COUNTS: Final = ("likes", "reposts", "replies", "quotes")
"""
What pages count of a post: fields of `Stats`, of templates and of tables, in this order everywhere.

Nearly all other lists of counts are derived from this one. Only the fields of `Stats`, and `ICONS` of
`strategies/_samples`, are written out. A new count is appended.
"""

AGE: Final = "age"

WORDS: Final = ("name", "handle", "id")

LONGEST: Final = 1000
"""Code points of a template: at each place of a text, as much is compared at most."""

COUNT_FORMATS: Final = ("", "grouped", "short")

DIRECTIVES: Final = {
    **{"%d": "day", "%-d": "day", "%m": "month", "%-m": "month", "%B": "month", "%b": "month", "%Y": "year"},
    **{"%H": "hour", "%-H": "hour", "%I": "hour", "%-I": "hour", "%M": "minute", "%S": "second"},
    "%f": "fraction",
    **{"%p": "half", "%z": "zone"},
}
"""What a date can be made of, and what each directive says of it."""

_NUMBERS: Final = DIRECTIVES.keys() - {"%B", "%b", "%p", "%z"}

_DIGITS: Final = frozenset("0123456789")


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
    if len(template) > LONGEST:
        where = Span(start=LONGEST, end=len(template))
        raise _error(template, where, f"expected at most {LONGEST} characters", "template-long")
    found = tuple(_split(template))
    fields: list[Part] = []
    between: list[Part] = []
    for part in found:
        if part.kind is not Kind.FIELD:
            if fields and not between and part.kind is Kind.WORD and _takes_in(fields[-1], part.text[0]):
                problem = f"expected no {part.text[0]!r} after '{fields[-1].text}', which would take it in"
                raise _error(template, part.span, problem, "template-glued")
            between.append(part)
            continue
        _check_field(template, part)
        if any(part.text == before.text for before in fields):
            problem = f"expected each field once, not '{part.text}' again"
            raise _error(template, part.span, problem, "template-twice")
        if fields and not between:
            problem = "expected white space, an icon or a word between two fields"
            raise _error(template, part.span, problem, "template-glued")
        if fields and fields[-1].text == "name" and not any(one.kind is Kind.WORD for one in between):
            raise _error(template, part.span, "expected a word between a name and a field", "template-glued")
        fields.append(part)
        between = []
    return found


def date_forms(part: Part) -> tuple[tuple[str, ...], ...]:
    """Split each form of a date into directives and the characters that stand between them."""
    return tuple(_pieces(form) for form in part.format.split("|"))


def _pieces(form: str) -> tuple[str, ...]:
    pieces: list[str] = []
    at = 0
    while at < len(form):
        size = (3 if form[at : at + 2] == "%-" else 2) if form[at] == "%" else 1
        pieces.append(form[at : at + size])
        at += size
    return tuple(pieces)


def _split(template: str) -> Iterator[Part]:
    at = 0
    while at < len(template):
        start = at
        if template[at] == "{":
            at = template.find("}", at) + 1
            another = template.find("{", start + 1, at or len(template))
            if at == 0 or another >= 0:
                where = Span(start=start, end=another if another >= 0 else len(template))
                raise _error(template, where, "expected a '}'", "template-brace")
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
        raise _error(template, Span(start=at, end=at + 1), "expected a '{' before", "template-brace")
    if char in " \t\r\n":
        return Kind.SPACE
    if is_control(char):
        where = Span(start=at, end=at + 1)
        raise _error(template, where, "expected no control character", "template-control")
    return Kind.WORD if char.isascii() else Kind.ICON


def _takes_in(field: Part, char: str) -> bool:
    """Return whether a field never ends before `char`."""
    if field.text in ("handle", "id"):
        return char.isalnum() or char in "-._@"
    open_ends = (form[-1].startswith("%-") or form[-1] == "%f" for form in date_forms(field) if form)
    is_open = field.text in COUNTS or (field.text == DATE and any(open_ends))
    return is_open and char in _DIGITS


def _check_field(template: str, part: Part) -> None:
    known = (DATE, AGE, *COUNTS, *WORDS)
    if part.text not in known:
        raise _error(template, part.span, f"expected one of {', '.join(known)}", "template-field")
    if part.text == DATE:
        problem = next(filter(None, map(_date_problem, date_forms(part))), None)
        if problem is not None:
            raise _error(template, part.span, problem, "template-date")
    elif part.format not in (COUNT_FORMATS if part.text in COUNTS else ("",)):
        problem = "expected 'grouped', 'short' or no format" if part.text in COUNTS else "expected no format"
        raise _error(template, part.span, problem, "template-format")


def _date_problem(pieces: tuple[str, ...]) -> str | None:
    """Say what is wrong with a date's format; None where nothing is."""
    directives = [piece for piece in pieces if piece[0] == "%"]
    said = [DIRECTIVES.get(piece) for piece in directives]
    if None in said or not {"day", "month", "year"}.issubset(said):
        return f"expected day, month and year, of {' '.join(DIRECTIVES)}"
    if len(set(said)) < len(said):
        return "expected each of day, month, year, hour, minute, second and fraction once"
    if ("half" in said) != any(piece in ("%I", "%-I") for piece in directives):
        return "expected %I and %p together"
    for one, other in pairwise(pieces):
        if (one in _NUMBERS and other in _NUMBERS) or (one.startswith("%-") and other in _DIGITS):
            return "expected something between two numbers"
    if any(is_control(piece) and piece not in "\t\r\n" for piece in pieces if piece not in DIRECTIVES):
        return "expected no control character"
    return None


def _error(template: str, span: Span, problem: str, code: str) -> LayoutError:
    return LayoutError(problem, code=code, text=template, span=span)
