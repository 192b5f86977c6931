"""Fragments put together into one table, CSV or Parquet, written whole or not at all.

The same fragments give the same bytes. A column of whole numbers is of 64 bits in Parquet where
they fit, of 38 decimal digits where these suffice, else text; CSV has all digits.
"""

import contextlib
import csv
import io
import os
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from estimator.grid.fragment import Fragment
from estimator.grid.whole_array import Array

ENDINGS = (".csv", ".parquet")
"""Of tables."""

PLAIN = 2**53
"""Whole numbers beyond this are no floating-point numbers."""

DECIMAL = 38
"""Digits of a decimal number in Parquet."""

Fragments = Callable[[], Iterable[Fragment]]
"""Hands out the fragments from the first, as often as it is called."""


def write_table(path: Path, fragments: Fragments, first: Sequence[str]) -> None:
    """Write a table.

    Args:
        path: .csv or .parquet; what is there is replaced in the end, in one step.
        fragments: in the order of their rows.
        first: columns that come first.

    Raises:
        ValueError: if the file cannot be written.
    """
    names = list(dict.fromkeys([*first, *(name for each in fragments() for name in each.columns)]))
    target = path.resolve()
    temporary = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        if path.suffix.lower() == ".parquet":
            _write_parquet(temporary, fragments, names)
        else:
            _write_csv(temporary, fragments, names)
        os.replace(temporary, target)  # noqa: PTH105 (the one call known to be atomic)
    except OSError as problem:
        raise ValueError(f"{path} cannot be written: {problem.strerror or problem}") from None
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _write_csv(path: Path, fragments: Fragments, names: Sequence[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(",".join(_field(name) for name in names) + "\n")
        for fragment in fragments():
            columns = [_texts(fragment.columns.get(name), fragment.shape) for name in names]
            out.write("\n".join(map(",".join, zip(*columns, strict=True))))
            out.write("\n")


def _texts(column: Array | None, shape: tuple[int, ...]) -> list[str]:
    """The fields of a column, one for each row; a value that repeats is written out once."""
    if column is None:
        return [""] * int(np.prod(shape))
    values = column.ravel().tolist()
    write = repr if {*map(type, values)} <= {int, float} else _field
    small: Array = np.empty(column.shape, dtype=object)
    small.ravel()[:] = list(map(write, values))
    found: list[str] = np.broadcast_to(small, shape).ravel().tolist()
    return found


def _field(value: Any) -> str:
    """A value as CSV has it; nothing for `None`."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return repr(value)
    if not any(each in value for each in ',"\r\n'):
        return value
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow([value])
    return line.getvalue()


def _write_parquet(path: Path, fragments: Fragments, names: Sequence[str]) -> None:
    arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    types = _types(fragments, names, arrow)
    schema = arrow.schema([(name, types[name]) for name in names])
    with parquet.ParquetWriter(path, schema) as out:
        for fragment in fragments():
            arrays = [
                _arrow(fragment.columns.get(name), fragment.shape, types[name], arrow)
                for name in names
            ]
            out.write_table(arrow.Table.from_arrays(arrays, schema=schema))


def _types(fragments: Fragments, names: Sequence[str], arrow: Any) -> Mapping[str, Any]:
    """The narrowest type that holds every value of a column."""
    kinds: dict[str, set[str]] = {name: set() for name in names}
    for fragment in fragments():
        for name, column in fragment.columns.items():
            kinds[name] |= _kinds(column)
    return {name: _type(found, arrow) for name, found in kinds.items()}


def _kinds(column: Array) -> set[str]:
    """What is in a column: "small" and "float" whole numbers, "wide" ones, words and so on."""
    if column.dtype == np.float64:
        return {"float"}
    if column.dtype == np.int64:
        return {"small"} if column.size == 0 or np.abs(column).max() <= PLAIN else {"word"}
    found = set()
    for value in column.ravel().tolist():
        if isinstance(value, bool):
            found.add("bool")
        elif isinstance(value, int):
            size = abs(value)
            found.add(
                "small" if size <= PLAIN else "word" if size < 2**63
                else "wide" if size < 10**DECIMAL else "huge"
            )  # fmt: skip
        elif value is not None:
            found.add("float" if isinstance(value, float) else "text")
    return found


def _type(kinds: set[str], arrow: Any) -> Any:
    if kinds <= {"small", "word"} and kinds:
        return arrow.int64()
    if kinds and kinds <= {"small", "word", "wide"}:
        return arrow.decimal128(DECIMAL, 0)
    if kinds and kinds <= {"small", "float"}:
        return arrow.float64()
    return arrow.bool_() if kinds == {"bool"} else arrow.string()


def _arrow(column: Array | None, shape: tuple[int, ...], kind: Any, arrow: Any) -> Any:
    size = int(np.prod(shape))
    if column is None:
        return arrow.nulls(size, kind)
    if column.dtype != object and kind in (arrow.int64(), arrow.float64()):
        return arrow.array(np.broadcast_to(column, shape).ravel()).cast(kind)
    values = column.ravel().tolist()
    if kind == arrow.string():
        values = [None if x is None else x if isinstance(x, str) else repr(x) for x in values]
    elif kind == arrow.float64():
        values = [None if x is None else float(x) for x in values]
    elif arrow.types.is_decimal(kind):
        decimal = import_module("decimal").Decimal
        values = [None if x is None else decimal(x) for x in values]
    places = np.broadcast_to(np.arange(column.size).reshape(column.shape), shape).ravel()
    return arrow.array(values, type=kind).take(arrow.array(places))
