# SPDX-License-Identifier: MIT
"""
Check values that were read from JSON, so that every function accepts them.

`RULES` check single fields: no count is negative, and the time of a post has no zone. The other checks
compare a value with the texts that it contains: the text of a reading must be the text at its span. A reading
of a timeline is compared if the timeline contains the dump of the reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from reprlib import repr as shortened
from typing import Any, Final

from attrs import frozen

from postdump.errors import FormatError
from postdump.layouts._template import COUNTS
from postdump.models import Dump, Line, Observation, Post, Profile, Reading, Repair, Stats, Timeline

Path = tuple[str | int, ...]
"""The path to a place in a value: names of fields, and indexes of items."""


@frozen
class Rule:
    """A condition for some fields of a class, and its description in errors."""

    kind: type
    fields: tuple[str, ...]
    expected: str
    is_kept_by: Callable[[Any], bool]


def _is_count(value: int | None) -> bool:
    return value is None or value >= 0


def _is_on_the_page_clock(moment: datetime | None) -> bool:
    return moment is None or moment.tzinfo is None


def _is_worldwide(moment: datetime | None) -> bool:
    """Return whether a time has a zone, and is in the years 1 to 9999 in UTC too."""
    if moment is None or moment.tzinfo is None:
        return moment is None
    try:
        moment.astimezone(UTC)
    except OverflowError:
        return False
    return True


RULES: Final = (
    Rule(Stats, COUNTS, "0 or more", _is_count),
    Rule(Profile, ("followers", "following", "posts"), "0 or more", _is_count),
    Rule(Stats, ("posted_at",), "a time without a zone", _is_on_the_page_clock),
    Rule(Post, ("posted_at",), "a time without a zone", _is_on_the_page_clock),
    Rule(
        Post,
        ("posted_between",),
        "times without a zone",
        lambda bounds: bounds is None or all(map(_is_on_the_page_clock, bounds)),
    ),
    Rule(Dump, ("captured_at",), "a time with a zone", _is_worldwide),
    Rule(Observation, ("captured_at",), "a time with a zone", _is_worldwide),
    Rule(Line, ("readings",), "a reading", bool),
    Rule(Reading, ("line", "column"), "1 or more", lambda number: number >= 1),
    Rule(Repair, ("confidence",), "from 0 to 1", lambda share: share is None or 0 <= share <= 1),
)


def find_rules(kind: type) -> tuple[Rule, ...]:
    """Return the rules for the fields of a class."""
    return tuple(rule for rule in RULES if rule.kind is kind)


def check_fields(made: object, rules: Iterable[Rule]) -> Exception | None:
    """Check the fields of a value; return all problems as cattrs collects them, or None."""
    problems = dict(_find_broken_rules(made, rules))
    if not problems:
        return None
    from cattrs.errors import AttributeValidationNote, ClassValidationError

    kind, errors = type(made), []
    for name, problem in problems.items():
        error = FormatError(problem)
        error.add_note(AttributeValidationNote(f"at {name}", name, kind))
        errors.append(error)
    return ClassValidationError("unexpected fields", errors, kind)


def _find_broken_rules(made: object, rules: Iterable[Rule]) -> Iterator[tuple[str, str]]:
    """Yield the fields of a value that break a rule, each with its problem."""
    for rule in rules:
        for name in rule.fields:
            value = getattr(made, name)
            if not rule.is_kept_by(value):
                yield name, f"expected {rule.expected}, got {format_value(value)}"


def format_value(value: object) -> str:
    """Return a value as in JSON, shortened."""
    if isinstance(value, datetime):
        return repr(value.isoformat())
    if isinstance(value, tuple):
        return f"[{', '.join(map(format_value, value))}]"
    return shortened(value)


def find_contradictions(value: Dump | Timeline) -> Iterator[tuple[str, str]]:
    """Yield the places of a value that its own texts contradict, each with the problem."""
    for path, problem in _find_contradictions(value):
        yield "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path), problem


def _find_contradictions(value: Dump | Timeline) -> Iterator[tuple[Path, str]]:
    if isinstance(value, Dump):
        yield from _check_dump(value)
        return
    for number, dump in enumerate(value.dumps):
        for path, problem in _check_dump(dump):
            yield ("dumps", number, *path), problem
    texts = {dump.name: dump.text for dump in value.dumps}
    if len(texts) < len(value.dumps):
        yield ("dumps",), "expected dumps of different names"
    for path, reading in _readings_of_timeline(value):
        if reading.dump in texts:
            yield from _check_reading(path, reading, texts[reading.dump])


def _check_dump(dump: Dump) -> Iterator[tuple[Path, str]]:
    for path, reading in _readings_of_dump(dump):
        yield from _check_reading(path, reading, dump.text)
    for path, line in _lines_of_dump(dump):
        if line.text != line.readings[0].text:
            yield (*path, "text"), f"expected what its first reading shows, got {format_value(line.text)}"
    for number, diagnostic in enumerate(dump.diagnostics):
        if diagnostic.span.end > len(dump.text):
            end = diagnostic.span.end
            problem = f"expected a span within {len(dump.text)} characters, got the end {end}"
            yield ("diagnostics", number, "span"), problem


def _check_reading(path: Path, reading: Reading, text: str) -> Iterator[tuple[Path, str]]:
    """Compare a reading with its text; yield one problem at most."""
    span = reading.span
    if span.end > len(text):
        yield (*path, "span"), f"expected a span within {len(text)} characters, got the end {span.end}"
    elif reading.text != text[span.start : span.end]:
        yield (*path, "text"), f"expected {format_value(span.of(text))}, got {format_value(reading.text)}"


def _lines_of_dump(dump: Dump) -> Iterator[tuple[Path, Line]]:
    for number, post in enumerate(dump.posts):
        for n, line in enumerate(post.lines):
            yield ("posts", number, "lines", n), line
    for n, line in enumerate(dump.unclaimed):
        yield ("unclaimed", n), line


def _readings_of_dump(dump: Dump) -> Iterator[tuple[Path, Reading]]:
    for path, line in _lines_of_dump(dump):
        yield from _number_readings((*path, "readings"), line.readings)
    yield from _readings_of_posts(dump.posts)


def _readings_of_posts(posts: Iterable[Post]) -> Iterator[tuple[Path, Reading]]:
    for number, post in enumerate(posts):
        yield from _number_readings(("posts", number, "readings"), post.readings)
        for n, observation in enumerate(post.observations):
            yield ("posts", number, "observations", n, "reading"), observation.reading


def _readings_of_timeline(timeline: Timeline) -> Iterator[tuple[Path, Reading]]:
    yield from _readings_of_posts(timeline.posts)
    for number, post in enumerate(timeline.posts):
        for n, line in enumerate(post.lines):
            yield from _number_readings(("posts", number, "lines", n, "readings"), line.readings)
    for n, line in enumerate(timeline.unclaimed):
        yield from _number_readings(("unclaimed", n, "readings"), line.readings)
    for n, repair in enumerate(timeline.repairs):
        yield ("repairs", n, "reading"), repair.reading
        yield from _number_readings(("repairs", n, "evidence"), repair.evidence)
    for n, conflict in enumerate(timeline.conflicts):
        yield from _number_readings(("conflicts", n, "readings"), conflict.readings)
    yield from _number_readings(("unrepaired",), timeline.unrepaired)


def _number_readings(path: Path, readings: Iterable[Reading]) -> Iterator[tuple[Path, Reading]]:
    for n, reading in enumerate(readings):
        yield (*path, n), reading
