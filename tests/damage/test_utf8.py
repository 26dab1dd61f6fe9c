# SPDX-License-Identifier: MIT
"""The table of UTF-8, compared with the codec."""

from math import prod

import pytest

from postdump.damage._utf8 import CONTINUATION, FORMS, LENGTHS, LONGEST, MULTIBYTE_FORMS


def test_the_forms_hold_every_character_once():
    assert sum(prod(map(len, form.byte_ranges)) for form in FORMS) == 0x110000 - 0x800
    assert [form.first for form in FORMS] == sorted(form.first for form in FORMS)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.first:04X}")
def test_a_form_begins_and_ends_with_characters(form):
    first = bytes(byte_range[0] for byte_range in form.byte_ranges).decode()
    last = bytes(byte_range[-1] for byte_range in form.byte_ranges).decode()
    assert ord(first) == form.first
    assert ord(last) == form.first + prod(map(len, form.byte_ranges)) - 1


def test_first_bytes_announce_their_length():
    assert {form.byte_ranges[0][0] + k: len(form.byte_ranges) for form in MULTIBYTE_FORMS
                       for k in range(len(form.byte_ranges[0]))} == LENGTHS  # fmt: skip
    assert max(LENGTHS.values()) == LONGEST
    assert not set(LENGTHS) & set(CONTINUATION)
