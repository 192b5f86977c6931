"""Every solver of one linear system: its plan, and its circuit in the sizes that cost depends on.

A new solver is a function in `SOLVERS`, from a `Problem` to a `Candidate`, or to `None` where the
problem lacks what it needs.
"""

from collections.abc import Callable, Iterator
from functools import partial
from math import ceil, log2, pi

from attrs import frozen
from qualtran import Bloq

from bloqs.abstract import AbstractBlockEncoding, AbstractVectorEncoding
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.encodings.parts import is_own_inverse
from bloqs.linear_systems.circuits.cks_solver import ChebyshevSolver
from bloqs.linear_systems.circuits.guessed_solver import GuessedSolver
from bloqs.linear_systems.circuits.hhl_solver import PhaseEstimationSolver
from bloqs.linear_systems.circuits.perturbation_solver import PerturbationSolver
from bloqs.linear_systems.circuits.shortcut_solver import ShortcutSolver
from bloqs.linear_systems.circuits.transform_solver import TransformSolver
from bloqs.linear_systems.circuits.walk_solver import WalkSolver
from bloqs.linear_systems.model.condition import sine_of
from bloqs.linear_systems.model.guessed import best_stages, published_plan, published_stages
from bloqs.linear_systems.model.guessed import plan as guessed_plan
from bloqs.linear_systems.model.hhl import FORMS, Form
from bloqs.linear_systems.model.hhl import plan as hhl_plan
from bloqs.linear_systems.model.inverse import (
    KINDS,
    cks_plan,
    inverse_of,
    inverse_plan,
    weights_sum,
)
from bloqs.linear_systems.model.perturbation import perturbation_plan, perturbed_inverse
from bloqs.linear_systems.model.plan import Plan
from bloqs.linear_systems.model.shortcut import plan as shortcut_plan
from bloqs.linear_systems.model.walk import PROVEN, Shape
from bloqs.linear_systems.model.walk import plan as walk_plan
from bloqs.linear_systems.model.window import Window, best_window_inverse, window_plan
from bloqs.qsvt.general_transform import GeneralTransform
from bloqs.readout.clock import ClockWindow

INDEX_SHARE = 0.01
"""Part of the error that the rounded angles of a combination's index may make."""


@frozen(kw_only=True)
class Problem:
    """What is known of a linear system.

    Args:
        encoding: of the matrix.
        vector: of the right-hand side.
        condition: kappa of the encoding, at least 1.
        error: of the normalised solution (l2 norm).
        norm: t, between 1 and kappa.
        window: promise about the singular values, if there is one.
        strength: beta, if the matrix is 1 + beta B and `encoding` is that of B.
        is_definite: whether the matrix is known to be Hermitian and positive definite.
    """

    encoding: AbstractBlockEncoding
    vector: AbstractVectorEncoding
    condition: float
    error: float
    norm: float
    window: Window | None = None
    strength: float | None = None
    is_definite: bool = False


@frozen(kw_only=True)
class Candidate:
    """One solver of a problem.

    Args:
        plan: its row.
        bloq: its circuit, without phases; `None` where there is only a formula.
        stages: of a circuit that stops early, its parts and how often each runs until success, on
            average; without, the circuit is amplified or repeated as the plan says.
    """

    plan: Plan
    bloq: AbstractVectorEncoding | None
    stages: tuple[tuple[Bloq, float], ...] = ()


def transform_candidate(problem: Problem, kind: str) -> Candidate | None:
    """Inversion by one polynomial of a kind."""
    if problem.strength is not None:
        return None
    found = inverse_of(kind, problem.condition, sine_of(problem.error))
    bloq = TransformSolver(
        problem.encoding,
        problem.vector,
        problem.condition,
        problem.norm,
        None,
        found.degree,
        found.maximum,
        found.relative,
    )
    plan = inverse_plan(kind, problem.condition, problem.error, problem.norm)
    return Candidate(plan=plan, bloq=bloq)


def window_candidate(problem: Problem) -> Candidate | None:
    """Inversion in a window, where one is promised."""
    if problem.window is None:
        return None
    plan = window_plan(problem.window, problem.error, problem.norm)
    found = best_window_inverse(problem.window, float(problem.norm), sine_of(problem.error))
    bloq = TransformSolver(
        problem.encoding,
        problem.vector,
        1 / problem.window.lower,
        problem.norm,
        None,
        found.polynomial.degree,
        1 / found.scale,
        found.error,
        largest=problem.window.upper,
    )
    return Candidate(plan=plan, bloq=bloq)


def perturbation_candidate(problem: Problem) -> Candidate | None:
    """The series of a perturbed identity, where the matrix is one."""
    if problem.strength is None:
        return None
    found = perturbed_inverse(problem.strength, sine_of(problem.error))
    degree, half = found.degree, found.weight / 2
    transform = None
    if degree:
        transform = GeneralTransform(problem.encoding, None, None, degree, half, half, 0.0)
    bloq = PerturbationSolver(
        transform, problem.vector, problem.strength, problem.norm, found.error
    )
    plan = perturbation_plan(problem.strength, problem.error, problem.norm)
    return Candidate(plan=plan, bloq=bloq)


def combination_candidate(problem: Problem) -> Candidate | None:
    """The linear combination of Chebyshev polynomials, its index from a circuit."""
    if problem.strength is not None:
        return None
    relative = sine_of(problem.error)
    plan = cks_plan(problem.condition, problem.error, problem.norm)
    terms = (plan.degrees["degree"] + 1) // 2
    if terms < 2:
        return None
    total = weights_sum(problem.condition, relative)
    bloq = ChebyshevSolver(
        problem.encoding,
        problem.vector,
        problem.condition,
        problem.norm,
        None,
        terms,
        total,
        relative,
        index_bits(terms, total / problem.norm, problem.error),
        QROMLoader(),
        Rotation.PHASE_GRADIENT,
    )
    return Candidate(plan=plan, bloq=bloq)


def shortcut_candidate(problem: Problem) -> Candidate | None:
    """The reflection about a kernel, made for the norm of the solution."""
    if problem.strength is not None:
        return None
    plan = shortcut_plan(problem.condition, problem.error, problem.norm)
    bloq = ShortcutSolver.sized(
        problem.encoding, problem.vector, problem.condition, problem.norm, problem.error
    )
    return Candidate(plan=plan, bloq=bloq)


def guessed_candidate(problem: Problem, is_published: bool = False) -> Candidate | None:
    """The shortcut where nobody knows the norm; its cost is that of every guess."""
    if problem.strength is not None or problem.condition <= 1:
        return None
    chosen = published_stages if is_published else best_stages
    stages = chosen(problem.condition, problem.error)
    bloq = GuessedSolver(
        problem.encoding,
        problem.vector,
        problem.condition,
        problem.norm,
        None,
        stages.reflection,
        stages.projection,
        guess=problem.norm,
    )
    plan = published_plan if is_published else guessed_plan
    return Candidate(
        plan=plan(problem.condition, problem.error),
        bloq=bloq,
        stages=((bloq.reflection, 1 / stages.success), (bloq.projection, stages.passes)),
    )


def walk_candidate(problem: Problem, shape: Shape, is_proven: bool = False) -> Candidate | None:
    """The discrete adiabatic walk and its filter, by a measured or the proven constant."""
    if problem.strength is not None or problem.condition <= 1:
        return None
    if shape == "definite" and not problem.is_definite:
        return None
    constant = PROVEN if is_proven else None
    encoding, vector = problem.encoding, problem.vector
    bloq = WalkSolver.sized(
        encoding,
        vector,
        problem.condition,
        problem.norm,
        problem.error,
        shape=shape,
        constant=constant,
    )
    calls = 1 if encoding.adjoint() == encoding else 2
    plan = walk_plan(problem.condition, problem.error, shape, constant, calls)
    return Candidate(plan=plan, bloq=bloq)


def estimation_candidate(
    problem: Problem, form: Form, window: ClockWindow, is_proven: bool
) -> Candidate | None:
    """Phase estimation of walk or evolution, by the proven or a measured number of bits."""
    if problem.strength is not None:
        return None
    condition, error, norm = problem.condition, problem.error, problem.norm
    parts = problem.encoding, problem.vector, condition, norm, error
    bloq = PhaseEstimationSolver.of(*parts, window=window, form=form, is_proven=is_proven)
    calls = 1 if is_own_inverse(problem.encoding) else 2
    plan = hhl_plan(condition, error, norm, window, form, is_proven, calls)
    return Candidate(plan=plan, bloq=bloq)


def index_bits(terms: int, alpha: float, error: float) -> int:
    """Bits of angle with which the index adds no more than `INDEX_SHARE` of the error.

    A tree over w qubits errs by w pi / 2**b, and both trees count alpha times.
    """
    width = (terms - 1).bit_length()
    return max(4, ceil(log2(2 * alpha * width * pi / (INDEX_SHARE * error))))


ESTIMATIONS: dict[str, tuple[Form, ClockWindow, bool]] = {
    f"hhl-{form}{window and f'-{window}'}{'' if is_proven else '-practical'}": (
        form,
        ClockWindow(window or "sine"),
        is_proven,
    )
    for form in FORMS
    for window in ("", "uniform")
    for is_proven in (True, False)
}
"""Of each phase estimation: of what, the window, and whether its bits are proven to suffice."""

SOLVERS: dict[str, Callable[[Problem], Candidate | None]] = {
    **{f"qsvt-{kind}": partial(transform_candidate, kind=kind) for kind in KINDS},
    "window": window_candidate,
    "perturbation": perturbation_candidate,
    "cks": combination_candidate,
    "shortcut": shortcut_candidate,
    "guessed": guessed_candidate,
    "guessed-published": partial(guessed_candidate, is_published=True),
    "walk-definite": partial(walk_candidate, shape="definite"),
    "walk-general": partial(walk_candidate, shape="general"),
    "walk-proven": partial(walk_candidate, shape="general", is_proven=True),
    **{
        name: partial(estimation_candidate, form=form, window=window, is_proven=is_proven)
        for name, (form, window, is_proven) in ESTIMATIONS.items()
    },
}
"""Every solver with a circuit, by the name it is asked for with."""


def candidates(problem: Problem, only: str | None = None) -> Iterator[tuple[str, Candidate]]:
    """Every solver that the problem allows, with its name; of one name if that is given."""
    for name, make in SOLVERS.items():
        found = make(problem) if only in (None, name) else None
        if found is not None:
            yield name, found
