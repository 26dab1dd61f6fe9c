# SPDX-License-Identifier: MIT
"""What `import postdump` brings along, and which postdump this suite tests."""

import os
import subprocess
import sys
from pathlib import Path

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
