# SPDX-License-Identifier: MIT
"""The public names: a name more or less is a change that users feel."""

import inspect
import pickle
from importlib import import_module
from pathlib import Path

import pytest

import postdump
from postdump.damage import Candidates
from postdump.models import Span

FUNCTIONS = {
    "dedupe", "detect_damage", "from_json", "group", "iter_posts", "merge", "parse", "parse_stats", "read",
    "repair", "rows", "threads", "to_dict", "to_json", "tokenize",
}  # fmt: skip
TYPES = {
    "Basis", "C1Policy", "Card", "Conflict", "Damage", "Detection", "Diagnostic", "Dump", "Evidence",
    "Layout", "Line", "Observation", "Post", "Profile", "Reading", "Repair", "Repaired", "Role", "Span",
    "Stats", "Timeline", "Token", "TokenKind",
}  # fmt: skip
ERRORS = {"DumpErrors", "FormatError", "LayoutError", "PostdumpError", "ReadError", "StatsError"}
NAMES = sorted(FUNCTIONS | TYPES | ERRORS)


def test_all():
    assert postdump.__all__ == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_shows_an_example(name):
    assert ">>> " in (getattr(postdump, name).__doc__ or "")


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_options_are_keyword_only(name):
    parameters = inspect.signature(getattr(postdump, name)).parameters.values()
    assert {p.kind for p in parameters if p.default is not p.empty} <= {inspect.Parameter.KEYWORD_ONLY}


@pytest.mark.parametrize("name", sorted(TYPES | ERRORS))
def test_types_name_a_public_module(name):
    module = getattr(postdump, name).__module__.removeprefix("postdump.")
    assert module in {"damage", "errors", "layouts", "models"}


@pytest.mark.parametrize(
    ("made", "module"),
    [(Span(start=1, end=2), "postdump.models"), (Candidates(bounds=(1, 2)), "postdump.damage")],
)
def test_pickles_name_the_public_module(made, module):
    assert type(made).__module__ == module
    written = pickle.dumps(made)
    assert module.encode() in written
    assert b"postdump._" not in written
    assert pickle.loads(written) == made
    assert getattr(import_module(module), type(made).__name__) is type(made)


def test_reference_lists_every_function():
    page = (Path(__file__).parent.parent / "docs" / "reference.md").read_text("utf-8")
    assert [name for name in sorted(FUNCTIONS) if f".. autofunction:: postdump.{name}\n" not in page] == []
