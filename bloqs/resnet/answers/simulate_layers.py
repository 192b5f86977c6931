r"""Simulate a quantum residual network on a real image, layer by layer, against NumPy.

    network = residual_network_at("examples/digits_resnet.onnx")
    runs = simulate_network(network, image, Variant.TIGHT, 0.01)
    for run in runs:
        print(run.layer, run.error, run.claimed, run.fidelity)

Each layer is the bloq that is costed, with its own phases; the convolution enters as the dilation
of its matrix. The reference is `bloqs.resnet.model.network`, which knows no circuit.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

import attrs
import numpy as np
from attrs import field, frozen
from numpy.typing import ArrayLike, NDArray

from bloqs.abstract import AbstractVectorEncoding
from bloqs.resnet.answers.simulated_network import Lengths, NetworkInstance
from bloqs.resnet.circuits.output_block import OutputBlock
from bloqs.resnet.circuits.residual_block import ResidualBlock
from bloqs.resnet.model.block_plan import Variant
from bloqs.resnet.model.network import ResidualNetwork
from bloqs.resnet.model.recognition import residual_network_of
from bloqs.simulation.array_state import State
from bloqs.simulation.boxed_vector import BoxedVector
from bloqs.simulation.partial_run import LARGEST_RUN, NetworkRun, run
from bloqs.simulation.stand_in import Fidelity, lowest_fidelity
from bloqs.simulation.vector_dilation import VectorDilation
from estimator.network.onnx_reader import read_network


class Coherent(StrEnum):
    """How much of a network is one circuit, before its result is replaced by a stand-in."""

    SUM = "sum"
    """The sum of skip path and activation; normalisation acts on a stand-in of it."""
    BLOCK = "block"
    """A whole block; the next one acts on a stand-in of it."""
    NETWORK = "network"
    """All blocks, each inside the next."""


@frozen(kw_only=True)
class LayerRun:
    """One layer, simulated.

    Args:
        layer: which one.
        vector: what it encodes, Array of shape (2**n,), alpha included.
        reference: the vector of the classical network after it, same shape.
        claimed: epsilon of the bloq, l2 norm: it covers the errors of all layers before it.
        is_up_to_phase: whether the bloq claims its vector up to a phase factor only.
        fidelity: how much of the circuit was run.
        coherent: how much of the network was one circuit.
        qubits: of the largest run.
        operations: of the runs, a part left whole counting as one.
        calls: of the layer before, or its inverse, as found in the circuits that were run.
        planned: the same by the plan.
        input_calls: of the network's input, all layers up to this one being one circuit.
    """

    layer: str
    vector: State = field(eq=False, repr=False)
    reference: NDArray[np.float64] = field(eq=False, repr=False)
    claimed: float
    is_up_to_phase: bool
    fidelity: Fidelity
    coherent: Coherent
    qubits: int
    operations: int
    calls: int
    planned: int
    input_calls: int

    @property
    def error(self) -> float:
        """Distance of the vector from the reference, l2 norm; least over phases if up to one."""
        turn = 1.0 + 0.0j
        if self.is_up_to_phase:
            overlap = complex(np.vdot(self.reference, self.vector))
            turn = overlap / abs(overlap) if overlap else turn
        return float(np.linalg.norm(self.vector - turn * self.reference))

    @property
    def holds(self) -> bool:
        """Whether the error is within the claimed one."""
        return self.error <= self.claimed

    @property
    def success(self) -> float:
        """Probability of finding all ancillas in zero, for a vector with alpha = 1."""
        return float(np.vdot(self.vector, self.vector).real)

    def plain(self) -> dict[str, Any]:
        """All but the vectors."""
        return {
            "layer": self.layer,
            "coherent": str(self.coherent),
            "fidelity": str(self.fidelity),
            "qubits": self.qubits,
            "operations": self.operations,
            "calls": self.calls,
            "input_calls": self.input_calls,
            "error": self.error,
            "claimed_error": self.claimed,
            "up_to_phase": self.is_up_to_phase,
            "success": self.success,
            "holds": self.holds,
        }


MOST_CALLS = 20_000
"""Calls of the layer before that one run makes at most: an hour at the largest size."""

SINGLE = 3e-4
"""Claimed error from which large states have single precision, which rounds by about 1e-5."""

LARGE = 18
"""Qubits from which a state is large."""

LONG = 1e9
"""Calls times amplitudes from which a block is not run whole unless asked: about half a minute."""

Watch = Callable[[str, int, int], None]
"""Is told the layer, the operations that are done, and their number."""

Layer = ResidualBlock | OutputBlock


def unwatched(layer: str, done: int, total: int) -> None:
    """Nobody wants to know."""


def residual_network_at(path: str | Path) -> ResidualNetwork:
    """The network in an ONNX file.

    Raises:
        ValueError: if the file cannot be read or is no residual network.
    """
    return residual_network_of(read_network(path))


def simulate_network(
    network: ResidualNetwork,
    image: ArrayLike,
    variant: Variant,
    epsilon: float,
    blocks: int | None = None,
    *,
    has_output: bool = False,
    lengths: Lengths = Lengths.MEASURED,
    coherent: Coherent | None = None,
    watch: Watch = unwatched,
) -> tuple[LayerRun, ...]:
    """Run residual blocks, and the output block if asked for, on one image.

    The first block runs on the loaded image, with its weights dilated. Each later layer runs on a
    stand-in with the vector that came out of the one before, unless all of them are one circuit.

    Args:
        network: of the form that the reader accepts.
        image: shape (channels, M, M), M a power of two; as in `ResidualNetwork.vector_of`.
        variant: the construction; the published one fits with `Coherent.SUM` alone.
        epsilon: total error, l2 norm of the last vector; of the class probabilities after the
            output block.
        blocks: residual blocks to run, the first ones; all if `None`.
        has_output: whether to run the output block after them.
        lengths: what is promised about the lengths of sums.
        coherent: how much is one circuit: `NETWORK` up to n = 2, `BLOCK` and `SUM` up to n = 8;
            if `None`, each layer is `BLOCK` where that takes less than about half a minute, and
            `SUM` elsewhere.
        watch: is told how far the run of a layer has got.

    Returns:
        One `LayerRun` for each layer; for the last alone if all are one circuit.

    Raises:
        ValueError: if the network, the image or a setting does not fit, or a run is too large.
        estimator.phases.find.PhaseFindingError: if phases are not found.
    """
    psi = network.vector_of(np.asarray(image, dtype=np.float64))
    instance = NetworkInstance(
        network=network,
        psi=psi,
        variant=variant,
        epsilon=epsilon,
        k=network.k if blocks is None else blocks,
        has_output=has_output,
        lengths=lengths,
    )
    return simulate_instance(instance, coherent, watch)


def simulate_instance(
    instance: NetworkInstance, coherent: Coherent | None = None, watch: Watch = unwatched
) -> tuple[LayerRun, ...]:
    """As `simulate_network`, for an instance that is built already."""
    names = [f"block {i}" for i in range(1, instance.k + 1)]
    names += ["output"] if instance.has_output else []
    runs: list[LayerRun] = []
    vector: AbstractVectorEncoding = instance.source()
    input_calls = 1
    for i, name in enumerate(names, start=1):
        layer = instance.output_block(vector) if name == "output" else instance.block(i, vector)
        planned = int(layer.plan.calls)
        input_calls *= planned
        if coherent is Coherent.NETWORK and i < len(names):
            vector = BoxedVector(layer)
            continue
        unit = coherent or _fitting(layer)
        parts, calls = _run(layer, unit, partial(watch, name))
        found = LayerRun(
            layer=name,
            vector=parts[-1].vector,
            reference=instance.references[i],
            claimed=float(layer.epsilon),
            is_up_to_phase=instance.variant is Variant.FIXED_POINT,
            fidelity=lowest_fidelity(kind for part in parts for kind in part.runner.whole),
            coherent=unit,
            qubits=max(part.runner.qubits for part in parts),
            operations=sum(part.runner.gates for part in parts),
            calls=calls,
            planned=planned,
            input_calls=input_calls,
        )
        runs.append(found)
        vector = VectorDilation.of_vector(_at_most_one(found.vector), 1.0, found.claimed)
    return tuple(runs)


def _fitting(layer: Layer) -> Coherent:
    """How much of a layer is run without being asked."""
    qubits = layer.signature.n_qubits()
    small = qubits <= LARGEST_RUN and int(layer.plan.calls) * 2.0**qubits <= LONG
    return Coherent.BLOCK if small else Coherent.SUM


def _run(
    layer: Layer, coherent: Coherent, watch: Callable[[int, int], None]
) -> tuple[tuple[NetworkRun, ...], int]:
    """The runs of one layer, and how often they call the layer before."""
    before = type(layer.vector)
    large = layer.signature.n_qubits() >= LARGE and layer.epsilon >= SINGLE
    dtype: type[np.complexfloating] = np.complex64 if large else np.complex128
    if coherent is not Coherent.SUM:
        if layer.plan.calls > MOST_CALLS:
            raise ValueError(
                f"{layer} calls what comes before it {int(layer.plan.calls):,} times, more than "
                f"the {MOST_CALLS:,} that are simulated as one circuit; replace its sum, or allow "
                f"a larger error"
            )
        whole = run(layer, dtype, watch)
        return (whole,), whole.calls[before]
    first = run(layer.sum, dtype, watch)
    amplitudes = tuple(complex(x) for x in first.vector)
    stand_in = VectorDilation(amplitudes, float(layer.sum.alpha), float(layer.sum.epsilon))
    second = run(attrs.evolve(layer.normalised, vector=stand_in), dtype, watch)
    return (first, second), first.calls[before] * second.calls[VectorDilation]


def _at_most_one(vector: State) -> State:
    """The vector without what rounding adds to a length of one."""
    return vector / max(1.0, float(np.linalg.norm(vector)))
