# SPDX-License-Identifier: MIT
"""
Several dumps to one draft: which line of one dump is which line of another.

Each dump becomes a `witness`, and `collate` takes in one witness after the other. A `comparison` of the draft
with a witness finds the posts that both show: `post_matching` (blocks) and `post_search` (lines without
markers) find those that are unchanged, in order or moved; `moved_posts` finds posts with a card, label or
picture that stand elsewhere. Between these posts, what only the witness has becomes `new_entries`. Where both
sides have something of their own (`open_stretches`), `line_matching` and `near_matching` compare lines, and
`placement` gives lines to posts, or makes new posts of them, in an `extended_draft`. The result is a `draft`:
which dump shows which line. No text, count or repair is chosen here.
"""
