"""Costs of the layers of a network: worked out once for layers that differ in numbers alone."""

from functools import lru_cache
from typing import Any

import attrs
import sympy
from qualtran import Bloq
from qualtran.resource_counting import CostKey, GateCounts, get_cost_value
from qualtran.symbolics import is_symbolic

from bloqs.resnet.output_block import OutputBlock
from bloqs.resnet.previous_vector import PreviousVector
from bloqs.resnet.residual_block import ResidualBlock
from estimator import symbols
from estimator.keys import CallCounts

Layer = ResidualBlock | OutputBlock


def price(step: Bloq, cost_key: CostKey[Any], known: dict[Bloq, Any]) -> Any:
    """The cost of a layer, or of the input.

    A layer of symbolic size is a pattern with the degrees of its polynomials and the ancillas of
    its vector put in; the pattern is costed once.

    Args:
        step: the layer or the input.
        cost_key: the kind of cost.
        known: costs of that kind found before, to which those of `step` and its parts are added.
    """
    if not isinstance(step, Layer) or not any(is_symbolic(r.bitsize) for r in step.signature):
        return get_cost_value(step, cost_key, costs_cache=known)
    pattern, values = _pattern(step)
    return _put(_cost(pattern, cost_key), values)


def _pattern(layer: Layer) -> tuple[Layer, dict[sympy.Basic, sympy.Expr]]:
    values: dict[sympy.Basic, sympy.Expr] = {
        symbols.a: sympy.sympify(layer.vector.ancilla_bitsize),
        symbols.sign_degree: sympy.sympify(layer.plan.sign_degree),
    }
    vector = PreviousVector(layer.system_bitsize, symbols.a)
    if isinstance(layer, OutputBlock):
        end = attrs.evolve(layer.plan, sign_degree=symbols.sign_degree)
        return attrs.evolve(layer, vector=vector, plan=end), values
    values[symbols.erf_degree] = sympy.sympify(layer.plan.erf_degree)
    plan = attrs.evolve(
        layer.plan,
        erf_degree=symbols.erf_degree,
        sign_degree=symbols.sign_degree,
        erf_error=0,
        sign_error=0,
        start=0,
        budget=0,
    )
    return attrs.evolve(layer, vector=vector, plan=plan), values


@lru_cache(maxsize=1024)
def _cost(pattern: Layer, cost_key: CostKey[Any]) -> Any:
    return get_cost_value(pattern, cost_key)


def _put(cost: Any, values: dict[sympy.Basic, sympy.Expr]) -> Any:
    """`cost` with expressions in place of the pattern's symbols."""
    if isinstance(cost, CallCounts):
        return CallCounts({name: _put(x, values) for name, x in cost.counts})
    if isinstance(cost, GateCounts):
        fields = attrs.fields(GateCounts)
        return GateCounts(**{f.name: _put(getattr(cost, f.name), values) for f in fields})
    if isinstance(cost, sympy.Max):
        return sympy.Max(*(_put(term, values) for term in cost.args), evaluate=False)
    return sympy.expand(cost.xreplace(values)) if isinstance(cost, sympy.Basic) else cost
