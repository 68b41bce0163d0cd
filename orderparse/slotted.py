"""Dataclasses with slots that are quickly made.

The standard library's decorator writes and compiles six functions a class, and loads :mod:`inspect` first: for sixty classes
a sixth of the time that the command takes to read one mail. Here ``__init__`` alone is compiled. All else is as with
dataclasses: :func:`dataclasses.fields`, ``replace`` and ``asdict`` take these classes, which compare, hash, pickle, match
and show alike; to type checkers they are dataclasses.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from dataclasses import dataclass as dataclass  # noqa: PLC0414  # what type checkers know
    from dataclasses import field as field  # noqa: PLC0414
    from dataclasses import replace as replace  # noqa: PLC0414


class _Field:
    """What :func:`field` was told."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        self.told = told


class _Standard:
    """``__dataclass_fields__`` or ``__dataclass_params__`` as the standard library has it for the same class, made when somebody asks."""

    def __init__(self, name: str, fields: Mapping[str, tuple[Any, _Field]], params: Mapping[str, bool]) -> None:
        self._name, self._fields, self._params = name, fields, params
        self._value: Any = None

    def __get__(self, _instance: object, owner: type) -> Any:
        if self._value is None:
            import dataclasses  # noqa: PLC0415  # what this module is there to spare

            fields = [(name, kind, dataclasses.field(**told.told)) for name, (kind, told) in self._fields.items()]
            told: dict[str, Any] = {**self._params, "slots": True}
            self._value = getattr(dataclasses.make_dataclass(owner.__name__, fields, **told), self._name)
        return self._value


def _field(**told: Any) -> Any:
    """A field of which more is told than a default, as with :func:`dataclasses.field`: ``default_factory``, ``repr``, ``compare``."""
    return _Field(told)


def _replace(instance: Any, /, **changes: Any) -> Any:
    """The same with other values, as :func:`dataclasses.replace`."""
    fields, values = instance.__slotted__  # the fields of the class with their types, and how to get all their values
    return instance.__class__(**{**dict(zip(fields, values(instance), strict=True)), **changes})


def _dataclass(*, slots: bool, frozen: bool = False, kw_only: bool = False, eq: bool = True) -> Callable[[type], type]:
    """Make a class a dataclass with slots, as :func:`dataclasses.dataclass` does."""
    if not slots:
        msg = "these dataclasses have slots"
        raise TypeError(msg)
    params = {"frozen": frozen, "kw_only": kw_only, "eq": eq}
    return lambda cls: _made(cls, params)


def _made(cls: type, params: Mapping[str, bool]) -> type:
    body = {name: value for name, value in vars(cls).items() if name not in {"__dict__", "__weakref__"}}
    inherited: dict[str, tuple[Any, _Field]] = {}
    for base in cls.__mro__[:0:-1]:
        if "__slotted__" in vars(base):
            inherited.update(vars(base)["__slotted__"][0])
    own: dict[str, tuple[Any, _Field]] = {}
    for name, kind in body.get("__annotations__", {}).items():
        told = body.pop(name, _Field({}))
        own[name] = kind, told if isinstance(told, _Field) else _Field({"default": told})
    fields = {**inherited, **own}
    compared = [name for name, (_, told) in fields.items() if told.told.get("compare", True)]
    shown = [name for name, (_, told) in fields.items() if told.told.get("repr", True)]
    body |= {
        "__qualname__": cls.__qualname__,
        "__slots__": tuple(name for name in own if name not in inherited),
        "__match_args__": () if params["kw_only"] else tuple(fields),
        "__slotted__": (fields, _getter([*fields])),
        "__dataclass_fields__": _Standard("__dataclass_fields__", fields, params),
        "__dataclass_params__": _Standard("__dataclass_params__", fields, params),
        "__init__": _init(cls, fields, params),
        "__repr__": _repr(shown),
    }
    if params["eq"]:
        body["__eq__"], body["__hash__"] = _eq(_getter(compared)), _hash(_getter(compared)) if params["frozen"] else None
    made: Any = type(cls)(cls.__name__, cls.__bases__, body)
    if params["frozen"]:
        made.__setattr__, made.__delattr__ = _refuse(made, "assign to", object.__setattr__), _refuse(made, "delete", object.__delattr__)
        made.__getstate__, made.__setstate__ = _state, _set_state
    return made  # type: ignore[no-any-return]


def _init(cls: type, fields: Mapping[str, tuple[Any, _Field]], params: Mapping[str, bool]) -> Callable[..., None]:
    """The one function that is compiled: its arguments have the names of the fields."""
    known: dict[str, Any] = {"put": object.__setattr__, "absent": object()}
    arguments, lines = [], []
    for name, (_, told) in fields.items():
        value = name
        if "default_factory" in told.told:
            known[f"make_{name}"] = told.told["default_factory"]
            arguments.append(f"{name}=absent")
            value = f"make_{name}() if {name} is absent else {name}"
        elif "default" in told.told:
            known[f"default_{name}"] = told.told["default"]
            arguments.append(f"{name}=default_{name}")
        else:
            arguments.append(name)
        lines.append(f" put(self, {name!r}, {value})" if params["frozen"] else f" self.{name} = {value}")
    star = ["*"] if params["kw_only"] and arguments else []
    exec(f"def __init__({', '.join(['self', *star, *arguments])}):\n" + "\n".join(lines or [" pass"]), known)  # noqa: S102  # of names in this package
    init: Callable[..., None] = known["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    init.__annotations__ = {**{name: kind for name, (kind, _) in fields.items()}, "return": None}
    return init


def _getter(names: list[str]) -> Callable[[object], tuple[Any, ...]]:
    """The values of some fields as a tuple, which :func:`attrgetter` gives of several alone."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda instance: tuple(getattr(instance, name) for name in names)


def _repr(names: list[str]) -> Callable[[object], str]:
    def show(self: object) -> str:
        return f"{self.__class__.__qualname__}({', '.join([f'{name}={getattr(self, name)!r}' for name in names])})"

    return show


def _eq(values: Callable[[object], tuple[Any, ...]]) -> Callable[[object, object], Any]:
    def equal(self: object, other: object) -> Any:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    return equal


def _hash(values: Callable[[object], tuple[Any, ...]]) -> Callable[[object], int]:
    def hashed(self: object) -> int:
        return hash(values(self))

    return hashed


def _refuse(made: Any, what: str, otherwise: Callable[..., None]) -> Callable[..., None]:
    def refuse(self: object, name: str, *value: object) -> None:
        if type(self) is made or name in made.__slotted__[0]:
            from dataclasses import FrozenInstanceError  # noqa: PLC0415  # what this module is there to spare

            msg = f"cannot {what} field {name!r}"
            raise FrozenInstanceError(msg)
        otherwise(self, name, *value)

    return refuse


def _state(self: Any) -> list[Any]:
    return [*self.__slotted__[1](self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for name, value in zip(self.__slotted__[0], state, strict=True):
        object.__setattr__(self, name, value)


if not TYPE_CHECKING:
    dataclass, field, replace = _dataclass, _field, _replace
