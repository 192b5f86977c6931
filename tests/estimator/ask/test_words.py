"""An option that may stand alone takes the next word, unless that is what is asked about."""

import pytest

from estimator.ask.question import COMPARE, COST
from estimator.ask.words import completed, heard_in

BARE = "--physical=superconducting_e3"


@pytest.mark.parametrize(
    ("typed", "meant", "target"),
    [
        ("qsvt --physical", f"qsvt {BARE}", "qsvt"),
        ("qsvt --physical --json", f"qsvt {BARE} --json", "qsvt"),
        ("qsvt --physical gate_ns_e3", "qsvt --physical=gate_ns_e3", "qsvt"),
        ("--physical gate_ns_e3 qsvt", "--physical=gate_ns_e3 qsvt", "qsvt"),
        ("--physical qsvt", f"{BARE} qsvt", "qsvt"),
        ("--physical resnet --k 2", f"{BARE} resnet --k 2", "resnet"),
        ("--physical net.onnx", f"{BARE} net.onnx", "net.onnx"),
        ("--physical mine:bloq", f"{BARE} mine:bloq", "mine:bloq"),
        ("--physical mine.json", f"{BARE} mine.json", "mine.json"),
        ("--physical mine.json qsvt", "--physical=mine.json qsvt", "qsvt"),
        ("qsvt --physical mine.json", "qsvt --physical=mine.json", "qsvt"),
        ("model.json --physical mine.json", "model.json --physical=mine.json", "model.json"),
        ("--physical --html a.json b.json", f"{BARE} --html a.json b.json", "b.json"),
        ("qsvt --physical=gate_us_e4", "qsvt --physical=gate_us_e4", "qsvt"),
        ("qsvt --physical gate_ns_e33", "qsvt --physical=gate_ns_e33", "qsvt"),
        ("qsvt --physical-error 1e-3", "qsvt --physical-error 1e-3", "qsvt"),
        ("qsvt -- --physical", "qsvt -- --physical", "qsvt"),
    ],
)
def test_a_word_is_hardware_unless_it_is_the_target(typed, meant, target):
    words = completed(COST, typed.split())
    assert words == meant.split()
    assert heard_in(COST, words).target == target


def test_other_verbs_are_left_as_they_are():
    assert completed(COMPARE, ["--physical", "resnet"]) == ["--physical", "resnet"]
