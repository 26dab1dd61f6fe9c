# SPDX-License-Identifier: MIT
"""
One witness's lines find their units in a draft.

The alignment has said which line of the draft a line of the witness is; here the rest follows: which unit
each block goes to, where new units stand, and what becomes of lines that nobody else shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice, pairwise, takewhile

from attrs import define, field

from postdump._align.chronology import minute_of
from postdump._align.draft import DraftLine, DraftPost, add_place, new_line
from postdump._align.interleave import weave, weave_with_cards
from postdump._align.line_matching import Matches
from postdump._align.open_stretches import DraftPlace
from postdump._align.similarity import is_lone_link
from postdump._align.witness import Block, Piece, Witness
from postdump._text.characters import count_graphemes
from postdump.models import Role


@define(eq=False)
class Placing:
    """Open stretches of a draft while witness number `n` is taken in; indices stay good until the end."""

    units: list[DraftPost]
    n: int
    witness: Witness
    """Its groups are those of the open stretches."""
    matches: Matches
    is_newest_first: bool = True
    """Whether the draft is."""
    pinned_at: int = -1
    """The index of a pinned post, below which others stand whatever their dates; -1 where there is none."""
    top: Block | None = None
    """The witness's pinned post."""
    _new: dict[int, list[DraftPost]] = field(factory=dict, init=False)
    """Units to stand after the one of that index; -1 is the top."""
    _moved: set[DraftLine] = field(factory=set, init=False)
    """Lines that now stand in another unit."""
    _lines: list[list[DraftLine]] = field(init=False)
    """The lines that `matches` speaks of, as they were."""
    _matched: set[DraftLine] = field(init=False)
    """Those of them that are lines of the witness, in whichever of its posts."""
    _next_post: list[int] = field(init=False)
    """For each index of a unit that of the post there or next below."""
    _last_minute: int = field(init=False)
    """The index from which on all posts are of one minute."""
    _is_turned: bool = field(init=False)
    """Whether the witness's blocks stand in the opposite of their order on the page."""

    def __attrs_post_init__(self) -> None:
        self._lines = [unit.lines for unit in self.units]
        places = (place for matched in self.matches for place in matched.values())
        self._matched = {self._lines[at][line] for at, line in places if line >= 0}
        self._next_post = [len(self.units)]
        for at in range(len(self.units) - 1, -1, -1):
            self._next_post.append(at if self.units[at].is_post else self._next_post[-1])
        self._next_post.reverse()
        posts = [(at, unit.posted_at) for at, unit in enumerate(self.units) if unit.is_post]
        last = (at for at, date in takewhile(lambda post: post[1] == posts[-1][1], reversed(posts)))
        self._last_minute = min(last, default=len(self.units))
        blocks = [number for number in self.witness.groups.numbers if number >= 0]
        self._is_turned = len(blocks) > 1 and blocks[0] > blocks[-1]

    def place(self) -> None:
        """Find a unit for every line of the witness."""
        if self.witness.is_marked:
            self._place_marked()
        else:
            self._place_flat()

    def units_at(self, at: int) -> Iterator[DraftPost]:
        """Yield the unit of that index, unless it was emptied, and the new ones below it; -1 is the top."""
        if at >= 0:
            unit = self.units[at]
            if not self._moved.isdisjoint(unit.lines):
                unit.lines = [line for line in unit.lines if line not in self._moved]
            if unit.is_post or unit.lines:
                yield unit
        yield from self._new.get(at, ())

    # A marked dump: its blocks are posts.

    def _place_marked(self) -> None:
        """Place the blocks and loose lines of a dump with markers."""
        targets = self._targets()
        following = _following(targets, len(self.units))
        dates = _dates_below(list(self.witness.groups))
        cursor = -1
        for g, group in enumerate(self.witness.groups):
            target = targets[g]
            if target is not None:
                cursor = target
            elif cursor < 0 and dates[g] is None:
                cursor = following[g] - 1
            elif isinstance(group, Block) and group is not self.top:
                cursor = self._later(cursor, following[g], group.posted_at)
            if isinstance(group, Block):
                self._place_block(group, self.matches[g], target, cursor)
            elif target is None:
                self._insert(cursor, loose_unit(self.n, self.witness, group))
            else:
                self._join(self.matches[g][0], group)

    def _targets(self) -> list[int | None]:
        """Say which unit each group goes to; no unit is given to two blocks of one dump."""
        targets: list[int | None] = []
        taken: set[int] = set()
        for g, group in enumerate(self.witness.groups):
            votes = Counter(at for at, _ in self.matches[g].values())
            if isinstance(group, Block):
                votes = Counter(
                    {
                        at: n
                        for at, n in votes.items()
                        if self.units[at].is_post and at not in taken and not self._is_torn(at, group)
                    }
                )
            best = max(votes, key=lambda at: (votes[at], -at), default=None)
            if isinstance(group, Block) and best is not None:
                taken.add(best)
            targets.append(best)
        return targets

    def _is_torn(self, at: int, block: Block) -> bool:
        """Tell whether a unit and a block that share lines are two posts, one of which lost its marker."""
        dates = {minute_of(self.units[at].posted_at), minute_of(block.posted_at)}
        return self.units[at].is_post and len(dates - {None}) > 1

    def _later(self, cursor: int, end: int, date: datetime | None) -> int:
        """Move on, before `end`, past the posts that only others show and that by their date stand before."""
        if cursor < self.pinned_at < end:
            cursor = self.pinned_at
        while date is not None and (at := self._next_post[cursor + 1]) < end:
            other = self.units[at].posted_at
            is_before = other is not None and (other > date if self.is_newest_first else other < date)
            # Where the draft ends with posts of that minute, it need not lack this one.
            is_end = end == len(self.units) and at >= self._last_minute and other == date
            if not (is_before or is_end):
                break
            cursor = at
        return cursor

    def _place_block(
        self, block: Block, matched: Mapping[int, DraftPlace], target: int | None, cursor: int
    ) -> None:
        text = self.witness.text
        torn: list[DraftLine] = []
        if target is None:
            lines = []
            for i, piece in enumerate(block.pieces):
                claimed = self._claimed(matched.get(i))
                lines.append(
                    new_line(self.n, piece, text) if claimed is None else add_place(claimed, self.n, piece)
                )
            unit = DraftPost(True, lines)
            self._insert(cursor, unit)
        else:
            unit = self.units[target]
            pieces: list[Piece] = []
            which: list[int | None] = []
            for i, piece in enumerate(block.pieces):
                at, line = matched.get(i, DraftPlace(-1, -1))
                if at not in (-1, target) and self.units[at].is_post and not self._is_turned:
                    torn.append(
                        self._join(DraftPlace(at, line), piece)
                    )  # the block ran together with the one above
                else:
                    pieces.append(piece)
                    which.append(line if at == target else None)
            lines = weave_with_cards(unit.lines, self.n, text, pieces, which, self._matched)
        unit.add_block(self.n, block, lines)
        if block.again:
            self._show_again(unit, block, torn)

    def _show_again(self, unit: DraftPost, block: Block, torn: Sequence[DraftLine]) -> None:
        """Add the further showings of a block: each line to the line that first showed the same."""
        text = self.witness.text
        own = {piece.start: (piece.role, text[piece.start : piece.end]) for piece in block.pieces}
        homes: dict[tuple[Role, str], list[DraftLine]] = {}
        for line in (*torn, *unit.lines):
            for n, start, _ in line.places:
                if n == self.n and start in own:
                    homes.setdefault(own[start], []).append(line)
        for again in block.again:
            numbers = {line: i for i, line in enumerate(unit.lines)}
            times: Counter[tuple[Role, str]] = Counter()
            pieces: list[Piece] = []
            found: list[int | None] = []
            for piece in again.pieces:
                shown = piece.role, text[piece.start : piece.end]
                home = next(islice(homes.get(shown, ()), times[shown], None), None)
                times[shown] += 1
                if home is None or home in numbers:
                    pieces.append(piece)
                    found.append(None if home is None else numbers[home])
                else:
                    add_place(home, self.n, piece)
            unit.add_block(self.n, again, weave(unit.lines, self.n, text, pieces, found))
            for line in unit.lines:
                if line not in numbers:
                    homes.setdefault((line.role, line.text), []).append(line)

    def _join(self, place: DraftPlace, piece: Piece) -> DraftLine:
        """Add a line to the line of a unit that it was aligned with."""
        at, which = place
        self.units[at].note_start(self.n, piece.start)
        return add_place(self._lines[at][which], self.n, piece)

    def _claimed(self, place: DraftPlace | None) -> DraftLine | None:
        """Take a line out of its unit, which is no post, or one that ran together with another."""
        if place is None:
            return None
        at, which = place
        line = self._lines[at][which]
        line.role = Role.TEXT
        self._moved.add(line)
        return line

    def _insert(self, cursor: int, unit: DraftPost) -> None:
        """Put a new unit after the one at `cursor`."""
        for line in unit.lines:
            for n, start, _ in line.places:
                unit.note_start(n, start)
        self._new.setdefault(cursor, []).append(unit)

    # A flat dump: its lines are cut into posts by what others show.

    def _place_flat(self) -> None:
        """Place the lines of a dump without markers."""
        pieces = [piece for piece in self.witness.groups if isinstance(piece, Piece)]
        places = [matched.get(0) for matched in self.matches]
        owners = [
            place[0] if place is not None and self.units[place[0]].is_post else None for place in places
        ]
        aligned = [i for i, owner in enumerate(owners) if owner is not None]
        heading = next((i for i, piece in enumerate(pieces) if piece.role is Role.HEADING), None)
        runs: list[tuple[int, range]] = []
        for left, right in pairwise([-1, *aligned, len(pieces)]):
            before = owners[left] if left >= 0 else None
            after = owners[right] if right < len(pieces) else None
            run = range(left + 1, right)
            if before is not None and before == after:
                for i in run:
                    if i == heading:
                        self._place_loose(pieces[i], places[i], before)
                    else:
                        owners[i] = before
                continue
            first = self._first_claimed(
                run, heading, is_below_aligned=before is not None, is_any=bool(aligned)
            )
            cursor = before if before is not None else (len(self.units) if after is None else after) - 1
            for i in range(run.start, first):
                cursor = self._place_loose(pieces[i], places[i], cursor)
            lines = [self.witness.text[piece.start : piece.end] for piece in pieces[first : run.stop]]
            if before is not None and first == run.start < run.stop and is_lone_link(lines[0]):
                owners[first] = before  # a lone link belongs to the post before it
                first, lines = first + 1, lines[1:]
            runs += [(cursor, one) for one in cut_run(self.witness, lines, first)]
        self._weave_owned(pieces, places, owners)
        for cursor, run in runs:
            self._place_run([(pieces[i], places[i]) for i in run], cursor)

    def _first_claimed(self, run: range, heading: int | None, *, is_below_aligned: bool, is_any: bool) -> int:
        """Return where in a run of lines that no post has the lines begin that must be a post's."""
        if heading is not None and is_any:
            if heading >= run.stop:
                return run.stop
            return max(run.start, heading + 1)
        return run.start if is_below_aligned else run.stop

    def _place_loose(self, piece: Piece, place: DraftPlace | None, cursor: int) -> int:
        """Let a line belong to no post; return where the next new unit goes."""
        if place is None:
            self._insert(cursor, loose_unit(self.n, self.witness, piece))
            return cursor
        self._join(place, piece)
        return place[0]

    def _weave_owned(
        self, pieces: list[Piece], places: list[DraftPlace | None], owners: list[int | None]
    ) -> None:
        """Add to each post the lines that belong to it."""
        owned: dict[int, list[int]] = {}
        for i, owner in enumerate(owners):
            if owner is not None:
                owned.setdefault(owner, []).append(i)
                pieces[i].role = Role.TEXT
        for owner, numbers in owned.items():
            unit = self.units[owner]
            at = [(places[i] or DraftPlace(-1, -1)) for i in numbers]
            which = [line if place == owner else None for place, line in at]
            own = [pieces[i] for i in numbers]
            unit.lines = weave_with_cards(unit.lines, self.n, self.witness.text, own, which, self._matched)
            unit.note_start(self.n, pieces[numbers[0]].start)

    def _place_run(self, run: list[tuple[Piece, DraftPlace | None]], cursor: int) -> None:
        """Make a post of lines that only this dump shows, or others only outside every post."""
        lines = []
        for piece, place in run:
            claimed = self._claimed(place)
            piece.role = Role.TEXT
            if claimed is None:
                lines.append(new_line(self.n, piece, self.witness.text))
            else:
                assert place is not None
                cursor = max(cursor, place[0])
                lines.append(add_place(claimed, self.n, piece))
        self._insert(cursor, DraftPost(True, lines))


def loose_unit(n: int, witness: Witness, piece: Piece) -> DraftPost:
    """Make a unit of a line that belongs to no post, and that only witness `n` shows so far."""
    unit = DraftPost(False, [new_line(n, piece, witness.text)])
    unit.note_start(n, piece.start)
    return unit


def cut_run(witness: Witness, lines: Sequence[str], first: int = 0) -> Iterator[range]:
    """Cut a run, numbered from `first`, before each line with which it would be too long to be one post."""
    most = witness.max_graphemes
    start, end = first, first + len(lines)
    if most is not None and sum(map(len, lines)) + len(lines) - 1 > most:
        # Each character of ASCII is a grapheme of its own, with what stands upon it.
        shown = "\n".join(lines).encode("ascii", "ignore").split(b"\n")
        fewest = length = -1
        for i, own, size in zip(range(first, end), map(len, shown), map(len, lines), strict=True):
            fewest += own + 1
            length += size + 1
            if length <= most or i == start:
                continue
            if fewest > most or count_graphemes("\n".join(lines[start - first : i + 1 - first])) > most:
                yield range(start, i)
                start, fewest, length = i, own, size
    if lines:
        yield range(start, end)


def _following(targets: Sequence[int | None], end: int) -> list[int]:
    """Return for each group the lowest unit that it or a later one goes to; `end` where there is none."""
    lowest = end
    following = []
    for target in reversed(targets):
        lowest = lowest if target is None else min(lowest, target)
        following.append(lowest)
    return following[::-1]


def _dates_below(groups: Sequence[Block | Piece]) -> list[datetime | None]:
    """Return for each group the date of its block, or of the next one below it; None where none is."""
    date = None
    dates = []
    for group in reversed(groups):
        date = group.posted_at if isinstance(group, Block) else date
        dates.append(date)
    return dates[::-1]
