# SPDX-License-Identifier: MIT
"""Compile patterns that depend on what a user brings, without the cache of the regex package."""

from __future__ import annotations

from typing import Any

import regex


def compile_pattern(pattern: str | bytes) -> Any:
    """
    Compile a pattern that the caller keeps: a layout's, say, or a damage's.

    The cache of the regex package throws out patterns at random when it is full, with the generator of the
    `random` module: a program that seeded it would get other numbers for having parsed something.
    """
    return regex.compile(pattern, cache_pattern=False)


def write_class(chars: str) -> str:
    """Write the class of some characters; nothing if there are none."""
    return f"[{''.join(map(regex.escape, sorted(chars)))}]" if chars else ""
