"""Values as text: what is read equals what was written, and nothing else is read."""

from enum import Enum

import attrs
import numpy as np
import pytest
import sympy
from qualtran import CtrlSpec, QBit, QUInt, Register, Side
from qualtran.bloqs.basic_gates import Ry
from sympy import Rational

from bloqs.as_text import text_of, value_of
from bloqs.convolution.kernel import Kernel, Padding
from bloqs.data_loading.loaders import LOADERS, QROAMLoader, loader_named
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.encodings.projector import ProjectorEncoding
from bloqs.encodings.tensor_encoding import TensorEncoding
from bloqs.resnet import symbols as own
from bloqs.simulation.stand_in import Replaces
from estimator import symbols
from estimator.polynomials.degrees import ErfDegree
from proofs.leaves import MatrixLeaf

b, n, kappa = symbols.b, symbols.n, symbols.kappa
VALUES = [
    None,
    (),
    ((),),
    (None, True, False, 0, -1, 2**200),
    (0.1, -0.0, 1e-300, 5e-324, float("inf"), -float("inf")),
    (complex(1, -0.0), complex(0.1, float("inf"))),
    ("", "two\nlines", "x0 = 'quotes\"", "ψ†\\"),
    (np.int64(3), np.float64(0.1), np.float32(0.1), np.bool_(True), np.complex128(1j)),
    (Padding.CIRCULAR, Replaces.VECTOR_ENCODING),
    (symbols.b, sympy.Symbol("b"), sympy.Symbol("b", real=True), sympy.Symbol("a b")),
    (sympy.Integer(3), 3, Rational(1, 3), sympy.Float("0.1", 40), sympy.Float(0.1), sympy.Float(2)),
    (sympy.pi, sympy.E, sympy.I, sympy.oo, -sympy.oo, sympy.nan, sympy.true),
    (b + n, -2 * b**n, sympy.sqrt(kappa) / 3, sympy.Max(b, n + 1, 2), sympy.log(kappa)),
    (sympy.ceiling(b / 2), ErfDegree(1, kappa), own.erf_degree_at(n), own.error_at(n + 1)),
    (sympy.Mul(2, b + n, evaluate=False), sympy.Pow(b**2, 3, evaluate=False)),
    (sympy.Add(n, n, evaluate=False), sympy.Max(b, 3, 2, evaluate=False)),
    tuple(loader_named(name, 2) for name in LOADERS),
    QROAMLoader(symbols.beta),
    Kernel(None, 2, 2**symbols.c, 3, 1, wraps=False, norms=((symbols.s_r, 5.5),)),
    TensorEncoding((ProjectorEncoding(0, 1, 2, swaps=False), ProjectorEncoding(1, 0, 1, True))),
    (QUInt(n), Register("x", QBit(), shape=(2, 3), side=Side.LEFT)),
    Ry(0.1).controlled(CtrlSpec(cvs=np.array([0, 1]))),
    MatrixLeaf(3, 2.0, 1, 1),
]


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
def test_a_value_comes_back(value):
    """Equal, with the same hash, and written the same again."""
    text = text_of(value)
    found = value_of(text, "proofs")
    if value == value:  # not so with what holds a NaN
        assert found == value
    assert hash(found) == hash(value)
    assert text_of(found) == text


def kinds(value):
    return tuple(map(kinds, value)) if isinstance(value, tuple) else type(value)


@pytest.mark.parametrize("value", [VALUES[3], VALUES[8], VALUES[9], VALUES[10], VALUES[14]])
def test_a_number_keeps_its_kind(value):
    """One is neither true nor 1.0, and an `Integer` no integer."""
    assert kinds(value_of(text_of(value))) == kinds(value)


def test_symbols_keep_their_assumptions():
    """Of two that print alike each comes back as itself; a dummy is like no other."""
    dummy = sympy.Dummy("b")
    plain, ours, real, found = value_of(text_of((sympy.Symbol("b"), b, VALUES[9][2], dummy)))
    assert ours.is_positive
    assert plain.is_positive is None
    assert (real.is_real, real.is_integer) == (True, None)
    assert found == dummy


def test_what_is_shared_is_written_once():
    """A value that doubles 40 times over is as long as 40 lines."""
    value = n
    for _ in range(40):
        value = sympy.Add(value, value, evaluate=False)
    text = text_of(value)
    assert len(text.splitlines()) == 42
    assert text_of(value_of(text)) == text


@pytest.mark.parametrize(
    "value", [[1], {1: 2}, {1}, object(), b"bytes", np.array([None]), (1, (2, [3]))]
)
def test_refuses_what_it_cannot_read_again(value):
    """Before anything is saved."""
    with pytest.raises(ValueError, match="a bloq is saved if it holds numbers, text"):
        text_of(value)


def test_refuses_a_class_of_a_function():
    @attrs.frozen
    class Local:
        pass

    class Choice(Enum):
        ONE = 1

    for value in (Local(), Choice.ONE):
        with pytest.raises(ValueError, match="must stand in a module under its own name"):
            text_of(value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("value = ", "must be lines `name = value`"),
        ("import os", "must be lines `name = value`, got import os"),
        ("value = 1 + 1", "must be made of calls and constants, got 1 \\+ 1"),
        ("value = x0", "must be made of calls and constants, got x0"),
        ("value = [1]", "must be made of calls and constants"),
        ("value = -'a'", "must be made of calls and constants"),
        ("value = os.system('true')", "must name attrs classes, .* got os.system"),
        ("value = open('/etc/passwd')", "must name attrs classes, .* got open"),
        ("value = sympy.sympify('1')", "must name attrs classes, .* got sympy.sympify"),
        ("value = bloqs.nowhere.Class()", "must name attrs classes, .* got bloqs.nowhere.Class"),
        ("value = bloqs.as_text.text_of(1)", "must name attrs classes"),
        ("value = proofs.leaves.MatrixLeaf(1, 2.0, 1, 1)", "must name attrs classes"),
        ("value = (lambda: 1)()", "must name attrs classes"),
        (
            "value = bloqs.data_loading.loaders.QROAMLoader()",
            "QROAMLoader cannot be made from a saved bloq: .* missing",
        ),
        ("value = bloqs.data_loading.loaders.QROAMLoader(beta=-1)", "needs beta >= 0, got -1"),
    ],
)
def test_reads_nothing_but_values(text, message):
    """No code of a file runs: neither functions nor classes from elsewhere are called."""
    with pytest.raises(ValueError, match=message):
        value_of(text)


def test_a_bloq_is_read_as_its_own_class_alone():
    tree = RotationTree(None, 0, 2, b, LOADERS["qrom"](), "bitwise")
    with pytest.raises(
        ValueError, match="RotationTree cannot be loaded from the text of QROAMLoader"
    ):
        type(tree)._loaded(text_of(QROAMLoader(2)))
