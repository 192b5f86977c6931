"""Exact protocols beside shipping, by hand."""

import pytest

from bloqs.communication.answers.compare_exact import exact_table


@pytest.mark.parametrize(
    ("variant", "qubits", "leaks", "shipping", "less"),
    [
        ("vector-in-subspace", 10, 10, 1024 * 8, "quantum"),
        ("raz", 20, 20, 2 * 1024 * 9, "quantum"),
        ("hidden-matching", 10, 10, 1024, "quantum"),
        ("equal-or-orthogonal", 10, 10, 1024, "quantum"),
        ("inner-product", 50, 50, 27, "shipping"),
        ("dense-coding", 14, 28, 27, "quantum"),
    ],
)
def test_at_numbers(variant, qubits, leaks, shipping, less):
    """n = 10, L = 3: log2(32/.2247) and log2(64/.2247) rounded up are bits of a real number."""
    (row,) = [x for x in exact_table({"n": 10, "L": 3}).rows if x["variant"] == variant]
    assert (row["qubits"], row["shipping"], row["less"]) == (qubits, shipping, less)
    assert row["leaks"] == pytest.approx(leaks)


def test_small_sizes_are_shipped():
    """At n = 2 two qubits are fewer than four bits; an inner product needs two qubits."""
    rows = {x["variant"]: x for x in exact_table({"n": 1, "L": 1}).rows}
    assert rows["hidden-matching"]["less"] == "quantum"
    assert not rows.keys() & {"inner-product", "dense-coding", "fourier"}
