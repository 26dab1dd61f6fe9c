# SPDX-License-Identifier: MIT
"""
For each law, code that is deliberately broken, and caught.

A property that no mistake can make fail says nothing. Each variant here is a mistake that somebody could
make; the law must fail on it, and within few examples.
"""

import sys
import unicodedata
from pkgutil import resolve_name

import pytest
from attrs import evolve
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from properties.reach import damaged_pages, parsed, reaching, some_texts, texts_of
from properties.test_accounting import both_account
from properties.test_determinism import CODE, digests_elsewhere, drawn_corpus
from properties.test_merge import (
    names_decide_nothing,
    one_name_is_one_dump,
    order_decides_nothing,
    posts_are_counted,
)
from properties.test_proof import nothing_is_forgotten, repaired_is_proved, timeline_is_proved
from properties.test_round_trip import means_the_same
from properties.test_tiling import tokens_tile
from properties.test_totality import nothing_raises
from properties.test_undamaged import repair_leaves_alone, stays_untouched

import postdump._merge.line_variants
import postdump._merge.merged_posts
import postdump._merge.timeline_builder
import postdump._parse.icon_damage
import postdump._parse.tokenize
import postdump.damage._proof
from postdump import C1Policy, Damage
from postdump._parse.text_line import TextLine
from postdump.damage._evidence import Suspicion
from postdump.damage._proof import Proof
from postdump.strategies import damages, lines, pages, texts

GREEK = Damage(misread_as="iso-8859-7", c1_policy=C1Policy.DROP)

page_texts = damaged_pages.map(texts_of)
clean_texts = pages(min_posts=2, damage=st.none()).map(texts_of)
long_texts = pages(max_dumps=1, min_posts=4, max_posts=8, damage=st.none()).map(texts_of)


# The laws, of one thing each.


def tiling(texts):
    for text in texts:
        tokens_tile(text)


def proof(page):
    timeline = postdump.merge(*parsed(texts_of(page)))
    timeline_is_proved(timeline)
    nothing_is_forgotten(page, timeline)


def proof_of_repair(drawn):
    text, damage = drawn
    repaired_is_proved(damage.apply(text), damage, text)


def one_name(drawn):
    one_name_is_one_dump(*drawn)


# The mistakes.


def breaking_lines_anywhere(page, start, end):
    """Take ten characters for line breaks, as `str.splitlines` does."""
    at = start
    for line in page.text[start:end].splitlines(keepends=True):
        shown = line.strip()
        if shown:
            left = at + line.index(shown)
            yield TextLine(left, left + len(shown))
        at += len(line)


def forgetting_what_is_below(page, original=postdump._parse.tokenize._pieces):
    found = list(original(page))
    yield from found[:-1] if found and found[-1][3] is None else found


def in_bytes(origin, offset):
    """Count columns in bytes."""
    before = origin.text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    line = before.rpartition("\n")[2].encode("utf-8", "surrogatepass")
    return before.count("\n") + 1, len(line) + 1


def by_one_dump_less(posts, number, original=postdump._merge.merged_posts.MergedPosts.readings):
    """Leave the last dump's readings out where there are several."""
    found = original(posts, number)
    return tuple(one for one in found if one.dump == found[0].dump)


def composed(variants):
    return evolve(variants, text=unicodedata.normalize("NFKC", variants.text))


def composed_lemma(*args, original=postdump._merge.line_variants.lemma_of):
    return unicodedata.normalize("NFC", original(*args))


def with_another_dash(observed, original, damage, *, is_beginning=False, prove=postdump.damage._proof.prove):
    """Put `-` where the witness shows something that is hard to type."""
    proofs = prove(observed, original, damage, is_beginning=is_beginning)
    return proofs and tuple(evolve(proof, after="-") for proof in proofs)


def guessing(observed, damage, rivals):
    """Undo what was lost by the first candidate there is."""
    return tuple(
        Proof(start, start + 1, next(iter(found)))
        for start, char in enumerate(observed)
        if not char.isascii() and (found := damage.candidates(char))
    )


def always_greek(marker, shown, text, original=postdump._parse.icon_damage.damage_of_slots):
    return evolve(original(marker, shown, text), damage=GREEK)


def always_suspicious(text):
    return Suspicion((GREEK,), "sequences")


def no_repeats(posts):
    return {}


def repeats_by_words(posts):
    """Take posts of the same words for one, whatever their stats."""
    shown = {}
    for number, text, _ in posts:
        shown.setdefault(text, []).append(number)
    return {first: again for first, *again in shown.values() if again}


def in_the_order_given(dump):
    return 0


def by_name(dump):
    return dump.name


def last_of_each_name(dumps):
    return list({dump.name: dump for dump in dumps}.values())


def digest_of_utf8(text):
    return text.encode("utf-8").hex()


def to_the_day(value):
    return value.date().isoformat()


BROKEN = [
    ("tiling", tiling, some_texts, "_parse.page.Page.lines_between", breaking_lines_anywhere),
    ("tiling", tiling, some_texts, "_parse.tokenize._pieces", forgetting_what_is_below),
    ("tiling", tiling, page_texts, "_parse.tokenize._pieces", forgetting_what_is_below),
    ("accounting", both_account, some_texts, "_parse.source_text.SourceText.position", in_bytes),
    ("accounting", both_account, page_texts, "_merge.merged_posts.MergedPosts.readings", by_one_dump_less),
    ("accounting", both_account, clean_texts, "_merge.line_editor.lemma_of", composed_lemma),
    (
        "accounting",
        both_account,
        page_texts,
        "_merge.timeline_builder.TimelineBuilder.unclaimed",
        lambda builder: (),
    ),
    ("proof", proof, damaged_pages, "_merge.line_variants.prove", with_another_dash),
    ("proof", proof, damaged_pages, "_merge.line_variants.invert", guessing),
    ("proof", proof, damaged_pages, "_merge.line_variants._Shown.unproved", lambda shown, proofs: []),
    (
        "proof",
        proof_of_repair,
        st.tuples(texts(), damages()),
        "_merge.line_variants.prove",
        with_another_dash,
    ),
    ("undamaged", stays_untouched, clean_texts, "_parse.parsed_dump.damage_of_slots", always_greek),
    ("undamaged", repair_leaves_alone, lines(), "_parse.detect_damage.suspect_damages", always_suspicious),
    ("order", order_decides_nothing, page_texts, "_merge.merge._rank", in_the_order_given),
    ("order", order_decides_nothing, some_texts, "_merge.merge._rank", in_the_order_given),
    ("names", names_decide_nothing, page_texts, "_merge.merge._rank", by_name),
    ("counting", posts_are_counted, page_texts, "_align.witness_from_dump.find_repeats", no_repeats),
    ("counting", posts_are_counted, long_texts, "_align.witness_from_dump.find_repeats", repeats_by_words),
    ("one name", one_name, st.tuples(texts(), texts()), "_merge.merge._ordered", last_of_each_name),
    ("totality", nothing_raises, some_texts, "_parse.parsed_dump.digest", digest_of_utf8),
    ("round trip", means_the_same, page_texts, "_io.json_format._WRITERS.datetime", to_the_day),
]


@pytest.fixture
def fresh_caches():
    """See that nothing outlives a mistake."""

    def clear():
        for name, module in list(sys.modules.items()):
            if name.startswith("postdump."):
                for thing in vars(module).values():
                    getattr(thing, "cache_clear", lambda: None)()

    clear()
    yield
    clear()


@pytest.mark.parametrize(
    ("law", "drawn", "target", "mistake"),
    [case[1:] for case in BROKEN],
    ids=[f"{name}-{getattr(mistake, '__name__', target)}" for name, _, _, target, mistake in BROKEN],
)
def test_is_caught(law, drawn, target, mistake, monkeypatch, fresh_caches):
    make(monkeypatch, target, mistake)

    @settings(max_examples=1000, database=None, derandomize=True, phases=[Phase.generate])
    @given(drawn)
    def broken(example):
        law(example)

    with pytest.raises((AssertionError, ValueError, pytest.fail.Exception)):
        broken()


def make(monkeypatch, target, mistake):
    """Put a mistake in the place of an attribute, or of an entry of a table."""
    path, _, name = target.rpartition(".")
    holder = resolve_name(f"postdump.{path}")
    if isinstance(holder, dict):
        (key,) = (key for key in holder if name in {key, getattr(key, "__name__", None)})
        monkeypatch.setitem(holder, key, mistake)
    else:
        monkeypatch.setattr(holder, name, mistake)


def test_order_by_hash_is_caught():
    """What one hash seed decides, another decides otherwise."""
    corpus = drawn_corpus(page_texts)
    mistake = "import postdump._merge.merge as merge; merge._rank = lambda dump: hash(dump.text); "
    seeds = [{"PYTHONHASHSEED": seed} for seed in "12"]
    one, other = (digests_elsewhere(corpus, seed, mistake + CODE) for seed in seeds)
    assert one != other


def test_a_property_that_reaches_nothing_is_caught():
    @reaching
    @given(pages(max_posts=1, damage=st.none()))
    def holds(page):
        pass

    with pytest.raises(AssertionError, match="reach what the law is about"):
        holds()
