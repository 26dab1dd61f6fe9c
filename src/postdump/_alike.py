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
    texts: list[str] = []
    size = 0
    showings = iter(alike)
    for n, number, missing in zip(showings, showings, showings, strict=True):
        one = witnesses[n]
        texts.append(one.words(number) if one.is_marked else one.lines_from(number, size - missing))
        size = size or texts[0].count("\n") + 1
    return texts


def text_of(alike: Alike, witnesses: Sequence[Witness], suspects: Sequence[tuple[Damage, ...]]) -> str | None:
    """
    Return a post's own words; None where they must be looked at line by line.

    That is so where undamaged dumps do not agree, where several damaged ones and no other show it, and where
    what is ASCII in a damaged dump is something else in the others (see `lemma_of`).
    """
    texts = texts_of(alike, witnesses)
    lead = ""
    if any(alike[2::3]):
        first, others = alike[0], alike[3::3]
        missing = alike[5]
        if any(one != missing for one in alike[5::3]):
            return None
        *above, texts[0] = texts[0].split("\n", missing)
        leads = witnesses[first].leads_with_cards
        if not leads or all(witnesses[n].leads_with_cards for n in others):
            lead = "\n".join([*above, ""])
            if suspects[first] and not lead.isascii():
                return None
        # Else it is a card, as `Edition.card_lines` says.
    words = None
    for n, text in zip(alike[::3], texts, strict=True):
        if not suspects[n]:
            if words is not None and text != words:
                return None
            words = text
    if words is None and len(texts) == 1:
        return "\n".join([undone(line, suspects[alike[0]]) for line in texts[0].split("\n")])
    if words is None:
        return lead + texts[0] if texts[0].isascii() and len(set(texts)) == 1 else None
    for text in texts:
        if text != words:
            for line, own in zip(text.split("\n"), words.split("\n"), strict=True):
                if line != own and line.isascii():
                    return None
    return lead + words


def stats_of(alike: Alike, witnesses: Sequence[Witness], choice: Callable[[int, Stats], Any]) -> Stats | None:
    """
    Return the counts of the best marker, of which `choice` is the lowest; None where they date differently.
    """
    shown: list[tuple[int, Stats]] = []
    showings = iter(alike)
    for n, number, _ in zip(showings, showings, showings, strict=True):
        if witnesses[n].is_marked:
            stats = witnesses[n].stats(number)
            if shown and not _date_alike(stats, shown[0][1]):
                return None
            shown.append((n, stats))
    return shown[0][1] if len(shown) == 1 else min(shown, key=lambda one: choice(*one))[1]


def _date_alike(one: Stats, other: Stats) -> bool:
    return one.posted_at == other.posted_at and one.utc_offset == other.utc_offset
