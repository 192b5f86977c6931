"""A real vector as a vector-encoding."""

import attrs
import numpy as np
from attrs import frozen
from numpy.typing import NDArray
from qualtran import Bloq, bloq_example
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import AbstractLoader, AbstractVectorEncoding
from bloqs.composite import AbstractComposite
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols


@frozen(cache_hash=True)
class LoadedVector(AbstractComposite, AbstractVectorEncoding):
    r"""Prepares $\sum_x v_x |x\rangle / \lVert v \rVert$ with a tree of looked-up rotations.

    Args:
        tree: a `RotationTree` of one row, neither adjoint nor controlled.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero.

    Encodes: the vector with alpha = 1 and epsilon = n pi / 2**b (l2 norm), without ancillas.

    Cost: that of the tree.

    Raises:
        ValueError: if the tree has more than one row, or is adjoint or controlled.

    Source: [RHGPR25] Lem. D.1.
    """

    tree: RotationTree

    def __attrs_post_init__(self) -> None:
        tree = self.tree
        if tree.s != 0 or tree.is_adjoint or tree.is_controlled or tree.borrows_gradient:
            raise ValueError(f"{tree} must have one row and be neither adjoint nor controlled")

    @classmethod
    def of(
        cls, vector: NDArray[np.float64], b: int, loader: AbstractLoader, rotation: Rotation
    ) -> "LoadedVector":
        """The encoding of an array of shape (2**n,), n >= 1, with angles of b bits.

        Raises:
            ValueError: if the length is no power of two above one.
        """
        n = len(vector).bit_length() - 1
        rows = (tuple(float(x) for x in vector),)
        return cls(RotationTree(rows, 0, n, b, loader, rotation))

    @property
    def alpha(self) -> SymbolicFloat:
        return 1

    @property
    def epsilon(self) -> SymbolicFloat:
        return self.tree.epsilon

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.tree.n

    @property
    def b(self) -> SymbolicInt:
        """Bits of an angle. Unit: qubits."""
        return self.tree.b

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return 0

    @property
    def step(self) -> RotationTree:
        """The tree that runs."""
        return attrs.evolve(self.tree, is_controlled=self.is_controlled)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return {self.step: 1}

    def write(self, wires: Wires) -> None:
        wires.on(self.step, ctrl=self.control, target=self.wires_of("system"))

    def __str__(self) -> str:
        return f"LoadedVector{'†' if self.is_adjoint else ''}(n={self.tree.n})"


@bloq_example(generalizer=SAME_CALLS)
def loaded_vector_example() -> LoadedVector:
    return LoadedVector.of(np.array([0.5, -1.0, 0.0, 2.0]), 5, QROMLoader(), Rotation.BITWISE)


@bloq_example(generalizer=SAME_CALLS)
def loaded_vector_symbolic_example() -> LoadedVector:
    tree = RotationTree(None, 0, symbols.n, symbols.b, QROMLoader(), Rotation.PHASE_GRADIENT)
    return LoadedVector(tree)
