"""Runs of protocols on random instances; a wrong one is noticed."""

import json

import pytest

import quledger
from bloqs.communication.answers import run_protocol
from bloqs.communication.model.inner_product import InnerProduct
from bloqs.messages.send import Send

SLOW = [pytest.param(size, marks=pytest.mark.slow) for size in (16, 32, 64)]


@pytest.mark.parametrize("size", [4, 8, *SLOW])
@pytest.mark.parametrize("slack", [0, 0.3])
def test_every_protocol_is_as_right_as_it_says(size, slack):
    """Never wrong, but for the slack of a vector."""
    report = quledger.simulate("communication-protocol", N=size, vartheta=slack, L=2, seed=size)
    assert report.passed
    rows = report["runs"]
    assert {row["variant"] for row in rows} == {*run_protocol.INSTANCES}
    for row in rows:
        most = slack**2 if row["variant"] in ("raz", "vector-in-subspace") else 0
        assert row["wrong"] == pytest.approx(most, abs=1e-9)
        assert row["found"] == pytest.approx(0.5 if row["variant"] == "hidden-matching" else 1)
    both = {"vector-in-subspace": ["inside", "outside"], "raz": ["inside", "outside"],
            "hidden-matching": ["the bit 0", "the bit 1"],
            "equal-or-orthogonal": ["equal", "orthogonal"]}  # fmt: skip
    for variant in (*both, "inner-product", "dense-coding"):
        answers = [row["answer"] for row in rows if row["variant"] == variant]
        assert sorted(answers) == both.get(variant, ["parity 0", "parity 1"])


def test_a_matching_that_is_read_wrong_fails(monkeypatch):
    """Parities exchanged: every edge is wrong."""
    whole = run_protocol.edge_law
    monkeypatch.setattr(run_protocol, "edge_law", lambda shot, final: whole(shot, final)[:, ::-1])
    given = {"variant": "hidden-matching", "n": 3}
    report = quledger.simulate("communication-protocol", **given)
    assert report.passed is False
    assert {row["holds"] for row in report["runs"]} == {"NO"}
    assert report["runs"][0]["wrong"] == pytest.approx(0.5)


def test_seed():
    """The same instance again, another of another seed; 0 if none is given."""
    given = {"variant": "fourier", "n": 2}
    runs = [quledger.simulate("communication-protocol", **given, **x)["runs"][0]["answer"]
            for x in ({}, {"seed": 0}, {"seed": 1})]  # fmt: skip
    assert runs[0] == runs[1] != runs[2]


def test_one_protocol_alone():
    report = quledger.simulate("communication-protocol", variant="dense-coding", n=3, L=3)
    assert {row["variant"] for row in report["runs"]} == {"dense-coding"}
    assert report["runs"][0]["qubits"] == 3
    assert report.settings["L"] == 3
    assert "alpha" not in report.settings  # of matchings alone
    assert "alpha" in quledger.simulate("communication-protocol", n=2).settings


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "a run needs a size: give --n or --N"),
        ({"N": 12}, "power of two"),
        ({"n": 7}, "n must be a whole number >= 2 and <= 6"),
        ({"n": 2, "variant": "raz", "alpha": 0.25}, "leave --alpha out"),
        ({"n": 2, "variant": "equal-or-orthogonal", "L": 2}, "leave --L out"),
        ({"n": 2, "alpha": 0.3}, r"got 0.3 \* 4 = 1.2"),
    ],
)
def test_refusals(given, said):
    with pytest.raises(ValueError, match=said):
        quledger.simulate("communication-protocol", **given)


@pytest.mark.parametrize(
    ("wrong", "allowed", "holds"),
    [
        (0.0, 0.0, True),
        (1e-9, 0.0, True),
        (1.1e-9, 0.0, False),
        (0.09, 0.09, True),
        (0.0901, 0.09, False),
        (-1e-12, 0.0, True),
    ],
)
def test_wrong_answers_up_to_what_is_allowed(wrong, allowed, holds):
    found = run_protocol.Found(answer="it", wrong=wrong, allowed=allowed)
    assert found.holds is holds
    row = run_protocol.row_of("it", Send("Alice", "Bob", 3), found)
    assert row["holds"] == ("yes" if holds else "NO")
    assert (row["wrong"], row["found"]) == (abs(wrong), 1.0)
    assert (row["messages"], row["qubits"]) == (1, 3)


def test_dense_coding_of_many_pairs_is_left_out(monkeypatch):
    """Two halves of each pair and the answer are 2 * 2 + 1 qubits."""
    problem = InnerProduct(3, (1, 0, 1, 1), (1, 1, 0, 1))
    for most, names in (
        (5, {"inner-product", "dense-coding"}),
        (4, {"inner-product"}),
    ):
        monkeypatch.setattr(run_protocol, "MOST_CODED", most)
        rows = run_protocol.rows_of_problem(problem)
        assert {row["variant"] for row in rows} == names
        assert {row["answer"] for row in rows} == {"parity 0"}


def test_an_instance_of_a_file_has_no_shots_and_is_small(tmp_path, monkeypatch):
    file = tmp_path / "it.json"
    content = {"problem": "equal-or-orthogonal", "one": [0, 1, 1, 0], "two": [0, 1, 0, 1]}
    file.write_text(json.dumps(content))
    monkeypatch.setattr(run_protocol, "MOST_QUBITS", 2)
    report = quledger.simulate(file)
    assert report.passed
    assert [row["answer"] for row in report["runs"]] == ["orthogonal"]
    assert report.settings == {"n": 2}
    for given in ({"delta": 0.1}, {"seed": 3}):
        (name,) = given
        with pytest.raises(ValueError, match=f"draws no shot, so it has no {name}; leave --{name}"):
            quledger.simulate(file, **given)
    monkeypatch.setattr(run_protocol, "MOST_QUBITS", 1)
    with pytest.raises(ValueError, match="problems on up to 1 qubits are run, got 2"):
        quledger.simulate(file)
