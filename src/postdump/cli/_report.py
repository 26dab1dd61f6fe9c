# SPDX-License-Identifier: MIT
"""
Pages as people read them: each post with its time, counts, words and card, and a closing line.

What posts say stands indented, so that none can look like the program's own words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from postdump import Conflict, Dump, Post, Repair, Role, Stats, Timeline
from postdump._text.wording import singularize
from postdump.cli._screen_lines import Shown
from postdump.cli._streams import shown_name
from postdump.cli._wording import excerpt, listed, place_of, pluralize, posted, repairs_told, who
from postdump.damage import describe
from postdump.layouts._template import COUNTS

__all__ = ["heading", "page_lines"]

_INDENT = 2
_INFERRED = {"posted_at": "time", "posted_between": "time"}
"""What inferred fields are called in a sentence, where it is not by their own names."""


def page_lines(page: Dump | Timeline, *, is_many: bool) -> Iterator[Shown]:
    """Yield a page; if there may be many, under a heading."""
    for place, section in enumerate(_sections(page, is_many=is_many)):
        if place:
            yield Shown()
        yield from section


def heading(names: Iterable[str]) -> Shown:
    """Return the line that says which files are shown."""
    return Shown(f"==> {listed([shown_name(name) for name in names])} <==", style="bold")


def _sections(page: Dump | Timeline, *, is_many: bool) -> Iterator[Iterable[Shown]]:
    """Yield what is kept apart by blank lines."""
    names = [page.name] if isinstance(page, Dump) else [dump.name for dump in page.dumps]
    above = [heading(names)] if is_many else []
    if page.profile is not None:
        above.append(Shown(f"Posts by {who(page.profile)}", style="bold"))
    if above:
        yield above
    tally: Counter[str] = Counter()
    for post in page.posts:
        tally.update(_INFERRED.get(field, field) for field in post.inferred)
        yield _post_lines(post)
    closing = _dump_closing(page) if isinstance(page, Dump) else _timeline_closing(page, tally)
    yield [Shown(closing, style="bold")]


def _post_lines(post: Post) -> Iterator[Shown]:
    told = [posted(post), _counts(post.stats)]
    if post.is_repost or post.author is not None:
        by = "" if post.author is None else f" by {who(post.author)}"
        told.append(("repost" if post.is_repost else "post") + by)
    yield Shown("  ".join(filter(None, told)), style="bold")
    if post.text:
        yield from (Shown(line, _INDENT) for line in post.text.split("\n"))
    for line in post.lines:
        if line.role in {Role.ALT, Role.LABEL}:
            yield Shown(f"[{line.text}]", _INDENT, "dim")
    if post.card is not None:
        for part in (post.card.title, post.card.description, post.card.domain):
            if part is not None:
                yield Shown(f"| {part}", _INDENT, "cyan")
    yield from (Shown(f"({note})", _INDENT, "dim") for note in _notes(post))


def _counts(stats: Stats) -> str:
    """Return the counts that the page shows; `~` before those that it rounded."""
    shown = []
    for field in COUNTS:
        count = getattr(stats, field)
        if count is not None:
            shown.append(("~" if field in stats.rounded else "") + pluralize(count, singularize(field)))
    return ", ".join(shown)


def _notes(post: Post) -> Iterator[str]:
    """Yield what a reader should know of a post's making."""
    concluded = [field for field in post.inferred if field not in _INFERRED]
    if concluded:
        yield f"inferred: {listed(concluded)}"
    if post.omitted_by:
        yield f"not shown by {listed([shown_name(name) for name in post.omitted_by])}"
    if post.repairs:
        yield f"repaired: {listed([_repair(repair) for repair in post.repairs])}"
    for conflict in post.conflicts:
        yield _conflict(conflict)


def _repair(repair: Repair) -> str:
    told = f"{excerpt(repair.before)} to {excerpt(repair.after)} at {place_of(repair.reading)}"
    witnesses = listed([place_of(reading) for reading in repair.evidence])
    return f"{told}, as at {witnesses}" if witnesses else told


def _conflict(conflict: Conflict) -> str:
    shown = listed([f"{excerpt(reading.text)} at {place_of(reading)}" for reading in conflict.readings])
    return f"conflict about {conflict.field}: {shown}; chosen: {excerpt(conflict.chosen)}"


def _dump_closing(dump: Dump) -> str:
    problems = len(dump.diagnostics)
    told = [
        pluralize(len(dump.posts), "post"),
        "no damage seen" if dump.damage is None else f"damaged ({describe(dump.damage)}), nothing repaired",
        f"{pluralize(len(dump.unclaimed), 'line')} unclaimed",
        f"{pluralize(problems, 'problem')}, see postdump inspect" if problems else "no problems",
    ]
    return "; ".join(told)


def _timeline_closing(timeline: Timeline, tally: Counter[str]) -> str:
    left = [place_of(reading) for reading in timeline.unrepaired]
    told = [
        f"{pluralize(len(timeline), 'post')} from {pluralize(len(timeline.dumps), 'dump')}",
        repairs_told(timeline.repairs),
        "inferred: " + (listed([pluralize(n, thing) for thing, n in tally.items()]) or "nothing"),
        f"left unrepaired: {listed(left) or 'nothing'}",
        f"{pluralize(len(timeline.unclaimed), 'line')} unclaimed",
        pluralize(len(timeline.conflicts), "conflict"),
    ]
    return "; ".join(told)
