# SPDX-License-Identifier: MIT
"""
What posts come to that their dumps show alike: text, counts and time, without a line being made.

Whoever asks for more, or for a post whose readings must be compared, gets its unit (`build_post`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from postdump._align.draft import (
    AgreedPost,
    full_showing,
    later_showings,
    missing_lines,
    showing_witnesses,
    shown_numbers,
)
from postdump._align.witness import Witness
from postdump._parse.markers import stats_of
from postdump.damage import Damage
from postdump.damage._inversion import restore
from postdump.models import Stats


def texts_of(alike: AgreedPost, witnesses: Sequence[Witness]) -> list[str]:
    """Return what each dump shows of a post, lines joined by `\n`; some may lack the first ones."""
    n, number, size = full_showing(alike)
    texts = [witnesses[n].post_text(number, size)]
    size = texts[0].count("\n") + 1
    for n, number, missing in later_showings(alike):
        texts.append(witnesses[n].post_text(number, size - missing))
    return texts


def text_of(
    alike: AgreedPost, witnesses: Sequence[Witness], suspects: Sequence[tuple[Damage, ...]]
) -> str | None:
    """
    Return a post's own words; None where they must be looked at line by line.

    That is so where undamaged dumps do not agree, where several damaged ones and no other show it, and where
    what is ASCII in a damaged dump is something else in the others (see `lemma_of`).
    """
    texts = texts_of(alike, witnesses)
    lead = ""
    dumps, fewer = showing_witnesses(alike), missing_lines(alike)
    if any(fewer):
        missing = fewer[0]
        if any(one != missing for one in fewer):
            return None
        *above, texts[0] = texts[0].split("\n", missing)
        leads = witnesses[dumps[0]].leads_with_cards
        if not leads or all(witnesses[n].leads_with_cards for n in dumps[1:]):
            lead = "\n".join([*_undone(above, suspects[dumps[0]]), ""])
        # Else it is a card, as `Edition.card_lines` says.
    words = None
    damaged: list[str] = []
    for n, text in zip(dumps, texts, strict=True):
        if suspects[n]:
            damaged.append(text)
        elif words is None:
            words = text
        elif text != words:
            return None
    if words is None and len(texts) == 1:
        return "\n".join(_undone(texts[0].split("\n"), suspects[dumps[0]]))
    if words is None:
        return lead + texts[0] if texts[0].isascii() and len(set(texts)) == 1 else None
    for text in damaged:
        if text != words:
            for line, own in zip(text.split("\n"), words.split("\n"), strict=True):
                if line != own and line.isascii():
                    return None
    return lead + words


def _undone(lines: Iterable[str], suspects: Sequence[Damage]) -> Iterable[str]:
    """Return lines that only one dump shows, its damage undone where nothing was lost."""
    return [restore(line, suspects) for line in lines] if suspects else lines


def all_stats(
    posts: Sequence[AgreedPost], witnesses: Sequence[Witness], choice: Callable[[int, Stats], Any]
) -> list[Stats | None]:
    """
    Return the counts of the best marker of each post, of which `choice` is the lowest.

    Returns None for a post whose markers date it differently.
    """
    blocks: defaultdict[int, list[int]] = defaultdict(list)
    for alike in posts:
        for n, number in zip(showing_witnesses(alike), shown_numbers(alike), strict=True):
            blocks[n].append(number)
    tell = {n: witnesses[n].said(numbers).__next__ for n, numbers in blocks.items() if witnesses[n].is_marked}
    found: list[Stats | None] = []
    for alike in posts:
        shown = [n for n in showing_witnesses(alike) if n in tell]
        said = [tell[n]() for n in shown]
        if not said or said.count(said[0]) == len(said):
            found.append(stats_of(said[0]) if said else Stats())
            continue
        stats = list(map(stats_of, said))
        if all(_date_alike(one, stats[0]) for one in stats):
            found.append(min(zip(shown, stats, strict=True), key=lambda one: choice(*one))[1])
        else:
            found.append(None)
    return found


def _date_alike(one: Stats, other: Stats) -> bool:
    return one.posted_at == other.posted_at and one.utc_offset == other.utc_offset
