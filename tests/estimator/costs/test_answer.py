"""What an answer says of messages and of layers, and that it says nothing where there are none."""

import pytest
from qualtran import BloqBuilder
from qualtran.bloqs.basic_gates import CNOT, Toffoli

import quledger
from bloqs.messages.send import Send
from bloqs.messages.tell import Tell
from estimator.costs.answer import layers_table
from estimator.report.parts import Kind
from estimator.symbols import n


def there_and_back():
    """Alice, Bob, Alice, Bob."""
    builder = BloqBuilder()
    x = builder.add_register("x", 2)
    x = builder.add(Send("Alice", "Bob", 2), message=x)
    x, y = builder.split(x)
    x, y = builder.add(CNOT(), ctrl=x, target=y)
    x = builder.add(Send("Bob", "Alice", 2), message=builder.join([x, y]))
    return builder.finalize(x=builder.add(Send("Alice", "Bob", 2), message=x))


def test_columns_of_messages():
    """In the report, in JSON and in what is printed."""
    answer = quledger.cost(there_and_back())
    wanted = {"sent_qubits": 6, "messages": 3, "rounds": 3, "sent_bits": 0}
    assert answer.plain()["communication"] == wanted
    assert answer.plain()["parties"] == {"Alice": 2, "Bob": 2}
    assert answer.plain()["units"]["communication"]["sent_qubits"] == "qubits"
    assert "qubits of Alice" in str(answer)
    teleported = quledger.cost(Send("Alice", "Bob", n, is_teleported=True)).plain()
    assert teleported["communication"]["sent_bits"] == "2*n"
    assert teleported["communication"]["ebits"] == "n"
    assert "n" in teleported["symbols"]
    news = quledger.cost(Tell("Alice", "Bob", 5)).plain()["communication"]
    assert news == {"sent_qubits": 0, "messages": 0, "rounds": 0, "sent_bits": 5, "news": 1}


def test_without_messages_there_are_no_columns():
    answer = quledger.cost(Toffoli())
    assert {"communication", "parties"}.isdisjoint(answer.plain())
    assert "sent" not in str(answer)


def test_a_protocol_that_fails_its_audit_has_no_cost():
    builder = BloqBuilder()
    x = builder.add(there_and_back(), x=builder.add_register("x", 2))
    x = builder.add(Send("Alice", "Bob", 2), message=x)
    with pytest.raises(ValueError, match=r"^Send.* a message from Alice needs its qubits at Alice"):
        quledger.cost(builder.finalize(x=x))


def test_a_network_of_one_layer_has_a_table():
    """Its columns are named after that layer; without layers there are none."""
    table = layers_table([{"layer": "first", "error": 0.5}])
    assert [column.key for column in table.columns] == ["layer", "error"]
    assert [column.kind for column in table.columns] == [Kind.EXACT, Kind.UPPER_BOUND]
    assert not layers_table([]).columns
