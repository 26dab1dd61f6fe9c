# SPDX-License-Identifier: MIT
"""
The posts of a draft to `Post`s.

`MergedPosts` makes posts for a range of numbers. It computes text, stats and `posted_at` of agreed posts at
once (see `agreed_posts`), since that costs no more than one lazy lookup, and each other field of a post when
it is first read.

**Cards.** Where no label names a card, one or two first lines of a block are its card if the block's layout
puts cards there, the block goes on, and some other dump shows the lines below without these.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from postdump._align.draft import DraftLine, DraftPost, Place
from postdump._align.similarity import is_cut
from postdump._merge.agreed_posts import find_stats, find_text
from postdump._merge.finished_draft import FinishedDraft
from postdump._merge.line_editor import LineEditor
from postdump._merge.marker_choice import MarkerChoice
from postdump._merge.post_places import PostPlaces
from postdump._merge.time_bounds import narrow_bounds
from postdump._parse.post_fields import card_of, joined
from postdump._text.links import find_links
from postdump.layouts._dates import Bounds
from postdump.models import Card, Conflict, Line, Observation, Post, Profile, Reading, Repair, Role, Stats

MOST_COMPARED_CARD_LINES: Final = 8
"""Lines of a card that are compared with each other: more are nobody's card."""


class MergedPosts:
    """The posts of a draft, by their numbers: the source of their fields (see `models.PostSource`)."""

    def __init__(self, draft: FinishedDraft, editor: LineEditor, markers: MarkerChoice) -> None:
        self._draft = draft
        self._editor = editor
        self._markers = markers
        self._places = PostPlaces(draft)

    def make(self, numbers: range) -> Iterator[Post]:
        """Return posts, with text, stats and time of those on which all dumps agree."""
        witnesses, damages = self._draft.witnesses, self._editor.damages
        entries = [self._draft.entries[number] for number in numbers]
        agreed = [entry for entry in entries if isinstance(entry, tuple)]
        agreed_stats = iter(find_stats(agreed, witnesses, self._markers.rank_stats))
        texts = [
            find_text(entry, witnesses, damages) if isinstance(entry, tuple) else None for entry in entries
        ]
        stats = [next(agreed_stats) if isinstance(entry, tuple) else None for entry in entries]
        dates = [None if own_stats is None else own_stats.posted_at for own_stats in stats]
        return Post._lazily(self, numbers, texts, stats, dates)

    # The fields of a post.

    def text(self, number: int) -> str:
        """Return the post's own words."""
        words = [line for line, role in self._roles(self._draft.post(number)) if role is Role.TEXT]
        return joined((self._editor.lemma(line), line.blank_before) for line in words)

    def card(self, number: int) -> Card | None:
        """Return the card: in parts, where some show it so and others its title and description as one."""
        roles = self._roles(self._draft.post(number))
        lines = [self._editor.lemma(line) for line, role in roles if role is Role.CARD]
        return card_of(tuple(line for line in lines if not _is_run_together(line, lines)))

    def links(self, number: int) -> tuple[str, ...]:
        """Return the links in the post's own words."""
        return find_links(self.text(number))

    def stats(self, number: int) -> Stats:
        """Return the counts of the best marker, with the date of the best that shows one."""
        return self._markers.choose_stats(self._draft.post(number))

    def posted_at(self, number: int) -> datetime | None:
        """Return the time of a post that a marker shows, or that both neighbours have."""
        if self._places.dates[number] is not None:
            post = self._draft.post(number)
            return self._markers.choose_date(post)
        earliest, latest = self._places.bounds.get(number, (None, None))
        return earliest if earliest == latest else None

    def posted_between(self, number: int) -> Bounds | None:
        """Return the bounds of a time that nobody shows; None where it is known, or nothing bounds it."""
        if self.posted_at(number) is not None:
            return None
        bounds = self._places.bounds.get(number, (None, None))
        post = self._draft.post(number)
        # Where two contradict each other, the one that comes later counts.
        for n, block in reversed(self._markers.by_trust(post)):
            shown = self._draft.witnesses[n].posted_between(block.number)
            bounds = bounds if shown is None else narrow_bounds(shown, bounds)
        return None if bounds == (None, None) else bounds

    def author(self, number: int) -> Profile | None:
        """Return whom the most trusted marker names that names anybody."""
        return self._markers.choose_author(self._draft.post(number))

    def is_repost(self, number: int) -> bool:
        """Return whether some dump marks the post as somebody else's."""
        return self._markers.is_repost(self._draft.post(number))

    def lines(self, number: int) -> tuple[Line, ...]:
        """Return the lines of a post, the markers' last, as one line."""
        post = self._draft.post(number)
        lines = [self._editor.edit(line, role) for line, role in self._roles(post)]
        markers = self._markers.places(post)
        if markers:
            text = self._editor.reading(self._markers.choose_marker(post) or markers[0]).text
            readings = tuple(map(self._editor.reading, markers))
            lines.append(Line._of(text, Role.MARKER, readings))
        return tuple(lines)

    def readings(self, number: int) -> tuple[Reading, ...]:
        """Return all readings of a post: dump by dump, in page order."""
        return tuple(map(self._editor.reading, sorted(self._all_places(self._draft.post(number)))))

    def observations(self, number: int) -> tuple[Observation, ...]:
        """Return what each marker of the post shows."""
        return self._markers.observations(self._draft.post(number))

    def inferred(self, number: int) -> tuple[str, ...]:
        """Return the names of the fields that are concluded, not read."""
        post = self._draft.post(number)
        is_concluded = {
            "posted_at": post.posted_at is None and self.posted_at(number) is not None,
            "card": self._count_card_lines(post) > 0,
            "boundary": not post.markers and len(post.lines) > 1,
        }
        return tuple(name for name, is_inferred in is_concluded.items() if is_inferred)

    def repairs(self, number: int) -> tuple[Repair, ...]:
        """Return the repairs of a post's lines."""
        lines = self._draft.post(number).lines
        return tuple(repair for line in lines for repair in self._editor.variants(line).repairs)

    def conflicts(self, number: int) -> tuple[Conflict, ...]:
        """Return what the dumps do not agree on: words, date, author and place."""
        post = self._draft.post(number)
        conflicts = [conflict for line in post.lines for conflict in self._editor.variants(line).conflicts]
        conflicts += self._markers.find_conflicts(post)
        if len(post.starts) > 1 and number in self._places.displaced:
            conflicts.append(self._order_conflict(post))
        return tuple(conflicts)

    def omitted_by(self, number: int) -> tuple[str, ...]:
        """Return the names of the dumps that show posts above and below this one, and not this one."""
        starts = self._draft.post(number).starts
        return tuple(
            witness.dump.name
            for n, (witness, (first, last)) in enumerate(
                zip(self._draft.witnesses, self._places.covered, strict=True)
            )
            if n not in starts and first < number < last
        )

    # What the fields are computed from.

    def _order_conflict(self, post: DraftPost) -> Conflict:
        """Return the conflict of a post that dumps show in different places: one reading of each dump."""
        first_places = {place[0]: place for place in sorted(self._all_places(post), reverse=True)}
        readings = tuple(self._editor.reading(first_places[n]) for n in sorted(first_places))
        chosen = self._draft.witnesses[min(post.starts)].dump.name
        return Conflict(field="order", readings=readings, chosen=chosen)

    def _all_places(self, post: DraftPost) -> list[Place]:
        return [*(place for line in post.lines for place in line.places), *self._markers.places(post)]

    def _roles(self, post: DraftPost) -> list[tuple[DraftLine, Role]]:
        """Return the lines of a post with what each is to it."""
        card_lines = self._count_card_lines(post)
        roles = []
        for line in post.lines:
            is_card = card_lines > 0 and line.role is Role.TEXT
            card_lines -= is_card
            roles.append((line, Role.CARD if is_card else line.role))
        return roles

    def _count_card_lines(self, post: DraftPost) -> int:
        """Return how many of the first lines of a post are its card, by a witness of the rest alone."""
        if len(post.starts) < 2 or any(line.role is Role.CARD for line in post.lines):
            return 0  # most posts of most timelines, and those whose card somebody labels
        showing = [{place[0] for place in line.places} for line in post.lines if line.role is Role.TEXT]
        for size in range(1, min(3, len(showing))):
            leading = showing[size - 1]
            if not (all(map(self._may_lead, leading)) and any(map(self._leads, leading))):
                return 0
            rest = (others for others in showing[size:] if not leading.isdisjoint(others))
            cardless = set.intersection(*showing[size : size + 1], *rest).difference(*showing[:size])
            if not all(map(self._leads, cardless)):
                return size
        return 0

    def _leads(self, n: int) -> bool:
        """Return whether a witness's blocks can begin with a card that nothing labels."""
        return self._draft.witnesses[n].leads_with_cards

    def _may_lead(self, n: int) -> bool:
        """Return whether a witness may show a card before the text: a flat one may show anything anywhere."""
        return self._leads(n) or not self._draft.witnesses[n].is_marked


def _is_run_together(line: str, lines: Sequence[str]) -> bool:
    """Return whether a line is two others, one behind the other; False where there are many lines."""
    for title in lines if len(lines) <= MOST_COMPARED_CARD_LINES else ():
        rest = line.removeprefix(f"{title} ")
        if rest != line and any(
            is_cut(rest, other) or is_cut(other, rest) for other in lines if other is not title
        ):
            return True
    return False
