"""An ancilla that decides whether an output is read."""

from attrs import frozen
from qualtran import Bloq, QBit, QUInt, Register, Signature, bloq_example
from qualtran.symbolics import SymbolicInt

from bloqs.abstract import WireNames
from bloqs.communication import symbols
from bloqs.communication.circuits.clifford import Named, clifford_calls, write_clifford
from bloqs.composite import AbstractComposite
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires

GATES: tuple[Named, ...] = (("H", (("branch", 0),)), ("CZ", (("system", 0), ("branch", 0))))


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
        return clifford_calls(GATES, self.is_controlled)

    def write(self, wires: Wires) -> None:
        write_clifford(wires, GATES, self.control)

    def __str__(self) -> str:
        return f"BranchReadout{'†' if self.is_adjoint else ''}({self.n} qubits)"


@bloq_example(generalizer=SAME_CALLS)
def _branch_readout() -> BranchReadout:
    return BranchReadout(3)


@bloq_example(generalizer=SAME_CALLS)
def _branch_readout_controlled() -> BranchReadout:
    return BranchReadout(2, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _branch_readout_symbolic() -> BranchReadout:
    return BranchReadout(symbols.n)
