"""Runs the circuits of predictions on real data, and puts what comes out beside the kernel's."""

from typing import Any

import numpy as np

from bloqs.linear_systems.answers.simulate import HOW
from bloqs.linear_systems.parameters import SOLVERS
from bloqs.ntk.answers.given import Given, as_settings, given_problem
from bloqs.ntk.answers.points import Points
from bloqs.ntk.answers.problem_circuits import Circuits, circuits_of, why_not
from bloqs.ntk.answers.run_parts import (
    MOST_CALLS,
    MOST_OF_ALL,
    Prepared,
    Solution,
    check_runs,
    check_size,
    kernel_run,
    labels_solution,
    solution_run,
    system_of,
)
from bloqs.ntk.answers.run_readings import READ_OUTS, Read, check_read_out
from bloqs.ntk.answers.tables import honesty_notes, sentence_first
from bloqs.ntk.model.honesty import classes_of, noises
from bloqs.ntk.parameters import ALL
from estimator.ask.question import Asked
from estimator.report.model import Report
from estimator.report.parts import Column, Fact, Facts, Kind, Notes, Part, Table
from estimator.report.text import SCIENTIFIC, SHORT, TEXT

SHOWN = 16
"""Points of which a person sees a row."""

LEAST_BITS = 6
"""Of an angle that is run."""

LEAST_ERROR = 1e-9
"""What rounding may add to an overlap that was run, at most."""

ARITHMETIC = (
    "|k_*> by arithmetic: its whole numbers row by row, as its circuit permutes basis states, and "
    "then one unitary"
)
MEANT = {
    "dilated": "dilated: |k_*>, the labels and K_S/alpha are unitaries made of their entries; all "
    "else is gates",
    "blocks": "block by block: the circuits of |k_*>, of the labels and of K_S were run, a "
    "rotation by a table one gate, and what they encode is one gate of the whole",
}
"""What a way of running means."""


def predictions_run(asked: Asked) -> Report:
    """Every point that is asked about: its prediction and class by circuits and by the kernel.

    Raises:
        ValueError: if the data are no problem, a solver is not for it, or it is too large to run.
    """
    values = asked.values
    if values.get("data") is None:
        raise ValueError("a run needs data: give --data digits:8v9 or a file, and --n")
    how = str(values["run"])
    if values.get("n") is not None:
        check_size(2 ** max(1, (int(values["n"]) - 1).bit_length()), how)
    if values["preparation"] == "arithmetic" and how == "gates":
        raise ValueError(
            "arithmetic of |k_*> holds a point in a register, too many qubits gate by gate; take "
            "--preparation table, or --run dilated"
        )
    given = given_problem(asked, lambda rows: check_size(rows, how))
    circuits = circuits_of(given, values)
    points, middle = circuits.points, circuits.chosen
    check_read_out(circuits, values)
    b = bits_run(circuits, values)
    runs, left = solutions(asked, circuits, b)
    chosen = runs[0]
    loader = str(values["loader"])
    kernels = [
        kernel_run(points, i, circuits.sizes, how, b, loader)
        for i in asked.track(range(len(given.points)), "preparing |k_*>")
    ]
    rows, worst, claimed = _rows(points, chosen, kernels)
    facts: list[Fact] = []
    passed = worst <= claimed
    read = None
    if chosen.is_one_circuit:
        read = READ_OUTS[str(values["read_out"])](
            Read(circuits, chosen, kernels[middle], values, b)
        )
        facts, passed = read.facts, passed and read.fits
    table = Table(
        key="solvers",
        columns=[
            Column(key="solver"),
            Column(key="basis"),
            *(Column(key=key, label=label, style=style, align="right") for key, label, style in (
                ("degree", None, SHORT), ("success", None, SHORT),
                ("guaranteed", "guaranteed, at least", SHORT),
                ("error", "error of the state", SCIENTIFIC),
                ("claimed", "claimed", SCIENTIFIC),
            )),
        ],
        rows=[_solver_row(each, points) for each in runs],
        heading="solvers that were run",
        is_section=True,
    )  # fmt: skip
    fits_all = all(row["error"] <= row["claimed"] for row in table.rows)
    disagree = sum(row["class"] != row["kernel_class"] for row in rows)
    summary = [
        Fact(key="fidelity", label="how it was run", value=HOW[how], style=TEXT),
        Fact(key="qubits", label="qubits that were run", value=_qubits(chosen, kernels[middle]),
             unit="qubits"),
        Fact(key="angle_bits", label="bits of an angle", value=None if how == "dilated" else b,
             unit="qubits"),
        Fact(key="error", label="error of o, largest over the points", value=worst,
             style=SCIENTIFIC, kind=Kind.MEASURED),
        Fact(key="claimed", label="claimed", value=claimed, style=SCIENTIFIC,
             kind=Kind.UPPER_BOUND),
        Fact(key="disagree", label="classes unlike the kernel's", value=disagree, unit="points",
             kind=Kind.MEASURED),
        *facts,
    ]  # fmt: skip
    parts: list[Part] = [
        honesty_notes(given),
        Facts(key="run", rows=summary),
        table,
        *([] if read is None else read.tables),
        _points_table(rows[:SHOWN], len(rows), "shown"),
        _points_table(rows, len(rows), "data"),
        Notes(
            key="notes",
            lines=[*_notes(given, values, how), *left, *([] if read is None else read.notes)],
        ),
    ]
    made = Report(
        title="ntk",
        settings=as_settings(given, values) | {"run": how, "solver": values["solver"]},
        parts=parts,
        passed=bool(passed and fits_all),
        assumed=given.assumed,
        bloq=chosen.bloq,
    )
    return sentence_first(made)


def bits_run(circuits: Circuits, values: Any) -> int:
    """Bits of an angle: as named, or as many as the errors take."""
    if values.get("b") is not None:
        return int(values["b"])
    own = circuits.sizes.bits.angle
    return max(LEAST_BITS, own if circuits.encoding is None else max(own, int(circuits.encoding.b)))


def solutions(asked: Asked, circuits: Circuits, b: int) -> tuple[list[Solution], list[str]]:
    """What each solver that is asked for gives, and why others of all were left out.

    Raises:
        ValueError: if a named one is not for the system.
    """
    values, points = asked.values, circuits.points
    how, wanted = str(values["run"]), str(values["solver"])
    if circuits.encoding is None:
        return [labels_solution(points, how, b, str(values["loader"]))], []
    given, told = system_of(points, values, b, float(values["epsilon"]) / 2)
    found: list[Solution] = []
    left: list[str] = []
    names = SOLVERS if wanted == ALL else (wanted,)
    for name in asked.track(names, "solving"):
        try:
            check_runs(circuits, name, MOST_OF_ALL if wanted == ALL else MOST_CALLS)
            found.append(solution_run(given, told, name, how))
        except ValueError as refused:
            if wanted != ALL:
                raise
            left.append(f"left out, {name}: {refused}")
    if not found:
        raise ValueError(f"no solver runs on this system; {why_not(circuits, wanted)}")
    return found, left


def _rows(
    points: Points, solution: Solution, kernels: list[Prepared]
) -> tuple[list[dict[str, Any]], float, float]:
    """A row for each point, the largest error of an overlap, and what is claimed of it."""
    given, places = points.given, points.given.system.places
    length = float(np.linalg.norm(points.solution))
    exact = np.array([given.system.predict(k).f for k in given.vectors])
    overlaps = np.array([
        float(np.vdot(each.state / np.linalg.norm(each.state), solution.unit).real)
        for each in kernels
    ])  # fmt: skip
    norms = np.array([np.linalg.norm(each.state) for each in kernels]) * np.sqrt(places.size)
    read = overlaps * norms * length * given.ceiling
    wanted = np.array([each.overlap for each in points.overlaps])
    threshold = given.honesty.threshold
    classes = classes_of(read, threshold, LEAST_ERROR * norms * length * given.ceiling)
    theirs = classes_of(exact, threshold, noises(given.system, given.vectors)[0])
    claimed = max(each.claimed for each in kernels) + solution.claimed
    rows = [
        {
            "point": i,
            "f": float(exact[i]),
            "f_S": given.system.predict(given.vectors[i]).f_S,
            "f_D": given.system.predict(given.vectors[i]).f_D,
            "circuit": float(read[i]),
            "o": float(wanted[i]),
            "o_circuit": float(overlaps[i]),
            "class": int(classes[i]),
            "kernel_class": int(theirs[i]),
        }
        for i in range(len(kernels))
    ]
    return rows, float(np.abs(overlaps - wanted).max()), max(claimed, LEAST_ERROR)


def _solver_row(each: Solution, points: Points) -> dict[str, Any]:
    places = points.given.system.places
    wanted = places.vector(points.solution)
    wanted = wanted / np.linalg.norm(wanted)
    return {
        "solver": each.name,
        "basis": each.basis,
        "degree": next(iter(each.degrees.values()), None),
        "success": each.success,
        "guaranteed": each.guaranteed,
        "error": float(np.linalg.norm(each.unit - wanted)),
        "claimed": max(each.claimed, LEAST_ERROR),
    }


def _qubits(solution: Solution, kernel: Prepared) -> int:
    ancillas = max(int(solution.bloq.ancilla_bitsize), int(kernel.bloq.ancilla_bitsize))
    return int(solution.bloq.system_bitsize) + ancillas + 1


def _points_table(rows: list[dict[str, Any]], count: int, place: Any) -> Table:
    more = f", the first {len(rows)} of {count}" if place == "shown" and count > len(rows) else ""
    return Table(
        key="points" if place == "data" else "shown_points",
        columns=[
            Column(key="point", align="right"),
            *(Column(key=key, label=label, style=SHORT, align="right") for key, label in (
                ("f", "f, kernel"), ("f_S", "f_S, masked"),
                *((("f_D", "f_D, diagonal"),) if place == "data" else ()),
                ("circuit", "by circuit"),
                ("o", None), ("o_circuit", "o by circuit"),
            )),
            Column(key="class", align="right"),
            Column(key="kernel_class", label="kernel's", align="right"),
        ],
        rows=rows,
        heading=f"predictions and classes{more}",
        is_section=True,
        place=place,
    )  # fmt: skip


def _notes(given: Given, values: Any, how: str) -> list[str]:
    lines = list(given.notes)
    if how in MEANT:
        lines.append(MEANT[how])
    if values["preparation"] == "arithmetic":
        lines.append(ARITHMETIC)
    lines.append(
        "claimed: errors of |k_*> and solution together; o is of k_* cut off at the ceiling and "
        "of the masked kernel"
    )
    return lines
