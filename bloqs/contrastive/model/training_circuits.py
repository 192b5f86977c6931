"""How many circuits a training step runs, by the rule that finds gradients, and a whole run."""

from collections.abc import Callable

from attrs import frozen
from qualtran.symbolics import SymbolicInt, is_symbolic
from sympy import floor

from bloqs.contrastive.model.ansatz_sizes import Sizes

RULES: dict[str, tuple[str, Callable[[SymbolicInt, Sizes], SymbolicInt]]] = {
    "two-term": (
        "biased on most controlled rotations",
        lambda width, sizes: 2 * (width + sizes.angles),
    ),
    "four-term": (
        "exact",
        lambda width, sizes: 2 * (width + sizes.turn_angles) + 4 * sizes.controlled_angles,
    ),
    "light-cone": (
        "exact; two terms where the control is classical afterwards",
        lambda width, sizes: (
            2 * (width + sizes.turn_angles)
            + 4 * sizes.controlled_angles
            - 2 * sizes.exempt_angles
        ),
    ),
    "decomposed": (
        "exact; two terms on each half of a controlled rotation",
        lambda width, sizes: 2 * (width + sizes.turn_angles) + 4 * sizes.controlled_angles,
    ),
    "finite-difference": (
        "error of the order of the step squared, central",
        lambda width, sizes: 2 * (width + sizes.angles),
    ),
    "spsa": ("one random direction a sample", lambda width, sizes: 2),
}  # fmt: skip
"""Rule -> (what its gradient is, circuits beside the one of the value, for one sample)."""


@frozen(kw_only=True)
class Schedule:
    """How long is trained, and how the result is probed.

    Args:
        images: training images.
        test_images: test images.
        epochs: of training.
        probe_epochs: of the linear probe, each with circuits run anew.
    """

    images: SymbolicInt
    test_images: SymbolicInt
    epochs: SymbolicInt
    probe_epochs: SymbolicInt

    def steps(self, batch: SymbolicInt) -> SymbolicInt:
        """Steps of an epoch; a batch that is not full is dropped."""
        if is_symbolic(self.images, batch):
            return floor(self.images / batch)
        return self.images // batch

    @property
    def probe_circuits(self) -> SymbolicInt:
        """Circuits of one probe: every image and every epoch, with no feature kept."""
        return self.probe_epochs * (self.images + self.test_images)

    @property
    def cached_probe_circuits(self) -> SymbolicInt:
        """Circuits of one probe whose images are not augmented: each is run once."""
        return self.images + self.test_images


def circuits_of_step(
    rule: str, batch: SymbolicInt, width: SymbolicInt, sizes: Sizes
) -> SymbolicInt:
    """Circuits of one step: two views of each image, each with its value and gradients.

    All W outputs are read in one run, so that a Jacobian takes no factor W.

    Args:
        rule: one of `RULES`.
        batch: B, images.
        width: W, inputs.
        sizes: of the ansatz.
    """
    return 2 * batch * (1 + RULES[rule][1](width, sizes))
