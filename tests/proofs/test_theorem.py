"""What a count and a simulation must have to be a claim, and how they are judged."""

import math

import numpy as np
import pytest
import sympy
from attrs import evolve

from estimator.symbols import L, n
from estimator.verdict import Verdict
from proofs.claim import Finding, Measurement
from proofs.operator_claim import OperatorClaim
from proofs.theorem import Theorem


def square(**sizes):
    (size,) = sizes.values()
    return Measurement(value=size**2, qubits=1, gates=1, fidelity="counted")


SQUARE = Theorem(
    says="A square has n**2 entries.",
    relation="==",
    value=n**2,
    derive=lambda: n * n,
    measure=square,
    instances=({n: 2}, {n: 3}),
    false_twin=n**2 + 1,
    twin_says="One entry more.",
    source="ours",
)
IDENTITY = OperatorClaim(
    says="Nothing happens.",
    specification=lambda size: np.eye(size),
    simulate=lambda size: (np.eye(size), square(size=size)),
    instances=({"size": 2}, {"size": 3}),
    false_twin=lambda size: -np.eye(size),
    twin_says="The sign changes.",
    bound=lambda size: 1e-9,
    norm="spectral",
    source="ours",
)


def measuring(*values, stated=None):
    """A measurement that gives these values one after another."""
    left = iter(values)
    return lambda **_: Measurement(
        value=next(left), stated=stated, qubits=1, gates=1, fidelity="counted"
    )


@pytest.mark.parametrize("claim", [SQUARE, IDENTITY])
def test_a_true_claim_is_accepted(claim):
    """Both kinds of claim are accepted with no gap, one measurement an instance."""
    found = claim.examine()
    assert found.accepted
    assert found.worst_gap == 0
    assert len(found.measurements) == 2


@pytest.mark.parametrize(("claim", "gap"), [(SQUARE, 1), (IDENTITY, 2)])
def test_a_false_twin_is_not(claim, gap):
    """The twin is rejected and the worst gap is what it is off by."""
    found = claim.examine(twin=True)
    assert not found.accepted
    assert found.numeric is Verdict.FAILS
    assert found.worst_gap == gap


def test_an_undecided_derivation_is_not_accepted():
    """Measurements alone do not make a theorem whose derivation SymPy cannot follow."""
    unknown = sympy.Function("f", positive=True)(n)
    found = evolve(SQUARE, derive=lambda: unknown).examine()
    assert found.symbolic is Verdict.UNDECIDED
    assert found.numeric is Verdict.HOLDS
    assert not found.accepted


def test_a_derivation_alone_is_not_accepted():
    """One instance that disagrees is enough, whichever it is."""
    for values in ((4, 10), (5, 9), (4, math.nan), (math.nan, 9), (4, -math.inf)):
        found = evolve(SQUARE, measure=measuring(*values)).examine()
        assert found.symbolic is Verdict.HOLDS
        assert found.numeric is Verdict.FAILS
        assert not found.accepted


@pytest.mark.parametrize("stated", [5, 3, math.nan])
def test_what_the_library_states_must_be_what_is_measured(stated):
    """A right formula and a right circuit do not excuse a wrong annotation."""
    wrong = evolve(SQUARE, value=4 * n / n, derive=lambda: 4, measure=measuring(4, 4, stated=4))
    assert wrong.examine().accepted
    wrong = evolve(wrong, measure=measuring(4, 4, stated=stated))
    assert wrong.examine().numeric is Verdict.FAILS


def test_a_bound_may_be_undercut():
    """A "<=" holds below its value, fails above, and fails for what is no number."""
    below = evolve(SQUARE, relation="<=", value=n**2 + n)
    assert evolve(below, measure=measuring(0, 12)).examine().accepted
    assert evolve(below, measure=measuring(0, 13)).examine().numeric is Verdict.FAILS
    assert evolve(below, measure=measuring(math.nan, 0)).examine().numeric is Verdict.FAILS
    assert evolve(below, measure=measuring(0, math.nan)).examine().numeric is Verdict.FAILS
    assert evolve(below, value=n**2 - 1).examine().symbolic is not Verdict.HOLDS


def test_a_tolerance_is_a_tolerance():
    """A gap up to the tolerance is accepted, a larger one is not, and counts have none."""
    rough = evolve(SQUARE, tolerance=0.5)
    assert evolve(rough, measure=measuring(4.5, 8.5)).examine().accepted
    assert not evolve(rough, measure=measuring(4.5, 9.6)).examine().accepted
    assert not evolve(SQUARE, measure=measuring(4, 9 + 1e-9)).examine().accepted


@pytest.mark.parametrize("which", ["value", "false_twin"])
def test_unknown_symbols_are_refused(which):
    """A symbol made elsewhere, even one of the same name, is no symbol of the project."""
    with pytest.raises(ValueError, match=r"\{n\} in no glossary"):
        evolve(SQUARE, **{which: sympy.Symbol("n") ** 2})


@pytest.mark.parametrize("claim", [SQUARE, IDENTITY])
def test_one_instance_is_refused(claim):
    """A formula that was tried once has hardly been tried."""
    with pytest.raises(ValueError, match="one instance proves"):
        evolve(claim, instances=claim.instances[:1])


@pytest.mark.parametrize("wrong", [np.zeros((2, 2)), 1.1 * np.eye(2), np.full((2, 2), np.nan)])
def test_an_operator_must_be_within_its_bound(wrong):
    """Any instance outside the bound, or not a number, fails the claim."""

    def simulate(size):
        return (wrong if size == 2 else np.eye(size)), square(size=size)

    found = evolve(IDENTITY, simulate=simulate).examine()
    assert found.numeric is Verdict.FAILS
    assert not found.accepted


@pytest.mark.parametrize("shape", [(1, 2), (2, 1), (1, 1), (2, 2, 1), ()])
def test_shapes_are_compared_too(shape):
    """An array of another shape is refused, not stretched until it fits."""

    def simulate(size):
        return np.ones(shape), square(size=size)

    claim = evolve(IDENTITY, simulate=simulate, specification=lambda size: np.ones((2, 2)))
    with pytest.raises(ValueError, match=r"circuit encodes shape .*, specified is \(2, 2\)"):
        claim.examine()


def test_a_vector_is_measured_in_the_l2_norm():
    """For vectors the gap is the Euclidean length of the difference, for matrices the spectral."""
    vector = evolve(
        IDENTITY,
        specification=lambda size: np.zeros(2),
        simulate=lambda size: (np.array([3, 4]), square(size=1)),
    )
    assert vector.examine().worst_gap == pytest.approx(5)
    matrix = evolve(
        IDENTITY,
        specification=lambda size: np.zeros((2, 2)),
        simulate=lambda size: (np.diag([3, 4]), square(size=1)),
    )
    assert matrix.examine().worst_gap == pytest.approx(4)


def test_a_crash_is_no_verdict():
    """An exception in a derivation or a circuit comes out as what it is."""
    with pytest.raises(ZeroDivisionError):
        evolve(SQUARE, derive=lambda: 1 // 0).examine()


@pytest.mark.parametrize(
    ("symbolic", "numeric", "accepted"),
    [
        (None, Verdict.HOLDS, True),
        (Verdict.HOLDS, Verdict.HOLDS, True),
        (Verdict.UNDECIDED, Verdict.HOLDS, False),
        (Verdict.FAILS, Verdict.HOLDS, False),
        (Verdict.HOLDS, Verdict.FAILS, False),
        (None, Verdict.FAILS, False),
        (None, Verdict.UNDECIDED, False),
    ],
)
def test_every_route_must_hold(symbolic, numeric, accepted):
    """A finding is accepted if all routes there are say so."""
    found = Finding(symbolic=symbolic, numeric=numeric, worst_gap=0.0, measurements=())
    assert found.accepted is accepted


def test_instances_are_given_by_name():
    """The measurement gets each size under the name of its symbol."""
    seen = []

    def measure(L):
        seen.append(L)
        return square(L=L)

    claim = evolve(
        SQUARE,
        value=L**2,
        false_twin=L,
        derive=lambda: L**2,
        measure=measure,
        instances=({L: 3}, {L: 5}),
    )
    assert claim.examine().accepted
    assert seen == [3, 5]
