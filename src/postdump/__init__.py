# SPDX-License-Identifier: MIT
"""
Parse plain-text dumps of social profile pages into posts, and merge overlapping dumps into one timeline.

Every public name is imported when it is first used, so a program that only parses never loads the code for
merging.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postdump._align.same_page import group
    from postdump._io.json_format import from_json, to_dict, to_json
    from postdump._io.read import read
    from postdump._io.rows import rows
    from postdump._merge.dedupe import dedupe
    from postdump._merge.merge import merge
    from postdump._merge.repair import repair
    from postdump._merge.threads import threads
    from postdump._parse.detect_damage import detect_damage
    from postdump._parse.iter_posts import iter_posts
    from postdump._parse.parse import parse, parse_stats
    from postdump._parse.tokenize import tokenize
    from postdump.damage import C1Policy, Damage
    from postdump.errors import DumpErrors, FormatError, LayoutError, PostdumpError, ReadError, StatsError
    from postdump.layouts import Layout
    from postdump.models import (
        Basis,
        Card,
        Conflict,
        Detection,
        Diagnostic,
        Dump,
        Evidence,
        Line,
        Observation,
        Post,
        Profile,
        Reading,
        Repair,
        Repaired,
        Role,
        Span,
        Stats,
        Timeline,
        Token,
        TokenKind,
    )

_HOMES = {
    "Basis": "postdump.models",
    "C1Policy": "postdump.damage",
    "Card": "postdump.models",
    "Conflict": "postdump.models",
    "Damage": "postdump.damage",
    "Detection": "postdump.models",
    "Diagnostic": "postdump.models",
    "Dump": "postdump.models",
    "Evidence": "postdump.models",
    "DumpErrors": "postdump.errors",
    "FormatError": "postdump.errors",
    "Layout": "postdump.layouts",
    "LayoutError": "postdump.errors",
    "Line": "postdump.models",
    "Observation": "postdump.models",
    "Post": "postdump.models",
    "PostdumpError": "postdump.errors",
    "Profile": "postdump.models",
    "ReadError": "postdump.errors",
    "Reading": "postdump.models",
    "Repair": "postdump.models",
    "Repaired": "postdump.models",
    "Role": "postdump.models",
    "Span": "postdump.models",
    "Stats": "postdump.models",
    "StatsError": "postdump.errors",
    "Timeline": "postdump.models",
    "Token": "postdump.models",
    "TokenKind": "postdump.models",
    "dedupe": "postdump._merge.dedupe",
    "detect_damage": "postdump._parse.detect_damage",
    "from_json": "postdump._io.json_format",
    "group": "postdump._align.same_page",
    "iter_posts": "postdump._parse.iter_posts",
    "merge": "postdump._merge.merge",
    "parse": "postdump._parse.parse",
    "parse_stats": "postdump._parse.parse",
    "read": "postdump._io.read",
    "repair": "postdump._merge.repair",
    "rows": "postdump._io.rows",
    "threads": "postdump._merge.threads",
    "to_dict": "postdump._io.json_format",
    "to_json": "postdump._io.json_format",
    "tokenize": "postdump._parse.tokenize",
}

__all__ = [
    "Basis",
    "C1Policy",
    "Card",
    "Conflict",
    "Damage",
    "Detection",
    "Diagnostic",
    "Dump",
    "DumpErrors",
    "Evidence",
    "FormatError",
    "Layout",
    "LayoutError",
    "Line",
    "Observation",
    "Post",
    "PostdumpError",
    "Profile",
    "ReadError",
    "Reading",
    "Repair",
    "Repaired",
    "Role",
    "Span",
    "Stats",
    "StatsError",
    "Timeline",
    "Token",
    "TokenKind",
    "dedupe",
    "detect_damage",
    "from_json",
    "group",
    "iter_posts",
    "merge",
    "parse",
    "parse_stats",
    "read",
    "repair",
    "rows",
    "threads",
    "to_dict",
    "to_json",
    "tokenize",
]


if not TYPE_CHECKING:  # a checker that saw it would believe that every name is there, misspelled ones too

    def __getattr__(name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(_HOMES[name]), name)
        globals()[name] = value  # found at once from now on
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
