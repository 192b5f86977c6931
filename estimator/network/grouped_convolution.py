"""A convolution whose channels are divided into groups that do not meet."""

import numpy as np
from attrs import field, frozen

from estimator.network.convolution_layer import Convolution
from estimator.network.layers import ENTRYWISE, AbstractLayer, Matrix


@frozen(kw_only=True)
class GroupedConvolution(AbstractLayer):
    """Two-dimensional, stride 1, no bias, zeros outside, image side kept.

    Args:
        kernel: shape (C_out, C_in / groups, D, D), orientation as in `Convolution`.
        groups: parts into which input and output channels are divided, in their order.
        pad_begin: zeros added above and to the left. Unit: pixels.
        side: image side M. Unit: pixels.

    Raises:
        ValueError: if the groups do not divide the output channels.
    """

    kernel: Matrix = field(eq=ENTRYWISE, hash=False, repr=False)
    groups: int
    pad_begin: int
    side: int

    def __attrs_post_init__(self) -> None:
        if self.groups < 2 or self.kernel.shape[0] % self.groups:
            raise ValueError(
                "GroupedConvolution needs groups of at least 2 that divide the output channels, "
                f"got {self.groups} with {self.kernel.shape[0]}"
            )

    @property
    def expanded(self) -> Convolution:
        """The same map with the zeros between groups written out."""
        C_out, inside, *sides = self.kernel.shape
        kernel = np.zeros((C_out, inside * self.groups, *sides))
        height = C_out // self.groups
        for group in range(self.groups):
            rows = slice(group * height, (group + 1) * height)
            kernel[rows, group * inside : (group + 1) * inside] = self.kernel[rows]
        return Convolution(
            name=self.name, inputs=self.inputs, output=self.output, kernel=kernel,
            pad_begin=self.pad_begin, side=self.side,
        )  # fmt: skip
