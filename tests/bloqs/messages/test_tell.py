"""News of a number: bits alone, the other way round inverted, the same under control."""

import numpy as np
import pytest
from qualtran import BloqBuilder, CtrlSpec, DecomposeTypeError, QBit, Register
from qualtran.drawing import Text

from bloqs.messages.send import Send
from bloqs.messages.tell import Tell
from bloqs.simulation.runner import Runner
from estimator.costs.cost import cost_by_annotation, cost_by_counting
from estimator.costs.keys import MessageCounts
from estimator.costs.messages import Sent, message_of
from estimator.symbols import n

NEWS = Tell("Bob", "Alice", 10)


@pytest.mark.parametrize("bits", [1, 10, n])
def test_bits_alone(bits):
    news = Tell("Bob", "Alice", bits)
    assert message_of(news) == Sent("Bob", "Alice", bits=bits)
    assert message_of(news.adjoint()) == Sent("Alice", "Bob", bits=bits)
    assert news.adjoint().adjoint() == news
    cost = cost_by_annotation(news)
    assert (cost.messages, cost.rounds) == (MessageCounts(bits=bits, news=1), 0)


@pytest.mark.parametrize("spec", [CtrlSpec(), CtrlSpec(cvs=0)])
def test_a_control_does_nothing_and_stays(spec, rng):
    """Beside a message, in whose circuit it is found by its tag."""
    builder = BloqBuilder()
    x = builder.add_register("x", 2)
    builder.add(NEWS)
    protocol = builder.finalize(x=builder.add(Send("Alice", "Bob", 2), message=x))
    bloq = protocol.controlled(spec)
    riders = spec.num_qubits
    for each in (bloq, bloq.adjoint()):
        stated, counted = cost_by_annotation(each), cost_by_counting(each)
        assert stated.messages == counted.messages == MessageCounts(2 + riders, 1, 10, news=1)
        assert stated.rounds == counted.rounds == 1
    state = rng.normal(size=2 ** (2 + riders))
    state /= np.linalg.norm(state)
    np.testing.assert_allclose(Runner.of(bloq).run(state), state, atol=1e-12)


@pytest.mark.parametrize(("source", "destination"), [("Bob", "Bob"), ("", "Alice"), ("Bob", "")])
def test_news_go_from_one_party_to_another(source, destination):
    with pytest.raises(ValueError, match="Tell"):
        Tell(source, destination, 1)


@pytest.mark.parametrize("bits", [0, -1])
def test_news_have_a_bit(bits):
    with pytest.raises(ValueError, match=f"at least 1 bit, got {bits}"):
        Tell("Bob", "Alice", bits)
    Tell("Bob", "Alice", 1)


def test_what_is_said_and_drawn_of_news():
    """In the place of a title, as there are no wires."""
    assert str(NEWS) == "Tell(Bob to Alice)"
    assert NEWS.wire_symbol(None) == Text("Bob\N{RIGHTWARDS ARROW}Alice: 10 bits")
    assert NEWS.wire_symbol(Register("x", QBit())) == Text("")
    assert (NEWS.qubits, NEWS.signature.n_qubits()) == (0, 0)
    assert NEWS.call_classically() == ()
    with pytest.raises(DecomposeTypeError, match="is news of a number"):
        NEWS.decompose_bloq()
