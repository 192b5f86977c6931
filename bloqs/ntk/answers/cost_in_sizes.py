"""The cost of predictions where there are no data: in numbers, or as formulas in the size."""

from math import sqrt
from typing import Any

import attrs
import sympy
from qualtran.symbolics import SymbolicFloat

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.linear_systems import symbols as system_symbols
from bloqs.linear_systems.answers.solvers import SOLVERS, Problem
from bloqs.linear_systems.circuits.matching import MatchingEncoding
from bloqs.linear_systems.circuits.shortcut_solver import ShortcutSolver
from bloqs.linear_systems.model.shortcut import shortcut_degree_expression
from bloqs.ntk import symbols as own
from bloqs.ntk.answers.circuits import (
    LABELS,
    SLACK,
    Prediction,
    Sizes,
    Solved,
    cheapest,
    encoding_in_sizes,
    memory,
    prediction,
    solved_by,
    window_at,
)
from bloqs.ntk.answers.given import CONVOLUTION, depth_of
from bloqs.ntk.answers.reading import Outcome
from bloqs.ntk.answers.tables import predictions_table, sentence_first
from bloqs.ntk.circuits.class_signs import ClassSigns
from bloqs.ntk.circuits.computed_kernel import ComputedKernel
from bloqs.ntk.circuits.fixed_point import FixedPoint
from bloqs.ntk.circuits.kernel_turn import KernelTurn
from bloqs.ntk.circuits.point_turn import PointTurn
from bloqs.ntk.circuits.prediction_circuit import PredictionCircuit
from bloqs.ntk.circuits.tabulated_kernel import TabulatedKernel
from bloqs.ntk.model.activation import Activation
from bloqs.ntk.model.bounds import diagonal_error
from bloqs.ntk.model.budget import Budget
from bloqs.ntk.model.sphere import SphereModel, dimension
from bloqs.ntk.parameters import ALL
from estimator.ask.question import Asked
from estimator.costs.answer import cost_report, pricing
from estimator.report.model import Report
from estimator.report.parts import Fact, Facts, Kind, Notes, Part, Tone
from estimator.report.text import SCIENTIFIC, SHORT

NEEDS_DATA = ("mask", "shift", "test_points", "input_variance", "threshold", "seed")
"""Parameters that mean nothing without data."""

SYMBOLIC = ("network", "variant", "preparation", "read_out", "loader")
"""Settings that formulas depend on whether they are named or not."""

ASSUMED = (
    "assumed: points uniform on a sphere with labels of a half space; n/P and r are means over it, "
    "1/o^2 the median (pi/2) d/.455, good to a factor of about two"
)


def cost_in_sizes(asked: Asked) -> Report:
    """One prediction for n points on a sphere, or one run as formulas if n is unset.

    Raises:
        ValueError: if parameters mean nothing without data, or no theorem bounds what is needed.
    """
    check_without_data(asked)
    if asked.values.get("n") is None:
        return symbolic_cost(asked)
    return numeric_cost(asked)


def check_without_data(asked: Asked) -> None:
    """Refuse what nothing is known about without data.

    Raises:
        ValueError: if it is asked for.
    """
    values = asked.values
    idle = [name for name in NEEDS_DATA if name in asked.named]
    if idle:
        raise ValueError(f"{idle[0].replace('_', '-')} is about data; give --data, or leave it out")
    if values["network"] == CONVOLUTION or not Activation.of(values["network"]).is_centred:
        raise ValueError(
            f"kernels of {values['network']} do not die out, so nothing is known without data; "
            "give --data, or --network erf or relu"
        )
    if values["read_out"] == "swap":
        raise ValueError("four swap tests depend on signs of a solution; give --data")


def model_of(values: Any) -> SphereModel:
    """The points that are assumed."""
    n = int(values["n"])
    d = dimension(n) if values.get("d") is None else int(values["d"])
    return SphereModel(n, d, values["network"], depth_of(values["depth"]), float(values["clip"]))


def sizes_of(model: SphereModel, values: Any) -> Sizes:
    """Of the preparation of |k_*>."""
    index = max(1, (model.n - 1).bit_length())
    budget = Budget.of(float(values["epsilon"]) / 2, model.attempts, model.slope, model.d)
    return Sizes(
        index=index,
        bits=FixedPoint.of_budget(budget),
        norm=sqrt(2**index / model.attempts),
        slope=model.slope,
        is_padded=model.n != 2**index,
        preparation=str(values["preparation"]),
        loader=str(values["loader"]),
    )


def problem_of(model: SphereModel, sizes: Sizes, values: Any) -> Problem | None:
    """The linear system; `None` for the diagonal.

    Raises:
        ValueError: if the row sum of the masked kernel is not known to be below one.
    """
    variant = str(values["variant"])
    if variant == "diagonal":
        return None
    r = model.masked_row_sum
    if not r < 1:
        raise ValueError(
            f"without data kappa is known for a masked row sum below 1, and it may be {r:.3g} at "
            f"depth {model.layers}; go deeper, or give --data"
        )
    alpha = model.alpha(variant)
    kappa = alpha / (1 - r) * SLACK
    error = float(values["epsilon"]) / 2
    encoding = encoding_in_sizes(
        alpha, model.sparsity, sizes.index, error, kappa, str(values["loader"]), False
    )
    return Problem(
        encoding=encoding,
        vector=ClassSigns(sizes.index),
        condition=kappa,
        error=error,
        norm=max(1.0, alpha / (1 + r)),
        window=window_at(r, alpha),
        is_definite=True,
    )


def predictions_in_sizes(model: SphereModel, values: Any, rotation: float) -> list[Prediction]:
    """A prediction of the median point by every solver.

    Raises:
        ValueError: if the one that is asked for is not among them.
    """
    sizes, wanted = sizes_of(model, values), str(values["solver"])
    problem = problem_of(model, sizes, values)
    if problem is None:
        solutions = [Solved(name=LABELS, circuit=ClassSigns(sizes.index), success=1.0)]
    else:
        names = [name for name in SOLVERS if wanted in (ALL, name)]
        solutions = solved_by(problem, names, rotation)
    if not solutions:
        raise ValueError(
            f"{wanted} does not solve this system; take --solver all for those that do"
        )
    overlap, p = model.inverse_square**-0.5, 1 / model.attempts
    return [
        prediction(
            sizes, each, Outcome(overlap=min(1.0, overlap), p=p, q=each.success),
            str(values["read_out"]), float(values["failure"]), {}, rotation,
        )
        for each in solutions
    ]  # fmt: skip


def numeric_cost(asked: Asked) -> Report:
    """Every solver for n points."""
    values = asked.values
    method, error, _ = pricing(asked)
    rotation = float(method.t_count(error))
    model = model_of(values)
    found = predictions_in_sizes(model, values, rotation)
    best = cheapest(found)
    chosen = best if values["solver"] == ALL else found[0]
    problem = problem_of(model, sizes_of(model, values), values)
    one = cost_report(
        chosen.runs[0].bloq,
        asked,
        title=f"ntk, {chosen.solved.name} in detail",
        notes=[ASSUMED],
        settings={**_settings(values), "n": model.n, "d": model.d, "depth": model.layers},
    )
    parts: list[Part] = [
        sentence(model),
        model_facts(model, problem),
        predictions_table(found, best),
        Notes(key="detail", lines=[f"one run of the {chosen.runs[0].name}:"], tone=Tone.STRONG,
              is_section=True, place="shown"),
    ]  # fmt: skip
    assumed = [name for name in ("d", "depth") if name not in asked.named]
    return sentence_first(attrs.evolve(one, parts=[*parts, *one.parts], assumed=tuple(assumed)))


def _settings(values: Any) -> dict[str, Any]:
    kept = ("network", "variant", "preparation", "clip", "epsilon", "failure", "read_out", "loader")
    return {name: values[name] for name in kept}


def sentence_of(model: SphereModel) -> str:
    """Whether inversion can matter."""
    r = (model.n - 1) * model.largest
    if r < 1:
        return (
            f"At this depth inversion changes no class whose margin |k_*.y|/|k_*|_1 is above "
            f"{diagonal_error(r):.2g}: r is {r:.2g} at most."
        )
    return (
        f"At this depth no theorem says whether inversion changes a class (r is "
        f"{model.row_sum:.2g} on average): give --data to see."
    )


def sentence(model: SphereModel) -> Notes:
    """The same, before any number."""
    return Notes(key="honesty", lines=[sentence_of(model)], tone=Tone.STRONG)


def model_facts(model: SphereModel, problem: Problem | None) -> Facts:
    """What is expected of the points, and of the encoding."""
    rows = [
        Fact(key="delta", label="delta, separability", value=model.delta, style=SHORT,
             kind=Kind.ESTIMATE),
        Fact(key="row_sum", label="r, row sum of K, on average", value=model.row_sum,
             style=SCIENTIFIC, kind=Kind.ESTIMATE),
        Fact(key="masked_row_sum", label="r_S, of the masked kernel",
             value=model.masked_row_sum, style=SCIENTIFIC, unit="1", kind=Kind.UPPER_BOUND),
        Fact(key="s", label="s, entries of a row", value=model.sparsity, unit="entries",
             kind=Kind.UPPER_BOUND, beside="with probability 1 - 1/n"),
        Fact(key="attempts", label="n/P", value=model.attempts, unit="attempts", style=SHORT,
             kind=Kind.ESTIMATE),
        Fact(key="inverse_square", label="1/o^2", value=model.inverse_square, unit="shots",
             style=SHORT, kind=Kind.ESTIMATE),
    ]  # fmt: skip
    if problem is not None:
        alpha = float(sympy.sympify(problem.encoding.alpha))
        rows += [
            Fact(key="alpha", label="alpha of the encoding", value=alpha, style=SHORT),
            Fact(key="kappa_eff", label="kappa_eff, of the encoding", value=problem.condition,
                 style=SHORT),
        ]  # fmt: skip
    return Facts(key="model", rows=rows)


def symbolic_cost(asked: Asked) -> Report:
    """One run, and how many runs a prediction takes, as formulas."""
    values = asked.values
    if values["solver"] not in (ALL, "shortcut"):
        raise ValueError(
            f"formulas are those of the shortcut, got --solver {values['solver']}; give --n for "
            "the others"
        )
    if values["read_out"] != "hadamard":
        raise ValueError("formulas are those of the Hadamard test; give --n for other read-outs")
    facts: dict[str, Any] = {}
    index, alpha = own.index, _alpha(values["variant"])
    d = own.d if values.get("d") is None else int(values["d"])
    error = own.epsilon / 2 if "epsilon" not in asked.named else values["epsilon"] / 2
    labels = ClassSigns(index)
    solution: Any = labels
    q: SymbolicFloat = sympy.Integer(1)
    if values["variant"] != "diagonal":
        table = memory(values["loader"], index, 1)
        matrix = MatchingEncoding(
            None, None, None, alpha, own.colours, index, own.matrix_bits, table, Rotation.BITWISE
        )
        kappa = alpha / (1 - own.masked_row_sum)
        degree = system_symbols.degree_shortcut
        solution = ShortcutSolver(matrix, labels, kappa, own.solution_norm, None, degree)
        small = error / sympy.sqrt(2)
        q = ((1 - small) / (1 + small)) ** 2
        facts |= {
            "kappa_eff": kappa,
            degree.name: shortcut_degree_expression(kappa, error),
        }
    kernel = _kernel(values, d)
    bloq = PredictionCircuit(kernel, solution, own.overlap)
    p = 1 / own.attempts
    mean, square = own.overlap * sympy.sqrt(p * q), (p + q) / 2
    failure = own.failure if "failure" not in asked.named else values["failure"]
    shots = 2 * sympy.log(1 / failure) * (square - mean**2 + mean / 3) / mean**2
    facts |= {"success of the solution at least": q, "n/P": own.attempts, "shots": shots}
    note = (
        "shots: runs until the class is known; all counts below are of one run. r below 1 bounds "
        "kappa: without that there is no formula"
    )
    said = Notes(
        key="honesty",
        lines=[
            "Inversion changes no class whose margin |k_*.y|/|k_*|_1 is above r/(1 - r): "
            "deep enough it changes none."
        ],
        tone=Tone.STRONG,
    )
    one = cost_report(
        bloq, asked, title="ntk, shortcut in symbols", facts=facts, notes=[note],
        settings={k: x for k, x in _settings(values).items() if k in SYMBOLIC or k in asked.named},
    )  # fmt: skip
    extra = {x for fact in facts.values() for x in sympy.sympify(fact).free_symbols}
    glossary = {x.name: own.GLOSSARY[x] for x in sorted(extra, key=str) if x in own.GLOSSARY}
    return sentence_first(
        attrs.evolve(one, parts=[said, *one.parts], glossary={**glossary, **one.glossary})
    )


def _alpha(variant: str) -> sympy.Expr:
    return own.alpha if variant == "weighted" else own.s


def _kernel(values: Any, d: Any) -> ComputedKernel | TabulatedKernel:
    by = Rotation.PHASE_GRADIENT
    if values["preparation"] == "table":
        table = memory(values["loader"], own.index, own.angle_bits)
        return TabulatedKernel(None, own.clipped_norm, own.index, own.angle_bits, table, by)
    turn = KernelTurn(
        None, 0, None, d, own.bits, own.reference, own.sum_bits, own.cell_bits, own.angle_bits,
        memory(values["loader"], own.cell_bits, own.angle_bits), by,
    )  # fmt: skip
    points = PointTurn(None, own.index, turn, memory(values["loader"], own.index, d * own.bits))
    return ComputedKernel(points, own.clipped_norm, own.deviation)
