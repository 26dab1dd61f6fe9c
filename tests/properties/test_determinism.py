# SPDX-License-Identifier: MIT
"""
Law 6: the same dumps give the same bytes, whatever the hash seed, the locale, the time zone and the order
in which they were worked on.
"""

import json
import os
import subprocess
import sys
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from properties.reach import damaged_pages, parsed, reaches, some_texts, texts_of

from postdump import dedupe, detect_damage, group, merge, repair, rows, threads, to_json, tokenize

# What a hash seed decides changes every other one of them (test_broken.py); thrice as many before a release.
PAGES = max(12, settings.default.max_examples // 300)
TESTS = str(Path(__file__).parent.parent)
CODE = "import sys; sys.path[:0] = sys.argv[1:2]; from properties.test_determinism import main; main()"
ELSEWHERE = [
    {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC"},
    {"PYTHONHASHSEED": "1", "LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati", "PYTHONUTF8": "0"},
    {"PYTHONHASHSEED": "4242", "LC_ALL": "de_DE.ISO-8859-1", "TZ": "America/St_Johns", "PYTHONOPTIMIZE": "1"},
]


def bytes_of(texts):
    """Return everything the library says of dumps of one page, as one text."""
    dumps = parsed(texts)
    timeline = merge(*dumps)
    said = [to_json(timeline), list(rows(timeline)), threads(timeline), group(dumps)]
    for dump in dumps:
        said += [
            to_json(dump),
            list(tokenize(dump.text)),
            dedupe(dump.posts),
            dump.evidence,
            dump.diagnostics,
        ]
        said += [detect_damage(dump.text), repair(dump.text, witness=texts[-1])]
    return "\n".join(map(repr, said))


def digests_of(corpus):
    return [sha256(bytes_of(texts).encode("utf-8", "backslashreplace")).hexdigest() for texts in corpus]


def main():
    """Print the digest of each page on standard input, having worked on the last page first."""
    corpus = json.load(sys.stdin)
    json.dump(digests_of(corpus[::-1])[::-1], sys.stdout)


def drawn_corpus(strategy):
    """Return examples, the same on every run."""
    corpus = []

    @settings(max_examples=PAGES, database=None, derandomize=True, phases=[Phase.generate])
    @given(strategy)
    def gather(example):
        corpus.append(example)

    gather()
    return corpus


@cache  # no fixtures: coverage would be measured while they are set up
def corpus():
    pages = drawn_corpus(damaged_pages)
    assert sum(map(reaches, pages)) * 2 >= len(pages)
    drawn = [*map(texts_of, pages), *drawn_corpus(some_texts)]
    return json.loads(json.dumps(drawn))  # as the other process reads it: JSON joins lone surrogates


@cache
def digests_here():
    return digests_of(corpus())


@pytest.mark.parametrize("environment", ELSEWHERE, ids=lambda environment: environment["TZ"])
def test_same_bytes_elsewhere(environment):
    assert digests_elsewhere(corpus(), environment) == digests_here()


def digests_elsewhere(corpus, environment, code=CODE):
    made = subprocess.run(
        [sys.executable, "-c", code, TESTS],
        input=json.dumps(corpus),
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment},
        capture_output=True,
        check=True,
        encoding="ascii",
    )
    return json.loads(made.stdout)


def says_the_same_again(texts):
    """Fields say the same whichever of them is looked at first, and whatever caches hold by now."""
    first = to_json(merge(*parsed(texts)))
    timeline = merge(*parsed(texts))
    for name in ("unrepaired", "conflicts", "repairs", "profile", "unclaimed", "damages"):
        getattr(timeline, name)
    for post in reversed(timeline.posts):
        for name in ("omitted_by", "repairs", "lines", "posted_between", "stats", "card", "text"):
            getattr(post, name)
    assert to_json(timeline) == first


@given(some_texts)
def test_any_texts_twice(texts):
    says_the_same_again(texts)


@given(damaged_pages)
def test_pages_twice(page):
    says_the_same_again(texts_of(page))
