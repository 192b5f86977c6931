"""Every derivative of a model by several protocols, beside back-propagation."""

from typing import Any

import numpy as np
from attrs import frozen

from bloqs.communication.answers.gradient_learning import check_learned, learned_gradients
from bloqs.communication.answers.gradient_runs import BY_CIRCUITS, gradient_runs
from bloqs.communication.model.blocks import PartyModel
from bloqs.communication.model.counts import VARIANTS
from bloqs.communication.model.evaluate import flattened, gradients
from bloqs.communication.model.tomography import SEARCH_SOURCE
from estimator.ask.question import Asked
from estimator.report.parts import Column, Fact, Facts, Kind, Part, Row, Table
from estimator.report.text import IF_KNOWN, SCIENTIFIC, Style

EXACT_TO = 1e-9
"""By how much two exact values may differ."""

DIGITS = Style("six digits", lambda value: f"{value:.6f}")

TOMOGRAPHY = "tomography"

LEARNED = (
    "tomography: hypotheses learn the states of circuits in searches that err by up to epsilon/4; "
    f"copies are known up to a constant, {SEARCH_SOURCE}"
)


@frozen
class GradientParts:
    """What is said of gradients.

    Args:
        parts: tables.
        notes: lines.
        holds: whether no error is exceeded.
    """

    parts: tuple[Part, ...]
    notes: tuple[str, ...]
    holds: bool


def check_gradients(asked: Asked, model: PartyModel) -> None:
    """Refuse protocols that were named and do not suit a model, and models that suit none.

    Raises:
        ValueError: if there is such a protocol.
    """
    model.check_test()
    named = asked.get("gradient") or ()
    if "shift" in named:
        model.check_shift()
    if TOMOGRAPHY in named:
        check_learned(model)


def gradient_parts(asked: Asked, model: PartyModel, rng: np.random.Generator) -> GradientParts:
    """Every derivative by each protocol, its error, and what it sends."""
    if not model.parameters:
        none = Facts(key="gradient", rows=[Fact(key="parameters", value=0)])
        return GradientParts((none,), (), True)
    readout, epsilon, delta = (asked.values[name] for name in ("readout", "epsilon", "delta"))
    exact = flattened(gradients(model, readout))
    rows: list[Row] = []
    drawn: dict[str, Any] = {}
    notes: list[str] = []
    named = asked.get("gradient")
    for variant in VARIANTS:
        if variant not in (named or VARIANTS):
            continue
        if named is None and variant == "shift":
            try:
                model.check_shift()
            except ValueError as refused:
                notes.append(f"gradients by shift are left out: {refused}")
                continue
        runs = gradient_runs(model, variant, epsilon, delta, readout)
        drawn[variant] = runs.sample(rng)
        rows.append(
            {"variant": variant, "shots": int(runs.sent.shots), "qubits": int(runs.sent.qubits),
             "bits": int(runs.sent.bits), "updates": None,
             "gap": float(np.max(np.abs(runs.means - exact))),
             "run": runs.how}
        )  # fmt: skip
    if TOMOGRAPHY in (named or ()):
        found = learned_gradients(model, epsilon, rng, readout)
        drawn[TOMOGRAPHY] = found.values
        notes.append(f"{LEARNED}; of updates of a block, {found.most} are possible")
        rows.append(
            {"variant": TOMOGRAPHY, "shots": None, "qubits": None, "bits": None,
             "updates": max(found.updates), "gap": None, "run": BY_CIRCUITS}
        )  # fmt: skip
    rows = [
        _judged(row, float(np.max(np.abs(drawn[row["variant"]] - exact))), epsilon) for row in rows
    ]
    parts = (_protocols(rows), _derivatives(model, exact, drawn))
    return GradientParts(parts, tuple(notes), all(row["holds"] == "yes" for row in rows))


def _judged(row: Row, error: float, epsilon: float) -> Row:
    holds = error <= epsilon and (row["gap"] or 0) <= EXACT_TO
    return {**row, "error": error, "holds": "yes" if holds else "NO"}


def _protocols(rows: list[Row]) -> Table:
    numbers = {"shots": "shots", "qubits": "qubits sent", "bits": "result bits",
               "updates": "updates"}  # fmt: skip
    used = [key for key in numbers if any(row[key] is not None for row in rows)]
    return Table(
        key="gradient",
        columns=[
            Column(key="variant"),
            *(Column(key=k, label=numbers[k], style=IF_KNOWN, align="right") for k in used),
            Column(key="run", label="by"),
            Column(key="gap", label="mean off", style=_IF_FOUND, align="right", kind=Kind.MEASURED),
            Column(key="error", label="shots off", style=SCIENTIFIC, align="right",
                   kind=Kind.MEASURED),
            Column(key="holds"),
        ],
        rows=rows,
        heading="all gradients by each protocol, beside back-propagation",
    )  # fmt: skip


_IF_FOUND = Style("if found", lambda value: "" if value is None else f"{value:.1e}")


def _derivatives(model: PartyModel, exact: Any, drawn: dict[str, Any]) -> Table:
    rows: list[Row] = []
    places = ((k, b.owner, g.letters) for k, b in enumerate(model.blocks, 1) for g in b.trainable)
    for number, (block, owner, gate) in enumerate(places):
        values = {name: float(found[number]) for name, found in drawn.items()}
        rows.append(
            {"block": block, "owner": owner, "gate": gate, "exact": float(exact[number]), **values}
        )
    return Table(
        key="gradients",
        columns=[
            Column(key="block", align="right"),
            Column(key="owner"),
            Column(key="gate"),
            Column(key="exact", style=DIGITS, align="right"),
            *(Column(key=x, style=DIGITS, align="right", kind=Kind.MEASURED) for x in drawn),
        ],
        rows=rows,
        heading="every gradient",
    )
