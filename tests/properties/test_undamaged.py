# SPDX-License-Identifier: MIT
"""
Law 4: clean text in any script comes through with no repair, and no damage is reported.
"""

from hypothesis import given
from hypothesis import strategies as st
from properties.reach import parsed, texts_of

from postdump import detect_damage, merge, repair
from postdump.strategies import lines, pages


def stays_untouched(texts, *, quoting=False):
    """Where mojibake is quoted, icons alone can tell: a post of nothing else reads like a damaged one."""
    dumps = parsed(texts)
    for dump in dumps:
        assert dump.damage is None
        if not quoting or not all(post.observations[0].reading.text.isascii() for post in dump.posts):
            assert detect_damage(dump.text).damage is None
            assert not detect_damage(dump.text).runs
    timeline = merge(*dumps)
    assert not timeline.damages
    assert timeline.repairs == timeline.unrepaired == ()
    shown = {reading.text for post in timeline.posts for reading in post.readings}
    assert {line.text for post in timeline.posts for line in post.lines} <= shown


def repair_leaves_alone(text, witness=None):
    made = repair(text, witness=witness)
    assert made.text == text
    assert made.repairs == made.unrepaired == ()


@given(pages(min_posts=2, damage=st.none()))
def test_clean_pages_that_quote_mojibake(page):
    stays_untouched(texts_of(page), quoting=True)


@given(pages(min_posts=2, quoting=False, damage=st.none()))
def test_clean_pages(page):
    stays_untouched(texts_of(page))


@given(pages(max_dumps=2, quoting=False, damage=st.none()))
def test_repair_of_clean_pages(page):
    repair_leaves_alone(page[0].text)
    repair_leaves_alone(page[0].text, page[-1].text)


@given(st.lists(lines(), max_size=6).map("\n".join))
def test_clean_lines(text):
    stays_untouched([text])
    repair_leaves_alone(text)
