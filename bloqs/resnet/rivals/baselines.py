"""The classical algorithms that a quantum network is compared with, as functions of its size."""

from functools import lru_cache

from bloqs.resnet.rivals.flops import ResidualShape
from bloqs.resnet.rivals.sampled_network import SampledNetwork
from bloqs.resnet.rivals.sampler_block import lipschitz_constant
from bloqs.resnet.rivals.sampler_cost import SamplerCost, expected_cost
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
    """FLOP in sequence of the exact evaluation, with as many processors as there are numbers."""
    return int(exact_shape(network, n).layers(n))


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

    def exactly(N: Size) -> dict[str, Cost]:
        return in_sequence(work(N), exact_lookups(network, N))

    def by_samples(N: Size) -> dict[str, Cost]:
        found = sampled(N)
        return in_sequence(None, None) if found is None else in_sequence(found.flops, found.lookups)

    def cheaper(N: Size) -> dict[str, Cost]:
        found = sampled(N)
        if found is None:
            return in_sequence(None, None)
        is_exact = work(N) + exact_lookups(network, N) <= found.flops + found.lookups
        return exactly(N) if is_exact else by_samples(N)

    def at_once(N: Size) -> dict[str, Cost]:
        cost = {"gates": work(N), "lookups": exact_lookups(network, N)}
        return {**cost, "depth": exact_layers(network, log2_of(N)), "lookup layers": 1}

    exact = Way(
        name="exact",
        group=group,
        assumption="every FLOP of one evaluation, one after another; it gives all class "
        "probabilities at once",
        is_classical=True,
        at=exactly,
        compared={"gates": "exact gates", "depth": "exact depth"},
    )
    parallel = Way(
        name="exact, parallel",
        group=group,
        assumption="the same FLOP on as many processors as there are numbers, which look up "
        "everything at once",
        is_classical=True,
        at=at_once,
        compared={"depth": "parallel depth"},
        drawn=("depth",),
    )
    sampler = Way(
        name="sampler",
        group=group,
        assumption=_sampler_assumption(network),
        is_classical=True,
        kind=Kind.ESTIMATE,
        at=by_samples,
        compared={"gates": "sampler gates", "depth": "sampler depth"},
    )
    best = Way(
        name="cheaper",
        group=group,
        assumption="the exact evaluation or the sampler, whichever takes fewer FLOP and look-ups "
        "at that size",
        is_classical=True,
        kind=Kind.ESTIMATE,
        at=cheaper,
        compared={"gates": "cheaper gates"},
        drawn=(),
    )
    return exact, parallel, sampler, best


def in_sequence(flops: Cost, lookups: Cost) -> dict[str, Cost]:
    """FLOP and look-ups one after another."""
    return {"gates": flops, "lookups": lookups, "depth": flops, "lookup layers": lookups}


def exact_lookups(network: SampledNetwork, N: Size) -> int:
    """Reads of the data by the exact evaluation: every entry of the input and of the matrix."""
    return int(exact_shape(network, log2_of(N)).lookups)


def log2_of(N: Size) -> int:
    """log2 of a length that is a power of two."""
    return int(N).bit_length() - 1


def _sampler_assumption(network: SampledNetwork) -> str:
    shares = ", ".join(f"{p:.3g}" for p in dict.fromkeys(network.acceptances))
    text = (
        "the same access to the data, expected FLOP and look-ups for the first class, one after "
        "another; neurons are remembered until an estimate changes; a candidate is accepted with "
        f"probability {shares}; entries like Gaussian numbers"
    )
    if network.tau is None:
        return text
    return f"{text}; columns of norm 1, whose sums are at right angles to the skip path"


def longest(slope: float, alpha: float) -> float:
    """Length that x + erf(slope W x) cannot exceed for a unit x and sqrt(s_r s_c) = alpha."""
    return 1 + lipschitz_constant(slope) * alpha


def envelope_acceptance(length: float, slope: float, alpha: float) -> float:
    r"""Acceptance of the sampler's tight envelope, $(\ell / (1 + L\alpha))^2$.

    Args:
        length: l2 norm of x + erf(slope W x) of the data: no promise, which may be far below.
        slope: of the activation.
        alpha: sqrt(s_r s_c) of the convolution.
    """
    return min(1.0, (length / longest(slope, alpha)) ** 2)
