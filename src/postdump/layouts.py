# SPDX-License-Identifier: MIT
"""
How sites' pages show where posts begin and end, and what they count: data, no code.

A layout is a few templates (see `docs/guide/layouts.md`); the built-in ones are written in the same
terms as anybody's own. Every line that is not found by its layout stays, as unclaimed text.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Final

from attrs import Attribute, field, frozen, validators

from postdump._span import Span
from postdump._templates import COUNTS, DATE, Kind, parts
from postdump.errors import LayoutError

__all__ = ["BSKYVIEW", "BUILT_IN", "FLAT", "Cards", "Layout", "Stands"]


class Stands(Enum):
    """
    Where a marker stands: before or after the text of its post.

    >>> BSKYVIEW.stands
    <Stands.AFTER: 'after'>
    """

    BEFORE = "before"
    AFTER = "after"


class Cards(Enum):
    """
    Where a block keeps the preview of the page it links to.

    >>> BSKYVIEW.cards
    <Cards.LEADING: 'leading'>
    """

    NONE = "none"
    LEADING = "leading"
    """Before the post's own text."""
    TRAILING = "trailing"
    """After it."""


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    """Return several texts; a lone one would pass for as many as it has characters."""
    if isinstance(values, str):
        raise TypeError(f"expected several texts, got one: {values!r}")
    return tuple(values)


def _is_marker(layout: Layout, attribute: Attribute[str], value: str) -> None:
    fields = [part.text for part in parts(value) if part.kind is Kind.FIELD]
    if value and not any(name == DATE or name in COUNTS for name in fields):
        raise _open(value, "expected a date or a count: a marker without one would match any line")


def _are_headings(layout: Layout, attribute: Attribute[tuple[str, ...]], value: tuple[str, ...]) -> None:
    for template in value:
        if not any(part.kind is Kind.WORD for part in parts(template)):
            raise _open(template, "expected a word: a heading without one would match any line")


def _open(template: str, problem: str) -> LayoutError:
    return LayoutError(problem, code="template-open", text=template, span=Span(start=0, end=len(template)))


@frozen(kw_only=True)
class Layout:
    """
    How one site's pages show their posts.

    Args:
        name: What dumps of this layout say in `Dump.layouts`.
        marker: The template of what a post is recognised by; empty where pages show no boundaries.
        stands: Where the marker stands.
        cards: Where the cards stand.
        labels: Words that the site puts on a line of their own.
        headings: Templates of the line that says whose posts follow.
        max_graphemes: The most that one post can hold, in extended grapheme clusters; None if nobody knows.

    Raises:
        LayoutError: A template is malformed, or cannot be made safe on any text.

    >>> mine = Layout(name="harbour", marker="[{posted_at:%Y-%m-%d %H:%M}] ♥ {likes}")
    >>> from postdump import parse
    >>> parse("Low tide at nine.\\n[2026-02-03 17:04] ♥ 12", layout=mine).posts[0].stats.likes
    12
    """

    name: str = field(validator=validators.min_len(1))
    marker: str = field(default="", validator=_is_marker)
    stands: Stands = field(default=Stands.AFTER, converter=Stands)
    cards: Cards = field(default=Cards.NONE, converter=Cards)
    labels: tuple[str, ...] = field(default=(), converter=_texts)
    headings: tuple[str, ...] = field(default=(), converter=_texts, validator=_are_headings)
    max_graphemes: int | None = field(default=None, validator=validators.optional(validators.gt(0)))


_HEADINGS: Final = ("Posts by {name} (@{handle})", "Posts by {name}", "Latest posts by {handle} on Bluesky")

BSKYVIEW: Final = Layout(
    # A Toy Boat Race
    # Lantern festival tonight at the old quay.
    # 03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0
    name="bskyview",
    marker="{posted_at:%d.%m.%Y %H:%M} — 👍 {likes} 🔁 {reposts} 💬 {replies} 📌 {quotes}",
    cards=Cards.LEADING,
    labels=("Preview", "Post image"),
    headings=_HEADINGS,
    max_graphemes=300,
)

FLAT: Final = Layout(
    # Posts by Ada Example
    # Lantern festival tonight at the old quay.
    # Is anyone else's boat singing?
    name="flat",
    headings=_HEADINGS,
    max_graphemes=300,
)

BUILT_IN: Final = (BSKYVIEW, FLAT)
"""All of them, in the order in which they are tried."""
