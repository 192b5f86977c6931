"""The input of a residual network and the tables of its output, in three regimes of access."""

from attrs import frozen
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import AbstractLoader, AbstractVectorEncoding
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.encodings.tensor_vector import TensorVector, channel_padding
from bloqs.resnet.model.memory import Regime


@frozen(kw_only=True)
class Source:
    """How data get into the circuit.

    Args:
        access: the regime.
        memory: loader of what lies in quantum memory.
        b: bits of an angle. Unit: qubits.
        rotation: how the bits of an angle turn a qubit.
        order: number of vectors whose tensor product is the input; 1 in the first regime.
        repeats: log2 of how often the channels of the input are repeated. Unit: qubits.
    """

    access: Regime
    memory: AbstractLoader
    b: SymbolicInt
    rotation: Rotation
    order: int = 1
    repeats: int = 0

    def __attrs_post_init__(self) -> None:
        if self.access is Regime.INPUT_AND_WEIGHTS and self.order != 1:
            raise ValueError(f"regime 1 has one input vector, order 1, got order={self.order}")
        if self.order < 1 or self.repeats < 0:
            raise ValueError(
                f"order must be at least 1 and copies at least 1, got order={self.order} and "
                f"copies=2**{self.repeats}"
            )

    def vector(self, n: SymbolicInt) -> AbstractVectorEncoding:
        """The input as a vector of n qubits.

        Raises:
            ValueError: if n is too small or no multiple of the order.
        """
        rest = n - self.repeats
        if not is_symbolic(rest) and (rest < self.order or rest % self.order):
            raise ValueError(
                f"a vector of 2**{n} entries is no tensor product of {self.order} equal ones "
                f"repeated 2**{self.repeats} times"
            )
        in_memory = self.access is Regime.INPUT_AND_WEIGHTS
        loader = self.memory if in_memory else QROMLoader()
        factor = LoadedVector(self._tree(0, rest / self.order, loader))
        product = _power(factor, self.order)
        return channel_padding(product, self.repeats) if self.repeats else product

    def columns(self, n: SymbolicInt) -> RotationTree:
        """The normalised columns of a dense matrix on vectors of n qubits."""
        return self._tree(n, n, self.memory)

    def norms(self, n: SymbolicInt) -> RotationTree:
        """The norms of its columns."""
        return self._tree(n, 1, self.memory)

    def _tree(self, s: SymbolicInt, n: SymbolicInt, loader: AbstractLoader) -> RotationTree:
        size = n if is_symbolic(n) else int(n)
        return RotationTree(None, s, size, self.b, loader, self.rotation)


def _power(factor: AbstractVectorEncoding, order: int) -> AbstractVectorEncoding:
    """The tensor product of equal vectors, halved again and again.

    One factor after another, the expression of the error, which names that of each half twice,
    would double with every factor.
    """
    if order == 1:
        return factor
    return TensorVector(_power(factor, order - order // 2), _power(factor, order // 2))
