# SPDX-License-Identifier: MIT
"""Plain-text dumps of social profile pages, back into typed posts, and overlapping dumps into one timeline."""

from postdump._dedupe import dedupe
from postdump._group import group
from postdump._merge import merge
from postdump._parse import parse, parse_stats
from postdump._repair import detect_damage, repair
from postdump._stream import iter_posts
from postdump._tokenize import tokenize
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
