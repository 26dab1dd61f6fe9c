# SPDX-License-Identifier: MIT
"""
Measure how long it takes to find damage, compared with ftfy, and how much a damaged dump slows a merge.

    python benchmarks/damage.py [--megabytes N] [--slice KB] [--posts N] [--rounds N] [--collector off]
                                [--json FILE]

Detection reads at most the beginning of a text, so a longer text means more bytes a second. So the figures
include the length of the texts, and `slice` is detection on exactly the part that ftfy reads.
"""

import platform
import random
import sys
from statistics import median

import ftfy
from pages import GREEK, WINDOWS, words
from timing import arguments, in_turns, parser_of, seconds, write

from postdump import detect_damage, merge, parse

FASTER = 20
"""How many times as fast as ftfy `detect_damage` should be."""
DEARER = 1.3
"""How much longer a merge may take if one of two dumps is damaged."""


def stats(rng):
    day, month, year = rng.randint(13, 28), rng.randint(1, 12), rng.randint(2023, 2026)
    when = f"{day}.{month:02}.{year} {rng.randrange(24):02}:{rng.randrange(60):02}"
    counts = zip("👍🔁💬📌", (300, 30, 6, 4), strict=True)
    return f"{when} — {' '.join(f'{icon} {rng.randrange(most)}' for icon, most in counts)}"


def flat(size, seed=203):
    """Return lines of text with about `size` characters."""
    rng = random.Random(seed)
    lines, length = [], 0
    while length < size:
        lines.append(words(rng))
        length += len(lines[-1]) + 1
    return "\n".join(lines) + "\n"


def page(size=0, posts=0, seed=204):
    """Return a page of `size` characters or `posts` posts, each with two or three lines and a stats line."""
    rng = random.Random(seed)
    lines, length, number = [], 0, 0
    while length < size or number < posts:
        post = [*(words(rng) for _ in range(rng.choice((2, 2, 3)))), stats(rng)]
        lines += post
        length += sum(len(line) + 1 for line in post)
        number += 1
    return "\n".join(lines) + "\n"


def head(text, size):
    """Return the first lines of a text, at most `size` characters."""
    return text[: text.rindex("\n", 0, size) + 1] if len(text) > size else text


def detected(text):
    """Find the damage and read its evidence, but not the runs, which are computed on first access."""
    found = detect_damage(text)
    found.damage, found.equivalents, found.evidence  # noqa: B018


def detected_with_runs(text):
    found = detect_damage(text)
    found.damage, found.equivalents, found.evidence, found.runs  # noqa: B018


def fixed(text):
    ftfy.fix_text(text)


def applied(text):
    GREEK.apply(text)


def untouched(texts):
    first, second = texts
    return merge(parse(first, name="first"), parse(second, name="second")).posts


def touched(texts):
    for post in untouched(texts):
        post.text  # noqa: B018


def megabytes(text):
    return len(text.encode()) / 1_000_000


def speeds(texts, part, rounds):
    """Return the speed on each whole text, and the speeds of postdump and ftfy on a part, run in turns."""
    found: dict[str, dict[str, list[float]]] = {
        name: {row: [] for row in ("whole", "with_runs", "slice", "ftfy")} for name in texts
    }
    for _ in range(rounds):
        for name, text in texts.items():
            some = head(text, part)
            whole, size = megabytes(text), megabytes(some)
            found[name]["whole"].append(whole / seconds(detected, text))
            found[name]["slice"].append(size / seconds(detected, some))
            found[name]["ftfy"].append(size / seconds(fixed, some))
            found[name]["with_runs"].append(whole / seconds(detected_with_runs, text))
    return {name: {row: median(each) for row, each in rows.items()} for name, rows in found.items()}


def ratios(posts, rounds):
    """Return the time of a merge with a damaged dump, divided by that of two clean dumps, run in turns."""
    clean = page(posts=posts)
    beside = (GREEK.apply(clean), clean)
    assert [post.text for post in untouched(beside)] == [post.text for post in untouched((clean, clean))]
    return {
        run.__name__: in_turns((run, (clean, clean)), {"beside": (run, beside)}, rounds)[1]["beside"]
        for run in (untouched, touched)
    }


def main():
    parser = parser_of(__doc__)
    parser.add_argument("--megabytes", type=float, default=2, help="of each text that we read")
    parser.add_argument("--slice", type=int, default=200, metavar="KB", help="that ftfy reads of each")
    parser.add_argument("--posts", type=int, default=10_000, help="of each dump that is merged")
    given = arguments(parser)
    size = int(given.megabytes * 1_000_000)
    clean, words_alone = page(size), flat(size)
    texts = {
        "clean page": clean,
        "damaged page": GREEK.apply(clean),
        "clean text": words_alone,
        "damaged text": WINDOWS.apply(words_alone),
    }
    for text in texts.values():  # compile the patterns before the clock starts
        detected_with_runs(text[:20_000])
        fixed(text[:2000])
    assert [detect_damage(text).damage is not None for text in texts.values()] == [False, True, False, True]
    found = speeds(texts, given.slice * 1000, given.rounds)
    apply = median(megabytes(words_alone) / seconds(applied, words_alone) for _ in range(given.rounds))
    merged = ratios(given.posts, given.rounds)
    figures = {
        "python": platform.python_version(),
        "ftfy": ftfy.__version__,
        "megabytes": given.megabytes,
        "slice_kilobytes": given.slice,
        "posts": given.posts,
        "collector": given.collector,
        "rounds": given.rounds,
        "megabytes_per_second": {
            name: {row: round(speed, 2) for row, speed in rows.items()} for name, rows in found.items()
        },
        "times_faster_than_ftfy": {
            name: round(rows["whole"] / rows["ftfy"], 1) for name, rows in found.items()
        },
        "apply_megabytes_per_second": round(apply, 1),
        "merge_ratios": {run: round(ratio, 2) for run, ratio in merged.items()},
    }
    print(
        f"{given.megabytes:g} MB each, ftfy {figures['ftfy']} on {given.slice} KB, "
        f"Python {figures['python']}, collector {given.collector}, medians of {given.rounds}"
    )
    print("              whole   with runs     slice      ftfy  MB/s")
    for name, rows in found.items():
        speeds_of = "  ".join(f"{rows[row]:8.2f}" for row in ("whole", "with_runs", "slice", "ftfy"))
        times = figures["times_faster_than_ftfy"][name]
        print(f"{name:12} {speeds_of}   {times:7.1f} x ftfy   (goal {FASTER})")
    print(f"apply        {apply:8.1f} MB/s, on text that is almost all ASCII")
    for run, ratio in merged.items():
        print(f"merge, {run:9} {ratio:5.2f} x two clean dumps of {given.posts} posts   (goal {DEARER})")
    write(figures, given.json)


if __name__ == "__main__":
    sys.exit(main())
