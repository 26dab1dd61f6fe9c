# SPDX-License-Identifier: MIT
"""Posts that are settled as a whole: nothing comes of it that looking line by line would not show."""

import pytest
from hypothesis import assume, given
from page import BOAT, FERRY, FESTIVAL, LAMPS, TIDE, WALL, dump, marked, page, shown_by, stats, texts

import postdump
from postdump import merge, parse, to_json
from postdump._align.bulk_keys import PostLineKeys
from postdump._align.post_matching import posts_of, settled_blocks, settled_lines
from postdump._text.characters import visible_ascii
from postdump.strategies import pages


def strong(key):
    return isinstance(key, tuple) or len(key) > 1


def posts(keys):
    """Return what undated posts of one line are known by."""
    return [key and (None, (key,)) for key in keys]


def settled(posts, lines, others=(), head=0):
    """Settle posts in lines, each a letter or, where it cannot agree by chance, two."""
    made = PostLineKeys()
    for post in posts:
        made.add(None if post is None else post.split())
    found, strays = settled_lines(made, others, lines.split(), strong, head)
    return list(posts_of(found)), strays


@pytest.mark.parametrize(
    ("posts", "lines", "expected"),
    [
        (["aa", "bb cc"], "aa bb cc", [(0, 0, 1, 0), (1, 1, 3, 0)]),
        (["aa", "bb cc", "dd"], "aa bb dd", [(0, 0, 1, 0), (2, 2, 3, 0)]),
        (["aa", "xx bb"], "aa bb", [(0, 0, 1, 0), (1, 1, 2, 1)]),
        (["aa", "xx yy bb"], "aa bb", [(0, 0, 1, 0), (1, 1, 2, 2)]),
        (["aa", "xx yy zz bb", "cc"], "aa bb cc", [(0, 0, 1, 0), (2, 2, 3, 0)]),  # longer than any card
        (["aa", "bb", "xx cc"], "aa bb cc xx", [(0, 0, 1, 0), (1, 1, 2, 0)]),  # no card: it stands elsewhere
        (["aa", "t", "bb"], "aa t bb", [(0, 0, 1, 0), (1, 1, 2, 0), (2, 2, 3, 0)]),  # beside its neighbours
        (["aa", "xx t", "bb"], "aa t bb", [(0, 0, 1, 0), (1, 1, 2, 1), (2, 2, 3, 0)]),  # without its card
        (["aa", "xx t", "bb"], "aa t bb xx", [(0, 0, 1, 0), (2, 2, 3, 0)]),  # no card: it stands elsewhere
        (["aa", "xx yy zz t", "bb"], "aa t bb", [(0, 0, 1, 0), (2, 2, 3, 0)]),
        (["aa", "xx t", "bb"], "aa u bb", [(0, 0, 1, 0), (2, 2, 3, 0)]),
        (["xx t", "aa", "bb"], "t aa bb", [(1, 1, 2, 0), (2, 2, 3, 0)]),  # by chance
        (["t", "aa", "bb"], "t aa bb", [(0, 0, 1, 0), (1, 1, 2, 0), (2, 2, 3, 0)]),
        (["t"], "t", []),  # by chance
        (["aa", "t", "bb"], "aa bb t", [(0, 0, 1, 0), (2, 1, 2, 0)]),
        (["aa", "aa", "bb", "cc"], "aa aa bb cc", [(0, 0, 1, 0), (1, 1, 2, 0), (2, 2, 3, 0), (3, 3, 4, 0)]),
        (["aa", "bb", "cc"], "aa bb bb cc", [(0, 0, 1, 0), (1, 1, 2, 0), (2, 3, 4, 0)]),
        (["aa"], "aa", []),  # one does not tell which way a page runs
        (["aa", "", "bb"], "aa bb", [(0, 0, 1, 0), (2, 1, 2, 0)]),
        (["aa", None, "t", "bb"], "aa x t bb", [(0, 0, 1, 0), (2, 2, 3, 0), (3, 3, 4, 0)]),
        (["aa", "bb", "cc"], "cc bb aa", []),  # the other way round
        (["aa", "xx bb yy", "cc", "dd"], "aa dd cc xx bb", []),  # as one sees where some lines stand
        (["aa", "xx bb yy", "s t", "dd"], "aa dd s t xx bb", []),  # and where short ones do
        (["aa", "bb", "xx u", "xx yy u", "yy u"], "yy xx aa bb", [(0, 2, 3, 0), (1, 3, 4, 0)]),  # none again
        (["aa", "bb", "cc", "dd"], "aa cc bb dd", [(0, 0, 1, 0), (2, 1, 2, 0), (3, 3, 4, 0)]),
        (["t", "", "aa", "bb"], "t aa bb", [(0, 0, 1, 0), (2, 1, 2, 0), (3, 2, 3, 0)]),
        (["aa", None, "t", "bb"], "aa t y bb", [(0, 0, 1, 0), (3, 3, 4, 0)]),  # maybe the unknown post's
        (["aa", "t", None, "bb"], "aa x t bb", [(0, 0, 1, 0), (3, 3, 4, 0)]),
        ([], "aa", []),
    ],
)  # fmt: skip
def test_lines(posts, lines, expected):
    assert settled(posts, lines)[0] == expected


def test_what_stands_above_the_posts_is_no_part_of_them():
    assert settled(["xx bb", "cc", "dd"], "xx bb cc dd xx ee", head=1)[0] == [(1, 2, 3, 0), (2, 3, 4, 0)]
    assert settled(["xx t", "aa", "bb"], "h xx t yy aa t bb", head=1)[0] == [
        (0, 1, 3, 0),
        (1, 4, 5, 0),
        (2, 6, 7, 0),
    ]
    assert settled(["h", "aa", "bb"], "h aa bb", head=1)[0] == [(1, 1, 2, 0), (2, 2, 3, 0)]


def test_lines_that_stand_in_other_units_as_well():
    assert settled(["aa", "cc", "bb"], "aa cc bb", ["bb"])[0] == [(0, 0, 1, 0), (1, 1, 2, 0), (2, 2, 3, 0)]
    assert settled(["aa", "cc", "bb"], "aa cc x bb", ["bb"])[0] == [(0, 0, 1, 0), (1, 1, 2, 0)]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (["aa", "bb"], ["aa", "xx", "bb"], [(0, 0, 1, 0), (1, 2, 3, 0)]),
        (["aa", None, "bb"], [None, "aa", "bb"], [(0, 1, 2, 0), (2, 2, 3, 0)]),
        (["aa", "t", "bb"], ["aa", "t", "bb"], [(0, 0, 1, 0), (2, 2, 3, 0)]),
        (["aa"], ["aa"], []),
        (["aa", "bb"], ["bb", "aa"], None),
        (["aa", "bb", "cc"], ["cc", "bb", "aa"], None),
    ],
)
def test_blocks(a, b, expected):
    found = settled_blocks(posts(a), posts(b), strong)
    assert (found and list(posts_of(found[0]))) == expected


def test_strays():
    assert settled(["aa", "bb", "cc"], "bb aa cc") == ([(1, 0, 1, 0), (2, 2, 3, 0)], [(0, 1, 2, 0)])
    assert settled(["aa", "bb", "xx cc"], "bb cc aa")[1] == [(0, 2, 3, 0)]
    found = settled_blocks(posts(["aa", "bb", "cc"]), posts(["bb", "aa", "cc"]), strong)
    assert found == ((1, 0, 1, 0, 2, 2, 3, 0), [(0, 1, 2, 0)])
    assert settled_blocks(posts(["aa", "t", "cc"]), posts(["t", "aa", "cc"]), strong)[1] == []  # by chance


def test_a_neighbour_takes_no_line_of_a_stray():
    assert settled(["t cc", "aa", "bb", "t"], "aa bb t cc") == ([(1, 0, 1, 0), (2, 1, 2, 0)], [(0, 2, 4, 0)])
    found = settled(["t cc", "aa", "bb", "t", "dd"], "aa bb t cc dd")
    assert found == ([(1, 0, 1, 0), (2, 1, 2, 0), (4, 4, 5, 0)], [(0, 2, 4, 0)])


def test_what_the_dates_say():
    one, other = posts(["aa", "bb", "cc"]), posts(["bb", "aa"])
    assert settled_blocks(one, other, strong) is None
    settled, strays = settled_blocks(one, other, strong, is_backwards=False)
    assert (len(list(posts_of(settled))), len(strays)) == (1, 1)
    assert settled_blocks(one, one, strong, is_backwards=True) is None


def line_by_line(monkeypatch, original=postdump._align.collate.Draft._settled):
    """Settle nothing: every line is looked at, but for those of posts that stand somewhere else."""
    strays_alone = lambda *args, **kwargs: ((), original(*args, **kwargs)[1])  # noqa: E731
    monkeypatch.setattr(postdump._align.collate.Draft, "_settled", strays_alone)


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
    """That all posts are of one minute up to the next one that is settled does not end the draft."""
    one = dump("a", "Posts by Ada Example", stats(9, quotes=1), TIDE, stats(9), FESTIVAL, stats(8))
    dumps = one, dump("b", "Thank you!", stats(9, quotes=1), TIDE, stats(9), FESTIVAL, stats(8))
    made = to_json(merge(*dumps))
    line_by_line(monkeypatch)
    assert to_json(merge(*dumps)) == made


@pytest.mark.slow
@given(pages(min_dumps=2))
def test_nor_for_any_page(drawn):
    """Of lines and posts that are there more than once, either way may pair another one."""
    dumps = [parse(one.text, name=str(n)) for n, one in enumerate(drawn)]
    for one in dumps:
        shown = one.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        lines = [visible_ascii(line) or line for line in shown]
        assume(len(set(lines)) == len(lines))
        assume(len({(post.text, post.posted_at) for post in one.posts}) == len(one.posts))
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
