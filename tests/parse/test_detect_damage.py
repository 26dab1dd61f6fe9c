# SPDX-License-Identifier: MIT
"""A text is cut once, at its markers and into plain lines, whoever asks for it."""

from page import FESTIVAL, page, stats

from postdump._parse.detect_damage import Cuts


def test_cuts_are_made_once():
    cuts = Cuts(page(FESTIVAL, stats(8)), "text")
    assert cuts.marked() is cuts.marked()
    assert cuts.flat() is cuts.flat() is not cuts.marked()
    assert cuts.marked().layouts == ("bskyview",)
    assert cuts.flat().layouts == ("flat",)


def test_a_text_without_markers_is_cut_into_plain_lines_already():
    cuts = Cuts(FESTIVAL, "text")
    assert cuts.marked() is cuts.flat()
