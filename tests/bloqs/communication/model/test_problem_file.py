"""Instances of problems in JSON: what each party has, and one sentence for what is wrong."""

import numpy as np
import pytest

from bloqs.communication.model.inner_product import InnerProduct
from bloqs.communication.model.matching_problem import EqualOrOrthogonal, HiddenMatching
from bloqs.communication.model.problem_file import KEYS, problem_from_content, rows
from bloqs.communication.model.subspace_problem import RazProblem, SubspaceProblem

PLANE = [[1, 0], [0, 1], [0, 0], [0, 0]]
TURN = [[0, 0, 1, 0], [0, 0, 0, 1], [1, 0, 0, 0], [0, 1, 0, 0]]
CONTENTS = {
    "vector-in-subspace": {"vector": [3, 4, 0, 0], "subspace": PLANE},
    "raz": {"vector": [0, 0, 3, 4], "subspace": PLANE, "turn": TURN, "vartheta": 0.2},
    "hidden-matching": {"string": [0, 1, 1, 0], "matching": [[0, 3], [2, 1]], "weights": [1, 1]},
    "equal-or-orthogonal": {"one": [0, 1, 1, 0], "two": [0, 1, 0, 1]},
    "inner-product": {"qubits": 3, "ones": [1, 0, 1, 1], "twos": [1, 1, 0, 1]},
}


def read(name, **changes):
    content = {"problem": name, **CONTENTS[name], **changes}
    return problem_from_content({k: x for k, x in content.items() if x is not None}, "it")


def test_every_problem_is_read():
    """Each value to who has it."""
    assert {*CONTENTS} == {*KEYS}
    plain, turned = read("vector-in-subspace"), read("raz")
    assert (type(plain), type(turned)) == (SubspaceProblem, RazProblem)
    assert (plain.slack, turned.slack) == (0, 0.2)
    np.testing.assert_allclose(plain.vector, [0.6, 0.8, 0, 0], atol=1e-12)
    np.testing.assert_allclose(turned.vector, [0, 0, 0.6, 0.8], atol=1e-12)
    for each in (plain, turned):
        np.testing.assert_allclose(each.subspace, PLANE, atol=1e-12)
        assert each.answer
    np.testing.assert_allclose(turned.turn, TURN, atol=1e-12)
    matched = read("hidden-matching")
    assert isinstance(matched, HiddenMatching)
    assert (matched.string, matched.matching.edges) == ((0, 1, 1, 0), ((0, 3), (2, 1)))
    assert matched.hidden == 1
    assert read("hidden-matching", weights=None).hidden is None
    apart = read("equal-or-orthogonal")
    assert isinstance(apart, EqualOrOrthogonal)
    assert (apart.one, apart.two) == ((0, 1, 1, 0), (0, 1, 0, 1))
    assert not apart.answer
    assert read("inner-product") == InnerProduct(3, [1, 0, 1, 1], [1, 1, 0, 1])


@pytest.mark.parametrize(
    ("name", "changes", "said"),
    [
        ("raz", {"turn": None}, "it lacks 'turn'"),
        ("raz", {"problem": 3}, "it: problem is one of vector-in-subspace, raz"),
        ("raz", {"layers": 3}, "unknown key 'layers'"),
        ("raz", {"vartheta": "a"}, 'it: vartheta is a finite number, got "a"'),
        ("raz", {"subspace": 3}, "it: subspace is a list of rows, got 3"),
        ("raz", {"turn": []}, r"it: turn is a list of rows, got \[\]"),
        ("raz", {"turn": [[1, 0], [1]]}, r"it: turn has rows of one length, got \[2, 1\]"),
        ("raz", {"turn": [[1, 0], 7]}, r"it: turn\[1\]"),
        ("hidden-matching", {"matching": 3}, "it: matching is a list of edges, got 3"),
        ("hidden-matching", {"matching": [3]}, r"it: matching\[0\] is a list of whole numbers"),
        ("hidden-matching", {"string": [0, True, 1, 0]},
         r"it: string\[1\] is a whole number, got true"),
        ("hidden-matching", {"string": 7}, "it: string is a list of whole numbers, got 7"),
        ("hidden-matching", {"weights": [1, 0]}, "it: the promise is one bit for all edges"),
        ("equal-or-orthogonal", {"two": [0, 1, 0, 0.0]},
         r"it: two\[3\] is a whole number, got 0.0"),
        ("inner-product", {"qubits": 2.5}, r"it: qubits\[0\] is a whole number, got 2.5"),
        ("inner-product", {"ones": [1]}, "it: both strings have"),
    ],
)  # fmt: skip
def test_what_is_no_instance_is_refused(name, changes, said):
    """The file is named first, and once."""
    with pytest.raises(ValueError, match=said) as refused:
        read(name, **changes)
    assert str(refused.value).startswith("it")
    assert str(refused.value).count("it: ") <= 1


def test_rows_are_a_matrix():
    assert rows([[1, 2, 3], [4, 5, 6]], "here").tolist() == [[1, 2, 3], [4, 5, 6]]
    assert rows([[1]], "here").shape == (1, 1)
