# SPDX-License-Identifier: MIT
"""
The forward model of mojibake: what a misreading makes of a text.

A page is UTF-8. Somebody reads its bytes in another encoding, mostly of one byte a character, and something
then happens to the bytes that this encoding gives no printable character for: the C1 controls U+0080-U+009F,
which most encodings of the ISO family have there, and bytes that the encoding lacks altogether. `C1Policy`
says what happens. (Of encodings that read bytes in pairs, see `_double_byte`.)

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

The other modules use this model:

- `_encodings` has the encodings of one byte a character.
- `_double_byte` has the encodings of two bytes a character.
- `_damage_table` keeps what is computed only once for each damage.
- `_evidence` suspects a damage by its traces.
- `_selection` chooses among several damages.
- `_direction` decides which of two texts is the original.
- `_inference` infers a damage from lines that a witness shows undamaged.
- `_proof` proves a repair by a witness.
- `_joint_proof` proves a repair by two readings that are damaged in different ways.
- `_inversion` undoes damage that lost nothing.
- `_possible_runs` finds what may be damaged.
- `context` suggests likely repairs, on request.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence
from enum import StrEnum, auto
from functools import cache, lru_cache, partial
from typing import Any, Final, final

from attrs import evolve, field, frozen

from postdump.damage._candidates import Candidates, append_runs
from postdump.damage._double_byte import PAIRED, read, segments
from postdump.damage._encodings import ENCODINGS, canonical_name, characters
from postdump.damage._utf8 import FORMS

__all__ = ["C1Policy", "Candidates", "Damage", "equivalents", "known_damages"]


MAX_MISREADINGS: Final = 8
"""How many damages may follow on one another. Each can treble a text, so untrusted input must not choose."""

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
@frozen(kw_only=True, cache_hash=True)  # it is the key of many caches
class Damage:
    """
    One way in which UTF-8 was misread.

    A damage is named by any alias of an encoding; `misread_as` then holds the canonical name. Of encodings
    that read bytes in pairs (GBK and its kin), what is said here of single characters does not hold: what
    one leaves depends on those beside it.

    Raises:
        ValueError: The encoding is unknown or does not keep ASCII, the policy unknown, or the chain longer
            than 8.

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

        Bytes C0, C1 and F5-FF stand here too, though no UTF-8 holds them. Of an encoding that reads pairs,
        this is what bytes without a partner leave.

        >>> Damage(misread_as="iso-8859-7").table[0xE2], Damage(misread_as="iso-8859-7").table[0x80]
        ('β', '')
        """
        return _table(self)

    @property
    def reads_pairs(self) -> bool:
        """
        Tell whether bytes were read in pairs, at any step.

        >>> Damage(misread_as="gbk").reads_pairs
        True
        """
        return self.misread_as in PAIRED or (self.then is not None and self.then.reads_pairs)

    def segments(self, text: str) -> Iterator[tuple[str, str]]:
        """
        Yield the shortest stretches of a text of which each leaves something of its own, and what it leaves.

        Args:
            text: Any string.

        >>> list(Damage(misread_as="gbk").segments("I’d"))
        [('I', 'I'), ('’d', '鈥檇')]
        """
        if not self.reads_pairs:
            yield from ((char, self.apply(char)) for char in text)
        elif self.then is not None:
            yield text, self.apply(text)
        else:
            policy = self.c1_policy
            for chars, left in segments(text, self.misread_as, policy.value, _STAND_IN_OF[policy]):
                yield chars, left.translate(_controls(policy))

    def apply(self, text: str) -> str:
        """
        Return what the damage leaves of a text.

        Args:
            text: Any string. Lone surrogates are written as UTF-8 would write them.

        Returns:
            The damaged text. ASCII comes through as it is, and `apply(a + b) == apply(a) + apply(b)`; not
            so where bytes are read in pairs.

        >>> Damage(misread_as="iso-8859-7", c1_policy=C1Policy.WINDOWS_1252).apply("Tide’s in — 💬 7")
        'Tideβ€™s in β€” πŸ’¬ 7'
        """
        damage: Damage | None = self
        while damage is not None and not text.isascii():
            data = text.encode("utf-8", "surrogatepass")
            if damage.misread_as in PAIRED:
                text = read_in_pairs(data, damage.misread_as, damage.c1_policy)
                damage = damage.then
                continue
            alphabet, dropped = _reading(damage.misread_as, damage.c1_policy)
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
            All of U+0000-U+10FFFF that fit, without surrogates; none if no character leaves so much. Where
            bytes are read in pairs, only the one that lost nothing.

        >>> found = Damage(misread_as="iso-8859-7").candidates("β")
        >>> len(found), "’" in found, "…" in found
        (1089, True, False)
        """
        if self.reads_pairs:
            point = _lone_original(self, observed)
            return Candidates(bounds=() if point is None else (point, point + 1))
        bounds: list[int] = []
        for form in FORMS:
            runs = _spell(self.table, form.byte_ranges, observed)
            append_runs(bounds, [form.first + bound for bound in runs])
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


@cache
def paired_damages() -> tuple[Damage, ...]:
    """
    Return every damage of a single misreading in pairs, the likeliest encodings first.

    >>> paired_damages()[0]
    Damage(misread_as='gbk', c1_policy=<C1Policy.DROP: 'drop'>, then=None)
    """
    return tuple(Damage(misread_as=name, c1_policy=policy) for name in PAIRED for policy in C1Policy)


@cache
def doubled_damages() -> tuple[Damage, ...]:
    """
    Return every damage of two misreadings that are the same, the likeliest encodings first.

    >>> doubled_damages()[0].apply("’"), Damage(misread_as="greek").apply("’")
    ('Ξ²', 'β')
    """
    return tuple(evolve(damage, then=damage) for damage in known_damages())


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
    if damage.reads_pairs:
        yield damage
        return
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


def _stand_in(policy: C1Policy, byte: int) -> str:
    return _left_by(byte, None, policy)


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


_STAND_IN_OF: Final = {policy: partial(_stand_in, policy) for policy in C1Policy}


@cache  # one for each policy
def _controls(policy: C1Policy) -> dict[int, str]:
    """Return what becomes of C1 controls, which some of these encodings have, too."""
    return {point: _left_by(point, chr(point), policy) for point in range(0x80, 0xA0)}


def read_in_pairs(data: bytes, encoding: str, policy: C1Policy) -> str:
    """Return what bytes are read as in an encoding of pairs."""
    return read(data, encoding, policy.value, _STAND_IN_OF[policy]).translate(_controls(policy))


def _lone_original(damage: Damage, observed: str) -> int | None:
    """Return the code point of the character that leaves this where bytes are read in pairs."""
    try:
        made = observed.encode(damage.misread_as).decode("utf-8")
    except UnicodeError:
        return None
    return ord(made) if len(made) == 1 and damage.apply(made) == observed else None


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
            append_runs(bounds, [base + bound for bound in after[end]])
    return bounds


def describe(damage: Damage) -> str:
    """
    Name a damage in a few words.

    >>> describe(Damage(misread_as="iso-8859-7"))
    'iso-8859-7/drop'
    """
    first = f"{damage.misread_as}/{damage.c1_policy.value}"
    return first if damage.then is None else f"{first}, then {describe(damage.then)}"
