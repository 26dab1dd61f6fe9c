# SPDX-License-Identifier: MIT
"""
The one-byte encodings that UTF-8 can have been misread in.

These are all the codecs of Python that read one byte at a time and agree with ASCII on 0x00-0x7F; a test
finds them again among everything in `encodings`. Left out, though they look like one-byte encodings:

    charmap     Latin-1 under a name internal to Python
    cp864       its 0x25 is an Arabic percent sign
    cp932       and other multi-byte codecs, which read some high bytes alone (see `_double_byte`)
    mbcs, oem   whatever one Windows machine is set to

The characters are read from the codecs when they are first needed: a copy here could become outdated, and
decoding all of them at import would load some sixty modules that most programs never need.

Two of them, mac-arabic and mac-farsi, read 26 high bytes as ASCII punctuation. Under all others a high byte
leaves no ASCII, unless a policy replaces the byte by ASCII.
"""

from __future__ import annotations

import codecs
from functools import cache
from typing import Final

from postdump.damage._double_byte import PAIRED

# The first of several encodings that explain a text alike is the one reported, hence the order: what is
# known from damaged web pages, then what else a page may declare, then DOS, Macintosh and the rest.
ENCODINGS: Final = (
    *("iso-8859-7", "cp1252", "iso-8859-1", "tis-620", "iso-8859-2", "iso-8859-15", "iso-8859-16"),
    *("iso-8859-10", "iso-8859-13", "cp1250", "cp1251", "cp1253", "cp1257", "mac-roman"),
    *("iso-8859-9", "cp1254", "iso-8859-5", "koi8-r", "iso-8859-11", "cp874", "cp1256", "cp1255"),
    *("cp1258", "iso-8859-4", "iso-8859-8", "iso-8859-6", "iso-8859-3", "iso-8859-14", "koi8-u"),
    *("cp437", "cp850", "cp866", "cp852", "cp858", "cp855", "cp737", "cp775", "cp857", "cp862", "cp720"),
    *("cp860", "cp861", "cp863", "cp865", "cp869", "cp856", "cp1125", "cp1006"),
    *("mac-cyrillic", "mac-greek", "mac-latin2", "mac-turkish", "mac-croatian", "mac-romanian"),
    *("mac-iceland", "mac-arabic", "mac-farsi"),
    *("koi8-t", "kz1048", "ptcp154", "hp-roman8", "palmos", "ascii"),
)
"""Canonical names, the likeliest misreading first."""


def canonical_name(name: str) -> str:
    """
    Return the one spelling of an encoding that postdump uses.

    Args:
        name: Any name or alias that Python knows it by.

    Raises:
        ValueError: Python does not know it, or it is neither among `ENCODINGS` nor `PAIRED`.

    >>> canonical_name("Latin-1"), canonical_name("greek"), canonical_name("windows-1252")
    ('iso-8859-1', 'iso-8859-7', 'cp1252')
    """
    try:
        found = codecs.lookup(name).name.replace("iso8859-", "iso-8859-")
    except (LookupError, ValueError):  # ValueError: a NUL or a lone surrogate in the name
        found = None
    if found not in (*ENCODINGS, *PAIRED):
        known = ", ".join((*ENCODINGS, *PAIRED))
        raise ValueError(f"expected an encoding that keeps ASCII, got {name!r} (known: {known})")
    return found


@cache  # bounded by ENCODINGS
def characters(encoding: str) -> tuple[str | None, ...]:
    """
    Return what each of the 256 bytes reads as, None where the encoding lacks the byte.

    Args:
        encoding: One of `ENCODINGS`, or of `PAIRED`: what a byte without a partner reads as.

    >>> characters("iso-8859-7")[0xE2], characters("iso-8859-7")[0xFF]
    ('β', None)
    """
    # No codec of these has a byte for U+FFFD, so nothing but a lacking byte gives one.
    read = (bytes([byte]).decode(encoding, "replace") for byte in range(256))
    return tuple(None if character == "\ufffd" else character for character in read)
