from collections.abc import Callable
from typing import Any

import pytest

from estimator.network.network import Network
from estimator.network.onnx_reader import read_network


@pytest.fixture
def read(tmp_path) -> Callable[[Any], Network]:
    """`read(model)`: the network that a file with an ONNX model holds."""

    def through_file(model: Any) -> Network:
        path = tmp_path / "net.onnx"
        path.write_bytes(model.SerializeToString())
        return read_network(str(path))

    return through_file
