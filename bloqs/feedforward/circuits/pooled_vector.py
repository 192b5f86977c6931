"""An encoded image, pooled: one pixel of each block, or the sum of the block."""

from collections import Counter

import numpy as np
from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractVectorEncoding, WireNames
from bloqs.composite import AbstractComposite, with_control
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.encodings.parts import check_norm, check_parts
from bloqs.encodings.uniform_vector import UniformVector
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols


@frozen(cache_hash=True)
class PooledVector(AbstractComposite, AbstractVectorEncoding):
    r"""Encodes an image with blocks of side $2^{bits}$ for pixels, normalised.

    The low bits of column and row say where in its block a pixel is. They become flags: found in
    zero, they leave the first pixel of each block. Unprepared from the uniform vector before, they
    leave the sum of the block divided by $2^{bits}$, which is $2^{bits}$ times its mean. The vector
    may be complex.

    Args:
        vector: vector-encoding $(\alpha, a, e)$ of an image $\psi$, without control.
        m: log2 of the image side. Unit: qubits.
        bits: log2 of the side of a block, 1 <= bits <= m. Unit: qubits.
        averages: whether blocks are summed, instead of all but one pixel dropped.
        norm: l2 norm of what is left of $\psi$: of the kept pixels, or of the sums of blocks
            divided by $2^{bits}$. In (0, 1].
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(c + 2 (m - bits)): channel, column, row, each most significant bit first;
            c + 2 m is the size of `vector`. Starts in zero.
        ancilla: QAny(a + 2 bits): the ancillas of `vector`, the low bits of the column, those of
            the row. Starts in zero; finding zero again flags success.

    Encodes: what is left, divided by norm, with alpha = alpha / norm and epsilon = e / norm
        (l2 norm): a projection lengthens no error.

    Cost: one call of `vector`; if `averages`, 2 bits Hadamard gates. Controlled, the call is, and
        the Hadamard gates are, by 4 bits T.

    Raises:
        ValueError: if `vector` is controlled or errs by a negative number, it has fewer than 2 m
            qubits, bits is out of range or takes all of them, or norm is not in (0, 1].

    Source: ours.
    """

    vector: AbstractVectorEncoding
    m: SymbolicInt
    bits: SymbolicInt
    averages: bool
    norm: SymbolicFloat

    def __attrs_post_init__(self) -> None:
        check_parts("pooled vector", self.vector)
        check_norm("pooled vector", self.norm, 1)
        if not is_symbolic(self.c) and self.c < 0:
            raise ValueError(
                f"a pooled vector needs an image of at least 2 m = {2 * self.m} qubits, got "
                f"{self.vector.system_bitsize}"
            )
        if not is_symbolic(self.bits) and self.bits < 1:
            raise ValueError(f"a pooled vector needs bits >= 1, got bits={self.bits}")
        if not is_symbolic(self.bits, self.m) and self.bits > self.m:
            raise ValueError(
                f"a pooled vector needs bits <= m, got bits={self.bits} with m={self.m}"
            )
        if not is_symbolic(self.system_bitsize) and self.system_bitsize < 1:
            raise ValueError(
                f"a pooled vector keeps at least one qubit, but blocks of side 2**{self.bits} take "
                f"all {self.vector.system_bitsize}; take smaller blocks"
            )

    @property
    def c(self) -> SymbolicInt:
        """Width of the channel. Unit: qubits."""
        return self.vector.system_bitsize - 2 * self.m

    @property
    def alpha(self) -> SymbolicFloat:
        return self.vector.alpha / self.norm

    @property
    def epsilon(self) -> SymbolicFloat:
        return self.vector.epsilon / self.norm

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.vector.system_bitsize - 2 * self.bits

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.vector.ancilla_bitsize + 2 * self.bits

    @property
    def system_names(self) -> WireNames:
        side = self.m - self.bits
        return (("channel", self.c), ("column", side), ("row", side))

    @property
    def ancilla_names(self) -> WireNames:
        return (
            ("flags of the vector", self.vector.ancilla_bitsize),
            ("column in the block", self.bits),
            ("row in the block", self.bits),
        )

    @property
    def steps(self) -> tuple[Bloq, ...]:
        """Preparation, and the sum over blocks if there is one, controlled if this is."""
        steps = [self.vector, UniformVector(2 * self.bits).adjoint()]
        kept = steps if self.averages else steps[:1]
        return tuple(with_control(step, self.is_controlled) for step in kept)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return dict(Counter(self.steps))

    def write(self, wires: Wires) -> None:
        system, ancilla = self.wires_of("system"), self.wires_of("ancilla")
        a, high = self.vector.ancilla_bitsize, self.c + self.m - self.bits
        flags, columns, rows = ancilla[:a], ancilla[a : a + self.bits], ancilla[a + self.bits :]
        image = [*system[:high], *columns, *system[high:], *rows]
        prepare, *sums = self.steps
        wires.on(prepare, ctrl=self.control, system=image, ancilla=flags)
        for step in sums:
            wires.on(step, ctrl=self.control, system=[*columns, *rows])

    def __str__(self) -> str:
        dagger, what = "†" if self.is_adjoint else "", "means" if self.averages else "pixels"
        return f"PooledVector{dagger}({what}, n={self.system_bitsize}, bits={self.bits})"


@bloq_example(generalizer=SAME_CALLS)
def pooled_vector_example() -> PooledVector:
    image = np.array([1.0, 3.0, 0.0, 0.0, 1.0, -2.0, 2.0, 1.0])  # two channels of side 2
    vector = LoadedVector.of(image, 4, QROMLoader(), Rotation.BITWISE)
    sums = image.reshape(2, -1).sum(axis=1) / 2
    norm = float(np.linalg.norm(sums) / np.linalg.norm(image))
    return PooledVector(vector, 1, 1, averages=True, norm=norm)


@bloq_example(generalizer=SAME_CALLS)
def _pooled_vector_of_pixels() -> PooledVector:
    return PooledVector(UniformVector(4), 2, 1, averages=False, norm=0.5)


@bloq_example(generalizer=SAME_CALLS)
def _pooled_vector_controlled() -> PooledVector:
    return PooledVector(UniformVector(3), 1, 1, averages=True, norm=1.0, is_controlled=True)


def _symbolic(averages: bool) -> PooledVector:
    size = symbols.c + 2 * symbols.m
    tree = RotationTree(None, 0, size, symbols.b, QROMLoader(), Rotation.PHASE_GRADIENT)
    return PooledVector(LoadedVector(tree), symbols.m, symbols.d, averages, symbols.norm)


@bloq_example(generalizer=SAME_CALLS)
def pooled_vector_symbolic_example() -> PooledVector:
    return _symbolic(averages=True)


@bloq_example(generalizer=SAME_CALLS)
def _pooled_vector_of_pixels_symbolic() -> PooledVector:
    return _symbolic(averages=False)
