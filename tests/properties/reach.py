# SPDX-License-Identifier: MIT
"""What the laws draw, and a proof that it reaches what they are about."""

import random
from collections import Counter
from functools import wraps

from hypothesis import strategies as st

from postdump import parse
from postdump.layouts import BUILT_IN
from postdump.layouts._template import COUNTS
from postdump.strategies import Style, damages, pages, texts
from postdump.strategies._samples import Choices, draw_layout

NAMES = ("page-1.txt", "page-2.txt", "page-3.txt")

MOSTLY_MARKED = (Style.COMPACT, Style.DATED, Style.FLAT, Style.SPACED, Style.GLUED, Style.SPLIT)
mostly_damaged = st.one_of(damages(), damages(), damages(), st.none())
damaged_pages = pages(min_dumps=2, min_posts=2, max_posts=3, styles=MOSTLY_MARKED, damage=mostly_damaged)


def _layouts():
    """Make layouts once: compiling the patterns of one takes as long as parsing a hundred texts."""
    rng = random.Random(8)
    for number in range(64):
        yield draw_layout(Choices(rng.randbytes(20)), rng.sample(COUNTS, number % 5))


some_layouts = st.sampled_from((*_layouts(), *BUILT_IN))
some_texts = st.lists(texts(), min_size=1, max_size=3)


def parsed(texts, **options):
    return [parse(text, name=name, **options) for name, text in zip(NAMES, texts, strict=False)]


def texts_of(page):
    return [shown.text for shown in page]


def reaches(page):
    """Tell whether a dump of the page shows two posts by their stats, and a run that is damaged."""
    return any(shown.style is not Style.FLAT and len(set(shown.posts)) > 1 and shown.runs for shown in page)


def reaching(test):
    """Demand of a property over pages that half of its examples hold two posts and a damaged run."""
    law = test.hypothesis.inner_test
    seen = Counter()

    @wraps(law)
    def counted(page, **others):
        seen[reaches(page)] += 1
        law(page, **others)

    test.hypothesis.inner_test = counted

    @wraps(test)
    def run():
        seen.clear()
        test()
        assert seen[True] >= seen[False], (
            f"only {seen[True]} of {seen.total()} pages reach what the law is about"
        )

    return run
