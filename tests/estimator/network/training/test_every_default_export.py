"""What PyTorch's default exporter writes is read, and computes what another runtime says."""

from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from torch import nn

from estimator.network.onnx_reader import read_network

ROOT = Path(__file__).parents[4]

ACTIVATIONS = (
    nn.ReLU, nn.GELU, lambda: nn.GELU(approximate="tanh"), nn.Tanh, nn.Sigmoid, nn.SiLU,
    nn.Softplus, nn.Hardswish, nn.ReLU6,
)  # fmt: skip


class Block(nn.Module):
    """A convolution of any kind beside a skip, batch normalisation before or after the sum."""

    def __init__(self, rng, channels):
        super().__init__()
        groups = int(rng.choice([1, 2, channels]))
        dilation, kernel = int(rng.choice([1, 2])), int(rng.choice([1, 3]))
        self.conv = nn.Conv2d(
            channels, channels, kernel, padding=dilation * (kernel // 2), dilation=dilation,
            groups=groups, bias=bool(rng.integers(2)),
        )  # fmt: skip
        self.norm, self.last = nn.BatchNorm2d(channels), nn.BatchNorm2d(channels)
        self.activation = rng.choice(ACTIVATIONS)()
        self.is_late = bool(rng.integers(2))

    def forward(self, x):
        y = self.conv(x)
        y = self.activation(y if self.is_late else self.norm(y))
        return self.last(x + y) if self.is_late else x + y


class Averaged(nn.Module):
    def forward(self, x):
        return x.mean((2, 3))


def architecture(seed):
    """A random network, its batch statistics drawn, and the shape of its input."""
    rng = np.random.default_rng(seed)
    torch.manual_seed(seed)
    if seed % 5 == 4:
        sizes = [int(size) for size in rng.integers(3, 20, 3)]
        body = [nn.Linear(sizes[0], sizes[1]), rng.choice(ACTIVATIONS)(),
                nn.BatchNorm1d(sizes[1]), nn.Linear(sizes[1], sizes[2]), nn.Softmax(1)]  # fmt: skip
        shape = (1, sizes[0])
    else:
        side, colours = int(rng.choice([7, 8, 12])), int(rng.choice([1, 3]))
        channels = int(rng.choice([4, 6]))
        stem = nn.Conv2d(colours, channels, 3, int(rng.choice([1, 2])), int(rng.integers(2)))
        pool = [nn.AvgPool2d(2), nn.Dropout(), nn.Identity()][int(rng.integers(3))]
        means = rng.choice([lambda: nn.AdaptiveAvgPool2d(1), Averaged])()
        body = [
            stem, nn.BatchNorm2d(channels), rng.choice(ACTIVATIONS)(), Block(rng, channels), pool,
            Block(rng, channels), means, nn.Flatten(), nn.Linear(channels, 10),
        ]  # fmt: skip
        shape = (1, colours, side, side)
    network = nn.Sequential(*body)
    for part in network.modules():
        if isinstance(part, nn.BatchNorm1d | nn.BatchNorm2d):
            nn.init.normal_(part.running_mean)
            nn.init.uniform_(part.running_var, 0.5, 2)
            nn.init.normal_(part.weight)
            nn.init.normal_(part.bias)
    return network.eval(), shape


def scores(path, images):
    """What another runtime makes of images, one by one."""
    session = onnxruntime.InferenceSession(path)
    (given,) = session.get_inputs()
    made = [session.run(None, {given.name: x.astype(np.float32)})[0] for x in images]
    return np.concatenate(made)


def gap(path, images):
    """Largest difference of the reader's network from another runtime, and the scores."""
    network, wanted = read_network(path), scores(path, images)
    found = np.concatenate([network.forward(x) for x in images])
    return np.abs(found - wanted).max() / max(1, np.abs(wanted).max()), wanted


@pytest.mark.filterwarnings("ignore:.*LeafSpec:FutureWarning")  # PyTorch's own
@pytest.mark.parametrize("seed", range(10))
def test_an_export_is_read_as_another_runtime_reads_it(seed, tmp_path):
    network, shape = architecture(seed)
    path = tmp_path / "network.onnx"
    batch = {"dynamic_shapes": ({0: torch.export.Dim.DYNAMIC},)} if seed % 2 else {}
    given = (torch.randn(2 if batch else 1, *shape[1:]),)
    torch.onnx.export(network, given, path, verbose=False, **batch)
    images = np.random.default_rng(seed).normal(size=(3, *shape))
    apart, wanted = gap(path, images.astype(np.float32).astype(float))
    assert np.ptp(wanted, axis=0).max() > 1e-3  # it does depend on the image
    assert apart <= 1e-6


def test_the_example_is_read_as_another_runtime_reads_it():
    images = np.random.default_rng(0).integers(0, 17, size=(20, 1, 1, 8, 8)).astype(float)
    assert gap(ROOT / "examples/digits_cnn.onnx", images)[0] <= 1e-6
