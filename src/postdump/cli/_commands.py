# SPDX-License-Identifier: MIT
"""
The commands and their options, as click reads them.

A command does nothing but return its job: what is asked for is known in full before anything is done.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial, reduce
from typing import Any, Final

import click

from postdump._io.read import decode
from postdump.cli._actions import Job, merge_files, repair_file, show_each
from postdump.cli._options import LAYOUTS, Asked
from postdump.cli._streams import STDIO
from postdump.damage.context import CONFIDENCE
from postdump.layouts import Layout

__all__ = ["postdump"]

Decorator = Callable[[Any], Any]

_ALL_FORMS: Final = ("text", "json", "jsonl", "csv")
_CLOCKS: Final = ("%Y-%m-%d", *(f"%Y-%m-%dT%H:%M{rest}" for rest in ("", ":%S", "%z", ":%S%z")))

_MOST_JOBS: Final = 256
"""More are a slip of the finger, and no machine would bear them."""

_EPILOG: Final = (
    "Exit codes: 0 done; 1 done, with something that --strict minds; 2 not done, or not all of it; "
    "130 interrupted; 141 nobody reads the output any more."
)


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


def _say_version(context: click.Context, option: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        from importlib.metadata import PackageNotFoundError, version

        try:
            found = version("postdump")
        except PackageNotFoundError:
            found = "(not installed)"
        click.echo(f"postdump {found}")
        context.exit()


def _all(*options: Decorator) -> Decorator:
    """Return decorators as one, the first of them first in the help."""
    return lambda command: reduce(lambda made, option: option(made), reversed(options), command)


_files: Final[Decorator] = click.argument("files", nargs=-1, required=True, metavar="FILE...")

_encoding: Final[Decorator] = click.option(
    "--encoding",
    metavar="NAME",
    callback=_known_encoding,
    help="What files without a byte order mark are written in.  [default: UTF-8]",
)

_reading: Final = _all(
    _encoding,
    click.option(
        "--layout",
        type=click.Choice(list(LAYOUTS)),
        callback=_layout,
        help="Whose pages they are.  [default: whichever layout's markers are found]",
    ),
    click.option(
        "--captured-at",
        type=click.DateTime(_CLOCKS),
        metavar="TIME",
        callback=_moment,
        help="When the pages were saved, as 2026-02-03T17:04, in UTC unless +02:00 or the like follows.",
    ),
)


_jobs: Final[Decorator] = click.option(
    "--jobs",
    type=click.IntRange(0, _MOST_JOBS),
    default=1,
    show_default=True,
    metavar="N",
    callback=_processes,
    help="Let N processes share the files; 0 for as many as there are processors.",
)


def _writing(*forms: str) -> Decorator:
    guard = click.option(
        "--guard/--no-guard",
        default=True,
        help="Put a ' before CSV cells that spreadsheets would take for formulas.  [default: --guard]",
    )
    return _all(
        click.option("--format", "form", type=click.Choice(forms), default="text", help="[default: text]"),
        *([guard] if "csv" in forms else []),
        click.option("-o", "--output", metavar="FILE", help="Write there, all or nothing, in UTF-8."),
        click.option("--strict", is_flag=True, help="Exit with 1 if anything is wrong or left open."),
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
    callback=_say_version,
    help="Show the version.",
)
def postdump() -> None:
    """
    Social profile pages, from the plain text that extractors left of them.

    FILE is a path, or - for standard input.
    """


@postdump.command("parse")
@_files
@_reading
@_jobs
@_writing(*_ALL_FORMS)
def _parse(**options: Any) -> Job:
    """
    Read the posts of each FILE.

    Nothing is repaired: posts are shown as the file shows them.
    """
    return partial(show_each, Asked(**options))


@postdump.command("merge")
@_files
@click.option("--group", "by_page", is_flag=True, help="Find which files show one page, and merge each page.")
@click.option("--prefer", multiple=True, metavar="FILE", help="Trust this file first; may be repeated.")
@_reading
@_writing(*_ALL_FORMS)
def _merge(**options: Any) -> Job:
    """
    Merge FILEs of one page into a timeline.

    What is damaged is repaired where the other files, or the damage itself, prove it.
    """
    asked = Asked(is_merged=True, **options)
    for name in asked.prefer:
        if name not in asked.files:
            raise click.BadParameter(f"expected one of the files, got '{name}'", param_hint="'--prefer'")
    return partial(merge_files, asked)


@postdump.command("inspect")
@_files
@_reading
@_jobs
@_writing(*_ALL_FORMS)
def _inspect(**options: Any) -> Job:
    """
    Show layout, damage and problems of FILEs.

    With what speaks for them, how much each FILE holds, and where each problem stands.
    """
    return partial(show_each, Asked(is_inspection=True, **options))


@postdump.command("repair")
@click.argument("file")
@click.option("--witness", metavar="FILE", help="Another text of the same page, or of the same passage.")
@click.option(
    "--context", is_flag=True, help="Choose what nothing proves by what stands around it, if that is likely."
)
@click.option(
    "--confidence",
    type=click.FloatRange(0, 1),
    default=CONFIDENCE,
    show_default=True,
    metavar="SHARE",
    help="How likely that must be at least.",
)
@_encoding
@_writing("text", "json")
def _repair(file: str, **options: Any) -> Job:
    """
    Undo what can be proved damaged in FILE.

    The whole text is written out; what was repaired is told on standard error.
    """
    asked = Asked(files=(file,), **options)
    if file == asked.witness == STDIO:
        raise click.BadParameter("standard input cannot be both texts", param_hint="'--witness'")
    return partial(repair_file, asked)
