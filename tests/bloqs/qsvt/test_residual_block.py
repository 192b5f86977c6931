"""A whole residual block: mat-vec, activation, skip and normalisation, both transforms run."""

import math

import attrs
import cirq
import numpy as np
import pytest
from attrs import frozen
from qualtran import CtrlSpec, QBit, Register
from qualtran.bloqs.mcmt.specialized_ctrl import get_ctrl_system_1bit_cv_from_bloqs
from scipy.linalg import block_diag, sqrtm
from scipy.special import erf

from bloqs.abstract import AbstractBlockEncoding
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_level import RotationLevel, as_one_gate
from bloqs.encodings.matrix_vector import MatrixVector
from bloqs.encodings.vector_sum import VectorSum
from bloqs.qsvt.nonlinear_amplitudes import NonlinearAmplitudes
from bloqs.qsvt.normalised_vector import NormalisedVector
from bloqs.simulate import Runner, encoded_vector
from estimator.erf_polynomial import erf_error, erf_ratio_polynomial
from estimator.phases import phases_of
from estimator.sign_polynomial import sign_error, sign_polynomial

SLOPE = 0.8


@frozen(cache_hash=True)
class Dilation(AbstractBlockEncoding):
    """A matrix of norm at most one as the corner of a unitary: stands in for a tested encoding."""

    entries: tuple[tuple[float, ...], ...]
    is_controlled: bool = False
    is_adjoint: bool = False
    alpha = 1
    epsilon = 0
    ancilla_bitsize = 1

    @property
    def system_bitsize(self):
        return len(self.entries).bit_length() - 1

    @property
    def control_registers(self):
        return (Register("ctrl", QBit()),) if self.is_controlled else ()

    @property
    def unitary(self):
        B = np.array(self.entries)
        one, size = np.eye(len(B)), len(B)
        corner = np.block([[B, sqrtm(one - B @ B.T)], [sqrtm(one - B.T @ B), -B.T]])
        whole = corner.reshape(2, size, 2, size).transpose(1, 0, 3, 2).reshape(2 * size, -1)
        whole = whole.conj().T if self.is_adjoint else whole
        return block_diag(np.eye(2 * size), whole) if self.is_controlled else whole

    def adjoint(self):
        return attrs.evolve(self, is_adjoint=not self.is_adjoint)

    def get_ctrl_system(self, ctrl_spec: CtrlSpec):
        return get_ctrl_system_1bit_cv_from_bloqs(
            self,
            ctrl_spec,
            current_ctrl_bit=1 if self.is_controlled else None,
            bloq_with_ctrl=attrs.evolve(self, is_controlled=True),
            ctrl_reg_name="ctrl",
        )


BLOCKS = {RotationLevel: as_one_gate, Dilation: lambda bloq: cirq.MatrixGate(bloq.unitary)}


def residual_block(psi, W):
    """The specification: x + erf(0.8 W x), then length one."""
    out = psi + erf(SLOPE * W @ psi)
    return out / np.sqrt(np.sum(out**2))


def encoded_block(psi, W, erf_degree, sign_degree, error):
    """The same as a vector-encoding, 9 qubits for 4 entries."""
    loaded = LoadedVector.of(psi, 40, QROMLoader(), Rotation.BITWISE)
    product = MatrixVector(
        Dilation(tuple(map(tuple, W))), loaded, norm=float(np.linalg.norm(W @ psi))
    )
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
    assert Runner.of(block, BLOCKS).qubits <= 16
    assert gap < 1e-3
    assert gap <= float(block.epsilon) + 1e-9
