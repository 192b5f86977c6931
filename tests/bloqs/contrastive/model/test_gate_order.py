"""Lists of gates against the published recipes, and the rules about angles."""

import pytest

from bloqs.contrastive.model.ansatz_parts import KINDS
from bloqs.contrastive.model.ansatz_sizes import sizes_of
from bloqs.contrastive.model.gate_order import Gate, dead_angles, exempt_angles, gate_order
from bloqs.contrastive.parameters import NOT_AT_THREE


def spelt(kind, width, layers):
    """Gates as one line of text, with the angle after each."""
    return " ".join(
        f"{x.name}{''.join(map(str, x.qubits))}" + ("" if x.angle is None else f"/{x.angle}")
        for x in gate_order(kind, width, layers)
    )


@pytest.mark.parametrize(
    ("kind", "width", "wanted"),
    [
        ("ring", 3, "RY0/0 RY1/1 RY2/2 CRX01/3 CRX12/4 CRX20/5"),
        ("13_half", 2, "RY0/0 RY1/1 CRZ01/2 CRZ10/3"),
        (
            "14",
            4,
            "RY0/0 RY1/1 RY2/2 RY3/3 CRX30/4 CRX23/5 CRX12/6 CRX01/7 "
            "RY0/8 RY1/9 RY2/10 RY3/11 CRX32/12 CRX03/13 CRX10/14 CRX21/15",
        ),
        ("15", 2, "RY0/0 RY1/1 CX10 CX01 RY0/2 RY1/3 CX10 CX01"),
        ("19", 3, "RX0/0 RX1/1 RX2/2 RZ0/3 RZ1/4 RZ2/5 CRX20/6 CRX12/7 CRX01/8"),
        ("all-to-all", 3, "RY0/0 RY1/1 RY2/2 CX01 CX02 CX12 RY0/3 RY1/4 RY2/5"),
        ("line", 3, "RY0/0 RY1/1 RY2/2 CX12 CX01 RY0/3 RY1/4 RY2/5"),
        (
            "alternating",
            3,
            "RY0/0 RY1/1 CX01 RZ0/2 RZ1/3 RY1/4 RY2/5 CX12 RZ1/6 RZ2/7",
        ),
        ("farhi", 3, "RXX20/0 RXX21/1 RZX20/2 RZX21/3"),
    ],
)
def test_one_layer_as_published(kind, width, wanted):
    assert spelt(kind, width, 1) == wanted


@pytest.mark.parametrize("kind", KINDS)
def test_rules_give_as_many_angles_as_the_closed_forms(kind):
    for width in range(2, 9):
        for layers in (1, 2, 3):
            if width == 3 and kind in NOT_AT_THREE:
                continue
            gates, sizes = gate_order(kind, width, layers), sizes_of(kind, width, layers)
            assert len(dead_angles(gates)) == sizes.dead_angles
            assert len(exempt_angles(gates)) == sizes.exempt_angles
            assert sum(x.name.startswith("CR") for x in gates) == sizes.controlled_angles
            assert sum(x.angle is not None for x in gates) == sizes.angles
            assert sum(len(x.qubits) == 2 for x in gates) == sizes.pair_gates


def test_seven_of_sixteen_turns_of_the_ring_are_exempt():
    """Those of the last layer from control 1 on."""
    assert exempt_angles(gate_order("ring", 8, 2)) == list(range(25, 32))


def test_a_phase_before_a_turned_qubit_is_seen():
    """RZ after which its qubit is turned matters; the same RZ behind a permutation does not."""
    turned = [Gate("RZ", (0,), 0), Gate("RY", (0,), 1)]
    permuted = [Gate("RZ", (1,), 0), Gate("CX", (0, 1))]
    mixed = [Gate("RZ", (1,), 0), Gate("CX", (0, 1)), Gate("RY", (0,), 1)]
    assert [dead_angles(x) for x in (turned, permuted, mixed)] == [[], [0], []]
