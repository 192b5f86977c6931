"""What is remembered is what would be worked out, whatever a notebook does in between."""

import threading

import numpy as np
import pytest
from attrs import frozen
from qualtran import Bloq, QUInt, Signature
from qualtran.bloqs.arithmetic import Add
from qualtran.bloqs.basic_gates import TGate
from qualtran.bloqs.data_loading.qrom import QROM
from qualtran.resource_counting import QECGatesCost, get_cost_value

import quledger
from estimator.costs import known
from estimator.costs.cost import cost_by_annotation, cost_by_counting
from estimator.costs.gate_counts import NonCliffordGates
from estimator.costs.keys import PeakQubits, ToffoliDepth
from estimator.costs.known import forget, known_cost, one_question, remembered


@pytest.fixture(autouse=True)
def _nothing():
    forget()
    yield
    forget()


def cells(*texts):
    """What a notebook defines in its cells, one after another, by one set of names."""
    names = {"__name__": "__main__"}
    for text in texts:
        exec(text, names)
    return names


HEAD = """
from attrs import frozen
from qualtran import Bloq, Signature
from qualtran.bloqs.basic_gates import TGate
"""
INNER = """
@frozen
class Inner(Bloq):
    @property
    def signature(self): return Signature.build(x=1)
    def build_composite_bloq(self, bb, x):
        for _ in range({0}): x = bb.add(TGate(), q=x)
        return {{"x": x}}
"""
OUTER = """
@frozen
class Outer(Bloq):
    @property
    def signature(self): return Signature.build(x=1)
    def build_composite_bloq(self, bb, x): return {"x": bb.add(Inner(), x=x)}
"""


def t_gates(bloq):
    return (
        cost_by_annotation(bloq).t,
        cost_by_counting(bloq).t,
        quledger.cost(bloq)["gates"]["t"],
    )


def test_a_class_that_is_defined_anew_costs_what_it_says_now():
    """Itself, and inside a class of before that looks it up by name."""
    names = cells(HEAD, INNER.format(3), OUTER)
    outer = names["Outer"]()
    assert t_gates(names["Inner"]()) == t_gates(outer) == (3, 3, 3)
    exec(INNER.format(5), names)
    assert t_gates(names["Inner"]()) == t_gates(outer) == t_gates(names["Outer"]()) == (5, 5, 5)


@pytest.mark.parametrize(
    "wrap",
    [
        pytest.param(lambda bloq: bloq.adjoint(), id="Qualtran's adjoint"),
        pytest.param(lambda bloq: bloq.controlled().adjoint(), id="controlled"),
        pytest.param(lambda bloq: bloq.as_composite_bloq(), id="composite"),
    ],
)
def test_inside_a_bloq_of_others_too(wrap):
    """Qualtran's and our classes around one of the notebook are as new as it is."""
    names = cells(HEAD, INNER.format(3), OUTER)
    whole = wrap(names["Outer"]())
    before = cost_by_annotation(whole)
    exec(INNER.format(5), names)
    after = cost_by_annotation(whole)
    assert 3 * (after.t + after.rotations) == 5 * (before.t + before.rotations) > 0


def test_a_method_that_is_replaced_counts():
    """As `%autoreload` does: the class is the same, what it does is not."""
    names = cells(HEAD, INNER.format(3))
    inner, other = names["Inner"], cells(HEAD, INNER.format(7))["Inner"]
    assert t_gates(inner()) == (3, 3, 3)
    inner.build_composite_bloq = other.build_composite_bloq
    assert t_gates(inner()) == (7, 7, 7)


def test_parts_are_shared_between_questions(monkeypatch):
    """A bloq of Qualtran or of ours is worked out once, however many questions it is in."""
    worked_out = []
    compute = NonCliffordGates.compute

    def counted(self, bloq, get_callee_cost):
        worked_out.append(bloq)
        return compute(self, bloq, get_callee_cost)

    monkeypatch.setattr(NonCliffordGates, "compute", counted)
    for N in (16, 32, 16, 64):
        quledger.cost("vector-loading", N=N, b=6)
    assert len(worked_out) == len(set(worked_out)) > 10


def test_parts_of_a_bloq_of_the_user_are_shared_within_a_question():
    """Each level holds the one before twice: 2**30 paths, and 30 bloqs."""

    @frozen(cache_hash=True)
    class Level(Bloq):
        below: Bloq | None = None

        @property
        def signature(self):
            return Signature.build(x=1)

        def build_call_graph(self, ssa):
            return {TGate(): 1} if self.below is None else {self.below: 2, self.below.adjoint(): 0}

    bloq = Level()
    for _ in range(30):
        bloq = Level(bloq)
    assert cost_by_annotation(bloq).t == 2**30


def test_memory_is_bounded(monkeypatch):
    """Tables count as large as they are; beyond the bound all is forgotten, and asked again."""
    monkeypatch.setattr(known, "MOST_REMEMBERED", 100_000)
    weights = []
    for seed in range(40):
        table = np.random.default_rng(seed).integers(0, 2, size=2**11)
        bloq = QROM.build_from_data(table, target_bitsizes=(1,))
        assert known_cost(bloq, QECGatesCost()) == get_cost_value(bloq, QECGatesCost())
        with one_question() as question:
            weights.append(question.memory.weight)
    assert max(weights) <= 100_000
    assert sorted(weights) != weights


def test_a_question_inside_is_part_of_it():
    """What is remembered lasts as long as the outermost question."""
    asked = []

    @remembered
    def name(bloq):
        asked.append(bloq)
        return str(bloq)

    @frozen
    class Mine(Bloq):
        signature = Signature.build(x=1)

    with one_question():
        with one_question():
            name(Mine())
        name(Mine())
    assert len(asked) == 1
    name(Mine())
    name(Mine())
    assert len(asked) == 3
    name(TGate())
    name(TGate())
    assert len(asked) == 4


def test_threads_do_not_disturb_each_other(monkeypatch):
    """All forget all the time, and all answer right."""
    monkeypatch.setattr(known, "MOST_REMEMBERED", 0)
    expected = {n: n - 1 for n in range(2, 9)}
    wrong = []

    def work():
        for n, toffolis in expected.items():
            for key, value in ((ToffoliDepth(), toffolis), (PeakQubits(), 3 * n - 1)):
                if known_cost(Add(QUInt(n)), key) != value:
                    wrong.append((n, key))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
