"""A network as a chain of parts, each of which calls the one before it."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import attrs
import sympy
from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.resource_counting import CostKey, GateCounts, QECGatesCost, QubitCount
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import AbstractVectorEncoding, WireNames
from bloqs.composite import AbstractComposite, controlled_form, with_control
from bloqs.data_loading.loaded_vector import loaded_vector_example, loaded_vector_symbolic_example
from bloqs.encodings.deamplified_vector import Deamplified
from bloqs.encodings.vector_sum import VectorSum
from bloqs.feedforward.circuits.earlier_vector import EarlierVector
from bloqs.feedforward.circuits.replaced_parts import starting_from
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols
from estimator.costs.depth import AbstractDepth
from estimator.costs.gate_counts import callees_of
from estimator.costs.keys import CallCounts, OracleCalls, PeakQubits
from estimator.costs.known import known_cost
from estimator.costs.simplify import largest

Form = tuple[bool, bool]
"""Whether a run is under control, and whether it is the inverse."""

PLAIN: Form = (False, False)


@frozen(cache_hash=True)
class LayerChain(AbstractComposite, AbstractVectorEncoding):
    """Prepares what a chain of parts prepares; each part calls the one before it.

    The parts nested in each other are the circuit (`nested`). Their costs multiply out: how often
    a part runs, forwards, backwards and under control, follows from the calls in the call graphs
    of those after it.

    Args:
        source: the vector-encoding of the input, without control.
        parts: first to last, each calling an `EarlierVector` with the sizes of the one before.
        is_listed: whether the call graph lists the parts' runs; else the nested circuit is the
            only step.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n), that of the last part. Starts in zero.
        ancilla: that of the last part. Starts in zero; finding zero again flags success.

    Encodes: the last part's vector with its alpha and epsilon (l2 norm).

    Cost: the sum over parts of their own cost times their runs.

    Raises:
        ValueError: if there is no part.

    Source: [RHGPR25] Lem. 7 for the product of calls; the chain is ours.
    """

    source: AbstractVectorEncoding
    parts: tuple[AbstractVectorEncoding, ...]
    is_listed: bool = False

    def __attrs_post_init__(self) -> None:
        if not self.parts:
            raise ValueError("a chain needs at least one part")

    @property
    def last(self) -> AbstractVectorEncoding:
        """The last part."""
        return self.parts[-1]

    @property
    def alpha(self) -> SymbolicFloat:
        return self.last.alpha

    @property
    def epsilon(self) -> SymbolicFloat:
        return self.last.epsilon

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.last.system_bitsize

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.last.ancilla_bitsize

    @property
    def system_names(self) -> WireNames:
        return self.last.system_names

    @cached_property
    def nested(self) -> AbstractVectorEncoding:
        """The same network as parts inside parts."""
        made = [self.source]
        for part in self.parts:
            made.append(starting_from(part, lambda _: made[-1]))
        return made[-1]

    @cached_property
    def runs(self) -> tuple[dict[Form, int], ...]:
        """How often the input and each part run, by form, first to last."""
        found: list[dict[Form, int]] = [{(self.is_controlled, self.is_adjoint): 1}]
        for part in reversed(self.parts):
            before: dict[Form, int] = {}
            for form, times in found[-1].items():
                for called, calls in earlier_calls(form_of(part, form)).items():
                    before[called] = before.get(called, 0) + times * calls
            found.append(before)
        return tuple(reversed(found))

    def runs_of(self, number: int) -> Iterator[tuple[Bloq, int]]:
        """The forms in which a part runs and how often; 0 is the input."""
        step = self.parts[number - 1] if number else self.source
        for form, times in self.runs[number].items():
            yield form_of(step, form), times

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        if not self.is_listed:
            return {with_control(self.nested, self.is_controlled): 1}
        forwards = attrs.evolve(self, is_adjoint=False) if self.is_adjoint else self
        calls: dict[Bloq, SymbolicInt] = {}
        for number in range(1 + len(self.parts)):
            for bloq, times in forwards.runs_of(number):
                calls[bloq] = calls.get(bloq, 0) + times
        return calls

    def write(self, wires: Wires) -> None:
        step = with_control(self.nested, self.is_controlled)
        system, ancilla = self.wires_of("system"), self.wires_of("ancilla")
        wires.on(step, ctrl=self.control, system=system, ancilla=ancilla)

    def my_static_costs(self, cost_key: CostKey[Any]) -> Any:
        if isinstance(cost_key, (PeakQubits, QubitCount)):
            return self.widths[-1]
        if isinstance(cost_key, QECGatesCost):
            total = GateCounts()
            for bloq, times in self._all_runs():
                total += times * known_cost(bloq, cost_key)
            return total
        if isinstance(cost_key, OracleCalls):
            calls: dict[str, SymbolicInt] = {}
            for bloq, times in self._all_runs():
                for name, count in known_cost(bloq, cost_key).asdict().items():
                    calls[name] = calls.get(name, 0) + times * count
            calls.pop("earlier vector", None)
            return CallCounts(calls)
        if isinstance(cost_key, AbstractDepth):
            return sum(times * known_cost(bloq, cost_key) for bloq, times in self._all_runs())
        return NotImplemented

    def _all_runs(self) -> Iterator[tuple[Bloq, int]]:
        for number in range(1 + len(self.parts)):
            yield from self.runs_of(number)

    @cached_property
    def widths(self) -> tuple[SymbolicInt, ...]:
        """Qubits of the circuit up to the input and up to each part, in its widest form."""
        found: list[SymbolicInt] = []
        work: SymbolicInt = 0
        before: AbstractVectorEncoding | None = None
        for number, step in enumerate((self.source, *self.parts)):
            opened = step
            if before is not None:
                sizes = before.system_bitsize, before.ancilla_bitsize
                earlier = EarlierVector(*sizes, before.alpha, before.epsilon, work=work)
                opened = starting_from(step, lambda _: earlier)  # noqa: B023  called at once
            forms = [form_of(opened, form) for form in self.runs[number]]
            peaks = [known_cost(form, PeakQubits()) for form in forms]
            pairs = zip(peaks, forms, strict=True)
            work = largest({sympy.expand(p - form.signature.n_qubits()) for p, form in pairs})
            found.append(largest({sympy.sympify(peak) for peak in peaks}))
            before = step
        return tuple(found)

    def __str__(self) -> str:
        return f"Network{'†' if self.is_adjoint else ''}({len(self.parts)} parts)"


def form_of(step: Bloq, form: Form) -> Bloq:
    """A part under control or not, forwards or backwards."""
    is_controlled, is_adjoint = form
    bloq = controlled_form(step) if is_controlled else step
    return bloq.adjoint() if is_adjoint else bloq


def earlier_calls(bloq: Bloq) -> dict[Form, int]:
    """How often a part calls the vector it starts from, by form."""
    return _earlier_calls(bloq, {})


def _earlier_calls(bloq: Bloq, known: dict[Bloq, dict[Form, int]]) -> dict[Form, int]:
    if isinstance(bloq, EarlierVector):
        return {(bloq.is_controlled, bloq.is_adjoint): 1}
    if bloq not in known:
        found: dict[Form, int] = {}
        for part, times in callees_of(bloq):
            if not isinstance(part, AbstractComposite | EarlierVector):
                continue
            for form, calls in _earlier_calls(part, known).items():
                found[form] = found.get(form, 0) + times * calls
        known[bloq] = found
    return known[bloq]


def _sum_of_two() -> AbstractVectorEncoding:
    earlier = EarlierVector(2, 0, 1.0, 0.0)
    return VectorSum(earlier, Deamplified(earlier, 2.0), 0.5, 0.75)


@bloq_example(generalizer=SAME_CALLS)
def _layer_chain() -> LayerChain:
    return LayerChain(loaded_vector_example.make(), (_sum_of_two(),))


@bloq_example(generalizer=SAME_CALLS)
def _layer_chain_of_two_controlled() -> LayerChain:
    first = _sum_of_two()
    earlier = EarlierVector(2, first.ancilla_bitsize, first.alpha, first.epsilon)
    second = VectorSum(earlier, Deamplified(earlier, 2.0), 0.5, 0.5)
    return LayerChain(loaded_vector_example.make(), (first, second), is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _layer_chain_symbolic() -> LayerChain:
    source = loaded_vector_symbolic_example.make()
    earlier = EarlierVector(source.system_bitsize, 0, 1, source.epsilon)
    first = VectorSum(earlier, Deamplified(earlier, symbols.kappa), symbols.delta, symbols.norm)
    again = EarlierVector(first.system_bitsize, first.ancilla_bitsize, first.alpha, first.epsilon)
    return LayerChain(source, (first, Deamplified(again, 2)), is_listed=True)
