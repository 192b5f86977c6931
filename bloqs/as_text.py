"""Values of bloqs as text, and back: what is read equals what was written.

Each line makes one object with a call; later lines name earlier ones, so that what is shared is
written once. The last line is the value:

    x0 = bloqs.data_loading.loaders.QROAMLoader(beta=2)
    x1 = sympy.Symbol('b', integer=True, positive=True)
    x2 = bloqs.data_loading.rotation_tree.RotationTree(rows=None, s=0, n=3, b=x1, loader=x0)
"""

import ast
import math
import pkgutil
from collections.abc import Iterable
from enum import Enum
from functools import cache
from typing import Any

import attrs
import numpy as np
import sympy
from sympy.core.function import Application, UndefinedFunction

PACKAGES = frozenset({"bloqs", "estimator", "qualtran", "sympy"})
"""Where the classes that a text may name are defined; the package of a bloq is one more."""

PLAIN: dict[str, Any] = {"complex": complex, "float": float, "array": np.array}
"""What a text may call beside classes."""

SIMPLIFIED = (sympy.Add, sympy.Mul, sympy.Pow, Application)
"""Expressions that SymPy rewrites while it makes them."""


def text_of(value: Any) -> str:
    """The text of a number, string, enumeration, SymPy expression, attrs object or tuple of them.

    Of symbols the assumptions are kept, of an array the type, of what is shared the identity.

    Raises:
        ValueError: if there is anything else in it.
    """
    writer = _Writer()
    written = writer.text(value)
    return "\n".join([*writer.lines, f"value = {written}"])


def value_of(text: str, *packages: str) -> Any:
    """The value that `text_of` wrote.

    Nothing is evaluated: a call makes a SymPy expression, a member of an enumeration or an object
    of an attrs class, from `PACKAGES` or one of these packages.

    Raises:
        ValueError: if the text is anything else, or an object refuses its arguments.
    """
    reader = _Reader(PACKAGES.union(packages))
    try:
        lines = ast.parse(text).body
    except SyntaxError as error:
        raise ValueError(f"a saved bloq must be lines `name = value`, got {text[:80]!r}") from error
    value = None
    for line in lines:
        match line:
            case ast.Assign(targets=[ast.Name(name)], value=written):
                value = reader.known[name] = reader.value(written)
            case _:
                raise ValueError(f"a saved bloq must be lines `name = value`, got {_shown(line)}")
    return value


class _Writer:
    """Writes objects as lines, one for each that differs."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._seen: dict[int, str] = {}

    @property
    def lines(self) -> list[str]:
        return [f"{name} = {call}" for call, name in self._names.items()]

    def text(self, value: Any) -> str:
        """What stands for `value` in a line."""
        if isinstance(value, sympy.Basic) or attrs.has(type(value)):
            if id(value) not in self._seen:
                self._seen[id(value)] = self._named(self._call(value))
            return self._seen[id(value)]
        if isinstance(value, Enum):
            return self._named(f"{_path(type(value))}({self.text(value.value)})")
        if isinstance(value, tuple):
            return f"({''.join(f'{self.text(each)}, ' for each in value)})"
        if isinstance(value, np.ndarray) and not value.dtype.hasobject:
            nested = self.text(_as_tuples(value.tolist()))
            return self._named(f"array({nested}, dtype={str(value.dtype)!r})")
        return _number(value)

    def _named(self, call: str) -> str:
        return self._names.setdefault(call, f"x{len(self._names)}")

    def _call(self, value: Any) -> str:
        if isinstance(value, (sympy.Symbol, sympy.Rational, sympy.Float)):
            return f"sympy.{sympy.srepr(value)}"
        if isinstance(value, sympy.Basic):
            return f"{self._head(type(value))}({', '.join(map(self.text, value.args))})"
        cls: Any = type(value)
        given = {each.alias: getattr(value, each.name) for each in attrs.fields(cls) if each.init}
        arguments = ", ".join(f"{name}={self.text(each)}" for name, each in given.items())
        return f"{_path(cls)}({arguments})"

    def _head(self, cls: Any) -> str:
        """What makes an expression of its arguments: its class, or a function without formula."""
        if not isinstance(cls, UndefinedFunction):
            return _path(cls)
        assumed = "".join(f", {name}={is_so!r}" for name, is_so in sorted(cls._kwargs.items()))
        return self._named(f"sympy.Function({cls.__name__!r}{assumed})")


@cache
def _path(cls: Any) -> str:
    """Dotted name by which a class is found again."""
    path = f"{cls.__module__}.{cls.__qualname__}"
    if _resolved(path) is not cls:
        raise ValueError(f"a class must stand in a module under its own name, got {path}")
    return path


def _resolved(path: str) -> Any:
    try:
        return pkgutil.resolve_name(path)
    except (ImportError, AttributeError, ValueError):
        return None


def _as_tuples(nested: Any) -> Any:
    return tuple(map(_as_tuples, nested)) if isinstance(nested, list) else nested


def _number(value: Any) -> str:
    """A number, text, truth value or `None`."""
    match value:
        case None | bool() | str():
            return repr(value if value is None or isinstance(value, bool) else str(value))
        case np.bool_():
            return repr(bool(value))
        case int() | np.integer():
            return repr(int(value))
        case float() | np.floating():
            number = repr(float(value))
            return number if math.isfinite(value) else f"float({number!r})"
        case complex() | np.complexfloating():
            return f"complex({_number(value.real)}, {_number(value.imag)})"
    raise ValueError(
        f"a bloq is saved if it holds numbers, text, SymPy, enumerations, attrs objects and tuples "
        f"of these, got {type(value).__name__}"
    )


class _Reader:
    """Reads the right-hand sides of lines, which may name earlier lines."""

    def __init__(self, packages: Iterable[str]) -> None:
        self.known: dict[str, Any] = {}
        self._packages = frozenset(packages)

    def value(self, node: ast.expr) -> Any:
        match node:
            case ast.Constant(value):
                return value
            case ast.UnaryOp(ast.USub(), ast.Constant(int() | float() as value)):
                return -value
            case ast.Tuple(items):
                return tuple(map(self.value, items))
            case ast.Name(name) if name in self.known:
                return self.known[name]
            case ast.Call(called, arguments, keywords):
                given = [*map(self.value, arguments)]
                named = {str(word.arg): self.value(word.value) for word in keywords}
                return self._made(ast.unparse(called), given, named)
        raise ValueError(f"a saved bloq must be made of calls and constants, got {_shown(node)}")

    def _made(self, path: str, arguments: list[Any], named: dict[str, Any]) -> Any:
        known = self.known.get(path)
        make = known if isinstance(known, UndefinedFunction) else PLAIN.get(path)
        make = make or self._class(path)
        if isinstance(make, type) and issubclass(make, SIMPLIFIED) and make is not sympy.Function:
            named["evaluate"] = False  # as it was, though SymPy might simplify it
        try:
            return make(*arguments, **named)
        except (TypeError, AttributeError) as error:
            raise ValueError(f"{path} cannot be made from a saved bloq: {error}") from error

    def _class(self, path: str) -> Any:
        found = _resolved(path) if path.split(".")[0] in self._packages else None
        kinds = (Enum, sympy.Basic)
        if not isinstance(found, type) or not (attrs.has(found) or issubclass(found, kinds)):
            raise ValueError(
                f"a saved bloq must name attrs classes, enumerations or SymPy classes of "
                f"{', '.join(sorted(self._packages))}, got {path}"
            )
        return found


def _shown(node: ast.AST) -> str:
    return ast.unparse(node)[:80]
