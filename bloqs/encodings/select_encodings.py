"""One of several encoded operators, chosen by an index."""

from collections.abc import Iterator

import numpy as np
from attrs import frozen
from qualtran import Bloq, QAny, QUInt, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import CNOT, XGate
from qualtran.bloqs.mcmt import And
from qualtran.resource_counting import CostKey, QubitCount
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBlockEncoding, WireNames
from bloqs.composite import AbstractComposite, controlled_form
from bloqs.data_loading.unary_iteration import walk
from bloqs.encodings.diagonal import diagonal_encoding_example, diagonal_encoding_symbolic_example
from bloqs.encodings.parts import check_equal_systems, check_parts
from bloqs.gates.phase_shift import gates_of_phase
from bloqs.same_calls import SAME_CALLS
from bloqs.serial import serial_cost
from bloqs.wires import Wire, Wires
from estimator import symbols
from estimator.costs.keys import PeakQubits
from estimator.costs.known import known_cost
from estimator.costs.simplify import largest


@frozen(cache_hash=True)
class SelectEncodings(AbstractComposite):
    r"""Applies $\sum_j |j\rangle\langle j| \otimes e^{i \theta_j} U_j$ for D encodings $U_j$.

    A walk through a binary tree of ANDs makes, for one index after the other, a wire that is one
    where the index is that; it controls the encoding and carries the phase.

    Args:
        encodings: at least two block-encodings on systems of equal size, without controls. They
            share their ancillas: each uses the first of them.
        phases: $\theta_j$. Unit: radians. Zero is no gate and pi is a Z.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        index: QUInt(ceil(log2(D))). Must hold less than D.
        system: QUInt(system_bitsize).
        ancilla: QAny(max a_j), absent if zero.

    Cost: D - 2 AND (D - 1 if controlled), one controlled call of each encoding, and one rotation
        for each phase that is neither zero nor pi; ceil(log2(D)) - 1 work qubits (one more if
        controlled) beside those of the encodings.

    Raises:
        ValueError: if there are less than two encodings, their systems differ in size, one is
            controlled, or there are not as many phases.

    Source: [BGBWMPFN18] Sec. III.A.
    """

    encodings: tuple[AbstractBlockEncoding, ...]
    phases: tuple[SymbolicFloat, ...]

    def __attrs_post_init__(self) -> None:
        check_parts("choice", *self.encodings, least=2)
        check_equal_systems("choice", *self.encodings)
        if len(self.phases) != len(self.encodings):
            raise ValueError(
                f"{len(self.encodings)} encodings need as many phases, got {len(self.phases)}"
            )

    @property
    def index_bitsize(self) -> int:
        """Width of the index. Unit: qubits."""
        return (len(self.encodings) - 1).bit_length()

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        """Ancillas of the encoding that has most. Unit: qubits."""
        return largest(encoding.ancilla_bitsize for encoding in self.encodings)

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {
            "index": (("selection", self.index_bitsize),),
            "system": self.encodings[0].system_names,
            "ancilla": (("shared flags", self.ancilla_bitsize),),
        }

    @property
    def signature(self) -> Signature:
        ancilla = self.ancilla_bitsize
        flags = [Register("ancilla", QAny(ancilla))] if is_symbolic(ancilla) or ancilla else []
        index = Register("index", QUInt(self.index_bitsize))
        system = Register("system", QUInt(self.encodings[0].system_bitsize))
        return Signature([*self.control_registers, index, system, *flags])

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        ands = len(self.encodings) - (1 if self.is_controlled else 2)
        calls: dict[Bloq, SymbolicInt] = {And(1, 0): ands, And().adjoint(): ands, CNOT(): ands}
        calls[XGate()] = 0 if self.is_controlled else 2
        turns = [gate for phase in self.phases for gate in gates_of_phase(phase)]
        for step in (*map(controlled_form, self.encodings), *turns):
            calls[step] = calls.get(step, 0) + 1
        return calls

    def write(self, wires: Wires) -> None:
        system, ancilla = self.wires_of("system"), self.wires_of("ancilla")

        def apply(wire: Wire | None, j: int) -> None:
            own = ancilla[: self.encodings[j].ancilla_bitsize]
            encoding = controlled_form(self.encodings[j])
            wires.on(encoding, ctrl=[wire], system=system, ancilla=own)
            for gate in gates_of_phase(self.phases[j]):
                wires.gate(gate, q=wire)

        control = self.control[0] if self.is_controlled else None
        walk(wires, self.wires_of("index"), control, len(self.encodings), apply)

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        if not isinstance(cost_key, (PeakQubits, QubitCount)):
            return serial_cost(self, cost_key)
        own = self.signature.n_qubits()
        moments = set()
        held = _ands_alive(len(self.encodings), self.is_controlled)
        for encoding, ands in zip(self.encodings, held, strict=True):
            step = controlled_form(encoding)
            work = known_cost(step, PeakQubits()) - step.signature.n_qubits()
            moments.add(own + ands + work)
        return largest(moments)

    def __str__(self) -> str:
        return f"Select{'†' if self.is_adjoint else ''}({len(self.encodings)} encodings)"


def _ands_alive(length: int, has_wire: bool) -> Iterator[int]:
    """Number of ANDs alive at each leaf of a walk through so many addresses."""
    if length == 1:
        yield 0
        return
    half = 2 ** ((length - 1).bit_length() - 1)
    for part in (half, length - half):
        for ands in _ands_alive(part, True):
            yield ands + int(has_wire)


@bloq_example(generalizer=SAME_CALLS)
def _select_encodings() -> SelectEncodings:
    return SelectEncodings((diagonal_encoding_example.make(),) * 3, (0.0, float(np.pi), 0.25))


@bloq_example(generalizer=SAME_CALLS)
def _select_encodings_controlled() -> SelectEncodings:
    return SelectEncodings((diagonal_encoding_example.make(),) * 2, (0.0, 0.5), is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def select_encodings_symbolic_example() -> SelectEncodings:
    diagonal = diagonal_encoding_symbolic_example.make()
    return SelectEncodings((diagonal, diagonal.adjoint(), diagonal), (0.0, symbols.theta, 0.5))
