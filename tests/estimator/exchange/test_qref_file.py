"""QREF that is written: valid, and bartiq makes the numbers of the answer of it."""

import json

import pytest
import sympy
import yaml
from bartiq import compile_routine, evaluate
from qref import SchemaV1
from qualtran import QUInt
from qualtran.bloqs.arithmetic import Add
from qualtran.bloqs.basic_gates import CSwap

import quledger
from estimator.exchange.formats import format_of
from estimator.exchange.writing import content_of
from estimator.report.formula import pasteable

ASKED = [
    ("convolution", {"variant": "adder", "C_in": 2, "C_out": 2, "D": 3, "M": 4, "b": 8}),
    ("convolution", {"variant": "multiplexed"}),
    ("vector-loading", {"loader": "qroam-clean"}),
    ("vector-loading", {"loader": "ideal", "N": 1024, "b": 12}),
    ("normalise", {"alpha": 10, "delta": 0.01}),
    ("resnet", {"k": 2}),
    ("resnet", {"k": 2, "N": 2**14, "C": 16, "D": 3, "epsilon": 0.01, "kappa": 2, "alpha": 5.2}),
    (Add(QUInt(sympy.Symbol("width", integer=True, positive=True))), {}),
    (CSwap(3), {"synthesis": "ancilla-free", "rotation_error": 0.01}),
]
FORMS = ("qref", "bartiq")


def facts(report):
    """Every cost of an answer."""
    parts = {part.key: part for part in report.parts}
    found = {row.key: row.value for row in parts["gates"].rows}
    found |= {f"queries_{row.key}": row.value for row in parts["queries"].rows}
    found |= {key: parts[key].value for key in ("qubits", "toffoli_depth")}
    return {key: pasteable(sympy.sympify(value)) for key, value in found.items()}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("target", "given"), ASKED, ids=[str(row)[:50] for row in ASKED])
def test_bartiq_makes_the_numbers_of_the_answer(target, given, form):
    report = quledger.cost(target, **given)
    wanted = facts(report)
    document = SchemaV1(**yaml.safe_load(content_of(report, format_of(None, form))))
    routine = compile_routine(document).routine
    symbols = sorted({symbol for x in wanted.values() for symbol in x.free_symbols}, key=str)
    values = {symbol: 5 + k for k, symbol in enumerate(symbols)}
    assignments = {symbol.name: value for symbol, value in values.items()}
    found = evaluate(routine, assignments).routine.resources
    for key, formula in wanted.items():
        assert sympy.sympify(found[key].value) == formula.subs(values), key
        if not symbols:
            assert sympy.sympify(routine.resources[key].value) == formula


def routines(program):
    yield program
    for child in program.get("children", ()):
        yield from routines(child)


def test_uncompiled_routines_state_nothing_that_bartiq_adds_up():
    """Of `bartiq` only leaves have gates; of `qref` each routine has those of one run."""
    report = quledger.cost("vector-loading", N=16, b=6)
    for form in FORMS:
        program = yaml.safe_load(content_of(report, format_of(None, form)))["program"]
        inner = [x for x in routines(program) if x.get("children") and "repetition" not in x]
        assert len(inner) > 3
        for routine in inner[1:]:
            assert bool(routine.get("resources")) == (form == "qref")


def test_a_network_is_taken_apart():
    """Its layers call the one before, which is no oracle of the whole."""
    given = {"N": 2**14, "C": 16, "D": 3, "epsilon": 0.01, "kappa": 2, "alpha": 5.2}
    report = quledger.cost("resnet", k=2, **given)
    program = yaml.safe_load(content_of(report, format_of(None, "qref")))["program"]
    kinds = {routine.get("type") for routine in routines(program)}
    assert {"ResidualBlock", "LoadedVector", "And"} <= kinds
    assert not [x for x in program["resources"] if x["name"].startswith("queries")]


def test_a_file_may_be_json(tmp_path):
    file = tmp_path / "a.json"
    quledger.write(quledger.cost(CSwap(2)), file, "qref")
    assert SchemaV1(**json.loads(file.read_text())).program.name == "CSwap"
