"""Circuits of networks: each step alone, sizes against tables, errors, a whole run."""

from functools import lru_cache

import numpy as np
import pytest
from random_models import Drawn, perceptron
from small_models import model

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROAMLoader, QROMLoader
from bloqs.feedforward.answers.simulate import piece_run
from bloqs.feedforward.circuits.approximate_values import approximate_values, measured_error
from bloqs.feedforward.circuits.build import build_chain
from bloqs.feedforward.circuits.held import Settings
from bloqs.feedforward.circuits.linear_steps import ENCODERS
from bloqs.feedforward.model.recognition import feedforward_of
from bloqs.feedforward.model.steps import Curve
from bloqs.simulation.partial_run import run
from estimator.costs.cost import cost_by_annotation
from estimator.polynomials.activation import activation_polynomial
from estimator.polynomials.activation_degree import activation_degree


def image(channels, side, *features):
    """A network on an image: features, operators of activations, heads."""
    drawn = Drawn(np.random.default_rng(len(features) + side), channels, side)
    for feature in features:
        kind, _, name = feature.partition(":")
        {"curve": drawn.curve, "head": drawn.head, "": drawn.feature}[kind if name else ""](
            name or kind
        )
    return drawn, (1, channels, side, side)


def single(channels, side, curve=""):
    """One filter, and its bias below zero."""
    drawn = Drawn(np.random.default_rng(0), channels, side)
    drawn.conv(outputs=1, bias=False)
    drawn.add("Add", np.full((1, 1, 1, 1), -0.3))
    if curve:
        drawn.curve(curve)
    return drawn, (1, channels, side, side)


def doubled():
    """x + x, written as a sum."""
    drawn = Drawn(np.random.default_rng(0), 2, 2)
    drawn.add("Add", inputs=["x", "x"])
    drawn.conv(outputs=3)
    return drawn, (1, 2, 2, 2)


def per_pixel():
    """A constant of its own for each pixel."""
    drawn = Drawn(np.random.default_rng(0), 2, 3)
    drawn.add("Add", drawn.rng.normal(size=(1, 2, 3, 3)))
    drawn.curve("Relu")
    return drawn, (1, 2, 3, 3)


MODELS = {
    "bias and relu": lambda: image(2, 2, "bias", "curve:Relu", "bias"),
    "stride and a global average": lambda: image(1, 4, "stride", "curve:Tanh", "head:global"),
    "a negative skip": lambda: image(1, 3, "skip", "head:flat"),
    "a perceptron": lambda: (perceptron(0, 3, 4, 2), (1, 3)),
    "one filter": lambda: single(1, 2, "Gelu"),
    "one filter of two": lambda: single(2, 4),
    "a sign before an activation": lambda: image(1, 2, "negative", "even"),
    "groups, and one filter a channel": lambda: image(2, 2, "depthwise", "groups", "curve:Sigmoid"),
    "a pool of an odd side": lambda: image(2, 5, "pool 2", "dilation", "curve:HardSwish"),
    "late normalisation": lambda: image(2, 3, "late normalisation", "curve:Silu", "head:global"),
    "pools that overlap": lambda: image(1, 4, "pool 3 strided", "curve:Erf", "head:flat"),
    "channels last": lambda: image(2, 2, "channels last", "bias", "curve:Clip", "head:last"),
    "a tensor twice": doubled,
    "a constant for each pixel": per_pixel,
}


@lru_cache(maxsize=1)
def steps_of(name):
    """The steps of a model, and two images."""
    drawn, shape = MODELS[name]()
    drawn.nodes[-1].output[0] = "y"
    rng = np.random.default_rng(5)
    images = [rng.uniform(-1, 1, size=shape) for _ in range(2)]
    return model(drawn.nodes, drawn.weights, shape=shape, opset=20), images


@pytest.fixture
def steps(read):
    """`steps(name)`: the steps of a model, and two images."""

    def make(name):
        network, images = steps_of(name)
        return feedforward_of(read(network)), images

    return make


def settings(**others):
    fields = {"share": 0.05, "angles": 0.05, "margin": 0.5, "loader": QROMLoader()}
    return Settings(**{**fields, "rotation": Rotation.BITWISE, **others})


def reach_after(step, reaches):
    """What an amplitude stands for after a step, from its numbers alone."""
    before = reaches[0]
    match type(step).__name__:
        case "Convolve":
            sizes = np.abs(step.expanded)
            D, side = sizes.shape[2], 2**step.before.m
            seen = [abs(tap - step.pad_begin) < side for tap in range(D)]
            sizes = sizes[:, :, seen][:, :, :, seen]
            rows, columns = sizes.sum(axis=(1, 2, 3)).max(), sizes.sum(axis=(0, 2, 3)).max()
            return before * np.sqrt(rows * columns)
        case "Multiply":
            return before * np.sqrt((step.matrix**2).sum())
        case "Add":
            return before + np.sqrt((step.whole**2).sum())
        case "Sum":
            return sum(abs(w) * reach for w, reach in zip(step.weights, reaches, strict=True))
        case "Pool":
            return before * (step.factor / 2**step.bits if step.averages else 1)
        case "Rescale":
            return before * abs(step.factor)
        case "Widen" | "Narrow" | "Cut":
            return before
    raise TypeError(step)


def reaches_of(network, built, images):
    """Of everything that is made, by name of the piece."""
    found = {network.source: float(np.linalg.norm(images[0]))}
    lengthened = {}
    facts = iter(built.layers)
    for step in network.steps:
        before = [lengthened.get(name, found[name]) for name in step.inputs]
        if isinstance(step, Curve):
            fact = next(facts)
            gain = 1.0 if fact.lengthening is None else fact.lengthening.factor
            inner = found[f"{step.inputs[0]}/longer"] = before[0] / gain
            plan = fact.curve
            Q = activation_polynomial(plan.kind, inner, plan.span, plan.error, plan.scale)
            found[step.output] = inner * (Q.even_bound + Q.odd_bound)
        else:
            found[step.output] = reach_after(step, before)
    last = next(facts)
    gain = 1.0 if last.lengthening is None else last.lengthening.factor
    found[f"{network.result}/longer"] = found[network.result] / gain
    return found


@pytest.mark.parametrize("name", MODELS)
def test_each_step_alone(name, steps):
    """Within its epsilon of NumPy; alpha is what an amplitude stands for by the vector's length."""
    network, images = steps(name)
    built = build_chain(network, images, settings(runs=True, in_pieces=True))
    values = {network.source: network.first.put(images[0])}
    values |= {piece.name: piece.values[0] for piece in built.pieces}
    reaches = reaches_of(network, built, images)
    for number, piece in enumerate(built.pieces, start=1):
        found = piece_run(number, piece, values)
        assert found.error is not None, piece.name
        assert found.holds, found
        assert found.claimed < 0.5, found
        norm = np.linalg.norm(piece.values[0])
        assert float(piece.bloq.alpha) == pytest.approx(reaches[piece.name] / norm), piece.name
    assert built.reach == pytest.approx(reaches.get(f"{network.result}/longer"))


def test_every_kind_of_step_is_among_them(steps):
    kinds = {type(step) for name in MODELS for step in steps(name)[0].steps}
    assert kinds == {*ENCODERS, Curve}


@pytest.mark.parametrize("name", MODELS)
def test_sizes_alone_cost_the_same(name, steps):
    """As tables and phases do; nested in each other, too. Of one activation, its degrees."""
    network, images = steps(name)
    others = {"loader": QROAMLoader(1), "rotation": Rotation.PHASE_GRADIENT}
    for more in ({}, others) if len(name) < 15 else ({},):
        sizes, tables = (build_chain(network, images, settings(**more, runs=r)) for r in (0, 1))
        wanted = cost_by_annotation(tables.chain.nested)
        assert cost_by_annotation(sizes.chain) == wanted
        assert cost_by_annotation(tables.chain) == wanted
        assert wanted.toffoli > 0
        assert float(sizes.chain.alpha) == pytest.approx(float(tables.chain.alpha))
        assert float(sizes.chain.epsilon) == pytest.approx(float(tables.chain.epsilon))
    for facts in sizes.curves.values():
        plan = facts.curve
        numbers = (plan.kind, plan.reach, plan.span, plan.error, plan.scale)
        found, (even, odd, *_) = activation_polynomial(*numbers), activation_degree(*numbers)
        assert plan.degree == (found.degree or 2)
        assert found.degree == max(even, odd)


@pytest.mark.parametrize("name", MODELS)
def test_the_proved_error_is_not_exceeded(name, steps):
    """By polynomials in the place of activations and lengthenings, at both images."""
    network, images = steps(name)
    built = build_chain(network, images, settings())
    wanted = built.values[0]
    found = approximate_values(network, built, images[0])
    error = np.linalg.norm(found - wanted) / np.linalg.norm(wanted)
    assert error <= float(built.chain.epsilon)
    assert built.curves.keys() == {s.output for s in network.steps if isinstance(s, Curve)}
    assert measured_error(network, built, images) >= error


@pytest.mark.parametrize(
    "widths", [(2, 2), pytest.param((2, 2, 2), id="two layers and an activation")], ids=str
)
def test_a_whole_network_in_one_run(widths, read, rng):
    """Every part's circuit inside the next one's, against NumPy; no vector is given.

    With fine angles it is off by what polynomials are off by.
    """
    drawn = perceptron(2, *widths)
    network = feedforward_of(read(model(drawn.nodes, drawn.weights, shape=(1, 2), opset=20)))
    images = [rng.uniform(-1, 1, size=(1, 2))]
    built = build_chain(network, images, settings(share=0.1, angles=1e-3, runs=True))
    wanted = built.values[0].ravel() / np.linalg.norm(built.values[0])
    found = run(built.chain).vector
    error = np.linalg.norm(found * float(built.chain.alpha) - wanted)
    assert error <= float(built.chain.epsilon) < 1
    expected = approximate_values(network, built, images[0]).ravel() / built.reach
    gap = np.linalg.norm(found - expected) * float(built.chain.alpha)
    assert gap < 1e-3
    assert error < 1e-3 or gap < error / 10


def test_refuses_images_and_layers_of_zeros(read):
    """There is no unit vector to encode."""
    drawn, shape = single(1, 2, "Relu")
    drawn.nodes[-1].output[0] = "y"
    network = feedforward_of(read(model(drawn.nodes, drawn.weights, shape=shape)))
    with pytest.raises(ValueError, match="the image is zero everywhere; there is no vector"):
        build_chain(network, [np.zeros(shape)], settings())
    dark = np.full(shape, -1e-3) * np.sign(drawn.weights["w0"][0, 0, 1, 1])
    with pytest.raises(ValueError, match=r"layer '.*' makes the zero vector of the first image"):
        build_chain(network, [dark], settings())


def test_refuses_margins_that_no_polynomial_has(steps):
    """At once, and not after hours of linear programs."""
    network, images = steps("one filter of two")
    with pytest.raises(ValueError, match=r"is that close to .* with a margin of 0\.0008; take a"):
        build_chain(network, images, settings(margin=1e-3, share=1e-3))
