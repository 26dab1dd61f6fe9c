# SPDX-License-Identifier: MIT
"""
Values built when they are asked for.

A dump of a million posts must not become ten million objects before anybody has looked at one.
Two pieces serve that:

* `Lazy`, a base for attrs classes whose instances may be made by `lazily`: such an instance has
  empty slots and knows whom to ask. The first look at a field fills its slot, every later one finds
  it there. Instances made the ordinary way never notice.
* `LazyTuple`, a sequence that makes its items on demand and forgets them: it compares, hashes and
  prints as the tuple of its items.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar, overload

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

_set: Final = object.__setattr__
_new: Final = object.__new__


class Source(Protocol):
    """Whoever can tell the fields of a lazy instance."""

    def field(self, kind: type, at: Any, name: str) -> object:
        """Return the field `name` of the instance of `kind` made for `at`; AttributeError for no field."""


class Lazy:
    """Base of classes whose instances may fetch their fields when these are first read."""

    __slots__ = ("__weakref__", "_at", "_source")

    if not TYPE_CHECKING:  # to a type checker the fields are what attrs says they are

        def __getattr__(self, name: str) -> object:
            # A name with an underscore is no field: the slot of an instance made in the ordinary
            # way, or the probe of a protocol such as copying.
            source = None if name.startswith("_") else source_of(self)
            if source is None:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            value = source.field(type(self), self._at, name)
            _set(self, name, value)
            return value


_set_source: Final = Lazy.__dict__["_source"].__set__
_set_at: Final = Lazy.__dict__["_at"].__set__
_get_source: Final = Lazy.__dict__["_source"].__get__


def lazily(kind: type[T], source: Source, at: object) -> T:
    """Return an instance of `kind`, a subclass of `Lazy`, whose fields `source` tells for `at`."""
    made = _new(kind)
    _set_source(made, source)
    _set_at(made, at)
    return made


def filler(kind: type, name: str) -> Callable[[object, object], None]:
    """
    Return what fills one slot of a frozen class's instances, where these are made by the million.

    Whoever makes an instance this way must fill every slot, or be the source that tells the rest.
    """
    fill: Callable[[object, object], None] = kind.__dict__[name].__set__
    return fill


def source_of(made: Lazy) -> Any:
    """Return whom a lazy instance asks; None where it was made in the ordinary way."""
    try:
        return _get_source(made)
    except AttributeError:
        return None


class LazyTuple(Sequence[T_co]):
    """An immutable sequence of `length` items; `make(i)` makes the i-th whenever it is asked for."""

    __slots__ = ("_length", "_make")

    def __init__(self, length: int, make: Callable[[int], T_co]) -> None:
        self._length = length
        self._make = make

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[T_co]:
        return map(self._make, range(self._length))

    @overload
    def __getitem__(self, index: int) -> T_co: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T_co, ...]: ...
    def __getitem__(self, index: int | slice) -> T_co | tuple[T_co, ...]:
        chosen = range(self._length)[index]
        if isinstance(chosen, range):
            return tuple(map(self._make, chosen))
        return self._make(chosen)

    def __add__(self, other: Sequence[Any]) -> tuple[Any, ...]:
        return (*self, *other)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, (tuple, LazyTuple)):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def __reduce__(self) -> tuple[type[tuple[Any, ...]], tuple[tuple[T_co, ...]]]:
        return tuple, (tuple(self),)
