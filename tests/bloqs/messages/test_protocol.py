"""A protocol sends its control along, on one or on zero, and takes no second one."""

import numpy as np
import pytest
from attrs import frozen
from qualtran import CBit, CtrlSpec, QAny, QUInt, Register, Signature
from qualtran.bloqs.basic_gates import CNOT, XGate

from bloqs.messages.protocol import AbstractProtocol
from bloqs.simulation.runner import Runner
from estimator.costs.cost import cost_by_annotation, cost_by_counting
from estimator.costs.holders import holders_of
from estimator.costs.keys import MessageCounts


@frozen(cache_hash=True)
class Flipped(AbstractProtocol):
    """Alice flips the first qubit and sends all."""

    width: int = 1

    @property
    def signature(self):
        return Signature([*self.control_registers, Register("x", QAny(self.width))])

    @property
    def calls(self):
        flip = CNOT() if self.is_controlled else XGate()
        return {flip: 1, self.message("Alice", "Bob", self.width): 1}

    def write(self, wires):
        register = self.wires_of("x")
        if self.is_controlled:
            wires.cnot(self.control[0], register[0])
        else:
            wires.x(register[0])
        self.send(wires, "Alice", "Bob", register)


@pytest.mark.parametrize("width", [1, 3])
@pytest.mark.parametrize(("value", "riders"), [(None, 0), (1, 1), (0, 1)])
def test_a_control_goes_along(value, riders, width):
    bloq = Flipped(width)
    bloq = bloq if value is None else bloq.controlled(CtrlSpec(cvs=value))
    for each, ends in ((bloq, ("Alice", "Bob")), (bloq.adjoint(), ("Bob", "Alice"))):
        cost = cost_by_annotation(each)
        assert cost == cost_by_counting(each)
        assert (cost.messages, cost.rounds) == (MessageCounts(width + riders, 1), 1)
        found = holders_of(each)
        sides = [{name for hands in side.values() for name in hands}
                 for side in (found.enter, found.leave)]  # fmt: skip
        assert tuple(sides) == ({ends[0]}, {ends[1]})
    size, half = 2 ** (width + riders), 2 ** (width - 1)
    wanted = np.kron(np.eye(2**riders), np.kron([[0, 1], [1, 0]], np.eye(half)))
    if value is not None:
        off = slice(0, size // 2) if value else slice(size // 2, size)
        wanted[off, off] = np.eye(size // 2)
    np.testing.assert_allclose(Runner.of(bloq).columns(range(size)), wanted, atol=1e-12)


@pytest.mark.parametrize(
    "spec", [CtrlSpec(cvs=(1, 1)), CtrlSpec(QUInt(2), 3), CtrlSpec(CBit(), 1)], ids=str
)
def test_other_controls_are_refused(spec):
    with pytest.raises(ValueError, match="takes one qubit as its control"):
        Flipped().get_ctrl_system(spec)
    with pytest.raises(ValueError, match="takes one qubit as its control"):
        Flipped(is_controlled=True).get_ctrl_system(CtrlSpec())
