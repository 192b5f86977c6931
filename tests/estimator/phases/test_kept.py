"""Phases are found once for all processes, and never believed unseen."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pytest

from estimator.phases.find import phases_of
from estimator.phases.kept import KIND, LEAST_DEGREE
from estimator.store import FOLDER, shut


def polynomial(degree, seed=0):
    """Even, of that degree, with coefficients whose moduli add up to less than one."""
    series = np.zeros(degree + 1)
    series[::2] = np.random.default_rng(seed).normal(size=degree // 2 + 1)
    return 0.9 * series / np.abs(series).sum()


def entries(folder):
    return sorted(path for path in (folder / KIND).rglob("*") if path.is_file())


def found_of(degree):
    return phases_of(polynomial(degree)).wx.tobytes()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv(FOLDER, str(tmp_path))
    return tmp_path


@pytest.fixture
def unable(monkeypatch):
    """`unable()`: from now on no phases can be found."""

    def refuse(*_):
        raise AssertionError("phases were sought again")

    return lambda: monkeypatch.setattr("estimator.phases.find.inverse_transform", refuse)


def test_found_once(folder, unable):
    """What is read is what was found, to the last bit, and its errors are measured again."""
    first = phases_of(polynomial(60))
    (file,) = entries(folder)
    unable()
    again = phases_of(polynomial(60))
    assert np.array_equal(first.wx, again.wx)
    assert first == again
    assert entries(folder) == [file]
    with pytest.raises(AssertionError, match="sought again"):
        phases_of(polynomial(60, seed=1))


def test_other_phases_are_not_believed(folder):
    """An entry that is whole but for another polynomial is made again."""
    wanted = phases_of(polynomial(60))
    (file,) = entries(folder)
    phases_of(polynomial(60, seed=1))
    (other,) = set(entries(folder)) - {file}
    good = file.read_bytes()
    file.write_bytes(other.read_bytes())
    assert np.array_equal(phases_of(polynomial(60)).wx, wanted.wx)
    assert file.read_bytes() == good


@pytest.mark.parametrize("wrong", [b"", b"guessed\n", b"Newton\n" + bytes(8)])
def test_damage_is_a_missing_entry(folder, wrong):
    wanted = phases_of(polynomial(60))
    (file,) = entries(folder)
    file.write_bytes(wrong)
    assert np.array_equal(phases_of(polynomial(60)).wx, wanted.wx)


def test_nothing_is_kept(folder):
    """Of short polynomials, nor while the store is shut."""
    phases_of(polynomial(LEAST_DEGREE - 2))
    with shut():
        phases_of(polynomial(60))
    assert not (folder / KIND).exists()
    phases_of(polynomial(60))
    assert entries(folder)


def test_processes_at_once(folder):
    """All find the same, and one whole entry a polynomial is left."""
    degrees = [60, 62] * 4
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        found = list(pool.map(found_of, degrees))
    assert found == [found_of(degree) for degree in degrees]
    assert len(entries(folder)) == 2
