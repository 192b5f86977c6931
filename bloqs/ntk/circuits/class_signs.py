"""The labels of the training points as a vector."""

import numpy as np
from attrs import frozen
from numpy.typing import NDArray
from qualtran import Bloq, bloq_example
from qualtran.bloqs.basic_gates import CZ, ZGate
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractLoader, AbstractVectorEncoding, WireNames
from bloqs.composite import AbstractComposite, with_control
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.encodings.uniform_vector import UniformVector
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols


@frozen(cache_hash=True)
class ClassSigns(AbstractComposite, AbstractVectorEncoding):
    r"""Prepares $\sum_i y_i |i\rangle/\sqrt{2^n}$, +1 in the lower and -1 in the upper half.

    The most significant bit of the index is the class: a Z on it after Hadamard gates.

    Args:
        n: log2 of the number of points, at least 1. Unit: qubits.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero.

    Encodes: the labels with alpha = 1 and epsilon = 0, without ancillas.

    Cost: no T; controlled, 2 n.

    Raises:
        ValueError: if n is below 1.

    Source: derived: the points are sorted by class.
    """

    n: SymbolicInt

    def __attrs_post_init__(self) -> None:
        if not is_symbolic(self.n) and self.n < 1:
            raise ValueError(f"two classes need an index of at least one qubit, got n={self.n}")

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
    def system_names(self) -> WireNames:
        return (("class", 1), ("point of the class", self.n - 1))

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return 0

    @property
    def uniform(self) -> Bloq:
        """The vector without signs."""
        return with_control(UniformVector(self.n), self.is_controlled)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return {self.uniform: 1, CZ() if self.is_controlled else ZGate(): 1}

    def write(self, wires: Wires) -> None:
        system = self.wires_of("system")
        wires.on(self.uniform, ctrl=self.control, system=system)
        if self.is_controlled:
            wires.cz(self.control[0], system[0])
        else:
            wires.gate(ZGate(), q=system[0])

    def __str__(self) -> str:
        return f"ClassSigns{'†' if self.is_adjoint else ''}(n={self.n})"


def labels_vector(
    labels: NDArray[np.float64], b: int, loader: AbstractLoader, rotation: Rotation
) -> ClassSigns | LoadedVector:
    """The preparation of labels: `ClassSigns` where every row is a point, a loaded vector if not.

    Args:
        labels: Array of shape (2**n,), n >= 1: entries +1 or 0 in the lower half, then -1 or 0. A
            row that only fills up has 0.
        b: bits of an angle of a loaded vector. Unit: qubits.
        loader: the memory that holds its angles.
        rotation: how the bits of an angle turn a qubit.

    Raises:
        ValueError: if the labels are no such array, or a class has no point.
    """
    size = len(labels)
    if np.ndim(labels) != 1 or size < 2 or size & (size - 1):
        raise ValueError(
            f"labels fill a power of two >= 2 of rows, got {np.shape(labels)}; fill up with zeros"
        )
    for name, part, sign in (("lower", labels[: size // 2], 1), ("upper", labels[size // 2 :], -1)):
        wrong = part[(part != sign) & (part != 0)]
        if len(wrong):
            raise ValueError(
                f"rows of the {name} half have the label {sign:+d}, or 0 where they fill up, got "
                f"{wrong[0]:g}; sort the points by class"
            )
        if not np.any(part):
            raise ValueError(f"the class {sign:+d} has no point; give points of both classes")
    if np.all(labels):
        return ClassSigns(size.bit_length() - 1)
    return LoadedVector.of(labels, b, loader, rotation)


@bloq_example(generalizer=SAME_CALLS)
def class_signs_example() -> ClassSigns:
    return ClassSigns(2)


@bloq_example(generalizer=SAME_CALLS)
def _class_signs_controlled() -> ClassSigns:
    return ClassSigns(3, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _class_signs_symbolic() -> ClassSigns:
    return ClassSigns(symbols.n)
