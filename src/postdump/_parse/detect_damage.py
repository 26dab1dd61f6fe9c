# SPDX-License-Identifier: MIT
"""The public function `detect_damage`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from attrs import frozen

from postdump._lazy import source_of
from postdump._parse.parse import parse
from postdump._text.span import Span
from postdump.damage import Damage, equivalents
from postdump.damage._evidence import suspect_damages
from postdump.damage._possible_runs import find_damaged_runs
from postdump.layouts import FLAT
from postdump.models import Detection, Dump, Evidence

TOP: Final = 1 << 13
"""Code points in which markers are looked for: some forty posts, which show what happened to all."""


class Cuts:
    """A text, cut at its markers and into plain lines: each once, when a caller first asks for it."""

    __slots__ = ("_flat", "_marked", "name", "text")

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self._marked: Dump | None = None
        self._flat: Dump | None = None

    def marked(self) -> Dump:
        """Return the text cut at the markers that it shows."""
        if self._marked is None:
            self._marked = parse(self.text, name=self.name)
        return self._marked

    def top(self) -> Dump:
        """Return the top of the text, cut at the markers that the top shows."""
        return self.marked() if len(self.text) <= TOP else parse(self.text[:TOP])

    def flat(self) -> Dump:
        """Return the text as plain lines: without markers, that is how it is cut already."""
        if self._flat is None:
            marked = self._marked
            if marked is not None and marked.definitions == (FLAT,):
                self._flat = marked
            else:
                self._flat = parse(self.text, name=self.name, layout=FLAT)
        return self._flat


def detect_damage(text: str) -> Detection:
    """
    Find the damage of a text: by the icons of its markers, or else by the shape of its characters.

    This looks for markers of built-in layouts in the first 8,192 code points of a text, and for everything
    else in the first 32,768. If the icons of markers are undamaged, the text counts as undamaged.

    Args:
        text: Any text.

    Returns:
        The likeliest damage, its equivalents, every run that it can have left, and the evidence; all of these
        are empty if no damage is found.

    >>> found = detect_damage("Ahoy, donβt.\\n03.02.2026 17:04 β π 4 π 3 π¬ 0 π 0")
    >>> found.damage.misread_as, [span.of("Ahoy, donβt.") for span in found.runs[:1]]
    ('iso-8859-7', ['β'])
    """
    return detect_in(Cuts(text, "text"))


def detect_in(cuts: Cuts) -> Detection:
    """Find the damage of a text, which may be cut already."""
    text = cuts.text
    if text.isascii() and "?" not in text:
        return Detection()
    slots = source_of(cuts.top()).slots()
    if slots is not None and slots.damage is not None:
        icons = " ".join(filter(None, slots.sample))
        evidence = Evidence(rule="markers", shown=(icons,), times=slots.explained)
        return _detected(text, (slots.damage, *slots.equivalents), evidence)
    if slots is not None and slots.is_telling:
        return Detection()
    found = suspect_damages(text)
    if not found.damages:
        return Detection()
    shown = tuple(sequence for sequence, _ in found.shown.most_common(5))
    evidence = Evidence(rule=found.rule, shown=shown, times=found.shown.total())
    return _detected(text, tuple(_all_names(found.damages)), evidence)


def _detected(text: str, damages: Sequence[Damage], evidence: Evidence) -> Detection:
    """Return a detection whose runs are found when they are asked for."""
    return Detection._lazy(_FoundDamages(text, tuple(damages), evidence))


@frozen
class _FoundDamages:
    """A text and the damages found in it: the source of a detection's fields (see `models`)."""

    text: str
    damages: tuple[Damage, ...]
    _evidence: Evidence

    def damage(self) -> Damage:
        """Return the likeliest damage."""
        return self.damages[0]

    def equivalents(self) -> tuple[Damage, ...]:
        """Return the other damages."""
        return self.damages[1:]

    def runs(self) -> tuple[Span, ...]:
        """Return the stretches that the damage can have left."""
        return tuple(
            Span(start=start, end=end) for start, end in find_damaged_runs(self.text, self.damages[0])
        )

    def evidence(self) -> tuple[Evidence, ...]:
        """Return what was seen."""
        return (self._evidence,)


def _all_names(damages: Iterable[Damage]) -> Iterator[Damage]:
    """Yield damages, the first of them first, and whatever does the same as one of them."""
    first, *others = damages
    yield first
    for one in (first, *others):
        yield from (same for same in equivalents(one) if same != first)
