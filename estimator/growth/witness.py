"""Turns what the search found into the plain data that `growth_checker` verifies."""

from fractions import Fraction
from typing import Any

from estimator.expressions.tree import Tree
from estimator.growth.derivation import Derivation
from estimator.growth.dominate import largest_load
from estimator.growth.enclosure import Floor
from estimator.growth.prove import Proof, Refutation
from estimator.growth.thresholds import rounded_up
from estimator.growth_numbers import number as num
from estimator.growth_numbers.monomial import Terms
from estimator.growth_numbers.number import Number

Witness = dict[str, Any]


def witness_of(proof: Proof) -> Witness:
    """The witness of a proof."""
    relation = "o" if proof.vanishing else "O"
    claim = {"relation": relation, "f": proof.f, "g": proof.g}
    if proof.cases:
        return {**claim, "cases": tuple((pair, witness_of(part)) for pair, part in proof.cases)}
    domination = proof.domination
    return {
        **claim,
        **_derived(proof.derivation),
        "pinned": tuple(sorted(proof.pinned)),
        "floor": None if proof.floor is None else proof.floor.certificate,
        "shifts": domination.shifts,
        "moves": tuple((m, weights, steps) for m, weights, steps, _ in domination.moves),
        "fall": tuple(rest for _, rest in domination.fall),
        "constant": _constant(domination.loads),
    }


def sign_witness(tree: Tree, derivation: Derivation, floor: Floor | None) -> Witness:
    """The witness that an expression keeps its sign beyond the thresholds; is 0 without a floor."""
    why = None if floor is None else floor.certificate
    return {"f": tree, **_derived(derivation), "pinned": (), "floor": why}


def _derived(derivation: Derivation) -> Witness:
    """Thresholds and steps."""
    ground = derivation.ground
    return {
        "variables": dict(ground.low),
        "extra": tuple(ground.extra),
        "demands": tuple({name: (name, *rest) for name, *rest in ground.demands}.values()),
        "steps": tuple(
            {
                "node": step.node,
                "rule": step.rule,
                "data": step.data,
                "main": tuple(step.main.items()),
                "error": tuple(step.error.items()),
            }
            for step in derivation.steps
        ),
    }


def refutation_of(found: Refutation) -> Witness:
    """The path and the witness along it."""
    witness: Witness = {"path": dict(found.path), "along": witness_of(found.proof)}
    if found.phase is not None and found.proof.ahead is not None:
        witness["phase"] = (*found.phase, found.proof.ahead.certificate)
    if found.orders:
        witness["orders"] = tuple(sign_witness(*each) for each in found.orders)
    return witness


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
