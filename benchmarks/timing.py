# SPDX-License-Identifier: MIT
"""How benchmarks take their arguments, measure, and write down what they found."""

import argparse
import gc
import json
from pathlib import Path
from statistics import median
from time import perf_counter


def parser_of(description, rounds=5):
    """Return a parser of the arguments that every benchmark takes."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=rounds)
    parser.add_argument("--collector", choices=("on", "off"), default="on")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    return parser


def arguments(parser):
    """Read the arguments, and turn the collector off if they say so."""
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
    Run everything in turns; return the floor's median, and of each run the median of its ratios to it.

    A ratio is to the floors right before and after, so that a machine that slows down slows both. The floor
    is a function and what it is given, and so is each of the named runs. What there was before (generated
    dumps, the peers' modules) is not for the collector to look at: that would be no contestant's time.
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
    """Write figures as JSON, if a file was named."""
    if file:
        file.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", "utf-8")
