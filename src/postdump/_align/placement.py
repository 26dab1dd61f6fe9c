# SPDX-License-Identifier: MIT
"""
Give the lines of one witness to the posts of a draft.

Line matching has found which line of the draft a line of the witness is. The rest follows here: which post
each block goes to, where new posts stand, and what becomes of lines that no other dump has.

Strategy: a dump with markers is placed block by block (`marked_placement`). A dump without markers is cut
into posts by the posts that its lines are matched with (`flat_placement`). Both write into an
`ExtendedDraft`.

    draft         witness without markers    placed
    post 0: boat  boat  -> post 0            post 0: boat
                  ferry -> no post           new post: ferry
    post 1: tide  tide  -> post 1            post 1: tide
"""

from __future__ import annotations

from postdump._align.draft import DraftPost
from postdump._align.extended_draft import ExtendedDraft
from postdump._align.flat_placement import FlatPlacement
from postdump._align.line_matching import Matches
from postdump._align.marked_placement import DateOrder, MarkedPlacement
from postdump._align.witness import MarkedWitness, Witness


def place_lines(
    posts: list[DraftPost],
    witness_number: int,
    witness: Witness,
    matches: Matches,
    date_order: DateOrder | None = None,
) -> ExtendedDraft:
    """
    Place every line of a witness in open stretches of a draft.

    `matches` are the lines of the draft that are lines of the witness, for each of its items; `date_order`
    is how dates decide on the place of a post that only this witness has.
    """
    draft = ExtendedDraft(posts, witness_number, witness, matches)
    if isinstance(witness, MarkedWitness):
        MarkedPlacement(draft, witness, date_order or DateOrder()).place()
    else:
        FlatPlacement(draft).place()
    return draft
