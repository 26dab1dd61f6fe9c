# SPDX-License-Identifier: MIT
"""What becomes of output where nobody reads it, where it does not fit, and on a terminal."""

import errno
import io
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from commandline import (
    AHOY,
    BOTH,
    INTERRUPTIBLE,
    NOT_FOUND,
    SEEDS,
    Terminal,
    command,
    environment,
    run,
    run_program,
    wait_until,
)

from postdump import parse, to_json
from postdump.cli import _progress, main
from postdump.cli._progress import Progress
from postdump.cli._streams import CommandError, print_error, write_output

posix = pytest.mark.skipif(os.name != "posix", reason="descriptors, signals and devices as POSIX has them")
full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")


@pytest.fixture(autouse=True)
def beside_seeds(monkeypatch):
    monkeypatch.chdir(SEEDS.parent)


# Programs of their own.


def test_prints():
    made = run_program("parse", "-", "--format", "json", input=AHOY.encode())
    assert (made.returncode, made.stderr) == (0, b"")
    assert made.stdout.decode() == to_json(parse(AHOY, name="-")) + "\n"


@posix
@pytest.mark.parametrize("args", [("merge", *BOTH), ("--help",)])
def test_closed_output(args):
    made = run_program(*args, shell='"$@" >&-')
    assert (made.returncode, made.stderr) == (2, b"postdump: cannot write to standard output: it is closed\n")


@posix
def test_closed_input():
    made = run_program("parse", "-", shell='"$@" <&-')
    assert (made.returncode, made.stdout) == (2, b"")
    assert made.stderr == b"postdump: cannot read standard input: it is closed\n"


@posix
def test_closed_errors():
    made = run_program("parse", "no.txt", shell='"$@" 2>&-')
    assert (made.returncode, made.stdout) == (2, b"")


@posix
def test_a_closed_output_is_no_matter_to_files(tmp_path):
    made = run_program("merge", *BOTH, "-o", str(tmp_path / "out"), shell='"$@" >&-')
    assert (made.returncode, made.stderr) == (0, b"")
    assert (tmp_path / "out").read_text("utf-8") == run("merge", *BOTH)[1]


@full
@pytest.mark.parametrize("form", ["text", "csv"])
def test_full_output(form):
    with Path("/dev/full").open("wb") as device:
        made = run_program("merge", *BOTH, "--format", form, stdout=device)
    said = b"postdump: cannot write to standard output: No space left on device\n"
    assert (made.returncode, made.stderr) == (2, said)


@full
def test_full_help():
    with Path("/dev/full").open("wb") as device:
        made = run_program("--help", stdout=device)
    said = b"postdump: cannot write to standard output: No space left on device\n"
    assert (made.returncode, made.stderr) == (2, said)


@full
def test_full_errors():
    with Path("/dev/full").open("wb") as device:
        made = run_program("parse", "no.txt", stderr=device)
    assert (made.returncode, made.stdout) == (2, b"")


@posix
@pytest.mark.parametrize("args", [("merge", *BOTH), ("--help",)])
def test_nobody_reads(args):
    reader, writer = os.pipe()
    os.close(reader)
    made = run_program(*args, stdout=writer)
    os.close(writer)
    assert (made.returncode, made.stderr) == (141, b"")


@posix
def test_somebody_reads_the_beginning(tmp_path):
    """A pipe holds some 64 KiB: the program is still writing when its reader leaves."""
    page = tmp_path / "page.txt"
    page.write_text(AHOY * 20_000, "utf-8")
    writing = subprocess.Popen(
        command("parse", str(page)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    )
    assert writing.stdout.readline().startswith(b"2026-02-03")
    writing.stdout.close()
    assert (writing.wait(timeout=60), writing.stderr.read()) == (141, b"")
    writing.stderr.close()


@posix
def test_a_pipe_that_does_not_block():
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    writing = subprocess.Popen(
        command("merge", *BOTH, "--format", "json"), stdout=writer, stderr=subprocess.PIPE, env=environment()
    )
    wait_until(lambda: not select.select([], [writer], [], 0)[1])  # the pipe is full
    os.close(writer)
    with open(reader, "rb") as pipe:  # noqa: PTH123
        assert json.loads(pipe.read())["type"] == "timeline"
    assert (writing.wait(timeout=60), writing.stderr.read()) == (0, b"")
    writing.stderr.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""},
    ],
)
def test_ascii(tmp_path, env):
    page = tmp_path / "page.txt"
    page.write_text(AHOY + "👍 Torn.\n03.02.2026 17:04 — 👍 4 🔁 x\n", "utf-8")
    made = run_program("parse", str(page), env=env)
    assert (made.returncode, made.stderr) == (0, b"")
    assert b"  Ahoy \\u2014 there.\n" in made.stdout
    made = run_program("inspect", str(page), env=env)
    assert (made.returncode, made.stderr) == (0, b"")
    assert b"\\U0001f44d" in made.stdout
    made = run_program("parse", "no — such.txt", env=env)
    assert made.returncode == 2
    assert made.stderr.startswith(b"postdump: cannot read no ")
    made = run_program("repair", str(page), env=env)
    assert b"postdump: what standard output cannot show is escaped there; " in made.stderr
    made = run_program("parse", str(page), "--format", "csv", env=env)
    assert (made.returncode, made.stdout.decode()) == run("parse", str(page), "--format", "csv")[:2]


def test_wide_encodings():
    env = {"PYTHONIOENCODING": "utf-16", "PYTHONUTF8": "0"}
    made = run_program("merge", *BOTH, env=env)
    assert made.stdout.decode("utf-16") == run("merge", *BOTH)[1]


@posix
def test_interrupted(tmp_path):
    """Reading a pipe that nobody writes to, the program is where it can be interrupted for certain."""
    pipe, old = tmp_path / "pipe", tmp_path / "old"
    os.mkfifo(pipe)
    old.write_text("old", "utf-8")
    waiting = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTIBLE, "merge", BOTH[0], str(pipe), "-o", str(old)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    with pipe.open("wb"):  # waits for the program
        time.sleep(0.5)  # until it reads: within a callback, Python would print the interrupt and go on
        waiting.send_signal(signal.SIGINT)
        assert waiting.communicate(timeout=60) == (b"", b"")
    assert waiting.returncode == 130
    assert old.read_text("utf-8") == "old"
    assert sorted(tmp_path.iterdir()) == [old, pipe]


@posix
def test_interrupted_while_writing(tmp_path, monkeypatch):
    def interrupt(descriptor):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    assert main(["parse", BOTH[0], "-o", str(tmp_path / "out")]) == 130
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere this limit limits nothing, or too much")
def test_a_huge_file(tmp_path):
    page = tmp_path / "page.txt"
    with page.open("wb") as file:
        file.truncate(1 << 33)
    made = run_program("parse", str(page), shell='ulimit -v 4000000; exec "$@"')
    said = f"postdump: cannot read {page}: it takes more memory than there is\n"
    assert (made.returncode, made.stdout, made.stderr.decode()) == (2, b"", said)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere such names do not exist")
def test_names_that_are_no_text(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    name = os.fsdecode(b"\x1b[2J\xe9\n\xe2\x80\xae.txt")
    Path(name).write_text(AHOY, "utf-8")
    made = run_program("inspect", name, name)
    assert made.returncode == 0
    assert made.stdout.startswith(rb"==> \x1b[2J\udce9\n\u202e.txt <==" + b"\n")
    assert made.stderr == rb"postdump: \x1b[2J\udce9\n\u202e.txt: given 2 times, read once" + b"\n"
    made = run_program("parse", name, "--format", "json", "-o", name)
    assert (made.returncode, made.stderr) == (0, b"")
    assert json.loads(Path(name).read_text("utf-8"))["value"]["name"] == name


# Terminals.

PATIENT = """
import sys
from postdump.cli import _progress, main
_progress.PATIENCE = 1000.0  # a busy machine takes longer than a person likes to wait without a word
sys.exit(main())
"""


def on_terminal(*args, **env):
    """Run a program on a terminal; return its exit code and what the terminal got."""
    master, slave = os.openpty()
    env = environment(**{"TERM": "xterm-256color", "COLUMNS": "60", "LINES": "24"} | env)
    env.pop("NO_COLOR", None)
    line = [sys.executable, "-c", PATIENT, *args]
    running = subprocess.Popen(line, stdin=subprocess.DEVNULL, stdout=slave, stderr=slave, env=env)
    os.close(slave)
    got = b""
    while True:
        try:
            more = os.read(master, 1 << 16)
        except OSError:  # nobody writes any more
            more = b""
        if not more:
            break
        got += more
    os.close(master)
    return running.wait(timeout=60), got.decode("utf-8").replace("\r\n", "\n")


@posix
def test_on_a_terminal(tmp_path):
    page = tmp_path / "page.txt"
    page.write_text(
        "Low tide is at nine, so bring a lamp to the quay, \x1b[2J and boots.\n\nYes.\n" + AHOY, "utf-8"
    )
    code, got = on_terminal("parse", str(page))
    assert code == 0
    assert got == (
        "\x1b[1m2026-02-03 17:04  4 likes, 3 reposts, 0 replies, 0 quotes\x1b[0m\n"
        "  Low tide is at nine, so bring a lamp to the quay, \\x1b[2J\n"
        "  and boots.\n"
        "\n"
        "  Yes.\n"
        "  Ahoy — there.\n"
        "\n"
        "\x1b[1m1 post; no damage seen; 0 lines unclaimed; no problems\x1b[0m\n"
    )


@posix
def test_labels_on_a_terminal(tmp_path):
    page = tmp_path / "page.txt"
    page.write_text(AHOY, "utf-8")
    code, got = on_terminal("inspect", str(page), COLUMNS="40")
    assert code == 0
    assert "\nposts      1, dated from 2026-02-03\n           17:04 to 2026-02-03 17:04\n" in got


@posix
@pytest.mark.parametrize("form", ["json", "csv"])
def test_other_forms_on_a_terminal(tmp_path, form):
    page = tmp_path / "page.txt"
    page.write_text("a\x1b\x7f\u202eb\x85\n" + AHOY, "utf-8")
    code, got = on_terminal("parse", str(page), "--format", form)
    assert code == 0
    assert got.isprintable() is False
    assert got.replace("\n", "").isprintable()


@posix
def test_a_terminal_that_knows_no_utf_8():
    code, got = on_terminal("merge", *BOTH, PYTHONIOENCODING="ascii")
    assert code == 0
    assert r"paper in ML \u2013" in got.replace("\n  ", "")


def test_terminals_in_this_process(terminal, tmp_path):
    stdout, stderr = terminal("stdout"), terminal("stderr")
    page = tmp_path / "page.txt"
    page.write_text("a\n\nb\n" + AHOY, "utf-8")
    assert main(["parse", str(page)]) == 0
    assert "0 quotes\x1b[0m\n  a\n\n  b\n  Ahoy — there.\n" in stdout.getvalue()
    assert main(["merge", str(page)]) == 0
    assert "\x1b[1m1 post from 1 dump; " in stdout.getvalue()
    assert main(["inspect", str(page), "--format", "csv"]) == 0
    assert ",layouts,damage,evidence," in stdout.getvalue()
    assert stderr.getvalue() == ""


# Streams put in the place of the real ones.


def test_streams_of_characters(monkeypatch):
    streams = io.StringIO(), io.StringIO()
    monkeypatch.setattr(sys, "stdout", streams[0])
    monkeypatch.setattr(sys, "stderr", streams[1])
    assert main(["parse", "no.txt", BOTH[0]]) == 2
    assert streams[0].getvalue().endswith("; no problems\n")
    assert streams[1].getvalue() == f"postdump: cannot read no.txt: {NOT_FOUND}\n"
    assert main(["repair", BOTH[0]]) == 0


def test_no_input(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", None)
    assert main(["parse", "-"]) == 2
    assert capsys.readouterr().err == "postdump: cannot read standard input: it is closed\n"


def test_no_streams(monkeypatch):
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    print_error("Nobody hears.")
    with pytest.raises(CommandError, match="it is closed"):
        write_output(["Nobody reads."])
    assert main(["merge", *BOTH]) == 2


class Stream(io.TextIOWrapper):
    """A stream that takes a few bytes at a time, then fails."""

    def __init__(self, *takes):
        super().__init__(io.BytesIO(), encoding="utf-8")
        self.takes = list(takes)
        self.got = b""

    @property
    def buffer(self):
        return self

    def write(self, data):
        take = self.takes.pop(0)
        if isinstance(take, Exception):
            raise take
        if take is not None:
            self.got += bytes(data[:take])
        return take


def test_writes_what_is_left(monkeypatch):
    monkeypatch.setattr(sys, "stdout", Stream(3, None, 2, 100))
    monkeypatch.setattr("select.select", lambda *args: args)
    write_output(["Ahoy — ", "there."])
    assert sys.stdout.got.decode() == "Ahoy — there."


def test_writes_large_blocks(monkeypatch):
    monkeypatch.setattr(sys, "stdout", Stream(1 << 20, 1 << 20))
    write_output(["a" * 40_000, "b" * 40_000, "c"])
    assert sys.stdout.got == b"a" * 40_000 + b"b" * 40_000 + b"c"


def test_errors_of_streams(monkeypatch):
    monkeypatch.setattr(sys, "stdout", Stream(OSError(errno.ENOSPC, "Disk full")))
    with pytest.raises(CommandError, match="standard output: Disk full"):
        write_output(["Ahoy."])
    monkeypatch.setattr(sys, "stdout", Stream(BrokenPipeError()))
    with pytest.raises(BrokenPipeError):
        write_output(["Ahoy."])
    monkeypatch.setattr(sys, "stdout", Stream(BrokenPipeError()))
    assert main(["--help"]) == 141
    monkeypatch.setattr(sys, "stderr", Stream(OSError(errno.ENOSPC, "Disk full")))
    print_error("Nobody hears.")


def test_memory_runs_out(monkeypatch, capsys):
    def fail(*args, **options):
        raise MemoryError

    monkeypatch.setattr("postdump.merge", fail)
    assert main(["merge", *BOTH]) == 2
    assert capsys.readouterr().err == "postdump: expected more memory than there is\n"


# Progress.


@pytest.fixture
def terminal(monkeypatch):
    """Return a function that puts a terminal in the place of a stream; pytest would undo it in a fixture."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "60")
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)

    def replace(name):
        monkeypatch.setattr(sys, name, Terminal())
        return getattr(sys, name)

    return replace


def wait_for(word, stream):
    wait_until(lambda: word in stream.getvalue())


def drawing_threads():
    return [thread for thread in threading.enumerate() if type(thread).__module__ == "rich.live"]


def test_long_work_shows_itself(terminal, monkeypatch):
    monkeypatch.setattr(_progress, "PATIENCE", 0)
    stderr = terminal("stderr")
    with Progress(3) as progress:
        wait_for("reading", stderr)
        progress.advance()
        wait_for("1/3", stderr)
        progress.describe("merging")
        wait_for("merging", stderr)
        with progress.hide():
            size = len(stderr.getvalue())
            wait_until(lambda: drawing_threads() == [])
            progress._bar.refresh()
            assert len(stderr.getvalue()) == size
        assert len(drawing_threads()) == 1
        progress.describe("merging on")
        wait_for("merging on", stderr)
        progress.stop()
        size = len(stderr.getvalue())
        progress.advance()
        progress.describe("writing")
        wait_until(lambda: drawing_threads() == [])
    assert len(stderr.getvalue()) == size


def test_short_work_does_not(terminal):
    stderr = terminal("stderr")
    with Progress(3) as progress:
        progress.advance()
    assert stderr.getvalue() == ""
    assert main(["merge", *BOTH, "--strict"]) == 1
    assert stderr.getvalue() == "postdump: --strict: 1 problem\n"


def test_nor_does_long_work_where_nobody_looks(monkeypatch, capsys):
    monkeypatch.setattr(_progress, "PATIENCE", 0)
    with Progress(3) as progress:
        progress.advance()
        progress.describe("merging")
        assert (progress._bar, progress._timer) == (None, None)
    monkeypatch.setattr(sys, "stderr", None)
    with Progress(3) as progress:
        progress.advance()
    assert capsys.readouterr().err == ""
