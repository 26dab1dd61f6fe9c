# SPDX-License-Identifier: MIT
"""
Values whose parts are built on first access.

A dump of a million posts must not become ten million objects before anybody has looked at one.
This module has four pieces:

* `Lazy`, a base for attrs classes whose instances may be made by `lazily`: the slots of such an instance
  start empty; the first access computes a field from the source of the instance and stores it. Instances
  made by calling the class have no source and full slots. A copy or a pickle has all fields computed, and no
  source.
* `LazyTuple`, a tuple that makes its items on demand and forgets them: it compares, hashes and prints as
  the tuple of its items.
* `draft_of`, for the constructors of classes of which millions of instances are made.
* `FrozenDict`, the mapping of a frozen value.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from types import MemberDescriptorType
from typing import TYPE_CHECKING, Any, Final, NoReturn, SupportsIndex, TypeVar, overload

K = TypeVar("K")

V = TypeVar("V")

T = TypeVar("T")

T_co = TypeVar("T_co", covariant=True)

BATCH: Final = 256
"""Items of a `LazyTuple` that are made together: most of what a post needs is computed for many at once."""

_set: Final = object.__setattr__

_new: Final = object.__new__


class Lazy:
    """
    Base of classes whose instances may compute their fields when these are first read.

    The source of an instance has a method for each field, of the field's name. It takes no argument where
    the source has one instance only; else it takes what tells the instances apart, such as a number.
    """

    __slots__ = ("__weakref__", "_at", "_source")

    _at: Any
    _source: Any

    if not TYPE_CHECKING:  # to a type checker the fields are what attrs says they are

        def __getattr__(self, name: str) -> object:
            if name == "_source":
                return None  # of an instance that was made by calling the class
            source = self._source
            # Of the class's descriptors of slots, those that the instance lacks are of empty slots.
            if source is None or not isinstance(getattr(type(self), name, None), MemberDescriptorType):
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            compute = getattr(source, name)
            value = compute() if self._at is None else compute(self._at)
            _set(self, name, value)
            return value


_set_source: Final = Lazy.__dict__["_source"].__set__

_set_at: Final = Lazy.__dict__["_at"].__set__


def lazily(kind: type[T], source: object, at: object = None) -> T:
    """Return an instance of `kind`, a subclass of `Lazy`; `source` computes its fields, for `at` if any."""
    made = _new(kind)
    _set_source(made, source)
    _set_at(made, at)
    return made


def source_of(made: Lazy) -> Any:
    """Return the source of a lazy instance; None if it was built eagerly."""
    return made._source


def draft_of(kind: type) -> Any:
    """
    Return a frozen class without its guard, for constructors of classes of which millions are made.

    Each slot of a frozen instance takes a call to fill, which costs as much as twenty assignments. A
    constructor therefore makes a new draft, assigns to its slots and then sets its `__class__` to `kind`:
    `Stats._of` takes 0.6 µs where `Stats(...)` takes 2.3. It must fill every slot, unless the instance
    has a source.
    """
    unguarded = {"__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    return type(f"{kind.__name__}Draft", (kind,), {"__slots__": (), **unguarded})


class _NotMade:
    """What a `LazyTuple` holds in the place of its items."""

    __slots__ = ()


class LazyTuple(tuple[T_co, ...]):
    """
    A tuple of `length` items, which `make` makes whenever they are read, for a range of indices.

    `lazy_tuple` returns one. To call the class, as generic tools do with the type of what they read, returns
    an ordinary tuple.

    It is a subclass since `attrs.asdict` and its kin look into nothing else. Python itself takes items of a
    subclass from its methods. An encoder in C that takes items from memory finds a `_NotMade` there, which
    none can encode: it raises an error, and never writes an empty array. So each method of a tuple must
    stand here.
    """

    _length: int
    _make: Callable[[range], Iterable[T_co]]

    if not TYPE_CHECKING:  # a checker would not have it that the class makes something else

        def __new__(cls, items: Iterable[T_co] = ()) -> tuple[T_co, ...]:
            return tuple(items)

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[T_co]:
        return in_batches(self._make, range(self._length))

    def __reversed__(self) -> Iterator[T_co]:
        return in_batches(self._make, range(self._length)[::-1])

    @overload
    def __getitem__(self, index: SupportsIndex) -> T_co: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T_co, ...]: ...
    def __getitem__(self, index: SupportsIndex | slice) -> T_co | tuple[T_co, ...]:
        if isinstance(index, slice):
            return tuple(in_batches(self._make, range(self._length)[index]))
        number = range(self._length)[index]
        return next(iter(self._make(range(number, number + 1))))

    def __contains__(self, item: object) -> bool:
        return any(item is own or item == own for own in self)

    def index(self, value: Any, start: SupportsIndex = 0, stop: SupportsIndex = sys.maxsize) -> int:
        """Return the number of the first item that is equal to a value, within a slice."""
        return tuple(self).index(value, start, stop)

    def count(self, value: Any) -> int:
        """Return how many items are equal to a value."""
        return tuple(self).count(value)

    def __add__(self, other: Any) -> Any:
        return (*self, *other) if isinstance(other, tuple) else NotImplemented

    def __radd__(self, other: Any) -> Any:
        return (*other, *self) if isinstance(other, tuple) else NotImplemented

    def __mul__(self, times: SupportsIndex) -> tuple[T_co, ...]:
        return tuple(self) * times

    def __rmul__(self, times: SupportsIndex) -> tuple[T_co, ...]:
        return tuple(self) * times

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, tuple):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    def __ne__(self, other: object) -> bool:
        return not self == other if isinstance(other, tuple) else NotImplemented

    def __lt__(self, other: tuple[Any, ...]) -> bool:
        return tuple(self) < other

    def __le__(self, other: tuple[Any, ...]) -> bool:
        return tuple(self) <= other

    def __gt__(self, other: tuple[Any, ...]) -> bool:
        return tuple(self) > other

    def __ge__(self, other: tuple[Any, ...]) -> bool:
        return tuple(self) >= other

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def __getnewargs__(self) -> tuple[tuple[T_co, ...]]:
        return (tuple(self),)

    def __reduce__(self) -> tuple[type[tuple[Any, ...]], tuple[tuple[T_co, ...]]]:
        return tuple, (tuple(self),)


def lazy_tuple(length: int, make: Callable[[range], Iterable[T]]) -> LazyTuple[T]:
    """Return a tuple whose items `make` makes when they are read, at most `BATCH` at once."""
    made: LazyTuple[T] = tuple.__new__(LazyTuple, (_NotMade(),) if length else ())
    made._length = length
    made._make = make
    return made


def in_batches(make: Callable[[range], Iterable[T]], indices: range) -> Iterator[T]:
    """Yield what `make` makes of indices, at most `BATCH` at once."""
    batches = (indices[first : first + BATCH] for first in range(0, len(indices), BATCH))
    return chain.from_iterable(map(make, batches))


class FrozenDict(dict[K, V]):
    """
    A dict that nobody can change.

    A subclass of dict, unlike `types.MappingProxyType`: it can be copied and pickled, and encoders and
    `attrs.asdict` look into it.
    """

    __slots__ = ()

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError(f"{type(self).__name__!r} object cannot be changed")

    if not TYPE_CHECKING:
        __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[type[FrozenDict[K, V]], tuple[dict[K, V]]]:
        return type(self), (dict(self),)


def frozen_dict(items: Mapping[K, V]) -> Mapping[K, V]:
    """
    Return a mapping that nobody can change, of the same items.

    >>> frozen_dict({"page.txt": 1})
    {'page.txt': 1}
    """
    return FrozenDict(items)
