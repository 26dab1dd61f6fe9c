# SPDX-License-Identifier: MIT
"""
What was damaged is to be given back: ftfy on one side, `detect_damage` and `repair` on the other.

Counted are the characters that the damage changed in the text lines. Stats lines are left out: `repair` does
not rewrite their icons, since `parse` knows what they stand for.
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
    """Let ftfy undo what was misread, and leave curly quotes as they were written."""
    return ftfy.fix_text(damaged, uncurl_quotes=False)


def repaired(damaged, clean):
    return repair(damaged, damage=detect_damage(damaged).damage).text


def with_context(damaged, clean):
    return repair(damaged, damage=detect_damage(damaged).damage, context=True).text


def with_witness(damaged, clean):
    """Repair with the text that another dump shows: here all of it."""
    return repair(damaged, damage=detect_damage(damaged).damage, witness=clean).text


CONTESTANTS = {
    "ftfy.fix_text": fixed,
    "ftfy.fix_text, curly quotes kept": fixed_keeping_quotes,
    "detect_damage + repair": repaired,
    "detect_damage + repair, by context": with_context,
    "detect_damage + repair, with a witness": with_witness,
}


def texts_of(posts):
    """Return a clean page, and by name what damages leave of it."""
    written = profile(posts, random.Random(206))
    clean = "\n".join(line for post in written for line in (*post.lines, post.stats())) + "\n"
    return clean, {name: damage.apply(clean) for name, damage in DAMAGES.items()}


def score_of(clean, damaged, given):
    """
    Return the share of changed characters that came back, and of harmed lines that were made wrong.

    Made wrong is a line with a character that neither the page nor the damaged text has there.
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
