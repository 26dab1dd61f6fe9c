# SPDX-License-Identifier: MIT
"""What the commands do, what they are asked for, and how they end."""

import errno
import json
import os
import re
import runpy
import sys
from importlib import import_module, metadata
from pathlib import Path

import pytest
from commandline import AHOY, BOTH, COMMANDS, NOT_FOUND, SEEDS, err, out, refusal, run

from postdump import Post, from_json, merge, parse, read, to_json
from postdump.cli import main
from postdump.cli._options import Options
from postdump.layouts import BSKYVIEW


@pytest.fixture(autouse=True)
def beside_seeds(monkeypatch):
    monkeypatch.chdir(SEEDS.parent)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def page(folder):
    Path("page.txt").write_text(AHOY, "utf-8")
    return "page.txt"


# The main job.


@pytest.mark.parametrize("files", [BOTH, BOTH[::-1]])
def test_merges_the_seeds(files):
    made = out("merge", *files, "--format", "json")
    assert made == to_json(merge(*map(read, BOTH))) + "\n"
    gold = json.loads((SEEDS.parent / "tests/cases/seeds.json").read_text("utf-8"))
    assert [post.text for post in from_json(made).posts] == [post["text"] for post in gold["posts"]]


@pytest.mark.parametrize("files", [BOTH, BOTH[::-1]])
def test_merges_the_seeds_for_people(files):
    shown = out("merge", *files)
    first, *posts, last = shown.split("\n\n")
    assert first == "Posts by Chris Olah"
    assert len(posts) == 29
    assert posts[5] == (
        "2025-07-29 23:33 (inferred)\n"
        "  They've been an ongoing challenge in our work for a long time. In fact, our recent work on"
        " attribution graphs (transformer-circuits.pub/2025/attribu...) was partly designed as a method to"
        " side step them as a challenge!\n"
        "  (not shown by seeds/000_628b0fdcf95840e5.txt)"
    )
    assert posts[7] == (
        "2025-07-29 23:33  28 likes, 2 reposts, 2 replies, 0 quotes\n"
        "  I've been talking about interference weights as a challenge for mechanistic interpretability for"
        " a while.\n"
        "  A short note discussing them - transformer-circuits.pub/2025/interfe...\n"
        "  | A Toy Model of Interference Weights\n"
        "  (inferred: card)"
    )
    assert posts[16].endswith(
        "\n  (repaired: 'β' to '–' at seeds/000_628b0fdcf95840e5.txt:47:151,"
        " as at seeds/001_dbca723c20143212.txt:29:1)"
    )
    assert last == (
        "29 posts from 2 dumps; 1 repair (witness); inferred: 5 cards, 1 time; left unrepaired: nothing;"
        " 16 lines unclaimed; 0 conflicts\n"
    )


def test_parses_a_seed_for_people():
    first, *_, last = out("parse", BOTH[0]).split("\n\n")
    assert first.startswith(
        "2025-09-10 19:06  9176 likes, 1758 reposts, 514 replies, 137 quotes\n  Political"
    )
    assert last == "28 posts; damaged (iso-8859-7/drop), nothing repaired; 15 lines unclaimed; no problems\n"


# Several files.


def test_parses_each_file(page):
    Path("other.txt").write_text("Just a bio.\n", "utf-8")
    assert out("parse", page, "other.txt") == (
        "==> page.txt <==\n"
        "\n"
        "2026-02-03 17:04  4 likes, 3 reposts, 0 replies, 0 quotes\n"
        "  Ahoy — there.\n"
        "\n"
        "1 post; no damage seen; 0 lines unclaimed; no problems\n"
        "\n"
        "==> other.txt <==\n"
        "\n"
        "0 posts; no damage seen; 1 line unclaimed; 1 problem, see postdump inspect\n"
    )


def test_one_file_is_one_document(page):
    assert out("parse", page, "--format", "json") == to_json(read(page)) + "\n"


def test_several_files_are_an_array(page):
    Path("other.txt").write_text("Just a bio.\n", "utf-8")
    documents = json.loads(out("parse", page, "other.txt", "--format", "json"))
    assert [from_json(json.dumps(one)) for one in documents] == [read(page), read("other.txt")]


def test_several_files_of_which_one_is_left_are_an_array_too(page):
    code, stdout, stderr = run("parse", page, page, "--format", "json")
    assert (code, json.loads(stdout)) == (0, [json.loads(to_json(read(page)))])
    assert stderr == "postdump: page.txt: given 2 times, read once\n"


def test_no_document_is_an_empty_array(folder):
    code, stdout, _ = run("parse", "a.txt", "b.txt", "--format", "json")
    assert (code, json.loads(stdout)) == (2, [])


def test_groups_find_their_pages(folder):
    heads = {name: f"Posts by {name} (@{name}.example.social)\n" for name in ("ada", "bo")}
    for file, name in (("a1", "ada"), ("b1", "bo"), ("a2", "ada")):
        Path(file).write_text(heads[name] + AHOY, "utf-8")
    files = ("a1", "b1", "a2")
    made = json.loads(out("merge", "--group", *files, "--format", "json"))
    pages = [merge(read("a1"), read("a2")), merge(read("b1"))]
    assert [from_json(json.dumps(one)) for one in made] == pages
    lines = list(map(json.loads, out("merge", "--group", *files, "--format", "jsonl").split("\n")[:-1]))
    assert [(line["page"], line["profile_name"]) for line in lines] == [(0, "ada"), (1, "bo")]
    shown = out("merge", "--group", *files)
    assert [line for line in shown.split("\n") if line.startswith("==>")] == ["==> a1, a2 <==", "==> b1 <=="]
    assert out("merge", "--group", *files, "--prefer", "b1", "--prefer", "a2")
    assert json.loads(out("merge", "--group", "a1", "--format", "json")) == [
        json.loads(to_json(merge(read("a1"))))
    ]


def test_trusts_whom_it_is_told_to(folder):
    for file, likes in (("a", 9), ("b", 4)):
        Path(file).write_text(AHOY.replace("👍 4", f"👍 {likes}"), "utf-8")
    assert "  9 likes, " in out("merge", "a", "b")
    assert "  4 likes, " in out("merge", "a", "b", "--prefer", "b")
    why = refusal("merge", "a", "b", "--prefer", "c")
    assert "'--prefer'" in why
    assert why.endswith(": expected one of the files, got 'c'")


# Input.


def test_reads_standard_input():
    assert from_json(out("parse", "-", "--format", "json", stdin=AHOY.encode())) == parse(AHOY, name="-")


def test_calls_standard_input_by_a_name():
    assert "==> <stdin> <==\n" in out("inspect", "-", stdin=AHOY.encode())
    assert "(<stdin>:1:1, no-marker)\n" in out("inspect", "-", stdin=b"Ahoy.")


def test_reads_standard_input_once():
    code, stdout, stderr = run("merge", "-", "-", stdin=AHOY.encode())
    assert (code, stderr) == (0, "postdump: <stdin>: given 2 times, read once\n")
    assert "1 post from 1 dump; " in stdout


def test_files_of_one_name_in_two_folders_are_two(folder):
    for at in ("a", "b"):
        Path(at).mkdir()
        Path(at, "page.txt").write_text(AHOY.replace("Ahoy", f"Ahoy from {at}"), "utf-8")
    files = (str(Path("a", "page.txt")), str(Path("b", "page.txt")))
    assert {dump.name for dump in from_json(out("merge", *files, "--format", "json")).dumps} == set(files)


def test_reads_another_encoding(folder):
    Path("page.txt").write_bytes("Déjà vu.".encode("latin-1"))
    assert err("parse", "page.txt") == "postdump: expected UTF-8 at byte 1 of page.txt: pass --encoding\n"
    made = out("parse", "page.txt", "--encoding", "latin-1", "--format", "json")
    assert from_json(made).text == "Déjà vu."


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"caf\xe9", "expected UTF-8 at byte 3 of page.txt: pass --encoding"),
        (
            b"\xff\xfea",
            "expected UTF-16-LE at byte 2 of page.txt: drop the byte order mark and pass --encoding",
        ),
        (
            "Ahoy.\n".encode("utf-16-le"),
            "expected UTF-8, found what looks like UTF-16 at byte 1 of page.txt: "
            "pass --encoding utf-16-le, or --encoding utf-8 if the NULs belong there",
        ),
        (bytes(range(256)), "expected UTF-8 at byte 128 of page.txt: pass --encoding"),
    ],
)
@pytest.mark.parametrize("name", ["parse", "merge", "inspect", "repair"])
def test_refuses_bytes_that_are_no_text(folder, name, data, said):
    Path("page.txt").write_bytes(data)
    assert err(name, "page.txt") == f"postdump: {said}\n"


@pytest.mark.parametrize("name", ["parse", "merge", "inspect", "repair"])
def test_refuses_what_is_no_file(folder, name):
    assert err(name, "page.txt") == f"postdump: cannot read page.txt: {NOT_FOUND}\n"
    # Why a NUL cannot be in a path is said in the words of the interpreter.
    assert re.fullmatch(r"postdump: cannot read a\\x00b: .+\n", err(name, "a\0b"))


@pytest.mark.skipif(os.name != "posix", reason="other systems say something else of folders")
@pytest.mark.parametrize("name", ["parse", "merge", "inspect", "repair"])
def test_refuses_a_folder(name):
    assert err(name, "seeds") == f"postdump: cannot read seeds: {os.strerror(errno.EISDIR)}\n"


def test_says_so_where_memory_does_not_do(page, monkeypatch):
    def fail(*args, **options):
        raise MemoryError

    monkeypatch.setattr("postdump.cli._inputs.read", fail)
    assert err("parse", page) == "postdump: cannot read page.txt: it takes more memory than there is\n"
    monkeypatch.undo()
    monkeypatch.setattr("postdump.merge", fail)
    assert main(["merge", str(SEEDS / "README.md")]) == 2


@pytest.mark.parametrize("name", ["parse", "merge"])
def test_an_empty_file_has_no_posts(folder, name):
    Path("page.txt").touch()
    assert out(name, "page.txt").startswith("0 posts")
    assert json.loads(out(name, "page.txt", "--format", "json"))["value"]["posts"] == []
    assert out(name, "page.txt", "--format", "jsonl") == ""


@pytest.mark.parametrize("name", ["parse", "inspect"])
def test_goes_on_without_a_file_that_cannot_be_read(page, name):
    code, stdout, stderr = run(name, "no.txt", page, "nor.txt", "--format", "json")
    assert (code, len(json.loads(stdout))) == (2, 1)
    assert stderr == (
        f"postdump: cannot read no.txt: {NOT_FOUND}\npostdump: cannot read nor.txt: {NOT_FOUND}\n"
    )


def test_merges_all_or_nothing(page):
    Path("out.json").write_text("old", "utf-8")
    assert err("merge", "no.txt", page, "nor.txt", "-o", "out.json") == (
        f"postdump: cannot read no.txt: {NOT_FOUND}\npostdump: cannot read nor.txt: {NOT_FOUND}\n"
    )
    assert Path("out.json").read_text("utf-8") == "old"


# What is said of the input.


def test_layout(page):
    assert from_json(out("parse", page, "--layout", "flat", "--format", "json")).layouts == ("flat",)
    why = refusal("parse", page, "--layout", "x")
    assert "'--layout'" in why
    assert "'x'" in why


@pytest.mark.parametrize(
    ("given", "seen"),
    [
        ("2026-02-03", "2026-02-03T00:00:00+00:00"),
        ("2026-02-03T17:04", "2026-02-03T17:04:00+00:00"),
        ("2026-02-03T17:04:09", "2026-02-03T17:04:09+00:00"),
        ("2026-02-03T17:04Z", "2026-02-03T17:04:00+00:00"),
        ("2026-02-03T17:04:09+02:00", "2026-02-03T15:04:09+00:00"),
    ],
)
def test_captured_at(page, given, seen):
    made = from_json(out("parse", page, "--captured-at", given, "--format", "json"))
    assert made.captured_at.isoformat() == seen
    assert f"captured   {seen[:10]} {seen[11:16]}" in out("inspect", page, "--captured-at", given)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("yesterday", "a time such as 2026-02-03 or 2026-02-03T17:04, got 'yesterday'"),
        ("2026-02-30", "a time such as 2026-02-03 or 2026-02-03T17:04, got '2026-02-30'"),
        ("0001-01-01T00:00+02:00", "a time of the years 1 to 9999, as UTC"),
    ],
)
def test_captured_at_no_time(page, given, expected):
    problem = refusal("parse", page, "--captured-at", given)
    assert problem == f"Invalid value for '--captured-at': expected {expected}"


def test_unknown_encoding(page):
    why = refusal("parse", page, "--encoding", "utf-9")
    assert "'--encoding'" in why
    assert why.endswith(": expected the name of a text encoding, got 'utf-9'")


# Output.


@pytest.mark.parametrize("name", ["parse", "merge", "inspect"])
@pytest.mark.parametrize("form", ["text", "json", "jsonl", "csv"])
def test_writes_to_a_file_what_it_would_print(page, name, form):
    Path("out").write_text("old", "utf-8")
    assert out(name, page, "--format", form, "-o", "out") == ""
    assert Path("out").read_bytes().decode() == out(name, page, "--format", form) != ""
    assert out(name, page, "--format", form, "--output", "-") == out(name, page, "--format", form)
    assert {path.name for path in Path().iterdir()} == {"out", "page.txt"}


@pytest.mark.parametrize("name", ["parse", "inspect"])
def test_leaves_a_file_alone_if_there_is_nothing_to_write(folder, name):
    Path("out").write_text("old", "utf-8")
    assert err(name, "no.txt", "-o", "out") == f"postdump: cannot read no.txt: {NOT_FOUND}\n"
    assert Path("out").read_text("utf-8") == "old"


def test_may_write_over_what_it_read(page):
    assert out("parse", page, "--format", "json", "-o", page) == ""
    assert from_json(Path(page).read_text("utf-8")) == parse(AHOY, name=page)


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("no/out", re.escape(f"cannot write no/out: {NOT_FOUND}")),
        (".", r"cannot write \.: expected a file, or nothing there yet"),
        ("a\0b", r"cannot write a\\x00b: .+"),  # the reason is in the words of the interpreter
    ],
)
def test_says_what_it_cannot_write(page, output, said):
    assert re.fullmatch(f"postdump: {said}\n", err("parse", page, "-o", output))


# Strict.


def test_minds_problems_if_told_to(page):
    Path("bio.txt").write_text("Just a bio.\n", "utf-8")
    assert run("parse", page, "--strict")[::2] == (0, "")
    for name in ("parse", "merge", "inspect"):
        assert run(name, page, "bio.txt")[::2] == (0, "")
        code, stdout, stderr = run(name, page, "bio.txt", "--strict")
        assert (code, stderr) == (1, "postdump: --strict: 1 problem\n")
        assert stdout == out(name, page, "bio.txt")
    assert run("parse", page, "bio.txt", "no.txt", "--strict")[0] == 2


def test_minds_conflicts_if_told_to(folder):
    Path("a").write_text("Low tide is at nine o'clock.\nBring a lamp to the quay.\n" + AHOY, "utf-8")
    Path("b").write_text("Low tide is at nine o'clock.\nBring a lamb to the quay.\n" + AHOY, "utf-8")
    code, stdout, stderr = run("merge", "a", "b", "--strict")
    assert (code, stderr) == (1, "postdump: --strict: 1 conflict\n")
    assert "; 1 conflict\n" in stdout


# Inspect.

TORN = AHOY + "Low tide.\n03.02.2026 17:04 — 👍 4 🔁 💬 0 📌 0\nJust a bio.\n"


def test_inspects_for_people(folder):
    Path("page.txt").write_text("Posts by Ada (@ada.example.social)\n" + TORN, "utf-8")
    dump = read("page.txt", layout=BSKYVIEW)
    assert out("inspect", "page.txt", "--layout", "bskyview") == (
        "==> page.txt <==\n"
        "layout     bskyview\n"
        "damage     none seen\n"
        "evidence   " + "\n           ".join(dump.evidence) + "\n"
        "profile    Ada (@ada.example.social)\n"
        "posts      1, dated from 2026-02-03 17:04 to 2026-02-03 17:04\n"
        "counts     4 likes, 3 reposts, 0 replies, 0 quotes, of all posts together\n"
        "unclaimed  4 lines\n"
        "text       139 characters in 6 lines\n"
        f"sha256     {dump.sha256}\n"
        "problems   1\n"
        "  expected a number after '🔁' (page.txt:5:26, stats-no-count)\n"
        "      03.02.2026 17:04 — 👍 4 🔁 💬 0 📌 0\n"
        "                                 ^^\n"
    )


def test_inspects_for_programs(folder):
    Path("page.txt").write_text(TORN, "utf-8")
    made = json.loads(out("inspect", "page.txt", "--format", "json"))
    assert made.pop("sha256") == read("page.txt").sha256
    assert made.pop("evidence") == list(read("page.txt").evidence)
    (problem,) = made.pop("diagnostics")
    assert TORN[problem.pop("start") : problem.pop("end")] == "💬"
    assert problem == {
        "code": "stats-no-count", "message": "expected a number after '🔁'", "line": 4, "column": 26
    }  # fmt: skip
    assert made == {
        "dump": "page.txt", "captured_at": None, "characters": 104, "lines": 5, "layouts": ["bskyview"],
        "damage": None, "profile_name": None, "profile_handle": None, "posts": 1, "dated": 1,
        "earliest": "2026-02-03T17:04:00", "latest": "2026-02-03T17:04:00",
        "likes": 4, "reposts": 3, "replies": 0, "quotes": 0, "unclaimed": 3,
    }  # fmt: skip
    twice = out("inspect", "page.txt", str(SEEDS / "README.md"), "--format", "json")
    assert [one["posts"] for one in json.loads(twice)] == [1, 0]
    lines = out("inspect", "page.txt", "--format", "jsonl").split("\n")
    assert [json.loads(lines[0])["posts"], *lines[1:]] == [1, ""]


def test_shows_so_many_problems(folder):
    Path("page.txt").write_text(TORN.split("\n")[3] + "\n" + TORN * 21, "utf-8")
    shown = out("inspect", "page.txt")
    assert "problems   22\n" in shown
    assert shown.count("stats-no-count") == 20
    assert shown.endswith("  and 2 more: --format json has all\n")


# Repair.


def test_repairs_by_a_witness():
    code, stdout, stderr = run("repair", BOTH[0], "--witness", BOTH[1])
    text = Path(BOTH[0]).read_text("utf-8")
    assert (code, stdout) == (0, text.replace("ML β I've", "ML – I've"))
    assert stderr.startswith(
        "postdump: seeds/000_628b0fdcf95840e5.txt: 1 repair (witness); left unrepaired: "
    )


def test_repairs_without_a_witness():
    code, stdout, stderr = run("repair", "-", stdin="cafÃ© crÃ¨me".encode())
    assert (code, stdout) == (0, "café crème")
    assert stderr == "postdump: <stdin>: 2 repairs (codec); left unrepaired: nothing\n"


DAMAGED = "Ahoy, donβt sink.\nThe quay is slippery.\n03.02.2026 17:04 β π 4 π 3 π¬ 0 π 0\n"
CLEAN = "Ahoy, don’t sink.\nThe quay is slippery.\n"


def test_shows_repairs_to_programs(folder):
    Path("a").write_text(DAMAGED, "utf-8")
    code, stdout, _ = run("repair", "a", "--witness", "-", "--format", "json", stdin=CLEAN.encode())
    made = json.loads(stdout)
    assert (code, made["text"]) == (0, DAMAGED.replace("donβt", "don’t"))
    place = {"dump": "a", "start": 9, "end": 10, "line": 1, "column": 10, "text": "β"}
    shown = {"dump": "-", "start": 0, "end": 17, "line": 1, "column": 1, "text": "Ahoy, don’t sink."}
    proof = {"basis": "witness", "reading": place, "evidence": [shown], "confidence": None}
    assert made["repairs"] == [{"before": "β", "after": "’", **proof}]
    assert made["unrepaired"] == []  # what the marker's icons became is known
    code, stdout, _ = run("repair", "a", "--format", "json")
    assert json.loads(stdout)["unrepaired"] == [place]


def test_repairs_what_is_likely_if_told_to(folder):
    Path("a").write_text(DAMAGED, "utf-8")
    code, stdout, stderr = run("repair", "a", "--context")
    assert (code, stdout) == (0, DAMAGED.replace("donβt", "don’t"))
    assert stderr == "postdump: a: 1 repair (context); left unrepaired: nothing\n"
    code, stdout, _ = run("repair", "a", "--context", "--confidence", "1")
    assert (code, stdout) == (0, DAMAGED)


def test_minds_what_is_left_unrepaired_if_told_to(folder):
    Path("a").write_text(DAMAGED, "utf-8")
    code, _, stderr = run("repair", "a", "--strict")
    assert (code, stderr.split("\n")[1:]) == (1, ["postdump: --strict: 1 place left unrepaired", ""])


def test_writes_a_repaired_text_as_it_is(folder):
    text = "a\tb\r\nc\x1b[2J\rd\u202e"
    Path("a").write_bytes(text.encode())
    code, stdout, stderr = run("repair", "a")
    assert (code, stdout) == (0, "a\\tb\nc\\x1b[2J\nd\\u202e")
    assert stderr == (
        "postdump: what standard output cannot show is escaped there; --output writes it as it is\n"
        "postdump: a: 0 repairs; left unrepaired: nothing\n"
    )
    code, stdout, stderr = run("repair", "a", "-o", "b")
    assert (code, stdout, stderr) == (0, "", "postdump: a: 0 repairs; left unrepaired: nothing\n")
    assert Path("b").read_bytes() == text.encode()


def test_standard_input_is_one_text():
    why = refusal("repair", "-", "--witness", "-")
    assert "'--witness'" in why
    assert why.endswith(": standard input cannot be both texts")


# The program itself.


@pytest.mark.parametrize(
    ("args", "shown"),
    [
        ([], ""),
        (["merge"], "FILE..."),
        (["mend\x1b[2J"], r"mend\x1b[2J"),
        (["parse", "a", "--form\x1b[2J"], r"--form\x1b[2J"),
        (["parse", "a", "--format", "xml\u202e"], "'--format'"),
        (["parse", "a", "--format", "xml\u202e"], r"'xml\u202e'"),
    ],
)
def test_says_what_it_does_not_understand(args, shown):
    assert shown in refusal(*args)


def test_helps():
    assert all(f"\n  {name} " in out("--help") for name in COMMANDS)
    for name in COMMANDS:
        usage, _, rest = out(name, "-h").partition("\n")
        assert f" postdump {name} " in usage
        assert " FILE" in usage
        assert "--output" in rest


def test_tells_its_version(monkeypatch):
    monkeypatch.setattr("importlib.metadata.version", lambda name: f"1.0 of {name}")
    assert out("--version") == "postdump 1.0 of postdump\n"


def test_tells_its_version_where_it_is_not_installed(monkeypatch):
    def fail(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr("importlib.metadata.version", fail)
    assert out("--version") == "postdump (not installed)\n"


def test_serves_a_shell(monkeypatch):
    code, stdout, _ = run(
        env={"_POSTDUMP_COMPLETE": "bash_complete", "COMP_WORDS": "postdump me", "COMP_CWORD": "1"}
    )
    assert (code, stdout) == (0, "plain,merge\n")
    options = {"_POSTDUMP_COMPLETE": "bash_complete", "COMP_WORDS": "postdump --version p", "COMP_CWORD": "2"}
    assert run(env=options)[:2] == (0, "plain,parse\n")


def test_is_a_module(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["postdump", "--help"])
    with pytest.raises(SystemExit) as end:
        runpy.run_module("postdump", run_name="__main__")
    assert end.value.code == 0
    assert capsys.readouterr().out.split() == out("--help").split()  # on lines as wide as there is room
    assert import_module("postdump.__main__").main is main  # and nothing happens


@pytest.mark.parametrize("missing", ["click", "rich"])
def test_names_the_extra_that_is_missing(monkeypatch, missing):
    monkeypatch.setitem(sys.modules, missing, None)
    monkeypatch.delitem(sys.modules, "postdump.cli")
    with pytest.raises(ImportError, match=r"pip install 'postdump\[cli\]'") as caught:
        import_module("postdump.cli")
    assert caught.value.name == missing


def test_options_have_defaults():
    assert Options(files=("a", "b")).is_many
    assert not Options(files=("a", "b"), is_merged=True).is_many
    assert Post().inferred == ()
