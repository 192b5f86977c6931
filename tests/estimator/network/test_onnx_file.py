"""Weights in files of their own are read from the model's folder and from nowhere else."""

import numpy as np
import onnx
import pytest
from onnx import helper
from small_models import model

from estimator.network.onnx_reader import read_network

KERNEL = np.random.default_rng(7).normal(size=(2, 2, 3, 3))


@pytest.fixture
def beside(tmp_path):
    """A model whose kernel lies in a file beside it, and both paths."""
    path = tmp_path / "net.onnx"
    made = model([helper.make_node("Conv", ["x", "K"], ["y"], pads=[1] * 4)], {"K": KERNEL})
    onnx.save_model(made, path, save_as_external_data=True, location="net.data", size_threshold=0)
    return path, tmp_path / "net.data"


def test_weights_in_a_file_beside_the_model_are_read(beside):
    np.testing.assert_array_equal(read_network(beside[0]).convolutions[0].kernel, KERNEL)


def test_weights_that_are_not_beside_the_model_are_not_read(beside, tmp_path):
    """Neither outside the folder, nor through a link, nor beyond the end of the file."""
    path, data = beside
    content = data.read_bytes()
    data.write_bytes(content[:-8])
    with pytest.raises(
        ValueError, match=r"keeps 'K' of 288 bytes in bytes 0 to 288 of 'net\.data'"
    ):
        read_network(path)
    outside = tmp_path.parent / "outside.data"
    outside.write_bytes(content)
    data.unlink()
    with pytest.raises(ValueError, match="which is not there; put that file beside the model"):
        read_network(path)
    data.symlink_to(outside)
    with pytest.raises(ValueError, match="outside the model's folder"):
        read_network(path)
    stored = onnx.load_model(path, load_external_data=False)
    for place in ("../outside.data", str(outside), ""):
        stored.graph.initializer[0].external_data[0].value = place
        path.write_bytes(stored.SerializeToString())
        with pytest.raises(ValueError, match="outside the model's folder"):
            read_network(path)
