"""Which constructions a claim is about: what its functions name, followed through the sources.

Nothing is run for this, so that the answer is the same on every machine and in any order of claims.
From the functions of a claim, names are followed into the functions and classes that they stand for
in `proofs` and `bloqs`. A bloq that is met so is the claim's own; those met in the methods of a
bloq are its parts. A name in a branch that no instance takes is followed too, and a method that is
called on a value alone is not.
"""

import inspect
import types
from collections.abc import Iterator, Mapping
from functools import cache, partial
from typing import Any

import attrs
from attrs import frozen
from qualtran import Bloq, BloqExample

from estimator.discover import instances_of
from proofs.claim import AbstractClaim

FLOORS = ("bloqs", "proofs")
"""Where names are followed."""


@frozen
class Reached:
    """What a claim names.

    Args:
        bloqs: classes that its own functions name, in order of their names.
        parts: classes that are named in those.
        files: modules of `bloqs` whose functions and classes its own functions name.
    """

    bloqs: tuple[type, ...]
    parts: tuple[type, ...]
    files: tuple[str, ...]


def full_name(found: type) -> str:
    """Module and name of a class."""
    return f"{found.__module__}.{found.__qualname__}"


def reached(claim: AbstractClaim) -> Reached:
    """The constructions that a claim names."""
    own, files = _closure(list(_fields(claim)), enters_bloqs=False)
    inner = set().union(*map(_parts, own))
    return Reached(_sorted(own), _sorted(inner - own), tuple(sorted(files)))


@cache
def _parts(bloq: type) -> frozenset[type]:
    """Bloqs that are named in the methods of one, in those of its parts, and so on."""
    return frozenset(_closure([bloq], enters_bloqs=True)[0])


def _sorted(found: set[type]) -> tuple[type, ...]:
    return tuple(sorted((x for x in found if not inspect.isabstract(x)), key=full_name))


def _closure(start: list[Any], enters_bloqs: bool) -> tuple[set[type], set[str]]:
    """Bloqs that are met from some values on, and the modules of what was met."""
    found: set[type] = set()
    files: set[str] = set()
    seen: dict[int, Any] = {}
    waiting = list(start)
    while waiting:
        value = waiting.pop()
        if id(value) in seen:
            continue
        seen[id(value)] = value
        place = str(getattr(value, "__module__", ""))
        if isinstance(value, type | types.FunctionType) and _is_in(place, "bloqs"):
            files.add(place)
        if isinstance(value, type) and issubclass(value, Bloq):
            if not _is_in(place, "bloqs"):
                continue
            found.add(value)
            if not enters_bloqs:
                continue
        waiting += _next(value)
    return found, files


def _is_in(module: str, *floors: str) -> bool:
    return module.split(".")[0] in floors


def _next(value: Any) -> list[Any]:
    """What a value leads to at once."""
    if isinstance(value, type | types.FunctionType):
        return _named_in(value)
    return list(_of_value(value))


@cache
def _named_in(value: Any) -> list[Any]:
    """What a function or a class of ours names."""
    if not _is_in(str(value.__module__), *FLOORS):
        return []
    return list(_of_class(value) if isinstance(value, type) else _of_function(value))


def _of_function(function: types.FunctionType) -> Iterator[Any]:
    codes = [function.__code__]
    while codes:
        code = codes.pop()
        for name in code.co_names:
            if name in function.__globals__:
                yield from _most_precise(function.__globals__[name], code.co_names)
        codes += [each for each in code.co_consts if isinstance(each, types.CodeType)]
    yield from function.__defaults__ or ()
    yield from (function.__kwdefaults__ or {}).values()
    for cell in function.__closure__ or ():
        try:
            yield cell.cell_contents
        except ValueError:  # it is empty
            continue


def _most_precise(value: Any, names: tuple[str, ...]) -> list[Any]:
    """A value; of a package, those packages within it that are named beside it, if any are."""
    if not isinstance(value, types.ModuleType):
        return [value]
    inner = [found for x in names if _is_within(found := vars(value).get(x), value)]
    return [each for one in inner for each in _most_precise(one, names)] or [value]


def _is_within(value: Any, package: types.ModuleType) -> bool:
    return isinstance(value, types.ModuleType) and value.__name__.startswith(f"{package.__name__}.")


def _of_class(cls: type) -> Iterator[Any]:
    yield from (each for each in cls.__bases__ if _is_in(each.__module__, *FLOORS))
    yield from vars(cls).values()


def _of_value(value: Any) -> Iterator[Any]:
    if isinstance(value, types.ModuleType):
        if _is_in(value.__name__, "bloqs") and hasattr(value, "__path__"):
            yield from _examples(value)
    elif isinstance(value, BloqExample):
        yield from (value.bloq_cls, inspect.unwrap(value._func))
    elif isinstance(value, partial):
        yield from (value.func, *value.args, *value.keywords.values())
    elif isinstance(value, property):
        yield value.fget
    elif isinstance(value, Mapping):
        yield from (*value.keys(), *value.values())
    elif isinstance(value, tuple | list | set | frozenset):
        yield from value
    elif isinstance(value, Bloq):
        yield type(value)
        yield from _fields(value)
    elif hasattr(value, "__wrapped__"):
        yield value.__wrapped__
    elif hasattr(value, "__func__"):
        yield value.__func__
    elif attrs.has(type(value)) and _is_in(type(value).__module__, *FLOORS):
        yield type(value)
        yield from _fields(value)


@cache
def _examples(package: types.ModuleType) -> list[BloqExample]:
    """All examples of a package: who names it means them."""
    return list(instances_of(BloqExample, package).values())


def _fields(value: Any) -> Iterator[Any]:
    """The values of a record."""
    if attrs.has(type(value)):
        yield from (getattr(value, each.name) for each in attrs.fields(type(value)))
