# SPDX-License-Identifier: MIT
"""
What the library returns.

Every value can name the readings it came from. Offsets count code points of the dump's own text,
half-open; lines and columns count from 1; missing is None, never 0 or "". Posts, readings, dumps and
timelines that `parse` and `merge` return compute their fields when these are first read (see `_lazy`);
they compare, copy and print as if all fields had been computed at once.
"""

from postdump._text.span import Span
from postdump.models._findings import Detection, Evidence, Repaired
from postdump.models._kinds import Basis, Role, TokenKind
from postdump.models._pages import Diagnostic, Dump, Post, Timeline, Token
from postdump.models._parts import (
    Card,
    Conflict,
    Line,
    Observation,
    Profile,
    Reading,
    Repair,
    Stats,
)
from postdump.models._parts import (
    PlainStats as PlainStats,
)
from postdump.models._parts import (
    counts_of as counts_of,
)

__all__ = [
    "Basis",
    "Card",
    "Conflict",
    "Detection",
    "Diagnostic",
    "Dump",
    "Evidence",
    "Line",
    "Observation",
    "Post",
    "Profile",
    "Reading",
    "Repair",
    "Repaired",
    "Role",
    "Span",
    "Stats",
    "Timeline",
    "Token",
    "TokenKind",
]

for _name in __all__:
    globals()[_name].__module__ = __name__  # a pickle names the path that users import them from
