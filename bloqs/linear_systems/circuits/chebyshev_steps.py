"""The steps that all terms of a sum of Chebyshev polynomials share, as many as an index says."""

from typing import Any

import sympy
from attrs import frozen
from qualtran import Bloq, QAny, QUInt, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import CNOT, CZ, XGate, ZGate
from qualtran.bloqs.mcmt import And
from qualtran.resource_counting import CostKey, QubitCount
from qualtran.symbolics import SymbolicInt, bit_length, is_symbolic

from bloqs.abstract import AbstractBlockEncoding, WireNames
from bloqs.composite import AbstractComposite
from bloqs.data_loading.unary_iteration import walk
from bloqs.encodings.diagonal import diagonal_encoding_example
from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.parts import check_parts
from bloqs.encodings.zero_reflection import ZeroReflection
from bloqs.readout.held import peak_width
from bloqs.same_calls import SAME_CALLS
from bloqs.serial import serial_cost
from bloqs.wires import Wire, Wires
from estimator import symbols
from estimator.costs.keys import PeakQubits


@frozen(cache_hash=True)
class ChebyshevSteps(AbstractComposite):
    r"""Applies $(-1)^j S^j$ where an index is j, $S = U^\dagger R U R$ with $R = 1 - 2 \Pi$.

    After one call of $U^\dagger$, j steps turn $T_1$ into $\pm T_{2j+1}$ of the singular values of
    the adjoint, with the sign $(-1)^j$ taken back. Without the reflections a step is the identity.
    A walk over the index keeps a wire that says whether the index is at least j, and that wire
    controls the reflections alone. So all terms share the calls of the last one.

    Args:
        encoding: U, a block-encoding with at least one ancilla, without control.
        terms: values of the index that are asked about, at least 2; the others must not occur.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        index: QUInt(ceil(log2(terms))).
        system: QUInt(n).
        ancilla: QAny(a).

    Cost: terms - 1 calls of U and as many of its inverse, 2 (terms - 1) controlled reflections of a
        flags, terms - 2 AND (terms - 1 if controlled).

    Raises:
        ValueError: if there are less than two terms, or U is controlled or has no ancilla.

    Source: [CKS17] Sec. 4; the shared calls as in [BGBWMPFN18] Sec. III.A for accumulated controls.
    """

    encoding: AbstractBlockEncoding
    terms: SymbolicInt

    def __attrs_post_init__(self) -> None:
        check_parts("linear combination", self.encoding)
        if not is_symbolic(self.terms) and self.terms < 2:
            raise ValueError(f"a linear combination needs at least two terms, got {self.terms}")
        a = self.encoding.ancilla_bitsize
        if not is_symbolic(a) and a < 1:
            raise ValueError(f"{self.encoding} has no ancilla; a solver needs at least one")

    @property
    def index_bitsize(self) -> SymbolicInt:
        """Width of the index. Unit: qubits."""
        if is_symbolic(self.terms):
            return sympy.ceiling(sympy.expand_log(sympy.log(self.terms)) / sympy.log(2))
        return bit_length(self.terms - 1)

    @property
    def signature(self) -> Signature:
        index = Register("index", QUInt(self.index_bitsize))
        system = Register("system", QUInt(self.encoding.system_bitsize))
        ancilla = Register("ancilla", QAny(self.encoding.ancilla_bitsize))
        return Signature([*self.control_registers, index, system, ancilla])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {
            "index": (("term", self.index_bitsize),),
            "system": self.encoding.system_names,
            "ancilla": self.encoding.ancilla_names,
        }

    @property
    def reflection(self) -> ZeroReflection:
        """About zero of the flags, where the index is far enough."""
        return ZeroReflection(self.encoding.ancilla_bitsize, is_controlled=True)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        control, steps = self.is_controlled, self.terms - 1
        ands = steps if control else steps - 1
        calls: dict[Bloq, SymbolicInt] = {
            self.reflection: 2 * steps,
            And(1, 0): ands,
            And().adjoint(): ands,
            CNOT(): ands + self.terms + int(control),
            CZ() if control else ZGate(): 1,
        }
        if not control:
            calls[XGate()] = 3
        for call in (self.encoding, self.encoding.adjoint()):
            calls[call] = calls.get(call, 0) + steps
        return calls

    def write(self, wires: Wires) -> None:
        index, flags = self.wires_of("index"), self.wires_of("ancilla")
        control = self.control[0] if self.is_controlled else None
        there: dict[str, Any] = {"system": self.wires_of("system"), "ancilla": flags}
        wires.allocate(["reached"])
        if control is None:
            wires.x("reached")
            wires.gate(ZGate(), q=index[-1])
        else:
            wires.cnot(control, "reached")
            wires.cz(control, index[-1])

        def step(wire: Wire | None, j: int) -> None:
            wires.cnot(wire, "reached")
            if j == self.terms - 1:
                return
            wires.on(self.reflection, ctrl=["reached"], x=flags)
            wires.on(self.encoding, **there)
            wires.on(self.reflection, ctrl=["reached"], x=flags)
            wires.on(self.encoding.adjoint(), **there)

        walk(wires, index, control, int(self.terms), step)
        wires.free(["reached"])

    def my_static_costs(self, cost_key: CostKey) -> Any:
        if not isinstance(cost_key, (PeakQubits, QubitCount)):
            return serial_cost(self, cost_key)
        held = self.index_bitsize - 1 + int(self.is_controlled) + 1
        return peak_width(self, [(self.reflection, held), (self.encoding, held)])

    def __str__(self) -> str:
        return f"ChebyshevSteps{'†' if self.is_adjoint else ''}({self.terms} terms)"


@bloq_example(generalizer=SAME_CALLS)
def _chebyshev_steps() -> ChebyshevSteps:
    return ChebyshevSteps(diagonal_encoding_example.make(), 5)


@bloq_example(generalizer=SAME_CALLS)
def _chebyshev_steps_controlled() -> ChebyshevSteps:
    return ChebyshevSteps(diagonal_encoding_example.make(), 3, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _chebyshev_steps_symbolic() -> ChebyshevSteps:
    return ChebyshevSteps(MatrixOracle(symbols.n, symbols.a, symbols.alpha_0), 2**symbols.m)
