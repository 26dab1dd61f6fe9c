# SPDX-License-Identifier: MIT
"""
Compute how likely each character is where it stands, by counts of what stood around it in other texts.

Counts are taken in ever narrower contexts, from the kind of the two neighbours to three characters on each
side, each smoothed by the wider one. The counts of a language have as much weight as the line looks like it.
What is not in the alphabet competes as well: emoji, and letters that were never damaged.

Neighbours are *symbols*: a character of the alphabet, or one that stands for many (`0` for a digit). A
neighbour of which something was lost is known only by its first byte, in the text as in the table's counts:
`Ã` for é, `â` for ’.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import exp, log
from typing import Final, final

from attrs import field, frozen

from postdump.damage.context.table import AROUND, TRIGRAMS, WINDOWS

LEANING: Final = 0.35
"""How much of a trigram's evidence for a language counts: they overlap, and so repeat one another."""

RARE: Final = 0.001
"""What share of a language's trigrams one is taken to have that the table lacks."""

FAITH: Final = 0.9
"""How much of the whole text's languages a line is taken to have before it is looked at."""

OTHERS: Final = 0.1
"""How much weight an occurrence has that is of another language."""

SMOOTHING: Final = 1.0
"""How many occurrences the wider context is worth, for each label seen in the narrower one."""

DOUBT: Final = 0.5
"""How many occurrences a letter is taken to have had beyond those in one context, as anywhere."""

UNSEEN: Final = 4.0
"""How many occurrences, of whatever label, are expected before anything is counted."""

EDGE: Final = "^"
"""The symbol of what is before and after a line."""

EMOJI: Final = "☀"
"""The symbol of all that is not in the alphabet."""

MORE: Final = "•‹›™×·²³¼¾§©®−‰†åÅæÆøØœŒëËïÏÿûÛùÙòÒìÌõÕãÃÑÇÔÂÊÈÎÁÍÓÚÀÉĄĆĘŁŃŚŹŻĞčČšŠžŽřŘěĚůŮāēīū"
"""Characters of the alphabet of which the table has few or none."""

ALPHABET: Final = frozenset("".join(text[:1] for labels in WINDOWS.values() for text in labels) + MORE)

PAIRS: Final = ("“”", "„“", "„”", "‘’", "‚‘", "‚’", "«»", "‹›")

LETTERS: Final = "ÃÄÅÆÇÈÉ"
"""The first bytes of Latin letters, as characters."""

OPENS: Final = "("
CLOSES: Final = ")"


@final
@frozen(eq=False)  # one object for each label, so that dictionaries compare no strings
class Label:
    """What can stand at a place: a character of the alphabet, or a quotation mark with what it does there."""

    char: str
    """The character; empty for all that is not in the alphabet."""
    action: str = ""
    """`OPENS` or `CLOSES`, for quotation marks."""
    role: str = field(init=False)
    """What the writer means: labels of one role differ by habit only, as “ and ‘ do."""

    @role.default
    def _role(self) -> str:
        return self.action or self.char


OTHER: Final = Label("")
"""Whatever is not in the alphabet."""

Weights = dict[Label, float]
"""How likely each label is, or how often it occurs."""

_Counts = Mapping[Label, Mapping[str, int]]
"""How often each label occurs in each language."""

_Context = tuple[str, ...]


@frozen
class Line:
    """In which languages a line is."""

    languages: Mapping[str, float]
    """How likely the line is in each."""
    other_weights: Mapping[Label, float] = field(factory=dict)
    """How much weight occurrences of a label have that are of other languages."""


def symbol(char: str) -> str:
    """Return the symbol of a clean character."""
    if char in "\r\n":
        return EDGE
    if char.isspace():
        return " "
    if char.isdigit():
        return "0"
    if char == '"':
        return "'"
    return char if char.isascii() or char in ALPHABET else EMOJI


def _reduce(char_symbol: str) -> str:
    """Return a symbol after all that can be lost was lost: that of its first byte, or itself."""
    data = char_symbol.encode()
    return chr(data[0]) if 0x80 <= data[-1] < 0xA0 else char_symbol


_KINDS: Final = {
    **dict.fromkeys(".!?…", "."), **dict.fromkeys(",;:", ","), **dict.fromkeys("([{«", "("),
    **dict.fromkeys(")]}»", ")"), **dict.fromkeys(LETTERS, "a"), **dict.fromkeys("“”„‘’‚–—‹›•", "â"),
    **{char: char for char in " ^-/'â☀"},
}  # fmt: skip


@cache
def _kind(neighbour: str) -> str:
    """Return the kind of a neighbour's symbol: a letter, a digit, some punctuation."""
    if neighbour in _KINDS:
        return _KINDS[neighbour]
    if neighbour.isalpha():
        return "a" if neighbour == neighbour.lower() else "A"
    return "0" if neighbour.isdigit() else "#"


def _find_contexts(window: Sequence[str], *, are_letters: bool) -> tuple[_Context, ...]:
    """Return the contexts of a window, which has as many symbols before as after, the widest first."""
    n = len(window) // 2
    kinds = [_kind(neighbour) for neighbour in window]
    chars = [neighbour.lower() for neighbour in window]  # the kinds contain the case already
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


def _narrow(weights: Weights, occurrences: Weights) -> Weights:
    """
    Return weights after the occurrences in a narrower context.

    Between marks that do the same, as “ and ‘ do, writers choose by habit, which no context changes.
    """
    spread = SMOOTHING * (1 + sum(min(1.0, times) for times in occurrences.values()))
    total = sum(occurrences.values()) + spread
    weight_of_role: dict[str, float] = {}
    times_of_role: dict[str, float] = {}
    for label, weight in weights.items():
        role = label.role
        weight_of_role[role] = weight_of_role.get(role, 0.0) + weight
        times_of_role[role] = times_of_role.get(role, 0.0) + occurrences.get(label, 0.0)
    narrowed: Weights = {}
    for label, weight in weights.items():
        role = label.role
        gain = times_of_role[role] / weight_of_role[role] + spread if weight else 0.0
        narrowed[label] = weight * gain / total
    return narrowed


def _count_occurrences(counts: _Counts, labels: Iterable[Label], line: Line, other: float = 1.0) -> Weights:
    """Return how often each label occurs, with each language weighed by how likely the line is in it."""
    occurrences: Weights = {}
    for label in labels:
        if label in counts:
            least = line.other_weights.get(label, 0.0)
            times_by_language = counts[label].items()
            occurrences[label] = sum(
                times * (least + (1 - least) * line.languages.get(language, 1.0))
                for language, times in times_by_language
            )
    if OTHER in occurrences:
        occurrences[OTHER] *= other
    return occurrences


@final
class Model:
    """The table, counted."""

    def __init__(
        self, windows: Mapping[str, Mapping[str, str]], trigrams: Mapping[str, Mapping[int, str]]
    ) -> None:
        """
        Count a table.

        Args:
            windows: By language and label (the mark's action behind it), what stands around, `2 * AROUND`
                characters for each occurrence.
            trigrams: By language and number of occurrences, the trigrams that occur so often.
        """
        self._labels = {text: Label(text[:1], text[1:]) for labels in windows.values() for text in labels}
        self._labels[""] = OTHER
        self.counts: dict[_Context, dict[Label, dict[str, int]]] = {}
        """By context and label, how often the label occurs there in each language."""
        self.totals: dict[Label, dict[str, int]] = {}
        """By label, how often it occurs in each language."""
        for language, pieces_by_label in windows.items():
            for text, pieces in pieces_by_label.items():
                self._count(language, self._labels[text], pieces)
        self.labels_of: dict[str, list[Label]] = {}
        """The labels of each character of the alphabet."""
        for text in sorted(self._labels):
            self.labels_of.setdefault(text[:1], []).append(self._labels[text])
        for char in MORE:
            self.labels_of.setdefault(char, [Label(char)])
        del self.labels_of[""]
        self._trigrams = _share_trigrams(trigrams)

    def _count(self, language: str, label: Label, pieces: str) -> None:
        """Count the occurrences of a label, with all contexts that their windows have, reduced or not."""
        totals = self.totals.setdefault(label, {})
        totals[language] = totals.get(language, 0) + len(pieces) // (2 * AROUND)
        is_letter = label.char.isalpha() and not label.action
        for start in range(0, len(pieces), 2 * AROUND):
            clean = [symbol(char) for char in pieces[start : start + 2 * AROUND]]
            contexts: set[_Context] = set()
            for window in clean, [_reduce(neighbour) for neighbour in clean]:
                if not is_letter:
                    contexts.update(_find_contexts(window, are_letters=False))
                if is_letter or label is OTHER:
                    contexts.update(_find_contexts(window, are_letters=True))
            for context in contexts:
                times = self.counts.setdefault(context, {}).setdefault(label, {})
                times[language] = times.get(language, 0) + 1

    def judge_line(self, text: str, prior: Mapping[str, float]) -> Line:
        """Return in which languages a line is, if the whole text's are `prior`."""
        languages = self.find_languages(text, prior)
        own = _count_occurrences(self.totals, self.totals, Line(languages))
        return Line(languages, {label: OTHERS * times / (times + 1) for label, times in own.items()})

    def weigh(self, window: Sequence[str], chars: Iterable[str], other: float, line: Line) -> Weights:
        """
        Return how likely each label of some characters is.

        Args:
            window: The symbols before and after.
            chars: Characters of the alphabet that can stand there.
            other: How much weight occurrences have of what is not in the alphabet.
            line: The line's languages.
        """
        labels = [*(label for char in chars for label in self.labels_of[char]), OTHER]
        are_letters = labels[0].role.isalpha()
        occurrences = _count_occurrences(self.totals, labels, line, other)
        total = sum(occurrences.values()) + UNSEEN
        expected = dict.fromkeys(labels, UNSEEN / (len(labels) - 1 + other))
        expected[OTHER] *= other
        usual = {label: (occurrences.get(label, 0.0) + expected[label]) / total for label in labels}
        weights = most = usual
        for context in _find_contexts(window, are_letters=are_letters):
            if context in self.counts:
                occurrences = _count_occurrences(self.counts[context], labels, line, other)
                weights = _narrow(weights, occurrences)
                most = _raise_most(most, occurrences, usual)
        if are_letters:
            # One word that was met is met in every context: no more may follow than from one of them alone.
            weights = {label: min(weight, most[label]) for label, weight in weights.items()}
            weights[OTHER] += 1 - sum(weights.values())
        return weights

    def share_closing(self, line: Line) -> dict[str, float]:
        """Return for each opening mark the share of all closing marks that, in some language, close it."""
        closing = [label for label in self.totals if label.action == CLOSES]
        occurrences = _count_occurrences(self.totals, closing, line)
        times_of = {label.char: times for label, times in occurrences.items()}
        total = sum(occurrences.values()) + UNSEEN
        shares: dict[str, float] = {}
        for opening, closing_char in PAIRS:
            share = (times_of.get(closing_char, 0.0) + UNSEEN / len(PAIRS)) / total
            shares[opening] = shares.get(opening, 0.0) + share
        return shares

    def find_languages(self, text: str, prior: Mapping[str, float]) -> dict[str, float]:
        """Return how likely a text is in each language of the table; the rest is that it is in none."""
        names = [*TRIGRAMS, ""]
        scores = {name: log(FAITH * prior.get(name, 0.0) + (1 - FAITH) / len(names)) for name in names}
        lower = f" {text.lower()} "
        trigrams = Counter(map("".join, zip(lower, lower[1:], lower[2:], strict=False)))
        for trigram, times in trigrams.items():
            shares = self._trigrams.get(trigram, {})
            mean = sum(shares.values()) / len(TRIGRAMS)
            for name in TRIGRAMS if shares else ():
                scores[name] += LEANING * times * log((shares.get(name, 0.0) + RARE) / (mean + RARE))
        highest = max(scores.values())
        likely = {name: exp(score - highest) for name, score in scores.items()}
        return {name: weight / sum(likely.values()) for name, weight in likely.items() if name}


def _share_trigrams(trigrams: Mapping[str, Mapping[int, str]]) -> dict[str, dict[str, float]]:
    """Return for each trigram its share of a language's trigrams, by language."""
    shares: dict[str, dict[str, float]] = {}
    for language, pieces_by_times in trigrams.items():
        total = sum(times * len(pieces) // 3 for times, pieces in pieces_by_times.items())
        for times, pieces in pieces_by_times.items():
            for start in range(0, len(pieces), 3):
                shares.setdefault(pieces[start : start + 3], {})[language] = times / total
    return shares


def _raise_most(most: Weights, occurrences: Weights, usual: Weights) -> Weights:
    """Return the highest weight that each label has in any one context, after one more."""
    total = sum(occurrences.values()) + DOUBT
    return {
        label: max(weight, (occurrences.get(label, 0.0) + DOUBT * usual[label]) / total)
        for label, weight in most.items()
    }


@cache
def load_model() -> Model:
    """Return the model of the table; counting it takes a tenth of a second."""
    return Model(WINDOWS, TRIGRAMS)
