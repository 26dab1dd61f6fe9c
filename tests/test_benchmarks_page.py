# SPDX-License-Identifier: MIT
"""The figures that the page on benchmarks begins with are those of its tables."""

from pathlib import Path

import pytest

DOCS = Path(__file__).parents[1] / "docs"
SUMMARY, _ = (DOCS / "benchmarks.md").read_text("utf-8").split("\n## ", 1)


def cells(row):
    """Return the cells of the table row that begins with the given words."""
    lines = (DOCS / "figures/benchmarks.inc").read_text("utf-8").splitlines()
    return next(line for line in lines if line.startswith(f"| {row} |")).strip("| ").split(" | ")


@pytest.mark.parametrize(
    ("row", "column", "sentence"),
    [
        ("postdump", 3, "text, counts and date of every post | {} µs a post"),
        ("postdump, parsing and merging", 3, "merge them | {} µs a post"),
        ("by hand, attrs", 3, "for this one page ({} µs)"),
        ("faster than textfsm", 2, "{:.1f} to "),
        ("faster than pyparsing", 2, " to {:.0f} times as fast as parsing packages"),
        ("aligning, faster than difflib", 2, "{:.0f} times as fast as `difflib`"),
        ("the same, stats lines taken out for both", 2, "only {:.1f} times as fast as `difflib`"),
        ("held after `parse`, untouched", 2, "takes {:.0f} bytes for each post"),
        ("`iter_posts`, memory grown", 2, "takes {:.0f} MB"),
    ],
)
def test_a_figure_is_that_of_the_tables(row, column, sentence):
    figure = cells(row)[column]
    assert sentence.format(float(figure) if ":." in sentence else figure) in SUMMARY


def test_the_time_of_the_import_is_that_of_the_tables():
    time, _, _ = cells("`from postdump import parse, merge`")[4].partition(" against")
    assert f"| {time} |" in SUMMARY


@pytest.mark.parametrize(("row", "share"), [("recall of aligning", "99.99 %")])
def test_the_share_of_pairs_that_are_found_is_that_of_the_tables(row, share):
    assert f"{float(cells(row)[2]):.2%}".replace("%", " %") == share
    assert f"{share} of the lines" in SUMMARY
