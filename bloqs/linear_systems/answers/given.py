"""A linear system that a user brings, with its encodings."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from attrs import frozen

from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import loader_named
from bloqs.linear_systems.circuits.choice import NEEDS, Encoded, encodings_of, vector_of
from bloqs.linear_systems.model.condition import ROUNDING
from bloqs.linear_systems.model.diagonal_scaling import DiagonalScaling
from bloqs.linear_systems.model.matrix import LinearProblem, read_array
from bloqs.linear_systems.model.window import Window
from bloqs.linear_systems.parameters import OF_NUMBERS
from bloqs.linear_systems.rivals.elimination import Elimination
from bloqs.linear_systems.rivals.elimination import run as eliminated


@frozen(kw_only=True)
class Given:
    """A user's system.

    Args:
        problem: matrix and right-hand side that are solved, after preconditioning.
        encodings: of the matrix, the cheapest first.
        chosen: the one that was named, or the cheapest.
        vector: the preparation of the right-hand side.
        b: bits of an angle of the chosen encoding and of the vector.
        has_rhs: whether the right-hand side was given.
        scaling: what preconditioning did; `None` without.
        encoded_before: makes the encoding that the matrix has without: of the name that was asked
            for if it allows it, else the cheapest.
    """

    problem: LinearProblem
    encodings: list[Encoded]
    chosen: Encoded
    vector: LoadedVector
    b: int
    has_rhs: bool
    scaling: DiagonalScaling | None = None
    encoded_before: Callable[[], Encoded] | None = None

    @property
    def kappa(self) -> float:
        """Of the chosen encoding."""
        return self.chosen.kappa

    @property
    def norm(self) -> float:
        """|(A/alpha)^-1 b| in the chosen encoding."""
        return self.problem.norm(float(self.chosen.encoding.alpha))

    @property
    def scaling_flop(self) -> int:
        """FLOP of preconditioning, which a classical solver of its system pays as well."""
        return 0 if self.scaling is None else self.scaling.flop

    @property
    def elimination(self) -> Elimination:
        """The direct solution of the system as it was given.

        Elimination of a definite matrix is as exact with its diagonal scaled as without.
        """
        problem = self.problem if self.scaling is None else self.scaling.before
        matrix, rhs, _ = problem.unpadded
        return eliminated(matrix, rhs, problem.is_definite)

    def window(self, values: Mapping[str, Any]) -> Window:
        """The window that was promised, or that of the matrix itself.

        Raises:
            ValueError: if a singular value of A/alpha lies outside of the promise.
        """
        alpha = float(self.chosen.encoding.alpha)
        largest, *_, least = (*self.problem.values, self.problem.values[-1])
        least, largest = float(least) / alpha, min(1.0, float(largest) / alpha)
        if values.get("lower") is None:
            return Window(least * (1 - ROUNDING), min(1.0, largest * (1 + ROUNDING)))
        promised = Window(float(values["lower"]), float(values["upper"]))
        promised.check_values(least, largest)
        return promised


@frozen(kw_only=True)
class Brought:
    """What was read of a system, before anything is encoded.

    Args:
        problem: matrix and right-hand side that are solved, after preconditioning.
        has_rhs: whether the right-hand side was given.
        scaling: what preconditioning did; `None` without.
    """

    problem: LinearProblem
    has_rhs: bool
    scaling: DiagonalScaling | None


def brought_system(values: Mapping[str, Any]) -> Brought:
    """Matrix and right-hand side of a question, read from their files.

    Raises:
        ValueError: if numbers are given beside the matrix, a file cannot be read, or matrix and
            right-hand side are no linear system.
    """
    beside = [name for name in OF_NUMBERS if values.get(name) is not None]
    if beside:
        raise ValueError(
            f"a matrix says what kappa, alpha, norm, N and ancillas are; leave "
            f"{', '.join(beside)} out"
        )
    if (values.get("lower") is None) != (values.get("upper") is None):
        raise ValueError("a window has two ends: give --lower and --upper together")
    matrix = _array(values["matrix"], "the matrix")
    has_rhs = values.get("rhs") is not None
    vector: Any = _array(values["rhs"], "the right-hand side") if has_rhs else None
    if vector is None:
        rows = matrix.shape[:1] if hasattr(matrix, "shape") else (_length(matrix),)
        vector = np.eye(1, max(rows, default=1) or 1)[0]
    problem, scaling = LinearProblem.of(matrix, vector), None
    if values.get("precondition") == "diagonal":
        scaling = DiagonalScaling.of(problem)
        problem = scaling.after
    return Brought(problem=problem, has_rhs=has_rhs, scaling=scaling)


def given_system(
    values: Mapping[str, Any], t_per_rotation: float, brought: Brought | None = None
) -> Given:
    """The system of a question that has a matrix.

    Args:
        values: of the question.
        t_per_rotation: T gates of a rotation.
        brought: what was read; the files are read if `None`.

    Raises:
        ValueError: if epsilon is missing, an encoding is named that the matrix does not allow, or
            as `brought_system` does.
    """
    if values.get("epsilon") is None:
        raise ValueError("a matrix needs an error to solve it to: give --epsilon")
    read = brought or brought_system(values)
    problem, scaling = read.problem, read.scaling
    error = float(values["epsilon"])
    bits = None if values.get("b") is None else int(values["b"])
    loader = loader_named(values["loader"], 1)

    def encode(system: LinearProblem) -> list[Encoded]:
        return encodings_of(system, error, bits, loader, t_per_rotation)

    def encoded_before() -> Encoded:
        assert scaling is not None
        known = encode(scaling.before)
        return next((each for each in known if each.name == wanted), known[0])

    encodings = encode(problem)
    wanted = values.get("encoding")
    named = [each for each in encodings if each.name == wanted]
    if wanted and not named:
        names = ", ".join(each.name for each in encodings)
        raise ValueError(f"{wanted} needs {NEEDS[wanted]}, and this is none; it allows {names}")
    chosen = named[0] if named else encodings[0]
    return Given(
        problem=problem,
        encodings=encodings,
        chosen=chosen,
        vector=vector_of(problem, chosen.b, loader),
        b=chosen.b,
        has_rhs=read.has_rhs,
        scaling=scaling,
        encoded_before=None if scaling is None else encoded_before,
    )


def check_precondition(values: Mapping[str, Any]) -> None:
    """Refuse preconditioning of a system that is known by numbers alone.

    Raises:
        ValueError: if it is asked for without a matrix.
    """
    if values.get("precondition") == "diagonal" and values.get("matrix") is None:
        raise ValueError(
            "diagonal preconditioning needs the matrix: give --matrix, or the kappa that the "
            "scaled matrix has and --precondition none"
        )


def _length(given: Any) -> int:
    return len(given) if hasattr(given, "__len__") else 1


def _array(given: Any, name: str) -> Any:
    return read_array(given, name) if isinstance(given, Path) else given
