"""What an encoder makes of images, some at a time."""

from typing import Any

import torch

from bloqs.contrastive.training.image_views import plain

Tensor = Any

AT_ONCE = 500
"""Images that are encoded together."""


def encoded(model: Any, data: str, images: Tensor, is_plain: bool = True) -> Tensor:
    """Angles of images; shape (images, W).

    Args:
        model: with an encoder, as it is tested.
        data: digits or cifar10.
        images: shape (images, colours, side, side).
        is_plain: whether they are as they come; otherwise they are views.
    """
    model.eval()
    with torch.no_grad():
        parts = [
            model.encoder(plain(data, part) if is_plain else part) for part in images.split(AT_ONCE)
        ]
    return torch.cat(parts)
