"""Every gate of a circuit run by our own array and by other simulators, behind the same runner."""

from functools import lru_cache, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from qualtran import BloqBuilder, CompositeBloq
from qualtran.bloqs.basic_gates import CNOT, Hadamard, SGate

from benchmarks.benchmark import Benchmark, Case
from benchmarks.convolution import make
from bloqs.convolution.adder import AdderConvolution
from bloqs.convolution.cyclic_shift import CyclicShift
from bloqs.convolution.multiplexed import MultiplexedConvolution
from bloqs.simulation.engine import ARRAY, Engine
from bloqs.simulation.qsim_engine import QSIM
from bloqs.simulation.runner import Runner
from bloqs.simulation.stim_engine import STIM

Given = tuple[Any, Any]
"""A bloq, and a basis state or a superposition of its left registers."""

State = NDArray[np.complexfloating]
SINGLE = 1e-5
"""Difference of amplitudes that single precision explains."""


def superposition(width: int) -> State:
    """A random state of so many qubits."""
    rng = np.random.default_rng(7)
    state = rng.normal(size=2**width) + 1j * rng.normal(size=2**width)
    return state / np.linalg.norm(state)


@lru_cache
def shift(m: int) -> Given:
    """A cyclic shift by three, between two Fourier transforms."""
    return CyclicShift(m, 3), superposition(m)


@lru_cache
def convolution(variant: Any, m: int) -> Given:
    """A convolution from one channel to one, kernel 2 x 2, and an image."""
    bloq, image = make(variant, 1, 2, m)
    start = np.zeros((len(image), 2**bloq.ancilla_bitsize))
    start[:, 0] = image / np.linalg.norm(image)
    return bloq, start.reshape(-1)


@lru_cache
def clifford(width: int, gates: int) -> tuple[CompositeBloq, int]:
    """Hadamards, phases and CNOTs at random."""
    rng = np.random.default_rng(7)
    bb = BloqBuilder()
    bits = [bb.add_register(f"q{k}", 1) for k in range(width)]
    for _ in range(gates):
        x, y = rng.permutation(width)[:2]
        kind = rng.integers(4)
        if kind == 0:
            bits[x] = bb.add(Hadamard(), q=bits[x])
        elif kind == 1:
            bits[x] = bb.add(SGate(), q=bits[x])
        else:
            bits[x], bits[y] = bb.add(CNOT(), ctrl=bits[x], target=bits[y])
    return bb.finalize(**{f"q{k}": bit for k, bit in enumerate(bits)}), 5


def run(engine: Engine, given: Given) -> State:
    """The circuit taken apart and run, all of it."""
    bloq, start = given
    return Runner.of(bloq, engine=engine).run(start)


def close(ours: State, peer: State) -> bool:
    return np.allclose(ours, peer, rtol=0, atol=SINGLE)


def case(what: str, size: str, setup: Any, engine: Engine, note: str, headline: str) -> Case:
    return Case(
        what=what,
        size=size,
        setup=setup,
        ours=partial(run, ARRAY),
        peer=partial(run, engine),
        same=close,
        note=note,
        needs={"qsim": "qsimcirq", "stim": "stim"}[engine.name],
        headline=headline,
    )


IN_QSIM = "qsim on one thread, single precision; ours double"
SHIFTS = (
    "a superposition through a cyclic shift of 12 to 18 qubits, every gate run, against qsim "
    "behind the same runner"
)
CONVOLUTIONS = "the same, convolutions of one vector, 14 to 18 register qubits"
CLIFFORDS = "2,000 Clifford gates on 12 to 20 qubits, against stim behind the same runner"

SIMULATORS = Benchmark(
    "simulators",
    [
        *(
            case("cyclic shift", f"{m} qubits", partial(shift, m), QSIM, IN_QSIM, SHIFTS)
            for m in (12, 15, 18)
        ),
        *(
            case(
                f"{variant.__name__} of one vector",
                f"image side {2**m}",
                partial(convolution, variant, m),
                QSIM,
                IN_QSIM,
                CONVOLUTIONS,
            )
            for variant, m in (
                (AdderConvolution, 5),
                (AdderConvolution, 6),
                (MultiplexedConvolution, 5),
            )
        ),
        *(
            case(
                "Clifford gates",
                f"{width} qubits",
                partial(clifford, width, 2000),
                STIM,
                "stim, then the amplitudes written out",
                CLIFFORDS,
            )
            for width in (12, 16, 20)
        ),
    ],
)
