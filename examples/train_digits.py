"""Train a small residual network on handwritten digits and write it as ONNX.

The network is of the kind a quantum computer can run coherently: every convolution and the
dense matrix have spectral norm at most 1, the activation is erf(0.8 x), and every block ends in
an l2 normalisation. Needs the `train` extra; one core, a few minutes, the same file every time.

    python examples/train_digits.py [OUTPUT.onnx]
"""

import math
import sys
import time
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from torch import Tensor
from torch.nn import Parameter
from torch.nn.functional import conv2d, cross_entropy

from estimator.report.write_file import write_file

SEED = 0
"""Of the split, the starting weights and the noise."""

SIDE = 8
"""Image side. Pixels."""

CHANNELS = 2
"""Copies of the image that the convolutions mix."""

BLOCKS = 2
"""Residual blocks."""

KERNEL = 3
"""Kernel side. Pixels."""

TAU = 0.51
"""Weight of the skip path around the dense layer."""

BINS = 16
"""Output probabilities; the first ten are the digits, the others belong to no class."""

STEPS, RATE = 4000, 0.02
"""Of the Adam optimiser on all training images at once; the rate falls to zero as a cosine."""

NOISE = 1.1
"""Standard deviation of the Gaussian noise on training pixels, which range from 0 to 16."""

SHARPNESS = 16.0
"""The loss is the cross-entropy of probabilities ** SHARPNESS, renormalised."""

MARGIN = 1 - 1e-6
"""Shrinks the trained weights, so that norms stay at most 1 after rounding to single precision."""

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


def normalised(x: Tensor) -> Tensor:
    """Each item of the batch divided by its l2 norm."""
    return x / x.flatten(1).norm(dim=1).reshape(-1, *[1] * (x.ndim - 1))


class Digits(torch.nn.Module):
    """The network, with free parameters from which weights of bounded norm are made."""

    def __init__(self) -> None:
        super().__init__()
        size = CHANNELS * SIDE**2
        shape = (CHANNELS, CHANNELS, KERNEL, KERNEL)
        self.free_kernels = torch.nn.ParameterList(
            Parameter(0.2 * torch.randn(shape)) for _ in range(BLOCKS)
        )
        self.free_matrix = Parameter(torch.linalg.qr(torch.randn(size, size))[0])

    def kernels(self) -> list[Tensor]:
        """Divided, if above 1, by the largest norm of the symbol over enough frequencies."""
        points = SIDE + KERNEL - 1
        kernels = []
        for free in self.free_kernels:
            symbol = torch.fft.fft2(free, s=(points, points)).permute(2, 3, 0, 1)
            kernels.append(free / torch.linalg.matrix_norm(symbol, ord=2).max().clamp(min=1))
        return kernels

    def matrix(self) -> Tensor:
        """2 A / (1 + A^T A): a singular value s of A becomes 2 s / (1 + s^2), at most 1."""
        A = self.free_matrix
        return 2 * A @ torch.linalg.inv(torch.eye(len(A), dtype=A.dtype) + A.T @ A)

    def forward(self, images: Tensor) -> Tensor:
        return evaluate(images, self.kernels(), self.matrix())


def evaluate(images: Tensor, kernels: list[Tensor], matrix: Tensor) -> Tensor:
    """Bin probabilities, shape (batch, BINS), of images of shape (batch, 1, SIDE, SIDE)."""
    x = normalised(images).repeat(1, CHANNELS, 1, 1) / math.sqrt(CHANNELS)
    for kernel in kernels:
        x = normalised(x + torch.erf(0.8 * conv2d(x, kernel, padding=KERNEL // 2)))
    x = x.flatten(1)
    x = normalised(TAU * x + (1 - TAU) * (x * x) @ matrix.T)
    return x.reshape(len(x), BINS, -1).square().sum(2)


def accuracy(probabilities: Tensor, labels: Tensor) -> float:
    """Fraction whose most probable of all bins is their label."""
    return (probabilities.argmax(1) == labels).double().mean().item()


def train(images: Tensor, labels: Tensor) -> tuple[list[Tensor], Tensor]:
    """The trained kernels and matrix, in double precision, norms at most `MARGIN`."""
    network = Digits()
    optimiser = torch.optim.Adam(network.parameters(), lr=RATE)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, STEPS)
    for step in range(1, STEPS + 1):
        optimiser.zero_grad()
        noisy = (images + NOISE * torch.randn_like(images)).clamp(min=0)
        loss = cross_entropy(SHARPNESS * network(noisy).clamp(min=1e-12).log(), labels)
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        schedule.step()
        if step % (STEPS // 10) == 0:
            print(f"step {step}: loss {loss.item():.3f}", flush=True)
    with torch.no_grad():
        network.double()
        return [MARGIN * kernel for kernel in network.kernels()], MARGIN * network.matrix()


def exported(kernels: list[Tensor], matrix: Tensor, notes: dict[str, str]) -> onnx.ModelProto:
    """The network as ONNX, single precision; vectors are flattened channel, row, column."""
    weights: dict[str, NDArray[np.float32] | NDArray[np.int64]] = {
        "all_axes": np.array([1, 2, 3]),
        "vector_axis": np.array([1]),
        "bin_axis": np.array([2]),
        "bin_shape": np.array([1, BINS, matrix.shape[0] // BINS]),
        "copies": np.full((1, CHANNELS, 1, 1), 1 / math.sqrt(CHANNELS), np.float32),
        "slope": np.array(0.8, np.float32),
        "square": np.array(2, np.float32),
        "tau": np.array(TAU, np.float32),
        "one_minus_tau": np.array(1 - TAU, np.float32),
        "dense_matrix": matrix.numpy().astype(np.float32),
    }
    nodes = []

    def add(kind: str, inputs: list[str], output: str, **attributes: object) -> str:
        nodes.append(helper.make_node(kind, inputs, [output], output, **attributes))
        return output

    def normalise(x: str, axes: str, output: str) -> str:
        return add("Div", [x, add("ReduceL2", [x, axes], f"{output}_norm")], output)

    x = normalise("image", "all_axes", "unit_image")
    x = add("Mul", [x, "copies"], "channels")
    for block, kernel in enumerate(kernels, start=1):
        weights[f"kernel{block}"] = kernel.numpy().astype(np.float32)
        y = add("Conv", [x, f"kernel{block}"], f"conv{block}", pads=[KERNEL // 2] * 4)
        y = add("Erf", [add("Mul", [y, "slope"], f"sloped{block}")], f"erf{block}")
        x = normalise(add("Add", [x, y], f"skip{block}"), "all_axes", f"block{block}")
    x = add("Flatten", [x], "vector")
    y = add("Gemm", [add("Pow", [x, "square"], "squares"), "dense_matrix"], "dense", transB=1)
    y = add("Mul", [y, "one_minus_tau"], "weighted_dense")
    x = add("Add", [add("Mul", [x, "tau"], "weighted_vector"), y], "output_skip")
    x = add("Reshape", [normalise(x, "vector_axis", "output"), "bin_shape"], "bins")
    x = add("ReduceL2", [x, "bin_axis"], "bin_norms", keepdims=0)
    add("Pow", [x, "square"], "probabilities")

    single = TensorProto.FLOAT
    graph = helper.make_graph(
        nodes,
        "digits_resnet",
        [helper.make_tensor_value_info("image", single, [1, 1, SIDE, SIDE])],
        [helper.make_tensor_value_info("probabilities", single, [1, BINS])],
        [numpy_helper.from_array(value, name) for name, value in weights.items()],
    )
    opset = [helper.make_opsetid("", 18)]
    model = helper.make_model(graph, opset_imports=opset, ir_version=8, producer_name="quledger")
    helper.set_model_props(model, notes)
    onnx.checker.check_model(model, full_check=True)
    return model


def main(path: Path) -> None:
    """Train, measure on the held-out images, compare the export with PyTorch, write the file."""
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    start = time.perf_counter()
    images, held_out, labels, held_out_labels = digits()
    kernels, matrix = train(torch.from_numpy(images), torch.from_numpy(labels))
    print(f"trained in {time.perf_counter() - start:.0f} s on one core")

    rounded = [kernel.float() for kernel in kernels], matrix.float()
    probabilities = evaluate(torch.from_numpy(held_out), *rounded)
    measured = accuracy(probabilities, torch.from_numpy(held_out_labels))
    trained = accuracy(evaluate(torch.from_numpy(images), *rounded), torch.from_numpy(labels))
    print(f"accuracy {measured:.4f} on {len(held_out)} held-out images, {trained:.4f} on the rest")

    notes = {"held_out_accuracy": f"{measured:.6f}", "seed": str(SEED), "tau": str(TAU)}
    model = exported(kernels, matrix, notes)
    reference = ReferenceEvaluator(model)
    outputs = [reference.run(None, {"image": image[None]})[0][0] for image in held_out]
    gap = float(np.abs(np.stack(outputs) - probabilities.numpy()).max())
    if gap > 1e-5:
        raise RuntimeError(f"the export must agree with PyTorch to 1e-5, but differs by {gap:.1e}")
    write_file(path, model.SerializeToString())
    print(f"wrote {path}, {path.stat().st_size} bytes, {gap:.1e} from PyTorch at most")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).with_name("digits_resnet.onnx"))
