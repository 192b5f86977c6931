"""Answers as CSV: every value of the JSON, on a line of its own."""

import csv
import io

import pytest
from qualtran.bloqs.basic_gates import CSwap

import quledger
from estimator.exchange.formats import format_of
from estimator.exchange.long_table import COLUMNS
from estimator.exchange.writing import content_of

ASKED = [(CSwap(3), {}), ("vector-loading", {"N": 16, "b": 6}), ("convolution", {})]


@pytest.mark.parametrize(("target", "given"), ASKED, ids=["bloq", "numbers", "formulas"])
def test_every_value_has_a_line(target, given):
    report = quledger.cost(target, **given)
    text = content_of(report, format_of(None, "csv")).decode()
    lines = list(csv.DictReader(io.StringIO(text)))
    assert list(lines[0]) == list(COLUMNS)
    plain = report.plain()
    for key, number in plain["gates"].items():
        (line,) = (x for x in lines if (x["part"], x["name"]) == ("gates", key))
        assert line["value"] == str(number)
        assert line["unit"] == plain["units"]["gates"][key]
        assert line["kind"] == plain["kinds"]["gates"][key]
    (qubits,) = (x["value"] for x in lines if x["name"] == "qubits")
    assert qubits == str(plain["qubits"])
    for number, row in enumerate(plain["expensive"], 1):
        for key, value in row.items():
            (line,) = (
                x["value"]
                for x in lines
                if (x["part"], x["row"], x["name"]) == ("expensive", str(number), key)
            )
            assert line == ("" if value is None else str(value))


def test_several_reports_are_told_apart_by_their_title():
    reports = [quledger.cost(target, **given) for target, given in ASKED[:2]]
    text = content_of(reports, format_of(None, "csv")).decode()
    titles = {line["report"] for line in csv.DictReader(io.StringIO(text))}
    assert titles == {report.title for report in reports}
