"""The output block: skip path plus dense layer of squared moduli, normalised, in one circuit."""

from functools import cache
from typing import Any

import numpy as np

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.encodings.squared_product import SquaredProduct
from bloqs.resnet.circuits.output_block import OutputBlock, output_phases
from bloqs.resnet.model.block_plan import Output, OutputPlan, Variant
from bloqs.resnet.model.network_plan import network_plan
from bloqs.simulation.partial_run import BLOCKS
from bloqs.simulation.vector_dilation import VectorDilation
from proofs.claim import Measurement
from proofs.forms import ROUNDING, vector_forms, vector_specified
from proofs.operator_claim import OperatorClaim
from proofs.resnet.real_blocks import vector, weights

BITS = 40
ERROR = 0.2
"""Error of the class probabilities, l2 norm."""


def _sum(n: int, power: int = 2) -> Any:
    return 0.51 * vector(n) + 0.49 * weights(n) @ np.abs(vector(n)) ** power


def specification(n: int) -> Any:
    """0.51 psi + 0.49 W |psi|**2, divided by its length."""
    return vector_specified(_sum(n) / np.linalg.norm(_sum(n)))


def without_square(n: int) -> Any:
    """0.51 psi + 0.49 W |psi|, divided by its length."""
    return vector_specified(_sum(n, 1) / np.linalg.norm(_sum(n, 1)))


def _plan(n: int) -> OutputPlan:
    length = float(np.linalg.norm(_sum(n)))
    return network_plan(
        Variant.TIGHT, 1, 2**n, ERROR, 1.0, output=Output.LINEAR_POOL, output_length=length
    ).output  # type: ignore[return-value]


@cache
def _bloq(n: int) -> OutputBlock:
    signal = float(np.linalg.norm(weights(n) @ np.abs(vector(n)) ** 2))
    psi, plan = VectorDilation.of_vector(vector(n)), _plan(n)
    product = SquaredProduct.of(psi, weights(n), signal, BITS, QROMLoader(), Rotation.BITWISE)
    length, trees = float(np.linalg.norm(_sum(n))), (product.columns, product.norms)
    return OutputBlock(psi, *trees, plan, output_phases(plan), length, signal)


def simulate(n: int) -> tuple[Any, Measurement]:
    """Plain and controlled; a stand-in of the vector, and levels of 40-bit angles as one gate."""
    return vector_forms(_bloq(n), BLOCKS)


THEOREM = OperatorClaim(
    says="The output block encodes tau psi + (1 - tau) W |psi|**2, tau = 0.51, divided by its "
    "length with alpha 1, within what it claims.",
    specification=specification,
    simulate=simulate,
    instances=({"n": 1}, {"n": 2}),
    false_twin=without_square,
    twin_says="Moduli enter without being squared.",
    bound=lambda n: np.sqrt(2) * (float(_bloq(n).epsilon) + ROUNDING),  # two forms have it
    norm="spectral",
    source="[RHGPR25] Lem. C.1",
)
