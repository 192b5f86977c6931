"""The circuits of one prediction in the sizes that their cost depends on, and what they cost."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from math import ceil, log2
from typing import Any

import sympy
from attrs import frozen
from qualtran import Bloq
from qualtran.symbolics import SymbolicInt

from bloqs.abstract import AbstractLoader, AbstractVectorEncoding
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import loader_named
from bloqs.linear_systems.answers.solvers import SOLVERS, Problem
from bloqs.linear_systems.answers.solvers_table import Priced, priced
from bloqs.linear_systems.circuits.matching import MatchingEncoding
from bloqs.linear_systems.model.plan import Plan, Provenance
from bloqs.linear_systems.model.window import Window
from bloqs.ntk.answers.reading import Outcome, swap_counts
from bloqs.ntk.circuits.class_part import ClassPart
from bloqs.ntk.circuits.computed_kernel import ComputedKernel
from bloqs.ntk.circuits.fixed_point import FixedPoint
from bloqs.ntk.circuits.kernel_turn import KernelTurn
from bloqs.ntk.circuits.point_turn import PointTurn
from bloqs.ntk.circuits.prediction_circuit import PredictionCircuit, Reading
from bloqs.ntk.circuits.tabulated_kernel import TabulatedKernel
from bloqs.readout.encoded_swap_test import EncodedSwapTest
from estimator.costs.cost import Cost, cost_by_annotation
from estimator.costs.keys import ToffoliDepth
from estimator.costs.known import known_cost
from estimator.costs.simplify import multiplied_out

LABELS = "labels"
"""Name of the preparation that the diagonal needs alone: no solver."""

ENCODING_SHARE = 0.01
"""Part of the solution's error that rounded angles of the masked kernel may make."""

SLACK = 1 + 1e-9
"""Factor by which rounding stays inside of a promise."""


def memory(name: str, address: SymbolicInt, word: SymbolicInt) -> AbstractLoader:
    """The loader, with blocks that suit a table of 2**address words.

    Args:
        name: of the loader.
        address: bits of an address.
        word: bits of a word.
    """
    if isinstance(address, int) and isinstance(word, int):
        return loader_named(name, max(1, int((address - log2(max(word, 1))) / 2)))
    return loader_named(name, 1)


@frozen(kw_only=True)
class Sizes:
    """What the preparation of |k_*> depends on; numbers or symbols.

    Args:
        index: log2 of the rows. Unit: qubits.
        bits: of points, cells and angles.
        norm: l2 norm of the clipped kernels.
        slope: bound on the slope of the clipped kernel.
        is_padded: whether rows that are no points fill up.
        preparation: "arithmetic" or "table".
        loader: name of the memory.
    """

    index: int
    bits: FixedPoint
    norm: float
    slope: float
    is_padded: bool
    preparation: str
    loader: str

    def kernel(self, norm: float | None = None) -> AbstractVectorEncoding:
        """The preparation of |k_*>, or of a part of it of another norm."""
        norm, bits = self.norm if norm is None else norm, self.bits
        by = Rotation.PHASE_GRADIENT
        if self.preparation == "table":
            of_angles = memory(self.loader, self.index, bits.angle)
            return TabulatedKernel(None, norm, self.index, bits.angle, of_angles, by)
        turn = KernelTurn(
            None,
            0,
            None,
            bits.dimension,
            bits.word,
            bits.reference,
            bits.width,
            bits.cells,
            bits.angle,
            memory(self.loader, bits.cells, bits.angle),
            by,
            is_padded=self.is_padded,
        )
        of_points = memory(self.loader, self.index, bits.dimension * bits.word)
        looked_up = PointTurn(None, self.index, turn, of_points)
        return ComputedKernel(looked_up, norm, self.slope * bits.correlation_error)


def encoding_in_sizes(
    alpha: float, colours: int, index: int, error: float, kappa: float, loader: str,
    is_pattern: bool,
) -> MatchingEncoding:  # fmt: skip
    """The masked kernel as a sum of matchings; its angles move the solution by a small part of an
    error.

    Args:
        alpha: sum of the weights.
        colours: matchings.
        index: log2 of the rows. Unit: qubits.
        error: of the solution, l2 norm.
        kappa: of the encoding.
        loader: name of the memory.
        is_pattern: whether every matching is an XOR.
    """
    c = max(1, (colours - 1).bit_length())

    def of(b: int) -> MatchingEncoding:
        table = memory(loader, c + index, 1)
        return MatchingEncoding(
            None, None, None, alpha, c, index, b, table, Rotation.BITWISE, is_pattern
        )

    relative = float(sympy.sympify(of(4).epsilon)) / alpha
    return of(4 + max(0, ceil(log2(2 * kappa * relative / (ENCODING_SHARE * error)))))


@frozen(kw_only=True)
class Solved:
    """A solution's preparation.

    Args:
        name: of the solver, or `LABELS`.
        circuit: one run, amplified by the best rounds.
        success: probability that its flags are found in zero.
        plan: the solver's row; `None` for the labels.
        matrix_calls: of one run.
    """

    name: str
    circuit: AbstractVectorEncoding
    success: float
    plan: Plan | None = None
    matrix_calls: float = 0.0

    @property
    def is_proven(self) -> bool:
        """Whether what the circuit promises is."""
        return self.plan is None or self.plan.provenance is Provenance.PROVEN

    @property
    def degree(self) -> int | None:
        """Of its polynomial, or what stands for it."""
        return None if self.plan is None else next(iter(self.plan.degrees.values()), None)


def solved_by(problem: Problem, names: Sequence[str], rotation: float) -> list[Solved]:
    """Every solver of these names that the problem allows.

    Raises:
        ValueError: if there is one name, and the solver has no polynomial for the problem; of
            several such a solver is left out.
    """
    found = []
    for name in names:
        try:
            candidate = SOLVERS[name](problem)
        except ValueError:
            if len(names) == 1:
                raise
            continue
        if candidate is None or candidate.bloq is None:
            continue
        one: Priced = priced(name, candidate, rotation)
        assert one.circuit is not None
        rounds = 2 * candidate.plan.rounds + 1 if candidate.plan.success is not None else 1
        run = Solved(
            name=name,
            circuit=one.circuit,
            success=min(1.0, one.success),
            plan=candidate.plan,
            matrix_calls=candidate.plan.matrix_calls * rounds,
        )
        found.append(run)
    return found


def window_at(
    row_sum: float, alpha: float, least: float = 1.0, largest: float = 1.0
) -> Window | None:
    """The window of the singular values of K_S/alpha, where a row sum below one promises it.

    Args:
        row_sum: r_S.
        alpha: of the encoding.
        least: diagonal entry.
        largest: diagonal entry.
    """
    if not row_sum < 1:
        return None
    upper = min(1.0, largest * (1 + row_sum) / alpha * SLACK)
    return Window(min(upper, least * (1 - row_sum) / alpha / SLACK), upper)


@frozen(kw_only=True)
class Step:
    """A circuit and how often one prediction calls it.

    Args:
        name: for a reader.
        bloq: the circuit.
        calls: until the class is known; infinite at the threshold.
    """

    name: str
    bloq: Bloq
    calls: float

    @property
    def cost(self) -> Cost:
        """Of one call."""
        return cost_by_annotation(self.bloq)

    @property
    def depth(self) -> Any:
        """Of one call. Unit: layers."""
        return multiplied_out(known_cost(self.bloq, ToffoliDepth()))


@frozen(kw_only=True, eq=False)
class Prediction:
    """One prediction by one solver.

    Args:
        solved: the solution.
        runs: the circuits that are run, with how often.
        outcome: what is read out.
        kernel: the preparation of |k_*>.
        rotation: T gates of a rotation.
    """

    solved: Solved
    runs: tuple[Step, ...]
    outcome: Outcome
    kernel: AbstractVectorEncoding
    rotation: float

    @property
    def shots(self) -> float:
        """Runs in all."""
        return sum(step.calls for step in self.runs)

    @cached_property
    def total(self) -> dict[str, Any]:
        """Expected counts of all runs, and qubits of the largest."""
        costs = [(step.cost, step.calls) for step in self.runs]
        return {
            "t": sum(cost.t_count(self.rotation) * calls for cost, calls in costs),
            "toffoli": sum(cost.toffolis * calls for cost, calls in costs),
            "rotations": sum(cost.rotations * calls for cost, calls in costs),
            "qubits": max(int(cost.qubits) for cost, _ in costs),
            "toffoli_depth": max(step.depth for step in self.runs),
            "queries": sum(sum(cost.queries.values()) * calls for cost, calls in costs),
        }


def prediction(
    sizes: Sizes,
    solved: Solved,
    outcome: Outcome,
    reading: str,
    failure: float,
    parts: Mapping[tuple[int, int], tuple[float, float, float]],
    rotation: float,
) -> Prediction:
    """One prediction, read out so that its class is wrong with probability `failure` at most.

    Args:
        sizes: of |k_*>.
        solved: the solution.
        outcome: what is read out.
        reading: how.
        failure: delta_f.
        parts: for swap tests, by signs s and t: length of k^s over the root of the rows, that of
            x^t for a unit solution, and |<k^s|x^t>|**2 of unit vectors.
        rotation: T gates of a rotation.
    """
    runs: tuple[Step, ...]
    kernel = sizes.kernel()
    if reading == "swap":
        runs = tuple(_swaps(sizes, solved, outcome, failure, parts))
    elif reading == "amplitude-estimation":
        clock = outcome.clock(failure)
        bits, often = (1, float("inf")) if clock is None else (clock.bits, clock.runs)
        kind = Reading.AMPLITUDE
        made = PredictionCircuit(kernel, solved.circuit, outcome.overlap, kind, m=bits)
        runs = (Step(name="amplitude estimation", bloq=made, calls=often),)
    else:
        made = PredictionCircuit(kernel, solved.circuit, outcome.overlap, Reading.HADAMARD)
        runs = (Step(name="Hadamard test", bloq=made, calls=outcome.shots(failure)),)
    return Prediction(solved=solved, runs=runs, outcome=outcome, kernel=kernel, rotation=rotation)


def _swaps(
    sizes: Sizes,
    solved: Solved,
    outcome: Outcome,
    failure: float,
    parts: Mapping[tuple[int, int], tuple[float, float, float]],
) -> Iterator[Step]:
    """Four swap tests, each to its share of the margin; flags that fail are tried again."""
    counts = swap_counts(outcome, failure, parts)
    for (s, t), (k, x, _) in parts.items():
        part = ClassPart(solved.circuit, t < 0, min(1.0, x))
        test = EncodedSwapTest(sizes.kernel(k * 2 ** (sizes.index / 2)), part)
        flags = k**2 * solved.success * x**2
        name = f"swap test k{'+' if s > 0 else '-'} y{'+' if t > 0 else '-'}"
        yield Step(name=name, bloq=test, calls=counts[s, t] / flags)


def cheapest(found: list[Prediction]) -> Prediction:
    """The proven one with the fewest T gates; of all where none is proven."""
    proven = [each for each in found if each.solved.is_proven] or found
    return min(proven, key=lambda each: float(each.total["t"]))
