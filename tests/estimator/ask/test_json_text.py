"""JSON with a key twice, wherever it stands, is refused by every reader of files."""

import json

import pytest

from bloqs.communication.model.model_file import model_from_text
from bloqs.contrastive.model.device_calibration import calibration_from_text
from bloqs.hypergraph.model.automaton import automaton_from_text
from bloqs.hypergraph.rivals.certificate import certificate_from_text
from estimator.ask.json_text import each_key_once, short_integer
from estimator.growth.report import answer_lines

READERS = {
    "the text": model_from_text,
    "a calibration": calibration_from_text,
    "an automaton": automaton_from_text,
    "a certificate": certificate_from_text,
    "line 1": lambda text: list(answer_lines([text])),
}


@pytest.mark.parametrize(("where", "read"), READERS.items(), ids=READERS)
def test_a_key_comes_once(where, read):
    """At the top or within."""
    for text in ('{"table": 1, "x": 3, "table": 2}', '[{"a": [{"table": 1, "table": 1}]}]'):
        with pytest.raises(ValueError, match=f"{where} names the key 'table' twice; keep one"):
            read(text)


def test_other_json_is_read_as_it_is():
    text = '{"a": {"b": 1}, "b": [{"a": -12}, {"a": 2}]}'
    read = json.loads(text, object_pairs_hook=each_key_once("x"), parse_int=short_integer("x"))
    assert read == json.loads(text)
    with pytest.raises(ValueError, match="x has a whole number of 4001 digits, and up to 4000"):
        json.loads("9" * 4001, parse_int=short_integer("x"))
