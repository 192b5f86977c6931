"""The folder of a run is new, resumed on demand, and one process's alone."""

import subprocess
import sys

import pytest

from bloqs.training.run_folder import run_folder

MARK = "mark"
HOLDS = (
    "import sys; from pathlib import Path; from bloqs.training.run_folder import run_folder\n"
    f"with run_folder(Path(sys.argv[1]), False, '{MARK}'): print('held', flush=True); input()"
)


def test_new_resumed_and_neither(tmp_path):
    out = tmp_path / "a" / "b"
    with run_folder(out, False, MARK) as is_begun:
        assert not is_begun
        (out / MARK).touch()
    with run_folder(out, True, MARK) as is_begun:
        assert is_begun
    with (
        pytest.raises(ValueError, match="exists; name another, or go on"),
        run_folder(out, False, MARK),
    ):
        pass


def test_two_processes_do_not_write_in_one_folder(tmp_path):
    """The lock ends with the process, even a killed one."""
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDS, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with other:
        assert other.stdout.readline() == b"held\n"
        with (
            pytest.raises(ValueError, match="another process writes"),
            run_folder(tmp_path, True, MARK),
        ):
            pass
        other.kill()
    with run_folder(tmp_path, True, MARK) as is_begun:
        assert not is_begun


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("file", "must be a folder"),
        ("file/below", "cannot be made or read: Not a directory"),
        ("x" * 300, "cannot be made or read: File name too long"),
        ("other", "holds no mark to resume"),
    ],
)
def test_refused(name, message, tmp_path):
    (tmp_path / "file").touch()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thing").touch()
    with pytest.raises(ValueError, match=message), run_folder(tmp_path / name, True, MARK):
        pass
