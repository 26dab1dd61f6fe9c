# SPDX-License-Identifier: MIT
"""The Pythons that the classifiers name are those that everything else names."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = next(folder.parent for folder in Path(__file__).resolve().parents if folder.name == "tests")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PYTHONS = [
    name.rpartition(" ")[2]
    for name in PROJECT["classifiers"]
    if re.fullmatch(r"Programming Language :: Python :: 3\.[0-9]+", name)
]


def test_the_oldest_is_required():
    assert PROJECT["requires-python"] == f">={PYTHONS[0]}"


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_pages_name_the_oldest_and_the_newest(page):
    text = (ROOT / page).read_text("utf-8")
    assert f"from {PYTHONS[0]} to {PYTHONS[-1]} that " in text


def test_all_are_tested_where_changes_are():
    workflow = ROOT / ".github" / "workflows" / "ci.yml"
    if not workflow.exists():
        pytest.skip("an sdist has no workflows")
    (named,) = re.findall(r"^ +python: \[(.*)\]$", workflow.read_text("utf-8"), re.M)
    assert re.findall(r"[0-9.]+", named) == PYTHONS
