# SPDX-License-Identifier: MIT
"""The forward model, against a slow one written anew here, and its inverse, against brute force."""

from __future__ import annotations

import copy
import pickle
import sys
from collections.abc import Iterable, Set
from functools import cache
from itertools import product
from operator import and_, or_, sub, xor

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError
from hypothesis import example, given
from hypothesis import strategies as st

from postdump.damage import MAX_MISREADINGS, C1Policy, Candidates, Damage, equivalents, known_damages
from postdump.damage._encodings import ENCODINGS

GREEK = Damage(misread_as="iso-8859-7")
LATIN = Damage(misread_as="cp1252")
TWICE = evolve(LATIN, then=LATIN)

policies = st.sampled_from(C1Policy)
singles = st.builds(Damage, misread_as=st.sampled_from(ENCODINGS), c1_policy=policies)
damages = st.recursive(
    singles,
    lambda then: st.builds(Damage, misread_as=st.sampled_from(ENCODINGS), c1_policy=policies, then=then),
    max_leaves=3,
)
# Drawn from every length of UTF-8, since a plain alphabet seldom leaves the first plane; with surrogates.
letters = st.one_of(
    *map(st.sampled_from, ("a \0\n?", "é“β\x80\x9f\xa0ÿ\u07ff", "’—…\u0800\ud7ff\ud800\udfff\ue000\uffff")),
    st.sampled_from("👍🔁\U00010000\U0010ffff"),
    st.characters(codec=None),
)
texts = st.text(letters, max_size=12)

SAMPLE = "".join(map(chr, [*range(1, 0x900), *range(0x900, 0xD800, 0x61), *range(0xE000, 0x110000, 0x3E5)]))


# The slow model: nothing here is shared with the module.


def utf8(character: str) -> list[int]:
    """The bytes of one code point, surrogates not excepted."""
    code = ord(character)
    if code < 0x80:
        return [code]
    tails: list[int] = []
    head, room = 0xC0, 0x20
    while True:
        tails.insert(0, 0x80 | code & 0x3F)
        code >>= 6
        if code < room:
            return [head | code, *tails]
        head, room = head | room, room >> 1


@cache
def left_by(byte: int, encoding: str, policy: C1Policy) -> str:
    try:
        read = bytes([byte]).decode(encoding)
    except UnicodeDecodeError:
        read = None
    if read is not None and not 0x80 <= ord(read) <= 0x9F:
        return read
    match policy:
        case C1Policy.DROP:
            return ""
        case C1Policy.KEEP:
            return chr(byte) if read is None else read
        case C1Policy.WINDOWS_1252:
            defined = 0x80 <= byte <= 0x9F and byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
            return bytes([byte]).decode("windows-1252") if defined else ""
        case C1Policy.QUESTION:
            return "?"
        case C1Policy.REPLACEMENT:
            return "\ufffd"
        case C1Policy.SPACE:
            return " "


def slow_apply(damage: Damage, text: str) -> str:
    parts = [left_by(byte, damage.misread_as, damage.c1_policy) for char in text for byte in utf8(char)]
    return "".join(parts) if damage.then is None else slow_apply(damage.then, "".join(parts))


def all_that_leave(damage: Damage, fragments: Set[str]) -> dict[str, list[str]]:
    """The scalar values that leave each of these fragments, found by damaging all there are."""
    everything = [chr(code) for code in range(1, 0x110000) if not 0xD800 <= code < 0xE000]
    # Nothing but NUL leaves NUL, and one pass over one text is some ten times faster.
    left = damage.apply("\0".join(everything)).split("\0")
    found: dict[str, list[str]] = {fragment: [] for fragment in fragments}
    for character, fragment in zip(everything, left, strict=True):
        if fragment in found:
            found[fragment].append(character)
    return found


# apply


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_apply_agrees_with_the_slow_model(encoding: str) -> None:
    # All of two bytes, so every byte that can follow another; then every lead byte of three and four.
    text = "".join(map(chr, [*range(0x80, 0x800), *range(0x800, 0x110000, 0x1FF)])) + "plain\0"
    for policy in C1Policy:
        damage = Damage(misread_as=encoding, c1_policy=policy)
        assert damage.apply(text) == slow_apply(damage, text)


@given(damages, texts)
@example(TWICE, "don’t")
@example(Damage(misread_as="iso-8859-3", c1_policy=C1Policy.KEEP), "👍\ud83d\0")
def test_apply_agrees_with_the_slow_model_on_any_text(damage: Damage, text: str) -> None:
    assert damage.apply(text) == slow_apply(damage, text)


@given(damages, texts, texts)
@example(GREEK, "\ud83d", "\ude00")
def test_apply_is_a_homomorphism(damage: Damage, left: str, right: str) -> None:
    assert damage.apply(left + right) == damage.apply(left) + damage.apply(right)


@given(damages, st.text(st.characters(max_codepoint=0x7F)))
def test_ascii_comes_through(damage: Damage, text: str) -> None:
    assert damage.apply(text) is text


@given(damages, texts)
def test_what_one_byte_leaves_is_in_the_table(damage: Damage, text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    left = damage.table
    assert damage.apply(text) == "".join(left[byte] for byte in data)


@pytest.mark.parametrize(
    ("encoding", "policy", "original", "observed"),
    [
        ("iso-8859-7", C1Policy.DROP, "— 👍 💬 ’", "β π π¬ β"),
        ("iso-8859-7", C1Policy.WINDOWS_1252, "— 👍 💬 ’", "β€” πŸ‘ πŸ’¬ β€™"),
        ("tis-620", C1Policy.DROP, "—", "โ"),
        ("cp1251", C1Policy.DROP, "’", "вЂ™"),
        ("iso-8859-1", C1Policy.KEEP, "’", "â\x80\x99"),
        ("iso-8859-1", C1Policy.QUESTION, "don’t", "donâ??t"),
        ("iso-8859-1", C1Policy.REPLACEMENT, "don’t", "donâ\ufffd\ufffdt"),
        ("iso-8859-1", C1Policy.SPACE, "don’t", "donâ  t"),
        ("iso-8859-8", C1Policy.KEEP, "û", "\xc3»"),  # C3 is lacking
        ("iso-8859-6", C1Policy.KEEP, "»", "آ؛"),
        ("iso-8859-6", C1Policy.KEEP, "º", "آ\xba"),  # BA is lacking
        ("iso-8859-6", C1Policy.WINDOWS_1252, "º", "آ"),
        ("cp1252", C1Policy.KEEP, "”", "â€\x9d"),
        ("cp1252", C1Policy.WINDOWS_1252, "”", "â€"),
        ("ascii", C1Policy.QUESTION, "don’t", "don???t"),
    ],
)
def test_damage_as_seen(encoding: str, policy: C1Policy, original: str, observed: str) -> None:
    assert Damage(misread_as=encoding, c1_policy=policy).apply(original) == observed


def test_double_encoding() -> None:
    assert TWICE.apply("é") == "ÃƒÂ©"
    assert evolve(TWICE, then=TWICE).apply("é") == LATIN.apply(TWICE.apply("é"))


# explains


@given(damages, texts, texts)
def test_explains_is_equality(damage: Damage, observed: str, original: str) -> None:
    assert damage.explains(damage.apply(original), original)
    assert damage.explains(observed, original) == (damage.apply(original) == observed)


# the type


def test_names_are_normalised() -> None:
    assert Damage(misread_as="greek") == GREEK == Damage(misread_as="ISO8859-7", c1_policy=C1Policy("drop"))
    assert repr(GREEK) == "Damage(misread_as='iso-8859-7', c1_policy=<C1Policy.DROP: 'drop'>, then=None)"


@pytest.mark.parametrize("name", ["utf-8", "no such", "\0"])
def test_unknown_encodings_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"keeps ASCII, got '.*' \(known: iso-8859-7, cp1252, "):
        Damage(misread_as=name)


def test_unknown_policies_are_refused() -> None:
    with pytest.raises(ValueError, match="'gone'"):
        Damage(misread_as="cp1252", c1_policy="gone")
    assert Damage(misread_as="cp1252", c1_policy="keep").c1_policy is C1Policy.KEEP


def test_chains_are_short_and_of_damages() -> None:
    chain = LATIN
    for _ in range(MAX_MISREADINGS - 1):
        chain = evolve(LATIN, then=chain)
    assert chain.apply("é") == slow_apply(chain, "é")
    with pytest.raises(ValueError, match="expected at most 8 damages in a row, got 9"):
        evolve(LATIN, then=chain)
    with pytest.raises(TypeError, match="expected a Damage to follow, got 'cp1252'"):
        Damage(misread_as="cp1252", then="cp1252")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


@given(damages)
def test_damages_survive_a_copy_and_a_pickle(damage: Damage) -> None:
    again = pickle.loads(pickle.dumps(damage))
    assert again == copy.deepcopy(damage) == damage
    assert hash(again) == hash(damage)
    assert type(again.c1_policy) is C1Policy


def test_damages_do_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        GREEK.misread_as = "cp1252"  # type: ignore[misc] # pyright: ignore[reportAttributeAccessIssue]
    assert not hasattr(GREEK, "__dict__")


# candidates


@pytest.mark.parametrize(
    "damage",
    [GREEK, TWICE, evolve(GREEK, c1_policy=C1Policy.QUESTION, then=LATIN), Damage(misread_as="ascii")],
    ids=["dropped", "twice", "marked then misread", "all dropped"],
)
def test_candidates_are_exact_over_all_of_unicode(damage: Damage) -> None:
    fragments = {"", "?", "??", "a", "β", "πβ", *map(damage.apply, SAMPLE[::20])}
    for fragment, characters in all_that_leave(damage, fragments).items():
        candidates = damage.candidates(fragment)
        assert len(candidates) == len(characters)
        assert list(candidates) == characters


@given(damages, st.sampled_from(SAMPLE))
def test_candidates_hold_the_character_and_only_such_as_leave_the_same(
    damage: Damage, character: str
) -> None:
    observed = slow_apply(damage, character)
    candidates = damage.candidates(observed)
    assert character in candidates
    assert all(slow_apply(damage, other) == observed for other, _ in zip(candidates, range(50), strict=False))


@given(damages, st.text(letters, max_size=3))
@example(GREEK, "")
@example(GREEK, "\ud800")
@example(Damage(misread_as="ascii"), "")
def test_candidates_are_exact_against_a_sample(damage: Damage, observed: str) -> None:
    candidates = damage.candidates(observed)
    for character in SAMPLE[::7] + observed:
        expected = slow_apply(damage, character) == observed and not 0xD800 <= ord(character) < 0xE000
        assert (character in candidates) == expected


def test_ascii_can_have_come_from_itself() -> None:
    assert GREEK.candidates("a") == {"a"}
    assert GREEK.candidates("?") == {"?"}
    assert "?" in Damage(misread_as="mac-arabic").candidates("?")


def test_nothing_can_be_left_by_a_character() -> None:
    assert Damage(misread_as="ascii").candidates("") == Candidates(bounds=(0x80, 0xD800, 0xE000, 0x110000))
    assert LATIN.candidates("") == set()


def test_no_character_leaves_so_much() -> None:
    assert not GREEK.candidates("ββ" * 1_000_000)
    assert not LATIN.candidates("aa")
    assert not TWICE.candidates("Ã" * 13)


# all damages


def test_known_damages_have_distinct_effects_and_cover_all() -> None:
    known = known_damages()
    grouped = [tuple(equivalents(damage)) for damage in known]
    assert known[0] == GREEK
    assert [group[0] for group in grouped] == list(known)
    everything = [Damage(misread_as=name, c1_policy=policy) for name in ENCODINGS for policy in C1Policy]
    assert sorted(map(repr, everything)) == sorted(repr(damage) for group in grouped for damage in group)
    assert all(
        everything.index(a) < everything.index(b) for group in grouped for a in group[:1] for b in group[1:]
    )


def test_equivalents_do_the_same_and_others_do_not() -> None:
    # Every pair of bytes in two-byte UTF-8, and every lead byte of the rest.
    text = "".join(
        map(chr, [*range(0x80, 0x800), *range(0x800, 0xD800, 0x40), *range(0x10000, 0x110000, 0x1000)])
    )
    effects: set[str] = set()
    for damage in known_damages():
        effect = damage.apply(text)
        assert effect not in effects
        assert {other.apply(text) for other in equivalents(damage)} == {effect}
        effects.add(effect)


def test_equivalents_of_a_chain_are_chains() -> None:
    latin = Damage(misread_as="iso-8859-1", c1_policy=C1Policy.WINDOWS_1252)
    alike = list(equivalents(TWICE))
    assert alike[0] == TWICE
    assert evolve(latin, then=latin) in alike
    assert alike == [evolve(a, then=b) for a, b in product(equivalents(LATIN), repeat=2)]


def test_thai_is_told_by_one_byte_alone() -> None:
    pairs = {
        policy: Damage(misread_as="iso-8859-11", c1_policy=policy)
        in set(equivalents(Damage(misread_as="tis-620", c1_policy=policy)))
        for policy in C1Policy
    }
    assert [policy for policy, same in pairs.items() if same] == [C1Policy.KEEP]


# Candidates as sets

members = st.sampled_from("abcdxyz\0\x7f\x80éβπ’\ud7ff\ue000\uffff👍\U0010ffff")
sets = st.frozensets(members | st.characters(max_codepoint=0x60, min_codepoint=0x50))


def make(held: Iterable[str]) -> Candidates:
    return Candidates() | frozenset(held)


@given(sets, sets)
def test_set_algebra_agrees_with_frozenset(left: frozenset[str], right: frozenset[str]) -> None:
    a, b = make(left), make(right)
    for combine in (and_, or_, sub, xor):
        expected = combine(left, right)
        for result in (combine(a, b), combine(a, right), combine(left, b)):
            assert isinstance(result, Candidates)
            assert result == expected
            assert list(result) == sorted(expected)
            assert len(result) == len(expected)
            assert bool(result) == bool(expected)


@given(sets, sets)
def test_comparisons_agree_with_frozenset(left: frozenset[str], right: frozenset[str]) -> None:
    a, b = make(left), make(right)
    assert (a == b) == (a == right) == (left == b) == (left == right)
    assert ((a <= b), (a < b), a.isdisjoint(b)) == ((left <= right), (left < right), left.isdisjoint(right))
    assert hash(a) == hash(left)
    assert isinstance(a, Set)
    assert a != "".join(left)


@given(sets, members)
def test_membership_and_form(held: frozenset[str], character: str) -> None:
    candidates = make(held)
    assert (character in candidates) == (character in held)
    assert list(candidates.bounds) == sorted(set(candidates.bounds))
    assert pickle.loads(pickle.dumps(candidates)) == copy.copy(candidates) == candidates


def test_only_single_characters_are_members() -> None:
    candidates = make("abc")
    others: list[object] = ["", "ab", 97, None, b"a"]
    assert not any(other in candidates for other in others)
    for other in others:
        with pytest.raises(ValueError, match="expected single characters, got "):
            _ = candidates | {other}


@pytest.mark.parametrize(
    "bounds", [(1,), (1, 2, 3), (2, 1), (1, 1), (1, 3, 3, 5), (-1, 4), (0, 0x110001), (5, 6, 1, 2)]
)
def test_bounds_must_make_runs(bounds: tuple[int, ...]) -> None:
    with pytest.raises(
        ValueError, match="expected starts and stops of code points, ascending, got "
    ) as raised:
        Candidates(bounds=bounds)
    assert str(raised.value).endswith(repr(bounds))


def test_candidates_are_compact_and_show_little() -> None:
    everything = Damage(misread_as="ascii").candidates("")
    assert len(everything) == 0x110000 - 0x800 - 0x80
    assert everything.bounds == (0x80, 0xD800, 0xE000, 0x110000)
    assert sys.getsizeof(everything) < 100
    assert repr(everything) == "<Candidates: 1111936, U+0080-U+D7FF, U+E000-U+10FFFF>"
    assert repr(make("acegi")).endswith("U+0067-U+0067, ...>")
    assert repr(Candidates()) == "<Candidates: 0>"


def test_candidates_do_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        make("a").bounds = ()  # type: ignore[misc] # pyright: ignore[reportAttributeAccessIssue]
    assert not hasattr(make("a"), "__dict__")
