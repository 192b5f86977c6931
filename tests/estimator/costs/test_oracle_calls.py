import pytest
from attrs import frozen
from qualtran import Bloq, BloqBuilder, CBit, CtrlSpec, QUInt, Signature
from qualtran.bloqs.basic_gates import Hadamard, Power
from qualtran.bloqs.mcmt.specialized_ctrl import get_ctrl_system_1bit_cv_from_bloqs
from qualtran.resource_counting import get_cost_value

from estimator.costs.keys import CallCounts, OracleCalls
from estimator.symbols import a, n


@frozen
class Query(Bloq):
    """A black box: no circuit, no call graph."""

    oracle: str | None

    @property
    def signature(self):
        return Signature.build(x=1)


@frozen
class NativelyControlled(Query):
    """A black box with a controlled version of its own, so two controls meet in one wrapper."""

    has_control: bool = False

    @property
    def signature(self):
        return Signature.build(ctrl=int(self.has_control), x=1)

    def get_ctrl_system(self, ctrl_spec):
        return get_ctrl_system_1bit_cv_from_bloqs(
            self,
            ctrl_spec,
            current_ctrl_bit=1 if self.has_control else None,
            bloq_with_ctrl=NativelyControlled(self.oracle, has_control=True),
            ctrl_reg_name="ctrl",
        )


@frozen
class Calls(Bloq):
    """A call graph without a circuit."""

    callees: tuple[tuple[Bloq, object], ...]

    @property
    def signature(self):
        return Signature.build(x=1)

    def build_call_graph(self, ssa):
        return dict(self.callees)


@frozen
class Circuit(Bloq):
    """U, then its adjoint, then V."""

    @property
    def signature(self):
        return Signature.build(x=1)

    def build_composite_bloq(self, bb: BloqBuilder, x):
        for bloq in (Query("U"), Hadamard(), Query("U").adjoint(), Query("V")):
            (x,) = bb.add_t(bloq, **{bloq.signature[0].name: x})
        return {"x": x}


@frozen
class Told(Bloq):
    """States its calls and has nothing to look into."""

    @property
    def signature(self):
        return Signature.build(x=1)

    def my_static_costs(self, cost_key):
        return CallCounts({"U": 5}) if isinstance(cost_key, OracleCalls) else NotImplemented


U = Query("U")
CASES = {
    "leaf": (U, {"U": 1}),
    "adjoint": (U.adjoint(), {"U": 1}),
    "controlled": (U.controlled(), {"U": 1}),
    "controlled adjoint": (U.adjoint().controlled(), {"U": 1}),
    "on zero": (U.controlled(CtrlSpec(cvs=0)), {"U": 1}),
    "many controls": (U.controlled(CtrlSpec(cvs=(1, 0, 1))), {"U": 1}),
    "on an integer": (U.adjoint().controlled(CtrlSpec(QUInt(4), 6)), {"U": 1}),
    "on a symbolic integer": (U.controlled(CtrlSpec(QUInt(n), 1)), {"U": 1}),
    "native control": (NativelyControlled("U").controlled(), {"U": 1}),
    "two native controls": (NativelyControlled("U").controlled().controlled(), {"U": 1}),
    "on a measured bit": (U.controlled(CtrlSpec(CBit(), 1)), {"U": 1}),
    "no oracle": (Query(None), {}),
    "a flag is no name": (Query(True), {}),
    "gate": (Hadamard(), {}),
    "power": (Power(U, n), {"U": n}),
    "circuit": (Circuit(), {"U": 2, "V": 1}),
    "circuit backwards, controlled": (Circuit().adjoint().controlled(), {"U": 2, "V": 1}),
    "symbolic": (Calls(((Calls(((U, 2 * n), (Query("V"), 1))), a),)), {"U": 2 * n * a, "V": a}),
    "under control": (Calls(((U.adjoint(), 3 * n),)).controlled(), {"U": 3 * n}),
    "stated": (Told(), {"U": 5}),
    "stated, wrapped": (Told().adjoint().controlled(), {"U": 5}),
}


@pytest.mark.parametrize("name", CASES)
def test_calls_are_counted_through_wrappers(name):
    bloq, expected = CASES[name]
    assert get_cost_value(bloq, OracleCalls()).asdict() == expected


def test_an_oracle_is_a_black_box():
    """What an oracle calls itself is not counted again."""

    @frozen
    class Opaque(Calls):
        oracle = "W"

    opaque = Opaque(((U, 7),))
    for bloq in (opaque, opaque.adjoint(), opaque.controlled()):
        assert get_cost_value(bloq, OracleCalls()).asdict() == {"W": 1}


def test_counts_are_values():
    """Equal when the numbers are, whatever the order, the form or the zeros."""
    left = CallCounts({"U": n * (n + 1), "V": 0, "A": 2})
    assert left == CallCounts({"A": 2, "U": n**2 + n})
    assert hash(left) == hash(CallCounts({"A": 2, "U": n**2 + n}))
    assert left.get("V") == 0
    assert (left + CallCounts({"U": -n, "V": 3})).asdict() == {"A": 2, "U": n**2, "V": 3}
    assert n * left == left * n == CallCounts({"A": 2 * n, "U": n**3 + n**2})
    assert 0 * left == OracleCalls().zero() == CallCounts()


def test_counts_refuse_other_arithmetic():
    counts = CallCounts({"U": 1})
    with pytest.raises(TypeError, match="unsupported operand"):
        counts + 1
    with pytest.raises(TypeError, match="unsupported operand"):
        counts * counts


def test_a_wrong_statement_is_named():
    @frozen
    class Wrong(Told):
        def my_static_costs(self, cost_key):
            return {"U": 5}

    with pytest.raises(TypeError, match=r"OracleCalls needs CallCounts from every bloq, got {'U'"):
        get_cost_value(Wrong(), OracleCalls())
