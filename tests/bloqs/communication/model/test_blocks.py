"""Wrong parts of a model cannot be built."""

import numpy as np
import pytest

from bloqs.communication.model.blocks import Block, DenseBlock, Gate, PartyModel, scaled

X = (Block("Alice", (Gate("X", 0.1),)),)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Gate("AB", 0.1), "letters I, X, Y and Z, got 'A' in AB"),
        (lambda: Gate("XY", float("nan")), "finite number of radians, got nan"),
        (lambda: Gate("XY", "1"), "finite number of radians, got '1'"),
        (lambda: Gate("XY", 0.1, control=0), "a control is a qubit .* got 0 for XY"),
        (lambda: Block("", ()), "owner of a block is a name, got ''"),
        (lambda: DenseBlock("A", np.eye(3)), r"side 2\*\*n, got shape \(3, 3\)"),
        (lambda: DenseBlock("A", [1.0, 0.0]), r"side 2\*\*n, got shape \(2,\)"),
        (lambda: DenseBlock("A", 2 * np.eye(2)), "unitary within 1e-09, got a gap of 3"),
        (lambda: PartyModel(1, [1.0, 0.0], ()), "at least one block"),
        (lambda: PartyModel(2, [1.0, 0, 0, 0], X), "block 1 is not on the 2 qubits"),
        (lambda: PartyModel(1, [1.0, 0, 0], X), r"2\*\*1 = 2 numbers, got 3"),
        (lambda: PartyModel(1, [1.0, np.inf], X), "data are finite, got inf"),
        (lambda: PartyModel(1, [0.0, 0.0], X), "not all zero"),
        (lambda: PartyModel(1, ["a", "b"], X), "data are numbers"),
        (lambda: PartyModel(True, [1.0, 0.0], X), "whole number of qubits from 1, got True"),
    ],
)
def test_refusals(make, message):
    with pytest.raises(ValueError, match=message):
        make()


@pytest.mark.parametrize(
    ("gate", "why"),
    [
        (Gate("II", 0.1), "is the identity"),
        (Gate("XI", 0.1, parameter="a"), "shares the parameter 'a'"),
        (Gate("XI", 0.1, control=1), "is controlled"),
    ],
)
def test_generators_without_a_shift_rule(gate, why):
    """Refused if trainable, and for the test as well unless it is the identity."""
    model = PartyModel(2, [1.0, 0, 0, 0], (Block("Alice", (Gate("XX", 1), gate)),))
    with pytest.raises(ValueError, match=f"shift rule .* of block 1 {why}"):
        model.check_shift()
    if "identity" in why:
        model.check_test()
    else:
        with pytest.raises(ValueError, match=why):
            model.check_test()


def test_outline():
    """What the numbers of messages depend on."""
    blocks = (
        Block("Alice", (Gate("ZI", 1), Gate("IZ", 1), Gate("XI", 1, False), Gate("XX", 1))),
        DenseBlock("Bob", np.eye(4)),
        Block("Bob", (Gate("XI", 1), Gate("ZI", 1))),
    )
    outline = PartyModel(2, [1, 0, 0, 0], blocks).outline
    assert outline.parameters == (3, 0, 2)
    assert outline.groups == (2, 0, 2)
    assert outline.sends == 1


@pytest.mark.parametrize("exponent", [-1074 + 4, -3, 0, 900])
@pytest.mark.parametrize("turn", [1, 1j, -1, 1 - 1j])
def test_data_are_scaled_by_a_power_of_two(exponent, turn):
    """The largest part to [1/2, 1), exactly; complex data stay complex, real ones real."""
    small = np.array([1.0, -4.0, 15.0, 0.0])
    small = small * turn if isinstance(turn, complex) else small * float(turn)
    found = scaled(small * 2.0**exponent)
    np.testing.assert_array_equal(found, small / 16)
    assert np.iscomplexobj(found) == isinstance(turn, complex)
    np.testing.assert_array_equal(scaled(np.array([8.0, 1.0])), [1 / 2, 1 / 16])
