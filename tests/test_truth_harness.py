# SPDX-License-Identifier: MIT
"""The truth harness of `benchmarks/truth.py` at a small size, and that it finds what is wrong."""

import json
import random
import re
import sys
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from attrs import evolve

from postdump import Card, from_json, to_json
from postdump import merge as merge_dumps

sys.path.append(str(Path(__file__).resolve().parents[1] / "benchmarks"))

import suites
import truth
import worlds
from known import readable

SIZE = 40
SPOILED = 1
"""Its timeline has dated and undated posts, and cards, below the top."""

CASES = [
    *(pytest.param(suite, SIZE, range(2), id=suite) for suite in suites.SUITES),
    # What was wrong once.
    pytest.param("three-ways", SIZE, [0, 1, 3], id="three-ways-0"),
    pytest.param("many", 60, [4], id="many-4"),
    pytest.param("shown-twice", SIZE, [17], id="shown-twice-17"),
    pytest.param("seed-like", 60, [26], id="seed-like-26"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("suite", "size", "seeds"), CASES)
def test_goals(suite, size, seeds):
    score = truth.run(suite, size, seeds)
    assert truth.missed(score.figures(), suites.SUITES[suite][1]) == [], score.errors
    assert score.unstable == 0


@pytest.mark.slow
def test_group():
    figures = truth.run_group(12)
    assert figures["precision"] == 1
    assert figures["recall"] > 0.9


# Every scorer can fail.


@cache
def case():
    return suites.omitted(random.Random(SPOILED), SIZE)


@cache
def timeline():
    return tuple(from_json(to_json(merge_dumps(*case().dumps))).posts)


def figures_of(posts):
    return truth.scored(case(), posts).figures()


def spoiled(change, wanted=lambda post: True):
    """Change the first post below the top that is wanted."""
    posts = list(timeline())
    at = next(i for i in range(2, len(posts)) if wanted(posts[i]))
    posts[at] = evolve(posts[at], **change(posts[at]))
    return figures_of(posts)


def below(figures):
    return {name for name, share in figures.items() if share < 1}


RIGHT = {"precision", "recall", "F1"}


def test_nothing_is_wrong_before():
    assert below(figures_of(timeline())) == set()


def is_dated(post):
    return post.posted_at is not None


def is_undated(post):
    return post.posted_at is None


def has_lines(post):
    return "\n" in post.text


@pytest.mark.parametrize(
    ("change", "wanted", "found"),
    [
        (lambda post: {"text": post.text + " And so on."}, is_dated, RIGHT | {"texts"}),
        (lambda post: {"text": post.text.replace(" ", "  ", 1)}, is_dated, RIGHT | {"texts"}),
        (lambda post: {"text": post.text.replace("\n", " ")}, has_lines, RIGHT | {"texts"}),
        (lambda post: {"text": post.text.replace("\n", "\n\n\n", 1)}, has_lines, {"texts"}),
        (lambda post: {"posted_at": post.posted_at + timedelta(minutes=1)}, is_dated, {"times"}),
        (lambda post: {"posted_at": None}, is_dated, {"times"}),
        (lambda post: {"posted_at": worlds.NOW - timedelta(days=900)}, is_undated, {"times"}),
        (lambda post: {"posted_between": (worlds.NOW, None)}, is_undated, {"times"}),
        (lambda post: {"stats": evolve(post.stats, likes=123_456)}, is_dated, {"counts"}),
        (lambda post: {"stats": evolve(post.stats, likes=0)}, is_undated, {"counts"}),
        (lambda post: {"card": None}, lambda post: post.card, {"cards"}),
        (lambda post: {"card": Card(title="Quay")}, lambda post: not post.card, {"cards"}),
        (lambda post: {"omitted_by": ()}, lambda post: post.omitted_by, {"omitted"}),
        (lambda post: {"omitted_by": ("early",)}, lambda post: not post.omitted_by, {"omitted"}),
    ],
)  # fmt: skip
def test_a_spoiled_post_is_seen(change, wanted, found):
    assert below(spoiled(change, wanted)) == found


def test_a_lost_post_is_seen():
    assert below(figures_of(timeline()[:10] + timeline()[11:])) == {"recall", "F1"}


def test_an_invented_post_is_seen():
    one = timeline()[10]
    assert below(figures_of((*timeline()[:10], one, *timeline()[10:]))) == {"precision", "F1"}


def test_another_order_is_seen():
    posts = list(timeline())
    posts[10], posts[11] = posts[11], posts[10]
    assert below(figures_of(posts)) == {"order"}


def test_either_end_may_be_the_top_only_where_nothing_tells():
    assert figures_of(timeline()[::-1])["order"] == 0
    turned = truth.scored(suites.replace(case(), either_way=True), timeline()[::-1])
    assert turned.figures()["order"] == 1


def test_a_post_cut_in_two_is_seen():
    at = next(i for i, post in enumerate(timeline()) if post.posted_at and "\n" in post.text)
    one = timeline()[at]
    first, rest = one.text.split("\n", 1)
    halves = evolve(one, text=first), evolve(one, text=rest.lstrip("\n"))
    assert below(figures_of((*timeline()[:at], *halves, *timeline()[at + 1 :]))) >= RIGHT


def test_a_flat_stretch_longer_than_a_post_is_seen():
    long = [worlds.Words(random.Random(n)).sentence(26, beyond=0) for n in range(3)]
    world = worlds.draw_world(random.Random("stretch"), SIZE, cards=0)
    posts = list(world.posts)
    for number, line in enumerate(long, 20):
        posts[number] = suites.replace(posts[number], paragraphs=((line,),))
    world = suites.replace(world, posts=tuple(posts))
    rng, shown = random.Random(1), worlds.view(world)
    flat = worlds.write(world, shown, worlds.FLAT, rng, "flat")
    marked = worlds.write(world, worlds.without(shown, {20, 21, 22}), worlds.COMPACT, rng, "marked")
    stretch = suites.Case(world, (flat, marked))
    one = timeline()[0]
    readings = tuple(evolve(reading, dump="flat") for reading in one.readings)
    cut = [evolve(one, text=line, readings=readings) for line in long]
    whole = [evolve(one, text="\n".join(long), readings=readings)]
    assert truth.scored(stretch, cut).right_true == 3
    assert truth.scored(stretch, whole).right_true == 0


def test_the_order_of_arguments_is_tried(monkeypatch):
    monkeypatch.setattr(truth, "merge", lambda *dumps: merge_dumps(dumps[0]))
    assert truth.run("seed-like", SIZE, [0]).unstable > 0


def test_groups_that_are_wrong_are_seen():
    owners = ["ada", "ada", "bo", "bo"]
    assert truth.scored_groups(owners, [[0, 1], [2, 3]]) == {"precision": 1, "recall": 1}
    assert truth.scored_groups(owners, [[0, 1, 2, 3]]) == {"precision": 2 / 6, "recall": 1}
    assert truth.scored_groups(owners, [[0, 1], [2], [3]]) == {"precision": 1, "recall": 0.5}


# The truth itself.


def test_a_damage_is_not_the_library_s():
    assert worlds.GREEK("don’t — ahoy") == "donβt β ahoy"
    assert worlds.Misreading("cp1252", "question")("“so”") == "â€œsoâ€?"


def test_what_only_a_damaged_page_shows_may_stay_damaged():
    pattern = re.compile(readable("don’t", [worlds.GREEK]))
    assert pattern.fullmatch("don’t")
    assert pattern.fullmatch("donβt")
    assert not pattern.fullmatch("don't")
    assert readable("don’t", [worlds.GREEK, None]) == re.escape("don’t")


# The command line.


def test_the_command_line(monkeypatch, capsys, tmp_path):
    file = tmp_path / "figures.json"
    given = ["truth.py", "--only", "omitted", "--posts", str(SIZE), "--seeds", "1", "--json", str(file)]
    monkeypatch.setattr(sys, "argv", given)
    assert truth.main() == 0
    assert json.loads(file.read_text("utf-8"))["omitted"]["F1"] == 1
    assert capsys.readouterr().out.splitlines()[-1].endswith("ok")


def test_a_missed_goal_is_a_failure(monkeypatch, capsys):
    draw, _ = suites.SUITES["lossy"]
    monkeypatch.setitem(suites.SUITES, "lossy", (draw, {"F1": 1.01}))
    given = ["truth.py", "--only", "lossy", "--posts", str(SIZE), "--seeds", "1", "--errors", "1"]
    monkeypatch.setattr(sys, "argv", given)
    assert truth.main() == 1
    assert "MISSED F1" in capsys.readouterr().out


def test_group_alone(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["truth.py", "--only", "group", "--profiles", "3"])
    assert truth.main() == 0
    assert "12 dumps of 3 profiles" in capsys.readouterr().out
