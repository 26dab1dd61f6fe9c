# SPDX-License-Identifier: MIT
"""The goals, which were set before the first line was written, and the figures for them."""

import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

import parse as parsing
import peers_align
from alone import race
from pages import overlap, page
from timing import in_turns

from postdump import merge, parse

IMPORTS = {
    "floor": "import attrs, regex",
    "`import postdump`": "import postdump",
    "`from postdump import parse, merge`": "from postdump import parse, merge",
}
"""Imports to measure. `import postdump` alone loads no other module of the package."""
ADVERSARIAL_LINES = 10_000
STREAMING = """
import re, sys
from postdump import iter_posts
from postdump.layouts import BSKYVIEW

def most():  # not ru_maxrss: a process begins with what its parent had at most
    with open("/proc/self/status") as status:
        return int(re.search("VmHWM:[^0-9]+([0-9]+) kB", status.read())[1])

before = most()
with open(sys.argv[1], encoding="utf-8") as lines:
    for post in iter_posts(lines, layout=BSKYVIEW):
        post.text, post.stats, post.posted_at
print(most() - before)
"""


def at_most(goal, most, figure, unit, note=""):
    return _row(goal, f"≤ {most:g} {unit}", figure, unit, None if figure is None else figure <= most, note)


def at_least(goal, least, figure, unit, note=""):
    return _row(
        goal, f"≥ {least:g} {unit}".rstrip(), figure, unit, None if figure is None else figure >= least, note
    )


def _row(goal, bound, figure, unit, is_met, note):
    shown = None if figure is None else round(figure, 5 if abs(figure) < 1 else 2)
    return {"goal": goal, "bound": bound, "figure": shown, "unit": unit, "met": is_met, "note": note}


def of_parsing(posts, rounds):
    """Measure `parse` and `iter_posts` as `parse.py` does."""
    text = page(posts)
    runs = {run.__name__: (run, text) for run in (parsing.untouched, parsing.touched, parsing.streamed)}
    for run, _ in runs.values():
        run(page(200))
    unit, found = in_turns((parsing.floor, text), runs, rounds)
    few, many = (_grown(size) for size in (max(posts // 10, 1), posts))
    note = f"{few:.1f} MB at {max(posts // 10, 1):,} posts"
    return [
        at_most("`parse`, touched", 6, found["touched"], "F", f"F is {unit / posts * 1e6:.2f} µs a post"),
        at_most("`parse`, touched, moonshot", 4, found["touched"], "F"),
        at_most("`parse`, untouched", 2.5, found["untouched"], "F"),
        at_most("`iter_posts`, touched", 6, found["streamed"], "F"),
        at_most("`iter_posts`, memory grown", 20, max(few, many), "MB", note),
        at_most("held after `parse`, untouched", 300, parsing.held_bytes(text, posts), "bytes a post"),
    ]


def _grown(posts):
    """Return by how many megabytes a process grows while it reads a page of `posts` posts from a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "page.txt")
        path.write_text(page(posts), "utf-8")
        return int(_output(STREAMING, str(path))) / 1024


def _output(code, *given):
    done = subprocess.run(
        [sys.executable, "-c", code, *given], stdout=subprocess.PIPE, check=True, encoding="utf-8"
    )
    return done.stdout


def of_peers(rows):
    """Compare with each peer that parsed the same page, at the largest size that the peer finished."""
    bounds = {"parse": 3, "textfsm": 3, "lark": 8, "pyparsing": 15}
    dates = {"by hand, dateutil": 5, "by hand, dateparser": 150}
    return [
        *(_against(rows, name, "postdump", least, f"faster than {name}") for name, least in bounds.items()),
        *(_against(rows, name, "postdump", least, f"faster than {name}") for name, least in dates.items()),
    ]


def _against(rows, name, ours, least, goal):
    """Compare ratios to the floor, not seconds: the two ran minutes apart, and speeds of machines change."""
    took = {(row["name"], row["posts"]): row["ratio"] for row in rows}
    posts = max((size for who, size in took if who == name and (ours, size) in took), default=None)
    figure = None if posts is None else took[name, posts] / took[ours, posts]
    return at_least(goal, least, figure, "×", "did not run" if posts is None else f"at {posts:,} posts")


def of_difflib(rows):
    """Compare aligning with difflib, once on all lines and once without the stats lines."""
    ours = [row for row in rows if row["name"] == "postdump, aligning"]
    recall = min((row["recall"] for row in ours), default=None)
    faster, fairer = "aligning, faster than difflib", "the same, stats lines taken out for both"
    return [
        _against(rows, "difflib, autojunk off", "postdump, aligning", 10, faster),
        _against(rows, "difflib, autojunk off, words", "postdump, aligning, words", 10, fairer),
        at_least("recall of aligning", 0.999, recall, "", "the least of all sizes"),
    ]


def of_aligning(sizes, rounds):
    """Measure aligning, with the computation of keys, as a ratio to splitting and one dictionary."""
    found = {}
    for posts in sizes:
        dumps = overlap(posts)
        runs = {"ours": (peers_align.ours, dumps)}
        found[posts] = in_turns((peers_align.floor, dumps), runs, rounds)[1]["ours"]
    rows = [at_most(f"aligning, {posts:,} posts", 3, ratio, "split + dict") for posts, ratio in found.items()]
    if len(sizes) == 1:
        return rows
    first, last = found[sizes[0]], found[sizes[-1]]
    note = f"{sizes[-1]:,} posts against {sizes[0]:,}; 10 % for noise"
    return [*rows, at_most("aligning, not rising", 1.1, last / first, "×", note)]


def _merged(texts):
    return merge(*(parse(text, name=str(n)) for n, text in enumerate(texts))).posts


def _read(texts):
    for post in _merged(texts):
        post.text, post.stats, post.posted_at  # noqa: B018


def of_merging(posts, rounds):
    """Measure merges, including parsing; F is the floor on the text of the marked dump."""
    dumps = overlap(posts)
    runs = {
        "untouched": (_merged, (dumps.marked, dumps.flat)),
        "touched": (_read, (dumps.marked, dumps.flat)),
        "both": (_read, (dumps.marked, dumps.other)),
    }
    few = overlap(200)
    _read((few.marked, few.flat))
    _, found = in_turns((parsing.floor, dumps.marked), runs, rounds)
    return [
        at_most("`merge`, marked and flat, untouched", 12, found["untouched"], "F"),
        at_most("`merge`, marked and flat, touched", 25, found["touched"], "F"),
        at_most("`merge`, two marked, touched", 30, found["both"], "F"),
    ]


def adversaries(lines):
    """Return pairs of line sequences that are hard to align; the first pair is usual text."""
    some = overlap(lines).flat.split("\n")[:lines]
    few = some[: lines * 9 // 10], some[lines // 10 :]
    other = [f"{line} Elsewhere." for line in some]
    return {
        "like any text": few,
        "one line, again and again": (["Thank you all!"] * lines, ["Thank you all!"] * (lines - 1)),
        "two lines in turns": (["Thank you all!", "Good morning!"] * (lines // 2), ["Good morning!"] * lines),
        "the same hundred lines": (some[:100] * (lines // 100), some[50:150] * (lines // 100)),
        "every line twice": ([line for line in some[: lines // 2] for _ in "ab"], some),
        "in opposite order": (some, some[::-1]),
        "nothing in common": (some, other),
        "every other line": (some, [line for pair in zip(some, other, strict=True) for line in pair][:lines]),
    }


def of_adversaries(limit):
    """Measure merges of flat texts that are made to be slow, compared with usual text; the slowest counts."""
    lines = adversaries(ADVERSARIAL_LINES)
    texts = {name: ["\n".join(side) for side in both] for name, both in lines.items()}
    sizes = {name: sum(text.count("\n") for text in both) for name, both in texts.items()}
    usual = texts.pop("like any text")
    found, stopped = {}, []
    for name, both in texts.items():
        took = race(lambda: _merged(usual), lambda both=both: len(_merged(both)), lambda _: None, limit)
        if took.why:
            stopped.append(f"{name}: {took.why}")
        else:
            found[name] = took.ratio * sizes["like any text"] / sizes[name]
    if stopped:
        return [_row("adversarial lines", "≤ 4 × usual text", None, "×", False, "; ".join(stopped))]
    worst = max(found, key=found.__getitem__)
    return [at_most("adversarial lines", 4, found[worst], "× usual text", f"the worst: {worst}")]


def of_importing(rounds):
    """Measure imports in fresh processes, in turns, without the start of the interpreter."""
    code = "from time import perf_counter as now; start = now(); {}; print(now() - start)"
    found = {name: [] for name in IMPORTS}
    for _ in range(rounds):
        for name, times in found.items():
            times.append(float(_output(code.format(IMPORTS[name]))))
    floor, *others = (median(times) for times in found.values())
    unit, names = "× `import attrs, regex`", list(IMPORTS)[1:]
    return [
        at_most(name, 1.3, took / floor, unit, f"{took * 1000:.0f} ms against {floor * 1000:.0f} ms")
        for name, took in zip(names, others, strict=True)
    ]
