# SPDX-License-Identifier: MIT
"""
Draw profiles whose posts are known, and pages that show some of the posts.

A *world* is a profile with all its posts. A *view* is what one page shows of a world: some posts, in some
order, perhaps with lost lines, changed counts or edited words. A *page* is a view that was written in one
shape of `tests/render.py`, damaged or not. `known.py` computes from these what a merge must contain.
"""

import re
import sys
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import groupby
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))

import render
from render import BSKYVIEW, COUNTS, Person, Shape, TrueCard, TruePost, Truth

COMPACT, GLUED, SPLIT, SPACED, INDENTED = BSKYVIEW
UNLABELLED, NOPZON, LIGHTNEWS, BUSHDRUM = render.UNLABELLED, render.NOPZON, render.LIGHTNEWS, render.BUSHDRUM
NOW = datetime(2026, 2, 14, 12, 30)
SITE_LIMIT = 300
"""Most characters of a post, without line breaks; each generated character is one code point."""

NOUNS = """
    anchor apple attic baker barrel basket beacon bell bench bicycle birch boat bottle branch brass bread
    bridge brook broom bucket button candle canvas carpet castle cellar chalk cherry chimney cider clock
    cloud clover coat cobble copper cotton cradle crayon creek curtain cushion daisy dinner donkey drawer
    drum eagle easel elbow engine fabric falcon feather fence ferry fiddle flour flute forest fountain
    garden garlic gate ginger glove goose grain granite grape gravel gull hammer harbour hazel hedge hinge
    honey horse island ivory jacket jetty jigsaw kettle kitchen kite ladder lake lantern leaf lemon letter
    lilac linen loaf lobster map marble market meadow melon mill mirror mitten mooring mustard napkin needle
    nettle oak oar oven owl oyster paddle paint parcel parrot pebble pepper piano pickle pillow plum pocket
    pond poplar potter puddle pumpkin quay quilt rabbit raft rain ribbon ridge river robin rope saddle sail
    salt sandal saucer scarf shell shovel silk sleeve snail spade spoon stable stair steam stone stove straw
    sugar sunflower table tailor tar tea teapot thimble thistle tide timber toast tower trunk tulip tunnel
    umbrella valley velvet village violin wagon walnut wharf wheat whistle willow window winter wool wren
    yarn
"""
WORDS = NOUNS.split()
BEYOND = (
    "the {}’s {}",
    "a “{} {}”",
    "{}… and {}",
    "{} — {}",
    "café {} à {}",
    "🌊 {} ⛵ {}",
    "naïve {} für {}",
)
"""Words with characters that damage changes; all but the one with a wave begin and end with ASCII."""


# Worlds.


class Words:
    """Draw sentences, each one once."""

    def __init__(self, rng):
        self.rng = rng
        self.said = set()

    def sentence(self, size=None, *, beyond=0.3):
        """Return a line that has not been drawn before and that looks like no marker, host or handle."""
        while True:
            rng = self.rng
            words = rng.choices(WORDS, k=size or rng.randint(4, 9))
            if rng.random() < beyond:
                words[1:3] = [rng.choice(BEYOND).format(*rng.choices(WORDS, k=2))]
            line = f"{rng.choice(('The', 'My', 'Every', 'That', 'No'))} {' '.join(words)}{rng.choice('.!?')}"
            if visible(line) not in self.said:
                self.said.add(visible(line))
                return line


def visible(text):
    """Return the ASCII letters and digits of a text, which no damage can change, to identify a post."""
    return re.sub(r"[^0-9A-Za-z]", "", text)


def draw_paragraphs(rng, words):
    """Return one to four lines, no longer than the site allows."""
    drawn = [[words.sentence()]]
    for _ in range(rng.choice((0, 0, 1, 1, 2, 3))):
        if sum(len(line) + 2 for lines in drawn for line in lines) < 180:
            drawn.append([words.sentence()]) if rng.random() < 0.3 else drawn[-1].append(words.sentence())
    if rng.random() < 0.05:
        drawn[0][0] = f"{rng.randint(2020, 2026)} {drawn[0][0]}"  # a count may be right before it
    if rng.random() < 0.1:
        drawn[-1].append(f"harbour.example/{rng.randrange(10**6)}/report")
    return tuple(map(tuple, drawn))


def draw_card(rng, words):
    title = " ".join(rng.choices(WORDS, k=3)).capitalize() + f" {rng.randrange(1000)}"
    description = words.sentence(beyond=0) if rng.random() < 0.6 else None
    return TrueCard(title, description, rng.choice(("quay.example.org", "www.mill.example")))


def draw_counts(rng):
    return tuple(rng.choice((0, rng.randint(1, 9), rng.randint(10, 9999))) for _ in COUNTS)


def draw_world(rng, size, *, cards=0.15, reposts=0.0, owner=render.ADA):
    """Draw a profile, the newest post first; some posts have the same minute."""
    words, moment, posts = Words(rng), NOW, []
    for _ in range(size):
        moment -= timedelta(minutes=rng.choice((0, 3, 70, 700, 700, 5000)))
        post = TruePost(draw_paragraphs(rng, words), moment, draw_counts(rng))
        if rng.random() < cards:
            post = replace(post, card=draw_card(rng, words))
        if rng.random() < reposts:
            post = replace(post, is_repost=True, author=rng.choice(render.OTHERS))
        else:
            post = replace(post, author=owner)
        posts.append(post)
    return Truth(
        owner=owner, bio=words.sentence(beyond=0), followers=1405, following=958, count=size,
        joined=date(2023, 8, 19), posts=tuple(posts), tail=(), captured_at=NOW + timedelta(hours=3),
    )  # fmt: skip


# Views: what one page shows.


@dataclass(frozen=True)
class Showing:
    """One post as one page shows it; each line has its place in the true post."""

    number: int
    words: tuple
    """Pairs of a place (paragraph, line) and the text of that line."""
    post: TruePost
    """The post with the counts that this page shows, and its true words."""

    @property
    def written(self):
        """Return the post with the words that this page shows."""
        parts = groupby(self.words, key=lambda pair: pair[0][0])
        return replace(self.post, paragraphs=tuple(tuple(line for _, line in part) for _, part in parts))


def view(world):
    return [
        Showing(
            number,
            tuple(((i, j), line) for i, part in enumerate(post.paragraphs) for j, line in enumerate(part)),
            post,
        )
        for number, post in enumerate(world.posts)
    ]


def without(shown, numbers):
    return [one for one in shown if one.number not in numbers]


def drifted(shown, rng, share=0.5):
    """Raise some counts, and lower a few, as when likes are taken back."""
    made = []
    for one in shown:
        if rng.random() < share:
            counts = tuple(max(0, count + rng.choice((-2, 0, 1, 7))) for count in one.post.counts)
            one = replace(one, post=replace(one.post, counts=counts))  # noqa: PLW2901
        made.append(one)
    return made


def reworded(shown, change):
    """Change lines; `change` takes the number of the post, the place and the line."""
    return [
        replace(one, words=tuple((place, change(one.number, place, line)) for place, line in one.words))
        for one in shown
    ]


def lossy(shown, rng, posts=0.05, lines=0.02):
    """Remove posts, and lines of other posts; a post without lines still has its marker."""
    left = [one for one in shown if rng.random() >= posts]
    return [replace(one, words=tuple(pair for pair in one.words if rng.random() >= lines)) for one in left]


def apart(rng, numbers, share):
    """Choose some of the numbers, no two of them neighbours, so that the place of each one stays known."""
    chosen = set()
    for number in rng.sample(sorted(numbers), int(len(numbers) * share)):
        if not chosen & {number - 1, number, number + 1}:
            chosen.add(number)
    return chosen


# Pages.

FILLERS = {"question": "?", "replacement": "\ufffd", "space": " "}


@dataclass(frozen=True)
class Misreading:
    """UTF-8 read in a one-byte encoding, with a filler in place of each lost byte."""

    codec: str
    policy: str

    @cached_property
    def table(self):
        policy = "drop" if self.policy in FILLERS else self.policy
        read = (render.misread_byte(byte, self.codec, policy) for byte in range(256))
        return [one or FILLERS.get(self.policy, "") for one in read]

    def __call__(self, text):
        return "".join(self.table[byte] for byte in text.encode("utf-8"))


GREEK = Misreading("iso8859_7", "drop")
DAMAGES = (
    GREEK,
    Misreading("iso8859_7", "windows-1252"),
    Misreading("iso8859_11", "drop"),
    Misreading("iso8859_2", "drop"),
    Misreading("cp1252", "keep"),
    Misreading("cp1252", "question"),
    Misreading("cp1251", "drop"),
    Misreading("iso8859_15", "replacement"),
)


@dataclass(frozen=True)
class Page:
    """A view, written as text."""

    name: str
    shape: Shape
    shown: tuple
    text: str
    damage: Misreading | None = None
    captured_at: datetime | None = None

    @property
    def is_flat(self):
        return self.shape.layout == "flat"


def flat(truth, rng):
    """Return a heading and words, nothing else; render.py sometimes leaves the heading out."""
    heading = f"Posts by {truth.owner.name} (@{truth.owner.handle})"
    return "\n".join((heading, *(line for post in truth.posts for line in post.lines)))


FLAT = replace(render.FLAT, render=flat)


def partly(damage, rng, text):
    """Damage all but some lines of a text; characters from HTML entities stay undamaged in the same way."""
    return "\n".join(line if rng.random() < 0.2 else damage(line) for line in text.split("\n"))


def write(world, shown, shape, rng, name, *, damage=None, mixed=False, captured_at=None, change=None):
    """Write a view as a page; `change` is applied to the whole text before the damage."""
    truth = replace(
        world,
        posts=tuple(one.written for one in shown),
        captured_at=captured_at or world.captured_at,
    )
    text = shape.render(truth, rng)
    text = change(text) if change else text
    if damage:
        text = partly(damage, rng, text) if mixed else damage(text)
    return Page(name, shape, tuple(shown), text, damage, captured_at)


# Archives of many profiles.

COMMON = ("Thank you!", "Good morning, everyone!", "So true.", "See you at the harbour tomorrow, everybody.")


def person(number):
    return Person(f"Keeper {number}", f"keeper{number}.example.social")


def draw_archive(rng, profiles, dumps=4):
    """Yield pairs of a profile's number and a text, several for each profile; all pages have common lines."""
    shapes = (COMPACT, GLUED, SPLIT, SPACED, LIGHTNEWS, BUSHDRUM, render.FLAT)
    for number in range(profiles):
        world = draw_world(rng, rng.randint(3, 14), owner=person(number))
        posts = list(world.posts)
        for line in rng.sample(COMMON, 3):
            at = rng.randrange(len(posts) + 1)
            like = posts[min(at, len(posts) - 1)]
            posts.insert(at, replace(like, paragraphs=((line,),), card=None, counts=draw_counts(rng)))
        world = replace(world, posts=tuple(posts))
        for _ in range(dumps):
            first = rng.choice((0, 0, 0, 1, 2))
            shown = without(view(world)[first:], {n for n in range(len(posts)) if rng.random() < 0.1})
            shape = rng.choice(shapes)
            if shape is render.FLAT and rng.random() < 0.7:
                shape = BARE
            damage = rng.choice((None, None, GREEK))
            yield number, write(world, shown, shape, rng, "", damage=damage).text


BARE = replace(FLAT, render=lambda truth, rng: "\n".join(line for post in truth.posts for line in post.lines))
"""A flat page without a heading, so that only its words show to which profile it belongs."""
