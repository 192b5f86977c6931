"""Apply a block-encoded convolution to one vector, gate by gate."""

from functools import partial
from typing import Any

import numpy as np
import quimb.tensor as qtn
from numpy.typing import NDArray
from qualtran.simulation.tensor import cbloq_to_quimb

from benchmarks.benchmark import Benchmark, Case
from bloqs.convolution.abstract_convolution import AbstractConvolution
from bloqs.convolution.adder import AdderConvolution
from bloqs.convolution.kernel import Kernel
from bloqs.convolution.multiplexed import MultiplexedConvolution
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.simulation.runner import encoded_image

Input = tuple[AbstractConvolution, NDArray[Any]]
Answer = NDArray[np.complexfloating]

UNITARY = "Qualtran: `tensor_contract()`, the unitary, times the vector"
AGAINST_UNITARY = (
    "a convolution of one vector, 6 to 16 register qubits, every gate run, against "
    "`tensor_contract()` of the same bloq"
)
AGAINST_NETWORK = (
    "the same, 6 to 14 register qubits, against its tensor network with the vector and the flags "
    "put in, contracted by quimb"
)
NETWORK = (
    "Qualtran's tensor network, vector put in, flags cut to zero, contracted by quimb: the fastest "
    "way found"
)
ANGLE_BITS = 4


def make(variant: Any, C_in: int, D: int, m: int) -> Input:
    """A convolution of C_in channels into one, kernel D x D, image side 2**m; and an image."""
    rng = np.random.default_rng(7)
    kernel = Kernel.of(rng.standard_normal((1, C_in, D, D)))
    conv = variant(kernel, m, ANGLE_BITS, QROMLoader(), Rotation.BITWISE)
    return conv, rng.standard_normal(2**conv.system_bitsize)


def by_circuit(given: Input) -> Answer:
    return encoded_image(*given)


def by_unitary(given: Input) -> Answer:
    conv, vector = given
    S, F = 2**conv.system_bitsize, 2**conv.ancilla_bitsize
    block = conv.tensor_contract().reshape(S, F, S, F)[:, 0, :, 0]
    return float(conv.alpha) * (block @ vector)


def by_network(given: Input) -> Answer:
    conv, vector = given
    network = cbloq_to_quimb(conv.as_composite_bloq().flatten())
    n, flags = conv.system_bitsize, range(conv.ancilla_bitsize)
    wire = {(name, side, k): (name, idx, k, side) for name, idx, k, side in network.outer_inds()}
    entries = [wire["system", "l", k] for k in range(n)]
    network.add(qtn.Tensor(vector.reshape((2,) * n), entries))
    for side in "lr":
        for k in flags:
            network.add(qtn.Tensor(np.array([1.0, 0.0]), [wire["ancilla", side, k]]))
    return float(conv.alpha) * network.to_dense([wire["system", "r", k] for k in range(n)])


def close(ours: Answer, peer: Answer) -> bool:
    return np.allclose(ours, peer, rtol=0, atol=1e-9)


def cases(variant: Any, C_in: int, D: int, sides: range, peer: Any) -> list[Case]:
    """The same kernel over images of side 2**m, for m in `sides`."""
    name = "adder" if variant is AdderConvolution else "multiplexed"
    against = "against the unitary" if peer is by_unitary else "against the network"
    return [
        Case(
            what=f"{name} convolution of one vector, {C_in} to 1 channels, {D}x{D}, {against}",
            size=f"{make(variant, C_in, D, m)[0].signature.n_qubits()} register qubits",
            setup=partial(make, variant, C_in, D, m),
            ours=by_circuit,
            peer=peer,
            same=close,
            note=UNITARY if peer is by_unitary else NETWORK,
            headline=AGAINST_UNITARY if peer is by_unitary else AGAINST_NETWORK,
        )
        for m in sides
    ]


CONVOLUTION = Benchmark(
    "convolution",
    [
        *cases(AdderConvolution, 1, 2, range(1, 7), by_unitary),
        *cases(MultiplexedConvolution, 1, 2, range(1, 5), by_unitary),
        *cases(AdderConvolution, 2, 2, range(1, 4), by_unitary),
        *cases(AdderConvolution, 1, 2, range(1, 6), by_network),
        *cases(AdderConvolution, 2, 3, range(2, 3), by_network),
    ],
)
