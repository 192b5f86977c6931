r"""Costs of many layers of one form, as sums over layers under names.

A layer of a form costs $\sum_\mu c_\mu \mu$, where $\mu$ is a product of its degrees f and s and
of the ancillas a of the vector it starts from, and $c_\mu$ depends on sizes alone. Layers i that
run $R_i$ times cost $\sum_\mu c_\mu \sum_i R_i \mu_i$: with names for the inner sums, an answer for
twenty layers is as long as that for two.
"""

import abc
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import attrs
import sympy
from attrs import frozen
from qualtran import Bloq
from qualtran.resource_counting import CostKey, GateCounts
from qualtran.symbolics import SymbolicInt

from bloqs.resnet import symbols as own
from bloqs.resnet.circuits.cost_pattern import Values, pattern_cost
from bloqs.resnet.circuits.layer_calls import LayerCalls
from estimator import symbols
from estimator.costs.keys import CallCounts
from estimator.costs.simplify import multiplied_out, weighted_sum

LETTERS = {own.erf_degree: "f", own.sign_degree: "s", symbols.a: "a"}
"""Symbols of a form that differ from layer to layer, and what names call them."""


@frozen(kw_only=True)
class AbstractLayerSums:
    """Layers of one form, all of whose runs are of that form or its inverse.

    Subclasses define `total`, `surplus` and `ancillas`.
    """

    form: Bloq

    @abc.abstractmethod
    def total(self, product: sympy.Expr) -> sympy.Expr:
        """The sum over layers of runs, in either direction, times a product of `LETTERS`."""

    @abc.abstractmethod
    def surplus(self, product: sympy.Expr) -> sympy.Expr:
        """Likewise of how much more often each runs forwards than backwards."""

    @property
    @abc.abstractmethod
    def ancillas(self) -> dict[sympy.Expr, sympy.Expr]:
        """Names of numbers of ancillas, and what they stand for."""

    @property
    def definitions(self) -> dict[sympy.Expr, sympy.Expr]:
        """Names of sums and of numbers of ancillas, and what they stand for."""
        f, s, a = LETTERS
        products = [sympy.Mul(x, y) for x in (1, f, s, f * s) for y in (1, a)]
        return {**{_name(x): self.total(x) for x in products}, **self.ancillas}

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
            parts.append((_name(product) or self.total(product), sizes))
        for product, sizes in _by_product(sympy.sympify(one - back) / 2):
            parts.append((self.surplus(product), sizes))
        return weighted_sum(parts)


@frozen(kw_only=True)
class ListedSums(AbstractLayerSums):
    """Sums over layers that are listed.

    Args:
        form: the pattern of the layers as the network runs them forwards, under control or not.
        layers: their numbers, from 1.
        layer_calls: how often each of them runs, and how much more often forwards than backwards.
        values: what stands for `LETTERS` in each of them.
    """

    layers: tuple[int, ...]
    layer_calls: tuple[LayerCalls, ...]
    values: tuple[Values, ...]

    def total(self, product: sympy.Expr) -> sympy.Expr:
        return self._sum(product, [runs.total for runs in self.layer_calls])

    def surplus(self, product: sympy.Expr) -> sympy.Expr:
        return self._sum(product, [runs.surplus for runs in self.layer_calls])

    @property
    def ancillas(self) -> dict[sympy.Expr, sympy.Expr]:
        pairs = zip(self.layers, self.values, strict=True)
        return {own.ancillas_before(i): at[symbols.a] for i, at in pairs}

    def _sum(self, product: sympy.Expr, weights: Sequence[SymbolicInt]) -> sympy.Expr:
        terms = []
        for i, weight, values in zip(self.layers, weights, self.values, strict=True):
            at = {**values, symbols.a: own.ancillas_before(i)}
            terms.append(weight * product.xreplace(at))
        return sympy.Add(*terms)


@frozen(kw_only=True)
class IndexedSums(AbstractLayerSums):
    """Sums over layers 1 to `last`, which may be a symbol, of functions of their number.

    Args:
        form: as in `ListedSums`.
        last: number of the last layer.
        layer_calls: of layer `estimator.symbols.block`.
        own: ancillas of the vector that layer `estimator.symbols.block` starts from.
    """

    last: SymbolicInt
    layer_calls: LayerCalls
    own: SymbolicInt

    def total(self, product: sympy.Expr) -> sympy.Expr:
        return self._sum(self.layer_calls.total, product)

    def surplus(self, product: sympy.Expr) -> sympy.Expr:
        return self._sum(self.layer_calls.surplus, product)

    @property
    def ancillas(self) -> dict[sympy.Expr, sympy.Expr]:
        return {own.ancillas_at(own.block): self.own}

    def _sum(self, weight: SymbolicInt, product: sympy.Expr) -> sympy.Expr:
        i = own.block
        at = {
            own.erf_degree: own.erf_degree_at(i),
            own.sign_degree: own.sign_degree_at(i),
            symbols.a: own.ancillas_at(i),
        }
        return sympy.Sum(weight * product.xreplace(at), (i, 1, self.last))


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
    return own.sum_over_layers("".join(at for x, at in LETTERS.items() if x in factors))
