# SPDX-License-Identifier: MIT
"""
Compute the text and the card of a post from its lines.

Both sources of posts use these functions: the page of one dump, and a merge of several dumps.
"""

from __future__ import annotations

from collections.abc import Iterable

from postdump._text.links import HOST
from postdump.models import Card


def joined(lines: Iterable[tuple[str, bool]]) -> str:
    r"""
    Join the lines of a text, by `\n\n` before those that a blank line stands before.

    >>> joined([("Good morning.", False), ("Low tide is at nine.", True)])
    'Good morning.\n\nLow tide is at nine.'
    """
    pieces: list[str] = []
    for text, blank in lines:
        if pieces:
            pieces.append("\n\n" if blank else "\n")
        pieces.append(text)
    return "".join(pieces)


def card_of(lines: tuple[str, ...]) -> Card | None:
    """
    Make a card of its lines: the title, then the description, then its host; None where there are none.

    >>> card_of(("Quay repairs start in May",)).title
    'Quay repairs start in May'
    """
    if not lines:
        return None
    domain = lines[-1] if HOST.fullmatch(lines[-1]) else None
    words = lines if domain is None else lines[:-1]
    return Card(title=words[0] if words else None, description="\n".join(words[1:]) or None, domain=domain)
