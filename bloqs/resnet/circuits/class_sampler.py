"""One shot of an encoded vector: prepare it, measure everything, read off a class."""

from collections.abc import Iterator
from typing import Any, Never

import cirq
from attrs import frozen
from qualtran import DecomposeTypeError, QAny, QUInt, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import MeasureZ
from qualtran.resource_counting import (
    BloqCountDictT,
    CostKey,
    QubitCount,
    SympySymbolAllocator,
)
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBloq, AbstractVectorEncoding, WireNames
from bloqs.encodings.deamplified_vector import deamplified_example, deamplified_symbolic_example
from bloqs.resnet import symbols as own
from bloqs.same_calls import SAME_CALLS
from estimator.costs.depth import AbstractDepth
from estimator.costs.keys import PeakQubits
from estimator.costs.known import known_cost


@frozen(cache_hash=True)
class ClassSampler(AbstractBloq):
    r"""Draws one class with the probabilities of a network's pooled output.

    The vector is prepared and all its qubits are measured once. If every ancilla is found in
    zero, the index belongs to one of C consecutive bins of equal size, and the bin is the class:
    pooling by squared moduli is what a measurement does, and costs nothing.

    Args:
        vector: vector-encoding of the output, without control.
        classes: C, at least 1, dividing the length of the vector.

    Registers:
        system: QUInt(n). Starts in zero; measured.
        ancilla: QAny(ancillas of `vector`), absent if there is none. Starts in zero; measured.

    Cost: one call of `vector` and one measurement a qubit. Being no unitary, it has neither
        inverse nor control. A shot fails with probability at most 1 - ((1 - epsilon) / alpha)**2.

    Raises:
        ValueError: if `classes` does not divide 2**n, or `vector` is controlled.

    Source: [RHGPR25] Def. 1 and B.7.
    """

    vector: AbstractVectorEncoding
    classes: SymbolicInt

    def __attrs_post_init__(self) -> None:
        if self.vector.control_registers:
            raise ValueError(f"{self.vector} has a control; a shot has none")
        n = self.vector.system_bitsize
        if not is_symbolic(n, self.classes) and (self.classes < 1 or 2**n % self.classes):
            raise ValueError(
                f"classes must divide the {2**n} entries of the vector, got {self.classes}"
            )

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return self.vector.wire_names

    @property
    def signature(self) -> Signature:
        ancilla = self.vector.ancilla_bitsize
        flags = (Register("ancilla", QAny(ancilla)),) if is_symbolic(ancilla) or ancilla else ()
        return Signature([Register("system", QUInt(self.vector.system_bitsize)), *flags])

    def decompose_from_registers(
        self, *, context: cirq.DecompositionContext, **quregs: Any
    ) -> Iterator[cirq.OP_TREE]:
        operation, _ = self.vector.as_cirq_op(context.qubit_manager, **quregs)
        yield operation
        for qubits in quregs.values():
            yield from (cirq.measure(qubit) for qubit in qubits)

    def decompose_bloq(self) -> Never:
        raise DecomposeTypeError(
            f"{self} measures every qubit; its circuit is one of Cirq operations, "
            f"`decompose_from_registers`"
        )

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        return {self.vector: 1, MeasureZ(): self.signature.n_qubits()}

    def my_static_costs(self, cost_key: CostKey[Any]) -> Any:
        if isinstance(cost_key, (PeakQubits, QubitCount, AbstractDepth)):
            return known_cost(self.vector, cost_key)
        return NotImplemented

    def __str__(self) -> str:
        return f"ClassSampler({self.classes} classes)"


@bloq_example(generalizer=SAME_CALLS)
def _class_sampler() -> ClassSampler:
    return ClassSampler(deamplified_example.make(), 2)


@bloq_example(generalizer=SAME_CALLS)
def _class_sampler_symbolic() -> ClassSampler:
    return ClassSampler(deamplified_symbolic_example.make(), own.classes)
