r"""How many layers make a kernel matrix as good as diagonal.

All are about points at least $\delta$ from duplicates and antipodes, $|\rho| \le 1 - \delta$, and
the depth from which on the kernel beside the diagonal is at most $n^{-p}$.

Source: the programs of the authors of [ZNL21] for the published depth; the others derived
"""

from math import ceil, log

from bloqs.ntk.model.activation import Activation
from bloqs.ntk.model.kernel import Kernel


def check_separation(n: int, delta: float) -> None:
    """Refuse numbers that no data have.

    Raises:
        ValueError: if there are fewer than two points or delta is not in (0, 1].
    """
    if n < 2:
        raise ValueError(f"separation is between at least 2 points, got n={n}; give more")
    if not 0 < delta <= 1:
        raise ValueError(
            f"delta = min(1 - |x_i . x_j|) lies in (0, 1], got {delta}; remove duplicate points"
        )


def converged_depth(n: int, delta: float, mu: float) -> float:
    """L_conv = 8 ln(n / delta) / mu of the paper, not rounded. Unit: layers."""
    check_separation(n, delta)
    return 8 * log(n / delta) / mu


def contraction_depth(delta: float, mu: float) -> int:
    """L_0: layers after which every correlation is at most one half. Unit: layers."""
    return max(0, ceil(log(1 / (2 * delta)) / log(1 + mu / 2)))


def proved_depth(n: int, delta: float, activation: str, power: float = 2) -> int:
    """Layers that are proved to be enough, from `largest_entry` of `bounds`. Unit: layers."""
    check_separation(n, delta)
    law = Activation.of(activation)
    start = contraction_depth(delta, law.mu)
    return start + ceil(log((1 + 1 / law.mu) * n**power) / log(law.chi))


def law_depth(n: int, delta: float, activation: str, power: float = 2) -> float:
    """Where the deep kernel's leading term is as small; within about three layers. Unit: layers."""
    check_separation(n, delta)
    law = Activation.of(activation)
    rate = log(law.chi / law.linear_weight)
    return power * log(n) / rate + log(1 / delta) / log(law.chi)


def exact_depth(
    n: int, delta: float, activation: str, power: float = 2, input_variance: float = 1.0
) -> int:
    """The smallest depth at which k_L(1 - delta) is at most n**-power. Unit: layers.

    Args:
        n: points.
        delta: their separability.
        activation: name.
        power: of n.
        input_variance: of the first preactivations.

    Raises:
        ValueError: if the activation's mean is not zero: then no depth is enough.
    """
    check_separation(n, delta)
    Activation.of(activation).mu  # noqa: B018  refuses
    target = float(n) ** -power
    below, enough = 0, 1
    while Kernel.of(activation, enough, input_variance).at_gap(delta) > target:
        below, enough = enough, 2 * enough
    while enough - below > 1:
        middle = (below + enough) // 2
        if Kernel.of(activation, middle, input_variance).at_gap(delta) > target:
            below = middle
        else:
            enough = middle
    return enough
