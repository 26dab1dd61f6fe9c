# SPDX-License-Identifier: MIT
"""
Dumps to a timeline: which dump shows which post, and in what order the posts stand.

The dumps are sorted first, so that the order of arguments cannot matter: dumps with dates before the others,
then undamaged before damaged, more posts before fewer, more text before less. The first becomes a draft, a
list of entries in page order (see `DraftEntry` in `draft`): posts with their lines; posts on which all dumps
agree, as a few numbers; and lines that belong to no post. Each further dump is aligned with the draft, and
where its posts are not those of the draft, its lines find their posts:

* a **block** belongs to the post that most of its lines were aligned with. A block without such a post is a
  new post. It stands below the post that the block above it went to, and below posts of other dumps that are
  before it by date; a block without a date skips none (see `_align/marked_placement`);
* a **loose line** of a marked dump (heading, tail) stays loose, unless another dump shows it in a post;
* a line of a **flat** dump that was not aligned lies between two that were. Between two lines of one post
  it belongs to that post; between two posts, or after the last, it forms a post with its neighbours
  (a lone link belongs to the post before). What stands above the page's heading, or above the first
  aligned line where there is no heading, stays loose.

`line_matching` explains by which keys lines are compared, whatever damage they have. `post_matching` and
`collate` explain why most posts are matched whole, and only the stretches between them line by line.

`timeline_builder` computes what follows from the draft: times, cards, repairs, conflicts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from postdump._align.collate import Collator
from postdump._align.line_keys import is_strong
from postdump._align.sequence_alignment import Key
from postdump._align.witness import Witness
from postdump._align.witness_from_dump import build_witness
from postdump._merge.timeline_builder import TimelineBuilder
from postdump._parse.parse import as_utc
from postdump.models import Dump, Timeline


def merge(*dumps: Dump, prefer: Sequence[str] = ()) -> Timeline:
    r"""
    Merge dumps of one page into one timeline, in which nothing is lost and every repair is proved.

    Args:
        dumps: In any order; equal dumps count once. One dump alone is edited too: damage without loss is
            repaired, and a post that the page shows twice is one post.
        prefer: Names of dumps, the most trusted first; they decide where dumps disagree.

    Raises:
        ValueError: Two different dumps have one name, or no dump has a name in `prefer`.

    >>> from postdump import parse
    >>> marked = parse("Ahoy, donβt sink.\n03.02.2026 17:04 β π 4 π 3 π¬ 0 π 0", name="a")
    >>> flat = parse("Ahoy, don’t sink.", name="b")
    >>> merge(marked, flat).posts[0].text
    'Ahoy, don’t sink.'
    """
    witnesses = [build_witness(dump) for dump in _ordered(dumps)]
    witnesses[1:] = [
        one.as_copy() if one.shows_the_same(before) else one for before, one in pairwise(witnesses)
    ]
    names = {one.dump.name for one in witnesses}
    for name in prefer:
        if name not in names:
            raise ValueError(
                f"expected the name of a dump in prefer, got {name!r} (dumps: {', '.join(sorted(names))})"
            )
    return Timeline._lazy(build_timeline(witnesses, prefer))


def build_timeline(
    witnesses: Sequence[Witness],
    prefer: Sequence[str] = (),
    *,
    is_strong: Callable[[Key], bool] = is_strong,
) -> TimelineBuilder:
    """
    Align witnesses, the first of which is the richest, and return the source of their timeline.

    Args:
        witnesses: Which dumps are aligned, in the order of `_ordered`.
        prefer: Names of dumps in order of trust.
        is_strong: Which keys need no neighbour's support: all, where all dumps are known to show one text.
    """
    collator = Collator.of(witnesses, is_strong)
    builder = TimelineBuilder(witnesses, collator.entries, prefer)
    # Lines of little ASCII are compared by what the likeliest damage leaves of them. Which damage that is may
    # follow from the other dumps; then all are aligned once more.
    if collator.is_unsure and [one.damage for one in witnesses] != [
        next(iter(s), None) for s in builder.editor.damages
    ]:
        damages = zip(witnesses, builder.editor.damages, strict=True)
        witnesses = [one.with_candidate_damages(found) for one, found in damages]
        # As `_rank` would have it: of the dumps with dates, those that are damaged come last.
        witnesses = sorted(witnesses, key=lambda one: 2 if not one.is_dated else one.damage is not None)
        builder = TimelineBuilder(witnesses, Collator.of(witnesses, is_strong).entries, prefer)
    for one in witnesses:
        one.forget_visible()
    return builder


def _ordered(dumps: Sequence[Dump]) -> list[Dump]:
    """Return different dumps, each once, in an order that does not depend on the arguments'."""
    by_name: dict[str, Dump] = {}
    for dump in dumps:
        known = by_name.setdefault(dump.name, dump)
        if known is not dump and (known.text != dump.text or known != dump):
            raise ValueError(f"expected one dump of each name, got two different ones named {dump.name!r}")
    return sorted(by_name.values(), key=_rank)


def _rank(dump: Dump) -> tuple[Any, ...]:
    posts = len(dump.posts)
    is_dated = posts > 0 and dump.posts[0].posted_at is not None
    captured_at = as_utc(dump.captured_at) or datetime.min.replace(tzinfo=UTC)
    is_damaged = dump.damage is not None
    return not is_dated, is_damaged, -posts, -len(dump.text), dump.text, dump.layouts, captured_at, dump.name
