# SPDX-License-Identifier: MIT
"""
Which layout a text has, and which damage: with the evidence.

**Layout.** Each built-in layout's marker is searched for, at the top of a text and, where that shows too
few, in all of it; the one found most often among the first `ENOUGH` wins, the order of `BUILT_IN` deciding
between equals. A layout without a marker is what is left when nothing was found.

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

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice, pairwise, product
from typing import Any, Final

from attrs import evolve, frozen

from postdump._dates import ByNumber, ByYear
from postdump._header import owner_of
from postdump._markers import Marker, Match, marker_of, steps_of
from postdump._shapes import COUNTED, LONGEST_GAP, NUMBER
from postdump._suspicion import most_telling
from postdump._templates import COUNTS, DATE, Kind, parts
from postdump.damage import Damage, doubled_damages, equivalents, known_damages, paired_damages
from postdump.layouts import BUILT_IN, FLAT, Layout

SPARSE: Final = 64
"""Code points, on an average, for each number of a text whose numbers are looked at one by one."""
ENOUGH: Final = 64
"""Markers that decide on a layout: where two layouts share a page, the first screens show it."""
FIRST: Final = 1 << 14
"""Code points at the top of a text that are looked at first."""
TELLING: Final = 3
"""Markers there that are enough to look no further."""
LEAST_BARE: Final = 2
"""Markers that a text must show which have neither date nor count: one may as well be anything."""
MOST_MIXED: Final = 4
"""Icons in one gap of which some may be damaged and others not; of more, all are or none."""


def choose_layout(text: str) -> Layout:
    """
    Return the built-in layout that most of the first markers of `text` belong to.

    Where there are none, beginnings and ends of markers still tell whose page it was before it was torn.
    """
    markers = [marker for marker in map(marker_of, BUILT_IN) if marker is not None]
    numbers = numbers_of(text[:FIRST])
    found = _counts(markers, text[:FIRST], numbers)
    if len(text) > FIRST and max(found.values()) < TELLING:
        numbers = numbers_of(text)
        found = _counts(markers, text, numbers)
    if not any(found.values()):
        counts = counted(text, numbers)
        found = {one.layout: _some(_torn(one, text, numbers, counts)) for one in markers}
    best = max(found, key=found.__getitem__)  # the first of equals
    return best if found[best] else FLAT


def numbers_of(text: str) -> Sequence[int] | None:
    """Return where numbers begin; None where they are so many that to search again takes less time."""
    most = len(text) // SPARSE
    found = array("q", (number.start() for number in islice(NUMBER.finditer(text), most + 1)))
    return found if len(found) <= most else None


def _looks_at_numbers(finder: Any, numbers: Sequence[int] | None) -> bool:
    """Tell whether a finder looks only at numbers: if it begins with one, and their places are known."""
    return numbers is not None and isinstance(finder, (ByNumber, ByYear))


def _found(finder: Any, text: str, numbers: Sequence[int] | None) -> Iterator[Match]:
    found: Iterator[Match] = (
        finder.among(text, numbers) if _looks_at_numbers(finder, numbers) else finder.finditer(text)
    )
    return found


def _counts(markers: Iterable[Marker], text: str, numbers: Sequence[int] | None) -> dict[Layout, int]:
    """Return how many of the first markers of a text each of them finds; some share the words they need."""
    # To look for single signs takes the least time, and mostly one of them is not there. `rfind` compares the
    # first sign of what it looks for, `in` the last: the rarer it is, the faster.
    is_there = cache(text.__contains__)
    is_shown = cache(lambda word: all(map(is_there, word)) and text.rfind(word) >= 0)
    return {one.layout: _count(one, text, numbers, is_shown) for one in markers}


def _count(marker: Marker, text: str, numbers: Sequence[int] | None, is_shown: Callable[[str], bool]) -> int:
    owner = owner_of(text) if marker.is_handle else None
    if marker.is_handle and owner is None:
        return 0
    if not _looks_at_numbers(marker.finder, numbers) and not all(map(is_shown, marker.words)):
        return 0
    matches = _found(marker.finder, text, numbers)
    found = _some(match for match in matches if marker.is_meant(match, owner))
    return 0 if marker.is_bare and found < LEAST_BARE else found


def _torn(
    marker: Marker, text: str, numbers: Sequence[int] | None, counts: Sequence[int]
) -> Iterator[object]:
    yield from beginnings(marker, text, is_marked=False, numbers=numbers)
    yield from endings(marker, text, counts)


def _some(found: Iterable[object]) -> int:
    return sum(1 for _ in islice(found, ENOUGH))


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
    """Whether any of the markers looked at shows an icon, harmed or not."""


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
    telling = most_telling(alike, text)
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
    telling = [i for i, gap in enumerate(gaps) if gap not in ("", *_shapes(icons[i]))]
    if not telling:
        return ()
    for known in (_damaged(icons), _damaged(icons, are_doubled=True)):
        found = tuple(damage for damage, left in known if all(gaps[i] in left[i] for i in telling))
        if found:
            return found
    return ()


@lru_cache(maxsize=64)
def _damaged(
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
    for shape in _shapes(gap):
        icons = [(icon, damage.apply(icon)) for icon in shape.split()]
        shown.append(" ".join(left for _, left in icons))
        if len(icons) <= MOST_MIXED:
            shown += map(" ".join, product(*((icon, left if left.strip() else icon) for icon, left in icons)))
    return frozenset(_even(tuple(shown)))


def _shapes(gap: str) -> tuple[str, ...]:
    """Return what stands for a gap on some page: itself, or its last icon, where a line break is the dash."""
    return (gap, *gap.split()[-1:])


def beginnings(
    marker: Marker, text: str, *, is_marked: bool, numbers: Sequence[int] | None = None
) -> Iterator[int]:
    """
    Return where a marker begins, whole or torn: its first field, and icons after it.

    A line that ends within these icons may show no more than a dash. That counts if it is the last line of
    the text, or if the page `is_marked`: if it has other markers. `numbers` are those of `numbers_of`.
    """
    gap = marker.gaps[1]
    if gap.isascii() or len(marker.fields) < 2:
        return
    last = 0
    for match in _found(steps_of(marker.layout)[0], text, numbers):
        start, end = match.span()
        stop = end_of_icons(gap, text, end)
        if stop is None:
            shown = _line_of_its_own(text, start, end)
            last = last or len(text.rstrip())
            if shown and (is_marked or end + len(shown) >= last) and is_start_of_icons(gap, shown):
                yield start
        else:
            after = text[stop : stop + LONGEST_GAP].lstrip(" \t")[:1]
            if after in "\r\n" or after.isdigit() or not (after.isascii() or after.isalpha()):
                yield start


def counted(text: str, numbers: Sequence[int] | None = None) -> Sequence[int]:
    """
    Return where numbers begin that stand after something outside ASCII, as counts do after their icons.

    `numbers` are those of `numbers_of`.
    """
    if numbers is not None:
        return array("q", (number for number in numbers if COUNTED.match(text, number)))
    return array("q", (number.start() for number in COUNTED.finditer(text)))


def endings(marker: Marker, text: str, numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """
    Return the stretches that markers end with: two counts at least, each after its own icons.

    `numbers` are those that `counted` finds.
    """
    tails = _tails(marker.layout)
    last = 0
    for count in numbers if tails else ():
        for start in _words_before(text, max(last, count - LONGEST_GAP), count):
            found = (_end_of_tail(*one, text, start, count) for one in tails.get(text[start], ()))
            end = next(filter(None, found), None)
            if end is not None:
                last = end
                yield start, end
                break


def _words_before(text: str, start: int, end: int) -> list[int]:
    """Return where the words begin that stand before `end`, with no visible ASCII between but `?`."""
    starts: list[int] = []
    for at in range(end - 1, start - 1, -1):
        char = text[at]
        if "!" <= char <= "~" and char != "?":
            break
        if not char.isspace() and (at == start or text[at - 1].isspace() or text[at - 1] <= "~"):
            starts.insert(0, at)
    return starts


@lru_cache(maxsize=64)
def _tails(layout: Layout) -> dict[str, list[tuple[str, Marker]]]:
    """Return the parts that a marker ends with, by what their icons can begin with; the longest first."""
    date, *counts = [part for part in parts(layout.marker) if part.kind is Kind.FIELD]
    tails: dict[str, list[tuple[str, Marker]]] = {}
    if date.text == DATE and all(part.text in COUNTS for part in counts):
        for before, part in pairwise((date, *counts[:-1])):
            gap = layout.marker[before.span.end : part.span.start]
            tail = marker_of(evolve(layout, marker=layout.marker[part.span.start :]))
            assert tail is not None  # it has counts
            for first in _forms(gap):
                tails.setdefault(first, []).append((gap, tail))
    return tails


def _end_of_tail(icons: str, tail: Marker, text: str, start: int, count: int) -> int | None:
    """Return where the end of a marker ends that begins with icons and a count; None where there is none."""
    found = tail.pattern.match(text, count) if _shows(icons, text, start, count) else None
    if found is None:
        return None
    ends: list[int] = [found.end(group) for group in range(1, len(tail.fields) + 1)]
    starts = [found.start(group) for group in range(2, len(tail.fields) + 1)]
    gaps = zip(tail.gaps[1:], ends, starts, strict=False)
    return ends[-1] if all(_shows(gap, text, start, stop) for gap, start, stop in gaps) else None


def _shows(gap: str, text: str, start: int, end: int) -> bool:
    """Tell whether the icons of a gap stand between two places, and nothing else."""
    stop = end_of_icons(gap, text, start)
    return stop is not None and stop <= end and not text[stop:end].strip()


def _line_of_its_own(text: str, start: int, end: int) -> str:
    """Return what follows on its line, if that ends soon and nothing stands before; nothing otherwise."""
    before = text[max(0, start - LONGEST_GAP) : start].rstrip(" \t")[-1:]
    line = text[end : end + LONGEST_GAP].replace("\r", "\n").partition("\n")[0]
    return line if before in "\r\n" and len(line) < LONGEST_GAP else ""


def end_of_icons(gap: str, text: str, at: int) -> int | None:
    """Return where the icons of a gap end that stand in `text` at `at`, harmed or not; None where none do."""
    shown = "".join(text[at : at + LONGEST_GAP].split())
    for length, forms in _forms(gap).get(shown[:1], {}).items():
        if shown[:length] in forms:
            left = length
            while left:
                left -= not text[at].isspace()
                at += 1
            return at
    return None


def is_left_of_icons(gap: str, shown: str) -> bool:
    """Tell whether what is shown are the icons of a gap, harmed or not, white space apart."""
    shown = "".join(shown.split())
    return shown in _forms(gap).get(shown[:1], {}).get(len(shown), ())


def is_start_of_icons(gap: str, line: str) -> bool:
    """Tell whether the end of a line can have cut the icons of a gap, or what was left of them, to this."""
    shown = "".join(line.split())
    alike = _forms(gap).get(shown[:1], {}).values()
    return not shown.isascii() and any(form.startswith(shown) for forms in alike for form in forms)


@lru_cache(maxsize=64)
def _forms(gap: str) -> dict[str, dict[int, set[str]]]:
    """Return what a gap can show, white space apart, by first character and length, the longest first."""
    shown = {*_shapes(gap), *(form for _, (left,) in _damaged((gap,)) for form in left)}
    forms: dict[str, dict[int, set[str]]] = {}
    for form in sorted(("".join(one.split()) for one in shown), key=len, reverse=True):
        if form:
            forms.setdefault(form[0], {}).setdefault(len(form), set()).add(form)
    return forms
