"""Fixed-point amplification: length reached, phases, control, queries, error, limits."""

import numpy as np
import pytest
import sympy
from qualtran import DecomposeTypeError

from bloqs.encodings.deamplified_vector import Deamplified
from bloqs.qsvt.fixed_point import FixedPointAmplification
from bloqs.simulation.partial_run import STAND_INS
from bloqs.simulation.runner import Runner, encoded_vector
from bloqs.simulation.vector_dilation import VectorDilation
from estimator import symbols
from estimator.costs.cost import cost_by_annotation, cost_by_counting


@pytest.fixture
def short(rng):
    """`short(size, length)`: a random complex vector encoded with that length, by a stand-in."""

    def make(size, length):
        v = rng.normal(size=size) + 1j * rng.normal(size=size)
        return VectorDilation.of_vector(v / np.linalg.norm(v), 1 / length)

    return make


def overlap(bloq, vector, blocks):
    """Of what is prepared with what is meant; its modulus is the length along it."""
    return np.vdot(vector, encoded_vector(bloq, blocks))


def test_reaches_its_probability_gate_by_gate(vector_leaf):
    """The smallest instance, gates and all: one qubit, one flag."""
    leaf = vector_leaf(1, 1)
    vector = leaf.block / np.linalg.norm(leaf.block)
    start = 0.9 / leaf.alpha
    bloq = FixedPointAmplification.reaching(leaf, start, 0.1)
    assert bloq.length > 1
    assert abs(overlap(bloq, vector, {})) ** 2 >= 1 - 0.1**2
    assert Runner.of(bloq).fidelity == "gate by gate"


@pytest.mark.parametrize(
    ("start", "length"), [(0.1, 0.1), (0.1, 0.5), (0.2, 0.2), (0.2, 0.7), (0.2, 1.0)]
)
def test_no_length_from_the_smallest_on_is_lifted_too_far(start, length, short):
    """Of the amplified vector nothing but its phase depends on the length; vector fidelity."""
    for delta in (0.3, 1e-3):
        stand_in = short(4, length)
        bloq = FixedPointAmplification.reaching(stand_in, start, delta)
        found = overlap(bloq, np.array(stand_in.amplitudes) / length, STAND_INS)
        assert 1 - delta**2 - 1e-9 <= abs(found) ** 2 <= 1 + 1e-9, f"{delta=}"
        closest = encoded_vector(bloq, STAND_INS) * abs(found) / found
        gap = np.linalg.norm(closest - np.array(stand_in.amplitudes) / length)
        assert gap <= float(bloq.epsilon) + 1e-9, f"{delta=}"


def test_one_call_less_is_not_enough(short):
    """The length is the fewest: two calls less miss the probability at the smallest length."""
    stand_in = short(2, 0.2)
    bloq = FixedPointAmplification.reaching(stand_in, 0.2, 0.01)
    with pytest.raises(ValueError, match=r"calls lift lengths from 0\.2\d+ upwards"):
        FixedPointAmplification(stand_in, bloq.length - 2, 0.01)


@pytest.mark.parametrize("length", [1, 3, 5])
def test_control(length, vector_leaf, random_state):
    leaf = Deamplified(vector_leaf(1, 0), 1.25)
    bloq = FixedPointAmplification(leaf, length, 0.75)
    size = 2 ** (bloq.system_bitsize + bloq.ancilla_bitsize)
    off, on = random_state(size), random_state(size)
    start = np.concatenate([0.6 * off, 0.8 * on])
    wanted = np.concatenate([0.6 * off, 0.8 * Runner.of(bloq).run(on)])
    np.testing.assert_allclose(Runner.of(bloq.controlled()).run(start), wanted, atol=1e-9)
    back = Runner.of(bloq.controlled().adjoint()).run(wanted)
    np.testing.assert_allclose(back, start, atol=1e-9)


@pytest.mark.parametrize("length", [1, 5, 9])
def test_queries_and_cost(length, black_box_vector, vector_leaf):
    """L calls, no sign qubit; phases on three flags and on one in turn."""
    bloq = FixedPointAmplification(black_box_vector(alpha=1.25), length, 0.9)
    cost = cost_by_annotation(bloq)
    assert cost.queries == {"U": length}
    assert cost.rotations == length + 1
    assert cost.toffoli == (length + 1) // 2 * 2
    controlled = cost_by_annotation(bloq.controlled()).queries
    assert controlled.pop("controlled U") == 1
    assert controlled == ({"U": length - 1} if length > 1 else {})
    real = FixedPointAmplification(Deamplified(vector_leaf(1, 0), 1.25), length, 0.9)
    assert real.ancilla_bitsize == 1
    for form in (real, real.adjoint(), real.controlled()):
        assert cost_by_annotation(form) == cost_by_counting(form)


def test_symbolic(black_box_vector):
    """Calls in symbols; numbers put in are the numbers."""
    bloq = FixedPointAmplification(black_box_vector(), 2 * symbols.degree + 1, symbols.delta)
    cost = cost_by_annotation(bloq)
    assert cost.queries == {"U": 2 * symbols.degree + 1}
    number = cost_by_annotation(FixedPointAmplification(black_box_vector(alpha=1.25), 9, 0.9))
    assert cost.subs({symbols.degree: 4}).rotations == number.rotations
    assert cost.subs({symbols.degree: 4}).toffoli == number.toffoli
    wanted = 1 - sympy.sqrt(1 - symbols.delta**2)
    assert sympy.simplify(bloq.epsilon - wanted) == 0


def test_billions_of_calls_have_a_cost(black_box_vector):
    """Their phases would not fit in memory; the number of calls is 1e9 arcosh(2), nearly."""
    bloq = FixedPointAmplification.reaching(black_box_vector(alpha=1e9), 1e-9, 0.5)
    assert bloq.length == pytest.approx(1e9 * np.arccosh(2), rel=1e-8)
    assert cost_by_annotation(bloq).queries == {"U": bloq.length}
    with pytest.raises(ValueError, match="calls lift lengths from 1e-09 upwards"):
        FixedPointAmplification(black_box_vector(alpha=1e9), bloq.length - 2, 0.5)
    with pytest.raises(DecomposeTypeError, match="has no phases, so it has no circuit"):
        bloq.normalised.decompose_bloq()


def test_error_of_the_vector_counts_twice(black_box_vector):
    """Its direction may be off by twice what its length is."""
    bloq = FixedPointAmplification(black_box_vector(alpha=1.25, epsilon=0.1), 9, 0.6)
    assert float(bloq.epsilon) == pytest.approx(2 * 0.1 + 0.2)


@pytest.mark.parametrize(
    ("length", "delta", "message"),
    [
        (0, 0.1, "a fixed-point sequence needs an odd length >= 1, got 0"),
        (4, 0.1, "a fixed-point sequence needs an odd length >= 1, got 4"),
        (3, 0.0, "amplification needs 0 < delta < 1, got delta=0.0"),
        (3, 1.0, "amplification needs 0 < delta < 1, got delta=1.0"),
        (symbols.degree, 2.0, "amplification needs 0 < delta < 1, got delta=2.0"),
        (symbols.degree, np.nan, "amplification needs 0 < delta < 1, got delta=nan"),
        (4, symbols.delta, "normalisation needs an odd degree >= 1, got 4"),
        (3.5, 0.1, "amplification needs a whole number as its degree, got 3.5"),
        (3, 0.1, r"3 calls lift lengths from 0\.7\d+ upwards to .*, got a vector of length 0\.25"),
    ],
)
def test_refusals(length, delta, message, black_box_vector):
    with pytest.raises(ValueError, match=message):
        FixedPointAmplification(black_box_vector(alpha=4), length, delta)


def test_refuses_vectors_it_cannot_lift(black_box_vector):
    with pytest.raises(ValueError, match="has no ancilla, so it has length one already"):
        FixedPointAmplification(black_box_vector(2, 0, alpha=1), 3, 0.1)
    with pytest.raises(ValueError, match="has a control; control the amplification instead"):
        FixedPointAmplification(black_box_vector().controlled(), 3, 0.1)
    with pytest.raises(ValueError, match="errors >= 0, got epsilon=-1"):
        FixedPointAmplification(black_box_vector(epsilon=-1), 3, 0.1)
    with pytest.raises(ValueError, match="errors >= 0, got epsilon=nan"):
        FixedPointAmplification(black_box_vector(epsilon=np.nan), 3, 0.1)
    with pytest.raises(ValueError, match=r"found for numbers, got start=x_0 and delta=0\.1"):
        FixedPointAmplification.reaching(black_box_vector(), symbols.x_0, 0.1)
    with pytest.raises(ValueError, match=r"got a vector of length 0\.15"):
        FixedPointAmplification.reaching(black_box_vector(alpha=4, epsilon=0.4), 0.2, 0.1)
