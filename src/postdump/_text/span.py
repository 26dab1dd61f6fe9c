# SPDX-License-Identifier: MIT
"""Where something stands in a text."""

from __future__ import annotations

from attrs import Attribute, field, frozen, validators


def _is_past_start(span: Span, attribute: Attribute[int], end: int) -> None:
    if end < span.start:
        raise ValueError(f"'end' must be >= 'start': {end} < {span.start}")


@frozen(kw_only=True, order=True)
class Span:
    """
    A stretch of a text, half-open, in code points. An empty one is false, as an empty string is.

    >>> Span(start=3, end=5).of("abcdefg")
    'de'
    """

    __module__ = "postdump.models"  # where users import it from, and what pickles name

    start: int = field(validator=validators.ge(0))
    """Code points before the stretch."""
    end: int = field(validator=_is_past_start)
    """Code points before the first character after it."""

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """
        Return what stands there in `text`.

        >>> Span(start=0, end=2).of("quay")
        'qu'
        """
        return text[self.start : self.end]
