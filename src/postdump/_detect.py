# SPDX-License-Identifier: MIT
"""
Which layout a text has, and which damage: with the evidence.

**Layout.** Each built-in layout's marker is searched for; the one found most often among the first
`ENOUGH` wins, the order of `BUILT_IN` deciding between equals. A layout without a marker is what is
left when nothing was found.

**Damage.** The icons and dashes of a marker are known text: what stands in its gaps, white space
evened out, is what the damage made of them. Every damage is applied to the template's icons once (a table
per marker, some hundred entries); what a marker shows is then looked up. A gap shown clean says
nothing, since clean and damaged characters mix on real pages; a gap shown empty neither, since
extractors strip icons. The damage that explains the most markers wins; several that explain the same
markers are equivalents, reported and not chosen between: the first is the one met most often.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from typing import Final

from attrs import frozen

from postdump._markers import Marker, Match, marker_of
from postdump.damage import Damage, known_damages
from postdump.layouts import BUILT_IN, FLAT, Layout

ENOUGH: Final = 64
"""Markers that decide on a layout: where two layouts share a page, the first screens show it."""


def choose_layout(text: str) -> Layout:
    """
    Return the built-in layout that most of the first markers of `text` belong to.

    Where there are none, beginnings of markers still tell whose page it was before it was torn.
    """
    markers = [marker for marker in map(marker_of, BUILT_IN) if marker is not None]
    whole = Counter({one.layout: _count(one.pattern.finditer(text), one) for one in markers})
    if not any(whole.values()):
        torn = [one for one in markers if one.opening is not None]
        whole = Counter({one.layout: _count(one.opening.finditer(text), one) for one in torn})
    best, most = max(whole.items(), key=lambda one: one[1])
    return best if most else FLAT


def _count(matches: Iterable[Match], marker: Marker) -> int:
    return sum(1 for _ in islice((match for match in matches if not marker.is_prose(match)), ENOUGH))


@frozen(kw_only=True)
class SlotEvidence:
    """What the gaps of a text's markers say of its damage."""

    damage: Damage | None
    equivalents: tuple[Damage, ...]
    clean: int
    """Of the markers looked at, how many show their icons unharmed."""
    explained: int
    """How many the damage explains."""
    sample: tuple[str, ...]
    """What one of those shows in its gaps, white space evened out."""


def damage_of_slots(marker: Marker, shown: Iterable[tuple[str, ...]]) -> SlotEvidence:
    """Find the damage that explains most of what markers show in their gaps."""
    icons = _icons(marker.gaps)
    votes: Counter[Damage] = Counter()
    first: dict[Damage, tuple[str, ...]] = {}
    clean = 0
    for gaps, times in Counter(_icons(gaps) for gaps in shown).items():
        if gaps == icons:
            clean += times
            continue
        for damage in _explaining(icons, gaps):
            votes[damage] += times
            first.setdefault(damage, gaps)
    if not votes:
        return SlotEvidence(damage=None, equivalents=(), clean=clean, explained=0, sample=())
    most = max(votes.values())
    best = [damage for damage in known_damages() if votes[damage] == most]
    return SlotEvidence(
        damage=best[0], equivalents=tuple(best[1:]), clean=clean, explained=most, sample=first[best[0]]
    )


def _icons(gaps: tuple[str, ...]) -> tuple[str, ...]:
    """Return the gaps with each run of white space as one space: extractors make of it what they like."""
    return tuple(" ".join(gap.split()) for gap in gaps)


@lru_cache(maxsize=4096)
def _explaining(icons: tuple[str, ...], gaps: tuple[str, ...]) -> tuple[Damage, ...]:
    """Return the damages under which every gap that is neither clean nor empty shows what it shows."""
    telling = [i for i, gap in enumerate(gaps) if gap not in ("", icons[i])]
    if not telling:
        return ()
    return tuple(damage for damage, made in _damaged(icons) if all(made[i] == gaps[i] for i in telling))


@lru_cache(maxsize=64)
def _damaged(icons: tuple[str, ...]) -> tuple[tuple[Damage, tuple[str, ...]], ...]:
    """Return what each damage makes of the icons."""
    return tuple((damage, _icons(tuple(map(damage.apply, icons)))) for damage in known_damages())
