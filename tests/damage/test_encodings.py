# SPDX-License-Identifier: MIT
"""The list of encodings is complete, and their characters are those of the codecs."""

from __future__ import annotations

import codecs
import encodings
import pkgutil
import subprocess
import sys

import pytest

from postdump.damage._double_byte import PAIRED
from postdump.damage._encodings import ENCODINGS, canonical_name, characters

EVERY_PAIR = bytes(byte for first in range(256) for second in range(256) for byte in (first, second))
PSEUDO = {"aliases", "charmap", "mbcs", "oem", "unicode_escape"}
"""No codec; Latin-1 under another name; whatever one Windows machine is set to; not for text of others."""


def read_alone(encoding: str, byte: int) -> str | None:
    try:
        return bytes([byte]).decode(encoding)
    except UnicodeDecodeError:
        return None


def is_one_byte_and_ascii(encoding: str) -> bool:
    """Tell whether the lower half is ASCII, and every byte reads alone as it reads among others."""
    try:
        alone = bytes(range(256)).decode(encoding, "replace")
        if len(alone) != 256 or alone[:128] != bytes(range(128)).decode("ascii"):
            return False
        return EVERY_PAIR.decode(encoding, "replace") == "".join(alone[byte] for byte in EVERY_PAIR)
    except (LookupError, UnicodeError):
        return False


@pytest.mark.slow
def test_the_list_holds_every_such_codec_that_python_has() -> None:
    found = {module.name for module in pkgutil.iter_modules(encodings.__path__)} - PSEUDO
    assert {canonical_name(name) for name in found if is_one_byte_and_ascii(name)} == set(ENCODINGS)


def test_the_likeliest_misreadings_come_first_and_none_comes_twice() -> None:
    assert ENCODINGS[:7] == (
        *("iso-8859-7", "cp1252", "iso-8859-1", "tis-620", "iso-8859-2", "iso-8859-15", "iso-8859-16"),
    )
    assert ENCODINGS[7:14] == (
        *("iso-8859-10", "iso-8859-13", "cp1250", "cp1251", "cp1253", "cp1257", "mac-roman"),
    )
    assert ENCODINGS.index("tis-620") < ENCODINGS.index("iso-8859-11")
    assert len(set(ENCODINGS)) == len(ENCODINGS) == 63


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_names_are_canonical(encoding: str) -> None:
    assert canonical_name(encoding) == canonical_name(encoding.upper().replace("-", "_")) == encoding
    assert codecs.lookup(encoding).name in {encoding, encoding.replace("iso-8859-", "iso8859-")}


@pytest.mark.parametrize(
    ("alias", "canonical"),
    [
        ("greek", "iso-8859-7"),
        ("latin1", "iso-8859-1"),
        ("ISO8859_15", "iso-8859-15"),
        ("windows-1251", "cp1251"),
        ("MacRoman", "mac-roman"),
        ("TIS620", "tis-620"),
        ("thai", "iso-8859-11"),
        ("IBM850", "cp850"),
        ("us-ascii", "ascii"),
    ],
)
def test_aliases_have_a_canonical_name(alias: str, canonical: str) -> None:
    assert canonical_name(alias) == canonical


@pytest.mark.parametrize(
    "name",
    [
        *("utf-8", "utf-16", "utf-8-sig", "euc_jp", "johab", "hz", "cp864", "cp037", "charmap", "idna"),
        *("rot13", "base64", "undefined", "raw_unicode_escape"),
        *("no such", "", "\0", "\ud800", "encodings.cp1252"),
    ],
)
def test_other_names_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="expected an encoding") as raised:
        canonical_name(name)
    known = ", ".join((*ENCODINGS, *PAIRED))
    assert str(raised.value) == f"expected an encoding that keeps ASCII, got {name!r} (known: {known})"


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_characters_are_those_of_the_codec(encoding: str) -> None:
    table = characters(encoding)
    assert table == tuple(read_alone(encoding, byte) for byte in range(256))
    assert "".join(map(str, table[:128])) == bytes(range(128)).decode("ascii")
    # What the forward model relies on: one unit each, and none that stands for "undefined".
    assert all(len(character) == 1 and character not in "\ufffd\ufffe" for character in table if character)


def test_controls_stand_where_latin_1_has_them() -> None:
    for encoding in ENCODINGS:
        for byte, character in enumerate(characters(encoding)):
            if character is not None and "\x80" <= character <= "\x9f":
                assert ord(character) == byte


def test_only_two_encodings_read_high_bytes_as_ascii() -> None:
    low = {
        encoding for encoding in ENCODINGS if any(map(str.isascii, filter(None, characters(encoding)[128:])))
    }
    assert low == {"mac-arabic", "mac-farsi"}


def test_thai_has_two_tables_that_differ_in_one_byte() -> None:
    old, new = characters("tis-620"), characters("iso-8859-11")
    assert [(hex(byte), old[byte], new[byte]) for byte in range(256) if old[byte] != new[byte]] == [
        ("0xa0", None, "\xa0")
    ]


def test_importing_decodes_nothing() -> None:
    code = "import postdump.damage, sys; print([m for m in sys.modules if m.startswith('encodings.iso8859')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
