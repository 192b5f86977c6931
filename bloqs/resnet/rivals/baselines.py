"""The classical algorithms that a quantum network is compared with, as functions of its size."""

from collections.abc import Callable
from functools import lru_cache

from attrs import evolve, field, frozen

from bloqs.resnet.rivals.flops import ResidualShape
from bloqs.resnet.rivals.sampler_cost import SampledNetwork, SamplerCost, expected_cost

Price = int | float
"""FLOP, or layers of FLOP."""


@frozen(kw_only=True)
class Baseline:
    """One classical algorithm for the task.

    Args:
        name: of the algorithm.
        has_matrix: whether the network ends in an output block with a full matrix.
        assumption: under which its cost holds.
        work: FLOP at log2 of the length; `None` where they are not known.
        layers: FLOP that must run in sequence.
    """

    name: str
    has_matrix: bool
    assumption: str
    work: Callable[[int], Price | None] = field(repr=False)
    layers: Callable[[int], Price | None] = field(repr=False)


def exact_shape(network: SampledNetwork, n: int) -> ResidualShape:
    """The sizes of the network whose vectors have length 2**n.

    Raises:
        ValueError: if 2**n / C is no square of a whole number.
    """
    pixels = 2**n // network.C
    side = round(pixels**0.5)
    if network.C * side**2 != 2**n:
        raise ValueError(f"N = C * side**2 with a whole side; got N=2**{n} and C={network.C}")
    return ResidualShape(network.C, network.D, side, network.k, network.tau is not None)


def exact_layers(network: SampledNetwork, n: int) -> int:
    """FLOP in sequence of the exact evaluation, with as many processors as there are numbers.

    A sum of l products is one multiplication and ceil(log2 l) additions.
    """
    taps = (network.C * network.D**2 - 1).bit_length()
    normalise = 1 + n + 1 + 1
    block = (1 + taps) + 2 + 1 + normalise
    output = 0 if network.tau is None else 1 + (1 + n) + 1 + 1 + normalise
    pool = 1 + n
    return normalise + network.k * block + output + pool


def baselines(network: SampledNetwork) -> tuple[Baseline, ...]:
    """The exact evaluation on one processor and on any number, the sampler, the cheaper one."""
    has_matrix = network.tau is not None

    def work(n: int) -> int:
        return int(exact_shape(network, n).flops)

    @lru_cache(maxsize=256)
    def sampled(n: int) -> SamplerCost | None:
        return expected_cost(network, 2**n)

    def sampled_work(n: int) -> float | None:
        found = sampled(n)
        return None if found is None else found.flops

    exact = Baseline(
        name="exact",
        has_matrix=has_matrix,
        assumption="every FLOP of one evaluation, one after another; it gives all class "
        "probabilities at once",
        work=work,
        layers=work,
    )
    parallel = evolve(
        exact,
        name="exact, parallel",
        assumption="the same FLOP on as many processors as there are numbers",
        layers=lambda n: exact_layers(network, n),
    )
    sampler = Baseline(
        name="sampler",
        has_matrix=has_matrix,
        assumption=_sampler_assumption(network),
        work=sampled_work,
        layers=sampled_work,
    )

    def cheaper(n: int) -> Price | None:
        found = sampled_work(n)
        return None if found is None else min(work(n), found)

    best = Baseline(
        name="cheaper",
        has_matrix=has_matrix,
        assumption="the exact evaluation or the sampler, whichever takes fewer FLOP at that size",
        work=cheaper,
        layers=cheaper,
    )
    return exact, parallel, sampler, best


def _sampler_assumption(network: SampledNetwork) -> str:
    text = (
        "the same access to the data, expected FLOP for one class, one after another, total "
        f"variation distance {network.epsilon:g}; a candidate is accepted with probability "
        f"{network.acceptance:.3g}; entries like Gaussian numbers"
    )
    if network.tau is None:
        return text
    return f"{text}; columns of norm 1 and an output sum of length {network.output_length:g}"


def envelope_acceptance(length: float, slope_bound: float, alpha: float) -> float:
    r"""Acceptance of the sampler's tight envelope, $(\ell / (1 + L\alpha))^2$.

    Args:
        length: l2 norm of x + erf(slope W x).
        slope_bound: L, the largest derivative of the activation.
        alpha: sqrt(s_r s_c) of the convolution.

    Raises:
        ValueError: if the length is above what such a convolution can give.
    """
    found = (length / (1 + slope_bound * alpha)) ** 2
    if not 0 < found <= 1:
        raise ValueError(
            f"x + f(W x) is at most 1 + {slope_bound:.4g} alpha = {1 + slope_bound * alpha:.4g} "
            f"long for alpha = {alpha:g}, got length = {length:g}"
        )
    return found
