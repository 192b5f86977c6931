"""Many inputs at once beside Cirq's density matrix, one by one, and beside no noise."""

import numpy as np
import pytest

from bloqs.contrastive.circuits.device_routing import routed
from bloqs.contrastive.circuits.noisy_batch import NoisyBatch
from bloqs.contrastive.circuits.noisy_circuit import NoiseParts, noisy_means
from bloqs.contrastive.circuits.representation_circuit import RepresentationCircuit
from bloqs.contrastive.model.ansatz_parts import angles_of
from bloqs.contrastive.model.batched_engine import Engine, signs
from bloqs.contrastive.model.device_calibration import PARIS, read_calibration

DEVICE = read_calibration(PARIS)


def setting(kind, width, layers, parts, **more):
    rng = np.random.default_rng([width, layers])
    inputs = rng.uniform(0, 3, (3, width))
    angles = rng.normal(size=angles_of(kind, width, layers))
    ways = [
        routed(
            RepresentationCircuit(kind, width, layers, tuple(row), tuple(angles), **more), DEVICE
        )
        for row in inputs
    ]
    batch = NoisyBatch(
        circuit=ways[0].circuit, start=ways[0].start, read=ways[0].read, calibration=DEVICE,
        parts=parts,
    )  # fmt: skip
    return inputs, angles, ways, batch


@pytest.mark.parametrize(
    "parts", [NoiseParts(), NoiseParts(decay=True), NoiseParts(readout=False, decay=True)]
)
@pytest.mark.parametrize(
    ("kind", "width", "layers", "more"),
    [
        ("ring", 4, 2, {}),
        ("ring", 5, 1, {}),
        ("farhi", 4, 1, {}),
        ("13_half", 4, 1, {}),
        ("ring", 4, 2, {"is_half_measured": True}),
    ],
)
def test_means_are_those_of_a_density_matrix(kind, width, layers, more, parts):
    inputs, _, ways, batch = setting(kind, width, layers, parts, **more)
    chances = batch.chances(inputs)
    assert chances.sum(1) == pytest.approx(1, abs=1e-12)
    for way, row in zip(ways, chances @ signs(width), strict=True):
        assert (way.start, way.read) == (batch.start, batch.read)
        assert row == pytest.approx(noisy_means(way.circuit, way.read, DEVICE, parts), abs=1e-10)


@pytest.mark.parametrize("kind", ["ring", "all-to-all", "alternating"])
def test_without_noise_strings_have_the_chances_of_the_engine(kind):
    inputs, angles, _, batch = setting(kind, 4, 2, NoiseParts(gates=False, readout=False))
    engine = Engine(kind=kind, width=4, layers=2)
    assert batch.chances(inputs) == pytest.approx(engine.probabilities(inputs, angles), abs=1e-12)


def test_what_does_not_fit_is_refused(monkeypatch):
    inputs, _, _, batch = setting("ring", 4, 1, NoiseParts())
    monkeypatch.setattr("bloqs.contrastive.circuits.noisy_batch.MEMORY", 1000)
    with pytest.raises(ValueError, match=r"noise on 4 qubits needs .* GiB"):
        batch.chances(inputs)
