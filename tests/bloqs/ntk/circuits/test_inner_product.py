"""The inner product on basis states, as large as real data, against whole numbers."""

import numpy as np
import pytest

from bloqs.ntk.circuits.inner_product import InnerProduct
from bloqs.simulation.runner import Runner
from estimator import symbols


def numbers(seed, d, b, c, w):
    rng = np.random.default_rng(seed)
    reference = tuple(int(x) * 2 + 1 - 2**c for x in rng.integers(0, 2**c, d))
    words = [int(x) for x in rng.integers(0, 2**b, d)]
    return reference, words, int(rng.integers(0, 2**w))


@pytest.mark.parametrize(("d", "b", "c", "w"), [(1, 1, 1, 2), (5, 3, 4, 9), (64, 8, 8, 19)])
def test_adds_on_basis_states(d, b, c, w):
    """Adder by adder, at the size of images of 64 pixels too."""
    for seed in range(2):
        reference, words, before = numbers(seed, d, b, c, w)
        point = int("".join(f"{u:0{b}b}" for u in words), 2)
        after = (before + sum(u * k for u, k in zip(words, reference, strict=True))) % 2**w
        bloq = InnerProduct(reference, d, b, c, w)
        circuit = bloq.decompose_bloq()
        kept, found = circuit.call_classically(point=point, sum=before)
        assert found == after
        assert kept == point
        if d < 64:  # bit by bit, as adders backwards are
            back = bloq.adjoint().decompose_bloq()
            assert back.call_classically(point=point, sum=after)[1] == before


@pytest.mark.parametrize("reference", [(3, -1), (1, 3), (-3, -3)])
def test_gate_by_gate(reference, costs_agree):
    bloq = InnerProduct(reference, 2, 2, 2, 5)
    starts = range(0, 2**9, 37)
    states = Runner.of(bloq).columns(starts)
    switched = Runner.of(bloq.controlled())
    both = switched.columns([x + off for x in starts for off in (0, 2**9)])
    for k, start in enumerate(starts):
        words, total = divmod(start, 2**5)
        first, second = divmod(words, 4)
        after = words * 2**5 + (total + first * reference[0] + second * reference[1]) % 2**5
        assert abs(states[after, k]) == pytest.approx(1)
        assert abs(both[start, 2 * k]) == pytest.approx(1)
        assert abs(both[2**9 + after, 2 * k + 1]) == pytest.approx(1)
    costs_agree(bloq)


def test_sizes_cost_the_same(substitutes):
    """Whatever the numbers of the known point are."""
    sizes = symbols.N_in, symbols.b, symbols.c, symbols.m
    claimed = InnerProduct(None, *sizes)
    values = dict(zip(sizes, (3, 2, 3, 6), strict=True))
    for seed in range(3):
        reference, _, _ = numbers(seed, 3, 2, 3, 6)
        substitutes(claimed, values, InnerProduct(reference, 3, 2, 3, 6))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"d": 0}, "d, b, b' >= 1"),
        ({"w": 3}, "at least b \\+ b' bits"),
        ({"reference": (3,)}, "has 2 entries, got 1"),
        ({"reference": (2, 1)}, "odd and below 2\\*\\*2 in modulus, got 2"),
        ({"reference": (5, 1)}, "odd and below 2\\*\\*2 in modulus, got 5"),
    ],
)
def test_refusals(change, message):
    given = {"reference": (3, 1), "d": 2, "b": 2, "c": 2, "w": 5}
    with pytest.raises(ValueError, match=message):
        InnerProduct(**(given | change))
