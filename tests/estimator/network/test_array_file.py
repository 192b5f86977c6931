"""What files of arrays raise that were altered, beside the errors that one expects of a file."""

import zipfile
import zlib

import numpy as np
import pytest

from estimator.network.array_file import UNREADABLE


@pytest.mark.parametrize("expected", [zipfile.BadZipFile, zlib.error, NotImplementedError])
def test_errors_of_archives(tmp_path, expected, rng):
    """Each is raised for some file with one bit turned, and all that are raised are listed."""
    path = tmp_path / "arrays.npz"
    np.savez_compressed(path, one=rng.normal(size=8))
    whole, met = path.read_bytes(), set()
    for place in range(len(whole)):
        altered = bytearray(whole)
        altered[place] ^= 16
        path.write_bytes(altered)
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as found:
                list(found.values())
        except UNREADABLE as problem:
            met.add(type(problem))
    assert expected in met
