"""Ways of making one training step, by circuits and without, and what they cost at a width."""

from collections.abc import Mapping
from typing import Any

import sympy
from attrs import frozen

from bloqs.contrastive.model.ansatz_sizes import sizes_of
from bloqs.contrastive.model.classical_work import engine_flop
from bloqs.contrastive.model.training_circuits import circuits_of_step
from bloqs.contrastive.parameters import DEFAULT_PHYSICAL
from bloqs.contrastive.rivals.state_chain import bond, chain_flop
from estimator.compare.crossover import Size
from estimator.compare.sweep import Cost as Price
from estimator.compare.sweep import Measure, Way
from estimator.costs.budget import Synthesis
from estimator.costs.cost import Cost
from estimator.costs.physical import physical_cost
from estimator.report.parts import Kind

METHOD = Synthesis.MIXED_FALLBACK
"""How rotations become T gates: the fewest of all models, which favours circuits."""

LAYERS = {"all-to-all": 3, "line": 3}
OTHER_LAYERS = 2
"""Layers as published, by ansatz, and of those that are not in it."""

STATE_BYTES = 128
"""Bytes an amplitude that the engine holds: two states of four samples. Unit: bytes."""

MEASURES = (
    Measure(
        key="operations",
        label="T or FLOP",
        unit="T gates, or FLOP if classical",
        kind=Kind.ESTIMATE,
        is_compared=True,
        axis="T gates, or FLOP, of a step",
    ),
    Measure(
        key="seconds",
        unit="seconds",
        kind=Kind.ESTIMATE,
        is_compared=True,
        axis="seconds of a step",
    ),
    Measure(key="circuits", unit="circuits"),
    Measure(key="cnots", label="CNOTs", unit="gates"),
    Measure(key="bytes", unit="bytes", kind=Kind.ESTIMATE),
)
"""What ways of a step are compared by."""

COMPARED = {"operations": "T < FLOP", "seconds": "seconds"}
"""Crossovers that are shown, with their headings."""


@frozen(kw_only=True)
class Step:
    """One training step.

    Args:
        batch: B.
        shots: S.
        layers: L if it is the same for all, else `None`.
        circuit_error: of all rotations of a circuit together. Unit: 1.
        speed: of a classical machine. Unit: flop a second.
    """

    batch: int
    shots: int
    layers: int | None
    circuit_error: float
    speed: float

    def layers_of(self, kind: str) -> int:
        """Layers of an ansatz."""
        return self.layers or LAYERS.get(kind, OTHER_LAYERS)


def quantum_way(kind: str, rule: str, group: str, name: str, step: Step) -> Way:
    """A step by circuits with shots."""
    layers = step.layers_of(kind)

    def at(size: Size) -> Mapping[str, Price]:
        width = int(size)
        sizes = sizes_of(kind, width, layers)
        error = sympy.Rational(str(step.circuit_error)) / sizes.rotations
        rotation = int(METHOD.t_count(error))
        circuits = int(circuits_of_step(rule, step.batch, width, sizes))
        shots = circuits * step.shots
        cost = Cost(rotations=sizes.rotations, measurements=width, qubits=width)
        shot = physical_cost(cost, rotation, **DEFAULT_PHYSICAL)
        return {
            "operations": int(rotation * sizes.rotations) * shots,
            "seconds": shot.seconds * shots,
            "circuits": circuits,
            "cnots": int(sizes.cnots) * shots,
        }

    return Way(
        name=name,
        labels={"ansatz": kind, "rule": rule, "layers": str(layers)},
        group=group,
        assumption=f"{step.shots} shots a circuit, one after another",
        kind=Kind.ESTIMATE,
        at=at,
    )


def classical_ways(kind: str, group: str, step: Step) -> list[Way]:
    """The same step by our engine, and by a chain of tensors; values and gradients are exact."""
    layers = step.layers_of(kind)

    def priced(flop: Any, held: int | None = None) -> dict[str, Price]:
        return {"operations": int(flop), "seconds": int(flop) / step.speed, "bytes": held}

    def engine(size: Size) -> Mapping[str, Price]:
        width = int(size)
        flop = engine_flop(step.batch, width, sizes_of(kind, width, layers))
        return priced(flop, STATE_BYTES << width)

    def chain(size: Size) -> Mapping[str, Price]:
        return priced(chain_flop(step.batch, kind, int(size), layers))

    widest = bond(kind, 10**6, layers)
    said = {
        "our engine": (engine, "whole states, exact values and gradients; the work that it does"),
        "tensor chain": (
            chain,
            f"exact as well, bonds of {widest} at most; an estimate, which nothing here runs",
        ),
    }
    return [
        Way(
            name=f"{name}, {kind}",
            group=group,
            assumption=assumption,
            is_classical=True,
            kind=Kind.ESTIMATE,
            at=at,
            compared={key: f"{heading}, {name}" for key, heading in COMPARED.items()},
        )
        for name, (at, assumption) in said.items()
    ]
