"""Dataclasses with slots are what the standard library's are."""

from __future__ import annotations

import copy
import dataclasses
import functools
import inspect
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Generic, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderparse import records, slotted

T = TypeVar("T")


@functools.cache
def family(module, **how):
    """A class, one below it, and one with a default that is made, of the decorator of a module."""

    @module.dataclass(slots=True, **how)
    class Parcel(Generic[T]):
        """A parcel."""

        number: T
        weight: float | None = 1.0
        note: str = module.field(default="", repr=False, compare=False)

        @property
        def heavy(self):
            return self.weight > 5

    @module.dataclass(slots=True, **how)
    class Letter(Parcel[str]):
        """A letter."""

        stamps: tuple[int, ...] = ()
        pages: list[int] = module.field(default_factory=list, compare=False)

    return Parcel, Letter


FORMS = [{}, {"kw_only": True}, {"frozen": True}, {"frozen": True, "kw_only": True}, {"frozen": True, "eq": False}]
VALUES = st.fixed_dictionaries(
    {"number": st.sampled_from(["1", "2"])},
    optional={
        "weight": st.sampled_from([1.0, 7.5, None]),
        "note": st.sampled_from(["", "x"]),
        "stamps": st.sampled_from([(), (1,)]),
        "pages": st.sampled_from([[], [1]]),
    },
)


def how_it_ends(call):
    try:
        return call()
    except Exception as error:  # noqa: BLE001  # whatever it is
        return type(error)


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_a_class_is_made_as_by_the_standard_library(form):
    for ours, theirs in zip(family(slotted, **form), family(dataclasses, **form), strict=True):
        assert dataclasses.is_dataclass(ours)
        assert ours.__slots__ == theirs.__slots__
        assert ours.__match_args__ == theirs.__match_args__
        assert ours.__dataclass_params__.frozen == theirs.__dataclass_params__.frozen
        assert [(f.name, f.type, f.repr, f.compare, f.default, f.default_factory, f.kw_only) for f in dataclasses.fields(ours)] == [
            (f.name, f.type, f.repr, f.compare, f.default, f.default_factory, f.kw_only) for f in dataclasses.fields(theirs)
        ]
        told = [
            [(p.name, p.kind, p.annotation, p.default is p.empty) for p in inspect.signature(made).parameters.values()]
            for made in (ours, theirs)
        ]
        assert told[0] == told[1]
        assert (ours.__doc__, ours.__qualname__, ours.__module__) == (theirs.__doc__, theirs.__qualname__, theirs.__module__)


@given(st.sampled_from(FORMS), VALUES, VALUES)
def test_instances_behave_as_those_of_the_standard_library(form, one, other):
    seen = []
    for module in (slotted, dataclasses):
        _, letter = family(module, **form)
        first, second = letter(**one), letter(**other)
        seen.append((
            repr(first),
            first == second,
            first == letter(**one),
            first == 1,
            how_it_ends(lambda first=first, letter=letter: hash(first) == hash(letter(**one))),
            {**dataclasses.asdict(first)},
            repr(dataclasses.replace(first, **other)),
            repr(module.replace(first, **other)),
            repr(copy.copy(first)),
            how_it_ends(lambda first=first: setattr(first, "number", "3")),
            issubclass(how_it_ends(lambda first=first: setattr(first, "unknown", "3")), (AttributeError, TypeError)),
            how_it_ends(lambda first=first: delattr(first, "weight")),
            repr(how_it_ends(lambda first=first: first.number)),
            how_it_ends(lambda letter=letter: letter()),
            how_it_ends(lambda letter=letter: letter(number="1", unknown=2)),
            how_it_ends(lambda module=module, first=first: module.replace(first, unknown=2)),
            how_it_ends(lambda letter=letter: letter("1", 2.0)),
        ))  # fmt: skip
    assert str(seen[0]) == str(seen[1])


def test_a_list_that_is_a_default_belongs_to_one_instance():
    _, letter = family(slotted)
    one, other = letter("1"), letter("1")
    one.pages.append(4)
    assert other.pages == []


def test_a_user_may_derive_a_dataclass_from_a_record():
    @dataclasses.dataclass(frozen=True, kw_only=True)
    class Mine(records.Money):
        rate: float = 1.0

    mine = Mine(value=5, currency="SEK", rate=2.0)
    assert dataclasses.replace(mine, value=6) == Mine(value=6, currency="SEK", rate=2.0)
    with pytest.raises(dataclasses.FrozenInstanceError):
        mine.value = 1


def test_records_pickle_and_copy():
    reading = records.Reading(source="a", merchant=records.Merchant(value="Shop", confidence=0.5))
    assert pickle.loads(pickle.dumps(reading)) == reading == copy.deepcopy(reading)


def test_a_class_without_slots_is_refused():
    with pytest.raises(TypeError):
        slotted.dataclass(slots=False)


def test_one_mail_is_read_without_the_standard_librarys_decorator():
    mail = Path(__file__).parents[1] / "fixtures/mails/aliexpress_en_shipped.eml"
    program = "import sys; from orderparse.cli import main; main(sys.argv[1:]); sys.exit('dataclasses' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program, "--quiet", "--format", "jsonl", str(mail)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
