# SPDX-License-Identifier: MIT
"""The public function `tokenize`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from postdump._parse.page import Page, cut
from postdump._text.span import Span
from postdump.layouts import Layout, Stands
from postdump.models import Role, Token, TokenKind


def tokenize(text: str, *, layout: Layout | None = None) -> Iterator[Token]:
    r"""
    Cut a text into tokens, which are the whole text when they are joined.

    Args:
        text: Any text.
        layout: Layout of the page; by default the built-in layout with the most markers.

    >>> tokens = tokenize("Ahoy.\n03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0\n")
    >>> [(token.kind.value, token.block) for token in tokens]
    [('text', 0), ('space', 0), ('marker', 0), ('space', None)]
    """
    page = cut(text, layout)
    at = 0
    for start, end, kind, block in _pieces(page):
        if at < start:
            yield Token(
                kind=TokenKind.SPACE, span=Span(start=at, end=start), text=text[at:start], block=block
            )
        yield Token(kind=kind, span=Span(start=start, end=end), text=text[start:end], block=block)
        at = end
    if at < len(text):
        yield Token(kind=TokenKind.SPACE, span=Span(start=at, end=len(text)), text=text[at:], block=None)


def _pieces(page: Page) -> Iterator[tuple[int, int, TokenKind, int | None]]:
    """Return everything that is not SPACE, in order."""
    after = page.layout.stands is Stands.AFTER
    yield from _outside(page, *page.head())
    for block in range(len(page)):
        marker = (page.starts[block], page.ends[block], TokenKind.MARKER, block)
        if not after:
            yield marker
        yield from _outside(page, *page.gap(block))
        for line in page.lines_between(*page.region(block)):
            is_label = page.labels.is_label(line.start, line.end)
            yield line.start, line.end, TokenKind.LABEL if is_label else TokenKind.TEXT, block
        if after:
            yield marker
    yield from _outside(page, *page.tail())


def _outside(page: Page, start: int, end: int) -> Iterator[tuple[int, int, TokenKind, None]]:
    for line in page.lines_between(start, end) if start < end else ():
        role = page.role_outside(line.start, line.end)
        yield line.start, line.end, _KINDS.get(role, TokenKind.TEXT), None


_KINDS: Final = {Role.HEADING: TokenKind.HEADING, Role.LABEL: TokenKind.LABEL}
