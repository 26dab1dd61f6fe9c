# SPDX-License-Identifier: MIT
"""
Several dumps to one draft (collation): which line of one dump is which line of another.

Each dump becomes a `witness`, and `collate` takes in one witness after the other. `post_matching` finds the
posts that are shown unchanged, `moved_posts` those that stand elsewhere. Only in the stretches between them
(`open_stretches`) do `line_matching` and `near_matching` compare lines, and `placement` gives new lines to
posts (`extended_draft`). The result is a `draft`: who shows which line. Nothing is decided here.
"""
