# SPDX-License-Identifier: MIT
"""
Suggest the character, of those that can have left what is read, that its surroundings make likely.

This proves nothing; it is for those who ask for it. A line is cut into *tokens*: a character of ASCII or a
clean one, or all that the damage left of one character, with the characters of the alphabet that it leaves
exactly that of. These are weighed by what stands around them (`model`), and quotation marks against
one another (`quotes`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Final, NamedTuple

from attrs import evolve, frozen

from postdump.damage import Damage
from postdump.damage._utf8 import CONTINUATION, LENGTHS
from postdump.damage.context import CONFIDENCE
from postdump.damage.context.model import (
    ALPHABET,
    EDGE,
    EMOJI,
    LETTERS,
    PAIRS,
    Weights,
    load_model,
    symbol,
)
from postdump.damage.context.quotes import balance
from postdump.damage.context.table import AROUND

LONGEST_LINE: Final = 1024
"""Characters of a line that are weighed together, up to a space: posts are shorter."""

LEAST_CLEAN: Final = 4
"""Of so many characters, one may be left by a damage: of Polish, every twelfth is outside ASCII."""

LANGUAGE_SAMPLE: Final = 1 << 14
"""Characters by which the languages of the whole text are found."""

MARK: Final = 1.0
"""The weight of all that is not in the alphabet, where one character was left as by ’: it may be an emoji."""

LETTER: Final = 0.5
"""The same where one was left as by a letter."""

SEVERAL: Final = 0.0003
"""The same where more than one was left: few characters can have."""

FOREIGN: Final = "Ω"
"""Stands for a letter that must be clean, of those that the damage writes: its line is left alone."""

QUOTES: Final = frozenset("".join(PAIRS))

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
    """A stretch of a line, its symbol in the contexts of others, and the characters that can have left it."""

    start: int
    end: int
    symbol: str
    chars: tuple[str, ...] = ()
    other: float = 0.0
    """The weight of all that is not in the alphabet."""


def suggest(
    text: str, runs: Iterable[tuple[int, int]], damage: Damage, threshold: float = CONFIDENCE
) -> Iterator[Suggestion]:
    """
    Yield what a damage likely left its runs of, in order.

    Args:
        text: Any text.
        runs: Stretches outside ASCII, in order, that the damage may have left.
        damage: What happened to the text; nothing is suggested where bytes were read in pairs.
        threshold: The least confidence of a suggestion.

    >>> [one.after for one in suggest("I donβt.", [(5, 6)], Damage(misread_as="iso-8859-7"))]
    ['’']
    """
    if damage.reads_pairs:
        return  # what a character leaves, it does not leave alone
    prior: dict[str, float] = {}
    for start, end, inside in _group_by_line(text, runs):
        prior = prior or load_model().find_languages(text[:LANGUAGE_SAMPLE], {})
        for suggestion in _find_likely(text[start:end], inside, damage, prior):
            if suggestion.confidence >= threshold:
                yield evolve(suggestion, start=suggestion.start + start, end=suggestion.end + start)


_Stretch = tuple[int, int]
"""Where a stretch of a text starts and ends."""


def _group_by_line(text: str, runs: Iterable[_Stretch]) -> Iterator[tuple[int, int, list[_Stretch]]]:
    """Yield where lines with runs start and end, and the runs of each, counted from its start."""
    lines = _cut_into_lines(text)
    start, end = 0, 0
    inside: list[_Stretch] = []
    for run_start, run_end in runs:
        if run_start >= end and inside:
            yield start, end, inside
            inside = []
        while run_start >= end and end < len(text):
            start, end = next(lines)
        inside.append((run_start - start, run_end - start))
    if inside:
        yield start, end, inside


def _cut_into_lines(text: str) -> Iterator[_Stretch]:
    """Yield where lines start and end, long ones cut behind spaces, for as long as there is text."""
    start = 0
    while True:
        limit = start + LONGEST_LINE
        end = text.find("\n", start, limit) + 1
        if not end and limit < len(text):
            end = text.rfind(" ", start, limit) + 1
        yield start, end or min(limit, len(text))
        start = end or limit


def _find_likely(
    line: str, runs: Sequence[_Stretch], damage: Damage, prior: Mapping[str, float]
) -> Iterator[Suggestion]:
    """Yield the likeliest character for each token in a line's runs."""
    tokens = _tokenize(line, damage)
    damaged = [index for index, token in enumerate(tokens) if token.chars]
    is_cut = len(line) == LONGEST_LINE and not line.endswith((" ", "\n"))
    has_foreign = any(token.symbol == FOREIGN for token in tokens)
    if is_cut or has_foreign or len(damaged) * LEAST_CLEAN > len(line) + 64:
        return
    in_runs = {index for start, end in runs for index in range(start, min(end, len(line)))}
    for index, weights in zip(damaged, _weigh_tokens(line, tokens, damaged, prior), strict=True):
        token = tokens[index]
        # A run is cut by stand-ins of ASCII, which belong to what it is left of.
        is_in_run = all(line[place].isascii() or place in in_runs for place in range(token.start, token.end))
        after, confidence = _find_likeliest(weights)
        if is_in_run and after and after != line[token.start : token.end]:
            yield Suggestion(start=token.start, end=token.end, after=after, confidence=min(confidence, 1.0))


def _weigh_tokens(
    line: str, tokens: Sequence[_Token], damaged: Iterable[int], prior: Mapping[str, float]
) -> list[Weights]:
    """Return how likely each label is in the place of each damaged token."""
    model = load_model()
    languages = model.judge_line(line, prior)
    symbols = [EDGE] * AROUND + [token.symbol for token in tokens] + [EDGE] * AROUND
    weighed = []
    for index in damaged:
        window = *symbols[index : index + AROUND], *symbols[index + AROUND + 1 : index + 2 * AROUND + 1]
        weighed.append(model.weigh(window, tokens[index].chars, tokens[index].other, languages))
    return balance(weighed, model.share_closing(languages))


def _find_likeliest(weights: Weights) -> tuple[str, float]:
    """Return the likeliest character, whatever it does there, and how likely it is."""
    weight_of: dict[str, float] = {}
    for label, weight in weights.items():
        weight_of[label.char] = weight_of.get(label.char, 0.0) + weight
    return max(weight_of.items(), key=itemgetter(1))


def _tokenize(line: str, damage: Damage) -> list[_Token]:
    """Cut a line into clean characters and what the damage left of one."""
    remnants = _remnants_of(damage)
    tokens: list[_Token] = []
    start = 0
    while start < len(line):
        char = line[start]
        firsts = remnants.firsts.get(char, ())
        first = next((first for first in firsts if line.startswith(first.text, start)), None)
        if first is None:
            tokens.append(_clean(start, char, is_foreign=not char.isascii() and char in remnants.signs))
            start += 1
            continue
        end = start + len(first.text)
        for _ in range(first.length - 1):
            rests = remnants.rests.get(line[end : end + 1], ())
            end += len(next((rest for rest in rests if line.startswith(rest, end)), ""))
        chars = remnants.chars_by_remnant.get(line[start:end], ())
        tokens.append(_damaged(start, end, chr(first.byte), chars))
        start = end
    return tokens


def _clean(start: int, char: str, *, is_foreign: bool) -> _Token:
    """Return the token of a clean character, which is foreign if the damage leaves it of others."""
    if char in QUOTES and char in load_model().labels_of:
        return _Token(start, start + 1, char, (char,))
    if char.isalpha() and (is_foreign or not (char.isascii() or char in ALPHABET)):
        return _Token(start, start + 1, FOREIGN)
    return _Token(start, start + 1, symbol(char))


def _damaged(start: int, end: int, lead: str, chars: tuple[str, ...]) -> _Token:
    """Return the token of what was left of one character: of `chars`, which begin with the byte `lead`."""
    if not chars:
        return _Token(start, end, EMOJI if lead in HARMLESS else FOREIGN)
    other = SEVERAL if end - start > 1 else LETTER if lead in LETTERS else MARK
    return _Token(start, end, symbol(chars[0]) if len(chars) == 1 else lead, chars, other)


class _First(NamedTuple):
    """What a first byte leaves."""

    text: str
    byte: int
    length: int
    """How many bytes such a character has."""


@frozen
class _Remnants:
    """What a damage leaves of bytes, and of the characters of the alphabet."""

    firsts: dict[str, list[_First]]
    """Of first bytes of which no other byte leaves the same, by its first character."""
    rests: dict[str, list[str]]
    """Of bytes that follow, by its first character, the longest first."""
    signs: frozenset[str]
    """All characters that bytes outside ASCII leave."""
    chars_by_remnant: dict[str, tuple[str, ...]]
    """The characters of the alphabet by what the damage leaves of them."""


@lru_cache(maxsize=64)  # not part of the damage's table, since the alphabet is only there on request
def _remnants_of(damage: Damage) -> _Remnants:
    """Return what a damage leaves."""
    table = damage.table
    times = Counter(table)
    firsts: dict[str, list[_First]] = {}
    for byte, length in LENGTHS.items():
        text = table[byte]
        if text and times[text] == 1 and not text[0].isascii():
            firsts.setdefault(text[0], []).append(_First(text, byte, length))
    rests: dict[str, list[str]] = {}
    for text in sorted({table[byte] for byte in CONTINUATION} - {""}, key=len, reverse=True):
        rests.setdefault(text[0], []).append(text)
    chars_by_remnant: dict[str, tuple[str, ...]] = {}
    for char in load_model().labels_of:
        remnant = damage.apply(char)
        chars_by_remnant[remnant] = (*chars_by_remnant.get(remnant, ()), char)
    return _Remnants(firsts, rests, frozenset("".join(table[0x80:])), chars_by_remnant)
