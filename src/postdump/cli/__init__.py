# SPDX-License-Identifier: MIT
"""
The command line, a thin wrapper of the library; it needs the extra `cli`.

`_commands` reads the arguments into `_options`, and `_actions` carries the command out. `_inputs` reads
files; it prints the error of each file that cannot be read, and counts these files. `_outcome` holds all
counts and chooses the exit code. `_streams` writes output, and `_progress` draws the progress bar. `_formats`
writes results for programs; `_report` and `_inspect` write them for people, in the words of `_wording`, and
`_screen_lines` escapes and wraps these lines. `_page_output` chooses between the two and joins the output of
all files. With `--jobs`, the processes of `_worker_pool`, which run `_worker_process`, make the output of the
files.

click only reads arguments: its own output is caught, and the action runs after click has returned. So `main`
returns every exit code, and all output takes the way through `_streams`.
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

from postdump.cli._actions import Action
from postdump.cli._commands import postdump
from postdump.cli._streams import CommandError, print_error, write_output

__all__ = ["main"]

FAILED: Final = 2
INTERRUPTED: Final = 130
"""The exit code that shells give to a program ended by SIGINT."""
CUT_OFF: Final = 141
"""The exit code that shells give to a program ended by SIGPIPE."""


def main(argv: Sequence[str] | None = None) -> int:
    """
    Run the command line.

    Args:
        argv: The arguments without the program's name; by default the arguments of the process.

    Returns:
        The exit code: 0 done, 1 done, but `--strict` found something, 2 not done or not completely, 130
        interrupted, 141 the reader of the output has closed it.

    >>> main(["parse", "seeds/no-such-file.txt"])
    2
    """
    try:
        action = _read_arguments(argv)
        return action if isinstance(action, int) else action()
    except click.UsageError as error:
        command = "postdump" if error.ctx is None else error.ctx.command_path
        print_error(f"{error.format_message().rstrip('.')} (see {command} --help)")
    except CommandError as error:
        print_error(str(error))
    except MemoryError:
        print_error("expected more memory than there is")
    except BrokenPipeError:
        return CUT_OFF
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    return FAILED


def _read_arguments(argv: Sequence[str] | None) -> Action | int:
    """Return the action that the arguments ask for; an exit code if click did all, as for `--help`."""
    printed = BytesIO()  # click writes bytes in some cases
    stream = TextIOWrapper(printed, "utf-8", newline="", write_through=True)
    with redirect_stdout(stream):
        try:
            action: Action | int = postdump.main(argv, prog_name="postdump", standalone_mode=False)
        except SystemExit as end:  # click ends so after it has completed a line for a shell
            action = int(end.code or 0)
    if isinstance(action, int):
        write_output([printed.getvalue().decode("utf-8")])
    return action
