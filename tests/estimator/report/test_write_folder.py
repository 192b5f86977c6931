"""A folder is written whole or not at all, and never takes the place of something else."""

from pathlib import Path

import pytest

from estimator.report.write_folder import check_folder, write_folder

OLD = {"index.html": b"old", "claims/a.html": b"a"}
NEW = {"index.html": b"new", "claims/b.html": b"b"}


def ours(folder):
    return set(OLD) if (folder / "index.html").exists() else None


def content(folder):
    return {
        x.relative_to(folder).as_posix(): x.read_bytes() for x in folder.rglob("*") if x.is_file()
    }


def test_a_folder_is_written_and_replaced(tmp_path):
    """The new one holds its own files alone, and nothing is left beside it."""
    site = tmp_path / "site"
    write_folder(site, OLD, False, ours)
    assert content(site) == OLD
    write_folder(site, NEW, True, ours)
    assert content(site) == NEW
    assert list(tmp_path.iterdir()) == [site]


def test_an_empty_folder_is_replaced_only_if_that_is_asked_for(tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    with pytest.raises(ValueError, match="must not exist"):
        write_folder(site, NEW, False, ours)
    write_folder(site, NEW, True, ours)
    assert content(site) == NEW


@pytest.mark.parametrize("extra", ["notes.txt", "claims/mine.html", ".git/config"])
def test_a_folder_with_anything_else_stays(tmp_path, extra):
    """Also if everything else in it is ours."""
    site = tmp_path / "site"
    write_folder(site, OLD, False, ours)
    (site / extra).parent.mkdir(exist_ok=True)
    (site / extra).write_text("mine")
    with pytest.raises(ValueError, match=f"holds '{extra}'"):
        write_folder(site, NEW, True, ours)
    assert content(site) == OLD | {extra: b"mine"}
    assert list(tmp_path.iterdir()) == [site]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("file", "must not be a file"),
        ("file/site", "an existing folder above it"),
        ("missing/site", "an existing folder above it"),
        ("locked/site", "an existing folder above it"),
        ("/proc/site", "an existing folder above it"),
        ("", "a folder of its own"),
        ("/", "a folder of its own"),
        ("x" * 300, "choose another path"),
        ("ring", "needs a path"),
        ("a\0b", "needs a path"),
    ],
)
def test_what_cannot_be_written_is_refused_beforehand(tmp_path, monkeypatch, name, says):
    (tmp_path / "file").write_text("x")
    (tmp_path / "ring").symlink_to(tmp_path / "ring")
    (tmp_path / "locked").mkdir()
    monkeypatch.chdir(tmp_path)
    access = lambda path, mode: "locked" not in str(path)  # noqa: E731 (root may write anywhere)
    monkeypatch.setattr("os.access", access)
    before = sorted(tmp_path.rglob("*"))
    for overwrite in (False, True):
        with pytest.raises(ValueError, match=says):
            check_folder(name, overwrite, ours)
        with pytest.raises(ValueError, match=says):
            write_folder(name, NEW, overwrite, ours)
    assert sorted(tmp_path.rglob("*")) == before


def test_what_breaks_off_leaves_the_old_folder(tmp_path, monkeypatch):
    """Whether a file cannot be written or the folder cannot be moved."""
    site = tmp_path / "site"
    write_folder(site, OLD, False, ours)
    write, move = Path.write_bytes, Path.rename

    def full(path, text):
        if path.name == "b.html":
            raise OSError(28, "No space left on device")
        return write(path, text)

    def stuck(path, target):
        if path.suffix == ".tmp":
            raise OSError(5, "Input/output error")
        return move(path, target)

    for name, broken in (("write_bytes", full), ("rename", stuck)):
        with monkeypatch.context() as patch:
            patch.setattr(Path, name, broken)
            with pytest.raises(ValueError, match="cannot be written"):
                write_folder(site, NEW, True, ours)
        assert content(site) == OLD
        assert list(tmp_path.iterdir()) == [site]
