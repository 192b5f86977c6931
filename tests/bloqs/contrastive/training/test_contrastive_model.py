"""The loss beside the one in NumPy, sizes of every arm, gradients through a circuit."""

import math

import numpy as np
import pytest
import torch
from attrs import evolve

from bloqs.contrastive.model.batched_engine import Engine
from bloqs.contrastive.model.contrastive_loss import nt_xent
from bloqs.contrastive.parameters import ARMS
from bloqs.contrastive.training.contrastive_model import representation_of, view_loss
from bloqs.contrastive.training.image_encoder import residual_encoder
from bloqs.contrastive.training.quantum_layer import Gradient, QuantumRepresentation
from bloqs.contrastive.training.run_settings import DEEPER, PLAIN_DEPTH, RunSettings

SETTINGS = RunSettings(
    arm="ring", width=8, layers=2, batch=32, steps=6, every=3, seed=3, gradient="adjoint",
    shots=None, temperature=0.07, rate=1e-3, data="digits", folder="", classes=10, split=0,
    probe="cached",
)  # fmt: skip
SIZES = {"ring": 32, "all-to-all": 32, "frozen": 0, "classical": 144, "tanh": 144, "cosine": 72,
         "identity": 0, "input-layer": 0, "untrained": 0}  # fmt: skip


@pytest.mark.parametrize("arm", ARMS)
def test_every_arm_maps_w_numbers_to_w(arm):
    """With the published numbers of parameters where there are such."""
    layers = PLAIN_DEPTH.get(arm, DEEPER.get(arm, 2))
    made = representation_of(evolve(SETTINGS, arm=arm, layers=layers))
    assert made(torch.rand(5, 8)).shape == (5, 8)
    if arm in SIZES:
        assert sum(x.numel() for x in made.parameters() if x.requires_grad) == SIZES[arm]


def test_the_loss_is_that_of_the_model(rng):
    """With its gradient; two orthogonal pairs have a closed form."""
    rows = rng.normal(size=(10, 3))
    tensor = torch.tensor(rows, requires_grad=True)
    loss = view_loss(tensor, 0.2)
    loss.backward()
    value, slopes = nt_xent(rows[:5], rows[5:], 0.2)
    assert loss.item() == pytest.approx(value, abs=1e-12)
    assert np.allclose(tensor.grad.numpy(), slopes.reshape(10, 3), atol=1e-12)
    pairs = torch.eye(2, dtype=torch.float64).repeat(2, 1)
    assert view_loss(pairs, 0.5).item() == pytest.approx(math.log(1 + 2 * math.exp(-2)))
    assert view_loss(torch.ones(8, 3), 0.1).item() == pytest.approx(math.log(7))


@pytest.mark.parametrize("rule", ["adjoint", "four-term"])
def test_gradients_of_a_circuit_are_those_of_differences(rule, rng):
    engine = Engine(kind="ring", width=3, layers=2)
    torch.manual_seed(1)
    layer = QuantumRepresentation(engine, Gradient(rule)).double().train()
    phi = torch.tensor(rng.uniform(0, 3, (4, 3)), requires_grad=True)
    assert torch.autograd.gradcheck(layer, (phi,))
    layer(phi).square().sum().backward()
    step = 1e-6
    for k in (0, 5, 11):
        values = []
        for sign in (1, -1):
            moved = layer.angles.detach().numpy().copy()
            moved[k] += sign * step
            values.append((engine.outputs(phi.detach().numpy(), moved) ** 2).sum())
        difference = (values[0] - values[1]) / (2 * step)
        assert layer.angles.grad[k].item() == pytest.approx(difference, abs=1e-7)


def test_the_published_encoder():
    """ResNet-18 with 11,176,512 parameters before the narrow map, one pixel at the end."""
    encoder = residual_encoder(3, 8).eval()
    assert sum(x.numel() for x in encoder.trunk.parameters()) == 11_176_512
    found = encoder(torch.rand(2, 3, 32, 32))
    assert found.shape == (2, 8)
    assert 0 <= found.min() <= found.max() <= math.pi
