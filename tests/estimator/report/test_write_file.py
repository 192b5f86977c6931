import re
import sys
from subprocess import Popen

import pytest

from estimator.report.write_file import check_writable, write_file


def test_replaces_an_old_file_and_leaves_nothing_else(tmp_path):
    """After writing, the folder holds the file with the new bytes and no other file."""
    path = tmp_path / "out.txt"
    path.write_bytes(b"a longer old text")
    write_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_follows_a_link(tmp_path):
    """Writing to a link changes the file it points to; the link stays."""
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_bytes(b"old")
    link.symlink_to(real)
    write_file(link, b"new")
    assert real.read_bytes() == b"new"
    assert link.is_symlink()


def test_a_failed_write_keeps_the_old_file(tmp_path, monkeypatch):
    """When the last step fails, the old bytes stand and the temporary file is gone."""
    path = tmp_path / "out.txt"
    path.write_bytes(b"old")

    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("estimator.report.write_file.os.replace", refuse)
    with pytest.raises(ValueError, match=re.escape(f"got {path} (No space left on device)")):
        write_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["missing/out.txt", "file/out.txt", "folder", "ring", "x" * 300])
def test_an_unwritable_path_is_refused_by_name(name, tmp_path):
    """A path that cannot be written is a ValueError that names it, and nothing is created."""
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    (tmp_path / "ring").symlink_to(tmp_path / "ring")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ValueError, match=re.escape(name)):
        write_file(tmp_path / name, b"new")
    assert sorted(tmp_path.rglob("*")) == before


def test_a_device_is_not_replaced():
    """A device is no file to write: replacing it would break the machine."""
    with pytest.raises(ValueError, match="must name a file, got /dev/null"):
        write_file("/dev/null", b"new")


@pytest.mark.parametrize("write", [lambda path: write_file(path, b"new"), check_writable])
def test_a_protected_file_is_not_replaced(write, tmp_path):
    """Whoever asks, root too."""
    path = tmp_path / "out.txt"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(ValueError, match=re.escape(f"a write-protected file, got {path}")):
        write(path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_is_as_private_as_the_old_one(tmp_path):
    path = tmp_path / "out.txt"
    path.write_bytes(b"old")
    path.chmod(0o600)
    write_file(path, b"new")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o600)


WRITER = """
import sys
from estimator.report.write_file import write_file
for turn in range(60):
    write_file(sys.argv[1], sys.argv[2].encode() * (300_000 + turn))
"""


def test_two_processes_on_one_file_never_mix(tmp_path):
    """A reader finds one whole text of one of them, and nothing else is left behind."""
    path = tmp_path / "out.html"
    write_file(path, b"a" * 300_000)
    writers = [Popen([sys.executable, "-c", WRITER, str(path), letter]) for letter in "ab"]
    seen = set()
    while any(writer.poll() is None for writer in writers):
        content = path.read_bytes()
        assert content == content[:1] * len(content)
        assert len(content) >= 300_000
        seen.add(content[:1])
    assert [writer.returncode for writer in writers] == [0, 0]
    assert seen <= {b"a", b"b"}
    assert len(path.read_bytes()) == 300_059
    assert list(tmp_path.iterdir()) == [path]
