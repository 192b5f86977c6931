"""Solvers with their phases, ready to be run on one system, by the name they are asked for with.

A new solver is a function in `RUNS`, from a `Running` to a `Run`.
"""

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
from attrs import evolve, field, frozen
from numpy.typing import NDArray
from qualtran import Bloq

from bloqs.abstract import AbstractBlockEncoding, AbstractVectorEncoding
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.linear_systems.answers.solvers import ESTIMATIONS, index_bits
from bloqs.linear_systems.circuits.cks_solver import ChebyshevSolver
from bloqs.linear_systems.circuits.guessed_solver import GuessedSolver
from bloqs.linear_systems.circuits.hhl_solver import PhaseEstimationSolver
from bloqs.linear_systems.circuits.kernel_filter import kernel_phases
from bloqs.linear_systems.circuits.perturbation_solver import PerturbationSolver
from bloqs.linear_systems.circuits.shortcut_solver import ShortcutSolver
from bloqs.linear_systems.circuits.transform_solver import TransformSolver
from bloqs.linear_systems.circuits.walk_solver import WalkSolver
from bloqs.linear_systems.model.condition import check_solution_norm, sine_of
from bloqs.linear_systems.model.guessed import best_stages, guess_at, published_stages
from bloqs.linear_systems.model.inverse import KINDS, chebyshev_weights, inverse_of
from bloqs.linear_systems.model.kernel_polynomial import LARGEST_DEGREE
from bloqs.linear_systems.model.perturbation import perturbed_inverse
from bloqs.linear_systems.model.plan import Provenance
from bloqs.linear_systems.model.walk import PRACTICAL, PROVEN, Shape, best_lengths
from bloqs.linear_systems.model.walk_evolution import check_shape, walked
from bloqs.linear_systems.model.window import Window

GUESSES = 8
"""Equally likely guesses of the norm whose runs are averaged."""

MOST_STEPS = 2_000
"""Steps of a walk that is run as a circuit; a longer one is multiplied out in NumPy."""

MOST_CALLS = LARGEST_DEGREE
"""Calls of the matrix by one sequence: phases of longer ones are not found."""

MOST_EVOLVED = 100_000
"""Calls of the matrix by evolutions, whose sequences are shorter; more take minutes."""

Amplitudes = NDArray[np.inexact]


@frozen
class Perturbation:
    """A matrix that is a multiple of 1 + beta B.

    Args:
        encoding: of B, with alpha = beta.
        strength: beta.
        norm: |(1 + beta B)^-1 b|.
    """

    encoding: AbstractBlockEncoding
    strength: float
    norm: float


@frozen(kw_only=True)
class Running:
    """A linear system in the form in which it is run.

    Args:
        encoding: of A, or a stand-in with A / alpha in its corner.
        vector: of b, likewise.
        condition: kappa of the encoding.
        norm: |(A/alpha)^-1 b|.
        error: asked for, of the normalised solution (l2 norm).
        matrix: A / alpha as an array.
        rhs: b as an array.
        window: promise about the singular values of A / alpha.
        perturbation: gives A as a multiple of 1 + beta B, or raises `ValueError`.
        guess: of the norm, where one is named.
        by_gates: whether every gate of the encodings is run.
    """

    encoding: AbstractBlockEncoding
    vector: AbstractVectorEncoding
    condition: float
    norm: float
    error: float
    matrix: Amplitudes = field(repr=False, eq=False)
    rhs: Amplitudes = field(repr=False, eq=False)
    window: Window
    perturbation: Callable[[], "Perturbation"] = field(repr=False, eq=False)
    guess: float | None = None
    by_gates: bool = False

    @property
    def parts(self) -> tuple[AbstractBlockEncoding, AbstractVectorEncoding, float, float]:
        """What every solver is made of."""
        return self.encoding, self.vector, self.condition, self.norm


@frozen(kw_only=True)
class Attempt:
    """One circuit that is run.

    Args:
        circuit: what is run, from zero or from `start`.
        start: amplitudes of the system, ancillas in zero; `None` for zero.
    """

    circuit: Bloq
    start: Amplitudes | None = field(default=None, repr=False, eq=False)


@frozen(kw_only=True)
class Run:
    """A solver that is run.

    Args:
        bloq: the solver, as a whole.
        attempts: equally likely circuits.
        degrees: degrees and lengths by name, the first one `degree`.
        success: guaranteed for one run, at least.
        claimed: error of the state that the solver itself claims for exact parts.
        allowed: error at which the run passes.
        basis: how sure the claim is.
        note: what else must be said.
    """

    bloq: AbstractVectorEncoding
    attempts: tuple[Attempt, ...]
    degrees: Mapping[str, int]
    success: float
    claimed: float
    allowed: float
    basis: Provenance = Provenance.PROVEN
    note: str = ""


def check_calls(calls: int, most: int = MOST_CALLS) -> None:
    """Refuse a run that is too long, before polynomials are made.

    Args:
        calls: of the matrix.
        most: of one polynomial's phases, or of many that are shorter.

    Raises:
        ValueError: if there are more than `most`.
    """
    if calls > most:
        raise ValueError(
            f"this run calls the matrix {calls} times, and {most} are run at most; take a "
            f"larger epsilon or a better conditioned matrix, or ask for its cost instead"
        )


def _single(given: Running, bloq: AbstractVectorEncoding, degree: int, note: str = "") -> Run:
    """The run of a solver with one polynomial and one circuit."""
    claimed = float(getattr(bloq, "state_error", given.error))
    return Run(
        bloq=bloq,
        attempts=(Attempt(circuit=bloq),),
        degrees={"degree": degree},
        success=float((1 - given.error) / bloq.alpha) ** 2,
        claimed=claimed,
        allowed=given.error,
        note=note,
    )


def transform_run(given: Running, kind: str) -> Run:
    """Inversion by one polynomial of a kind.

    Raises:
        ValueError: if it is too long.
    """
    check_calls(inverse_of(kind, given.condition, sine_of(given.error)).degree)
    bloq = TransformSolver.of(*given.parts, given.error, kind)
    return _single(given, bloq, int(bloq.degree))


def window_run(given: Running) -> Run:
    """Inversion in a window of singular values."""
    window = given.window
    bloq = TransformSolver.in_window(given.encoding, given.vector, window, given.norm, given.error)
    said = f"singular values of A/alpha promised in [{window.lower:.4g}, {window.upper:.4g}]"
    return _single(given, bloq, int(bloq.degree), said)


def perturbation_run(given: Running) -> Run:
    """The series of a perturbed identity.

    Raises:
        ValueError: if the matrix is not proportional to one.
    """
    found = given.perturbation()
    bloq = PerturbationSolver.of(
        found.encoding, given.vector, found.strength, found.norm, given.error
    )
    series = perturbed_inverse(found.strength, sine_of(given.error))
    said = f"A is a multiple of 1 + beta B with beta = {found.strength:.4g}; calls are of B"
    return _single(given, bloq, series.degree, said)


def combination_run(given: Running) -> Run:
    """The linear combination of Chebyshev polynomials.

    Raises:
        ValueError: if it is too long.
    """
    check_calls(inverse_of("binomial", given.condition, sine_of(given.error)).degree)
    weights = chebyshev_weights(given.condition, sine_of(given.error))
    bits = index_bits(len(weights), sum(map(abs, weights)) / given.norm, given.error)
    bloq = ChebyshevSolver.of(*given.parts, given.error, bits, QROMLoader(), Rotation.BITWISE)
    return _single(given, bloq, int(bloq.degree))


def shortcut_run(given: Running) -> Run:
    """The reflection made for the norm of the solution."""
    bloq = ShortcutSolver.of(*given.parts, given.error)
    return _single(given, bloq, int(bloq.degree))


def guessed_run(given: Running, is_published: bool = False) -> Run:
    """The shortcut where the norm is not known: one guess, or the average over them.

    What is asked for is the error of the state averaged over the guesses; a guess that is named
    has a claim of its own.

    Raises:
        ValueError: if the guess is outside of [1, kappa].
    """
    stages = (published_stages if is_published else best_stages)(given.condition, given.error)
    phases = (
        kernel_phases(given.condition, stages.reflection, "reflection"),
        kernel_phases(given.condition, stages.projection, "projection"),
    )
    guesses = [guess_at((k + 0.5) / GUESSES, given.condition) for k in range(GUESSES)]
    if given.guess is not None:
        check_solution_norm(given.guess, given.condition)
        guesses = [given.guess]
    bloqs = [
        GuessedSolver(*given.parts, phases, stages.reflection, stages.projection, guess=guess)
        for guess in guesses
    ]
    degrees = {"degree": stages.reflection, "projection degree": stages.projection}
    attempts = tuple(Attempt(circuit=bloq) for bloq in bloqs)
    if given.guess is not None:
        own = float(bloqs[0].state_error)
        return Run(
            bloq=bloqs[0],
            attempts=attempts,
            degrees=degrees,
            success=max(0.0, (1 - float(bloqs[0].epsilon)) / float(bloqs[0].alpha)) ** 2,
            claimed=own,
            allowed=own,
            note=f"for the one guess {given.guess:.4g} of the norm {given.norm:.4g}: epsilon is "
            "guaranteed on average over guesses, and this guess has a claim of its own",
        )
    return Run(
        bloq=bloqs[0],
        attempts=attempts,
        degrees=degrees,
        success=stages.success / stages.passes,
        claimed=given.error,
        allowed=given.error,
        note=f"averaged over {GUESSES} equally likely guesses of the norm, from {guesses[0]:.4g} "
        f"to {guesses[-1]:.4g}; it is {given.norm:.4g}",
    )


def estimation_run(given: Running, name: str) -> Run:
    """Phases of walk or evolution of the matrix, by a proven or a measured size of the clock.

    Raises:
        ValueError: if evolutions are too long.
    """
    form, window, is_proven = ESTIMATIONS[name]
    bloq = PhaseEstimationSolver.of(
        *given.parts,
        given.error,
        window=window,
        form=form,
        is_proven=is_proven,
        rotation=Rotation.BITWISE,
    )
    if form == "evolution":
        check_calls(int(bloq.degree), MOST_EVOLVED)
    basis = Provenance.PROVEN if is_proven else Provenance.PRACTICAL
    return evolve(_single(given, bloq, int(bloq.degree)), basis=basis)


def walk_run(given: Running, shape: Shape, is_proven: bool = False) -> Run:
    """The discrete adiabatic walk and its filter, by a measured or the printed constant.

    Raises:
        ValueError: if the matrix is not definite where it must be, or a walk that takes too many
            steps is to be run gate by gate.
    """
    check_shape(given.matrix, shape)
    constant = PROVEN if is_proven else PRACTICAL[shape]
    bloq = WalkSolver.sized(*given.parts, given.error, shape=shape, constant=constant)
    phases = kernel_phases(given.condition, int(bloq.degree), "projection")
    bloq = evolve(bloq, phases=phases)
    steps, note = int(bloq.steps), f"c = {constant.value:g} ({constant.source})"
    attempt = Attempt(circuit=bloq)
    if steps > MOST_STEPS:
        if given.by_gates:
            raise ValueError(
                f"this walk takes {steps} steps, more than the {MOST_STEPS} that are run as a "
                f"circuit; take a larger epsilon, another solver, or leave --run gates out"
            )
        state = walked(given.matrix, given.rhs, given.condition, steps, shape)
        attempt = Attempt(circuit=bloq.filter, start=state[0, state.shape[1] - 1, 0, 0])
        note += f"; its {steps} steps are multiplied out in NumPy, the filter is a circuit"
    return Run(
        bloq=bloq,
        attempts=(attempt,),
        degrees={"degree": int(bloq.degree), "steps": steps},
        success=best_lengths(given.condition, given.error, constant.value).success,
        claimed=float(bloq.state_error),
        allowed=given.error,
        basis=constant.provenance,
        note=note,
    )


RUNS: dict[str, Callable[[Running], Run]] = {
    **{f"qsvt-{kind}": partial(transform_run, kind=kind) for kind in KINDS},
    "window": window_run,
    "perturbation": perturbation_run,
    "cks": combination_run,
    "shortcut": shortcut_run,
    "guessed": guessed_run,
    "guessed-published": partial(guessed_run, is_published=True),
    **{name: partial(estimation_run, name=name) for name in ESTIMATIONS},
    "walk-definite": partial(walk_run, shape="definite"),
    "walk-general": partial(walk_run, shape="general"),
    "walk-proven": partial(walk_run, shape="general", is_proven=True),
}
"""What makes a solver that can be run, by its name."""
