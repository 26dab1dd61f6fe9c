# SPDX-License-Identifier: MIT
"""
What generic tools see of a value whose fields are fetched when they are read is what they see of an equal
one that was filled at once.
"""

import copy
import json
import pickle

import attr
import attrs
import msgspec
import orjson
import pytest
from hypothesis import given, settings
from properties.reach import damaged_pages, parsed, some_texts, texts_of

from postdump import from_json, merge, to_dict, to_json


def in_another_order(x):
    """Read the last fields first, then all of them as a dict."""
    for field in reversed(attrs.fields(type(x))):
        getattr(x, field.name)
    return attrs.asdict(x)


TOOLS = [
    repr,
    hash,
    copy.copy,
    copy.deepcopy,
    lambda x: pickle.loads(pickle.dumps(x)),
    lambda x: attrs.evolve(x, profile=None),
    attrs.asdict,
    attr.asdict,  # which makes a list of every tuple
    in_another_order,
    attrs.astuple,
    attr.astuple,
    to_dict,
    to_json,
]
PLAIN = {dict, list, str, int, float, bool, type(None)}


def types_of(x):
    """Return the types of a value and of all that it holds, in order, tuples of every kind as they are."""
    if isinstance(x, dict):
        return [type(x), *(types_of(one) for item in x.items() for one in item)]
    if isinstance(x, list | tuple):
        return [type(x), *map(types_of, x)]
    return type(x)


def flat(types):
    return {one for part in types for one in (flat(part) if isinstance(part, list) else {part})}


def values_of(texts):
    """Make a timeline and its dumps anew, of which nobody has read a field."""
    return [*parsed(texts), merge(*parsed(texts))]


def looks_the_same(texts):
    filled = from_json(to_json(merge(*parsed(texts))))
    for tool in TOOLS:
        seen, expected = tool(merge(*parsed(texts))), tool(filled)  # the dumps are fields of the timeline
        assert seen == expected
        assert types_of(seen) == types_of(expected)
    eager = [*map(from_json, map(to_json, values_of(texts)))]
    for lazy, filled in zip(values_of(texts), eager, strict=True):
        for post, same in zip(lazy.posts, filled.posts, strict=True):
            assert attrs.asdict(post) == attrs.asdict(same)
            assert to_dict(post) == to_dict(same)


def is_plain(texts):
    """`to_dict` gives what `to_json` writes, of which every encoder makes the same."""
    for x in values_of(texts):
        plain = to_dict(x)
        assert plain == json.loads(to_json(x))["value"]
        assert flat([types_of(plain)]) <= PLAIN
        assert plain["posts"] == list(map(to_dict, x.posts))
        assert [to_dict(line) for line in x.unclaimed] == plain["unclaimed"]
        if "\\ud" not in to_json(x).replace("\\\\", ""):  # neither writes a lone surrogate
            written = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()
            assert orjson.loads(orjson.dumps(plain)) == plain
            assert msgspec.json.decode(msgspec.json.encode(plain)) == plain
            assert msgspec.msgpack.decode(msgspec.msgpack.encode(plain)) == plain
            assert orjson.loads(written) == plain


@given(some_texts)
def test_any_texts_look_the_same(texts):
    looks_the_same(texts)


@settings(max_examples=settings().max_examples // 5)  # as many tools as that read each page anew
@given(damaged_pages)
def test_pages_look_the_same(page):
    looks_the_same(texts_of(page))


@given(some_texts)
def test_any_texts_are_plain(texts):
    is_plain(texts)


@given(damaged_pages)
def test_pages_are_plain(page):
    is_plain(texts_of(page))


SHOWN = "Ahoy, don’t sink.\n03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0\nA bio."


def test_encoders_in_c_refuse_posts_that_are_not_made():
    """Taken from memory they are not there: an error says so, where an empty array would be a lie."""
    posts = merge(*parsed([SHOWN])).posts
    for encode in (json.dumps, orjson.dumps, msgspec.json.encode, msgspec.msgpack.encode):
        with pytest.raises(TypeError):
            encode(posts)
