# SPDX-License-Identifier: MIT
"""Find the region of each block, which is the text of its post, and how regions are spaced."""

from __future__ import annotations

from array import array
from typing import Final

from attrs import frozen

from postdump._parse.found_markers import FoundMarkers
from postdump._parse.heading import Heading
from postdump._parse.label_finder import LabelFinder
from postdump._parse.text_line import lines_between
from postdump._text.lines import count_breaks
from postdump.layouts import Cards, Extent, Layout, Stands

SPACING_BLOCKS: Final = 9
"""Blocks that show how a page is spaced."""


@frozen(eq=False)
class Regions:
    """Where the text of each block begins and ends, in columns as `FoundMarkers` are."""

    lefts: array[int]
    rights: array[int]

    def below(self, end: int, block: int) -> Regions:
        """Return the regions with that of a block beginning at `end`, where the header above it ends."""
        lefts = self.lefts[:]
        lefts[block] = end
        return Regions(lefts, self.rights)


def find_regions(
    layout: Layout, markers: FoundMarkers, heading: Heading | None, labels: LabelFinder
) -> Regions:
    """Find the region of each block; the heading and what is above it are in none."""
    begin, text = labels.begin, labels.text
    if layout.stands is Stands.AFTER:
        lefts, rights = (array("q", [begin]) + markers.ends)[:-1], markers.starts
    else:
        lefts, rights = markers.ends[:], (markers.starts + array("q", [len(text)]))[1:]
    if heading is not None:
        for block in range(min(2, len(markers))):
            if lefts[block] <= heading.start < rights[block]:
                lefts[block] = heading.end
    if layout.extent is Extent.PARAGRAPH:
        for block, (left, right) in enumerate(zip(lefts[:], rights, strict=True)):
            lefts[block] = _find_last_paragraph(labels, left, right)
    return Regions(lefts, rights)


def _find_last_paragraph(labels: LabelFinder, left: int, right: int) -> int:
    """Return where the last paragraph of a stretch begins that is more than labels; else `right`."""
    start, has_text = right, False
    for line in reversed(list(lines_between(labels.text, left, right))):
        is_label = labels.is_label(line.start, line.end)
        if has_text and is_label:
            break
        start, has_text = line.start, has_text or not is_label
        if line.blank_before and has_text:
            break
    return start if has_text else right


@frozen(kw_only=True)
class Spacing:
    """Where most of the first blocks have blank lines."""

    is_spaced: bool
    """Whether one stands between a post's own words and its marker."""
    is_parted: bool
    """Whether one stands below the marker above as well, or below the card that follows that marker."""


def find_spacing(layout: Layout, regions: Regions, labels: LabelFinder) -> Spacing:
    """Find how the first blocks of a page are spaced; only where a card can stand above a post's words."""
    if layout.cards is not Cards.LEADING or layout.stands is not Stands.AFTER:
        return Spacing(is_spaced=False, is_parted=False)
    below = above = 0
    for left, right in zip(regions.lefts[:SPACING_BLOCKS], regions.rights[:SPACING_BLOCKS], strict=True):
        lines = list(lines_between(labels.text, left, right))
        if lines and not labels.is_label(lines[-1].start, lines[-1].end):
            breaks = count_breaks(labels.text, lines[-1].end, right)
            below += 1 if breaks > 1 else -1
        if lines and not labels.is_label(lines[0].start, lines[0].end):
            above += 1 if lines[0].blank_before else -1
    return Spacing(is_spaced=below > 0, is_parted=below > 0 and above > 0)
