"""A whole residual block: mat-vec, activation, skip and normalisation, both transforms run."""

import math

import numpy as np
import pytest
from scipy.special import erf

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_level import RotationLevel, as_one_gate
from bloqs.encodings.matrix_vector import MatrixVector
from bloqs.encodings.vector_sum import VectorSum
from bloqs.qsvt.nonlinear_amplitudes import NonlinearAmplitudes
from bloqs.qsvt.normalised_vector import NormalisedVector
from bloqs.simulation.dilation import Dilation
from bloqs.simulation.partial_run import STAND_INS
from bloqs.simulation.runner import Fidelity, Runner, encoded_vector
from estimator.phases.find import phases_of
from estimator.polynomials.erf import erf_error, erf_ratio_polynomial
from estimator.polynomials.sign import sign_error, sign_polynomial

SLOPE = 0.8


BLOCKS = {RotationLevel: as_one_gate, **STAND_INS}


def residual_block(psi, W):
    """The specification: x + erf(0.8 W x), then length one."""
    out = psi + erf(SLOPE * W @ psi)
    return out / np.sqrt(np.sum(out**2))


def encoded_block(psi, W, erf_degree, sign_degree, error):
    """The same as a vector-encoding, 9 qubits for 4 entries."""
    loaded = LoadedVector.of(psi, 40, QROMLoader(), Rotation.BITWISE)
    product = MatrixVector(Dilation.of_matrix(W), loaded, norm=float(np.linalg.norm(W @ psi)))
    gamma = 2 * SLOPE / math.sqrt(math.pi)
    ratio = erf_ratio_polynomial(SLOPE, erf_degree)
    activated = erf(SLOPE * W @ psi)
    activation = NonlinearAmplitudes(
        product,
        tuple(phases_of(np.array(ratio.coefficients) / (gamma * (1 + 1e-9))).reflection),
        erf_degree - 1,
        gamma * (1 + 1e-9),
        gamma,
        erf_error(SLOPE, erf_degree),
        float(np.linalg.norm(activated)),
    )
    length = float(np.linalg.norm(psi + activated)) / (1 + activation.gamma)
    skip = VectorSum(loaded, activation, 1 / (1 + activation.gamma), length)
    start = 0.9 * length
    sign = sign_polynomial(start, error, sign_degree)
    return NormalisedVector(
        skip,
        tuple(phases_of(np.array(sign.coefficients)).reflection),
        sign_degree,
        sign_error(start, error, sign_degree),
    )


@pytest.mark.parametrize("seed", range(2))
def test_a_residual_block_equals_numpy(seed):
    """Run with the weights dilated; within 1e-3, and within the error the bloq claims."""
    draw = np.random.default_rng(seed)
    psi = draw.normal(size=4)
    psi /= np.linalg.norm(psi)
    W = draw.normal(size=(4, 4))
    W *= 0.98 / np.linalg.norm(W, ord=2)

    block = encoded_block(psi, W, erf_degree=7, sign_degree=51, error=1e-4)
    found = encoded_vector(block, BLOCKS)

    gap = np.linalg.norm(found - residual_block(psi, W))
    runner = Runner.of(block, BLOCKS)
    assert runner.qubits <= 16
    assert runner.fidelity is Fidelity.DILATED
    assert gap < 1e-3
    assert gap <= float(block.epsilon) + 1e-9
