# SPDX-License-Identifier: MIT
"""Measure whether several processes read many files faster than one process."""

import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from pages import page
from timing import arguments, parser_of, write

GOAL = 1.8


def write_files(folder, count):
    """Write `count` pages of 10 to 70 posts, cut from one large page; return the names of the files."""
    rng = random.Random(207)
    lines = page(4000).split("\n")
    names = [f"{number:06}.txt" for number in range(count)]
    for name in names:
        start, size = rng.randrange(len(lines) - 250), rng.randint(35, 245)
        (folder / name).write_text("\n".join(lines[start : start + size]) + "\n", "utf-8")
    return names


def timed(folder, names, form, jobs):
    """Return the wall seconds, the processor seconds and the output of one run."""
    out = folder / f"out-{jobs}"
    line = [sys.executable, "-m", "postdump", "parse", *names, "--format", form, "--jobs", str(jobs)]
    before, start = os.times(), perf_counter()
    with out.open("wb") as file:
        subprocess.run(line, check=True, cwd=folder, stdin=subprocess.DEVNULL, stdout=file)
    wall, after = perf_counter() - start, os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return wall, cpu, out


def main():
    parser = parser_of(__doc__, rounds=3)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--forms", nargs="+", default=["json", "csv", "text"])
    given = arguments(parser)
    figures = {
        "files": given.files,
        "jobs": given.jobs,
        "processors": os.cpu_count(),
        "load": os.getloadavg()[0],
    }
    print(f"{given.files} files, --jobs 1 against --jobs {given.jobs}; load before: {figures['load']:.1f}")
    print(f"{'':6}{'1 job':>9}{'faster':>9}{'cpu':>7}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        names = write_files(folder, given.files)
        for form in given.forms:
            walls, cpus, alone = [], [], []
            for _ in range(given.rounds):
                wall, cpu, out = timed(folder, names, form, 1)
                shared_wall, shared_cpu, shared_out = timed(folder, names, form, given.jobs)
                if out.read_bytes() != shared_out.read_bytes():
                    sys.exit(f"{form}: {given.jobs} jobs write other bytes than one")
                walls.append(wall / shared_wall)
                cpus.append(cpu / shared_cpu)
                alone.append(wall)
            figures[form] = {"seconds": median(alone), "faster": median(walls), "cpu": median(cpus)}
            print(f"{form:6}{median(alone):7.1f} s{median(walls):9.2f}{median(cpus):7.2f}")
    print(f"goal: {GOAL} on two processors that do nothing else")
    write(figures, given.json)


if __name__ == "__main__":
    main()
