# SPDX-License-Identifier: MIT
"""Errors: their whole messages, carets included, and that they travel."""

import copy
import inspect
import pickle

import pytest

from postdump import (
    DumpErrors,
    FormatError,
    Layout,
    LayoutError,
    PostdumpError,
    ReadError,
    Span,
    StatsError,
    errors,
    parse,
    parse_stats,
)
from postdump.errors import DumpError, SyntaxProblem


def problem(text, start, end, source=None, kind=StatsError):
    return kind(
        "expected a number", code="stats-no-count", text=text, span=Span(start=start, end=end), source=source
    )


@pytest.mark.parametrize(
    ("text", "start", "end", "shown"),
    [
        ("4 x", 2, 3, "(1:3, stats-no-count)\n    4 x\n      ^"),
        ("4 xyz w", 2, 5, "(1:3, stats-no-count)\n    4 xyz w\n      ^^^"),
        # an empty place, at the end, in the middle, of nothing
        ("4 ", 2, 2, "(1:3, stats-no-count)\n    4 \n      ^"),
        ("4x", 1, 1, "(1:2, stats-no-count)\n    4x\n     ^"),
        ("", 0, 0, "(1:1, stats-no-count)\n    \n    ^"),
        # other lines are not shown, whatever ends them
        ("a\nbc\nd", 3, 4, "(2:2, stats-no-count)\n    bc\n     ^"),
        ("a\r\nbc\r\nd", 4, 5, "(2:2, stats-no-count)\n    bc\n     ^"),
        ("a\rbc\rd", 3, 4, "(2:2, stats-no-count)\n    bc\n     ^"),
        ("a\n\rbc", 3, 4, "(3:1, stats-no-count)\n    bc\n    ^"),
        ("ab\ncd", 1, 5, "(1:2, stats-no-count)\n    ab\n     ^"),
        # at a line break, and between its two halves
        ("ab\ncd", 2, 2, "(1:3, stats-no-count)\n    ab\n      ^"),
        ("ab\r\ncd", 2, 4, "(1:3, stats-no-count)\n    ab\n      ^"),
        ("ab\r\ncd", 3, 3, "(1:3, stats-no-count)\n    ab\n      ^"),
        ("\r\n", 0, 0, "(1:1, stats-no-count)\n    \n    ^"),
        ("\n", 1, 1, "(2:1, stats-no-count)\n    \n    ^"),
        # wide: East Asian, emoji
        ("漢字 x", 3, 4, "(1:4, stats-no-count)\n    漢字 x\n         ^"),
        ("👍 4 🔁 x", 6, 7, "(1:7, stats-no-count)\n    👍 4 🔁 x\n            ^"),
        ("a漢字b", 1, 3, "(1:2, stats-no-count)\n    a漢字b\n     ^^^^"),
        ("ＡＢx", 2, 3, "(1:3, stats-no-count)\n    ＡＢx\n        ^"),
        # no width: combining marks, joiners, variation selectors
        ("e\u0301e\u0301x", 4, 5, "(1:5, stats-no-count)\n    e\u0301e\u0301x\n      ^"),
        ("a\u200bx", 2, 3, "(1:3, stats-no-count)\n    a\u200bx\n     ^"),
        ("a\u0301x", 1, 2, "(1:2, stats-no-count)\n    a\u0301x\n     ^"),
        ("❤\ufe0fx", 2, 3, "(1:3, stats-no-count)\n    ❤\ufe0fx\n      ^"),
        ("👍\ufe0fx", 2, 3, "(1:3, stats-no-count)\n    👍\ufe0fx\n      ^"),
        # escaped: tabs, controls, C1, bidi, line separators, surrogates
        ("\ta\tx", 3, 4, "(1:4, stats-no-count)\n    \\ta\\tx\n         ^"),
        ("\x1b[2Jx", 4, 5, "(1:5, stats-no-count)\n    \\x1b[2Jx\n           ^"),
        ("\x9b\x00x", 2, 3, "(1:3, stats-no-count)\n    \\x9b\\x00x\n            ^"),
        ("\u202ex", 0, 1, "(1:1, stats-no-count)\n    \\u202ex\n    ^^^^^^"),
        ("a\u2028\x85\x0bx", 4, 5, "(1:5, stats-no-count)\n    a\\u2028\\x85\\x0bx\n                   ^"),
        ("\ud83dx", 1, 2, "(1:2, stats-no-count)\n    \\ud83dx\n          ^"),
    ],
)
def test_shows_the_place(text, start, end, shown):
    assert str(problem(text, start, end)) == f"expected a number {shown}"


def test_shows_as_much_of_a_long_line_as_fits():
    text = "x" * 1_000_000 + "漢" + "y" * 1_000_000
    assert str(problem(text, 1_000_000, 1_000_001)) == (
        f"expected a number (1:1000001, stats-no-count)\n    {'x' * 60}漢{'y' * 59}\n    {' ' * 60}^^"
    )
    assert str(problem(text, 1_000_000, 2_000_000)) == (
        f"expected a number (1:1000001, stats-no-count)\n    {'x' * 60}漢{'y' * 59}\n    {' ' * 60}{'^' * 61}"
    )
    assert str(problem(text, 0, 3)) == (
        f"expected a number (1:1, stats-no-count)\n    {'x' * 60}\n    ^^^"
    )  # fmt: skip


def test_names_the_source():
    shown = str(problem("x", 0, 1, source="page-3.txt"))
    assert shown == "expected a number (page-3.txt:1:1, stats-no-count)\n    x\n    ^"
    shown = str(problem("x", 0, 1, source="a\nb\x1b]0;\u202e.txt"))
    assert shown == "expected a number (a\\nb\\x1b]0;\\u202e.txt:1:1, stats-no-count)\n    x\n    ^"


def test_what_was_expected_is_escaped_too():
    error = SyntaxProblem("expected '\x9b'", code="stats-no-gap", text="x", span=Span(start=0, end=0))
    assert str(error) == "expected '\\x9b' (1:1, stats-no-gap)\n    x\n    ^"
    assert error.problem == "expected '\x9b'"


def test_every_part_is_an_attribute():
    span = Span(start=3, end=4)
    error = problem("a\nbx", 3, 4, source="page-3.txt")
    assert (error.problem, error.code, error.text) == ("expected a number", "stats-no-count", "a\nbx")
    assert (error.span, error.source, error.line, error.column) == (span, "page-3.txt", 2, 2)
    assert error.args == ("expected a number",)


EVERY = [
    PostdumpError("expected something"),
    problem("a\nbx", 3, 4, source="page-3.txt", kind=SyntaxProblem),
    problem("a\nbx", 3, 4),
    problem("{", 0, 1, kind=LayoutError),
    problem("\ud83d", 0, 1, source="\ud83d", kind=DumpError),
    ReadError("expected UTF-8", source="page.txt", offset_bytes=12, remedy="pass encoding="),
    FormatError("expected an array, got {} @ value.posts"),
    DumpErrors(
        "2 problems in page.txt", [problem("x", 0, 1, kind=DumpError), problem("y", 0, 1, kind=DumpError)]
    ),
]


@pytest.mark.parametrize("error", EVERY, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("again", [lambda e: pickle.loads(pickle.dumps(e)), copy.copy, copy.deepcopy])
def test_travels(error, again):
    came = again(error)
    assert type(came) is type(error)
    assert str(came) == str(error)
    assert came.args == error.args or isinstance(error, DumpErrors)
    ours = {name for name in dir(error) if not name.startswith("_") and not callable(getattr(error, name))}
    for name in ours - {"args", "exceptions"}:
        assert getattr(came, name) == getattr(error, name)
    shown = [str(one) for one in getattr(error, "exceptions", ())]
    assert [str(one) for one in getattr(came, "exceptions", ())] == shown


def test_travels_with_its_notes():
    error = problem("x", 0, 1)
    error.add_note("on page 3")
    assert pickle.loads(pickle.dumps(error)).__notes__ == ["on page 3"]


def test_every_error_is_tried_above():
    kinds = {
        value
        for value in vars(errors).values()
        if inspect.isclass(value) and issubclass(value, BaseException)
    }
    assert kinds == {type(error) for error in EVERY}
    assert {kind.__name__ for kind in kinds} == set(errors.__all__)


@pytest.mark.parametrize("kind", [type(error) for error in EVERY[1:]], ids=lambda kind: kind.__name__)
def test_kinds(kind):
    assert issubclass(kind, PostdumpError)
    assert issubclass(kind, ValueError) is (kind is not DumpErrors)


def test_read_error():
    error = ReadError("expected UTF-8", source="a\x1b.txt", offset_bytes=12, remedy="pass encoding=")
    assert str(error) == "expected UTF-8 at byte 12 of a\\x1b.txt: pass encoding="
    assert (error.problem, error.source) == ("expected UTF-8", "a\x1b.txt")
    assert (error.offset_bytes, error.remedy) == (12, "pass encoding=")


def test_strict_raises_every_problem_at_once():
    text = "31.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0\n03.02.2026 17:04 — 👍 4 🔁 x\n"
    with pytest.raises(DumpErrors) as caught:
        parse(text, name="page.txt", strict=True)
    assert [str(one) for one in caught.value.exceptions] == [
        "expected a marker of some layout (page.txt:1:1, no-marker)\n"
        "    31.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0\n"
        "    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
        "expected a day and a time that exist (page.txt:1:1, stats-date)\n"
        "    31.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0\n"
        "    ^^^^^^^^^^^^^^^^",
        "expected a number after '🔁' (page.txt:2:26, stats-no-count)\n"
        "    03.02.2026 17:04 — 👍 4 🔁 x\n"
        "                               ^",
    ]


def test_groups_stay_groups_of_their_kind():
    text = "31.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0\n03.02.2026 17:04 — 👍 4 🔁 x\n"
    with pytest.raises(DumpErrors) as caught:
        parse(text, strict=True)
    dates, others = caught.value.split(lambda one: getattr(one, "code", None) == "stats-date")
    assert (type(dates), type(others)) == (DumpErrors, DumpErrors)
    assert [one.code for one in dates.exceptions] == ["stats-date"]
    assert [one.code for one in others.exceptions] == ["no-marker", "stats-no-count"]
    assert dates.message == others.message == caught.value.message
    assert type(caught.value.subgroup(DumpError)) is DumpErrors
    assert caught.value.subgroup(ReadError) is None

    seen = []
    try:
        raise caught.value
    except* DumpError as group:
        seen += [one.code for one in group.exceptions]
    assert seen == ["no-marker", "stats-date", "stats-no-count"]


def test_raised_by_those_who_say_so():
    with pytest.raises(StatsError, match="no-stats"):
        parse_stats("👍 4")
    with pytest.raises(LayoutError, match="template-brace"):
        Layout(name="mine", marker="{likes")
