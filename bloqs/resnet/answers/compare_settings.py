"""The numbers that a comparison starts from: given, or assumed and named as such."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
from attrs import evolve, field, frozen

from bloqs.resnet.model.block_plan import OUTPUT_WEIGHT, POOL_GAIN, SLOPE, Output, Variant
from bloqs.resnet.model.network import ResidualNetwork
from bloqs.resnet.model.random_network import random_input, random_network
from bloqs.resnet.parameters import COMPARED
from bloqs.resnet.rivals.baselines import envelope_acceptance, longest
from bloqs.resnet.rivals.sampled_network import SampledNetwork
from estimator.network.layers import Matrix

EXAMPLE: Mapping[str, Any] = {
    "k": 2,
    "C": 16,
    "D": 3,
    "epsilon": 0.01,
    "length": 1.0,
    "output_length": 0.5,
    "classes": 10,
    "order": 2,
}
"""The network of [RHGPR25] Thm. 2 with two blocks: C and D are published; order is that of the
quartic and the quadratic speedup claimed for regimes 2 and 3; networks with Gaussian weights keep
what the lengths promise, see `tests/bloqs/resnet/answers/test_compare_settings.py`. Unit: each its
own.
"""

WIDEST = 64
"""Most channels of a random kernel that is drawn for its norms."""

SIDE = 32
"""Image side at which its spectral norm is bounded. Unit: pixels."""

NUMBERS = tuple(each.name for each in COMPARED)
"""Parameters of a comparison that describe the network."""


@frozen(kw_only=True)
class Settings:
    """Numbers of one network whose size grows.

    Args:
        values: k, C, D, epsilon, lengths, classes, order, alpha and norm_1, acceptance; kappa if
            weights are amplified, tau and slope if they are not the published ones.
        assumed: why a value that nobody gave is what it is, by name.
    """

    values: Mapping[str, Any] = field(hash=False)
    assumed: Mapping[str, str] = field(hash=False)

    def for_network(self, variant: str, regime: str) -> dict[str, Any]:
        """What the algorithm `resnet` is called with, except N."""
        names = ("k", "C", "D", "epsilon", "length", "output_length", "classes")
        found = {name: self.values[name] for name in names}
        published = variant == Variant.PUBLISHED
        found["alpha"] = self.values["norm_1" if published else "alpha"]
        if "kappa" in self.values:
            found["kappa"] = self.values["kappa"]
        for name in ("tau", "slope"):
            if name in self.values:
                found[name] = self.values[name]
        if regime != "1":
            found["order"] = self.values["order"]
        return found

    @property
    def slope(self) -> float:
        """Of the activation. Unit: 1."""
        return float(self.values.get("slope", SLOPE))

    @property
    def tau(self) -> float:
        """Weight of the skip path of the output block. Unit: 1."""
        return float(self.values.get("tau", OUTPUT_WEIGHT))

    def sampled(self, output: str) -> SampledNetwork:
        """The same network for the classical algorithms."""
        values = self.values
        return SampledNetwork(
            C=values["C"],
            D=values["D"],
            slope=self.slope,
            row_sum=values["alpha"],
            acceptances=(values["acceptance"],) * values["k"],
            epsilon=self.distance,
            tau=self.tau if output == Output.LINEAR_POOL else None,
        )

    @property
    def distance(self) -> float:
        """Total variation distance of the class probabilities that epsilon allows every circuit.

        It is at most the l2 distance of the vectors before they are pooled.
        """
        return float(self.values["epsilon"] / POOL_GAIN)


ROUNDING = 1e-3
"""Relative distance at which norms still fit each other: they are assumed to few digits. Unit: 1.
"""


def completed(values: Mapping[str, Any], known: Mapping[str, str]) -> Settings:
    """The settings with what is missing put in.

    Args:
        values: parameters by name.
        known: where values come from that nobody typed.

    Raises:
        ValueError: if a kernel is too wide for its norms to be assumed, norms contradict each
            other, or a length is too large.
    """
    found, assumed = dict(values), dict(known)
    for name, value in EXAMPLE.items():
        if name not in found:
            found[name], assumed[name] = value, "worked example"
    if not {"alpha", "norm_1"} <= found.keys():
        C, D = found["C"], found["D"]
        if C > WIDEST:
            raise ValueError(
                f"kernels are drawn for at most {WIDEST} channels, got C = {C}; give alpha and "
                f"norm_1, the sum of |K|"
            )
        alpha, norm_1 = kernel_norms(C, D)
        for name, value in (("alpha", alpha), ("norm_1", norm_1)):
            if name not in found:
                found[name] = value
                assumed[name] = "Gaussian kernel of spectral norm 1"
    slope, alpha = float(found.get("slope", SLOPE)), found["alpha"]
    if found["length"] > longest(slope, alpha):
        raise ValueError(
            f"x + erf({slope:g} W x) is at most {longest(slope, alpha):.4g} long for "
            f"alpha = {alpha:g}, got length = {found['length']:g}; promise less"
        )
    total, most = found["norm_1"], found["C"] * alpha
    are_given = {"alpha", "norm_1"} <= values.keys()
    if are_given and not alpha * (1 - ROUNDING) <= total <= most * (1 + ROUNDING):
        raise ValueError(
            f"norm_1, the sum of |K|, is from alpha = {alpha:g} to C * alpha = {most:g} for every "
            f"kernel, got norm_1={total:g}; alpha is the root of its largest row and column sums"
        )
    if "acceptance" not in found:
        length = gaussian_length(min(found["C"], WIDEST), found["D"], slope)
        found["acceptance"] = round(envelope_acceptance(length, slope, alpha), 6)
        assumed["acceptance"] = (
            f"measured on Gaussian kernels and inputs, which make vectors {length:.3g} long"
        )
    return Settings(values=found, assumed=assumed)


@lru_cache(maxsize=32)
def kernel_norms(C: int, D: int) -> tuple[float, float]:
    """sqrt(s_r s_c) and the sum of moduli of one Gaussian kernel of spectral norm 1, seed 0."""
    kernel = _gaussian(C, D)[0].blocks[0]
    alpha = float(np.sqrt(kernel.row_sum * kernel.column_sum))
    return round(alpha, 4), round(kernel.kernel_norm_1, 3)


@lru_cache(maxsize=32)
def gaussian_length(C: int, D: int, slope: float) -> float:
    """Length of x + erf(slope W x) for that kernel and one Gaussian x, run exactly."""
    network, psi = _gaussian(C, D)
    (length,) = evolve(network, slope=slope).norms(psi)
    return float(length)


@lru_cache(maxsize=4)
def _gaussian(C: int, D: int) -> tuple[ResidualNetwork, Matrix]:
    rng = np.random.default_rng(0)
    network = random_network(C, D, SIDE, 1, 1, False, rng)
    return network, random_input(network.N, rng)
