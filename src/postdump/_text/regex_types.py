# SPDX-License-Identifier: MIT
"""Types of patterns and their matches: as much of the regex package, which ships no types, as is used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol, TypeVar

_Text_contra = TypeVar("_Text_contra", str, bytes, contravariant=True)


class Match(Protocol):
    """A match in a text; group 0 is all of it."""

    @property
    def string(self) -> str:
        """The text that was searched."""

    def __getitem__(self, group: int, /) -> str: ...

    def groups(self) -> tuple[str | Any, ...]:
        """Return all groups but 0; None for one that took no part in the match."""

    def captures(self, group: int, /) -> list[str]:
        """Return all that a repeated group matched, in order."""

    def start(self, group: int = 0, /) -> int:
        """Return where a group begins."""

    def end(self, group: int = 0, /) -> int:
        """Return where a group ends."""

    def span(self, group: int = 0, /) -> tuple[int, int]:
        """Return where a group begins and ends."""


class Finder(Protocol):
    """What searches whole texts: a pattern, or an object that searches faster than its pattern would."""

    def finditer(self, text: str, pos: int = 0, /) -> Iterator[Match]:
        """Yield the matches from `pos` on that do not overlap, in order."""

    def match(self, text: str, pos: int = 0, /) -> Match | None:
        """Return the match that begins at `pos`; None if there is none."""


class Pattern(Finder, Protocol):
    """A compiled pattern; what is before `pos` or behind `endpos` can be looked at, but not be matched."""

    @property
    def pattern(self) -> str:
        """The pattern as it was written."""

    def search(self, text: str, pos: int = 0, endpos: int = -1, /) -> Match | None:
        """Return the first match; None if there is none."""

    def fullmatch(self, text: str, pos: int = 0, endpos: int = -1, /) -> Match | None:
        """Return the match of the whole stretch; None if there is none."""


class WordFinder(Protocol[_Text_contra]):
    """A pattern that is asked for nothing but whether a text has a match."""

    def search(self, text: _Text_contra, pos: int = 0, endpos: int = -1, /) -> object | None:
        """Return something if there is a match, else None."""
