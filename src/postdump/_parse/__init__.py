# SPDX-License-Identifier: MIT
"""
Turn one text into a `Dump`.

`detect_layout` chooses the layout; `page` cuts the text where `markers` finds markers; `line_roles` says
what each line is; `parsed_dump` computes the fields of a dump when they are first read. `torn_markers` and
`diagnostics` find near misses. `iter_posts` reads a stream.
"""
