# SPDX-License-Identifier: MIT
"""The guide's recipe for pandas, on the tables that real folders of dumps give."""

import re
from datetime import datetime
from pathlib import Path

import pytest

from postdump import parse, rows

GUIDE = Path(__file__).parent.parent.parent / "docs" / "guide" / "many-files.md"
MARKER = "03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0"


@pytest.fixture(scope="module")
def frame_of():
    """Return the function that the guide defines."""
    (recipe,) = re.findall(r"^```python\n(import pandas\n.*?)^```$", GUIDE.read_text("utf-8"), re.M | re.S)
    names = {}
    exec(recipe, names)
    return names["frame_of"]


def table_of(*texts):
    return [{"page": number, **row} for number, text in enumerate(texts) for row in rows(parse(text))]


def test_a_page(frame_of):
    frame = frame_of(table_of(f"Ahoy.\n{MARKER}", f"Low tide.\n{MARKER}"))
    assert frame["text"].tolist() == ["Ahoy.", "Low tide."]
    assert frame["posted_at"].tolist() == [datetime(2026, 2, 3, 17, 4)] * 2
    assert frame.groupby("page")["likes"].sum().tolist() == [4, 4]


def test_times_of_mixed_precision(frame_of):
    table = table_of(f"Ahoy.\n{MARKER}", f"Low tide.\n{MARKER}", "No markers.")
    table[0]["posted_at"] = "2026-02-03T17:04:05.123456"
    assert frame_of(table)["posted_at"].tolist()[:2] == [
        datetime(2026, 2, 3, 17, 4, 5, 123456),
        datetime(2026, 2, 3, 17, 4),
    ]


def test_nothing_is_known(frame_of):
    table = table_of(f"Ahoy.\n{MARKER}")
    table[0].update(posted_at=None, likes=None)
    frame = frame_of(table)
    assert frame[["posted_at", "likes"]].isna().all(axis=None)
    assert frame.groupby("page")["likes"].sum().tolist() == [0]


def test_no_posts(frame_of):
    frame = frame_of(table_of("Nothing but a bio."))
    assert (len(frame), frame["likes"].dtype.name) == (0, "Int64")
    assert frame.groupby("page")["likes"].sum().tolist() == []
