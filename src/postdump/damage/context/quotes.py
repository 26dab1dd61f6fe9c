# SPDX-License-Identifier: MIT
"""
Quotation marks come in pairs: all ways to open and close them in a line, weighed against one another.

One walk goes forwards through the line and says how likely it is that these marks are open, one goes
backwards and says how likely the rest of the line is if they are; a mark is as likely as both together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from postdump.damage.context.model import OTHER, PAIRS, Weights

UNPAIRED: Final = 0.01
"""How likely a closing mark is that nothing opened in its line, against one that something did."""

UNCLOSED: Final = 0.01
"""The same of an opening mark that nothing closes."""

NESTED: Final = 0.3
"""The same of a mark opened within another pair, where that is not of the same kind."""

HOPELESS: Final = 1e-6
"""How likely it is at least that some marks are open, or it is not followed up."""

DEEPEST: Final = 2
"""How deep quotation marks are nested."""


def balance(marks: Sequence[Weights], shares: Weights) -> list[Weights]:
    """
    Return how likely each label is, given that quotation marks come in pairs.

    A pair is one choice of the writer's, so that what is usual must count once: `shares` of the closing
    marks can close each opening one.
    """
    # All that is no quotation mark is one to the rest of the line.
    roles = [{label: weight for label, weight in weights.items() if label[1:]} for weights in marks]
    for weights in roles:
        weights[OTHER] = max(1 - sum(weights.values()), 0.0)
    forwards: list[Weights] = [{"": 1.0}]
    for weights in roles:
        after: Weights = {}
        for _, _, opens, mass in _ways(forwards[-1], weights, shares):
            after[opens] = after.get(opens, 0.0) + mass
        total = sum(after.values())
        forwards.append({opened: mass / total for opened, mass in after.items() if mass > total * HOPELESS})
    backwards = {opened: UNCLOSED ** len(opened) for opened in forwards[-1]}
    found: list[Weights] = []
    for n in range(len(marks) - 1, -1, -1):
        rests: Weights = {}
        balanced: Weights = dict.fromkeys(roles[n], 0.0)
        for opened, label, opens, mass in _ways(dict.fromkeys(forwards[n], 1.0), roles[n], shares):
            rest = mass * backwards.get(opens, 0.0)
            rests[opened] = rests.get(opened, 0.0) + rest
            balanced[label] += forwards[n][opened] * rest
        total = sum(balanced.values())
        plain = balanced.pop(OTHER) / (roles[n][OTHER] or 1.0)
        weighed = marks[n].items()
        found.append({label: balanced.get(label, plain * weight) / total for label, weight in weighed})
        most = max(rests.values())
        backwards = {opened: mass / most for opened, mass in rests.items()}
    return found[::-1]


def _ways(states: Weights, weights: Weights, shares: Weights) -> Iterator[tuple[str, str, str, float]]:
    """Yield what was open, each label, what is open after it, and how likely that is."""
    for opened, mass in states.items():
        for label, weight in weights.items():
            opens, factor = _step(opened, label)
            if len(opens) < len(opened):
                factor /= shares[opened[-1]]
            yield opened, label, opens, mass * weight * factor


@cache
def _step(opened: str, label: str) -> tuple[str, float]:
    """Return which quotation marks are open after a label, and how likely that is."""
    char, does = label[:1], label[1:]
    if does == "(":
        is_nested = char not in opened
        return (opened + char)[-DEEPEST:], 1.0 if not opened else NESTED if is_nested else UNPAIRED
    if does == ")":
        return (opened[:-1], 1.0) if opened[-1:] + char in PAIRS else (opened, UNPAIRED)
    return opened, 1.0
