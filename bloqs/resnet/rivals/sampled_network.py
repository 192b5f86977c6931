"""What the cost of the classical sampler depends on: sizes, and properties of the data."""

from attrs import frozen

from bloqs.resnet.rivals.sampler_block import lipschitz_constant


@frozen(kw_only=True)
class SampledNetwork:
    """Sizes, and properties of the data, that the expected cost depends on.

    Nothing here is a promise: what a circuit is promised about lengths says nothing about how
    many candidates are accepted.

    Args:
        C: channels.
        D: kernel side. Unit: pixels.
        slope: of erf.
        row_sum: s_r of the convolutions, the largest sum of moduli that reaches a channel; the
            largest sum that leaves one is taken to be as large.
        acceptances: probability that a candidate is accepted, block by block.
        epsilon: total variation distance of the sampled law from the exact one.
        tau: weight of the skip path of the output block, or `None` if there is none.
        largest_entry: of the input, absolute; that of Gaussian numbers if unset.
        fourth_norm: l2 norm of |psi|^2 for the last block's vector psi; that of Gaussian numbers
            if unset.
        output_length: l2 norm of tau psi + (1 - tau) W |psi|^2; if unset, that of vectors at right
            angles, the second one as long as for an orthogonal W.
        largest_norm: l2 norm of the longest column of W.
    """

    C: int
    D: int
    slope: float
    row_sum: float
    acceptances: tuple[float, ...]
    epsilon: float
    tau: float | None
    largest_entry: float | None = None
    fourth_norm: float | None = None
    output_length: float | None = None
    largest_norm: float = 1.0

    @property
    def k(self) -> int:
        """Residual blocks."""
        return len(self.acceptances)

    @property
    def skip_share(self) -> float:
        """Of a block's candidates, those that stay where the sample below them is."""
        return 1 / (1 + lipschitz_constant(self.slope) * self.row_sum)

    @property
    def mass(self) -> float:
        """Z of the tight envelope."""
        return 1 / self.skip_share**2
