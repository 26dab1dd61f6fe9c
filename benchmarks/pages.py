# SPDX-License-Identifier: MIT
"""Generated pages, and what they say: invented words, the same ones for everybody and on every machine."""

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
"""What people write more than once: lines that agree by chance."""
GREEK = Damage(misread_as="iso-8859-7", c1_policy=C1Policy.DROP)
WINDOWS = Damage(misread_as="cp1252", c1_policy=C1Policy.WINDOWS_1252)


@frozen
class Written:
    """One post as it was written, and what its stats line counts."""

    lines: tuple[str, ...]
    when: datetime
    counts: tuple[int, ...]
    card: tuple[str, ...] = ()

    def stats(self, icons="👍🔁💬📌", dash="—"):
        counted = " ".join(f"{icon} {count}" for icon, count in zip(icons, self.counts, strict=True))
        return f"{self.when:%d.%m.%Y %H:%M} {dash} {counted}"


def words(rng, least=8, most=12, signs=0.4):
    """Write a line of text, almost all of it ASCII, as people write English."""
    drawn = rng.choices(WORDS, k=rng.randint(least, most))
    if signs and rng.random() < signs:
        drawn[rng.randrange(len(drawn))] = rng.choice(SIGNS)
    return " ".join(drawn).capitalize() + "."


def counts(rng):
    return tuple(rng.randrange(most) for most in (300, 30, 6, 4))


def plain(posts):
    """Write so many posts of two or three lines that no damage can touch."""
    rng = random.Random(203)
    for _ in range(posts):
        lines = tuple(words(rng, signs=0) for _ in range(rng.choice((2, 2, 3))))
        day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(2023, 2026)
        when = datetime(year, month, day, rng.randrange(24), rng.randrange(60))
        yield Written(lines, when, counts(rng))


def page(posts):
    """Write a damaged dump of so many posts: two or three lines and a stats line each, about 203 bytes."""
    icons = ("π", "π", "π¬", "π")
    return "\n".join(line for post in plain(posts) for line in (*post.lines, post.stats(icons, "β"))) + "\n"


@frozen
class Overlap:
    """Three dumps of one profile, none of which shows all of it, and which lines are the same."""

    marked: str
    """Damaged, with stats lines and cards."""
    flat: str
    """Clean, and words alone."""
    other: str
    """Clean, with stats lines and without cards: another day's dump."""
    pairs: frozenset
    """The numbers of the same lines of `marked` and `flat`, counted from 0."""


def profile(posts, rng):
    """Write so many posts, newest first; a tenth have a card, a twentieth are a line that others are too."""
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
    """Write dumps of so many posts, of which a tenth is outside each other's end, and a twentieth missing."""
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
