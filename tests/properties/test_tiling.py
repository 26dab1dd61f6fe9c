# SPDX-License-Identifier: MIT
"""
Law 1: tokens' spans tile the text, and every reading of a dump is a union of its tokens.

A line ends at a line feed, a carriage return or both, and nowhere else.
"""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from properties.reach import damaged_pages, reaching, some_layouts, texts_of

from postdump import TokenKind, parse, tokenize
from postdump.strategies import dumps, profiles, texts

BLANK = " \t\r\n"


def tokens_tile(text, layout=None):
    tokens = list(tokenize(text, layout=layout))
    edges = [0, *(token.span.end for token in tokens)]
    assert edges[-1] == len(text)
    for start, token in zip(edges, tokens, strict=False):
        assert token.span.start == start < token.span.end
        assert token.text == text[start : token.span.end]
        assert (token.kind is TokenKind.SPACE) == (token.text.strip(BLANK) == "")
    lines_end_where_they_end(tokens)
    readings_are_unions(text, layout, set(edges))


def lines_end_where_they_end(tokens):
    on_lines = [token for token in tokens if token.kind not in {TokenKind.SPACE, TokenKind.MARKER}]
    for token in on_lines:
        assert "\n" not in token.text
        assert "\r" not in token.text
        assert token.text == token.text.strip(" \t")
    words = [token for token in tokens if token.kind is not TokenKind.SPACE]
    spaces = {token.span.start: token.text for token in tokens if token.kind is TokenKind.SPACE}
    for one, other in pairwise(words):
        if TokenKind.MARKER not in {one.kind, other.kind}:
            assert not {"\n", "\r"}.isdisjoint(spaces[one.span.end])


def readings_are_unions(text, layout, edges):
    dump = parse(text, layout=layout)
    readings = [reading for post in dump.posts for reading in post.readings]
    for reading in readings + [reading for line in dump.unclaimed for reading in line.readings]:
        assert {reading.span.start, reading.span.end} <= edges


@given(texts())
def test_any_text(text):
    tokens_tile(text)


@given(texts(), some_layouts)
def test_any_text_in_any_layout(text, layout):
    tokens_tile(text, layout)


@reaching
@given(damaged_pages)
def test_pages(page):
    for text in texts_of(page):
        tokens_tile(text)


@given(some_layouts, profiles(min_posts=2, max_posts=3), st.data())
def test_pages_in_any_layout(layout, truth, data):
    tokens_tile(data.draw(dumps(truth, layout=layout)).text, layout)
