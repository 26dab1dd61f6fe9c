# SPDX-License-Identifier: MIT
"""
A layout with the patterns that follow from it, each compiled once.

`compile_layout` is the only cache of compiled layouts. A text is often read with all built-in layouts, whose
patterns take half a second to compile, so each pattern is compiled when it is first needed.
"""

from __future__ import annotations

from functools import cached_property, lru_cache

from attrs import frozen

from postdump._parse.markers import Marker, compile_marker
from postdump.layouts import Layout
from postdump.layouts._site_phrases import SitePhrases


@frozen(eq=False, slots=False)  # cached properties need a __dict__
class CompiledLayout:
    """A layout, its marker and its phrases as patterns."""

    layout: Layout

    @cached_property
    def phrases(self) -> SitePhrases:
        """The headings, labels and repost lines of the layout."""
        return SitePhrases(self.layout)

    @cached_property
    def marker(self) -> Marker | None:
        """The marker of the layout; None if it has none."""
        return compile_marker(self.layout, self.phrases)


@lru_cache(maxsize=256)
def compile_layout(layout: Layout) -> CompiledLayout:
    """Return the compiled form of a layout: of equal layouts, one object."""
    return CompiledLayout(layout)
