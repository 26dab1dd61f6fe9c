# SPDX-License-Identifier: MIT
"""
Compute what a merge of some pages must contain for each post.

Everything follows from the world and the views, never from the text of a page, so this module cannot share
a mistake with the library. A value that no page shows is not demanded.
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
    """What the pages together show of one post."""

    number: int
    key: str
    """The ASCII letters and digits of its lines."""
    line_keys: frozenset
    """The ASCII letters and digits of each line, as some page shows it."""
    lines: re.Pattern
    """Its lines, with or without blank lines between them."""
    text: re.Pattern
    """Its lines, with the blank lines that a page shows."""
    true_minute: datetime
    minute: datetime | None
    """None if no page shows it."""
    counts: frozenset
    """The counts that may have been chosen."""
    card: tuple | None
    omitted: frozenset
    is_flat: bool
    """Whether only flat pages show the post; these have no boundaries."""


def expectations(world, pages, *, is_lossy=False, is_by_rule=False):
    """
    Return what the views show of each post, in the order of the profile.

    With `is_by_rule`, lines at the edge of a post that only flat pages show are a post of their own, as in
    the guide, because nothing shows to which post they belong. Otherwise they are demanded in their post.
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
    """Yield what only flat pages show above a post, the post, what they show below; and pages without it."""
    marked = [place for page, one in showing if not page.is_flat for place, _ in one.words]
    if not marked:
        yield showing, None
        return
    first, last = min(marked), max(marked)
    below = sorted({place for _, one in showing for place, _ in one.words if place > last})
    if below and is_link(showing, below[0]):  # a link that stands alone belongs to the post before it
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
    if is_card_text:  # nothing sets it apart from the text, so it counts as a paragraph
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
    """Join lines, with a blank line between paragraphs if a page shows one there."""
    text = lines[0][1] if lines else ""
    for (above, *_), (below, pattern, _) in pairwise(lines):
        gap = "\n\n" if has_paragraphs and above[0] != below[0] else "\n"
        text += ("\n\n?" if is_lossy else gap) + pattern  # the line next to the break may be lost
    return text


def expected_lines(showing, is_said_once):
    """Return the place, the pattern and one reading of each line that some page shows."""
    readings = {}
    for page, one in showing:
        for place, words in one.words:
            readings.setdefault(place, []).append((page, words))
    return [(place, *expected_line(readings[place], is_said_once)) for place in sorted(readings)]


def expected_line(readings, is_said_once):
    """
    Return a pattern for the right texts of a line, and one of its readings.

    Of an edited line, the reading of the latest page is right; of a line cut short, a whole reading;
    otherwise any reading. If no undamaged page shows the line, it may stay damaged. The same holds if other
    posts have the same text, because nothing shows which of these posts the undamaged page shows.
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
    """Return a pattern for the words as they are, or as the damages left each run of them."""
    if None in damages:
        return re.escape(words)
    pattern = ""
    for run in re.split(r"([^\x00-\x7f]+)", words):
        ways = dict.fromkeys((run, *(damage(run) for damage in damages)))
        pattern += "(?:" + "|".join(map(re.escape, ways)) + ")" if len(ways) > 1 else re.escape(run)
    return pattern


def expected_counts(showing):
    """Return the counts that are right: those of the latest page, or else those with the highest total."""
    some = [(page, render.shown_counts(page.shape, one.post)) for page, one in showing if page.shape.counts]
    if not some:
        return frozenset({(None,) * len(COUNTS)})
    if any(page.captured_at for page, _ in some):
        newest = max(page.captured_at for page, _ in some)
        return frozenset(counts for page, counts in some if page.captured_at == newest)
    most = max(sum(filter(None, counts)) for _, counts in some)
    return frozenset(counts for _, counts in some if sum(filter(None, counts)) == most)


def expected_card(post, shapes):
    """Return the most complete card; of one without a label, what a page without the card proves."""
    card, ways = post.card, {shape.card for shape in shapes}
    if card is None or ways in ({"none"}, {"text"}):
        return None
    if "split" in ways:
        return (card.title, card.description, card.domain)
    if "text" in ways:
        return (card.title, card.description, None)
    return (card.run_together, None, None)


def omits(shown, number):
    """Return whether a page with these posts covers the place of another post but lacks that post."""
    return number not in shown and bool(shown) and min(shown) < number < max(shown)


def minute_between(made, index, world):
    """Return the minute that both dated neighbours of an undated post share; reposts bound nothing."""

    def dated(indices):
        return next(
            (made[i] for i in indices if made[i].minute and not world.posts[made[i].number].is_repost), None
        )

    above, below = dated(range(index - 1, -1, -1)), dated(range(index + 1, len(made)))
    if above and below and above.minute == below.minute:
        return above.minute
    return None


def known_orders(pages):
    """Return a function: whether pages show which of two posts is first, directly or through others."""
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
