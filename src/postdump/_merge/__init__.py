# SPDX-License-Identifier: MIT
"""
A draft to a `Timeline` (edition): what each post says, what was repaired, what is in dispute.

`timeline_builder` computes a timeline from a draft: `merged_posts` its posts, from `line_editor` and
`line_variants` (the text of each line and its repairs), `marker_choice` (date, counts and author) and
`post_places` with `time_bounds` (what follows from neighbours). `agreed_posts` is the short cut where all
dumps agree.
"""
