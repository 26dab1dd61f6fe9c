# SPDX-License-Identifier: MIT
"""A module imports only from lower rows, never its own; docs/architecture.md draws them."""

import ast
from pathlib import Path

import pytest

import postdump

# From the bottom up. A new module gets its place here first.
ROWS = [
    {"_span", "_patterns", "_pairs", "_candidates", "_lazy", "_counts", "_context_table"},
    {"_damage_tables"},
    {"errors", "damage"},
    {"_templates", "_keys"},
    {"layouts"},
    {"models"},
    {"_shapes", "_links", "_readings", "_align", "_header", "_said", "_json_checks"},
    {"_dates", "_remains", "_context_model", "_keyed"},
    {"_fields", "_context_quotes", "_suspicion"},
    {"_phrases"},
    {"_markers"},
    {"_detect", "_blocks", "_prove", "_joint", "_context"},
    {"_tokenize"},
    {"_columns", "_diagnose", "_roles"},
    {"_parse", "_witness"},
    {"_stream", "_summon"},
    {"_draft", "_group"},
    {"_alike", "_entry_keys", "_near", "_settle", "_times", "_variants", "_weave"},
    {"_matching", "_placing", "_strays", "_testimony"},
    {"_drafting", "_edition"},
    {"_merge", "_dedupe", "_threads"},
    {"_repair"},
    {"_read", "_json", "_rows", "_write", "_samples"},
    {"__init__", "_pages"},
    {"cli", "strategies"},
    {"__main__"},
]
ROW = {module: row for row, modules in enumerate(ROWS) for module in modules}

SOURCE = Path(postdump.__file__).parent
FILES = sorted(SOURCE.rglob("*.py"))


def module_of(path):
    """Return the name of the module or subpackage, right below `postdump`, that a file is or is part of."""
    return path.relative_to(SOURCE).with_suffix("").parts[0]


def imported(tree, modules):
    """Yield what a syntax tree imports of postdump, wherever the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            names = [f"{base}.{alias.name}" if base == "postdump" else base for alias in node.names]
        else:
            continue
        for name in names:
            if name.startswith("."):
                yield name  # is in no row
            elif name.split(".")[0] == "postdump":
                below = name.split(".")[1:2]
                yield below[0] if below and below[0] in modules else "__init__"


def wrong_imports(source, module, modules=frozenset(ROW)):
    return [
        name
        for name in imported(ast.parse(source), modules)
        if ROW.get(name, len(ROWS)) >= ROW[module] and not name == module == "cli"
    ]


def test_every_module_has_one_row():
    assert {module_of(path) for path in FILES} == set(ROW)
    assert len(ROW) == sum(map(len, ROWS))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_imports_only_from_lower_rows(path):
    assert wrong_imports(path.read_text("utf-8"), module_of(path)) == []


@pytest.mark.parametrize(
    ("module", "source", "wrong"),
    [
        ("models", "from postdump._span import Span", []),
        ("models", "from postdump import _span, errors", []),
        ("cli", "from postdump.cli._write import write\nfrom postdump import merge", []),
        ("models", "from postdump._parse import parse", ["_parse"]),
        ("models", "def f():\n    import postdump._parse", ["_parse"]),
        ("_json", "from postdump._rows import rows", ["_rows"]),
        ("_json", "from postdump import parse", ["__init__"]),
        ("_json", "import postdump", ["__init__"]),
        ("_json", "from . import _span", ["."]),
        ("_json", "from ._span import Span", ["._span"]),
        ("strategies", "from postdump.cli import main", ["cli"]),
    ],
)
def test_sees_wrong_imports(module, source, wrong):
    assert wrong_imports(source, module) == wrong
