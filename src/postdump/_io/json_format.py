# SPDX-License-Identifier: MIT
"""
Dumps and timelines to JSON and back, losing nothing.

The form is an envelope around the fields as the models have them, by the names they have there:

    {"postdump": 1, "type": "dump" or "timeline", "value": {...}}

Tuples are arrays, enums their values, times ISO 8601, stretches of time seconds. Every key is always there,
and no other: what does not read back exactly is refused, with the path of the place. JSON writes a
character beyond U+FFFF as two surrogates, so a string in which two lone ones happen to stand in that order
is an array of the pieces between which it was cut.
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
from postdump._io.json_checks import contradictions, problem_of_fields, rules_of
from postdump.damage import C1Policy
from postdump.errors import FormatError
from postdump.models import Dump, Timeline

if TYPE_CHECKING:
    from cattrs import Converter
__all__ = ["from_json", "to_dict", "to_json"]


VERSION: Final = 1
"""Of the form; newer ones read older ones."""

_TYPES: Final = {"dump": Dump, "timeline": Timeline}

_KINDS: Final = tuple(kind for kind in vars(models).values() if isinstance(kind, type) and attrs.has(kind))
"""What can be written: all models, and what they hold."""

_SHOWN: Final = 10
"""Problems named in one error."""


def to_json(x: Dump | Timeline) -> str:
    """
    Write a dump or a timeline as JSON, losing nothing.

    Args:
        x: What to write; fields that nobody has read yet are computed.

    Returns:
        ASCII on one line, keys in the order of the fields; `from_json` reads it back.

    >>> from postdump import from_json, parse
    >>> dump = parse("Ahoy.\\n03.02.2026 17:04 — 👍 4 🔁 3 💬 0 📌 0")
    >>> to_json(dump)[:36], from_json(to_json(dump)) == dump
    ('{"postdump":1,"type":"dump","value":', True)
    """
    import json  # here, as cattrs, so that who needs neither waits for neither

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
        return _structured(*_opened(_loaded(s)))
    except RecursionError:
        raise FormatError("expected less nesting") from None


def _loaded(s: str) -> Any:
    import json

    if not isinstance(s, str):
        raise TypeError(f"expected a str, got {type(s).__name__}")
    try:
        return json.loads(s, parse_float=_finite, parse_constant=_finite)
    except json.JSONDecodeError as error:
        raise FormatError(f"expected JSON ({error.lineno}:{error.colno})") from None
    except FormatError:
        raise
    except ValueError:  # Python's own limit, 4,300 digits by default
        raise FormatError("expected JSON with integers of fewer digits") from None


def _finite(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise FormatError(f"expected a finite number, got {shortened(text)[1:-1]}")
    return number


def _opened(envelope: Any) -> tuple[type[Dump | Timeline], Any]:
    """Return what the envelope says is in it, and what is."""
    if not isinstance(envelope, dict) or not {"postdump", "type"} <= envelope.keys():
        raise FormatError('expected an object with "postdump" and "type"')
    version, name = envelope["postdump"], envelope["type"]
    if type(version) is not int or not 1 <= version <= VERSION:
        is_newer = type(version) is int and version > VERSION
        hint = ", from a newer release of postdump" if is_newer else ""
        raise FormatError(f"expected version {VERSION}, got {shortened(version)}{hint}")
    if not isinstance(name, str) or name not in _TYPES:
        raise FormatError(f'expected "dump" or "timeline" as type, got {shortened(name)}')
    _check_keys(envelope, dict.fromkeys(("postdump", "type", "value")))
    return _TYPES[name], envelope["value"]


def _structured(kind: type[Dump | Timeline], value: Any) -> Dump | Timeline:
    try:
        made: Dump | Timeline = _converter().structure(value, kind)
    except (ValueError, ExceptionGroup) as error:
        from cattrs import transform_error

        told = transform_error(error, "value", _problem)
    else:
        told = [f"{problem} @ value{place}" for place, problem in contradictions(made)]
        if not told:
            return made
    more = [f"and {len(told) - _SHOWN} more"] if len(told) > _SHOWN else []
    raise FormatError("\n".join([*told[:_SHOWN], *more]))


def _problem(error: BaseException, _: Any) -> str:
    if isinstance(error, (MemoryError, RecursionError)):  # gathered, but no problem of the place
        raise error
    return str(error).partition("\n")[0]


@cache
def _converter() -> Converter:
    """Return the one converter; it is built when first needed, since importing cattrs takes a while."""
    from cattrs import Converter

    converter = Converter()
    # By class, which goes for subclasses too, so that each exact class has a hook of its own.
    for kind, to in _WRITERS.items():
        converter.register_unstructure_hook(kind, to)
    for kind, back in _READERS.items():
        converter.register_structure_hook(kind, back)
    converter.register_unstructure_hook_func(_is_mapping, partial(_written_mapping, converter))
    converter.register_structure_hook_func(_is_mapping, partial(_read_mapping, converter))
    converter.register_unstructure_hook_func(_is_array, partial(_written_array, converter))
    converter.register_structure_hook_factory(_is_array, partial(_array_reader, converter))
    converter.register_structure_hook_factory(attrs.has, partial(_object_reader, converter))
    return converter


def _object_reader(converter: Converter, kind: type[Any]) -> Callable[[Any, Any], Any]:
    """Return a hook that takes an object with all of a class's fields and no other."""
    from cattrs.gen import make_dict_structure_fn

    keys = dict.fromkeys(one.name for one in attrs.fields(kind))
    filled = make_dict_structure_fn(kind, converter)
    rules = rules_of(kind)

    def read(value: Any, _: Any) -> Any:
        if not isinstance(value, dict):
            raise _unexpected("an object", value)
        _check_keys(value, keys)
        made = filled(value, kind)
        problem = problem_of_fields(made, rules) if rules else None
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


def _written_array(converter: Converter, value: Sequence[Any]) -> list[Any]:
    return [converter.unstructure(one) for one in value]


def _array_reader(converter: Converter, kind: Any) -> Callable[[Any, Any], tuple[Any, ...]]:
    """Return a hook that takes an array: of any length and one type, or with a type for each place."""
    kinds = get_args(kind)
    is_long = get_origin(kind) is Sequence or kinds[-1] is Ellipsis

    def read(value: Any, _: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise _unexpected("an array", value)
        if not is_long and len(value) != len(kinds):
            raise FormatError(f"expected {len(kinds)} items, got {len(value)}")
        return tuple(_read_each(converter, enumerate(value), kinds[:1] * len(value) if is_long else kinds))

    return read


def _read_each(converter: Converter, items: Iterable[tuple[object, Any]], kinds: Sequence[Any]) -> list[Any]:
    """Read items, each known by its place; raise all problems at once, each with its place."""
    made: list[Any] = []
    problems: list[Exception] = []
    structure = converter.structure
    for (place, value), kind in zip(items, kinds, strict=True):
        try:
            made.append(structure(value, kind))
        except Exception as error:  # gathered as cattrs gathers them, and raised as it raises them
            from cattrs.errors import IterableValidationNote

            error.add_note(IterableValidationNote(f"at {place!r}", place, kind))  # type: ignore[arg-type]
            problems.append(error)
    if problems:
        from cattrs.errors import IterableValidationError

        raise IterableValidationError("unexpected items", problems, list)  # pyright: ignore[reportCallIssue]
    return made


def _is_mapping(kind: Any) -> bool:
    return get_origin(kind) is Mapping


def _written_mapping(converter: Converter, value: Mapping[str, Any]) -> dict[str, Any] | list[list[Any]]:
    """Return an object; if a key is no JSON string, an array of pairs."""
    pairs = [[_written_text(key), converter.unstructure(one)] for key, one in value.items()]
    return dict(pairs) if all(isinstance(key, str) for key, _ in pairs) else pairs


def _read_mapping(converter: Converter, value: Any, kind: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        read = _read_each(converter, value.items(), get_args(kind)[1:] * len(value))
        return dict(zip(value, read, strict=True))
    pairs: Any = GenericAlias(tuple, (GenericAlias(tuple, get_args(kind)), ...))
    return dict(converter.structure(value, pairs))


def _written_text(text: str) -> str | list[str]:
    """Return a string as it is; cut between a high and a low surrogate, for JSON would join them."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        cuts = [0]
        for at, (one, next_one) in enumerate(zip(text, islice(text, 1, None), strict=False), 1):
            if "\ud800" <= one <= "\udbff" and "\udc00" <= next_one <= "\udfff":
                cuts.append(at)
        if len(cuts) > 1:
            return [text[start:end] for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]
    return text


def _read_text(value: Any, _: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        return "".join(value)
    raise _unexpected("a string", value)


def _read_bool(value: Any, _: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise _unexpected("true or false", value)


def _read_int(value: Any, _: Any) -> int:
    if type(value) is int:
        return value
    raise _unexpected("an integer", value)


def _read_number(value: Any, _: Any) -> float:
    if type(value) in {int, float}:
        return value  # type: ignore[no-any-return]
    raise _unexpected("a number", value)


def _read_enum(value: Any, kind: type[Enum]) -> Enum:
    try:
        return kind(value)
    except ValueError:
        raise _unexpected("one of " + ", ".join(repr(one.value) for one in kind), value) from None


def _read_moment(value: Any, kind: type[date]) -> date:
    """Read what `isoformat` wrote, and nothing else: what else is read depends on Python's version."""
    try:
        moment = kind.fromisoformat(value)
    except (TypeError, ValueError):
        moment = None
    if moment is None or moment.isoformat() != value:
        raise _unexpected("a date" if kind is date else "a date and time", value)
    return moment


def _written_delta(value: timedelta) -> float:
    seconds = value.total_seconds()
    return int(seconds) if seconds.is_integer() else seconds


def _read_delta(value: Any, _: Any) -> timedelta:
    try:
        return timedelta(seconds=_read_number(value, float))
    except OverflowError:
        raise _unexpected("seconds", value) from None


def _unexpected(what: str, value: Any) -> FormatError:
    return FormatError(f"expected {what}, got {shortened(value)}")


_WRITERS: Final[dict[type, Callable[[Any], Any]]] = {
    str: _written_text,
    Enum: lambda value: value.value,
    C1Policy: lambda value: value.value,
    date: date.isoformat,
    datetime: datetime.isoformat,
    timedelta: _written_delta,
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
