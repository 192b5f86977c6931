"""A linear probe of features that are found once or drawn anew, and baselines beside it."""

from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from bloqs.contrastive.training.image_data import Images

Floats = NDArray[Any]

STEPS = 2000
"""Most iterations of a fit."""

REDRAWS = 10
"""Views of each training image where features are not found once; the published probe drew one in
each of 100 epochs. [JAXAKJ22], its code."""


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
    """Accuracy of features of the test images by a probe of features of the training images.

    Args:
        images: with the labels.
        train: of one or more draws of all training images, the first as they are validated; shape
            (draws, images, W).
        test: shape (test images, W).
    """
    held, labels = images.is_validation, images.train_labels
    chooser = fitted_probe(np.concatenate(train[:, ~held]), np.tile(labels[~held], len(train)))
    whole = fitted_probe(np.concatenate(train), np.tile(labels, len(train)))
    return Accuracy(
        score(chooser, train[0, held], labels[held]), score(whole, test, images.test_labels)
    )


def pixels_probed(images: Images, components: int | None) -> Accuracy:
    """Accuracy of raw pixels, or of their first principal components, found without labels."""
    train, test = (x.reshape(len(x), -1) for x in (images.train, images.test))
    if components is not None:
        found = PCA(components, random_state=0).fit(train)
        train, test = found.transform(train), found.transform(test)
    return probed(images, train[None], test)
