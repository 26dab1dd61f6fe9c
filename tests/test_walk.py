# SPDX-License-Identifier: MIT
"""The walk "One change, step by step" of CONTRIBUTING is carried out on a copy of the source."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import postdump

ROOT = next(folder.parent for folder in Path(__file__).resolve().parents if folder.name == "tests")
WALK = re.search(
    r"^## One change, step by step.*?(?=^## )", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.M | re.S
)[0]
MOST_FILES = 4
"""Files of the source that a new counter may touch."""


def blocks(language):
    """Return the code blocks of the walk in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", WALK, re.M | re.S)


def apply(change, folder):
    """Apply a block of changes: the path of a file, then hunks, each of lines that are in the file once."""
    head, _, body = change.partition("\n")
    path = folder / head.removeprefix("--- ")
    text = path.read_text("utf-8")
    for hunk in body.split("@@\n"):
        lines = hunk.splitlines(keepends=True)
        before, after = ("".join(line[1:] for line in lines if line[0] in kept) for kept in (" -", " +"))
        assert text.count(before) == 1, f"expected once in {path}:\n{before}"
        text = text.replace(before, after)
    path.write_text(text, "utf-8")
    return path


def run_cases(folder):
    """Run the cases of the walk against the source in a folder; return how many failed and passed."""
    options = ["-q", "-p", "no:cacheprovider", "-c", os.devnull, f"--rootdir={folder}"]
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "test_bookmarks.py"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src"), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    last = ended.stdout.splitlines()[-1]
    return tuple(sum(map(int, re.findall(rf"([0-9]+) {word}", last))) for word in ("failed", "passed"))


@pytest.fixture
def copy(tmp_path):
    """Return a folder with a copy of the source and the cases of the walk."""
    source = Path(postdump.__file__).parent
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(source, tmp_path / "src" / "postdump", ignore=ignored)
    [cases] = blocks("python")
    where = "import postdump\n\n\ndef test_the_copy_is_tested():\n    assert postdump.__file__.startswith"
    (tmp_path / "test_bookmarks.py").write_text(f"{cases}\n\n{where}({str(tmp_path)!r})\n", "utf-8")
    return tmp_path


@pytest.mark.slow
def test_the_walk_leads_to_its_end(copy):
    changes = blocks("diff")
    assert run_cases(copy) == (4, 1)
    changed = {apply(change, copy) for change in changes}
    assert run_cases(copy) == (0, 5)
    assert len(changed) == len(changes) <= MOST_FILES
    assert all(path.is_relative_to(copy / "src" / "postdump") for path in changed)
