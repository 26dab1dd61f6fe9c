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

A third, `draft_of`, is for those who make instances by the million.
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

    _at: Any
    _source: Any

    if not TYPE_CHECKING:  # to a type checker the fields are what attrs says they are

        def __getattr__(self, name: str) -> object:
            if name == "_source":
                return None  # of an instance that was made in the ordinary way
            source = self._source
            if source is None:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            value = source.field(type(self), self._at, name)
            _set(self, name, value)
            return value


_set_source: Final = Lazy.__dict__["_source"].__set__
_set_at: Final = Lazy.__dict__["_at"].__set__


def lazily(kind: type[T], source: Source, at: object) -> T:
    """Return an instance of `kind`, a subclass of `Lazy`, whose fields `source` tells for `at`."""
    made = _new(kind)
    _set_source(made, source)
    _set_at(made, at)
    return made


def source_of(made: Lazy) -> Any:
    """Return whom a lazy instance asks; None where it was made in the ordinary way."""
    return made._source


def draft_of(kind: type) -> Any:
    """
    Return a frozen class without its guard, for instances made by the million.

    To fill a frozen instance takes a call for each slot, which costs as much as twenty assignments. So
    whoever makes many takes a new draft, assigns to its slots and then sets its `__class__` to `kind`;
    every slot must be filled, unless a source tells the rest.
    """
    unguarded = {"__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    return type(f"{kind.__name__}Draft", (kind,), {"__slots__": (), **unguarded})


class LazyTuple(Sequence[T_co]):
    """
    An immutable sequence of `length` items; `make(i)` makes the i-th whenever it is asked for.

    Where many at once cost less than each by itself, `some` makes those of a slice.
    """

    __slots__ = ("_length", "_make", "_some")

    def __init__(
        self,
        length: int,
        make: Callable[[int], T_co],
        some: Callable[[slice], Iterator[T_co]] | None = None,
    ) -> None:
        self._length = length
        self._make = make
        self._some = some or (lambda wanted: map(make, range(length)[wanted]))

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[T_co]:
        return self._some(slice(None))

    @overload
    def __getitem__(self, index: int) -> T_co: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T_co, ...]: ...
    def __getitem__(self, index: int | slice) -> T_co | tuple[T_co, ...]:
        if isinstance(index, slice):
            return tuple(self._some(index))
        return self._make(range(self._length)[index])

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
