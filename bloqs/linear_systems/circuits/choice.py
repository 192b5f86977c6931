"""Every encoding of a user's matrix that its structure allows, and the cheapest."""

from collections.abc import Callable
from math import ceil, log2

import numpy as np
import sympy
from attrs import frozen

from bloqs.abstract import AbstractBlockEncoding, AbstractLoader
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.linear_systems.circuits.banded import BandedEncoding
from bloqs.linear_systems.circuits.hermitian_dilation import CornerEncoding
from bloqs.linear_systems.circuits.matching import MatchingEncoding
from bloqs.linear_systems.circuits.pauli_sum import PauliSumEncoding
from bloqs.linear_systems.circuits.row_tree import RowTreeEncoding
from bloqs.linear_systems.circuits.toeplitz import ToeplitzEncoding
from bloqs.linear_systems.model.matrix import LinearProblem
from bloqs.linear_systems.model.structure import pauli_terms, shifts_of
from estimator.costs.cost import cost_by_annotation

SHARE = 0.01
"""Part of the error asked for that rounded angles may make, together."""

LEAST_BITS, MOST_BITS = 6, 60
"""Of an angle."""

MOST_STRINGS = 2**14
"""Of a Pauli sum: as many as a dense matrix of 128 unknowns has."""

Maker = Callable[[LinearProblem, int, AbstractLoader], AbstractBlockEncoding | None]


@frozen(kw_only=True)
class Encoded:
    """One encoding of a problem's matrix.

    Args:
        name: as it is asked for.
        encoding: the circuit.
        kappa: alpha over the least singular value.
        b: bits of an angle.
        t: T gates of one call.
        t_vector: T gates of one call of the right-hand side, with as many bits.
        qubits: of one call, with its work qubits.
    """

    name: str
    encoding: AbstractBlockEncoding
    kappa: float
    b: int
    t: float
    t_vector: float
    qubits: int

    @property
    def weight(self) -> float:
        """T of kappa calls of the matrix and of the right-hand side.

        The calls of all solvers grow at least like kappa, and the cheapest make about as many of
        one as of the other.
        """
        return (self.t + self.t_vector) * self.kappa


def _matchings(is_uniform: bool = False, is_pattern: bool = False) -> Maker:
    def make(
        problem: LinearProblem, b: int, loader: AbstractLoader
    ) -> AbstractBlockEncoding | None:
        if not problem.is_hermitian:
            return None
        kind = b, loader, Rotation.BITWISE
        return MatchingEncoding.of(problem.matrix, *kind, is_uniform, is_pattern)

    return make


def _dilated(problem: LinearProblem, b: int, loader: AbstractLoader) -> CornerEncoding | None:
    """Matchings of rows with columns: those of the Hermitian dilation, whose corner is taken."""
    if problem.is_hermitian:
        return None
    nothing = np.zeros_like(problem.matrix)
    whole = np.block([[nothing, problem.matrix], [problem.matrix.T, nothing]])
    return CornerEncoding(MatchingEncoding.of(whole, b, loader, Rotation.BITWISE))


def _shifts(axes: int) -> Maker:
    def make(problem: LinearProblem, b: int, loader: AbstractLoader) -> ToeplitzEncoding | None:
        found = [
            shifts
            for is_cyclic in (True, False)
            if (shifts := shifts_of(problem.matrix, axes, is_cyclic)) is not None
        ]
        if not found:
            return None
        least = min(found, key=lambda shifts: shifts.alpha)
        return ToeplitzEncoding.of(least, b, loader, Rotation.BITWISE)

    return make


def _pauli_sum(problem: LinearProblem, b: int, loader: AbstractLoader) -> PauliSumEncoding | None:
    terms = pauli_terms(problem.matrix, MOST_STRINGS)
    if terms is None:
        return None
    return PauliSumEncoding.of_terms(terms, problem.n, b, loader, Rotation.BITWISE)


ENCODINGS: dict[str, Maker] = {
    "matchings": _matchings(),
    "matchings-uniform": _matchings(is_uniform=True),
    "xor-pattern": _matchings(is_pattern=True),
    "matchings-dilated": _dilated,
    "shifts": _shifts(1),
    "shifts-2d": _shifts(2),
    "shifts-3d": _shifts(3),
    "bands": lambda problem, b, loader: BandedEncoding.of(
        problem.matrix, b, loader, Rotation.BITWISE
    ),
    "pauli-sum": _pauli_sum,
    "row-trees": lambda problem, b, loader: RowTreeEncoding.of(
        problem.matrix, b, loader, Rotation.BITWISE
    ),
}
"""What makes an encoding, by name; `None` where the matrix does not allow it."""

NEEDS = {
    "matchings": "a symmetric matrix",
    "matchings-uniform": "a symmetric matrix",
    "xor-pattern": "a symmetric matrix",
    "matchings-dilated": "a matrix that is not symmetric",
    "shifts": "a matrix with one value on each diagonal and a power of two of unknowns",
    "shifts-2d": "a matrix that is the same everywhere on a grid of 2**m by 2**m points",
    "pauli-sum": f"a matrix of at most {MOST_STRINGS} Pauli strings",
    "shifts-3d": "a matrix that is the same everywhere on a grid of 2**m points a side",
}
"""What a matrix must be to be encoded so; the others take any."""


def bits_of(
    encoding: AbstractBlockEncoding, kappa: float, vector: LoadedVector, error: float
) -> int:
    """Bits of an angle with which matrix and vector move the solution by `SHARE` of the error.

    A relative error of d in A/alpha or in b moves the normalised solution by 2 kappa d at most.
    Both parts err in proportion to 2**-b, so one look at them tells.

    Args:
        encoding: of the matrix, with `LEAST_BITS`.
        kappa: of it.
        vector: of the right-hand side, likewise.
        error: asked for.
    """
    moved = max(float(encoding.epsilon) / float(encoding.alpha), float(vector.epsilon))
    bits = LEAST_BITS + ceil(log2(4 * kappa * moved / (SHARE * error)))
    return min(max(bits, LEAST_BITS), MOST_BITS)


def encodings_of(
    problem: LinearProblem,
    error: float | None,
    b: int | None,
    loader: AbstractLoader,
    t_per_rotation: float,
) -> list[Encoded]:
    """Every encoding that the matrix allows, the cheapest first.

    Args:
        problem: matrix and right-hand side.
        error: of the solution, that decides on the bits of the angles; `None` if the right-hand
            side is not asked about, which then costs nothing.
        b: bits of an angle, instead.
        loader: the memory that holds the tables.
        t_per_rotation: T gates of a rotation.
    """
    found = []
    vector = vector_of(problem, LEAST_BITS, loader)
    for name, make in ENCODINGS.items():
        first = make(problem, b or LEAST_BITS, loader)
        if first is None:
            continue
        kappa = problem.kappa(float(first.alpha))
        bits = b or (LEAST_BITS if error is None else bits_of(first, kappa, vector, error))
        encoding = first if b else make(problem, bits, loader)
        assert encoding is not None
        cost = cost_by_annotation(encoding)
        loaded = cost_by_annotation(vector_of(problem, bits, loader)).t_count(t_per_rotation)
        one = Encoded(
            name=name,
            encoding=encoding,
            kappa=kappa,
            b=bits,
            t=float(sympy.sympify(cost.t_count(t_per_rotation))),
            t_vector=0.0 if error is None else float(sympy.sympify(loaded)),
            qubits=int(cost.qubits),
        )
        found.append(one)
    return sorted(found, key=lambda each: each.weight)


def vector_of(problem: LinearProblem, b: int, loader: AbstractLoader) -> LoadedVector:
    """The preparation of the right-hand side."""
    rows = (tuple(float(x) for x in problem.vector),)
    return LoadedVector(RotationTree(rows, 0, problem.n, b, loader, Rotation.BITWISE))
