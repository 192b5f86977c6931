"""An ancilla that decides whether an output is read."""

from attrs import frozen
from qualtran import Bloq, QBit, QUInt, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import CNOT, CZ, Hadamard, SGate, TGate, Toffoli
from qualtran.symbolics import SymbolicInt

from bloqs.abstract import WireNames
from bloqs.communication import symbols
from bloqs.composite import AbstractComposite
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wire, Wires

UP: tuple[Bloq, ...] = (SGate(), Hadamard(), TGate())
"""Before a CNOT, and undone after it: a Hadamard gate under control."""


@frozen(cache_hash=True)
class BranchReadout(AbstractComposite):
    r"""Turns $|0\rangle|\phi\rangle$ into $(|0\rangle + |1\rangle Z_0)|\phi\rangle/\sqrt2$.

    Args:
        n: width of the register that is read at qubit 0. Unit: qubits.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        branch: QBit. Starts in zero.
        system: QUInt(n).

    Cost: a Hadamard and a CZ; controlled, 2 T gates and a Toffoli.

    Source: [GMSM24], whose backward features begin so.
    """

    n: SymbolicInt

    @property
    def signature(self) -> Signature:
        branch, system = Register("branch", QBit()), Register("system", QUInt(self.n))
        return Signature([*self.control_registers, branch, system])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"branch": (("branch", 1),), "system": (("features", self.n),)}

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        if not self.is_controlled:
            return {Hadamard(): 1, CZ(): 1}
        return {**hadamard_calls(), Hadamard(): 4, Toffoli(): 1}

    def write(self, wires: Wires) -> None:
        branch: Wire = ("branch", 0)
        if not self.is_controlled:
            wires.h(branch)
            wires.cz(branch, ("system", 0))
            return
        write_controlled_hadamard(wires, self.control[0], branch)
        wires.h(branch)
        wires.toffoli(self.control[0], ("system", 0), branch)
        wires.h(branch)

    def __str__(self) -> str:
        return f"BranchReadout{'†' if self.is_adjoint else ''}({self.n} qubits)"


def hadamard_calls() -> dict[Bloq, SymbolicInt]:
    """Gates of a Hadamard gate under control, by number."""
    calls: dict[Bloq, SymbolicInt] = {CNOT(): 1}
    for gate in UP:
        for each in (gate, gate.adjoint()):
            calls[each] = calls.get(each, 0) + 1
    return calls


def write_controlled_hadamard(wires: Wires, control: Wire, target: Wire) -> None:
    """Write a Hadamard gate under control, which takes 2 T gates."""
    for gate in UP:
        wires.gate(gate, q=target)
    wires.cnot(control, target)
    for gate in reversed(UP):
        wires.gate(gate.adjoint(), q=target)


@bloq_example(generalizer=SAME_CALLS)
def _branch_readout() -> BranchReadout:
    return BranchReadout(3)


@bloq_example(generalizer=SAME_CALLS)
def _branch_readout_controlled() -> BranchReadout:
    return BranchReadout(2, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _branch_readout_symbolic() -> BranchReadout:
    return BranchReadout(symbols.n)
