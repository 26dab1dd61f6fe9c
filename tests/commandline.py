# SPDX-License-Identifier: MIT
"""How tests run the command line: in this process, or as a program of its own."""

import errno
import io
import os
import subprocess
import sys
import time
from inspect import signature
from pathlib import Path

from click.testing import CliRunner

import postdump
from postdump.cli import main

COMMANDS = ("parse", "merge", "inspect", "repair")
SEEDS = Path(__file__).parent.parent / "seeds"
BOTH = ("seeds/000_628b0fdcf95840e5.txt", "seeds/001_dbca723c20143212.txt")
"""The seeds as they are called from the root of the project."""

NOT_FOUND = os.strerror(errno.ENOENT)
"""What this system says of a file that is not there."""

AHOY = "Ahoy — there.\n03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0\n"


def wait_until(is_true):
    """Wait until a condition holds, however busy the machine is; fail after a minute."""
    end = time.monotonic() + 60
    while not is_true():
        assert time.monotonic() < end
        time.sleep(0.01)


class Terminal(io.StringIO):
    def isatty(self):
        return True


class Program:
    """What CliRunner takes for a command."""

    name = "postdump"

    def main(self, args, prog_name):
        sys.exit(main(args))


# Before click 8.2, standard error came with standard output unless it was told otherwise.
_OPTIONS = {"mix_stderr": False} if "mix_stderr" in signature(CliRunner).parameters else {}


def run(*args, stdin=b"", env=None):
    """Run a command in this process; return exit code, standard output and standard error."""
    made = CliRunner(**_OPTIONS).invoke(Program(), list(args), input=stdin, catch_exceptions=False, env=env)
    return made.exit_code, made.stdout_bytes.decode("utf-8"), made.stderr_bytes.decode("utf-8")


def out(*args, stdin=b""):
    """Run a command that has nothing to say on standard error; return standard output."""
    code, stdout, stderr = run(*args, stdin=stdin)
    assert (code, stderr) == (0, "")
    return stdout


def err(*args, stdin=b""):
    """Run a command that cannot do anything; return standard error."""
    code, stdout, stderr = run(*args, stdin=stdin)
    assert (code, stdout) == (2, "")
    return stderr


def refusal(*args):
    """Run a command whose arguments are refused; return why, which is partly in click's words."""
    command = " ".join(["postdump", *(arg for arg in args[:1] if arg in COMMANDS)])
    said, end = err(*args), f" (see {command} --help)\n"
    assert said.startswith("postdump: ")
    assert said.endswith(end)
    assert said.count("\n") == 1
    return said.removeprefix("postdump: ").removesuffix(end)


INTERRUPTIBLE = """
import runpy, signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # shells let programs in the background ignore it
runpy.run_module("postdump", run_name="__main__")
"""


def command(*args):
    return [sys.executable, "-m", "postdump", *args]


def run_program(*args, shell=None, env=None, **streams):
    """Run a command as a program of its own; `shell` says how, where it must, calling the command `"$@"`."""
    line = command(*args) if shell is None else ["sh", "-c", shell, "sh", *command(*args)]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    if "input" not in streams:
        streams.setdefault("stdin", subprocess.DEVNULL)
    return subprocess.run(line, check=False, timeout=60, env=environment(**(env or {})), **streams)


def environment(**changes):
    """Return an environment in which programs find the library that is tested, wherever they are started."""
    return {**os.environ, "PYTHONPATH": str(Path(postdump.__file__).parents[1]), **changes}
