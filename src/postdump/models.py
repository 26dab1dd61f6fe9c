# SPDX-License-Identifier: MIT
"""
What the library returns.

Every value can name the readings it came from. Offsets count code points of the dump's own text,
half-open; lines and columns count from 1; missing is None, never 0 or "". Posts, readings, dumps and
timelines that `parse` and `merge` return fetch their fields when these are first read (see `_lazy`);
they compare, copy and print as if they had been filled at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import Enum
from operator import attrgetter
from typing import Any, Final

from attrs import field, frozen

from postdump._lazy import Lazy, draft_of, frozen_dict
from postdump._text.span import Span
from postdump.damage import Damage
from postdump.layouts import Layout
from postdump.layouts._template import COUNTS

__all__ = [
    "Basis",
    "Card",
    "Conflict",
    "Detection",
    "Diagnostic",
    "Dump",
    "Evidence",
    "Line",
    "Observation",
    "Post",
    "Profile",
    "Reading",
    "Repair",
    "Repaired",
    "Role",
    "Span",
    "Stats",
    "Timeline",
    "Token",
    "TokenKind",
]


class TokenKind(Enum):
    """
    What a piece of a dump's text is.

    >>> TokenKind.MARKER.value
    'marker'
    """

    TEXT = "text"
    """Words: of a post, or of nothing that the layout knows."""
    MARKER = "marker"
    """What the layout recognises a post by."""
    HEADING = "heading"
    """The line that names the page, and whose posts follow."""
    LABEL = "label"
    """A word of the site's own: `Preview`, `Post image`."""
    SPACE = "space"
    """Line breaks, and spaces and tabs at either end of a line."""


class Role(Enum):
    """
    What a line is to its post, or to the page.

    >>> Role("card") is Role.CARD
    True
    """

    TEXT = "text"
    """The post's own words."""
    CARD = "card"
    """Title, description or domain of a linked page."""
    ALT = "alt"
    """The description of a picture."""
    LABEL = "label"
    """A word of the site's own."""
    MARKER = "marker"
    """Date and counts."""
    AUTHOR = "author"
    """Who wrote or reposted the post."""
    HEADING = "heading"
    """The page's heading."""
    PROFILE = "profile"
    """Name, handle, bio and counts of the profile, above the heading."""
    OTHER = "other"
    """Unclaimed, and nothing more is known of it."""


class Basis(Enum):
    """
    What a repair rests on.

    >>> [basis.value for basis in Basis]
    ['codec', 'witness', 'context']
    """

    CODEC = "codec"
    """Nothing was lost: the misreading could be undone."""
    WITNESS = "witness"
    """Another dump shows the text that the damage maps onto what was read."""
    CONTEXT = "context"
    """The characters around it; made only when asked for, and never certain."""


@frozen(kw_only=True)
class Token:
    """
    One piece of a dump; the tokens of a text tile it.

    >>> from postdump import tokenize
    >>> next(tokenize("No markers here.")).kind
    <TokenKind.TEXT: 'text'>
    """

    kind: TokenKind
    span: Span
    text: str
    block: int | None = None
    """Which block it belongs to, counted from 0; None outside every block."""


@frozen(kw_only=True)
class Stats:
    """
    What a marker says of its post.

    >>> Stats(likes=4).likes, Stats().likes
    (4, None)
    """

    posted_at: datetime | None = None
    """The page's own clock, naive, at the page's precision."""
    utc_offset: timedelta | None = None
    """The zone the page printed with it."""
    likes: int | None = None
    reposts: int | None = None
    replies: int | None = None
    quotes: int | None = None
    rounded: tuple[str, ...] = ()
    """Names of the fields that the page shortened (`1.2K`)."""

    @staticmethod
    def _of(values: Stats | PlainStats) -> Stats:
        """Return `Stats`, if need be from plain ones, in a quarter of the time that `Stats(...)` takes."""
        if isinstance(values, Stats):
            return values
        draft = _new(_StatsDraft)
        draft.posted_at, draft.likes, draft.reposts, draft.replies, draft.quotes = values
        draft.utc_offset = None
        draft.rounded = ()
        draft.__class__ = Stats
        stats: Stats = draft
        return stats


counts_of: Final[Callable[[Stats], tuple[int | None, ...]]] = attrgetter(*COUNTS)
"""Return all counts of a post, in the order of `COUNTS`."""

PlainStats = tuple[Any, ...]
"""The time of a post and its counts, in the order of `COUNTS`, where its marker says nothing else."""

_new: Final[Any] = object.__new__

_StatsDraft: Final = draft_of(Stats)


@frozen(kw_only=True)
class Reading(Lazy):
    """
    What one dump shows at one place.

    >>> from postdump import parse
    >>> dump = parse("Ahoy.\\n03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0", name="page.txt")
    >>> reading = dump.posts[0].readings[0]
    >>> reading.dump, reading.text, reading.line, reading.column
    ('page.txt', 'Ahoy.', 1, 1)
    """

    dump: str
    """The dump's name."""
    span: Span
    """Where in that dump's text."""
    text: str
    """The dump's text at `span`, as it stands there."""
    line: int
    """1-based."""
    column: int
    """1-based, in code points."""


@frozen(kw_only=True)
class Line:
    """
    One line of a post or of a page, with every dump's reading of it.

    >>> from postdump import parse
    >>> parse("Just a bio.").unclaimed[0].text
    'Just a bio.'
    """

    text: str
    """The lemma: the best reading, with its repairs made."""
    role: Role
    readings: tuple[Reading, ...]


@frozen(kw_only=True)
class Card:
    """
    The preview of a linked page.

    >>> Card(title="Quay repairs start in May").domain is None
    True
    """

    title: str | None = None
    """None where the page shows nothing but the domain."""
    description: str | None = None
    domain: str | None = None


@frozen(kw_only=True)
class Observation:
    """
    What one dump showed of a post's marker.

    >>> from postdump import merge, parse
    >>> dump = parse("Ahoy.\\n03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0")
    >>> merge(dump).posts[0].observations[0].stats.likes
    4
    """

    stats: Stats
    reading: Reading
    captured_at: datetime | None = None


@frozen(kw_only=True)
class Repair:
    """
    A run of characters put right, and why.

    >>> from postdump import C1Policy, Damage, repair
    >>> damage = Damage(misread_as="iso-8859-7", c1_policy=C1Policy.DROP)
    >>> made = repair("donβt", damage=damage, witness="don’t").repairs[0]
    >>> made.before, made.after, made.basis.value
    ('β', '’', 'witness')
    """

    before: str
    after: str
    reading: Reading
    """The reading of `before`."""
    basis: Basis
    evidence: tuple[Reading, ...] = ()
    """What shows `after`: the witnesses' readings."""
    confidence: float | None = None
    """From 0 to 1, for `CONTEXT` alone; None where the repair is proved."""


@frozen(kw_only=True)
class Conflict:
    """
    Two dumps that cannot both be right.

    >>> Conflict(field="text", readings=(), chosen="Ahoy.").chosen
    'Ahoy.'
    """

    field: str
    """The field of the post that is in dispute, or `order`: its place on the page."""
    readings: tuple[Reading, ...]
    chosen: str
    """What the post has there now; of its order, the name of the dump that it was taken from."""


@frozen(kw_only=True)
class Profile:
    """
    Whose page it is, or whose post.

    >>> Profile(name="Ada Example").handle is None
    True
    """

    name: str | None = None
    handle: str | None = None
    """Without the `@`."""
    bio: str | None = None
    followers: int | None = None
    following: int | None = None
    posts: int | None = None
    joined: date | None = None
    rounded: tuple[str, ...] = ()
    """Names of the fields that the page shortened (`6.4K`)."""


@frozen(kw_only=True)
class Post(Lazy):
    """
    One post, with everything that is known of it and where that was read.

    >>> from postdump import parse
    >>> post = parse("Ahoy.\\n03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0").posts[0]
    >>> post.text, post.stats.likes, post.posted_at.isoformat()
    ('Ahoy.', 4, '2026-02-03T17:04:00')
    """

    text: str = ""
    r"""The post's own words: its `TEXT` lines, joined by `\n`, by `\n\n` at a paragraph break."""
    card: Card | None = None
    links: tuple[str, ...] = ()
    """Links in the text, as shown; whole where a witness shows them whole."""
    stats: Stats = Stats()
    """Taken whole from one dump, apart from `posted_at`."""
    posted_at: datetime | None = None
    posted_between: tuple[datetime | None, datetime | None] | None = None
    """Earliest and latest, where the time itself is unknown; None at an open end."""
    author: Profile | None = None
    """Named by the page at the post itself; None where it is not."""
    is_repost: bool = False
    lines: tuple[Line, ...] = ()
    readings: tuple[Reading, ...] = ()
    """All of them: text, card, labels, marker, of every dump."""
    observations: tuple[Observation, ...] = ()
    inferred: tuple[str, ...] = ()
    """Fields concluded, not read: `"posted_at"`, `"card"`, `"boundary"`."""
    repairs: tuple[Repair, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    omitted_by: tuple[str, ...] = ()
    """Names of dumps that cover its place and lack it."""


@frozen(kw_only=True)
class Diagnostic:
    """
    A problem of a dump; every code has its entry in the documentation.

    >>> from postdump import parse
    >>> parse("Just a bio.").diagnostics[0].code
    'no-marker'
    """

    code: str
    message: str
    span: Span


@frozen(kw_only=True)
class Evidence:
    """
    What speaks for a damage.

    >>> from postdump import detect_damage
    >>> found = detect_damage("The tideâ€™s in, donâ€™t sink.")
    >>> str(found.evidence[0])
    "sequences: 2 times 'â€™'"
    """

    rule: str
    """
    `markers`: what stands for the icons of markers. `sequences`: whole sequences of UTF-8's bytes, misread.
    `strays`: what no Latin word has, where words have apostrophes. `pairs`: UTF-8 read in pairs of bytes.
    """
    shown: tuple[str, ...]
    """What was seen, the most frequent first; not more than five."""
    times: int
    """How often all of it was seen, in what was looked at."""

    def __str__(self) -> str:
        times = "once" if self.times == 1 else f"{self.times} times"
        return f"{self.rule}: {times} {', '.join(map(repr, self.shown))}"


@frozen(kw_only=True)
class Detection(Lazy):
    """
    What damage a text has, and what says so.

    >>> from postdump import detect_damage
    >>> detect_damage("Nothing wrong — here.").damage is None
    True
    """

    damage: Damage | None = None
    equivalents: tuple[Damage, ...] = ()
    """Other damages that explain the same text."""
    runs: tuple[Span, ...] = ()
    """The stretches that the damage can have left, found when they are first asked for."""
    evidence: tuple[Evidence, ...] = ()
    """What was seen: one entry for each rule that spoke."""


@frozen(kw_only=True)
class Repaired:
    """
    A text with what could be proved put right.

    >>> from postdump import repair
    >>> repair("Nothing wrong.").text
    'Nothing wrong.'
    """

    text: str
    repairs: tuple[Repair, ...] = ()
    unrepaired: tuple[Reading, ...] = ()
    """Damaged, not provable."""


@frozen(kw_only=True)
class Dump(Lazy):
    """
    The text one extractor left of one page, parsed: no character of it is changed or lost.

    >>> from postdump import parse
    >>> dump = parse("Ahoy.\\n03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0\\nA bio.", name="page.txt")
    >>> dump.layouts, len(dump.posts), dump.unclaimed[0].text
    (('bskyview',), 1, 'A bio.')
    """

    name: str
    """As given, a path, or the first 12 hex digits of `sha256`."""
    text: str = field(repr=False)
    sha256: str
    """Of the text's UTF-8 bytes, lone surrogates encoded like any other code point."""
    layouts: tuple[str, ...] = ()
    """Names of the layouts whose markers were found."""
    damage: Damage | None = None
    """What the markers show; None where they show none."""
    equivalents: tuple[Damage, ...] = field(default=(), repr=False)
    """Other damages that explain what the markers show."""
    profile: Profile | None = None
    posts: Sequence[Post] = ()
    """In page order, top first."""
    unclaimed: tuple[Line, ...] = ()
    """What belongs to no post, in page order."""
    diagnostics: tuple[Diagnostic, ...] = ()
    evidence: tuple[str, ...] = ()
    """What spoke for the layout and the damage, in words."""
    captured_at: datetime | None = None
    """When the page was saved, as UTC; None where nobody said."""
    definitions: tuple[Layout, ...] = field(default=(), repr=False)
    """The layouts of `layouts` themselves: what `merge` reads of them stays the same after JSON."""


@frozen(kw_only=True)
class Timeline(Lazy):
    """
    The edition of one page: the posts of all its dumps, each with its readings; iterates over posts.

    >>> from postdump import merge, parse
    >>> timeline = merge(parse("Ahoy.\\n03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0"))
    >>> len(timeline), [post.text for post in timeline]
    (1, ['Ahoy.'])
    """

    posts: Sequence[Post] = ()
    """In page order, top first."""
    unclaimed: tuple[Line, ...] = ()
    profile: Profile | None = None
    dumps: tuple[Dump, ...] = ()
    """In an order of their own, whatever the order of arguments was."""
    damages: Mapping[str, Damage] = field(factory=dict, converter=frozen_dict, hash=False)
    """By dump name, of the damaged dumps; some are learned only from a witness. It cannot be changed."""
    repairs: tuple[Repair, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    unrepaired: tuple[Reading, ...] = ()
    """Damaged, not provable."""

    def __iter__(self) -> Iterator[Post]:
        return iter(self.posts)

    def __len__(self) -> int:
        return len(self.posts)
