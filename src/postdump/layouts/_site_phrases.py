# SPDX-License-Identifier: MIT
"""A site's own words, which are no post's: headings, labels, and lines that mark a repost."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import regex

from postdump._text.characters import as_ascii
from postdump._text.lines import LINE_END, LINE_START
from postdump._text.patterns import compile_pattern
from postdump.layouts import Layout
from postdump.layouts._field_patterns import SHAPES, grouped, pieces_of
from postdump.layouts._gaps import (
    BLANK,
    ICONS,
    LONGEST_GAP,
    SLOT,
    VISIBLE_RUN,
    VISIBLE_WORDS,
)
from postdump.layouts._template import Part


@lru_cache(maxsize=256)
def headings_of(layout: Layout) -> tuple[tuple[Any, tuple[str, ...]], ...]:
    """Compile a layout's headings: for each the pattern of its whole line, and the names of its fields."""
    patterns = []
    for heading in layout.headings:
        pieces = pieces_of(heading)
        line = "".join(grouped(pieces, breaks=False))
        if [piece.text if isinstance(piece, Part) else piece for piece in pieces[-2:]] == ["name", ""]:
            # The name, and the space before it, may be lost.
            words = "".join(grouped([*pieces[:-3], str(pieces[-3]).rstrip()], breaks=False))
            line = f"{words}(?:{BLANK}{{1,{LONGEST_GAP}}}+({SHAPES['name']}))?"
        pattern = compile_pattern(f"{LINE_START}[ \\t]*+{line}[ \\t]*+{LINE_END}")
        patterns.append((pattern, tuple(piece.text for piece in pieces if isinstance(piece, Part))))
    return tuple(patterns)


@lru_cache(maxsize=256)
def heading_words(layout: Layout) -> tuple[str, ...]:
    """Return a word of each of a layout's headings: a text without any of them has none."""
    gaps = (
        " ".join(piece for piece in pieces_of(heading) if isinstance(piece, str))
        for heading in layout.headings
    )
    return tuple(dict.fromkeys(max(VISIBLE_RUN.findall(gap), key=len) for gap in gaps))


def words_of(layout: Layout) -> tuple[str, ...]:
    """Return all that a layout knows as the site's own words."""
    return (*layout.labels, *layout.previews, *layout.pictures)


@lru_cache(maxsize=256)
def finders_of(words: tuple[str, ...]) -> tuple[Any, ...]:
    """Compile words, a pattern for each first sign: several are found in the time that one takes."""
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[:1], []).append(regex.escape(word[1:]))
    return tuple(
        compile_pattern(f"{regex.escape(first)}(?={'|'.join(rests)})") for first, rests in groups.items()
    )


@lru_cache(maxsize=256)
def ascii_finders_of(words: tuple[str, ...]) -> tuple[Any, ...]:
    """Compile what `as_ascii` leaves of words: a text of which these find nothing has none of the words."""
    left = tuple(as_ascii(word).decode() for word in words)
    return tuple(compile_pattern(finder.pattern.encode()) for finder in finders_of(left))


@lru_cache(maxsize=256)
def labels_of(words: tuple[str, ...]) -> Any:
    """Compile labels into the pattern of a line made of nothing else; no line is, if there are none."""
    word = "|".join(regex.escape(label) for label in sorted(words, key=len, reverse=True)) or "(?!)"
    return compile_pattern(f"(?:{word})(?:[ \\t]++(?:{word}))*+")


@lru_cache(maxsize=256)
def harmed_labels_of(words: tuple[str, ...]) -> tuple[Any, tuple[str, ...], tuple[str, ...]]:
    """
    Compile labels again, with a slot where one has icons: a group, which holds anything or nothing.

    Returned with the pattern are each slot's icons, and words without which no label with icons stands there.
    """
    shapes, icons, cores = [], [], []
    for label in sorted(words, key=len, reverse=True):
        own = VISIBLE_WORDS.findall(label)
        if own:  # of others nothing is left that is known
            shapes.append(f"({SLOT}{{0,{LONGEST_GAP}}}+)".join(map(regex.escape, ICONS.split(label))))
            icons += [icon.strip() for icon in ICONS.findall(label)]
            cores += [max(own, key=len)] * (not label.isascii())
    word = "|".join(shapes) or "(?!)"
    return compile_pattern(f"(?:{word})(?:[ \\t]++(?:{word}))*+"), tuple(icons), tuple(cores)


@lru_cache(maxsize=256)
def reposts_of(layout: Layout) -> Any:
    """Compile the lines that say that what follows is somebody else's; no line does, if there are none."""
    written = ("".join(grouped(pieces_of(template), (), breaks=False)) for template in layout.reposts)
    return compile_pattern("|".join(f"(?:{line}{LINE_END})" for line in written) or "(?!)")
