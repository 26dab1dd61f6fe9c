# SPDX-License-Identifier: MIT
"""The models: values, by keyword, frozen, and the same whether they were filled at once or on demand."""

import copy
import inspect
import pickle
from collections.abc import Hashable
from datetime import datetime
from enum import Enum

import attrs
import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError

import postdump
from postdump import (
    Basis,
    Dump,
    Post,
    Profile,
    Reading,
    Role,
    Span,
    Stats,
    Timeline,
    TokenKind,
    from_json,
    merge,
    models,
    parse,
    to_json,
)
from postdump.layouts._template import COUNTS
from postdump.models import counts_of

TEXT = "Posts by Ada Example\nAhoy, donβt.\n03.02.2026 17:04 β π 4 π 3 π¬ 0 π 0\nA bio.\n"
DUMP = parse(TEXT, name="page.txt")
TIMELINE = merge(DUMP, parse("Posts by Ada Example\nAhoy, don’t.\nLow tide.\n", name="flat.txt"))
KINDS = [value for name, value in vars(models).items() if name in models.__all__ and attrs.has(value)]
LAZY = [DUMP, DUMP.posts[0], DUMP.posts[0].readings[0], TIMELINE, TIMELINE.posts[0]]


def filled(value):
    """Make the same value again in the ordinary way."""
    names = [field.name for field in attrs.fields(type(value))]
    return type(value)(**{name: getattr(value, name) for name in names})


def test_all_is_all():
    own = {
        name for name, value in vars(models).items() if getattr(value, "__module__", "") == models.__name__
    }
    assert set(models.__all__) == own | {"Span"}
    assert set(models.__all__) <= set(postdump.__all__)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_kinds(kind):
    assert "__slots__" in vars(kind)
    assert inspect.getdoc(kind)
    assert all(field.kw_only for field in attrs.fields(kind))
    with pytest.raises(TypeError):
        kind("x")


@pytest.mark.parametrize("value", [Stats(), Profile(), Post(), Timeline(), Span(start=0, end=0), *LAZY])
def test_frozen(value):
    name = attrs.fields(type(value))[0].name
    with pytest.raises(FrozenInstanceError):
        setattr(value, name, None)
    with pytest.raises(FrozenInstanceError):
        delattr(value, name)
    with pytest.raises((AttributeError, TypeError)):
        value.other = 1


def test_missing_is_none():
    for value in (Stats(), Profile()):
        given = {name: getattr(value, name) for name in (field.name for field in attrs.fields(type(value)))}
        assert given.pop("rounded") == ()
        assert set(given.values()) == {None}
    assert (Post().text, Post().stats, Post().card) == ("", Stats(), None)


def test_no_default_is_shared_and_changeable():
    for kind in KINDS:
        for field in attrs.fields(kind):
            if isinstance(field.default, attrs.Factory):
                assert (kind, field.name) == (Timeline, "damages")
            else:
                assert isinstance(field.default, Hashable)
    assert Timeline().damages is not Timeline().damages


@pytest.mark.parametrize("value", LAZY, ids=lambda value: type(value).__name__)
def test_filled_on_demand_or_at_once(value):
    again = filled(value)
    assert value == again
    assert again == value
    assert repr(value) == repr(again)
    assert evolve(value) == value


@pytest.mark.parametrize("value", [DUMP.posts[0], DUMP.posts[0].readings[0], TIMELINE.posts[0]])
def test_hashes_alike(value):
    assert hash(value) == hash(filled(value))


@pytest.mark.parametrize("value", LAZY, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("again", [lambda v: pickle.loads(pickle.dumps(v)), copy.copy, copy.deepcopy])
def test_travels(value, again):
    assert again(value) == value


def test_a_text_that_was_never_looked_at_travels():
    assert pickle.loads(pickle.dumps(parse(TEXT, name="page.txt"))) == DUMP
    assert from_json(to_json(DUMP)) == DUMP


def test_dumps_do_not_show_their_text():
    assert "Ahoy" not in repr(Dump(name="page.txt", text=TEXT, sha256="0"))
    assert repr(parse("Ahoy.")).startswith("Dump(name=")


def test_no_such_field():
    for value in (*LAZY, Post(), Reading(dump="", span=Span(start=0, end=0), text="", line=1, column=1)):
        with pytest.raises(AttributeError, match="no attribute 'tide'"):
            _ = value.tide


def test_timeline_is_its_posts():
    assert len(TIMELINE) == len(TIMELINE.posts) == 2
    assert list(TIMELINE) == list(TIMELINE.posts)
    assert (len(Timeline()), list(Timeline())) == (0, [])
    assert list(Timeline(posts=(Post(text="Ahoy."),))) == [Post(text="Ahoy.")]


def test_every_name_of_an_enum_is_its_value():
    for kind in (Basis, Role, TokenKind):
        assert issubclass(kind, Enum)
        assert [one.value for one in kind] == [one.name.lower() for one in kind]


def test_documents_what_can_be_inferred():
    """`Post.inferred` names fields, or says that a boundary was concluded."""
    concluded = {name for post in TIMELINE for name in post.inferred}
    assert concluded <= {field.name for field in attrs.fields(Post)} | {"boundary"}


def test_every_count_is_a_field_and_the_other_way_round():
    fields = attrs.fields(Stats)
    assert tuple(field.name for field in fields if field.type in ("int | None", int | None)) == COUNTS
    posted_at = datetime(2026, 2, 3, 17, 4)
    numbers = range(len(COUNTS))
    made = Stats(posted_at=posted_at, **dict(zip(COUNTS, numbers, strict=True)))
    assert counts_of(made) == tuple(numbers)
    assert Stats._of((posted_at, *numbers)) == Stats._of(made) == made
