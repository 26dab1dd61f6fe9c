# SPDX-License-Identifier: MIT
"""
The samples of `strategies`: phrases, difficult text, and the way in which pages write posts down.

This module writes markers without using the code that reads markers. Otherwise a mistake in that code would
be made on both sides, and no test would find it.

A draw of Hypothesis costs as much as parsing ten posts. So most choices are read from a few bytes that
Hypothesis draws at once; byte 0 is always the simplest choice, since examples shrink towards 0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import IntEnum
from itertools import groupby
from string import Formatter
from typing import Final, TypeVar

from postdump._text.span import Span
from postdump.damage import C1Policy, Damage
from postdump.layouts import Cards, Extent, Layout, Stands
from postdump.models import Stats

T = TypeVar("T")


class Feature(IntEnum):
    """A feature of a page or of a dump; the value is the number of its bit in a mixture."""

    CARD = 0
    EXTRAS = 1
    """Pictures, reposts, and links on lines of their own."""
    GREETING = 2
    """Posts begin with the same greeting, and some consist of this greeting alone."""
    PINNED = 3
    """Some dumps show a post above all others; others show the post in its place, or in both places."""
    LOST = 4
    """Posts and lines of posts are lost."""
    AGAIN = 5
    """A post is shown twice: the second time directly below, or below all others."""
    REVERSED = 6
    TORN = 7
    """The end of the dump is torn off, up to 64 characters."""
    FORM = 8
    """Cards have a label if the style has none, and the other way round; paragraphs have blank lines."""


def draw_mixture(data: bytes) -> int:
    """
    Draw two or three features, as bits.

    If each feature were drawn independently, hardly any page would have exactly two of them.
    """
    choices = Choices(data)
    first = choices.below(len(Feature))
    second = (first + 1 + choices.below(len(Feature) - 1)) % len(Feature)
    third = choices.choose((first, choices.below(len(Feature))))
    return 1 << first | 1 << second | 1 << third


class Choices:
    """A source of small choices, read from bytes; after the last byte, each choice is the simplest one."""

    def __init__(self, data: bytes, often: int = 0) -> None:
        self._rest = iter(data)
        self._often = often
        """The features, as bits, that are frequent (see `draw_mixture`); all others are rare."""

    def below(self, end: int) -> int:
        """Choose a number below `end`."""
        return next(self._rest, 0) % end

    def choose(self, options: Sequence[T]) -> T:
        """Choose one of several options."""
        return options[self.below(len(options))]

    def seldom(self) -> bool:
        """Choose True one time in eight."""
        return self.below(8) == 7

    def has(self, feature: Feature, *, of_four: int = 2) -> bool:
        """Choose whether there is a feature: in `of_four` quarters if it is frequent, else one time in 32."""
        return self.below(32) >= (32 - 8 * of_four if self._often >> feature & 1 else 31)


PHRASES: Final = (
    ("Lantern festival tonight at the old quay.", "Low tide", "Thank you!", "2026 was a good year", "1/3"),
    ("don’t", "“Fair winds” – or not…", "naïve café — fermé", "Is anyone else’s boat singing?", "½ £ ©"),
    ("🎉", "👩‍👩‍👧 on board", "All aboard 👍🏽 …", "see quay.example.org/2026/repairs", "🇬🇷"),
    ("On 03.02.2026 at 17:04 we sail", "4 boats", "12,345 lamps", "a = b?", "#harbour @bo.example.social"),
    ("Święto latarni już dziś", "Bu akşam fener şenliği", "Lễ hội đèn lồng", "e\u0301te\u0301", "Ærø ß"),
    ("Το φεστιβάλ φαναριών", "απόψε στο λιμάνι", "β και π είναι γράμματα", "Ελάτε;", "π"),
    ("Праздник фонарей сегодня", "у старого причала", "Приходите!", "Ещё раз", "Я"),
    ("פסטיבל הפנסים הערב", "برعاية الميناء القديم", "เทศกาลโคมไฟคืนนี้", "आज रात दीपोत्सव", "\u200fשלום"),
    ("今晚灯节，老码头见", "今夜は灯籠祭りです。", "오늘 밤 등불 축제", "潮", "「はい」"),
)
"""Clean prose; each row has one or two scripts."""

QUOTED: Final = ("they wrote donβ€™t for don’t", "Ã© is é", "π¬", "вЂ™", "β")
"""Mojibake that a page quotes: it looks damaged, but is correct."""

LINK: Final = "quay.example.org/2026/repairs"

CUT_LINK: Final = "quay.example.org/2026/rep..."


def write_prose(choices: Choices, *, quoting: bool) -> str:
    """Write a line of one to three phrases."""
    phrases = choices.choose((*PHRASES, QUOTED) if quoting else PHRASES)
    return " ".join(choices.choose(phrases) for _ in range(1 + choices.below(3)))


PIECES: Final = (
    *("a", "\n", "03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0", "03.02.2026 17:04 β π 4 π 3 π¬ 0 π 0", "", ""),
    *("31.02.2026 24:00 — 👍 4 🔁 3 💬 0 📌 0", "03.02.2026 17:04\n👍 4\r\n🔁 3\r💬 0\n📌 02026", "", ""),
    *(
        "12.31.2026 17:04 — 👍 9999999999999999 🔁 ３ 💬 +0 📌 1_0",
        "03.02.2026",
        " 17:04",
        " — ",
        "13.05.2025 1:5",
    ),
    *("👍 4", "🔁 3", "📌 ", "πŸ‘ 4 ", "β€” ", "donβ€™t", "donâ??t", "Ã©", "вЂ™", "\ufffd\ufffd", "Γ©"),
    *(
        "’",
        "“",
        "…",
        "β",
        "π¬",
        "é",
        "\r",
        "\r\n",
        "\n\n",
        "\n \t\n",
        "\x85",
        "\u2028",
        "\u2029",
        "\x0b",
        "\x0c",
    ),
    *(
        "\x1c",
        "\x1d",
        "\x1e",
        "\x1f",
        " ",
        "\t",
        "\xa0",
        "\u202f",
        "\u3000",
        "\ufeff",
        "\x00",
        "\x1b[2J",
        "\x9b",
    ),
    *("\x80", "\u202e", "\u200b", "\x7f", "\ud800", "\udfff", "\ud83d", "\udc4d", "\U0010ffff", "\ufffe"),
    *("e\u0301", "👩‍👩‍👧", "漢", "א", "0", "4", "02026", "1.2K", "1,405", "٣", "²", "0" * 16, "9" * 15, "?"),
    *(
        "Posts by Ada Example (@ada.example.social)",
        "Posts by ",
        "Preview",
        "Post image",
        "Low tide at nine. ",
    ),
    *("@ada.example.social\n", "ada.example.social\n", "Ada (@ada.example.social) ", "quay.example.org\n"),
    *("— Ada (@ada.example.social)2025-10-22T15:10:14.908Z", "January 14, 2026 at 8:59 AM\n", "ALT: "),
    *("7 months ago 9112 1737 502 134", "aug 23, 2025, 3:57 pm • 2 0", "Reposted by Ada\n", "Ada's Avatar\n"),
    *(
        "(DIR) Post #B2 by ada@x.example\n2025-12-30T12:11:35Z\n0 likes, 0 repeats\n",
        "6.4K followers 9 posts",
    ),
    *("&amp;", "&#8217;"),
    *("{posted_at}", "{", "}", "=1+1", "</script>", '"', "...", "quay.example.org/2026/rep...", "1/3 "),
)
"""Pieces of difficult text; an empty piece is replaced by any character."""


def join_pieces(data: bytes, others: str) -> str:
    """Write a text of the pieces that `data` chooses, and of other characters."""
    rest = iter(others)
    pieces = [PIECES[byte % len(PIECES)] or next(rest, "") for byte in data]
    return "".join([*pieces, *rest])


FAMILIAR: Final = (
    Damage(misread_as="iso-8859-7"),
    Damage(misread_as="iso-8859-7", c1_policy=C1Policy.WINDOWS_1252),
    Damage(misread_as="cp1252", c1_policy=C1Policy.KEEP),
    Damage(misread_as="iso-8859-1", c1_policy=C1Policy.QUESTION),
    Damage(misread_as="cp1251", c1_policy=C1Policy.KEEP),
    Damage(misread_as="tis-620", c1_policy=C1Policy.SPACE),
    Damage(misread_as="iso-8859-2", c1_policy=C1Policy.REPLACEMENT),
    Damage(misread_as="mac-roman"),
)
"""Damages that occur on known pages."""


def write_heading(choices: Choices, name: str, handle: str) -> str:
    """Write the heading of a page, which may be missing."""
    by = f"Posts by {name}"
    return choices.choose(("", by, f"{by} (@{handle})", f"Latest posts by {handle} on Bluesky"))


def write_top(choices: Choices, name: str, handle: str, bio: str) -> str:
    """Write the lines above the posts without blank lines: the heading, and sometimes the bio."""
    line = write_heading(choices, name, handle)
    return "".join(f"{text}\n" for text in (choices.choose(("", "", "", bio)), line) if text) if line else ""


def write_spaced_top(choices: Choices, name: str, handle: str, bio: str) -> str:
    """Write all lines above the posts, with blank lines between them."""
    counts = (
        "1,405 Followers  |  958 Following  |  419 Posts  |  Joined: 19.08.2023  |  2.1178\nPosts Following"
    )
    lines = (f"{name}'s Avatar", name, f"@{handle}", bio, counts, write_heading(choices, name, handle))
    return "".join(f"{line}\n\n" for line in lines if line)


ICONS: Final = {"likes": "👍", "reposts": "🔁", "replies": "💬", "quotes": "📌"}
"""The icon before each count on pages of the bskyview family, in their order."""


def write_date_and_counts(stats: Stats) -> tuple[str, ...]:
    """Write the pieces of a marker as pages of the bskyview family have it: the date, then each count."""
    at = stats.posted_at
    date = "" if at is None else f"{at.day:02}.{at.month:02}.{at.year:04} {at.hour:02}:{at.minute:02}"
    return date, *(f"{icon} {getattr(stats, name)}" for name, icon in ICONS.items())


_MONTHS: Final = "January February March April May June July August September October November December"

_DIRECTIVES: Final[dict[str, Callable[[datetime], str]]] = {
    "%-d": lambda at: f"{at.day}",
    "%-m": lambda at: f"{at.month}",
    "%-H": lambda at: f"{at.hour}",
    "%-I": lambda at: f"{at.hour % 12 or 12}",
    "%d": lambda at: f"{at.day:02}",
    "%m": lambda at: f"{at.month:02}",
    "%Y": lambda at: f"{at.year:04}",
    "%B": lambda at: _MONTHS.split()[at.month - 1],
    "%b": lambda at: _MONTHS.split()[at.month - 1][:3],
    "%H": lambda at: f"{at.hour:02}",
    "%I": lambda at: f"{at.hour % 12 or 12:02}",
    "%M": lambda at: f"{at.minute:02}",
    "%S": lambda at: f"{at.second:02}",
    "%f": lambda at: f"{at.microsecond:06}",
    "%p": lambda at: "AM" if at.hour < 12 else "PM",
    "%z": lambda at: "+01:00",
}

LONG_DATE: Final = "{posted_at:%B %-d, %Y at %-I:%M %p}"
"""A marker without counts, as `Style.DATED` shows it."""

_OTHERS: Final = {"age": "7 months ago", "name": "Ada Example", "handle": "ada.example.social", "id": "B20"}


def fill_template(template: str, stats: Stats) -> str:
    """Fill in the template of a layout; a count is never shortened, even if its field allows this."""
    parts = []
    for before, name, form, _ in Formatter().parse(template):
        parts.append(before)
        value = _OTHERS.get(name or "") or (name and getattr(stats, name))
        if isinstance(value, datetime):
            shown = (form or "").partition("|")[0]
            for directive, write in _DIRECTIVES.items():
                shown = shown.replace(directive, write(value))
            parts.append(shown)
        elif name:
            parts.append(f"{value:,}" if form == "grouped" else f"{value}")
    return "".join(parts)


def apply_damage(text: str, damage: Damage, spared: int) -> tuple[str, tuple[Span, ...]]:
    """
    Damage each run of characters outside ASCII, and return the text with the spans that differ.

    The eight bits of `spared` repeat over the runs: a run whose bit is set escapes the damage.
    """
    left: list[str] = []
    spans = []
    at = number = 0
    for is_ascii, characters in groupby(text, str.isascii):
        run = shown = "".join(characters)
        if not is_ascii:
            if not spared >> number % 8 & 1:
                shown = damage.apply(run)
            number += 1
        if shown != run and shown:
            spans.append(Span(start=at, end=at + len(shown)))
        left.append(shown)
        at += len(shown)
    return "".join(left), tuple(spans)


_DATES: Final = (
    "{posted_at:%d.%m.%Y %H:%M}",
    "{posted_at:%Y-%m-%d %H:%M}",
    "{posted_at:%B %-d, %Y at %-I:%M %p}",
    "{posted_at:%Y-%m-%dT%H:%M:%S %z}",
    "{posted_at:%b %-d, %Y}",
    "{posted_at:%m/%d/%Y}",
    "{posted_at:%Y-%m-%dT%H:%M:%S.%f|%d.%m.%Y}",
    "{age}",
)


def draw_layout(choices: Choices, counts: Sequence[str]) -> Layout:
    """Draw a layout whose marker has these counts, perhaps a date or an age, and perhaps an author."""
    fields = [f"{{{count}{choices.choose(('', '', ':grouped', ':short'))}}}" for count in counts]
    if not fields or not choices.seldom():
        fields.insert(choices.below(len(fields) + 1) if choices.seldom() else 0, choices.choose(_DATES))
    marker = choices.choose(("", "♥ ", "[", "posted ", "", "@{handle} ", "by {name} on "))
    for number, field in enumerate(fields):
        marker += choices.choose((" — ", " ♥ ", " ", " | ", "\n", " likes, ", "❤", "\n🔁 ")) if number else ""
        marker += field
    return Layout(
        name="drawn",
        marker=marker + choices.choose(("", "]", " 📌", " views")),
        stands=choices.choose((Stands.AFTER, Stands.BEFORE)),
        cards=choices.choose(tuple(Cards)),
        labels=("Post image", "Low tide")[: choices.below(3)],
        previews=("Preview",)[: choices.below(2)],
        pictures=("Post image",)[: choices.below(2)],
        reposts=("Reposted by {name}", "Reposted")[: choices.below(3)],
        extent=choices.choose((Extent.BLOCK, Extent.BLOCK, Extent.PARAGRAPH)),
        headings=("Posts by {name} (@{handle})", "Posts by {name}")[: choices.below(3)],
        max_graphemes=choices.choose((None, 300)),
    )
