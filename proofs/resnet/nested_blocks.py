"""Residual blocks inside each other around vectors and weights whose circuits are known."""

import attrs

from bloqs.abstract import AbstractVectorEncoding
from bloqs.qsvt.normalised_vector import NormalisedVector
from bloqs.resnet.circuits.layer_calls import previous_vector
from bloqs.resnet.circuits.layered_network import LayeredNetwork
from bloqs.resnet.circuits.residual_block import BlockPhases, ResidualBlock
from bloqs.resnet.circuits.uniform_network import UniformNetwork
from bloqs.resnet.model.block_plan import Variant, block_plan
from bloqs.resnet.symbols import blocks
from proofs.leaves import MatrixLeaf, VectorLeaf

SMALL = 1e-9
"""An error and a length that no plan refuses. Unit: 1."""


def nested(
    k: int,
    n: int,
    a_0: int,
    a_1: int,
    erf_degree: int,
    sign_degree: int,
    variant: Variant = Variant.TIGHT,
) -> LayeredNetwork:
    """k equal blocks, the phases of which do not matter.

    Args:
        k: number of blocks.
        n: width of the vectors. Unit: qubits.
        a_0: ancillas of the input, none or at least 2. Unit: qubits.
        a_1: ancillas of the weights. Unit: qubits.
        erf_degree: degree of the activation's polynomial, odd, at least 3.
        sign_degree: degree of the normalisation's polynomial, odd.
        variant: construction of the blocks.
    """
    source, weights = _source(n, a_0), MatrixLeaf(2, 1.0, n, a_1)
    plan = attrs.evolve(
        block_plan(variant, 1.0, 1.0, 2**n, 0.5, 0.0),
        erf_degree=erf_degree,
        sign_degree=sign_degree,
        start=SMALL,
        erf_error=SMALL,
        sign_error=SMALL,
    )
    activation = tuple(0.1 + 0.05 * j for j in range(erf_degree))
    phases = BlockPhases(activation, tuple(0.2 + 0.05 * j for j in range(sign_degree + 1)))
    layers: list[ResidualBlock] = []
    ancillas = source.ancilla_bitsize
    for _ in range(k):
        vector = previous_vector(n, ancillas)
        layers.append(ResidualBlock(vector, weights, plan, phases, 1.0))
        ancillas = layers[-1].ancilla_bitsize
    return LayeredNetwork(source, tuple(layers))


def stated_ancillas(k: int, n: int, a_0: int, a_1: int, variant: Variant) -> int:
    """Ancillas of the same blocks as the library states them for a symbol k. Unit: qubits."""
    source, weights = _source(n, a_0), MatrixLeaf(2, 1.0, n, a_1)
    uniform = UniformNetwork(source, weights, variant, blocks, target=0.5, length=1.0)
    return int(uniform.ancilla_bitsize.subs(blocks, k))


def _source(n: int, a_0: int) -> AbstractVectorEncoding:
    """An input with a_0 ancillas that is normalised."""
    if not a_0:
        return VectorLeaf(1, n, 0)
    return NormalisedVector(VectorLeaf(1, n, a_0 - 1), (0.1, 0.2), 1, SMALL)
