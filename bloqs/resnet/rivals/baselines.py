"""The classical algorithms that a quantum network is compared with, as functions of its size."""

from collections.abc import Callable
from functools import lru_cache

from bloqs.resnet.rivals.flops import ResidualShape
from bloqs.resnet.rivals.sampler_cost import SampledNetwork, SamplerCost, expected_cost
from estimator.compare.crossover import Size
from estimator.compare.sweep import Cost, Way
from estimator.report.parts import Kind


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


def baselines(network: SampledNetwork, group: str) -> tuple[Way, ...]:
    """The exact evaluation on one processor and on any number, the sampler, the cheaper one.

    Args:
        network: sizes and promises.
        group: of the ways that they are compared with.
    """

    def work(N: Size) -> int:
        return int(exact_shape(network, log2_of(N)).flops)

    @lru_cache(maxsize=256)
    def sampled(N: Size) -> SamplerCost | None:
        return expected_cost(network, int(N))

    def sampled_work(N: Size) -> float | None:
        found = sampled(N)
        return None if found is None else found.flops

    def cheaper(N: Size) -> Cost:
        found = sampled_work(N)
        return None if found is None else min(work(N), found)

    def both(price: Callable[[Size], Cost]) -> Callable[[Size], dict[str, Cost]]:
        return lambda N: dict.fromkeys(("gates", "depth"), price(N))

    exact = Way(
        name="exact",
        group=group,
        assumption="every FLOP of one evaluation, one after another; it gives all class "
        "probabilities at once",
        is_classical=True,
        at=both(work),
        compared={"gates": "exact gates", "depth": "exact depth"},
    )
    parallel = Way(
        name="exact, parallel",
        group=group,
        assumption="the same FLOP on as many processors as there are numbers",
        is_classical=True,
        at=lambda N: {"gates": work(N), "depth": exact_layers(network, log2_of(N))},
        compared={"depth": "parallel depth"},
        drawn=("depth",),
    )
    sampler = Way(
        name="sampler",
        group=group,
        assumption=_sampler_assumption(network),
        is_classical=True,
        kind=Kind.ESTIMATE,
        at=both(sampled_work),
        compared={"gates": "sampler gates", "depth": "sampler depth"},
    )
    best = Way(
        name="cheaper",
        group=group,
        assumption="the exact evaluation or the sampler, whichever takes fewer FLOP at that size",
        is_classical=True,
        kind=Kind.ESTIMATE,
        at=both(cheaper),
        compared={"gates": "cheaper gates"},
        drawn=(),
    )
    return exact, parallel, sampler, best


def log2_of(N: Size) -> int:
    """log2 of a length that is a power of two."""
    return int(N).bit_length() - 1


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
