# SPDX-License-Identifier: MIT
"""Values built when they are asked for are like any others."""

import copy
import gc
import json
import operator
import pickle
import weakref

import pytest
from attrs import asdict, evolve, fields, frozen
from attrs.exceptions import FrozenInstanceError

from postdump._lazy import (
    BATCH,
    FrozenDict,
    Lazy,
    LazyTuple,
    draft_of,
    frozen_dict,
    lazily,
    lazy_tuple,
    source_of,
)
from postdump.models import Post, Reading, Stats


@frozen(kw_only=True)
class Boat(Lazy):
    name: str
    crew: int = 0


class Harbour:
    """Computes the names of boats, and remembers what it was asked."""

    def __init__(self):
        self.asked = []

    def name(self, at):
        self.asked.append("name")
        return f"Boat {at}"

    def crew(self, at):
        self.asked.append("crew")
        return at

    def tide(self, at):
        """Compute what is no field of a boat."""


def boat(at=3, harbour=None):
    return lazily(Boat, harbour or Harbour(), at)


def ordinary():
    return Boat(name="Boat 3", crew=3)


def test_asks_once():
    harbour = Harbour()
    made = boat(3, harbour)
    assert harbour.asked == []
    assert (made.name, made.name, made.crew) == ("Boat 3", "Boat 3", 3)
    assert harbour.asked == ["name", "crew"]


def test_is_a_value():
    assert boat() == ordinary()
    assert ordinary() == boat()
    assert boat() != boat(4)
    assert hash(boat()) == hash(ordinary())
    assert repr(boat()) == repr(ordinary())
    assert asdict(boat()) == asdict(ordinary())
    assert {boat(): 1}[ordinary()] == 1


def pickled(made):
    return pickle.loads(pickle.dumps(made))


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, pickled, evolve])
def test_copies_ask_nobody(again):
    harbour = Harbour()
    made = again(boat(3, harbour))
    harbour.asked.clear()
    assert made == ordinary()
    assert type(made) is Boat
    assert harbour.asked == []
    assert source_of(made) is None


def test_evolve():
    assert evolve(boat(), crew=4) == Boat(name="Boat 3", crew=4)


@pytest.mark.parametrize("made", [ordinary(), boat()], ids=["ordinary", "lazy"])
def test_no_such_attribute(made):
    # A class has `__dict__` and `__mro__`, and an instance with slots has neither.
    for name in ("tide", "_tide", "__tide__", "__dict__", "__mro__", ""):
        with pytest.raises(AttributeError, match=f"'Boat' object has no attribute '{name}'"):
            getattr(made, name)


@pytest.mark.parametrize("made", [ordinary(), boat()], ids=["ordinary", "lazy"])
def test_frozen(made):
    with pytest.raises(FrozenInstanceError):
        made.name = "Other"
    with pytest.raises(FrozenInstanceError):
        del made.name


def test_sources():
    harbour = Harbour()
    assert source_of(boat(3, harbour)) is harbour
    assert source_of(ordinary()) is None


def test_what_a_source_raises_comes_through():
    class Sunk:
        def name(self, at):
            raise KeyError("name")

    with pytest.raises(KeyError, match="name"):
        _ = lazily(Boat, Sunk(), 3).name


def test_weak_references():
    made = boat()
    seen = weakref.ref(made)
    assert seen() is made
    del made
    gc.collect()
    assert seen() is None


@pytest.mark.parametrize("kind", [Post, Reading, Stats], ids=lambda kind: kind.__name__)
def test_drafts(kind):
    """A draft is filled by assignment, and is one of the kind as soon as its class says so."""
    draft = draft_of(kind)
    made = draft.__new__(draft)
    names = [field.name for field in fields(kind)]
    for n, name in enumerate(names):
        setattr(made, name, n)
    made.__class__ = kind
    assert type(made) is kind
    assert made == kind(**{name: n for n, name in enumerate(names)})
    assert pickled(made) == made
    with pytest.raises(FrozenInstanceError):
        setattr(made, names[0], None)


def squares(length, make=lambda numbers: (n * n for n in numbers)):
    return lazy_tuple(length, make)


def list_of_squares(numbers):
    return [n * n for n in numbers]


@pytest.mark.parametrize("made", [squares(5), squares(5, list_of_squares)], ids=["generator", "list"])
def test_sequences(made):
    plain = (0, 1, 4, 9, 16)
    assert len(made) == 5
    assert tuple(made) == plain
    assert tuple(reversed(made)) == plain[::-1]
    assert made == plain
    assert plain == made
    assert made == squares(5)
    assert made != squares(4)
    assert made != (0, 1, 4, 9, 17)
    assert made != [*plain]
    assert hash(made) == hash(plain)
    assert repr(made) == repr(plain)
    assert 9 in made
    assert (made.index(9), made.count(9)) == (3, 1)
    assert made + made == plain + plain
    assert operator.add((), made) == operator.add(made, ()) == plain
    assert made * 2 == 2 * made == plain * 2
    assert (made < plain, made <= plain, made > plain, made >= plain) == (False, True, False, True)
    assert (plain < made, plain <= made, plain > made, plain >= made) == (False, True, False, True)
    assert operator.ne(made, plain) is False
    assert (made == [*plain], made != [*plain]) == (False, True)
    with pytest.raises(TypeError):
        operator.add(made, [1])
    with pytest.raises(TypeError):
        operator.add([1], made)
    for n in range(-5, 5):
        assert made[n] == plain[n]
    for n in (-6, 5):
        with pytest.raises(IndexError):
            made[n]


@pytest.mark.parametrize("made", [squares(5), squares(5, list_of_squares)], ids=["generator", "list"])
@pytest.mark.parametrize("step", [None, -2, -1, 1, 2])
def test_slices(made, step):
    edges = (None, -9, -2, 0, 3, 9)
    for wanted in (slice(start, stop, step) for start in edges for stop in edges):
        assert made[wanted] == (0, 1, 4, 9, 16)[wanted]
        assert type(made[wanted]) is tuple


def test_sequences_travel_as_tuples():
    made = lazy_tuple(2, lambda numbers: [Stats(likes=n) for n in numbers])
    for again in (copy.copy, copy.deepcopy, pickled):
        assert again(made) == (Stats(likes=0), Stats(likes=1))
        assert type(again(made)) is tuple
    assert made.__getnewargs__() == (tuple(made),)


def test_an_empty_sequence():
    assert squares(0) == ()
    assert not squares(0)


def test_no_method_of_a_tuple_looks_into_memory():
    """What a lazy tuple holds there are not its items: it must have every method of its own."""
    harmless = {"__new__", "__doc__", "__getattribute__", "__class_getitem__"}
    assert set(vars(tuple)) - set(vars(LazyTuple)) <= harmless


def test_calling_the_type_of_a_sequence_makes_a_tuple():
    for items in ((), (1,), (1, 2, 3)):
        made = type(squares(3))(iter(items))
        assert made == items
        assert type(made) is tuple


def test_python_asks_for_the_items():
    made = squares(4)
    first, *rest = made
    assert (first, rest, [*made], {*made}) == (0, [1, 4, 9], [0, 1, 4, 9], {0, 1, 4, 9})
    assert max(*made) == 9
    assert json.loads(json.dumps(made)) == [0, 1, 4, 9]
    match made:
        case [0, second, *_]:
            assert second == 1
        case _:
            pytest.fail("no sequence")


def test_items_are_made_in_batches():
    asked = []

    def make(numbers):
        asked.append(numbers)
        return numbers

    made = lazy_tuple(BATCH + 2, make)
    assert [*made] == [*range(BATCH + 2)]
    assert asked == [range(BATCH), range(BATCH, BATCH + 2)]
    asked.clear()
    assert [*reversed(made)] == [*range(BATCH + 2)][::-1]
    assert asked == [range(BATCH + 1, 1, -1), range(1, -1, -1)]
    asked.clear()
    assert (made[-1], made[1:3]) == (BATCH + 1, (1, 2))
    assert asked == [range(BATCH + 1, BATCH + 2), range(1, 3)]


FROZEN = frozen_dict({"a.txt": 1, "b.txt": 2})


@pytest.mark.parametrize(
    "change",
    [
        lambda made: made.__setitem__("c.txt", 3),
        lambda made: made.__delitem__("a.txt"),
        lambda made: made.__ior__({"c.txt": 3}),
        lambda made: made.update(c=3),
        lambda made: made.setdefault("a.txt", 1),
        lambda made: made.pop("a.txt"),
        lambda made: made.popitem(),
        lambda made: made.clear(),
    ],
)
def test_a_frozen_dict_cannot_be_changed(change):
    with pytest.raises(TypeError, match="'FrozenDict' object cannot be changed"):
        change(FROZEN)
    assert FROZEN == {"a.txt": 1, "b.txt": 2}


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, pickled, frozen_dict])
def test_a_frozen_dict_is_a_value(again):
    made = again(FROZEN)
    assert made == FROZEN == {"a.txt": 1, "b.txt": 2}
    assert type(made) is FrozenDict
    assert repr(made) == "{'a.txt': 1, 'b.txt': 2}"
    assert type(made | {"c.txt": 3}) is dict
    assert json.dumps(made) == '{"a.txt": 1, "b.txt": 2}'
    with pytest.raises(TypeError):
        hash(made)
