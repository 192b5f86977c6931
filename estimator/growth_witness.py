"""Turns what the search found into the plain data that `growth_check` verifies."""

from fractions import Fraction
from typing import Any

from estimator import growth_number as num
from estimator.growth_cover import rounded_up
from estimator.growth_dominate import largest_load
from estimator.growth_monomial import Terms
from estimator.growth_number import Number
from estimator.growth_prove import Proof, Refutation

Witness = dict[str, Any]


def witness_of(proof: Proof) -> Witness:
    """The witness of a proof."""
    relation = "o" if proof.vanishing else "O"
    claim = {"relation": relation, "f": proof.f, "g": proof.g}
    if proof.cases:
        return {**claim, "cases": tuple((pair, witness_of(part)) for pair, part in proof.cases)}
    ground, domination = proof.derivation.ground, proof.domination
    return {
        **claim,
        "variables": dict(ground.low),
        "pinned": tuple(sorted(proof.pinned)),
        "extra": tuple(ground.extra),
        "demands": tuple(ground.demands),
        "steps": tuple(
            {
                "node": step.node,
                "rule": step.rule,
                "data": step.data,
                "main": _written(step.main),
                "error": _written(step.error),
            }
            for step in proof.derivation.steps
        ),
        "floor": None if proof.floor is None else proof.floor.certificate,
        "shifts": domination.shifts,
        "moves": tuple((m, weights, steps) for m, weights, steps, _ in domination.moves),
        "fall": domination.fall,
        "constant": _constant(domination.loads),
    }


def refutation_of(found: Refutation) -> Witness:
    """The path and the witness along it."""
    return {"path": dict(found.path), "along": witness_of(found.proof)}


def _written(terms: Terms) -> tuple[Any, ...]:
    return tuple(terms.items())


def _constant(loads: Terms) -> Number:
    """C: the largest of the loads, rounded up to a few digits; with symbols, their sum."""
    if any(not isinstance(x, Fraction) and x.free_symbols for x in loads.values()):
        total: Number = Fraction(0)
        for load in loads.values():
            total = num.add(total, load)
        return total
    value = largest_load(loads)
    if isinstance(value, Fraction) and value.denominator <= 1000 and value <= 10**6:
        return value
    return rounded_up(num.log_approx(value) + 1e-9)
