"""Every question from Python: its answer in every form, or one sentence."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from qualtran import QUInt
from qualtran.bloqs.arithmetic import Add
from qualtran.bloqs.basic_gates import TGate

import quledger
from estimator import api
from estimator.ask.registry import questions
from estimator.report.html import body
from estimator.report.kept import kept_answer, kept_text
from estimator.report.plain import dumped, schema
from estimator.report.terminal import console, show

ROOT = Path(__file__).parents[2]
DIGITS = str(ROOT / "examples" / "digits_resnet.onnx")
VALIDATOR = Draft202012Validator(schema())
QUESTIONS = {f"{x.question.verb.name} {x.question.name}": x for x in questions()}
LONG = {("compare resnet", "none"), ("check claims", "none"), ("check claims", "least")}
"""Answers that take half a minute and more; parts of them are asked for elsewhere."""


def least_of(question):
    """The smallest value of every parameter, where there is one; prices go together or not."""
    values = {each.name: each.least_value for each in question.parameters}
    priced = {each.name for each in api.import_module("estimator.ask.synthesis").PRICING}
    return {k: x for k, x in values.items() if x is not None and k not in priced}


def reports_of(answer):
    return answer if isinstance(answer, tuple) else (answer,)


def shown(report, width):
    stream = io.StringIO()
    show(report, console(stream, width))
    return stream.getvalue()


def is_whole(report):
    """Through JSON and back by the schema, on narrow and wide terminals, as a page; and kept."""
    data = report.plain()
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    VALIDATOR.validate(data)
    kept = kept_answer(kept_text(report))
    assert dumped(kept.plain()) == dumped(data)
    for width in (40, 120):
        assert shown(report, width).strip()
        for full in (False, True):
            assert shown(kept.form(full), width) == shown(report.form(full), width)
    assert report.html().startswith("<!DOCTYPE html>")
    assert body(kept.form()) == body(report.form())
    assert isinstance(report.latex(), str)


@pytest.mark.parametrize(
    ("name", "named"),
    [
        pytest.param(name, named, marks=[pytest.mark.slow] if (name, named) in LONG else [])
        for name in QUESTIONS
        for named in ("none", "least")
    ],
)
def test_every_question_is_answered_or_refused(name, named):
    """With no parameter named, and with the least value of each: reports, or one sentence."""
    found = QUESTIONS[name]
    given = {} if named == "none" else least_of(found.question)
    try:
        answer = api.answered_by(found, given, None)
    except ValueError as problem:
        text = str(problem)
        assert text.strip()
        assert "\n" not in text
        assert len(text) < 400
        return
    for report in reports_of(answer):
        is_whole(report)


@pytest.mark.parametrize(
    ("verb", "given"),
    [
        ("cost", {"b": 8}),
        ("cost", {"b": 8, "digit": 1}),
        ("cost", {"regime": "3", "epsilon": 0.1}),
        ("cost", {"regime": "1", "epsilon": 0.1, "digit": 1}),
        (
            "compare",
            {"digit": 1, "epsilon": 0.1, "variants": "fixed_point", "memories": "ideal",
             "stop": 2**14, "sampler_epsilon": 0.6, "samples": 20},
        ),
        ("simulate", {"digit": 1, "epsilon": 0.3, "blocks": 1, "variant": "fixed-point"}),
    ],
)  # fmt: skip
def test_every_question_about_a_file_is_answered(verb, given):
    for report in reports_of(quledger.ask(verb, DIGITS, **given)):
        is_whole(report)


def test_a_notebook_s_ten_lines(tmp_path):
    """The lines of the README, as a user types them."""
    assert {"resnet", "convolution"} <= quledger.systems().keys()
    cost = quledger.cost(
        "resnet", k=2, N=2**14, C=16, D=3, epsilon=0.01, kappa=2, alpha=5.2, length=1.2
    )
    assert cost["gates"]["toffoli"] == 284_607_037_313
    assert cost["layers"][0]["layer"] == "input"
    assert "<table" in cost._repr_html_()
    conv1, conv2 = quledger.cost(DIGITS, b=16)
    assert (conv1["qubits"], conv2["qubits"]) == (63, 63)
    compared = quledger.compare(
        "resnet", start=2**14, stop=2**18, k=2, C=16, variants="fixed_point", memories="ideal"
    )
    compared.picture(tmp_path / "resnet.svg")
    assert (tmp_path / "resnet.svg").exists()
    bloq = quledger.cost("convolution", variant="adder", C_in=2, C_out=2, D=3, M=4).bloq
    assert (
        quledger.cost(bloq)["qubits"]
        == quledger.cost("convolution", variant="adder", C_in=2, C_out=2, D=3, M=4)["qubits"]
    )
    assert quledger.growth("N*log(N)", "O", "N**2", "N->oo").verdict.name == "HOLDS"
    assert quledger.check("select_cost").passed


def test_any_bloq_of_qualtran_has_a_cost(tmp_path):
    """Its T gates, its name, its picture; rotations priced as on the command line."""
    report = quledger.cost(Add(QUInt(5)), synthesis="ancilla-free", rotation_error=1e-3)
    assert report["gates"]["toffoli"] == 4
    assert report["gates"]["t_count"] == 16
    assert report.title.startswith("Add")
    quledger.draw(TGate(), tmp_path / "t.txt", kind="circuit")
    assert (tmp_path / "t.txt").read_text().startswith("T")
    shown = quledger.draw(TGate(), kind="circuit")
    quledger.draw(TGate(), tmp_path / "t.svg", kind="circuit")
    assert shown.svg == (tmp_path / "t.svg").read_text()
    with pytest.raises(ValueError, match="a Qualtran bloq, got 3"):
        quledger.cost(3)


def test_physical_numbers_are_optional_facts():
    """Qubits and seconds of a surface code, only with every number that they rest on."""
    given = {
        "synthesis": "ancilla-free", "rotation_error": 1e-6, "physical_error": 1e-3,
        "cycle_seconds": 1e-6, "failure_budget": 0.01, "routing_overhead": 0.5,
    }  # fmt: skip
    report = quledger.cost("vector-loading", N=16, b=6, **given)
    assert report["physical"]["qubits"] > 1000 * report["qubits"]
    assert report["kinds"]["physical"]["seconds"] == "estimate"
    assert "physical" not in quledger.cost("vector-loading", N=16, b=6).plain()
    with pytest.raises(ValueError, match="need --physical-error, --cycle-seconds, "):
        quledger.cost("vector-loading", N=16, b=6, physical_error=1e-3)
    with pytest.raises(ValueError, match="physical cost needs numbers"):
        quledger.cost("vector-loading", **given)


def test_growth_of_an_algorithm_and_of_an_expression():
    found = quledger.leading_term("vector-loading")
    assert found["rotations"]["leading"] == "2*b"
    assert quledger.leading_term("sqrt(N + 1)", "N->oo")["leading"] == "sqrt(N)"
    with pytest.raises(ValueError, match="one question or expression"):
        quledger.leading_term(DIGITS)


def test_growth_of_a_system():
    """Each of its questions of cost, unless one has its name."""
    found = quledger.leading_term("linear_systems")
    assert [each.title.split(",")[0] for each in found] == ["growth of qlss", "growth of transform"]
    assert quledger.leading_term("data-loading").title == "growth of vector-loading"
    assert quledger.leading_term("qsvt").title == "growth of qsvt"


@pytest.mark.parametrize(
    ("call", "problem"),
    [
        (lambda: quledger.ask("sing", "resnet"), "nothing can be asked with 'sing'; there is"),
        (lambda: quledger.cost("nope"), "there is no algorithm 'nope'"),
        (lambda: quledger.cost("vector-loading", n=3), "did you mean N"),
        (lambda: quledger.simulate("resnet", epsilon=0.1), "needs the path of an .onnx file"),
        (lambda: quledger.draw("qsvt", "a.svg", kind="poem"), "--kind must be one of"),
        (lambda: quledger.draw("qsvt", "a.svg", fmt="gif"), "--format must be one of"),
        (lambda: quledger.draw("qsvt", kind="ode"), "--kind must be one of .* got 'ode'"),
        (lambda: quledger.draw("qsvt", fmt="png"), "a drawing without a file is svg, got 'png'"),
        (lambda: quledger.explain("nope"), "no claim matches nope"),
        (lambda: quledger.growth("N", "O", "N**2", None), "a regime is a text .* got None"),
        (lambda: quledger.growth("N", "O", "N**2", 3.5), "a regime is a text .* got 3.5"),
        (lambda: quledger.leading_term("N**2", 0), "a regime is a text .* got 0"),
        (lambda: quledger.questions("cost"), "a verb is what verbs"),
    ],
)
def test_refusals_are_value_errors(call, problem):
    with pytest.raises(ValueError, match=problem):
        call()


def test_the_module_works_from_a_line():
    """`python -c` with the package alone."""
    code = (
        "import quledger; print(quledger.cost('vector-loading', N=1024, b=12, loader='ideal')"
        "['queries'])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert (run.stdout, run.stderr) == ("{'QRAM': 18}\n", "")
