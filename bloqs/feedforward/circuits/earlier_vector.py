"""The vector that a part of a network starts from: a black box whose length is known."""

from attrs import field, frozen
from qualtran import bloq_example
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.encodings.vector_oracle import AbstractVectorOracle
from bloqs.same_calls import SAME_CALLS
from estimator import symbols


@frozen(cache_hash=True)
class EarlierVector(AbstractVectorOracle):
    r"""A vector-encoding without gates, for what the layers before make.

    Args:
        system_bitsize: n, width of the vector's index. Unit: qubits.
        ancilla_bitsize: a, flags of the circuit that is called. Unit: qubits.
        alpha_before: its alpha, at least 1. Unit: 1.
        epsilon_before: its error (l2 norm).
        name: of the step that made it, to tell several apart.
        work: qubits that the circuit needs besides. Unit: qubits.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero.
        ancilla: QAny(a). Starts in zero.

    Encodes: a unit vector with the given alpha and epsilon (l2 norm).

    Cost: one call of `earlier vector`; no gates.

    Source: [RHGPR25] Lem. 6, where its cost is T_1.
    """

    system_bitsize: SymbolicInt
    ancilla_bitsize: SymbolicInt
    alpha_before: SymbolicFloat
    epsilon_before: SymbolicFloat
    name: str = field(default="", kw_only=True)
    work: SymbolicInt = field(default=0, kw_only=True)
    is_controlled: bool = field(default=False, kw_only=True)
    is_adjoint: bool = field(default=False, kw_only=True)

    @property
    def oracle(self) -> str:
        """What its calls are counted as."""
        return "earlier vector"

    @property
    def alpha(self) -> SymbolicFloat:
        return self.alpha_before

    @property
    def epsilon(self) -> SymbolicFloat:
        return self.epsilon_before

    def __str__(self) -> str:
        return f"EarlierVector{'†' if self.is_adjoint else ''}(n={self.system_bitsize})"


@bloq_example(generalizer=SAME_CALLS)
def _earlier_vector() -> EarlierVector:
    return EarlierVector(2, 1, 1.5, 0.0)


@bloq_example(generalizer=SAME_CALLS)
def _earlier_vector_symbolic() -> EarlierVector:
    return EarlierVector(symbols.n, symbols.a, symbols.kappa, symbols.epsilon)
