# SPDX-License-Identifier: MIT
"""Bytes to text: every encoding, with and without its mark, cut short at every byte."""

import codecs
import io
import pickle
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from postdump import parse
from postdump._io.read import decode, read
from postdump.errors import DumpErrors, ReadError
from postdump.layouts import FLAT

MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}
TEXTS = {
    "english": "Ahoy — there. 👍\r\nLow tide at nine.\n",
    "russian": "Фонари сегодня вечером.\nОтлив в девять.\n",
    "arabic": "المد منخفض عند التاسعة.\n",
    "greek": "Φανάρια απόψε.\n",
    "damaged": "donβ€™t 👍 β€”\n",
    "short": "a",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("encoding", MARKS)
@pytest.mark.parametrize("said", [None, "utf-8", "cp1252"])
def test_a_mark_decides_and_is_no_text(text, encoding, said):
    assert decode(MARKS[encoding] + text.encode(encoding), source="page.txt", encoding=said) == text


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("encoding", MARKS)
def test_without_a_mark_an_encoding_can_be_said(text, encoding):
    for alias in (encoding, encoding.upper().replace("-", "_")):
        assert decode(text.encode(encoding), source="page.txt", encoding=alias) == text


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("encoding", [encoding for encoding in MARKS if encoding != "utf-8"])
def test_wide_text_without_a_mark_is_refused(text, encoding):
    with pytest.raises(ReadError) as caught:
        decode(text.encode(encoding), source="page.txt")
    assert f"expected UTF-8, found what looks like {encoding[:6].upper()} at byte " in str(caught.value)
    assert f": pass encoding='{encoding}', or encoding='utf-8' if the NULs belong there" in str(caught.value)
    assert text.encode(encoding)[caught.value.offset_bytes] == 0


def decoded(data, encoding=None):
    """Return the text and where it ends; no text and the place where an error says it is."""
    try:
        return decode(data, source="page.txt", encoding=encoding), len(data)
    except ReadError as error:
        return "", error.offset_bytes


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("encoding", MARKS)
@pytest.mark.parametrize("mark", [True, False])
def test_cut_short_it_is_a_beginning_or_an_error(text, encoding, mark):
    data = MARKS[encoding] * mark + text.encode(encoding)
    for length in range(len(data)):
        if not any(data[:length]) or (not mark and encoding != "utf-8" and 0 not in data[:length]):
            continue  # nothing to tell it from UTF-8 by: two zeros of UTF-32, Cyrillic without a space
        beginning, offset = decoded(data[:length])
        assert text.startswith(beginning)
        assert 0 <= offset <= length


@pytest.mark.parametrize(
    ("data", "offset", "expected"),
    [
        (b"abc\x80", 3, "UTF-8"),
        (b"abc\xe2\x80", 3, "UTF-8"),
        (codecs.BOM_UTF8 + b"abc\xff", 6, "UTF-8"),
        (b"\xed\xa0\x80", 0, "UTF-8"),
        (b"\xef\xbb", 0, "UTF-8"),
        (codecs.BOM_UTF16_LE + b"a\x00b", 4, "UTF-16-LE"),
        (codecs.BOM_UTF16_BE + b"\x00a\xd8\x00\x00a", 4, "UTF-16-BE"),
        (codecs.BOM_UTF32_LE + b"a\x00\x00\x00\x00\x00\x11\x00", 8, "UTF-32-LE"),
        (codecs.BOM_UTF32_BE + b"\x00\x00\x00", 4, "UTF-32-BE"),
    ],
)
def test_offsets_count_from_the_start_of_the_file(data, offset, expected):
    with pytest.raises(ReadError) as caught:
        decode(data, source="page.txt")
    assert (caught.value.offset_bytes, caught.value.problem) == (offset, f"expected {expected}")


@pytest.mark.parametrize(
    ("data", "encoding", "message"),
    [
        (b"caf\xe9", None, "expected UTF-8 at byte 3 of p\\x1b.txt: pass encoding="),
        (b"caf\x81", "cp1252", "expected cp1252 at byte 3 of p\\x1b.txt: pass another encoding="),
        (b"caf\xe9", "ascii", "expected ascii at byte 3 of p\\x1b.txt: pass another encoding="),
        (
            codecs.BOM_UTF8 + b"\xff",
            "cp1252",
            "expected UTF-8 at byte 3 of p\\x1b.txt: drop the byte order mark and pass encoding=",
        ),
    ],
)
def test_errors_name_the_way_out(data, encoding, message):
    with pytest.raises(ReadError) as caught:
        decode(data, source="p\x1b.txt", encoding=encoding)
    error = caught.value
    assert str(error) == message
    assert str(pickle.loads(pickle.dumps(error))) == message
    assert error.__cause__ is None


@pytest.fixture
def placeless():
    """Add an encoding whose errors name no place, as some of Python's own do; which, differs by version."""

    def refuse(data, errors="strict"):
        if errors == "strict":
            raise UnicodeError
        return "", len(data)

    codec = codecs.CodecInfo(codecs.ascii_encode, refuse, name="placeless")

    def search(name):
        return codec if name == codec.name else None

    codecs.register(search)
    yield codec.name
    codecs.unregister(search)


def test_where_an_encoding_names_no_place_it_is_the_start(placeless):
    with pytest.raises(ReadError) as caught:
        decode(b"Ahoy", source="page.txt", encoding=placeless)
    assert str(caught.value) == "expected placeless at byte 0 of page.txt: pass another encoding="


def test_encodings_of_names_are_encodings_of_texts():
    with pytest.raises(ReadError, match=r"^expected punycode at byte [0-9] of page\.txt: pass another "):
        decode(b"a-\xff", source="page.txt", encoding="punycode")


@pytest.mark.parametrize(
    "encoding",
    ["iso-8859-7", "cp1253", "tis-620", "koi8-r", "cp1251", "gb18030", "shift_jis", "euc-kr", "mac-roman"],
)
def test_any_encoding_of_texts_can_be_said(encoding):
    text = "".join(char for char in "Ahoy\r\nαβγ фыв ทะเล 海 바다 é" if char.encode(encoding, "ignore"))
    assert decode(text.encode(encoding), source="page.txt", encoding=encoding) == text


@pytest.mark.parametrize(("encoding", "order"), [("utf-16", "utf-16-le"), ("utf_32", "utf-32-le")])
def test_every_machine_reads_in_the_same_order(encoding, order):
    assert decode("Ahoy".encode(order), source="page.txt", encoding=encoding) == "Ahoy"
    backward = order.replace("le", "be")
    assert decode(MARKS[backward] + "Ahoy".encode(backward), source="page.txt", encoding=encoding) == "Ahoy"


@pytest.mark.parametrize(
    "encoding", ["", "utf-9", "hex", "zlib", "rot13", "idna", "undefined", "a\x00", "caf\udce9"]
)
@pytest.mark.parametrize("data", [b"", b"Ahoy", codecs.BOM_UTF8])
def test_unknown_encodings_are_misuse(encoding, data):
    with pytest.raises(ValueError, match="expected the name of a text encoding, got ") as caught:
        decode(data, source="page.txt", encoding=encoding)
    assert repr(encoding) in str(caught.value)
    assert not isinstance(caught.value, ReadError)


@pytest.mark.parametrize(
    "text",
    ["", "\x00\x00", "\x00" * 64, "A NUL\x00 alone.", "NUL\x00here", "\x1b[0m\x00Ahoy", "a\n" * 9 + "\x00"],
)
def test_a_stray_nul_makes_no_utf_16(text):
    assert decode(text.encode(), source="page.txt") == text


@pytest.mark.parametrize("text", ["\x00", "a\x00", "\x00a", "a\x00\x00"])
def test_text_that_could_be_utf_16_is_read_when_it_is_said_to_be_utf_8(text):
    assert decoded(text.encode()) == ("", text.index("\x00"))
    assert decode(text.encode(), source="page.txt", encoding="utf-8") == text


def test_only_one_mark_is_a_mark():
    assert decode(codecs.BOM_UTF8 * 2, source="page.txt", encoding="utf-8-sig") == "\ufeff"
    assert decode(codecs.BOM_UTF16_LE * 2, source="page.txt", encoding="utf-16") == "\ufeff"


@given(st.text(max_size=30))
@example("\r\n\r\x85\u2028\n")
@example("\ufeffAhoy")
def test_utf_8_reads_back(text):
    assert decode(codecs.BOM_UTF8 + text.encode(), source="page.txt") == text
    assert decode(text.encode(), source="page.txt", encoding="utf-8") == text.removeprefix("\ufeff")


@given(
    st.binary(max_size=30), st.sampled_from([None, "utf-8", "ascii", "utf-16", "cp1252", "utf-7", "cp932"])
)
def test_any_bytes_are_text_or_an_error(data, encoding):
    text, offset = decoded(data, encoding)
    assert isinstance(text, str)
    assert 0 <= offset <= len(data)


# Files.

PAGE = "Ahoy.\r\n03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0\r"


@pytest.fixture
def page(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("page.txt").write_bytes(PAGE.encode())
    return Path("page.txt")


def test_reads_a_path(page):
    dump = read("page.txt")
    assert dump == parse(PAGE, name="page.txt")
    assert dump.text == PAGE
    assert read(page) == dump


@pytest.mark.parametrize("path", ["./page.txt", ".//page.txt"])
def test_the_name_is_the_path_as_given(page, path):
    assert read(path).name == path


def test_a_name_can_be_given(page):
    assert read(page, name="a").name == "a"
    assert read(page, name="").name == ""
    assert read(io.BytesIO(PAGE.encode()), name="a").name == "a"


def test_reads_an_open_file_and_leaves_it_open(page):
    with page.open("rb") as file:
        assert read(file) == read(page)
        assert not file.closed
        assert file.read() == b""


def test_what_has_no_name_is_named_by_its_text(page):
    assert read(io.BytesIO(PAGE.encode())) == parse(PAGE)


def test_a_descriptor_is_no_name(page):
    with page.open("rb") as file, open(file.fileno(), "rb", closefd=False) as numbered:
        assert read(numbered) == parse(PAGE)


def test_options_reach_the_parser(page):
    captured_at = datetime(2026, 2, 4)
    dump = read(page, layout=FLAT, captured_at=captured_at)
    assert dump == parse(PAGE, name="page.txt", layout=FLAT, captured_at=captured_at)
    assert dump.captured_at == captured_at.replace(tzinfo=UTC)


def test_strict_errors_name_the_file(tmp_path):
    path = tmp_path / "bio.txt"
    path.write_bytes(b"Just a bio.")
    with pytest.raises(DumpErrors) as caught:
        read(path, strict=True)
    assert [error.source for error in caught.value.exceptions] == [str(path)]


def test_an_encoding_can_be_said(tmp_path):
    path = tmp_path / "page.txt"
    path.write_bytes("β — Ahoy".encode("cp1253"))
    assert read(path, encoding="cp1253").text == "β — Ahoy"


@pytest.mark.parametrize(
    ("name", "source"), [(None, "an unnamed file"), ("", "an unnamed file"), ("page.txt", "page.txt")]
)
def test_errors_name_the_stream(name, source):
    with pytest.raises(ReadError) as caught:
        read(io.BytesIO(b"\xff"), name=name)
    assert caught.value.source == source


def test_errors_name_the_path_whatever_the_dump_is_called(tmp_path):
    path = tmp_path / "page.txt"
    path.write_bytes(b"\xff")
    with pytest.raises(ReadError) as caught:
        read(path, name="a")
    assert caught.value.source == str(path)


def test_files_that_are_not_there(tmp_path):
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "nowhere.txt")
    with pytest.raises(IsADirectoryError):
        read(tmp_path)


def test_text_files_are_misuse():
    with pytest.raises(TypeError, match="expected a file opened in binary mode, got str from it"):
        read(io.StringIO("Ahoy."))
