"""The published device by the figures known of it, and calibrations that are refused."""

import json
from pathlib import Path

import numpy as np
import pytest

from bloqs.contrastive.model.device_calibration import (
    PARIS,
    QubitRates,
    calibration_from_text,
    read_calibration,
)


def test_the_published_device():
    found = read_calibration(PARIS)
    errors = [each.error for each in found.pairs.values()]
    assert (found.device, found.date[:10], len(found.qubits)) == ("ibmq_paris", "2021-03-15", 27)
    assert len(errors) == 28
    assert np.mean(errors) == pytest.approx(1.57e-2, abs=5e-5)
    assert np.median(errors) == pytest.approx(1.30e-2, abs=5e-5)
    assert (min(errors), max(errors)) == pytest.approx((0.76e-2, 6.52e-2), abs=5e-5)
    single, low, high, T1, T2 = np.mean(
        [
            (q.single_error, q.one_for_zero, q.zero_for_one, q.T1_us, q.T2_us)
            for q in found.qubits
        ],
        axis=0,
    )  # fmt: skip
    assert single == pytest.approx(5.8e-4, abs=5e-6)
    assert (low, high) == pytest.approx((2.9e-2, 3.2e-2), abs=5e-4)
    assert pytest.approx((80, 80), abs=0.5) == (T1, T2)


def test_damping():
    rates = QubitRates(0, 35, 0, 0, 4000, 50, 60)
    amplitude, phase = rates.damping(1000)
    assert 1 - amplitude == pytest.approx(np.exp(-1 / 50))
    coherence = np.sqrt((1 - amplitude) * (1 - phase))
    assert coherence == pytest.approx(np.exp(-1 / 60))
    assert QubitRates(0, 35, 0, 0, 4000, 50, 150).damping(1000)[1] == 0


QUBIT = {
    "single_error": 0.001, "single_ns": 35, "one_for_zero": 0.02, "zero_for_one": 0.03,
    "readout_ns": 4000, "T1_us": 80, "T2_us": 80,
}  # fmt: skip
THREE = {
    "device": "three",
    "date": "2026-01-01",
    "source": "made up",
    "qubits": [{"qubit": k, **QUBIT} for k in range(3)],
    "pairs": [{"qubits": [k + 1, k], "error": 0.01, "ns": 400} for k in range(2)],
}


def test_edges_have_no_direction():
    found = calibration_from_text(json.dumps(THREE))
    assert found.pair(0, 1) == found.pair(1, 0)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"pairs": THREE["pairs"][:1]}, "do not hang together"),
        ({"pairs": [{"qubits": [0, 3], "error": 0.1, "ns": 4}]}, r"joins two of the 3 qubits"),
        ({"pairs": [{"qubits": [0, 1], "error": 1.5, "ns": 4}]}, "from 0 to 1, got 1.5"),
        ({"pairs": [{"qubits": [0, 1], "error": 0.1, "ns": 0}]}, "above 0, got 0"),
        ({"qubits": [{"qubit": 0, **QUBIT, "T1_us": float("nan")}]}, "T1_us of qubit 0"),
        ({"qubits": [{"qubit": 0, **QUBIT, "zero_for_one": -0.1}]}, "zero_for_one of qubit 0"),
        ({"qubits": [{"qubit": 1, **QUBIT}]}, "numbered from 0"),
        ({"qubits": [{"qubit": 0}]}, "qubit 0 of a calibration lacks 'single_error'"),
        ({"qubits": [{"qubit": 0, **QUBIT, "colour": 1}]}, "has no 'colour'"),
        ({"qubits": [{"qubit": 0, **QUBIT, "single_error": True}]}, "must be a number, got True"),
        ({"qubits": [{"qubit": 0, **QUBIT, "single_error": "0.1"}]}, "must be a number, got '0.1'"),
        ({"qubits": {"0": QUBIT}}, "qubits of a calibration is a list"),
        ({"qubits": []}, "do not hang together|joins two of the 0 qubits"),
        ({"pairs": [*THREE["pairs"], THREE["pairs"][0]]}, "each pair has one entry"),
        ({"pairs": [{"qubits": [0, 1, 2], "error": 0.1, "ns": 4}]}, "a list of two numbers"),
        ({"pairs": [{"qubits": [0, 0], "error": 0.1, "ns": 4}]}, "an edge joins two"),
        ({"pairs": [{"qubits": [0, 1], "ns": 4}]}, "a pair of a calibration lacks 'error'"),
        ({"pairs": [{"qubits": [0, 1], "error": 0.8, "ns": 4}]}, r"edge \(0, 1\): .* to 0.75, got"),
        (
            {"qubits": [{"qubit": 0, **QUBIT, "single_error": 0.6}]},
            "qubit 0: .* to 0.5, got",
        ),
        ({"delay_us": -1}, "delay_us must be from 0 on"),
        ({"delay_us": 10**400}, "delay_us must be below"),
        ({"qubits": [{"qubit": 0, **QUBIT, "T1_us": 10**400}]}, "T1_us of qubit 0 must be below"),
        ({"job_circuits": 0}, "job_circuits must be a whole number from 1 on"),
    ],
)
def test_refusals(change, message):
    with pytest.raises(ValueError, match=message):
        calibration_from_text(json.dumps({**THREE, **change}))


def test_a_packaged_device_has_a_name(tmp_path, monkeypatch):
    """Unless a file of the folder is called so."""
    monkeypatch.chdir(tmp_path)
    assert read_calibration(Path("ibmq_paris")) == read_calibration(PARIS)
    Path("ibmq_paris").write_text(json.dumps(THREE))
    assert read_calibration(Path("ibmq_paris")).device == "three"


def test_refuses_what_is_no_file_no_json_no_edge_and_too_wide(tmp_path):
    with pytest.raises(ValueError, match="cannot be read"):
        read_calibration(tmp_path / "none.json")
    for text in ("{", "[" * 100_000):
        with pytest.raises(ValueError, match="is JSON, and this is not"):
            calibration_from_text(text)
    with pytest.raises(ValueError, match="a whole number of 5000 digits"):
        calibration_from_text("9" * 5000)
    found = calibration_from_text(json.dumps(THREE))
    with pytest.raises(ValueError, match="three has no edge between qubits 0 and 2"):
        found.pair(0, 2)
    with pytest.raises(ValueError, match="has 3 qubits, and the circuit needs 4"):
        found.check_width(4)
