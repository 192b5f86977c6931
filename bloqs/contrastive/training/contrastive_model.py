"""Encoder, representation and head of one arm, and the loss of two views in PyTorch."""

from typing import Any

import torch
from torch import nn
from torch.nn.functional import cross_entropy, normalize

from bloqs.contrastive.model.batched_engine import Engine
from bloqs.contrastive.parameters import HALF_MEASURED, INPUT_LAYER
from bloqs.contrastive.training.image_data import DIGITS
from bloqs.contrastive.training.image_encoder import residual_encoder, small_encoder
from bloqs.contrastive.training.quantum_layer import Gradient, QuantumRepresentation
from bloqs.contrastive.training.run_settings import RunSettings
from bloqs.training.random_streams import seeded

Tensor = Any


class Cosine(nn.Module):
    """Cosine of every number: what the layer of the inputs alone is measured as."""

    def forward(self, inputs: Tensor) -> Tensor:
        """The same shape."""
        return torch.cos(inputs)


class ContrastiveModel(nn.Module):
    """What is trained; arms of one seed start with the same encoder and the same head.

    Args:
        settings: of the run.
        colours: of the images.
    """

    def __init__(self, settings: RunSettings, colours: int) -> None:
        super().__init__()
        width = settings.width
        with seeded(settings.seed, "encoder"):
            maker = small_encoder if settings.data == DIGITS else residual_encoder
            self.encoder = maker(colours, width)
        with seeded(settings.seed, "representation"):
            self.representation = representation_of(settings)
        with seeded(settings.seed, "head"):
            self.head = nn.Sequential(
                nn.Linear(width, width, bias=False),
                nn.BatchNorm1d(width),
                nn.ReLU(),
                nn.Linear(width, width),
            )

    def forward(self, images: Tensor) -> Tensor:
        """What the loss compares; shape (images, W)."""
        return self.head(self.representation(self.encoder(images)))


def representation_of(settings: RunSettings) -> Any:
    """The part in which arms differ."""
    width, layers = settings.width, settings.layers
    if settings.kind is not None:
        engine = Engine(
            kind=settings.kind, width=width, layers=layers, is_single=True,
            is_half_measured=settings.arm == HALF_MEASURED,
        )  # fmt: skip
        gradient = Gradient(settings.gradient, settings.shots)
        return QuantumRepresentation(engine, gradient, settings.arm == "frozen")
    if settings.arm in ("classical", "tanh"):
        bend = nn.LeakyReLU(0.01) if settings.arm == "classical" else nn.Tanh()
        return nn.Sequential(
            *(part for _ in range(layers) for part in (nn.Linear(width, width), bend))
        )
    if settings.arm == "cosine":
        return nn.Sequential(nn.Linear(width, width), Cosine())
    return Cosine() if settings.arm == INPUT_LAYER else nn.Identity()


def view_loss(rows: Tensor, temperature: float) -> Tensor:
    """Normalised temperature-scaled cross entropy; see `contrastive_loss.nt_xent`.

    Args:
        rows: first views and then second ones; shape (2B, W).
        temperature: tau.
    """
    z = normalize(rows, dim=1)
    scores = z @ z.T / temperature
    scores = scores.masked_fill(torch.eye(len(z), dtype=torch.bool), -torch.inf)
    return cross_entropy(scores, torch.arange(len(z)).roll(len(z) // 2))
