# SPDX-License-Identifier: MIT
"""
Which character, of those that can have left what is read, its surroundings make likely.

This proves nothing; it is for those who ask for it. A line is cut into *tokens*: a character of ASCII or a
clean one, or all that the damage left of one character, with the characters of the alphabet that it leaves
exactly that of. These are weighed by what stands around them (`model`), and quotation marks against
one another (`quotes`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from attrs import evolve, frozen

from postdump.damage import Damage
from postdump.damage.context import CONFIDENCE
from postdump.damage.context.model import ALPHABET, EDGE, EMOJI, LETTERS, PAIRS, Weights, model, symbol
from postdump.damage.context.quotes import balance
from postdump.damage.context.table import AROUND

LONGEST_LINE: Final = 1024
"""Characters of a line that are looked at together, up to a space: posts are shorter."""

MOST: Final = 4
"""Of how many characters one may be left by a damage: of Polish, every twelfth is outside ASCII."""

SAMPLE: Final = 1 << 14
"""Characters from which the languages of the whole text are told."""

MARK: Final = 1.0
"""What is not in the alphabet counts in full where one character was left as by ’: it may be an emoji."""

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
    """A stretch of a line, what its neighbours know it by, and the characters that can have left it."""

    start: int
    end: int
    shown: str
    chars: tuple[str, ...] = ()
    other: float = 0.0
    """How much what is not in the alphabet counts."""


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
    table = model()
    prior: dict[str, float] = {}
    pieces = _pieces(text)
    piece = (0, 0)
    inside: list[tuple[int, int]] = []
    for run in (*runs, (len(text), len(text))):
        if run[0] >= piece[1] and inside:
            prior = prior or table.languages(text[:SAMPLE], {})
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
        limit = start + LONGEST_LINE
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
    is_cut = len(line) == LONGEST_LINE and not line.endswith((" ", "\n"))
    if is_cut or len(marks) * MOST > len(line) + 64 or any(token.shown == FOREIGN for token in tokens):
        return
    table = model()
    in_line = table.line(line, prior)
    shown = [EDGE] * AROUND + [token.shown for token in tokens] + [EDGE] * AROUND
    weighed = [
        table.weigh(
            (*shown[n : n + AROUND], *shown[n + AROUND + 1 : n + 2 * AROUND + 1]),
            tokens[n].chars,
            tokens[n].other,
            in_line,
        )
        for n in marks
    ]
    asked = {at for start, end in runs for at in range(start, min(end, len(line)))}
    for n, weights in zip(marks, balance(weighed, table.shares(in_line)), strict=True):
        token = tokens[n]
        # A run is cut by stand-ins of ASCII, which belong to what it is left of.
        is_asked = all(line[at].isascii() or at in asked for at in range(token.start, token.end))
        chars: Weights = {}
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
            tokens.append(_Token(at, end, symbol(chars[0]) if len(chars) == 1 else lead, chars, other))
        else:
            tokens.append(_Token(at, end, EMOJI if lead in HARMLESS else FOREIGN))
        at = end
    return tokens


def _clean(at: int, char: str, *, is_foreign: bool) -> _Token:
    if char in QUOTES and char in model().labels:
        return _Token(at, at + 1, char, (char,))
    if char.isalpha() and (is_foreign or not (char.isascii() or char in ALPHABET)):
        return _Token(at, at + 1, FOREIGN)
    return _Token(at, at + 1, symbol(char))


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
    for char in model().labels:
        left = damage.apply(char)
        found[left] = (*found.get(left, ()), char)
    return found
