# SPDX-License-Identifier: MIT
"""
Which layout a text has, and which damage: with the evidence.

**Layout.** Each built-in layout's marker is searched for; the one found most often among the first
`ENOUGH` wins, the order of `BUILT_IN` deciding between equals. A layout without a marker is what is
left when nothing was found.

**Damage.** The icons and dashes of a marker are known text: what stands in its gaps, white space
evened out, is what the damage made of them. Every damage is applied to the template's icons once (a table
per marker, some hundred entries); what a marker shows is then looked up. A gap shown clean says
nothing, since clean and damaged characters mix on real pages, even within a gap; a gap shown empty
neither, since extractors strip icons. The damage that explains the most markers wins; those that explain
the very same ones are equivalents, reported and not chosen between: the first is the one met most often.

**Torn markers.** The same table tells icons, harmed or not, from a dash in prose. So what begins like a
marker is one, whole or torn, only if the first icons follow, or what the end of a line has left of them;
and what ends like one only if two counts at least stand behind their own icons.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, product
from typing import Final

from attrs import frozen

from postdump._markers import LONGEST_GAP, Marker, marker_of, steps_of
from postdump.damage import Damage, equivalents, known_damages
from postdump.layouts import BUILT_IN, FLAT, Layout

ENOUGH: Final = 64
"""Markers that decide on a layout: where two layouts share a page, the first screens show it."""
MOST_MIXED: Final = 4
"""Icons in one gap of which some may be damaged and others not; of more, all are or none."""


def choose_layout(text: str) -> Layout:
    """
    Return the built-in layout that most of the first markers of `text` belong to.

    Where there are none, beginnings and ends of markers still tell whose page it was before it was torn.
    """
    markers = [marker for marker in map(marker_of, BUILT_IN) if marker is not None]
    found = {one.layout: _count(one, text) for one in markers}
    if not any(found.values()):
        found = {one.layout: _some(_torn(one, text)) for one in markers}
    best = max(found, key=found.__getitem__)  # the first of equals
    return best if found[best] else FLAT


def _count(marker: Marker, text: str) -> int:
    return _some(match for match in marker.finder.finditer(text) if not marker.is_prose(match))


def _torn(marker: Marker, text: str) -> Iterator[object]:
    yield from beginnings(marker, text, is_marked=False)
    yield from endings(marker, text)


def _some(found: Iterable[object]) -> int:
    return sum(1 for _ in islice(found, ENOUGH))


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
    icons = _even(marker.gaps)
    times = Counter(map(_even, shown))
    clean = times.pop(icons, 0)
    explained: dict[Damage, list[tuple[str, ...]]] = {}
    for gaps in times:
        for damage in _explaining(icons, gaps):
            explained.setdefault(damage, []).append(gaps)
    if not explained:
        return SlotEvidence(damage=None, equivalents=(), clean=clean, explained=0, sample=())
    votes = {damage: sum(times[gaps] for gaps in explained.get(damage, ())) for damage in known_damages()}
    best = max(votes, key=votes.__getitem__)  # the first of equals
    alike = [damage for damage in known_damages() if explained.get(damage) == explained[best]]
    return SlotEvidence(
        damage=best,
        equivalents=tuple(same for damage in alike for same in equivalents(damage) if same != best),
        clean=clean,
        explained=votes[best],
        sample=explained[best][0],
    )


def _even(gaps: tuple[str, ...]) -> tuple[str, ...]:
    """Return the gaps with each run of white space as one space: extractors make of it what they like."""
    return tuple(" ".join(gap.split()) for gap in gaps)


@lru_cache(maxsize=4096)
def _explaining(icons: tuple[str, ...], gaps: tuple[str, ...]) -> tuple[Damage, ...]:
    """Return the damages under which every gap that is neither clean nor empty shows what it shows."""
    telling = [i for i, gap in enumerate(gaps) if gap not in ("", icons[i])]
    if not telling:
        return ()
    return tuple(damage for damage, left in _damaged(icons) if all(gaps[i] in left[i] for i in telling))


@lru_cache(maxsize=64)
def _damaged(icons: tuple[str, ...]) -> tuple[tuple[Damage, tuple[frozenset[str], ...]], ...]:
    """Return what each damage can leave of the icons."""
    return tuple((damage, tuple(_left(gap, damage) for gap in icons)) for damage in known_damages())


def _left(gap: str, damage: Damage) -> frozenset[str]:
    """Return what a damage can leave of a gap: of all its icons, or of some, where others escaped it."""
    icons = [(icon, damage.apply(icon)) for icon in gap.split()]
    shown = [" ".join(left for _, left in icons)]
    if len(icons) <= MOST_MIXED:
        visible = [(icon, left if left.strip() else icon) for icon, left in icons]
        shown += map(" ".join, product(*visible))
    return frozenset(_even(tuple(shown)))


def beginnings(marker: Marker, text: str, *, is_marked: bool) -> Iterator[int]:
    """
    Return where a marker begins, whole or torn: its first field, and icons after it.

    A line that ends within these icons may show no more than a dash. That counts if it is the last line of
    the text, or if the page `is_marked`: if it has other markers.
    """
    gap = marker.gaps[1]
    if gap.isascii():
        return
    last = len(text.rstrip())
    for match in steps_of(marker.layout)[0].finditer(text):
        start, end = match.span()
        stop = end_of_icons(gap, text, end)
        if stop is None:
            shown = _line_of_its_own(text, start, end)
            if shown and (is_marked or end + len(shown) >= last) and _is_start_of_icons(gap, shown):
                yield start
        else:
            after = text[stop : stop + LONGEST_GAP].lstrip(" \t")[:1]
            if after in "\r\n" or after.isdigit() or not (after.isascii() or after.isalpha()):
                yield start


def endings(marker: Marker, text: str) -> Iterator[tuple[int, int]]:
    """Return the stretches that a marker ends with, whole or torn: two counts at least, each after its icons."""
    tails, firsts = _tails(marker.layout)
    last = 0
    for match in NON_ASCII.finditer(text):
        start = match.start()
        for number, icons in firsts.get(text[start], ()) if start >= last else ():
            end = _end_of_tail(tails[number], icons, text, start)
            if end is not None:
                last = end
                yield start, end
                break


def _end_of_tail(tail: Marker, icons: str, text: str, start: int) -> int | None:
    """Return where a part of a marker ends that begins in `text` at `start` with some icons."""
    at = end_of_icons(icons, text, start)
    if at is None:
        return None
    found = tail.pattern.match(text, at + LONGEST_GAP - len(text[at : at + LONGEST_GAP].lstrip()))
    gaps = range(1, len(tail.fields))
    if found is None or not all(_shows(tail.gaps[n], text, found.end(n), found.start(n + 1)) for n in gaps):
        return None
    return found.end(len(tail.fields))


@lru_cache(maxsize=64)
def _tails(layout: Layout):
    ...


def _line_of_its_own(text: str, start: int, end: int) -> str:
    """Return what follows up to the end of its line, if that is near and nothing stands before; else nothing."""
    before = text[max(0, start - LONGEST_GAP) : start].rstrip(" \t")[-1:]
    line = text[end : end + LONGEST_GAP].replace("\r", "\n").partition("\n")[0]
    return line if before in "\r\n" and len(line) < LONGEST_GAP else ""


def end_of_icons(gap: str, text: str, at: int) -> int | None:
    """Return where the icons of a gap end that stand in `text` at `at`, harmed or not; None where none do."""
    window = text[at : at + LONGEST_GAP]
    shown = "".join(window.split())
    for form in _forms(gap).get(shown[:1], ()):
        if shown.startswith(form):
            left = len(form)
            for offset, char in enumerate(window, 1):
                left -= not char.isspace()
                if not left:
                    return at + offset
    return None


def _is_start_of_icons(gap: str, line: str) -> bool:
    shown = "".join(line.split())
    return any(form.startswith(shown) for form in _forms(gap).get(shown[:1], ()))


@lru_cache(maxsize=64)
def _forms(gap: str) -> dict[str, tuple[str, ...]]:
    """Return what a gap can show, without white space, by the first character, the longest first."""
    forms = {"".join(form.split()) for _, (left,) in _damaged(_even((gap,))) for form in left}
    by_first: dict[str, tuple[str, ...]] = {}
    for form in sorted({*forms, "".join(gap.split())} - {""}, key=lambda form: (-len(form), form)):
        by_first[form[0]] = (*by_first.get(form[0], ()), form)
    return by_first
