"""Gradient states one by one send what all of them are said to send."""

import pytest

from bloqs.communication.model.outline import AlternatingOutline


@pytest.mark.parametrize(("form", "wide"), [("uncontrolled", 1), ("controlled", 2)])
@pytest.mark.parametrize("L", [1, 2, 5])
@pytest.mark.parametrize("n", [1, 4])
def test_states_add_up(n, L, form, wide):
    """3 L (2 L - 1) messages; L (2 L - 1) (3 n + 1) qubits, 3 n + 2 where blocks are controlled."""
    outline = AlternatingOutline(qubits=n, layers=L, block_parameters=7, block_groups=3)
    states = [outline.state(k, form) for k in range(1, 2 * L + 1)]
    assert sum(each.messages for each in states) == 3 * L * (2 * L - 1)
    assert sum(each.qubits for each in states) == L * (2 * L - 1) * (3 * n + wide)
    assert outline.block_states(form).qubits == L * (2 * L - 1) * (3 * n + wide)
