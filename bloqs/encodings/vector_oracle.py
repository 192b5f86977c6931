"""A vector that comes from elsewhere: a black box, counted by its calls."""

from typing import Any, Never, Self

import attrs
from attrs import field, frozen
from qualtran import (
    AddControlledT,
    CtrlSpec,
    DecomposeTypeError,
    QBit,
    Register,
    bloq_example,
)
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

from bloqs.abstract import AbstractVectorEncoding
from bloqs.same_calls import SAME_CALLS
from estimator import symbols
from estimator.costs.depth import AbstractDepth
from estimator.costs.keys import PeakQubits


class AbstractVectorOracle(AbstractVectorEncoding):
    """What vector-encodings without gates share, whose calls are counted.

    Subclasses are final. They define the fields, `is_controlled` and `is_adjoint` among them,
    `oracle`, `alpha` and `epsilon`.
    """

    work: SymbolicInt = 0
    is_controlled: bool
    is_adjoint: bool

    @property
    def control_registers(self) -> tuple[Register, ...]:
        return (Register("ctrl", QBit()),) if self.is_controlled else ()

    def decompose_bloq(self) -> Never:
        raise DecomposeTypeError(f"{self} is an oracle: its calls are counted, it has no circuit")

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        return {}

    def adjoint(self) -> Self:
        bloq: Any = self
        return attrs.evolve(bloq, is_adjoint=not self.is_adjoint)

    def get_ctrl_system(self, ctrl_spec: CtrlSpec) -> tuple[Any, AddControlledT]:
        bloq: Any = self
        return get_ctrl_system_1bit_cv_from_bloqs(
            bloq,
            ctrl_spec,
            current_ctrl_bit=1 if self.is_controlled else None,
            bloq_with_ctrl=attrs.evolve(bloq, is_controlled=True),
            ctrl_reg_name="ctrl",
        )

    def my_static_costs(self, cost_key: CostKey[Any]) -> Any:
        if isinstance(cost_key, QECGatesCost):
            return GateCounts()
        if isinstance(cost_key, (PeakQubits, QubitCount)):
            return self.signature.n_qubits() + self.work
        return 0 if isinstance(cost_key, AbstractDepth) else NotImplemented


@frozen(cache_hash=True)
class VectorOracle(AbstractVectorOracle):
    r"""A normalised vector as an oracle without gates.

    The cost of what is built on it is so many gates *and* so many calls of this; whoever knows
    the circuit multiplies with them. It has no circuit.

    Args:
        system_bitsize: n, width of the vector's index. Unit: qubits.
        ancilla_bitsize: a, flags of the circuit that is called. Unit: qubits.
        epsilon: error of the vector (l2 norm).
        oracle: what its calls are counted as.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero.
        ancilla: QAny(a). Starts in zero.

    Encodes: a unit vector with alpha = 1 and the given epsilon (l2 norm).

    Cost: one call of `oracle`; no gates.

    Source: [RHGPR25] Lem. 6, where its cost is T_1.
    """

    system_bitsize: SymbolicInt
    ancilla_bitsize: SymbolicInt
    epsilon: SymbolicFloat = 0
    oracle: str = field(default="vector", kw_only=True)
    is_controlled: bool = field(default=False, kw_only=True)
    is_adjoint: bool = field(default=False, kw_only=True)

    @property
    def alpha(self) -> SymbolicFloat:
        return 1

    def __str__(self) -> str:
        name = "".join(word.capitalize() for word in self.oracle.split())
        return f"{name}{'†' if self.is_adjoint else ''}(n={self.system_bitsize})"


@bloq_example(generalizer=SAME_CALLS)
def _vector_oracle() -> VectorOracle:
    return VectorOracle(2, 1)


@bloq_example(generalizer=SAME_CALLS)
def _vector_oracle_symbolic() -> VectorOracle:
    return VectorOracle(symbols.n, symbols.a)
