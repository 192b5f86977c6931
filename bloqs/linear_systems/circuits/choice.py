"""Every encoding of a user's matrix that its structure allows, and the cheapest."""

from collections.abc import Callable
from math import ceil, log2, pi

import sympy
from attrs import frozen

from bloqs.abstract import AbstractBlockEncoding, AbstractLoader
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.linear_systems.circuits.matching import MatchingEncoding
from bloqs.linear_systems.circuits.row_tree import RowTreeEncoding
from bloqs.linear_systems.model.matrix import LinearProblem
from estimator.costs.cost import cost_by_annotation

SHARE = 0.01
"""Part of the error asked for that rounded angles may make, together."""

LEAST_BITS, MOST_BITS = 6, 60
"""Of an angle."""


@frozen(kw_only=True)
class Encoded:
    """One encoding of a problem's matrix.

    Args:
        name: as it is asked for.
        encoding: the circuit.
        kappa: alpha over the least singular value.
        t: T gates of one call.
    """

    name: str
    encoding: AbstractBlockEncoding
    kappa: float
    t: float

    @property
    def weight(self) -> float:
        """T of as many calls as kappa says, which all solvers are about proportional to."""
        return self.t * self.kappa


def _matchings(
    problem: LinearProblem, b: int, loader: AbstractLoader, is_uniform: bool
) -> AbstractBlockEncoding | None:
    if not problem.is_hermitian:
        return None
    return MatchingEncoding.of(problem.matrix, b, loader, Rotation.BITWISE, is_uniform)


def _row_trees(
    problem: LinearProblem, b: int, loader: AbstractLoader
) -> AbstractBlockEncoding | None:
    return RowTreeEncoding.of(problem.matrix, b, loader, Rotation.BITWISE)


ENCODINGS: dict[
    str, Callable[[LinearProblem, int, AbstractLoader], AbstractBlockEncoding | None]
] = {
    "matchings": lambda problem, b, loader: _matchings(problem, b, loader, False),
    "matchings-uniform": lambda problem, b, loader: _matchings(problem, b, loader, True),
    "row-trees": _row_trees,
}
"""What makes an encoding, by name; `None` where the matrix does not allow it."""


def bits_for(problem: LinearProblem, error: float) -> int:
    """Bits of an angle with which matrix and vector move the solution by `SHARE` of the error.

    A relative error of d in A/alpha and in b moves the solution by 2 kappa d; every encoding here
    errs by (1 + 2 n) pi / 2**b at most, and its kappa is at most sqrt(N) that of the matrix.
    """
    n = problem.n
    kappa = problem.condition * 2 ** (n / 2)
    bits = ceil(log2(4 * kappa * (1 + 2 * n) * pi / (SHARE * error)))
    return min(max(bits, LEAST_BITS), MOST_BITS)


def encodings_of(
    problem: LinearProblem, b: int, loader: AbstractLoader, t_per_rotation: float
) -> list[Encoded]:
    """Every encoding that the matrix allows, the cheapest first."""
    found = []
    for name, make in ENCODINGS.items():
        encoding = make(problem, b, loader)
        if encoding is not None:
            t = float(sympy.sympify(cost_by_annotation(encoding).t_count(t_per_rotation)))
            kappa = problem.kappa(float(encoding.alpha))
            found.append(Encoded(name=name, encoding=encoding, kappa=kappa, t=t))
    return sorted(found, key=lambda each: each.weight)


def vector_of(problem: LinearProblem, b: int, loader: AbstractLoader) -> LoadedVector:
    """The preparation of the right-hand side."""
    rows = (tuple(float(x) for x in problem.vector),)
    return LoadedVector(RotationTree(rows, 0, problem.n, b, loader, Rotation.BITWISE))
