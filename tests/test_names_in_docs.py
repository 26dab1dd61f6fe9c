# SPDX-License-Identifier: MIT
"""Every module and function that the documentation and docstrings name is there."""

import ast
import re
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

import postdump

ROOT = next(folder.parent for folder in Path(__file__).resolve().parents if folder.name == "tests")
SOURCE = Path(postdump.__file__).parent

BUILT = "docs/_build/"
"""Where the documentation is built: a folder of the checkout that is no part of it."""

QUOTED = re.compile(r"(?<![`\w])`([^`\n]+)`(?![`\w])")
PRIVATE = re.compile(r"(?:[a-z_]+/)*_\w+(?:[./]\w+)*(?:\(\))?/?")
"""`_name`, `_module.name`, `_folder/module.py`, `cli/_module`, with or without `()` behind it."""
SNAKE = re.compile(r"[a-z]+(?:_[a-z0-9]+)+(?:\(\))?")
PUBLIC = re.compile(r"postdump(?:\.\w+)+")
ROOMS = {path.name for path in SOURCE.iterdir() if path.is_dir()}
FOLDERS = {"benchmarks", "docs", "seeds", "src", "tests", "tools"}
FILE = re.compile(rf"(?:{'|'.join(sorted(FOLDERS | ROOMS))})/[\w./-]*")
"""A file or folder of the checkout by its path, or a module by its room, such as `_parse/page`."""


@cache
def known_names():
    """Return every name of the source: of folders, modules and whatever they define or write as a string."""
    names = {"postdump"}
    for path in SOURCE.rglob("*.py"):
        names |= {path.stem, path.parent.name}
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                    names.add(name)
                case ast.arg(arg=name) | ast.keyword(arg=str(name)) | ast.Attribute(attr=name):
                    names.add(name)
                case ast.Name(id=name, ctx=ast.Store()):
                    names.add(name)
                case ast.Constant(value=str(name)) if name.isidentifier():
                    names.add(name)
    return names


def is_there(name):
    """Tell whether a name in backticks, if it is one of ours, names something."""
    if PUBLIC.fullmatch(name):
        return is_public(name)
    if name.startswith(BUILT):
        return True
    if FILE.fullmatch(name):
        return is_file(name)
    if PRIVATE.fullmatch(name) or SNAKE.fullmatch(name):
        parts = re.split(r"[./]", name.removesuffix("()").removesuffix("/").removesuffix(".py"))
        return all(part in known_names() for part in parts)
    return True


def is_file(name):
    """Whether a path names a file or folder of the checkout, or a module in a room of the source or tests."""
    paths = [ROOT / name, SOURCE / name, SOURCE / f"{name}.py", ROOT / "tests" / name]
    return any(path.exists() for path in paths)


def is_public(name):
    value = postdump
    parts = name.split(".")
    for number, part in enumerate(parts[1:], 2):
        if not hasattr(value, part):
            try:
                import_module(".".join(parts[:number]))
            except ImportError:
                # A field of a class with slots is none of its attributes where the class is lazy.
                return part in known_names() and isinstance(value, type)
        value = getattr(value, part)
    return True


def docstrings(path):
    """Return the docstrings of a module, also those below names."""
    tree = ast.parse(path.read_text("utf-8"))
    return "\n\n".join(
        node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def prose_of(path):
    if path.suffix == ".py":
        return docstrings(path)
    return re.sub(r"^( *)(`{3,}).*?^ *\2 *$", "", path.read_text("utf-8"), flags=re.M | re.S)


PAGES = [*ROOT.glob("docs/*.md"), *ROOT.glob("docs/guide/*.md"), ROOT / "CONTRIBUTING.md", ROOT / "README.md"]
PLACES = {
    **{page.relative_to(ROOT).as_posix(): page for page in sorted(PAGES)},
    **{f"src/{path.relative_to(SOURCE.parent).as_posix()}": path for path in sorted(SOURCE.rglob("*.py"))},
}


@pytest.mark.parametrize("place", sorted(PLACES))
def test_what_is_named_is_there(place):
    names = QUOTED.findall(prose_of(PLACES[place]))
    assert [name for name in names if not is_there(name)] == []


def files_missing_from_map():
    """Return the files that neither `docs/architecture.md` nor the docstring of their folder names."""
    page = (ROOT / "docs/architecture.md").read_text("utf-8")
    missing = []
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).with_suffix("").as_posix()
        summary = ast.get_docstring(ast.parse((path.parent / "__init__.py").read_text("utf-8")))
        is_named = f"`{name}`" in page or f"`{path.stem}`" in (summary or "")
        if path.stem not in {"__init__", "__main__"} and not is_named:
            missing.append(name)
    return missing


def test_every_file_of_the_source_is_on_the_map():
    assert files_missing_from_map() == []


@pytest.mark.parametrize(
    "name",
    [
        "_gone",
        "_parse.gone",
        "_gone/parse.py",
        "cli/_gone",
        "gone_for_good",
        "_parse/_lazy",
        "tests/parse/test_gone.py",
        "tools/gone/",
        "_gone()",
        "postdump.pasre",
        "postdump.gone.parse",
    ],
)
def test_what_is_gone_is_found(name):
    assert not is_there(name)


@pytest.mark.parametrize(
    "name",
    [
        *("_lazy", "cli/_commands", "cli/_commands.py", "damage/__init__", "posted_at", "any word"),
        *("tests/cases/clean/", "docs/guide/damage.md", "cli/test_commands.py", "damage/context/"),
        *("postdump.parse", "postdump.Stats.likes", "postdump.models.Post.text", "postdump.errors.DumpError"),
    ],
)
def test_what_is_there_is_found(name):
    assert is_there(name)
