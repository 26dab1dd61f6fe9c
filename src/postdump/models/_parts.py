# SPDX-License-Identifier: MIT
"""What posts and pages are made of: what was read, and what follows from it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any, Final, Protocol

from attrs import frozen

from postdump._lazy import Lazy, draft_of
from postdump._text.span import Span
from postdump.layouts._template import COUNTS
from postdump.models._kinds import Basis, Role

_new: Final[Callable[[Any], Any]] = object.__new__


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
    """How many like the post; None where the marker has no such count."""
    reposts: int | None = None
    """How often it was reposted; None where the marker has no such count."""
    replies: int | None = None
    """How many replies it has; None where the marker has no such count."""
    quotes: int | None = None
    """How often it was quoted; None where the marker has no such count."""
    rounded: tuple[str, ...] = ()
    """Names of the fields that the page shortened (`1.2K`)."""

    @staticmethod
    def _of(values: "Stats | PlainStats") -> "Stats":
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


_StatsDraft: Final = draft_of(Stats)

PlainStats = tuple[Any, ...]
"""The time of a post and its counts, in the order of `COUNTS`, where its marker says nothing else."""

counts_of: Final[Callable[[Stats], tuple[int | None, ...]]] = attrgetter(*COUNTS)
"""Return all counts of a post, in the order of `COUNTS`."""


class ReadingSource(Protocol):
    """What computes the fields of readings: the text of a dump, for a stretch from `start` to `end`."""

    def dump(self, stretch: tuple[int, int]) -> str:
        """Compute `Reading.dump`."""

    def span(self, stretch: tuple[int, int]) -> Span:
        """Compute `Reading.span`."""

    def line(self, stretch: tuple[int, int]) -> int:
        """Compute `Reading.line`."""

    def column(self, stretch: tuple[int, int]) -> int:
        """Compute `Reading.column`."""


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

    @staticmethod
    def _of(source: ReadingSource, start: int, end: int, text: str) -> "Reading":
        """Return the reading of a stretch, whose other fields `source` computes."""
        made = _new(_ReadingDraft)
        made._source = source
        made._at = (start, end)
        made.text = text
        made.__class__ = Reading
        reading: Reading = made
        return reading


_ReadingDraft: Final = draft_of(Reading)


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
    """What the line is to its post, or to the page."""
    readings: tuple[Reading, ...]
    """Where it was read: one entry for each place in each dump; all of one dump in page order."""

    @staticmethod
    def _of(text: str, role: Role, readings: tuple[Reading, ...]) -> "Line":
        """Return a line in half the time that `Line(...)` takes."""
        draft = _new(_LineDraft)
        draft.text = text
        draft.role = role
        draft.readings = readings
        draft.__class__ = Line
        line: Line = draft
        return line


_LineDraft: Final = draft_of(Line)


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
    """What the linked page says of itself, as far as the page shows it; None where it does not."""
    domain: str | None = None
    """The host of the linked page; None where the page does not name it."""


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
    """What the marker says."""
    reading: Reading
    """The marker itself."""
    captured_at: datetime | None = None
    """When the page was saved, as UTC; None where nobody said."""


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
    """The damaged characters, as the dump has them."""
    after: str
    """What stood there before the damage."""
    reading: Reading
    """The reading of `before`."""
    basis: Basis
    """Why `after` is what stood there."""
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
    """What each of the dumps shows."""
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
    """The name to be read by people; None where the page does not give it."""
    handle: str | None = None
    """Without the `@`; None where the page does not give it."""
    bio: str | None = None
    """What they say of themselves; None where the page does not show it."""
    followers: int | None = None
    """How many follow them; None where the page does not count them."""
    following: int | None = None
    """How many they follow; None where the page does not count them."""
    posts: int | None = None
    """How many posts they wrote, by the page's own count; None where the page has none."""
    joined: date | None = None
    """The day they joined; None where the page does not say it."""
    rounded: tuple[str, ...] = ()
    """Names of the fields that the page shortened (`6.4K`)."""
