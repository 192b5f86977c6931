import pytest


@pytest.fixture
def write(tmp_path):
    """Writes a model (or bytes) to a file and returns its path."""

    def to_file(content):
        path = tmp_path / "net.onnx"
        data = content if isinstance(content, bytes) else content.SerializeToString()
        path.write_bytes(data)
        return path

    return to_file
