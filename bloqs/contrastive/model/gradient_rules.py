"""Values and Jacobians of a representation circuit by every rule, with the circuits they ran."""

import math
from collections.abc import Callable

import numpy as np
from attrs import field, frozen
from numpy.typing import ArrayLike, NDArray

from bloqs.contrastive.model.batched_engine import Engine, Floats, check_shots, whole
from bloqs.contrastive.model.compiled_shots import shifted_runs
from bloqs.contrastive.model.gate_order import exempt_angles, gate_order
from bloqs.contrastive.model.gate_program import RULE_PAIRS, GateProgram, halved

PLUS = (math.sqrt(2) + 1) / (4 * math.sqrt(2))
"""Weight of the two near shifts of the four-term rule. [JAXAKJ22] has two terms; this is exact."""

MINUS = (math.sqrt(2) - 1) / (4 * math.sqrt(2))
"""Weight of the two far shifts."""

SHIFT_RULES = ("two-term", "four-term", "light-cone", "decomposed", "finite-difference")
ALL_RULES = (*SHIFT_RULES, "spsa", "adjoint")


def difference_step(engine: Engine, rule: str, shots: int | None) -> float:
    r"""Step of finite differences where nobody says. Unit: radians.

    Exact outputs: the cube root of the rounding of the engine, where rounding and the cubic term
    are alike. With shots, $h = (9 / S)^{1/6}$, which has the least $h^4 / 36 + 1 / (2 S h^2)$:
    bias, for a third derivative of 1, and variance at its worst. Along a direction of spsa, which
    moves all W + P angles, that is how far they move together. Ours.
    """
    rounding = float(np.finfo(engine.real).eps)
    step = rounding ** (1 / 3) if shots is None else (9 / shots) ** (1 / 6)
    return step / math.sqrt(engine.width + engine.angles) if rule == "spsa" else step


@frozen(eq=False)
class Jacobian:
    """Outputs of every sample and their derivatives, and what they took.

    Args:
        outputs: shape (samples, W).
        by_inputs: derivative of output i by input j; shape (samples, W, W). Unit: 1/radian.
        by_angles: derivative of output i by angle k; shape (samples, W, P). Unit: 1/radian.
        circuits: that were run, counted while running.
        shots: of all of them; 0 for exact values.
    """

    outputs: Floats = field(repr=False)
    by_inputs: Floats = field(repr=False)
    by_angles: Floats = field(repr=False)
    circuits: int
    shots: int


@frozen
class Term:
    """One shifted circuit.

    Args:
        angle: which one, inputs first.
        shift: Unit: radians.
        weight: of its outputs in the derivative.
        share: of the shots, 1 for as many as the circuit itself.
    """

    angle: int
    shift: float
    weight: float
    share: float = 1.0


def two_terms(angle: int) -> list[Term]:
    """Exact for one frequency."""
    return [Term(angle, math.pi / 2, 0.5), Term(angle, -math.pi / 2, -0.5)]


def four_terms(angle: int, is_optimal: bool) -> list[Term]:
    """Exact for frequencies 1/2 and 1; optimal shots go by the size of the weights."""
    near, far = (2 * x / (PLUS + MINUS) for x in (PLUS, MINUS)) if is_optimal else (1.0, 1.0)
    return [
        Term(angle, math.pi / 2, PLUS, near),
        Term(angle, -math.pi / 2, -PLUS, near),
        Term(angle, 3 * math.pi / 2, -MINUS, far),
        Term(angle, -3 * math.pi / 2, MINUS, far),
    ]


def terms_of(engine: Engine, rule: str, step: float, is_optimal: bool) -> list[Term]:
    """Shifted circuits of a rule, inputs first; of the decomposed one in its own angles."""
    width, total = engine.width, engine.width + engine.angles
    if rule == "decomposed":
        return [term for k in range(len(halved(engine.kind, width, engine.layers)[1]))
                for term in two_terms(k)]  # fmt: skip
    if rule == "finite-difference":
        return [Term(k, sign * step, sign / (2 * step)) for k in range(total) for sign in (1, -1)]
    gates = gate_order(engine.kind, width, engine.layers)
    four = {
        width + gate.angle
        for gate in gates
        if gate.angle is not None and gate.name in RULE_PAIRS and rule != "two-term"
    }
    if rule == "light-cone":
        four -= {width + angle for angle in exempt_angles(gates)}
    return [
        term for k in range(total)
        for term in (four_terms(k, is_optimal) if k in four else two_terms(k))
    ]  # fmt: skip


def jacobian(
    engine: Engine,
    inputs: ArrayLike,
    angles: ArrayLike,
    rule: str,
    *,
    shots: int | None = None,
    rng: np.random.Generator | None = None,
    step: float | None = None,
    is_optimal: bool = False,
) -> Jacobian:
    """Outputs and their derivatives by inputs and angles.

    Args:
        engine: which circuit.
        inputs: shape (samples, W). Unit: radians.
        angles: shape (P,). Unit: radians.
        rule: one of `ALL_RULES`.
        shots: of each circuit; none for exact outputs.
        rng: what draws, with shots and for the directions of spsa.
        step: of finite-difference and spsa; `difference_step` if none. Unit: radians.
        is_optimal: shots of four terms go by their weights, together as many as with equal ones.

    Raises:
        ValueError: if there is no such rule, or shots, inputs or angles are not allowed.
    """
    rows, turns = engine.checked(inputs, angles)
    if rule not in ALL_RULES:
        raise ValueError(f"a gradient rule is one of {', '.join(ALL_RULES)}, got {rule!r}")
    if shots is not None:
        check_shots(shots)
    if (shots is not None or rule == "spsa") and rng is None:
        raise ValueError("shots and spsa draw at random; give a generator as rng")
    step = difference_step(engine, rule, shots) if step is None else step
    if not math.isfinite(step) or step <= 0:
        raise ValueError(f"a step must be above 0, got {step}")
    if rule == "adjoint":
        if shots is not None:
            raise ValueError("the adjoint method has no shots; take the rule two-term")
        return _adjoint(engine, rows, turns)
    if rule == "spsa":
        assert rng is not None
        return _spsa(engine, rows, turns, shots, rng, step)
    terms = terms_of(engine, rule, step, is_optimal)
    program, matrix = engine.program, None
    settings = np.vstack([rows.T, np.repeat(turns[:, None], len(rows), 1)])
    if rule == "decomposed":
        program, matrix = halved(engine.kind, engine.width, engine.layers)
        settings = matrix @ settings
    runs, tally = _runs(engine, program, settings, terms, shots, rng)
    found = np.zeros((len(rows), engine.width, program.free))
    for term, run in zip(terms, runs[1:], strict=True):
        found[:, :, term.angle] += term.weight * run.T
    if matrix is not None:
        found = found @ matrix
    width = engine.width
    return Jacobian(runs[0].T, found[:, :, :width], found[:, :, width:], *map(int, tally))


def _runs(
    engine: Engine, program: GateProgram, settings: Floats, terms: list[Term],
    shots: int | None, rng: np.random.Generator | None,
) -> tuple[Floats, NDArray[np.int64]]:  # fmt: skip
    """Outputs of the circuit and of each term, shape (1 + terms, W, samples), and what was run."""
    each = [0 if shots is None else max(1, round(shots * term.share)) for term in terms]
    numbers = np.array([shots or 0, *each], np.int64)
    if engine.is_half_measured and engine.layers > 1:
        if program is not engine.program:
            raise ValueError("the decomposed rule does not know measurements between layers")
        return _one_by_one(engine, settings, terms, numbers, rng)
    fixed = np.repeat(np.array(program.fixed)[:, None], settings.shape[1], 1)
    half = np.vstack([settings, fixed.reshape(-1, settings.shape[1])]) / 2
    c, s = np.cos(half).astype(engine.real), np.sin(half).astype(engine.real)
    places = program.places
    order = sorted(range(len(terms)), key=lambda k: places[terms[k].angle])
    gates = np.array([places[terms[k].angle] for k in order], np.int64)
    halves = np.array([terms[k].shift for k in order]) / 2
    turns = np.stack([np.cos(halves), np.sin(halves)], 1).astype(engine.real)
    sorted_shots = numbers[[0, *(1 + k for k in order)]]
    out = np.empty((1 + len(terms), engine.width, settings.shape[1]), engine.real)
    tally = np.zeros(2, np.int64)
    drawing = np.random.default_rng(0) if rng is None else rng  # exact outputs draw nothing
    for part in engine.parts(settings.shape[1]):
        found = np.empty((*out.shape[:2], part.stop - part.start), engine.real)
        cs, sn = whole(c[:, part]), whole(s[:, part])
        size = min(engine.chunk, len(cs.T))
        shifted_runs(
            program.rows, engine.width, cs, sn, gates, turns, sorted_shots, size, drawing, found,
            tally,
        )  # fmt: skip
        out[:, :, part] = found
    back = np.empty(len(terms), np.int64)
    back[order] = np.arange(len(terms))
    return out[[0, *(1 + back)]], tally


def _one_by_one(
    engine: Engine, settings: Floats, terms: list[Term], shots: NDArray[np.int64],
    rng: np.random.Generator | None,
) -> tuple[Floats, NDArray[np.int64]]:  # fmt: skip
    """As `_runs`, through the engine: for circuits with measurements between layers."""
    run = _runner(engine, rng)
    tally = np.zeros(2, np.int64)
    found = []
    for number in range(1 + len(terms)):
        moved = settings.copy()
        if number:
            moved[terms[number - 1].angle] += terms[number - 1].shift
        found.append(run(moved[: engine.width].T, moved[engine.width :, 0], int(shots[number])).T)
        tally += settings.shape[1] * np.array([1, shots[number]])
    return np.array(found), tally


def _runner(
    engine: Engine, rng: np.random.Generator | None
) -> Callable[[Floats, Floats, int], Floats]:
    def run(inputs: Floats, angles: Floats, shots: int) -> Floats:
        if not shots:
            return engine.outputs(inputs, angles)
        assert rng is not None
        return engine.sampled(inputs, angles, shots, rng)

    return run


def _adjoint(engine: Engine, rows: Floats, turns: Floats) -> Jacobian:
    """One pass back for every output."""
    passes = []
    for qubit in range(engine.width):
        weights = np.zeros_like(rows)
        weights[:, qubit] = 1
        passes.append(engine.with_gradient(rows, turns, weights))
    outputs = passes[0][0]
    by_inputs, by_angles = (np.stack([each[k] for each in passes], 1) for k in (1, 2))
    return Jacobian(outputs, by_inputs, by_angles, len(rows), 0)


def _spsa(
    engine: Engine, rows: Floats, turns: Floats, shots: int | None, rng: np.random.Generator,
    step: float,
) -> Jacobian:  # fmt: skip
    """One random direction for each sample, of +1 and -1, and two circuits along it."""
    run = _runner(engine, rng)
    width, total = engine.width, engine.width + engine.angles
    directions = rng.choice([-1.0, 1.0], size=(len(rows), total))
    values = run(rows, turns, shots or 0)
    found = np.empty((len(rows), width, total))
    circuits = len(rows)
    for sample, (row, way) in enumerate(zip(rows, directions, strict=True)):
        ends = [
            run((row + sign * step * way[:width])[None], turns + sign * step * way[width:],
                shots or 0)[0]
            for sign in (1, -1)
        ]  # fmt: skip
        circuits += len(ends)
        found[sample] = (ends[0] - ends[1])[:, None] / (2 * step) * way
    drawn = circuits * (shots or 0)
    return Jacobian(values, found[:, :, :width], found[:, :, width:], circuits, drawn)
