# SPDX-License-Identifier: MIT
"""Repairs by context: which character, of those that can have left what is read, is likely."""

from __future__ import annotations

from typing import Final

CONFIDENCE: Final = 0.98
"""
The least confidence of a repair by context, unless another is asked for.

On the held-out posts of `docs/guide/context.md`, two of a thousand such repairs are wrong.
"""
