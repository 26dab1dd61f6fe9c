# SPDX-License-Identifier: MIT
"""
Check that time stays linear on texts made to be slow: time = size ** exponent, fitted over five sizes.

    python benchmarks/scaling.py [megabytes] [--only WORD]

For parsing and for merging, an exponent is also fitted to memory, the peak of tracemalloc. Tracing is slow,
and memory is the same in each run, so these texts are shorter. Merges run on pages whose posts mostly differ,
and on lines that are hard to align. Their time is a ratio to splitting and one dictionary, because a
dictionary itself gets slower as it grows. The exit status is 1 if an exponent is above 1.15.
"""

import argparse
import gc
import re
import sys
import tracemalloc
from functools import partial
from math import log
from statistics import linear_regression
from time import process_time

from goals import adversaries
from pages import overlap

from postdump import iter_posts, merge, parse, tokenize
from postdump._parse.compiled_layout import compile_layout
from postdump._text.links import LINK
from postdump.layouts import BSKYVIEW, BUILT_IN, Layout

MOST = 1.15
ENOUGH = 0.02
"""Least seconds of a measurement."""
LONG = 1.0
"""A measurement that takes more seconds is not repeated."""
STREAMED = 2
"""How many times as long the texts for streams are; a text that fits into one round is searched only once."""
TRACED = 8
"""How many times shorter the texts are whose memory is traced."""
DATE = "03.02.2026 17:04"
STATS = f"{DATE} — 👍 4 🔁 3 💬 0 📌 0"

FAMILIES = {
    "digits": "7",
    "zeros": "0",
    "digits and spaces": "12 ",
    "dates": DATE,
    "dates, spaced": f"{DATE} ",
    "dates, a line each": f"{DATE}\n",
    "days": "03.02.",
    "dots": ".",
    "spaces": " ",
    "date, then spaces": DATE + " " * 500,
    "breaks": "\n",
    "carriage returns": "\r",
    "date, then breaks": DATE + "\r\n" * 50,
    "date, then returns": f"{DATE}\r",
    "slot characters": "π",
    "date, then slot characters": DATE + "π" * 500,
    "date, icon, spaces": DATE + " π" + " " * 63,
    "question marks": "?",
    "one count": f"{DATE} — 👍 4 ",
    "two counts": f"{DATE} — 👍 4 🔁 3 ",
    "three counts": f"{DATE} — 👍 4 🔁 3 💬 0 ",
    "three counts and an icon": f"{DATE} — 👍 4 🔁 3 💬 0 📌 ",
    "counts without end": f"{DATE} — 👍 {'9' * 500} ",
    "counts one digit too long": f"{DATE} — 👍 4 🔁 3 💬 0 📌 {'9' * 16} ",
    "leading zeros": f"{DATE} — 👍 04 🔁 03 💬 00 📌 00 ",
    "markers": f"{STATS}\n",
    "markers, glued": STATS,
    "markers in mid-line": f"on {DATE} 4 3 0 0 ",
    "impossible dates": f"{STATS}\n".replace("03.02", "31.02"),
    "months first": f"{STATS}\n".replace("03.02", "02.13"),
    "blanks after markers": STATS + " " * 500,
    "ages": "7 months ago 9112 1737 502 134\n",
    "ages in mid-line": "7 months ago 9112 ",
    "months": "January ",
    "dates in words": "January 14, 2026 at 8:59 AM\n",
    "dates in words, glued": "aug 23, 2025, 3:57 pm • 2 0",
    "dashes": "— ",
    "dashes and names": "— Ada ",
    "signatures without end": "— Ada (@ada.example.social) ",
    "signatures": "Ahoy.\n— Ada (@ada.example.social)2025-10-22T15:10:14.908Z\n",
    "names and handles": "Ada (@ada.example.social)\n",
    "half a handle": "Ada (@",
    "handles": "@ada.example.social\n",
    "own handles": "ada.example.social\nAhoy.\n",
    "reposts": "Reposted by Ada\n",
    "reposts and handles": "Reposted by Ada\nbo.example.social\n",
    "half a gopher": "(DIR) Post #",
    "gophers": "(DIR) Post #B2 by ada@x.example\n2025-12-30T12:11:35Z\n0 likes, 0 repeats\n",
    "labels": "Preview\n",
    "labels in a line": "Post image ",
    "alt texts": "A gull. ALT: A gull.\n",
    "headings": "Posts by Ada\n",
    "half a heading": "Posts by ",
    "headings without end": "Posts by Ada (@",
    "hosts": "quay.example.",
    "links": "quay.example.org/a ",
    "half a link": "https://",
    "parentheses": "www.quay.example.org/(",
    "words before a dash": "Ada wrote — ",
    "names in words": "Ada wrote on 14 January 2026, ",
    "ages and names": "7 months ago by Ada / ",
    "short counts": "1.4K likes ",
    "grouped counts": "9,112 ",
    "grouped counts without end": "112,",
}


def _fewer(text):
    """Return every third post of a page with stats lines."""
    posts = re.split("(?<=📌 .\n)", text)
    return "".join(posts[::3])


MERGED = {
    "marked and flat": lambda dumps: (dumps.marked, dumps.flat),
    "marked and flat, blank lines": lambda dumps: (dumps.marked, dumps.flat.replace("\n", "\n\n")),
    "most posts flat alone": lambda dumps: (_fewer(dumps.other), dumps.flat.replace("\n", "\n\n")),
    "two marked": lambda dumps: (dumps.marked, dumps.other),
    "two flat": lambda dumps: (dumps.flat, dumps.flat[len(dumps.flat) // 10 :]),
    "three": lambda dumps: (dumps.marked, dumps.flat, dumps.other),
    "marked, and all lines upwards": lambda dumps: (dumps.marked, "\n".join(dumps.flat.split("\n")[::-1])),
}
"""Pages to merge: pairs of dumps that overlap."""
A_POST = 500
"""Approximate code points of the dumps for each post."""
A_LINE = 100
"""Approximate code points of a line of both sides."""

USERS = [
    Layout(name=f"user {number}", marker=marker)
    for number, marker in enumerate(
        (
            "{name} wrote on {posted_at:%d %B %Y}, {likes} liked it",
            "{name} / {handle} / {posted_at:%Y-%m-%d}",
            "{age} by {name} / {likes:short} likes",
            "{posted_at:%d.%m.%Y|%Y-%m-%d|%B %d, %Y} {likes:grouped} {reposts:grouped}",
            "{likes} {reposts} {replies} {quotes}",
            "{likes:grouped} — {name}",
            "#{id} {handle} {posted_at:%Y-%m-%dT%H:%M:%S.%f%z}",
        )
    )
]
"""Layouts that users may write: every kind of field, with names at both ends and in the middle."""
LAYOUTS = (*BUILT_IN[:-1], *USERS)


def find_markers(text):
    for layout in LAYOUTS:
        for _ in compile_layout(layout).marker.finder.finditer(text):
            pass


def read_markers(text):
    for layout in LAYOUTS:
        for _ in compile_layout(layout).marker.pattern.finditer(text):
            pass


def read_posts(text):
    """Read every field of a page in every layout, with a known owner."""
    for layout in BUILT_IN:
        dump = parse(f"@ada.example.social\n{text}", layout=layout)
        for post in dump.posts:
            post.card, post.author, post.is_repost, post.lines  # noqa: B018


def index_posts(text):
    posts = parse(text, layout=BSKYVIEW).posts
    for number in range(len(posts)):
        posts[number]


def find_headings(text):
    for heading in compile_layout(BSKYVIEW).phrases.headings:
        for _ in heading.pattern.finditer(text):
            pass


def find_links(text):
    for _ in LINK.finditer(text):
        pass


def cut(text):
    for _ in tokenize(text, layout=BSKYVIEW):
        pass


def stream(lines):
    for _ in iter_posts(lines, layout=BSKYVIEW):
        pass


def merge_pages(texts):
    """Merge pages, and read every post."""
    for post in merge(*(parse(text, name=str(n)) for n, text in enumerate(texts))).posts:
        post.text, post.stats, post.posted_at, post.lines  # noqa: B018


RUNS = (find_markers, read_markers, read_posts, index_posts, find_headings, find_links, cut)


def seconds(run, text):
    """Return the time of one run; for a short run, the best of three series long enough to measure."""
    gc.collect()
    times: list[float] = []
    while len(times) < (1 if times and times[0] > LONG else 3):
        runs, start, took = 0, process_time(), 0.0
        while took < ENOUGH:
            run(text)
            runs, took = runs + 1, process_time() - start
        times.append(took / runs)
    return min(times)


def over_floor(run, texts):
    """
    Return the time of one run for each character, divided by that of splitting and one dictionary.

    A dictionary that is larger than the processor's cache is slower for each line, in any program.
    """
    return seconds(run, texts) / seconds(look_up, texts) * size(texts)


def look_up(texts):
    where = {}
    for text in texts:
        where.update((line, number) for number, line in enumerate(text.split("\n")))


def peak(run, text):
    """Return the peak memory of one run, without the text."""
    tracemalloc.start()
    run(text)
    held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return held


def size(given):
    """Return the number of characters that a run reads."""
    return len(given) if isinstance(given, str) else sum(map(len, given))


def exponent(run, make, most, measured):
    """Fit the exponent over five sizes of what `make` makes, the smallest a sixteenth of the largest."""
    sizes, found = [], []
    for part in (16, 8, 4, 2, 1):
        given = make(most // part)
        sizes.append(size(given))
        found.append(measured(run, given))
    slope = linear_regression(list(map(log, sizes)), list(map(log, found))).slope
    return slope, found[-1] / sizes[-1]


def repeated(unit, most):
    return unit * (most // len(unit) + 1)


def streamed(unit, most):
    """Return the lines of a text, split before the clock starts, because splitting can take longer."""
    return repeated(unit, most * STREAMED).splitlines(keepends=True)


def merged(name, most):
    """Return the pages of that name to merge, with about `most` characters."""
    if name in MERGED:
        return MERGED[name](overlap(most // A_POST))
    lines = adversaries(max(1, most // A_LINE // 200) * 200)[name]  # a number that fits all of them
    return ["\n".join(side) for side in lines]


def rows(most):
    """Yield the name of each measurement, and a function that runs it."""
    families = {name: partial(repeated, unit) for name, unit in FAMILIES.items()}
    pages = {name: partial(merged, name) for name in (*MERGED, *adversaries(200))}
    lines = {name: partial(streamed, unit) for name, unit in FAMILIES.items()}
    for run, makes in (*((run, families) for run in RUNS), (stream, lines)):
        for name, make in makes.items():
            label = f"{run.__name__:14} {name:28}"
            yield label, "ns a character", partial(exponent, run, make, most, seconds), 1e9
    for name, make in pages.items():
        label = f"{'merge_pages':14} {name:28}"
        yield label, "× split and dict", partial(exponent, merge_pages, make, most, over_floor), 1
    for run, makes in ((read_posts, families), (merge_pages, pages)):
        for name, make in makes.items():
            label = f"{'memory':14} {name:28}"
            yield label, "bytes a character", partial(exponent, run, make, most // TRACED, peak), 1


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("megabytes", nargs="?", type=float, default=4)
    parser.add_argument("--only", default="", help="run what has this in its name")
    given = parser.parse_args()
    read_posts(f"{STATS}\n")  # patterns and tables are made once, and belong to no text
    merge_pages(merged("three", 100_000))
    found = []
    for label, unit, measure, scale in rows(int(given.megabytes * 1_000_000)):
        if given.only in " ".join(label.split()):
            slope, cost = measure()
            found.append(slope)
            verdict = "" if slope <= MOST else "   TOO MUCH"
            print(f"{label} {slope:5.2f}   {cost * scale:8.1f} {unit}{verdict}", flush=True)
    print(f"{len(found)} families, the largest exponent {max(found, default=0):.2f}")
    return any(slope > MOST for slope in found)


if __name__ == "__main__":
    sys.exit(main())
