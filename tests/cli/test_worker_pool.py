# SPDX-License-Identifier: MIT
"""Files shared out to workers: the same output, whatever happens to the workers."""

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from commandline import (
    AHOY,
    INTERRUPTIBLE,
    NOT_FOUND,
    Terminal,
    command,
    environment,
    err,
    out,
    refusal,
    run,
    run_program,
    wait_until,
)

from postdump.cli import _worker_pool, main
from postdump.cli._inputs import FileResult
from postdump.cli._options import Options
from postdump.cli._streams import CommandError
from postdump.cli._worker_pool import Batch, WorkerPool, make_batches
from postdump.cli._worker_process import READY, encode_answer, encode_options, read_answer, serve
from postdump.cli._worker_process import main as serve_parent
from postdump.layouts import FLAT

pytestmark = [pytest.mark.slow, pytest.mark.processes]

posix = pytest.mark.skipif(os.name != "posix", reason="signals and pipes as POSIX has them")
linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere such names do not exist")

TORN = AHOY + "Low tide.\n03.02.2026 17:04 — 👍 4 🔁 💬 0 📌 0\n"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write_pages(count):
    """Write pages that differ, in words and in size, and return what they are called."""
    names = [f"page-{number:02}.txt" for number in range(count)]
    for number, name in enumerate(names):
        Path(name).write_text(AHOY.replace("Ahoy", f"Ahoy {number}") * (number % 5 + 1), "utf-8")
    return names


@pytest.fixture
def trouble():
    """All that may be given, in an order in which much can go wrong."""
    pages = write_pages(9)
    Path("torn.txt").write_text(TORN, "utf-8")
    Path("bio.txt").write_text('=Just a "bio", two\r\nlines\u2028.\n', "utf-8")
    Path("latin.txt").write_bytes(b"caf\xe9")
    Path("empty.txt").touch()
    Path("folder").mkdir()
    return [
        *("no.txt", *pages[:2], pages[0], "bio.txt", "latin.txt", "-", "empty.txt", "torn.txt"),
        *("a\0b", *pages[2:], "folder", "nor\x1b.txt", "torn.txt"),
    ]


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "csv"])
@pytest.mark.parametrize("name", ["parse", "inspect"])
def test_same_output(trouble, name, form):
    args = (name, *trouble, "--format", form, "--strict")
    one = run(*args, stdin=AHOY.encode())
    assert one == run(*args, "--jobs", "2", stdin=AHOY.encode())
    assert (one[0], one[2].count("\n")) == (2, 7)


@pytest.mark.parametrize("jobs", ["0", "3"])
def test_same_output_of_any_number(trouble, jobs):
    args = ("parse", *trouble, "--format", "csv", "--no-guard")
    assert run(*args) == run(*args, "--jobs", jobs)


def test_keeps_the_order():
    pages = write_pages(130)
    args = ("parse", *reversed(pages), "--format", "jsonl")
    lines = [json.loads(line) for line in out(*args, "--jobs", "2").split("\n")[:-1]]
    assert list(dict.fromkeys((line["page"], line["dump"]) for line in lines)) == list(
        enumerate(reversed(pages))
    )
    assert out(*args, "--jobs", "2") == out(*args)


def test_minds_problems(trouble):
    args = ("inspect", "torn.txt", "page-00.txt", "bio.txt", "--strict")
    one = run(*args)
    assert one == run(*args, "--jobs", "2")
    assert (one[0], one[2]) == (1, "postdump: --strict: 2 problems\n")


def test_tells_workers_all_that_is_asked():
    pages = write_pages(2)
    Path("latin.txt").write_bytes(b"=caf\xe9\n")
    args = ("inspect", *pages, "latin.txt", "--layout", "flat", "--encoding", "latin-1")
    args += ("--captured-at", "2026-02-03T17:04+02:00")
    assert out(*args, "--jobs", "2") == out(*args)
    assert "captured   2026-02-03 15:04" in out(*args)


def test_writes_files():
    pages = write_pages(3)
    assert out("parse", *pages, "--format", "json", "--jobs", "2", "-o", "out") == ""
    assert Path("out").read_bytes().decode() == out("parse", *pages, "--format", "json")


def test_leaves_an_old_file_alone():
    Path("out").write_text("old", "utf-8")
    assert err("parse", "no.txt", "nor.txt", "-o", "out", "--jobs", "2").count("\n") == 2
    assert Path("out").read_text("utf-8") == "old"


def test_one_file_needs_no_worker(monkeypatch):
    monkeypatch.setattr(sys, "executable", "no such program")
    write_pages(1)
    assert out("parse", "page-00.txt", "--jobs", "2") == out("parse", "page-00.txt")
    code, stdout, _ = run("parse", "page-00.txt", "page-00.txt", "--jobs", "2", "--format", "json")
    assert (code, len(json.loads(stdout))) == (0, 1)


def test_nor_does_a_terminal(monkeypatch):
    pages = write_pages(2)
    monkeypatch.setattr(sys, "executable", "no such program")
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert main(["parse", *pages, "--jobs", "2"]) == 0
    assert "==> page-01.txt <==" in sys.stdout.getvalue()


@pytest.mark.parametrize("given", ["-1", "257", "two"])
def test_numbers_that_are_none(given):
    problem = f"Invalid value for '--jobs': expected a number from 0 to 256, got '{given}'"
    assert problem in refusal("parse", "page.txt", "--jobs", given)


@pytest.mark.parametrize("name", ["merge", "repair"])
def test_what_cannot_be_shared(name):
    assert "--jobs" in refusal(name, "page.txt", "--jobs", "2")


@posix
def test_pipes_are_read_here():
    """What the shell calls `<(...)` is nothing to another process."""
    pages = write_pages(2)
    reader, writer = os.pipe()
    os.write(writer, AHOY.encode())
    os.close(writer)
    try:
        assert AHOY[:12] in out("parse", pages[0], f"/dev/fd/{reader}", pages[1], "--jobs", "2")
    finally:
        os.close(reader)


@linux
def test_names_that_are_no_text():
    name = os.fsdecode(b"\x1b[2J\xe9\n\xe2\x80\xae.txt")
    Path(name).write_text(AHOY, "utf-8")
    for form in ("text", "json", "csv"):
        args = ("parse", name, name + "no", "--format", form)
        assert run(*args, "--jobs", "2") == run(*args)


def test_imports_no_more_than_is_needed():
    code = "import sys, postdump.cli; print('subprocess' in sys.modules or 'concurrent' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], check=True, env=environment(), capture_output=True)
    assert shown.stdout.split() == [b"False"]


# Batches.


def files_of(sizes):
    for name, size in sizes.items():
        with Path(name).open("wb") as file:
            file.truncate(size)
    return list(sizes)


def test_few_files_are_shared():
    names = files_of(dict.fromkeys("abcdef", 10))
    assert list(make_batches(names, 2)) == [Batch((name,)) for name in names]


def test_many_files_go_out_in_batches():
    names = files_of({f"{n:03}": 10 for n in range(120)})
    assert [len(batch.files) for batch in make_batches(names, 2)] == [15] * 8
    more = [f"no {n}" for n in range(1000)]
    assert [len(batch.files) for batch in make_batches(more, 2)] == [50] * 20


def test_large_files_go_out_alone():
    names = files_of({"a": 1, "b": 1, "large": 8000, "c": 1, **dict.fromkeys("defghijk", 1)})
    assert [batch.files for batch in make_batches(names, 1)][:4] == [
        ("a", "b"),
        ("large",),
        ("c", "d", "e"),
        ("f", "g", "h"),
    ]


def test_what_others_cannot_read_stays_here():
    names = ["a", "-", "/dev/stdin", "b", "/proc/self/fd/0", "c"]
    own = [batch.files for batch in make_batches(names, 1) if batch.is_own]
    assert own == [("-",), ("/dev/stdin",), ("/proc/self/fd/0",)]
    assert [name for batch in make_batches(names, 1) for name in batch.files] == names


@posix
def test_pipes_stay_here():
    os.mkfifo("pipe")
    assert list(make_batches(["a", "pipe"], 1)) == [Batch(("a",)), Batch(("pipe",), is_own=True)]


# A worker, in this process.

PIECES = ["Ahoy — there.\n", "", "\ud800 \U0001f44d\r\n"]


def test_an_answer_is_what_was_made():
    for outcome in (FileResult(PIECES, 3), FileResult([]), FileResult(["a"])):
        assert read_answer(io.BytesIO(encode_answer(outcome))) == outcome
    assert (
        str(read_answer(io.BytesIO(encode_answer(CommandError("cannot read \udce9")))))
        == "cannot read \udce9"
    )


def test_half_an_answer_is_none():
    whole = encode_answer(FileResult(PIECES))
    assert read_answer(io.BytesIO(whole)) is not None
    assert not any(read_answer(io.BytesIO(whole[:size])) for size in range(len(whole)))


def served(options, *requests):
    """Return what a worker answers, but for the piece of what it was asked."""
    answers = io.BytesIO()
    lines = [encode_options(options), *(json.dumps(files).encode() + b"\n" for files in requests)]
    serve(io.BytesIO(b"".join(lines)), answers)
    answers.seek(0)
    assert answers.readline() == READY
    return [read_answer(answers) for files in requests for _ in files]


def test_serves():
    pages = write_pages(3)
    Path("torn.txt").write_text(TORN, "utf-8")
    options = Options(files=(), form="jsonl", strict=True)
    first, second, third, torn = served(options, pages[:2], [], [pages[2], "torn.txt"])
    assert [json.loads(line)["post"] for line in second.value] == [0, 1]
    assert [one.problems for one in (first, second, third, torn)] == [0, 0, 0, 1]
    (trouble,) = served(options, ["no.txt"])
    assert str(trouble) == f"cannot read no.txt: {NOT_FOUND}"
    (text,) = served(Options(files=(), layout=FLAT), pages[:1])
    assert text.value[0].startswith("==> page-00.txt <==\n")
    assert len(text.value) == 1


def test_a_worker_without_memory_says_so(monkeypatch):
    def fail(*args, **options):
        raise MemoryError

    monkeypatch.setattr("postdump.cli._worker_process.page_output", fail)
    write_pages(1)
    (outcome,) = served(Options(files=()), ["page-00.txt"])
    assert str(outcome) == "cannot read page-00.txt: it takes more memory than there is"


class Pipe(io.RawIOBase):
    """A pipe that takes some bytes at a time, and none after so many."""

    def __init__(self, takes):
        self.got, self.takes = b"", takes

    def writable(self):
        return True

    def write(self, data):
        if len(self.got) >= self.takes:
            raise BrokenPipeError
        self.got += bytes(data[:7])
        return min(7, len(data))


@pytest.mark.parametrize("takes", [0, 50, 1 << 20])
def test_ends_with_its_parent(monkeypatch, takes):
    (name,) = write_pages(1)
    options = Options(files=(), form="json")
    requests = encode_options(options) + json.dumps([name]).encode() + b"\n"
    pipe = Pipe(takes)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(requests)))
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BufferedWriter(pipe)))
    serve_parent()
    assert takes <= len(pipe.got) < takes + 7 or takes == 1 << 20
    assert pipe.got.endswith(b"}") == (takes == 1 << 20)
    monkeypatch.undo()


# Workers that die.

FATAL = """
import os, signal, sys, time
sys.path[:] = sys.argv[1:]
from postdump.cli import _worker_process

make_one = _worker_process.convert_file


def make_or_die(file, asked, make):
    if "fatal" in file:
        os.kill(os.getpid(), signal.SIGKILL)
    if "once" in file:
        try:
            os.mkdir(file + ".died")
        except FileExistsError:
            pass
        else:
            os._exit(3)
    if "exits" in file:
        os._exit(3)
    if "slow" in file or "orphaned" in file:
        parent = os.getppid()
        os.mkdir("begun")
        while "slow" in file or os.getppid() == parent:
            time.sleep(0.01)
    return make_one(file, asked, make)


_worker_process.convert_file = make_or_die
_worker_process.main()
"""


@pytest.fixture
def mortal(monkeypatch):
    monkeypatch.setattr(_worker_pool, "_START", FATAL)


@posix
@pytest.mark.parametrize("at", [0, 40, 70])
def test_names_the_file_at_which_workers_die(mortal, at):
    names = write_pages(70)
    given = [*names[:at], "fatal\x1b.txt", *names[at:]]
    code, stdout, stderr = run("parse", *given, "--format", "csv", "--jobs", "2")
    assert (code, stdout) == (2, out("parse", *names, "--format", "csv"))
    assert stderr == (
        r"postdump: cannot read fatal\x1b.txt: the worker that read it was killed by signal 9" + "\n"
    )


@posix
def test_names_all_of_them(mortal):
    names = write_pages(3)
    given = ["fatal 1", names[0], "no.txt", "exits", "fatal 2", *names[1:], "fatal 3"]
    for name in given:
        Path(name).touch()
    Path("no.txt").unlink()
    code, stdout, stderr = run("parse", *given, "--jobs", "2")
    assert (code, stdout) == (2, out("parse", *names))
    assert stderr == (
        "postdump: cannot read fatal 1: the worker that read it was killed by signal 9\n"
        f"postdump: cannot read no.txt: {NOT_FOUND}\n"
        "postdump: cannot read exits: the worker that read it ended with exit code 3\n"
        "postdump: cannot read fatal 2: the worker that read it was killed by signal 9\n"
        "postdump: cannot read fatal 3: the worker that read it was killed by signal 9\n"
    )


def test_another_worker_may_do_better(mortal):
    names = write_pages(3)
    for name in ("once 1", "once 2"):
        Path(name).write_text(AHOY, "utf-8")
    given = [names[0], "once 1", "once 2", *names[1:]]
    assert out("parse", *given, "--jobs", "2") == out("parse", *given)


@posix
@pytest.mark.parametrize(
    ("program", "start", "said"),
    [
        ("no such program", "", NOT_FOUND),
        (sys.executable, "raise SystemExit(3)", "it ended with exit code 3"),
    ],
)
def test_says_that_no_worker_can_be_started(monkeypatch, program, start, said):
    monkeypatch.setattr(sys, "executable", program)
    monkeypatch.setattr(_worker_pool, "_START", start)
    assert err("parse", *write_pages(3), "--jobs", "2") == f"postdump: cannot start a worker: {said}\n"


def test_nothing_is_left_over():
    names = write_pages(3)
    with WorkerPool(Options(files=(*names, "no.txt", names[0]), jobs=2)) as workers:
        assert [isinstance(one, CommandError) for one in workers.results()] == [False, False, False, True]


def test_starts_no_worker_after_the_end():
    with WorkerPool(Options(files=(), jobs=2)) as workers:
        pass
    with pytest.raises(CommandError, match="interrupted"):
        workers._take_worker()


# Workers that are not needed any more. They share their parent's standard error, which ends with the last.


@posix
def test_nobody_reads():
    pages = write_pages(200)
    reader, writer = os.pipe()
    os.close(reader)
    made = run_program("parse", *pages, "--jobs", "2", stdout=writer)
    os.close(writer)
    assert (made.returncode, made.stderr) == (141, b"")


@posix
def test_somebody_reads_the_beginning():
    pages = write_pages(200)
    line = command("parse", *pages, "--format", "json", "--jobs", "2")
    writing = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
    assert writing.stdout.readline() == b"[\n"
    writing.stdout.close()
    assert (writing.stderr.read(), writing.wait(timeout=60)) == (b"", 141)
    writing.stderr.close()


@posix
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_ends_at_once(end):
    """An interrupted parent ends a worker that is busy. The worker of a killed parent ends after its file."""
    pages = write_pages(10)
    Path("old").write_text("old", "utf-8")
    name = "slow" if end == signal.SIGINT else "orphaned"
    Path(name).write_text(AHOY, "utf-8")
    program = f"from postdump.cli import _worker_pool\n_worker_pool._START = {FATAL!r}\n{INTERRUPTIBLE}"
    waiting = subprocess.Popen(
        [sys.executable, "-c", program, "parse", *pages, name, "--jobs", "2", "-o", "old"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    wait_until(Path("begun").exists)
    waiting.send_signal(end)
    assert waiting.communicate(timeout=60) == (b"", b"")
    assert waiting.returncode == (130 if end == signal.SIGINT else -end)
    assert Path("old").read_text("utf-8") == "old"
