"""Train a small ordinary network on raw pixels of handwritten digits and export it as ONNX.

The network is of the kind people have: convolutions with batch normalisation, a skip, stride 2,
ReLU, a mean over all pixels, a dense layer with bias; pixels from 0 to 16 as they are. It is
exported by PyTorch's default exporter, which folds batch normalisation into convolutions and puts
the weights into a file beside the model. Two parts of the loss are for the quantum computer: one
keeps weights from being large where what they make is small (`excess`), as that is what a circuit
amplifies away; one keeps scores from being negative, as a measurement gives a class with its
squared score. Needs the `train` extra; one core, half a minute, the same file every time.

    python examples/train_pixels.py [OUTPUT.onnx]
"""

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import onnxruntime
import torch
from numpy.typing import NDArray
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from torch import Tensor, nn
from torch.nn.functional import conv2d, cross_entropy

from estimator.report.write_file import write_file

SEED = 0
"""Of the split, the starting weights and the batches."""

SIDE = 8
"""Image side. Pixels."""

WHITE = 16
"""Largest value of a pixel."""

CHANNELS = 4, 16
"""Before and after the convolution of stride 2."""

STEPS, BATCH, RATE, DECAY = 1500, 128, 0.01, 0.05
"""Of AdamW, whose rate rises and falls once."""

SMOOTHING = 0.1
"""Part of each label that is spread over all classes."""

PRICE = 0.1
"""Weight of `excess` in the loss."""

PENALTY = 0.1
"""Weight in the loss of the mean square of negative scores."""

Images = NDArray[np.float32]
Labels = NDArray[np.int64]


def digits() -> tuple[Images, Images, Labels, Labels]:
    """Training images, held-out images (one in four, stratified), and their labels."""
    data = load_digits()
    images = data.images.astype(np.float32)[:, None]
    split = train_test_split(
        images, data.target, test_size=0.25, stratify=data.target, random_state=SEED
    )
    return tuple(split)


def length(x: Tensor) -> Tensor:
    """Mean l2 norm of the images of a batch."""
    return x.flatten(1).norm(dim=1).mean()


class Layer(nn.Module):
    """A convolution of 3 x 3 pixels and batch normalisation."""

    def __init__(self, before: int, after: int, stride: int = 1) -> None:
        super().__init__()
        self.stride = stride
        self.convolution = nn.Conv2d(before, after, 3, stride, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(after)

    def forward(self, x: Tensor) -> Tensor:
        made: Tensor = self.norm(self.convolution(x))
        return made

    def reach(self, x: Tensor, before: Tensor) -> Tensor:
        """What one amplitude stands for after the layer, if it stands for `before` in x."""
        kernel = self.convolution.weight
        made = conv2d(x, kernel, stride=self.stride, padding=1)
        gain = self.norm.weight / (made.var((0, 2, 3)) + self.norm.eps).sqrt()
        sizes = (gain.reshape(-1, 1, 1, 1) * kernel).abs()
        alpha = (sizes.sum((1, 2, 3)).max() * sizes.sum((0, 2, 3)).max()).sqrt()
        bias = self.norm.bias - gain * made.mean((0, 2, 3))
        return alpha * before + bias.norm() * SIDE / self.stride


class Pixels(nn.Module):
    """Ten scores, shape (batch, 10), of images of shape (batch, 1, SIDE, SIDE)."""

    def __init__(self) -> None:
        super().__init__()
        few, many = CHANNELS
        self.first = Layer(1, few)
        self.inner = Layer(few, few)
        self.down = Layer(few, many, stride=2)
        self.scores = nn.Linear(many, 10)

    def forward(self, x: Tensor) -> Tensor:
        x = torch.relu(self.first(x / WHITE))
        x = x + self.inner(x)
        x = torch.relu(self.down(x))
        scores: Tensor = self.scores(x.mean((2, 3)))
        return scores

    def excess(self, x: Tensor) -> Tensor:
        """By what factor vectors are shorter than amplitudes of one, as a logarithm: the sum over
        both ReLUs. Twice the length is what is left after each."""
        x = x / WHITE
        y = self.first(x)
        found = (self.first.reach(x, length(x)) / length(y)).log()
        x = torch.relu(y)
        reach = 2 * length(y)
        reach, x = reach + self.inner.reach(x, reach), x + self.inner(x)
        return found + (self.down.reach(x, reach) / length(self.down(x))).log()


def train(images: Tensor, labels: Tensor) -> Pixels:
    """The trained network, ready for inference."""
    network = Pixels()
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=STEPS)
    for step in range(1, STEPS + 1):
        chosen = torch.randint(len(images), (BATCH,))
        optimiser.zero_grad()
        scores = network(images[chosen])
        loss = cross_entropy(scores, labels[chosen], label_smoothing=SMOOTHING)
        loss = loss + PRICE * network.excess(images[chosen])
        loss = loss + PENALTY * scores.clamp(max=0).square().mean()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        schedule.step()
        if step % (STEPS // 5) == 0:
            print(f"step {step}: loss {loss.item():.3f}", flush=True)
    return network.eval()


def accuracy(scores: Tensor, labels: Tensor) -> float:
    """Fraction whose largest score is that of their label."""
    return (scores.argmax(1) == labels).double().mean().item()


def forget_origins(path: Path) -> None:
    """Leave out of a model in which line of which file each node was made."""
    model = onnx.load(path, load_external_data=False)
    for each in (model, model.graph, *model.graph.node, *model.graph.value_info,
                 *model.graph.input, *model.graph.output, *model.graph.initializer):  # fmt: skip
        del each.metadata_props[:]
    path.write_bytes(model.SerializeToString())


def main(path: Path) -> None:
    """Train, measure on the held-out images, export, compare the export with PyTorch, write."""
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    start = time.perf_counter()
    images, held_out, labels, held_out_labels = digits()
    network = train(torch.from_numpy(images), torch.from_numpy(labels))
    print(f"trained in {time.perf_counter() - start:.0f} s on one core")
    with torch.no_grad():
        wanted = network(torch.from_numpy(held_out))
        trained = accuracy(network(torch.from_numpy(images)), torch.from_numpy(labels))
    measured = accuracy(wanted, torch.from_numpy(held_out_labels))
    squared = accuracy(wanted**2, torch.from_numpy(held_out_labels))
    chance = (wanted**2)[torch.arange(len(wanted)), torch.from_numpy(held_out_labels)]
    chance = (chance / (wanted**2).sum(1)).mean()
    print(f"accuracy {measured:.4f} on {len(held_out)} held-out images, {trained:.4f} on the rest")
    print(f"by squared scores {squared:.4f}; the label has {chance:.3f} of all squares on average")

    with TemporaryDirectory() as folder:
        written = Path(folder) / path.name  # the name of the file of weights stands in the model
        torch.onnx.export(network, (torch.zeros(1, 1, SIDE, SIDE),), written)
        forget_origins(written)
        session = onnxruntime.InferenceSession(written)
        name = session.get_inputs()[0].name
        scores = [session.run(None, {name: image[None]})[0][0] for image in held_out]
        gap = float(np.abs(np.stack(scores) - wanted.numpy()).max())
        if gap > 1e-4:
            raise RuntimeError(f"the export must agree with PyTorch to 1e-4, differs by {gap:.1e}")
        for file in sorted(Path(folder).iterdir()):
            target = path.with_name(file.name)
            write_file(target, file.read_bytes())
            print(f"wrote {target}, {target.stat().st_size} bytes")
    print(f"{gap:.1e} from PyTorch at most")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).with_name("digits_cnn.onnx"))
