# SPDX-License-Identifier: MIT
"""Dates in page order."""

from datetime import datetime
from types import SimpleNamespace

import pytest

from postdump._align.chronology import dates_of, is_newest_first, minute_of

NOON = datetime(2026, 2, 3, 12, 0)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([], True),
        ([3], True),
        ([3, 2, 1], True),
        ([1, 2, 3], False),
        ([9, 1, 2], True),
        ([1, None, 2], False),
        ([2, 2], True),
    ],
)
def test_newest_first(days, expected):
    assert is_newest_first([None if day is None else NOON.replace(day=day) for day in days]) is expected


def test_minute():
    assert minute_of(None) is None
    assert minute_of(NOON.replace(second=31, microsecond=5)) == NOON


def test_the_first_date_that_a_marker_shows():
    witnesses = [SimpleNamespace(dates=dates) for dates in ([None, NOON], [], [NOON])]
    agreed = {(0, 0, 0, 1, 4, 0, 2, 0, 0): NOON, (0, 1, 0): NOON, (0, 0, 0): None, (1, 4, 2): None}
    own = {1: NOON, 0: None}
    for entry, date in (agreed | own).items():
        assert dates_of([entry], witnesses) == [date]
