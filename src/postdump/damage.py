# SPDX-License-Identifier: MIT
"""
The forward model of mojibake: what a misreading makes of a text.

A page is UTF-8. Somebody reads its bytes in a one-byte encoding, and something then happens to the bytes that
this encoding gives no printable character for: the C1 controls U+0080-U+009F, which most encodings of the
ISO family have there, and bytes that the encoding lacks altogether. What happens is the policy.

Only this direction is modelled, because only this direction is a function. Several characters can leave the
same fragment, so undoing a damage is a guess; but whether a guess, damaged again, gives exactly what was
read is a fact, and all that `explains` asks.

A damage is therefore one table, from each of the 256 bytes to what the byte leaves: one character or none
(several, after a second damage). Everything follows from that table:

- `apply` encodes, deletes and decodes whole texts at once, in C. Doing the same character by character,
  by `str.translate`, takes ten times as long and more.
- No byte looks at its neighbours, so `apply(a + b) == apply(a) + apply(b)`.
- Two damages with one table are one damage under two names; see `equivalents`.
- The characters that can have left a fragment follow from the byte patterns of UTF-8, a run of code points
  at a time, without trying all 1.1 million of them; see `Damage.candidates`.
"""

from __future__ import annotations

import codecs
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence, Set
from enum import StrEnum, auto
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, Final, final

from attrs import evolve, field, frozen

from postdump._damage_tables import ENCODINGS, canonical_name, characters

__all__ = ["C1Policy", "Candidates", "Damage", "equivalents", "known_damages"]

MAX_MISREADINGS: Final = 8
"""How many damages may follow on one another. Each can treble a text, so untrusted input must not choose."""

_UTF8_FORMS: Final = (
    ((range(0x80),), (0x00, 0x80)),
    ((range(0xC0, 0xE0), range(0x80, 0xC0)), (0x80, 0x800)),
    ((range(0xE0, 0xF0), *[range(0x80, 0xC0)] * 2), (0x800, 0xD800, 0xE000, 0x10000)),
    ((range(0xF0, 0xF8), *[range(0x80, 0xC0)] * 3), (0x10000, 0x110000)),
)
"""
Byte patterns, and the bounds of the scalar values written in each.

A byte's place in its range is its share of the code point. The bounds cut off what is no UTF-8: overlong
forms, surrogates, code points that do not exist.
"""

_Rule = Callable[[bool, bool], bool]

_NOTHING: Final = "\ufffe"
"""Holds the place of bytes that leave nothing. They are deleted first, so it never shows."""


class C1Policy(StrEnum):
    """
    What becomes of a byte that reads as a C1 control, or that the encoding lacks.

    >>> [policy.value for policy in C1Policy]
    ['drop', 'keep', 'windows_1252', 'question', 'replacement', 'space']
    """

    DROP = auto()
    """It is left out."""
    KEEP = auto()
    """The control stays; a lacking byte becomes the character of its own number, U+00BB for byte BB."""
    WINDOWS_1252 = auto()
    """80-9F are read as windows-1252; its five undefined ones, and lacking bytes from A0 on, are left out."""
    QUESTION = auto()
    """A question mark for each byte."""
    REPLACEMENT = auto()
    """U+FFFD for each byte."""
    SPACE = auto()
    """A space for each byte."""


_STAND_INS: Final = {
    C1Policy.DROP: "",
    C1Policy.QUESTION: "?",
    C1Policy.REPLACEMENT: "\ufffd",
    C1Policy.SPACE: " ",
}


def _check_bounds(_owner: object, _field: object, value: tuple[int, ...]) -> None:
    ascending = all(left < right for left, right in pairwise(value))
    if len(value) % 2 or not ascending or (value and not 0 <= value[0] < value[-1] <= 0x110000):
        raise ValueError(f"expected starts and stops of code points, ascending, got {value[:8]!r}")


@final
@frozen(kw_only=True, eq=False, repr=False)
class Candidates(Set[str]):
    """
    An immutable set of characters, kept as runs of code points.

    It iterates in code point order, and equals every set of the same characters. `&`, `|`, `-` and `^` give
    `Candidates` and take any set of single characters; anything else in one is a ValueError.

    >>> greek = Candidates(bounds=(0x391, 0x3A2, 0x3A3, 0x3CA))
    >>> greek, greek & {"π", "p"} == {"π"}
    (<Candidates: 56, U+0391-U+03A1, U+03A3-U+03C9>, True)
    """

    bounds: tuple[int, ...] = field(default=(), validator=_check_bounds)
    """Where runs of code points start and stop, in turn: half-open, ascending, no two runs touching."""

    def _combine(self, other: Set[object], keep: _Rule) -> Candidates:
        right = other.bounds if isinstance(other, Candidates) else _bounds_of(other)
        return Candidates(bounds=_combine_bounds(self.bounds, right, keep))

    def __and__(self, other: Set[object]) -> Candidates:
        return self._combine(other, bool.__and__)

    def __or__(self, other: Set[object]) -> Candidates:
        return self._combine(other, bool.__or__)

    def __sub__(self, other: Set[object]) -> Candidates:
        return self._combine(other, bool.__gt__)  # True > False: in this one, and not in the other

    def __rsub__(self, other: Set[object]) -> Candidates:
        return self._combine(other, bool.__lt__)

    def __xor__(self, other: Set[object]) -> Candidates:
        return self._combine(other, bool.__xor__)

    def __rand__(self, other: Set[object]) -> Candidates:
        return self & other

    def __ror__(self, other: Set[object]) -> Candidates:
        return self | other

    def __rxor__(self, other: Set[object]) -> Candidates:
        return self ^ other

    def __contains__(self, text: object) -> bool:
        return isinstance(text, str) and len(text) == 1 and bisect_right(self.bounds, ord(text)) % 2 == 1

    def __iter__(self) -> Iterator[str]:
        for start, stop in self._runs():
            yield from map(chr, range(start, stop))

    def __len__(self) -> int:
        return sum(self.bounds[1::2]) - sum(self.bounds[::2])

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Candidates):
            return self.bounds == other.bounds
        return super().__eq__(other)

    def __hash__(self) -> int:
        # A frozenset of the same characters is equal, so it must hash alike; this visits every character.
        return self._hash()

    def __repr__(self) -> str:
        runs = [f"U+{start:04X}-U+{stop - 1:04X}" for start, stop in self._runs()[:4]]
        more = ["..."] if len(self.bounds) > 8 else []
        return f"<Candidates: {', '.join([str(len(self)), *runs, *more])}>"

    def _runs(self) -> list[tuple[int, int]]:
        return list(zip(self.bounds[::2], self.bounds[1::2], strict=True))


def _check_chain(_owner: object, _field: object, value: Any) -> None:
    misreadings = 1
    while value is not None:
        if not isinstance(value, Damage):
            raise TypeError(f"expected a Damage to follow, got {value!r}")
        misreadings += 1
        value = value.then
    if misreadings > MAX_MISREADINGS:
        raise ValueError(f"expected at most {MAX_MISREADINGS} damages in a row, got {misreadings}")


@final
@frozen(kw_only=True)
class Damage:
    """
    One way in which UTF-8 was misread.

    A damage is named by any alias of a one-byte encoding; `misread_as` then holds the canonical name.

    Raises:
        ValueError: The encoding is unknown or not one-byte, the policy unknown, or the chain longer than 8.

    >>> damage = Damage(misread_as="greek")
    >>> damage.misread_as, damage.apply("don’t 👍")
    ('iso-8859-7', 'donβt π')
    """

    misread_as: str = field(converter=canonical_name)
    """The encoding that the bytes were taken for."""
    c1_policy: C1Policy = field(default=C1Policy.DROP, converter=C1Policy)
    """What became of the bytes for which it has no printable character."""
    then: Damage | None = field(default=None, validator=_check_chain)
    """What was done to the result, written as UTF-8 again; None, most often."""

    @property
    def table(self) -> tuple[str, ...]:
        """
        What each of the 256 bytes leaves: a character, nothing, or after a second damage several.

        Bytes C0, C1 and F5-FF stand here too, though no UTF-8 holds them.

        >>> Damage(misread_as="iso-8859-7").table[0xE2], Damage(misread_as="iso-8859-7").table[0x80]
        ('β', '')
        """
        return _table(self)

    def apply(self, text: str) -> str:
        """
        Return what the damage leaves of a text.

        Args:
            text: Any string. Lone surrogates are written as UTF-8 would write them.

        Returns:
            The damaged text. ASCII comes through as it is, and `apply(a + b) == apply(a) + apply(b)`.

        >>> Damage(misread_as="iso-8859-7", c1_policy=C1Policy.WINDOWS_1252).apply("Tide’s in — 💬 7")
        'Tideβ€™s in β€” πŸ’¬ 7'
        """
        damage: Damage | None = self
        while damage is not None and not text.isascii():
            alphabet, dropped = _reading(damage.misread_as, damage.c1_policy)
            data = text.encode("utf-8", "surrogatepass")
            if dropped:
                data = data.translate(None, dropped)
            # Every charmap codec of the standard library passes a str, which the stubs do not know.
            text, _ = codecs.charmap_decode(data, "strict", alphabet)  # pyright: ignore[reportArgumentType]
            damage = damage.then
        return text

    def explains(self, observed: str, original: str) -> bool:
        """
        Tell whether the damage makes exactly `observed` of `original`.

        Args:
            observed: What was read.
            original: What may have stood there.

        >>> damage = Damage(misread_as="iso-8859-7")
        >>> damage.explains("donβt", "don’t"), damage.explains("donβt", "don't")
        (True, False)
        """
        return self.apply(original) == observed

    def candidates(self, observed: str) -> Candidates:
        """
        Return every single character of which the damage leaves exactly `observed`.

        Args:
            observed: What one character left. It may be empty: some leave nothing.

        Returns:
            All of U+0000-U+10FFFF that fit, without surrogates; none if no character leaves so much.

        >>> found = Damage(misread_as="iso-8859-7").candidates("β")
        >>> len(found), "’" in found, "…" in found
        (1089, True, False)
        """
        bounds: list[int] = []
        for pattern, scalars in _UTF8_FORMS:
            runs = _spell(self.table, pattern, observed)
            _append_runs(bounds, _combine_bounds(runs, scalars, bool.__and__))
        return Candidates(bounds=tuple(bounds))


def known_damages() -> tuple[Damage, ...]:
    """
    Return every damage of a single misreading, each effect once.

    Returns:
        The likeliest encodings first. Of several damages that do the same to every text, only the first
        stands here; `equivalents` has the others.

    >>> known_damages()[0]
    Damage(misread_as='iso-8859-7', c1_policy=<C1Policy.DROP: 'drop'>, then=None)
    """
    return tuple(alike[0] for alike in _by_effect().values())


def equivalents(damage: Damage) -> Iterator[Damage]:
    """
    Yield the damages that do the same to every text, the likeliest first.

    Args:
        damage: Any damage. It is among those yielded.

    Returns:
        For a chain, the chains that do the same at every step.

    >>> misread = Damage(misread_as="iso-8859-1", c1_policy=C1Policy.WINDOWS_1252)
    >>> [(one.misread_as, one.c1_policy.value) for one in equivalents(misread)][:2]
    [('cp1252', 'drop'), ('cp1252', 'windows_1252')]
    """
    for one in _by_effect()[_effect(damage)]:
        if damage.then is None:
            yield one
        else:
            yield from (evolve(one, then=then) for then in equivalents(damage.then))


@cache
def _by_effect() -> dict[str, tuple[Damage, ...]]:
    """Return all single damages by what they do, in the order of the encodings."""
    groups: dict[str, tuple[Damage, ...]] = {}
    for encoding in ENCODINGS:
        for policy in C1Policy:
            damage = Damage(misread_as=encoding, c1_policy=policy)
            effect = _effect(damage)
            groups[effect] = (*groups.get(effect, ()), damage)
    return groups


def _effect(damage: Damage) -> str:
    """Return what the first misreading makes of the high bytes that UTF-8 uses."""
    alphabet, _ = _reading(damage.misread_as, damage.c1_policy)
    return alphabet[0x80:0xC0] + alphabet[0xC2:0xF5]


@cache  # bounded by encodings times policies
def _reading(encoding: str, policy: C1Policy) -> tuple[str, bytes]:
    """Return the character of each byte, in the form codecs take, and the bytes that leave none."""
    left = [_left_by(byte, character, policy) for byte, character in enumerate(characters(encoding))]
    dropped = bytes(byte for byte, text in enumerate(left) if not text)
    return "".join(text or _NOTHING for text in left), dropped


def _left_by(byte: int, character: str | None, policy: C1Policy) -> str:
    """Return what a byte leaves that reads as `character`, or as nothing."""
    if character is not None and not "\x80" <= character <= "\x9f":
        return character
    if policy is C1Policy.KEEP:
        return chr(byte) if character is None else character
    if policy is C1Policy.WINDOWS_1252:
        return (characters("cp1252")[byte] or "") if byte < 0xA0 else ""
    return _STAND_INS[policy]


@lru_cache(maxsize=512)  # all single damages, and some chains: of two, some 10 KB each
def _table(damage: Damage) -> tuple[str, ...]:
    alphabet, _ = _reading(damage.misread_as, damage.c1_policy)
    left = ("" if character == _NOTHING else character for character in alphabet)
    return tuple(left if damage.then is None else map(damage.then.apply, left))


def _spell(table: Sequence[str], pattern: Sequence[range], observed: str, at: int = 0) -> list[int]:
    """Return the bounds of the code points whose bytes, one of each range, leave `observed[at:]`."""
    if not pattern:
        return [0, 1] if at == len(observed) else []
    rest = pattern[1:]
    after: dict[int, list[int]] = {}  # by position: many bytes leave alike, above all nothing
    bounds: list[int] = []
    for share, byte in enumerate(pattern[0]):
        if observed.startswith(table[byte], at):
            end = at + len(table[byte])
            if end not in after:
                after[end] = _spell(table, rest, observed, end)
            base = share << 6 * len(rest)
            _append_runs(bounds, [base + bound for bound in after[end]])
    return bounds


def _append_runs(bounds: list[int], runs: Sequence[int]) -> None:
    """Append runs that start no earlier than the last one stops, joining two that touch."""
    if bounds and runs and bounds[-1] == runs[0]:
        bounds.pop()
        runs = runs[1:]
    bounds.extend(runs)


def _combine_bounds(left: Sequence[int], right: Sequence[int], keep: _Rule) -> tuple[int, ...]:
    """Return the bounds of the code points for which `keep(in left, in right)` holds."""
    left_at, right_at = set(left), set(right)
    bounds: list[int] = []
    in_left = in_right = inside = False
    for point in sorted(left_at | right_at):
        in_left ^= point in left_at
        in_right ^= point in right_at
        if keep(in_left, in_right) != inside:
            inside = not inside
            bounds.append(point)
    return tuple(bounds)


def _bounds_of(texts: Set[object]) -> list[int]:
    """Return the bounds of the runs that these characters make."""
    points: list[int] = []
    for text in texts:
        if not isinstance(text, str) or len(text) != 1:
            raise ValueError(f"expected single characters, got {text!r}")
        points.append(ord(text))
    bounds: list[int] = []
    for point in sorted(points):
        _append_runs(bounds, [point, point + 1])
    return bounds
