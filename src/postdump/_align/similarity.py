# SPDX-License-Identifier: MIT
"""How alike two lines are, and whether one is the other cut short."""

from __future__ import annotations

from typing import Final
from unicodedata import normalize

from postdump._text.links import LINK, unescape_entities

CUTS: Final = ("...", "…")
"""What stands for the rest of a link or a line that was cut short."""


def likeness(a: str, b: str) -> float:
    """
    Return the share of words that two lines have in common; 1 where one is the other cut short.

    >>> likeness("See quay.example.org/2026/rep...", "See quay.example.org/2026/repairs")
    1.0
    >>> likeness("Low tide at nine.", "Low tide at ten.")
    0.6
    """
    a, b = evened(a), evened(b)
    if a and b and (is_cut(a, b) or is_cut(b, a)):
        return 1.0
    words_a, words_b = set(a.split()), set(b.split())
    both = len(words_a & words_b)
    return both / (len(words_a) + len(words_b) - both or 1)


def evened(text: str) -> str:
    """
    Return a line without what extractors make of it: entities, white space, accents of their own.

    >>> evened("Salt  &amp; pepper") == evened("Salt\u00a0& pepper")
    True
    """
    if "&" in text:
        text = unescape_entities(text)
    shown = " ".join(text.split())
    return shown if shown.isascii() else normalize("NFC", shown)


def is_beginning(text: str, whole: str) -> bool:
    """
    Tell whether a line begins as another does, or is it, whatever extractors made of either.

    >>> is_beginning("Salt  &amp; pep", "Salt & pepper.")
    True
    """
    return evened(whole).startswith(evened(text))


def is_cut(text: str, whole: str) -> bool:
    """
    Tell whether `text` is `whole` with its end, or links in it, cut short; or the same.

    >>> is_cut("See quay.example.org/rep... for more ...", "See quay.example.org/repairs for more of it.")
    True
    """
    if text == whole:
        return True
    if text in CUTS or not any(map(text.__contains__, CUTS)):
        return False
    shown, words = text.split(" "), whole.split(" ")
    last = len(shown) - 1
    if last >= len(words) or not _begins(shown[last], " ".join(words[last:])):
        return False
    return all(
        one == word or ("/" in one and _begins(one, word))
        for one, word in zip(shown[:last], words[:last], strict=True)
    )


def _begins(text: str, whole: str) -> bool:
    return text == whole or any(text.endswith(one) and whole.startswith(text[: -len(one)]) for one in CUTS)


def is_lone_link(text: str) -> bool:
    """
    Tell whether a line is a link and nothing else.

    >>> is_lone_link("quay.example.org/2026/rep..."), is_lone_link("See www.quay.example.org")
    (True, False)
    """
    return LINK.fullmatch(text) is not None
