# SPDX-License-Identifier: MIT
"""
Restore damaged lines: ftfy on one side, `detect_damage` and `repair` on the other.

Only the characters of text lines that the damage changed are counted. Stats lines are left out, because
`repair` does not rewrite their icons.
"""

import random
from difflib import SequenceMatcher

import ftfy
from pages import GREEK, WINDOWS, profile

from postdump import detect_damage, repair

DAMAGES = {"UTF-8 read as cp1252": WINDOWS, "UTF-8 read as ISO 8859-7, C1 lost": GREEK}


def fixed(damaged, clean):
    return ftfy.fix_text(damaged)


def fixed_keeping_quotes(damaged, clean):
    """Run ftfy without its option that straightens curly quotes."""
    return ftfy.fix_text(damaged, uncurl_quotes=False)


def repaired(damaged, clean):
    return repair(damaged, damage=detect_damage(damaged).damage).text


def with_context(damaged, clean):
    return repair(damaged, damage=detect_damage(damaged).damage, context=True).text


def with_witness(damaged, clean):
    """Repair with a witness, here the whole clean text."""
    return repair(damaged, damage=detect_damage(damaged).damage, witness=clean).text


CONTESTANTS = {
    "ftfy.fix_text": fixed,
    "ftfy.fix_text, curly quotes kept": fixed_keeping_quotes,
    "detect_damage + repair": repaired,
    "detect_damage + repair, by context": with_context,
    "detect_damage + repair, with a witness": with_witness,
}


def texts_of(posts):
    """Return a clean page, and the damaged pages by the name of the damage."""
    written = profile(posts, random.Random(206))
    clean = "\n".join(line for post in written for line in (*post.lines, post.stats())) + "\n"
    return clean, {name: damage.apply(clean) for name, damage in DAMAGES.items()}


def score_of(clean, damaged, given):
    """
    Return the share of changed characters that were restored, and of damaged lines that became wrong.

    A line became wrong if it has a character that neither the clean nor the damaged line has.
    """
    lines = [text.split("\n") for text in (clean, damaged, given)]
    if len(set(map(len, lines))) > 1:
        return {"given_back": 0.0, "made_wrong": 1.0}
    changed = back = harmed = wrong = 0
    for was, shown, now in zip(*lines, strict=True):
        if (shown == was and now == was) or was[2:3] == ".":
            continue
        harmed += 1
        wrong += not set(now) <= set(was) | set(shown)
        special = [at for at, char in enumerate(was) if not char.isascii()]
        blocks = SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks()
        changed += len(special)
        back += sum(any(one.a <= at < one.a + one.size for one in blocks) for at in special)
    return {"given_back": back / changed, "made_wrong": wrong / harmed}
