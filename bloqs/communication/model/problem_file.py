"""Instances of problems as JSON: which problem, and what each party has.

`{"problem": "hidden-matching", "string": [0, 1, 1, 0], "matching": [[0, 1]], "weights": [1]}`.
"""

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np

from bloqs.communication.model.inner_product import InnerProduct
from bloqs.communication.model.matching_problem import EqualOrOrthogonal, HiddenMatching, Matching
from bloqs.communication.model.model_file import check_keys, number, numbers, shortened
from bloqs.communication.model.subspace_problem import RazProblem, SubspaceProblem

Problem: TypeAlias = (
    SubspaceProblem | RazProblem | HiddenMatching | EqualOrOrthogonal | InnerProduct
)

KEYS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "vector-in-subspace": (("vector", "subspace"), ("vartheta",)),
    "raz": (("vector", "subspace", "turn"), ("vartheta",)),
    "hidden-matching": (("string", "matching"), ("weights",)),
    "equal-or-orthogonal": (("one", "two"), ()),
    "inner-product": (("qubits", "ones", "twos"), ()),
}
"""Problems by name, and the keys that each must and may have."""


def problem_from_content(content: Mapping[str, Any], where: str = "the problem") -> Problem:
    """The instance that a JSON object is; errors call it `where`.

    Raises:
        ValueError: if a key is missing or unknown, a value is of the wrong kind or shape, or what
            is given breaks the promise, saying by how much.
    """
    name = content["problem"]
    if not isinstance(name, str) or name not in KEYS:
        raise ValueError(f"{where}: problem is one of {', '.join(KEYS)}, got {shortened(name)}")
    needed, optional = KEYS[name]
    check_keys(content, ("problem", *needed), optional, where)
    at = f"{where}: "
    try:
        if name in ("vector-in-subspace", "raz"):
            vector = numbers(content["vector"], at + "vector")
            subspace = rows(content["subspace"], at + "subspace")
            slack = number(content.get("vartheta", 0.0), at + "vartheta")
            if name == "raz":
                return RazProblem(vector, subspace, rows(content["turn"], at + "turn"), slack)
            return SubspaceProblem(vector, subspace, slack)
        if name == "hidden-matching":
            string = _whole(content["string"], at + "string")
            edges = content["matching"]
            if not isinstance(edges, list):
                raise ValueError(f"matching is a list of edges, got {shortened(edges)}")
            pairs = [_whole(edge, f"{at}matching[{e}]") for e, edge in enumerate(edges)]
            matching = Matching(len(string), pairs)
            given = content.get("weights")
            return HiddenMatching(
                string, matching, None if given is None else _whole(given, at + "weights")
            )
        if name == "equal-or-orthogonal":
            return EqualOrOrthogonal(*(_whole(content[key], at + key) for key in ("one", "two")))
        (qubits,) = _whole([content["qubits"]], at + "qubits")
        return InnerProduct(qubits, *(_whole(content[key], at + key) for key in ("ones", "twos")))
    except ValueError as error:
        said = str(error)
        raise ValueError(said if said.startswith(where) else at + said) from error


def rows(values: object, where: str) -> Any:
    """A matrix of finite numbers; shape (rows, columns).

    Raises:
        ValueError: if it is no list of rows of one length.
    """
    if not isinstance(values, list) or not values:
        raise ValueError(f"{where} is a list of rows, got {shortened(values)}")
    found = [numbers(row, f"{where}[{place}]") for place, row in enumerate(values)]
    if len({len(row) for row in found}) > 1:
        raise ValueError(f"{where} has rows of one length, got {[len(row) for row in found]}")
    return np.array(found)


def _whole(values: object, where: str) -> list[int]:
    if not isinstance(values, list):
        raise ValueError(f"{where} is a list of whole numbers, got {shortened(values)}")
    for place, value in enumerate(values):
        if isinstance(value, bool) or not isinstance(value, int):
            raise ValueError(f"{where}[{place}] is a whole number, got {shortened(value)}")
    return values
