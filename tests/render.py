# SPDX-License-Identifier: MIT
"""
Pages of every layout, written without postdump: whatever they say must be read back from them.

A `Truth` is a profile as it is, drawn from a seeded `random.Random`. A `Shape` is one spacing of one layout:
how its pages are written, and what of the truth they show. Nothing here knows how pages are read.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

COUNTS = ("likes", "reposts", "replies", "quotes")

ADJECTIVES = [
    "quiet",
    "early",
    "windy",
    "crooked",
    "salty",
    "patient",
    "bright",
    "hollow",
    "northern",
    "borrowed",
]
NOUNS = [
    "lantern",
    "ferry",
    "harbour",
    "gull",
    "rope",
    "quay",
    "lighthouse",
    "kettle",
    "ladder",
    "orchard",
    "tide",
    "piano",
]
VERBS = ["waits", "sings", "leaks", "returns", "wobbles", "hums", "drifts", "closes", "shines", "listens"]
PLACES = [
    "by the old wall",
    "at the market",
    "under the bridge",
    "in the fog",
    "on Sunday",
    "beside the mill",
]
BEYOND = ("It’s “only” weather…", "Café à la digue", "Ship ahoy ⛵ everyone", "Straße am Hafen")
ENDS = (".", "!", "?")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    name: str
    handle: str


ADA = Person("Ada Example", "ada.example.social")
OTHERS = (
    Person("Bo Example", "bo.example.social"),
    Person("Cleo Example", "cleo.example.social"),
    Person("Dov Example", "dov.example.org"),
)


@dataclass(frozen=True)
class TrueCard:
    title: str | None
    description: str | None
    domain: str

    @property
    def lines(self):
        return [line for line in (self.title, self.description) if line is not None]

    @property
    def run_together(self):
        return " ".join(self.lines)


@dataclass(frozen=True)
class TruePost:
    paragraphs: tuple
    posted_at: datetime
    counts: tuple
    author: Person = ADA
    is_repost: bool = False
    card: TrueCard | None = None
    pictures: int = 0
    alt: str | None = None

    @property
    def lines(self):
        return [line for paragraph in self.paragraphs for line in paragraph]


@dataclass(frozen=True)
class Truth:
    owner: Person
    bio: str
    followers: int
    following: int
    count: int
    joined: date
    posts: tuple
    tail: tuple
    captured_at: datetime


@dataclass(frozen=True)
class Shape:
    """How pages of one spacing are written, and what they show."""

    id: str
    layout: str
    render: Any
    clock: str | None = None
    """One of "minute", "second", "millisecond", "day", "age"; None where it shows no time."""
    counts: tuple = ()
    card: str = "none"
    """One of "joined" (on one line), "split", "text" (where nothing tells it from text), "none"."""
    paragraphs: bool = False
    author: str | None = None
    """One of "both" (name and handle), "handle", "user" (a handle of another network), None."""
    reposts: bool = False
    textless: bool = True
    profile: tuple = field(default=())


# The truth.


def sentence(rng, *, end=None, ascii_only=True):
    """Write one line that looks like no marker, host or handle."""
    words = [rng.choice(ADJECTIVES), rng.choice(NOUNS), rng.choice(VERBS), rng.choice(PLACES)]
    start = rng.choice(("The", "A", "My", "Every", "That", "No"))
    line = " ".join((start, *words)) + (rng.choice(ENDS) if end is None else end)
    return line if ascii_only or rng.random() < 0.6 else f"{rng.choice(BEYOND)} {line}"


def draw_paragraphs(rng, ascii_only):
    """Draw the words of a post, no longer than the site allows."""
    drawn = [
        [sentence(rng, ascii_only=ascii_only) for _ in range(rng.choice((1, 1, 1, 2, 3)))]
        for _ in range(rng.choice((1, 1, 2, 3)))
    ]
    if rng.random() < 0.15:
        drawn[0][0] = f"{rng.randint(2020, 2026)} was a good year for {rng.choice(NOUNS)}s."
    if rng.random() < 0.2:
        drawn[-1].append(f"quay.example.org/{rng.randint(10, 99)}/rep...")
    while sum(len(line) + 2 for lines in drawn for line in lines) > 280:
        drawn.pop()
    return tuple(map(tuple, drawn))


def draw_card(rng, line_count):
    """Draw a card; that it has a domain alone shows only below a single line."""
    domain = rng.choice(("quay.example.org", "www.harbour.example", "news.mill.example.net"))
    if line_count == 1 and rng.random() < 0.2:
        return TrueCard(None, None, domain)
    title = f"{rng.choice(NOUNS)} and {rng.choice(NOUNS)}: {rng.choice(ADJECTIVES)} news".capitalize()
    return TrueCard(title, sentence(rng) if rng.random() < 0.6 else None, domain)


def draw_post(rng, posted_at, *, ascii_only, media, must_speak):
    """Draw a post with at most one of card and pictures, and without words only where it shows pictures."""
    counts = tuple(rng.choice((0, rng.randint(0, 9), rng.randint(10, 9999))) for _ in COUNTS)
    post = TruePost(draw_paragraphs(rng, ascii_only), posted_at, counts)
    chance = rng.random()
    if chance < 0.3:
        post = replace(post, card=draw_card(rng, len(post.lines)))
    elif media and chance < 0.55:
        silent = not must_speak and rng.random() < 0.4
        alt = sentence(rng) if rng.random() < 0.5 else None
        paragraphs = () if silent else post.paragraphs
        post = replace(post, pictures=rng.choice((1, 1, 2)), alt=alt, paragraphs=paragraphs)
    if rng.random() < 0.2:
        post = replace(post, is_repost=True, author=rng.choice(OTHERS))
    return post


def draw(rng, *, ascii_only=False, media=True, size=None):
    """Draw a profile with its posts, the newest first; no line occurs in two of them."""
    now = datetime(2026, 2, 14, 12, 30, 44) - timedelta(minutes=rng.randint(0, 200_000))
    posted_at, posts, seen = now, [], set()
    while len(posts) < (size or 6):
        posted_at -= timedelta(minutes=rng.choice((3, 70, 700, 20_000)), milliseconds=rng.randint(0, 59_999))
        posted_at = posted_at.replace(microsecond=posted_at.microsecond // 1000 * 1000)
        post = draw_post(rng, posted_at, ascii_only=ascii_only, media=media, must_speak=not posts)
        words = {*post.lines, post.alt, *(post.card.lines if post.card else ())} - {None}
        if not words & seen:
            posts.append(post)
            seen |= {word for word in words if not word.startswith("quay.")}
    return Truth(
        owner=ADA,
        bio="Harbour engineer, " + sentence(rng).lower(),
        followers=rng.choice((rng.randint(0, 999), 100 * rng.randint(10, 99))),
        following=rng.randint(0, 999),
        count=rng.randint(0, 999),
        joined=date(2023, rng.randint(1, 12), rng.randint(1, 28)),
        posts=tuple(posts),
        tail=tuple(f"Neighbour {n}: boats and maps" for n in range(rng.randint(0, 2))),
        captured_at=now + timedelta(minutes=rng.randint(5, 40)),
    )


# What pages say of a post.


def us_day(moment):
    return f"{MONTHS[moment.month - 1]} {moment.day}, {moment.year}"


def us_clock(moment):
    return f"{moment.hour % 12 or 12}:{moment.minute:02} {'AM' if moment.hour < 12 else 'PM'}"


def dotted(moment):
    return f"{moment.day:02}.{moment.month:02}.{moment.year} {moment.hour:02}:{moment.minute:02}"


def stats_line(post, gap=" "):
    likes, reposts, replies, quotes = post.counts
    return f"{dotted(post.posted_at)} — 👍 {likes}{gap}🔁 {reposts}{gap}💬 {replies}{gap}📌 {quotes}"


def split_stats(post):
    icons = zip("👍🔁💬📌", post.counts, strict=True)
    return "\n".join((dotted(post.posted_at), *(f"{icon} {count}" for icon, count in icons)))


def age(post, captured_at, rng):
    """Tell an age in the largest unit of which there are two, cut off or rounded."""
    seconds = (captured_at - post.posted_at).total_seconds()
    units = (("years", 31_557_600), ("months", 2_629_800), ("days", 86_400), ("hours", 3600), ("minutes", 60))
    unit, length = next(one for one in units if seconds >= 2 * one[1])
    number = rng.choice((int(seconds // length), int(seconds / length + 0.5)))
    return f"{number} {unit} ago"


def images(post):
    return " ".join(["Post image"] * post.pictures)


def paragraphs(post):
    return "\n\n".join(map("\n".join, post.paragraphs))


# The bskyview family.


def bskyview_header(truth):
    """Write what stands above the posts of a spaced page."""
    owner = truth.owner
    joined = f"{truth.joined.day:02}.{truth.joined.month:02}.{truth.joined.year}"
    counts = f"{truth.followers:,} Followers  |  {truth.following:,} Following  |  {truth.count:,} Posts"
    return "\n".join(
        (
            f"{owner.name}'s Avatar\n\n{owner.name}\n\n@{owner.handle}\n\n{truth.bio}\n",
            f"{counts}  |  Joined: {joined}  |  2.1178\nPosts Following\n",
            f"Posts by {owner.name} (@{owner.handle})\n\n",
        )
    )


def leading(post, *, labels=True):
    """Write what stands between a stats line and the text of the next post, on a compact page."""
    lines = []
    if post.card and post.card.title:
        lines = ["Preview", post.card.run_together] if labels else post.card.lines
    elif post.pictures and post.lines and labels:
        lines = [images(post)]
    return lines


def compact_post(post, stats, labels=True):
    """Write a block, and its stats line behind its pictures where it has no words."""
    lines = [*leading(post, labels=labels), *post.lines]
    last = stats if post.lines or not labels else f"{images(post)} {stats}"
    return "\n".join((*lines, last))


def compact(truth, rng):
    posts = [compact_post(post, stats_line(post)) for post in truth.posts]
    return "\n".join((*posts, *truth.tail))


def unlabelled(truth, rng):
    posts = [compact_post(post, stats_line(post), labels=False) for post in truth.posts]
    return "\n".join((*posts, *truth.tail))


def glued(truth, rng):
    """Write the next block directly after the last count, unless its first digit would belong to that."""
    page = ""
    for post in truth.posts:
        block = compact_post(post, stats_line(post))
        page += "\n" if page and block[0].isdigit() and not page.endswith(" 0") else ""
        page += block
    return page + ("\n" + "\n".join(truth.tail) if truth.tail else "")


def split(truth, rng):
    posts = [compact_post(post, split_stats(post)) for post in truth.posts]
    return "\n".join((*posts, *truth.tail))


def spaced_post(post, stats):
    """Write label, card and alt text with no blank line above, then the text, then the stats line."""
    above = []
    if post.card and post.card.title:
        above = ["Preview", post.card.run_together]
    elif post.pictures:
        above = [images(post), *([post.alt] if post.alt else [])]
    if post.pictures and not post.lines and not post.alt:
        return f"{images(post)} {stats}\n"
    return "\n".join(
        (*above, *([""] if above else []), *([paragraphs(post), ""] if post.lines else []), stats, "")
    )


def spaced_page(truth, stats):
    """Write a page whose posts are parted by a blank line where they begin with their text."""
    page = bskyview_header(truth)
    for number, post in enumerate(truth.posts):
        begins_with_text = not post.pictures and not (post.card and post.card.title)
        page += "\n" if number and begins_with_text else ""
        page += spaced_post(post, stats(post))
    return page + "".join(f"\n{bio}\n" for bio in truth.tail)


def spaced(truth, rng):
    return spaced_page(truth, lambda post: stats_line(post, "    "))


def indented(truth, rng):
    """Write a spaced page with blanks before every line, on every empty one and after every count."""
    left, right = " " * rng.randint(1, 12), " " * rng.randint(1, 6)
    lines = spaced(truth, rng).rstrip("\n").split("\n")
    return "\n".join(left + line + (right if "👍" in line else "") for line in lines)


def nopzon(truth, rng):
    def marker(post):
        return " ".join((age(post, truth.captured_at, rng), *map(str, post.counts)))

    banner = rng.choice(("", "Advertisement · 728 × 90\n\n"))
    return banner + spaced_page(truth, marker)


def flat(truth, rng):
    heading = rng.choice(([], [f"Posts by {truth.owner.name} (@{truth.owner.handle})"]))
    return "\n".join((*heading, *(line for post in truth.posts for line in post.lines)))


# Other sites.


def trailing(post):
    """Write the card below the text, closed by its domain."""
    return [*post.card.lines, post.card.domain] if post.card else []


def body(post):
    return "\n".join((*([paragraphs(post)] if post.lines else []), *trailing(post)))


def lightnews(truth, rng):
    owner = truth.owner
    lines = [owner.name, "banner", owner.handle, owner.name, f"@{owner.handle}", truth.bio]
    for post in truth.posts:
        if post.is_repost:
            lines.append(rng.choice(("Reposted", f"Reposted by {owner.name}")))
        lines += [body(post)] if body(post) else []
        lines.append(f"{us_day(post.posted_at)} at {us_clock(post.posted_at)}")
    return "\n".join(lines)


def short(number):
    return f"{number / 1000:.1f}".removesuffix(".0") + "K" if number >= 1000 else str(number)


def bushdrum(truth, rng):
    owner = truth.owner
    counts = f"{short(truth.followers)} followers {truth.following} following {truth.count} posts"
    lines = [owner.name, f"@{owner.handle}", counts, truth.bio, "Posts Media Videos Starter Packs"]
    for post in truth.posts:
        if post.is_repost:
            lines.append(f"Reposted by {owner.name}")
        lines += [post.author.handle, *([body(post)] if body(post) else [])]
    return "\n".join(lines)


def iso(moment):
    return moment.isoformat(timespec="milliseconds") + "Z"


def us(moment):
    return f"{us_day(moment)} at {us_clock(moment)}"


def japanese(moment):
    return f"{moment.year}年{moment.month}月{moment.day}日 {moment.hour}:{moment.minute:02}"


def embed(written, glue):
    """Return a renderer that signs posts with such dates, glued to the handle or not."""

    def render(truth, rng):
        posts = []
        for post in truth.posts:
            signature = f"— {post.author.name} (@{post.author.handle}){glue}{written(post.posted_at)}"
            label = ["[image or embed]"] if post.pictures else []
            posts.append("\n".join((*post.lines, signature, *label)))
        return "\n\n".join(posts)

    return render


def redsky(truth, rng):
    lines = []
    for post in filter(lambda post: post.lines, truth.posts):
        author = f"{post.author.name} (@{post.author.handle})"
        lines += [author + rng.choice(("", "", " reply parent")), paragraphs(post)]
    return "\n".join(lines)


def redsky_thread(truth, rng):
    lines = []
    for post in truth.posts:
        moment = post.posted_at
        when = f"{MONTHS[moment.month - 1][:3]} {moment.day}, {moment.year}, {us_clock(moment)}".lower()
        lines += [paragraphs(post)] if post.lines else []
        lines.append(f"{when} • {post.counts[0]} {post.counts[2]}" + rng.choice(("", " • view")))
    return "\n".join(lines)


def user(person):
    return person.handle.split(".")[0] + "@harbour.example"


def pleroma(truth, rng):
    lines = []
    for number, post in enumerate(truth.posts):
        key = f"B{number}0f{rng.choice('aeiou')}"
        lines.append(f"(DIR) Post #{key} by {user(post.author)}")
        lines.append(post.posted_at.isoformat(timespec="seconds") + "Z")
        lines.append(f"{post.counts[0]} likes, {post.counts[1]} repeats")
        lines += [paragraphs(post)] if post.lines else []
    return "\n".join(lines)


# All of them.

HEADER = ("name", "handle", "bio", "followers", "following", "posts", "joined")
LINED = {"clock": "minute", "counts": COUNTS, "card": "joined"}
SPACED = {"counts": COUNTS, "card": "joined", "paragraphs": True, "profile": HEADER}
EMBED = {"author": "both", "layout": "embed"}

BSKYVIEW = (
    Shape("compact", "bskyview", compact, **LINED),
    Shape("glued", "bskyview", glued, **LINED),
    Shape("split", "bskyview", split, **LINED),
    Shape("spaced", "bskyview", spaced, clock="minute", **SPACED),
    Shape("indented", "bskyview", indented, clock="minute", **SPACED),
)
UNLABELLED = Shape("unlabelled", "bskyview", unlabelled, **LINED | {"card": "text"})
NOPZON = Shape("nopzon", "nopzon", nopzon, clock="age", **SPACED)
FLAT = Shape("flat", "flat", flat, textless=False)
LIGHTNEWS = Shape(
    "lightnews", "lightnews", lightnews, clock="minute", card="split", paragraphs=True, reposts=True,
    profile=("name", "handle", "bio"),
)  # fmt: skip
BUSHDRUM = Shape(
    "bushdrum", "bushdrum", bushdrum, card="split", paragraphs=True, reposts=True, author="handle",
    textless=False, profile=("name", "handle", "bio", "followers", "following", "posts", "rounded"),
)  # fmt: skip
EMBEDS = (
    Shape("embed-iso-glued", render=embed(iso, ""), clock="millisecond", **EMBED),
    Shape("embed-iso", render=embed(iso, " "), clock="millisecond", **EMBED),
    Shape("embed-us-glued", render=embed(us, ""), clock="minute", **EMBED),
    Shape("embed-us", render=embed(us, " "), clock="minute", **EMBED),
    Shape("embed-day-glued", render=embed(us_day, ""), clock="day", **EMBED),
    Shape("embed-day", render=embed(us_day, " "), clock="day", **EMBED),
    Shape("embed-japanese-glued", render=embed(japanese, ""), clock="minute", **EMBED),
    Shape("embed-japanese", render=embed(japanese, " "), clock="minute", **EMBED),
)
REDSKY = Shape("redsky", "redsky", redsky, paragraphs=True, author="both", textless=False)
REDSKY_THREAD = Shape(
    "redsky-thread",
    "redsky-thread",
    redsky_thread,
    clock="minute",
    counts=("likes", "replies"),
    paragraphs=True,
)
PLEROMA = Shape(
    "pleroma", "pleroma", pleroma, clock="second", counts=("likes", "reposts"), paragraphs=True, author="user"
)
MARKED = (*BSKYVIEW, UNLABELLED, NOPZON, LIGHTNEWS, BUSHDRUM, *EMBEDS, REDSKY, REDSKY_THREAD, PLEROMA)


# What of the truth a page shows.


def shown_text(shape, post):
    """Return the words as the page has them, with the card where nothing tells it from them."""
    lines = [*(post.card.lines if shape.card == "text" and post.card else ()), *post.lines]
    return paragraphs(post) if shape.paragraphs else "\n".join(lines)


def shown_card(shape, post):
    """Return title, description and domain as the page has them; None where it shows no card."""
    if post.card is None or shape.card in ("none", "text"):
        return None
    if shape.card == "split":
        return (post.card.title, post.card.description, post.card.domain)
    return (post.card.run_together, None, None) if post.card.title else None


def shown_counts(shape, post):
    return tuple(
        count if name in shape.counts else None for name, count in zip(COUNTS, post.counts, strict=True)
    )


def shown_time(shape, post):
    """Return the time at the page's precision; None where it shows no clock."""
    if shape.clock == "minute":
        return post.posted_at.replace(second=0, microsecond=0)
    if shape.clock == "second":
        return post.posted_at.replace(microsecond=0)
    return post.posted_at if shape.clock == "millisecond" else None


def shown_handle(shape, post):
    if shape.author is None:
        return None
    return user(post.author) if shape.author == "user" else post.author.handle


def shown_profile(shape, truth):
    """Return the header's fields by name."""
    known = {
        "name": truth.owner.name, "handle": truth.owner.handle, "bio": truth.bio, "joined": truth.joined,
        "followers": truth.followers, "following": truth.following, "posts": truth.count,
        "rounded": ("followers",) if truth.followers >= 1000 else (),
    }  # fmt: skip
    return {name: known[name] for name in shape.profile}


# Damage.


def misread_byte(byte, codec, policy):
    """Read one byte in a one-byte encoding; what is C1 or undefined is treated as the policy says."""
    try:
        read = bytes([byte]).decode(codec)
    except UnicodeDecodeError:
        read = ""
    if read and not "\x80" <= read <= "\x9f":
        return read
    if policy == "keep":
        return chr(byte)
    if policy == "windows-1252" and 0x80 <= byte <= 0x9F:
        return bytes([byte]).decode("cp1252", "ignore")
    return ""


def misread(text, codec, policy):
    """Read a text's UTF-8 bytes in another encoding; the policy is "drop", "keep" or "windows-1252"."""
    table = [misread_byte(byte, codec, policy) for byte in range(256)]
    return "".join(table[byte] for byte in text.encode("utf-8"))


def stripped(text):
    """Lose whatever is not ASCII."""
    return text.encode("ascii", "ignore").decode("ascii")
