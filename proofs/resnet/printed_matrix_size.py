"""Printed: the size of the matrix that is applied to the vector of a network."""

import numpy as np

from bloqs.convolution.adder import AdderConvolution
from bloqs.convolution.kernel import Kernel
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from proofs.claim import Measurement
from proofs.erratum import Erratum
from proofs.resnet.kernels import operator

CHANNELS = 16


def observe(m: int) -> Measurement:
    """Entries that a layer between 16 channels gives for an image of 2**m x 2**m pixels.

    W is applied to them. Also how many entries the library says the layer acts on.
    """
    K = np.ones((CHANNELS, CHANNELS, 1, 1))
    entries, _ = operator(K, m).shape
    conv = AdderConvolution(Kernel.of(K), m, 4, QROMLoader(), Rotation.BITWISE)
    return Measurement(value=float(entries), stated=float(2**conv.system_bitsize))


ERRATUM = Erratum(
    says="N = M**2, and the N x N matrix W is applied to what layers between 16 channels of "
    "M x M pixels give.",
    corrected_says="They give 16 M**2 entries, so W is 16 M**2 x 16 M**2: N is the number of "
    "entries of the vector, and not of one channel.",
    see="resnet.adder_convolution_operator",
    relation="==",
    observe=observe,
    printed=lambda m: 4.0**m,
    corrected=lambda m: CHANNELS * 4.0**m,
    instances=({"m": 1}, {"m": 2}),
    twin_says="A matrix with as many columns as the vector has entries is what is printed.",
    source="[RHGPR25] Thm. 2",
)
