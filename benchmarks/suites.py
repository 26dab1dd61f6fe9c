# SPDX-License-Identifier: MIT
"""
The suites of `truth.py`: each one draws a profile with a number of posts, and pages of that profile.

The docstring of a suite explains what is hard in it, and `SUITES` contains the goals for a merge.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from unicodedata import normalize

import worlds
from known import expectations
from worlds import (
    BUSHDRUM,
    COMPACT,
    DAMAGES,
    FLAT,
    GLUED,
    GREEK,
    INDENTED,
    LIGHTNEWS,
    NOPZON,
    NOW,
    SITE_LIMIT,
    SPACED,
    SPLIT,
    UNLABELLED,
    apart,
    draw_world,
    drifted,
    lossy,
    render,
    reworded,
    view,
    without,
    write,
)

from postdump import parse

DATED = (COMPACT, GLUED, SPLIT, SPACED, INDENTED)
FAMILIES = (DATED, (NOPZON,), (LIGHTNEWS,), (BUSHDRUM,), (render.REDSKY,), (render.REDSKY_THREAD,))


@dataclass(frozen=True)
class Case:
    """Some pages of one profile."""

    world: render.Truth
    pages: tuple
    is_lossy: bool = False
    either_way: bool = False
    """Whether the pages do not show which end of the timeline is its top."""
    free: frozenset = frozenset()
    """Numbers of the posts that a page shows in two places; either place is right."""

    @cached_property
    def expected(self):
        """Return what is known of each post; in a lossy case, by the guide's rule for lines between posts."""
        return expectations(self.world, self.pages, is_lossy=self.is_lossy, is_by_rule=self.is_lossy)

    @cached_property
    def unions(self):
        """Return each post with all lines that some page shows of it, even if no merge can know them."""
        return expectations(self.world, self.pages, is_lossy=self.is_lossy)

    @cached_property
    def dumps(self):
        return [parse(one.text, name=one.name, captured_at=one.captured_at) for one in self.pages]


# Suites: each one draws a case with `size` posts.


def any_damage(rng):
    return rng.choice(DAMAGES)


def lost_by_turns(rng, size, sides, share=0.06):
    """Choose the posts that each side lacks: no two of them neighbours, and none lacked by two sides."""
    chosen = sorted(apart(rng, range(size), share * sides))
    return [{one for i, one in enumerate(chosen) if i % sides == side} for side in range(sides)]


def seed_like(rng, size):
    """
    A damaged marked page and a clean flat one, as in `seeds/`; each lacks some posts of the other.

    Hard: one page has damaged words, and the other has no boundaries; no label marks a card.
    """
    world = draw_world(rng, size)
    marked, flat = lost_by_turns(rng, size, 2)
    return Case(
        world,
        (
            write(world, without(view(world), marked), UNLABELLED, rng, "marked",
                  damage=any_damage(rng), mixed=rng.random() < 0.3),
            write(world, without(view(world), flat), FLAT, rng, "flat"),
        ),
    )  # fmt: skip


def edited(shown, rng):
    """Change a word in one line of plain ASCII, which no damage can change."""
    lines = [
        (one.number, place) for one in shown for place, line in one.words if line.isascii() and " " in line
    ]
    number, place = rng.choice(lines)

    def change(at, where, line):
        words = line.split()
        return " ".join((*words[:-2], "seldom", words[-1])) if (at, where) == (number, place) else line

    return reworded(shown, change)


def two_crawls(rng, size):
    """
    The same page on two days, one of them perhaps damaged.

    Hard: new posts at the top and old ones gone at the bottom, counts gone up and down, one post deleted
    between the crawls, a word edited in another, and posts of the same minute.
    """
    world, shape, moved = draw_world(rng, size), rng.choice((*DATED, LIGHTNEWS)), max(1, size // 10)
    deleted = rng.randrange(moved + 2, size - moved - 2)
    new = without(view(world)[:-moved], {deleted})
    old = edited(drifted(view(world)[moved:], rng), rng)
    damages = rng.choice(((None, None), (GREEK, None), (None, any_damage(rng))))
    return Case(
        world,
        (
            write(world, new, shape, rng, "new", damage=damages[0], captured_at=NOW + timedelta(hours=9)),
            write(world, old, shape, rng, "old", damage=damages[1], captured_at=NOW + timedelta(hours=2)),
        ),
    )


def three_ways(rng, size):
    """
    Three pages of three layouts, with reposts; one is damaged, and each lacks some posts.

    Hard: cards are above the text on one page and below it on another, and only one page shows times, counts
    or cards.
    """
    world = draw_world(rng, size, reposts=0.1)
    shapes = [rng.choice(family) for family in rng.sample(FAMILIES, 3)]
    pages = [
        write(world, without(view(world), lost), shape, rng, f"page {i}", damage=GREEK if i == 1 else None)
        for i, (shape, lost) in enumerate(zip(shapes, lost_by_turns(rng, size, 3, 0.04), strict=True))
    ]
    return Case(world, tuple(pages))


def many(rng, size):
    """
    Seven pages of mixed layouts and damages, on seven days.

    Hard: only damaged pages may show what another page lacks, and the latest counts are the right ones.
    """
    world = draw_world(rng, size, reposts=0.05)
    shapes = (*rng.sample(DATED, 3), NOPZON, LIGHTNEWS, BUSHDRUM, FLAT)
    pages = []
    for i, (shape, lost) in enumerate(zip(shapes, lost_by_turns(rng, size, 7, 0.03), strict=True)):
        damage = any_damage(rng) if i % 2 else None
        shown = drifted(without(view(world), lost), rng)
        pages.append(
            write(
                world, shown, shape, rng, f"page {i}", damage=damage, captured_at=NOW + timedelta(days=i + 1)
            )
        )
    return Case(world, tuple(pages))


def around_bio(truth, rng):
    """Write the first post twice without a line break between, and the header right behind the second."""
    first, *rest = (render.compact_post(post, render.stats_line(post)) for post in truth.posts)
    gap = "\n" if first[0].isdigit() else ""
    return f"{first}{gap}{first}@{truth.owner.handle}\n{truth.bio}\n" + "\n".join(rest)


def above_header(truth, rng):
    """Write the first post above the header of a spaced page, and once more below it."""
    first = truth.posts[0]
    return render.spaced_post(first, render.stats_line(first, "    ")) + "\n" + SPACED.render(truth, rng)


def shown_twice(rng, size):
    """
    A page that shows one post twice, beside a later crawl that does the same or a flat page that does not.

    Hard: the post is shown a second time at the top (pinned), right below the first, around the bio or above
    the header, and in the later crawl its counts have changed. It is one post in every case, and the bio is
    no post.
    """
    world = draw_world(rng, size)
    shown, kind, free = view(world), rng.randrange(4), set()
    if kind == 0:
        free = {rng.randrange(size // 2, size)}
        twice, shape = [shown[min(free)], *shown], rng.choice((COMPACT, SPACED))
    elif kind == 1:
        twice, shape = [shown[0], *shown], rng.choice((COMPACT, GLUED, SPLIT))
    else:
        render_it = around_bio if kind == 2 else above_header
        twice, shape = shown, replace(COMPACT if kind == 2 else SPACED, render=render_it)
    first = write(world, twice, shape, rng, "twice", captured_at=NOW + timedelta(hours=2))
    later = {one.number: one for one in drifted(shown, rng)}
    if rng.random() < 0.5:
        other = write(
            world,
            [later[one.number] for one in twice],
            shape,
            rng,
            "later",
            captured_at=NOW + timedelta(hours=9),
        )
    else:
        other = write(world, without(shown, apart(rng, range(1, size), 0.05)), FLAT, rng, "flat",
                      captured_at=NOW + timedelta(hours=9))  # fmt: skip
    return Case(world, (first, other), free=frozenset(free))


def say(posts, numbers, line):
    """Give these posts the same text and different counts, so that no page shows one of them twice."""
    for number in numbers:
        counts = (20_000 + number, *posts[number].counts[1:])
        posts[number] = replace(posts[number], paragraphs=((line,),), card=None, counts=counts)


def repetitive(rng, size):
    """Draw a world in which a third of the posts has the same text: in runs, alternating, in one minute."""
    world = draw_world(rng, size, cards=0)
    posts, words = list(world.posts), worlds.Words(rng)
    line = rng.choice(("Thank you!", words.sentence()))
    say(posts, rng.sample(range(size), size // 4), line)
    start = rng.randrange(size - 12)
    say(posts, range(start, start + 5), line)
    start = rng.randrange(size - 12)
    for number in range(start, start + 8):
        say(posts, [number], words.sentence() if number < start + 2 else posts[number - 2].paragraphs[0][0])
    for number in range(1, size):
        if posts[number].lines == posts[number - 1].lines and rng.random() < 0.3:
            posts[number] = replace(posts[number], posted_at=posts[number - 1].posted_at)
    return replace(world, posts=tuple(posts))


def repeats_kept(rng, size):
    """
    A third of all posts has the same text, some in one minute; one text in a run, two texts alternating.

    Hard: only their place distinguishes equal posts. Only one page lacks some of them, so the other page
    shows how many there are; both pages lack some posts with a text of their own.
    """
    world = repetitive(rng, size)
    times = Counter(tuple(post.lines) for post in world.posts)
    first, second = lost_by_turns(rng, size, 2)
    second = {number for number in second if times[tuple(world.posts[number].lines)] == 1}
    lost = [first, second]
    rng.shuffle(lost)
    other = rng.choice((FLAT, FLAT, SPACED))
    return Case(
        world,
        (
            write(world, without(view(world), lost[0]), COMPACT, rng, "marked", damage=any_damage(rng)),
            write(world, without(view(world), lost[1]), other, rng, "other"),
        ),
    )


def oldest_first(rng, size):
    """
    Two pages, one of them with the oldest post first, and the lines of each post in the usual order.

    Hard: only the order of the posts shows it, and a flat page has no dates. Nothing shows which order is the
    right one, so both are.
    """
    world = draw_world(rng, size)
    marked, other = lost_by_turns(rng, size, 2)
    shape = rng.choice((COMPACT, SPACED, FLAT, FLAT))
    return Case(
        world,
        (
            write(world, without(view(world), marked), COMPACT, rng, "marked", damage=GREEK),
            write(world, without(view(world), other)[::-1], shape, rng, "turned"),
        ),
        either_way=True,
    )


def flat_stretches(rng, size):
    """
    Long stretches that only the flat page shows, one of them at its top or at its end.

    Hard: only the length of lines shows where posts end. In half of the stretches, each line is so long that
    it must be a post of its own.
    """
    world = draw_world(rng, size, cards=0)
    posts, words, length = list(world.posts), worlds.Words(rng), max(3, size // 12)
    starts = [rng.choice((0, size - length)), *(size * k // 5 + rng.randrange(2) for k in (1, 2, 3))]
    lost = {number for start in starts for number in range(start, start + length)}
    for number in sorted(lost):
        if rng.random() < 0.5:
            line = words.sentence(26)
            while not SITE_LIMIT / 2 < len(line) < SITE_LIMIT:
                line = words.sentence(26)
            posts[number] = replace(posts[number], paragraphs=((line,),))
    world = replace(world, posts=tuple(posts))
    return Case(
        world,
        (
            write(world, without(view(world), lost), COMPACT, rng, "marked", damage=any_damage(rng)),
            write(world, view(world), FLAT, rng, "flat"),
        ),
    )


def near(line, rng):
    """Return a line as another extractor would write it."""
    if line.startswith("harbour.example/"):
        return line[: rng.randint(18, len(line) - 1)] + "..."
    kind = rng.randrange(5)
    if kind == 0:
        return normalize("NFD", line)
    if kind == 1:
        return line.replace(" & ", " &amp; ")
    return line.replace(" ", rng.choice(("  ", "\u00a0")), 1) if kind == 2 else line


def near_equal(rng, size):
    """
    Two pages that write the same lines differently, and a flat page that ends within a word.

    Hard: links are cut short, accents are separate characters, `&amp;` and white space differ: the same line,
    but never the same text. Any reading is right, but of a line cut short only the whole reading.
    """
    world = draw_world(rng, size, cards=0)
    posts = tuple(
        replace(post, paragraphs=tuple(
            tuple(line.replace(" ", " & ", 1) if rng.random() < 0.1 else line for line in part)
            for part in post.paragraphs
        ))
        for post in world.posts
    )  # fmt: skip
    world = replace(world, posts=posts)
    marked, flat = lost_by_turns(rng, size, 2)
    changed = reworded(without(view(world), flat - {size - 1}), lambda *at: near(at[2], rng))
    last = changed[-1].words[-1][0]

    def tear(number, place, line):
        return line[: max(12, len(line) // 2)].rstrip() if (number, place) == (size - 1, last) else line

    return Case(
        world,
        (
            write(world, without(view(world), marked - {size - 1}), rng.choice(DATED), rng, "marked"),
            write(world, reworded(changed, tear), FLAT, rng, "torn"),
        ),
    )


def lossy_sides(world, rng):
    return Case(
        world,
        (
            write(world, lossy(view(world), rng), COMPACT, rng, "marked", damage=any_damage(rng)),
            write(world, lossy(view(world), rng), FLAT, rng, "flat"),
        ),
        is_lossy=True,
    )


def lossy_both(rng, size):
    """
    A damaged marked page and a flat one; each lacks 5 % of the posts and 2 % of the lines.

    Hard: neighbours may both be missing, and only the marker of a post may be left.
    """
    return lossy_sides(draw_world(rng, size, cards=0), rng)


def third_same(rng, size):
    """
    A third of the posts has the same text; each page lacks 5 % of the posts, the flat one 2 % of the lines.

    No post is missing from both pages, and one page shows all posts with the same text.

    Hard: a text that occurs a hundred times is no anchor, and its neighbours may be missing.
    """
    world = repetitive(rng, size)
    times = Counter(tuple(post.lines) for post in world.posts)
    sides = [set(), set()]
    keeps_all = rng.randrange(2)
    for number, post in enumerate(world.posts):
        side = rng.randrange(20)  # of each twenty, each side lacks one
        if side < 2 and (side != keeps_all or times[tuple(post.lines)] == 1):
            sides[side].add(number)
    flat = lossy(without(view(world), sides[1]), rng, posts=0)
    if keeps_all == 1:  # the flat page must show the number of equal posts
        whole = {one.number: one for one in view(world)}
        flat = [one if times[tuple(one.post.lines)] == 1 else whole[one.number] for one in flat]
    return Case(
        world,
        (
            write(world, without(view(world), sides[0]), COMPACT, rng, "marked", damage=any_damage(rng)),
            write(world, flat, FLAT, rng, "flat"),
        ),
        is_lossy=True,
    )


def omitted(rng, size):
    """
    Three pages: one ends early, one begins late, and one is flat; each lacks some posts.

    Hard: a page that covers the place of a post and lacks the post must be named, but not a page that ends
    before.
    """
    world = draw_world(rng, size)
    first, second, third = lost_by_turns(rng, size, 3, 0.04)
    shown = view(world)
    return Case(
        world,
        (
            write(world, without(shown[: size * 7 // 10], first), rng.choice(DATED), rng, "early"),
            write(world, without(shown[size * 3 // 10 :], second), rng.choice(DATED), rng, "late"),
            write(world, without(shown, third), FLAT, rng, "flat"),
        ),
    )


WHOLE = {"F1": 1.0, "texts": 1.0}
SUITES = {
    "seed-like": (seed_like, WHOLE),
    "two-crawls": (two_crawls, WHOLE),
    "three-ways": (three_ways, WHOLE),
    "many": (many, WHOLE),
    "shown-twice": (shown_twice, WHOLE),
    "repeats-kept": (repeats_kept, WHOLE),
    "oldest-first": (oldest_first, WHOLE),
    "flat-stretches": (flat_stretches, WHOLE),
    "near-equal": (near_equal, WHOLE),
    "lossy": (lossy_both, {"F1": 0.95}),
    "third-same": (third_same, {"F1": 0.99}),
    "omitted": (omitted, {"F1": 1.0, "omitted": 1.0}),
}
GROUP_GOALS = {"precision": 1.0}
