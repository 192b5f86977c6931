"""What the exact classical evaluation of a residual network costs.

Unit: FLOP. An addition, multiplication, division, square root or value of erf is one; a sum of n
products is 2 n, its first term being added to zero; padding zeros are multiplied like any pixel.
"""

import sympy
from attrs import frozen

from bloqs.resnet.model.network import ResidualNetwork
from estimator.network.network import ConvolutionShape, DenseShape, Size


@frozen
class ResidualShape:
    """A residual network without its weights.

    Args:
        C: channels, at least 1.
        D: kernel side of all blocks, or a tuple of one for each, at least 1. Unit: pixels.
        M: image side, at least 1. Unit: pixels.
        k: residual blocks, at least 1.
        has_matrix: whether there is an output block with a full matrix.

    Raises:
        ValueError: if a size is not an integer of at least 1 or an expression, or there are not k
            kernel sides.
    """

    C: Size
    D: Size | tuple[Size, ...]
    M: Size
    k: Size
    has_matrix: bool

    def __attrs_post_init__(self) -> None:
        sides = self.D if isinstance(self.D, tuple) else (self.D,)
        for side in sides:
            ConvolutionShape(self.C, self.C, side, self.M)
        if sympy.sympify(self.k).is_positive is False or sympy.sympify(self.k).is_integer is False:
            raise ValueError(f"ResidualShape needs a whole number k >= 1, got {self.k}")
        if isinstance(self.D, tuple) and len(sides) != self.k:
            raise ValueError(f"ResidualShape needs k = {self.k} kernel sides, got {len(sides)}")

    @classmethod
    def of(cls, network: ResidualNetwork) -> "ResidualShape":
        """The sizes of a network."""
        sides = tuple(int(block.kernel.shape[3]) for block in network.blocks)
        return cls(network.C, sides, network.M, network.k, network.output is not None)

    @property
    def N(self) -> Size:  # noqa: N802
        """Length of the vectors. Unit: entries."""
        return self.C * self.M**2

    @property
    def input_flops(self) -> Size:
        """Normalising the input: N squares summed, a root, N divisions."""
        return 3 * self.N + 1

    @property
    def blocks_flops(self) -> Size:
        """All residual blocks: convolutions, scale and erf, the skip, the normalisation."""
        rest = self.k * (2 * self.N + self.N + self.input_flops)
        if not isinstance(self.D, tuple):
            return self.k * self._convolution_flops(self.D) + rest
        return sum((self._convolution_flops(side) for side in self.D), start=rest)

    def _convolution_flops(self, side: Size) -> Size:
        return ConvolutionShape(self.C, self.C, side, self.M).flops

    @property
    def output_flops(self) -> Size:
        """The output block, if any: square, matrix, two factors and a sum, the normalisation."""
        if not self.has_matrix:
            return 0
        return self.N + DenseShape(self.N, self.N).flops + 3 * self.N + self.input_flops

    @property
    def pool_flops(self) -> Size:
        """The class probabilities: N squares summed."""
        return 2 * self.N

    @property
    def flops(self) -> Size:
        """Everything, from the image to the class probabilities."""
        return self.input_flops + self.blocks_flops + self.output_flops + self.pool_flops

    @property
    def vector_flops(self) -> Size:
        """The vector after the last residual block, and no class probabilities."""
        return self.input_flops + self.blocks_flops

    @property
    def lookups(self) -> Size:
        """Reads of the data: every entry of the input and of the matrix. Unit: look-ups."""
        return self.N + (self.N**2 if self.has_matrix else 0)

    def layers(self, n: Size, has_pool: bool = True) -> Size:
        """FLOP in sequence, with as many processors as there are numbers.

        A sum of l products is one multiplication and ceil(log2 l) additions.

        Args:
            n: log2 of N, a whole number.
            has_pool: whether class probabilities are worked out.

        Raises:
            ValueError: if blocks have kernels of several sides.
        """
        if isinstance(self.D, tuple):
            raise ValueError("layers are counted for kernels of one side; got several")
        normalise = 1 + n + 1 + 1
        block = (1 + _halvings(self.C * self.D**2)) + 2 + 1 + normalise
        output = 1 + (1 + n) + 1 + 1 + normalise if self.has_matrix else 0
        return normalise + self.k * block + output + (1 + n if has_pool else 0)


def _halvings(count: Size) -> Size:
    """Additions in sequence that so many numbers take, two at a time."""
    if isinstance(count, int):
        return (count - 1).bit_length()
    return sympy.ceiling(sympy.log(count, 2))
