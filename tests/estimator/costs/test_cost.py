"""Costs against published numbers and hand counts, by either route."""

import pytest
import sympy
from attrs import frozen
from qualtran import Bloq, DecomposeTypeError, QUInt, Signature
from qualtran.bloqs.arithmetic import Add
from qualtran.bloqs.basic_gates import Rz, SGate, TGate, Toffoli, TwoBitCSwap, ZPowGate
from qualtran.bloqs.data_loading.qrom import QROM
from qualtran.bloqs.mcmt import And, MultiControlX

from estimator.costs.cost import Cost, cost_by_annotation, cost_by_counting
from estimator.symbols import b, n


@frozen
class Chain(Bloq):
    """Bloqs on the first of their qubits, one after another."""

    parts: tuple[Bloq, ...]

    @property
    def signature(self):
        return Signature.build(q=1)

    def build_composite_bloq(self, bb, q):
        for part in self.parts:
            (name,) = (reg.name for reg in part.signature)
            q = bb.add(part, **{name: q})
        return {"q": q}


@frozen
class Query(Bloq):
    """An oracle with a width."""

    oracle = "QRAM"

    @property
    def signature(self):
        return Signature.build(x=3)

    def build_call_graph(self, ssa):
        return {}


def test_gidneys_adder():
    """An adder of 5 bits costs 16 T, as published, and 4 (n - 1) for any size. [Gid18]"""
    for route in (cost_by_annotation, cost_by_counting):
        assert route(Add(QUInt(5))).t_count(0) == 16
    assert sympy.expand(cost_by_annotation(Add(QUInt(n))).t_count(0) - 4 * (n - 1)) == 0


def test_babbushs_lookup():
    """Loading N entries costs 4 N - 8 T. [BGBWMPFN18]"""
    for size in (4, 8, 11):
        qrom = QROM.build_from_data([k % 4 for k in range(size)])
        assert cost_by_counting(qrom).t_count(0) == 4 * size - 8


@pytest.mark.parametrize(
    ("bloq", "wanted"),
    [
        (Toffoli(), Cost(toffoli=1, qubits=3)),
        (TwoBitCSwap(), Cost(cswap=1, qubits=3)),
        (And(), Cost(toffoli=1, qubits=3)),
        (And().adjoint(), Cost(measurements=1, qubits=3)),
        (TGate(), Cost(t=1, qubits=1)),
        (TGate().adjoint(), Cost(t=1, qubits=1)),
        (SGate(), Cost(qubits=1)),
        (Rz(0.1), Cost(rotations=1, qubits=1)),
        (ZPowGate(0.3), Cost(rotations=1, qubits=1)),
        (Chain((TGate(), SGate(), TGate(), Rz(0.2))), Cost(t=2, rotations=1, qubits=1)),
    ],
    ids=str,
)
def test_every_gate_has_its_column(bloq, wanted):
    """A gate is counted once, in the column of its kind, by both routes."""
    assert cost_by_counting(bloq) == wanted
    found = cost_by_annotation(bloq)
    assert (found.t, found.toffoli, found.cswap) == (wanted.t, wanted.toffoli, wanted.cswap)
    assert (found.rotations, found.qubits) == (wanted.rotations, wanted.qubits)


@pytest.mark.parametrize("controls", [3, 5])
def test_a_many_controlled_x_is_its_ands(controls):
    """k controls cost k - 1 Toffoli-like gates and not one gate of any size."""
    found = cost_by_counting(MultiControlX((1,) * controls))
    assert found.toffolis == controls - 1
    assert found.t == found.rotations == found.cswap == 0


def test_cliffords_are_counted_and_never_compared():
    """Counting finds Cliffords, annotation has none, and equality looks at the rest only."""
    counted = cost_by_counting(Chain((SGate(), SGate(), TGate())))
    assert counted.cliffords == 2
    assert cost_by_annotation(Chain((SGate(), SGate(), TGate()))).cliffords is None
    assert counted == Cost(t=1, qubits=1)


def test_t_count_is_weighted():
    """4 for each Toffoli-like gate, the given price for rotations, measurements free."""
    cost = Cost(t=1, toffoli=10, cswap=100, rotations=1000, measurements=7, qubits=3)
    assert cost.toffolis == 110
    assert cost.t_count(5) == 1 + 4 * 110 + 5 * 1000
    assert cost.t_count(b) == 441 + 1000 * b


def test_numbers_put_in_reach_every_column():
    """Substitution acts on each column and each oracle, and keeps the Clifford count."""
    cost = Cost(
        t=n,
        toffoli=2 * n,
        cswap=3 * n,
        rotations=4 * n,
        measurements=5 * n,
        qubits=sympy.Max(n, b),
        queries={"QRAM": n * b, "other": 2},
        cliffords=9,
    )
    found = cost.subs({n: 2, b: 7})
    assert found == Cost(
        t=2,
        toffoli=4,
        cswap=6,
        rotations=8,
        measurements=10,
        qubits=7,
        queries={"QRAM": 14, "other": 2},
    )
    assert found.cliffords == 9
    assert cost.subs({n: 2}).queries["QRAM"] == 2 * b


def test_oracles_are_counted_by_annotation_only():
    """A query has no circuit, so counting gates refuses it."""
    assert cost_by_annotation(Query()).queries == {"QRAM": 1}
    with pytest.raises(DecomposeTypeError):
        cost_by_counting(Query())
