# SPDX-License-Identifier: MIT
"""
Which character, of those that can have left what is read, its surroundings make likely.

This proves nothing; it is for those who ask for it. What is chosen has three parts:

1. A line is cut into *tokens* (`_tokens`): a character of ASCII or a clean one, or all that the damage left
   of one character, with the characters of the alphabet that it leaves exactly that of.
2. Each token's labels are weighed by what stood around the same labels in the table: counts in ever
   narrower contexts, from the kind of the two neighbours to three characters on each side, each smoothed
   by the wider one (`_Model.weigh`). The counts of a language count as much as the line looks like it.
   What is not in the alphabet competes as well: emoji, and letters that were never damaged.
3. Quotation marks come in pairs: `_balanced` goes through the line forwards and backwards over all ways to
   open and close them.

A neighbour of which something was lost is known only by its first byte, in the text as in the table's
counts: `Ã` for é, `â` for ’.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from math import exp, log
from typing import Final

from attrs import evolve, field, frozen

from postdump._context_table import AROUND, TRIGRAMS, WINDOWS
from postdump.damage import Damage

CONFIDENCE: Final = 0.96
"""The least confidence of a suggestion, unless another is asked for: with it, one in 100 is wrong at most."""
LONGEST: Final = 1024
"""Characters of a line that are looked at together, up to a space: posts are shorter."""
MOST: Final = 4
"""Of how many characters one may be left by a damage: of Polish, every twelfth is outside ASCII."""
SAMPLE: Final = 1 << 14
"""Characters from which the languages of the whole text are told."""
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
UNPAIRED: Final = 0.01
"""How likely a closing mark is that nothing opened in its line, against one that something did."""
UNCLOSED: Final = 0.01
"""The same of an opening mark that nothing closes."""
NESTED: Final = 0.3
"""The same of a mark opened within another pair, where that is not of the same kind."""
HOPELESS: Final = 1e-6
"""How likely it is at least that some marks are open, or it is not followed up."""
DEEPEST: Final = 2
"""How deep quotation marks are nested."""
MARK: Final = 1.0
"""What is not in the alphabet counts in full where one character was left as by ’: it may be an emoji."""
LETTER: Final = 0.5
"""The same where one was left as by a letter."""
SEVERAL: Final = 0.0003
"""The same where more than one was left: few characters can have."""

EDGE: Final = "^"
OTHER: Final = ""
EMOJI: Final = "☀"
FOREIGN: Final = "Ω"
"""Stands for a letter that must be clean, of those that the damage writes: its line is left alone."""
MORE: Final = "•‹›™×·²³¼¾§©®−‰†åÅæÆøØœŒëËïÏÿûÛùÙòÒìÌõÕãÃÑÇÔÂÊÈÎÁÍÓÚÀÉĄĆĘŁŃŚŹŻĞčČšŠžŽřŘěĚůŮāēīū"
"""Characters of the alphabet of which the table has few or none."""
ALPHABET: Final = frozenset("".join(label[:1] for labels in WINDOWS.values() for label in labels) + MORE)
PAIRS: Final = ("“”", "„“", "„”", "‘’", "‚‘", "‚’", "«»", "‹›")
QUOTES: Final = frozenset("".join(PAIRS))
LETTERS: Final = "ÃÄÅÆÇÈÉ"
"""The first bytes of Latin letters, as characters."""
HARMLESS: Final = frozenset("ÂÃÄÅÆÇÈâïð")
"""The first bytes of what may stand anywhere in a Latin text: its letters, punctuation, emoji."""


@frozen(kw_only=True)
class Suggestion:
    """A stretch of a text, from `start` to `end`, that is likely `after` damaged."""

    start: int
    end: int
    after: str
    confidence: float
    """How likely, from 0 to 1."""


@frozen
class _Token:
    """A stretch of a line, what its neighbours know it by, and the characters that can have left it."""

    start: int
    end: int
    shown: str
    chars: tuple[str, ...] = ()
    other: float = 0.0
    """How much what is not in the alphabet counts."""


@frozen
class _Line:
    """How likely a line is in each language, and how much a label counts that was met in another one."""

    languages: Mapping[str, float]
    others: Mapping[str, float] = field(factory=dict)


_Weights = dict[str, float]
"""How likely each label is: a character, or a quotation mark and what it does; empty, all the rest."""
_Counts = Mapping[str, Mapping[str, int]]
"""How often each label occurs in each language."""
_Context = tuple[str, ...]


def suggested(
    text: str, runs: Iterable[tuple[int, int]], damage: Damage, threshold: float = CONFIDENCE
) -> Iterator[Suggestion]:
    """
    Yield what a damage likely left its runs of, in order.

    Args:
        text: Any text.
        runs: Stretches outside ASCII, in order, that the damage may have left.
        damage: What happened to the text.
        threshold: The least confidence of a suggestion.

    >>> [one.after for one in suggested("I donβt.", [(5, 6)], Damage(misread_as="iso-8859-7"))]
    ['’']
    """
    model = _model()
    prior: dict[str, float] = {}
    pieces = _pieces(text)
    piece = (0, 0)
    inside: list[tuple[int, int]] = []
    for run in (*runs, (len(text), len(text))):
        if run[0] >= piece[1] and inside:
            prior = prior or model.languages(text[:SAMPLE], {})
            for one in _likely(text[slice(*piece)], inside, damage, prior):
                if one.confidence >= threshold:
                    yield evolve(one, start=one.start + piece[0], end=one.end + piece[0])
            inside = []
        while run[0] >= piece[1] and piece[1] < len(text):
            piece = next(pieces)
        inside.append((run[0] - piece[0], run[1] - piece[0]))


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield where lines start and end, long ones cut behind spaces, for as long as there is text."""
    start = 0
    while True:
        limit = start + LONGEST
        end = text.find("\n", start, limit) + 1
        if not end and limit < len(text):
            end = text.rfind(" ", start, limit) + 1
        yield start, end or min(limit, len(text))
        start = end or limit


def _likely(
    line: str, runs: Sequence[tuple[int, int]], damage: Damage, prior: Mapping[str, float]
) -> Iterator[Suggestion]:
    """Yield the likeliest character for each token in a line's runs."""
    tokens = _tokens(line, damage)
    marks = [n for n, token in enumerate(tokens) if token.chars]
    is_cut = len(line) == LONGEST and not line.endswith((" ", "\n"))
    if is_cut or len(marks) * MOST > len(line) + 64 or any(token.shown == FOREIGN for token in tokens):
        return
    model = _model()
    in_line = model.line(line, prior)
    shown = [EDGE] * AROUND + [token.shown for token in tokens] + [EDGE] * AROUND
    weighed = [
        model.weigh((*shown[n : n + AROUND], *shown[n + AROUND + 1 : n + 2 * AROUND + 1]), tokens[n], in_line)
        for n in marks
    ]
    asked = {at for start, end in runs for at in range(start, min(end, len(line)))}
    for n, weights in zip(marks, _balanced(weighed, model.shares(in_line)), strict=True):
        token = tokens[n]
        # A run is cut by stand-ins of ASCII, which belong to what it is left of.
        is_asked = all(line[at].isascii() or at in asked for at in range(token.start, token.end))
        chars: _Weights = {}
        for label, weight in weights.items():
            chars[label[:1]] = chars.get(label[:1], 0.0) + weight
        after, confidence = max(chars.items(), key=lambda item: item[1])
        if is_asked and after and after != line[token.start : token.end]:
            yield Suggestion(start=token.start, end=token.end, after=after, confidence=min(confidence, 1.0))


def _tokens(line: str, damage: Damage) -> list[_Token]:
    """Cut a line into characters and what the damage left of one."""
    firsts, follows, writes = _leavings(damage)
    left_by = _left_by(damage)
    tokens: list[_Token] = []
    at = 0
    while at < len(line):
        char = line[at]
        first = next((one for one in firsts.get(char, ()) if line.startswith(one[0], at)), None)
        if first is None:
            tokens.append(_clean(at, char, is_foreign=not char.isascii() and char in writes))
            at += 1
            continue
        left, byte, size = first
        end = at + len(left)
        for _ in range(size - 1):
            rest = (one for one in follows.get(line[end : end + 1], ()) if line.startswith(one, end))
            end += len(next(rest, ""))
        chars = left_by.get(line[at:end], ())
        lead = chr(byte)
        if chars:
            other = SEVERAL if end - at > 1 else LETTER if lead in LETTERS else MARK
            tokens.append(_Token(at, end, _symbol(chars[0]) if len(chars) == 1 else lead, chars, other))
        else:
            tokens.append(_Token(at, end, EMOJI if lead in HARMLESS else FOREIGN))
        at = end
    return tokens


def _clean(at: int, char: str, *, is_foreign: bool) -> _Token:
    if char in QUOTES:
        return _Token(at, at + 1, char, (char,))
    if char.isalpha() and (is_foreign or not (char.isascii() or char in ALPHABET)):
        return _Token(at, at + 1, FOREIGN)
    return _Token(at, at + 1, _symbol(char))


_First = tuple[str, int, int]
"""What a first byte leaves, the byte, and how many bytes such a character has."""


@lru_cache(maxsize=64)
def _leavings(damage: Damage) -> tuple[dict[str, list[_First]], dict[str, list[str]], frozenset[str]]:
    """
    Return what first bytes leave, what bytes that follow leave, both by its first character, and all of it.

    Of first bytes, only those of which no other byte leaves the same.
    """
    times = Counter(damage.table)
    firsts: dict[str, list[_First]] = {}
    for byte in range(0xC2, 0xF5):
        left = damage.table[byte]
        if left and times[left] == 1 and not left[0].isascii():
            firsts.setdefault(left[0], []).append((left, byte, 2 + (byte >= 0xE0) + (byte >= 0xF0)))
    follows: dict[str, list[str]] = {}
    for left in sorted(set(damage.table[0x80:0xC0]) - {""}, key=len, reverse=True):
        follows.setdefault(left[0], []).append(left)
    return firsts, follows, frozenset("".join(damage.table[0x80:]))


@lru_cache(maxsize=64)
def _left_by(damage: Damage) -> dict[str, tuple[str, ...]]:
    """Return the characters of the alphabet by what the damage leaves of them."""
    found: dict[str, tuple[str, ...]] = {}
    for char in _model().labels:
        left = damage.apply(char)
        found[left] = (*found.get(left, ()), char)
    return found


def _symbol(char: str) -> str:
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


def _narrowed(weights: _Weights, seen: _Weights) -> _Weights:
    """
    Return weights after what was seen in a narrower context.

    Between marks that do the same, as “ and ‘ do, writers choose by habit, which no context changes.
    """
    spread = SMOOTHING * (1 + sum(min(1.0, times) for times in seen.values()))
    total = sum(seen.values()) + spread
    before: _Weights = {}
    after: _Weights = {}
    for label, weight in weights.items():
        role = label[1:] or label
        before[role] = before.get(role, 0.0) + weight
        after[role] = after.get(role, 0.0) + seen.get(label, 0.0)
    return {
        label: weight * (after[role] / before[role] + spread) / total if weight else 0.0
        for label, weight in weights.items()
        for role in [label[1:] or label]
    }


def _seen(counts: _Counts, labels: Iterable[str], line: _Line, other: float = 1.0) -> _Weights:
    """Return the occurrences of each label, those in a language as much as it is the line's."""
    seen: _Weights = {}
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


class _Model:
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
            clean = [_symbol(char) for char in pieces[at : at + 2 * AROUND]]
            contexts: set[_Context] = set()
            for window in clean, [_lost(shown) for shown in clean]:
                if not label.isalpha():
                    contexts.update(_contexts(window, are_letters=False))
                if label.isalpha() or label == OTHER:
                    contexts.update(_contexts(window, are_letters=True))
            for context in contexts:
                times = self.counts.setdefault(context, {}).setdefault(label, {})
                times[language] = times.get(language, 0) + 1

    def line(self, text: str, prior: Mapping[str, float]) -> _Line:
        """Return in which languages a line is, and what they know of each other's labels."""
        languages = self.languages(text, prior)
        own = _seen(self.totals, self.totals, _Line(languages))
        return _Line(languages, {label: OTHERS * times / (times + 1) for label, times in own.items()})

    def weigh(self, window: Sequence[str], token: _Token, line: _Line) -> _Weights:
        """Return how likely each label of a token is in a window."""
        labels = [*(label for char in token.chars for label in self.labels[char]), OTHER]
        are_letters = labels[0].isalpha()
        seen = _seen(self.totals, labels, line, token.other)
        total = sum(seen.values()) + UNSEEN
        expected = dict.fromkeys(labels, UNSEEN / (len(labels) - 1 + token.other))
        expected[OTHER] *= token.other
        usual = sure = weights = {label: (seen.get(label, 0.0) + expected[label]) / total for label in labels}
        for context in _contexts(window, are_letters=are_letters):
            if context in self.counts:
                seen = _seen(self.counts[context], labels, line, token.other)
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

    def shares(self, line: _Line) -> _Weights:
        """Return for each opening mark how many of the closing ones, in some languages, can close it."""
        seen = _seen(self.totals, [label for label in self.totals if label[1:] == ")"], line)
        total = sum(seen.values()) + UNSEEN
        shares: _Weights = {}
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
def _model() -> _Model:
    return _Model(WINDOWS, TRIGRAMS)


def _balanced(marks: Sequence[_Weights], shares: _Weights) -> list[_Weights]:
    """
    Return how likely each label is, given that quotation marks come in pairs.

    A pair is one choice of the writer's, so that what is usual must count once: `shares` of the closing
    marks can close each opening one.
    """
    # All that is no quotation mark is one to the rest of the line.
    roles = [{label: weight for label, weight in weights.items() if label[1:]} for weights in marks]
    for weights in roles:
        weights[OTHER] = max(1 - sum(weights.values()), 0.0)
    forwards: list[_Weights] = [{"": 1.0}]
    for weights in roles:
        after: _Weights = {}
        for _, _, opens, mass in _ways(forwards[-1], weights, shares):
            after[opens] = after.get(opens, 0.0) + mass
        total = sum(after.values())
        forwards.append({opened: mass / total for opened, mass in after.items() if mass > total * HOPELESS})
    backwards = {opened: UNCLOSED ** len(opened) for opened in forwards[-1]}
    found: list[_Weights] = []
    for n in range(len(marks) - 1, -1, -1):
        rests: _Weights = {}
        balanced: _Weights = dict.fromkeys(roles[n], 0.0)
        for opened, label, opens, mass in _ways(dict.fromkeys(forwards[n], 1.0), roles[n], shares):
            rest = mass * backwards.get(opens, 0.0)
            rests[opened] = rests.get(opened, 0.0) + rest
            balanced[label] += forwards[n][opened] * rest
        total = sum(balanced.values())
        plain = balanced.pop(OTHER) / (roles[n][OTHER] or 1.0)
        weighed = marks[n].items()
        found.append({label: balanced.get(label, plain * weight) / total for label, weight in weighed})
        most = max(rests.values())
        backwards = {opened: mass / most for opened, mass in rests.items()}
    return found[::-1]


def _ways(states: _Weights, weights: _Weights, shares: _Weights) -> Iterator[tuple[str, str, str, float]]:
    """Yield what was open, each label, what is open after it, and how likely that is."""
    for opened, mass in states.items():
        for label, weight in weights.items():
            opens, factor = _step(opened, label)
            if len(opens) < len(opened):
                factor /= shares[opened[-1]]
            yield opened, label, opens, mass * weight * factor


@cache
def _step(opened: str, label: str) -> tuple[str, float]:
    """Return which quotation marks are open after a label, and how likely that is."""
    char, does = label[:1], label[1:]
    if does == "(":
        is_nested = char not in opened
        return (opened + char)[-DEEPEST:], 1.0 if not opened else NESTED if is_nested else UNPAIRED
    if does == ")":
        return (opened[:-1], 1.0) if opened[-1:] + char in PAIRS else (opened, UNPAIRED)
    return opened, 1.0
