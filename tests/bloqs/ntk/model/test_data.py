"""Data in order of class, and every refusal in one sentence."""

import numpy as np
import pytest

from bloqs.ntk.model.activation import Activation
from bloqs.ntk.model.data import Labelled, read

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


def test_digits():
    """As published: 9 is +1, classes balanced, all pixels together standardised."""
    split = read("digits:8v9", 32, seed=1)
    data = split.train
    assert (data.n, data.d, data.is_balanced) == (32, 64, True)
    assert np.linalg.norm(data.rows, axis=1) == pytest.approx(np.ones(32))
    from sklearn.datasets import load_digits

    found = load_digits()
    pair = np.isin(found.target, (8, 9))
    kept, digit = found.data[pair][data.sources], found.target[pair][data.sources]
    assert np.array_equal(digit, np.where(data.labels > 0, 9, 8))
    wanted = kept - kept.mean()
    wanted /= np.linalg.norm(wanted, axis=1)[:, None]
    assert data.rows == pytest.approx(wanted)
    assert not set(data.sources) & set(split.test.sources)
    assert split.test.n == pair.sum() - 32


def test_file(tmp_path):
    path = tmp_path / "points.npz"
    np.savez(path, X=np.vstack([ROWS, -ROWS]), y=np.append(LABELS, LABELS))
    whole = read(str(path))
    assert (whole.train.n, whole.test) == (8, None)
    part = read(str(path), 5)
    assert part.train.labels.tolist() == [1, 1, 1, -1, -1]
    assert part.test.n == 3
    assert sorted([*part.train.sources, *part.test.sources]) == list(range(8))


def test_unequal_classes_of_a_file(tmp_path):
    path = tmp_path / "points.npz"
    rows = np.random.default_rng(0).normal(size=(9, 3))
    np.savez(path, X=rows, y=np.array([1] * 2 + [-1] * 7))
    assert read(str(path), 8).train.labels.sum() == -4


@pytest.mark.parametrize(
    ("source", "n", "words"),
    [
        ("digits:8", 16, "digits:8v9"),
        ("digits:8v8", 16, "two different digits"),
        ("digits:8v12", 16, "two different digits"),
        ("digits:8v9", 10**4, "354 points"),
        ("digits:8v9", 1, "at least 2"),
        ("data.csv", None, "FILE.npz"),
        ("nowhere.npz", None, "no file"),
    ],
)
def test_refused_sources(source, n, words):
    with pytest.raises(ValueError, match=words):
        read(source, n)


def test_refused_files(tmp_path):
    path = tmp_path / "points.npz"
    path.write_bytes(b"nothing")
    with pytest.raises(ValueError, match=r"numpy\.savez"):
        read(str(path))
    np.savez(path, X=ROWS)
    with pytest.raises(ValueError, match="lacks the field y"):
        read(str(path))
