# SPDX-License-Identifier: MIT
"""Files are written whole or not at all, whatever fails and whenever."""

import errno
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from postdump._io import write as _write
from postdump._io.write import write_text

OLD = b"old\n"
NEW = "Ahoy — there.\r\n\nLow tide.\n"

posix = pytest.mark.skipif(os.name != "posix", reason="links, modes and pipes as POSIX has them")


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "posts.txt"
    path.write_bytes(OLD)
    return path


@pytest.fixture
def small_writes(monkeypatch):
    monkeypatch.setattr(_write, "_AT_ONCE_BYTES", 4)


def left(path):
    """Return what is in the folder, by name."""
    return {one.name: one.read_bytes() for one in path.parent.iterdir()}


def test_replaces_a_file(path):
    write_text(path, NEW)
    assert left(path) == {"posts.txt": NEW.encode()}


def test_makes_a_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_text("posts.txt", NEW)
    assert left(Path.cwd() / "posts.txt") == {"posts.txt": NEW.encode()}


@pytest.mark.parametrize("text", ["", "\r", "\x00\x1a\x85\u2028", "👍" * 500])
def test_writes_what_it_is_given(path, small_writes, text):
    write_text(path, text)
    assert left(path) == {"posts.txt": text.encode()}


def test_writes_what_is_left_after_half_a_write(path, monkeypatch):
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:3]))
    write_text(path, NEW)
    assert left(path) == {"posts.txt": NEW.encode()}


# Whatever fails.

FAILURES = [OSError(errno.ENOSPC, "no space left"), KeyboardInterrupt(), MemoryError(), SystemExit(1)]
WRITES = -(-len(NEW.encode()) // 4)
CALLS = [*(("write", turn) for turn in range(WRITES)), ("open", 0), ("fsync", 0), ("replace", 0)]


def failing(call, turn, failure):
    """Return `call`, which fails when it is called for the `turn`-th time; a write has written by then."""
    turns = iter(range(turn + 1))

    def called(*args, **kwargs):
        if next(turns) < turn:
            return call(*args, **kwargs)
        if call is os.write:
            call(args[0], args[1][:2])
        raise failure

    return called


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: type(failure).__name__)
@pytest.mark.parametrize(("call", "turn"), CALLS)
@pytest.mark.parametrize("existed", [True, False])
def test_a_failure_changes_nothing(path, small_writes, monkeypatch, existed, call, turn, failure):
    if not existed:
        path.unlink()
    before = left(path)
    with monkeypatch.context() as patched:
        patched.setattr(os, call, failing(getattr(os, call), turn, failure))
        with pytest.raises(type(failure)) as caught:
            write_text(path, NEW)
    assert caught.value is failure
    assert left(path) == before


def test_every_write_was_made_to_fail(path, small_writes, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(os, "write", failing(os.write, WRITES, OSError()))
        write_text(path, NEW)
    assert left(path) == {"posts.txt": NEW.encode()}


def test_a_failure_to_close_changes_nothing(path, monkeypatch):
    close = os.close

    def closed(descriptor):
        close(descriptor)
        raise OSError(errno.EIO, "disk on fire")

    with monkeypatch.context() as patched:
        patched.setattr(os, "close", closed)
        with pytest.raises(OSError, match="disk on fire"):
            write_text(path, NEW)
    assert left(path) == {"posts.txt": OLD}


def test_it_is_on_the_disk_before_it_is_in_its_place(path, monkeypatch):
    calls = []

    def noted(name, call):
        return lambda *args, **kwargs: calls.append(name) or call(*args, **kwargs)

    for name in ("write", "fsync", "close", "replace"):
        monkeypatch.setattr(os, name, noted(name, getattr(os, name)))
    write_text(path, NEW)
    assert calls == ["write", "fsync", "close", "replace"]


PAUSING = """
import os, signal, sys
from postdump._io.write import write_text

path, name = sys.argv[1:]
call = getattr(os, name)


def pause(*args):
    if call is os_write:
        call(args[0], args[1][:2])
    print(flush=True)
    signal.pause()


os_write = os.write
setattr(os, name, pause)
signal.signal(signal.SIGINT, signal.default_int_handler)  # whatever was inherited
write_text(path, "new")
"""


@posix
@pytest.mark.parametrize("call", ["open", "write", "fsync", "replace"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_process_leaves_a_whole_file(path, call, number):
    """The process pauses in each call in turn, and is interrupted there."""
    process = subprocess.Popen(
        [sys.executable, "-c", PAUSING, str(path), call], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    with process:
        assert process.stdout.read(1) == b"\n"
        process.send_signal(number)
    assert process.returncode == -number
    files = left(path)
    assert files.pop("posts.txt") == OLD
    if number == signal.SIGINT:
        assert files == {}


# What stands there.


def test_lone_surrogates_touch_no_file(path):
    with pytest.raises(UnicodeEncodeError):
        write_text(path, "caf\udce9")
    assert left(path) == {"posts.txt": OLD}


@posix
@pytest.mark.parametrize("target", ["elsewhere/real.txt", "elsewhere/nothing.txt"])
def test_links_are_replaced_and_not_followed(tmp_path, target):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "real.txt").write_bytes(OLD)
    folder = tmp_path / "folder"
    folder.mkdir()
    link = folder / "posts.txt"
    link.symlink_to(tmp_path / target)
    write_text(link, NEW)
    assert not link.is_symlink()
    assert left(link) == {"posts.txt": NEW.encode()}
    assert left(elsewhere / "real.txt") == {"real.txt": OLD}


@posix
def test_hard_links_are_parted(path, tmp_path_factory):
    other = tmp_path_factory.mktemp("other") / "same.txt"
    other.hardlink_to(path)
    write_text(path, NEW)
    assert other.read_bytes() == OLD


@posix
@pytest.mark.parametrize("mask", [0o022, 0o027, 0o077, 0])
@pytest.mark.parametrize("existed", [True, False])
def test_the_mode_is_that_of_a_new_file(path, mask, existed):
    if existed:
        path.chmod(0o755)
    else:
        path.unlink()
    before = os.umask(mask)
    try:
        write_text(path, NEW)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~mask


def test_folders_are_left_alone(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(FileExistsError, match="expected a file, or nothing there yet"):
        write_text(folder, NEW)
    assert list(tmp_path.iterdir()) == [folder]


@posix
@pytest.mark.parametrize("linked", [True, False])
def test_pipes_are_left_alone(tmp_path, linked):
    path = pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    if linked:
        path = tmp_path / "link"
        path.symlink_to(pipe)
    with pytest.raises(FileExistsError) as caught:
        write_text(path, NEW)
    assert caught.value.filename == str(path)
    assert stat.S_ISFIFO(pipe.lstat().st_mode)
    assert len(list(tmp_path.iterdir())) == 1 + linked


@pytest.mark.parametrize("name", ["nowhere/posts.txt", "posts.txt/posts.txt"])
def test_a_folder_that_is_not_there(path, name):
    with pytest.raises((FileNotFoundError, NotADirectoryError)):
        write_text(path.parent / name, NEW)
    assert left(path) == {"posts.txt": OLD}
