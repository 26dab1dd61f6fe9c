# SPDX-License-Identifier: MIT
"""
The command line, a thin door to the library: needs the extra `cli`.

`_commands` reads the arguments, `_actions` does what they ask for, `_inputs` and `_streams` talk to the
outside, and the rest says how results look: `_formats` to programs, `_report` and `_inspect` to people.
`_page_output` joins what was made of each file, here or by the processes of `_worker_pool`, which run
`_worker_process`. click only reads arguments: what it prints is caught, and the job is run after it, so
that one place answers for all output and every exit code.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import redirect_stdout
from io import BytesIO, TextIOWrapper
from typing import Final

try:
    import click
    import rich  # noqa: F401  # its parts are imported where a terminal needs them; that it is missing shows now
except ModuleNotFoundError as _missing:
    raise ImportError(
        "expected click and rich, which the command line is made of: pip install 'postdump[cli]'",
        name=_missing.name,
    ) from _missing

from postdump.cli._actions import Job
from postdump.cli._commands import postdump
from postdump.cli._streams import Trouble, deliver, tell

__all__ = ["main"]

FAILED: Final = 2
INTERRUPTED: Final = 130
"""What shells make of SIGINT."""
CUT_OFF: Final = 141
"""What shells make of SIGPIPE."""


def main(argv: Sequence[str] | None = None) -> int:
    """
    Run the command line.

    Args:
        argv: The arguments without the program's name; by default those of the process.

    Returns:
        0 done, 1 done with something that `--strict` minds, 2 not done, 130 interrupted, 141 nobody
        reads the output any more.

    >>> main(["parse", "seeds/no-such-file.txt"])
    2
    """
    try:
        asked = _read_arguments(argv)
        return asked if isinstance(asked, int) else asked()
    except click.UsageError as error:
        command = "postdump" if error.ctx is None else error.ctx.command_path
        tell(f"{error.format_message().rstrip('.')} (see {command} --help)")
    except Trouble as trouble:
        tell(str(trouble))
    except MemoryError:
        tell("expected more memory than there is")
    except BrokenPipeError:
        return CUT_OFF
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    return FAILED


def _read_arguments(argv: Sequence[str] | None) -> Job | int:
    """Return what the arguments ask for, or the exit code where click has answered itself."""
    answer = BytesIO()  # some of what click writes comes as bytes
    stream = TextIOWrapper(answer, "utf-8", newline="", write_through=True)
    with redirect_stdout(stream):
        try:
            asked: Job | int = postdump.main(argv, prog_name="postdump", standalone_mode=False)
        except SystemExit as end:  # after it has served a shell's completion
            asked = int(end.code or 0)
    if isinstance(asked, int):
        deliver([answer.getvalue().decode("utf-8")])
    return asked
