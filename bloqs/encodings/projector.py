"""The operator that takes one basis state to another."""

from attrs import frozen
from qualtran import Bloq, DecomposeTypeError, bloq_example
from qualtran.bloqs.basic_gates import CNOT, TwoBitCSwap, TwoBitSwap, XGate
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBlockEncoding, WireNames
from bloqs.composite import AbstractComposite
from bloqs.encodings.nonzero_flag import NonzeroFlag
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wire, Wires
from estimator import symbols


@frozen(cache_hash=True)
class ProjectorEncoding(AbstractComposite, AbstractBlockEncoding):
    r"""Encodes $|i\rangle\langle j|$ on $n$ qubits exactly.

    Bits of the system are flipped so that $|j\rangle$ becomes zero, something tells zero from the
    rest, and bits are flipped so that zero becomes $|i\rangle$. With one flag, that is the flag of
    a nonzero register, which is the sum of the identity and minus the reflection about zero, with
    the Hadamard gates of its preparation and the Z gates of the reflection written as one X. With
    n fresh qubits, the system changes places with them and is their flag.

    Args:
        i: number of the state that is reached, or `None` when only the size matters.
        j: number of the state that is kept, likewise.
        n: width of the system, at least 1. Unit: qubits.
        swaps: whether there are n fresh qubits instead of one flag.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse, which encodes $|j\rangle\langle i|$.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n).
        ancilla: QAny(1), or QAny(n) if `swaps`. Starts in zero; finding zero again flags success.

    Encodes: $|i\rangle\langle j|$ with alpha = 1 and epsilon = 0 (spectral norm).

    Cost: n - 1 AND; controlled, one more Toffoli. If `swaps`: no T at all; controlled, n CSWAP.

    Raises:
        ValueError: if n is below 1 or i or j is no number of n bits.

    Source: [RHGPR25] Lem. B.6, whose sum takes two ancillas; both circuits are ours.
    """

    i: int | None
    j: int | None
    n: SymbolicInt
    swaps: bool

    def __attrs_post_init__(self) -> None:
        if is_symbolic(self.n):
            return
        if self.n < 1:
            raise ValueError(f"a projector needs a system of at least one qubit, got n={self.n}")
        for name, index in (("i", self.i), ("j", self.j)):
            if index is not None and not 0 <= index < 2**self.n:
                raise ValueError(
                    f"a projector needs 0 <= {name} < 2**n, got {name}={index} with n={self.n}"
                )

    @property
    def is_hermitian(self) -> bool:
        """Whether the circuit is its own inverse."""
        return self.i is not None and self.i == self.j

    @property
    def alpha(self) -> SymbolicFloat:
        return 1

    @property
    def epsilon(self) -> SymbolicFloat:
        return 0

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.n

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.n if self.swaps else 1

    @property
    def ancilla_names(self) -> WireNames:
        return (("flag of other indices", self.ancilla_bitsize),)

    @property
    def test(self) -> dict[Bloq, SymbolicInt]:
        """The gates that tell zero from the rest."""
        if self.swaps:
            return {TwoBitCSwap() if self.is_controlled else TwoBitSwap(): self.n}
        return {NonzeroFlag(self.n, is_controlled=self.is_controlled): 1}

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        flips = sum(index.bit_count() for index in (self.i, self.j) if index is not None)
        return {**self.test, CNOT() if self.is_controlled else XGate(): flips}

    def write(self, wires: Wires) -> None:
        if self.i is None or self.j is None:
            raise DecomposeTypeError(f"{self} has no indices, so it has no circuit")
        system, ancilla = self.wires_of("system"), self.wires_of("ancilla")
        if self.swaps:
            for x, y in zip(system, ancilla, strict=True):
                if self.is_controlled:
                    wires.cswap(("ctrl", 0), x, y)
                else:
                    wires.swap(x, y)
            self._flip(wires, self.j, ancilla)
        else:
            self._flip(wires, self.j, system)
            wires.on(*self.test, ctrl=self.control, x=system, flag=ancilla)
        self._flip(wires, self.i, system)

    def _flip(self, wires: Wires, index: int, bits: list[Wire]) -> None:
        """Flip the bits that `index` sets, under the control if there is one."""
        for k, bit in enumerate(bits):
            if index >> (len(bits) - 1 - k) & 1:
                if self.is_controlled:
                    wires.cnot(("ctrl", 0), bit)
                else:
                    wires.x(bit)

    def __str__(self) -> str:
        return f"Projector{'†' if self.is_adjoint else ''}(n={self.n})"


@bloq_example(generalizer=SAME_CALLS)
def _projector_encoding() -> ProjectorEncoding:
    return ProjectorEncoding(5, 3, 3, swaps=False)


@bloq_example(generalizer=SAME_CALLS)
def own_inverse_projector_example() -> ProjectorEncoding:
    return ProjectorEncoding(1, 1, 1, swaps=True)


@bloq_example(generalizer=SAME_CALLS)
def _projector_encoding_controlled() -> ProjectorEncoding:
    return ProjectorEncoding(1, 2, 2, swaps=False, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _projector_encoding_by_swap() -> ProjectorEncoding:
    return ProjectorEncoding(1, 2, 2, swaps=True)


@bloq_example(generalizer=SAME_CALLS)
def _projector_encoding_symbolic() -> ProjectorEncoding:
    return ProjectorEncoding(None, None, symbols.n, swaps=False)


@bloq_example(generalizer=SAME_CALLS)
def _projector_encoding_by_swap_symbolic() -> ProjectorEncoding:
    return ProjectorEncoding(None, None, symbols.n, swaps=True)
