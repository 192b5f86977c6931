"""A residual network of as many equal blocks as a symbol says."""

from functools import cached_property
from typing import Any

import attrs
import sympy
from attrs import frozen
from qualtran import Bloq, DecomposeTypeError, bloq_example
from qualtran.resource_counting import (
    CostKey,
    GateCounts,
    QECGatesCost,
    QubitCount,
)
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBlockEncoding, AbstractVectorEncoding, WireNames
from bloqs.composite import AbstractComposite, with_control
from bloqs.data_loading.loaded_vector import loaded_vector_example, loaded_vector_symbolic_example
from bloqs.encodings.diagonal import diagonal_encoding_example, diagonal_encoding_symbolic_example
from bloqs.resnet import symbols as own
from bloqs.resnet.circuits.cost_pattern import work_qubits
from bloqs.resnet.circuits.layer_calls import PREVIOUS, LayerCalls, previous_vector
from bloqs.resnet.circuits.layer_sums import IndexedSums
from bloqs.resnet.circuits.layered_network import LayeredNetwork
from bloqs.resnet.circuits.network_outline import CONTROL, NOTE
from bloqs.resnet.circuits.residual_block import BlockPhases, ResidualBlock
from bloqs.resnet.circuits.weights import open_degree
from bloqs.resnet.model.block_plan import SLOPE, BlockPlan, Variant, block_plan, budget
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols
from estimator.costs.depth import AbstractDepth
from estimator.costs.keys import CallCounts, OracleCalls, PeakQubits
from estimator.costs.known import known_cost
from estimator.costs.simplify import largest
from estimator.drawing.outline import Outline, Step, gap


@frozen(cache_hash=True)
class UniformNetwork(AbstractComposite, AbstractVectorEncoding):
    r"""Prepares what k residual blocks with encodings of equal cost prepare, for a symbol k.

    Costs are sums over the layers $i = 1, ..., k$ of a layer's own cost times R(i), the product of
    the calls of the layers after it; R, the degrees f and s and the ancillas anc are functions of
    i and sums over i have names, whose `definitions` can be put in (`defined`). For a number k
    costs are then those of `LayeredNetwork`, as they are for a number k to begin with.

    Args:
        source: the vector-encoding of the input, without control.
        weights: block-encoding of the weights of every block.
        variant: construction of the blocks.
        k: number of blocks.
        target: error that the budget spreads over the blocks' polynomials, l2 norm.
        length: smallest length of x + f(W x).
        slope: of the activation erf(slope x).
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero.
        ancilla: QAny(2**k a + (2**k - 1)(2 b + n + 3)), a and b those of `source` and `weights`;
            2 in place of 3 for a fixed point, 5 published. Starts in zero.

    Encodes: the last block's vector with alpha = 1 and epsilon = epsilon(k) (l2 norm), a recursion
        among the `definitions` that adds the rounding of angles to the target.

    Cost: as above.

    Source: [RHGPR25] Lem. 7.
    """

    source: AbstractVectorEncoding
    weights: AbstractBlockEncoding
    variant: Variant
    k: SymbolicInt
    target: SymbolicFloat
    length: SymbolicFloat
    slope: SymbolicFloat = SLOPE

    @property
    def epsilon(self) -> SymbolicFloat:
        return own.error_at(self.k) if is_symbolic(self.k) else self.layered.epsilon

    def error_after(self, i: SymbolicInt) -> SymbolicFloat:
        """Error of the vector after block i, in that after the one before."""
        before = own.error_at(i - 1)
        vector = previous_vector(self.system_bitsize, self.ancillas_after(i - 1), before)
        return ResidualBlock(vector, self.weights, self.plan(i), None, self.length).epsilon

    @property
    def alpha(self) -> SymbolicFloat:
        return 1

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.source.system_bitsize

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.ancillas_after(self.k)

    @property
    def system_names(self) -> WireNames:
        return self.weights.system_names

    @property
    def ancilla_names(self) -> WireNames:
        first = self.source.ancilla_bitsize
        return (("flags of input", first), ("flags of blocks", self.ancilla_bitsize - first))

    @property
    def b(self) -> SymbolicInt | None:
        """Bits of an angle of the input; `None` if the input has no such table. Unit: qubits."""
        bits: SymbolicInt | None = getattr(self.source, "b", None)
        return bits

    @property
    def outline(self) -> Outline:
        """Input, the first block, any and the last one; those of a number of blocks one by one."""
        if not is_symbolic(self.k):
            return with_control(self.layered, self.is_controlled).outline
        i = own.block
        control = CONTROL if self.is_controlled else ()
        inside = [pair for pair in (*self.system_names, *self.ancilla_names) if pair[1] != 0]
        wires = tuple(name for name, _ in inside)
        at_input = tuple(name for name in wires if name != "flags of blocks")
        first, any_block, last = (self.block(x) for x in (sympy.Integer(1), i, self.k))
        forms = [form for form, _ in self.layer_calls(sympy.Integer(0)).split(self.source)]
        loaded = tuple(x for form in forms for x in (form, form.adjoint()))
        repeated = (any_block, any_block.adjoint())
        steps = [
            Step(bloq=self.source, on=at_input, times=own.calls_at(0), layer="input", forms=loaded),
            Step(bloq=first, on=wires, layer="block 1"),
            gap(wires),
            Step(bloq=any_block, on=wires, times=own.calls_at(i), layer="block i", forms=repeated),
            gap(wires),
            Step(bloq=last, on=(*(name for name, _ in control), *wires), layer=f"block {self.k}"),
        ]
        if self.is_adjoint:
            steps = [attrs.evolve(x, bloq=x.bloq and x.bloq.adjoint()) for x in reversed(steps)]
        return Outline(wires=(*control, *inside), steps=tuple(steps), note=NOTE)

    def ancillas_after(self, i: SymbolicInt) -> SymbolicInt:
        """Ancillas of the vector after i blocks: a_i = 2 (a_(i-1) + b) + n + constant."""
        own = {Variant.PUBLISHED: 5, Variant.TIGHT: 3, Variant.FIXED_POINT: 2}[self.variant]
        grown = 2**i if isinstance(i, int) else sympy.Integer(2) ** i
        fixed = 2 * self.weights.ancilla_bitsize + self.system_bitsize + own
        return grown * self.source.ancilla_bitsize + (grown - 1) * fixed

    def plan(self, i: SymbolicInt) -> BlockPlan:
        """The plan of block i, i > 1 if published."""
        entries = sympy.Integer(2) ** self.system_bitsize
        share, incoming = budget(self.variant, i, self.k, self.target, self.length, self.slope)
        kappa = self.weights.alpha
        return block_plan(self.variant, kappa, self.length, entries, share, incoming, self.slope)

    def named_plan(self, i: SymbolicInt) -> BlockPlan:
        """The plan of block i with f(i) and s(i) for its degrees."""
        named = {"erf_degree": own.erf_degree_at(i), "sign_degree": own.sign_degree_at(i)}
        return attrs.evolve(self.plan(i), **named)

    @property
    def definitions(self) -> dict[sympy.Expr, sympy.Expr]:
        """What names stand for; f(1) and s(1) apart, where they are published."""
        i, j = own.block, own.later_block
        calls = self.named_plan(j).calls
        found = {} if self.sums is None else self.sums.definitions
        found[own.calls_at(i)] = sympy.Product(calls, (j, i + 1, self.k))
        which = [sympy.Integer(1), i] if self.variant is Variant.PUBLISHED else [i]
        for each in which:
            plan = self.plan(each)
            found[own.erf_degree_at(each)] = plan.erf_degree
            found[own.sign_degree_at(each)] = plan.sign_degree
            found[own.error_at(each)] = self.error_after(each)
        if (degree := open_degree(self.weights)) is not None:
            found[symbols.degree] = degree
        found[own.error_at(sympy.Integer(0))] = sympy.sympify(self.source.epsilon)
        return found

    def defined(self, cost: sympy.Expr, k: int) -> sympy.Expr:
        """A cost of this network with a number of blocks put in, at least 2, and no names left."""
        found, i = self.definitions, own.block
        names = {name: value for name, value in found.items() if name.is_Symbol}
        at = sympy.sympify(cost).subs(names).subs(self.k, k).doit()
        functions = (own.calls_at, own.sign_degree_at, own.erf_degree_at)
        for function in (*functions, own.ancillas_at):
            for call in at.atoms(function):
                value = found.get(call, sympy.sympify(found[function(i)]).subs(i, call.args[0]))
                at = at.subs(call, value.subs(self.k, k).doit())
        return at

    @cached_property
    def sums(self) -> IndexedSums | None:
        """Sums over all layers of one form: under control if published, and then all but the last.

        Under control, layers that are not published run in both forms and nothing is summed.
        """
        i = own.block
        is_published = self.variant is Variant.PUBLISHED
        if not is_symbolic(self.k) or (self.is_controlled and not is_published):
            return None
        form = with_control(self.block(i).pattern[0], is_published)
        return IndexedSums(
            form=form.adjoint() if self.is_adjoint else form,
            last=self.k - 1 if is_published else self.k,
            layer_calls=self.layer_calls(i),
            own=self.ancillas_after(i - 1),
        )

    def layer_calls(self, i: SymbolicInt) -> LayerCalls:
        """Runs of block i, or of the input for i = 0."""
        if i == self.k:
            return LayerCalls.once(self.is_controlled)
        total, part = own.calls_at(i), sympy.Integer(self.is_controlled)
        if self.variant is not Variant.PUBLISHED:
            one = sympy.Integer(1)
            return LayerCalls(
                total=total, surplus=one, controlled_total=part, controlled_surplus=part
            )
        surplus = sympy.Integer(2) ** (self.k - i)
        return LayerCalls(
            total=total, surplus=surplus, controlled_total=total, controlled_surplus=surplus
        )

    def block(self, i: SymbolicInt) -> ResidualBlock:
        """Block i with the vector it calls as an oracle."""
        vector = previous_vector(self.system_bitsize, self.ancillas_after(i - 1))
        return ResidualBlock(vector, self.weights, self.named_plan(i), None, self.length)

    @cached_property
    def layered(self) -> LayeredNetwork:
        """The network of a number k, with phases if its circuit has a size."""
        layers: list[ResidualBlock] = []
        ancillas = self.source.ancilla_bitsize
        for i in range(1, int(self.k) + 1):
            plan = self.plan(i)
            sized = not is_symbolic(self.system_bitsize, plan.erf_degree, plan.sign_degree)
            phases = BlockPhases.of(plan) if sized else None
            vector = previous_vector(self.system_bitsize, ancillas)
            layers.append(ResidualBlock(vector, self.weights, plan, phases, self.length))
            ancillas = layers[-1].ancilla_bitsize
        return LayeredNetwork(self.source, tuple(layers))

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        if not is_symbolic(self.k):
            return {with_control(self.layered, self.is_controlled): 1}
        i = own.block
        calls: dict[Bloq, SymbolicInt] = {self.block(i): own.calls_at(i)}
        for form, times in self.layer_calls(sympy.Integer(0)).split(self.source):
            calls[form] = calls.get(form, 0) + times
        return calls

    def write(self, wires: Wires) -> None:
        if is_symbolic(self.k):
            raise DecomposeTypeError(f"{self} has a symbolic number of blocks, so no circuit")
        step = with_control(self.layered, self.is_controlled)
        system, ancilla = self.wires_of("system"), self.wires_of("ancilla")
        wires.on(step, ctrl=self.control, system=system, ancilla=ancilla)

    def my_static_costs(self, cost_key: CostKey[Any]) -> Any:
        if not is_symbolic(self.k):
            step: Bloq = with_control(self.layered, self.is_controlled)
            return known_cost(step.adjoint() if self.is_adjoint else step, cost_key)
        if isinstance(cost_key, (PeakQubits, QubitCount)):
            return self._width()
        if isinstance(cost_key, OracleCalls):
            total = self._summed(cost_key).asdict()
            total.pop(PREVIOUS, None)
            return CallCounts(total)
        if isinstance(cost_key, (QECGatesCost, AbstractDepth)):
            return self._summed(cost_key)
        return NotImplemented

    def _summed(self, cost_key: CostKey[Any]) -> Any:
        """The cost of the input and of all blocks."""

        def cost(step: Bloq, runs: LayerCalls) -> Any:
            forms = [(f.adjoint() if self.is_adjoint else f, n) for f, n in runs.split(step)]
            parts = [known_cost(form, cost_key) * n for form, n in forms]
            return sum(parts[1:], parts[0])

        i, k = own.block, self.k
        outside = cost(self.source, self.layer_calls(sympy.Integer(0)))
        if self.sums is None or self.variant is Variant.PUBLISHED:
            outside += cost(self.block(k), self.layer_calls(k))
        if self.sums is not None:
            return outside + self.sums.cost(cost_key)
        return outside + _sum(cost(self.block(i), self.layer_calls(i)), (i, 1, k - 1))

    def _width(self) -> SymbolicInt:
        """Registers and the work qubits of the input or of the last block, whichever has more.

        The last block has the most flags to test. Blocks under control hold one AND each while
        what is below them runs; k - 1 of them are added for blocks, an upper bound, since the last
        block may well be the widest without them.
        """
        under_control = self.variant is Variant.PUBLISHED or self.is_controlled
        own, held = self.signature.n_qubits(), self.k - 1 if under_control else 0
        last = with_control(self.block(self.k), self.is_controlled)
        found = {own + work + held for work in work_qubits(last)}
        for form, _ in self.layer_calls(sympy.Integer(0)).split(self.source):
            found |= {own + work + held + int(self.is_controlled) for work in work_qubits(form)}
        return largest(found)

    def __str__(self) -> str:
        return f"ResidualNetwork({self.k} blocks)"


def _sum(cost: Any, limits: tuple[sympy.Expr, ...]) -> Any:
    """`cost`, an expression or counts of several kinds, summed over an index."""
    if isinstance(cost, GateCounts):
        fields = [f.name for f in attrs.fields(GateCounts)]
        return GateCounts(**{name: _sum(getattr(cost, name), limits) for name in fields})
    if isinstance(cost, CallCounts):
        return CallCounts({name: _sum(count, limits) for name, count in cost.counts})
    return 0 if cost == 0 else sympy.Sum(cost, limits)


@bloq_example(generalizer=SAME_CALLS)
def _uniform_network_symbolic() -> UniformNetwork:
    return UniformNetwork(
        loaded_vector_symbolic_example.make(),
        diagonal_encoding_symbolic_example.make(),
        Variant.TIGHT,
        own.blocks,
        symbols.epsilon,
        symbols.norm,
    )


@bloq_example(generalizer=SAME_CALLS)
def _uniform_network() -> UniformNetwork:
    return UniformNetwork(
        loaded_vector_example.make(), diagonal_encoding_example.make(), Variant.TIGHT, 1, 0.9, 1.5
    )
