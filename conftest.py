# SPDX-License-Identifier: MIT
"""Every example in the README, the documentation and the docstrings is a test."""

import os
import shutil
import subprocess
import sys
from doctest import ELLIPSIS, Example, OutputChecker
from pathlib import Path

import pytest
from sybil import Sybil
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser

ROOT = Path(__file__).parent


@pytest.fixture(scope="module")
def beside_seeds(tmp_path_factory):
    """Run the examples of a file where `seeds/` is, and where what they write is thrown away."""
    folder = tmp_path_factory.mktemp("examples")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        yield folder


def run_console(example):
    """Run the lines `$ postdump ...` of a console block; other commands are for the reader alone."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    env = {**os.environ, "PATH": path, "PYTHONUTF8": "1"}
    for block in ("\n" + example.parsed).split("\n$ ")[1:]:
        command, _, want = block.partition("\n")
        want = want and want.rstrip("\n") + "\n"
        if not command.startswith("postdump "):
            continue
        made = subprocess.run(
            command, shell=True, check=False, env=env, encoding="utf-8", stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        got = made.stdout and made.stdout.rstrip("\n") + "\n"
        if not OutputChecker().check_output(want, got, ELLIPSIS):
            shown = OutputChecker().output_difference(Example(command, want), got, ELLIPSIS)
            return f"$ {command}\n{shown}"
    return None


docstrings = Sybil(
    parsers=[DocTestParser()],
    path="src/postdump",
    pattern="*.py",
    fixtures=["beside_seeds"],
)
pages = Sybil(
    parsers=[PythonCodeBlockParser(), CodeBlockParser("console", run_console), SkipParser()],
    patterns=["README.md", "docs/*.md", "docs/**/*.md"],
    exclude="docs/_build/*",
    fixtures=["beside_seeds"],
)
pytest_collect_file = (docstrings + pages).pytest()
