# SPDX-License-Identifier: MIT
"""Texts that look like pages and are none; `cases/README.md` says what must hold of them."""

from pathlib import Path

import pytest

from postdump import merge, parse
from postdump.layouts import BSKYVIEW

CASES = Path(__file__).parent.parent / "cases"
MARKER = "03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0"


def texts(folder):
    paths = sorted((CASES / folder).iterdir())
    assert paths
    return [pytest.param(path.read_bytes().decode("utf-8"), id=path.name) for path in paths]


def shows_no_posts(text, layout):
    dump = parse(text, layout=layout)
    assert [post.text for post in dump.posts] == []
    assert [one.code for one in dump.diagnostics] == ["no-marker"]
    assert dump.damage is None
    timeline = merge(dump)
    assert (len(timeline), timeline.repairs, timeline.unrepaired) == (0, (), ())
    lines = [line.strip(" \t") for line in text.split("\n")]
    assert [line.text for line in timeline.unclaimed] == [line for line in lines if line]


@pytest.mark.parametrize("layout", [None, BSKYVIEW], ids=["any", "bskyview"])
@pytest.mark.parametrize("text", texts("negative"))
def test_negative(text, layout):
    shows_no_posts(text, layout)


@pytest.mark.parametrize("text", texts("negative"))
def test_negative_as_a_post(text):
    dump = parse(f"{MARKER}\n{text}\n{MARKER}\n")
    assert len(dump.posts) == 2
    assert dump.posts[1].text.split() == text.split()


@pytest.mark.parametrize("text", texts("negative"))
def test_negative_as_a_post_has_no_problems(text, request):
    if "diary-headed" in request.node.callspec.id:
        pytest.skip("a dash that ends a line is the beginning of icons, on a page that has some")
    assert parse(f"{MARKER}\n{text}\n{MARKER}\n").diagnostics == ()


@pytest.mark.xfail(raises=AssertionError, strict=True, reason="a gap may hold any letters but Latin ones")
@pytest.mark.parametrize("text", texts("known_failures"))
def test_known_failures(text):
    shows_no_posts(text, None)
