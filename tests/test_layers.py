# SPDX-License-Identifier: MIT
"""Imports run in one direction between rooms, and nowhere in a circle."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import postdump

# A file imports from its own room and from those before it. Folders and files right below `postdump`.
ORDER = [
    "_text", "errors", "_lazy", "damage", "layouts", "models", "_parse", "_align", "_merge", "_io",
    "__init__", "cli", "strategies", "__main__",
]  # fmt: skip

SOURCE = Path(postdump.__file__).parent
FILES = {path.relative_to(SOURCE).with_suffix("").as_posix(): path for path in sorted(SOURCE.rglob("*.py"))}
"""Every file by its name, such as `_parse/page` or `damage/__init__`."""


def room_of(file):
    return file.split("/")[0]


def imported(tree, files):
    """Yield the files of postdump that a syntax tree imports, wherever the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            inner = [f"{module}.{alias.name}" for alias in node.names]
            modules = [name if file_of(name, files) else module for name in inner]
        else:
            continue
        ours = [name for name in modules if name.split(".")[0] in {"", "postdump"}]
        yield from (file_of(name, files) or name for name in ours)


def file_of(module, files):
    """Return the file of a module; None if there is none."""
    if module == "postdump":
        return "__init__"
    path = module.removeprefix("postdump.").replace(".", "/")
    return next((file for file in (path, f"{path}/__init__") if file in files), None)


def wrong_imports(source, file, files=frozenset(FILES)):
    """Return the imports of a file that run against the order."""
    before = ORDER[: ORDER.index(room_of(file)) + 1]
    return [name for name in imported(ast.parse(source), files) if room_of(name) not in before]


def circle(imports):
    """Return files that import each other in a circle; None if there are none."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return error.args[1]
    return None


def test_every_room_has_its_place():
    assert {room_of(file) for file in FILES} == set(ORDER)
    assert len(ORDER) == len(set(ORDER))


@pytest.mark.parametrize("file", FILES)
def test_imports_only_from_rooms_before(file):
    assert wrong_imports(FILES[file].read_text("utf-8"), file) == []


def test_no_files_import_each_other():
    trees = {file: ast.parse(path.read_text("utf-8")) for file, path in FILES.items()}
    assert circle({file: set(imported(tree, FILES)) for file, tree in trees.items()}) is None


@pytest.mark.parametrize(
    ("file", "source", "wrong"),
    [
        ("models", "from postdump._text.span import Span", []),
        ("models", "from postdump import _lazy, errors", []),
        ("_parse/page", "from postdump._parse.markers import Marker", []),
        ("cli/__init__", "from postdump.cli._outcome import Outcome\nfrom postdump import merge", []),
        ("models", "from postdump._parse.parse import parse", ["_parse/parse"]),
        ("models", "from postdump._parse import parse", ["_parse/parse"]),
        ("models", "def f():\n    import postdump._parse.parse", ["_parse/parse"]),
        ("_text/span", "from postdump.damage import Damage", ["damage/__init__"]),
        ("_io/rows", "from postdump import parse", ["__init__"]),
        ("_io/rows", "import postdump", ["__init__"]),
        ("_io/rows", "from . import read", ["."]),
        ("_io/rows", "from .read import read", [".read"]),
        ("cli/_options", "from postdump.strategies import texts", ["strategies/__init__"]),
    ],
)
def test_sees_wrong_imports(file, source, wrong):
    assert wrong_imports(source, file) == wrong


def test_sees_circles():
    assert circle({"a": {"b"}, "b": {"c"}, "c": set()}) is None
    assert set(circle({"a": {"b"}, "b": {"c"}, "c": {"a"}})) == {"a", "b", "c"}
