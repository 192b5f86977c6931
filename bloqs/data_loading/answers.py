"""What a loaded vector costs, and how the parameters that all tables share become numbers."""

from collections.abc import Callable, Mapping
from typing import Any

import sympy
from qualtran import Bloq
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import AbstractLoader
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.best_block import best_block
from bloqs.data_loading.loaders import loader_named
from bloqs.data_loading.parameters import MOST_BITS
from bloqs.data_loading.rotation_tree import RotationTree
from estimator import symbols
from estimator.ask.question import Asked
from estimator.costs.answer import cost_report
from estimator.costs.budget import ErrorBudget
from estimator.report.model import Report
from estimator.report.parts import Value


def angle_bits(values: Mapping[str, Any], alpha: Any, angles: Any, whole: bool = False) -> Value:
    """b as given, or as all of epsilon needs it, or the symbol.

    Where epsilon makes b an expression it stays a symbol, for brevity, unless `whole` is set.

    Raises:
        ValueError: if both are given, or epsilon needs more than `MOST_BITS`.
    """
    if "b" in values and "epsilon" in values:
        raise ValueError("give b or epsilon, not both: epsilon decides b")
    if "epsilon" in values:
        budget = ErrorBudget(
            epsilon=values["epsilon"],
            encoding=sympy.Integer(1),
            polynomial=sympy.Integer(0),
            synthesis=sympy.Integer(0),
        )
        bits = budget.angle_bits(alpha, angles)
        if not is_symbolic(bits) and bits > MOST_BITS:
            raise ValueError(
                f"epsilon = {values['epsilon']:g} needs angles of {bits} bits, more than the "
                f"{MOST_BITS} that are costed; allow a larger error"
            )
        return symbols.b if is_symbolic(bits) and not whole else bits
    return values.get("b", symbols.b)


def choose_block(
    name: str,
    values: Mapping[str, Any],
    widest: SymbolicInt,
    b: SymbolicInt,
    build: Callable[[AbstractLoader], Bloq],
) -> AbstractLoader:
    """The loader with the block size given, else the cheapest, else a symbolic one.

    Args:
        name: of the loader.
        values: the parameters given.
        widest: largest address width among the tables. Unit: qubits.
        b: width of an entry; no block size is the cheapest for all of them. Unit: qubits.
        build: the construction with a given loader.

    Raises:
        ValueError: if a block size is given for a loader without blocks, or no table is large
            enough for it.
    """
    if "beta" not in values:
        if is_symbolic(widest, b):
            return loader_named(name, symbols.beta)
        return best_block(name, widest, build)
    loader = loader_named(name, values["beta"])
    if not hasattr(loader, "beta"):
        raise ValueError(f"beta is a block size and loader {name} has no blocks; leave beta out")
    if not is_symbolic(widest) and loader.beta > (most := max(1, widest // 2)):
        raise ValueError(
            f"beta must be at most {most} here, where the largest table has 2**{widest} entries, "
            f"got {loader.beta}"
        )
    return loader


def log_length(values: Mapping[str, Any]) -> SymbolicInt:
    """log2 of the length N of a vector, or its symbol."""
    return symbols.n if values.get("N") is None else int(values["N"]).bit_length() - 1


def vector_loading(asked: Asked) -> Report:
    """What loading a vector costs.

    Raises:
        ValueError: if parameters do not go together.
    """
    values = asked.values
    n = log_length(values)
    b = angle_bits(values, 1, n)

    def tree(memory: AbstractLoader) -> RotationTree:
        return RotationTree(None, 0, n, b, memory, Rotation(values["rotation"]))

    bloq = tree(choose_block(values["loader"], values, n - 1, b, tree))
    return cost_report(
        bloq,
        asked,
        title="vector-loading",
        facts={"alpha": 1, "epsilon": bloq.epsilon, **bits_fact(values, 1, n)},
    )


def bits_fact(values: Mapping[str, Any], alpha: Any, angles: Any) -> dict[str, Value]:
    """The bits of an angle that an error needs, if an error was given."""
    if "epsilon" not in values:
        return {}
    return {"b": angle_bits(values, alpha, angles, whole=True)}
