"""Sizes from which on classical memory must be larger, and a picture of two units."""

from math import comb

import pytest

import quledger


def test_first_sizes():
    """Over fields as the theorem has them; on qubits m times as many, rounded by hand."""
    found = {row["k"]: row for row in quledger.compare("hypergraph").plain()["first"]}
    assert [found[k]["modes"] for k in (2, 3, 4, 5, 6)] == [4, 6, 7, 8, 8]
    assert [found[k]["qubits"] for k in (2, 3, 4, 5, 6)] == [4, 12, 21, 24, 24]
    assert [found[k]["uniform"] for k in (2, 3, 4, 5, 6)] == [24, 32, 56, 90, 132]


def test_one_order_with_a_cache(tmp_path):
    report = quledger.compare("hypergraph", k=3, stop=32, precision=16, layers=2, width=4)
    found = report.plain()
    assert "k2_modes" not in found
    last = found["k3_qubits"][-1]
    assert (last["n"], last["quantum"], last["lower"]) == (32, 32, comb(16, 3) - 1)
    assert (last["upper"], last["cache"]) == (comb(32, 3) - 2, 256 * (comb(32, 3) + 32))
    assert [chart.title for chart in report.charts] == [
        "k = 3, modes over a field", "k = 3, plain qubits",
    ]  # fmt: skip
    report.picture(tmp_path / "memory.svg")
    assert "key-value cache" in (tmp_path / "memory.svg").read_text()


def test_lower_bounds_are_below_machines():
    """At every size that is shown, of one family of edges."""
    found = quledger.compare("hypergraph").plain()
    for k in (2, 3, 4, 5, 6):
        for unit in ("modes", "qubits"):
            for row in found[f"k{k}_{unit}"]:
                assert (row["lower"] or 0) <= row["upper"]
                assert (row.get("uniform") or 0) <= row["upper"]


def test_theorem_c_is_exact_at_the_cut():
    """A machine over a field forgets one bit; at k = 2 a mode is a qubit, in either table."""
    found = quledger.compare("hypergraph").plain()
    for k in (2, 3, 4, 5, 6):
        for row in found[f"k{k}_modes"]:
            assert row["upper"] == row["lower"]
    uppers = [[row["upper"] for row in found[f"k2_{unit}"]] for unit in ("modes", "qubits")]
    assert uppers[0] == uppers[1]


def test_bounds_of_another_family_are_said_to_be():
    """Theorem D is about edges of every size: it may exceed a machine for k modes alone."""
    found = quledger.compare("hypergraph", k=3, stop=12).plain()
    assert any(row["matching"] > row["upper"] for row in found["k3_qubits"])
    assert "edges of k modes alone" in " ".join(found["assumptions"])


def test_a_cache_needs_a_precision():
    with pytest.raises(ValueError, match="got --layers alone; name --precision"):
        quledger.compare("hypergraph", layers=2)
