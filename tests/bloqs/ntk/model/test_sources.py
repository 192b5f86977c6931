"""Digits and files, drawn, and every refusal in one sentence."""

from pathlib import Path

import numpy as np
import pytest
from sklearn.datasets import load_digits, load_iris

from bloqs.ntk.model.sources import read

EXAMPLE = Path(__file__).parents[4] / "examples" / "iris_points.npz"
ROWS = np.array([[1.0, 0], [0, 1], [0.6, 0.8], [-0.8, 0.6]])
LABELS = np.array([-1, 1, -1, 1])


def test_digits():
    """As published: 9 is +1, classes balanced, all pixels together standardised."""
    split = read("digits:8v9", 32, seed=1)
    data = split.train
    assert (data.n, data.d, data.is_balanced) == (32, 64, True)
    assert np.linalg.norm(data.rows, axis=1) == pytest.approx(np.ones(32))
    found = load_digits()
    pair = np.isin(found.target, (8, 9))
    kept, digit = found.data[pair][data.sources], found.target[pair][data.sources]
    assert np.array_equal(digit, np.where(data.labels > 0, 9, 8))
    wanted = kept - kept.mean()
    wanted /= np.linalg.norm(wanted, axis=1)[:, None]
    assert data.rows == pytest.approx(wanted)
    assert not set(data.sources) & set(split.test.sources)
    assert split.test.n == pair.sum() - 32


def test_example():
    """The file of examples/ is what examples/README.md says."""
    found = load_iris()
    with np.load(EXAMPLE) as kept:
        assert np.array_equal(kept["X"][:16], found.data[found.target == 1][:16])
        assert np.array_equal(kept["X"][16:], found.data[found.target == 2][:16])
        assert kept["y"].tolist() == [1.0] * 16 + [-1.0] * 16
    split = read(str(EXAMPLE), 16)
    assert (split.train.n, split.test.n) == (16, 16)


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


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_refused_altered_files(tmp_path, save):
    """One bit turned anywhere: the file is read as it was, or refused in one sentence."""
    path = tmp_path / "points.npz"
    save(path, X=ROWS, y=LABELS)
    whole, refused = path.read_bytes(), 0
    for place in range(0, len(whole), 7):
        altered = bytearray(whole)
        altered[place] ^= 1 << place % 8
        path.write_bytes(altered)
        try:
            read(str(path))
        except ValueError:
            refused += 1
    assert refused > len(whole) / 7 / 3
