# SPDX-License-Identifier: MIT
"""
Two dumps of one profile, a damaged one with stats lines and cards and a flat clean one: which lines are one?

Each contestant returns pairs of line numbers, and is judged by those that the generator knows. Most peers
run on **keys**: the visible ASCII of a line, which no damage changes. That is our idea, not theirs, and
makes them better than they are. **Words** are the keys without the stats lines, **raw** the lines as shown.
"""

import difflib
import os
import re
import subprocess
from pathlib import Path
from shutil import which

from attrs import evolve, frozen
from pages import GREEK, overlap

from postdump import merge, parse
from postdump._align.bulk_keys import compute_line_keys
from postdump._align.line_keys import is_strong
from postdump._align.sequence_alignment import align
from postdump._text.characters import visible_ascii, visible_ascii_lines

HUNK = re.compile(r"^@@ -([0-9]+)(?:,([0-9]+))? \+([0-9]+)(?:,([0-9]+))? @@", re.MULTILINE)
PERMUTATIONS = 32
ALIKE = 0.5
"""Of the words of two lines, how many must be the same to be found by MinHash."""


@frozen
class Case:
    """Two dumps, the pairs that are right, and files for programs to compare."""

    marked: str
    flat: str
    pairs: frozenset
    key_files: tuple[str, ...]
    raw_files: tuple[str, ...]


def case_of(posts, folder):
    """Generate two dumps of so many posts, and write their lines into a folder."""
    dumps = overlap(posts)
    texts = (dumps.marked, dumps.flat)
    files = {"keys": _keys, "raw": lambda texts: [[line.encode() for line in one] for one in _raw(texts)]}
    written = []
    for name, lines_of in files.items():
        paths = [Path(folder, f"{side}-{name}.txt") for side in ("marked", "flat")]
        for path, lines in zip(paths, lines_of(texts), strict=True):
            path.write_bytes(b"\n".join(lines) + b"\n")
        written.append(tuple(map(str, paths)))
    return Case(*texts, dumps.pairs, *written)


def judged(pairs, case):
    """Return which share of the true pairs was found, and which share of what was found is true."""
    found = set(pairs)
    right = len(found & case.pairs)
    return {"recall": right / len(case.pairs), "precision": right / len(found) if found else 0.0}


def floor(case):
    """Cut both dumps into lines and look up those of one in a dictionary of the other's."""
    where = {line: number for number, line in enumerate(case.marked.split("\n"))}
    return [(where[line], n) for n, line in enumerate(case.flat.split("\n")) if line in where]


def whole_merge(case):
    """Parse both, merge them, and make the sequence of posts: what users do."""
    timeline = merge(parse(case.marked, name="marked"), parse(case.flat, name="flat"))
    len(timeline.posts)
    return timeline


def merged_pairs(timeline, case):
    """Read off a timeline which lines were taken for one."""
    pairs = []
    for lines in (*(post.lines for post in timeline.posts), timeline.unclaimed):
        for line in lines:
            numbers = {"marked": [], "flat": []}
            for reading in line.readings:
                numbers[reading.dump].append(reading.line - 1)
            pairs += [(i, j) for i in numbers["marked"] for j in numbers["flat"]]
    return pairs


def ours(case):
    """Key the lines and align them, as `merge` does within; the damage is known, as it is after parsing."""
    marked, flat = (text.removesuffix("\n") for text in (case.marked, case.flat))
    marked_keys = compute_line_keys(visible_ascii_lines(marked), marked.split("\n").__getitem__, None)
    flat_keys = compute_line_keys(visible_ascii_lines(flat), flat.split("\n").__getitem__, GREEK)
    return align(marked_keys, flat_keys, is_strong=is_strong)


def _keys(texts):
    return [[visible_ascii(line) for line in _lines(text)] for text in texts]


def _raw(texts):
    return [_lines(text) for text in texts]


def _lines(text):
    return text.removesuffix("\n").split("\n")


def _blocks(blocks):
    return [(i + n, j + n) for i, j, length in blocks for n in range(length)]


def with_difflib(sides, autojunk):
    def run(case):
        both = sides((case.marked, case.flat))
        return _blocks(difflib.SequenceMatcher(None, *both, autojunk=autojunk).get_matching_blocks())

    return run


def with_merge3():
    from merge3 import Merge3

    def run(case):
        marked, flat = _keys((case.marked, case.flat))
        regions = Merge3(marked, marked, flat).find_sync_regions()
        return _blocks((start, b, end - start) for start, end, _, _, b, _ in regions)

    return run


def with_patiencediff():
    from patiencediff import PatienceSequenceMatcher

    def run(case):
        return _blocks(PatienceSequenceMatcher(None, *_keys((case.marked, case.flat))).get_matching_blocks())

    return run


def with_rapidfuzz():
    from rapidfuzz.distance import LCSseq

    def run(case):
        blocks = LCSseq.opcodes(*_keys((case.marked, case.flat))).as_list()
        return _blocks((i, j, end - i) for tag, i, end, j, _ in blocks if tag == "equal")

    return run


def with_rapidfuzz_search():
    """Look for every line's likest line, as scripts do that know of no order."""
    from rapidfuzz import process
    from rapidfuzz.distance import Indel

    def run(case):
        marked, flat = _raw((case.marked, case.flat))
        pairs = []
        for j, line in enumerate(flat):
            found = process.extractOne(
                line, marked, scorer=Indel.normalized_similarity, processor=None, score_cutoff=0.9
            )
            if found is not None and line:
                pairs.append((found[2], j))
        return pairs

    return run


def with_datasketch():
    """Look for lines with the same words, whatever their order: raw, since a key has no words."""
    from datasketch import MinHash, MinHashLSH

    def hashes(lines):
        words = ([word.encode() for word in line.split()] for line in lines)
        return MinHash.bulk(words, num_perm=PERMUTATIONS)

    def run(case):
        marked, flat = _raw((case.marked, case.flat))
        index = MinHashLSH(threshold=ALIKE, num_perm=PERMUTATIONS)
        known = {}
        for i, one in enumerate(hashes(marked)):
            if marked[i]:
                index.insert(i, one)
                known[i] = one
        pairs = []
        for j, one in enumerate(hashes(flat)):
            found = index.query(one) if flat[j] else []
            if found:
                pairs.append((max(found, key=lambda i: (known[i].jaccard(one), -i)), j))
        return pairs

    return run


def with_collatex():
    from collatex import collate

    def tokens(name, keys):
        named = [{"t": key.decode(), "n": key.decode(), "at": n} for n, key in enumerate(keys) if key]
        return {"id": name, "tokens": named}

    def run(case):
        marked, flat = _keys((case.marked, case.flat))
        witnesses = {"witnesses": [tokens("marked", marked), tokens("flat", flat)]}
        table = collate(witnesses, segmentation=False)
        pairs = []
        for column in table.columns:
            shown = column.tokens_per_witness
            if len(shown) == 2 and not column.variant:
                pairs.append(tuple(shown[name][0].token_data["at"] for name in ("marked", "flat")))
        return pairs

    return run


def with_command(*command, files):
    """Let a program of its own compare two files, which stand there before the clock starts."""
    env = {**os.environ, "LC_ALL": "C", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}

    def run(case):
        names = getattr(case, files)
        done = subprocess.run([*command, *names], stdout=subprocess.PIPE, env=env, check=False)
        if done.returncode > 1:
            raise OSError(f"{command[0]} exited with {done.returncode}")
        return done.stdout

    return run


def hunk_pairs(shown, case):
    """Turn the differences that a program shows into the pairs that it does not: lines between hunks."""
    pairs, i, j = [], 0, 0
    for found in HUNK.finditer(shown.decode("utf-8", "replace")):
        a_from, a_size, b_from, b_size = (1 if one is None else int(one) for one in found.groups())
        a_from -= a_size > 0  # where a side has no lines, the line before is named
        b_from -= b_size > 0
        pairs += zip(range(i, a_from), range(j, b_from), strict=True)
        i, j = a_from + a_size, b_from + b_size
    rest = range(i, case.marked.count("\n")), range(j, case.flat.count("\n"))
    return [*pairs, *zip(*rest, strict=True)]


def program(*command, files):
    """Return what makes a contestant of a program, if there is one of that name."""

    def make():
        if which(command[0]) is None:
            raise ModuleNotFoundError(f"no program named {command[0]!r}")
        return with_command(*command, files=files)

    return make, hunk_pairs


def on_words(run):
    """
    Take the stats lines out beforehand.

    They have no counterpart, so with them no two lines in a row agree for longer than a post, and whoever
    looks for long runs (difflib) finds nothing but short ones. It takes a parser to know them.
    """

    def on(case):
        lines = _lines(case.marked)
        numbers = [i for i, line in enumerate(lines) if line[2:3] != "."]
        fewer = evolve(case, marked="\n".join(lines[i] for i in numbers) + "\n")
        return [(numbers[i], j) for i, j in run(fewer)]

    return on


def as_found(found, case):
    return found


GIT = ("git", "diff", "--no-index", "--no-color", "--no-ext-diff", "-U0")
CONTESTANTS = {
    "split and one dict (floor)": (lambda: floor, as_found),
    "postdump, aligning": (lambda: ours, as_found),
    "postdump, aligning, words": (lambda: on_words(ours), as_found),
    "postdump, parsing and merging": (lambda: whole_merge, merged_pairs),
    "difflib, autojunk off": (lambda: with_difflib(_keys, False), as_found),
    "difflib, autojunk on": (lambda: with_difflib(_keys, True), as_found),
    "difflib, autojunk off, words": (lambda: on_words(with_difflib(_keys, False)), as_found),
    "difflib, autojunk on, words": (lambda: on_words(with_difflib(_keys, True)), as_found),
    "difflib, autojunk off, raw": (lambda: with_difflib(_raw, False), as_found),
    "merge3": (with_merge3, as_found),
    "merge3, words": (lambda: on_words(with_merge3()), as_found),
    "patiencediff": (with_patiencediff, as_found),
    "rapidfuzz, LCSseq": (with_rapidfuzz, as_found),
    "rapidfuzz, extractOne, raw": (with_rapidfuzz_search, as_found),
    "datasketch, MinHashLSH, raw": (with_datasketch, as_found),
    "CollateX": (with_collatex, as_found),
    "GNU diff": program("diff", "-U0", files="key_files"),
    "GNU diff, raw": program("diff", "-U0", files="raw_files"),
    "git diff": program(*GIT, files="key_files"),
    "git diff, histogram": program(*GIT, "--histogram", files="key_files"),
}
"""By name: what makes a contestant, and how to read pairs off what it returns."""
