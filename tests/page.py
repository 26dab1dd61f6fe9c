# SPDX-License-Identifier: MIT
"""Pages as tests write them: what one extractor left, line by line."""

from postdump import C1Policy, Damage, parse

GREEK = Damage(misread_as="iso-8859-7", c1_policy=C1Policy.DROP)
LATIN = Damage(misread_as="cp1252", c1_policy=C1Policy.KEEP)

FESTIVAL = "Lantern festival tonight at the old quay."
BOAT = "Is anyone else's boat singing today?"
TIDE = "A regular reminder: low tide is at nine."
WALL = "The council will replace the north wall."
FERRY = "The ferry leaves an hour early on Sunday."
LAMPS = "Bring your own lamps, and something warm."
SENTENCES = (FESTIVAL, BOAT, TIDE, WALL, FERRY, LAMPS)


def stats(when="03.02.2026 17:04", likes=4, reposts=3, replies=0, quotes=0):
    """Write a stats line; a number stands for a day of February."""
    when = f"{when:02}.02.2026 17:04" if isinstance(when, int) else when
    return f"{when} — 👍 {likes} 🔁 {reposts} 💬 {replies} 📌 {quotes}"


def page(*lines):
    return "\n".join(lines)


def dump(name, *lines, damage=None, **options):
    """Parse a page, damaged if a damage is given."""
    text = page(*lines)
    return parse(text if damage is None else damage.apply(text), name=name, **options)


def marked(name, *posts, last=9, likes=4, **options):
    """Parse posts, each with a stats line, a day apart, the newest first; several lines are a tuple."""
    lines = []
    for n, post in enumerate(posts):
        lines += [*((post,) if isinstance(post, str) else post), stats(last - n, likes)]
    return dump(name, *lines, **options)


def texts(timeline):
    return [post.text for post in timeline]


def shown_by(thing):
    """Tell which dumps the readings of a post or a line are of."""
    return sorted({reading.dump for reading in thing.readings})


def unclaimed(timeline):
    return [line.text for line in timeline.unclaimed]
