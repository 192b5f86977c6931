"""The road from a trained network file and a real image to a checked cost.

Reads the digits network, costs its first convolution under every construction and loader, draws
it, runs the convolution of one real digit against SciPy and the whole network on another against
NumPy, and a model of two parties by the messages they exchange; it
says whether inversion matters for a wide network, and runs a prediction; it runs a sentence on a
hypergraph state, and judges a classical machine; it has what training a circuit takes, and what
recorded runs say that it brings. Pictures go to `out/`.
"""

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from scipy.signal import correlate2d
from sklearn.datasets import load_digits

import quledger
from bloqs.convolution.adder import AdderConvolution
from bloqs.convolution.answers import VARIANTS, convolution, kernel_of
from bloqs.convolution.branches import matrix_by_branches
from bloqs.convolution.kernel import Kernel, Mode
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import LOADERS, QROMLoader
from bloqs.data_loading.rotation_level import RotationLevel, as_one_gate
from bloqs.simulation.runner import encoded_image, measured
from estimator.costs.cost import cost_by_annotation
from estimator.drawing.callgraph import draw_callgraph
from estimator.drawing.circuit import draw_circuit
from estimator.network.convolution_layer import Convolution
from estimator.network.onnx_reader import read_network
from estimator.report.terminal import show

HERE = Path(__file__).parent
OUT = HERE.parent / "out"
BITS = 16
console = Console(highlight=False)


def main() -> int:
    """Run the demonstration; 1 if a simulation is not within its claimed error."""
    started = time.perf_counter()
    network = read_network(HERE / "digits_resnet.onnx")
    first = network.convolutions[0]
    console.rule("the network")
    console.print(f"{network.name}: input {network.input_shape}, {len(network.layers)} layers")
    for layer in network.convolutions:
        console.print(
            f"  convolution {layer.name}: kernel {layer.kernel.shape}, "
            f"sum |K| = {layer.kernel_norm_1:.4f}, "
            f"spectral norm <= {layer.spectral_norm_bound(layer.side):.4f}"
        )
    console.rule("what its first convolution costs")
    show_costs(first)
    console.rule("what it looks like")
    draw(first)
    console.rule("does it do what it says")
    good = simulate(first)
    console.rule("and the whole network")
    good &= whole_network()
    console.rule("a model of two parties, by messages")
    good &= two_parties()
    console.rule("does inverting the kernel of a wide network matter")
    good &= wide_network()
    console.rule("what a hypergraph state remembers")
    good &= memory()
    console.rule("does a trained circuit help contrastive learning")
    good &= training()
    console.print(f"done in {time.perf_counter() - started:.0f} s")
    return 0 if good else 1


def show_costs(layer: Convolution) -> None:
    """A row for every construction and loader."""
    table = Table(box=None, padding=(0, 1))
    headings = ("variant", "loader", "alpha", "flags", "Toffoli", "CSWAP", "rot.", "QRAM", "qubits")
    for heading in headings:
        table.add_column(
            heading, justify="left" if heading in headings[:2] else "right", no_wrap=True
        )
    m = layer.side.bit_length() - 1
    for variant in VARIANTS:
        for loader in LOADERS:
            bloq = convolution(
                kernel_of(layer), m, variant, loader, Rotation.PHASE_GRADIENT, {"b": BITS}
            )
            cost = cost_by_annotation(bloq)
            table.add_row(
                variant, loader, f"{bloq.alpha:.4f}", str(bloq.ancilla_bitsize),
                f"{cost.toffoli}", f"{cost.cswap}", f"{cost.rotations}",
                f"{cost.queries.get('QRAM', 0)}", f"{cost.qubits}",
            )  # fmt: skip
    console.print(table)
    console.print(
        f"flags: ancillas that must be found in zero; rot.: rotations; QRAM: queries. Per image of "
        f"{layer.side} x {layer.side} pixels and angles of {BITS} bits; "
        f"a direct classical convolution takes "
        f"{2 * layer.kernel.size * layer.side**2:,} floating-point operations"
    )


def draw(layer: Convolution) -> None:
    """The call graph and the circuit, as files."""
    OUT.mkdir(exist_ok=True)
    m = layer.side.bit_length() - 1
    choices = {"variant": "adder", "loader": "qrom", "rotation": Rotation.PHASE_GRADIENT}
    bloq = convolution(kernel_of(layer), m, **choices, values={"b": BITS})
    draw_callgraph(bloq, OUT / "convolution_callgraph.svg", "svg")
    draw_circuit(bloq, OUT / "convolution_circuit.svg", "svg")
    console.print("wrote out/convolution_callgraph.svg and out/convolution_circuit.svg")


def simulate(layer: Convolution) -> bool:
    """Three runs of the convolution of a digit, each against SciPy."""
    digit = load_digits().images[0]
    small = digit.reshape(4, 2, 4, 2).mean(axis=(1, 3))
    good = True

    single = layer.kernel[:1, :1]
    kernel = Kernel.of(single, mode=Mode.CORRELATION)
    conv = AdderConvolution(kernel, 2, 8, QROMLoader(), Rotation.BITWISE)
    good &= compare(
        "gate by gate, 4 x 4 pixels, 1 channel, 8-bit angles",
        measured(conv),
        conv,
        single,
        small[None],
        lambda x: encoded_image(conv, x),
    )

    kernel = Kernel.of(layer.kernel, mode=Mode.CORRELATION)
    blocks = {RotationLevel: as_one_gate}
    for name in ("adder", "multiplexed"):  # the published one has too many qubits to run whole
        precise = VARIANTS[name](kernel, 2, 40, QROMLoader(), Rotation.BITWISE)
        good &= compare(
            f"block by block, {name}, 4 x 4 pixels, 2 channels, 40-bit angles",
            measured(precise, blocks),
            precise,
            layer.kernel,
            np.stack([small, small]),
            lambda x, conv=precise: encoded_image(conv, x, blocks),
        )

    for name, make in VARIANTS.items():
        whole = make(kernel, 3, 40, QROMLoader(), Rotation.BITWISE)
        matrix = matrix_by_branches(whole)
        good &= compare(
            f"block by block, each branch of {name} apart, 8 x 8 pixels, 2 channels, 40-bit angles",
            {},
            whole,
            layer.kernel,
            np.stack([digit, digit]),
            lambda x, matrix=matrix: matrix @ x,
        )
    return good


def whole_network() -> bool:
    """Both blocks and the output block on a held-out digit, and its classes from 10,000 shots."""
    report = quledger.simulate(
        HERE / "digits_resnet.onnx", digit=0, epsilon=0.01, coherent="sum", samples=10_000
    )
    show(report, console)
    return report.passed


def two_parties() -> bool:
    """Loss and gradients of a model that Alice and Bob hold, from shots, within the error asked."""
    report = quledger.simulate(HERE / "two_party_model.json", epsilon=0.1, delta=0.05, seed=1)
    show(report, console)
    exact = quledger.simulate("communication-protocol", N=16, seed=1)
    names = dict.fromkeys(row["variant"] for row in exact["runs"])
    console.print(
        f"exact protocols at N = 16: {', '.join(names)}; gate by gate, none is wrong with more "
        f"than {max(row['wrong'] for row in exact['runs']):.0e}"
    )
    return bool(report.passed and exact.passed)


def wide_network() -> bool:
    """Images of 8 and 9 at two depths: what inversion changes, and a prediction that is run."""
    given = {"data": "digits:8v9", "n": 16, "test_points": 64}
    for depth in ("8", "auto"):
        report = quledger.cost("ntk", depth=depth, solver="shortcut", **given)
        console.print(f"depth {report['settings']['depth']}: {report['honesty'][0]}")
    found = quledger.simulate("ntk", depth="8", **given)
    run = found["run"]
    console.print(
        f"simulated ({run['fidelity']}): error of o {run['error']:.1e}, claimed "
        f"{run['claimed']:.1e}; {run['disagree']} of 64 classes unlike the kernel's"
    )
    return bool(found.passed)


def memory() -> bool:
    """A sentence that is run, and a machine with less memory that is right if writes come first."""
    found = quledger.simulate("sentence", sentence=HERE / "hypergraph_sentence.txt", seed=1)["run"]
    machine = {"automaton": HERE / "hypergraph_machine.json"}
    right = quledger.ask("judge", "automaton", **machine)
    wrong = quledger.ask("judge", "automaton", language="any", **machine)
    console.print(f"said {found['record']} with probability {found['exact_probability']}, "
                  f"by the {found['engine']}")  # fmt: skip
    console.print(
        f"2 bits are enough for 3 edges if writes come first: {right.passed}; else: "
        f"{wrong.passed}, at {wrong['judged']['counterexample']}"
    )
    return right.passed is True and wrong.passed is False


def training() -> bool:
    """What a step of training takes on a device, and what recorded runs say that it brings."""
    report = quledger.cost("contrastive", W=8, L=2)
    step = next(row for row in report["rules"] if row["rule"] == "two-term")
    console.print(
        f"a step of the published ring: {step['circuits']:,} circuits, {step['shots']:,} shots; "
        f"gradient {step['gradient']}"
    )
    found = quledger.check("contrastive.published_ring", "contrastive.digits_ring")
    for claim in found["claims"]:
        console.print(f"  {claim['claim']}: {'; '.join(claim['remarks'])}")
    return bool(found.passed)


def compare(
    what: str,
    run: dict[str, object],
    conv: AdderConvolution,
    K: NDArray[np.float64],
    image: NDArray[np.float64],
    apply: Callable[[NDArray[np.float64]], NDArray[np.complexfloating]],
) -> bool:
    """Print one run beside SciPy's cross-correlation of the normalised image."""
    image = image / np.linalg.norm(image)
    wanted = np.stack(
        [sum(correlate2d(x, k, mode="same") for x, k in zip(image, row, strict=True)) for row in K]
    )
    started = time.perf_counter()
    found = apply(image.swapaxes(1, 2).reshape(-1))  # |channel>|column>|row>
    seconds = time.perf_counter() - started
    image_found = found.reshape(image.shape).swapaxes(1, 2)
    gap, claimed = float(np.linalg.norm(image_found - wanted)), float(conv.epsilon) + 1e-10
    verdict = "holds" if gap <= claimed else "FAILS"
    size = f"{run['qubits']} qubits, {run['gates']} gates, " if run else ""
    console.print(f"  {verdict}: {what}")
    console.print(f"         {size}{seconds:.1f} s; gap {gap:.1e}, claimed at most {claimed:.1e}")
    return gap <= claimed


if __name__ == "__main__":
    raise SystemExit(main())
