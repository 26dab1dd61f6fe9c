# SPDX-License-Identifier: MIT
"""Arguments, time measurement and output of all benchmarks."""

import argparse
import gc
import json
from pathlib import Path
from statistics import median
from time import perf_counter


def parser_of(description, rounds=5):
    """Return a parser for the arguments that every benchmark takes."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=rounds)
    parser.add_argument("--collector", choices=("on", "off"), default="on")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    return parser


def arguments(parser):
    """Read the arguments, and turn the garbage collector off if `--collector off` is among them."""
    given = parser.parse_args()
    if given.collector == "off":
        gc.disable()
    return given


def seconds(run, given):
    gc.collect()
    start = perf_counter()
    run(given)
    return perf_counter() - start


def in_turns(floor, runs, rounds):
    """
    Run everything in turns; return the median of the floor, and the median ratio to the floor of each run.

    A ratio compares with the floors right before and after, so that a slower machine slows both. The floor
    and each named run are a function and its argument. The garbage collector ignores all older objects
    (generated dumps, modules of the peers), because visiting them would be no contestant's time.
    """
    gc.collect()
    gc.freeze()
    floors, ratios = [], {name: [] for name in runs}
    for _ in range(rounds):
        before = seconds(*floor)
        for name, run in runs.items():
            took, after = seconds(*run), seconds(*floor)
            ratios[name].append(2 * took / (before + after))
            floors.append(before)
            before = after
    gc.unfreeze()
    return median(floors), {name: median(found) for name, found in ratios.items()}


def write(figures, file):
    """Write figures as JSON, if a file was given."""
    if file:
        file.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", "utf-8")
