"""Files that are read whole, and what only looks like one."""

import os

import pytest

from estimator.whole_file import LARGEST, bytes_of_file, check_file, text_of_file


def test_a_file_is_read(tmp_path):
    path = tmp_path / "text"
    path.write_bytes(b"a\xc3\xa9\r\nb")
    assert bytes_of_file(path) == b"a\xc3\xa9\r\nb"
    assert text_of_file(str(path)) == "aé\r\nb"


@pytest.mark.parametrize("kind", ["folder", "pipe", "device", "missing", "ring", "large"])
@pytest.mark.parametrize("read", [check_file, bytes_of_file, text_of_file])
def test_what_never_ends_is_not_begun(kind, read, tmp_path):
    """A pipe that nobody writes to, a device of endless zeros: refused at once, with a reason."""
    path = tmp_path / "it"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "ring":
        path.symlink_to(path)
    elif kind == "large":
        with path.open("wb") as file:
            file.truncate(LARGEST + 1)
    with pytest.raises(OSError) as caught:
        read(path)
    assert caught.value.strerror
