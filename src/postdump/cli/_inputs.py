# SPDX-License-Identifier: MIT
"""Files to dumps, and what goes wrong with that in one line each."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator

from postdump import Dump, ReadError, read
from postdump.cli._asked import Asked
from postdump.cli._run import Run
from postdump.cli._streams import STDIO, Trouble, reason, shown_name, tell

__all__ = ["read_all", "read_one"]


def read_all(run: Run) -> Iterator[Dump]:
    """Yield the dumps that can be read, each once, and tell why the others cannot."""
    for file, times in Counter(run.asked.files).items():
        if times > 1:
            with run.progress.aside():
                tell(f"{shown_name(file)}: given {times} times, read once")
        try:
            dump = read_one(file, run.asked)
        except Trouble as trouble:
            with run.progress.aside():
                tell(str(trouble))
            run.unread += 1
        else:
            run.read += 1
            run.see(dump)
            yield dump
        run.progress.advance()


def read_one(file: str, asked: Asked) -> Dump:
    """Read one file, or standard input; its dump has the name it was given by."""
    name = shown_name(file)
    if file == STDIO and sys.stdin is None:
        raise Trouble("cannot read standard input: it is closed")
    try:
        return read(
            sys.stdin.buffer if file == STDIO else file,
            name=file,
            encoding=asked.encoding,
            layout=asked.layout,
            captured_at=asked.captured_at,
        )
    except ReadError as error:
        remedy = error.remedy.replace("encoding=", "--encoding ").replace("'", "").strip()
        raise Trouble(f"{error.problem} at byte {error.offset_bytes} of {name}: {remedy}") from None
    except MemoryError:
        raise Trouble(f"cannot read {name}: it takes more memory than there is") from None
    except (OSError, ValueError) as error:
        raise Trouble(f"cannot read {name}: {reason(error)}") from None
