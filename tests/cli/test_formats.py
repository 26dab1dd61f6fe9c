# SPDX-License-Identifier: MIT
"""What the command line writes for programs."""

import csv
import io
import json
from pathlib import Path

import pytest
from commandline import AHOY, BOTH, SEEDS, out, run
from hypothesis import given
from hypothesis import strategies as st

from postdump import from_json, merge, parse, read, rows
from postdump._io.rows import COLUMNS
from postdump.cli._formats import format_csv, guard_cell
from postdump.cli._options import Options
from postdump.cli._page_output import join_outputs, page_output

FORMULAS = ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"]


def unguarded(cell):
    """What docs/guide/command-line.md tells readers to do."""
    rest = cell.lstrip("'")
    return cell[1:] if rest != cell and rest.startswith(tuple("=+-@\t\r\n\0＝＋－＠")) else cell


def read_csv(text):
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.fixture(autouse=True)
def beside_seeds(monkeypatch):
    monkeypatch.chdir(SEEDS.parent)


def test_one_line_a_post():
    made = list(rows(merge(*map(read, BOTH))))
    text = out("merge", *BOTH, "--format", "jsonl")
    assert text.isascii()
    assert list(map(json.loads, text.split("\n")[:-1])) == made
    head, *table = read_csv(out("merge", *BOTH, "--format", "csv", "--no-guard"))
    assert tuple(head) == COLUMNS
    assert table == [["" if cell is None else str(cell) for cell in row.values()] for row in made]


def test_several_pages_are_counted():
    text = out("parse", *BOTH, BOTH[0].replace("seeds/", "./seeds/"), "--format", "csv")
    head, *table = read_csv(text)
    assert tuple(head) == ("page", *COLUMNS)
    assert [row[:2] for row in table] == [[page, str(post)] for page in "02" for post in range(28)]
    assert text.count("page,post,text") == 1
    lines = out("parse", *BOTH, "--format", "jsonl").split("\n")[:-1]
    assert [json.loads(line)["page"] for line in lines] == [0] * 28


def test_inspection_as_a_table():
    head, *table = read_csv(out("inspect", *BOTH, "--format", "csv"))
    one, other = (dict(zip(head, row, strict=True)) for row in table)
    assert (one["dump"], one["posts"], one["diagnostics"], one["likes"]) == (BOTH[0], "28", "0", "9391")
    assert (other["layouts"], other["posts"], other["diagnostics"], other["likes"]) == ("flat", "0", "1", "")
    assert one["evidence"].split("\n") == list(read(BOTH[0]).evidence)


@pytest.mark.parametrize("sign", FORMULAS)
def test_guards_cells(sign):
    assert guard_cell(f"{sign}1") == f"'{sign}1"
    assert guard_cell(f"''{sign}1") == f"'''{sign}1"
    assert guard_cell(f"1{sign}") == f"1{sign}"


def test_leaves_other_cells_alone():
    for cell in ("", "'", "''", "'tis late", "Ahoy.", " =1", "’=1"):
        assert guard_cell(cell) == cell


@given(st.text(st.sampled_from([*FORMULAS, "'", "a", " "])) | st.text())
def test_guarding_can_be_undone(cell):
    assert unguarded(guard_cell(cell)) == cell
    assert guard_cell(cell)[:1] not in FORMULAS


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=3))
def test_tables_can_be_read(cells):
    text = "".join(format_csv([cells, cells], guard=True))
    assert [list(map(unguarded, row)) for row in read_csv(text)] == [cells, cells]


def test_guards_every_cell_that_is_text(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("=cmd.txt").write_text("=HYPERLINK(1)\n" + AHOY, "utf-8")
    head, row = read_csv(out("parse", "=cmd.txt", "--format", "csv"))
    shown = dict(zip(head, row, strict=True))
    assert (shown["text"], shown["dump"], shown["likes"]) == (
        "'=HYPERLINK(1)\nAhoy — there.",
        "'=cmd.txt",
        "4",
    )
    head, row = read_csv(out("parse", "=cmd.txt", "--format", "csv", "--no-guard"))
    assert dict(zip(head, row, strict=True))["dump"] == "=cmd.txt"


def test_lines_end_as_rfc_4180_has_it():
    text = out("parse", "-", "--format", "csv", stdin=("a\rb\n" + AHOY).encode())
    assert text.endswith(",,\r\n")
    assert '"a\nb\nAhoy' in text  # a lone carriage return ends a line of a dump


def test_lone_surrogates(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = "\ud800 " + AHOY
    Path("page.txt").write_bytes(text.encode("utf-7", "surrogatepass"))  # utf-7 lets them in
    options = ("page.txt", "--encoding", "utf-7")
    assert from_json(out("parse", *options, "--format", "json")) == parse(text, name="page.txt")
    for form in ("text", "jsonl", "csv"):
        assert r"\ud800 Ahoy" in out("parse", *options, "--format", form).replace("\\\\", "\\")
    code, stdout, stderr = run("repair", *options, "-o", "out.txt")
    assert (code, stdout, stderr) == (0, "", "postdump: page.txt: 0 repairs; left unrepaired: nothing\n")
    assert Path("out.txt").read_bytes() == text.encode("utf-8", "backslashreplace")
    code, stdout, stderr = run("repair", *options)
    assert (code, stdout) == (0, text.replace("\ud800", r"\ud800"))
    assert stderr.startswith("postdump: what standard output cannot show is escaped there; ")


@pytest.mark.parametrize("is_inspection", [False, True])
def test_a_format_without_a_case_is_refused(is_inspection):
    options = Options(files=("a.txt",), form="xml", is_inspection=is_inspection)
    with pytest.raises(ValueError, match="expected a format that has a case here, got 'xml'"):
        page_output(parse(AHOY), options=options, is_many=False)
    with pytest.raises(ValueError, match="expected a format that has a case here, got 'xml'"):
        join_outputs([], options)
