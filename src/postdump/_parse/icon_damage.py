# SPDX-License-Identifier: MIT
"""
Find the damage of a dump by what stands where its markers have icons.

The icons and dashes of a template are known text, so what a marker shows in its gaps is what the damage made
of them. Each damage is applied to the icons of a template once, and the results are kept; for each marker,
its gaps are compared with them, with each run of white space as one space.

- A clean gap is no evidence: real pages mix clean and damaged characters, even within one gap.
- An empty gap is no evidence: extractors drop icons.

The damage that explains the most markers wins. Among damages that explain the same markers, white space
decides, then the rest of the text; those that are not ruled out are reported as equivalents.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from typing import Final

from attrs import frozen

from postdump._parse.markers import Marker
from postdump.damage import Damage, doubled_damages, equivalents, known_damages, paired_damages
from postdump.damage._selection import choose_damages

MOST_MIXED: Final = 4
"""Icons in one gap of which some may be damaged and others not; of more, all are or none."""


@frozen(kw_only=True)
class SlotEvidence:
    """What the gaps of a text's markers say of its damage."""

    damage: Damage | None
    equivalents: tuple[Damage, ...]
    explained: int
    """How many of the markers looked at the damage explains."""
    sample: tuple[str, ...]
    """What one of those shows in its gaps, white space evened out."""
    is_telling: bool
    """Whether any of the markers looked at shows an icon, damaged or not."""


def damage_of_slots(marker: Marker, shown: Iterable[tuple[str, ...]], text: str = "") -> SlotEvidence:
    """
    Find the damage that explains most of what markers show in their gaps.

    Between those that explain the same, white space decides, then the rest of the `text`. All that it does
    not rule out are equivalents.
    """
    icons = _even(marker.gaps)
    as_shown = Counter(shown)
    times: Counter[tuple[str, ...]] = Counter()
    for gaps, number in as_shown.items():
        times[_even(gaps)] += number
    explained: dict[Damage, list[tuple[str, ...]]] = {}
    for gaps in times:
        for damage in _explaining(icons, gaps):
            explained.setdefault(damage, []).append(gaps)
    is_telling = not all("".join(gaps).isascii() for gaps in times)
    if not explained:
        return SlotEvidence(damage=None, equivalents=(), explained=0, sample=(), is_telling=is_telling)
    ranked = [damage for damage in (*_single_damages(), *doubled_damages()) if damage in explained]
    votes = {damage: sum(times[gaps] for gaps in explained[damage]) for damage in ranked}
    best = max(votes, key=votes.__getitem__)  # the first of equals
    alike = [damage for damage in ranked if explained[damage] == explained[best]]
    exact = {damage: as_shown[tuple(map(damage.apply, marker.gaps))] for damage in alike}
    alike.sort(key=exact.__getitem__, reverse=True)  # keeps the order of equals
    telling = choose_damages(alike, text)
    best = telling[0]
    return SlotEvidence(
        damage=best,
        equivalents=tuple(same for damage in telling for same in equivalents(damage) if same != best),
        explained=votes[best],
        sample=explained[best][0],
        is_telling=is_telling,
    )


def _even(gaps: tuple[str, ...]) -> tuple[str, ...]:
    """Return the gaps with each run of white space as one space: extractors make of it what they like."""
    return tuple(" ".join(gap.split()) for gap in gaps)


@lru_cache(maxsize=4096)
def _explaining(icons: tuple[str, ...], gaps: tuple[str, ...]) -> tuple[Damage, ...]:
    """Return the damages under which every gap shows what it shows that is neither clean nor empty."""
    telling = [i for i, gap in enumerate(gaps) if gap not in ("", *list_gap_forms(icons[i]))]
    if not telling:
        return ()
    for known in (damage_icons(icons), damage_icons(icons, are_doubled=True)):
        found = tuple(damage for damage, left in known if all(gaps[i] in left[i] for i in telling))
        if found:
            return found
    return ()


@lru_cache(maxsize=64)
def damage_icons(
    icons: tuple[str, ...], *, are_doubled: bool = False
) -> tuple[tuple[Damage, tuple[frozenset[str], ...]], ...]:
    """Return what each damage can leave of the icons, be it a single one or one that came twice."""
    damages = doubled_damages() if are_doubled else _single_damages()
    return tuple((damage, tuple(_left(gap, damage) for gap in icons)) for damage in damages)


def _single_damages() -> tuple[Damage, ...]:
    return (*known_damages(), *paired_damages())


def _left(gap: str, damage: Damage) -> frozenset[str]:
    """Return what a damage can leave of a gap: of all its icons, or of some, where others escaped it."""
    shown = []
    for shape in list_gap_forms(gap):
        icons = [(icon, damage.apply(icon)) for icon in shape.split()]
        shown.append(" ".join(left for _, left in icons))
        if len(icons) <= MOST_MIXED:
            shown += map(" ".join, product(*((icon, left if left.strip() else icon) for icon, left in icons)))
    return frozenset(_even(tuple(shown)))


def list_gap_forms(gap: str) -> tuple[str, ...]:
    """Return what stands for a gap on some page: itself, or its last icon, where a line break is the dash."""
    return (gap, *gap.split()[-1:])
