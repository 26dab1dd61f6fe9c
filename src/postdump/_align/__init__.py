# SPDX-License-Identifier: MIT
"""
Several dumps to one draft: which line of one dump is which line of another.

Each dump becomes a `witness`, and `collate` takes in one witness after the other. A `comparison` of the draft
with a witness finds the posts that both show: `post_matching` (blocks) and `post_search` (lines without
markers) those that are unchanged, `moved_posts` those that stand elsewhere. What only the witness has makes
`new_entries`. Only in the stretches between them (`open_stretches`) do `line_matching` and `near_matching`
compare lines, and `placement` gives new lines to posts in an `extended_draft`. The result is a `draft`: which
dump shows which line. No text, count or repair is chosen here.
"""
