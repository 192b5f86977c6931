"""Which variants a parameter matters to, and between what the letters move on a page."""

from collections.abc import Mapping

from estimator.ask.explored import Required

Uses = Mapping[str, tuple[str, ...]]
"""By parameter, the values of a choice that it matters to; all if it is not here."""

INFERENCE_USES: Uses = {"parallel": ("sampled",)}
GRADIENT_USES: Uses = {
    "g": ("grouped",),
    "form": ("grouped", "hadamard", "tomography"),
    "parallel": ("grouped", "shift", "hadamard"),
    "constant": ("tomography",),
}
TRAINING_USES: Uses = {"R": ("mirror",), "form": ("greedy", "mirror")}
TEST_USES: Uses = {"g": ("grouped",), "form": ("grouped", "hadamard")}
"""Ways to read a gradient in training."""

PROTOCOL_USES: Uses = {
    "L": ("inner-product", "dense-coding", "fourier"),
    "P": ("fourier",),
    "alpha": ("hidden-matching",),
    "delta": ("hidden-matching",),
    "vartheta": ("vector-in-subspace", "raz"),
}

MOVED = {
    "n": (1, 64),
    "L": (1, 1000),
    "P": (1, 10**9),
    "g": (1, 10**6),
    "epsilon": (1e-4, 1),
    "delta": (1e-9, 0.5),
    "kappa": (1e-2, 1),
    "R": (1e-2, 1e3),
    "constant": (1e-3, 1e3),
    "vartheta": (0, 0.69),
    "ebit_rate": (1, 1e9),
    "nodes": (1, 2**40),
    "features": (1, 2**20),
}
"""Between what a control stands; more may be typed."""

PAIRS = {"ebit_rate": 1e6}
"""Where the rate of entangled pairs stands at first. Unit: pairs/second."""

SAID_BY_N = {"N": "n says the same"}
"""Why the length of the data does not move."""


def meaning_of(uses: Uses, tests: Uses | None = None) -> dict[str, dict[str, tuple[str, ...]]]:
    """The choices for which parameters have a meaning; an unset variant is all of them.

    Args:
        uses: by the variant.
        tests: by how a gradient is read.
    """
    found = {name: {"variant": ("", *variants)} for name, variants in uses.items()}
    for name, ways in (tests or {}).items():
        found.setdefault(name, {})["gradient"] = ways
    return found


def groups_of(choice: str, *values: str) -> Required:
    """That there are no more groups than parameters, where the choice has one of these values."""
    says = "there are at most as many groups as parameters of a block"
    return Required("P - g", says, {choice: values})
