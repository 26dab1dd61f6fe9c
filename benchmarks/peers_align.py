# SPDX-License-Identifier: MIT
"""
Find the same lines of two dumps of one profile: a damaged dump with stats lines, and a clean flat dump.

Each contestant returns pairs of line numbers, which are compared with the pairs of the generator. Most peers
run on **keys**, the visible ASCII of each line, which no damage changes. Keys are postdump's idea, and make
the peers better. **Words** are the keys without those of stats lines, **raw** are the lines as the dumps show
them.
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
from postdump._align.sequence_alignment import find_supported, pair_lines
from postdump._text.characters import visible_ascii, visible_ascii_lines

HUNK = re.compile(r"^@@ -([0-9]+)(?:,([0-9]+))? \+([0-9]+)(?:,([0-9]+))? @@", re.MULTILINE)
PERMUTATIONS = 32
ALIKE = 0.5
"""Share of common words from which on MinHash finds two lines."""


@frozen
class Case:
    """Two dumps, the true pairs, and files that programs can compare."""

    marked: str
    flat: str
    pairs: frozenset
    key_files: tuple[str, ...]
    raw_files: tuple[str, ...]


def case_of(posts, folder):
    """Generate two dumps of `posts` posts, and write their lines into a folder."""
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
    """Return recall (found share of true pairs) and precision (true share of found pairs)."""
    found = set(pairs)
    right = len(found & case.pairs)
    return {"recall": right / len(case.pairs), "precision": right / len(found) if found else 0.0}


def floor(case):
    """Split both dumps into lines, and look up the lines of one dump in a dictionary of the other's."""
    where = {line: number for number, line in enumerate(case.marked.split("\n"))}
    return [(where[line], n) for n, line in enumerate(case.flat.split("\n")) if line in where]


def whole_merge(case):
    """Parse both dumps, merge them, and make the sequence of posts, as users do."""
    timeline = merge(parse(case.marked, name="marked"), parse(case.flat, name="flat"))
    len(timeline.posts)
    return timeline


def merged_pairs(timeline, case):
    """Return the pairs of lines that a timeline takes for one line."""
    pairs = []
    for lines in (*(post.lines for post in timeline.posts), timeline.unclaimed):
        for line in lines:
            numbers = {"marked": [], "flat": []}
            for reading in line.readings:
                numbers[reading.dump].append(reading.line - 1)
            pairs += [(i, j) for i in numbers["marked"] for j in numbers["flat"]]
    return pairs


def ours(case):
    """Compute the keys of the lines and align them as `merge` does; the damage is known, as after parsing."""
    marked, flat = (text.removesuffix("\n") for text in (case.marked, case.flat))
    marked_keys = compute_line_keys(visible_ascii_lines(marked), marked.split("\n").__getitem__, None)
    flat_keys = compute_line_keys(visible_ascii_lines(flat), flat.split("\n").__getitem__, GREEK)
    pairs = pair_lines(marked_keys, flat_keys, (0, len(marked_keys), 0, len(flat_keys)))
    return find_supported(marked_keys, flat_keys, pairs, is_strong)


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
    """Find the most similar line for each line, as scripts do that ignore the order."""
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
    """Find lines with the same words in any order; this runs on raw lines, because a key has no words."""
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
    """Run another program on two files, which are written before the clock starts."""
    env = {**os.environ, "LC_ALL": "C", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}

    def run(case):
        names = getattr(case, files)
        done = subprocess.run([*command, *names], stdout=subprocess.PIPE, env=env, check=False)
        if done.returncode > 1:
            raise OSError(f"{command[0]} exited with {done.returncode}")
        return done.stdout

    return run


def hunk_pairs(shown, case):
    """Return the pairs of lines between the differences that a program shows."""
    pairs, i, j = [], 0, 0
    for found in HUNK.finditer(shown.decode("utf-8", "replace")):
        a_from, a_size, b_from, b_size = (1 if one is None else int(one) for one in found.groups())
        a_from -= a_size > 0  # if a side has no lines, diff names the line before
        b_from -= b_size > 0
        pairs += zip(range(i, a_from), range(j, b_from), strict=True)
        i, j = a_from + a_size, b_from + b_size
    rest = range(i, case.marked.count("\n")), range(j, case.flat.count("\n"))
    return [*pairs, *zip(*rest, strict=True)]


def program(*command, files):
    """Return a function that makes a contestant of a program, if the program is installed."""

    def make():
        if which(command[0]) is None:
            raise ModuleNotFoundError(f"no program named {command[0]!r}")
        return with_command(*command, files=files)

    return make, hunk_pairs


def on_words(run):
    """
    Run a contestant without the stats lines.

    Stats lines have no counterpart in the other dump. With them, no run of equal lines is longer than a post,
    and difflib, which looks for long runs, finds only short ones. Only a parser can recognise stats lines.
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
"""By name: a function that makes the contestant, and one that returns the pairs from its result."""
