# SPDX-License-Identifier: MIT
"""
What parsing costs, in units of F: one bare search for the stats lines over the same text.

    python benchmarks/parse.py [posts] [--rounds N] [--collector off] [--json FILE]
"""

import argparse
import gc
import io
import json
import platform
import random
import sys
import tracemalloc
from pathlib import Path
from statistics import median
from time import perf_counter

import regex

from postdump import iter_posts, parse
from postdump.layouts import BSKYVIEW

WORDS = (
    *("lantern", "quay", "harbour", "engineer", "opinion", "tide", "boat", "singing", "festival", "tonight"),
    *("council", "approved", "plan", "wall", "north", "ferry", "repair", "bridge", "bell", "market", "gull"),
    *("rope", "anchor", "storm", "glass", "window", "copper", "baker", "kettle", "stair"),
)

FLOOR = regex.compile(
    r"([0-9]{2}\.[0-9]{2}\.[0-9]{4}) ([0-9]{2}:[0-9]{2}) \S+ "
    r"\S+ ([0-9]+) \S+ ([0-9]+) \S+ ([0-9]+) \S+ ([0-9]+)"
)


def page(posts):
    """Write a damaged dump of so many posts: two or three lines and a stats line each, about 203 bytes."""
    rng = random.Random(203)
    lines = []
    for _ in range(posts):
        for _ in range(rng.choice((2, 2, 3))):
            lines.append(" ".join(rng.choices(WORDS, k=rng.randint(8, 12))).capitalize() + ".")
        day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(2023, 2026)
        when = f"{day:02}.{month:02}.{year} {rng.randrange(24):02}:{rng.randrange(60):02}"
        likes, reposts, replies, quotes = (rng.randrange(most) for most in (300, 30, 6, 4))
        lines.append(f"{when} β π {likes} π {reposts} π¬ {replies} π {quotes}")
    return "\n".join(lines) + "\n"


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


def seconds(run, text):
    gc.collect()
    start = perf_counter()
    run(text)
    return perf_counter() - start


def measured(text, rounds):
    """Run everything in turns; a ratio is to the floors right before and after."""
    floors, ratios = [], {run: [] for run in GOALS}
    for _ in range(rounds):
        before = seconds(floor, text)
        for run, found in ratios.items():
            took, after = seconds(run, text), seconds(floor, text)
            found.append(2 * took / (before + after))
            floors.append(before)
            before = after
    return median(floors), {run: median(found) for run, found in ratios.items()}


def held_bytes(text, posts):
    """Weigh what a parsed dump keeps for each post, its text apart."""
    parse(text[:20_000])  # patterns and the days of a calendar are made once
    tracemalloc.start()
    kept = untouched(text)
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert len(kept) == posts
    return size / posts


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("posts", nargs="?", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--collector", choices=("on", "off"), default="on")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    given = parser.parse_args()
    if given.collector == "off":
        gc.disable()
    text = page(given.posts)
    unit, ratios = measured(text, given.rounds)
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
    if given.json:
        given.json.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
