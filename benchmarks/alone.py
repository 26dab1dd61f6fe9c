# SPDX-License-Identifier: MIT
"""One contestant in a process of its own: it can be stopped, and leaves nothing behind for the next."""

import gc
import multiprocessing
import os
import resource
import signal
from statistics import median
from time import perf_counter

from attrs import frozen

MOST_BYTES = 6 << 30
"""Address space of a contestant: some want tables of all lines against all lines."""
ENOUGH = 0.5
"""Seconds for which a run is repeated, 3 times at least and 25 at most, for a median."""
LONG = 3.0
"""Seconds from which on the first run is the only one."""


@frozen
class Took:
    """What one contestant took at one size; all the rest is None if it was stopped."""

    why: str | None = None
    seconds: float | None = None
    ratio: float | None = None
    """To the floor, run right before and after in the same process."""
    score: dict | None = None


def race(floor, run, judge, limit):
    """
    Run a contestant between two runs of the floor, in a process of its own, for at most `limit` seconds.

    What it returns is judged before anything counts. Unless the first run is long there are more, and the
    figures are medians. The processes are forked, so that all of them share what was generated.
    """
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(theirs, floor, run, judge))
    child.start()
    theirs.close()
    took, patience = Took(why=f"one run took longer than {limit:g} s"), limit
    try:
        while ours.poll(patience):
            said = ours.recv()
            if said is None:
                break
            if said == "ready":
                continue  # the clock starts anew: what came before was the floor's
            if said == "ran":
                patience = 20 * limit  # what follows, judging for one, is not the contestant's time
            else:
                took = said
    except EOFError:
        took = Took(why="its process died")
    if child.is_alive():
        child.join(1)
    if child.is_alive():
        os.killpg(child.pid, signal.SIGKILL)  # and the program that it may have started
    child.join()
    return took


def _child(pipe, floor, run, judge):
    os.setpgid(0, 0)
    gc.freeze()  # what the parent made is not this contestant's to collect
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    try:
        _timed(floor)
        pipe.send("ready")
        first, found = _timed(run)
        pipe.send("ran")
        score = judge(found)
        del found
        times, ratios, before = [], [], _usual(floor)
        is_long = first >= LONG
        for _ in range(1 if is_long else min(max(3, int(ENOUGH / first)), 25)):
            took = first if is_long else _timed(run)[0]
            after = _usual(floor)
            times.append(took)
            ratios.append(2 * took / (before + after))
            before = after
        pipe.send(Took(seconds=median(times), ratio=median(ratios), score=score))
    except MemoryError:
        pipe.send(Took(why=f"it wanted more than {MOST_BYTES >> 30} GB"))
    except RecursionError:
        pipe.send(Took(why="it recursed deeper than Python allows"))
    except Exception as error:  # a peer may fail in any way, and the others go on
        pipe.send(Took(why=f"{type(error).__name__}: {str(error)[:80]}"))
    pipe.send(None)


def _usual(floor):
    """Return the median time of a floor: a short one is easily disturbed by whatever else runs."""
    times = [_timed(floor)[0]]
    while len(times) < 5 and sum(times) < ENOUGH / 10:
        times.append(_timed(floor)[0])
    return median(times)


def _timed(run):
    """Time a run; what it returns is let go of only after the clock has stopped."""
    gc.collect()
    start = perf_counter()
    found = run()
    return perf_counter() - start, found
