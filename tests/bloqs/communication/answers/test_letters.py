"""Sizes of a question: numbers where they are named, letters where not."""

import pytest
import sympy

from bloqs.communication import symbols
from bloqs.communication.answers.letters import as_value, check_used, letter, letters_of, qubits_of
from estimator.ask.question import Asked


@pytest.mark.parametrize(
    ("entries", "qubits"), [(2, 1), (3, 2), (4, 2), (5, 3), (1024, 10), (1025, 11)]
)
def test_qubits_hold_so_many_entries(entries, qubits):
    assert qubits_of({"N": entries}) == qubits_of({"N": entries, "n": qubits}) == qubits
    with pytest.raises(ValueError, match=f"N={entries} takes n={qubits} qubits, got n=40"):
        qubits_of({"N": entries, "n": 40})


def test_qubits_of_no_entries():
    assert qubits_of({"n": 7}) == 7
    assert qubits_of({}) is None


NAMES = {"n": 3, "L": 2, "P": 5, "g": 5, "epsilon": 0.1, "delta": 0.05, "kappa": 0.2, "R": 2.0}
FIELDS = {"n": "n", "L": "layers", "P": "parameters", "g": "groups", "epsilon": "epsilon",
          "delta": "delta", "kappa": "kappa", "R": "radius"}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_each_is_a_number_or_its_letter(name):
    """All others of them letters; a decimal fraction is just that."""
    free = {field: getattr(letters_of({}), field) for field in FIELDS.values()}
    assert len({*free.values()}) == len(FIELDS)
    assert free[FIELDS[name]] == {**vars(symbols), "R": symbols.radius}[name]
    one = letters_of({name: NAMES[name]})
    for other, field in FIELDS.items():
        found = getattr(one, field)
        assert found == (sympy.Rational(str(NAMES[name])) if other == name else free[field])


def test_no_more_groups_than_parameters():
    assert letters_of({"P": 5, "g": 5}).outline.group_total == 2 * symbols.L * 5
    assert letters_of({"P": 5}).groups == symbols.g
    with pytest.raises(ValueError, match="got g=6 and P=5; lower --g"):
        letters_of({"P": 5, "g": 6})


@pytest.mark.parametrize(
    ("number", "value"),
    [
        (sympy.Integer(3), 3),
        (sympy.Rational(1, 4), 0.25),
        (sympy.Float(3), 3.0),
        (sympy.sqrt(2), 2**0.5),
        (symbols.n, symbols.n),
        (0.5, 0.5),
        (None, None),
    ],
)
def test_values_of_a_report(number, value):
    """Whole numbers as such."""
    found = as_value(number)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("named", "names", "said"),
    [
        ({"g"}, ["grouped", "shift"], None),
        ({"P"}, ["shift"], None),
        ({"g"}, ["shift"], "g matters to grouped, tomography alone, got it with shift; leave --g"),
        ({"k"}, ["grouped"], "k matters to no variant alone, got it with grouped"),
    ],
)
def test_what_no_variant_has_a_use_for_is_refused(named, names, said):
    uses = {"g": ("grouped", "tomography"), "k": ()}
    asked = Asked(values={"g": 1, "k": None}, named=frozenset(named))
    if said is None:
        check_used(asked, uses, names)
        return
    with pytest.raises(ValueError, match=said):
        check_used(asked, uses, names)


def test_a_letter_for_nothing():
    assert letter(None, symbols.n) == symbols.n
    assert letter(0.1, symbols.n) == sympy.Rational(1, 10)
    assert letter(3, symbols.n) == 3
