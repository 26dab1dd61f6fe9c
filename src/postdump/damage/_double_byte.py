# SPDX-License-Identifier: MIT
"""
Encodings that read bytes in pairs, and what they make of UTF-8.

GBK, Big5, Shift-JIS, EUC-KR and their kin take two high bytes, or a high byte and an ASCII letter, for one
character: `’s` becomes `鈥檚`, and the `s` is gone with the apostrophe. So what a character leaves depends on
the characters beside it. Known are only what a whole text leaves, and which stretches of the text belong
together: each ends where no byte waits for another.

An error handler of `codecs` replaces bytes without a partner. It is registered for the whole process, under a
name that begins with `postdump.`.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from functools import cache
from typing import Final

PAIRED: Final = ("gbk", "gb18030", "big5", "cp932", "shift_jis", "cp949", "euc_kr")
"""Canonical names, the likeliest misreading first."""

StandIn = Callable[[int], str]
"""Returns what is put for a byte that has no partner."""


def read(data: bytes, encoding: str, name: str, stand_in: StandIn) -> str:
    """
    Read bytes, two by two; `name` says which `stand_in` it is.

    >>> read("don’t".encode(), "gbk", "question", lambda byte: "?")
    'don鈥檛'
    """
    return data.decode(encoding, _handler(name, stand_in))


def segments(text: str, encoding: str, name: str, stand_in: StandIn) -> Iterator[tuple[str, str]]:
    """
    Yield the shortest stretches of a text that leave something of their own, and what each leaves.

    >>> list(segments("I’d", "gbk", "question", lambda byte: "?"))
    [('I', 'I'), ('’d', '鈥檇')]
    """
    decoder = codecs.getincrementaldecoder(encoding)(_handler(name, stand_in))
    chars = left = ""
    for char in text:
        chars += char
        left += decoder.decode(char.encode("utf-8", "surrogatepass"))
        if not decoder.getstate()[0]:
            own = chars[:-1]
            data = own.encode("utf-8", "surrogatepass")
            if own and left.endswith(char) and read(data, encoding, name, stand_in) == left[:-1]:
                yield own, left[:-1]  # what a byte waited for was no partner
                chars = left = char
            yield chars, left
            chars = left = ""
    if chars:
        yield chars, left + decoder.decode(b"", final=True)


@cache  # one for each policy
def _handler(name: str, stand_in: StandIn) -> str:
    """
    Register a handler that puts stand-ins for bytes that cannot be decoded; return its name.

    Codecs find error handlers by name in one registry for the whole process, so the names begin with
    `postdump.`. Registering one again replaces it by its like, and nothing can take it out.
    """

    def put_stand_ins(error: UnicodeError) -> tuple[str, int]:
        assert isinstance(error, UnicodeDecodeError)
        return "".join(map(stand_in, error.object[error.start : error.end])), error.end

    registered = f"postdump.{name}"
    codecs.register_error(registered, put_stand_ins)
    return registered


def decode_pairs(run: str, encoding: str) -> str | None:
    """
    Return the text whose UTF-8 a run is, written in an encoding of pairs; None if it is no UTF-8.

    >>> decode_pairs("鈥檛", "gbk")
    '’t'
    """
    try:
        return run.encode(encoding).decode("utf-8")
    except UnicodeError:
        return None
