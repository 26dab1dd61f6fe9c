# SPDX-License-Identifier: MIT
"""Whatever a file holds and whatever it is called, nothing that is printed steers a terminal."""

import unicodedata

import pytest
from commandline import AHOY, run
from hypothesis import example, given
from hypothesis import strategies as st

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
STEERING = "\x00\x07\x08\t\x0b\x0c\r\x1b\x1c\x7f\x80\x85\x9b\x9d\x9f\u2028\u2029" + BIDI
PIECES = st.sampled_from(
    [AHOY, "Posts by ", " (@a)", "\n", "\r\n", "👍 4", "β", "β π", "Preview", "03.02.2026 17:04"]
)

texts = st.lists(PIECES | st.sampled_from(STEERING) | st.text(max_size=5), max_size=30).map("".join)


def steers(text):
    """Tell by Unicode's own tables, not by those of the library, whether a text steers a terminal."""
    return [
        c
        for c in text.replace("\n", "")
        if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"}
        or (unicodedata.category(c) == "Cf" and unicodedata.bidirectional(c) not in {"BN", "AN", "ON"})
        or c in BIDI
    ]


@pytest.mark.parametrize(
    "args", [("parse",), ("merge",), ("merge", "--group"), ("inspect",), ("repair",)], ids=" ".join
)
@given(text=texts)
@example(text=STEERING + AHOY + STEERING)
@example(text=f"Posts by {STEERING} (@{STEERING})\n{AHOY}")
def test_of_texts(args, text):
    code, stdout, stderr = run(*args, "-", stdin=text.encode("utf-8", "replace"))
    assert code in {0, 2}  # 2 where a text looks like UTF-16
    assert not steers(stdout)
    assert not steers(stderr)


def test_would_see_what_steers(monkeypatch):
    monkeypatch.setattr("postdump.cli._screen_lines.escape_controls", str)
    _, stdout, _ = run("parse", "-", stdin=(STEERING + AHOY).encode())
    assert {*steers(stdout)} == {*STEERING} - {"\r"}  # which ends a line
    assert steers("\ud800")


@pytest.mark.parametrize("name", ["parse", "merge", "inspect", "repair"])
@given(file=st.text(st.sampled_from(STEERING + "aé\ud800\n")).map("no such folder/".__add__))
def test_of_file_names(name, file):
    code, stdout, stderr = run(name, file)
    assert (code, stdout, stderr.count("\n")) == (2, "", 1)
    assert not steers(stderr)


@given(
    st.lists(
        st.sampled_from(["--prefer", "--layout", "--format", "--encoding", "--captured-at", "--witness"])
        | st.text(st.sampled_from(STEERING + "-aé")),
        max_size=4,
    )
)
def test_of_arguments(args):
    for name in ("parse", "mend\x1b"):
        code, stdout, stderr = run(name, *args, "no such folder/page.txt")
        assert code == 2
        assert not steers(stdout)  # `-` is standard input, which is empty
        assert not steers(stderr)
