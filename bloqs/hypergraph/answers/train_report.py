"""What came of a training: a table of errors by kept bits, and a chart of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from bloqs.hypergraph.answers.train_settings import Plan
from bloqs.hypergraph.model.bounds import bound, upper_bits_always, upper_bits_at_cut
from estimator.report.model import Report
from estimator.report.parts import Axis, Chart, Column, Fact, Facts, Line, Mark, Notes, Part, Table
from estimator.report.text import COUNT, FEW, PRECISE, TEXT, Style
from estimator.statistics.frequencies import share_interval

PERCENT = Style("percent", lambda value: f"{100 * value:.2f}")
"""Of a share, without the sign."""

LABELS = {"gru": "GRU", "transformer": "Transformer", "window": "window"}

NONE_PROVED = (
    "no bound is proved for these reads on plain qubits with edges of 3 modes; C(n,k) - 1 bits "
    "fails there"
)
ERRORS = (
    "error: share of {} sentences, the same for all, to which a record was said that the judge "
    "does not allow; 95 % by Clopper and Pearson"
)
KEPT = (
    "kept bits: at the cut between writes and reads; the state of a GRU, keys and values of the "
    "tokens written, or of those in the window. Later each network keeps one more, its last answer"
)
GREEDY = (
    "a network says what is likelier to it and hears what it said; entries lie in [-1, 1] and are "
    "cut to cells of one width after training, 32 bits are the trained float"
)
BOUND = (
    "the bound is about no error on any sentence of these tokens: no error here says no more than "
    "the interval, on sentences drawn as these; below the bound some sentence goes wrong"
)
RECORDS = {
    "zero": "learned records say 0 wherever it may be said",
    "drawn": "learned records are drawn with the probabilities of the quantum model",
}


def trained_report(
    plan: Plan, networks: Sequence[Mapping[str, Any]], machines: Sequence[Any], quantum: int
) -> Report:
    """Tables, notes and the chart.

    Args:
        plan: what was asked.
        networks: settings, parameters, loss and rows of errors of each.
        machines: rows of machines that were not trained.
        quantum: records of the quantum model that were judged impossible.
    """
    task, first = plan.task, plan.networks[0]
    n, k = task.modes, task.order
    least = bound("pauli").value(n, 2) if k == 2 else None
    rows = [_row(plan, "quantum model", None, n, quantum)]
    rows += [_row(plan, each["machine"], None, each["kept"], each["wrong"]) for each in machines]
    for each in networks:
        settings = each["settings"]
        label = f"{LABELS[settings['network']]} {settings['size']}"
        rows += [_row(plan, label, row["bits"], row["kept"], row["wrong"]) for row in each["rows"]]
    numbers = [
        Column(key="bits", label="bits of an entry", style=COUNT, align="right"),
        Column(key="kept", label="kept bits", style=COUNT, align="right"),
        Column(key="wrong", label=f"wrong of {plan.test}", style=COUNT, align="right"),
        Column(key="error", label="error", unit="%", style=PERCENT, align="right"),
        Column(key="low", label="from", unit="%", style=PERCENT, align="right"),
        Column(key="high", label="to", unit="%", style=PERCENT, align="right"),
    ]
    facts = [
        Fact(key="qubits", label="quantum", value=n, unit="qubits"),
        Fact(key="bound", label="classical at the cut, at least", value=least, unit="bits",
             beside="Theorem B, no error"),
        Fact(key="exact", label="classical at the cut, at most", value=upper_bits_at_cut(n, k),
             unit="bits", beside="forgetful machine"),
        Fact(key="always", label="classical at any time, at most",
             value=upper_bits_always(n) if k == 2 else None, unit="bits", style=FEW,
             beside="number of the stabilizer state"),
    ]  # fmt: skip
    trained = [
        {
            "network": f"{LABELS[x['settings']['network']]} {x['settings']['size']}",
            "layers": x["settings"]["layers"] or None,
            "window": x["settings"]["window"] or None,
            "parameters": x["parameters"],
            "loss": x["loss"],
        }
        for x in networks
    ]
    columns = [
        Column(key="network"),
        Column(key="layers", style=COUNT, align="right"),
        Column(key="window", style=COUNT, align="right"),
        Column(key="parameters", style=COUNT, align="right"),
        Column(key="loss", label="loss [nats a read]", style=PRECISE, align="right"),
    ]
    parts: list[Part] = [
        Facts(key="memory", rows=facts),
        Table(key="trained", columns=columns, rows=trained, is_section=True),
        Table(
            key="errors",
            columns=[Column(key="machine", style=TEXT), *numbers],
            rows=rows,
            is_section=True,
        ),
        Notes(
            key="notes",
            lines=[
                ERRORS.format(plan.test),
                KEPT,
                GREEDY,
                RECORDS[first.choice],
                BOUND if k == 2 else NONE_PROVED,
            ],
            is_section=True,
        ),
        error_chart(plan, rows, least),
    ]
    return Report(
        title="hypergraph, trained",
        settings={
            "n": n, "k": k, "writes": task.writes, "reads": task.reads, "steps": first.steps,
            "B": first.batch, "rate": first.rate, "seed": first.seed, "test": plan.test,
        },
        parts=parts,
    )  # fmt: skip


def _row(plan: Plan, machine: str, bits: int | None, kept: int, wrong: int) -> dict[str, Any]:
    low, high = share_interval(wrong, plan.test)
    return {
        "machine": machine, "bits": bits, "kept": kept, "wrong": wrong,
        "error": wrong / plan.test, "low": low, "high": high,
    }  # fmt: skip


def error_chart(plan: Plan, rows: Sequence[Mapping[str, Any]], least: int | None) -> Chart:
    """Errors by kept bits: a line for each network, the trackers, the bound; exact ones marked."""
    lines = []
    for name in dict.fromkeys(row["machine"] for row in rows):
        chosen = [row for row in rows if row["machine"] == name and row["kept"]]
        if len(chosen) > 1 or name not in ("quantum model", "forgetful machine"):
            lines.append(
                Line(
                    label=name,
                    x=[row["kept"] for row in chosen],
                    y=[100 * row["error"] for row in chosen],
                    is_classical=name == "edge tracker",
                )
            )
    if least:
        top = max(100 * row["error"] for row in rows) or 1
        line = Line(label="at least, Theorem B", x=[least, least], y=[0, top], is_classical=True)
        lines.append(line)
    marks = [
        Mark(x=row["kept"], y=100 * row["error"], label=name)
        for row in rows
        for name in ("quantum model", "forgetful machine")
        if row["machine"] == name and row["kept"]
    ]
    return Chart(
        key="error_by_bits",
        title=f"n = {plan.task.modes}, k = {plan.task.order}",
        x=Axis(label="kept at the cut [bits, qubits]", is_logarithmic=True),
        y=Axis(label="sentences with an impossible record [%]"),
        lines=lines,
        marks=marks,
    )
