# SPDX-License-Identifier: MIT
"""
Weigh all ways to open and close quotation marks in a line against one another, since they come in pairs.

One walk goes forwards through the line and computes how likely it is that these marks are open, one goes
backwards and computes how likely the rest of the line is if they are; a mark is as likely as both together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from postdump.damage.context.model import CLOSES, OPENS, OTHER, PAIRS, Label, Weights

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


_Open = str
"""The quotation marks that are open at a place, the outermost first."""


def balance(marks: Sequence[Weights], shares: Mapping[str, float]) -> list[Weights]:
    """
    Return how likely each label is, given that quotation marks come in pairs.

    A pair is one choice of the writer's, so that what is usual must count once.

    Args:
        marks: The labels that each place of a line can have, and how likely they are by their contexts.
        shares: For each opening mark, the share of all closing marks that can close it.
    """
    actions = [_merge_others(weights) for weights in marks]
    forwards = _walk_forwards(actions, shares)
    backwards = {opened: UNCLOSED ** len(opened) for opened in forwards[-1]}
    balanced: list[Weights] = []
    for index in range(len(marks) - 1, -1, -1):
        rests: dict[_Open, float] = {}
        masses: Weights = dict.fromkeys(actions[index], 0.0)
        for way in _find_ways(dict.fromkeys(forwards[index], 1.0), actions[index], shares):
            rest = way.mass * backwards.get(way.after, 0.0)
            rests[way.before] = rests.get(way.before, 0.0) + rest
            masses[way.label] += forwards[index][way.before] * rest
        balanced.append(_scale(marks[index], masses, actions[index][OTHER]))
        most = max(rests.values())
        backwards = {opened: mass / most for opened, mass in rests.items()}
    return balanced[::-1]


def _merge_others(weights: Weights) -> Weights:
    """Return weights with all that is no quotation mark as one: to the rest of the line, it is."""
    actions = {label: weight for label, weight in weights.items() if label.action}
    actions[OTHER] = max(1 - sum(actions.values()), 0.0)
    return actions


def _walk_forwards(actions: Sequence[Weights], shares: Mapping[str, float]) -> list[dict[_Open, float]]:
    """Return before each place, and behind the last, which marks may be open, and how likely that is."""
    forwards: list[dict[_Open, float]] = [{"": 1.0}]
    for weights in actions:
        masses: dict[_Open, float] = {}
        for way in _find_ways(forwards[-1], weights, shares):
            masses[way.after] = masses.get(way.after, 0.0) + way.mass
        total = sum(masses.values())
        forwards.append({opened: mass / total for opened, mass in masses.items() if mass > total * HOPELESS})
    return forwards


def _scale(weights: Weights, masses: Weights, before: float) -> Weights:
    """
    Return the weights of a place after all ways were weighed.

    Args:
        weights: How likely each label is by its context.
        masses: How likely the ways over each quotation mark are, and over all that is none.
        before: The weight of all that is none.
    """
    total = sum(masses.values())
    gain = masses[OTHER] / (before or 1.0)
    return {
        label: (masses[label] if label.action else gain * weight) / total for label, weight in weights.items()
    }


class _Way(NamedTuple):
    """A way over a label."""

    before: _Open
    label: Label
    after: _Open
    mass: float
    """How likely the way is."""


def _find_ways(
    masses: Mapping[_Open, float], weights: Weights, shares: Mapping[str, float]
) -> Iterator[_Way]:
    """Yield the ways over the labels of a place, from all marks that may be open before it."""
    for opened, mass in masses.items():
        for label, weight in weights.items():
            after, factor = _step(opened, label)
            if len(after) < len(opened):
                factor /= shares[opened[-1]]
            yield _Way(opened, label, after, mass * weight * factor)


@cache
def _step(opened: _Open, label: Label) -> tuple[_Open, float]:
    """Return which quotation marks are open after a label, and how likely that is."""
    if label.action == OPENS:
        if not opened:
            return label.char, 1.0
        return (opened + label.char)[-DEEPEST:], UNPAIRED if label.char in opened else NESTED
    if label.action == CLOSES:
        return (opened[:-1], 1.0) if opened[-1:] + label.char in PAIRS else (opened, UNPAIRED)
    return opened, 1.0
