"""The layers of a network in its drawings: all of them, by name, as often as they run."""

import pytest
import sympy
from attrs import evolve

from bloqs.composite import controlled_form
from bloqs.data_loading.loaded_vector import loaded_vector_example
from bloqs.encodings.diagonal import diagonal_encoding_example
from bloqs.resnet.circuits.layer_calls import previous_vector
from bloqs.resnet.circuits.layered_network import LayeredNetwork
from bloqs.resnet.circuits.residual_block import ResidualBlock
from bloqs.resnet.circuits.uniform_network import UniformNetwork
from bloqs.resnet.model.block_plan import Variant, block_plan
from estimator import api
from estimator.drawing.call_summary import MOST_NODES, summary
from estimator.drawing.circuit import draw_circuit
from estimator.drawing.drawn_report import draw_report
from estimator.drawing.opening import opened
from estimator.drawing.outline import Outline
from estimator.drawing.outline_layout import outline_layout
from proofs.resnet.nested_blocks import nested

SIZES = {"N": 64, "C": 4, "D": 3, "epsilon": 0.1, "kappa": 2, "alpha": 5.2, "length": 1.2}


def network(k, variant=Variant.TIGHT):
    """k equal blocks on two qubits, each of f s calls."""
    source, weights = loaded_vector_example.make(), diagonal_encoding_example.make()
    plan = block_plan(variant, weights.alpha, 0.5, 2**weights.system_bitsize, 0.9, 0.5)
    layers, ancillas = [], source.ancilla_bitsize
    for _ in range(k):
        vector = previous_vector(source.system_bitsize, ancillas)
        layers.append(ResidualBlock(vector, weights, plan, None, norm=1.5))
        ancillas = layers[-1].ancilla_bitsize
    return LayeredNetwork(source, tuple(layers))


def calls(bloq):
    plan = bloq.layers[0].plan
    return plan.erf_degree * plan.sign_degree


def test_the_outline_has_every_layer_with_its_runs_and_its_flags():
    """Layer i of k runs (f s)^(k - i) times, on the index and the flags of layers up to it."""
    bloq = network(3)
    steps = bloq.outline.steps
    assert [step.layer for step in steps] == ["input", "block 1", "block 2", "block 3"]
    assert [step.times for step in steps] == [calls(bloq) ** (3 - i) for i in range(4)]
    flags = [f"flags of block {i}" for i in (1, 2, 3)]
    assert [step.on for step in steps] == [("index", *flags[:i]) for i in range(4)]
    assert dict(bloq.outline.wires) == {
        "index": 2,
        **{
            name: layer.ancilla_bitsize - layer.vector.ancilla_bitsize
            for name, layer in zip(flags, bloq.layers, strict=True)
        },
    }
    assert sum(size for _, size in bloq.outline.wires) == bloq.signature.n_qubits()


@pytest.mark.parametrize("is_controlled", [False, True])
def test_the_inverse_has_the_layers_from_the_last_to_the_first(is_controlled):
    bloq = controlled_form(network(2)) if is_controlled else network(2)
    forth, back = bloq.outline, bloq.adjoint().outline
    assert [step.layer for step in back.steps] == [step.layer for step in forth.steps][::-1]
    assert back.wires == forth.wires
    assert ("control" in forth.steps[-1].on) is is_controlled
    assert not any("control" in step.on for step in forth.steps[:-1])


@pytest.mark.parametrize(
    ("variant", "is_controlled", "is_adjoint"),
    [
        (Variant.TIGHT, False, False),
        (Variant.TIGHT, True, True),
        (Variant.FIXED_POINT, True, False),
        pytest.param(Variant.PUBLISHED, False, False, marks=pytest.mark.slow),
        pytest.param(Variant.PUBLISHED, True, True, marks=pytest.mark.slow),
    ],
)
def test_the_call_graph_hides_no_layer(variant, is_controlled, is_adjoint):
    """Of more layers than there are nodes otherwise, each has its own, with all of its runs."""
    bloq = evolve(network(MOST_NODES + 5, variant), is_adjoint=is_adjoint)
    found = summary(controlled_form(bloq) if is_controlled else bloq)
    runs = {}
    for (caller, callee), times in found.calls.items():
        layer = found.nodes[callee].name.split(":")[0].removesuffix(" under control")
        if caller == 0 and not found.nodes[callee].folded:
            runs[layer] = runs.get(layer, 0) + times
    blocks = {f"block {i}": (MOST_NODES + 5 - i) for i in range(1, MOST_NODES + 6)}
    per_block = bloq.layers[0].plan.calls
    assert runs == {
        "input": per_block ** (MOST_NODES + 5),
        **{name: per_block**later for name, later in blocks.items()},
    }
    assert not any(found.nodes[callee].folded for caller, callee in found.calls if caller == 0)


def test_nested_layers_are_found_where_they_are():
    """Layers that have phases are called by each other and not by the network."""
    found = summary(nested(k=2, n=1, a_0=0, a_1=1, erf_degree=3, sign_degree=3))
    names = {node.name.split(":")[0].removesuffix(" under control") for node in found.nodes}
    assert {"block 1", "block 2"} <= names


def test_the_marked_path_goes_through_the_costliest_layer():
    """The first block, which runs most often, is dearer than the input, forwards and backwards."""
    found = summary(network(3))
    assert found.nodes[found.path[1]].name == "block 1: ResidualBlock(tight)"
    assert found.nodes[found.path[1]].with_inverse


def test_a_network_of_numbers_is_drawn_as_its_layers(tmp_path):
    """Boxes, numbers of runs and wires say what the answer says; the title too."""
    report = api.cost("resnet", k=2, **SIZES)
    circuit = outline_layout(opened(report.bloq).content)
    assert [box.title for box in circuit.boxes] == [
        f"{row['layer']} \N{MULTIPLICATION SIGN} {row['runs']:,}" for row in report["layers"]
    ]
    assert [line.holds for line in circuit.lines][:3] == ["channel", "column", "row"]
    assert [line.bits for line in circuit.lines][:3] == [2, 2, 2]
    draw_report(report, tmp_path / "a.txt", "circuit", None, 1)
    text = (tmp_path / "a.txt").read_text()
    bits = report.bloq.source.tree.b
    head = f"resnet: tight, bucket-brigade, b = {bits}, {report['qubits']} qubits: "
    assert text.startswith(head)
    turn = report["rotation_price"]["t_per_rotation"]
    spent = {
        row["layer"]: 4 * (row["Toffoli"] + row["CSWAP"]) + row["T"] + turn * row["rotations"]
        for row in report["layers"]
    }
    dearest = max(report["layers"], key=lambda row: spent[row["layer"]])
    assert f"double strokes: {dearest['layer']}, {dearest['runs']:,} " in text
    share = spent[dearest["layer"]] / sum(spent.values())
    assert f"; {100 * share:.0f}% of the cost, a rotation weighing {turn} T" in text


@pytest.mark.parametrize("variant", ["tight", "published", "fixed_point"])
def test_a_symbolic_network_is_drawn_as_any_of_its_layers(variant, tmp_path):
    bloq = api.cost("resnet", variant=variant).bloq
    assert isinstance(bloq, UniformNetwork)
    found = opened(bloq).content
    assert isinstance(found, Outline)
    assert [step.layer for step in found.steps] == [
        *("input", "block 1", "", "block i", "", "block k")
    ]
    width = sum(size for _, size in found.wires)
    assert sympy.expand(width - bloq.signature.n_qubits()) == 0
    draw_circuit(bloq, tmp_path / "a.txt", "txt")
    text = (tmp_path / "a.txt").read_text()
    assert "input \N{MULTIPLICATION SIGN} R(0)" in text
    assert "channel /c" in text
    nodes = summary(bloq).nodes
    assert {"input", "block i"} <= {node.name.split(":")[0].split(" under")[0] for node in nodes}
    assert sum(node.share for node in nodes if node.name.startswith(("input", "block"))) == (
        pytest.approx(1, abs=0.01)
    )
