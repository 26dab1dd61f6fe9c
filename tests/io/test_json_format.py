# SPDX-License-Identifier: MIT
"""JSON: what goes in comes out, and what is not of the form says where."""

import copy
import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from types import MappingProxyType

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from postdump import dedupe, detect_damage, group, merge, parse, rows, threads, tokenize
from postdump._io import json_format
from postdump._io.json_format import from_json, to_dict, to_json
from postdump._lazy import LazyTuple
from postdump.damage import C1Policy, Damage
from postdump.errors import FormatError
from postdump.layouts import BSKYVIEW, Cards, Extent, Layout, Stands
from postdump.models import (
    Basis,
    Card,
    Conflict,
    Diagnostic,
    Dump,
    Line,
    Observation,
    Post,
    Profile,
    Reading,
    Repair,
    Role,
    Span,
    Stats,
    Timeline,
)

MARKED = "Posts by Ada Example\nAhoy, donβt sink.\n03.02.2026 17:04 β π 4 π 3 π¬ 0 π 0\nA bio."
SEEDS = Path(__file__).parent.parent.parent / "seeds"

# Everything the models can hold.

letters = st.one_of(
    st.characters(codec=None), st.sampled_from('\ud83d\udc4d\ud800\udfff👍—"\\\x00\x85\u2028<')
)
texts = st.text(letters, max_size=6)
few = {"max_size": 2}
counts = st.none() | st.integers(0, 10**15)
moments = st.datetimes(datetime.min, datetime.max)
in_any_zone = st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29))
offsets = st.timedeltas(timedelta(days=-1), timedelta(days=1))
zones = st.integers(-86_399, 86_399).map(lambda seconds: timezone(timedelta(seconds=seconds)))
aware = st.builds(datetime.replace, in_any_zone, tzinfo=zones)


def tuples(strategy):
    return st.lists(strategy, **few).map(tuple)


names = tuples(texts)
spans = st.builds(Span, start=st.integers(0, 49), end=st.integers(49, 99))

SHOWN = ('\ud83d\udc4d\ud800\udfff👍—"\\\x00\x85\u2028<' * 9)[:99]
"""What every text begins with, so that readings of any text show the same."""


def reading(dump, span, line, column):
    return Reading(dump=dump, span=span, text=span.of(SHOWN), line=line, column=column)


def line_of_dump(role, readings):
    return Line(text=readings[0].text, role=role, readings=readings)


readings = st.builds(reading, texts, spans, st.integers(1, 99), st.integers(1, 99))
some_readings = st.lists(readings, min_size=1, **few).map(tuple)
lines = st.builds(Line, text=texts, role=st.sampled_from(Role), readings=some_readings)
lines_of_dumps = st.builds(line_of_dump, st.sampled_from(Role), some_readings)
stats = st.builds(
    Stats,
    posted_at=st.none() | moments,
    utc_offset=st.none() | offsets,
    likes=counts,
    reposts=counts,
    replies=counts,
    quotes=counts,
    rounded=names,
)
profiles = st.builds(
    Profile,
    name=st.none() | texts,
    handle=st.none() | texts,
    bio=st.none() | texts,
    followers=counts,
    following=counts,
    posts=counts,
    joined=st.none() | st.dates(),
    rounded=names,
)
repairs = st.builds(
    Repair,
    before=texts,
    after=texts,
    reading=readings,
    basis=st.sampled_from(Basis),
    evidence=tuples(readings),
    confidence=st.none() | st.floats(0, 1) | st.integers(0, 1),
)
conflicts = st.builds(Conflict, field=texts, readings=tuples(readings), chosen=texts)
posts = st.builds(
    Post,
    text=texts,
    lines=tuples(lines),
    card=st.none() | st.builds(Card, title=texts, description=st.none() | texts, domain=st.none() | texts),
    links=names,
    stats=stats,
    posted_at=st.none() | moments,
    posted_between=st.none() | st.tuples(st.none() | moments, st.none() | moments),
    author=st.none() | profiles,
    is_repost=st.booleans(),
    readings=tuples(readings),
    observations=tuples(st.builds(Observation, stats=stats, reading=readings, captured_at=st.none() | aware)),
    inferred=names,
    repairs=tuples(repairs),
    conflicts=tuples(conflicts),
    omitted_by=names,
)
damages = st.recursive(
    st.builds(
        Damage, misread_as=st.sampled_from(["cp1252", "iso-8859-7"]), c1_policy=st.sampled_from(C1Policy)
    ),
    lambda then: st.builds(
        Damage, misread_as=st.just("mac-roman"), c1_policy=st.just(C1Policy.KEEP), then=then
    ),
    max_leaves=3,
)
layouts = st.builds(
    Layout,
    name=texts.filter(bool),
    marker=st.sampled_from(["", "[{posted_at:%Y-%m-%d}] ♥ {likes}"]),
    stands=st.sampled_from(Stands),
    cards=st.sampled_from(Cards),
    labels=names,
    previews=names,
    pictures=names,
    reposts=tuples(st.just("Reposted by {name}")),
    headings=tuples(st.just("Posts by {name}")),
    extent=st.sampled_from(Extent),
    max_graphemes=st.none() | st.integers(1, 999),
)
dumps = st.builds(
    Dump,
    name=texts,
    text=texts.map(SHOWN.__add__),
    sha256=texts,
    layouts=names,
    damage=st.none() | damages,
    equivalents=tuples(damages),
    profile=st.none() | profiles,
    posts=tuples(st.builds(attrs.evolve, posts, lines=tuples(lines_of_dumps))),
    unclaimed=tuples(lines_of_dumps),
    diagnostics=tuples(st.builds(Diagnostic, code=texts, message=texts, span=spans)),
    evidence=names,
    captured_at=st.none() | aware,
    definitions=tuples(layouts),
)
timelines = st.builds(
    Timeline,
    posts=tuples(posts),
    unclaimed=tuples(lines),
    profile=st.none() | profiles,
    dumps=st.lists(dumps, unique_by=lambda dump: dump.name, **few).map(tuple),
    damages=st.dictionaries(texts, damages, **few),
    repairs=tuples(repairs),
    conflicts=tuples(conflicts),
    unrepaired=tuples(readings),
)


@pytest.mark.slow
@given(st.one_of(dumps, timelines))
@example(Timeline())
@example(Dump(name="", text="", sha256=""))
def test_round_trip(made):
    text = to_json(made)
    back = from_json(text)
    assert back == made
    assert type(back) is type(made)
    assert to_json(back) == text
    assert text.isascii()
    assert "\n" not in text


@given(texts)
@example("\ud83d\udc4d")
@example("\ud83d\udc4d\ud83d\udc4d👍\udc4d\ud83d")
def test_surrogates_stay_as_they_are(text):
    dump = Dump(name=text, text=text, sha256=text, evidence=(text,))
    back = from_json(to_json(dump))
    assert (back.name, back.text, back.sha256, back.evidence) == (text, text, text, (text,))
    timeline = Timeline(damages={text: Damage(misread_as="cp1252"), "b": Damage(misread_as="cp1250")})
    assert from_json(to_json(timeline)).damages == timeline.damages


def test_strings_are_arrays_only_where_they_must_be():
    def written(text):
        return json.loads(to_json(Dump(name=text, text="", sha256="")))["value"]["name"]

    assert written("caf\udce9 👍") == "caf\udce9 👍"
    assert written("\udc4d\ud83d") == "\udc4d\ud83d"
    assert written("a\ud83d\udc4d\ud83d\udc4db") == ["a\ud83d", "\udc4d\ud83d", "\udc4db"]


@given(texts)
def test_what_is_parsed_and_merged_comes_back(text):
    lazy = parse(MARKED + "\n" + text, name="a.txt", captured_at=datetime(2026, 2, 4))
    assert isinstance(lazy.posts, LazyTuple)
    plain = from_json(to_json(lazy))
    assert plain == lazy
    assert lazy == plain
    assert isinstance(plain.posts, tuple)
    assert to_json(plain) == to_json(lazy) == to_json(copy.copy(lazy))
    assert plain.captured_at.tzinfo is UTC
    assert plain.definitions == lazy.definitions
    timeline = merge(lazy)
    assert from_json(to_json(timeline)) == timeline


def test_what_is_merged_from_json_is_the_same():
    first, second = (
        parse((SEEDS / name).read_text("utf-8"), name=name)
        for name in ("000_628b0fdcf95840e5.txt", "001_dbca723c20143212.txt")
    )
    timeline = merge(first, second)
    assert len(timeline) == 29
    assert from_json(to_json(timeline)) == timeline
    assert merge(from_json(to_json(first)), from_json(to_json(second))) == timeline


def test_a_layout_of_ones_own_comes_along():
    mine = Layout(name="harbour", marker="[{posted_at:%Y-%m-%d %H:%M}] ♥ {likes}", labels=("Picture",))
    dump = parse("Ahoy.\n[2026-02-03 17:04] ♥ 12", layout=mine)
    assert from_json(to_json(dump)).definitions == (mine,)


def test_the_form_is_pinned():
    dump = Dump(
        name="page.txt",
        text="β",
        sha256="",
        damage=Damage(misread_as="cp1252", then=Damage(misread_as="iso-8859-7", c1_policy=C1Policy.KEEP)),
        profile=Profile(name="Ada", joined=date(2023, 8, 19)),
        posts=(
            Post(
                text="Ahoy.",
                posted_between=(None, datetime(2026, 2, 3, 17, 4)),
                stats=Stats(utc_offset=timedelta(hours=1), likes=4, rounded=("likes",)),
            ),
        ),
        captured_at=datetime(2026, 2, 4, tzinfo=timezone(timedelta(hours=2))),
    )
    assert to_json(dump) == (
        '{"postdump":1,"type":"dump","value":{"name":"page.txt","text":"\\u03b2","sha256":"","layouts":[],'
        '"damage":{"misread_as":"cp1252","c1_policy":"drop",'
        '"then":{"misread_as":"iso-8859-7","c1_policy":"keep","then":null}},"equivalents":[],'
        '"profile":{"name":"Ada","handle":null,"bio":null,"followers":null,"following":null,"posts":null,'
        '"joined":"2023-08-19","rounded":[]},'
        '"posts":[{"text":"Ahoy.","card":null,"links":[],"stats":{"posted_at":null,"utc_offset":3600,"likes":4,'
        '"reposts":null,"replies":null,"quotes":null,"rounded":["likes"]},"posted_at":null,'
        '"posted_between":[null,"2026-02-03T17:04:00"],"author":null,"is_repost":false,"lines":[],"readings":[],'
        '"observations":[],"inferred":[],"repairs":[],"conflicts":[],"omitted_by":[]}],'
        '"unclaimed":[],"diagnostics":[],"evidence":[],"captured_at":"2026-02-04T00:00:00+02:00","definitions":[]}}'
    )
    assert from_json(to_json(dump)).captured_at.utcoffset() == timedelta(hours=2)


def test_the_keys_are_the_fields():
    value = json.loads(to_json(merge(parse(MARKED, name="a"))))["value"]
    assert list(value) == [one.name for one in attrs.fields(Timeline)]
    assert list(value["dumps"][0]) == [one.name for one in attrs.fields(Dump)]
    assert list(value["posts"][0]) == [one.name for one in attrs.fields(Post)]
    assert list(value["damages"]) == ["a"]


def test_any_mapping_and_sequence_is_written():
    damage = Damage(misread_as="cp1252")
    timeline = Timeline(posts=[Post(text="Ahoy.")], damages=MappingProxyType({"a": damage}))
    assert from_json(to_json(timeline)) == Timeline(posts=(Post(text="Ahoy."),), damages={"a": damage})


@pytest.mark.parametrize(
    "offset", [timedelta(microseconds=-1), timedelta(hours=5, minutes=45), timedelta(days=-3)]
)
def test_stretches_of_time_are_seconds(offset):
    dump = Dump(name="", text="", sha256="", posts=(Post(stats=Stats(utc_offset=offset)),))
    value = json.loads(to_json(dump))["value"]["posts"][0]["stats"]["utc_offset"]
    assert timedelta(seconds=value) == offset
    assert from_json(to_json(dump)) == dump


@pytest.mark.parametrize("value", [None, "dump", Post(), [parse("Ahoy.")]])
def test_nothing_else_is_written(value):
    with pytest.raises(TypeError, match="expected a Dump or a Timeline, got "):
        to_json(value)


@given(st.one_of(dumps, timelines))
def test_dicts_are_what_is_written(made):
    assert to_dict(made) == json.loads(to_json(made))["value"]


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (Span(start=1, end=2), {"start": 1, "end": 2}),
        (Damage(misread_as="cp1252"), {"misread_as": "cp1252", "c1_policy": "drop", "then": None}),
        (
            next(tokenize("Ahoy.")),
            {"kind": "text", "span": {"start": 0, "end": 5}, "text": "Ahoy.", "block": None},
        ),
    ],
)
def test_dicts_of_parts(made, expected):
    assert to_dict(made) == expected


def test_dicts_of_what_functions_return():
    found = to_dict(detect_damage(MARKED))
    assert found["damage"]["misread_as"] == "iso-8859-7"
    assert [run["end"] - run["start"] for run in found["runs"]][:1] == [1]
    assert list(found) == ["damage", "equivalents", "runs", "evidence"]


@pytest.mark.parametrize("value", [None, "dump", (), Post, [Post()], Role.TEXT])
def test_of_nothing_else_there_is_a_dict(value):
    with pytest.raises(TypeError, match="expected a value of postdump, got "):
        to_dict(value)


def test_damages_cannot_be_changed():
    damage = Damage(misread_as="cp1252")
    given = {"a": damage}
    for made in (
        Timeline(damages=given),
        attrs.evolve(Timeline(), damages=given),
        from_json(to_json(Timeline(damages=given))),
        merge(parse(MARKED, name="a")),
    ):
        assert list(made.damages) == ["a"]
        for again in (made, copy.copy(made), copy.deepcopy(made)):
            assert again.damages == made.damages == {**made.damages}
            with pytest.raises(TypeError, match="cannot be changed"):
                again.damages["b"] = damage
    given.clear()
    assert made.damages


def test_numbers_that_are_none_are_not_written():
    repair = Repair(
        before="",
        after="",
        reading=parse("a").unclaimed[0].readings[0],
        basis=Basis.CONTEXT,
        confidence=float("nan"),
    )
    with pytest.raises(ValueError):  # noqa: PT011  # the words are those of Python's json
        to_json(Timeline(repairs=(repair,)))


# What is not of the form.


def fails(text):
    with pytest.raises(FormatError) as caught:
        from_json(text)
    assert caught.value.__cause__ is None
    return str(caught.value)


def test_a_later_version_names_all_versions_that_it_reads(monkeypatch):
    monkeypatch.setattr(json_format, "VERSION", 2)
    with pytest.raises(FormatError, match="expected version 1 or 2, got 3, from a newer release of postdump"):
        from_json('{"postdump": 3, "type": "dump"}')


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "expected JSON (1:1)"),
        ("\ufeff{}", "expected JSON (1:1)"),
        ('{"postdump": 1,\n "type"', "expected JSON (2:8)"),
        ("{} {}", "expected JSON (1:4)"),
        ("'a'", "expected JSON (1:1)"),
        ("{}", 'expected an object with "postdump" and "type"'),
        ("[]", 'expected an object with "postdump" and "type"'),
        ("null", 'expected an object with "postdump" and "type"'),
        ('{"postdump": 1, "value": {}}', 'expected an object with "postdump" and "type"'),
        ('{"postdump": 2, "type": "dump"}', "expected version 1, got 2, from a newer release of postdump"),
        ('{"postdump": 0, "type": "dump"}', "expected version 1, got 0"),
        ('{"postdump": true, "type": "dump"}', "expected version 1, got True"),
        ('{"postdump": 1.0, "type": "dump"}', "expected version 1, got 1.0"),
        ('{"postdump": "1", "type": "dump"}', "expected version 1, got '1'"),
        ('{"postdump": 1, "type": "post"}', 'expected "dump" or "timeline" as type, got \'post\''),
        ('{"postdump": 1, "type": ["dump"]}', 'expected "dump" or "timeline" as type, got [\'dump\']'),
        ('{"postdump": 1, "type": "dump"}', 'expected a key "value"'),
        ('{"postdump": 1, "type": "dump", "value": {}, "x\\u001b": 1}', "expected no key 'x\\x1b'"),
        ('{"postdump": 1, "type": "dump", "value": 1}', "expected an object, got 1 @ value"),
        ('{"postdump": 1, "type": "dump", "value": {}}', 'expected a key "name" @ value'),
        ("NaN", "expected a finite number, got NaN"),
        ("[-Infinity]", "expected a finite number, got -Infinity"),
        ("1e999", "expected a finite number, got 1e999"),
    ],
)
def test_envelopes(text, message):
    assert fails(text) == message


@pytest.mark.parametrize("value", [b"{}", None, {}])
def test_only_text_is_read(value):
    with pytest.raises(TypeError, match="expected a str, got "):
        from_json(value)


def test_long_integers():
    assert fails("9" * 5000) == "expected JSON with integers of fewer digits"


@pytest.mark.parametrize("opening", ["[", '{"a":', '{"postdump":1,"type":"dump","value":['])
def test_nesting(opening):
    assert fails(opening * 200_000) == "expected less nesting"


@pytest.mark.parametrize("depth", [8, 100, 300, 800])
def test_damages_after_damages(depth):
    value = json.loads(to_json(parse("Ahoy.")))
    damage = None
    for _ in range(depth + 1):
        damage = {"misread_as": "cp1252", "c1_policy": "drop", "then": damage}
    value["value"]["damage"] = damage
    message = fails(json.dumps(value))
    if message != "expected less nesting":
        assert message.startswith("expected at most 8 damages in a row, got 9 @ value.damage")


DELETED = object()
POST = ("posts", 0)
READING = (*POST, "readings", 0)
STATS = (*POST, "stats")
ROLES = "'text', 'card', 'alt', 'label', 'marker', 'author', 'heading', 'profile', 'other'"


def broken(path, new, made=None):
    value = json.loads(to_json(parse(MARKED, name="a") if made is None else made))
    inner = value["value"]
    for key in path[:-1]:
        inner = inner[key]
    if new is DELETED:
        del inner[path[-1]]
    else:
        inner[path[-1]] = new
    return json.dumps(value)


@pytest.mark.parametrize(
    ("path", "new", "message"),
    [
        (("name",), None, "expected a string, got None @ value.name"),
        (("name",), [], "expected a string, got [] @ value.name"),
        (("name",), ["a", 1], "expected a string, got ['a', 1] @ value.name"),
        (("name",), DELETED, 'expected a key "name" @ value'),
        (("extra",), 1, "expected no key 'extra' @ value"),
        (("text",), 5, "expected a string, got 5 @ value.text"),
        (("layouts",), "bskyview", "expected an array, got 'bskyview' @ value.layouts"),
        (("layouts",), {"a": 1}, "expected an array, got {'a': 1} @ value.layouts"),
        (("layouts",), [1], "expected a string, got 1 @ value.layouts[0]"),
        (("posts",), None, "expected an array, got None @ value.posts"),
        (POST, [], "expected an object, got [] @ value.posts[0]"),
        ((*POST, "card"), DELETED, 'expected a key "card" @ value.posts[0]'),
        ((*POST, "is_repost"), 0, "expected true or false, got 0 @ value.posts[0].is_repost"),
        ((*STATS, "likes"), "4", "expected an integer, got '4' @ value.posts[0].stats.likes"),
        ((*STATS, "likes"), True, "expected an integer, got True @ value.posts[0].stats.likes"),
        ((*STATS, "likes"), 4.0, "expected an integer, got 4.0 @ value.posts[0].stats.likes"),
        ((*STATS, "utc_offset"), "1", "expected a number, got '1' @ value.posts[0].stats.utc_offset"),
        ((*STATS, "utc_offset"), False, "expected a number, got False @ value.posts[0].stats.utc_offset"),
        ((*STATS, "utc_offset"), 1e300, "expected seconds, got 1e+300 @ value.posts[0].stats.utc_offset"),
        (
            (*POST, "posted_at"),
            "2026-02-03T24:00",
            "expected a date and time, got '2026-02-03T24:00' @ value.posts[0].posted_at",
        ),
        (
            (*POST, "posted_at"),
            "2026-02-03 17:04:00",
            "expected a date and time, got '2026-02-03 17:04:00' @ value.posts[0].posted_at",
        ),
        ((*POST, "posted_at"), 5, "expected a date and time, got 5 @ value.posts[0].posted_at"),
        ((*POST, "posted_between"), [None], "expected 2 items, got 1 @ value.posts[0].posted_between"),
        (
            (*POST, "posted_between"),
            [None, "x"],
            "expected a date and time, got 'x' @ value.posts[0].posted_between[1]",
        ),
        (
            (*POST, "lines", 1, "role"),
            "x\x1b",
            f"expected one of {ROLES}, got 'x\\x1b' @ value.posts[0].lines[1].role",
        ),
        (
            (*POST, "lines", 0, "role"),
            ["text"],
            f"expected one of {ROLES}, got ['text'] @ value.posts[0].lines[0].role",
        ),
        ((*READING, "span", "start"), -1, "'start' must be >= 0: -1 @ value.posts[0].readings[0].span"),
        (("profile", "joined"), "20230819", "expected a date, got '20230819' @ value.profile.joined"),
        (("damage", "c1_policy"), "DROP", "expected one of 'drop', 'keep', 'windows_1252', "),
        (("damage", "misread_as"), "utf-8", "expected an encoding that keeps ASCII"),
        (("definitions", 0, "max_graphemes"), 0, "'max_graphemes' must be > 0: 0 @ value.definitions[0]"),
        (("definitions", 0, "stands"), "under", "expected one of 'before', 'after', got 'under'"),
        (
            ("definitions", 0, "marker"),
            "{likes}{reposts}",
            "expected white space, an icon or a word between two fields (1:8, template-glued) "
            "@ value.definitions[0]",
        ),
    ],
)
def test_fields_name_their_path(path, new, message):
    told = fails(broken(path, new))
    assert told.startswith(message)
    assert "\n" not in told
    if " @ " in message:
        assert told == message


@pytest.mark.parametrize(
    ("new", "message"),
    [
        ({"a": 1}, "expected an object, got 1 @ value.damages['a']"),
        (5, "expected an array, got 5 @ value.damages"),
        ([["a"]], "expected 2 items, got 1 @ value.damages[0]"),
        ([["a", None]], "expected an object, got None @ value.damages[0][1]"),
    ],
)
def test_mappings_name_their_keys(new, message):
    assert fails(broken(("damages",), new, Timeline())) == message


def test_every_problem_is_told_once():
    value = json.loads(broken(("name",), 1))
    value["value"]["posts"][0]["stats"]["likes"] = "x"
    assert fails(json.dumps(value)) == (
        "expected a string, got 1 @ value.name\nexpected an integer, got 'x' @ value.posts[0].stats.likes"
    )


def test_too_many_problems_are_counted():
    told = fails(broken(("layouts",), [1] * 13)).split("\n")
    assert told[0] == "expected a string, got 1 @ value.layouts[0]"
    assert (len(told), told[-1]) == (11, "and 3 more")


def test_long_values_are_cut():
    assert len(fails(broken(("posts",), "x" * 10_000))) < 100
    assert len(fails("1" * 400 + "e999")) < 100


def test_numbers_of_any_kind_are_confidence():
    for confidence in (1, 0.25):
        reading = parse("a").unclaimed[0].readings[0]
        repair = Repair(before="", after="", reading=reading, basis=Basis.CONTEXT, confidence=confidence)
        assert from_json(to_json(Timeline(repairs=(repair,)))).repairs == (repair,)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | texts,
        lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
    )
)
def test_any_json_is_read_or_refused(value):
    assert fails(json.dumps(value))
    assert fails(json.dumps({"postdump": 1, "type": "timeline", "value": value}))


@given(st.text())
def test_any_text_is_read_or_refused(text):
    assert fails(text)


def test_built_in_layouts_come_back():
    dump = Dump(name="", text="", sha256="", definitions=(BSKYVIEW,))
    assert from_json(to_json(dump)).definitions == (BSKYVIEW,)


# Values from strangers.

ZONED = "2026-02-03T17:04:00+01:00"
FIRST = "0001-01-01T00:00:00+02:00"
AHOY = "03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0"
FLAT_TEXT = "Posts by Ada Example (@ada.example.social)\nAhoy, don’t sink.\nLow tide is at nine.\nA bio."
STRANGE = (
    parse(MARKED, name="a", captured_at=datetime(2026, 2, 4)),
    parse(FLAT_TEXT, name="b"),
    parse(
        f"Quay repairs start\nquay.example.org\nAhoy.\n\n\nTwo.\n{AHOY}\nAhoy.\n{AHOY}\nAhoy.\n{AHOY}",
        name="c",
    ),
    parse("Low tide.\n7 months ago 9112 1737 502 134\n", name="d", captured_at=datetime(2026, 2, 4)),
    merge(parse(MARKED, name="a"), parse(FLAT_TEXT, name="b")),
)


def takes_part(value):
    """Give a value to every function that takes such values."""
    assert from_json(to_json(value)) == value
    list(rows(value))
    threads(value.posts)
    dedupe(value.posts)
    if isinstance(value, Dump):
        other = next(dump for dump in STRANGE if dump.name != value.name)
        assert sum(map(len, group([value, other, STRANGE[3]]))) == 3
        for timeline in (merge(value), merge(value, other)):
            assert to_json(timeline)
            list(rows(timeline))
            threads(timeline)


@pytest.mark.parametrize(
    ("path", "new", "message"),
    [
        (("unclaimed", 0, "readings"), [], "a reading, got []"),
        ((*POST, "lines", 0, "readings"), [], "a reading, got []"),
        ((*READING, "text"), "Ahoi.", "'Ahoy, donβt sink.', got 'Ahoi.'"),
        ((*POST, "lines", 0, "text"), "Ahoi.", "what its first reading shows, got 'Ahoi.'"),
        ((*READING, "line"), 0, "1 or more, got 0"),
        ((*STATS, "likes"), -1, "0 or more, got -1"),
        ((*STATS, "posted_at"), ZONED, f"a time without a zone, got '{ZONED}'"),
        ((*POST, "posted_at"), ZONED, f"a time without a zone, got '{ZONED}'"),
        ((*POST, "posted_between"), [None, ZONED], f"times without a zone, got [None, '{ZONED}']"),
        (("captured_at",), ZONED[:19], f"a time with a zone, got '{ZONED[:19]}'"),
        (("captured_at",), FIRST, f"a time with a zone, got '{FIRST}'"),
    ],
)
def test_what_contradicts_itself_is_refused(path, new, message):
    where = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    assert fails(broken(path, new)) == f"expected {message} @ value{where}"


def test_spans_beyond_the_text():
    problem = "expected a span within 81 characters, got the end 999 @ value"
    diagnostic = {"code": "no-marker", "message": "", "span": {"start": 0, "end": 999}}
    assert fails(broken((*READING, "span", "end"), 999)) == f"{problem}.posts[0].readings[0].span"
    assert fails(broken(("diagnostics",), [diagnostic])) == f"{problem}.diagnostics[0].span"


def test_timelines_are_compared_with_their_dumps():
    made = STRANGE[-1]
    assert fails(broken(("dumps", 1, "name"), made.dumps[0].name, made)).startswith(
        "expected dumps of different names @ value.dumps"
    )
    assert fails(broken(("posts", 0, "lines", 0, "readings", 0, "text"), "Ahoi.", made)) == (
        "expected 'Ahoy, donβt sink.', got 'Ahoi.' @ value.posts[0].lines[0].readings[0].text"
    )
    assert fails(broken(("dumps", 0, "unclaimed", 0, "readings"), [], made)) == (
        "expected a reading, got [] @ value.dumps[0].unclaimed[0].readings"
    )
    assert fails(broken(("dumps", 0, "unclaimed", 0, "text"), "Ahoi.", made)) == (
        "expected what its first reading shows, got 'Ahoi.' @ value.dumps[0].unclaimed[0].text"
    )
    assert from_json(to_json(attrs.evolve(made, dumps=()))).posts == made.posts


def places_in(value, path=()):
    """Yield the path of everything in a document."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (*path, key)
        yield from places_in(inner, (*path, key))


def altered(value, data):
    """Alter a part of a document a little, or replace it."""
    if isinstance(value, list) and value and data.draw(st.booleans()):
        return data.draw(st.sampled_from([value[::-1], value + value, value[:-1], value[1:]]))
    if isinstance(value, int) and data.draw(st.booleans()):
        return data.draw(st.sampled_from([value - 1, value + 1, -value - 1, value * 10**400]))
    if isinstance(value, str) and data.draw(st.booleans()):
        return data.draw(
            st.sampled_from(["", value + "x", value[1:], value + "+02:00", value[:-1], value.upper()])
        )
    moments = [
        "0001-01-01T00:00:00",
        "9999-12-31T23:59:59",
        "0001-01-01T00:00:00+02:00",
        "2026-02-03T17:04:00",
    ]
    return data.draw(
        st.sampled_from([None, True, 0, -1, 10**400, 0.5, "", "text", "marker", [], {}, *moments])
    )


@given(st.sampled_from(STRANGE), st.data())
def test_any_change_is_refused_or_taken(made, data):
    document = json.loads(to_json(made))
    for _ in range(data.draw(st.integers(1, 3))):
        *way, last = data.draw(st.sampled_from(list(places_in(document["value"], ("value",)))))
        inner = document
        for key in way:
            inner = inner[key]
        how = data.draw(st.integers(0, 9))
        if how == 0:
            del inner[last]
        elif how == 1:
            *other, key = data.draw(st.sampled_from(list(places_in(document["value"], ("value",)))))
            there = document
            for step in other:
                there = there[step]
            inner[last] = copy.deepcopy(there[key])
        else:
            inner[last] = altered(inner[last], data)
        if not isinstance(document["value"], dict):
            break
    try:
        value = from_json(json.dumps(document))
    except FormatError:
        return
    takes_part(value)
