"""Reports show what `quledger cost --json` says, and come out the same in every process."""

import os
from collections import defaultdict
from decimal import Decimal

import pytest
from command import answer, in_shell
from page_list import QUESTIONS, REPORTS, ROOT

GATES = {
    "Toffoli and AND": "toffoli", "CSWAP": "cswap", "T": "t", "rotations": "rotations",
    "T in all": "t_count", "measurements": "measurements",
}  # fmt: skip
"""What a page calls a cost -> its name in JSON."""

ROWS = """[...document.querySelectorAll('#answer tr:has(> th[scope=row])')].map(row =>
  [...row.cells].map(cell => cell.innerText.trim()))"""


def is_rounded(text, value):
    """Whether a text shows a number, to as many digits as it shows."""
    shown = Decimal(text.replace(",", ""))
    last = Decimal(1).scaleb(shown.as_tuple().exponent)
    return abs(shown - Decimal(value)) <= last / 2


@pytest.mark.parametrize(
    ("text", "value", "fits"),
    [("1,139,821", 1139821, True), ("1,139,821", 1139822, False), ("0.0021", 0.002099, True),
     ("0.0021", 0.00216, False), ("2.71e11", 271_304_599_712, True), ("9", 8.4, False)],
)  # fmt: skip
def test_digits_are_compared(text, value, fits):
    assert is_rounded(text, value) is fits


@pytest.fixture
def words(request):
    """The question that the page of this test is about."""
    name = request.node.callspec.params["file"].name
    return dict(QUESTIONS)[name]


def test_numbers_are_those_of_the_answer(words, file, show, monkeypatch):
    monkeypatch.chdir(ROOT)
    found = answer("cost", *words.split())
    with show(file) as page:
        shown = defaultdict(list)
        for label, value, *_ in page.evaluate(ROWS):
            shown[label].append(value)
    compared = 0
    for number, report in enumerate(found if isinstance(found, list) else [found]):
        known = {label: report["gates"][name] for label, name in GATES.items()}
        known |= {"Toffoli depth": report["toffoli_depth"], "qubits": report["qubits"]}
        known |= report["facts"]
        for label, value in known.items():
            if isinstance(value, str):
                assert shown[label][number] == value, label
            elif value is not None:
                assert is_rounded(shown[label][number], value), (label, value, shown[label])
            compared += value is not None
    assert compared >= len(GATES) + 2


def test_another_process_writes_the_same_bytes(tmp_path, written):
    """With another order of hashes."""
    (made,) = (each for each in REPORTS if each.name == "bloq")
    other = tmp_path / "other.html"
    words = [*dict(QUESTIONS)["bloq"].split(), "-o", str(other)]
    env = {**os.environ, "PYTHONHASHSEED": "7"}
    done = in_shell("-m", "estimator", "report", *words, env=env)
    assert done.returncode == 0, done.stderr
    assert other.read_bytes() == written(made).read_bytes()
