# SPDX-License-Identifier: MIT
"""
Compare the outputs of two checkouts, byte for byte: a change that should alter no output alters none.

    python benchmarks/outputs.py draw CORPUS             write the inputs, drawn by this checkout's generators
    python benchmarks/outputs.py digest CORPUS DIGESTS   hash the outputs of each input
    python benchmarks/outputs.py compare BEFORE AFTER    print the inputs whose outputs differ

Run `digest` once as it is and once with `PYTHONPATH=OTHER/src`, which makes it import the other checkout.

The inputs are the seeds and all files of `tests/cases`, each alone and merged with the next file; the suites
of the truth harness; and 5,000 generated pages of one to four dumps, with a text of any kind beside some of
them. The outputs are the JSON of each dump and of the timeline, rows, threads, deduped posts, groups,
detected damage and repairs.
"""

import argparse
import json
import random
import sys
import traceback
from datetime import datetime
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parent.parent
GENERATED = 5000
"""Generated merges."""
SUITE_SEEDS = 8
"""Cases of each suite of the truth harness."""
SUITE_SIZE = 40
"""Posts of a case."""


def case_of(name, texts, *, prefer=(), captured=None):
    """Return one input: named texts, the names of those to prefer, and when each was captured."""
    return {"name": name, "texts": texts, "prefer": prefer, "captured": captured or [None] * len(texts)}


def written_cases():
    """Yield the files of `tests/cases` and the seeds, each alone and with the next."""
    paths = [path for path in sorted((ROOT / "tests/cases").rglob("*")) if path.is_file()]
    paths += sorted((ROOT / "seeds").glob("*.txt"))
    texts = [(path.relative_to(ROOT).as_posix(), path.read_bytes().decode("utf-8")) for path in paths]
    for name, text in texts:
        yield case_of(name, [(name, text)])
    for first, second in pairwise(texts):
        yield case_of(f"{first[0]} + {second[0]}", [first, second])


def suite_cases():
    """Yield cases of the truth harness."""
    from suites import SUITES  # which imports the generators: `digest` must do without

    for suite, (draw, _) in SUITES.items():
        for seed in range(SUITE_SEEDS):
            case = draw(random.Random(f"{suite} {seed}"), SUITE_SIZE)
            texts = [(page.name, page.text) for page in case.pages]
            captured = [page.captured_at and page.captured_at.isoformat() for page in case.pages]
            yield case_of(f"suite {suite} {seed}", texts, captured=captured)


def generated_cases():
    """Yield pages that Hypothesis draws, the same at every call."""
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st

    from postdump.strategies import damages, pages, texts

    drawn = []
    damage = st.one_of(damages(), damages(), st.none())
    quiet = settings(
        max_examples=GENERATED,
        database=None,
        derandomize=True,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )

    @quiet
    @given(
        pages(min_dumps=1, max_dumps=4, min_posts=1, max_posts=5, damage=damage),
        st.lists(texts(), max_size=1),
    )
    def draw(page, others):
        drawn.append([*(shown.text for shown in page), *others])

    draw()
    for number, texts_of_page in enumerate(drawn):
        names = [f"page-{n}.txt" for n in range(len(texts_of_page))]
        prefer = names[-1:] if number % 5 == 0 else []
        yield case_of(f"generated {number}", list(zip(names, texts_of_page, strict=True)), prefer=prefer)


def draw_corpus(path):
    """Write the corpus as JSON lines."""
    with Path(path).open("w", encoding="utf-8") as corpus:
        for cases in (written_cases(), suite_cases(), generated_cases()):
            for case in cases:
                corpus.write(json.dumps(case) + "\n")


def outputs(case):
    """Yield every output of one input, as text."""
    from postdump import dedupe, detect_damage, group, merge, parse, repair, rows, threads, to_json

    moments = [moment and datetime.fromisoformat(moment) for moment in case["captured"]]
    dumps = [
        parse(text, name=name, captured_at=moment)
        for (name, text), moment in zip(case["texts"], moments, strict=True)
    ]
    for dump in dumps:
        yield to_json(dump)
        yield repr(dedupe(dump.posts))
        yield repr([[post.text for post in thread] for thread in threads(dump.posts)])
    yield repr([[dump.name for dump in page] for page in group(dumps)])
    different = list({dump.text: dump for dump in dumps}.values())
    timeline = merge(
        *different, prefer=[name for name in case["prefer"] if name in {one.name for one in different}]
    )
    yield to_json(timeline)
    yield repr(list(rows(timeline)))
    yield repr([[post.text for post in thread] for thread in threads(timeline.posts)])
    texts = [text for _, text in case["texts"]]
    for number, text in enumerate(texts):
        yield repr(detect_damage(text))
        yield repr(repair(text))
        yield repr(repair(text, witness=texts[number - 1]))


def digest_corpus(path, target, share):
    """Write a hash of all outputs of each input; an exception is an output too."""
    digests = {}
    with Path(path).open(encoding="utf-8") as corpus:
        for number, line in enumerate(corpus):
            if number % share:
                continue
            case = json.loads(line)
            hashed = sha256()
            try:
                for output in outputs(case):
                    hashed.update(output.encode("utf-8", "surrogatepass") + b"\0")
                digests[case["name"]] = hashed.hexdigest()
            except Exception:
                digests[case["name"]] = traceback.format_exc(limit=-1)
    Path(target).write_text(json.dumps(digests, indent=0), "utf-8")


def compare(before, after):
    """Print the names of inputs whose outputs differ; return their number."""
    old, new = (json.loads(Path(path).read_text("utf-8")) for path in (before, after))
    shared = [name for name in new if name in old]
    differing = [name for name in shared if old[name] != new[name]]
    for name in differing:
        print(name, "" if len(new[name]) == 64 else new[name].strip().splitlines()[-1])
    print(f"{len(shared)} inputs compared, {len(differing)} differ")
    return len(differing)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=("draw", "digest", "compare"))
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--share", type=int, default=1, help="digest only every N-th input")
    options = parser.parse_args()
    if options.command == "draw":
        draw_corpus(*options.paths)
    elif options.command == "digest":
        digest_corpus(*options.paths, options.share)
    else:
        sys.exit(compare(*options.paths) > 0)


if __name__ == "__main__":
    main()
