# SPDX-License-Identifier: MIT
"""
What a merge of some pages must tell of each post.

It is concluded from the world and the views alone, never from the text of a page, so that nothing here can
agree with the library by sharing its mistakes. What no page shows is not demanded.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from worlds import render, visible

COUNTS = render.COUNTS


@dataclass(frozen=True)
class Expected:
    """All that the pages together tell of one post."""

    number: int
    key: str
    """The ASCII letters and digits of its lines."""
    line_keys: frozenset
    """Those of each line as any page has it."""
    lines: re.Pattern
    """Its lines, whatever blank lines stand between them."""
    text: re.Pattern
    """The same, with the blank lines that a page shows."""
    true_minute: datetime
    minute: datetime | None
    """None where no page shows it."""
    counts: frozenset
    """The counts that may have been chosen."""
    card: tuple | None
    omitted: frozenset
    is_flat: bool
    """Only flat pages show it: they have no boundaries."""


def expectations(world, pages, *, is_lossy=False, is_by_rule=False):
    """
    Conclude from the views what is known, in the order of the profile.

    By rule, lines at the edge of a post that flat pages alone show are a post of their own, as the guide
    says: nothing tells whose they are. Else they are demanded in their post.
    """
    seen = sorted({one.number for page in pages for one in page.shown})
    times = Counter(tuple(post.lines) for post in world.posts)
    by_page = [(page, {one.number: one for one in page.shown}) for page in pages]
    made = []
    for number in seen:
        showing = [(page, shown[number]) for page, shown in by_page if number in shown]
        for part, lacking in parts_of(showing, by_page) if is_by_rule else [(showing, None)]:
            is_said_once = times[tuple(world.posts[number].lines)] == 1
            one = expected(number, world.posts[number], part, by_page, is_lossy, is_said_once)
            made.append(one if lacking is None else replace(one, omitted=one.omitted | lacking))
    return [replace(one, minute=one.minute or minute_between(made, i, world)) for i, one in enumerate(made)]


def parts_of(showing, by_page):
    """Yield what flat pages alone show above a post, the post, and what they show below; and who lacks it."""
    marked = [place for page, one in showing if not page.is_flat for place, _ in one.words]
    if not marked:
        yield showing, None
        return
    first, last = min(marked), max(marked)
    below = sorted({place for _, one in showing for place, _ in one.words if place > last})
    if below and is_link(showing, below[0]):  # a link alone belongs to the post before it
        last = below[0]
    number = showing[0][1].number
    parts = (
        (lambda place: place < first, [page for page, shown in by_page if min(shown) < number]),
        (lambda place: first <= place <= last, None),
        (lambda place: place > last, [page for page, shown in by_page if max(shown) > number]),
    )
    for is_here, covering in parts:
        part = [
            (page, replace(one, words=tuple(pair for pair in one.words if is_here(pair[0]))))
            for page, one in showing
        ]
        if covering is None:
            yield part, None
        elif part := [(page, one) for page, one in part if one.words]:
            yield part, frozenset(page.name for page in covering if not page.is_flat)


def is_link(showing, place):
    return any(
        words.startswith("harbour.example/") for _, one in showing for at, words in one.words if at == place
    )


def expected(number, post, showing, by_page, is_lossy, is_said_once):
    lines = expected_lines(showing, is_said_once)
    is_card_text = post.card is not None and all(page.shape.card == "text" for page, _ in showing)
    if is_card_text:  # nothing tells it from the text: it stands there as a paragraph does
        lines = [*(((0, -1), re.escape(line), line) for line in post.card.lines), *lines]
    has_paragraphs = any(page.shape.paragraphs for page, _ in showing)
    said = {words for _, one in showing for _, words in one.words}
    return Expected(
        number=number,
        key=visible("".join(words for *_, words in lines)),
        line_keys=frozenset(map(visible, said)),
        lines=re.compile("\n".join(pattern for _, pattern, _ in lines)),
        text=re.compile(joined(lines, has_paragraphs, is_lossy)),
        true_minute=post.posted_at,
        minute=post.posted_at if any(page.shape.clock == "minute" for page, _ in showing) else None,
        counts=expected_counts(showing),
        card=expected_card(post, [page.shape for page, _ in showing]),
        omitted=frozenset(page.name for page, shown in by_page if omits(shown, number)),
        is_flat=all(page.is_flat for page, _ in showing),
    )  # fmt: skip


def joined(lines, has_paragraphs, is_lossy):
    """Join lines as they must be, with a blank one between paragraphs where a page shows that."""
    text = lines[0][1] if lines else ""
    for (above, *_), (below, pattern, _) in pairwise(lines):
        gap = "\n\n" if has_paragraphs and above[0] != below[0] else "\n"
        text += ("\n\n?" if is_lossy else gap) + pattern  # the line that stood at the break may be lost
    return text


def expected_lines(showing, is_said_once):
    """Return place, pattern and one reading of every line that some page shows."""
    readings = {}
    for page, one in showing:
        for place, words in one.words:
            readings.setdefault(place, []).append((page, words))
    return [(place, *expected_line(readings[place], is_said_once)) for place in sorted(readings)]


def expected_line(readings, is_said_once):
    """
    Return a pattern of what may stand there, and one of the readings.

    The latest page says how an edited line reads; what is cut short gives way to what is whole; else any
    reading is right. Where no undamaged page shows the line, what is damaged may stay as it is; also where
    other posts say the same, since nothing tells which of them the undamaged page shows.
    """
    if any(page.captured_at for page, _ in readings):
        newest = max(page.captured_at for page, _ in readings)
        latest = next(words for page, words in readings if page.captured_at == newest)
        readings = [(page, words) for page, words in readings if words == latest]
    whole = [pair for pair in readings if not any(is_cut(pair[1], other) for _, other in readings)]
    choices = {}
    for page, words in whole:
        choices.setdefault(words, []).append(page.damage)
    if not is_said_once:
        choices = {words: list(filter(None, damages)) or damages for words, damages in choices.items()}
    ways = (readable(words, damages) for words, damages in sorted(choices.items()))
    return "(?:" + "|".join(ways) + ")", whole[0][1]


def is_cut(words, other):
    short = words.removesuffix("...")
    return len(short) < len(other.removesuffix("...")) and other.startswith(short)


def readable(words, damages):
    """Return a pattern of the words as they are, or of what the damages made of each run of them."""
    if None in damages:
        return re.escape(words)
    pattern = ""
    for run in re.split(r"([^\x00-\x7f]+)", words):
        ways = dict.fromkeys((run, *(damage(run) for damage in damages)))
        pattern += "(?:" + "|".join(map(re.escape, ways)) + ")" if len(ways) > 1 else re.escape(run)
    return pattern


def expected_counts(showing):
    """Return what may be chosen: the counts of the latest page, or else those with the highest total."""
    some = [(page, render.shown_counts(page.shape, one.post)) for page, one in showing if page.shape.counts]
    if not some:
        return frozenset({(None,) * len(COUNTS)})
    if any(page.captured_at for page, _ in some):
        newest = max(page.captured_at for page, _ in some)
        return frozenset(counts for page, counts in some if page.captured_at == newest)
    most = max(sum(filter(None, counts)) for _, counts in some)
    return frozenset(counts for _, counts in some if sum(filter(None, counts)) == most)


def expected_card(post, shapes):
    """Return the fullest card; of an unlabelled one, what a page without it proves."""
    card, ways = post.card, {shape.card for shape in shapes}
    if card is None or ways in ({"none"}, {"text"}):
        return None
    if "split" in ways:
        return (card.title, card.description, card.domain)
    if "text" in ways:
        return (card.title, card.description, None)
    return (card.run_together, None, None)


def omits(shown, number):
    """Tell whether a page that shows these posts covers the place of another, and lacks it."""
    return number not in shown and bool(shown) and min(shown) < number < max(shown)


def minute_between(made, index, world):
    """Return the minute that both dated neighbours of an undated post have; reposts bound nothing."""

    def dated(indices):
        return next(
            (made[i] for i in indices if made[i].minute and not world.posts[made[i].number].is_repost), None
        )

    above, below = dated(range(index - 1, -1, -1)), dated(range(index + 1, len(made)))
    if above and below and above.minute == below.minute:
        return above.minute
    return None


def known_orders(pages):
    """Return a test of whether the pages tell which of two posts stands first, over others if need be."""
    below = {}
    for page in pages:
        numbers = sorted(one.number for one in page.shown)
        for upper, lower in pairwise(numbers):
            below.setdefault(upper, set()).add(lower)

    def is_known(upper, lower):
        reached, fresh = {upper}, [upper]
        while fresh and lower not in reached:
            fresh = [n for one in fresh for n in below.get(one, ()) if n <= lower and n not in reached]
            reached.update(fresh)
        return lower in reached

    return is_known
