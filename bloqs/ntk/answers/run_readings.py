"""The read-out of one point as it is run: what came out, beside what its parts promise."""

from collections.abc import Callable, Mapping
from math import inf, isfinite, pi, sqrt
from typing import Any

import cirq
import numpy as np
from attrs import frozen

from bloqs.linear_systems.answers.simulate import BLOCKS
from bloqs.ntk.answers.problem_circuits import Circuits
from bloqs.ntk.answers.reading import CONFIDENCE, swap_counts
from bloqs.ntk.answers.run_parts import Prepared, Solution, kernel_run, qubits_of
from bloqs.ntk.circuits.class_part import ClassPart
from bloqs.ntk.circuits.prediction_circuit import PredictionCircuit
from bloqs.ntk.model.readout import signed_parts
from bloqs.readout.amplitude_estimation import AmplitudeEstimation
from bloqs.readout.encoded_swap_test import EncodedSwapTest
from bloqs.readout.estimates import amplitude_error, estimated_probability, flagged_outcomes
from bloqs.readout.flagged_test import FlaggedHadamardTest
from bloqs.readout.grover_iterate import GroverIterate
from bloqs.simulation.fast_gates import DenseGate
from bloqs.simulation.runner import GATE_BY_GATE, MAX_QUBITS, Runner
from bloqs.simulation.vector_dilation import VectorDilation
from estimator.costs.circuit import Blocks
from estimator.report.parts import Column, Fact, Kind, Table
from estimator.report.text import SCIENTIFIC, SHORT

MOST_SHOTS = 10**12
"""Shots that are drawn at most."""

ROUNDING = 1e-9
"""What rounding of a simulation may add to an error."""


@frozen(eq=False)
class Read:
    """What is read out.

    Args:
        circuits: of the prediction, with the point.
        solution: as it came out.
        kernel: |k_*> of the point likewise.
        values: what was asked.
        b: bits of an angle.
    """

    circuits: Circuits
    solution: Solution
    kernel: Prepared
    values: Mapping[str, Any]
    b: int

    @property
    def by_gates(self) -> bool:
        """Whether every gate is run."""
        return str(self.values["run"]) == "gates"

    @property
    def failure(self) -> float:
        """delta_f."""
        return float(self.values["failure"])

    @property
    def rng(self) -> np.random.Generator:
        """What shots are drawn by."""
        return np.random.default_rng(int(self.values["seed"]))

    def run(self, circuit: Any) -> Any:
        """The state that a circuit makes of zero.

        Raises:
            ValueError: if it has too many qubits.
        """
        if self.by_gates and (qubits := qubits_of(circuit)) > MAX_QUBITS:
            raise ValueError(
                f"this read-out needs {qubits} qubits gate by gate, more than the {MAX_QUBITS} "
                "that are simulated; take --run blocks or dilated, or a smaller --b"
            )
        return Runner.of(circuit, GATE_BY_GATE if self.by_gates else BLOCKS).run(0)

    def allowed(self, p: float, q: float) -> float:
        """How far a mean of the flagged test may be off."""
        error = (float(self.values["epsilon"]) + ROUNDING) * sqrt(p * q)
        return error + self.solution.claimed * sqrt(p)


@frozen(eq=False, kw_only=True)
class ReadOut:
    """What came out.

    Args:
        facts: rows of the run.
        fits: whether they are what the parts promise.
        tables: beside them.
        notes: what a reader should know.
    """

    facts: list[Fact]
    fits: bool
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()


def check_read_out(circuits: Circuits, values: Mapping[str, Any]) -> None:
    """Refuse a read-out that is not for the problem, before anything is run.

    Raises:
        ValueError: if signs of the solution do not follow the labels where swap tests need it, or a
            clock is to be run gate by gate.
    """
    reading = str(values["read_out"])
    if reading == "swap":
        circuits.points.parts(circuits.chosen)
    if reading == "amplitude-estimation" and values["run"] == "gates":
        raise ValueError(
            "amplitude estimation repeats the whole test too often to be run gate by gate; take "
            "--run blocks or dilated"
        )


def by_hadamard(read: Read) -> ReadOut:
    """The flagged test as one circuit, and its class by as many shots as are said to do."""
    outcomes = _outcomes(read)
    expected = read.circuits.points.outcomes(read.solution.success)[read.circuits.chosen]
    rows, fits = _test_rows(read, outcomes)
    shots = expected.shots(read.failure)
    rows.append(_shots_row(shots))
    if shots < MOST_SHOTS:
        likely = np.clip([outcomes[1], outcomes[-1], outcomes[0]], 0, 1)
        drawn = read.rng.multinomial(int(shots), likely / likely.sum())
        seen = float(drawn[0] - drawn[1]) / int(shots)
        rows.append(_seen_row("its mean over as many shots", seen, expected.threshold))
    return ReadOut(facts=rows, fits=fits)


def _outcomes(read: Read) -> dict[int, float]:
    """Probabilities of the outcomes +1, -1 and 0 of the whole flagged test."""
    overlap = read.circuits.points.overlaps[read.circuits.chosen].overlap
    state = read.run(PredictionCircuit(read.kernel.bloq, read.solution.bloq, overlap))
    rows = 2 ** int(read.solution.bloq.system_bitsize)
    return flagged_outcomes(state.reshape(rows, -1, 2))


def _test_rows(read: Read, outcomes: Mapping[int, float]) -> tuple[list[Fact], bool]:
    i = read.circuits.chosen
    expected = read.circuits.points.outcomes(read.solution.success)[i]
    mean = outcomes[1] - outcomes[-1]
    rows = [
        Fact(key="point", label="read out by one circuit: point", value=i),
        Fact(key="mean", label="mean outcome", value=mean, style=SHORT, kind=Kind.MEASURED),
        Fact(key="expected_mean", label="o sqrt(p q)", value=expected.mean, style=SHORT),
        Fact(key="flags", label="probability that no flag is raised",
             value=outcomes[1] + outcomes[-1], style=SHORT, kind=Kind.MEASURED),
    ]  # fmt: skip
    return rows, abs(mean - expected.mean) <= read.allowed(expected.p, expected.q)


def _shots_row(shots: float) -> Fact:
    return Fact(key="shots", label="shots for its class", value=shots if isfinite(shots) else None,
                unit="shots", kind=Kind.UPPER_BOUND)  # fmt: skip


def _seen_row(label: str, seen: float, threshold: float) -> Fact:
    return Fact(key="seen", label=label, value=seen, style=SHORT, kind=Kind.MEASURED,
                beside=f"class {'+1' if seen > threshold else '-1'}")  # fmt: skip


def by_swap(read: Read) -> ReadOut:
    """The swap tests of the signed parts, put together to the overlap with its sign."""
    points, i = read.circuits.points, read.circuits.chosen
    parts = points.parts(i)
    expected = points.outcomes(read.solution.success)[i]
    counts = swap_counts(expected, read.failure, parts)
    solution: Any = read.solution.bloq
    if not read.by_gates:
        solution = VectorDilation.of_vector(
            read.solution.unit, max(1.0, read.solution.success**-0.5)
        )
    whole = sqrt(sum(float(np.sum(part**2)) for part in signed_parts(points.clipped[i])))
    kind = str(read.values["run"]), read.b, str(read.values["loader"])
    root = sqrt(points.given.system.places.size)
    kernels = {
        s: kernel_run(points, i, read.circuits.sizes, *kind, s) for s in {s for s, _ in parts}
    }
    rng, found, seen, allowed, rows = read.rng, 0.0, 0.0, ROUNDING, []
    for (s, t), (k, x, square) in parts.items():
        test = EncodedSwapTest(kernels[s].bloq, ClassPart(solution, t < 0, min(1.0, x)))
        sizes = [2**reg.bitsize for reg in test.signature]
        state = read.run(test).reshape(sizes)[:, :, 0, :, 0]
        same, other = (float(np.linalg.norm(state[probe]) ** 2) for probe in (0, 1))
        measured = (same - other) / (same + other)
        weight, shots = k * root / whole * x, counts[s, t]
        found += s * t * weight * sqrt(max(0.0, measured))
        allowed += weight * (kernels[s].claimed + 2 * read.solution.claimed / x)
        if shots < MOST_SHOTS:
            drawn = rng.binomial(int(shots), min(1.0, (1 + measured) / 2)) / int(shots)
            seen += s * t * weight * sqrt(max(0.0, 2 * drawn - 1))
        rows.append(
            {
                "test": f"k{'+' if s > 0 else '-'} y{'+' if t > 0 else '-'}",
                "square": measured,
                "expected": square,
                "flags": same + other,
                "shots": shots if isfinite(shots) else "no end",
            }
        )
    facts = [
        Fact(key="point", label="read out by swap tests: point", value=i),
        Fact(key="overlap", label="o of the tests together", value=found, style=SHORT,
             kind=Kind.MEASURED),
        Fact(key="expected_overlap", label="o", value=expected.overlap, style=SHORT),
        Fact(key="overlap_error", label="error claimed of it", value=allowed, style=SCIENTIFIC,
             kind=Kind.UPPER_BOUND),
        _shots_row(sum(counts.values())),
    ]  # fmt: skip
    if all(shots < MOST_SHOTS for shots in counts.values()):
        threshold = expected.threshold / sqrt(expected.p * expected.q)
        facts.append(_seen_row("o over as many shots", seen, threshold))
    notes = () if read.by_gates else ("the solution, run beforehand, is one gate of a swap test",)
    fits = abs(found - expected.overlap) <= allowed
    return ReadOut(facts=facts, fits=fits, tables=(_swap_table(rows),), notes=notes)


def _swap_table(rows: list[dict[str, Any]]) -> Table:
    return Table(
        key="swap_tests",
        columns=[
            Column(key="test"),
            *(Column(key=key, label=label, style=SHORT, align="right") for key, label in (
                ("square", "overlap squared"), ("expected", None),
                ("flags", "no flag raised"), ("shots", "shots, no flag raised"),
            )),
        ],
        rows=rows,
        heading="swap tests of signed parts",
        is_section=True,
    )  # fmt: skip


def by_amplitude(read: Read) -> ReadOut:
    """Clocks for the outcomes +1 and -1, whose medians give the mean.

    Raises:
        ValueError: if a clock is too long to be run.
    """
    points, i = read.circuits.points, read.circuits.chosen
    outcomes = _outcomes(read)
    rows, fits = _test_rows(read, outcomes)
    expected = points.outcomes(read.solution.success)[i]
    clock = expected.clock(read.failure)
    if clock is None:
        rows.append(_shots_row(inf))
        return ReadOut(facts=rows, fits=fits)
    qubits = clock.bits + int(read.solution.bloq.system_bitsize) + 1
    if qubits > MAX_QUBITS:
        raise ValueError(
            f"a clock of {clock.bits} bits takes {qubits} qubits, more than the {MAX_QUBITS} that "
            "are simulated; take --read-out hadamard, or points further from the threshold"
        )
    medians, surely, rng = [], 1.0, read.rng
    for sign in (1, -1):
        likely = _clock(read, points.overlaps[i].overlap, sign < 0, clock.bits)
        values = estimated_probability(np.arange(len(likely)), clock.bits)
        error = max(expected.margin / 2, amplitude_error(outcomes[sign], clock.bits))
        near = np.abs(values - outcomes[sign]) <= error + ROUNDING
        surely = min(surely, float(likely[near].sum()))
        drawn = rng.choice(values, clock.repeats, p=likely / likely.sum())
        medians.append(float(np.median(drawn)))
    rows += [
        Fact(key="clock", label="bits of a clock", value=clock.bits, unit="qubits"),
        Fact(key="runs", label="runs of a clock, both outcomes", value=clock.runs, unit="runs"),
        Fact(key="near", label="probability that an estimate is near enough", value=surely,
             style=SHORT, kind=Kind.MEASURED, beside=f"8/pi^2 = {8 / pi**2:.4g} at least"),
        _seen_row("mean outcome by medians", medians[0] - medians[1], expected.threshold),
    ]  # fmt: skip
    note = (
        "the test, run beforehand, is one gate of its iterates, and a power of an iterate another"
    )
    return ReadOut(facts=rows, fits=fits and surely >= CONFIDENCE - ROUNDING, notes=(note,))


def _clock(read: Read, overlap: float, is_difference: bool, bits: int) -> Any:
    """Probabilities of what a clock shows, shape (2**bits,)."""
    parts = read.kernel.bloq, read.solution.bloq
    test = FlaggedHadamardTest(*parts, overlap, is_difference=is_difference)
    length = 2 ** int(test.ancilla_bitsize)
    state = read.run(test).reshape(-1, length)[:, 0]
    whole = AmplitudeEstimation(VectorDilation.of_vector(state), bits)
    blocks: Blocks = {**BLOCKS, GroverIterate: _Powers()}
    ran = Runner.of(whole, blocks).run(0).reshape(2**bits, -1)
    return np.linalg.norm(ran, axis=1) ** 2


class _Powers:
    """Powers of one iterate as a gate each: its circuit is run once, on every basis state."""

    def __init__(self) -> None:
        self.of: dict[int, Any] = {}

    def __call__(self, iterate: GroverIterate) -> cirq.Gate:
        times = int(iterate.times)
        if 1 not in self.of:
            once = Runner.of(GroverIterate(iterate.vector), BLOCKS)
            self.of[1] = once.columns(range(2 ** once.bloq.signature.n_qubits()))
        if times not in self.of:
            self.of[times] = np.linalg.matrix_power(self.of[1], times)
        gate: cirq.Gate = DenseGate(self.of[times])
        if iterate.is_adjoint:
            gate = gate**-1
        return cirq.ControlledGate(gate) if iterate.is_controlled else gate


READ_OUTS: dict[str, Callable[[Read], ReadOut]] = {
    "hadamard": by_hadamard,
    "swap": by_swap,
    "amplitude-estimation": by_amplitude,
}
"""By name: what runs it."""
