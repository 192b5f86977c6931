"""Chains of parts: their cost is that of the nested circuit, gate by gate; runs; refusals."""

import attrs
import numpy as np
import pytest

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.encodings.deamplified_vector import Deamplified
from bloqs.encodings.vector_sum import VectorSum
from bloqs.feedforward.circuits.earlier_vector import EarlierVector
from bloqs.feedforward.circuits.layer_chain import LayerChain, earlier_calls, form_of
from bloqs.feedforward.circuits.negated_vector import NegatedVector
from bloqs.feedforward.circuits.pooled_vector import PooledVector
from bloqs.qsvt.entrywise_function import EntrywiseFunction
from bloqs.qsvt.lengthened_vector import LengthenedVector
from bloqs.simulation.runner import Runner, encoded_vector
from estimator.costs.cost import cost_by_annotation, cost_by_counting
from estimator.costs.depth import ToffoliDepth
from estimator.costs.known import known_cost

KIND = QROMLoader(), Rotation.BITWISE
ODD = (0.1, 0.2, 0.3, 0.4)


def source(n):
    return LoadedVector.of(np.arange(1.0, 1 + 2**n), 4, *KIND)


def box(before):
    return EarlierVector(
        before.system_bitsize, before.ancilla_bitsize, float(before.alpha), float(before.epsilon)
    )


def summed(before):
    """The vector and a shorter one, so that it is called once under each control."""
    return VectorSum(box(before), Deamplified(box(before), 2.0), 0.5, 0.75 / float(before.alpha))


def longer(before):
    return LengthenedVector(Deamplified(box(before), 2.0), ODD, 3, 0.1, 1.5)


def curved(before):
    return EntrywiseFunction(box(before), (0.2,), ODD[:2], 1, 0.5, 0.5, 1.0, 0.1, 0.3)


def pooled(before):
    return PooledVector(NegatedVector(box(before)), 1, 1, averages=True, norm=0.5)


CHAINS = {
    "one sum": (1, (summed,)),
    "two sums": (1, (summed, summed)),
    "a length": (1, (longer,)),
    "a sum, a length and a sum": (1, (summed, longer, summed)),
    "a function": (1, (curved,)),
    "a length and a function": (1, (longer, curved)),
    "a pool between sums": (3, (summed, pooled, summed)),
}


def chain(name, **fields):
    n, makers = CHAINS[name]
    parts = [source(n)]
    for make in makers:
        parts.append(make(parts[-1]))
    return LayerChain(parts[0], tuple(parts[1:]), **fields)


FORMS = {
    "plain": lambda bloq: bloq,
    "controlled": lambda bloq: bloq.controlled(),
    "adjoint": lambda bloq: bloq.adjoint(),
    "both": lambda bloq: bloq.controlled().adjoint(),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", CHAINS)
def test_costs_as_the_nested_circuit(name, form):
    """Counted gate by gate, peak of qubits too; whether the runs are listed or not."""
    bloq = FORMS[form](chain(name))
    step = bloq.nested
    counted = cost_by_counting(FORMS[form](step))
    for is_listed in (False, True):
        stated = cost_by_annotation(attrs.evolve(bloq, is_listed=is_listed))
        gates = attrs.evolve(stated, cnots=counted.cnots, cliffords=counted.cliffords)
        assert gates == counted, f"{is_listed=}"
    assert counted.toffoli + counted.rotations + counted.t > 0
    assert known_cost(bloq, ToffoliDepth()) >= known_cost(FORMS[form](step), ToffoliDepth())


@pytest.mark.parametrize("name", ["two sums", "a length", "a pool between sums"])
def test_is_the_nested_circuit(name, switches):
    """The same vector; under control, the same or nothing."""
    bloq = chain(name)
    np.testing.assert_allclose(encoded_vector(bloq), encoded_vector(bloq.nested), atol=1e-12)
    assert (bloq.alpha, bloq.epsilon) == (bloq.last.alpha, bloq.last.epsilon)
    assert float(bloq.alpha) == pytest.approx(float(bloq.nested.alpha))
    assert float(bloq.epsilon) == pytest.approx(float(bloq.nested.epsilon))
    if name == "two sums":
        switches(bloq)


def listed(bloq, before, forms):
    """Occurrences of a vector in a circuit that is written out, by form."""
    found = dict.fromkeys(forms, 0)
    stack = [(bloq, 1)]
    while stack:
        part, times = stack.pop()
        base = (
            attrs.evolve(part, is_controlled=False, is_adjoint=False)
            if isinstance(part, type(before))
            else None
        )
        if base == before:
            found[part.is_controlled, part.is_adjoint] += times
            continue
        for callee, calls in part.bloq_counts().items():
            stack.append((callee, times * calls))
    return {form: times for form, times in found.items() if times}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", CHAINS)
def test_runs_by_form(name, form):
    """Of the input: counted in the nested circuit, opened call by call."""
    bloq = FORMS[form](chain(name))
    forms = [(c, a) for c in (False, True) for a in (False, True)]
    wanted = listed(FORMS[form](bloq.nested), bloq.source, forms)
    assert bloq.runs[0] == wanted
    assert bloq.runs[-1] == {(bloq.is_controlled, bloq.is_adjoint): 1}
    assert len(bloq.runs) == 1 + len(bloq.parts)


def test_runs_multiply():
    """Two lengthenings of degree three, and a function of degree one: two calls."""
    parts = [source(1)]
    for make in (longer, longer, curved):
        parts.append(make(parts[-1]))
    bloq = LayerChain(parts[0], tuple(parts[1:]))
    assert [sum(runs.values()) for runs in bloq.runs] == [3 * 3 * 2, 3 * 2, 2, 1]


def test_calls_of_a_part():
    """Two of a sum, each under control; the other way round in the inverse."""
    part = summed(source(1))
    assert earlier_calls(part) == {(True, False): 2}
    assert earlier_calls(form_of(part, (False, True))) == {(True, True): 2}
    assert earlier_calls(longer(source(1))) == {(False, False): 2, (False, True): 1}


def test_refuses_no_part():
    with pytest.raises(ValueError, match="a chain needs at least one part"):
        LayerChain(source(1), ())


def test_a_circuit_of_the_whole_runs_backwards(random_state):
    """What the inverse undoes is what the chain does."""
    bloq = chain("a sum, a length and a sum")
    state = random_state(2 ** (bloq.system_bitsize + bloq.ancilla_bitsize))
    there = Runner.of(bloq).run(state)
    np.testing.assert_allclose(Runner.of(bloq.adjoint()).run(there), state, atol=1e-9)
