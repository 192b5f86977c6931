"""Random views of images: crops, turns, colours and noise, drawn from one NumPy stream."""

import math
from typing import Any

import numpy as np
import torch
from torch.nn.functional import affine_grid, grid_sample

from bloqs.contrastive.training.image_data import DIGITS

Tensor = Any

LUMA = (0.299, 0.587, 0.114)
"""Weights of red, green and blue in a grey value."""

CIFAR_MEAN, CIFAR_DEVIATION = (0.4914, 0.4822, 0.4465), (0.2023, 0.1994, 0.2010)


def views(data: str, images: Tensor, rng: np.random.Generator) -> Tensor:
    """One random view of each image; the same shape.

    Digits: crops of 0.4 to 1 of the area, turned by up to 0.3 rad, brightness 0.6 to 1.4, noise of
    0.05. CIFAR-10, as published: crops of 0.2 to 1 of the area and sides 3:4 to 4:3, flips, changed
    colours in 4 of 5 images, 1 of 5 grey.
    """
    return digit_views(images, rng) if data == DIGITS else colour_views(images, rng)


def plain(data: str, images: Tensor) -> Tensor:
    """Images as they are tested."""
    return images if data == DIGITS else _normalised(images)


def _cropped(
    images: Tensor, width: Any, height: Any, turn: Any, rng: np.random.Generator
) -> Tensor:
    """A turned rectangle of each image, stretched to its size; sides as shares of the image's."""
    number = len(images)
    across, down = (rng.uniform(-1, 1, number) * (1 - side) for side in (width, height))
    c, s = np.cos(turn), np.sin(turn)
    rows = np.stack([width * c, -height * s, across, width * s, height * c, down], 1)
    grid = affine_grid(
        torch.from_numpy(rows.reshape(number, 2, 3).astype(np.float32)),
        list(images.shape),
        align_corners=False,
    )
    return grid_sample(images, grid, align_corners=False)


def digit_views(images: Tensor, rng: np.random.Generator) -> Tensor:
    """Views of grey digits."""
    number = len(images)
    side = np.sqrt(rng.uniform(0.4, 1.0, number))
    found = _cropped(images, side, side, rng.uniform(-0.3, 0.3, number), rng)
    bright = torch.from_numpy(rng.uniform(0.6, 1.4, (number, 1, 1, 1)).astype(np.float32))
    noise = torch.from_numpy(rng.standard_normal(images.shape, np.float32))
    return found * bright + 0.05 * noise


def colour_views(images: Tensor, rng: np.random.Generator) -> Tensor:
    """Views of coloured photographs."""
    number = len(images)
    area, shape = (
        rng.uniform(0.2, 1.0, number),
        np.exp(rng.uniform(-1, 1, number) * math.log(4 / 3)),
    )
    width, height = np.minimum(np.sqrt(area * shape), 1), np.minimum(np.sqrt(area / shape), 1)
    found = _cropped(images, width, height, np.zeros(number), rng)
    flipped = _column(rng.random(number) < 0.5)
    found = torch.where(flipped, found.flip(3), found)
    jittered = found
    for kind in rng.permutation(4):
        jittered = _jittered(int(kind), jittered, rng)
    found = torch.where(_column(rng.random(number) < 0.8), jittered, found)
    found = torch.where(_column(rng.random(number) < 0.2), _grey(found).expand_as(found), found)
    return _normalised(found)


def _column(values: Any) -> Tensor:
    return torch.from_numpy(np.asarray(values)).reshape(-1, 1, 1, 1)


def _grey(images: Tensor) -> Tensor:
    return (images * torch.tensor(LUMA).reshape(1, 3, 1, 1)).sum(1, keepdim=True)


def _normalised(images: Tensor) -> Tensor:
    mean, deviation = (
        torch.tensor(each).reshape(1, 3, 1, 1) for each in (CIFAR_MEAN, CIFAR_DEVIATION)
    )
    return (images - mean) / deviation


def _jittered(kind: int, images: Tensor, rng: np.random.Generator) -> Tensor:
    """Brightness, contrast or saturation by 0.6 to 1.4, or hue by up to a tenth of the circle."""
    number = len(images)
    if kind == 3:
        return _hue_turned(images, rng.uniform(-0.1, 0.1, number))
    factor = _column(rng.uniform(0.6, 1.4, number).astype(np.float32))
    if kind == 0:
        other = torch.zeros_like(images)
    elif kind == 1:
        other = _grey(images).mean((2, 3), keepdim=True)
    else:
        other = _grey(images)
    return (factor * images + (1 - factor) * other).clamp(0, 1)


def _hue_turned(images: Tensor, turns: Any) -> Tensor:
    """Hues further by a share of the circle, through HSV."""
    largest, which = images.max(1)
    spread = largest - images.min(1)[0]
    red, green, blue = images.unbind(1)
    safe = torch.where(spread > 0, spread, torch.ones_like(spread))
    choices = [(green - blue) / safe, 2 + (blue - red) / safe, 4 + (red - green) / safe]
    hue = torch.stack(choices, 1).gather(1, which[:, None])[:, 0] / 6
    hue = (hue + torch.from_numpy(turns.astype(np.float32)).reshape(-1, 1, 1)) % 1.0
    part = torch.tensor([5.0, 3.0, 1.0]).reshape(1, 3, 1, 1)
    k = (part + 6 * hue[:, None]) % 6
    return largest[:, None] - spread[:, None] * torch.minimum(k, 4 - k).clamp(0, 1)
