# SPDX-License-Identifier: MIT
"""What `import postdump` brings along, and which postdump this suite tests."""

import importlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import postdump

HEAVY = {"cattrs", "click", "ftfy", "hypothesis", "pandas", "rich"}


def test_imports_nothing_heavy():
    code = "import sys, postdump; print(*{name.partition('.')[0] for name in sys.modules})"
    shown = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert HEAVY.isdisjoint(shown.stdout.split())


def test_is_the_installed_one():
    """The build session names the folder of the wheel that it installed."""
    found = Path(postdump.__file__).resolve()
    assert found.is_relative_to(os.environ.get("POSTDUMP_INSTALLED_IN", found.anchor))


def test_names_are_listed_before_they_are_imported():
    assert set(postdump.__all__) <= set(dir(postdump))


@pytest.mark.parametrize(("module", "extra", "missing"), [("strategies", "hypothesis", "hypothesis")])
def test_a_missing_extra_says_what_to_install(monkeypatch, module, extra, missing):
    for name in [name for name in sys.modules if name.split(".")[0] == missing]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setitem(sys.modules, missing, None)
    monkeypatch.delitem(sys.modules, f"postdump.{module}", raising=False)
    with pytest.raises(ImportError, match=re.escape(f"pip install 'postdump[{extra}]'")):
        importlib.import_module(f"postdump.{module}")
