"""Residual networks on images, run through their circuits, beside the classical network."""

from pathlib import Path

import attrs
import numpy as np
import pytest

from bloqs.convolution.branches import matrix_by_branches
from bloqs.data_loading.rotation_level import RotationLevel, as_one_gate
from bloqs.resnet.answers.class_sample import sample_classes
from bloqs.resnet.answers.simulate_layers import Coherent, residual_network_at, simulate_network
from bloqs.resnet.answers.simulated_network import Lengths, NetworkInstance
from bloqs.resnet.model.block_plan import Variant
from bloqs.resnet.model.random_network import random_network
from bloqs.simulation.dilation import Dilation
from bloqs.simulation.partial_run import STAND_INS
from bloqs.simulation.runner import Fidelity, encoded_matrix
from estimator.network.image import held_out_digit

DIGITS = Path(__file__).parents[4] / "examples" / "digits_resnet.onnx"


@pytest.fixture(scope="module")
def digits():
    return residual_network_at(DIGITS)


def drawn(seed, C=1, D=3, M=2, k=2, has_matrix=False):
    """A random network and a random image, not a picture: entries of both signs."""
    rng = np.random.default_rng(seed)
    network = random_network(C, D, M, k, 2, has_matrix, rng)
    return network, rng.normal(size=(C, M, M))


@pytest.mark.parametrize("variant", [Variant.TIGHT, Variant.FIXED_POINT])
@pytest.mark.parametrize("coherent", [Coherent.BLOCK, Coherent.SUM])
@pytest.mark.parametrize(("C", "M"), [(1, 2), (2, 2), (3, 2), (1, 4)])
def test_two_blocks_equal_numpy(variant, coherent, C, M):
    """Within the error claimed, which is at most epsilon; channels need be no power of two."""
    network, image = drawn(C * M, C=C, M=M)
    runs = simulate_network(network, image, variant, 0.05, coherent=coherent)
    states = network.states(network.vector_of(image))
    assert [run.layer for run in runs] == ["block 1", "block 2"]
    for run, state in zip(runs, states[1:], strict=True):
        np.testing.assert_array_equal(run.reference[: network.N], state)
        assert run.error <= run.claimed <= 0.0501
        assert run.holds
        assert run.calls == run.planned
        assert run.success >= 1 - 2 * run.claimed
    first, second = runs
    n = (C - 1).bit_length() + 2 * (M.bit_length() - 1)
    is_tight = variant is Variant.TIGHT
    if coherent is Coherent.BLOCK:
        assert (first.fidelity, second.fidelity) == (Fidelity.DILATED, Fidelity.VECTOR)
        assert first.qubits == 2 * n + 4 + is_tight
        assert second.qubits == 2 * n + 6 + is_tight
    assert second.input_calls == first.calls * second.calls


def test_both_blocks_as_one_circuit():
    """The first block as one unitary inside of the second: the same vector as one by one."""
    network, image = drawn(0)
    (whole,) = simulate_network(network, image, Variant.FIXED_POINT, 0.2, coherent=Coherent.NETWORK)
    assert whole.qubits == 20
    assert whole.fidelity is Fidelity.DILATED
    assert whole.calls == whole.planned
    assert whole.error <= whole.claimed <= 0.201
    *_, last = simulate_network(network, image, Variant.FIXED_POINT, 0.2, coherent=Coherent.BLOCK)
    assert abs(whole.error - last.error) < 0.1 * whole.error
    assert whole.input_calls == last.input_calls


@pytest.mark.slow
def test_both_tight_blocks_as_one_circuit():
    """23 qubits, and the first block one unitary of 512 rows."""
    network, image = drawn(0)
    (whole,) = simulate_network(network, image, Variant.TIGHT, 0.5, coherent=Coherent.NETWORK)
    assert whole.qubits == 23
    assert whole.fidelity is Fidelity.DILATED
    assert whole.error <= whole.claimed <= 0.501


@pytest.mark.parametrize("lengths", Lengths)
@pytest.mark.parametrize("seed", range(2))
def test_with_the_output_block(lengths, seed):
    """Both promises about lengths: all layers within their claims, the last near enough to pool."""
    network, image = drawn(seed, k=1, has_matrix=True)
    runs = simulate_network(
        network, image, Variant.TIGHT, 0.05, has_output=True, lengths=lengths, coherent=Coherent.SUM
    )
    assert [run.layer for run in runs] == ["block 1", "output"]
    for run in runs:
        assert run.error <= run.claimed
        assert run.calls == run.planned
    last = runs[-1]
    wanted = network.probabilities(network.vector_of(image))
    assert np.linalg.norm(network.pool(np.abs(last.vector)) - wanted) <= 0.05
    assert np.linalg.norm(last.reference - runs[0].reference) > 0.01


@pytest.mark.parametrize("lengths", Lengths)
@pytest.mark.parametrize("tau", [0.6, 0.85])
def test_the_skip_weight_is_the_network_s(lengths, tau):
    """Not the published one: the vectors of the two differ by more than the error claimed."""
    network, image = drawn(1, k=1, has_matrix=True)
    heavy = attrs.evolve(network, output=attrs.evolve(network.output, tau=tau))
    *_, last = simulate_network(
        heavy, image, Variant.TIGHT, 0.02, has_output=True, lengths=lengths, coherent=Coherent.SUM
    )
    assert last.error <= last.claimed
    psi = network.vector_of(image)
    np.testing.assert_array_equal(last.reference, heavy.states(psi)[-1])
    assert np.linalg.norm(last.vector - network.states(psi)[-1]) > 3 * last.claimed


def test_proven_lengths_take_more_calls():
    """What is promised decides the degrees and not what comes out."""
    network, image = drawn(3)
    measured, proven = (
        simulate_network(
            network, image, Variant.TIGHT, 0.1, 1, lengths=lengths, coherent=Coherent.BLOCK
        )[0]
        for lengths in (Lengths.MEASURED, Lengths.PROVEN)
    )
    assert proven.calls > 5 * measured.calls
    assert measured.holds
    assert proven.holds


@pytest.mark.parametrize("slope", [0.3, 0.7])
def test_a_flatter_activation(slope):
    """A smaller slope is a smaller matrix."""
    network, image = drawn(4)
    for run in simulate_network(attrs.evolve(network, slope=slope), image, Variant.TIGHT, 0.1):
        assert run.error <= run.claimed


@pytest.mark.parametrize("networks", [8, pytest.param(20, marks=pytest.mark.slow)])
def test_claims_are_not_far_off(networks):
    """The median of claimed over true error is below 1000, and none is below 1."""
    ratios = []
    for seed in range(networks):
        network, image = drawn(seed, C=2)
        runs = simulate_network(network, image, Variant.TIGHT, 0.01, coherent=Coherent.SUM)
        assert all(run.error > 1e-12 for run in runs)
        ratios += [run.claimed / run.error for run in runs]
    assert min(ratios) >= 1
    assert np.median(ratios) < 1000


def test_a_digit_through_one_block(digits):
    """128 entries, both transforms as one circuit, the weights dilated."""
    image, _ = held_out_digit(0)
    (run,) = simulate_network(digits, image, Variant.FIXED_POINT, 0.1, 1, coherent=Coherent.BLOCK)
    assert run.fidelity is Fidelity.DILATED
    assert run.qubits == 2 * 7 + 4
    assert run.calls == run.planned > 50
    assert run.error <= run.claimed <= 0.1


@pytest.mark.slow
@pytest.mark.parametrize("variant", [Variant.TIGHT, Variant.FIXED_POINT])
def test_a_digit_through_two_blocks(digits, variant):
    """Each block one circuit; the second on a unitary with the vector of the first."""
    image, _ = held_out_digit(1)
    runs = simulate_network(digits, image, variant, 0.1, coherent=Coherent.BLOCK)
    is_tight = variant is Variant.TIGHT
    assert [run.qubits for run in runs] == [18 + is_tight, 20 + is_tight]
    assert [run.fidelity for run in runs] == [Fidelity.DILATED, Fidelity.VECTOR]
    for run in runs:
        assert run.error <= run.claimed
        assert run.calls == run.planned


@pytest.mark.slow
def test_two_blocks_of_256_entries():
    """The largest size at which a second block is one circuit."""
    network, image = drawn(0, C=4, M=8)
    runs = simulate_network(network, image, Variant.FIXED_POINT, 0.3, coherent=Coherent.BLOCK)
    assert runs[-1].qubits == 22
    for run in runs:
        assert run.error <= run.claimed


@pytest.mark.parametrize("count", [2, pytest.param(10, marks=pytest.mark.slow)])
def test_samples_of_digits(digits, rng, count):
    """Shots of the output state have the classical probabilities, and not those of another digit.

    Vector fidelity: every sum is run, its normalisation acts on a stand-in of it.
    """
    p_values, others = [], []
    before = None
    for number in range(count):
        image, _ = held_out_digit(number)
        runs = simulate_network(
            digits, image, Variant.TIGHT, 0.05, has_output=True, coherent=Coherent.SUM
        )
        assert all(run.holds and run.fidelity is Fidelity.VECTOR for run in runs)
        last = runs[-1]
        sample = sample_classes(digits, last.vector, last.reference, 5000, rng)
        assert sample.shots + sample.failures == 5000
        assert sample.failures <= 5000 * 2 * last.claimed
        wanted = digits.probabilities(digits.vector_of(image))
        np.testing.assert_allclose(sample.expected, wanted, atol=1e-12, rtol=0)
        p_values.append(sample.p_value)
        if before is not None:
            others.append(attrs.evolve(sample, expected=before).p_value)
        before = wanted
    assert min(p_values) > 1e-3
    assert max(others) < 1e-6


def test_the_dilation_stands_for_the_convolution(digits):
    """The circuit's own matrix, at full size branch by branch, is alpha times the corner."""
    image, _ = held_out_digit(0)
    instance = NetworkInstance(
        network=digits, psi=digits.vector_of(image), variant=Variant.TIGHT, epsilon=0.1, k=2
    )
    for i in (1, 2):
        conv, kappa = instance.convolution(i), instance.kappa(i)
        assert kappa == pytest.approx(float(conv.alpha), rel=1e-6)
        corner = np.array(instance.block(i, instance.source()).weights.corner)
        np.testing.assert_allclose(matrix_by_branches(conv), kappa * corner, atol=1e-6, rtol=0)


def test_a_small_convolution_run_whole():
    """One channel of 2 x 2 pixels, 11 qubits: the dilation of the circuit is that of the matrix."""
    network, image = drawn(5, k=1)
    psi = network.vector_of(image)
    instance = NetworkInstance(network=network, psi=psi, variant=Variant.TIGHT, epsilon=0.1, k=1)
    blocks = {RotationLevel: as_one_gate}
    dilated = Dilation.of(instance.convolution(1), blocks)
    used = instance.block(1, instance.source()).weights
    assert dilated.alpha == pytest.approx(used.alpha, rel=1e-12)
    found, wanted = (encoded_matrix(each, STAND_INS) for each in (dilated, used))
    np.testing.assert_allclose(found, wanted, atol=1e-9, rtol=0)
    np.testing.assert_allclose(wanted @ psi, network.convolve(0, psi), atol=1e-12, rtol=0)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"epsilon": 0.0}, r"epsilon must be between 0 and 1, got 0\.0"),
        ({"epsilon": float("nan")}, "epsilon must be between 0 and 1, got nan"),
        ({"blocks": 3}, "number of blocks must be from 1 to 2, those of the network, got 3"),
        ({"blocks": 0}, "got 0"),
        ({"image": np.zeros((1, 2, 2))}, r"finite and not zero, got 0\.0"),
        ({"image": np.full((1, 2, 2), np.nan)}, "finite and not zero, got nan"),
        ({"image": np.ones((1, 2, 3))}, r"must have shape \(1, 2, 2\), got \(1, 2, 3\)"),
        ({"has_output": True}, "has no output block"),
        ({"variant": Variant.PUBLISHED}, "normalises with degree .* more than the 12,000"),
    ],
)
def test_refuses(change, text):
    network, image = drawn(0)
    asked = {"image": image, "variant": Variant.TIGHT, "epsilon": 0.1, **change}
    with pytest.raises(ValueError, match=text):
        simulate_network(network, **asked)


@pytest.mark.parametrize("slope", [0.3, 0.5, 0.85])
@pytest.mark.parametrize("variant", [Variant.TIGHT, Variant.FIXED_POINT])
def test_other_slopes_are_run_with_their_own_degrees(variant, slope):
    """Within the claimed error; as many calls as the slope needs, not as 4/5 does."""
    network, image = drawn(0, k=1)
    runs = {
        s: simulate_network(attrs.evolve(network, slope=s), image, variant, 0.1)[-1]
        for s in (slope, 0.8)
    }
    assert runs[slope].holds
    assert runs[slope].error > 0
    assert (runs[slope].calls < runs[0.8].calls) is (slope < 0.8)


def test_refuses_networks_of_another_kind():
    network, image = drawn(0, k=2, has_matrix=True)
    steep = attrs.evolve(network, slope=0.85)
    with pytest.raises(ValueError, match=r"stated for erf\(4 x / 5\), got a slope of 0\.85"):
        simulate_network(steep, image, Variant.PUBLISHED, 0.1)
    heavy = attrs.evolve(network, output=attrs.evolve(network.output, tau=0.6))
    with pytest.raises(ValueError, match=r"skip weight of 0\.51, got 0\.6"):
        simulate_network(heavy, image, Variant.PUBLISHED, 0.1, has_output=True)
    with pytest.raises(ValueError, match="leave a phase that the output block would see"):
        simulate_network(network, image, Variant.FIXED_POINT, 0.1, has_output=True)
    with pytest.raises(ValueError, match="follows all 2 residual blocks, got 1"):
        simulate_network(network, image, Variant.TIGHT, 0.1, 1, has_output=True)
    network, image = drawn(0, C=1, M=6)
    with pytest.raises(ValueError, match="side must be a power of two >= 2 to be simulated, got 6"):
        simulate_network(network, image, Variant.TIGHT, 0.1)


def test_refuses_what_does_not_fit():
    network, image = drawn(0, C=8, M=8, k=1)
    with pytest.raises(ValueError, match="at most 256 entries are simulated, got 512"):
        simulate_network(network, image, Variant.TIGHT, 0.1)
    network, image = drawn(0, M=4)
    with pytest.raises(ValueError, match="needs 31 qubits, more than the 24"):
        simulate_network(network, image, Variant.TIGHT, 0.1, coherent=Coherent.NETWORK)
    network, image = drawn(0, C=4, M=4, k=1)
    with pytest.raises(ValueError, match="times, more than the 20,000 that are simulated"):
        simulate_network(
            network,
            image,
            Variant.TIGHT,
            1e-9,
            lengths=Lengths.PROVEN,
            coherent=Coherent.BLOCK,
        )
