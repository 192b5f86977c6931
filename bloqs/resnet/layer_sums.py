r"""Costs of many layers of one form, as sums over layers under names.

A layer of a form costs $\sum_\mu c_\mu \mu$, where $\mu$ is a product of its degrees f and s and
of the ancillas a of the vector it starts from, and $c_\mu$ depends on sizes alone. Layers i that
run $R_i$ times cost $\sum_\mu c_\mu \sum_i R_i \mu_i$: with names for the inner sums, an answer for
twenty layers is as long as that for two.
"""

from functools import lru_cache
from typing import Any

import attrs
import sympy
from attrs import frozen
from qualtran import Bloq
from qualtran.resource_counting import CostKey, GateCounts
from qualtran.symbolics import SymbolicInt

from bloqs.resnet.cost_pattern import Values, pattern_cost
from estimator import symbols
from estimator.keys import CallCounts
from estimator.multiplied_out import multiplied_out, weighted_sum

LETTERS = {symbols.erf_degree: "f", symbols.sign_degree: "s", symbols.a: "a"}
"""Symbols of a form that differ from layer to layer, and what names call them."""


@frozen(kw_only=True)
class LayerSums:
    """Layers of one form, all of whose runs are of that form or its inverse.

    Args:
        form: the pattern of the layers as the network runs them forwards, under control or not.
        layers: their numbers, from 1.
        runs: how often each of them runs, in either direction.
        surplus: how much more often forwards than backwards.
        values: what stands for `LETTERS` in each of them.
    """

    form: Bloq
    layers: tuple[int, ...]
    runs: tuple[SymbolicInt, ...]
    surplus: tuple[SymbolicInt, ...]
    values: tuple[Values, ...]

    @property
    def definitions(self) -> dict[sympy.Symbol, sympy.Expr]:
        """Names of sums and of numbers of ancillas, and what they stand for."""
        f, s, a = LETTERS
        products = [sympy.Mul(x, y) for x in (1, f, s, f * s) for y in (1, a)]
        sums = {_name(x): self._total(x, self.runs) for x in products}
        ancillas = zip(self.layers, self.values, strict=True)
        return {**sums, **{symbols.ancillas_before(i): at[a] for i, at in ancillas}}

    def cost(self, cost_key: CostKey[Any]) -> Any:
        """Gates, calls or depth of all the runs."""
        one, back = (pattern_cost(x, cost_key) for x in (self.form, self.form.adjoint()))
        if isinstance(one, CallCounts):
            names = {*one.asdict(), *back.asdict()}
            return CallCounts({x: self._summed(one.get(x), back.get(x)) for x in names})
        if isinstance(one, GateCounts):
            names = {field.name for field in attrs.fields(GateCounts)}
            counts = {x: self._summed(getattr(one, x), getattr(back, x)) for x in names}
            return GateCounts(**counts)
        return self._summed(one, back)

    def _summed(self, one: SymbolicInt, back: SymbolicInt) -> SymbolicInt:
        """The sum over layers for the cost of one run forwards and of one backwards."""
        parts = []
        for product, sizes in _by_product(sympy.sympify(one + back) / 2):
            parts.append((_name(product) or self._total(product, self.runs), sizes))
        for product, sizes in _by_product(sympy.sympify(one - back) / 2):
            parts.append((self._total(product, self.surplus), sizes))
        return weighted_sum(parts)

    def _total(self, product: sympy.Expr, weights: tuple[SymbolicInt, ...]) -> sympy.Expr:
        """The sum over layers of weights times a product of symbols of a layer."""
        terms = []
        for i, weight, values in zip(self.layers, weights, self.values, strict=True):
            at = {**values, symbols.a: symbols.ancillas_before(i)}
            terms.append(weight * product.xreplace(at))
        return sympy.Add(*terms)


@lru_cache(maxsize=1024)
def _by_product(cost: sympy.Expr) -> list[tuple[sympy.Expr, sympy.Expr]]:
    """The parts of a cost: a product of symbols of a layer, and a factor in sizes."""
    found: dict[sympy.Expr, list[sympy.Expr]] = {}
    for term in sympy.Add.make_args(multiplied_out(cost)):
        sizes, product = term.as_independent(*LETTERS, as_Add=False)
        found.setdefault(product, []).append(sizes)
    return [(product, sympy.Add(*sizes)) for product, sizes in found.items()]


def _name(product: sympy.Expr) -> sympy.Symbol | None:
    """The name of the sum over layers of a product; None for a power, which has none."""
    factors = {x for x in sympy.Mul.make_args(product) if x != 1}
    if not factors <= LETTERS.keys():
        return None
    return symbols.sum_over_layers("".join(at for x, at in LETTERS.items() if x in factors))
