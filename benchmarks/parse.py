# SPDX-License-Identifier: MIT
"""
Measure parsing as a ratio to F, which is one plain search for stats lines in the same text.

    python benchmarks/parse.py [posts] [--rounds N] [--collector off] [--json FILE]
"""

import io
import platform
import sys
import tracemalloc

import regex
from pages import page
from timing import arguments, in_turns, parser_of, write

from postdump import iter_posts, parse
from postdump.layouts import BSKYVIEW

FLOOR = regex.compile(
    r"([0-9]{2}\.[0-9]{2}\.[0-9]{4}) ([0-9]{2}:[0-9]{2}) \S+ "
    r"\S+ ([0-9]+) \S+ ([0-9]+) \S+ ([0-9]+) \S+ ([0-9]+)"
)


def floor(text):
    for _ in FLOOR.finditer(text):
        pass


def untouched(text):
    return parse(text).posts


def touched(text):
    for post in parse(text).posts:
        post.text, post.stats, post.posted_at  # noqa: B018


def with_readings(text):
    for post in parse(text).posts:
        post.text, post.stats, post.posted_at  # noqa: B018
        for reading in post.readings:
            reading.text  # noqa: B018


def held(text):
    posts = list(parse(text).posts)
    for post in posts:
        post.text, post.stats, post.posted_at  # noqa: B018


def streamed(text):
    for post in iter_posts(io.StringIO(text), layout=BSKYVIEW):
        post.text, post.stats, post.posted_at  # noqa: B018


GOALS = {untouched: 2.5, touched: 6, with_readings: 8, held: None, streamed: 6}


def held_bytes(text, posts):
    """Return the bytes that a parsed dump holds for each post, besides its text."""
    parse(text[:20_000])  # patterns and the days of the calendar are made once, and not counted
    tracemalloc.start()
    kept = untouched(text)
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert len(kept) == posts
    return size / posts


def main():
    parser = parser_of(__doc__)
    parser.add_argument("posts", nargs="?", type=int, default=100_000)
    given = arguments(parser)
    text = page(given.posts)
    unit, ratios = in_turns((floor, text), {run: (run, text) for run in GOALS}, given.rounds)
    size = held_bytes(text, given.posts)
    figures = {
        "python": platform.python_version(),
        "posts": given.posts,
        "bytes_per_post": round(len(text.encode()) / given.posts, 1),
        "collector": given.collector,
        "rounds": given.rounds,
        "floor_microseconds": round(unit / given.posts * 1e6, 3),
        "ratios": {run.__name__: round(ratio, 2) for run, ratio in ratios.items()},
        "held_bytes_per_post": round(size, 1),
    }
    print(
        f"{given.posts} posts of {figures['bytes_per_post']} bytes, Python {figures['python']}, "
        f"collector {given.collector}, medians of {given.rounds}"
    )
    print(f"F              {figures['floor_microseconds']:6.2f} µs a post")
    for run, goal in GOALS.items():
        print(f"{run.__name__:14} {ratios[run]:6.2f} F" + (f"   (goal {goal})" if goal else ""))
    print(f"held           {size:6.1f} bytes a post untouched   (goal 300)")
    write(figures, given.json)


if __name__ == "__main__":
    sys.exit(main())
