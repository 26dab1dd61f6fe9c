# SPDX-License-Identifier: MIT
"""Drafts of several dumps: nothing comes of matching whole posts that comparing all lines would not give."""

import pytest
from hypothesis import assume, given
from page import BOAT, FERRY, FESTIVAL, LAMPS, TIDE, WALL, dump, marked, page, shown_by, stats, texts

from postdump import merge, parse, to_json
from postdump._align import comparison
from postdump._align.collate import Collator
from postdump._align.line_keys import is_strong
from postdump._align.post_matching import MatchedPosts
from postdump._align.witness_from_dump import build_witness
from postdump._text.characters import visible_ascii
from postdump._text.lines import split_lines
from postdump.strategies import pages


def line_by_line(monkeypatch):
    """Match no whole post: every line is compared, but for those of posts that have moved."""
    for kind in (comparison.MarkedComparison, comparison.FlatComparison):
        monkeypatch.setattr(kind, "choose_extendable", lambda self, matched: MatchedPosts())


@pytest.mark.parametrize(
    "other",
    [
        dump("b", FESTIVAL, BOAT, WALL),
        dump("b", "Posts by Ada", "A bio.", FESTIVAL, TIDE, BOAT, LAMPS, WALL, "A tail."),
        dump("b", FESTIVAL, stats(8), TIDE, stats(7), WALL, stats(5), "A tail."),
        dump("b", WALL, stats(5), BOAT, stats(6), FESTIVAL, stats(8)),
        dump("b", FESTIVAL, BOAT, stats(6), stats(5)),
        dump("b", "", FESTIVAL, "", BOAT, "", WALL),
        dump("b", "Posts by Ada"),
        dump("b", "Posts by Ada", LAMPS, FESTIVAL, "don’t", BOAT),
    ],
)
def test_nothing_else_comes_of_it(other, monkeypatch):
    one = dump(
        "a",
        LAMPS,
        FESTIVAL,
        stats(8),
        "don’t",
        stats(7),
        BOAT,
        stats(6),
        stats(5),
        "A title.",
        WALL,
        stats(4),
    )
    made = to_json(merge(one, other))
    line_by_line(monkeypatch)
    assert to_json(merge(one, other)) == made


def test_nor_beside_a_post_that_stands_elsewhere(monkeypatch):
    """What a dump adds stands below the post that it shows above it."""
    dumps = marked("a", FESTIVAL, TIDE, BOAT, WALL), dump("b", FESTIVAL, LAMPS, BOAT, WALL, TIDE)
    made = merge(*dumps)
    assert texts(made) == [FESTIVAL, LAMPS, TIDE, BOAT, WALL]
    line_by_line(monkeypatch)
    assert to_json(merge(*dumps)) == to_json(made)


def test_nor_of_posts_of_one_minute(monkeypatch):
    """That all posts are of one minute up to the next one that is matched does not end the draft."""
    one = dump("a", "Posts by Ada Example", stats(9, quotes=1), TIDE, stats(9), FESTIVAL, stats(8))
    dumps = one, dump("b", "Thank you!", stats(9, quotes=1), TIDE, stats(9), FESTIVAL, stats(8))
    made = to_json(merge(*dumps))
    line_by_line(monkeypatch)
    assert to_json(merge(*dumps)) == made


def has_equal_lines_or_posts(dump):
    lines = split_lines(dump.text)
    keys = {visible_ascii(line) or line for line in lines}
    posts = {(post.text, post.posted_at) for post in dump.posts}
    return len(keys) < len(lines) or len(posts) < len(dump.posts)


@pytest.mark.slow
@given(pages(min_dumps=4, max_dumps=4))
def test_nor_for_any_page(drawn):
    """
    Dumps that show a line or a post more than once are left out: either way may pair another one.
    """
    parsed = [parse(one.text, name=str(n)) for n, one in enumerate(drawn)]
    dumps = [one for one in parsed if not has_equal_lines_or_posts(one)]
    assume(len(dumps) > 1)
    made = to_json(merge(*dumps))
    with pytest.MonkeyPatch.context() as patch:
        line_by_line(patch)
        assert to_json(merge(*dumps)) == made


def test_a_post_whose_lines_are_of_several_dumps():
    dumps = [dump(name, FESTIVAL, BOAT, stats(8), WALL, stats(6)) for name in "abc"]
    (post, _) = merge(*dumps).posts
    assert [reading.dump for reading in post.readings] == [*"aaabbbccc"]
    assert post.text == page(FESTIVAL, BOAT)


def test_posts_of_one_dump_alone_some_of_which_are_more_than_text():
    above, below = [FESTIVAL, stats(9)], [WALL, stats(5)]
    own = ["Preview", "A title.", TIDE, stats(8), BOAT, stats(7), LAMPS, "", "A second paragraph.", stats(6)]
    older = [line for day in (4, 3, 2, 1) for line in (f"{FERRY} {day}", stats(day))]
    timeline = merge(dump("a", *above, *below, *older), dump("b", *above, *own, *below))
    assert texts(timeline)[:5] == [FESTIVAL, TIDE, BOAT, f"{LAMPS}\n\nA second paragraph.", WALL]
    assert [shown_by(post) for post in timeline.posts[:5]] == [["a", "b"], ["b"], ["b"], ["b"], ["a", "b"]]


@pytest.mark.parametrize(("card", "is_unsure"), [("👏", True), ("Quay repairs start in May", False)])
def test_a_short_line_that_only_the_witness_has_makes_the_draft_unsure(card, is_unsure):
    """Under a damage that is not known yet, the line may be another one of the draft."""
    rest = TIDE, stats(7), BOAT, stats(6), WALL, stats(5)
    dumps = dump("a", FESTIVAL, stats(8), *rest, LAMPS, stats(4)), dump("b", FESTIVAL, stats(8), card, *rest)
    assert Collator.of(map(build_witness, dumps), is_strong).is_unsure is is_unsure
