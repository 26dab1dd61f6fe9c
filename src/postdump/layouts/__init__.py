# SPDX-License-Identifier: MIT
"""
How sites' pages show where posts begin and end, and what they count: data, no code.

A layout is a few templates (see `docs/guide/layouts.md`); the built-in ones are written just as users write
theirs. A line that the layout does not recognise is kept as unclaimed text.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Final

from attrs import Attribute, evolve, field, frozen, validators

from postdump._text.span import Span
from postdump.errors import LayoutError
from postdump.layouts._template import AGE, COUNTS, DATE, Kind, parts

__all__ = [
    "BSKYVIEW", "BUILT_IN", "BUSHDRUM", "EMBED", "FLAT", "LIGHTNEWS", "NOPZON", "PLEROMA", "REDSKY",
    "REDSKY_THREAD", "Cards", "Extent", "Layout", "Stands",
]  # fmt: skip


class Stands(Enum):
    """
    Where a marker stands: before or after the text of its post.

    >>> BSKYVIEW.stands
    <Stands.AFTER: 'after'>
    """

    BEFORE = "before"
    """The marker is above the text of its post."""
    AFTER = "after"
    """The marker is below the text of its post."""


class Extent(Enum):
    """
    How far from its marker the text of a post reaches.

    >>> EMBED.extent
    <Extent.PARAGRAPH: 'paragraph'>
    """

    BLOCK = "block"
    """Up to the next marker."""
    PARAGRAPH = "paragraph"
    """Up to a blank line: the page is prose, in which posts are quoted."""


class Cards(Enum):
    """
    Where the cards of a page are, if nothing else marks them.

    >>> BSKYVIEW.cards
    <Cards.LEADING: 'leading'>
    """

    NONE = "none"
    """Nowhere."""
    LEADING = "leading"
    """Above the text of the post."""
    TRAILING = "trailing"
    """Below the text of the post."""


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    """Return several texts; a lone one would pass for as many as it has characters."""
    if isinstance(values, str):
        raise TypeError(f"expected several texts, got one: {values!r}")
    return tuple(values)


def _is_marker(layout: Layout, attribute: Attribute[str], value: str) -> None:
    fields = [part.text for part in parts(value) if part.kind is Kind.FIELD]
    if value and not any(name in (DATE, AGE, "handle", *COUNTS) for name in fields):
        problem = "expected a date, an age, a count or a handle: a marker without one would match any line"
        raise _open(value, problem)


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
        name: Name of the layout in `Dump.layouts`.
        marker: Template of the marker of a post; empty if pages show no boundaries.
        stands: Whether the marker is before or after the text of its post.
        cards: Whether cards are before the text, after it, or nowhere.
        labels: Words that the site puts on a line of their own.
        previews: Labels that announce a card; its title and description follow.
        pictures: Labels in place of a picture; a description of the picture may follow.
        reposts: Templates of the line that marks the post below it as a repost.
        headings: Templates of the line that announces the posts and names their author.
        extent: How far the text of a post reaches.
        max_graphemes: Longest post, in extended grapheme clusters; None if unknown.

    A marker that is only a handle counts if it is the page's own handle, or follows a repost line.

    Raises:
        LayoutError: A template is malformed, or is not safe on every text.

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
    previews: tuple[str, ...] = field(default=(), converter=_texts)
    pictures: tuple[str, ...] = field(default=(), converter=_texts)
    reposts: tuple[str, ...] = field(default=(), converter=_texts, validator=_are_headings)
    headings: tuple[str, ...] = field(default=(), converter=_texts, validator=_are_headings)
    extent: Extent = field(default=Extent.BLOCK, converter=Extent)
    max_graphemes: int | None = field(default=None, validator=validators.optional(validators.gt(0)))


_HEADINGS: Final = ("Posts by {name} (@{handle})", "Posts by {name}", "Latest posts by {handle} on Bluesky")

_REPOSTS: Final = ("Reposted by {name}", "Reposted")

_PAGE_LABELS: Final = ("Advertisement · 728 × 90", "Posts Following")

BSKYVIEW: Final = Layout(
    # A Toy Boat Race
    # Lantern festival tonight at the old quay.
    # 03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0
    name="bskyview",
    marker="{posted_at:%d.%m.%Y %H:%M} — 👍 {likes} 🔁 {reposts} 💬 {replies} 📌 {quotes}",
    cards=Cards.LEADING,
    labels=_PAGE_LABELS,
    previews=("Preview",),
    pictures=("Post image",),
    headings=_HEADINGS,
    max_graphemes=300,
)
"""Bskyview and its kin, compact, spaced, glued, or with one count a line."""

NOPZON: Final = evolve(
    # Lantern festival tonight at the old quay.
    #
    # 7 months ago 9112 1737 502 134
    BSKYVIEW,
    name="nopzon",
    marker="{age} {likes} {reposts} {replies} {quotes}",
)
"""Pages of the same kin that say how old a post is."""

PLEROMA: Final = Layout(
    # (DIR) Post #B20fi by ada@harbour.example
    # 2025-12-30T12:11:35Z
    # 0 likes, 0 repeats
    # Lantern festival tonight at the old quay.
    name="pleroma",
    marker="(DIR) Post #{id} by {handle} {posted_at:%Y-%m-%dT%H:%M:%S%z} {likes} likes, {reposts} repeats",
    stands=Stands.BEFORE,
)
"""Pleroma by way of gopher."""

REDSKY_THREAD: Final = Layout(
    # Lantern festival tonight at the old quay.
    # aug 23, 2025, 3:57 pm • 2 0
    name="redsky-thread",
    marker="{posted_at:%b %-d, %Y, %-I:%M %p} • {likes} {replies}",
    labels=("• view",),
    max_graphemes=300,
)
"""Threads on redsky."""

EMBED: Final = Layout(
    # Lantern festival tonight at the old quay.
    # — Ada Example (@ada.example.social) December 1, 2025 at 7:12 AM
    name="embed",
    marker=(
        "— {name} (@{handle}) {posted_at:%Y-%m-%dT%H:%M:%S.%f%z|%Y-%m-%dT%H:%M:%S%z"
        "|%B %-d, %Y at %-I:%M %p|%B %-d, %Y|%Y年%-m月%-d日 %-H:%M|%Y年%-m月%-d日}"
    ),
    labels=("[image or embed]",),
    extent=Extent.PARAGRAPH,
    max_graphemes=300,
)
"""Posts that are quoted in other pages."""

LIGHTNEWS: Final = Layout(
    # Reposted by Ada Example
    # Good morning.
    # January 14, 2026 at 8:59 AM
    name="lightnews",
    marker="{posted_at:%B %-d, %Y at %-I:%M %p}",
    cards=Cards.TRAILING,
    labels=("banner",),
    reposts=_REPOSTS,
    max_graphemes=300,
)
"""Lightnews, and pages of bushdrum with dates."""

REDSKY: Final = Layout(
    # Ada Example (@ada.example.social)
    # Lantern festival tonight at the old quay.
    name="redsky",
    marker="{name} (@{handle})",
    stands=Stands.BEFORE,
    labels=("reply parent",),
    headings=_HEADINGS,
    max_graphemes=300,
)
"""Profiles on redsky."""

BUSHDRUM: Final = Layout(
    # Reposted by Ada Example
    # bo.example.social
    # Good morning.
    name="bushdrum",
    marker="{handle}",
    stands=Stands.BEFORE,
    cards=Cards.TRAILING,
    labels=("Posts Media Videos Starter Packs",),
    reposts=_REPOSTS,
    max_graphemes=300,
)
"""Bushdrum."""

FLAT: Final = Layout(
    # Posts by Ada Example
    # Lantern festival tonight at the old quay.
    # Is anyone else's boat singing?
    name="flat",
    headings=_HEADINGS,
    max_graphemes=300,
)
"""Pages that show no boundaries."""

BUILT_IN: Final = (
    BSKYVIEW, NOPZON, PLEROMA, REDSKY_THREAD, EMBED, LIGHTNEWS, REDSKY, BUSHDRUM, FLAT,
)  # fmt: skip
"""All of them, in the order in which they are tried."""
