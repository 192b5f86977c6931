"""A step that a looked-up word describes: load the word, act on it, take it away again."""

import abc
from typing import Any

from attrs import frozen
from qualtran import (
    Bloq,
    BloqBuilder,
    DecomposeTypeError,
    QBit,
    QUInt,
    Register,
    Signature,
    SoquetT,
)
from qualtran.resource_counting import (
    BloqCountDictT,
    CostKey,
    QubitCount,
    SympySymbolAllocator,
)
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBloq, AbstractLoader, AbstractLookup
from bloqs.wires import Wire, Wires
from estimator.costs.keys import ToffoliDepth
from estimator.costs.known import known_cost
from estimator.costs.simplify import largest


@frozen
class AbstractWordStep(AbstractBloq):
    r"""Applies $|l\rangle \psi \to |l\rangle U_l \psi$, where a word says what $U_l$ is.

    Zero is the word of the identity, so the control of the lookup alone controls the step.
    Subclasses are final. They define the fields `c`, the width of l, `loader` and `is_controlled`,
    and what is abstract here.
    """

    c: SymbolicInt
    loader: AbstractLoader
    is_controlled: bool

    @property
    @abc.abstractmethod
    def words(self) -> tuple[int, ...] | None:
        """The table of 2**c words, or `None` when only its size matters."""

    @property
    @abc.abstractmethod
    def word_bitsize(self) -> SymbolicInt:
        """Width of a word. Unit: qubits."""

    @property
    @abc.abstractmethod
    def targets(self) -> list[Register]:
        """What the step acts on."""

    @property
    @abc.abstractmethod
    def gates(self) -> dict[Bloq, SymbolicInt]:
        """What `act` applies."""

    @property
    @abc.abstractmethod
    def work(self) -> SymbolicInt:
        """Work qubits of `act`. Unit: qubits."""

    @abc.abstractmethod
    def act(self, wires: Wires, word: list[Wire], targets: dict[str, list[Wire]]) -> None:
        """Write U of the word."""

    @property
    def lookup(self) -> AbstractLookup:
        """The load of the word."""
        return self.loader.lookup(self.words, self.c, self.word_bitsize, self.is_controlled)

    @property
    def signature(self) -> Signature:
        control = [Register("ctrl", QBit())] if self.is_controlled else []
        return Signature([*control, Register("colour", QUInt(self.c)), *self.targets])

    def build_composite_bloq(self, bb: BloqBuilder, **soqs: Any) -> dict[str, SoquetT]:
        if is_symbolic(self.c, self.word_bitsize) or self.words is None:
            raise DecomposeTypeError(f"{self} has a symbolic size or no table, so no circuit")
        wires = Wires(bb)
        control = {"ctrl": soqs.pop("ctrl")} if self.is_controlled else {}
        held = bb.add_d(self.lookup, address=soqs.pop("colour"), **control)
        targets = {name: wires.split(name, soq) for name, soq in soqs.items()}
        word = wires.split("word", held.pop("target"))
        self.act(wires, word, targets)
        target = wires.join(word, QUInt(self.word_bitsize))
        kept = bb.add_d(self.lookup.adjoint(), target=target, **held)
        colour = kept.pop("address")
        return {**kept, "colour": colour, **wires.registers(self.targets)}

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        gates = {gate: times for gate, times in self.gates.items() if is_symbolic(times) or times}
        return {self.lookup: 1, self.lookup.adjoint(): 1, **gates}

    def my_static_costs(self, cost_key: CostKey) -> Any:
        load = self.lookup
        if isinstance(cost_key, QubitCount):
            held = self.word_bitsize * (1 + load.junk)
            beyond = largest({load.work, load.adjoint().work, self.work})
            return self.signature.n_qubits() + held + beyond
        if isinstance(cost_key, ToffoliDepth):
            own = sum(known_cost(gate, cost_key) * times for gate, times in self.gates.items())
            return sum(known_cost(x, cost_key) for x in (load, load.adjoint())) + own
        return NotImplemented
