# SPDX-License-Identifier: MIT
"""
How similar two lines are, and whether one is the other cut short.

Strategy: extractors write entities, spaces and accents in ways of their own, so lines are normalized before
they are compared. The similarity of two lines is the share of their words that both have. A line that a site
cut short counts as equal to the whole line: its dots stand for any rest of the line, or of a link within it.

    "See quay.example.org/rep... for more"  is a cut of  "See quay.example.org/repairs for more"
    "Low tide at nine." and "Low tide at ten."  have three of five words in common: 0.6
"""

from __future__ import annotations

from typing import Final
from unicodedata import normalize

from postdump._text.links import LINK, unescape_entities

ELLIPSES: Final = ("...", "…")
"""What a site writes in place of the rest of a link or a line."""


def compute_similarity(a: str, b: str) -> float:
    """
    Return the share of words that two lines have in common; 1 where one is the other cut short.

    >>> compute_similarity("See quay.example.org/2026/rep...", "See quay.example.org/2026/repairs")
    1.0
    >>> compute_similarity("Low tide at nine.", "Low tide at ten.")
    0.6
    """
    a, b = normalize_line(a), normalize_line(b)
    if a and b and (is_cut(a, b) or is_cut(b, a)):
        return 1.0
    words_a, words_b = set(a.split()), set(b.split())
    common_count = len(words_a & words_b)
    return common_count / (len(words_a) + len(words_b) - common_count or 1)


def normalize_line(text: str) -> str:
    """
    Undo in a line what extractors differ in: entities, white space, and how accents are encoded.

    >>> normalize_line("Salt  &amp; pepper") == normalize_line("Salt\u00a0& pepper")
    True
    """
    if "&" in text:
        text = unescape_entities(text)
    spaced = " ".join(text.split())
    return spaced if spaced.isascii() else normalize("NFC", spaced)


def is_beginning(text: str, whole: str) -> bool:
    """
    Return whether a normalized line begins, or is, another normalized line.

    >>> is_beginning("Salt  &amp; pep", "Salt & pepper.")
    True
    """
    return normalize_line(whole).startswith(normalize_line(text))


def is_cut(text: str, whole: str) -> bool:
    """
    Return whether `text` is `whole` with its end, or links in it, cut short; or the same.

    >>> is_cut("See quay.example.org/rep... for more ...", "See quay.example.org/repairs for more of it.")
    True
    """
    if text == whole:
        return True
    if text in ELLIPSES or not any(map(text.__contains__, ELLIPSES)):
        return False
    words, whole_words = text.split(" "), whole.split(" ")
    last = len(words) - 1
    if last >= len(whole_words) or not _is_cut_word(words[last], " ".join(whole_words[last:])):
        return False
    return all(
        word == whole_word or ("/" in word and _is_cut_word(word, whole_word))
        for word, whole_word in zip(words[:last], whole_words[:last], strict=True)
    )


def _is_cut_word(text: str, whole: str) -> bool:
    """Return whether a text without spaces is another text, or its beginning and an ellipsis."""
    return text == whole or any(
        text.endswith(ellipsis) and whole.startswith(text[: -len(ellipsis)]) for ellipsis in ELLIPSES
    )


def is_lone_link(text: str) -> bool:
    """
    Return whether a line is a link and nothing else.

    >>> is_lone_link("quay.example.org/2026/rep..."), is_lone_link("See www.quay.example.org")
    (True, False)
    """
    return LINK.fullmatch(text) is not None
