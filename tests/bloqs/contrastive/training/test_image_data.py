"""Digits in three parts that do not meet, CIFAR-10 from a folder, and a step of the published."""

import os

import numpy as np
import pytest
import torch
from sklearn.datasets import load_digits

import quledger
from bloqs.contrastive.training.image_data import CIFAR_FILES, images_of
from bloqs.contrastive.training.image_views import plain, views
from bloqs.training.random_streams import stream

RECORDS = 24


@pytest.fixture
def folder(tmp_path):
    """Images in the binary version: a label, then 1024 values each of red, green and blue."""
    rng = np.random.default_rng(4)
    for name in CIFAR_FILES:
        rows = rng.integers(0, 256, (RECORDS, 3073), np.uint8)
        rows[:, 0] = np.arange(RECORDS) % 10
        rows.tofile(tmp_path / name)
    return tmp_path


def test_digits_are_split_once_and_by_number():
    one, other = (images_of("digits", 10, k, None) for k in (0, 1))
    assert (len(one.train), len(one.test), one.is_validation.sum()) == (1300, 497, 260)
    whole = load_digits().images / 16
    seen = np.concatenate([one.train, one.test])[:, 0]
    assert sorted(map(bytes, seen)) == sorted(map(bytes, whole.astype(np.float32)))
    assert not np.array_equal(one.test_labels, other.test_labels)
    assert set(images_of("digits", 3, 0, None).train_labels) == {0, 1, 2}


def test_photographs_are_read_as_they_lie(folder):
    images = images_of("cifar10", 5, 0, folder)
    raw = np.fromfile(folder / CIFAR_FILES[0], np.uint8).reshape(RECORDS, 3073)
    kept = raw[raw[:, 0] < 5]
    assert images.train.shape == (5 * len(kept), 3, 32, 32)
    assert np.array_equal(images.train_labels[: len(kept)], kept[:, 0])
    assert images.train[1, 2, 3, 4] == np.float32(kept[1, 1 + 2 * 1024 + 3 * 32 + 4] / 255)
    assert np.array_equal(images.train[:2], images_of("cifar10", 5, 3, folder).train[:2])


def test_a_step_at_the_published_settings(folder, tmp_path):
    """ResNet-18 in front of the ring, small batches; the published ones where nobody says."""
    report = quledger.train(
        "contrastive", arm="ring", data="cifar10", folder=str(folder), B=8, steps=1, every=1,
        out=str(tmp_path / "run"),
    )  # fmt: skip
    settings = report["settings"]
    assert (settings["width"], settings["layers"], settings["temperature"]) == (8, 2, 0.07)
    assert (settings["classes"], settings["rate"]) == (5, 1e-3)
    assert report["facts"]["last_loss"] > 0
    with pytest.raises(ValueError, match="got B=256 and 70 images"):
        quledger.train("contrastive", arm="ring", data="cifar10", folder=str(folder),
                       out=str(tmp_path / "b"))  # fmt: skip


def test_bad_folders_are_refused(folder):
    rows = np.fromfile(folder / CIFAR_FILES[-1], np.uint8).reshape(RECORDS, 3073)
    rows[:, 0] = 1
    rows.tofile(folder / CIFAR_FILES[-1])
    with pytest.raises(ValueError, match="images of two classes"):
        images_of("cifar10", 5, 0, folder)
    (folder / CIFAR_FILES[2]).write_bytes(b"short")
    with pytest.raises(ValueError, match="is no file of CIFAR-10"):
        images_of("cifar10", 5, 0, folder)
    (folder / CIFAR_FILES[2]).unlink()
    with pytest.raises(ValueError, match="cannot be read"):
        images_of("cifar10", 5, 0, folder)
    os.mkfifo(folder / CIFAR_FILES[2])  # nobody writes to it
    with pytest.raises(ValueError, match="a pipe, no file"):
        images_of("cifar10", 5, 0, folder)


@pytest.mark.parametrize(("data", "shape"), [("digits", (6, 1, 8, 8)), ("cifar10", (6, 3, 32, 32))])
def test_views_keep_the_shape_and_come_from_one_stream(data, shape):
    images = torch.rand(shape)
    one, two, again = (views(data, images, stream(1, "views", k)) for k in (1, 2, 1))
    assert one.shape == images.shape
    assert torch.equal(one, again)
    assert not torch.equal(one, two)
    assert torch.isfinite(one).all()
    assert torch.equal(plain("digits", images), images)
