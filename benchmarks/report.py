# SPDX-License-Identifier: MIT
"""Show figures as tables: on the screen with rich, and as Markdown for the documentation."""

from statistics import median

from rich.console import Console
from rich.table import Table

TITLES = {
    "goals": "Goals",
    "parse": "Parsing, microseconds a post",
    "align": "Aligning, microseconds a post",
    "repair": "Repairing",
    "stopped": "Stopped",
}
FLOOR = "bare finditer (F)"
COMPARED = (1_000, 10_000, 100_000)
"""Sizes that tables show side by side; the curves show all sizes."""


def tables(figures):
    """Yield the title, the column heads and the rows of each table."""
    for task, make in (("goals", _goals), ("parse", _parse), ("align", _align), ("repair", _repair)):
        if task in figures:
            yield TITLES[task], *make(figures[task]["rows"])
    stopped = [
        (task, one["name"], "–" if one["posts"] is None else f"{one['posts']:,}", one["why"])
        for task in ("parse", "align")
        for one in figures.get(task, {}).get("stopped", ())
    ]
    if stopped:
        yield TITLES["stopped"], ("task", "contestant", "posts", "why"), stopped


def _goals(rows):
    said = {True: "met", False: "missed", None: "not measured"}
    heads = ("goal", "bound", "figure", "", "note")
    return heads, [
        (row["goal"], row["bound"], _number(row["figure"]), said[row["met"]], row["note"]) for row in rows
    ]


def _number(figure):
    if figure is None:
        return "–"
    if abs(figure) < 1:
        return f"{figure:.4g}" if figure > 0.99 else f"{figure:.2g}"  # a recall just below 1 stays below 1
    return f"{figure:,.0f}" if abs(figure) >= 100 else f"{figure:.3g}"


def evened(rows):
    """
    Yield rows with `micros`, the microseconds for each post: the ratio to the floor, times the floor.

    Contestants run minutes apart, and the speed of a machine changes. Each contestant has its own floor right
    beside it, so the ratio is reliable; for the floor, the median over all contestants of one size is used.
    """
    floors = {}
    for row in rows:
        floors.setdefault(row["posts"], []).append(row["seconds"] / row["ratio"])
    for row in rows:
        yield row | {"micros": row["ratio"] * median(floors[row["posts"]]) / row["posts"] * 1e6}


def by_name(task, rows):
    """Return the rows of each contestant by size; for parsing, the floor is a contestant too."""
    names = {FLOOR: {}} if task == "parse" else {}
    for row in evened(rows):
        if FLOOR in names:
            per_post = {"ratio": 1.0, "micros": row["micros"] / row["ratio"]}
            names[FLOOR].setdefault(row["posts"], row | per_post)
        names.setdefault(row["name"], {})[row["posts"]] = row
    return names


def _sizes(rows):
    sizes = sorted({row["posts"] for row in rows})
    return [size for size in sizes if size in COMPARED] or sizes[-1:]


def _micros(row):
    return "–" if row is None else _number(row["micros"])


def _parse(rows):
    sizes = _sizes(rows)
    middle = 10_000 if 10_000 in sizes else sizes[-1]
    names = by_name("parse", rows)
    ours = names.get("postdump", {}).get(middle)
    shown = (f"{size:,} posts" for size in sizes)
    heads = ("contestant", *shown, f"× F, {middle:,}", f"× postdump, {middle:,}")
    found = []
    for name, at in names.items():
        row = at.get(middle)
        to_floor = "–" if row is None else _number(row["ratio"])
        to_us = "–" if row is None or ours is None else _number(round(row["ratio"] / ours["ratio"], 2))
        found.append((name, *(_micros(at.get(size)) for size in sizes), to_floor, to_us))
    return heads, found


def _align(rows):
    sizes = _sizes(rows)
    heads = ("contestant", *(f"{size:,} posts" for size in sizes), "× floor", "recall", "precision", "at")
    found = []
    for name, at in by_name("align", rows).items():
        last = at[max(at)]
        shares = (f"{last['recall']:.4f}", f"{last['precision']:.4f}", f"{max(at):,}")
        found.append((name, *(_micros(at.get(size)) for size in sizes), _number(last["ratio"]), *shares))
    return heads, found


def _repair(rows):
    heads = ("damage", "contestant", "given back", "lines made wrong", "MB/s")
    return heads, [
        (
            row["damage"],
            row["name"],
            f"{row['given_back']:.1%}",
            f"{row['made_wrong']:.1%}",
            _number(row["megabytes_per_second"]),
        )
        for row in rows
    ]


def conditions(figures):
    """Return the conditions of all tasks in words, with one line for tasks that share their conditions."""
    tasks = {}
    for task in ("parse", "align", "repair", "goals"):
        if task in figures:
            known = figures[task]["conditions"]
            line = (
                f"CPython {known['python']}, collector {known['collector']}, "
                f"up to {known['sizes'][-1]:,} posts, medians of {known['rounds']}, "
                f"at most {known['limit_seconds']:g} s a run."
            )
            tasks.setdefault(line, []).append(task)
    return "\n".join(f"{', '.join(names)}: {line}" for line, names in tasks.items())


def show(figures):
    console = Console()
    if not console.is_terminal:
        console = Console(width=180)  # in a file, no column needs to be wrapped
    console.print(conditions(figures))
    for title, heads, rows in tables(figures):
        table = Table(title=title, title_justify="left")
        for n, head in enumerate(heads):
            table.add_column(head, justify="left" if n == 0 else "right" if _is_numeric(rows, n) else "left")
        for row in rows:
            table.add_row(*row)
        console.print(table)
    for name, known in figures["packages"].items():
        if known is None:
            console.print(f"{name} is not installed")


def _is_numeric(rows, column):
    return all(row[column].rstrip("%").replace(",", "").replace(".", "").strip("–-").isdigit()
               or row[column] == "–" for row in rows)  # fmt: skip


def markdown(figures):
    """Return all tables as Markdown, each under its heading, to be included by a page."""
    parts = [conditions(figures), ""]
    for title, heads, rows in tables(figures):
        marks = [":--" if n == 0 or not _is_numeric(rows, n) else "--:" for n in range(len(heads))]
        lines = [heads, marks, *([cell.replace("|", "\\|") for cell in row] for row in rows)]
        parts += [f"## {title}", "", *(f"| {' | '.join(line)} |" for line in lines), ""]
    known = (f"{name} {number}" for name, number in figures["packages"].items() if number)
    missing = [name for name, number in figures["packages"].items() if number is None]
    parts.append(f"Versions: {', '.join(known)}.")
    if missing:
        parts.append(f"Not installed: {', '.join(missing)}.")
    return "\n".join(parts) + "\n"
