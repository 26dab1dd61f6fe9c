# SPDX-License-Identifier: MIT
"""What `detect_damage` and `repair` return of a text that need not be a dump."""

from typing import Protocol

from attrs import frozen

from postdump._lazy import Lazy, lazily
from postdump._text.span import Span
from postdump.damage import Damage
from postdump.models._parts import Reading, Repair


@frozen(kw_only=True)
class Evidence:
    """
    What speaks for a damage.

    >>> from postdump import detect_damage
    >>> found = detect_damage("The tideâ€™s in, donâ€™t sink.")
    >>> str(found.evidence[0])
    "sequences: 2 times 'â€™'"
    """

    rule: str
    """
    `markers`: what stands for the icons of markers. `sequences`: whole sequences of UTF-8's bytes, misread.
    `strays`: what no Latin word has, where words have apostrophes. `pairs`: UTF-8 read in pairs of bytes.
    """
    shown: tuple[str, ...]
    """What was seen, the most frequent first; not more than five."""
    times: int
    """How often all of it was seen, in what was looked at."""

    def __str__(self) -> str:
        times = "once" if self.times == 1 else f"{self.times} times"
        return f"{self.rule}: {times} {', '.join(map(repr, self.shown))}"


class DetectionSource(Protocol):
    """What computes the fields of a detection."""

    def damage(self) -> Damage | None:
        """Compute `Detection.damage`."""

    def equivalents(self) -> tuple[Damage, ...]:
        """Compute `Detection.equivalents`."""

    def runs(self) -> tuple[Span, ...]:
        """Compute `Detection.runs`."""

    def evidence(self) -> tuple[Evidence, ...]:
        """Compute `Detection.evidence`."""


@frozen(kw_only=True)
class Detection(Lazy):
    """
    What damage a text has, and what says so.

    >>> from postdump import detect_damage
    >>> detect_damage("Nothing wrong — here.").damage is None
    True
    """

    damage: Damage | None = None
    """The likeliest; None where nothing speaks for any."""
    equivalents: tuple[Damage, ...] = ()
    """Other damages that explain the same text."""
    runs: tuple[Span, ...] = ()
    """The stretches that the damage can have left, found when they are first asked for."""
    evidence: tuple[Evidence, ...] = ()
    """What was seen: one entry for each rule that spoke."""

    @classmethod
    def _lazy(cls, source: DetectionSource) -> "Detection":
        """Return a detection whose fields `source` computes when they are read."""
        return lazily(cls, source)


@frozen(kw_only=True)
class Repaired:
    """
    A text with what could be proved put right.

    >>> from postdump import repair
    >>> repair("Nothing wrong.").text
    'Nothing wrong.'
    """

    text: str
    """The text with its repairs made."""
    repairs: tuple[Repair, ...] = ()
    """In the order of the text."""
    unrepaired: tuple[Reading, ...] = ()
    """Damaged, not provable."""
