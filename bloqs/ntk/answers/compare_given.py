"""Classical baselines as they run on a user's data, and circuits with every memory beside."""

from collections.abc import Callable
from typing import Any

import numpy as np

from bloqs.data_loading.parameters import LOADER_NAMES
from bloqs.ntk.answers.circuits import cheapest
from bloqs.ntk.answers.given import Given, as_settings, given_problem
from bloqs.ntk.answers.problem_circuits import Circuits, circuits_of, predictions_of
from bloqs.ntk.answers.tables import honesty_notes, number, sentence_first
from bloqs.ntk.model.activation import Reals
from bloqs.ntk.parameters import ALL
from bloqs.ntk.rivals.memory import PointMemory
from bloqs.ntk.rivals.samplers import (
    clipped_moments,
    neumann_steps,
    sample_diagonal,
    sample_masked,
    samples_needed,
)
from bloqs.ntk.rivals.solvers import (
    Answer,
    conjugate_gradient_solve,
    dense_solve,
    gradient_descent,
)
from estimator.ask.question import Asked
from estimator.costs.answer import pricing
from estimator.report.model import Report
from estimator.report.parts import Column, Kind, Notes, Part, Table
from estimator.report.text import SHORT, TEXT

MOST_SAMPLES = 200_000
"""Samples that are drawn at most."""

MOST_VISITED = 1_000_000
"""Neighbours of neighbours that are visited at most, over all samples."""


def compared_on_data(asked: Asked) -> Report:
    """Every baseline run for the point whose shots are the median, circuits with every memory.

    Raises:
        ValueError: if the data are no problem.
    """
    values = asked.values
    for name in ("start", "stop"):
        if values.get(name) is not None:
            raise ValueError(f"data are compared at one n; leave --{name} out, or --data")
    given = given_problem(asked)
    method, error, _ = pricing(asked)
    rotation = float(method.t_count(error))
    circuits = circuits_of(given, {**values, "loader": "ideal"})
    rows = [_run(name, run) for name, run in asked.track(baselines(circuits, values), "running")]
    quantum = []
    variants = dict.fromkeys(("diagonal", str(values["variant"])))
    loaders = values.get("loaders") or LOADER_NAMES
    for variant in variants:
        for loader in loaders:
            told = {**values, "variant": variant, "loader": loader}
            if variant == "diagonal":
                told["solver"] = ALL
            made = circuits_of(given, told)
            best = cheapest(predictions_of(made, told, rotation))
            total = best.total
            quantum.append({
                "variant": variant, "memory": loader, "solver": best.solved.name,
                "shots": number(best.shots), "t": number(total["t"]),
                "lookups": number(total["queries"]), "qubits": total["qubits"],
                "toffoli_depth": float(total["toffoli_depth"]),
            })  # fmt: skip
    parts: list[Part] = [honesty_notes(given), _classical_table(rows), _quantum_table(quantum)]
    parts.append(Notes(key="notes", lines=[*given.notes, _about(given, circuits)]))
    report = Report(
        title="ntk compared",
        settings=as_settings(given, values),
        assumed=given.assumed,
        parts=parts,
    )
    return sentence_first(report)


def _about(given: Given, circuits: Circuits) -> str:
    f = given.system.predict(given.vectors[circuits.chosen]).f
    return (
        f"all for point {circuits.chosen}, whose f is {f:.4g}; samplers estimate means of clipped "
        "kernels, so only their signs compare"
    )


def baselines(circuits: Circuits, values: Any) -> list[tuple[str, Callable[[], Answer]]]:
    """Each with what runs it; none for the convolutional network, whose rows are no points."""
    given, i = circuits.given, circuits.chosen
    if given.kernel is None:
        return []
    system, point = given.system, given.points[i]
    error, failure = float(values["epsilon"]) / 2, float(values["failure"])
    rng = np.random.default_rng(int(values["seed"]))

    def memory() -> PointMemory:
        assert given.kernel is not None
        return PointMemory(given.train.rows, given.train.labels, given.kernel, system.mask)

    def samples(x: Reals) -> int:
        mean, square, largest = clipped_moments(given.vectors[i], x, given.ceiling)
        return min(MOST_SAMPLES, samples_needed(mean, square, failure, largest))

    def masked() -> Answer:
        steps = neumann_steps(system.masked_row_sum, error)
        count = samples(system.solution)
        visited = count * system.mask.mean_sparsity ** (steps - 1)
        if system.shift:
            raise ValueError("the series is for a diagonal of one; leave --shift out")
        if visited > MOST_VISITED:
            raise ValueError(
                f"{steps} steps of the series for {count} samples visit about {visited:.2g} "
                "neighbours; go deeper"
            )
        return sample_masked(memory(), point, given.ceiling, count, steps, rng)

    found: list[tuple[str, Callable[[], Answer]]] = [
        ("dense solve", lambda: dense_solve(memory(), point)),
        ("CG", lambda: conjugate_gradient_solve(memory(), point, error)),
        ("gradient descent", lambda: gradient_descent(memory(), point, error)),
        ("sampled f_D", lambda: sample_diagonal(
            memory(), point, given.ceiling, samples(system.labels), rng)),
        ("sampled f_S", masked),
    ]  # fmt: skip
    return found


def _run(name: str, run: Callable[[], Answer]) -> dict[str, Any]:
    try:
        found = run()
    except ValueError as refused:
        return {"way": name, "why": str(refused)}
    return {
        "way": name,
        "value": found.value,
        "class": int(np.sign(found.value)),
        "flop": found.work.flop,
        "accesses": found.work.accesses,
        "steps": found.steps,
    }


def _classical_table(rows: list[dict[str, Any]]) -> Table:
    return Table(
        key="classical",
        columns=[
            Column(key="way", label="classical"),
            Column(key="value", label="f or estimate", style=SHORT, align="right"),
            Column(key="class", align="right"),
            Column(key="flop", label="FLOP", style=SHORT, align="right", kind=Kind.MEASURED),
            Column(
                key="accesses", label="look-ups", style=SHORT, align="right", kind=Kind.MEASURED
            ),
            Column(key="steps", label="steps or samples", style=SHORT, align="right"),
            Column(key="why", label=""),
        ],
        rows=rows,
        heading="baselines, as they ran",
        is_section=True,
    )


def _quantum_table(rows: list[dict[str, Any]]) -> Table:
    numbers = (("t", "T"), ("toffoli_depth", "depth"), ("lookups", "look-ups"), ("qubits", None),
               ("shots", None))  # fmt: skip
    return Table(
        key="quantum",
        columns=[
            *(Column(key=key, style=TEXT) for key in ("variant", "memory", "solver")),
            *(Column(key=key, label=label, style=SHORT, align="right", kind=Kind.ESTIMATE)
              for key, label in numbers),
        ],
        rows=rows,
        heading="circuits, the cheapest proven solver, until the class is known",
        is_section=True,
    )  # fmt: skip
