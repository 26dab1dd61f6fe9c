# SPDX-License-Identifier: MIT
"""
Templates to patterns.

A field has a shape, and what stands between two is a gap (see `_gaps`). Gaps, counts and words exclude each
other's first characters, so there is one way to read what a pattern matches, and each is bounded.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Final, TypeGuard

from postdump._text import counts as _counts
from postdump._text.lines import LINE_START
from postdump.layouts._dates import AGE as AGE_PATTERN
from postdump.layouts._dates import begins_with_number, date_pattern
from postdump.layouts._gaps import (
    A_DASH,
    ALONE,
    BLANK,
    GLUED,
    LONGEST_GAP,
    NOT_HALF_WAY,
    SLOT,
    VISIBLE,
    between,
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
"""How what is in words is written."""


def pieces_of(template: str) -> list[str | Part]:
    """Split a template into gaps and fields, taking turns: gap, field, gap, ..., gap."""
    pieces: list[str | Part] = [""]
    for part in parts(template):
        if part.kind is Kind.FIELD:
            pieces += [part, ""]
        else:
            pieces[-1] += part.text  # type: ignore[operator]  # the last one is always a gap
    return pieces


def grouped(
    pieces: list[str | Part], groups: Container[str] = (DATE, AGE, *COUNTS, *WORDS), *, breaks: bool = True
) -> list[str]:
    """
    Write the pattern of each piece of a template, the fields named in `groups` as groups.

    With `breaks`, white space outside of dates may be a line break.
    """
    first, written = _opening(pieces), []
    for i, piece in enumerate(pieces):
        if isinstance(piece, str):
            written.append(between(piece, opens=i == 0, closes=i == len(pieces) - 1, breaks=breaks))
            continue
        shape = date_pattern(piece) if piece.text == DATE else SHAPES.get(piece.text) or _COUNT[piece.format]
        if i == len(pieces) - 2 and i > 1 and isinstance(pieces[1], Part) and pieces[1].text == DATE:
            shape = f"(?!{date_pattern(pieces[1])}){shape}"
        written.append(f"({shape})" if piece.text in groups else shape)
    if not any(piece.strip() if isinstance(piece, str) else piece.text == AGE for piece in pieces):
        written[0], written[-1] = ALONE  # fields and nothing else, which may as well be prose
    elif first is not None and first.text == DATE:  # it may be glued to the last count of another marker
        written[0] = written[0].replace(NOT_HALF_WAY, GLUED if begins_with_number(first) else "")
    elif first is not None and first.text == "name":  # which would begin anywhere
        written[0] = rf"{LINE_START}[ \t]*+" if pieces[0] == "" else A_DASH
        written[1] = written[1].replace(SHAPES["name"], _NAME_BEHIND_A_DASH)
    return written


def _opening(pieces: Sequence[str | Part]) -> Part | None:
    """Return the first field if nothing but an icon stands before it, else None."""
    first = pieces[1] if len(pieces) > 1 and not VISIBLE.search(str(pieces[0])) else None
    return first if isinstance(first, Part) else None


def finder_of(pieces: list[str | Part]) -> str:
    """
    Write the pattern of a template again, for searching in whole texts.

    Nearly every marker stands on one line. Such are tried first, in a form that takes half the time: the
    gaps are plain runs, and the counts before them need not look at what follows. Every group that is not
    made saves more. The alternatives follow the first field because a pattern is searched for by its
    beginning.
    """
    general = grouped(pieces, (DATE,))
    plain = general.copy()
    for i in range(2, len(pieces) - 1):
        gap, after = pieces[i], pieces[i + 1]
        if _is_icon(gap) and isinstance(after, Part) and after.text in COUNTS:
            edges = [" " * edge.isspace() for edge in (gap[0], gap[-1])]
            least, most = (0, LONGEST_GAP - 2) if any(edges) else (1, LONGEST_GAP)
            plain[i] = f"{edges[0]}{SLOT}{{{least},{most}}}{edges[1]}"
            if plain[i - 1] == _counts.PLAIN:
                plain[i - 1] = _counts.UNGUARDED
    return f"{''.join(general[:2])}(?|{''.join(plain[2:])}|{''.join(general[2:])})"


def _is_icon(gap: str | Part) -> TypeGuard[str]:
    """Tell whether a piece of a template is an icon, and the white space around it."""
    return isinstance(gap, str) and not gap.isascii() and not VISIBLE.search(gap)
