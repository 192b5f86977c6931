"""What the command line can ask about data loading."""

from collections.abc import Callable, Mapping
from typing import Any

import sympy
from qualtran import Bloq
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import AbstractLoader
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.best_block import best_block
from bloqs.data_loading.loaders import LOADERS, loader_named
from bloqs.data_loading.rotation_tree import RotationTree
from estimator import symbols
from estimator.ask.question import Algorithm, Parameter, Value
from estimator.costs.budget import ErrorBudget

LARGEST = 2**32
"""Largest length or side that is costed: a table of its size has no memory in sight anyway."""

MOST_BITS = 256
"""Most bits of an angle that is costed: far finer than any table of floating-point numbers."""

BITS = Parameter(
    name="b",
    symbol=symbols.b,
    meaning="bits of a rotation angle",
    unit="qubits",
    minimum=4,
    maximum=MOST_BITS,
)
BLOCK = Parameter(
    name="beta",
    symbol=symbols.beta,
    meaning="log2 of the block size of qroam-clean and select-swap",
    unit="qubits",
    minimum=0,
    maximum=64,
)
EPSILON = Parameter(
    name="epsilon",
    symbol=symbols.epsilon,
    meaning="error of the result from rounded angles; decides b",
    unit="1",
    minimum=0,
    maximum=1,
    integer=False,
)


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


def _build(variant: str, loader: str, rotation: str, **values: Any) -> Bloq:
    n = symbols.n if "N" not in values else int(values["N"]).bit_length() - 1
    b = angle_bits(values, 1, n)

    def tree(memory: AbstractLoader) -> RotationTree:
        return RotationTree(None, 0, n, b, memory, Rotation(rotation))

    return tree(choose_block(loader, values, n - 1, b, tree))


def _facts(tree: Any, values: Mapping[str, Value]) -> Mapping[str, Value]:
    bits = {"b": angle_bits(values, 1, tree.n, whole=True)} if "epsilon" in values else {}
    return {"alpha": 1, "epsilon": tree.epsilon, **bits}


VECTOR_LOADING = Algorithm(
    name="vector-loading",
    says="Loads a real vector of N entries as amplitudes, by a tree of looked-up rotations.",
    source="[RHGPR25] Lem. D.1",
    parameters=(
        Parameter(
            name="N",
            symbol=symbols.N,
            meaning="length of the vector; n = log2(N) where unset",
            unit="entries",
            minimum=2,
            maximum=LARGEST,
            power_of_two=True,
        ),
        BITS,
        EPSILON,
        BLOCK,
    ),
    variants=("rotation-tree",),
    loaders=tuple(LOADERS),
    build=_build,
    facts=_facts,
)
