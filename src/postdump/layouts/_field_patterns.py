# SPDX-License-Identifier: MIT
"""
Write the patterns of templates.

A field has a shape, and between two fields stands a gap (see `_gaps`). Gaps, counts and words exclude each
other's first characters, so a pattern can match a text in one way only, and each is bounded.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Final, TypeGuard

from postdump._text import counts as _counts
from postdump._text.lines import LINE_START
from postdump.layouts._dates import AGE as AGE_PATTERN
from postdump.layouts._dates import begins_with_number, date_pattern
from postdump.layouts._gaps import (
    BLANK,
    ICON_BEFORE_NAME,
    LONGEST_GAP,
    NOT_WITHIN_NUMBER,
    NOT_WITHIN_NUMBER_BUT_BEHIND_ZERO,
    NOTHING_AFTER_IN_LINE,
    NOTHING_BEFORE_IN_LINE,
    SLOT_CHAR,
    VISIBLE,
    write_gap,
)
from postdump.layouts._template import AGE, COUNTS, DATE, WORDS, Kind, Part, parts

_COUNT: Final = {"": _counts.PLAIN, "grouped": _counts.GROUPED, "short": _counts.SHORT}

_HOST: Final = r"[A-Za-z0-9][A-Za-z0-9._\-]{0,252}+"  # 253: the longest host name (RFC 1035)

_NAME_BEHIND_A_DASH: Final = rf"(?!{BLANK})(?:(?!{BLANK}[—–-]{BLANK})[^\r\n]){{1,200}}?"

SHAPES: Final = {
    "name": rf"(?!{BLANK})[^\r\n]{{1,200}}?",
    "handle": rf"{_HOST}(?:@{_HOST})?+",
    "id": r"[A-Za-z0-9]{1,64}+",
    AGE: AGE_PATTERN,
}
"""Patterns of the fields that are neither dates nor counts."""


def split_template(template: str) -> list[str | Part]:
    """Split a template into gaps and fields, taking turns: gap, field, gap, ..., gap."""
    pieces: list[str | Part] = [""]
    for part in parts(template):
        if part.kind is Kind.FIELD:
            pieces += [part, ""]
        else:
            pieces[-1] += part.text  # type: ignore[operator]  # the last one is always a gap
    return pieces


def write_pieces(
    pieces: Sequence[str | Part],
    groups: Container[str] = (DATE, AGE, *COUNTS, *WORDS),
    *,
    breaks: bool = True,
) -> list[str]:
    """
    Write the pattern of each piece of a template, the fields named in `groups` as groups.

    With `breaks`, white space outside of dates may be a line break.
    """
    is_alone = _is_alone(pieces)
    last = len(pieces) - 1
    written = [NOTHING_BEFORE_IN_LINE if is_alone else _write_opening(pieces, breaks=breaks)]
    for index, piece in enumerate(pieces[1:], 1):
        if isinstance(piece, Part):
            shape = _write_field(pieces, index, piece)
            written.append(f"({shape})" if piece.text in groups else shape)
        elif index == last and is_alone:
            written.append(NOTHING_AFTER_IN_LINE)
        else:
            written.append(write_gap(piece, closes=index == last, breaks=breaks))
    return written


def _is_alone(pieces: Sequence[str | Part]) -> bool:
    """Return whether a template is white space and fields without an age: mid-line, that is often prose."""
    return not any(piece.strip() if isinstance(piece, str) else piece.text == AGE for piece in pieces)


def _find_opening_field(pieces: Sequence[str | Part]) -> Part | None:
    """Return the first field if nothing but an icon stands before it, else None."""
    first = pieces[1] if len(pieces) > 1 and not VISIBLE.search(str(pieces[0])) else None
    return first if isinstance(first, Part) else None


def _write_opening(pieces: Sequence[str | Part], *, breaks: bool) -> str:
    """Write the pattern of the gap before the first field, and of where it may begin."""
    gap, field = str(pieces[0]), _find_opening_field(pieces)
    if field is not None and field.text == "name":  # which would begin anywhere
        return ICON_BEFORE_NAME if gap else rf"{LINE_START}[ \t]*+"
    opening = write_gap(gap, opens=True, closes=len(pieces) == 1, breaks=breaks)
    if VISIBLE.search(gap):
        return opening
    if field is None or field.text != DATE:
        return opening + NOT_WITHIN_NUMBER
    # A date may be glued to the last count of another marker.
    return opening + NOT_WITHIN_NUMBER_BUT_BEHIND_ZERO if begins_with_number(field) else opening


def _write_field(pieces: Sequence[str | Part], index: int, field: Part) -> str:
    """Write the pattern of the field at an index of the pieces."""
    if field.text == DATE:
        shape = date_pattern(field)
    elif field.text == "name" and index == 1 and _find_opening_field(pieces) is not None:
        shape = _NAME_BEHIND_A_DASH
    else:
        shape = SHAPES.get(field.text) or _COUNT[field.format]
    first = pieces[1]
    if index == len(pieces) - 2 and index > 1 and isinstance(first, Part) and first.text == DATE:
        return f"(?!{date_pattern(first)}){shape}"  # the last field is not the date of the next marker
    return shape


def write_finder(pieces: Sequence[str | Part]) -> str:
    """
    Write the pattern of a template for searching whole texts: it matches the same in less time.

    Nearly every marker stands on one line. An alternative for those is tried first and takes half the time:
    its gaps are plain runs, and the counts before them need not look at what follows. Groups take time, so
    the date is the only one. The alternatives stand behind the first field because the regex engine looks
    for the beginning of a pattern.
    """
    general = write_pieces(pieces, (DATE,))
    plain = general.copy()
    for i in range(2, len(pieces) - 1):
        gap, after = pieces[i], pieces[i + 1]
        if _is_icon(gap) and isinstance(after, Part) and after.text in COUNTS:
            edges = [" " * edge.isspace() for edge in (gap[0], gap[-1])]
            least, most = (0, LONGEST_GAP - 2) if any(edges) else (1, LONGEST_GAP)
            plain[i] = f"{edges[0]}{SLOT_CHAR}{{{least},{most}}}{edges[1]}"
            if plain[i - 1] == _counts.PLAIN:
                plain[i - 1] = _counts.UNGUARDED
    return f"{''.join(general[:2])}(?|{''.join(plain[2:])}|{''.join(general[2:])})"


def _is_icon(gap: str | Part) -> TypeGuard[str]:
    """Return whether a piece of a template is an icon, with the white space around it."""
    return isinstance(gap, str) and not gap.isascii() and not VISIBLE.search(gap)
