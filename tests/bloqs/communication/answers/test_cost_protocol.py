"""What protocols take, by letters and for instances of files; what is refused."""

import json

import pytest
import sympy

import quledger
from bloqs.communication.model.counts import EXACT, exact, matching_copies
from bloqs.communication.symbols import L, delta, n, share, slack


def row(report, variant, key="variants"):
    table = next(part for part in report.parts if part.key == key)
    return next(x for x in table.rows if x["variant"] == variant)


SIZES = {"n": 10, "L": 2, "alpha": 0.25, "delta": 0.05, "vartheta": 0.3}


@pytest.mark.parametrize(
    ("variant", "letters", "qubits", "messages", "right"),
    [
        ("vector-in-subspace", ["vartheta"], 10, 1, 0.91),
        ("raz", ["vartheta"], 20, 2, 0.91),
        ("hidden-matching", ["alpha", "delta"], 60, 6, 0.5),
        ("equal-or-orthogonal", [], 10, 1, 1),
        ("inner-product", ["L"], 30, 3, 1),
        ("dense-coding", ["L"], 9, 1, 1),
        ("data-parallel", [], 11, 1, None),
        ("fourier", ["L"], 40, 4, None),
    ],
)
def test_at_numbers(variant, letters, qubits, messages, right):
    """From circuits; the probability of a right answer, or of an edge."""
    given = {name: SIZES[name] for name in ("n", *letters)}
    report = quledger.cost("communication-protocol", variant=variant, **given)
    found = row(report, variant)
    assert (found["qubits"], found["messages"], found["rounds"]) == (qubits, messages, messages)
    assert found["bits"] == (64 if variant == "data-parallel" else 0)
    answer = row(report, variant, "answers")["right"]
    assert answer == (right if right is None else pytest.approx(right, abs=1e-12))
    assert report.bloq is not None


def test_one_edge_is_a_matching():
    """Found with probability 2 alpha; ln(10)/(2 alpha) is 9.2."""
    found = quledger.cost(
        "communication-protocol", variant="hidden-matching", n=3, alpha=0.125, delta=0.1
    )
    assert row(found, "hidden-matching")["shots"] == 10


def test_letters_are_those_of_the_closed_forms():
    """Circuits in symbols give what the model says."""
    report = quledger.cost("communication-protocol")
    for variant in EXACT:
        found, stated = row(report, variant), exact(variant, n, L)
        copies = matching_copies(share, delta) if variant == "hidden-matching" else 1
        for key in ("qubits", "messages", "rounds", "encoding_gates"):
            form = stated.encoding_gates(n) if key == "encoding_gates" else getattr(stated, key)
            gap = sympy.expand(found[key] - copies * form)
            assert gap.replace(sympy.ceiling, lambda x: sympy.ceiling(sympy.expand(x))) == 0, key
    assert row(report, "raz", "answers")["right"] == 1 - slack**2
    assert row(report, "hidden-matching", "answers")["right"] == 2 * share
    assert {"alpha", "vartheta", "n", "L"} <= report.glossary.keys()
    assert "constant unknown" in row(report, "raz", "answers")["bound"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"n": 3, "alpha": 0.3}, r"got 0.3 \* 8 = 2.4; change --alpha or --n"),
        ({"n": 3, "alpha": 0.01}, r"a whole number from 1, got 0.01 \* 8 = 0.08"),
        ({"n": 1}, "n >= 2 qubits, got 1; raise --n"),
        ({"alpha": 0.6}, "alpha must be a number >= 1e-12 and <= 0.5"),
        ({"vartheta": 0.8}, "vartheta must be a number >= 0 and < 0.7"),
        ({"variant": "raz", "L": 2}, "L matters to inner-product, dense-coding, fourier alone"),
        ({"variant": "raz", "alpha": 0.25}, "alpha matters to hidden-matching alone"),
        ({"variant": "fourier", "delta": 0.1}, "leave --delta out"),
        ({"variant": "inner-product", "P": 3}, "leave --P out"),
        ({"variant": "hidden-matching", "vartheta": 0.1}, "leave --vartheta out"),
        ({"variant": "disjointness"}, "must be one of vector-in-subspace, raz"),
    ],
)
def test_refusals(given, said):
    with pytest.raises(ValueError, match=said):
        quledger.cost("communication-protocol", **given)


PROBLEMS = {
    "vector-in-subspace": {"vector": [3, 4, 0, 0], "subspace": [[1, 0], [0, 1], [0, 0], [0, 0]]},
    "raz": {
        "vector": [3, 4],
        "subspace": [[1], [0]],
        "turn": [[0.6, 0.8], [-0.8, 0.6]],
        "vartheta": 0.1,
    },
    "hidden-matching": {"string": [0, 1, 1, 0], "matching": [[0, 3]], "weights": [1]},
    "equal-or-orthogonal": {"one": [0, 1, 1, 0], "two": [0, 1, 0, 1]},
    "inner-product": {"qubits": 3, "ones": [1, 0, 1, 1], "twos": [1, 1, 0, 1]},
}


@pytest.mark.parametrize("problem", PROBLEMS)
def test_instances_of_files(problem, tmp_path):
    """They are costed, and run to the answer that follows by hand."""
    file = tmp_path / "problem.json"
    file.write_text(json.dumps({"problem": problem, **PROBLEMS[problem]}))
    report = quledger.cost(file, **({"delta": 0.1} if problem == "hidden-matching" else {}))
    assert row(report, problem)["counted"] == "circuit of a run"
    encoded = {"vector-in-subspace": 5, "raz": 1, "hidden-matching": 5 * 5,
               "equal-or-orthogonal": 2 * 5, "inner-product": 0}  # fmt: skip
    assert row(report, problem)["encoding_gates"] == encoded[problem]  # 2 N - 3 each
    assert "readout" not in report.settings
    run = quledger.simulate(file)
    assert run.passed
    answers = {"vector-in-subspace": "inside", "raz": "inside", "hidden-matching": "the bit 1",
               "equal-or-orthogonal": "orthogonal", "inner-product": "parity 0"}  # fmt: skip
    found = row(run, problem, "runs")
    assert (found["answer"], found["holds"]) == (answers[problem], "yes")
    assert found["found"] == pytest.approx(0.5 if problem == "hidden-matching" else 1)


@pytest.mark.parametrize(
    ("problem", "changes", "said"),
    [
        ("hidden-matching", {"matching": [[0, 1], [1, 3]]}, "edges of a matching are disjoint"),
        ("hidden-matching", {"matching": [[0, 7]]}, r"different places of 0 to 3, got \(0, 7\)"),
        ("hidden-matching", {"matching": [[0, 1.5]]}, r"matching\[0\]\[1\] is a whole number"),
        ("hidden-matching", {"matching": 3}, "matching is a list of edges, got 3"),
        ("hidden-matching",
         {"matching": [[0, 1], [2, 3]], "weights": [0, 0], "string": [0, 1, 1, 1]},
         "one bit for all edges; 1 of 2 have another"),
        ("vector-in-subspace", {"vector": [3, 0, 4, 0]}, "0.36 lies in it, off by 0.36"),
        ("vector-in-subspace", {"subspace": [[1, 0], [0, 1], [0], [0, 0]]}, "rows of one length"),
        ("vector-in-subspace", {"vector": [3, None, 4, 0]}, r"vector\[1\] is a finite number"),
        ("raz", {"turn": [[1, 0], [0, 1]]}, "0.36 lies in it, off by 0.35"),
        ("raz", {"turn": [[2, 0], [0, 1]]}, "unitary within"),
        ("raz", {"subspace": []}, r"subspace is a list of rows, got \[\]"),
        ("equal-or-orthogonal", {"two": [0, 1, 0, 0]}, "they differ in 1, off by 1"),
        ("inner-product", {"ones": [1, 0, 1]}, r"\(n - 1\) L = 2 L bits, got 3 and 4"),
        ("inner-product", {"layers": 2}, "unknown key 'layers'"),
        ("raz", {"problem": "razz"}, "problem is one of vector-in-subspace, raz"),
    ],
)  # fmt: skip
def test_files_that_are_refused(problem, changes, said, tmp_path):
    """One sentence that names the file, for cost and runs alike."""
    file = tmp_path / "problem.json"
    file.write_text(json.dumps({"problem": problem, **PROBLEMS[problem], **changes}))
    for ask in (quledger.cost, quledger.simulate):
        with pytest.raises(ValueError, match=said) as refused:
            ask(file)
        assert str(refused.value).startswith("problem.json")


SMALLEST = {
    "vector-in-subspace": {"vector": [0, 1], "subspace": [[0], [1]]},
    "raz": {"vector": [1, 0], "subspace": [[0], [1]], "turn": [[0, 1], [1, 0]]},
    "hidden-matching": {"string": [0, 1], "matching": [[0, 1]], "weights": [0]},
    "equal-or-orthogonal": {"one": [0, 1], "two": [1, 1]},
    "inner-product": {"qubits": 2, "ones": [1], "twos": [1]},
}


@pytest.mark.parametrize("problem", SMALLEST)
def test_the_smallest_instances(problem, tmp_path):
    """One qubit a message, but for the inner product; a rotation encodes two numbers."""
    file = tmp_path / "problem.json"
    file.write_text(json.dumps({"problem": problem, **SMALLEST[problem]}))
    report = quledger.cost(file)
    found, wide = row(report, problem), 1 + (problem == "inner-product")
    assert found["qubits"] == found["messages"] * wide
    encoded = {"inner-product": 0, "equal-or-orthogonal": 2}
    assert found["encoding_gates"] == encoded.get(problem, 1)
    run = quledger.simulate(file)
    assert run.passed
    answers = {"vector-in-subspace": "inside", "raz": "inside", "hidden-matching": "the bit 1",
               "equal-or-orthogonal": "orthogonal", "inner-product": "parity 1"}  # fmt: skip
    assert row(run, problem, "runs")["answer"] == answers[problem]


def test_a_problem_that_is_too_large_is_costed_and_not_run(tmp_path):
    """On seven qubits; on six it is run."""
    file = tmp_path / "problem.json"
    for size in (64, 128):
        problem = {"problem": "equal-or-orthogonal", "one": [0] * size, "two": [0] * size}
        file.write_text(json.dumps(problem))
        assert row(quledger.cost(file), "equal-or-orthogonal")["messages"] == 1
        if size == 64:
            assert quledger.simulate(file).passed
    with pytest.raises(ValueError, match="up to 6 qubits are run, got 7; ask for cost"):
        quledger.simulate(file)


def test_what_a_problem_has_no_use_for_is_refused(tmp_path):
    file = tmp_path / "problem.json"
    file.write_text(json.dumps({"problem": "raz", **PROBLEMS["raz"]}))
    with pytest.raises(ValueError, match="is a problem, which has no node; leave --node out"):
        quledger.simulate(file, node=3)
    with pytest.raises(ValueError, match="draws no shot, so it has no seed; leave --seed out"):
        quledger.simulate(file, seed=3)
    with pytest.raises(ValueError, match="delta matters to hidden-matching alone"):
        quledger.cost(file, delta=0.1)
