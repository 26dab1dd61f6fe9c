# SPDX-License-Identifier: MIT
"""
Hypothesis strategies: profiles whose truth is known, dumps of them, and text that means trouble.

A `Truth` is a profile as it is; a `Shown` is what one extractor left of its page, damaged or not, with
posts lost, shown twice or counted on another day. Whatever is made of the one can be checked against the
other. How pages look is written down here once more: what the library reads them by would only agree with itself.

A draw costs as much as parsing ten posts, so most choices are read off a few drawn bytes. Byte 0 is the
simplest choice throughout: an example shrinks towards one undamaged post.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from enum import Enum
from itertools import groupby
from string import Formatter
from typing import Final, TypeVar

from attrs import evolve, frozen

from postdump.damage import C1Policy, Damage, known_damages
from postdump.layouts import Cards, Layout, Stands
from postdump.models import Card, Span, Stats

try:
    from hypothesis import strategies as st
    from hypothesis.strategies import SearchStrategy
except ImportError as error:
    raise ImportError(
        "expected Hypothesis, which draws the examples: pip install 'postdump[hypothesis]'", name="hypothesis"
    ) from error

__all__ = [
    "Shown",
    "Style",
    "TruePost",
    "Truth",
    "damages",
    "dumps",
    "layouts",
    "lines",
    "pages",
    "profiles",
    "texts",
]

T = TypeVar("T")


class Style(Enum):
    """
    How an extractor writes posts down; every one but `FLAT` shows their stats.

    >>> [style.value for style in Style]
    ['compact', 'spaced', 'glued', 'split', 'flat']
    """

    COMPACT = "compact"
    """Lines, then the stats on a line; no blank lines."""
    SPACED = "spaced"
    """A header, `Preview` above cards, blank lines between paragraphs, wide gaps between counts."""
    GLUED = "glued"
    """Compact, but what follows the last count follows it on the same line."""
    SPLIT = "split"
    """Compact, but each count has a line of its own."""
    FLAT = "flat"
    """Lines of text and nothing else: no stats, no blank lines, seldom a card."""


@frozen(kw_only=True)
class TruePost:
    r"""
    A post as it is.

    >>> TruePost(paragraphs=(("Good morning.",), ("Low tide is at nine.", "Mind the steps."))).text
    'Good morning.\n\nLow tide is at nine.\nMind the steps.'
    """

    paragraphs: tuple[tuple[str, ...], ...] = ()
    """Lines, by paragraph; none of a post without words."""
    stats: Stats = Stats(posted_at=datetime(2026, 2, 3, 17, 4), likes=0, reposts=0, replies=0, quotes=0)
    card: Card | None = None
    pictures: int = 0

    @property
    def text(self) -> str:
        """The post's own words, as `Post.text` has them where paragraphs are shown."""
        return "\n\n".join(map("\n".join, self.paragraphs))

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of all paragraphs."""
        return sum(self.paragraphs, ())


@frozen(kw_only=True)
class Truth:
    """
    A profile as it is.

    >>> Truth(name="Ada Example", handle="ada.example.social").posts
    ()
    """

    name: str
    handle: str
    bio: str = ""
    posts: tuple[TruePost, ...] = ()
    """The newest first."""
    following: tuple[str, ...] = ()
    """Bios of profiles it follows, which some pages end with."""


@frozen(kw_only=True)
class Shown:
    """
    What one extractor left of a profile's page.

    >>> from hypothesis import given
    >>> from postdump import parse
    >>> @given(profiles(max_posts=1).flatmap(lambda truth: dumps(truth, styles=[Style.COMPACT], complete=True)))
    ... def test_stats_are_read(shown):
    ...     assert [post.stats for post in parse(shown.text).posts] == [post.stats for post in shown.truth.posts]
    >>> test_stats_are_read()
    """

    text: str
    truth: Truth
    style: Style | None
    """None where a layout of the caller's own was used."""
    posts: tuple[int, ...] = ()
    """Which of `truth.posts` it shows, top first; again where it shows one again."""
    damage: Damage | None = None
    runs: tuple[Span, ...] = ()
    """What the damage left of each run of characters outside ASCII that it changed, where it left anything."""


# What is written, in many scripts. Byte 0 of each choice takes the first.

_PHRASES: Final = (
    *(
        (
            "Lantern festival tonight at the old quay.",
            "Low tide",
            "Thank you!",
            "2026 was a good year",
            "1/3",
        ),
        ("don’t", "“Fair winds” – or not…", "naïve café — fermé", "Is anyone else’s boat singing?", "½ £ ©"),
        ("🎉", "👩‍👩‍👧 on board", "All aboard 👍🏽 …", "see quay.example.org/2026/repairs", "🇬🇷"),
        (
            "On 03.02.2026 at 17:04 we sail",
            "4 boats",
            "12,345 lamps",
            "a = b?",
            "#harbour @bo.example.social",
        ),
        ("Święto latarni już dziś", "Bu akşam fener şenliği", "Lễ hội đèn lồng", "e\u0301te\u0301", "Ærø ß"),
        ("Το φεστιβάλ φαναριών", "απόψε στο λιμάνι", "β και π είναι γράμματα", "Ελάτε;", "π"),
        ("Праздник фонарей сегодня", "у старого причала", "Приходите!", "Ещё раз", "Я"),
        ("פסטיבל הפנסים הערב", "برعاية الميناء القديم", "เทศกาลโคมไฟคืนนี้", "आज रात दीपोत्सव", "‏שלום"),
        ("今晚灯节，老码头见", "今夜は灯籠祭りです。", "오늘 밤 등불 축제", "潮", "「はい」"),
    ),
    # Somebody quotes mojibake: what looks damaged is what the page says.
    ("they wrote donβ€™t for don’t", "Ã© is é", "π¬", "вЂ™", "β"),
)
_LINK: Final = "quay.example.org/2026/repairs"
_CUT: Final = "quay.example.org/2026/rep..."
_PARAGRAPHS: Final = ((1,), (2,), (1, 1), (3,), (1, 2), (), (1,), (2,))
_COUNTS: Final = (0, 1, 4, 16, 110, 9176, 10**15 - 1, 7)
_GAPS: Final = (1, 0, 60, 0, 1_440, 1, 40_000, 600_000)
"""Minutes between a post and the one above it."""
_NAMES: Final = ("Ada Example", "Bo", "Łucja Żółć", "Δέσποινα", "О. Пример", "אדה", "Ada 🎉")


class _Choices:
    """Small choices, read off bytes; when these run out, the simplest."""

    def __init__(self, data: bytes) -> None:
        self._rest = iter(data)

    def byte(self) -> int:
        return next(self._rest, 0)

    def of(self, options: Sequence[T]) -> T:
        return options[self.byte() % len(options)]

    def seldom(self) -> bool:
        return self.byte() >= 224


def _bytes(size: int) -> SearchStrategy[bytes]:
    return st.binary(min_size=size, max_size=size)


def _line(choices: _Choices, *, quoting: bool) -> str:
    phrases = choices.of(_PHRASES if quoting else _PHRASES[:-1])
    return " ".join(choices.of(phrases) for _ in range(1 + choices.byte() % 3))


def _true_post(data: bytes, above: datetime, *, quoting: bool) -> TruePost:
    choices = _Choices(data)
    posted_at = above - timedelta(minutes=choices.of(_GAPS))
    likes, reposts, replies, quotes = (choices.of(_COUNTS) for _ in range(4))
    paragraphs = tuple(
        tuple(_line(choices, quoting=quoting) for _ in range(size)) for size in choices.of(_PARAGRAPHS)
    )
    card = None
    if choices.seldom():
        description = _line(choices, quoting=quoting)
        card = Card(title=_line(choices, quoting=quoting), description=choices.of((description, None)))
    return TruePost(
        paragraphs=paragraphs,
        stats=Stats(posted_at=posted_at, likes=likes, reposts=reposts, replies=replies, quotes=quotes),
        card=card,
        pictures=choices.of((1, 2)) if choices.seldom() else 0,
    )


def _truth(data: bytes, posts: Sequence[bytes], *, quoting: bool) -> Truth:
    choices = _Choices(data)
    above = datetime(2026, 2, 3, 17, 4) + timedelta(minutes=997 * choices.byte())
    written: list[TruePost] = []
    for one in posts:
        written.append(_true_post(one, above, quoting=quoting))
        above = written[-1].stats.posted_at or above
    return Truth(
        name=choices.of(_NAMES),
        handle=choices.of(("ada.example.social", "bo.example.social")),
        bio=_line(choices, quoting=quoting),
        posts=tuple(written),
        following=tuple(_line(choices, quoting=quoting) for _ in range(choices.byte() % 3)),
    )


def lines(*, quoting: bool = False) -> SearchStrategy[str]:
    """
    Draw a line of clean prose, each in one of many scripts.

    Args:
        quoting: Whether the line may quote mojibake: damaged to look at, and yet as it should be.

    >>> from hypothesis import given
    >>> from postdump import repair
    >>> @given(lines())
    ... def test_clean_text_is_left_alone(line):
    ...     assert repair(line).text == line
    >>> test_clean_text_is_left_alone()
    """
    return st.builds(lambda data: _line(_Choices(data), quoting=quoting), _bytes(5))


def profiles(*, min_posts: int = 1, max_posts: int = 4, quoting: bool = True) -> SearchStrategy[Truth]:
    """
    Draw a profile as it is.

    Args:
        min_posts: The fewest posts.
        max_posts: The most; some may have no words, and two may say the same.
        quoting: Whether posts may quote mojibake.

    >>> from hypothesis import given
    >>> @given(profiles(min_posts=2))
    ... def test_posts_stand_newest_first(truth):
    ...     times = [post.stats.posted_at for post in truth.posts]
    ...     assert times == sorted(times, reverse=True)
    >>> test_posts_stand_newest_first()
    """
    posts = st.lists(_bytes(24), min_size=min_posts, max_size=max_posts)
    return st.builds(lambda data, posts: _truth(data, posts, quoting=quoting), _bytes(16), posts)


def damages(*, chains: bool = True) -> SearchStrategy[Damage]:
    """
    Draw a damage: half the time one of those that pages are known to have.

    Args:
        chains: Whether a second damage may follow the first.

    >>> from hypothesis import given
    >>> @given(damages())
    ... def test_ascii_survives(damage):
    ...     assert damage.apply("Low tide?") == "Low tide?"
    >>> test_ascii_survives()
    """
    every = st.deferred(lambda: st.sampled_from(known_damages()))
    single = st.sampled_from(_FAMILIAR) | every
    return single | st.builds(lambda one, then: evolve(one, then=then), single, single) if chains else single


_FAMILIAR: Final = (
    Damage(misread_as="iso-8859-7"),
    Damage(misread_as="iso-8859-7", c1_policy=C1Policy.WINDOWS_1252),
    Damage(misread_as="cp1252", c1_policy=C1Policy.KEEP),
    Damage(misread_as="iso-8859-1", c1_policy=C1Policy.QUESTION),
    Damage(misread_as="cp1251", c1_policy=C1Policy.KEEP),
    Damage(misread_as="tis-620", c1_policy=C1Policy.SPACE),
    Damage(misread_as="iso-8859-2", c1_policy=C1Policy.REPLACEMENT),
    Damage(misread_as="mac-roman"),
)


# How it is written down.


def _stats_line(stats: Stats, style: Style) -> str:
    at = stats.posted_at or datetime.min
    date = f"{at.day:02}.{at.month:02}.{at.year:04} {at.hour:02}:{at.minute:02}"
    counts = (f"👍 {stats.likes}", f"🔁 {stats.reposts}", f"💬 {stats.replies}", f"📌 {stats.quotes}")
    if style is Style.SPLIT:
        return "\n".join((date, *counts))
    return f"{date} — {('    ' if style is Style.SPACED else ' ').join(counts)}"


_MONTHS: Final = (
    "January February March April May June July August September October November December".split()
)
_DIRECTIVES: Final[dict[str, Callable[[datetime], str]]] = {
    "%-d": lambda at: f"{at.day}",
    "%-m": lambda at: f"{at.month}",
    "%-H": lambda at: f"{at.hour}",
    "%-I": lambda at: f"{at.hour % 12 or 12}",
    "%d": lambda at: f"{at.day:02}",
    "%m": lambda at: f"{at.month:02}",
    "%Y": lambda at: f"{at.year:04}",
    "%B": lambda at: _MONTHS[at.month - 1],
    "%b": lambda at: _MONTHS[at.month - 1][:3],
    "%H": lambda at: f"{at.hour:02}",
    "%I": lambda at: f"{at.hour % 12 or 12:02}",
    "%M": lambda at: f"{at.minute:02}",
    "%S": lambda at: f"{at.second:02}",
    "%p": lambda at: "AM" if at.hour < 12 else "PM",
    "%z": lambda at: "+01:00",
}


def _filled(template: str, stats: Stats) -> str:
    """Fill a layout's template in; counts are written out, whatever shorter form the layout allows."""
    written = []
    for before, name, form, _ in Formatter().parse(template):
        written.append(before)
        if name == "posted_at":
            for directive, write in _DIRECTIVES.items():
                form = (form or "").replace(directive, write(stats.posted_at or datetime.min))
            written.append(form or "")
        elif name:
            count = getattr(stats, name)
            written.append(f"{count:,}" if form == "grouped" else f"{count}")
    return "".join(written)


def _block(post: TruePost, choices: _Choices, style: Style | None, *, complete: bool) -> str:
    """Write down what stands between two markers, each line ending in a line break."""
    shown = [list(paragraph) for paragraph in post.paragraphs]
    if not complete:
        cut = choices.seldom()
        shown = [
            [line.replace(_LINK, _CUT) if cut else line for line in one if not choices.seldom()]
            for one in shown
        ]
    card = list(filter(None, (post.card.title, post.card.description))) if post.card else []
    pictures = " ".join(["Post image"] * post.pictures)
    if style is Style.FLAT:
        card, pictures = (card, "") if choices.seldom() else ([], "")
    if style is not Style.SPACED:
        return "".join(f"{line}\n" for line in (*card, pictures, *sum(shown, [])) if line)
    head = f"Preview\n{' '.join(card)}\n" if card else ""
    head += f"{pictures}\n" if pictures else ""
    return head + "".join("".join(f"{line}\n" for line in ("", *one)) for one in shown) + "\n"


def _headings(truth: Truth) -> tuple[str, ...]:
    by = f"Posts by {truth.name}"
    return "", by, f"{by} (@{truth.handle})", f"Latest posts by {truth.handle} on Bluesky"


def _top(truth: Truth, choices: _Choices, style: Style | None) -> str:
    heading = choices.of(_headings(truth))
    if style is Style.SPACED:
        counts = "1,405 Followers  |  958 Following  |  419 Posts  |  Joined: 19.08.2023  |  2.1178\nPosts Following"
        header = (f"{truth.name}'s Avatar", truth.name, f"@{truth.handle}", truth.bio, counts, heading)
        return "\n\n".join(header) + "\n"
    return (f"{truth.bio}\n" if choices.seldom() else "") + (f"{heading}\n" if heading else "")


def _page(
    truth: Truth, choices: _Choices, style: Style | None, layout: Layout | None, *, complete: bool
) -> tuple[str, tuple[int, ...]]:
    """Write down a page, and say which posts it shows."""
    order = range(len(truth.posts))
    if not complete and choices.seldom():
        order = order[::-1]
    shown: list[int] = []
    written = [_top(truth, choices, style)]
    drift = 0 if complete else choices.of((0, 1, 0, 250))
    for number in order:
        post = truth.posts[number]
        again = 1
        if not complete:
            again = choices.of((1,) * 13 + (0, 0, 2))
            if drift:
                post = evolve(post, stats=evolve(post.stats, likes=(post.stats.likes or 0) + drift))
        block = _block(post, choices, style, complete=complete)
        shown += [number] * again
        if layout is not None and layout.marker:
            marker = _filled(layout.marker, post.stats)
            block = f"{marker}\n{block}" if layout.stands is Stands.BEFORE else f"{block}{marker}\n"
        elif style not in {Style.FLAT, None}:
            glue = "" if style is Style.GLUED else "\n"
            block += _stats_line(post.stats, style or Style.COMPACT) + glue
        written += [block] * again
    if truth.following and style is not Style.FLAT and not choices.seldom():
        written.append("\n".join(("", *truth.following) if style is Style.SPACED else truth.following))
    return "".join(written), tuple(shown)


def _damaged(text: str, damage: Damage | None, spared: int) -> tuple[str, tuple[Span, ...]]:
    """Damage the runs of a text outside ASCII but those that a bit of `spared` spares: runs 0, 8, 16 ... by bit 0."""
    if damage is None:
        return text, ()
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


def _shown(
    truth: Truth,
    data: bytes,
    damage: Damage | None,
    *,
    styles: Sequence[Style],
    layout: Layout | None,
    complete: bool,
) -> Shown:
    choices = _Choices(data)
    style = choices.of(styles) if layout is None else None
    spared = choices.byte() if choices.of((False, False, False, True)) else 0
    line_break = choices.of(("\n", "\n", "\n", "\r\n", "\r"))
    indent = choices.of(("", "", "", "", "", "  ", "\t"))
    keep_last = choices.of((True, False))
    text, posts = _page(truth, choices, style, layout, complete=complete)
    if not keep_last:
        text = text.rstrip("\n")
    if indent:
        text = indent + text.replace("\n", f"\n{indent}")
    text = text.replace("\n", line_break)
    left, runs = _damaged(text, damage, spared)
    return Shown(
        text=left, truth=truth, style=style, posts=posts, damage=None if left == text else damage, runs=runs
    )


ANY_DAMAGE: Final = st.none() | damages()
"""No damage, or any."""


def dumps(
    truth: Truth,
    *,
    styles: Sequence[Style] = tuple(Style),
    layout: Layout | None = None,
    damage: SearchStrategy[Damage | None] = ANY_DAMAGE,
    complete: bool = False,
) -> SearchStrategy[Shown]:
    """
    Draw a dump of a profile's page.

    Args:
        truth: What the page is about.
        styles: How posts may be written down.
        layout: A layout of your own to write them down in, instead of any style.
        damage: What happens to the text, to all of it or to some of its runs.
        complete: Whether it shows every post once, newest first, each line of it, and the true counts. Other
            dumps lose posts and lines, cut links, show posts twice, turn the order round or count another day.

    >>> from hypothesis import given, strategies
    >>> from postdump import parse
    >>> clean = strategies.none()
    >>> @given(profiles().flatmap(lambda truth: dumps(truth, styles=[Style.COMPACT], damage=clean)))
    ... def test_nothing_looks_damaged(shown):
    ...     assert parse(shown.text).damage is None
    >>> test_nothing_looks_damaged()
    """
    return st.builds(
        lambda data, damage: _shown(truth, data, damage, styles=styles, layout=layout, complete=complete),
        _bytes(48),
        damage,
    )


def pages(
    *,
    min_dumps: int = 1,
    max_dumps: int = 3,
    min_posts: int = 1,
    max_posts: int = 4,
    quoting: bool = True,
    styles: Sequence[Style] = tuple(Style),
    damage: SearchStrategy[Damage | None] = ANY_DAMAGE,
    complete: bool = False,
) -> SearchStrategy[tuple[Shown, ...]]:
    """
    Draw a profile and several dumps of its page, as `profiles` and `dumps` draw one.

    >>> from hypothesis import given
    >>> from postdump import merge, parse
    >>> @given(pages(min_dumps=2))
    ... def test_order_does_not_matter(page):
    ...     dumps = [parse(shown.text) for shown in page]
    ...     assert merge(*dumps) == merge(*reversed(dumps))
    >>> test_order_does_not_matter()
    """
    return st.builds(
        lambda truth, drawn: tuple(
            _shown(truth, data, damage, styles=styles, layout=None, complete=complete)
            for data, damage in drawn
        ),
        profiles(min_posts=min_posts, max_posts=max_posts, quoting=quoting),
        st.lists(st.tuples(_bytes(48), damage), min_size=min_dumps, max_size=max_dumps),
    )


_DATES: Final = (
    "{posted_at:%d.%m.%Y %H:%M}",
    "",
    "{posted_at:%Y-%m-%d %H:%M}",
    "{posted_at:%B %-d, %Y at %-I:%M %p}",
    "{posted_at:%Y-%m-%dT%H:%M:%S%z}",
    "{posted_at:%b %-d, %Y}",
    "{posted_at:%m/%d/%Y}",
)
_FORMATS: Final = ("", "", ":grouped", ":short")
_BETWEEN: Final = (" — ", " ♥ ", " ", " | ", "\n", " likes, ", "❤", "\n🔁 ")


def _layout(data: bytes, counts: Sequence[str]) -> Layout:
    choices = _Choices(data)
    fields = [f"{{{count}{choices.of(_FORMATS)}}}" for count in counts]
    date = choices.of(_DATES if fields else tuple(filter(None, _DATES)))
    if date:
        fields.insert(choices.byte() % (len(fields) + 1) if choices.seldom() else 0, date)
    marker = choices.of(("", "♥ ", "[", "posted "))
    for number, field in enumerate(fields):
        marker += (choices.of(_BETWEEN) if number else "") + field
    return Layout(
        name="drawn",
        marker=marker + choices.of(("", "]", " 📌", " views")),
        stands=choices.of((Stands.AFTER, Stands.BEFORE)),
        cards=choices.of(tuple(Cards)),
        labels=choices.of(((), ("Preview", "Post image"))),
        headings=choices.of(((), ("Posts by {name} (@{handle})", "Posts by {name}"), ("{handle} writes",))),
        max_graphemes=choices.of((None, 300)),
    )


def layouts() -> SearchStrategy[Layout]:
    """
    Draw a layout as users write them, its marker of any fields in any form.

    >>> from hypothesis import given
    >>> from postdump import Layout
    >>> @given(layouts())
    ... def test_has_a_marker(layout):
    ...     assert isinstance(layout, Layout) and layout.marker
    >>> test_has_a_marker()
    """
    counts = st.lists(st.sampled_from(("likes", "reposts", "replies", "quotes")), unique=True)
    return st.builds(_layout, _bytes(20), counts)


_PIECES: Final = (
    *(
        "a",
        "\n",
        "03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0",
        "03.02.2026 17:04 β π 4 π 3 π¬ 0 π 0",
        "",
        "",
        "",
        "",
    ),
    *(
        "31.02.2026 24:00 — 👍 4 🔁 3 💬 0 📌 0",
        "03.02.2026 17:04\n👍 4\r\n🔁 3\r💬 0\n📌 02026",
        "13.05.2025 1:5",
    ),
    *(
        "12.31.2026 17:04 — 👍 9999999999999999 🔁 ３ 💬 +0 📌 1_0",
        "03.02.2026",
        " 17:04",
        " — ",
        "👍 4",
        "🔁 3",
        "📌 ",
    ),
    *(
        "πŸ‘ 4 ",
        "β€” ",
        "donβ€™t",
        "donâ??t",
        "Ã©",
        "вЂ™",
        "\ufffd\ufffd",
        "Γ©",
        "’",
        "“",
        "…",
        "β",
        "π¬",
        "é",
    ),
    *(
        "\r",
        "\r\n",
        "\n\n",
        "\n \t\n",
        "\x85",
        "\u2028",
        "\u2029",
        "\x0b",
        "\x0c",
        "\x1c",
        "\x1d",
        "\x1e",
        "\x1f",
    ),
    *(
        " ",
        "\t",
        "\xa0",
        "\u202f",
        "\u3000",
        "\ufeff",
        "\x00",
        "\x1b[2J",
        "\x9b",
        "\x80",
        "\u202e",
        "\u200b",
        "\x7f",
    ),
    *("\ud800", "\udfff", "\ud83d", "\udc4d", "\U0010ffff", "\ufffe", "e\u0301", "👩‍👩‍👧", "漢", "א"),
    *("0", "4", "02026", "1.2K", "1,405", "٣", "²", "0" * 16, "9" * 15, "?", "�"),
    *(
        "Posts by Ada Example (@ada.example.social)",
        "Posts by ",
        "Preview",
        "Post image",
        "Low tide at nine. ",
    ),
    *("{posted_at}", "{", "}", "=1+1", "</script>", '"', "...", "quay.example.org/2026/rep...", "1/3 "),
)
"""What trouble is made of; an empty one stands for any character."""


def _text(data: bytes, others: str) -> str:
    rest = iter(others)
    pieces = [_PIECES[byte % len(_PIECES)] or next(rest, "") for byte in data]
    return "".join([*pieces, *rest])


def texts(*, max_pieces: int = 16) -> SearchStrategy[str]:
    r"""
    Draw any text at all, dirty as a rule.

    Markers whole, torn and damaged; every character that some reader takes for a line break; C1 controls,
    bidi controls, lone surrogates; digits that are none. And whatever else a `str` can hold.

    Args:
        max_pieces: Of how many pieces it is made, at most; each is some characters long.

    >>> from hypothesis import given
    >>> from postdump import tokenize
    >>> @given(texts())
    ... def test_nothing_is_lost(text):
    ...     assert "".join(token.text for token in tokenize(text)) == text
    >>> test_nothing_is_lost()
    """
    return st.builds(_text, st.binary(max_size=max_pieces), st.text(st.characters(codec=None), max_size=8))
