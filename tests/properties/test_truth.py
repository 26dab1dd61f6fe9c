# SPDX-License-Identifier: MIT
"""
What is true of a profile comes back out of dumps that show all of it.

No law of the design, but what the laws are for.
"""

from hypothesis import given
from hypothesis import strategies as st

from postdump import merge, parse
from postdump.strategies import Style, damages, pages

from properties.reach import parsed, texts_of

DAMAGES=damages(chains=False).filter(lambda d: d.c1_policy.value not in ('space',))
COMPACT = [Style.COMPACT]
complete = {"min_posts": 2, "complete": True, "mixed": False}
from hypothesis import assume
def distinct(truth):
    l=[x for p in truth.posts for x in (words(p).split("\n"))]
    assume(len(set(l))==len(l))


def words(post):
    """Return what a compact dump shows of a post."""
    card = () if post.card is None else (post.card.title, post.card.description)
    lines = [line for paragraph in post.paragraphs for line in paragraph]
    return "\n".join([*filter(None, card), *lines])


def looks(posts):
    """Return each different look of posts once, as a merge does."""
    return list(dict.fromkeys((words(post), post.stats) for post in posts))


@given(pages(max_dumps=1, styles=COMPACT, damage=st.none(), **complete))
def test_one_clean_dump(page):
    (shown,) = page
    distinct(shown.truth)
    dump = parse(shown.text)
    assert [(post.text, post.stats) for post in dump.posts] == [(words(post), post.stats) for post in shown.truth.posts]
    assert [(post.text, post.stats) for post in merge(dump)] == looks(shown.truth.posts)


@given(pages(max_dumps=1, styles=[Style.COMPACT, Style.SPACED, Style.SPLIT], damage=damages(), **complete))
def test_stats_are_read_through_any_damage(page):
    (shown,) = page
    distinct(shown.truth)
    assert [post.stats for post in parse(shown.text).posts] == [post.stats for post in shown.truth.posts]


@given(
    pages(max_dumps=1, styles=COMPACT, damage=DAMAGES, **complete),
    st.data()
)
def test_damaged_and_clean(page, data):
    from postdump.strategies import dumps
    (shown,) = page
    distinct(shown.truth)
    from postdump.damage import equivalents
    assume(shown.damage and parse(shown.text).damage in tuple(equivalents(shown.damage)))
    from postdump.damage import equivalents
    assume(shown.damage and parse(shown.text).damage in tuple(equivalents(shown.damage)))
    other = data.draw(dumps(shown.truth, styles=COMPACT, damage=st.none(), complete=True))
    t = merge(*parsed([shown.text, other.text]))
    assert [(post.text, post.stats) for post in t] == looks(shown.truth.posts)


@given(
    pages(max_dumps=1, styles=COMPACT, damage=DAMAGES, **complete),
    st.data()
)
def test_two_damaged(page, data):
    from postdump.strategies import dumps
    (shown,) = page
    distinct(shown.truth)
    from postdump.damage import equivalents
    assume(shown.damage and parse(shown.text).damage in tuple(equivalents(shown.damage)))
    from postdump.damage import equivalents
    assume(shown.damage and parse(shown.text).damage in tuple(equivalents(shown.damage)))
    other = data.draw(dumps(shown.truth, styles=COMPACT, damage=st.just(shown.damage), mixed=False, complete=True))
    t = merge(*parsed([shown.text, other.text]))
    assert [post.stats for post in t] == [s for _,s in looks(shown.truth.posts)]


@given(
    pages(max_dumps=1, styles=COMPACT, damage=DAMAGES, **complete),
    st.data()
)
def test_damaged_and_flat(page, data):
    from postdump.strategies import dumps
    (shown,) = page
    distinct(shown.truth)
    from postdump.damage import equivalents
    assume(shown.damage and parse(shown.text).damage in tuple(equivalents(shown.damage)))
    from postdump.damage import equivalents
    assume(shown.damage and parse(shown.text).damage in tuple(equivalents(shown.damage)))
    other = data.draw(dumps(shown.truth, styles=[Style.FLAT], damage=st.none(), complete=True))
    t = merge(*parsed([shown.text, other.text]))
    assert [post.stats for post in t] == [s for _,s in looks(shown.truth.posts)]
