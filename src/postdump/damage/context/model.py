# SPDX-License-Identifier: MIT
"""
How likely each character is where it stands: the table of contexts, counted.

Counts are taken in ever narrower contexts, from the kind of the two neighbours to three characters on each
side, each smoothed by the wider one. The counts of a language count as much as the line looks like it. What
is not in the alphabet competes as well: emoji, and letters that were never damaged.

A neighbour of which something was lost is known only by its first byte, in the text as in the table's
counts: `Ã` for é, `â` for ’.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import exp, log
from typing import Final

from attrs import field, frozen

from postdump.damage.context.table import AROUND, TRIGRAMS, WINDOWS

LEANING: Final = 0.35
"""How much of a trigram's evidence for a language counts: they overlap, and so repeat one another."""

RARE: Final = 0.001
"""What share of a language's trigrams one is taken to have that the table lacks."""

FAITH: Final = 0.9
"""How much of the whole text's languages a line is taken to have before it is looked at."""

OTHERS: Final = 0.1
"""How much an occurrence counts that is of another language."""

SMOOTHING: Final = 1.0
"""How many occurrences the wider context is worth, for each label seen in the narrower one."""

DOUBT: Final = 0.5
"""How many occurrences a letter is taken to have had beyond those in one context, as anywhere."""

UNSEEN: Final = 4.0
"""How many occurrences, of whatever label, are expected before anything is counted."""

EDGE: Final = "^"

OTHER: Final = ""

EMOJI: Final = "☀"

MORE: Final = "•‹›™×·²³¼¾§©®−‰†åÅæÆøØœŒëËïÏÿûÛùÙòÒìÌõÕãÃÑÇÔÂÊÈÎÁÍÓÚÀÉĄĆĘŁŃŚŹŻĞčČšŠžŽřŘěĚůŮāēīū"
"""Characters of the alphabet of which the table has few or none."""

ALPHABET: Final = frozenset("".join(label[:1] for labels in WINDOWS.values() for label in labels) + MORE)

PAIRS: Final = ("“”", "„“", "„”", "‘’", "‚‘", "‚’", "«»", "‹›")

LETTERS: Final = "ÃÄÅÆÇÈÉ"
"""The first bytes of Latin letters, as characters."""

Weights = dict[str, float]
"""How likely each label is: a character, or a quotation mark and what it does; empty, all the rest."""

_Counts = Mapping[str, Mapping[str, int]]
"""How often each label occurs in each language."""

_Context = tuple[str, ...]


@frozen
class Line:
    """How likely a line is in each language, and how much a label counts that was met in another one."""

    languages: Mapping[str, float]
    others: Mapping[str, float] = field(factory=dict)


def symbol(char: str) -> str:
    """Return what a clean character is known by."""
    if char in "\r\n":
        return EDGE
    if char.isspace():
        return " "
    if char.isdigit():
        return "0"
    if char == '"':
        return "'"
    return char if char.isascii() or char in ALPHABET else EMOJI


def _lost(shown: str) -> str:
    """Return what a neighbour is known by if all that can be lost was lost: its first byte, or itself."""
    data = shown.encode()
    return chr(data[0]) if 0x80 <= data[-1] < 0xA0 else shown


_KINDS: Final = {
    **dict.fromkeys(".!?…", "."), **dict.fromkeys(",;:", ","), **dict.fromkeys("([{«", "("),
    **dict.fromkeys(")]}»", ")"), **dict.fromkeys(LETTERS, "a"), **dict.fromkeys("“”„‘’‚–—‹›•", "â"),
    **{char: char for char in " ^-/'â☀"},
}  # fmt: skip


@cache
def _kind(shown: str) -> str:
    """Return the kind of a neighbour: a letter, a digit, some punctuation."""
    if shown in _KINDS:
        return _KINDS[shown]
    if shown.isalpha():
        return "a" if shown == shown.lower() else "A"
    return "0" if shown.isdigit() else "#"


def _contexts(window: Sequence[str], *, are_letters: bool) -> tuple[_Context, ...]:
    """Return the contexts of a window, of as many characters before as after, the widest first."""
    n = len(window) // 2
    kinds = [_kind(shown) for shown in window]
    chars = [shown.lower() for shown in window]  # what a capital says is in the kinds already
    both = ("both", *kinds[n - 1 : n + 1], *chars[n - 1 : n + 1])
    left = ("left", *chars[n - 2 : n + 1], kinds[n + 1])
    right = ("right", kinds[n - 2], *chars[n - 1 : n + 2])
    before = ("before", *chars[n - 3 : n], kinds[n])
    after = ("after", kinds[n - 1], *chars[n : n + 3])
    if not are_letters:
        wider = ("kinds", *kinds[n - 2 : n + 2]), ("kinds", *kinds[n - 3 : n + 3])
        return ("kind", *kinds[n - 1 : n + 1]), both, left, right, before, after, *wider
    return (
        ("kind", *kinds[n - 1 : n + 1]),
        ("kinds", *kinds[n - 2 : n + 2]),
        ("before", chars[n - 1], kinds[n]),
        ("after", kinds[n - 1], chars[n]),
        ("before", *chars[n - 2 : n], kinds[n]),
        ("after", kinds[n - 1], *chars[n : n + 2]),
        both,
        before,
        after,
        left,
        right,
        ("chars", *chars[n - 3 : n + 1]),
        ("chars", "", *chars[n - 1 : n + 3]),
        ("chars", *chars[n - 2 : n + 2], ""),
        ("chars", *chars[n - 3 : n + 3]),
    )


def _narrowed(weights: Weights, seen: Weights) -> Weights:
    """
    Return weights after what was seen in a narrower context.

    Between marks that do the same, as “ and ‘ do, writers choose by habit, which no context changes.
    """
    spread = SMOOTHING * (1 + sum(min(1.0, times) for times in seen.values()))
    total = sum(seen.values()) + spread
    before: Weights = {}
    after: Weights = {}
    for label, weight in weights.items():
        role = label[1:] or label
        before[role] = before.get(role, 0.0) + weight
        after[role] = after.get(role, 0.0) + seen.get(label, 0.0)
    return {
        label: weight * (after[role] / before[role] + spread) / total if weight else 0.0
        for label, weight in weights.items()
        for role in [label[1:] or label]
    }


def _seen(counts: _Counts, labels: Iterable[str], line: Line, other: float = 1.0) -> Weights:
    """Return the occurrences of each label, those in a language as much as it is the line's."""
    seen: Weights = {}
    for label in labels:
        if label in counts:
            others = line.others.get(label, 0.0)
            times = counts[label].items()
            seen[label] = sum(
                n * (others + (1 - others) * line.languages.get(name, 1.0)) for name, n in times
            )
    if OTHER in seen:
        seen[OTHER] *= other
    return seen


class Model:
    """The table, counted."""

    def __init__(
        self, windows: Mapping[str, Mapping[str, str]], trigrams: Mapping[str, Mapping[int, str]]
    ) -> None:
        self.counts: dict[_Context, dict[str, dict[str, int]]] = {}
        self.totals: dict[str, dict[str, int]] = {}
        for language, pieces_of in windows.items():
            for label, pieces in pieces_of.items():
                self._count(language, label, pieces)
        self.labels: dict[str, list[str]] = {}
        for label in sorted(self.totals):
            self.labels.setdefault(label[:1], []).append(label)
        for char in MORE:
            self.labels.setdefault(char, [char])
        del self.labels[OTHER]
        self.trigrams: dict[str, dict[str, float]] = {}
        for language, pieces_by in trigrams.items():
            total = sum(times * len(pieces) // 3 for times, pieces in pieces_by.items())
            for times, pieces in pieces_by.items():
                for at in range(0, len(pieces), 3):
                    self.trigrams.setdefault(pieces[at : at + 3], {})[language] = times / total

    def _count(self, language: str, label: str, pieces: str) -> None:
        totals = self.totals.setdefault(label, {})
        totals[language] = totals.get(language, 0) + len(pieces) // (2 * AROUND)
        for at in range(0, len(pieces), 2 * AROUND):
            clean = [symbol(char) for char in pieces[at : at + 2 * AROUND]]
            contexts: set[_Context] = set()
            for window in clean, [_lost(shown) for shown in clean]:
                if not label.isalpha():
                    contexts.update(_contexts(window, are_letters=False))
                if label.isalpha() or label == OTHER:
                    contexts.update(_contexts(window, are_letters=True))
            for context in contexts:
                times = self.counts.setdefault(context, {}).setdefault(label, {})
                times[language] = times.get(language, 0) + 1

    def line(self, text: str, prior: Mapping[str, float]) -> Line:
        """Return in which languages a line is, and what they know of each other's labels."""
        languages = self.languages(text, prior)
        own = _seen(self.totals, self.totals, Line(languages))
        return Line(languages, {label: OTHERS * times / (times + 1) for label, times in own.items()})

    def weigh(self, window: Sequence[str], chars: Iterable[str], other: float, line: Line) -> Weights:
        """Return how likely each label of characters is in a window; `other` is what all else counts."""
        labels = [*(label for char in chars for label in self.labels[char]), OTHER]
        are_letters = labels[0].isalpha()
        seen = _seen(self.totals, labels, line, other)
        total = sum(seen.values()) + UNSEEN
        expected = dict.fromkeys(labels, UNSEEN / (len(labels) - 1 + other))
        expected[OTHER] *= other
        usual = sure = weights = {label: (seen.get(label, 0.0) + expected[label]) / total for label in labels}
        for context in _contexts(window, are_letters=are_letters):
            if context in self.counts:
                seen = _seen(self.counts[context], labels, line, other)
                weights = _narrowed(weights, seen)
                alone = sum(seen.values()) + DOUBT
                sure = {
                    label: max(sure[label], (seen.get(label, 0.0) + DOUBT * usual[label]) / alone)
                    for label in labels
                }
        if are_letters:
            # One word that was met is met in every context: no more may follow than from one of them alone.
            weights = {label: min(weight, sure[label]) for label, weight in weights.items()}
            weights[OTHER] += 1 - sum(weights.values())
        return weights

    def shares(self, line: Line) -> Weights:
        """Return for each opening mark how many of the closing ones, in some languages, can close it."""
        seen = _seen(self.totals, [label for label in self.totals if label[1:] == ")"], line)
        total = sum(seen.values()) + UNSEEN
        shares: Weights = {}
        for opens, closes in PAIRS:
            share = (seen.get(f"{closes})", 0.0) + UNSEEN / len(PAIRS)) / total
            shares[opens] = shares.get(opens, 0.0) + share
        return shares

    def languages(self, text: str, prior: Mapping[str, float]) -> dict[str, float]:
        """Return how likely a text is in each language of the table, or in none, ""."""
        names = [*TRIGRAMS, ""]
        scores = {name: log(FAITH * prior.get(name, 0.0) + (1 - FAITH) / len(names)) for name in names}
        lower = f" {text.lower()} "
        for three, times in Counter(map("".join, zip(lower, lower[1:], lower[2:], strict=False))).items():
            shares = self.trigrams.get(three, {})
            mean = sum(shares.values()) / len(TRIGRAMS)
            for name in TRIGRAMS if shares else ():
                scores[name] += LEANING * times * log((shares.get(name, 0.0) + RARE) / (mean + RARE))
        most = max(scores.values())
        likely = {name: exp(score - most) for name, score in scores.items()}
        return {name: weight / sum(likely.values()) for name, weight in likely.items() if name}


@cache
def model() -> Model:
    return Model(WINDOWS, TRIGRAMS)
