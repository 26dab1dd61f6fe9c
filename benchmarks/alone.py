# SPDX-License-Identifier: MIT
"""Run one contestant in a process of its own, which can be stopped and leaves nothing behind."""

import gc
import multiprocessing
import os
import resource
import signal
from statistics import median
from time import perf_counter

from attrs import frozen

MOST_BYTES = 6 << 30
"""Address space of a contestant; some build tables of all lines against all lines."""
ENOUGH = 0.5
"""Seconds for which a run is repeated, from 3 to 25 times; the median counts."""
LONG = 3.0
"""A run that takes more seconds is not repeated."""


@frozen
class Took:
    """What one contestant took at one size; if it was stopped, every other field is None."""

    why: str | None = None
    seconds: float | None = None
    ratio: float | None = None
    """Time, divided by the time of the floor right before and after it in the same process."""
    score: dict | None = None


def race(floor, run, judge, limit):
    """
    Run a contestant between two runs of the floor, in a process of its own, for at most `limit` seconds.

    The result is judged first. If the first run is short, more runs follow, and the figures are medians.
    The processes are forked, so all of them share the generated texts.
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
                continue  # the limit counts from here: the time before belonged to the floor
            if said == "ran":
                patience = 20 * limit  # judging the result is not the contestant's time
            else:
                took = said
    except EOFError:
        took = Took(why="its process died")
    if child.is_alive():
        child.join(1)
    if child.is_alive():
        os.killpg(child.pid, signal.SIGKILL)  # and a program that the process may have started
    child.join()
    return took


def _child(pipe, floor, run, judge):
    os.setpgid(0, 0)
    gc.freeze()  # the garbage collector need not visit what the parent made
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
    except Exception as error:  # a peer may fail in any way; the other contestants go on
        pipe.send(Took(why=f"{type(error).__name__}: {str(error)[:80]}"))
    pipe.send(None)


def _usual(floor):
    """Return the median time of a floor; other programs easily disturb a single short run."""
    times = [_timed(floor)[0]]
    while len(times) < 5 and sum(times) < ENOUGH / 10:
        times.append(_timed(floor)[0])
    return median(times)


def _timed(run):
    """Return the time of a run; its result is freed after the clock has stopped."""
    gc.collect()
    start = perf_counter()
    found = run()
    return perf_counter() - start, found
