# SPDX-License-Identifier: MIT
"""
Yield the posts of a text that is not held whole, if it has markers.

Lines are gathered until they hold markers; the posts that these markers close are yielded, and what follows
the last of these posts is kept for the next round. While too few markers come, each round waits for twice as
much text as the round before, so that no text is searched more often than a few times.

Until `LEAST` markers are certain, all of the text since the last post is held. So memory grows with the
longest stretch that has fewer markers, and not with the text; a text without markers is held whole.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import partial
from io import StringIO, TextIOWrapper

from postdump._lazy import in_batches
from postdump._parse.compiled_layout import compile_layout
from postdump._parse.markers import REACH, is_day_first, month_first
from postdump._parse.page import Traits, build_page
from postdump._parse.parsed_posts import ParsedPosts
from postdump._parse.regions import SPACING_BLOCKS
from postdump._parse.source_text import SourceText
from postdump._text.lines import is_within_break
from postdump._text.wording import find_place
from postdump.layouts import Layout, Stands
from postdump.layouts._gaps import LONGEST_GAP
from postdump.models import Post

ROUND = 1 << 18
"""Code points gathered before a search: some thousand posts, beside which those searched twice are few."""

LEAST = SPACING_BLOCKS
"""Markers found before posts are given out: the first show what holds for the whole page."""


def iter_posts(
    lines: Iterable[str], *, layout: Layout, day_first: bool | None = None, name: str = ""
) -> Iterator[Post]:
    r"""
    Yield posts from lines one by one, and hold only a part of the text.

    The posts equal `parse(text, layout=layout, name=name).posts`, if the dates of the text have the order of
    `day_first`: only a whole text can prove the opposite order. Memory grows with the longest stretch without
    markers, not with the text; a text without markers is held whole.

    Args:
        lines: Lines with their line ends, as an open text file gives them (`newline=""` keeps spans exact).
        layout: Layout of the page.
        day_first: Whether a date's day comes before its month; None for the layout's own order.
        name: Name of the dump in readings.

    >>> from postdump.layouts import BSKYVIEW
    >>> lines = ["Ahoy.\n", "03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0\n"]
    >>> [post.text for post in iter_posts(lines, layout=BSKYVIEW)]
    ['Ahoy.']
    """
    if compile_layout(layout).marker is None:
        return
    if day_first is not None and day_first is not is_day_first(layout):
        layout = month_first(layout)
    # Rounds may end anywhere, and a file is read in pieces in a tenth of the time.
    gather = lines.read if isinstance(lines, (StringIO, TextIOWrapper)) else partial(_gathered, iter(lines))
    after = layout.stands is Stands.AFTER
    traits: Traits | None = None
    text, begin, before, is_last = "", 0, (0, 0, 0), False
    while not is_last:
        size = max(ROUND, len(text))
        more = gather(size)
        is_last = len(more) < size
        text += more
        page = build_page(text, layout, begin=begin, traits=traits)
        # What the next lines bring can change a marker that is near the end.
        certain = len(page) if is_last else bisect_right(page.ends, len(text) - REACH)
        if certain < LEAST and not is_last:
            continue
        whole = certain if is_last or after else certain - 1
        posts = ParsedPosts(page, SourceText(text, name, before=before), captured_at=None)
        yield from in_batches(posts.make, range(whole))
        if not is_last:
            end = page.ends[whole - 1] if after else page.starts[whole]
            kept = max(0, end - LONGEST_GAP)  # what patterns look back at
            kept -= is_within_break(text, kept)
            before = _passed(before, text[:kept])
            text, begin, traits = text[kept:], end - kept, page.traits


def _gathered(lines: Iterator[str], size: int) -> str:
    """Return the next lines, up to the one that makes them `size` code points long."""
    found = []
    for line in lines:
        found.append(line)
        size -= len(line)
        if size <= 0:
            break
    return "".join(found)


def _passed(before: tuple[int, int, int], text: str) -> tuple[int, int, int]:
    """Return what stands before a text's rest: code points, line breaks, code points of the last line."""
    line, column = find_place(text, len(text))
    return before[0] + len(text), before[1] + line - 1, column - 1 + (before[2] if line == 1 else 0)
