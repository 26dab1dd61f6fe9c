# SPDX-License-Identifier: MIT
"""
Hypothesis strategies: profiles whose posts are known, dumps of these profiles, and hard texts.

A `Truth` is a profile with all its posts. A `Shown` is a dump of its page, damaged or not, with posts that
are missing, shown twice or counted on another day. A test compares the result for a dump with the truth.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from attrs import evolve

from postdump.damage import Damage, known_damages
from postdump.layouts import Layout
from postdump.layouts._template import COUNTS
from postdump.strategies import _samples
from postdump.strategies._pages import Shown, Style, TruePost, Truth, draw_truth, write_dump
from postdump.strategies._samples import Choices, write_prose

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


for _kind in (Style, TruePost, Truth, Shown):
    _kind.__module__ = __name__  # pickles contain the public path


def lines(*, quoting: bool = False) -> SearchStrategy[str]:
    """
    Draw a line of clean prose, in one of many scripts.

    Args:
        quoting: Whether the line may quote mojibake, which looks damaged and is not.

    >>> from hypothesis import given
    >>> from postdump import repair
    >>> @given(lines())
    ... def test_clean_text_is_left_alone(line):
    ...     assert repair(line).text == line
    >>> test_clean_text_is_left_alone()
    """
    return st.builds(lambda data: write_prose(Choices(data), quoting=quoting), _bytes(5))


def profiles(*, min_posts: int = 1, max_posts: int = 4, quoting: bool = True) -> SearchStrategy[Truth]:
    """
    Draw a profile with its posts.

    Args:
        min_posts: Least number of posts.
        max_posts: Greatest number of posts; some may have no words, and two may have the same text.
        quoting: Whether posts may quote mojibake.

    >>> from hypothesis import given
    >>> @given(profiles(min_posts=2))
    ... def test_newest_first(truth):
    ...     times = [post.stats.posted_at for post in truth.posts]
    ...     assert times == sorted(times, reverse=True)
    >>> test_newest_first()
    """
    posts = st.lists(_bytes(40), min_size=min_posts, max_size=max_posts)
    return st.builds(
        lambda data, often, posts: draw_truth(data, often, posts, quoting=quoting),
        _bytes(24),
        _mixtures(),
        posts,
    )


def damages(*, chains: bool = True) -> SearchStrategy[Damage]:
    """
    Draw a damage, often one that occurs on known pages.

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
    chained = st.builds(lambda first, second: evolve(first, then=second), familiar, known)
    return familiar | familiar | known | chained if chains else familiar | known


ANY_DAMAGE: Final = st.none() | damages()
"""No damage, or any damage."""


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
    Draw a dump of the page of a profile.

    Args:
        truth: The profile.
        styles: The forms in which posts may be written.
        layout: A layout of your own for the posts, instead of any style.
        damage: Strategy for the damage of the text.
        mixed: Whether some runs of characters may escape the damage.
        complete: Whether the dump shows every post once, newest first, with all lines and the true counts.
            Other dumps lose posts and lines, cut links, repeat posts, begin with the oldest post, show one
            post above all others, label cards or not, end within a line, or have the counts of another day;
            any two of these can meet.

    >>> from hypothesis import given, strategies
    >>> from postdump import parse
    >>> @given(profiles().flatmap(lambda truth: dumps(truth, damage=strategies.none())))
    ... def test_nothing_looks_damaged(shown):
    ...     assert parse(shown.text).damage is None
    >>> test_nothing_looks_damaged()
    """
    return st.builds(
        lambda data, often, damage: write_dump(
            truth, Choices(data, often), damage, styles, layout, mixed=mixed, complete=complete
        ),
        _bytes(96),
        _mixtures(),
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

    Each page has a mixture of its own of what profiles and dumps draw seldom (a card, a pinned post, a common
    greeting, a post shown twice, a torn end): half of these features often, the others seldom.

    >>> from hypothesis import given
    >>> from postdump import merge, parse
    >>> @given(pages(min_dumps=2))
    ... def test_order_does_not_matter(page):
    ...     dumps = [parse(shown.text) for shown in page]
    ...     assert merge(*dumps) == merge(*reversed(dumps))
    >>> test_order_does_not_matter()
    """

    def page(
        data: bytes, often: int, posts: Sequence[bytes], drawn: Sequence[tuple[bytes, Damage | None]]
    ) -> tuple[Shown, ...]:
        truth = draw_truth(data, often, posts, quoting=quoting)
        return tuple(
            write_dump(
                truth,
                Choices(data, often),
                damage,
                styles,
                None,
                mixed=mixed,
                complete=complete,
                turn=turn,
            )
            for turn, (data, damage) in enumerate(drawn)
        )

    posts = st.lists(_bytes(40), min_size=min_posts, max_size=max_posts)
    drawn = st.lists(st.tuples(_bytes(96), damage), min_size=min_dumps, max_size=max_dumps)
    return st.builds(page, _bytes(24), _mixtures(), posts, drawn)


def layouts() -> SearchStrategy[Layout]:
    """
    Draw a layout as users write them, with a marker of any fields in any form.

    >>> from hypothesis import given
    >>> @given(layouts())
    ... def test_has_a_marker(layout):
    ...     assert "{" in layout.marker
    >>> test_has_a_marker()
    """
    counts = st.lists(st.sampled_from(COUNTS), unique=True)
    return st.builds(lambda data, counts: _samples.draw_layout(Choices(data), counts), _bytes(20), counts)


def texts(*, max_pieces: int = 16) -> SearchStrategy[str]:
    """
    Draw any text, mostly a hard one.

    It contains whole, torn and damaged markers, every character that some program takes for a line break, C1
    and bidi controls, lone surrogates, digits outside ASCII, and anything else that a `str` can contain.

    Args:
        max_pieces: Greatest number of pieces; each has a few characters.

    >>> from hypothesis import given
    >>> from postdump import tokenize
    >>> @given(texts())
    ... def test_nothing_is_lost(text):
    ...     assert "".join(token.text for token in tokenize(text)) == text
    >>> test_nothing_is_lost()
    """
    others = st.text(st.characters(codec=None), max_size=8)
    return st.builds(_samples.join_pieces, st.binary(max_size=max_pieces), others)


def _bytes(size: int) -> SearchStrategy[bytes]:
    return st.binary(min_size=size, max_size=size)


def _mixtures() -> SearchStrategy[int]:
    """Draw the frequent features, as bits."""
    return _bytes(4).map(_samples.draw_mixture)
