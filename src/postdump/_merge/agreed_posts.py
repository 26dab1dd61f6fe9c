# SPDX-License-Identifier: MIT
"""
Text, counts and time of posts on which all dumps agree, without building their lines.

Of an agreed post, a draft has a few numbers: which dumps show the post, and where. That suffices to read its
words and markers from the texts of the dumps. If the readings differ so that their lines must be compared,
the result is None, and the post is built and read line by line (`build_post`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from postdump._align.draft import (
    AgreedPost,
    missing_lines,
    showing_positions,
    showing_witnesses,
)
from postdump._align.witness import Witness
from postdump._parse.markers import Said, stats_of
from postdump.damage import Damage
from postdump.damage._inversion import restore
from postdump.models import Stats


def read_texts(post: AgreedPost, witnesses: Sequence[Witness]) -> list[str]:
    r"""Return the text of a post in each dump, lines joined by `\n`; only the first must have all lines."""
    first, number, line_count = post[:3]  # as a `FullShowing`, which takes 0.4 µs to make
    texts = [witnesses[first].post_text(number, line_count)]
    if len(post) > 3:
        line_count = texts[0].count("\n") + 1
        for at in showing_positions(post)[1:]:
            texts.append(witnesses[post[at]].post_text(post[at + 1], line_count - post[at + 2]))
    return texts


def find_text(
    post: AgreedPost, witnesses: Sequence[Witness], damages: Sequence[tuple[Damage, ...]]
) -> str | None:
    """
    Return a post's own words; None where they must be read line by line.

    That is so where undamaged dumps do not agree, where several damaged ones and no other show the post, and
    where what is ASCII in a damaged dump is something else in the others (see `lemma_of`).

    Args:
        post: Which dumps show the post, and where.
        witnesses: All dumps.
        damages: For each dump the damages that it may have suffered; none for an undamaged one.
    """
    texts = read_texts(post, witnesses)
    first_damages = damages[post[0]]
    if not first_damages and texts.count(texts[0]) == len(texts):
        return texts[0]  # nearly always
    if len(texts) == 1:
        return "\n".join(_restored(texts[0].split("\n"), first_damages))
    numbers = showing_witnesses(post)
    missing = missing_lines(post)
    lead = ""
    if any(missing):
        if len(set(missing)) > 1:
            return None
        *leading, texts[0] = texts[0].split("\n", missing[0])
        if not are_card(numbers, witnesses):
            lead = "\n".join([*_restored(leading, first_damages), ""])
    words: str | None = None
    damaged: list[str] = []
    for n, text in zip(numbers, texts):  # noqa: B905 - in half the time
        if damages[n]:
            damaged.append(text)
        elif words is None:
            words = text
        elif text != words:
            return None
    if words is None:
        return lead + texts[0] if texts[0].isascii() and len(set(texts)) == 1 else None
    for text in damaged:
        if text != words and not is_damaged_version(text, words):
            return None
    return lead + words


def are_card(numbers: Sequence[int], witnesses: Sequence[Witness]) -> bool:
    """
    Return whether the lines of a post that only its first dump shows are a card that nothing labels.

    They are if that dump's posts can begin with a card, and a dump whose posts cannot shows the post without
    them (see `merged_posts`).
    """
    first, *others = numbers
    return witnesses[first].leads_with_cards and not all(witnesses[n].leads_with_cards for n in others)


def is_damaged_version(text: str, words: str) -> bool:
    r"""
    Return whether a damaged text can be `words`: each of its lines is the same, or has more than ASCII.

    >>> is_damaged_version("Low tide β at nine.", "Low tide – at nine.")
    True
    >>> is_damaged_version("Low tide  at nine.", "Low tide – at nine.")
    False
    """
    for line, original in zip(text.split("\n"), words.split("\n"), strict=True):
        if line != original and line.isascii():
            return False
    return True


def _restored(lines: Iterable[str], damages: Sequence[Damage]) -> Iterable[str]:
    """Return lines that only one dump shows, its damage undone where nothing was lost."""
    return [restore(line, damages) for line in lines] if damages else lines


def find_stats(
    posts: Sequence[AgreedPost], witnesses: Sequence[Witness], rank: Callable[[int, Stats], Any]
) -> list[Stats | None]:
    """
    Return the stats of the best marker of each post; None for a post whose markers date it differently.

    Args:
        posts: Posts that are read together: the markers of each dump are read at once, in half the time.
        witnesses: All dumps.
        rank: Of a dump's number and the stats that it shows, the lowest for the best.
    """
    blocks: defaultdict[int, list[int]] = defaultdict(list)
    for post in posts:
        for at in showing_positions(post):
            blocks[post[at]].append(post[at + 1])
    read_next = {
        n: witnesses[n].said(numbers).__next__ for n, numbers in blocks.items() if witnesses[n].is_marked
    }
    results: list[Stats | None] = []
    for post in posts:
        shown = [read_next[n]() for n in showing_witnesses(post) if n in read_next]
        if shown and shown.count(shown[0]) == len(shown):
            results.append(stats_of(shown[0]))  # nearly always
        else:
            numbers = [n for n in showing_witnesses(post) if n in read_next]
            results.append(_best_stats(numbers, shown, rank))
    return results


def _best_stats(
    numbers: Sequence[int], shown: Sequence[Said], rank: Callable[[int, Stats], Any]
) -> Stats | None:
    """Return the best of what dumps show; None if they show different times."""
    if not shown:
        return Stats()
    stats = list(map(stats_of, shown))
    if len({(own.posted_at, own.utc_offset) for own in stats}) > 1:
        return None
    return min(zip(numbers, stats, strict=True), key=lambda pair: rank(*pair))[1]
