# SPDX-License-Identifier: MIT
"""The public names as users type them: checked by mypy and pyright, never run."""

import io
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import assert_type

import postdump
from postdump import Damage, Detection, Dump, DumpErrors, Post, Profile, Repaired, Stats, Timeline
from postdump.errors import DumpError
from postdump.layouts import BSKYVIEW, BUILT_IN


def reads(path: Path, when: datetime) -> None:
    assert_type(postdump.read(path, encoding="iso-8859-7", name="a", captured_at=when), Dump)
    postdump.read(str(path), layout=BSKYVIEW, strict=True)
    postdump.read(io.BytesIO(b""), name="b")
    for layout in BUILT_IN:
        assert_type(postdump.parse("", name="c", layout=layout, captured_at=when, strict=False), Dump)
    assert_type(postdump.parse_stats(""), Stats)
    for post in postdump.iter_posts(io.StringIO(""), layout=BSKYVIEW, day_first=True):
        assert_type(post, Post)
    for token in postdump.tokenize("", layout=BSKYVIEW):
        assert_type(token.block, int | None)
        assert_type(token.span.start, int)


def merges(a: Dump, b: Dump) -> None:
    timeline = postdump.merge(a, b, prefer=["a", "b"])
    assert_type(timeline, Timeline)
    assert_type(len(timeline), int)
    for post in timeline:
        assert_type(post, Post)
    assert_type(timeline.damages, Mapping[str, Damage])
    assert_type(postdump.group([a, b]), tuple[tuple[Dump, ...], ...])
    assert_type(postdump.threads(timeline), tuple[tuple[Post, ...], ...])
    assert_type(postdump.dedupe(a.posts), tuple[Post, ...])
    assert_type(postdump.rows(timeline), Iterator[dict[str, str | int | None]])
    postdump.from_json(postdump.to_json(timeline))
    postdump.from_json(postdump.to_json(a))


def repairs(text: str) -> None:
    found = postdump.detect_damage(text)
    assert_type(found, Detection)
    assert_type(postdump.repair(text, damage=found.damage, witness="–"), Repaired)
    damage = Damage(misread_as="iso-8859-7", c1_policy=postdump.C1Policy.DROP)
    assert_type(damage.apply(text), str)
    assert_type(damage.explains("β", "–"), bool)


def looks(post: Post, profile: Profile) -> None:
    assert_type(post.stats.likes, int | None)
    assert_type(post.stats.utc_offset, timedelta | None)
    assert_type(post.posted_between, tuple[datetime | None, datetime | None] | None)
    assert_type(profile.joined, date | None)


def fails(problems: DumpErrors) -> None:
    assert_type(problems.exceptions, tuple[DumpError, ...])
    assert_type([problem.code for problem in problems.exceptions], list[str])
    assert_type(problems.derive(problems.exceptions), DumpErrors)


# Mistakes: mypy and pyright fail where a comment beside one of them has nothing to ignore.


def misspells() -> None:
    from postdump import pasre  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]

    pasre("")
    postdump.pasre("")  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
