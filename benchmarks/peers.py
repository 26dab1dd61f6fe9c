# SPDX-License-Identifier: MIT
"""
Compare postdump with floors and other packages: parsing, aligning, repairing, and the goals.

    python benchmarks/peers.py [--posts N] [--large] [--seconds S] [--rounds N] [--collector off]
                               [--only TASK] [--json FILE] [--svg FOLDER] [--markdown FILE]
    python benchmarks/peers.py --docs docs/figures      all three, where the documentation has them
    python benchmarks/peers.py --from FILE ...          draw once more what was measured before; with --only,
                                                        measure these tasks again and keep the others

Each contestant runs in a process of its own, on growing sizes, until one run takes longer than --seconds.
"""

import json
import platform
import sys
import tempfile
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import curves
import goals
import peers_align
import peers_parse
import peers_repair
import report
from alone import race
from pages import page, plain
from timing import arguments, parser_of, seconds, write

SIZES = (300, 1_000, 3_000, 10_000, 30_000, 100_000)
REPAIRED = 3_000
"""Posts of the text that is repaired. ftfy reads it in a second; more posts would not change the shares."""
TASKS = ("parse", "align", "repair", "goals")
PACKAGES = (
    *("postdump", "attrs", "regex", "ftfy", "parse", "textfsm", "ttp", "lark", "pyparsing"),
    *("python-dateutil", "dateparser", "merge3", "patiencediff", "rapidfuzz", "datasketch", "collatex"),
)


def say(text):
    """Print progress on standard error, so that results can go to a file."""
    print(text, file=sys.stderr, flush=True)


class Contest:
    """All contestants of one task, with their results, and why some were stopped."""

    def __init__(self, task, makers, limit):
        self.task, self.limit = task, limit
        self.rows, self.stopped = [], []
        self.running = {}
        for name, make in makers.items():
            try:
                self.running[name] = make()
            except Exception as error:  # not installed, or does not start: the other contestants run
                self.stop(name, None, f"{type(error).__name__}: {error}")

    def stop(self, name, posts, why):
        self.stopped.append({"name": name, "posts": posts, "why": why})
        self.running.pop(name, None)
        say(f"  {name} stopped: {why}")

    def run(self, name, posts, floor, run, judge, is_right):
        """Run one contestant at one size, and record its result."""
        took = race(floor, run, judge, self.limit)
        if took.why:
            return self.stop(name, posts, took.why)
        if not is_right(took.score):
            return self.stop(name, posts, f"wrong: {took.score}")
        row = {"name": name, "posts": posts, "seconds": round(took.seconds, 6), "ratio": round(took.ratio, 2)}
        self.rows.append(row | {what: round(share, 5) for what, share in took.score.items()})
        say(f"  {name}: {took.seconds / posts * 1e6:.1f} µs a post, {took.ratio:.1f} times the floor")
        if took.seconds > self.limit:
            self.stop(name, posts, f"one run took longer than {self.limit:g} s")
        return None

    def result(self):
        return {"rows": self.rows, "stopped": self.stopped}


def parse_contest(sizes, limit):
    contest = Contest("parse", peers_parse.CONTESTANTS, limit)
    for posts in sizes:
        say(f"parse, {posts:,} posts")
        text, truth = page(posts), peers_parse.truth_of(plain(posts))
        for name, run in list(contest.running.items()):
            contest.run(
                name,
                posts,
                lambda text=text: peers_parse.floor(text),
                lambda run=run, text=text: list(run(text)),
                lambda found, truth=truth: {"right": float(found == truth)},
                lambda score: score["right"] == 1,
            )
    return contest.result()


def align_contest(sizes, limit):
    makers = {name: make for name, (make, _) in peers_align.CONTESTANTS.items()}
    contest = Contest("align", makers, limit)
    for posts in sizes:
        say(f"align, {posts:,} posts")
        with tempfile.TemporaryDirectory() as folder:
            case = peers_align.case_of(posts, folder)
            for name, run in list(contest.running.items()):
                pairs_of = peers_align.CONTESTANTS[name][1]
                contest.run(
                    name,
                    posts,
                    lambda case=case: peers_align.floor(case),
                    lambda run=run, case=case: run(case),
                    lambda found, of=pairs_of, case=case: peers_align.judged(of(found, case), case),
                    lambda score: True,  # how much was found is the result
                )
    return contest.result()


def repair_contest(posts):
    rows = []
    clean, damages = peers_repair.texts_of(posts)
    few_clean, few_damaged = peers_repair.texts_of(20)
    for damage, damaged in damages.items():
        for name, run in peers_repair.CONTESTANTS.items():
            say(f"repair, {damage}, {name}")
            run(few_damaged[damage], few_clean)  # tables are made once, and not counted
            took = seconds(lambda both, run=run: run(*both), (damaged, clean))
            score = peers_repair.score_of(clean, damaged, run(damaged, clean))
            speed = len(damaged.encode()) / 1_000_000 / took
            row = {"damage": damage, "name": name, "posts": posts, "megabytes_per_second": round(speed, 3)}
            rows.append(row | {what: round(share, 5) for what, share in score.items()})
    return {"rows": rows, "stopped": []}


def goal_rows(figures, given):
    sizes = [posts for posts in (10_000, 100_000) if posts <= given.posts] or [given.posts]
    say("goals: importing")
    rows = goals.of_importing(2 * given.rounds + 1)
    say("goals: parsing")
    rows += goals.of_parsing(given.posts, given.rounds)
    if "parse" in figures:
        rows += goals.of_peers(figures["parse"]["rows"])
    say("goals: aligning")
    rows += goals.of_aligning([*sizes, *([1_000_000] if given.large else [])], given.rounds)
    if "align" in figures:
        rows += goals.of_difflib(figures["align"]["rows"])
    say("goals: merging")
    rows += goals.of_merging(given.posts, given.rounds)
    say("goals: adversarial lines")
    rows += goals.of_adversaries(given.seconds)
    return {"rows": rows}


def versions():
    found = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = None
    return found


def measured(given, known):
    """Run the chosen tasks; the figures of other tasks stay."""
    start = time.monotonic()
    sizes = [size for size in SIZES if size < given.posts] + [given.posts]
    figures = known | {"packages": versions()}
    conditions = {
        "python": platform.python_version(),
        "sizes": sizes,
        "collector": given.collector,
        "rounds": given.rounds,
        "limit_seconds": given.seconds,
    }
    run = {
        "parse": lambda: parse_contest(sizes, given.seconds),
        "align": lambda: align_contest(sizes, given.seconds),
        "repair": lambda: repair_contest(min(REPAIRED, given.posts)),
        "goals": lambda: goal_rows(figures, given),
    }
    for task in given.only or TASKS:
        figures[task] = run[task]() | {"conditions": conditions}  # other tasks may come from another run
    if not given.only:
        figures["took_seconds"] = round(time.monotonic() - start)
    return figures


def main():
    parser = parser_of(__doc__, rounds=3)
    parser.add_argument("--posts", type=int, default=100_000, help="of the largest size")
    parser.add_argument("--large", action="store_true", help="align a million posts too")
    parser.add_argument("--seconds", type=float, default=20, help="after which a contestant is stopped")
    parser.add_argument("--only", choices=TASKS, action="append", help="run this task alone, or these")
    parser.add_argument("--svg", type=Path, metavar="FOLDER", help="draw the growth curves there")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the tables there")
    parser.add_argument("--docs", type=Path, metavar="FOLDER", help="JSON, tables and curves, all there")
    parser.add_argument("--from", type=Path, metavar="FILE", dest="known", help="measured before")
    given = arguments(parser)
    if given.docs:
        given.docs.mkdir(parents=True, exist_ok=True)
        given.json, given.svg = given.docs / "benchmarks.json", given.docs
        given.markdown = given.docs / "benchmarks.inc"
    figures = json.loads(given.known.read_text("utf-8")) if given.known else {}
    if given.only or not figures:
        figures = measured(given, figures)
    write(figures, given.json)
    report.show(figures)
    if given.markdown:
        given.markdown.write_text(report.markdown(figures), "utf-8")
    if given.svg:
        curves.draw(figures, given.svg)


if __name__ == "__main__":
    sys.exit(main())
