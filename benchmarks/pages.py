# SPDX-License-Identifier: MIT
"""Generate pages of invented words, the same on every machine, together with their posts."""

import random
from datetime import datetime, timedelta

from attrs import frozen

from postdump import C1Policy, Damage

WORDS = (
    *("lantern", "quay", "harbour", "engineer", "opinion", "tide", "boat", "singing", "festival", "tonight"),
    *("council", "approved", "plan", "wall", "north", "ferry", "repair", "bridge", "bell", "market", "gull"),
    *("rope", "anchor", "storm", "glass", "window", "copper", "baker", "kettle", "stair"),
)
SIGNS = ("isn’t", "ferry’s", "“now”", "café", "Straße", "naïve", "– and", "so…", "20 €", "👍")
SHORT = ("Thank you!", "Good morning!", "Yes.", "This.", "Ahoy, everybody!")
"""Short lines that many posts contain, so they agree by chance."""
GREEK = Damage(misread_as="iso-8859-7", c1_policy=C1Policy.DROP)
WINDOWS = Damage(misread_as="cp1252", c1_policy=C1Policy.WINDOWS_1252)


@frozen
class Written:
    """One post as it was written, and the counts of its stats line."""

    lines: tuple[str, ...]
    when: datetime
    counts: tuple[int, ...]
    card: tuple[str, ...] = ()

    def stats(self, icons="👍🔁💬📌", dash="—"):
        counted = " ".join(f"{icon} {count}" for icon, count in zip(icons, self.counts, strict=True))
        return f"{self.when:%d.%m.%Y %H:%M} {dash} {counted}"


def words(rng, least=8, most=12, signs=0.4):
    """Return a line of text, almost all of it ASCII, as in English."""
    drawn = rng.choices(WORDS, k=rng.randint(least, most))
    if signs and rng.random() < signs:
        drawn[rng.randrange(len(drawn))] = rng.choice(SIGNS)
    return " ".join(drawn).capitalize() + "."


def counts(rng):
    return tuple(rng.randrange(most) for most in (300, 30, 6, 4))


def plain(posts):
    """Yield `posts` posts of two or three lines that no damage can change."""
    rng = random.Random(203)
    for _ in range(posts):
        lines = tuple(words(rng, signs=0) for _ in range(rng.choice((2, 2, 3))))
        day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(2023, 2026)
        when = datetime(year, month, day, rng.randrange(24), rng.randrange(60))
        yield Written(lines, when, counts(rng))


def page(posts):
    """Return a damaged dump: each post has two or three lines and a stats line, about 203 bytes."""
    icons = ("π", "π", "π¬", "π")
    return "\n".join(line for post in plain(posts) for line in (*post.lines, post.stats(icons, "β"))) + "\n"


@frozen
class Overlap:
    """Three dumps of one profile, each of them incomplete, and the pairs of lines that are the same."""

    marked: str
    """A damaged dump with stats lines and cards."""
    flat: str
    """A clean dump with only words."""
    other: str
    """A clean dump of another day, with stats lines and without cards."""
    pairs: frozenset
    """Pairs of line numbers, counted from 0: a line of `marked` and the same line of `flat`."""


def profile(posts, rng):
    """Yield posts, newest first: 10 % have a card, and 5 % are a short line that occurs more than once."""
    when = datetime(2026, 2, 3, 17, 4)
    for _ in range(posts):
        if rng.random() < 0.05:
            lines = (rng.choice(SHORT),)
        else:
            lines = tuple(words(rng, 12, 17) for _ in range(rng.choice((1, 2, 2))))
        card = ()
        if rng.random() < 0.1:
            card = tuple(words(rng, 4, 9) for _ in range(rng.choice((1, 2))))
        yield Written(lines, when, counts(rng), card)
        when -= timedelta(minutes=rng.randint(1, 400))


def overlap(posts, seed=205):
    """Return dumps of which each two overlap for 90 % of their length, and each lacks 5 % of its posts."""
    rng = random.Random(seed)
    beyond = posts // 10
    everything = list(profile(posts + beyond, rng))
    marked, flat, other, pairs = [], [], [], set()
    for number, post in enumerate(everything):
        first = number < posts and rng.random() >= 0.05
        second = number >= beyond and rng.random() >= 0.05
        if first and second:
            start = len(marked) + len(post.card)
            pairs.update((start + n, len(flat) + n) for n in range(len(post.lines)))
        if first:
            marked += [*post.card, *post.lines, post.stats()]
        if second:
            flat += post.lines
            other += [*post.lines, post.stats()]
    damaged = GREEK.apply("\n".join(marked) + "\n")
    return Overlap(damaged, "\n".join(flat) + "\n", "\n".join(other) + "\n", frozenset(pairs))
