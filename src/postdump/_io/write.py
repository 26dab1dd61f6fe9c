# SPDX-License-Identifier: MIT
"""Text to files: whoever looks at the path finds the old file or the new one, whole."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

__all__ = ["write_text"]


_AT_ONCE_BYTES: Final = 1 << 20
"""Small enough to be interrupted between writes, large enough not to matter."""

# Without O_BINARY, Windows would write other line ends than it was given.
_FLAGS: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def write_text(path: str | os.PathLike[str], text: str) -> None:
    r"""
    Write a file whole or not at all, in UTF-8, line ends as they are.

    A symbolic link is replaced, not followed; the file's mode is that of any new file. Whatever fails, or
    interrupts, an old file stays as it was and nothing is left beside it.

    Args:
        path: Where to; a device, a pipe or a folder there is left alone.
        text: What to write, its lone surrogates escaped.

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
    if target.exists() and not target.is_file():  # as root, /dev/null would be replaced like any other file
        raise FileExistsError(errno.EEXIST, "expected a file, or nothing there yet", os.fspath(path))
    temporary = target.with_name(f".postdump-{os.urandom(16).hex()}.tmp")
    try:
        _write_new(temporary, data)
        temporary.replace(target)
    except BaseException:  # KeyboardInterrupt too
        with suppress(OSError):  # above all that it was never made
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
