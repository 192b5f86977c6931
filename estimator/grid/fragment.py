"""A piece of a table in a file: columns of one block of points, whole or not at all.

Columns that do not depend on an axis are kept once, not once for each of its values. Nothing but
numbers and text is in the file; nothing in it is ever executed.
"""

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from attrs import frozen

from estimator.grid.whole_array import WORD, Array
from estimator.report.write_file import write_file

LEAST, MOST = -(2**127), 2**127
"""Whole numbers that two words hold."""


@frozen(eq=False)
class Fragment:
    """Columns over a block.

    Args:
        shape: of the block, a number for each axis.
        columns: by name, arrays of type int64, float64 or object (whole numbers, numbers, words,
            truth values, `None`), which broadcast to the shape.
    """

    shape: tuple[int, ...]
    columns: Mapping[str, Array]

    @property
    def rows(self) -> int:
        """Points of the block."""
        return int(np.prod(self.shape))


def of_rows(rows: Sequence[Mapping[str, Any]]) -> Fragment:
    """Rows one below the other; what a row does not have is `None`."""
    names = dict.fromkeys(name for row in rows for name in row)
    columns = {}
    for name in names:
        values: Array = np.empty(len(rows), dtype=object)
        values[:] = [row.get(name) for row in rows]
        columns[name] = values
    return Fragment((len(rows),), columns)


def rows_in(fragment: Fragment) -> Iterator[dict[str, Any]]:
    """Its rows, from the first."""
    columns = [np.broadcast_to(x, fragment.shape).ravel().tolist() for x in
               fragment.columns.values()]  # fmt: skip
    for values in zip(*columns, strict=True):
        yield dict(zip(fragment.columns, values, strict=True))


def written(fragment: Fragment) -> bytes:
    """A fragment as a file holds it."""
    stream = io.BytesIO()
    arrays: dict[str, Array] = {"shape": np.array(fragment.shape, dtype=np.int64)}
    names = list(fragment.columns)
    arrays["names"] = np.array(names, dtype=np.str_) if names else np.empty(0, dtype="U1")
    for number, column in enumerate(fragment.columns.values()):
        for kind, array in _packed(column).items():
            arrays[f"{number}{kind}"] = array
    np.savez(stream, **arrays)  # type: ignore[arg-type]
    return stream.getvalue()


def write_fragment(path: Path, fragment: Fragment) -> None:
    """Write a fragment whole or not at all.

    Raises:
        ValueError: if it cannot be written.
    """
    write_file(path, written(fragment))


def read_fragment(path: Path) -> Fragment:
    """The fragment in a file.

    Raises:
        ValueError: if the file was not written by a sweep, or is damaged.
    """
    try:
        with np.load(path, allow_pickle=False) as kept:
            shape = tuple(int(x) for x in kept["shape"])
            names = [str(name) for name in kept["names"]]
            columns = {
                name: _unpacked({key.lstrip("0123456789"): kept[key] for key in kept.files
                                 if key.rstrip("abcdefghijklmnopqrstuvwxyz") == str(number)})
                for number, name in enumerate(names)
            }  # fmt: skip
            for column in columns.values():
                np.broadcast_shapes(column.shape, shape)
    except (OSError, ValueError, KeyError, IndexError, EOFError, zipfile.BadZipFile) as problem:
        raise ValueError(f"the file {path} is damaged ({problem}); remove it") from None
    return Fragment(shape, columns)


def _packed(column: Array) -> dict[str, Array]:
    """A column as arrays of machine types, by what they are."""
    if column.dtype != object:
        return {"n": column}
    flat = column.ravel().tolist()
    kinds = {type(value) for value in flat}
    if type(None) in kinds and kinds & {int, float} and len(kinds) == 2:
        lacks = np.array([value is None for value in flat]).reshape(column.shape)
        filled = np.array(column)
        filled[lacks] = (kinds - {type(None)}).pop()()
        return {**_packed(filled), "lacks": lacks}
    if kinds == {int}:
        if all(-(2**63) <= value < 2**63 for value in flat):
            return {"n": np.array(flat, dtype=np.int64).reshape(column.shape)}
        if all(LEAST <= value < MOST for value in flat):
            high = np.array([value // WORD for value in flat], dtype=np.int64)
            low = np.array([value % WORD for value in flat], dtype=np.uint64)
            return {"high": high.reshape(column.shape), "low": low.reshape(column.shape)}
    if kinds == {float}:
        return {"n": column.astype(np.float64)}
    texts = np.array([_text(value) for value in flat], dtype=np.str_)
    marks = np.array([MARKS[type(value)] for value in flat], dtype="U1")
    return {"text": texts.reshape(column.shape), "mark": marks.reshape(column.shape)}


MARKS = {int: "i", float: "f", str: "s", bool: "b", type(None): ""}


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else repr(value)


def _unpacked(arrays: Mapping[str, Array]) -> Array:
    if "lacks" in arrays:
        others = {kind: array for kind, array in arrays.items() if kind != "lacks"}
        whole = _unpacked(others).astype(object)
        whole[arrays["lacks"]] = None
        return whole
    if "n" in arrays:
        return arrays["n"]
    if "high" in arrays:
        return np.asarray(
            arrays["high"].astype(object) * WORD + arrays["low"].astype(object), dtype=object
        )
    texts, marks = arrays["text"], arrays["mark"]
    found: Array = np.empty(texts.shape, dtype=object)
    found.ravel()[:] = [
        READ[mark](text)
        for text, mark in zip(texts.ravel().tolist(), marks.ravel().tolist(), strict=True)
    ]
    return found


READ: Mapping[str, Callable[[str], Any]] = {
    "i": int,
    "f": float,
    "s": str,
    "b": "True".__eq__,
    "": lambda text: None,
}
"""What a text was, by its mark."""
