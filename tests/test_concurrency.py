# SPDX-License-Identifier: MIT
"""Threads that share a dump, a timeline or their posts read what one thread reads."""

import random
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import attrs
import pytest
from page import GREEK, SENTENCES, dump, stats

import postdump
from postdump import merge
from postdump.models import Dump, Timeline

THREADS = 4
POSTS = 8
SOURCE = str(Path(postdump.__file__).parent)
POST_FIELDS = (
    "lines",
    "readings",
    "repairs",
    "conflicts",
    "omitted_by",
    "posted_between",
    "card",
    "inferred",
)


def lines_of(numbers, likes=4):
    """Return the lines of posts of which no two have the same words or the same minute."""
    for n in numbers:
        yield f"{n}. {SENTENCES[n % len(SENTENCES)]} It’s tide no. {n}."
        yield from (f"And of tide no. {n} a second line.",) * (n % 2)
        yield stats(f"03.02.2026 {20 - n // 60:02}:{59 - n % 60:02}", likes)


def dumps():
    """Parse three dumps, of which nobody has read anything: one is damaged, one lacks posts."""
    return [
        dump("all.txt", *lines_of(range(POSTS))),
        dump("damaged.txt", *lines_of(range(2, POSTS), likes=5), damage=GREEK),
        dump("gaps.txt", *lines_of(n for n in range(POSTS) if n % 5)),
    ]


def what_posts_say(posts, numbers):
    """Read fields of posts in an order of their own; return what they say, by number and name."""
    said = {}
    for number in numbers:
        post = posts[number]
        for name in POST_FIELDS:
            said[number, name] = getattr(post, name)
            for reading in said[number, name] if name == "readings" else ():
                said[number, reading.dump, reading.text] = (reading.line, reading.column, reading.span)
    return said


def what_it_says(x, seed):
    """Read a dump or a timeline in an order that the seed gives; return what it says, as sorted text."""
    rng = random.Random(seed)
    numbers = list(range(len(x.posts)))
    rng.shuffle(numbers)
    names = [field.name for field in attrs.fields(type(x)) if field.name not in {"posts", "dumps"}]
    rng.shuffle(names)
    said = what_posts_say(x.posts, numbers)
    said.update((("", name), getattr(x, name)) for name in names)
    return sorted((repr(key), repr(value)) for key, value in said.items())


def in_threads(read):
    """Return what each of several threads reads that begin at the same moment."""
    start = threading.Barrier(THREADS)

    def begin(number):
        start.wait()
        return read(number)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(begin, range(THREADS)))


@contextmanager
def switching_often():
    """Let threads take turns after every few instructions, not after 5 ms."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        yield
    finally:
        sys.setswitchinterval(interval)


@contextmanager
def traced(trace):
    """Let new threads call a function at every line, and leave coverage's own where it was."""
    before = threading.gettrace()
    threading.settrace(trace)
    try:
        yield
    finally:
        threading.settrace(before)


def switching_at_every_line():
    """Let new threads hand over at lines of the library, where they read or change what they share."""

    def trace(frame, event, _):
        if not frame.f_code.co_filename.startswith(SOURCE):
            return None
        if event == "line":
            time.sleep(0)
        return trace

    return traced(trace)


SWITCHES = pytest.mark.parametrize("switching", [switching_often, switching_at_every_line])


def first_dump():
    return dumps()[0]


def timeline():
    return merge(*dumps())


@SWITCHES
@pytest.mark.parametrize("make", [first_dump, timeline])
def test_threads_read_what_one_reads(make, switching):
    expected = what_it_says(make(), 0)
    assert len(make().posts) == POSTS
    x = make()
    with switching():
        found = in_threads(lambda seed: what_it_says(x, seed))
    assert [one == expected for one in found] == [True] * THREADS
    assert what_it_says(x, 0) == expected


@SWITCHES
@pytest.mark.parametrize("make", [first_dump, timeline])
def test_threads_share_posts(make, switching):
    """What the first of them reads stays in the post: it must not be another post's."""
    expected = repr(tuple(make().posts))
    posts = tuple(make().posts)
    with switching():
        in_threads(lambda seed: what_posts_say(posts, random.Random(seed).sample(range(POSTS), POSTS)))
    assert repr(posts) == expected


@SWITCHES
def test_threads_share_a_table_of_lines(switching):
    """A position in a table that another thread has only begun would be in a line too early."""
    long = dump("long.txt", *lines_of(range(200)))
    expected = [(post.readings[0].line, post.readings[0].column) for post in long.posts]
    for _ in range(3):
        readings = [post.readings[0] for post in dump("long.txt", *lines_of(range(200))).posts]

        def read(seed, readings=readings):
            numbers = random.Random(seed).sample(range(len(readings)), 20)
            return [(readings[n].line, readings[n].column) == expected[n] for n in numbers]

        with switching():
            assert all(map(all, in_threads(read)))


@SWITCHES
def test_threads_merge_the_same_dumps(switching):
    expected = what_it_says(timeline(), 0)
    shared = dumps()
    with switching():
        merged = in_threads(lambda _: merge(*shared))
    assert all(type(one) is Timeline for one in merged)
    assert all(type(one) is Dump for one in shared)
    assert [what_it_says(one, 0) == expected for one in merged] == [True] * THREADS


@pytest.mark.parametrize("make", [first_dump, timeline])
def test_another_may_read_at_any_line(make):
    """At each line of the library that a reader comes to, another reads another post, from begin to end."""
    expected = what_it_says(make(), 0)
    posts_expected = [repr(what_posts_say(make().posts, [number])) for number in range(POSTS)]
    x = make()
    interrupted = set()
    are_right = []

    def trace(frame, event, _):
        if not frame.f_code.co_filename.startswith(SOURCE):
            return None
        place = frame.f_code.co_filename, frame.f_lineno
        if event == "line" and place not in interrupted:
            interrupted.add(place)
            number = len(interrupted) % POSTS
            are_right.append(repr(what_posts_say(x.posts, [number])) == posts_expected[number])
        return trace

    with traced(trace), ThreadPoolExecutor(1) as pool:
        assert pool.submit(what_it_says, x, 0).result() == expected
    assert len(are_right) > 200
    assert all(are_right)
