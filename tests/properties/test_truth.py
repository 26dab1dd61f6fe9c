# SPDX-License-Identifier: MIT
"""
What the laws are for: what is true of a profile comes back out of dumps that show all of it.
"""

from hypothesis import assume, given
from hypothesis import strategies as st
from properties.reach import parsed

from postdump import merge, parse
from postdump.damage import equivalents
from postdump.strategies import Style, damages, dumps, pages, profiles

EVEN_STYLES = (Style.COMPACT, Style.SPACED, Style.SPLIT)


def words(post):
    """Return what a dump without paragraphs shows of a post."""
    card = () if post.card is None else (post.card.title, post.card.description)
    return "\n".join([*filter(None, card), *(line for paragraph in post.paragraphs for line in paragraph)])


def looks(posts):
    """Return what makes posts of one dump two posts."""
    return [(words(post), post.stats) for post in posts]


def has_its_own_words(truth):
    """Tell whether no line of the page stands there twice."""
    lines = [truth.bio, *truth.following]
    lines += [line for post in truth.posts for line in words(post).split("\n")]
    return len(lines) == len(set(lines))


def is_known_by_its_lines(truth, damage):
    """
    Tell whether a damage leaves what lines are known by.

    Of a line without ASCII it may leave nothing at all. Spaces it leaves at the end of a line are lost among
    the page's own; two encodings leave punctuation.
    """
    for line in (line for post in truth.posts for line in words(post).split("\n") if line):
        left = damage.apply(line)
        if not left or left != left.strip(" \t") or visible(left) != visible(line):
            return False
    return True


def visible(text):
    return [char for char in text if "!" <= char <= "~" and char != "?"]


@st.composite
def witnesses(draw, damage, style, other):
    """Draw a damaged dump whose damage is recognised, and another one: each shows all there is."""
    truth = draw(profiles(min_posts=2).filter(has_its_own_words))
    shown = draw(dumps(truth, styles=[Style.COMPACT], damage=damage, mixed=False, complete=True))
    known = parse(shown.text).damage
    assume(shown.damage is not None and known in equivalents(shown.damage))
    assume(is_known_by_its_lines(truth, known))
    other = st.just(shown.damage) if other is None else other
    second = draw(dumps(truth, styles=[style], damage=other, mixed=False, complete=True))
    return truth, [shown.text, second.text]


single_damages = damages(chains=False)
# Two encodings leave punctuation, which no icon of a marker can have become.
readable_damages = damages().filter(lambda damage: not visible(damage.apply("—👍🔁💬📌")))


@given(pages(max_dumps=1, styles=[Style.COMPACT], damage=st.none(), complete=True))
def test_a_clean_dump(page):
    (shown,) = page
    # What stands twice below a picture is taken for what it shows.
    assume(has_its_own_words(shown.truth) or not any(post.pictures for post in shown.truth.posts))
    true = looks(shown.truth.posts)
    assert [(post.text, post.stats) for post in parse(shown.text).posts] == true
    assert [(post.text, post.stats) for post in merge(parse(shown.text))] == list(dict.fromkeys(true))


@given(pages(max_dumps=1, styles=EVEN_STYLES, damage=readable_damages, complete=True))
def test_stats_through_any_damage(page):
    (shown,) = page
    assert [post.stats for post in parse(shown.text).posts] == [post.stats for post in shown.truth.posts]


@given(
    pages(max_dumps=1, styles=EVEN_STYLES, damage=single_damages, mixed=False, quoting=False, complete=True)
)
def test_repairs_without_a_witness(page):
    """What is undone is what was done: where two damages explain a page, what they make of it may differ."""
    (shown,) = page
    for made in merge(parse(shown.text)).repairs:
        assert shown.damage.apply(made.after) == made.before


@given(witnesses(single_damages, Style.COMPACT, st.none()))
def test_a_damaged_dump_and_a_clean_one(drawn):
    truth, texts = drawn
    assert [(post.text, post.stats) for post in merge(*parsed(texts))] == looks(truth.posts)


@given(witnesses(single_damages, Style.COMPACT, None))
def test_two_dumps_damaged_alike(drawn):
    truth, texts = drawn
    assert [post.stats for post in merge(*parsed(texts))] == [post.stats for post in truth.posts]


@given(witnesses(single_damages, Style.FLAT, st.none()))
def test_a_damaged_dump_and_a_flat_one(drawn):
    truth, texts = drawn
    assert [post.stats for post in merge(*parsed(texts))] == [post.stats for post in truth.posts]
