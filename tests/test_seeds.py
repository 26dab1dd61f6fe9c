# SPDX-License-Identifier: MIT
"""The seeds are kept byte for byte."""

from hashlib import sha256
from pathlib import Path

import pytest

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        ("000_628b0fdcf95840e5.txt", "a5f02ce88b07237482b9e1a8789164c6920f84fc334f61db1215bb332fdb2d35"),
        ("001_dbca723c20143212.txt", "56c096ca00d1613fe6b0a66c6b6151754babc39c2648758798616771ac15c6d3"),
    ],
)
def test_bytes(name, digest):
    assert sha256((SEEDS / name).read_bytes()).hexdigest() == digest
