"""A residual network as the list of its layers and of how often each of them runs."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import attrs
import sympy
from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.resource_counting import (
    CostKey,
    GateCounts,
    QECGatesCost,
    QubitCount,
)
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import AbstractVectorEncoding, WireNames
from bloqs.composite import AbstractComposite, controlled_form, with_control
from bloqs.data_loading.loaded_vector import loaded_vector_symbolic_example
from bloqs.encodings.diagonal import diagonal_encoding_symbolic_example
from bloqs.resnet.circuits.cost_pattern import put_in, work_qubits
from bloqs.resnet.circuits.layer_calls import PREVIOUS, LayerCalls, previous_vector
from bloqs.resnet.circuits.layer_sums import ListedSums
from bloqs.resnet.circuits.network_outline import layers_outline
from bloqs.resnet.circuits.output_block import OutputBlock
from bloqs.resnet.circuits.residual_block import ResidualBlock, residual_block_example
from bloqs.resnet.model.block_plan import Variant, block_plan
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols
from estimator.costs.depth import AbstractDepth
from estimator.costs.keys import CallCounts, OracleCalls, PeakQubits
from estimator.costs.known import known_cost
from estimator.costs.simplify import largest, weighted_sum
from estimator.drawing.outline import Outline

Layer = ResidualBlock | OutputBlock


@frozen(cache_hash=True)
class LayeredNetwork(AbstractComposite, AbstractVectorEncoding):
    r"""Prepares what a stack of layers prepares; each layer calls the one before it.

    The layers nested in each other are the circuit (`nested`). Their cost multiplies out: layer i
    runs $R_i = \prod_{j>i} q_j$ times, $q_j$ the calls that layer j makes of its vector, so that
    with symbols no more than the layers' own costs have to be worked out.

    Args:
        source: the vector-encoding of the input, without control.
        layers: first to last, each with a `VectorOracle` that has the ancillas of the one before.
        names: what the runs of the input and of all layers but the last are called in costs, in
            place of the products that they are (`definitions`); none if empty.
        parts: symbols in the layers, for degrees and for errors of the vectors that they call, and
            what they stand for.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero.
        ancilla: QAny(that of the last layer). Starts in zero; finding zero again flags success.

    Encodes: the last layer's vector with its alpha and epsilon (l2 norm), which may be in names of
        errors of earlier layers.

    Cost: the sum over layers of their own cost times their `LayerCalls`.

    Raises:
        ValueError: if there is no layer, or ancillas of neighbours do not fit.

    Source: [RHGPR25] Lem. 7 and Thm. 2.
    """

    source: AbstractVectorEncoding
    layers: tuple[Layer, ...]
    names: tuple[sympy.Symbol, ...] = ()
    parts: tuple[tuple[sympy.Symbol, sympy.Expr], ...] = ()

    def __attrs_post_init__(self) -> None:
        if not self.layers:
            raise ValueError("a network needs at least one layer")
        if self.names and len(self.names) != len(self.layers):
            raise ValueError(f"{len(self.layers)} layers need as many names, got {len(self.names)}")
        for before, layer in zip((self.source, *self.layers), self.layers, strict=False):
            if sympy.expand(before.ancilla_bitsize - layer.vector.ancilla_bitsize) != 0:
                raise ValueError(
                    f"{layer} starts from {layer.vector.ancilla_bitsize} ancillas, but what comes "
                    f"before has {before.ancilla_bitsize}"
                )

    @cached_property
    def layer_calls(self) -> tuple[LayerCalls, ...]:
        """Runs of the input and of each layer, first to last."""
        found = [LayerCalls.once(self.is_controlled)]
        for i in range(len(self.layers) - 1, -1, -1):
            runs = found[-1].before(self.layers[i].plan)
            found.append(runs.named(self.names[i]) if self.names else runs)
        return tuple(found[::-1])

    @property
    def definitions(self) -> dict[sympy.Symbol, SymbolicInt]:
        """What names of runs stand for, in names of later layers, those of `sums` and `parts`."""
        products = {
            name: later.before(layer.plan).total
            for name, later, layer in zip(
                self.names, self.layer_calls[1:], self.layers, strict=False
            )
        }
        sums = {} if self.sums is None else self.sums.definitions
        return {**sums, **products, **dict(self.parts)}

    @cached_property
    def sums(self) -> ListedSums | None:
        """The largest group of layers of one form, if they are several and there are names.

        It is that of the network without control, so that a name means the same under control;
        where layers of the group then run in several forms, nothing is summed.
        """
        if not self.names:
            return None
        groups: dict[Bloq | None, list[int]] = {}
        for i, form in enumerate(attrs.evolve(self, is_controlled=False).forms):
            groups.setdefault(form, []).append(i)
        groups.pop(None, None)
        found = max(groups.values(), key=len, default=[])
        form = self.forms[found[0]] if len(found) > 1 else None
        if form is None or any(self.forms[i] != form for i in found):
            return None
        return ListedSums(
            form=form.adjoint() if self.is_adjoint else form,
            layers=tuple(1 + i for i in found),
            layer_calls=tuple(self.layer_calls[1 + i] for i in found),
            values=tuple(self.layers[i].pattern[1] for i in found),
        )

    @cached_property
    def forms(self) -> tuple[Bloq | None, ...]:
        """The pattern of each layer as it runs, under control or not; None if it runs as both."""
        return tuple(
            with_control(layer.pattern[0], runs.controlled_total != 0)
            if runs.controlled_total in (0, runs.total)
            else None
            for layer, runs in zip(self.layers, self.layer_calls[1:], strict=True)
        )

    @cached_property
    def nested(self) -> AbstractVectorEncoding:
        """The same network as layers inside layers."""
        return self._nested_layers[-1]

    @cached_property
    def _nested_layers(self) -> tuple[AbstractVectorEncoding, ...]:
        """The input, and each layer with those before it inside."""
        found: list[AbstractVectorEncoding] = [self.source]
        for layer in self.layers:
            found.append(attrs.evolve(layer, vector=found[-1]))
        return tuple(found)

    @property
    def layer_names(self) -> tuple[str, ...]:
        """What answers call the input and each layer."""
        numbered = enumerate(self.layers, start=1)
        blocks = (f"block {i}" if isinstance(x, ResidualBlock) else "output" for i, x in numbered)
        return ("input", *blocks)

    @property
    def system_names(self) -> WireNames:
        first = self.layers[0]
        inside = first.weights if isinstance(first, ResidualBlock) else self.source
        return inside.system_names

    @property
    def b(self) -> SymbolicInt | None:
        """Bits of an angle of the input; `None` if the input has no such table. Unit: qubits."""
        bits: SymbolicInt | None = getattr(self.source, "b", None)
        return bits

    @property
    def outline(self) -> Outline:
        """Input and layers, each with the number of its runs."""
        steps = (self.source, *self.layers)
        forms = [
            tuple(f for f, _ in n.split(x)) for x, n in zip(steps, self.layer_calls, strict=True)
        ]
        if not self.is_layered:
            whole = ((x, controlled_form(x)) for x in self._nested_layers)
            forms = [(*form, *more) for form, more in zip(forms, whole, strict=True)]
        runs = (calls.total for calls in self.layer_calls)
        return layers_outline(
            self.system_names,
            tuple(zip(self.layer_names, steps, runs, strict=True)),
            [step.ancilla_bitsize for step in steps],
            [(*form, *(x.adjoint() for x in form)) for form in forms],
            is_controlled=self.is_controlled,
            is_adjoint=self.is_adjoint,
        )

    @property
    def alpha(self) -> SymbolicFloat:
        return self.layers[-1].alpha

    @property
    def epsilon(self) -> SymbolicFloat:
        return self.layers[-1].epsilon

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.source.system_bitsize

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.layers[-1].ancilla_bitsize

    @property
    def is_layered(self) -> bool:
        """Whether the call graph lists layers: it does where some layer has no circuit."""
        return any(layer.phases is None for layer in self.layers)

    @cached_property
    def layered(self) -> dict[Bloq, SymbolicInt]:
        """Input and layers, forwards and backwards, and how often each of them runs."""
        return self._listed(range(1 + len(self.layers)))

    def _listed(self, numbers: Iterable[int]) -> dict[Bloq, SymbolicInt]:
        """How often the layers of these numbers run, the input being 0."""
        calls: dict[Bloq, SymbolicInt] = {}
        for number in numbers:
            step = self.layers[number - 1] if number else self.source
            for form, times in self.layer_calls[number].split(step):
                calls[form] = calls.get(form, 0) + times
        return calls

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        if self.is_layered:
            return self.layered
        return {with_control(self.nested, self.is_controlled): 1}

    def write(self, wires: Wires) -> None:
        step = with_control(self.nested, self.is_controlled)
        system, ancilla = self.wires_of("system"), self.wires_of("ancilla")
        wires.on(step, ctrl=self.control, system=system, ancilla=ancilla)

    def my_static_costs(self, cost_key: CostKey[Any]) -> Any:
        if isinstance(cost_key, (PeakQubits, QubitCount)):
            return self._width()
        if isinstance(cost_key, OracleCalls):
            total = sum((n * cost for cost, n in self._costs(cost_key).items()), CallCounts())
            counts = total.asdict()
            counts.pop(PREVIOUS, None)
            return CallCounts(counts)
        if isinstance(cost_key, QECGatesCost):
            costs = [(n, cost) for cost, n in self._costs(cost_key).items()]
            fields = [field.name for field in attrs.fields(GateCounts)]
            counts = {f: weighted_sum((n, getattr(cost, f)) for n, cost in costs) for f in fields}
            return GateCounts(**counts)
        if isinstance(cost_key, AbstractDepth):
            return weighted_sum((n, cost) for cost, n in self._costs(cost_key).items())
        return NotImplemented

    def _costs(self, cost_key: CostKey[Any]) -> dict[Any, SymbolicInt]:
        """Costs of the input and the layers, and how often each of them occurs."""
        runs: dict[Any, SymbolicInt] = {}
        left = self.layered
        if self.sums is not None:
            runs[self.sums.cost(cost_key)] = 1
            others = set(range(1 + len(self.layers))) - {*self.sums.layers}
            left = self._listed(sorted(others))
        for form, times in left.items():
            step = form.adjoint() if self.is_adjoint else form
            cost = known_cost(step, cost_key)
            runs[cost] = runs.get(cost, 0) + times
        return runs

    def _width(self) -> SymbolicInt:
        """Registers of the last layer and the most work qubits of any layer.

        Above a layer that runs under control, each sum that does too holds the AND of its own.
        """
        most: dict[SymbolicInt, int] = {}
        for step, runs, held in zip(
            (self.source, *self.layers), self.layer_calls, self.held, strict=True
        ):
            patterned = self.is_layered and isinstance(step, Layer)
            for form, _ in runs.split(step.pattern[0] if patterned else step):
                for term in work_qubits(form):
                    work = put_in(term, step.pattern[1]) if patterned else term
                    most[work] = max(held, most.get(work, 0))
        own = self.signature.n_qubits()
        return largest({own + work + held for work, held in most.items()})

    @property
    def held(self) -> list[int]:
        """AND qubits that layers above hold while the input, or a layer, runs. Unit: qubits."""
        under_control = [runs.controlled_total != 0 for runs in self.layer_calls[1:]]
        return [sum(under_control[i:]) for i in range(len(self.layer_calls))]

    def __str__(self) -> str:
        return f"ResidualNetwork{'†' if self.is_adjoint else ''}({len(self.layers)} layers)"


@bloq_example(generalizer=SAME_CALLS)
def _layered_network() -> LayeredNetwork:
    block = residual_block_example.make()
    source, ancillas = block.vector, block.vector.ancilla_bitsize
    first = attrs.evolve(block, vector=previous_vector(source.system_bitsize, ancillas))
    return LayeredNetwork(source, (first,))


@bloq_example(generalizer=SAME_CALLS)
def _layered_network_symbolic() -> LayeredNetwork:
    source, weights = (
        loaded_vector_symbolic_example.make(),
        diagonal_encoding_symbolic_example.make(),
    )
    entries = sympy.Integer(2) ** source.system_bitsize
    plan = block_plan(Variant.TIGHT, weights.alpha, symbols.norm, entries, symbols.epsilon, 0)
    layers: list[ResidualBlock] = []
    for before in range(2):
        ancillas = layers[-1].ancilla_bitsize if before else source.ancilla_bitsize
        vector = previous_vector(source.system_bitsize, ancillas)
        layers.append(ResidualBlock(vector, weights, plan, None, symbols.norm))
    return LayeredNetwork(source, tuple(layers))
