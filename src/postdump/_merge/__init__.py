# SPDX-License-Identifier: MIT
"""
A draft to a `Timeline`: what each post says, what was repaired, what is in dispute.

`timeline_builder` computes a timeline from a draft, and `merged_posts` computes the posts. For these,
`line_editor` makes the lines, `line_variants` chooses the text of each line and its repairs, and
`marker_choice` chooses date, counts and author. `post_places` finds what follows from the place of a post;
`time_bounds` computes its time from its neighbours. `agreed_posts` is the short cut where all dumps agree.
"""
