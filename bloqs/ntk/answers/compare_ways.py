"""Ways of predicting with the kernel of a wide network, and what they cost as n grows."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from math import sqrt
from typing import Any

from bloqs.linear_systems.rivals.conjugate_gradients import steps_bound
from bloqs.ntk.answers.circuits import Prediction
from bloqs.ntk.answers.cost_in_sizes import predictions_in_sizes
from bloqs.ntk.model.bounds import condition_bound
from bloqs.ntk.model.sphere import SphereModel
from bloqs.ntk.rivals.prices import (
    Price,
    conjugate_gradients_price,
    dense_price,
    descent_price,
    diagonal_price,
    masked_price,
)
from bloqs.ntk.rivals.samplers import neumann_steps, samples_needed
from bloqs.ntk.rivals.solvers import descent_steps
from estimator.compare.crossover import Size
from estimator.compare.sweep import Cost, Measure, Way
from estimator.report.parts import Kind

MEASURES = (
    Measure(
        key="t",
        label="T or FLOP",
        unit="T gates, or FLOP if classical",
        kind=Kind.ESTIMATE,
        is_compared=True,
        axis="T gates, or FLOP, and look-ups",
        plus="lookups",
    ),
    Measure(key="toffoli_depth", label="depth", unit="layers of one run"),
    Measure(
        key="lookups",
        label="look-ups",
        unit="queries of an ideal memory, or accesses if classical",
        kind=Kind.ESTIMATE,
    ),
    Measure(key="qubits", unit="logical qubits"),
    Measure(key="shots", label="shots or steps", unit="shots, samples or steps"),
)
"""What ways of predicting are compared by."""

MEMORIES = {
    "qrom": "the points are read from a circuit, entry by entry",
    "qroam-clean": "the points are read from a circuit in blocks, with clean qubits",
    "select-swap": "the points are read from a circuit in blocks, with borrowed qubits",
    "bucket-brigade": "a query drives every router of an active memory, a depth at once",
    "bucket-brigade-narrow": "a query drives every router of an active memory, one after another",
    "ideal": "a query of the memory costs no gates and counts as one look-up",
}
"""What is assumed of a memory."""

INVERTS = {
    "diagonal": "the labels alone, no inversion",
    "weighted": "inverts the masked kernel, matchings weighted by their largest entries",
    "uniform": "inverts the masked kernel, all matchings of one weight",
}
"""What a variant does."""


def quantum_way(
    variant: str, loader: str, values: Mapping[str, Any], model: Callable[[int], SphereModel],
    rotation: float,
) -> Way:  # fmt: skip
    """One prediction by circuits.

    Args:
        variant: what is inverted.
        loader: of the memory.
        values: of the question.
        model: of so many points.
        rotation: T gates of a rotation.
    """

    @lru_cache(maxsize=64)
    def cost(size: Size) -> Mapping[str, Cost]:
        asked = {**values, "variant": variant, "loader": loader, "solver": values["solver"]}
        found: list[Prediction] = predictions_in_sizes(model(int(size)), asked, rotation)
        total = found[0].total
        return {
            "t": float(total["t"]),
            "lookups": float(total["queries"]),
            "shots": float(found[0].shots),
            "toffoli_depth": float(total["toffoli_depth"]),
            "qubits": int(total["qubits"]),
        }

    return Way(
        name=f"{variant} {loader}",
        labels={"variant": variant, "memory": loader},
        assumption=f"{INVERTS[variant]}; {MEMORIES[loader]}",
        kind=Kind.ESTIMATE,
        at=cost,
    )


def classical_ways(model: Callable[[int], SphereModel], error: float, failure: float) -> list[Way]:
    """The five baselines.

    Args:
        model: of so many points.
        error: of solutions.
        failure: probability of a wrong sign by a sampler.
    """

    def way(name: str, assumption: str, of: Callable[[SphereModel], tuple[Price, int]]) -> Way:
        @lru_cache(maxsize=64)
        def cost(size: Size) -> Mapping[str, Cost]:
            try:
                price, steps = of(model(int(size)))
            except ValueError:
                return {}
            return {"t": float(price.flop), "lookups": float(price.accesses), "shots": steps}

        return Way(
            name=name,
            assumption=assumption,
            is_classical=True,
            kind=Kind.ESTIMATE,
            at=cost,
            compared={"t": f"than {name}"} if name in MAIN else {},
        )

    def sizes(at: SphereModel) -> tuple[int, int, int]:
        return at.n, at.d, at.layers

    def row_sum(at: SphereModel) -> float:
        return (at.n - 1) * at.largest

    def gradients(at: SphereModel) -> tuple[Price, int]:
        steps = steps_bound(condition_bound(row_sum(at)), error, True)
        return conjugate_gradients_price(*sizes(at), steps), steps

    def descent(at: SphereModel) -> tuple[Price, int]:
        steps = descent_steps(row_sum(at), error)
        return descent_price(*sizes(at), steps), steps

    def samples(at: SphereModel) -> int:
        p = 1 / at.attempts
        return samples_needed(sqrt(p / at.inverse_square), p, failure)

    def diagonal(at: SphereModel) -> tuple[Price, int]:
        return diagonal_price(at.d, at.layers, samples(at)), samples(at)

    def masked(at: SphereModel) -> tuple[Price, int]:
        steps = neumann_steps(at.masked_row_sum, error)
        price = masked_price(at.d, at.layers, samples(at), at.sparsity, steps)
        return price, samples(at)

    return [
        way("dense solve", "a Cholesky factor of the whole kernel; serves every later point",
            lambda at: (dense_price(*sizes(at)), 1)),
        way("CG", "conjugate gradients on the whole kernel, by a bound on their steps", gradients),
        way("gradient descent", "by a bound on its steps", descent),
        way("sampled f_D", "points at random, kernel times label: the sign of f_D", diagonal),
        way("sampled f_S", "points at random, their entries of K_S^-1 y by the series", masked),
    ]  # fmt: skip


MAIN = ("CG", "sampled f_D")
"""Baselines whose crossovers are shown."""
