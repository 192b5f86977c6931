"""Measure which of three forms was not written, compiled from the forms to the outcome."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any

import cirq
import numpy as np
from attrs import frozen
from numpy.typing import NDArray
from qualtran import Bloq, QAny, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import Hadamard, MeasureZ, XGate
from qualtran.resource_counting import BloqCountDictT, CostKey, QubitCount, SympySymbolAllocator
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.hypergraph import symbols
from bloqs.hypergraph.circuits.exclusion_angles import Turns, excluding_basis, turns_to_a_state
from bloqs.hypergraph.circuits.form_phase import FormPhase
from bloqs.hypergraph.circuits.hyperedge_phase import HyperedgePhase
from bloqs.hypergraph.circuits.read import AbstractRead, numbered, on_qubits, read_out
from bloqs.hypergraph.model.field import product_monomials
from bloqs.hypergraph.model.vector_engine import signs
from bloqs.same_calls import SAME_CALLS
from estimator.costs.keys import PeakQubits
from estimator.costs.known import known_cost
from estimator.costs.simplify import largest

Forms = tuple[FormPhase, FormPhase, FormPhase]
EXCLUDED = {(1, 0): 0, (0, 1): 1, (0, 0): 2}
"""From the record to the number of the form that was not written."""


@frozen(cache_hash=True)
class ExclusionMeasurement(AbstractRead):
    r"""Reads two bits that say which of three phase states the modes were not in.

    With an orthonormal basis $e_1, e_2, e_3$ of the span, $e_j$ at right angles to state j, read
    $1 - 2|e_1\rangle\langle e_1|$ and $1 - 2|e_2\rangle\langle e_2|$ by Hadamard tests: 1 excludes
    state 1; 0, then 1, state 2; 0, 0, state 3. The reflection about $e_j$ is that about a state
    $\psi_t$ between turns $V^\dagger, V$ with $V e_j \propto \psi_t$. V is a product of turns
    $\exp(i \varphi |\psi_s\rangle\langle\psi_s|)$, s in a circle; each is a phase of all zeros
    between the writes of form s.

    Args:
        forms: the three.
        turns: of each V. Unit: turns.

    Registers:
        modes: QAny(n m), one mode after another, the highest power of each first.

    Cost: (4 turns + 2)(n m - 1) AND, 4 turns rotations, 8 turns + 4 phases of forms, 2
        measurements besides those of ANDs. Constant in the number of modes of the model.

    Raises:
        ValueError: if the forms are on different modes, two are alike, there is no turn, or no
            measurement excludes the states.

    Source: [CFS02] for the basis; the circuit is ours.
    """

    forms: Forms
    turns: SymbolicInt = 6

    def __attrs_post_init__(self) -> None:
        sizes = {(form.n, form.m) for form in self.forms}
        if len(self.forms) != 3 or len(sizes) > 1:
            raise ValueError(f"three forms on the same modes are told apart, got {self.forms}")
        if not is_symbolic(self.turns) and self.turns < 1:
            raise ValueError(f"ExclusionMeasurement needs at least one turn, got {self.turns}")
        if self.is_complete:
            _ = self.states  # refuses what cannot be excluded

    @property
    def n(self) -> SymbolicInt:
        """Modes."""
        return self.forms[0].n

    @property
    def m(self) -> SymbolicInt:
        """Bits of a mode."""
        return self.forms[0].m

    @property
    def reads(self) -> SymbolicInt:
        return 2

    @property
    def signature(self) -> Signature:
        return Signature([Register("modes", QAny(self.n * self.m))])

    @property
    def is_complete(self) -> bool:
        sized = not is_symbolic(self.n, self.m, self.turns)
        return sized and all(form.edges is not None for form in self.forms)

    @cached_property
    def states(self) -> NDArray[np.complex128]:
        """The states in the basis that excludes them; see `excluding_basis`."""
        return excluding_basis(overlaps(self.forms))

    @cached_property
    def compiled(self) -> tuple[Turns, Turns]:
        """The turns that take e_1, and e_2, to a state."""
        one, two = (_turns(self.forms, j, int(self.turns)) for j in (0, 1))
        return one, two

    @property
    def residual(self) -> float:
        """Distance of what is measured from the basis."""
        return max(each.residual for each in self.compiled)

    def operations(self, manager: cirq.QubitManager, **quregs: Any) -> Iterator[cirq.OP_TREE]:
        for place, turns in enumerate(self.compiled):
            yield from numbered(self._test(manager, turns, [*quregs["modes"]]), place)

    def _test(
        self, manager: cirq.QubitManager, turns: Turns, modes: list[cirq.Qid]
    ) -> Iterator[cirq.OP_TREE]:
        (ancilla,) = manager.qalloc(1)
        steps = [((turns.first + k) % 3, angle) for k, angle in enumerate(turns.angles)]
        yield cirq.H(ancilla)
        for s, angle in steps:
            yield from self._turn(manager, s, self._phase(angle), modes)
        yield from self._turn(
            manager, turns.target, HyperedgePhase(len(modes) + 1), modes, [ancilla]
        )
        for s, angle in reversed(steps):
            yield from self._turn(manager, s, self._phase(-angle), modes)
        yield cirq.H(ancilla)
        yield from read_out(manager, ancilla)

    def _phase(self, angle: Any) -> HyperedgePhase:
        return HyperedgePhase(self.n * self.m, angle, is_trainable=True)

    def _turn(
        self,
        manager: cirq.QubitManager,
        s: int,
        phase: HyperedgePhase,
        modes: list[cirq.Qid],
        control: list[cirq.Qid] | None = None,
    ) -> Iterator[cirq.OP_TREE]:
        """A phase of all zeros, seen from state s."""
        form = self.forms[s]
        yield on_qubits(form, manager, modes=modes)
        yield [cirq.H.on_each(*modes), cirq.X.on_each(*modes)]
        yield on_qubits(phase, manager, edge=[*(control or []), *modes])
        yield [cirq.X.on_each(*modes), cirq.H.on_each(*modes)]
        yield on_qubits(form, manager, modes=modes)

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        size, turns = self.n * self.m, self.turns
        both = 4 * turns + 2
        calls: Counter[Bloq] = Counter()
        if self.is_complete:
            for each in self.compiled:
                calls[self.forms[each.target]] += 2
                for k, angle in enumerate(each.angles):
                    calls[self.forms[(each.first + k) % 3]] += 4
                    calls[self._phase(angle)] += 1
                    calls[self._phase(-angle)] += 1
        else:
            calls[self.forms[0]] += 2 * both
            calls[self._phase(symbols.angle)] += 4 * turns
        calls[HyperedgePhase(size + 1)] += 2
        calls[Hadamard()] += 2 * both * size + 4
        calls[XGate()] += 2 * both * size
        calls[MeasureZ()] += 2
        return dict(calls)

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        if isinstance(cost_key, (PeakQubits, QubitCount)):
            size = self.n * self.m
            forms = {1 + known_cost(form, PeakQubits()) for form in self.forms}
            return largest({2 * size, *forms})
        return NotImplemented

    def __str__(self) -> str:
        return f"ExclusionMeasurement(n={self.n}, m={self.m}, {self.turns} turns)"


def phases(form: FormPhase) -> NDArray[Any]:
    """1 or -1 at each point, the first mode in the highest bits, the highest power first."""
    n, m = int(form.n), int(form.m)
    masks = []
    for modes, weight in form.edges or ():
        for bits in product_monomials(weight, len(modes), m):
            places = (n * m - 1 - (m * v + m - 1 - bit) for v, bit in zip(modes, bits, strict=True))
            masks.append(sum(1 << place for place in places))
    return signs(tuple(masks), 2 ** (n * m))


def overlaps(forms: Forms) -> list[list[Fraction]]:
    """Of the states of three forms, exactly.

    Raises:
        ValueError: if two are alike.
    """
    found = [phases(form) for form in forms]
    gram = [[Fraction(int(one @ two), len(one)) for two in found] for one in found]
    if any(abs(gram[i][j]) == 1 for i, j in ((0, 1), (0, 2), (1, 2))):
        raise ValueError("three different forms are told apart, got two alike; write another")
    return gram


@lru_cache(maxsize=256)
def _turns(forms: Forms, vector: int, number: int) -> Turns:
    return turns_to_a_state(excluding_basis(overlaps(forms)), vector, number)


def _edges(*modes: tuple[int, ...], weight: int = 1) -> tuple[tuple[tuple[int, ...], int], ...]:
    return tuple((each, weight) for each in modes)


@bloq_example(generalizer=SAME_CALLS)
def _exclusion_measurement() -> ExclusionMeasurement:
    edges = (_edges((0, 1)), _edges((2, 3)), _edges((0, 1), (2, 3), (1,)))
    one, two, three = (FormPhase(4, 1, each) for each in edges)
    return ExclusionMeasurement((one, two, three))


@bloq_example(generalizer=SAME_CALLS)
def _exclusion_measurement_field() -> ExclusionMeasurement:
    zero, one, two = (
        FormPhase(3, 2, each) for each in ((), _edges((0, 1, 2)), _edges((0, 1, 2), weight=2))
    )
    return ExclusionMeasurement((zero, one, two))


@bloq_example(generalizer=SAME_CALLS)
def _exclusion_measurement_symbolic() -> ExclusionMeasurement:
    kinds = ((symbols.k, symbols.weight, symbols.writes),)
    form = FormPhase(symbols.n, symbols.m, None, kinds=kinds)
    return ExclusionMeasurement((form, form, form))
