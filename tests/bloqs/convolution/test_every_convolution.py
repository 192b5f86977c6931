"""Every convolution gate by gate: operator, inverse, control, memories; what all of them refuse."""

import attrs
import numpy as np
import pytest
from qualtran import Bloq, CtrlSpec, DecomposeTypeError

from bloqs.convolution.adder import AdderConvolution
from bloqs.convolution.kernel import Kernel, Padding
from bloqs.convolution.multiplexed import MultiplexedConvolution
from bloqs.convolution.published import PublishedConvolution
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import (
    BucketBrigadeLoader,
    IdealQRAMLoader,
    QROAMLoader,
    QROMLoader,
    SelectSwapLoader,
)
from bloqs.simulation.runner import Runner, encoded_matrix
from estimator import symbols
from estimator.costs.cost import cost_by_counting

QROM, BITWISE, GRADIENT = QROMLoader(), Rotation.BITWISE, Rotation.PHASE_GRADIENT
SAME, TOP_LEFT, CIRCULAR = Padding
ADDER, MULTIPLEXED, PUBLISHED = AdderConvolution, MultiplexedConvolution, PublishedConvolution
BOTH = [ADDER, MULTIPLEXED]
EVERY = [*BOTH, PUBLISHED]
slow = pytest.mark.slow


def of_kernel(construction, kernel, m, b=4, loader=QROM, rotation=BITWISE):
    own = {"shares_ancillas": False} if construction is PUBLISHED else {}
    return construction(kernel, m, b, loader, rotation, **own)


@pytest.fixture
def instance(exact_kernel, image_operator):
    """`instance(construction, shape, m, b, padding, loader, rotation)`: a bloq, and its matrix.

    Its kernel needs no rounding and has both signs.
    """

    def build(construction, shape, m, b=4, padding=SAME, loader=QROM, rotation=BITWISE):
        K = exact_kernel(construction, *shape, b, padding)
        while np.all(K >= 0) or np.all(K <= 0):
            K = exact_kernel(construction, *shape, b, padding)
        conv = of_kernel(construction, Kernel.of(K, padding), m, b, loader, rotation)
        return conv, image_operator(K, 2**m, padding)

    return build


@pytest.mark.parametrize(
    ("shape", "m", "b", "padding"),
    [
        ((2, 1, 2), 1, 4, SAME),
        ((1, 2, 2), 1, 5, SAME),
        ((1, 1, 3), 2, 4, TOP_LEFT),
        ((1, 1, 2), 3, 5, TOP_LEFT),
        ((1, 1, 3), 2, 4, CIRCULAR),
        ((2, 1, 2), 2, 4, CIRCULAR),
        ((2, 2, 1), 1, 6, SAME),
        pytest.param((1, 2, 3), 1, 4, SAME, marks=slow),
        pytest.param((2, 2, 2), 1, 5, SAME, marks=slow),
        pytest.param((1, 2, 2), 2, 4, SAME, marks=slow),
        pytest.param((1, 1, 3), 2, 5, SAME, marks=slow),
    ],
)
@pytest.mark.parametrize("construction", BOTH)
def test_encodes_the_convolution(construction, shape, m, b, padding, instance, assert_encodes):
    """Channels out, channels in and side of the kernel; every gate executed."""
    assert_encodes(*instance(construction, shape, m, b, padding), seed=m + b)


@pytest.mark.parametrize(
    ("shape", "m", "padding"),
    [
        ((1, 1, 2), 1, SAME),
        ((2, 1, 1), 1, SAME),
        ((1, 3, 1), 1, SAME),
        ((2, 1, 2), 1, TOP_LEFT),
        ((1, 1, 4), 2, CIRCULAR),
        ((2, 2, 2), 2, CIRCULAR),
        pytest.param((1, 1, 3), 1, SAME, marks=slow),
        pytest.param((2, 2, 2), 1, SAME, marks=slow),
        pytest.param((1, 1, 3), 2, CIRCULAR, marks=slow),
        pytest.param((1, 1, 3), 2, SAME, marks=slow),
        pytest.param((2, 2, 2), 2, SAME, marks=slow),
    ],
)
def test_encodes_the_convolution_as_published(shape, m, padding, instance, assert_encodes):
    """The same at sizes whose index and shifts have few enough qubits."""
    assert_encodes(*instance(PUBLISHED, shape, m, padding=padding))


@slow
@pytest.mark.parametrize(
    ("construction", "shape", "m", "padding"),
    [
        *((each, (2, 1, 3), 1, SAME) for each in BOTH),
        *((each, (2, 2, 3), 1, CIRCULAR) for each in BOTH),
        (ADDER, (2, 2, 2), 3, SAME),
        (MULTIPLEXED, (3, 1, 2), 1, SAME),
        (MULTIPLEXED, (1, 3, 2), 1, SAME),
    ],
)
def test_encodes_larger_convolutions(construction, shape, m, padding, instance, assert_encodes):
    """20 and 21 qubits, or three channels."""
    assert_encodes(*instance(construction, shape, m, 4, padding))


@pytest.mark.parametrize("construction", BOTH)
def test_encodes_a_generic_kernel_up_to_its_epsilon(construction, image_operator):
    """All four pairs of channels in use, all sums different: nothing is exact, nothing cancels."""
    K = np.array([[1.0, 0.5], [-0.3, 0.4]]).reshape(2, 2, 1, 1)
    conv, wanted = of_kernel(construction, Kernel.of(K), 1, 9), image_operator(K, 2)
    found = encoded_matrix(conv, columns=[0, 4])
    assert np.linalg.norm(found - wanted[:, [0, 4]], 2) <= float(conv.epsilon) < 0.08


@pytest.mark.parametrize(
    ("construction", "shape", "padding", "loader", "rotation"),
    [
        *((each, (1, 1, 3), SAME, QROAMLoader(1), BITWISE) for each in BOTH),
        (ADDER, (1, 1, 3), SAME, SelectSwapLoader(1), BITWISE),
        (MULTIPLEXED, (1, 1, 3), CIRCULAR, SelectSwapLoader(1), BITWISE),
        *((each, (1, 1, 2), SAME, BucketBrigadeLoader(), BITWISE) for each in BOTH),
        *((each, (1, 1, 2), SAME, QROM, GRADIENT) for each in EVERY),
        *((each, (2, 1, 1), SAME, QROAMLoader(1), GRADIENT) for each in BOTH),
        (PUBLISHED, (1, 1, 2), SAME, QROAMLoader(1), BITWISE),
        *(
            pytest.param(each, shape, SAME, loader, rotation, marks=slow)
            for each in BOTH
            for shape, loader, rotation in (
                ((2, 1, 2), QROAMLoader(1), BITWISE),
                ((2, 1, 1), SelectSwapLoader(1), BITWISE),
                ((1, 2, 1), BucketBrigadeLoader(), BITWISE),
                ((1, 2, 2), QROM, GRADIENT),
            )
        ),
    ],
)
def test_every_memory_and_rotation_gives_the_same(
    construction, shape, padding, loader, rotation, instance, assert_encodes
):
    """Two by two pixels."""
    assert_encodes(*instance(construction, shape, 1, 4, padding, loader, rotation))


@pytest.mark.parametrize(
    ("construction", "shape", "m", "padding", "loader", "rotation"),
    [
        *((each, (2, 1, 2), 1, SAME, QROM, BITWISE) for each in BOTH),
        *((each, (1, 1, 3), 2, SAME, QROM, BITWISE) for each in BOTH),
        *((each, (1, 1, 2), 1, TOP_LEFT, QROM, GRADIENT) for each in BOTH),
        *(
            pytest.param(each, (2, 2, 2), 1, CIRCULAR, QROAMLoader(1), BITWISE, marks=slow)
            for each in BOTH
        ),
        (PUBLISHED, (1, 1, 2), 1, SAME, QROM, BITWISE),
        (PUBLISHED, (2, 1, 1), 1, SAME, QROM, BITWISE),
        (PUBLISHED, (1, 1, 3), 2, CIRCULAR, QROM, BITWISE),
    ],
)
def test_inverse_encodes_the_transpose(
    construction, shape, m, padding, loader, rotation, instance, assert_encodes
):
    """And its own inverse is where one started; run one after the other they do nothing."""
    conv, wanted = instance(construction, shape, m, 4, padding, loader, rotation)
    inverse = conv.adjoint()
    assert (inverse.alpha, inverse.epsilon) == (conv.alpha, conv.epsilon)
    assert inverse.adjoint() == conv
    assert np.abs(wanted - wanted.T).max() > 0.1
    assert_encodes(inverse, wanted.T)


@pytest.mark.parametrize("construction", BOTH)
def test_inverse_undoes_everything(construction, instance, random_state):
    """On every state of system and ancilla, not only with ancillas in zero."""
    conv, _ = instance(construction, (2, 1, 2), 1)
    start = random_state(2 ** (conv.system_bitsize + conv.ancilla_bitsize))
    there = Runner.of(conv).run(start)
    np.testing.assert_allclose(Runner.of(conv.adjoint()).run(there), start, atol=1e-10)
    assert np.linalg.norm(there - start) > 0.1
    assert np.linalg.norm(there) == pytest.approx(1, abs=1e-10)


@pytest.mark.parametrize(
    ("construction", "shape", "m", "padding", "loader", "rotation"),
    [
        *((each, (2, 1, 2), 1, SAME, QROM, BITWISE) for each in BOTH),
        *((each, (1, 1, 2), 2, CIRCULAR, QROAMLoader(1), BITWISE) for each in BOTH),
        *((each, (2, 2, 1), 1, SAME, QROM, GRADIENT) for each in BOTH),
        *(pytest.param(each, (1, 1, 3), 1, SAME, QROM, BITWISE, marks=slow) for each in BOTH),
        (PUBLISHED, (1, 1, 2), 1, SAME, QROM, BITWISE),
        (PUBLISHED, (2, 1, 1), 1, SAME, QROM, GRADIENT),
        (PUBLISHED, (1, 1, 3), 2, CIRCULAR, QROM, BITWISE),
    ],
)
def test_control_decides(
    construction, shape, m, padding, loader, rotation, instance, assert_controls
):
    """Also for the inverse, controlled before or after it is taken."""
    conv, wanted = instance(construction, shape, m, 4, padding, loader, rotation)
    controlled = conv.controlled()
    assert isinstance(controlled, construction)
    assert controlled.adjoint() == conv.adjoint().controlled()
    assert_controls(controlled, wanted)
    assert_controls(controlled.adjoint(), wanted.T)


@pytest.mark.parametrize("construction", BOTH)
def test_control_on_zero_and_two_controls(construction, instance):
    """An open control encodes where the control is zero; of two controls both must be on."""
    conv, wanted = instance(construction, (1, 1, 2), 1)
    flags = 2**conv.ancilla_bitsize
    size = len(wanted)
    for bloq, where in (
        (conv.controlled(CtrlSpec(cvs=0)), (1, 0)),
        (conv.controlled().controlled(), (0, 0, 0, 1)),
    ):
        runner = Runner.of(bloq)
        for control, on in enumerate(where):
            for x in range(size):
                found = runner.run((control * size + x) * flags).reshape(len(where), size, flags)
                block = wanted[:, x] / conv.alpha if on else np.eye(size)[:, x]
                np.testing.assert_allclose(found[control, :, 0], block, atol=1e-10)


@pytest.mark.parametrize("construction", BOTH)
@pytest.mark.parametrize("loader", [QROM, QROAMLoader(1)], ids=lambda loader: loader.name)
@pytest.mark.parametrize("shape", [(1, 2, 1), pytest.param((1, 2, 2), marks=slow)], ids=str)
def test_measurement_outcomes_do_not_matter(shape, loader, construction, instance, random_state):
    """Work qubits are taken away by measurement; the state on all registers stays."""
    conv, _ = instance(construction, shape, 1, loader=loader)
    start = random_state(2 ** (conv.system_bitsize + conv.ancilla_bitsize))
    runner = Runner.of(conv)
    wanted = runner.run(start, seed=0)
    for seed in (1, 2, 3):
        np.testing.assert_allclose(runner.run(start, seed=seed), wanted, atol=1e-10)


@pytest.mark.parametrize("construction", BOTH)
def test_gates_are_executed_not_contracted(construction, instance, monkeypatch):
    """Nothing in the run asks a bloq for the tensor it declares."""

    def refuse(self):
        raise AssertionError(f"{self} was contracted")

    monkeypatch.setattr(Bloq, "tensor_contract", refuse)
    conv, wanted = instance(construction, (2, 1, 2), 1)
    assert np.abs(encoded_matrix(conv, columns=[5])[:, 0] - wanted[:, 5]).max() <= 1e-10
    with pytest.raises(AssertionError, match="was contracted"):
        conv.decompose_bloq().tensor_contract()


@pytest.mark.parametrize("construction", BOTH)
def test_alpha_counts_only_taps_that_reach_a_pixel(construction):
    """On two pixels a side, the outer ring of 5 x 5 taps is gone; on a periodic image it is not."""
    K = np.ones((1, 1, 5, 5))
    for m, padding, taps in ((1, SAME, 9), (1, TOP_LEFT, 4), (1, CIRCULAR, 25), (2, SAME, 25)):
        conv = of_kernel(construction, Kernel.of(K, padding), m)
        assert conv.alpha == pytest.approx(taps, abs=1e-12), (m, padding)


@pytest.mark.parametrize("construction", EVERY)
@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"m": 0}, "a convolution needs images of side at least 2, got m=0"),
        ({"b": 3}, "a convolution needs at least b = 4 bits of angle, got b=3"),
        (
            {"kernel": Kernel.of(np.ones((1, 1, 1, 1)))},
            "a 1x1 kernel between single channels is a number, not an operator",
        ),
        (
            {"kernel": Kernel((1.0,) + (0.0,) * 24, 1, 1, 5, 2, wraps=False)},
            "every tap shifts past the image of side 2; the operator is zero",
        ),
        (
            {"kernel": Kernel.of(np.full((1, 1, 2, 2), 1e308))},
            "alpha of this kernel is inf in floating point; scale the kernel first",
        ),
        (
            {"kernel": Kernel.of(np.full((1, 1, 2, 2), 1e-300))},
            "alpha of this kernel is .* in floating point; scale the kernel first",
        ),
    ],
)
def test_refuses_impossible_convolutions(construction, changes, message):
    conv = of_kernel(construction, Kernel.of(np.ones((1, 1, 2, 2))), 1)
    with np.errstate(over="ignore"), pytest.raises(ValueError, match=message):
        attrs.evolve(conv, **changes)


@pytest.mark.parametrize("construction", BOTH)
def test_says_how_many_qubits_a_run_would_need(construction):
    """The number that counting finds, which the message compares with the limit."""
    conv = of_kernel(construction, Kernel.of(np.ones((4, 4, 3, 3))), 2, 8)
    qubits = cost_by_counting(conv).qubits
    name = construction.__name__
    with pytest.raises(ValueError, match=rf"{name}\(m=2\) needs {qubits} qubits, more than"):
        encoded_matrix(conv)


@pytest.mark.parametrize("construction", EVERY)
def test_no_circuit_means_no_run_and_no_count(construction):
    """Symbolic sizes, and a memory that is only ever counted."""
    symbolic = of_kernel(construction, Kernel.symbolic(), symbols.m, symbols.b)
    with pytest.raises(DecomposeTypeError, match="symbolic size, so it has no circuit"):
        symbolic.decompose_bloq()
    kernel = Kernel.of(np.ones((1, 1, 2, 2)))
    ideal = of_kernel(construction, kernel, 1, loader=IdealQRAMLoader())
    for act in (Runner.of, cost_by_counting, encoded_matrix):
        with pytest.raises(DecomposeTypeError, match=r"QRAM\(2\*\*1 x 4 bit\) has no circuit"):
            act(ideal)
