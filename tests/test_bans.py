# SPDX-License-Identifier: MIT
"""What the source may not do, each ban with code that it catches and code that it lets pass."""

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

import postdump

SOURCE = Path(postdump.__file__).parent
FILES = sorted(SOURCE.rglob("*.py"))

# Files by their name, or whole rooms.
SPEAKS = {"cli"}
OPENS_FILES = {"_io/read", "_io/write", "cli"}
HOLDS_PATTERNS = {
    "_parse/markers",
    "_parse/profile_header",
    "_text/characters",
    "_text/counts",
    "_text/lines",
    "_text/links",
    "_text/patterns",
    "damage/_evidence",
    "damage/_residue",
    "damage/_sample",
    "damage/_sequences",
    "layouts/_date_search",
    "layouts/_dates",
    "layouts/_field_patterns",
    "layouts/_gaps",
    "layouts/_site_phrases",
}
IMPORTS_FTFY = {"damage/_ftfy"}
IMPORTS_ROOT = {"cli", "strategies", "__main__"}

EVALUATES = {"eval", "exec", "compile", "__import__"}
UNSAFE_MODULES = {"marshal", "pickle", "shelve"}
OPENING = {
    "open", "fdopen", "mkstemp", "read_bytes", "read_text", "write_bytes", "write_text",
    "NamedTemporaryFile", "TemporaryFile",
}  # fmt: skip
MATCHING = {
    "compile", "findall", "finditer", "fullmatch", "match", "search", "split", "splititer", "sub", "subn",
}  # fmt: skip


def is_among(module, names):
    """Whether a file, or the room that it stands in, is among the names."""
    return module in names or module.split("/")[0] in names


def calls(tree):
    """Yield each call as the name it goes by, and its owner's name where that is a plain one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield None, node.func.id
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            yield owner.id if isinstance(owner, ast.Name) else "", node.func.attr


def imports(tree):
    """Yield the full names of the modules that are imported."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def top_names(tree):
    return [name.split(".")[0] for name in imports(tree)]


def strings(tree):
    """Yield every string that is not a statement of its own, as docstrings are."""
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def breaks_lines_anywhere(tree, module):
    """`splitlines` ends lines at ten characters; a dump's lines end at three."""
    return any(name == "splitlines" for _, name in calls(tree))


def evaluates(tree, module):
    """Input is untrusted."""
    called = any(owner is None and name in EVALUATES for owner, name in calls(tree))
    return called or not UNSAFE_MODULES.isdisjoint(top_names(tree))


def speaks(tree, module):
    """A library neither prints nor logs."""
    if is_among(module, SPEAKS):
        return False
    streams = any(isinstance(n, ast.Attribute) and n.attr in {"stdout", "stderr"} for n in ast.walk(tree))
    return streams or (None, "print") in calls(tree) or "logging" in top_names(tree)


def opens_files(tree, module):
    """Files are read in one place and written by the command line."""
    return not is_among(module, OPENS_FILES) and any(name in OPENING for _, name in calls(tree))


def holds_patterns(tree, module):
    """Patterns stand together, where the tests for linear time find them."""
    if is_among(module, HOLDS_PATTERNS):
        return False
    called = any(owner in {"re", "regex"} and name in MATCHING for owner, name in calls(tree))
    return called or any(
        isinstance(node, ast.ImportFrom) and node.module in {"re", "regex", "postdump._text.patterns"}
        for node in ast.walk(tree)
    )


def matches_unicode_classes(tree, module):
    r"""`\d`, `\s` and `\w` match far more than a page's digits, spaces and letters."""
    uncommented = (re.sub(r"(^|\s)#.*", "", text) for text in strings(tree))
    return any(re.search(r"(?<!\\)(\\\\)*\\[dDsSwW]", text) for text in uncommented)


def imports_ftfy(tree, module):
    """Importing ftfy registers codecs: only repairs may pay for that, when they are made."""
    if not is_among(module, IMPORTS_FTFY):
        return "ftfy" in top_names(tree)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    inside = {id(node) for function in functions for node in ast.walk(function)}
    found = [node for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    return any("ftfy" in top_names(node) for node in found if id(node) not in inside)


def imports_root(tree, module):
    """The package root is a door for users; the rooms behind it have their own."""
    if is_among(module, IMPORTS_ROOT):
        return False
    modules = {path.stem for path in SOURCE.iterdir()}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import) and any(alias.name == "postdump" for alias in node.names):
            return True
        if isinstance(node, ast.ImportFrom):
            from_root = node.module == "postdump" and any(a.name not in modules for a in node.names)
            if node.level or from_root:
                return True
    return False


BANS = [
    breaks_lines_anywhere,
    evaluates,
    speaks,
    opens_files,
    holds_patterns,
    matches_unicode_classes,
    imports_ftfy,
    imports_root,
]


@cache
def parse(path):
    return ast.parse(path.read_text("utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SOURCE).as_posix())
@pytest.mark.parametrize("banned", BANS, ids=lambda ban: ban.__name__)
def test_source(banned, path):
    module = path.relative_to(SOURCE).with_suffix("").as_posix()
    assert not banned(parse(path), module), banned.__doc__


def test_only_modules_that_import_ftfy_may():
    trees = {path.relative_to(SOURCE).with_suffix("").as_posix(): parse(path) for path in FILES}
    assert {module for module, tree in trees.items() if "ftfy" in top_names(tree)} == IMPORTS_FTFY


def test_what_the_sdist_includes_is_there():
    root = Path(__file__).parent.parent
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    included = project["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    assert [path for path in included if not (root / path.lstrip("/")).exists()] == []


@pytest.mark.parametrize(
    ("banned", "module", "source"),
    [
        (breaks_lines_anywhere, "cli/__init__", "text.splitlines()"),
        (evaluates, "_io/json_format", "eval(text)"),
        (evaluates, "_io/json_format", "exec(text)"),
        (evaluates, "_io/json_format", "__import__(name)"),
        (evaluates, "_io/json_format", "from pickle import loads"),
        (evaluates, "_io/json_format", "import marshal"),
        (speaks, "_parse/page", "print(1)"),
        (speaks, "_parse/page", "import logging"),
        (speaks, "_parse/page", "sys.stderr.write('!')"),
        (opens_files, "_parse/page", "open(path)"),
        (opens_files, "_parse/page", "Path(path).read_text()"),
        (opens_files, "_parse/page", "Path(path).open()"),
        (holds_patterns, "_parse/page", "regex.compile('a')"),
        (holds_patterns, "cli/__init__", "re.sub('a', 'b', text)"),
        (holds_patterns, "cli/__init__", "from re import compile"),
        (holds_patterns, "cli/__init__", "from postdump._text.patterns import compiled"),
        (matches_unicode_classes, "_parse/markers", r"P = regex.compile(r'[\d,]+')"),
        (matches_unicode_classes, "_parse/markers", r"P = r'a' rf'{a}\s*'"),
        (imports_ftfy, "_parse/page", "def f():\n    import ftfy"),
        (imports_ftfy, "damage/_ftfy", "from ftfy import fix_text"),
        (imports_root, "_parse/page", "from postdump import Post"),
        (imports_root, "_parse/page", "from postdump import models, Post"),
        (imports_root, "_parse/page", "import postdump"),
        (imports_root, "_parse/page", "from . import models"),
    ],
)
def test_catches(banned, module, source):
    assert banned(ast.parse(source), module)


@pytest.mark.parametrize(
    ("banned", "module", "source"),
    [
        (breaks_lines_anywhere, "_parse/page", "text.split('\\n')"),
        (evaluates, "_parse/markers", "regex.compile('a')"),
        (speaks, "cli/__init__", "print(1)"),
        (opens_files, "_io/read", "open(path, 'rb')"),
        (holds_patterns, "_parse/markers", "regex.compile('a')"),
        (holds_patterns, "_parse/page", "text.split(',')"),
        (matches_unicode_classes, "_parse/markers", "'''[0-9]+  # not \\\\d\n'''"),
        (matches_unicode_classes, "_parse/markers", "def f():\n    r'''Not \\d.'''"),
        (imports_ftfy, "damage/_ftfy", "class A:\n    def f(self):\n        from ftfy import fix_text"),
        (imports_root, "cli/__init__", "from postdump import merge"),
        (imports_root, "_parse/page", "from postdump.models import Post"),
        (imports_root, "_parse/page", "from postdump import models"),
    ],
)
def test_lets_pass(banned, module, source):
    assert not banned(ast.parse(source), module)
