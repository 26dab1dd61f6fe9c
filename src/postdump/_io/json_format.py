# SPDX-License-Identifier: MIT
"""
Write dumps and timelines as JSON, and read them back without any loss.

The JSON form is an envelope around the fields of the models, under their names:

    {"postdump": 1, "type": "dump" or "timeline", "value": {...}}

Tuples become arrays, enums their values, times ISO 8601 strings, and time spans seconds. An object always has
all keys of its class and no others; anything else is refused with the path of the place. JSON writes a
character beyond U+FFFF as two surrogates. So a string that contains a lone high surrogate before a lone low
one is cut between them and written as an array of strings: otherwise a reader would join them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import Enum
from functools import cache, partial
from itertools import islice
from math import isfinite
from reprlib import repr as shortened
from types import GenericAlias
from typing import TYPE_CHECKING, Any, Final, get_args, get_origin

import attrs

from postdump import models
from postdump._io.json_checks import check_fields, find_contradictions, find_rules
from postdump.damage import C1Policy, Damage
from postdump.errors import FormatError
from postdump.layouts import Layout
from postdump.models import Dump, Timeline

if TYPE_CHECKING:
    from cattrs import Converter
__all__ = ["from_json", "to_dict", "to_json"]


VERSION: Final = 1
"""The version of the JSON form; a newer release reads older forms."""

_TYPES: Final = {"dump": Dump, "timeline": Timeline}

_KINDS: Final = (*filter(attrs.has, map(vars(models).__getitem__, models.__all__)), Damage, Layout)
"""The classes that can be written: all models, and the classes of their fields."""

_MOST_PROBLEMS: Final = 10
"""How many problems one error names."""


def to_json(x: Dump | Timeline) -> str:
    """
    Write a dump or a timeline as JSON, without any loss.

    Args:
        x: The dump or the timeline; fields that nobody has read yet are computed.

    Returns:
        ASCII text on one line, with keys in the order of the fields; `from_json` reads the text back.

    >>> from postdump import from_json, parse
    >>> dump = parse("Ahoy.\\n03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0")
    >>> to_json(dump)[:36], from_json(to_json(dump)) == dump
    ('{"postdump":1,"type":"dump","value":', True)
    """
    import json  # imported here, like cattrs, so that `import postdump` stays fast

    for name, kind in _TYPES.items():
        if isinstance(x, kind):
            envelope = {"postdump": VERSION, "type": name, "value": _converter().unstructure(x, kind)}
            return json.dumps(envelope, allow_nan=False, check_circular=False, separators=(",", ":"))
    raise TypeError(f"expected a Dump or a Timeline, got {shortened(x)}")


def to_dict(x: attrs.AttrsInstance) -> dict[str, Any]:
    """
    Return a value as plain dicts, lists, strings, numbers, booleans and None, for tools that know no others.

    Args:
        x: A dump, a timeline, a post or any part of these; a token, a detection, a result of `repair`.
            Fields that nobody has read yet are computed.

    Returns:
        A dict with the fields as keys, in their order; times are ISO 8601, time spans are seconds, and enums
        are their values, as in `to_json`. The dict shares nothing with `x`. The envelope of `to_json` is
        left out, so the dict of a dump contains the dicts of its posts.

    >>> from postdump import parse
    >>> post = parse("Ahoy.\\n03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0").posts[0]
    >>> to_dict(post)["text"], to_dict(post)["posted_at"], to_dict(post)["stats"]["likes"]
    ('Ahoy.', '2026-02-03T17:04:00', 4)
    """
    if not isinstance(x, _KINDS):
        raise TypeError(f"expected a value of postdump, got {shortened(x)}")
    made: dict[str, Any] = _converter().unstructure(x)
    return made


def from_json(s: str) -> Dump | Timeline:
    """
    Read what `to_json` wrote.

    Args:
        s: A JSON text, of this version or an older one.

    Returns:
        A value that equals the one that was written, with all fields computed.

    Raises:
        FormatError: The text is no JSON, has another form, or contradicts itself; the error names the path
            of each problem.

    >>> from postdump import parse, to_json
    >>> from_json(to_json(parse("Just a bio.", name="page.txt"))).name
    'page.txt'
    """
    try:
        return _read_value(*_open_envelope(_load(s)))
    except RecursionError:
        raise FormatError("expected less nesting") from None


def _load(s: str) -> Any:
    import json

    if not isinstance(s, str):
        raise TypeError(f"expected a str, got {type(s).__name__}")
    try:
        return json.loads(s, parse_float=_read_finite, parse_constant=_read_finite)
    except json.JSONDecodeError as error:
        raise FormatError(f"expected JSON ({error.lineno}:{error.colno})") from None
    except FormatError:
        raise
    except ValueError:  # Python's own limit, 4,300 digits by default
        raise FormatError("expected JSON with integers of fewer digits") from None


def _read_finite(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise FormatError(f"expected a finite number, got {shortened(text)[1:-1]}")
    return number


def _open_envelope(envelope: Any) -> tuple[type[Dump | Timeline], Any]:
    """Check an envelope; return the class that its type names, and its value."""
    if not isinstance(envelope, dict) or not {"postdump", "type"} <= envelope.keys():
        raise FormatError('expected an object with "postdump" and "type"')
    version, name = envelope["postdump"], envelope["type"]
    if type(version) is not int or not 1 <= version <= VERSION:
        is_newer = type(version) is int and version > VERSION
        hint = ", from a newer release of postdump" if is_newer else ""
        known = " or ".join(map(str, range(1, VERSION + 1)))
        raise FormatError(f"expected version {known}, got {shortened(version)}{hint}")
    if not isinstance(name, str) or name not in _TYPES:
        raise FormatError(f'expected "dump" or "timeline" as type, got {shortened(name)}')
    _check_keys(envelope, dict.fromkeys(("postdump", "type", "value")))
    return _TYPES[name], envelope["value"]


def _read_value(kind: type[Dump | Timeline], value: Any) -> Dump | Timeline:
    try:
        made: Dump | Timeline = _converter().structure(value, kind)
    except (ValueError, ExceptionGroup) as error:
        from cattrs import transform_error

        problems = transform_error(error, "value", _format_problem)
    else:
        problems = [f"{problem} @ value{place}" for place, problem in find_contradictions(made)]
        if not problems:
            return made
    more = [f"and {len(problems) - _MOST_PROBLEMS} more"] if len(problems) > _MOST_PROBLEMS else []
    raise FormatError("\n".join([*problems[:_MOST_PROBLEMS], *more]))


def _format_problem(error: BaseException, _: Any) -> str:
    if isinstance(error, (MemoryError, RecursionError)):  # collected by cattrs, but not caused by the value
        raise error
    return str(error).partition("\n")[0]


@cache
def _converter() -> Converter:
    """Return the converter, built at the first call, since importing cattrs takes 0.2 s."""
    from cattrs import Converter

    converter = Converter()
    # A hook that is registered for a class also holds for its subclasses, so each class has its own hook.
    for kind, to in _WRITERS.items():
        converter.register_unstructure_hook(kind, to)
    for kind, back in _READERS.items():
        converter.register_structure_hook(kind, back)
    converter.register_unstructure_hook_func(_is_mapping, partial(_write_mapping, converter))
    converter.register_structure_hook_func(_is_mapping, partial(_read_mapping, converter))
    converter.register_unstructure_hook_func(_is_array, partial(_write_array, converter))
    converter.register_structure_hook_factory(_is_array, partial(_make_array_reader, converter))
    converter.register_structure_hook_factory(attrs.has, partial(_make_object_reader, converter))
    return converter


def _make_object_reader(converter: Converter, kind: type[Any]) -> Callable[[Any, Any], Any]:
    """Return a hook that reads an object with exactly the fields of a class."""
    from cattrs.gen import make_dict_structure_fn

    keys = dict.fromkeys(field.name for field in attrs.fields(kind))
    structure = make_dict_structure_fn(kind, converter)
    rules = find_rules(kind)

    def read(value: Any, _: Any) -> Any:
        if not isinstance(value, dict):
            raise _unexpected_error("an object", value)
        _check_keys(value, keys)
        made = structure(value, kind)
        problem = check_fields(made, rules) if rules else None
        if problem is not None:
            raise problem
        return made

    return read


def _check_keys(value: dict[str, Any], keys: Mapping[str, Any]) -> None:
    if value.keys() == keys.keys():
        return
    for key in keys:
        if key not in value:
            raise FormatError(f'expected a key "{key}"')
    extra = next(key for key in value if key not in keys)
    raise FormatError(f"expected no key {shortened(extra)}")


def _is_array(kind: Any) -> bool:
    return get_origin(kind) in {tuple, Sequence}


def _write_array(converter: Converter, value: Sequence[Any]) -> list[Any]:
    return [converter.unstructure(item) for item in value]


def _make_array_reader(converter: Converter, kind: Any) -> Callable[[Any, Any], tuple[Any, ...]]:
    """Return a hook that reads an array: of any length with one type, or with a type for each item."""
    kinds = get_args(kind)
    is_long = get_origin(kind) is Sequence or kinds[-1] is Ellipsis

    def read(value: Any, _: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise _unexpected_error("an array", value)
        if not is_long and len(value) != len(kinds):
            raise FormatError(f"expected {len(kinds)} items, got {len(value)}")
        return tuple(_read_each(converter, enumerate(value), kinds[:1] * len(value) if is_long else kinds))

    return read


def _read_each(converter: Converter, items: Iterable[tuple[object, Any]], kinds: Sequence[Any]) -> list[Any]:
    """Read items, given as pairs of a place and a value; raise all problems at once, each with its place."""
    made: list[Any] = []
    problems: list[Exception] = []
    structure = converter.structure
    for (place, value), kind in zip(items, kinds, strict=True):
        try:
            made.append(structure(value, kind))
        except Exception as error:  # collected and raised as cattrs does
            from cattrs.errors import IterableValidationNote

            error.add_note(IterableValidationNote(f"at {place!r}", place, kind))  # type: ignore[arg-type]
            problems.append(error)
    if problems:
        from cattrs.errors import IterableValidationError

        raise IterableValidationError("unexpected items", problems, list)  # pyright: ignore[reportCallIssue]
    return made


def _is_mapping(kind: Any) -> bool:
    return get_origin(kind) is Mapping


def _write_mapping(converter: Converter, value: Mapping[str, Any]) -> dict[str, Any] | list[list[Any]]:
    """Return an object; if a key cannot be a JSON string, an array of pairs."""
    pairs = [[_write_text(key), converter.unstructure(item)] for key, item in value.items()]
    return dict(pairs) if all(isinstance(key, str) for key, _ in pairs) else pairs


def _read_mapping(converter: Converter, value: Any, kind: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        read = _read_each(converter, value.items(), get_args(kind)[1:] * len(value))
        return dict(zip(value, read, strict=True))
    pairs: Any = GenericAlias(tuple, (GenericAlias(tuple, get_args(kind)), ...))
    return dict(converter.structure(value, pairs))


def _write_text(text: str) -> str | list[str]:
    """Return a string as it is, or cut between a high and a low surrogate, which JSON would join."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        cuts = [0]
        for index, (char, next_char) in enumerate(zip(text, islice(text, 1, None), strict=False), 1):
            if "\ud800" <= char <= "\udbff" and "\udc00" <= next_char <= "\udfff":
                cuts.append(index)
        if len(cuts) > 1:
            return [text[start:end] for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]
    return text


def _read_text(value: Any, _: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        return "".join(value)
    raise _unexpected_error("a string", value)


def _read_bool(value: Any, _: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise _unexpected_error("true or false", value)


def _read_int(value: Any, _: Any) -> int:
    if type(value) is int:
        return value
    raise _unexpected_error("an integer", value)


def _read_number(value: Any, _: Any) -> float:
    if type(value) in {int, float}:
        return value  # type: ignore[no-any-return]
    raise _unexpected_error("a number", value)


def _read_enum(value: Any, kind: type[Enum]) -> Enum:
    try:
        return kind(value)
    except ValueError:
        raise _unexpected_error("one of " + ", ".join(repr(member.value) for member in kind), value) from None


def _read_moment(value: Any, kind: type[date]) -> date:
    """Read the output of `isoformat`, and nothing else: other forms depend on the version of Python."""
    try:
        moment = kind.fromisoformat(value)
    except (TypeError, ValueError):
        moment = None
    if moment is None or moment.isoformat() != value:
        raise _unexpected_error("a date" if kind is date else "a date and time", value)
    return moment


def _write_delta(value: timedelta) -> float:
    seconds = value.total_seconds()
    return int(seconds) if seconds.is_integer() else seconds


def _read_delta(value: Any, _: Any) -> timedelta:
    try:
        return timedelta(seconds=_read_number(value, float))
    except OverflowError:
        raise _unexpected_error("seconds", value) from None


def _unexpected_error(what: str, value: Any) -> FormatError:
    return FormatError(f"expected {what}, got {shortened(value)}")


_WRITERS: Final[dict[type, Callable[[Any], Any]]] = {
    str: _write_text,
    Enum: lambda value: value.value,
    C1Policy: lambda value: value.value,
    date: date.isoformat,
    datetime: datetime.isoformat,
    timedelta: _write_delta,
}

_READERS: Final[dict[type, Callable[[Any, Any], Any]]] = {
    str: _read_text,
    bool: _read_bool,
    int: _read_int,
    float: _read_number,
    Enum: _read_enum,
    C1Policy: _read_enum,
    date: _read_moment,
    datetime: _read_moment,
    timedelta: _read_delta,
}
