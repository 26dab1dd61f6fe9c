# SPDX-License-Identifier: MIT
"""Find links, hosts and entities in a text."""

from __future__ import annotations

from html import unescape
from typing import Final

import regex

_LATIN: Final = r"A-Za-z0-9\-\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff"

_LABEL: Final = rf"(?:[{_LATIN}]{{1,63}}+|(?:(?!\p{{Latin}})[\p{{L}}\p{{M}}\p{{N}}\-]){{1,63}}+)"
"""A label of a host name, at most 63 long (RFC 1035), in Latin letters or none."""

_TOP: Final = r"(?:xn--[A-Za-z0-9\-]{1,59}+|[A-Za-z]{2,24}+|(?:(?!\p{Latin})[\p{L}\p{M}]){2,24}+)"

_IN_PATH: Final = r'[^\x00-\x20\x7f\p{Z}<>"“”«»()。、，！？（）「」『』【】《》]'

_PATH: Final = rf"(?:{_IN_PATH}++|\({_IN_PATH}*+\))"

LINK: Final = regex.compile(
    rf"""
    (?<![{_LATIN}@./_])                           # not within a word, an address or another link
    (?: [Hh][Tt][Tt][Pp][Ss]?://(?=[\p{{L}}\p{{N}}]){_PATH}++
      | [Ww]{{3}}(?=\.[\p{{L}}\p{{N}}])(?:\.{_LABEL})++(?::[0-9]{{1,5}}+)?+(?:[/?\#]{_PATH}*+)?+
      | (?:(?=[{_LATIN}])|(?<![\p{{L}}\p{{M}}]))    # in Chinese text, a Latin host may follow a word
        (?:{_LABEL}\.)++{_TOP}(?::[0-9]{{1,5}}+)?+/{_PATH}*+
    )""",
    regex.VERBOSE,
)
"""A link as pages show it: with `http` or `https`, with `www.`, or a host and a path."""

LINK_ENDS: Final = ".,;:!?'\"’”»]}>*_"
"""What ends a sentence around a link rather than the link; its own parentheses come in pairs."""

HOST: Final = regex.compile(rf"(?=[^.]*+[.])(?:{_LABEL}\.)++{_TOP}", regex.IGNORECASE)
"""A bare host name."""

_MANY_DIGITS: Final = regex.compile(r"(?<=&#)0*([0-9]{1,8})[0-9]*")
"""
The digits of an entity: behind leading zeros, eight are enough for a number beyond Unicode.

`html.unescape` gives all digits to `int`, which refuses more than 4,300.
"""


def unescape_entities(text: str) -> str:
    """
    Return a text with its entities replaced, as `html.unescape` does, whatever number of digits they have.

    >>> unescape_entities("Salt &amp; pepper &#8217; &#" + "9" * 5_000 + ";")
    'Salt & pepper ’ \ufffd'
    """
    return unescape(_MANY_DIGITS.sub(r"\1", text) if "&#" in text else text)


def find_links(text: str) -> tuple[str, ...]:
    """
    Return the links in a text, as they stand and each once.

    A link begins with `http` or `www.`, or is a host with a path.

    >>> find_links("See quay.example.org/2026/rep... (or www.quay.example.org).")
    ('quay.example.org/2026/rep...', 'www.quay.example.org')
    """
    if "." not in text and "://" not in text:
        return ()
    links: dict[str, None] = {}
    for match in LINK.finditer(text):
        whole: str = match[0]
        link = whole.rstrip(LINK_ENDS)
        is_cut = whole.startswith("...", len(link))
        links[f"{link}..." if is_cut else link] = None
    return tuple(links)
