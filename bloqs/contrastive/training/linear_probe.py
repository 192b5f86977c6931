"""A linear probe of features that are found once or drawn anew, and baselines beside it."""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from attrs import frozen
from numpy.typing import NDArray
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from torch import nn
from torch.nn.functional import cross_entropy

from bloqs.contrastive.training.image_data import Images

Floats = NDArray[Any]

STEPS = 2000
"""Most iterations of a fit."""

EPOCHS, SLOWER, BATCH, RATE, DECAY = 100, (60, 80), 256, 1e-3, 1e-6
"""Of the published probe: epochs, those after which the rate is a tenth, batch, rate and weight
decay of Adam. [JAXAKJ22], its code."""


@frozen
class Accuracy:
    """Shares of images classified right.

    Args:
        validation: by a probe that never saw the validation images.
        test: by a probe fitted to all training images.
    """

    validation: float
    test: float


def fitted_probe(features: Floats, labels: Any) -> Any:
    """A probe; features have shape (images, W)."""
    probe = make_pipeline(StandardScaler(), LogisticRegression(max_iter=STEPS))
    return probe.fit(np.asarray(features, float), labels)


def score(probe: Any, features: Floats, labels: Any) -> float:
    """Share classified right."""
    return float(np.mean(probe.predict(np.asarray(features, float)) == labels))


def probed(images: Images, train: Floats, test: Floats) -> Accuracy:
    """Accuracy of features of the training and the test images."""
    held, labels = images.is_validation, images.train_labels
    chooser = fitted_probe(train[~held], labels[~held])
    return Accuracy(
        score(chooser, train[held], labels[held]),
        score(fitted_probe(train, labels), test, images.test_labels),
    )


def redrawn_probe(
    images: Images, features: Callable[[int], tuple[Floats, Floats]], layer: int, test: Floats
) -> Accuracy:
    """Accuracy after the last epoch of a probe whose images are changed anew in every epoch.

    Args:
        images: whose labels are learned.
        features: of views of the training images in an epoch, before and after the representation.
        layer: 0 for before, 1 for after.
        test: features of the test images as they are; shape (images, W).
    """
    held = torch.from_numpy(images.is_validation)
    labels = torch.from_numpy(images.train_labels)
    classes = int(labels.max()) + 1
    probes = [nn.Linear(test.shape[1], classes) for _ in range(2)]  # without and with those held
    optimisers = [torch.optim.Adam(x.parameters(), lr=RATE, weight_decay=DECAY) for x in probes]
    for epoch in range(EPOCHS):
        rows = torch.from_numpy(features(epoch)[layer])
        order = torch.randperm(len(rows))
        for probe, optimiser, chosen in zip(
            probes, optimisers, (order[~held[order]], order), strict=True
        ):
            optimiser.param_groups[0]["lr"] = RATE * 0.1 ** sum(epoch >= x for x in SLOWER)
            for part in chosen.split(BATCH):
                optimiser.zero_grad()
                cross_entropy(probe(rows[part]), labels[part]).backward()
                optimiser.step()
    seen = torch.from_numpy(features(EPOCHS)[layer])
    with torch.no_grad():
        found = [
            probe(x).argmax(1).numpy()
            for probe, x in zip(probes, (seen[held], torch.from_numpy(test)), strict=True)
        ]
    wanted = (images.train_labels[images.is_validation], images.test_labels)
    return Accuracy(*(float(np.mean(x == y)) for x, y in zip(found, wanted, strict=True)))


def pixels_probed(images: Images, components: int | None) -> Accuracy:
    """Accuracy of raw pixels, or of their first principal components, found without labels."""
    train, test = (x.reshape(len(x), -1) for x in (images.train, images.test))
    if components is not None:
        found = PCA(components, random_state=0).fit(train)
        train, test = found.transform(train), found.transform(test)
    return probed(images, train, test)
