"""Which bloqs mean the same for as long as a process lives.

A notebook defines classes anew. What a bloq of such a class is made of is looked up by name when it
is asked, so an equal bloq may cost something else after the next cell. Code that was installed does
not change like that: what is made of it alone can be remembered.
"""

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from functools import lru_cache
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

import attrs
import numpy as np
import sympy
from qualtran import Bloq

from estimator.ask.registry import FLOORS

INSTALLED = frozenset(
    ("attr", "attrs", "builtins", "cirq", "fractions", "mpmath", "networkx", "numpy", "qualtran",
     "scipy", "sympy", "estimator", *FLOORS)
)  # fmt: skip
"""Packages whose code stays as it is."""

ATOM = 32
"""What a number or a name takes in memory, about. Unit: bytes."""

RECORD = 2048
"""What a bloq and one cost of it take, about. Unit: bytes."""


def weight_of(bloq: Bloq, known: Mapping[Bloq, Any]) -> int | None:
    """What remembering a bloq takes; `None` if it may mean something else later.

    Args:
        bloq: of any class.
        known: bloqs that are remembered already, which take nothing more.

    Returns:
        Unit: bytes, about.
    """
    weight, seen, waiting = RECORD, set[int](), [bloq]
    while waiting:
        value: Any = waiting.pop()
        if value is None or type(value) in (bool, int, float, complex, str, bytes):
            weight += ATOM
            continue
        if id(value) in seen or _is_known(value, known):
            continue
        seen.add(id(value))
        parts = _parts(value)
        if parts is None:
            return None
        weight += ATOM
        if isinstance(value, np.ndarray):
            weight += value.nbytes
        waiting += parts
    return weight


def _is_known(value: Any, known: Mapping[Bloq, Any]) -> bool:
    try:  # `isinstance` would ask every class of bloqs there is
        return Bloq in type(value).__mro__ and value in known
    except TypeError:  # it holds a list
        return False


def _parts(value: Any) -> Iterable[Any] | None:
    """What a value is made of; `None` if somebody may define it anew."""
    kind: Any = type(value)
    return _reader(kind)(value)


@lru_cache(maxsize=4096)
def _reader(cls: Any) -> Callable[[Any], Iterable[Any] | None]:
    """How the parts of a value of this class are found."""
    if not _is_installed(cls.__module__):
        return _unknown
    if issubclass(cls, (tuple, list, set, frozenset)):
        return iter
    if attrs.has(cls):
        names = tuple(field.name for field in attrs.fields(cls) if field.init)
        return lambda value: [getattr(value, name) for name in names]
    if issubclass(cls, np.ndarray):
        return lambda value: value.flat if value.dtype == object else ()
    if issubclass(cls, (sympy.Basic, np.generic, Enum)):
        return lambda value: ()
    if issubclass(cls, Mapping):
        return lambda value: [*value.keys(), *value.values()]
    if issubclass(cls, type):
        return lambda value: () if _is_installed(value.__module__) else None
    if issubclass(cls, MethodType):
        return lambda value: (value.__self__, value.__func__)
    if issubclass(cls, (FunctionType, BuiltinFunctionType)):
        return _of_function
    return lambda value: list(vars(value).values()) if hasattr(value, "__dict__") else None


def _unknown(value: Any) -> None:
    """The parts of what may be defined anew."""


def _of_function(value: Any) -> Iterable[Any] | None:
    is_whole = getattr(value, "__closure__", None) is None
    return () if is_whole and _is_installed(value.__module__) else None


@lru_cache(maxsize=4096)
def _is_installed(module: str | None) -> bool:
    return (module or "").partition(".")[0] in INSTALLED
