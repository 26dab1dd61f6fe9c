# SPDX-License-Identifier: MIT
"""Write text files: at any moment, the path contains the whole old file or the whole new one."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

__all__ = ["write_text"]


_AT_ONCE_BYTES: Final = 1 << 20
"""Bytes of one system call: few enough to be interrupted soon, enough to cost no time."""

# Without O_BINARY, Windows would change line ends.
_FLAGS: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def write_text(path: str | os.PathLike[str], text: str) -> None:
    r"""
    Write a file completely or not at all, in UTF-8, without changing line ends.

    A symbolic link is replaced, not followed; the file gets the mode of any new file. After an error or an
    interrupt, an old file is unchanged, and no temporary file is left.

    Args:
        path: The path of the file; a device, a pipe or a folder is refused.
        text: The text; lone surrogates must be escaped.

    Raises:
        UnicodeEncodeError: The text has lone surrogates; no file was touched.
        OSError: The file cannot be written.

    >>> write_text("posts.txt", "Ahoy — there.\n")
    >>> from pathlib import Path
    >>> Path("posts.txt").read_bytes().decode()
    'Ahoy — there.\n'
    """
    data = memoryview(text.encode("utf-8"))
    target = Path(path)
    if target.exists() and not target.is_file():  # otherwise root would replace /dev/null by a file
        raise FileExistsError(errno.EEXIST, "expected a file, or nothing there yet", os.fspath(path))
    temporary = target.with_name(f".postdump-{os.urandom(16).hex()}.tmp")
    try:
        _write_new(temporary, data)
        temporary.replace(target)
    except BaseException:  # KeyboardInterrupt too
        with suppress(OSError):  # most often because it does not exist yet
            temporary.unlink()
        raise


def _write_new(path: Path, data: memoryview) -> None:
    """Write a new file and wait until it is on the disk."""
    descriptor = os.open(path, _FLAGS, 0o666)
    try:
        while data:
            data = data[os.write(descriptor, data[:_AT_ONCE_BYTES]) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
