# SPDX-License-Identifier: MIT
"""
Read files as dumps, without replacing any byte.

A byte order mark decides the encoding, even against the argument `encoding`: hardly any file begins with one
by chance. Without a mark, the argument decides, and UTF-8 is the default. UTF-16 without a mark is often
valid UTF-8 by accident, but full of control characters; by these it is recognised, and refused.
"""

from __future__ import annotations

import codecs
import os
from datetime import datetime
from typing import IO, Final

from postdump._parse.parse import parse
from postdump.errors import ReadError
from postdump.layouts import Layout
from postdump.models import Dump

__all__ = ["decode", "read"]


_MARKS: Final = (
    # UTF-32 first: its little-endian mark begins with the mark of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_NATIVE: Final = {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}
"""Python would read these in the byte order of the machine; so all machines read files alike."""

_CONTROLS: Final = bytes(set(range(0x20)) - set(b"\t\n\r"))
"""Bytes that UTF-8 text hardly ever contains, but UTF-16 does: the upper halves of all units below U+2000."""


def read(
    path: str | os.PathLike[str] | IO[bytes],
    *,
    encoding: str | None = None,
    name: str | None = None,
    layout: Layout | None = None,
    captured_at: datetime | None = None,
    strict: bool = False,
) -> Dump:
    r"""
    Read one dump from a file.

    Args:
        path: Path of the file, or an open binary file, which is read to its end and not closed.
        encoding: Encoding of a file without a byte order mark; by default UTF-8.
        name: Name of the dump in readings; by default the path as given, or the name of the open file.
        layout: Layout of the page; by default the built-in layout with the most markers.
        captured_at: When the page was saved; a time without a zone counts as UTC.
        strict: Whether to raise all problems at once, instead of recording them.

    Raises:
        ReadError: The bytes are not text in that encoding, or look like UTF-16 without a byte order mark.
        ValueError: Python knows no text encoding of that name.
        OSError: The file cannot be opened or read.
        DumpErrors: The dump has diagnostics, and `strict` is true.

    >>> import io
    >>> read(io.BytesIO("Ahoy — there.\n".encode("utf-16")), name="page.txt").text
    'Ahoy — there.\n'
    """
    if isinstance(path, (str, os.PathLike)):
        own_name: str | None = os.fspath(path)
        with open(path, "rb") as file:  # noqa: PTH123  # importing pathlib takes longer than all of this
            data = file.read()
    else:
        given = getattr(path, "name", None)
        own_name = given if isinstance(given, str) else None
        data = path.read()
        if not isinstance(data, bytes):
            raise TypeError(f"expected a file opened in binary mode, got {type(data).__name__} from it")
    name = own_name if name is None else name
    text = decode(data, source=own_name or name or "an unnamed file", encoding=encoding)
    return parse(text, name=name, layout=layout, captured_at=captured_at, strict=strict)


def decode(data: bytes, *, source: str, encoding: str | None = None) -> str:
    r"""
    Decode the bytes of a file, without its byte order mark; line ends stay as they are.

    Args:
        data: All bytes of the file.
        source: The name of the file in errors.
        encoding: The encoding of a file without a byte order mark; by default UTF-8.

    Raises:
        ReadError: The bytes are not text in that encoding, or look like UTF-16 without a byte order mark.
        ValueError: Python knows no text encoding of that name.

    >>> decode(b"don\x92t", source="page.txt")
    Traceback (most recent call last):
    postdump.errors.ReadError: expected UTF-8 at byte 3 of page.txt: pass encoding=
    """
    chosen = None if encoding is None else _normalize(encoding)
    for mark, marked in _MARKS:
        if data.startswith(mark):
            remedy = "drop the byte order mark and pass encoding="
            return _decode(data[len(mark) :], marked, source, remedy, skipped=len(mark))
    if chosen is not None:
        return _decode(data, chosen, source, "pass another encoding=")
    wide = _detect_wide(data)
    if wide is not None:
        raise ReadError(
            f"expected UTF-8, found what looks like {_format_encoding(wide[:6])}",
            source=source,
            offset_bytes=data.index(0),
            remedy=f"pass encoding={wide!r}, or encoding='utf-8' if the NULs belong there",
        )
    return _decode(data, "utf-8", source, "pass encoding=")


def _normalize(encoding: str) -> str:
    """Return the name that Python uses for a text encoding."""
    try:
        name = codecs.lookup(encoding).name
        b"a".decode(name, "replace")  # refuses codecs from bytes to bytes, some of which decompress
    except (LookupError, ValueError):  # ValueError: no possible name, or no codec for files
        raise ValueError(f"expected the name of a text encoding, got {encoding!r}") from None
    return _NATIVE.get(name, name)


def _decode(data: bytes, encoding: str, source: str, remedy: str, *, skipped: int = 0) -> str:
    """Decode the bytes after a mark of `skipped` bytes; a ReadError names the first bad byte."""
    try:
        return data.decode(encoding)
    except UnicodeError as error:
        start = error.start if isinstance(error, UnicodeDecodeError) else 0
        problem = f"expected {_format_encoding(encoding)}"
        raise ReadError(problem, source=source, offset_bytes=skipped + start, remedy=remedy) from None


def _format_encoding(encoding: str) -> str:
    return encoding.upper() if encoding.startswith("utf") else encoding


def _detect_wide(data: bytes) -> str | None:
    """
    Return the UTF-16 or UTF-32 encoding that bytes without a mark look like; None if they do not.

    In UTF-32, the two upper bytes of nearly every character are zero, and the lowest is not. In UTF-16, the
    upper bytes of most characters are control characters, some of them zero, since line breaks, spaces and
    ASCII are everywhere; the lower bytes are hardly ever zero. Scripts from U+2000 on have other upper bytes,
    but their lower bytes are not valid UTF-8 for long.
    """
    if 0 not in data:
        return None
    quarters = [data[index::4] for index in range(4)]
    zero = [quarter.count(0) for quarter in quarters]
    for lower, upper, encoding in ((0, (2, 3), "utf-32-le"), (3, (0, 1), "utf-32-be")):
        filled = [zero[index] * 10 >= len(quarters[index]) * 9 for index in upper]
        if len(data) >= 3 and all(filled) and zero[lower] * 10 <= len(quarters[lower]):
            return encoding
    for low, high, encoding in ((0, 1, "utf-16-le"), (1, 0, "utf-16-be")):
        half = data[high::2]
        controls = len(half) - len(half.translate(None, _CONTROLS))
        if half.count(0) > 10 * data[low::2].count(0) and controls * 2 >= len(half):
            return encoding
    return None
