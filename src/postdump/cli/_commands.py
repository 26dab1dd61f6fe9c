# SPDX-License-Identifier: MIT
"""
The commands and their options, as click reads them.

A command returns its action and does nothing else, so all arguments are checked before anything is done.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial, reduce
from typing import Any, Final

import click

from postdump._io.read import decode
from postdump.cli._actions import Action, merge_files, repair_file, show_files
from postdump.cli._options import LAYOUTS, Options
from postdump.cli._streams import STDIO
from postdump.damage.context import CONFIDENCE
from postdump.layouts import Layout

__all__ = ["postdump"]

Decorator = Callable[[Any], Any]

_ALL_FORMS: Final = ("text", "json", "jsonl", "csv")
_CLOCKS: Final = ("%Y-%m-%d", *(f"%Y-%m-%dT%H:%M{rest}" for rest in ("", ":%S", "%z", ":%S%z")))

_MOST_JOBS: Final = 256
"""More processes are a typing error, and too many for any machine."""

_EPILOG: Final = (
    "Exit codes: 0 done; 1 done, but --strict found something; 2 not done, or not completely; "
    "130 interrupted; 141 the reader of the output has closed it."
)


class _Time(click.DateTime):
    """A time in one of the forms of `_CLOCKS`; click's own message would list all of them as patterns."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"expected a time such as 2026-02-03 or 2026-02-03T17:04, got '{value}'", param, ctx)


class _ProcessCount(click.IntRange):
    """A number of processes; click's own message would call it a valid integer range."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"expected a number from {self.min} to {self.max}, got '{value}'", param, ctx)


def _known_encoding(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    if value is not None:
        try:
            decode(b"", source="", encoding=value)
        except ValueError as error:
            raise click.BadParameter(str(error)) from None
    return value


def _layout(context: click.Context, option: click.Parameter, value: str | None) -> Layout | None:
    return None if value is None else LAYOUTS[value]


def _processes(context: click.Context, option: click.Parameter, value: int) -> int:
    if value:
        return value
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _moment(context: click.Context, option: click.Parameter, value: datetime | None) -> datetime | None:
    if value is None or value.tzinfo is None:
        return value
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise click.BadParameter("expected a time of the years 1 to 9999, as UTC") from None


def _print_version(context: click.Context, option: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        from importlib.metadata import PackageNotFoundError, version

        try:
            number = version("postdump")
        except PackageNotFoundError:
            number = "(not installed)"
        click.echo(f"postdump {number}")
        context.exit()


def _combine(*options: Decorator) -> Decorator:
    """Return one decorator that adds several options, in the order in which the help lists them."""
    return lambda command: reduce(lambda decorated, option: option(decorated), reversed(options), command)


_files: Final[Decorator] = click.argument("files", nargs=-1, required=True, metavar="FILE...")

_encoding: Final[Decorator] = click.option(
    "--encoding",
    metavar="NAME",
    callback=_known_encoding,
    help="Encoding of files without a byte order mark.  [default: UTF-8]",
)

_reading: Final = _combine(
    _encoding,
    click.option(
        "--layout",
        type=click.Choice(list(LAYOUTS)),
        callback=_layout,
        help="Page layout.  [default: the layout whose markers are found]",
    ),
    click.option(
        "--captured-at",
        type=_Time(_CLOCKS),
        metavar="TIME",
        callback=_moment,
        help="When the pages were saved, such as 2026-02-03T17:04; UTC, unless +02:00 or the like follows.",
    ),
)


_jobs: Final[Decorator] = click.option(
    "--jobs",
    type=_ProcessCount(0, _MOST_JOBS),
    default=1,
    show_default=True,
    metavar="N",
    callback=_processes,
    help="Number of processes that share the files; 0 means one for each processor.",
)


def _writing(*forms: str) -> Decorator:
    guard = click.option(
        "--guard/--no-guard",
        default=True,
        help="Put a ' before CSV cells that a spreadsheet would read as formulas.  [default: --guard]",
    )
    return _combine(
        click.option("--format", "form", type=click.Choice(forms), default="text", help="[default: text]"),
        *([guard] if "csv" in forms else []),
        click.option(
            "-o",
            "--output",
            metavar="FILE",
            help="Write to this file, as UTF-8; if that fails, an old file stays.",
        ),
        click.option(
            "--strict",
            is_flag=True,
            help="Exit with status 1 if there are problems, conflicts or unrepaired damage.",
        ),
    )


@click.group(
    no_args_is_help=False,
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version.",
)
def postdump() -> None:
    """
    Read social profile pages from the plain text that extractors left of them.

    FILE is a path, or - for standard input.
    """


@postdump.command("parse")
@_files
@_reading
@_jobs
@_writing(*_ALL_FORMS)
def _parse(**arguments: Any) -> Action:
    """
    Read the posts of each FILE.

    Nothing is repaired: the text of posts is as in the file.
    """
    return partial(show_files, Options(**arguments))


@postdump.command("merge")
@_files
@click.option(
    "--group", "by_page", is_flag=True, help="Find out which files show the same page, and merge each page."
)
@click.option(
    "--prefer", multiple=True, metavar="FILE", help="Prefer this file where files differ; may be repeated."
)
@_reading
@_writing(*_ALL_FORMS)
def _merge(**arguments: Any) -> Action:
    """
    Merge FILEs of one page into a timeline.

    Damaged text is repaired if another file proves the repair, or if the damage can be undone.
    """
    options = Options(is_merged=True, **arguments)
    for name in options.prefer:
        if name not in options.files:
            raise click.BadParameter(f"expected one of the files, got '{name}'", param_hint="'--prefer'")
    return partial(merge_files, options)


@postdump.command("inspect")
@_files
@_reading
@_jobs
@_writing(*_ALL_FORMS)
def _inspect(**arguments: Any) -> Action:
    """
    Show layout, damage and problems of FILEs.

    Also the evidence for layout and damage, the size of each FILE, and the place of each problem.
    """
    return partial(show_files, Options(is_inspection=True, **arguments))


@postdump.command("repair")
@click.argument("file")
@click.option("--witness", metavar="FILE", help="Another text of the same page or passage.")
@click.option(
    "--context", is_flag=True, help="Also apply unproved repairs that the surrounding text makes likely."
)
@click.option(
    "--confidence",
    type=click.FloatRange(0, 1),
    default=CONFIDENCE,
    show_default=True,
    metavar="SHARE",
    help="Least likelihood of such a repair.",
)
@_encoding
@_writing("text", "json")
def _repair(file: str, **arguments: Any) -> Action:
    """
    Repair the damage of FILE where the repair can be proved.

    The whole text is written to standard output, a summary of the repairs to standard error.
    """
    options = Options(files=(file,), **arguments)
    if file == options.witness == STDIO:
        raise click.BadParameter("standard input cannot be both texts", param_hint="'--witness'")
    return partial(repair_file, options)
