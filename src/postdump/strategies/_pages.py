# SPDX-License-Identifier: MIT
"""
Draw true profiles, and write the dumps that extractors make of their pages; all choices are read from bytes.

In each page two or three of `_samples.Feature` are frequent, so that any two features meet in some pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from attrs import evolve, frozen

from postdump.damage import Damage
from postdump.layouts import Layout, Stands
from postdump.layouts._template import COUNTS
from postdump.models import Card, Span, Stats
from postdump.strategies import _samples
from postdump.strategies._samples import Choices, Feature, write_prose


class Style(Enum):
    """
    The form in which an extractor writes posts; all but `FLAT` show where posts end.

    >>> [style.value for style in Style]
    ['compact', 'spaced', 'glued', 'split', 'dated', 'flat']
    """

    COMPACT = "compact"
    """The lines of a post, then its marker; no blank lines."""
    SPACED = "spaced"
    """A profile header, `Preview` above cards, blank lines between paragraphs, wide gaps between counts."""
    GLUED = "glued"
    """Compact, but the next line follows the last count without a line break."""
    SPLIT = "split"
    """Like `COMPACT`, but the date and each count have a line of their own."""
    DATED = "dated"
    """
    Like `COMPACT`, but the marker is a long date without counts.

    Cards are below the text, with their domain, and a line above the text marks reposts.
    """
    FLAT = "flat"
    """Lines of text and nothing else: no markers, no blank lines, rarely a card."""


@frozen(kw_only=True)
class TruePost:
    r"""
    A post as it was written.

    >>> TruePost(paragraphs=(("Good morning.",), ("Low tide is at nine.", "Mind the steps."))).text
    'Good morning.\n\nLow tide is at nine.\nMind the steps.'
    """

    paragraphs: tuple[tuple[str, ...], ...] = ()
    """The lines of each paragraph; empty for a post without words."""
    stats: Stats = Stats()  # noqa: RUF009  # frozen
    """Time and counts; a strategy draws all of them."""
    card: Card | None = None
    """The preview of a linked page; None if the post has none."""
    pictures: int = 0
    """Number of pictures."""
    is_repost: bool = False
    """Whether somebody else wrote the post; only `Style.DATED` shows that."""

    @property
    def text(self) -> str:
        """The words, as in `Post.text` if the dump shows paragraphs."""
        return "\n\n".join(map("\n".join, self.paragraphs))


@frozen(kw_only=True)
class Truth:
    """
    A profile and all its posts.

    >>> Truth(name="Ada Example", handle="ada.example.social").posts
    ()
    """

    name: str
    """Name of the owner."""
    handle: str
    """Without the `@`."""
    bio: str = ""
    """Empty if the profile has none."""
    posts: tuple[TruePost, ...] = ()
    """All posts, the newest first."""
    pinned: int | None = None
    """Number of the post that pages may show above all others, in addition to its place or instead."""
    following: tuple[str, ...] = ()
    """Bios of followed profiles, with which some pages end."""


@frozen(kw_only=True)
class Shown:
    """
    A dump of a profile's page, and what it was made from.

    >>> from hypothesis import given
    >>> from postdump import parse
    >>> from postdump.strategies import dumps, profiles
    >>> @given(profiles().flatmap(lambda truth: dumps(truth, styles=[Style.COMPACT], complete=True)))
    ... def test_stats_are_read(shown):
    ...     true = [post.stats for post in shown.truth.posts]
    ...     assert [post.stats for post in parse(shown.text).posts] == true
    >>> test_stats_are_read()
    """

    text: str
    """The dump."""
    truth: Truth
    """The profile that the dump shows."""
    style: Style | None
    """Form of the posts; None if you passed a layout."""
    posts: tuple[int, ...] = ()
    """
    Numbers of the posts that the dump shows, top first; twice for a post that the dump shows twice.

    A torn dump may show only the beginning of its last post.
    """
    damage: Damage | None = None
    """None if the text is undamaged."""
    runs: tuple[Span, ...] = ()
    """Places of the damaged stretches, each left of a run of characters outside ASCII."""


def draw_truth(data: bytes, often: int, posts: Sequence[bytes], *, quoting: bool) -> Truth:
    """Draw a profile; the features of a mixture are frequent."""
    choices = Choices(data)
    above = datetime(2026, 2, 3, 17, 4) + timedelta(minutes=997 * choices.below(256))
    name = choices.choose(("Ada Example", "Bo", "Łucja Żółć", "Δέσποινα", "О. Пример", "אדה", "Ada 🎉"))
    handle = choices.choose(("ada.example.social", "bo.example.social"))
    bio = write_prose(choices, quoting=quoting)
    following = tuple(write_prose(choices, quoting=quoting) for _ in range(choices.below(3)))
    greeting = write_prose(choices, quoting=quoting)
    pinned = 1 + choices.below(len(posts) - 1) if len(posts) > 1 else None
    drawn: list[TruePost] = []
    for post_data in posts:
        post, above = _draw_post(Choices(post_data, often), above, greeting, quoting=quoting)
        drawn.append(post)
    return Truth(name=name, handle=handle, bio=bio, posts=tuple(drawn), pinned=pinned, following=following)


def _draw_post(
    choices: Choices, above: datetime, greeting: str, *, quoting: bool
) -> tuple[TruePost, datetime]:
    """Draw a post and its time, which is the time of the post above or earlier."""
    posted_at = above - timedelta(minutes=choices.choose((1, 0, 60, 0, 1_440, 1, 40_000, 600_000)))
    counts: dict[str, Any] = {
        name: choices.choose((0, 1, 4, 16, 110, 9176, 10**15 - 300, 7)) for name in COUNTS
    }
    card = None
    if choices.has(Feature.CARD):
        description = write_prose(choices, quoting=quoting)
        card = Card(
            title=write_prose(choices, quoting=quoting),
            description=choices.choose((description, None)),
            domain=choices.choose(("quay.example.org", "boats.example.org", None)),
        )
    post = TruePost(
        paragraphs=_draw_paragraphs(choices, greeting, quoting=quoting),
        stats=Stats(posted_at=posted_at, **counts),
        card=card,
        pictures=choices.choose((1, 2)) if choices.has(Feature.EXTRAS) else 0,
        is_repost=choices.has(Feature.EXTRAS),
    )
    return post, posted_at


def _draw_paragraphs(choices: Choices, greeting: str, *, quoting: bool) -> tuple[tuple[str, ...], ...]:
    """Draw the paragraphs of a post, which may begin with the greeting of other posts."""
    sizes = choices.choose(((1,), (2,), (1, 1), (3,), (1, 2), (), (1,), (2,)))
    drawn = [[write_prose(choices, quoting=quoting) for _ in range(size)] for size in sizes]
    if drawn and choices.has(Feature.EXTRAS):
        drawn[-1].append(_samples.LINK)
    if choices.has(Feature.GREETING, of_four=3):  # unless the page has only this post
        drawn = choices.choose(([[greeting], *drawn], [[greeting]], [[greeting], *drawn]))
    return tuple(map(tuple, drawn))


def write_dump(
    truth: Truth,
    choices: Choices,
    damage: Damage | None,
    styles: Sequence[Style],
    layout: Layout | None,
    *,
    mixed: bool,
    complete: bool,
    turn: int = 0,
) -> Shown:
    """
    Write a dump, with the features of its choices often.

    Of several dumps, mostly those whose `turn` is even have the pinned post at their top: where all dumps
    agree, a merge has nothing to find.
    """
    style = choices.choose(styles) if layout is None else None
    spared = choices.below(256) if mixed and choices.choose((False, False, False, True)) else 0
    line_break = choices.choose(("\n", "\n", "\n", "\r\n", "\r"))
    indent = choices.choose(("", "", "", "", "", "  ", "\t"))
    cut_end = choices.choose((False, True))
    text, posts = _write_page(truth, choices, style, layout, complete=complete, turn=turn)
    if not complete and choices.has(Feature.TORN):
        text = text[: max(0, len(text) - 1 - choices.below(64))]
    text = indent + (text.rstrip("\n") if cut_end else text).replace("\n", f"{line_break}{indent}")
    left, runs = (text, ()) if damage is None else _samples.apply_damage(text, damage, spared)
    damage = None if left == text else damage
    return Shown(text=left, truth=truth, style=style, posts=posts, damage=damage, runs=runs)


def _write_page(
    truth: Truth,
    choices: Choices,
    style: Style | None,
    layout: Layout | None,
    *,
    complete: bool,
    turn: int,
) -> tuple[str, tuple[int, ...]]:
    """Write a page; return its text and the indexes of the shown posts."""
    drift = 0 if complete else choices.choose((0, 1, 0, 250))
    write_top = _samples.write_spaced_top if style is Style.SPACED else _samples.write_top
    blocks = [write_top(choices, truth.name, truth.handle, truth.bio)]
    last: list[tuple[int, str]] = []
    shown: list[int] = []
    for number in range(len(truth.posts)) if complete else _choose_order(truth, choices, turn):
        post = truth.posts[number]
        stats = evolve(post.stats, likes=(post.stats.likes or 0) + drift)
        block = _add_marker(_write_block(post, choices, style, complete=complete), stats, style, layout)
        if not complete and choices.has(Feature.LOST, of_four=1):
            continue
        blocks.append(block)
        shown.append(number)
        if not complete and choices.has(Feature.AGAIN):
            if choices.choose((True, True, False)):
                blocks.append(block)
                shown.append(number)
            else:
                last.append((number, block))
    blocks += [block for _, block in last]
    shown += [number for number, _ in last]
    if style is not Style.FLAT:
        blocks += [f"\n{line}" if style is Style.SPACED else f"{line}\n" for line in truth.following]
    return "".join(blocks), tuple(shown)


def _choose_order(truth: Truth, choices: Choices, turn: int) -> Sequence[int]:
    """Choose the order of posts in a dump, and whether the pinned post is above, in its place, or both."""
    numbers = [*range(len(truth.posts))]
    if choices.has(Feature.REVERSED):
        numbers.reverse()
    is_other = turn % 2 == choices.choose((1, 1, 0))
    if truth.pinned is not None and not is_other and choices.has(Feature.PINNED, of_four=3):
        others = [number for number in numbers if number != truth.pinned]
        numbers = [truth.pinned, *(choices.choose((others, others, numbers)))]
    return numbers


def _add_marker(block: str, stats: Stats, style: Style | None, layout: Layout | None) -> str:
    """Add a marker below the lines of a post, or above them if the layout has markers there."""
    date, *counts = _samples.write_date_and_counts(stats)
    if layout is not None:
        marker = _samples.fill_template(layout.marker, stats)
        return f"{marker}\n{block}" if layout.stands is Stands.BEFORE else f"{block}{marker}\n"
    if style is Style.SPLIT:
        return block + "".join(f"{line}\n" for line in (date, *counts))
    if style is Style.SPACED:
        return f"{block}{date} — {'    '.join(counts)}\n"
    if style is Style.DATED:
        return f"{block}{_samples.fill_template(_samples.LONG_DATE, stats)}\n"
    if style is Style.FLAT:
        return block
    return f"{block}{date} — {' '.join(counts)}" + ("" if style is Style.GLUED else "\n")


def _write_block(post: TruePost, choices: Choices, style: Style | None, *, complete: bool) -> str:
    """Write the lines between two markers, ending with a line break."""
    paragraphs = [
        [line for line in lines if complete or not choices.has(Feature.LOST, of_four=1)]
        for lines in post.paragraphs
    ]
    if not complete and choices.seldom():
        paragraphs = [
            [line.replace(_samples.LINK, _samples.CUT_LINK) for line in lines] for lines in paragraphs
        ]
    above, below = (
        "".join(f"{line}\n" for line in lines)
        for lines in _write_around(post, choices, style, complete=complete)
    )
    if style is Style.SPACED or (not complete and choices.has(Feature.FORM)):
        return above + "".join(f"\n{line}\n" for line in map("\n".join, paragraphs) if line) + f"\n{below}"
    return above + "".join(f"{line}\n" for lines in paragraphs for line in lines if line) + below


def _write_around(
    post: TruePost, choices: Choices, style: Style | None, *, complete: bool
) -> tuple[list[str], list[str]]:
    """Return the lines above the text of a post, and the lines below the text."""
    card = [] if post.card is None else [line for line in (post.card.title, post.card.description) if line]
    if style is Style.FLAT and not choices.has(Feature.CARD):
        card = []
    is_labelled = (style is Style.SPACED) != (not complete and choices.has(Feature.FORM))
    if card and is_labelled:
        card = ["Preview", " ".join(card)]
    pictures = [" ".join(["Post image"] * post.pictures)] if post.pictures and style is not Style.FLAT else []
    if style is not Style.DATED:
        return [*card, *pictures], []
    reposts = ["Reposted by Bo Example"] if post.is_repost else []
    domains = [post.card.domain] if card and post.card and post.card.domain else []
    return [*reposts, *pictures], [*card, *domains]
