# SPDX-License-Identifier: MIT
"""
Hypothesis strategies: profiles whose truth is known, dumps of them, and text that means trouble.

A `Truth` is a profile as it is; a `Shown` is what one extractor left of its page, damaged or not, with posts
lost, shown twice or counted on another day. So whatever is made of a dump can be checked against the truth.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from attrs import evolve, frozen

from postdump import _samples
from postdump._samples import Choices, prose
from postdump.damage import Damage, known_damages
from postdump.layouts import Layout, Stands
from postdump.models import Card, Span, Stats

try:
    from hypothesis import strategies as st
    from hypothesis.strategies import SearchStrategy
except ImportError as _missing:
    raise ImportError(
        "expected Hypothesis: pip install 'postdump[hypothesis]'", name="hypothesis"
    ) from _missing

__all__ = [
    "ANY_DAMAGE", "Shown", "Style", "TruePost", "Truth",
    "damages", "dumps", "layouts", "lines", "pages", "profiles", "texts",
]  # fmt: skip


class Style(Enum):
    """
    How an extractor writes posts down; all but `FLAT` show where they end.

    >>> [style.value for style in Style]
    ['compact', 'spaced', 'glued', 'split', 'flat']
    """

    COMPACT = "compact"
    """Lines, then a stats line; no blank lines."""
    SPACED = "spaced"
    """A header, `Preview` above cards, blank lines between paragraphs, wide gaps between counts."""
    GLUED = "glued"
    """Compact, but what comes after the last count follows it on the same line."""
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
    stats: Stats = Stats()  # noqa: RUF009  # frozen
    """With a time and all counts, where a strategy drew it."""
    card: Card | None = None
    pictures: int = 0

    @property
    def text(self) -> str:
        """Return its own words, as `Post.text` has them where a dump shows paragraphs."""
        return "\n\n".join(map("\n".join, self.paragraphs))


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
    >>> @given(profiles().flatmap(lambda truth: dumps(truth, styles=[Style.COMPACT], complete=True)))
    ... def test_stats_are_read(shown):
    ...     true = [post.stats for post in shown.truth.posts]
    ...     assert [post.stats for post in parse(shown.text).posts] == true
    >>> test_stats_are_read()
    """

    text: str
    truth: Truth
    style: Style | None
    """None where a layout of the caller's own was used."""
    posts: tuple[int, ...] = ()
    """Which of `truth.posts` it shows, top first; again where it shows one again."""
    damage: Damage | None = None
    """None where the text is as it was."""
    runs: tuple[Span, ...] = ()
    """The damaged stretches: each what is left of a run of characters outside ASCII."""


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
    return st.builds(lambda data: prose(Choices(data), quoting=quoting), _bytes(5))


def profiles(*, min_posts: int = 1, max_posts: int = 4, quoting: bool = True) -> SearchStrategy[Truth]:
    """
    Draw a profile as it is.

    Args:
        min_posts: The fewest posts.
        max_posts: The most; some may have no words, and two may say the same.
        quoting: Whether posts may quote mojibake.

    >>> from hypothesis import given
    >>> @given(profiles(min_posts=2))
    ... def test_newest_first(truth):
    ...     times = [post.stats.posted_at for post in truth.posts]
    ...     assert times == sorted(times, reverse=True)
    >>> test_newest_first()
    """
    posts = st.lists(_bytes(32), min_size=min_posts, max_size=max_posts)
    return st.builds(lambda data, posts: _truth(Choices(data), posts, quoting=quoting), _bytes(16), posts)


def damages(*, chains: bool = True) -> SearchStrategy[Damage]:
    """
    Draw a damage, often one that pages are known to have.

    Args:
        chains: Whether a second damage may follow the first.

    >>> from hypothesis import given
    >>> @given(damages())
    ... def test_ascii_survives(damage):
    ...     assert damage.apply("Low tide?") == "Low tide?"
    >>> test_ascii_survives()
    """
    familiar = st.sampled_from(_samples.FAMILIAR)
    known = st.deferred(lambda: st.sampled_from(known_damages()))
    chained = st.builds(lambda one, then: evolve(one, then=then), familiar, known)
    return familiar | familiar | known | chained if chains else familiar | known


ANY_DAMAGE: Final = st.none() | damages()
"""No damage, or any."""


def dumps(
    truth: Truth,
    *,
    styles: Sequence[Style] = tuple(Style),
    layout: Layout | None = None,
    damage: SearchStrategy[Damage | None] = ANY_DAMAGE,
    mixed: bool = True,
    complete: bool = False,
) -> SearchStrategy[Shown]:
    """
    Draw a dump of a profile's page.

    Args:
        truth: What the page is about.
        styles: How posts may be written down.
        layout: A layout of your own to write them down in, instead of any style.
        damage: What happens to the text.
        mixed: Whether some runs of characters may escape the damage.
        complete: Whether it shows every post once, newest first, with all lines and the true counts. Other
            dumps lose posts and lines, cut links, repeat posts, turn the order round, count another day.

    >>> from hypothesis import given, strategies
    >>> from postdump import parse
    >>> @given(profiles().flatmap(lambda truth: dumps(truth, damage=strategies.none())))
    ... def test_nothing_looks_damaged(shown):
    ...     assert parse(shown.text).damage is None
    >>> test_nothing_looks_damaged()
    """
    return st.builds(
        lambda data, damage: _shown(
            truth, Choices(data), damage, styles, layout, mixed=mixed, complete=complete
        ),
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
    mixed: bool = True,
    complete: bool = False,
) -> SearchStrategy[tuple[Shown, ...]]:
    """
    Draw a profile and several dumps of its page, as `profiles` and `dumps` draw them.

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
            _shown(truth, Choices(data), damage, styles, None, mixed=mixed, complete=complete)
            for data, damage in drawn
        ),
        profiles(min_posts=min_posts, max_posts=max_posts, quoting=quoting),
        st.lists(st.tuples(_bytes(48), damage), min_size=min_dumps, max_size=max_dumps),
    )


def layouts() -> SearchStrategy[Layout]:
    """
    Draw a layout as users write them, its marker of any fields in any form.

    >>> from hypothesis import given
    >>> @given(layouts())
    ... def test_has_a_marker(layout):
    ...     assert "{" in layout.marker
    >>> test_has_a_marker()
    """
    counts = st.lists(st.sampled_from(("likes", "reposts", "replies", "quotes")), unique=True)
    return st.builds(lambda data, counts: _samples.user_layout(Choices(data), counts), _bytes(20), counts)


def texts(*, max_pieces: int = 16) -> SearchStrategy[str]:
    """
    Draw any text at all, dirty as a rule.

    Markers whole, torn and damaged; every character that somebody takes for a line break; C1 and bidi
    controls, lone surrogates, digits that are none; and whatever else a `str` can hold.

    Args:
        max_pieces: Of how many pieces it is made, at most; each is some characters long.

    >>> from hypothesis import given
    >>> from postdump import tokenize
    >>> @given(texts())
    ... def test_nothing_is_lost(text):
    ...     assert "".join(token.text for token in tokenize(text)) == text
    >>> test_nothing_is_lost()
    """
    others = st.text(st.characters(codec=None), max_size=8)
    return st.builds(_samples.trouble, st.binary(max_size=max_pieces), others)


def _bytes(size: int) -> SearchStrategy[bytes]:
    return st.binary(min_size=size, max_size=size)


def _truth(choices: Choices, posts: Sequence[bytes], *, quoting: bool) -> Truth:
    above = datetime(2026, 2, 3, 17, 4) + timedelta(minutes=997 * choices.below(256))
    written: list[TruePost] = []
    for data in posts:
        post, above = _true_post(Choices(data), above, quoting=quoting)
        written.append(post)
    return Truth(
        name=choices.of(("Ada Example", "Bo", "Łucja Żółć", "Δέσποινα", "О. Пример", "אדה", "Ada 🎉")),
        handle=choices.of(("ada.example.social", "bo.example.social")),
        bio=prose(choices, quoting=quoting),
        posts=tuple(written),
        following=tuple(prose(choices, quoting=quoting) for _ in range(choices.below(3))),
    )


def _true_post(choices: Choices, above: datetime, *, quoting: bool) -> tuple[TruePost, datetime]:
    """Draw a post, and say when it was posted: at the time of the one above it, or before."""
    posted_at = above - timedelta(minutes=choices.of((1, 0, 60, 0, 1_440, 1, 40_000, 600_000)))
    likes, reposts, replies, quotes = (
        choices.of((0, 1, 4, 16, 110, 9176, 10**15 - 300, 7)) for _ in range(4)
    )
    sizes = choices.of(((1,), (2,), (1, 1), (3,), (1, 2), (), (1,), (2,)))
    paragraphs = tuple(tuple(prose(choices, quoting=quoting) for _ in range(size)) for size in sizes)
    card = None
    if choices.seldom():
        description = prose(choices, quoting=quoting)
        card = Card(title=prose(choices, quoting=quoting), description=choices.of((description, None)))
    post = TruePost(
        paragraphs=paragraphs,
        stats=Stats(posted_at=posted_at, likes=likes, reposts=reposts, replies=replies, quotes=quotes),
        card=card,
        pictures=choices.of((1, 2)) if choices.seldom() else 0,
    )
    return post, posted_at


def _shown(
    truth: Truth,
    choices: Choices,
    damage: Damage | None,
    styles: Sequence[Style],
    layout: Layout | None,
    *,
    mixed: bool,
    complete: bool,
) -> Shown:
    style = choices.of(styles) if layout is None else None
    spared = choices.below(256) if mixed and choices.of((False, False, False, True)) else 0
    line_break = choices.of(("\n", "\n", "\n", "\r\n", "\r"))
    indent = choices.of(("", "", "", "", "", "  ", "\t"))
    cut_end = choices.of((False, True))
    text, posts = _written(truth, choices, style, layout, complete=complete)
    text = indent + (text.rstrip("\n") if cut_end else text).replace("\n", f"{line_break}{indent}")
    left, runs = (text, ()) if damage is None else _samples.damaged(text, damage, spared)
    damage = None if left == text else damage
    return Shown(text=left, truth=truth, style=style, posts=posts, damage=damage, runs=runs)


def _written(
    truth: Truth, choices: Choices, style: Style | None, layout: Layout | None, *, complete: bool
) -> tuple[str, tuple[int, ...]]:
    """Write a page down, and say which posts it shows."""
    numbers = range(len(truth.posts))
    if not complete and choices.seldom():
        numbers = numbers[::-1]
    drift = 0 if complete else choices.of((0, 1, 0, 250))
    top = _samples.spaced_top if style is Style.SPACED else _samples.top
    written = [top(choices, truth.name, truth.handle, truth.bio)]
    shown: list[int] = []
    for number in numbers:
        post = truth.posts[number]
        stats = evolve(post.stats, likes=(post.stats.likes or 0) + drift)
        block = _block(post, choices, style, complete=complete)
        date, *counts = _samples.date_and_counts(stats)
        if layout is not None:
            marker = _samples.filled(layout.marker, stats)
            block = f"{marker}\n{block}" if layout.stands is Stands.BEFORE else f"{block}{marker}\n"
        elif style is Style.SPLIT:
            block += "".join(f"{line}\n" for line in (date, *counts))
        elif style is Style.SPACED:
            block += f"{date} — {'    '.join(counts)}\n"
        elif style is not Style.FLAT:
            block += f"{date} — {' '.join(counts)}" + ("" if style is Style.GLUED else "\n")
        again = 1 if complete else choices.of((1,) * 13 + (0, 0, 2))
        written += [block] * again
        shown += [number] * again
    if style is not Style.FLAT:
        written += [f"\n{line}" if style is Style.SPACED else f"{line}\n" for line in truth.following]
    return "".join(written), tuple(shown)


def _block(post: TruePost, choices: Choices, style: Style | None, *, complete: bool) -> str:
    """Write down what stands between two markers, ending in a line break."""
    cut = not complete and choices.seldom()
    paragraphs = [[line for line in lines if complete or not choices.seldom()] for lines in post.paragraphs]
    if cut:
        paragraphs = [
            [line.replace(_samples.LINK, _samples.CUT_LINK) for line in lines] for lines in paragraphs
        ]
    card = [] if post.card is None else [line for line in (post.card.title, post.card.description) if line]
    pictures = " ".join(["Post image"] * post.pictures)
    if style is Style.FLAT:
        pictures, card = "", card if choices.seldom() else []
    if style is not Style.SPACED:
        text = [line for lines in paragraphs for line in lines]
        return "".join(f"{line}\n" for line in (*card, pictures, *text) if line)
    head = "".join(f"{line}\n" for line in (card and f"Preview\n{' '.join(card)}", pictures) if line)
    return head + "".join(f"\n{line}\n" for line in map("\n".join, paragraphs) if line) + "\n"
