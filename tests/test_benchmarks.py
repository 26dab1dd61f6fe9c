# SPDX-License-Identifier: MIT
"""The benchmarks run by hand, so nobody notices when a private name that they use has moved."""

import ast
from importlib import import_module
from pathlib import Path

import pytest

SCRIPTS = sorted((Path(__file__).parent.parent / "benchmarks").glob("*.py"))


def imported_names(script):
    """Yield the modules of postdump from which a script imports, and the names."""
    for node in ast.walk(ast.parse(script.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "postdump":
            yield from ((node.module, alias.name) for alias in node.names)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_what_benchmarks_import_is_there(script):
    missing = [name for module, name in imported_names(script) if not hasattr(import_module(module), name)]
    assert missing == []


def test_most_benchmarks_use_the_package():
    assert sum(any(imported_names(script)) for script in SCRIPTS) > len(SCRIPTS) / 2
