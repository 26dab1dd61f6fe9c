# SPDX-License-Identifier: MIT
"""
Measure how much of the truth a merge finds: draw known posts, write dumps of them, merge, and compare.

    python benchmarks/truth.py [--posts N] [--seeds K] [--only SUITE] [--profiles N] [--json FILE]

The exit status is 1 if a suite is below its goal. `suites.py` contains the suites. `known.py` computes what
is known of each post from what was written, without the library.

A **right** post has, line by line, exactly what its pages show: each line that some page shows, in the order
of the truth, with the text of an undamaged page. Posts are paired with true posts by their ASCII letters and
digits; equal posts by their minute, then by their order; the rest by common lines or by their minute.
Flat pages have no boundaries, so neighbouring posts that only flat pages show count as one stretch: its lines
must be the true ones, and no post of several lines may be longer than the site allows.
If the marked page lost a line at the edge of a post, nothing shows to which post the line belongs. In lossy
suites this line is a post of its own, as in the guide. "F1 of unions" demands the line in its post even so.

precision  right posts of the timeline / posts of the timeline
recall     right posts of the truth / posts of the truth that some page shows
F1         2 * precision * recall / (precision + recall)

Shares of pairs, right or not, that are exact:

texts      the whole text, with a blank line where a page shows a paragraph and nowhere else; in lossy suites
           a blank line may also be missing
times      the minute that a page shows or that both neighbours share; otherwise no time or the true time,
           and, if no other post has the same text, bounds that enclose the true time
counts     the counts of the latest page that shows counts; without `captured_at`, those with the highest
           total; None if no page shows counts
cards      title, description and domain of the page that shows most of them; None if no page sets the card
           apart from the text
omitted    `omitted_by` names exactly the pages that show posts above and below the post and lack the post;
           posts with the same text as others are left out, because nothing shows which of them a page
           lacks

order      share of neighbouring posts in the order of the profile, as far as pages or dates show it:
           1 - inversions. Only their order distinguishes equal posts.
"""

import argparse
import json
import platform
import random
import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field, fields
from itertools import groupby, pairwise
from pathlib import Path
from time import perf_counter

from known import known_orders
from suites import GROUP_GOALS, SUITES
from worlds import SITE_LIMIT, draw_archive, render, visible

from postdump import group, merge, parse

# Scores.

EXACT = ("texts", "times", "counts", "cards", "omitted")


@dataclass
class Score:
    """Numbers that are summed over seeds; the shares are computed from the sums."""

    merged: int = 0
    true: int = 0
    right_merged: int = 0
    right_true: int = 0
    pairs: int = 0
    texts: int = 0
    times: int = 0
    counts: int = 0
    cards: int = 0
    omitted: int = 0
    neighbours: int = 0
    ordered: int = 0
    unstable: int = 0
    """Number of merges that another order of the arguments changed."""
    seconds: float = 0.0
    union: float = 0.0
    """Mean F1 over seeds, if every line is demanded in its post, whether or not a merge can know it."""
    errors: list = field(default_factory=list)
    """Errors, in words."""

    def __add__(self, other):
        return Score(**{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(self)})

    def figures(self):
        precision, recall = share(self.right_merged, self.merged), share(self.right_true, self.true)
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        exact = {name: share(getattr(self, name), self.pairs) for name in EXACT}
        return {
            "precision": precision, "recall": recall, "F1": f1, **exact,
            "order": share(self.ordered, self.neighbours),
        }  # fmt: skip


def share(part, whole):
    return part / whole if whole else 1.0


@dataclass(frozen=True)
class Stretch:
    """Neighbouring posts that only flat pages show, or one other post; of the truth or of a timeline."""

    posts: tuple
    key: str
    at: int
    """Its number among equal stretches."""


def true_stretches(expected):
    return stretches(expected, lambda one: one.is_flat, lambda one: one.key)


def merged_stretches(posts, flat_names):
    def is_flat(post):
        return all(reading.dump in flat_names for reading in post.readings)

    return stretches(posts, is_flat, lambda post: visible(post.text))


def stretches(posts, is_flat, key_of):
    made = []
    for together, some in groupby(posts, key=is_flat):
        all_of_them = tuple(some)
        for run in [all_of_them] if together else [(one,) for one in all_of_them]:
            made.append(Stretch(run, "".join(map(key_of, run)), len(made)))
    return made


def minute_of(post):
    return post.posted_at and post.posted_at.replace(second=0, microsecond=0, tzinfo=None)


def lines_of(post):
    return [line for line in post.text.split("\n") if line]


def paired(true, merged):
    """Pair stretches by their key; equal ones by minute, then by order; the rest by common lines."""
    by_key = defaultdict(list)
    for one in merged:
        by_key[one.key].append(one)
    pairs = []
    for by_minute in (True, False):
        left = {one.at for one in true} - {one.at for one, _ in pairs}
        for one in (one for one in true if one.at in left):
            fitting = [
                other for other in by_key[one.key]
                if not by_minute or minute_of(other.posts[0]) == one.posts[0].minute
            ]  # fmt: skip
            if fitting:
                by_key[one.key].remove(fitting[0])
                pairs.append((one, fitting[0]))
    return [*pairs, *paired_by_lines(true, merged, pairs)]


def paired_by_lines(true, merged, pairs):
    """Pair each remaining stretch with the one that shares most of its lines, or else has its minute."""
    taken_true, taken = {one.at for one, _ in pairs}, {other.at for _, other in pairs}
    by_line, by_minute = defaultdict(set), defaultdict(set)
    for other in merged:
        if other.at not in taken:
            by_minute[minute_of(other.posts[0])].add(other.at)
            for post in other.posts:
                for line in lines_of(post):
                    by_line[visible(line)].add(other.at)
    left = [one for one in true if one.at not in taken_true]
    by_minute.pop(None, None)
    for found in (
        lambda one: (at for post in one.posts for key in post.line_keys for at in by_line.get(key, ())),
        lambda one: by_minute.get(one.posts[0].minute, ()),
    ):
        for one in left:
            votes = Counter(at for at in found(one) if at not in taken and one.at not in taken_true)
            if votes:
                best = min(votes, key=lambda at: (-votes[at], at))
                taken.add(best)
                taken_true.add(one.at)
                yield one, merged[best]


def is_right(one, other):
    """Return whether the lines are the true ones, and no flat post is longer than the site allows."""
    shown = [lines_of(post) for post in other.posts]
    pattern = "\n".join(post.lines.pattern for post in one.posts)
    fits = all(len(lines) == 1 or sum(map(len, lines)) <= SITE_LIMIT for lines in shown)
    is_flat = one.posts[0].is_flat
    return bool(matches(pattern, "\n".join(line for lines in shown for line in lines))) and (
        fits or not is_flat
    )


def matches(pattern, text):
    return re.fullmatch(pattern, text)


def is_text(one, other):
    text = "\n".join(post.text for post in other.posts)
    return bool(matches("\n".join(post.text.pattern for post in one.posts), text)) and is_right(one, other)


def is_time(one, other, is_said_once):
    return all(is_time_of(one.posts, post, is_said_once) for post in other.posts)


def is_time_of(true, post, is_said_once):
    """Return whether a post has the time of a true post, and bounds that enclose the time of one."""
    minute, demanded = minute_of(post), {one.minute for one in true}
    if None not in demanded:
        return minute in demanded
    if minute is not None:
        return minute in {one.true_minute for one in true}
    if post.posted_between is None or not is_said_once:
        return True
    earliest, latest = (moment and moment.replace(tzinfo=None) for moment in post.posted_between)
    return (earliest is None or earliest <= max(one.true_minute for one in true)) and (
        latest is None or latest >= min(one.true_minute for one in true)
    )


def are_counts(one, other):
    allowed = frozenset().union(*(post.counts for post in one.posts))
    return all(tuple(getattr(post.stats, name) for name in render.COUNTS) in allowed for post in other.posts)


def is_card(one, other):
    cards = [post.card and (post.card.title, post.card.description, post.card.domain) for post in other.posts]
    return all(card == one.posts[0].card for card in cards)


def is_omitted(one, other):
    """Return whether the right pages are named; for a stretch, only if the same pages lack all its posts."""
    omitting = {post.omitted for post in one.posts}
    return len(omitting) > 1 or all({frozenset(post.omitted_by)} == omitting for post in other.posts)


def checked(one, other, is_said_once):
    """Return the names of the fields of a pair that are exact."""
    found = {
        "texts": is_text(one, other), "times": is_time(one, other, is_said_once),
        "counts": are_counts(one, other), "cards": is_card(one, other), "omitted": is_omitted(one, other),
    }  # fmt: skip
    return {name for name, is_exact in found.items() if is_exact}


def scored(case, posts, expected=None):
    """Compare the posts of a timeline with the truth."""
    expected = case.expected if expected is None else expected
    flat_names = {page.name for page in case.pages if page.is_flat}
    true, merged = true_stretches(expected), merged_stretches(posts, flat_names)
    times = Counter(one.key for one in true)
    score = Score(merged=len(posts), true=len(expected))
    pairs = paired(true, merged)
    for one, other in pairs:
        free = bool(case.free & {post.number for post in one.posts})
        exact = checked(one, other, times[one.key] == 1)
        if free or times[one.key] > 1:  # nothing shows which of several equal posts a page lacks
            exact.add("omitted")
        score.pairs += len(one.posts)
        for name in EXACT:
            setattr(score, name, getattr(score, name) + len(one.posts) * (name in exact))
        if is_right(one, other):
            score.right_true += len(one.posts)
            score.right_merged += len(other.posts)
        score.errors += told(one, other, exact)
    score.errors += [f"lost: {one.key!r}" for one in true if one.at not in {a.at for a, _ in pairs}]
    found = {other.at for _, other in pairs}
    score.errors += [
        f"invented: {post.text!r}" for one in merged if one.at not in found for post in one.posts
    ]
    orders = [ordered(case, true, merged)] + ([ordered(case, true, merged[::-1])] if case.either_way else [])
    score.neighbours, score.ordered = max(orders, key=lambda order: order[1])
    return score


def told(one, other, exact):
    """Return in words what is wrong with a pair."""
    post, found = one.posts[0], other.posts[0]
    if not is_right(one, other):
        return [f"wrong: expected {post.lines.pattern!r}, got {[post.text for post in other.posts]!r}"]
    wanted = {
        "texts": (post.text.pattern, found.text), "times": (post.minute, post.true_minute, found.posted_at,
        found.posted_between), "counts": (post.counts, found.stats), "cards": (post.card, found.card),
        "omitted": (post.omitted, found.omitted_by),
    }  # fmt: skip
    return [f"{name}: {wanted[name]!r} in {found.text!r}" for name in EXACT if name not in exact]


def ordered(case, true, merged):
    """Count neighbours, and those in the right order; of equal texts, the k-th is the k-th true one."""
    places = defaultdict(list)
    for one in reversed(true):
        places[one.key].append(one)
    standing = [(places[one.key].pop(), one) for one in merged if places[one.key]]
    standing = [pair for pair in standing if not case.free & {post.number for post in pair[0].posts}]
    is_known = known_orders(case.pages)
    wrong = sum(is_inverted(upper, lower, is_known) for upper, lower in pairwise(standing))
    return max(0, len(standing) - 1), max(0, len(standing) - 1) - wrong


def is_inverted(upper, lower, is_known):
    """Return whether pages or dates show that the lower post belongs above the upper one."""
    (above, above_found), (below, below_found) = upper, lower
    first, second = below.posts[0], above.posts[0]
    dates = [minute_of(found.posts[0]) for found in (above_found, below_found)]
    if None not in (first.minute, second.minute, *dates) and dates[0] < dates[1]:
        return True
    if first.number >= second.number:
        return False
    by_date = first.minute and second.minute and first.minute > second.minute
    return bool(by_date) or is_known(first.number, second.number)


# Runs.


def seen(timeline):
    """Return the parts of a timeline that the order of arguments must not change."""
    return [(post.text, post.posted_at, post.stats, post.card) for post in timeline]


def run(suite, size, seeds):
    """Draw, merge and score one case of a suite for each seed."""
    total = Score()
    for seed in seeds:
        case = SUITES[suite][0](random.Random(f"{suite} {seed}"), size)
        dumps = case.dumps
        start = perf_counter()
        timeline = merge(*dumps)
        posts = seen(timeline)
        seconds = perf_counter() - start
        score = scored(case, timeline.posts)
        score.seconds = seconds
        score.union = scored(case, timeline.posts, case.unions).figures()["F1"] / len(seeds)
        score.unstable = sum(seen(merge(*other)) != posts for other in (dumps[::-1], dumps[1:] + dumps[:1]))
        score.errors = [f"seed {seed}: {error}" for error in score.errors]
        total += score
    return total


def missed(figures, goals):
    return [name for name, goal in goals.items() if figures[name] < goal]


def pairs_of(numbers):
    return sum(count * (count - 1) // 2 for count in numbers)


def scored_groups(owners, groups):
    """Return precision and recall of pairs of dumps; `groups` holds indices into `owners`."""
    together = [Counter(owners[i] for i in one) for one in groups]
    right = sum(pairs_of(one.values()) for one in together)
    found, true = pairs_of(map(len, groups)), pairs_of(Counter(owners).values())
    return {"precision": share(right, found), "recall": share(right, true)}


def run_group(profiles):
    """
    Group the dumps of many profiles; only their text shows to which profile they belong.

    Hard: every profile has `Thank you!` and other common lines, and many pages name nobody.
    """
    owners, texts = zip(*draw_archive(random.Random("group"), profiles), strict=True)
    start = perf_counter()
    dumps = [parse(text, name=str(i)) for i, text in enumerate(texts)]
    groups = group(dumps)
    seconds = perf_counter() - start
    figures = scored_groups(owners, [[int(dump.name) for dump in one] for one in groups])
    return figures | {"profiles": profiles, "dumps": len(dumps), "seconds_per_dump": seconds / len(dumps)}


# The command line.

COLUMNS = ("precision", "recall", "F1", *EXACT, "order")


def table_row(suite, score, figures, failed):
    shares = " ".join(f"{floor(figures[name]):>9}" for name in COLUMNS)
    unstable = f", {score.unstable} unstable" if score.unstable else ""
    unstable += f", F1 of unions {floor(score.union)}" if score.union < figures["F1"] - 0.001 else ""
    verdict = f"MISSED {', '.join(failed)}" if failed else "ok"
    return f"{suite:15} {shares} {score.seconds:7.2f}  {verdict}{unstable}"


def floor(figure):
    """Return a share with four digits, and 1 only if nothing is wrong."""
    return f"{int(figure * 10_000) / 10_000:.4f}"


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--posts", type=int, default=300, help="of each profile, 40 or more (300)")
    parser.add_argument("--seeds", type=int, default=5, help="cases of each suite (5)")
    parser.add_argument("--only", choices=(*SUITES, "group"), help="run this suite alone")
    parser.add_argument(
        "--profiles", type=int, default=300, help="of the suite `group`, four dumps each (300)"
    )
    parser.add_argument(
        "--errors", type=int, default=0, metavar="N", help="print the first errors of each suite"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    return parser.parse_args()


def main():
    given = arguments()
    report, failures = {"python": platform.python_version(), "posts": given.posts, "seeds": given.seeds}, 0
    print(f"{given.posts} posts, {given.seeds} seeds, Python {platform.python_version()}")
    print(" ".join((f"{'suite':15}", *(f"{name:>9}" for name in COLUMNS), "seconds")))
    for suite in SUITES if given.only is None else [given.only]:
        if suite != "group":
            score = run(suite, given.posts, range(given.seeds))
            figures = score.figures()
            failed = missed(figures, SUITES[suite][1])
            failures += bool(failed or score.unstable)
            report[suite] = figures | {
                "F1 of unions": score.union, "unstable": score.unstable, "seconds": round(score.seconds, 3)
            }  # fmt: skip
            print(table_row(suite, score, figures, failed), flush=True)
            for error in score.errors[: given.errors]:
                print("   ", error)
    if given.only in (None, "group"):
        figures = run_group(given.profiles)
        failed = missed(figures, GROUP_GOALS)
        failures += bool(failed)
        report["group"] = figures
        print(
            f"group: {figures['dumps']} dumps of {figures['profiles']} profiles, "
            f"precision {floor(figures['precision'])}, recall {floor(figures['recall'])}, "
            f"{figures['seconds_per_dump'] * 1000:.2f} ms a dump  {'MISSED precision' if failed else 'ok'}"
        )
    if given.json:
        given.json.write_text(json.dumps(report, indent=2) + "\n", "utf-8")
    return int(failures > 0)


if __name__ == "__main__":
    sys.exit(main())
