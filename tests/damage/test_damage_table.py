# SPDX-License-Identifier: MIT
"""What follows from a damage's table, compared with what the damage leaves of characters."""

import threading

import pytest
from attrs import evolve
from damage.sentences import SENTENCES, name
from page import GREEK, LATIN

from postdump import C1Policy, Damage
from postdump.damage import known_damages
from postdump.damage._damage_table import DamageTable, table_of

SOME = [*known_damages()[::9], evolve(LATIN, then=GREEK)]


def test_a_damage_has_one_table():
    assert table_of(Damage(misread_as="greek")) is table_of(Damage(misread_as="iso-8859-7"))


@pytest.mark.parametrize("damage", SOME, ids=name)
def test_the_residue_is_all_that_is_left(damage):
    table = table_of(damage)
    for sentence in SENTENCES.values():
        for char in sentence:
            remnant = damage.apply(char)
            if remnant != char and not any(one.isascii() for one in remnant):
                assert not remnant or table.residue.fullmatch(remnant)
                assert not remnant or table.residue_without_spaces.fullmatch(remnant)
                assert table.remnants.issuperset(remnant)
                assert table.run_reader.accepts(remnant)


@pytest.mark.parametrize("damage", SOME, ids=name)
def test_bytes_are_those_of_the_table(damage):
    table = table_of(damage)
    left = damage.table
    assert all(left.count(char) == 1 and left[byte] == char for char, byte in table.byte_of.items())
    for remnant, mask in table.bytes_by_remnant.items():
        assert [byte for byte in range(256) if mask >> byte & 1] == [
            byte for byte in range(256) if left[byte] == remnant
        ]
    assert sum(table.bytes_by_remnant.values()) == (1 << 256) - 1


@pytest.mark.parametrize(
    ("policy", "stand_in"), [(C1Policy.QUESTION, "?"), (C1Policy.REPLACEMENT, "\ufffd"), (C1Policy.SPACE, "")]
)
def test_the_stand_in_is_one_that_is_seen(policy, stand_in):
    assert table_of(Damage(misread_as="iso-8859-1", c1_policy=policy)).stand_in == stand_in


def test_threads_may_fill_one_table():
    text = LATIN.apply("".join(SENTENCES.values()))
    runs = [text[start : start + 4] for start in range(len(text))]
    expected = [DamageTable(LATIN).run_reader.accepts(run) for run in runs]
    shared = DamageTable(LATIN)
    results = []
    threads = [
        threading.Thread(target=lambda: results.append([shared.run_reader.accepts(run) for run in runs]))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected] * 4
