"""A matrix that comes from elsewhere: a black box, counted by its calls."""

from typing import Any, Never

import attrs
from attrs import field, frozen
from qualtran import AddControlledT, CtrlSpec, DecomposeTypeError, QBit, Register, bloq_example
from qualtran.bloqs.mcmt.specialized_ctrl import get_ctrl_system_1bit_cv_from_bloqs
from qualtran.resource_counting import (
    BloqCountDictT,
    CostKey,
    GateCounts,
    QECGatesCost,
    QubitCount,
    SympySymbolAllocator,
)
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import AbstractBlockEncoding
from bloqs.same_calls import SAME_CALLS
from estimator import symbols
from estimator.costs.depth import AbstractDepth
from estimator.costs.keys import PeakQubits


@frozen(cache_hash=True)
class MatrixOracle(AbstractBlockEncoding):
    r"""A block-encoding as an oracle without gates.

    The cost of what is built on it is so many gates *and* so many calls of this; whoever knows
    the circuit multiplies with them. It has no circuit.

    Args:
        system_bitsize: n, width of the index. Unit: qubits.
        ancilla_bitsize: a, flags of the circuit that is called, at least 1. Unit: qubits.
        alpha: subnormalisation. Unit: 1.
        epsilon: error of the encoded matrix (spectral norm).
        oracle: what its calls are counted as.
        is_hermitian: whether the circuit that is called is its own inverse.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse; never of one that is its own.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n).
        ancilla: QAny(a). Starts in zero.

    Encodes: a matrix with the given alpha and epsilon (spectral norm).

    Cost: one call of `oracle`; no gates.

    Source: [GSLW18] Def. 43, as a black box.
    """

    system_bitsize: SymbolicInt
    ancilla_bitsize: SymbolicInt
    alpha: SymbolicFloat = 1
    epsilon: SymbolicFloat = 0
    oracle: str = field(default="matrix", kw_only=True)
    is_hermitian: bool = field(default=False, kw_only=True)
    is_controlled: bool = field(default=False, kw_only=True)
    is_adjoint: bool = field(default=False, kw_only=True)

    @property
    def control_registers(self) -> tuple[Register, ...]:
        return (Register("ctrl", QBit()),) if self.is_controlled else ()

    def decompose_bloq(self) -> Never:
        raise DecomposeTypeError(f"{self} is an oracle: its calls are counted, it has no circuit")

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        return {}

    def adjoint(self) -> "MatrixOracle":
        return self if self.is_hermitian else attrs.evolve(self, is_adjoint=not self.is_adjoint)

    def get_ctrl_system(self, ctrl_spec: CtrlSpec) -> tuple[Any, AddControlledT]:
        return get_ctrl_system_1bit_cv_from_bloqs(
            self,
            ctrl_spec,
            current_ctrl_bit=1 if self.is_controlled else None,
            bloq_with_ctrl=attrs.evolve(self, is_controlled=True),
            ctrl_reg_name="ctrl",
        )

    def my_static_costs(self, cost_key: CostKey[Any]) -> Any:
        if isinstance(cost_key, QECGatesCost):
            return GateCounts()
        if isinstance(cost_key, (PeakQubits, QubitCount)):
            return self.signature.n_qubits()
        return 0 if isinstance(cost_key, AbstractDepth) else NotImplemented

    def __str__(self) -> str:
        name = "".join(word.capitalize() for word in self.oracle.split())
        return f"{name}{'†' if self.is_adjoint else ''}(n={self.system_bitsize})"


@bloq_example(generalizer=SAME_CALLS)
def _matrix_oracle() -> MatrixOracle:
    return MatrixOracle(2, 1)


@bloq_example(generalizer=SAME_CALLS)
def _matrix_oracle_hermitian() -> MatrixOracle:
    return MatrixOracle(2, 2, 3, is_hermitian=True)


@bloq_example(generalizer=SAME_CALLS)
def _matrix_oracle_symbolic() -> MatrixOracle:
    return MatrixOracle(symbols.n, symbols.a, symbols.alpha_0)
