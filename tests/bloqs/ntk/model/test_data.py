"""Data in order of class, and every refusal in one sentence."""

import numpy as np
import pytest

from bloqs.ntk.model.activation import Activation
from bloqs.ntk.model.data import Labelled

ROWS = np.array([[1.0, 0], [0, 1], [0.6, 0.8], [-0.8, 0.6]])
LABELS = np.array([-1, 1, -1, 1])


def test_classes_in_order():
    data = Labelled.of(ROWS, LABELS)
    assert data.labels.tolist() == [1, 1, -1, -1]
    assert data.sources.tolist() == [1, 3, 0, 2]
    assert np.array_equal(data.rows, ROWS[[1, 3, 0, 2]])
    assert (data.n, data.d, data.is_balanced, data.notes) == (4, 2, True, ())


def test_rows_are_normalised_with_a_word():
    data = Labelled.of(2 * ROWS, LABELS)
    assert np.linalg.norm(data.rows, axis=1) == pytest.approx(np.ones(4), abs=1e-15)
    assert data.notes == ("4 of 4 rows were divided by their length.",)


@pytest.mark.parametrize("scale", [1e-320, 1e-200, 1e200, 1.7e308])
def test_rows_of_any_length(scale):
    """Squares of entries would be zero, or too large for floating point."""
    data = Labelled.of(scale * ROWS, LABELS)
    near = 1e-3 if scale < 1e-300 else 1e-15  # few digits are left
    assert data.rows == pytest.approx(ROWS[[1, 3, 0, 2]], abs=near)
    assert data.notes == ("4 of 4 rows were divided by their length.",)


def test_separability_of_close_rows():
    """The pair is named as in what was given, and the gap keeps its digits."""
    angle = 1e-7
    rows = np.array([[1.0, 0], [0.6, 0.8], [-np.cos(angle), -np.sin(angle)]])
    data = Labelled.of(rows, np.array([1, -1, 1]))
    gap, i, j = data.closest()
    assert (i, j) == (0, 2)
    assert gap == pytest.approx(angle**2 / 2, rel=1e-8)
    assert data.check_apart(Activation.of("relu")) == pytest.approx(0.4)
    assert data.separability == gap


@pytest.mark.parametrize(
    ("twin", "name", "words"),
    [
        ([1.0, 0], "erf", "rows 0 and 4 are the same"),
        ([1.0, 0], "relu", "rows 0 and 4 are the same"),
        ([-1.0, 0], "erf", "rows 0 and 4 are antipodal.*erf is odd"),
    ],
)
def test_rows_that_are_one_point(twin, name, words):
    data = Labelled.of(np.vstack([ROWS, twin]), np.append(LABELS, 1))
    with pytest.raises(ValueError, match=words):
        data.check_apart(Activation.of(name))


def test_antipodes_are_points_for_relu():
    data = Labelled.of(np.vstack([ROWS, [-1.0, 0]]), np.append(LABELS, 1))
    assert data.check_apart(Activation.of("relu")) == pytest.approx(0.2)


NAN = ROWS.copy()
NAN[2, 1] = np.nan
ZERO = ROWS.copy()
ZERO[3] = 0


@pytest.mark.parametrize(
    ("X", "y", "words"),
    [
        (NAN, LABELS, "row 2 holds NaN"),
        (ZERO, LABELS, "row 3 is zero"),
        (ROWS, np.ones(4), r"all 4 labels are \+1"),
        (ROWS, np.array([0, 1, 0, 1]), r"labels are \+1 and -1, and row 0 has 0"),
        (ROWS, np.array([1, -1, 1]), "each of 4 rows"),
        (ROWS[0], LABELS, r"\(n, d\)"),
        (ROWS.astype(str), LABELS, "real numbers"),
    ],
)
def test_refused(X, y, words):
    with pytest.raises(ValueError, match=words):
        Labelled.of(X, y)


def test_refused_length():
    with pytest.raises(ValueError, match="row 0 has length 2"):
        Labelled.of(2 * ROWS, LABELS, is_normalised=True)
