# SPDX-License-Identifier: MIT
"""
What posts come to that their dumps show alike: text, counts and time, without a line being made.

Whoever asks for more, or for a post whose readings must be compared, gets its unit (`unit_of`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from postdump._draft import Alike
from postdump._prove import undone
from postdump._witness import Witness
from postdump.damage import Damage
from postdump.models import Stats


def texts_of(alike: Alike, witnesses: Sequence[Witness]) -> list[str]:
    """Return what each dump shows of a post, lines joined by `\n`; some may lack the first ones."""
    n, number, size = alike[:3]
    texts = [witnesses[n].lines_from(number, size)]
    if len(alike) > 3:
        size = texts[0].count("\n") + 1
        for at in range(3, len(alike), 3):
            n, number, missing = alike[at : at + 3]
            texts.append(witnesses[n].lines_from(number, size - missing))
    return texts


def text_of(alike: Alike, witnesses: Sequence[Witness], suspects: Sequence[tuple[Damage, ...]]) -> str | None:
    """
    Return a post's own words; None where they must be looked at line by line.

    That is so where undamaged dumps do not agree, where several damaged ones and no other show it, and where
    what is ASCII in a damaged dump is something else in the others (see `lemma_of`).
    """
    texts = texts_of(alike, witnesses)
    lead = ""
    if any(alike[5::3]):
        above = _above(alike, texts, witnesses, suspects)
        if above is None:
            return None
        lead, texts[0] = above
    words = None
    damaged: list[str] = []
    for at, text in enumerate(texts):
        if suspects[alike[3 * at]]:
            damaged.append(text)
        elif words is None:
            words = text
        elif text != words:
            return None
    if words is None and len(texts) == 1:
        return "\n".join([undone(line, suspects[alike[0]]) for line in texts[0].split("\n")])
    if words is None:
        return lead + texts[0] if texts[0].isascii() and len(set(texts)) == 1 else None
    for text in damaged:
        if text != words:
            for line, own in zip(text.split("\n"), words.split("\n"), strict=True):
                if line != own and line.isascii():
                    return None
    return lead + words


def _above(
    alike: Alike,
    texts: Sequence[str],
    witnesses: Sequence[Witness],
    suspects: Sequence[tuple[Damage, ...]],
) -> tuple[str, str] | None:
    """Cut off the lines that only the first shows, if it is text; None where all must be looked at."""
    first, others = alike[0], alike[3::3]
    missing = alike[5]
    if any(one != missing for one in alike[5::3]):
        return None
    *above, rest = texts[0].split("\n", missing)
    if witnesses[first].leads_with_cards and not all(witnesses[n].leads_with_cards for n in others):
        return "", rest  # it is a card, as `Edition.card_lines` says
    lead = "\n".join([*above, ""])
    return None if suspects[first] and not lead.isascii() else (lead, rest)


def stats_of(alike: Alike, witnesses: Sequence[Witness], choice: Callable[[int, Stats], Any]) -> Stats | None:
    """
    Return the counts of the best marker, of which `choice` is the lowest; None where they date differently.
    """
    shown: list[tuple[int, Stats]] = []
    for at in range(0, len(alike), 3):
        one = witnesses[alike[at]]
        if one.is_marked:
            shown.append((alike[at], one.stats(alike[at + 1])))
    if len(shown) < 2:
        return shown[0][1] if shown else Stats()
    first = shown[0][1]
    others = [stats for _, stats in shown if stats != first]
    if not all(_date_alike(stats, first) for stats in others):
        return None
    return min(shown, key=lambda one: choice(*one))[1] if others else first


def _date_alike(one: Stats, other: Stats) -> bool:
    return one.posted_at == other.posted_at and one.utc_offset == other.utc_offset
