"""Gradient rules, syntheses and simulations as columns that move with the parameters."""

from collections.abc import Iterator, Sequence
from typing import Any

from bloqs.contrastive.answers.compare_ways import METHOD
from bloqs.contrastive.answers.cost import rule_row, synthesis_row
from bloqs.contrastive.answers.setting import Setting, setting_of, tidy
from bloqs.contrastive.model.training_circuits import RULES
from bloqs.contrastive.parameters import HALF_MEASURED
from bloqs.contrastive.rivals.state_chain import chain_flop
from estimator.ask.question import Asked
from estimator.costs.budget import Synthesis
from estimator.explorer.shown_column import ShownColumn

SHOWN = {
    "circuits": ("circuits a step", "circuits"),
    "shots": ("shots a step", "shots"),
    "circuits_of_run": ("circuits a run", "circuits"),
    "shots_of_run": ("shots a run", "shots"),
}
"""Label and unit of what is said of a rule."""


def training(asked: Asked) -> Sequence[ShownColumn]:
    """What a step takes by every rule, T gates by every synthesis, and the chain of tensors."""
    setting = setting_of(asked)
    columns = [*rule_columns(setting), *synthesis_columns(setting)]
    if asked.get("between") != HALF_MEASURED:
        flop = tidy(chain_flop(setting.batch, setting.circuit.kind, setting.width, setting.layers))
        columns.append(
            ShownColumn("rival.chain", "tensor chain, an estimate", "flop",
                        "the same step without a quantum computer", flop, True)
        )  # fmt: skip
    return columns


def rule_columns(setting: Setting) -> Iterator[ShownColumn]:
    """Circuits, shots and T gates of every rule, by the synthesis that `compare` takes."""
    gates = synthesis_row(setting, METHOD)["circuit"]
    for rule in RULES:
        row = rule_row(setting, rule)
        for key, (label, unit) in SHOWN.items():
            yield _column(f"{rule}.{key}", label, unit, rule, row[key])
        yield _column(f"{rule}.t", "T in all a step", "T", rule, tidy(gates * row["shots"]))


def synthesis_columns(setting: Setting) -> Iterator[ShownColumn]:
    """T gates of a circuit and of a step, at one error of the whole circuit."""
    for synthesis in Synthesis:
        row = synthesis_row(setting, synthesis)
        group, name = "T gates by the error of a circuit", synthesis.label
        yield _column(f"{name}.circuit", f"a circuit, {name}", "T", group, row["circuit"])
        yield _column(f"{name}.step", f"a step, two-term, {name}", "T", group, row["step"])


def _column(key: str, label: str, unit: str, group: str, value: Any) -> ShownColumn:
    return ShownColumn(f"rival.{key}", label, unit, group, value)
