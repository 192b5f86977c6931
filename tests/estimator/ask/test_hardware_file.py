"""Hardware by name and from a file: what is in it, and every refusal in one sentence."""

import json
from pathlib import Path

import pytest
from qualtran.surface_code import PhysicalParameters

from estimator.ask.hardware_file import HardwareName, hardware_from_text, hardware_of
from estimator.ask.hardware_presets import DEFAULT_HARDWARE, PRESETS

PHYSICAL = HardwareName(name="physical", meaning="hardware")
OWN = {"physical_error": 2e-4, "gate_seconds": 3e-8, "measurement_seconds": 2e-7}
PAIRS = {"physical_error": 1e-5, "measurement_seconds": 1e-6, "instructions": "majorana"}


def read(**keys):
    return hardware_from_text(json.dumps(keys), "mine")


@pytest.mark.parametrize(
    ("name", "modality", "optimistic"),
    [
        ("gate_ns_e3", "superconducting", False),
        ("gate_ns_e4", "superconducting", True),
        ("gate_us_e3", "ion", False),
        ("gate_us_e4", "ion", True),
    ],
)
def test_published_gates_are_those_of_qualtran(name, modality, optimistic):
    """Error and cycle of [BMST22], as Qualtran copied them from the paper."""
    theirs = PhysicalParameters.make_beverland_et_al(modality, optimistic)
    assert PRESETS[name].physical_error == theirs.physical_error
    assert PRESETS[name].cycle_seconds == pytest.approx(theirs.cycle_time_us * 1e-6)


@pytest.mark.parametrize(("name", "optimistic"), [("e3", False), ("e4", True)])
def test_published_cycles_are_those_of_qualtran(name, optimistic):
    """Error and cycle of [GF19]."""
    theirs = PhysicalParameters.make_gidney_fowler(optimistic)
    ours = PRESETS[f"superconducting_{name}"]
    assert (ours.physical_error, ours.cycle_seconds) == (theirs.physical_error, 1e-6)
    assert theirs.cycle_time_us == 1


def test_names_and_what_stands_for_none(tmp_path):
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(OWN))
    assert PHYSICAL.parse(True) == PHYSICAL.parse(PHYSICAL.bare) == DEFAULT_HARDWARE
    assert PHYSICAL.parse(False) is None
    assert PHYSICAL.parse("gate-ns-e3") == "gate_ns_e3"
    assert PHYSICAL.parse(str(path)) == path
    assert PHYSICAL.parse(path) == path
    assert hardware_of(path).name == "mine"
    assert hardware_of("maj_ns_e6").is_majorana


def test_a_file_says_all_there_is():
    """A cycle is four gates and two measurements unless it is named; T fails as others do."""
    found = read(**OWN)
    assert found.cycle_seconds == pytest.approx(5.2e-7)
    assert (found.t_error, found.name, found.source) == (2e-4, "mine", "as named")
    whole = read(**OWN, cycle_seconds=1e-6, t_error=0.01, name="A", source="B", code="surface")
    assert (whole.cycle_seconds, whole.t_error, whole.name, whole.source) == (1e-6, 0.01, "A", "B")
    assert read(physical_error=1e-3, cycle_seconds=1).durations == (1 / 6, 1 / 6)
    assert read(**PAIRS, code="floquet").code == "floquet"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "hardware is JSON, and this is not"),
        ("[1]", "hardware is an object with name, source, instructions, code, physical_error"),
        ('{"physical_error": 1e-3, "physical_error": 1e-4}', "names the key 'physical_error' twi"),
        (json.dumps({**OWN, "gate_second": 1}), r"has no 'gate_second'; .* mean gate_seconds\?"),
        (json.dumps({"cycle_seconds": 1e-6}), "hardware lacks 'physical_error'"),
        (json.dumps({"physical_error": 1e-3}), "needs cycle_seconds, or both .*, got none"),
        (json.dumps({"physical_error": 1e-3, "gate_seconds": 1}), "or both .*, got gate_seconds"),
        (json.dumps({**OWN, "physical_error": 0.01}), "must be a number > 0 and < 0.01, got 0.01"),
        (json.dumps({**OWN, "physical_error": 0}), "physical_error of hardware must be a number"),
        (json.dumps({**OWN, "physical_error": "0.001"}), "must be a number .*, got '0.001'"),
        (json.dumps({**OWN, "physical_error": True}), "must be a number .*, got True"),
        (json.dumps({**OWN, "t_error": 1}), "t_error of hardware must be a number > 0 and < 1"),
        (json.dumps({**OWN, "gate_seconds": float("inf")}), "must be a number > 0 and finite"),
        (json.dumps({**OWN, "gate_seconds": float("nan")}), "must be a number > 0 and finite"),
        (json.dumps({**OWN, "gate_seconds": 10**400}), "must be a number > 0 and finite"),
        (json.dumps({**OWN, "gate_seconds": -1}), "must be a number > 0 and finite, got -1"),
        (json.dumps({**OWN, "gate_seconds": None}), "must be a number > 0 and finite, got None"),
        (json.dumps({**OWN, "name": 3}), "name of hardware must be a text of one line, got 3"),
        (json.dumps({**OWN, "name": "a\nb"}), "name of hardware must be a text of one line"),
        (json.dumps({**OWN, "instructions": "ions"}), "must be gate-based or majorana, got 'ions'"),
        (json.dumps({**OWN, "code": "floquet"}), "code floquet needs instructions majorana"),
        (json.dumps({**PAIRS, "gate_seconds": 1}), "has measurement_seconds and no other dur"),
    ],
)
def test_what_is_no_hardware_is_refused(text, problem, tmp_path):
    """From a file, before any work, in one sentence."""
    path = tmp_path / "hardware.json"
    path.write_text(text)
    with pytest.raises(ValueError, match=problem) as caught:
        PHYSICAL.parse(str(path))
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ("gate_ns_e33", r"--physical must be one of superconducting_e3, .* mean gate_ns_e3\?"),
        ("", "--physical must be one of"),
        ("missing.json", "the hardware 'missing.json' cannot be read: No such file"),
        (Path("/"), "--physical must be one of"),
        (3, "--physical must be one of"),
    ],
)
def test_what_names_no_hardware_is_refused(given, problem):
    with pytest.raises(ValueError, match=problem):
        PHYSICAL.parse(given)


@pytest.mark.parametrize("name", ["folder.json", "bytes.json"])
def test_what_cannot_be_read_is_refused(name, tmp_path):
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe{")
    with pytest.raises(ValueError, match=r"cannot be read: (it is a folder|it is no text)"):
        PHYSICAL.parse(str(tmp_path / name))
