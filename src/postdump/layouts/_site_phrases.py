# SPDX-License-Identifier: MIT
"""
A site's own phrases, which are no post's: headings, labels, and lines that announce a repost.

`SitePhrases(layout)` has them as patterns, each compiled when it is first needed. `CompiledLayout` keeps one
such object for each layout.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Final, NamedTuple

import regex
from attrs import frozen

from postdump._text.characters import as_ascii
from postdump._text.lines import LINE_END, LINE_START
from postdump._text.patterns import compile_pattern
from postdump._text.regex_types import Pattern, WordFinder
from postdump.layouts import Layout
from postdump.layouts._field_patterns import SHAPES, split_template, write_pieces
from postdump.layouts._gaps import (
    BLANK,
    ICONS,
    LONGEST_GAP,
    SLOT_CHAR,
    VISIBLE_RUN,
    VISIBLE_WORDS,
)
from postdump.layouts._template import Part

ALT_SIGNS: Final = ("ALT:",)
"""What stands before the description of a picture."""


class HeadingPattern(NamedTuple):
    """A heading as the pattern of its whole line, with a group for each of its fields."""

    pattern: Pattern
    fields: tuple[str, ...]
    """The names of the groups, in order."""


class DamagedLabels(NamedTuple):
    """Labels whose icons may be damaged."""

    pattern: Pattern
    """
    Matches a line of nothing but labels.

    Each run of icons is a group, which matches anything or nothing: another check decides.
    """
    icons: tuple[str, ...]
    """The icons of each group."""
    cores: tuple[str, ...]
    """The longest ASCII words of each label with icons: a line that lacks them all has no such label."""


@frozen(eq=False, slots=False)  # cached properties need a __dict__
class SitePhrases:
    """The phrases of a layout, compiled."""

    layout: Layout

    @cached_property
    def all_labels(self) -> tuple[str, ...]:
        """All labels of the layout, whatever they announce."""
        return (*self.layout.labels, *self.layout.previews, *self.layout.pictures)

    @cached_property
    def headings(self) -> tuple[HeadingPattern, ...]:
        """The layout's headings."""
        return tuple(map(_compile_heading, self.layout.headings))

    @cached_property
    def heading_words(self) -> tuple[WordFinder[str], ...]:
        """Finders of one word of each heading: a text in which they find nothing has no heading."""
        gaps = [
            " ".join(piece for piece in split_template(heading) if isinstance(piece, str))
            for heading in self.layout.headings
        ]
        return _compile_words(dict.fromkeys(max(VISIBLE_RUN.findall(gap), key=len) for gap in gaps))

    @cached_property
    def reposts(self) -> Pattern:
        """The lines that announce a repost; matches nothing if the layout has none."""
        lines = (
            "".join(write_pieces(split_template(line), (), breaks=False)) for line in self.layout.reposts
        )
        pattern: Pattern = compile_pattern("|".join(f"(?:{line}{LINE_END})" for line in lines) or "(?!)")
        return pattern

    @cached_property
    def labels(self) -> Pattern:
        """Lines of nothing but labels, their icons undamaged."""
        return _compile_labels(self.all_labels)

    @cached_property
    def announcing_labels(self) -> Pattern:
        """Lines of nothing but labels that announce a card or a picture."""
        return _compile_labels((*self.layout.previews, *self.layout.pictures))

    @cached_property
    def damaged_labels(self) -> DamagedLabels:
        """Lines of nothing but labels, with anything for their icons."""
        shapes: list[str] = []
        icons: list[str] = []
        cores: list[str] = []
        for label in sorted(self.all_labels, key=len, reverse=True):
            words = VISIBLE_WORDS.findall(label)
            if not words:
                continue  # of icons alone, damage leaves nothing that is known
            shapes.append(f"({SLOT_CHAR}{{0,{LONGEST_GAP}}}+)".join(map(regex.escape, ICONS.split(label))))
            icons += [icon.strip() for icon in ICONS.findall(label)]
            if not label.isascii():
                cores.append(max(words, key=len))
        return DamagedLabels(_compile_line_of(shapes), tuple(icons), tuple(cores))

    @cached_property
    def watch_words(self) -> tuple[str, ...]:
        """Every line that the layout identifies as more than text contains one of these words."""
        return (*self.all_labels, *self.damaged_labels.cores, *ALT_SIGNS)

    @cached_property
    def watch_word_finders(self) -> tuple[WordFinder[str], ...]:
        """Finders of the watch words."""
        return _compile_words(self.watch_words)

    @cached_property
    def ascii_watch_word_finders(self) -> tuple[WordFinder[bytes], ...]:
        """Finders of what `as_ascii` leaves of the watch words, in what it leaves of a text."""
        return tuple(
            compile_pattern(pattern.encode())
            for pattern in _write_words(as_ascii(word).decode() for word in self.watch_words)
        )


def _compile_heading(heading: str) -> HeadingPattern:
    pieces = split_template(heading)
    line = "".join(write_pieces(pieces, breaks=False))
    if [piece.text if isinstance(piece, Part) else piece for piece in pieces[-2:]] == ["name", ""]:
        # The name, and the space before it, may be lost.
        words = "".join(write_pieces([*pieces[:-3], str(pieces[-3]).rstrip()], breaks=False))
        line = f"{words}(?:{BLANK}{{1,{LONGEST_GAP}}}+({SHAPES['name']}))?"
    pattern = compile_pattern(f"{LINE_START}[ \\t]*+{line}[ \\t]*+{LINE_END}")
    return HeadingPattern(pattern, tuple(piece.text for piece in pieces if isinstance(piece, Part)))


def _compile_labels(labels: Iterable[str]) -> Pattern:
    return _compile_line_of(map(regex.escape, sorted(labels, key=len, reverse=True)))


def _compile_line_of(labels: Iterable[str]) -> Pattern:
    """Compile patterns of labels to that of a line of nothing else; it matches nothing if there are none."""
    label = "|".join(labels) or "(?!)"
    pattern: Pattern = compile_pattern(f"(?:{label})(?:[ \\t]++(?:{label}))*+")
    return pattern


def _compile_words(words: Iterable[str]) -> tuple[WordFinder[str], ...]:
    return tuple(map(compile_pattern, _write_words(words)))


def _write_words(words: Iterable[str]) -> list[str]:
    """Write a pattern for each first character of words: it finds several in the time that one takes."""
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[:1], []).append(regex.escape(word[1:]))
    return [f"{regex.escape(first)}(?={'|'.join(rest)})" for first, rest in rests.items()]
