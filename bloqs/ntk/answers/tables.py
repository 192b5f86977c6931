"""Facts and tables of the answers."""

from math import isfinite
from typing import Any

import attrs

from bloqs.linear_systems.answers.solvers_table import number_column
from bloqs.ntk.answers.circuits import Prediction, Step
from bloqs.ntk.answers.given import Given
from bloqs.ntk.answers.problem_circuits import Circuits
from bloqs.ntk.model.depths import converged_depth, exact_depth, law_depth, proved_depth
from estimator.report.model import Report
from estimator.report.parts import Column, Fact, Facts, Kind, Notes, Part, Table, Tone, Value
from estimator.report.text import SCIENTIFIC, SETTING, SHORT, TEXT


def honesty_notes(given: Given) -> Notes:
    """The one sentence that stands before any number."""
    return Notes(key="honesty", lines=[given.honesty.sentence], tone=Tone.STRONG)


def sentence_first(report: Report) -> Report:
    """The report with what went in below its first part, the sentence before any number."""
    said = [
        f"{name} = {SETTING.text(value)}{' (assumed)' if name in report.assumed else ''}"
        for name, value in report.settings.items()
    ]
    asked = Notes(key="asked", lines=[", ".join(said)], tone=Tone.QUIET, place="shown")
    first, *rest = report.parts
    return attrs.evolve(report, head="title", parts=[first, asked, *rest])


def honesty_facts(given: Given) -> Facts:
    """What the sentence is made of."""
    said = given.honesty
    rows = [
        Fact(key="test_points", label="points asked about", value=said.points, unit="points"),
        Fact(key="diagonal_signs", label="classes that inversion changes",
             value=said.diagonal_signs, unit="points", kind=Kind.MEASURED),
        Fact(key="masked_signs", label="classes that the mask changes", value=said.masked_signs,
             unit="points", kind=Kind.MEASURED),
        Fact(key="median_difference", label="|f_D - f|/|f|, median", value=said.differences[0],
             style=SCIENTIFIC, kind=Kind.MEASURED),
        Fact(key="largest_difference", label="|f_D - f|/|k_*|_1, largest",
             value=said.largest_difference, style=SCIENTIFIC, kind=Kind.MEASURED),
        Fact(key="difference_bound", label="the same, at most",
             value=said.bound if isfinite(said.bound) else None, style=SCIENTIFIC,
             kind=Kind.UPPER_BOUND),
    ]  # fmt: skip
    return Facts(key="inversion", rows=rows)


def depth_facts(given: Given) -> Facts:
    """How deep the network is, and how deep is enough."""
    n, delta, network = given.train.n, min(1.0, given.delta), given.network
    rows = [
        Fact(key="depth", value=given.depth, unit="layers"),
        Fact(key="delta", label="delta, separability", value=given.delta, style=SHORT),
    ]
    if given.kernel is not None and given.kernel.activation.is_centred:
        mu = given.kernel.activation.mu
        rows += [
            Fact(key="mu", value=mu, style=SHORT),
            Fact(key="chi", value=given.kernel.activation.chi, style=SHORT),
            Fact(key="beta", value=given.kernel.activation.beta, style=SHORT),
            Fact(key="converged_depth", label="L_conv, as published",
                 value=converged_depth(n, delta, mu), unit="layers", style=SHORT,
                 kind=Kind.PUBLISHED),
            Fact(key="exact_depth", label="enough by the kernel itself, at 1 - delta",
                 value=exact_depth(n, delta, network, 2, given.kernel.input_variance),
                 unit="layers"),
            Fact(key="proved_depth", label="proved to be enough",
                 value=proved_depth(n, delta, network), unit="layers"),
            Fact(key="law_depth", label="enough by the leading term",
                 value=law_depth(n, delta, network), unit="layers", style=SHORT,
                 kind=Kind.ESTIMATE),
        ]  # fmt: skip
    return Facts(key="depths", rows=rows)


def kernel_facts(circuits: Circuits) -> list[Part]:
    """Of kernel, mask, encoding and points."""
    given, system = circuits.given, circuits.given.system
    spread = circuits.points.spread
    mask = [
        Fact(key="mask", value=system.mask.name, style=TEXT),
        Fact(key="row_sum", label="r, row sum of K", value=system.row_sum, style=SHORT),
        Fact(key="masked_row_sum", label="r_S, of the masked kernel", value=system.masked_row_sum,
             style=SHORT),
        Fact(key="k_max", label="k_max, largest |K| beside the diagonal", value=system.largest,
             style=SHORT),
        Fact(key="kappa_exact", label="kappa of K", value=system.exact_condition, style=SHORT),
        Fact(key="kappa", label="kappa of the masked kernel", value=system.condition, style=SHORT),
        Fact(key="definite", label="masked kernel", value="definite" if system.is_definite else
             "indefinite", style=TEXT),
        Fact(key="s", label="s, entries of a row", value=system.mask.sparsity, unit="entries",
             kind=Kind.EXACT, beside=f"{system.mask.mean_sparsity:.3g} on average"),
    ]  # fmt: skip
    encoding = []
    if circuits.encoding is not None:
        encoding = [
            Fact(key="alpha", label="alpha of the encoding", value=float(circuits.encoding.alpha),
                 style=SHORT),
            Fact(key="kappa_eff", label="kappa_eff, of the encoding", value=circuits.kappa,
                 style=SHORT),
            Fact(key="angle_bits", label="bits of its angles", value=int(circuits.encoding.b),
                 unit="qubits"),
        ]  # fmt: skip
    overlap = circuits.points.overlaps[circuits.chosen]
    bits = circuits.sizes.bits
    read = [
        Fact(key="point", label="point that is costed", value=circuits.chosen,
             beside="its shots are the median"),
        Fact(key="attempts", label="n/P", value=overlap.attempts, unit="attempts", style=SHORT,
             beside=_beside(spread["attempts"])),
        Fact(key="overlap", label="o, overlap of |k_*> and solution", value=overlap.overlap,
             style=SHORT),
        Fact(key="inverse_square", label="1/o^2", value=overlap.shots + 1,
             unit="shots", style=SHORT, beside=_beside(spread["shots"])),
        Fact(key="data_bits", label="bits of a data entry", value=bits.word, unit="qubits"),
        Fact(key="cell_bits", label="bits of a correlation", value=bits.cells, unit="qubits"),
        Fact(key="kernel_bits", label="bits of its angle", value=bits.angle, unit="qubits"),
    ]  # fmt: skip
    return [
        honesty_facts(given),
        depth_facts(given),
        Facts(key="kernel", rows=mask),
        Facts(key="encoding", rows=encoding),
        Facts(key="read_out", rows=read),
    ]


def _beside(pair: tuple[float, float]) -> str:
    return f"over all points: median {pair[0]:.4g}, worst {pair[1]:.4g}"


def predictions_table(found: list[Prediction], best: Prediction) -> Table:
    """Every solver: one prediction, until its class is known."""
    rows = []
    for each in found:
        total = each.total
        plan = each.solved.plan
        rows.append(
            {
                "solver": each.solved.name + (" *" if each is best and len(found) > 1 else ""),
                "basis": "proven" if plan is None else plan.provenance.value,
                "degree": each.solved.degree,
                "success": each.solved.success,
                "shots": number(each.shots),
                "matrix_calls": number(each.solved.matrix_calls * each.shots),
                "t": number(total["t"]),
                "toffoli": number(total["toffoli"]),
                "qubits": total["qubits"],
                "toffoli_depth": int(total["toffoli_depth"]),
            }
        )
    heading = "one prediction by every solver, until the class is known"
    if len(found) > 1:
        heading += "; * fewest T of those proven"
    return Table(
        key="predictions",
        columns=[
            Column(key="solver", wraps=False),
            Column(key="basis", wraps=False),
            number_column("degree"),
            number_column("success"),
            number_column("shots"),
            number_column("matrix_calls", "calls of K"),
            number_column("t", "T", Kind.ESTIMATE),
            number_column("toffoli", "Toffoli"),
            number_column("qubits"),
            number_column("toffoli_depth", "depth"),
        ],
        rows=rows,
        heading=heading,
        is_section=True,
    )


def number(value: Value) -> Value:
    """A float, or a word where there is no end."""
    found = float(value)
    return found if isfinite(found) else "no end"


def points_table(circuits: Circuits) -> Table:
    """Every point that is asked about, for programs: what is predicted, and what is read out."""
    given, points = circuits.given, circuits.points
    guesses = [given.system.predict(k) for k in given.vectors]
    rows: list[dict[str, Value]] = [
        {
            "point": i,
            "f": guess.f,
            "f_S": guess.f_S,
            "f_D": guess.f_D,
            "margin": guess.margin,
            "attempts": overlap.attempts,
            "o": overlap.overlap,
        }
        for i, (guess, overlap) in enumerate(zip(guesses, points.overlaps, strict=True))
    ]
    return Table(
        key="points",
        columns=[
            Column(key="point", align="right"),
            number_column("f", "f, kernel"),
            number_column("f_S", "f_S, masked"),
            number_column("f_D", "f_D, diagonal"),
            number_column("margin", "|k_*.y|/|k_*|_1"),
            number_column("attempts", "n/P"),
            number_column("o"),
        ],
        rows=rows,
        heading="points asked about",
        is_section=True,
        place="data",
    )


def steps_table(circuits: Circuits, chosen: Prediction) -> Table:
    """Every step of one prediction: once, and in all."""
    shots = chosen.shots
    solution = Step(name=f"solution, {chosen.solved.name}", bloq=chosen.solved.circuit, calls=shots)
    steps: list[Step] = [
        Step(name="|k_*>", bloq=chosen.kernel, calls=shots),
        Step(name="|y>", bloq=circuits.labels, calls=shots),
    ]
    if circuits.encoding is not None and chosen.solved.plan is not None:
        calls = chosen.solved.matrix_calls * shots
        problem = circuits.problem
        if chosen.solved.name == "perturbation":
            problem = circuits.perturbation
        assert problem is not None
        vectors = chosen.solved.plan.vector_calls * (2 * chosen.solved.plan.rounds + 1)
        steps[1] = Step(name="|y>", bloq=circuits.labels, calls=shots * vectors)
        steps += [Step(name="masked kernel", bloq=problem.encoding, calls=calls), solution]
    steps += chosen.runs
    rows = [step_row(step, chosen.rotation) for step in steps]
    return Table(
        key="steps",
        columns=[
            Column(key="step"),
            number_column("calls"),
            number_column("t", "T once", Kind.ESTIMATE),
            number_column("toffoli", "Toffoli"),
            number_column("toffoli_depth", "depth"),
            number_column("qubits"),
            number_column("t_in_all", "T in all", Kind.ESTIMATE),
        ],
        rows=rows,
        heading="step by step: once, and for one prediction; a step holds those it calls",
        is_section=True,
    )


def step_row(step: Step, rotation: Any) -> dict[str, Value]:
    """One step."""
    cost = step.cost
    once = cost.t_count(rotation)
    return {
        "step": step.name,
        "calls": number(step.calls),
        "t": float(once),
        "toffoli": float(cost.toffolis),
        "toffoli_depth": float(step.depth),
        "qubits": int(cost.qubits),
        "t_in_all": number(float(once) * step.calls),
    }
