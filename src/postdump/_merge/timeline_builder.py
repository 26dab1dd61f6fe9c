# SPDX-License-Identifier: MIT
"""
A draft to a timeline.

A draft contains which lines stand where, and which dumps show them. `TimelineBuilder` computes what follows:
`merged_posts` computes the fields of each post, when they are read, and `line_editor` the text of lines and
their repairs; this module computes the totals of all posts and lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve, fields

from postdump._align.draft import DraftEntry
from postdump._align.witness import Witness
from postdump._lazy import LazyTuple, frozen_dict, lazy_tuple
from postdump._merge.finished_draft import FinishedDraft
from postdump._merge.line_editor import LineEditor
from postdump._merge.marker_choice import MarkerChoice
from postdump._merge.merged_posts import MergedPosts
from postdump.damage import Damage
from postdump.models import Conflict, Dump, Line, Post, Profile, Reading, Repair


class TimelineBuilder:
    """A draft and its witnesses: the source of the timeline's fields (see `models.TimelineSource`)."""

    def __init__(
        self, witnesses: Sequence[Witness], entries: Iterable[DraftEntry], prefer: Sequence[str]
    ) -> None:
        self.markers = MarkerChoice(witnesses, {name: rank for rank, name in enumerate(prefer)})
        self.draft = FinishedDraft(witnesses, entries)
        self.editor = LineEditor(self.draft, self.markers.rank)
        self.merged_posts = MergedPosts(self.draft, self.editor, self.markers)

    def posts(self) -> LazyTuple[Post]:
        """Return the posts, top first."""
        return lazy_tuple(len(self.draft.entries), self.merged_posts.make)

    def unclaimed(self) -> tuple[Line, ...]:
        """Return the lines that belong to no post."""
        return tuple(self.editor.edit(line, line.role) for group in self.draft.loose for line in group.lines)

    def profile(self) -> Profile | None:
        """Return the profile: each field from the most trusted dump that shows it, clean ones first."""
        witnesses, damages, markers = self.draft.witnesses, self.editor.damages, self.markers
        numbers = sorted(
            range(len(witnesses)),
            key=lambda n: (markers.rank_by_preference(n), len(damages[n]) > 0, markers.rank(n)),
        )
        profiles = [witnesses[n].dump.profile for n in numbers]
        merged: Profile | None = None
        for profile in filter(None, profiles):
            merged = profile if merged is None else _completed(merged, profile)
        return merged

    def dumps(self) -> tuple[Dump, ...]:
        """Return the dumps."""
        return tuple(witness.dump for witness in self.draft.witnesses)

    def damages(self) -> Mapping[str, Damage]:
        """Return the likeliest damage of each damaged dump, by the dump's name."""
        pairs = zip(self.draft.witnesses, self.editor.damages, strict=True)
        return frozen_dict({witness.dump.name: damages[0] for witness, damages in pairs if damages})

    def repairs(self) -> tuple[Repair, ...]:
        """Return the repairs of all lines."""
        return tuple(repair for variants in self.editor.all_variants() for repair in variants.repairs)

    def conflicts(self) -> tuple[Conflict, ...]:
        """Return the conflicts of all posts and of lines that belong to none."""
        conflicts: list[Conflict] = []
        for number in range(len(self.draft.entries)):
            conflicts += self.merged_posts.conflicts(number)
        for group in self.draft.loose:
            for line in group.lines:
                conflicts += self.editor.variants(line).conflicts
        return tuple(conflicts)

    def unrepaired(self) -> tuple[Reading, ...]:
        """Return the damaged runs of all lines that no proof covers."""
        return tuple(reading for variants in self.editor.all_variants() for reading in variants.unrepaired)


def _completed(profile: Profile, other: Profile) -> Profile:
    """Return a profile with the fields that it lacks taken from another one."""
    missing = [field.name for field in fields(Profile) if getattr(profile, field.name) is None]
    rounded = (*profile.rounded, *(name for name in other.rounded if name in missing))
    return evolve(profile, rounded=rounded, **{name: getattr(other, name) for name in missing})
